//! `wagelight generate`: an invented history of any length, always the same for the same seed.

mod invent;
mod measure;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use wagelight::storage::history::{Saved, header_line, to_line};

use invent::Inventor;

/// Write an invented history as lines of JSON, as "Save everything to a file" writes a real one
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many tasks
    #[arg(long, default_value_t = 1_000)]
    records: u32,
    /// Another seed is another history
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Tasks of a day
    #[arg(long, default_value_t = 500)]
    per_day: u32,
    /// Print no lines, but what storing them takes in memory, bytes and time
    #[arg(long)]
    measure: bool,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let inventor = Inventor::new(arguments.seed, arguments.per_day.max(1));
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if arguments.measure {
        measure::report(&inventor, arguments.records).and_then(|report| out.write_all(report.as_bytes()))
    } else {
        lines(&mut out, &inventor, arguments.records)
    };
    // A reader that closed early (`| head`) has what it wanted.
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let _ = writeln!(io::stderr(), "wagelight: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn lines(out: &mut impl Write, inventor: &Inventor, records: u32) -> io::Result<()> {
    writeln!(out, "{}", header_line())?;
    for number in 0..records {
        writeln!(out, "{}", to_line("mturk", &Saved::Entry(inventor.task(number))))?;
    }
    Ok(())
}
