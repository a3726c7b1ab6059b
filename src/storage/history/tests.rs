//! Scripts on the memory database.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // Tests may fail loudly.

use super::*;
use crate::domain::history::{Fact, Observation, ServerState, Source, State, StateWord};
use crate::domain::{Currency, Money, Partition, RequesterId, TaskId, lowered};
use crate::storage::journal::tests::ready;

use crate::storage::{Access, Database, MemoryDatabase, Step, StoreName};

const DAY_MS: i64 = 86_400_000;

fn title_key(title: &str) -> Option<TitleKey> {
    TitleKey::new(&lowered(title))
}

const RULES: Rules = Rules { zone: SiteZone::Utc, title_key };

fn mturk() -> Partition {
    Partition("mturk".to_owned())
}

fn run<T: 'static>(database: &MemoryDatabase, access: Access, script: Step<Result<T, Fault>>) -> T {
    ready(database.transact(access, script)).unwrap().unwrap()
}

fn put(database: &MemoryDatabase, partition: &Partition, observations: Vec<Observation>) -> Applied {
    let head = run(database, Access::Read, script(|view| Ok((vec![], history_head(view, Target::InUse)?))));
    let next = head.last + 1;
    let partition = partition.clone();
    let batch = Batch { partition, first: next, last: next, checksum: 0, observations, bonuses: vec![] };
    run(database, Access::Write, apply(batch, RULES, Target::InUse, Mode::Write))
}

fn usd(micros: i64) -> Money {
    Money { micros, currency: Currency::USD }
}

/// Entry `number` of day `number / 3`.
fn observation(number: i64) -> Observation {
    let at = Timestamp(number / 3 * DAY_MS + number);
    let states = [ServerState::Approved, ServerState::Rejected, ServerState::Paid];
    let title = if number % 10 == 0 { "A rare Ænigma 研究" } else { "A survey of habits" };
    Observation {
        id: EntryId(format!("3A{number:04}")),
        seen_at: at,
        source: Source::StatusPage,
        facts: vec![
            Fact::TaskId(TaskId(format!("3T{number:04}"))),
            Fact::Requester {
                id: Some(RequesterId(format!("A{}", number % 4))),
                name: "Lab of Examples".to_owned(),
            },
            Fact::Title(title.to_owned()),
            Fact::Reward(usd(number % 5 * 10_000)),
            Fact::AcceptedAt(at),
            Fact::State(StateWord::Server(states[usize::try_from(number).unwrap() % 3])),
        ],
    }
}

/// 120 entries of 40 days, the last two open.
fn forty_days() -> MemoryDatabase {
    let database = MemoryDatabase::default();
    for number in 0..120 {
        put(&database, &mturk(), vec![observation(number)]);
    }
    while run(&database, Access::Write, close_before(mturk(), SiteDay(38), RULES, Target::InUse)).has_more {}
    database
}

/// All pages of a search, and the blocks it read.
fn found(database: &MemoryDatabase, query: &Query, limits: Limits) -> Vec<String> {
    let (mut ids, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = run(database, Access::Read, search(mturk(), query.clone(), after, limits, RULES));
        assert_eq!(page.faults, []);
        ids.extend(page.entries.iter().map(|entry| entry.id().0.clone()));
        after = page.next;
        pages += 1;
        if after.is_none() || pages > 500 {
            return ids;
        }
    }
}

/// A query and the numbers of the entries it finds.
type Case = (Query, fn(i64) -> bool);

#[test]
fn search_finds_what_a_look_at_everything_finds() {
    let database = forty_days();
    let all: Vec<Observation> = (0..120).map(observation).collect();
    let query = Query::default;
    let cases: [Case; 8] = [
        (query(), |_| true),
        (Query { requester: Some(RequesterId("A3".to_owned())), ..query() }, |n| n % 4 == 3),
        (Query { words: "RARE ænigma".to_owned(), ..query() }, |n| n % 10 == 0),
        (Query { words: "究".to_owned(), ..query() }, |n| n % 10 == 0),
        (Query { words: "lab survey".to_owned(), ..query() }, |n| n % 10 != 0),
        (Query { states: vec![State::Rejected], amount: Some(usd(20_000)), ..query() }, |n| {
            n % 3 == 1 && n % 5 == 2
        }),
        (Query { from_day: Some(SiteDay(5)), to_day: Some(SiteDay(39)), ..query() }, |n| n / 3 >= 5),
        (Query { words: "nothing".to_owned(), ..query() }, |_| false),
    ];
    for (query, holds) in cases {
        let mut expected: Vec<String> = Vec::new();
        for number in (0..120).rev().filter(|number| holds(*number)) {
            expected.push(all[usize::try_from(number).unwrap()].id.0.clone());
        }
        for limits in [(50, 60), (1, 1), (7, 2), (1_000, 1)] {
            let limits = Limits { entries: limits.0, blocks: limits.1 };
            assert_eq!(found(&database, &query, limits), expected, "{query:?} {limits:?}");
        }
    }
}

#[test]
fn a_search_for_rare_words_reads_few_blocks() {
    let database = forty_days();
    let query = Query { requester: Some(RequesterId("A9".to_owned())), ..Query::default() };
    let limits = Limits { entries: 50, blocks: 60 };
    let before = database.reads();
    run(&database, Access::Read, search(mturk(), query, None, limits, RULES));
    assert!(database.reads() - before <= 4, "no block is read where no day is named");
}

