//! The history screen over entries that were recorded as the extension records them.

mod corrections;

use super::*;
use crate::app::history::{RULES, partition};
use crate::domain::history::{
    DayBonus, EntryId, Fact, How, Observation, Origin, ServerState, Source, StateWord, Worked,
};
use crate::domain::{Currency, Money, Partition, RequesterId, SiteDay, SiteZone};
use crate::storage::history::{Target, close_before};
use crate::storage::journal::{Change, Recorded, Seen as Told, record};
use crate::storage::record::{Places, encode_places, places_key};
use crate::storage::{Access, Database, Step, StoreName, Value as Stored, Write};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A worker with one or two accounts.
struct Past {
    bench: Bench,
    places: Places,
    /// Noon of 21 November 2026 in Los Angeles.
    now: Timestamp,
}

impl Past {
    fn new() -> Self {
        let today = SiteDay::from_civil(2026, 11, 21).unwrap();
        let now = Timestamp(SiteZone::Pacific.bounds(today).0.0 + 12 * HOUR_MS);
        Self { bench: Bench::own(), places: Places::default(), now }
    }

    fn today(&self) -> SiteDay {
        SiteZone::Pacific.day_of(self.now)
    }

    fn record(&mut self, account: &str, seen: Vec<Told>) {
        let site = Partition("mturk".to_owned());
        let whose = partition(&site, Some(account));
        let change = Change { partition: whose.clone(), seen };
        let saved =
            ready(record(&self.bench.stores.database, &self.bench.stores.journal, &change, RULES)).unwrap();
        assert!(matches!(saved, Recorded::Saved(_)), "{saved:?}");
        self.places.used(&whose, self.now);
        let write = Write::put(StoreName::Meta, places_key(), encode_places(&self.places));
        ready(self.bench.stores.database.transact(Access::Write, Step::Done(vec![write], ()))).unwrap();
    }

    fn see(&mut self, seen: Vec<Observation>) {
        self.record("one", seen.into_iter().map(Told::Task).collect());
    }

    /// Closes all days before today.
    fn close_days(&self) {
        let site = Partition("mturk".to_owned());
        loop {
            let script = close_before(partition(&site, Some("one")), self.today(), RULES, Target::InUse);
            if !ready(self.bench.stores.database.transact(Access::Write, script)).unwrap().unwrap().has_more {
                return;
            }
        }
    }

    fn page(&self) -> HistoryPage<'_> {
        HistoryPage { past: self, fields: BTreeMap::new() }
    }
}

struct HistoryPage<'a> {
    past: &'a Past,
    fields: BTreeMap<String, String>,
}

impl HistoryPage<'_> {
    fn types(&mut self, text: &str) -> Seen {
        self.fields.insert("search".to_owned(), text.to_owned());
        self.act("search")
    }

    fn act(&mut self, act: &str) -> Seen {
        let (screen, fields) = (ScreenName::History, self.fields.clone());
        let event = ScreenAsk { screen, act: act.to_owned(), about: BTreeMap::new(), fields };
        match self.past.bench.ask_at(&Ask::Screen(event), self.past.now.0) {
            Answer::Screen { tree, close, focus } => {
                self.fields = values(&tree);
                Seen { tree, close, focus }
            }
            other => panic!("{other:?}"),
        }
    }
}

impl Seen {
    /// Titles of the rows, in order.
    fn titles(&self) -> Vec<&str> {
        let tasks = nodes(&self.tree).into_iter().filter(|node| node["c"] == "task");
        tasks.filter_map(|node| node["x"].as_str()).collect()
    }
}

fn usd(micros: i64) -> Money {
    Money { micros, currency: Currency::USD }
}

/// A task handed in so long before now.
fn task(past: &Past, number: i64, ago_ms: i64, state: StateWord) -> Observation {
    let at = Timestamp(past.now.0 - ago_ms);
    let source =
        if matches!(state, StateWord::Server(_)) { Source::StatusPage } else { Source::SubmitMessage };
    Observation {
        id: EntryId(format!("3A{number:05}")),
        seen_at: at,
        source,
        facts: vec![
            Fact::Requester { id: Some(RequesterId("A00LAB".to_owned())), name: "Ann Lab".to_owned() },
            Fact::Title(format!("Task {number}")),
            Fact::Reward(usd(500_000)),
            Fact::SubmittedAt(at),
            Fact::State(state),
        ],
    }
}

const APPROVED: StateWord = StateWord::Server(ServerState::Approved);
const REJECTED: StateWord = StateWord::Server(ServerState::Rejected);

