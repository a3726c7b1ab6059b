//! What the history remembers of the rows of a page, looked up by single keys.

use std::collections::{BTreeMap, BTreeSet};

use super::wire::MemoryPart;
use super::words::record_problem;
use crate::app::history;
use crate::app::views::memory;
use crate::domain::history::Tally;
use crate::domain::{Partition, RequesterId, TitleKey};
use crate::storage::history::{Place, tallies};
use crate::storage::{Step, then};
use crate::wording::repeat_words;

/// A requester, or one of its titles.
type Whose = (RequesterId, Option<TitleKey>);

/// The sums of the rows' requesters and titles.
#[derive(Default)]
pub(super) struct Remembered {
    tallies: BTreeMap<Whose, Tally>,
    /// What could not be read, in the worker's words.
    pub(super) problems: BTreeSet<String>,
}

/// The script that looks up the sums of rows, each once; nothing where the account is unknown.
pub(super) fn remembered(
    site: &Partition,
    account: Option<&str>,
    rows: impl Iterator<Item = Whose>,
) -> Step<Remembered> {
    let Some(account) = account.filter(|account| !account.is_empty()) else {
        return Step::Done(Vec::new(), Remembered::default());
    };
    let whose: BTreeSet<Whose> =
        rows.flat_map(|(requester, title)| [(requester.clone(), None), (requester, title)]).collect();
    let whose: Vec<Whose> = whose.into_iter().collect();
    let look_up = tallies(history::partition(site, Some(account)), whose.clone());
    then(look_up, move |found| {
        let mut remembered = Remembered::default();
        match found {
            Ok(found) => {
                for (whose, tally) in whose.into_iter().zip(found) {
                    match tally {
                        Ok(tally) => drop(remembered.tallies.insert(whose, tally)),
                        Err(error) => {
                            remembered.problems.insert(record_problem(&error, &Place::Tally.say()));
                        }
                    }
                }
            }
            Err(fault) => {
                remembered.problems.insert(record_problem(&fault.error, &fault.place.say()));
            }
        }
        Step::Done(Vec::new(), remembered)
    })
}

impl Remembered {
    /// Of all tasks of a requester.
    pub(super) fn of_requester(&self, requester: &RequesterId) -> Option<MemoryPart> {
        memory::of_requester(self.tallies.get(&(requester.clone(), None))?)
    }

    /// Of a requester's tasks titled alike.
    pub(super) fn of_title(&self, requester: &RequesterId, title: &TitleKey) -> Option<MemoryPart> {
        let tally = self.tallies.get(&(requester.clone(), Some(title.clone())))?;
        memory::of_title(tally, repeat_words(title))
    }
}
