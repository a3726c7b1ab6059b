//! What can happen to files: bytes changed, files cut, emptied and gone.

use crate::browser::Kind;
use crate::changes::Lots;
use crate::stored::places::{Places, walk};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use wagelight::storage::journal::decode_file;

/// Which store is hurt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// The database.
    Database,
    /// `storage.local`: the journal's head and open lines.
    Local,
    /// The private file system: the journal's files.
    Files,
}

/// Does damage to a browser's files; says what exactly was done.
pub(super) type Hurt = Box<dyn Fn(&Places) -> Result<String>>;

/// One way in which a disk can fail.
pub(super) struct Injury {
    /// In a few words.
    pub(super) name: String,
    /// Whom it hits.
    pub(super) which: Which,
    /// Does it; says what exactly was done.
    pub(super) hurt: Hurt,
    /// A whole store is gone: the worker must be told in any case.
    pub(super) is_total: bool,
    /// Whether the extension mends it and says so. What it does not yet is only tried where it is asked for by name:
    /// Firefox opens or reads no database with a page that its `SQLite` refuses, and nothing then makes another one;
    /// a flipped byte of `storage.local` and a lost CURRENT are not always told.
    pub(super) is_mended: bool,
    /// What the worker is told; any of these.
    pub(super) told: Vec<&'static str>,
}

/// What is said of a database that was made again.
const REMADE: &str = "made again from the journal";
/// What is said of a journal that was written again.
const REWRITTEN: &str = "written again from the database";

/// All of them for a browser. Where in a file a byte is changed, lots decide.
pub(super) fn injuries(kind: Kind, lots: &mut Lots) -> Vec<Injury> {
    let mut all = vec![
        of(Which::Database, "the database is gone", |places| gone(&places.database)),
        of(Which::Local, "storage.local is gone", |places| gone(&places.local)),
        of(Which::Files, "the private file system is gone", |places| gone(&places.files)),
    ];
    match kind {
        Kind::Chromium => {
            for at in 0..4 {
                let lot = lots.under(u64::MAX);
                all.push(of(Which::Database, &format!("a byte of the log, {at}"), move |places| {
                    flip(&named(&places.database, ".log")?, lot)
                }));
            }
            all.push(of(Which::Database, "half of the log", |places| {
                cut(&named(&places.database, ".log")?, 2)
            }));
            let lot = lots.under(u64::MAX);
            all.push(of(Which::Database, "a byte of the MANIFEST", move |places| {
                flip(&named(&places.database, "MANIFEST")?, lot)
            }));
            all.push(of(Which::Database, "the MANIFEST empty", |places| {
                cut(&named(&places.database, "MANIFEST")?, usize::MAX)
            }));
            all.push(of(Which::Database, "CURRENT gone", |places| {
                gone(&named(&places.database, "CURRENT")?)
            }));
            let lot = lots.under(u64::MAX);
            all.push(of(Which::Local, "a byte of storage.local's log", move |places| {
                flip(&named(&places.local, ".log")?, lot)
            }));
            all.push(of(Which::Local, "half of storage.local's log", |places| {
                cut(&named(&places.local, ".log")?, 2)
            }));
        }
        Kind::Firefox => {
            all.push(of(Which::Database, "the database's head", |places| {
                flip(&named(&places.database, "wtahggeil.sqlite")?, 20)
            }));
            for at in 0..4 {
                let lot = lots.under(u64::MAX);
                all.push(of(Which::Database, &format!("a byte of the database, {at}"), move |places| {
                    flip(&named(&places.database, "wtahggeil.sqlite")?, lot)
                }));
            }
            all.push(of(Which::Database, "half of the database", |places| {
                cut(&named(&places.database, "wtahggeil.sqlite")?, 2)
            }));
            all.push(of(Which::Database, "the database empty", |places| {
                cut(&named(&places.database, "wtahggeil.sqlite")?, usize::MAX)
            }));
            let lot = lots.under(u64::MAX);
            all.push(of(Which::Local, "a byte of storage.local", move |places| {
                flip(&named(&places.local, "wleabcEoxlt-eengsairo.sqlite")?, lot)
            }));
            all.push(of(Which::Local, "storage.local empty", |places| {
                cut(&named(&places.local, "wleabcEoxlt-eengsairo.sqlite")?, usize::MAX)
            }));
        }
    }
    for from_end in [0, 1, 40, 700] {
        all.push(of(
            Which::Files,
            &format!("the newest file of the journal, {from_end} bytes before its end"),
            move |places| {
                let newest = newest_journal_file(&places.files)?;
                let length = usize::try_from(fs::metadata(&newest)?.len())?;
                shorten(&newest, length.saturating_sub(from_end + 1))
            },
        ));
    }
    all
}

fn of(which: Which, name: &str, hurt: impl Fn(&Places) -> Result<String> + 'static) -> Injury {
    let told = match which {
        Which::Database => vec![REMADE],
        Which::Local | Which::Files => vec![REWRITTEN],
    };
    let not_mended =
        ["a byte of the database", "a byte of storage.local", "CURRENT gone", "the database's head"];
    let is_mended = !not_mended.iter().any(|start| name.starts_with(start));
    let is_total = name.ends_with(" is gone");
    Injury { name: name.to_owned(), which, hurt: Box::new(hurt), is_total, is_mended, told }
}

fn gone(path: &Path) -> Result<String> {
    if path.is_dir() {
        fs::remove_dir_all(path)?;
    } else {
        fs::remove_file(path)?;
    }
    Ok(format!("{} removed", path.display()))
}

/// The largest file whose name contains `part`.
fn named(folder: &Path, part: &str) -> Result<PathBuf> {
    let files = walk(folder)?.into_iter();
    let fits = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().contains(part));
    let largest = files.filter(fits).max_by_key(|path| fs::metadata(path).map_or(0, |data| data.len()));
    largest.with_context(|| format!("no {part} in {}", folder.display()))
}

/// Browsers give the files of the private file system names of their own; ours begin with a mark.
pub(super) fn journal_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let ours = |path: &PathBuf| fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"WGLJ"));
    Ok(walk(folder)?.into_iter().filter(ours).collect())
}

fn newest_journal_file(folder: &Path) -> Result<PathBuf> {
    let last = |path: &PathBuf| {
        let read = decode_file("", &fs::read(path).unwrap_or_default());
        read.lines.last().map(|(number, _)| *number)
    };
    journal_files(folder)?.into_iter().max_by_key(last).context("no file of the journal")
}

fn flip(path: &Path, lot: u64) -> Result<String> {
    let mut bytes = fs::read(path)?;
    ensure!(!bytes.is_empty(), "{} is empty", path.display());
    let at = usize::try_from(lot % u64::try_from(bytes.len())?)?;
    let length = bytes.len();
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 0x5a;
    }
    fs::write(path, bytes)?;
    Ok(format!("byte {at} of {length} of {} changed", path.display()))
}

fn cut(path: &Path, part: usize) -> Result<String> {
    let length = usize::try_from(fs::metadata(path)?.len())?;
    shorten(path, length / part)
}

fn shorten(path: &Path, length: usize) -> Result<String> {
    let file = fs::OpenOptions::new().write(true).open(path)?;
    file.set_len(u64::try_from(length)?)?;
    Ok(format!("{} cut to {length} bytes", path.display()))
}
