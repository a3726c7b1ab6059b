//! `wagelight generate`: an invented history of any length, always the same for the same seed.

mod invent;
mod measure;
mod stores;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use wagelight::domain::SiteDay;
use wagelight::domain::history::Entry;
use wagelight::storage::saved::{Packer, Section};

use invent::Inventor;

/// Write an invented history as "Save everything to a file" writes a real one, for "Load it" to read
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
    /// Write no file, but print what storing them takes in memory, bytes and time
    #[arg(long)]
    measure: bool,
    /// Write no file to load, but the records of both stores as they are after it was loaded, for the benchmark
    #[arg(long, conflicts_with = "measure")]
    stores: bool,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let inventor = Inventor::new(arguments.seed, arguments.per_day.max(1));
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if arguments.measure {
        measure::report(&inventor, arguments.records).and_then(|report| out.write_all(report.as_bytes()))
    } else if arguments.stores {
        stores::write(&mut out, &inventor, arguments.records)
    } else {
        file(&mut out, &inventor, arguments.records)
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

fn file(out: &mut impl Write, inventor: &Inventor, records: u32) -> io::Result<()> {
    let section = Section { site: "mturk".to_owned(), account: None };
    let mut packer = Packer::new(SiteDay(0), env!("CARGO_PKG_VERSION"));
    for number in 0..records {
        let seen = inventor.task(number);
        let Some((first, more)) = seen.split_first() else { continue };
        let mut entry = Entry::of(first);
        for observation in more {
            entry.merge(observation);
        }
        packer.entry(&section, &entry);
        out.write_all(&packer.take())?;
    }
    packer.end();
    out.write_all(&packer.take())
}
