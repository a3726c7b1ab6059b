//! `wagelight read`: what the extension would say about a saved page.

mod json;
mod table;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use wagelight::app::page::entry::Entry;
use wagelight::app::page::settings::PageSettings;
use wagelight::domain::Problem;
use wagelight::sites::{self, Page, Place, saved};

/// Larger files hold no list that a page could show.
const MAX_FILE_BYTES: u64 = 64 * 1_048_576;

/// The page was not understood.
const NOTHING_READ: u8 = 1;
/// The file itself could not be read.
const NO_FILE: u8 = 2;

/// Read a saved page, or a site's JSON answer: each task with reward, time, pay and problems
///
/// Exit codes: 0 the page was understood (some rows may have problems), 1 nothing could be
/// read from it, 2 the file cannot be opened or is larger than 64 MB.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A page saved as HTML, or the site's answer as JSON
    file: PathBuf,
    /// The address the file was saved from; the query does not matter
    #[arg(long)]
    url: String,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// What is printed.
struct Report {
    /// `None` where the address is no page we read.
    page: Option<Page>,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
    understood: bool,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let bytes = match bytes_of(&arguments.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            // With no standard error either there is nobody to tell.
            let _ = writeln!(io::stderr(), "wagelight: {}: {error}", arguments.file.display());
            return ExitCode::from(NO_FILE);
        }
    };
    let report = Report::of(&bytes, &arguments.url);
    let text = if arguments.json { json::text(&report) } else { table::text(&report) };
    // A reader that closed early (`| head`) has what it wanted.
    let _ = io::stdout().write_all(text.as_bytes());
    if report.understood { ExitCode::SUCCESS } else { ExitCode::from(NOTHING_READ) }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_FILE_BYTES) {
        Ok(bytes)
    } else {
        Err(io::Error::other("larger than 64 MB: no page is"))
    }
}

impl Report {
    fn of(bytes: &[u8], url: &str) -> Self {
        let page = match sites::find(url) {
            Place::Page(page) => *page,
            Place::Record(page) => {
                let site_name = page.site_name;
                return Self::of_wrong_address(format!("is a page of {site_name} that lists no tasks"));
            }
            Place::OtherPage { site_name } => {
                return Self::of_wrong_address(format!("is a page of {site_name} that lists no tasks"));
            }
            Place::Elsewhere => return Self::of_wrong_address("is no page of a known site".to_owned()),
        };
        let (text, undecoded) = saved::decode(bytes);
        let saved::Reading { tasks, problems, understood } = saved::read(&text, &page);
        let settings = PageSettings::default();
        Self {
            page: Some(page),
            entries: tasks.into_iter().map(|task| Entry::new(task, &settings)).collect(),
            problems: undecoded.into_iter().chain(problems).collect(),
            understood,
        }
    }

    fn of_wrong_address(what: String) -> Self {
        let problems = vec![Problem::new("address", what)];
        Self { page: None, entries: Vec::new(), problems, understood: false }
    }
}
