#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use serde_json::json;

use super::*;
use crate::app::history::keep::{Order, keep};
use crate::storage::journal::{MemoryJournal, close_lines, db_head};
use crate::storage::{Key, MemoryDatabase, Value};

const NOW: Timestamp = Timestamp(1_795_000_000_000);
const DAY_MS: i64 = 86_400_000;

/// The memory stores are ready at once.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let Poll::Ready(value) = pin!(future).poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("a memory store waits");
    };
    value
}

#[derive(Default)]
struct Bench {
    database: MemoryDatabase,
    journal: MemoryJournal,
    care: Care,
}

impl Bench {
    /// A worker who accepted one task on each of so many days; all days but the last two are closed.
    fn of_days(count: i64) -> Self {
        let bench = Self::default();
        for number in 0..count {
            bench.sees(number, Timestamp(NOW.0 + number * DAY_MS));
        }
        bench
    }

    fn sees(&self, number: i64, now: Timestamp) {
        let seen = json!({ "came_ms": now.0, "about": {
            "assignment_id": format!("3A{number}"), "id": format!("3TASK{number}"), "title": "Rate pictures",
            "reward": "0.25", "original": "600", "remaining": "600", "requester_id": "A1REQUESTER00",
            "requester_name": "Ann Lab", "can_return": "true",
        } });
        let order = Order {
            site: Partition("mturk".to_owned()),
            account: Some("A".to_owned()),
            tab: Some(7),
            address: format!("worker.mturk.com/projects/3GROUP/tasks/3TASK{number}"),
            seen: serde_json::from_value(seen).unwrap(),
            now,
        };
        at_once(keep(&self.database, &self.journal, order)).unwrap();
    }

    fn tend_at(&self, now: Timestamp) -> Cared {
        at_once(care((&self.database, &self.journal), &self.care, now)).unwrap()
    }

    /// Wake-ups until nothing goes on; all that was told.
    fn tend(&self) -> Vec<String> {
        let mut told = Vec::new();
        for minute in 0..200 {
            let cared = self.tend_at(Timestamp(NOW.0 + 90 * DAY_MS + minute * 60_000));
            told.extend(cared.told);
            told.extend(cared.checked);
            if cared.progress.is_none() && minute > 10 {
                return told;
            }
        }
        panic!("it does not end: {told:?}");
    }

    fn check(&self) -> Vec<String> {
        self.care.begin_check();
        self.tend()
    }

    fn tasks(&self) -> u64 {
        at_once(db_head(&self.database)).unwrap().unwrap().entries
    }

    fn stored(&self, store: StoreName, nth: usize) -> (Key, Value) {
        let of_store = self.database.values().into_iter().filter(|(of, ..)| *of == store);
        of_store.map(|(_, key, value)| (key, value)).nth(nth).unwrap()
    }

    /// Flips a bit in the middle of a record.
    fn damage(&self, store: StoreName, nth: usize) {
        let (key, value) = self.stored(store, nth);
        let value = match value {
            Value::Bytes(mut bytes) => {
                let middle = bytes.len() / 2;
                *bytes.get_mut(middle).unwrap() ^= 0x20;
                Value::Bytes(bytes)
            }
            Value::Text(text) => {
                let digit = text.rfind(|letter: char| letter.is_ascii_digit()).unwrap();
                let (before, after) = text.split_at(digit);
                let other = if after.starts_with('7') { '8' } else { '7' };
                Value::Text(format!("{before}{other}{}", after.get(1..).unwrap()))
            }
        };
        self.database.plant(store, key, value);
    }
}

#[test]
fn a_well_history_is_left_as_it_is_and_nothing_is_said() {
    let bench = Bench::of_days(6);
    let stored = |bench: &Bench| {
        let mut values = bench.database.values();
        values.retain(|(_, key, _)| *key != care_key());
        values
    };
    let before = stored(&bench);
    assert_eq!(bench.tend(), Vec::<String>::new());
    assert_eq!(stored(&bench), before);
    assert!(bench.journal.has_reserve());
}

#[test]
fn an_emptied_database_is_made_again_by_wake_ups_alone() {
    let bench = Bench::of_days(12);
    bench.database.empty();
    let told = bench.tend();
    assert_eq!(
        told,
        ["The browser's database was emptied; it was made again from the journal: 12 tasks are there"]
    );
    assert_eq!(bench.tasks(), 12);
    assert_eq!(at_once(places(&bench.database)).unwrap().unwrap().accounts.len(), 1);
    assert_eq!(
        bench.check(),
        ["Checked: every stored record is as it was written, and every total is right: 12 tasks are there"]
    );
}