#[test]
fn nothing_yet_is_said_in_words() {
    let past = Past::new();
    let seen = past.page().act("");
    assert!(seen.text().contains("Nothing here yet. Wagelight writes down every task"), "{}", seen.text());
    assert!(!seen.text().contains("Search by") && !seen.text().contains("Today"));
}

/// A day of two tasks, one overturned with all that can be known, and one of last year.
fn a_past() -> Past {
    let mut past = Past::new();
    let mut known = task(&past, 1, HOUR_MS, REJECTED);
    let worked = Worked::new(500, 600, 900, How::PartlyElsewhere);
    known.facts.extend([
        Fact::Description("Two lines\nof text".to_owned()),
        Fact::AcceptedAt(Timestamp(past.now.0 - 2 * HOUR_MS)),
        Fact::Worked(worked),
        Fact::Feedback(Some("Late <b>answer</b>".to_owned())),
        Fact::AllottedSecs(3_600),
    ]);
    let later = Observation {
        seen_at: past.now,
        facts: vec![Fact::State(APPROVED)],
        ..task(&past, 1, HOUR_MS, APPROVED)
    };
    let queue = Observation {
        id: EntryId("task:3T1".to_owned()),
        seen_at: past.now,
        source: Source::Queue,
        facts: vec![Fact::State(StateWord::Held), Fact::AcceptedAt(past.now)],
    };
    let seen = vec![
        known,
        later,
        queue,
        task(&past, 2, 2 * HOUR_MS, StateWord::Submitted),
        task(&past, 3, 365 * DAY_MS, REJECTED),
    ];
    past.see(seen);
    let mut bonus = DayBonus::new(past.today());
    bonus.tell(usd(150_000), Origin { seen_at: past.now, source: Source::StatusPage });
    past.record("one", vec![Told::Bonus(bonus)]);
    past
}

#[test]
fn a_day_its_sums_and_what_is_known_of_a_task() {
    let past = a_past();
    let mut page = past.page();
    let seen = page.act("");
    assert!(
        seen.text()
            .contains("Today: 2 submitted · 1 pending · earned 50¢ · bonuses 15¢ · worked about 9 min"),
        "{}",
        seen.text()
    );
    assert_eq!(seen.titles(), ["Title not known", "Task 1", "Task 2", "Task 3"]);
    assert!(seen.text().contains("approved, overturned") && seen.text().contains("21\u{a0}Nov 2025"));
    let seen = page.act("open:3A00001");
    assert_well_made(&seen);
    insta::assert_json_snapshot!("history_open", seen.tree);
    assert_eq!(page.act("close").titles().len(), 4);
    assert!(!page.act("").text().contains("Two lines"), "closed stays closed");
}

#[test]
fn what_was_opened_stays_open_until_the_table_is_another() {
    let past = a_past();
    let mut page = past.page();
    page.act("open:3A00002");
    assert!(page.act("").text().contains("3A00002"));
    assert!(!page.act("state:rejected").text().contains("3A00001"));
    assert_eq!(page.fields["open"], "");
}

#[test]
fn states_and_words_narrow_the_table() {
    let past = a_past();
    let mut page = past.page();
    page.act("");
    let cases: [(&str, &[&str]); 8] = [
        ("all", &["Title not known", "Task 1", "Task 2", "Task 3"]),
        ("in_progress", &["Title not known"]),
        ("pending", &["Task 2"]),
        ("approved", &["Task 1"]),
        ("rejected", &["Task 3"]),
        ("returned", &[]),
        ("let_go", &[]),
        ("none of ours", &["Title not known", "Task 1", "Task 2", "Task 3"]),
    ];
    for (state, titles) in cases {
        let seen = page.act(&format!("state:{state}"));
        assert_eq!(seen.titles(), titles, "{state}");
        assert_eq!(seen.text().contains("No task matches."), titles.is_empty());
    }
    assert_eq!(page.types("LAB task").titles(), ["Task 1", "Task 2", "Task 3"]);
    assert_eq!(page.act("state:rejected").titles(), ["Task 3"], "both hold");
    assert_eq!(page.types("nowhere").titles(), Vec::<&str>::new());
}

