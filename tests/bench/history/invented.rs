//! The invented history, and samples of it to ask for.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use wagelight::domain::history::Entry;
use wagelight::storage::saved::{FileReader, SavedLine, Told};
use wagelight::wording::title_key;

use crate::package::root;

/// As what invented tasks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A saved file, to be loaded.
    Saved,
    /// The records of the stores, to be put there.
    Stores,
}

/// Writes so many invented tasks. The first ones are the same whatever their number.
pub(super) fn file(folder: &Path, records: u32, form: Form) -> Result<PathBuf> {
    let (name, option) = match form {
        Form::Saved => (format!("{records}.jsonl.gz"), None),
        Form::Stores => (format!("{records}.stores"), Some("--stores")),
    };
    let path = folder.join(name);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Optimised, as far as the packer is: a million tasks would take a debug build many minutes.
    let status = Command::new(cargo)
        .args(["run", "--locked", "--quiet", "--profile", "packer", "--bin", "wagelight", "--"])
        .args(["generate", "--records", &records.to_string()])
        .args(option)
        .current_dir(root())
        .stdout(File::create(&path)?)
        .status()?;
    ensure!(status.success(), "wagelight generate: {status}");
    Ok(path)
}

/// Entries of the beginning of the history.
pub(super) struct Sample {
    entries: Vec<Entry>,
}

/// What is typed into the search in a round, and the filter that is pressed.
pub(super) struct Search {
    pub(super) text: String,
    pub(super) state: &'static str,
}

type Searches<'a> = Box<dyn Fn(u32) -> Search + 'a>;

impl Sample {
    /// All entries of a file.
    pub(super) fn read(file: &Path) -> Result<Self> {
        let mut reader = FileReader::default();
        let mut lines = reader.feed(&std::fs::read(file)?);
        lines.extend(reader.finish().0);
        let mut entries = Vec::new();
        for line in lines {
            let Told::Saved(SavedLine::Entry(_, seen)) = line.told else { continue };
            let (first, more) = seen.split_first().context("an entry of which nothing was seen")?;
            let mut entry = Entry::of(first);
            for seen in more {
                entry.merge(seen);
            }
            entries.push(entry);
        }
        ensure!(entries.len() > 100, "only {} entries in {}", entries.len(), file.display());
        Ok(Self { entries })
    }

    /// A hundred rows of a list, others each round.
    pub(super) fn rows(&self, round: u32) -> Vec<Value> {
        let from = usize::try_from(round).unwrap_or(0) * 37;
        let entries = self.entries.iter().cycle().skip(from % self.entries.len()).take(100);
        entries
            .map(|entry| {
                let id = entry.requester_id.value().map(|id| id.0.as_str()).unwrap_or_default();
                let key = entry.title.value().and_then(|title| title_key(title));
                json!({ "requester_id": id, "title_key": key.map(|key| key.text().to_owned()) })
            })
            .collect()
    }

    /// The kinds of searches, each for something else every round.
    pub(super) fn searches(&self) -> Vec<(&'static str, Searches<'_>)> {
        let entry = |round: u32| {
            let at = usize::try_from(round).unwrap_or(0) * 131;
            self.entries.iter().cycle().nth(at % self.entries.len())
        };
        let title =
            move |round| entry(round).and_then(|entry| entry.title.value()).cloned().unwrap_or_default();
        let typed = |text: String| Search { text, state: "all" };
        let words = move |round, count| title(round).split(' ').take(count).collect::<Vec<_>>().join(" ");
        let all: Searches<'_> = Box::new(move |_| typed(String::new()));
        vec![
            ("all", all),
            (
                "requester",
                Box::new(move |round| {
                    let id = entry(round).and_then(|entry| entry.requester_id.value()).map(|id| id.0.clone());
                    typed(format!("requester:{}", id.unwrap_or_default()))
                }),
            ),
            ("two words of a title", Box::new(move |round| typed(words(round, 2)))),
            ("a whole title", Box::new(move |round| typed(title(round)))),
            ("a word that is nowhere", Box::new(move |round| typed(format!("penguin{round}")))),
            ("date", Box::new(move |round| typed(format!("before:2019-01-{:02}", 3 + round)))),
            (
                "state",
                Box::new(move |round| {
                    let states =
                        ["rejected", "returned", "pending", "approved", "in_progress", "let_go", "unknown"];
                    let state = states.iter().cycle().nth(usize::try_from(round).unwrap_or(0));
                    Search { text: String::new(), state: state.copied().unwrap_or("all") }
                }),
            ),
            (
                "amount",
                Box::new(move |round| {
                    let cents = entry(round)
                        .and_then(|entry| entry.reward.value())
                        .map_or(1, |it| it.micros / 10_000);
                    typed(format!("${}.{:02}", cents / 100, cents % 100))
                }),
            ),
            ("more than an amount", Box::new(move |round| typed(format!(">$1.{:02}", 40 + round)))),
        ]
    }
}