#[test]
fn a_late_word_rewrites_the_day_and_a_server_day_moves_the_entry() {
    let database = forty_days();
    let late = Observation {
        seen_at: Timestamp(99 * DAY_MS),
        facts: vec![Fact::SiteDay(SiteDay(12)), Fact::State(StateWord::Server(ServerState::Approved))],
        ..observation(10)
    };
    let Applied::Done { days, entries, .. } = put(&database, &mturk(), vec![late]) else { panic!() };
    assert_eq!((days, entries), (vec![SiteDay(3), SiteDay(12)], vec![EntryId("3A0010".to_owned())]));
    let three = run(&database, Access::Read, day(mturk(), SiteDay(3), RULES));
    let twelve = run(&database, Access::Read, day(mturk(), SiteDay(12), RULES));
    assert_eq!((three.entries.len(), twelve.entries.len()), (2, 4));
    assert_eq!((three.sum.tally.total(), twelve.sum.tally.total()), (2, 4));
    let back = run(&database, Access::Read, entry(mturk(), EntryId("3A0010".to_owned()))).unwrap();
    assert!(back.is_overturned());
    let by_task = run(&database, Access::Read, entry(mturk(), EntryId("task:3T0010".to_owned())));
    assert_eq!(by_task, Some(back));
    let recount = run(&database, Access::Write, recount_batch(mturk(), Recount::default(), RULES));
    assert_eq!(recount.differences, []);
}

#[test]
fn what_is_known_by_its_task_joins_its_assignment() {
    let database = MemoryDatabase::default();
    let by_task = Observation { id: EntryId("task:3T0004".to_owned()), ..observation(4) };
    put(&database, &mturk(), vec![by_task.clone()]);
    put(&database, &mturk(), vec![observation(4)]);
    let late = vec![Fact::Note("by task".to_owned())];
    for note in [false, true] {
        if note {
            let done = close_before(mturk(), SiteDay(9), RULES, Target::InUse);
            assert_eq!(run(&database, Access::Write, done).days, [SiteDay(1)]);
        }
        put(&database, &mturk(), vec![Observation { facts: late.clone(), ..by_task.clone() }]);
        let page = run(&database, Access::Read, day(mturk(), SiteDay(1), RULES));
        assert_eq!(page.entries.len(), 1);
        assert_eq!(page.entries[0].note.value().map(String::as_str), Some("by task"));
    }
    assert!(!database.values().iter().any(|(store, ..)| *store == StoreName::Entries));
}

#[test]
fn partitions_never_meet() {
    let database = forty_days();
    let other = Partition("mturk-sandbox".to_owned());
    put(&database, &other, vec![observation(10)]);
    let alone = run(&database, Access::Read, day(other.clone(), SiteDay(3), RULES));
    assert_eq!(alone.entries.len(), 1);
    let sums = tallies(other, vec![(RequesterId("A2".to_owned()), None)]);
    assert_eq!(run(&database, Access::Read, sums)[0].as_ref().unwrap().total(), 1);
}

#[test]
fn a_scrub_goes_on_from_its_cursor_and_names_damage() {
    let database = forty_days();
    let scrubbed = |budget| {
        let (mut cursor, mut faults, mut steps) = (None, Vec::new(), 0);
        loop {
            let step = run(&database, Access::Read, scrub(mturk(), cursor, budget));
            faults.extend(step.faults);
            steps += 1;
            let Some(next) = step.next else { return (faults, steps) };
            cursor = ScrubCursor::from_text(&next.to_text());
            assert_eq!(cursor, Some(next));
        }
    };
    assert_eq!(scrubbed(usize::MAX), (vec![], 1));
    let (faults, steps) = scrubbed(1);
    assert!(faults.is_empty() && steps > 20, "{steps}");
    let mut planted = 0;
    for (store, key, value) in database.values() {
        if !StoreName::HISTORY.contains(&store) {
            continue;
        }
        let damaged: crate::storage::Value = match &value {
            crate::storage::Value::Text(text) => text.replacen('1', "2", 1).into(),
            crate::storage::Value::Bytes(bytes) => {
                let mut bytes = bytes.clone();
                *bytes.last_mut().unwrap() ^= 1;
                bytes.into()
            }
        };
        if damaged == value || planted % 29 != 0 {
            planted += 1;
            continue;
        }
        planted += 1;
        database.plant(store, key.clone(), damaged);
        assert_eq!(scrubbed(usize::MAX).0.len(), 1, "{store:?} {key:?}");
        database.plant(store, key, value);
    }
    assert!(planted > 100);
}

#[test]
fn a_recount_finds_and_corrects_what_is_wrong() {
    let database = forty_days();
    let none = crate::storage::packed::tally::encode_tally(&crate::domain::history::Tally::new());
    let key = keys::tally_key("0/mturk", &RequesterId("A1".to_owned()), None);
    database.plant(StoreName::Tallies, key, none);
    let mut recount = Recount::default();
    while !recount.is_done {
        recount = run(&database, Access::Write, recount_batch(mturk(), recount, RULES));
    }
    assert_eq!(recount.differences, [Difference::Tally(RequesterId("A1".to_owned()), None)]);
    assert_eq!((recount.entries, recount.days), (120, 40));
}