#[test]
fn a_table_of_any_length_is_walked_to_its_end_and_back() {
    let mut past = Past::new();
    let seen = (0..1_210).map(|number| task(&past, number, number * HOUR_MS / 2 + 1, REJECTED)).collect();
    past.see(seen);
    past.close_days();
    let mut page = past.page();
    let mut seen = page.act("");
    assert_eq!(seen.titles().len(), 50);
    assert!(seen.text().contains("50 tasks shown."), "{}", seen.text());
    let mut walked: Vec<String> = seen.titles().into_iter().map(str::to_owned).collect();
    let mut presses = 0;
    while seen.text().contains("Show more") {
        let before = walked.len();
        seen = page.act("more");
        presses += 1;
        assert_eq!(seen.focus.as_deref(), Some("fresh"));
        let fresh = seen.node("id", "fresh")["x"].as_str().unwrap().to_owned();
        assert_eq!(fresh, format!("Task {before}"));
        let titles = seen.titles();
        assert!(titles.len() <= 500);
        assert_well_made(&seen);
        let at = titles.iter().position(|title| *title == fresh).unwrap();
        walked.extend(titles[at..].iter().map(|title| (*title).to_owned()));
    }
    let expected: Vec<String> = (0..1_210).map(|number| format!("Task {number}")).collect();
    assert_eq!((walked, presses), (expected, 24));
    let seen = page.act("newest");
    assert_eq!((seen.titles().len(), seen.titles()[0]), (50, "Task 0"));
    assert_eq!(seen.focus.as_deref(), Some("search"));
    assert!(!seen.text().contains("Back to the newest"));
}

#[test]
fn a_damaged_day_is_named_and_the_others_are_there() {
    let mut past = Past::new();
    let seen = (0..5).map(|days| task(&past, days, days * DAY_MS, REJECTED)).collect();
    past.see(seen);
    past.close_days();
    let database = &past.bench.stores.database;
    let mut blocks = database.values();
    blocks.retain(|(store, ..)| *store == StoreName::Days);
    blocks.sort_by(|(_, one, _), (_, other, _)| one.cmp(other));
    assert_eq!(blocks.len(), 4);
    let (store, key, Stored::Bytes(mut bytes)) = blocks.swap_remove(1) else { panic!("a block is bytes") };
    *bytes.last_mut().unwrap() ^= 1;
    database.plant(store, key, bytes);
    let seen = past.page().act("");
    assert_eq!(seen.titles(), ["Task 0", "Task 1", "Task 2", "Task 4"]);
    assert!(seen.text().contains("The day 2026-11-18 cannot be read"), "{}", seen.text());
}

#[test]
fn accounts_are_told_by_number_and_beginning_and_never_mix() {
    let mut past = Past::new();
    let old = task(&past, 1, DAY_MS, REJECTED);
    past.record("Asecret", vec![Told::Task(old)]);
    past.now = Timestamp(past.now.0 + 19 * DAY_MS);
    let new = task(&past, 2, HOUR_MS, APPROVED);
    past.record("Bsecret", vec![Told::Task(new)]);
    let mut page = past.page();
    let seen = page.act("");
    assert_eq!(seen.titles(), ["Task 2"], "the one used last");
    assert!(!seen.tree.to_string().contains("secret"));
    assert_eq!(seen.action("Account 2, since 10\u{a0}Dec 2026"), "account:1");
    let seen = page.act(&seen.action("Account 1, since 21\u{a0}Nov 2026"));
    assert_eq!(seen.titles(), ["Task 1"]);
    assert_eq!(page.act("state:rejected").titles(), ["Task 1"], "the choice stays");
    assert_eq!(page.act("account:9").titles(), Vec::<&str>::new(), "rejected, of the one used last");
}

#[test]
fn a_store_that_does_not_answer_is_no_empty_history() {
    let past = a_past();
    past.bench.stores.database.fail_with(Some(crate::storage::StoreError::TimedOut));
    let seen = past.page().act("");
    assert!(seen.text().contains("did not read your history in time. Nothing was lost."), "{}", seen.text());
    assert!(!seen.text().contains("Nothing here yet"));
}

#[test]
fn fields_that_are_none_of_ours_are_no_harm() {
    let past = a_past();
    for text in
        ["x", "-1", "99999999999999999999", "\t\t", "1\tx\ty", "2147483647\t9223372036854775807\t\u{10ffff}"]
    {
        for act in
            ["", "more", "newest", "open:", "close", "account:", "state:", "save", "undo", "pays:", "split:x"]
        {
            let mut page = past.page();
            for name in ["account", "pages", "from", "next", "open", "state", "bonus", "back"] {
                page.fields.insert(name.to_owned(), text.to_owned());
            }
            assert!(page.act(act).titles().len() <= 4, "{text:?} {act}");
        }
    }
}