#[test]
fn lost_files_are_written_again_and_said() {
    let bench = Bench::of_days(6);
    bench.journal.lose_files();
    assert_eq!(bench.tend(), [mend::REWRITTEN]);
    bench.database.empty();
    bench.tend();
    assert_eq!(bench.tasks(), 6);
}

#[test]
fn damage_in_any_store_is_found_mended_and_said() {
    let stores = [
        StoreName::Days,
        StoreName::DaySums,
        StoreName::EntryDays,
        StoreName::Terms,
        StoreName::Tallies,
        StoreName::Entries,
    ];
    for store in stores {
        let bench = Bench::of_days(6);
        bench.damage(store, 0);
        let told = bench.tend();
        assert!(!told.is_empty(), "{store:?}");
        assert_eq!(bench.tasks(), 6, "{store:?}");
        let again = bench.check();
        assert_eq!(
            again,
            [
                "Checked: every stored record is as it was written, and every total is right: 6 tasks are there"
            ],
            "{store:?}"
        );
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("told of {}", store.as_str()), told.join("\n"));
        });
    }
}

#[test]
fn a_pass_is_begun_once_a_day_and_goes_on_from_where_it_was() {
    let bench = Bench::of_days(4);
    let later = |minutes: i64| Timestamp(NOW.0 + 90 * DAY_MS + minutes * 60_000);
    for minute in 0..3 {
        bench.tend_at(later(minute));
    }
    let reads = bench.database.reads();
    bench.tend_at(later(3));
    let idle = bench.database.reads() - reads;
    bench.damage(StoreName::Days, 0);
    assert_eq!(bench.tend_at(later(4)).told, Vec::<String>::new(), "not before tomorrow");
    assert!(idle < 12, "a wake-up without a piece of the scrub reads {idle} records");
    assert_eq!(bench.tend_at(later(24 * 60 + 5)).told.len(), 1);
}

#[test]
fn a_background_that_ends_in_the_middle_goes_on() {
    let mut bench = Bench::of_days(20);
    at_once(close_lines(&bench.journal, crate::domain::SiteDay(30_000))).unwrap();
    bench.database.empty();
    for _ in 0..50 {
        bench.tend_at(NOW);
        bench.care = Care::default();
    }
    assert_eq!(bench.tasks(), 20);
    assert_eq!(
        bench.check(),
        ["Checked: every stored record is as it was written, and every total is right: 20 tasks are there"]
    );
}

#[test]
fn a_newer_database_is_left_alone() {
    let bench = Bench::of_days(3);
    bench.damage(StoreName::Tallies, 0);
    bench.database.become_newer();
    let before = bench.database.values();
    assert_eq!(bench.tend(), Vec::<String>::new());
    assert_eq!(bench.database.values(), before);
    assert!(!bench.journal.has_reserve());
}

#[test]
fn a_damaged_file_of_the_journal_is_found_and_written_again() {
    let bench = Bench::of_days(6);
    at_once(close_lines(&bench.journal, RULES.zone.day_of(NOW))).unwrap();
    let names = at_once(bench.journal.files()).unwrap();
    let newest = names.last().unwrap().clone();
    let whole = at_once(bench.journal.read_file(&newest)).unwrap().unwrap();
    for end in [0, 3, whole.len() / 2, whole.len() - 20, whole.len() - 1] {
        bench.journal.tamper(&newest, |bytes| *bytes = whole[..end].to_vec());
        let told = bench.check();
        assert!(told.iter().any(|told| told.contains("written again from the database")), "{end}: {told:?}");
        assert!(told.last().unwrap().contains("6 tasks are there"), "{end}: {told:?}");
        let again = bench.check();
        assert_eq!(again.len(), 1, "{end}: it is found damaged once more: {again:?}");
        // The journal alone has all of it.
        bench.database.empty();
        let told = bench.tend();
        assert!(told.iter().any(|told| told.contains("6 tasks are there")), "{end}: {told:?}");
    }
}

#[test]
fn a_line_that_vanished_from_the_journal_is_missed() {
    let bench = Bench::of_days(4);
    at_once(close_lines(&bench.journal, RULES.zone.day_of(NOW))).unwrap();
    for number in 10..13 {
        bench.sees(number, Timestamp(NOW.0 + 4 * DAY_MS + number));
    }
    let lines = at_once(bench.journal.lines()).unwrap();
    let first = lines.first().unwrap().0;
    at_once(bench.journal.delete_lines(first)).unwrap();
    let told = bench.check();
    assert!(
        told[0].contains("1 of its last changes are missing") && told[0].contains("written again"),
        "{told:?}"
    );
    assert_eq!(bench.check().len(), 1, "it is missed once");
    bench.database.empty();
    let told = bench.tend();
    assert!(told.iter().any(|told| told.contains("7 tasks are there")), "{told:?}");
}
