#![allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]

use std::fmt::Write as _;

use super::*;
use crate::domain::SiteDay;
use crate::domain::Timestamp;
use crate::domain::history::{Entry, EntryId, Fact, Observation, Percent, ServerState, Source, StateWord};

/// One entry: what was said of it, in order, on a day.
fn entry(number: usize, said: &[StateWord], on: Option<SiteDay>) -> Entry {
    let id = EntryId(format!("3A{number}"));
    let mut entry = Entry::new(id.clone());
    for (seen_at, word) in (0..).zip(said) {
        let source =
            if matches!(word, StateWord::Server(_)) { Source::StatusPage } else { Source::ReturnForm };
        let day = on.map(Fact::SiteDay);
        let facts = core::iter::once(Fact::State(*word)).chain(day).collect();
        entry.merge(&Observation { id: id.clone(), seen_at: Timestamp(seen_at), source, facts });
    }
    entry
}

fn tally(entries: &[(&[StateWord], u32)]) -> Tally {
    let mut tally = Tally::new();
    let day = SiteDay::from_civil(2024, 11, 2).unwrap();
    let mut number = 0;
    for (said, count) in entries {
        for _ in 0..*count {
            number += 1;
            tally.add(&entry(number, said, Some(day.plus_days(i32::try_from(number).unwrap() / 100))));
        }
    }
    tally
}

const APPROVED: &[StateWord] = &[StateWord::Server(ServerState::Approved)];
const PAID: &[StateWord] = &[StateWord::Server(ServerState::Paid)];
const PENDING: &[StateWord] = &[StateWord::Server(ServerState::Submitted)];
const REJECTED: &[StateWord] = &[StateWord::Server(ServerState::Rejected)];
const OVERTURNED: &[StateWord] =
    &[StateWord::Server(ServerState::Rejected), StateWord::Server(ServerState::Approved)];
const BROKEN: &[StateWord] = &[StateWord::Returned(Some(ReturnReason::Broken))];
const FOR_NO_REASON: &[StateWord] = &[StateWord::Returned(Some(ReturnReason::Other))];
const SCREENED_OUT: &[StateWord] = &[StateWord::ScreenedOut];

#[test]
fn memories_in_words() {
    let underpaid = [StateWord::Returned(Some(ReturnReason::Underpaid(Percent::new(40))))];
    let histories: [(&str, Tally); 15] = [
        ("nothing", Tally::new()),
        ("one approved", tally(&[(APPROVED, 1)])),
        ("one pending", tally(&[(PENDING, 1)])),
        ("one on an unknown day", {
            let mut tally = Tally::new();
            tally.add(&entry(1, PAID, None));
            tally
        }),
        ("a batch", tally(&[(PAID, 412)])),
        ("a rejection", tally(&[(REJECTED, 1)])),
        ("a rejection of four", tally(&[(REJECTED, 1), (PENDING, 2), (APPROVED, 1)])),
        ("a rejection in a batch", tally(&[(REJECTED, 1), (APPROVED, 9)])),
        ("overturned", tally(&[(OVERTURNED, 1)])),
        ("broken", tally(&[(BROKEN, 1)])),
        ("underpaid", tally(&[(&underpaid, 1)])),
        ("several reasons", tally(&[(&underpaid, 2), (BROKEN, 1), (FOR_NO_REASON, 1)])),
        ("for no reason", tally(&[(FOR_NO_REASON, 1)])),
        ("screened out", tally(&[(SCREENED_OUT, 2)])),
        ("screened out after some done", tally(&[(PAID, 3), (SCREENED_OUT, 1)])),
    ];
    let mut text = String::new();
    for (name, tally) in &histories {
        writeln!(text, "{name}").unwrap();
        let mut before = None;
        for words in [RepeatWords::Plain, RepeatWords::Survey, RepeatWords::OneTime] {
            let memory = of_title(tally, words);
            if memory != before {
                writeln!(text, "  {words:?}: {}", shown(memory.as_ref())).unwrap();
            }
            before = memory;
        }
        writeln!(text, "  requester: {}", shown(of_requester(tally).as_ref())).unwrap();
    }
    insta::assert_snapshot!(text);
}

fn shown(memory: Option<&MemoryPart>) -> String {
    memory.map_or("–".to_owned(), |memory| {
        format!("[{:?}] {}\n    {}", memory.tone, memory.says.join(" | "), memory.line)
    })
}

#[test]
fn every_memory_has_words_and_none_is_longer_than_the_one_before() {
    let words = [APPROVED, PAID, PENDING, REJECTED, OVERTURNED, BROKEN, FOR_NO_REASON, SCREENED_OUT];
    for one in words {
        for other in words {
            for counts in [(1, 1), (1, 3), (2, 0), (0, 2)] {
                let tally = tally(&[(one, counts.0), (other, counts.1)]);
                let titles = [RepeatWords::Plain, RepeatWords::Survey, RepeatWords::OneTime]
                    .map(|words| of_title(&tally, words));
                for memory in titles.into_iter().chain([of_requester(&tally)]).flatten() {
                    let lengths: Vec<usize> = memory.says.iter().map(|says| says.chars().count()).collect();
                    assert!(
                        !lengths.is_empty() && lengths.is_sorted_by(|one, next| one > next),
                        "{memory:?}"
                    );
                    assert!(memory.line.ends_with('.'), "{memory:?}");
                }
            }
        }
    }
}
