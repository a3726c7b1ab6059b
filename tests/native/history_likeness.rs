//! The duplicate guard over the real listing: near-same titles of one requester are mostly batches.

use std::collections::BTreeMap;

use wagelight::domain::history::{
    BATCH_APPROVALS, Entry, EntryId, Fact, Memory, Observation, RepeatWords, ServerState, Source, StateWord,
    Tally, memory_of_title,
};
use wagelight::domain::{SiteDay, Timestamp, TitleKey};
use wagelight::wording::title_key;

use crate::listing;

/// How many rows of the listing share requester and title key with each other.
fn sets(groups: &[listing::Group]) -> BTreeMap<(&str, TitleKey), usize> {
    let mut sets = BTreeMap::new();
    for group in groups {
        if let Some(key) = title_key(&group.title) {
            *sets.entry((group.requester_id.as_str(), key)).or_insert(0) += 1;
        }
    }
    sets
}

fn paid(group: &listing::Group, day: i32) -> Entry {
    Entry::of(&Observation {
        id: EntryId(group.id.clone()),
        seen_at: Timestamp(0),
        source: Source::StatusPage,
        facts: vec![Fact::State(StateWord::Server(ServerState::Paid)), Fact::SiteDay(SiteDay(day))],
    })
}

#[test]
fn many_rows_have_a_near_same_title_beside_them() {
    let Some(groups) = listing::groups() else { return };
    let sets = sets(&groups);
    let shared: Vec<usize> = sets.into_values().filter(|count| *count > 1).collect();
    assert_eq!((shared.len(), shared.iter().sum::<usize>()), (79, 285), "of {}", groups.len());
}

/// A worker who does every row once and is paid: plain rows never warn, and from the third on they are a batch.
#[test]
fn rows_done_one_after_the_other_become_batches() {
    let Some(groups) = listing::groups() else { return };
    let mut tallies: BTreeMap<(&str, TitleKey), Tally> = BTreeMap::new();
    for (day, group) in (0..).zip(&groups) {
        let Some(key) = title_key(&group.title) else { continue };
        let tally = tallies.entry((group.requester_id.as_str(), key)).or_default();
        let done = tally.total();
        let expected = |memory| match memory {
            Memory::Nothing => done == 0,
            Memory::Done { count, last } => {
                (1..BATCH_APPROVALS).contains(&done) && count == done && last.is_some()
            }
            Memory::Batch { count } => done >= BATCH_APPROVALS && count == done,
            _ => false,
        };
        let memory = memory_of_title(tally, RepeatWords::Plain);
        assert!(expected(memory), "{}: {memory:?} after {done}", group.id);
        let warned = matches!(memory_of_title(tally, RepeatWords::Survey), Memory::Warn { .. });
        assert_eq!(warned, (1..BATCH_APPROVALS).contains(&done), "{}", group.id);
        tally.add(&paid(group, day));
    }
}
