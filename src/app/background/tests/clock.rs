//! The working-time clock through the whole background: every ask finds only what is stored, as if the background
//! had been ended before it.

#![allow(clippy::indexing_slicing, reason = "a failed test should stop at the line")]

use serde_json::{Value, json};

use super::super::wire::{BrowserPart, ClockPart, PageHappening};
use super::*;
use crate::app::history::clock::minutes_of_day;
use crate::app::history::{RULES, partition};
use crate::domain::history::{Entry, EntryId, How, Source};
use crate::domain::{Partition, SiteDay};
use crate::storage::history::{day, entry};
use crate::storage::journal::{Change, Line, Seen, record};
use crate::storage::record::{ClockRecord, clock_key, decode_clock, encode_clock};
use crate::storage::{Access, Database, StoreName};
use PageHappening::{Focused, Framed, Left, Shown, Sign, Unfocused};

/// 2026-06-15 12:00 UTC.
const NOON: i64 = 1_781_524_800_000;

const WINDOW: i64 = 1;
const TAB: i64 = 7;
const OTHER: i64 = 8;

/// A worker, their browser, and the time.
struct Worker {
    bench: Bench,
    now_ms: i64,
    /// The last answer to a page.
    said: ClockPart,
}

impl Worker {
    fn at(now_ms: i64) -> Self {
        let sender = SenderWord { account: Some("tag".to_owned()), session: "one".to_owned(), ..site_page() };
        let mut worker = Self { bench: Bench::asked_from(sender), now_ms, said: ClockPart::default() };
        worker.front(TAB);
        worker
    }

    fn skip(&mut self, millis: i64) {
        self.now_ms += millis;
    }

    /// One ask of a page in a tab.
    fn ask(&mut self, tab: i64, ask: &Ask) -> Answer {
        self.bench.sender.tab = Some(tab);
        self.now_ms += 3;
        self.bench.ask_at(ask, self.now_ms)
    }

    fn tells(&mut self, (tab, path): (i64, &str), events: &[PageHappening], act: Option<&str>) {
        let ask = Ask::Clock {
            address: format!("worker.mturk.com{path}"),
            events: events.to_vec(),
            act: act.map(str::to_owned),
        };
        match self.ask(tab, &ask) {
            Answer::Clock(said) => self.said = said,
            other => panic!("{other:?}"),
        }
    }

    fn browser(&mut self, part: BrowserPart) -> ClockPart {
        let site = self.bench.sender.clone();
        self.bench.sender = SenderWord { session: site.session.clone(), ..own_page() };
        self.now_ms += 3;
        let answer = self.bench.ask_at(&Ask::Browser(part), self.now_ms);
        self.bench.sender = site;
        match answer {
            Answer::Clock(said) => said,
            other => panic!("{other:?}"),
        }
    }

    /// A tab comes to the front of the only window.
    fn front(&mut self, tab: i64) -> ClockPart {
        let windows = Some(vec![(WINDOW, tab, false)]);
        self.browser(BrowserPart { windows, focused: Some(WINDOW), ..BrowserPart::default() })
    }

    fn seen(&mut self, tab: i64, path: &str, seen: Value) {
        let ask = Ask::Seen {
            site: "mturk".into(),
            address: format!("worker.mturk.com{path}"),
            seen: serde_json::from_value(seen).unwrap(),
        };
        let answer = self.ask(tab, &ask);
        assert_eq!(answer, Answer::Saved { undo: None });
    }

    /// A task's page is opened in a tab that is in front.
    fn opens(&mut self, tab: i64, task: &str) {
        let path = work(task);
        self.tells((tab, &path), &[Shown, Focused], None);
        let about = json!({ "assignment_id": format!("3A{task}"), "id": format!("3T{task}"), "can_return": "true",
            "original": "3600", "remaining": "3600", "title": "Rate pictures", "reward": "0.50",
            "requester_id": ID, "requester_name": "Ann Lab", "group_id": "3GROUP" });
        self.seen(tab, &path, json!({ "came_ms": self.now_ms, "about": about }));
        self.tells((tab, &path), &[Sign], None);
    }

    /// Works with a sign of life every ten seconds.
    fn works(&mut self, tab: i64, task: &str, secs: i64) {
        for _ in 0..secs / 10 {
            self.skip(9_997);
            self.tells((tab, &work(task)), &[Sign], None);
        }
    }

    /// Time in which nothing but what is asked for comes.
    fn passes(&mut self, secs: i64) {
        let until = self.now_ms + secs * 1_000;
        while self.now_ms + 15_000 <= until {
            self.skip(14_997);
            if self.browser(BrowserPart::default()).counts {
                self.browser(BrowserPart::default());
                self.now_ms -= 3;
            }
        }
        self.now_ms = until;
    }

    /// The task's frame hands in, and the site shows the next page.
    fn submits(&mut self, tab: i64, task: &str) {
        let message = json!({ "assignment_id": format!("3A{task}"), "submitted": "true" });
        self.seen(tab, &work(task), json!({ "came_ms": self.now_ms, "message": message }));
        self.tells((tab, &work(task)), &[Left], None);
        self.tells((tab, "/projects"), &[Shown, Focused], None);
    }

    fn returns(&mut self, tab: i64, task: &str) {
        self.seen(tab, &work(task), json!({ "came_ms": self.now_ms, "about": {}, "returning": true }));
        self.tells((tab, &work(task)), &[Left], None);
        self.tells((tab, "/tasks"), &[Shown, Focused], None);
    }

    fn entry(&self, task: &str) -> Entry {
        let script = entry(mine(), EntryId(format!("3A{task}")));
        ready(self.bench.stores.database.transact(Access::Read, script)).unwrap().unwrap().unwrap()
    }

    /// Low, high and held seconds, and how they were measured.
    fn worked(&self, task: &str) -> (u32, u32, u32, How) {
        let entry = self.entry(task);
        let worked = entry.working_time().unwrap();
        (worked.low_secs, worked.high_secs, worked.held_secs, worked.how)
    }

    fn search_secs(&self, of: SiteDay) -> u64 {
        let view = ready(self.bench.stores.database.transact(Access::Read, day(mine(), of, RULES)));
        minutes_of_day(&view.unwrap().unwrap().sum).search
    }

    fn record(&self) -> ClockRecord {
        let values = self.bench.stores.database.values();
        let (_, _, value) = values.into_iter().find(|(_, key, _)| *key == clock_key(&mine())).unwrap();
        decode_clock(value.into_text().as_deref()).unwrap().unwrap()
    }

    /// The words on the task's page.
    fn says(&self) -> &str {
        self.said.says.first().map_or("", String::as_str)
    }

    fn drawn(&self) -> String {
        self.said.tree.as_ref().map(Value::to_string).unwrap_or_default()
    }
}

fn mine() -> Partition {
    partition(&Partition("mturk".to_owned()), Some("tag"))
}

fn work(task: &str) -> String {
    format!("/projects/3GROUP/tasks/3T{task}")
}

fn today() -> SiteDay {
    RULES.zone.day_of(Timestamp(NOON))
}

#[test]
fn what_is_worked_on_a_page_is_its_time() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 60);
    assert_eq!(worker.says(), "1:00 · 50¢/min so far");
    assert_eq!(worker.said.says[3], "1:03 · 48¢/min so far");
    assert!(worker.said.counts && worker.said.watches && worker.said.again_ms.is_some());
    worker.submits(TAB, "1");
    assert_eq!(worker.worked("1"), (60, 60, 60, How::Seen));
    let entry = worker.entry("1");
    assert_eq!(entry.worked.origin().map(|origin| origin.source), Some(Source::Clock));
    assert!(!worker.said.watches, "nothing is held any more");
    assert_eq!(worker.drawn(), "");
}

#[test]
fn the_queue_says_what_is_held() {
    let mut worker = Worker::at(NOON);
    worker.tells((TAB, "/tasks"), &[Shown, Focused], None);
    assert_eq!(worker.drawn(), "", "nothing is held");
    worker.opens(TAB, "1");
    worker.tells((TAB, "/tasks"), &[Shown, Focused], None);
    assert!(worker.drawn().contains("1 held · 50¢ · about 10 min · expires in 1 h"), "{}", worker.drawn());
    assert!(worker.said.says.is_empty() && worker.said.again_ms.is_some());
    worker.tells((TAB, "/projects"), &[Shown, Focused], None);
    assert_eq!(worker.drawn(), "", "a list is no queue");
    worker.submits(TAB, "1");
    worker.tells((TAB, "/tasks"), &[Shown, Focused], None);
    assert_eq!(worker.drawn(), "");
}

#[test]
fn what_was_measured_is_told_once_and_again_after_a_failure() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 30);
    let message = json!({ "assignment_id": "3A1", "submitted": "true" });
    let seen = Ask::Seen {
        site: "mturk".into(),
        address: format!("worker.mturk.com{}", work("1")),
        seen: serde_json::from_value(json!({ "message": message })).unwrap(),
    };
    // The background is ended in the midst of it: any number of its transactions are done.
    for transactions in 0..12 {
        worker.bench.stores.database.fail_after(Some(transactions));
        let _lost = worker.ask(TAB, &seen);
    }
    worker.bench.stores.database.fail_after(None);
    assert_eq!(worker.ask(TAB, &seen), Answer::Saved { undo: None });
    worker.tells((TAB, "/projects"), &[Shown], None);
    assert_eq!(worker.worked("1").3, How::Seen);
    assert!((30..=31).contains(&worker.worked("1").0), "{:?}", worker.worked("1"));
    let lines = |worker: &Worker| {
        ready(crate::storage::journal::Journal::lines(&worker.bench.stores.journal)).unwrap()
    };
    let before = lines(&worker).len();
    worker.tells((TAB, "/projects"), &[], None);
    worker.tells((TAB, "/projects"), &[Sign], None);
    let times = |line: &(u64, String)| line.1.contains("worked");
    assert_eq!(lines(&worker).len(), before, "said once");
    assert!(lines(&worker).iter().any(times), "{:?}", lines(&worker));
}

#[test]
fn looking_away_pauses_and_coming_back_goes_on() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 40);
    worker.tells((TAB, &work("1")), &[Unfocused], None);
    assert_eq!(worker.says(), "0:40 · 45¢/min so far".replace("45", "75") + " · waits");
    worker.front(OTHER);
    worker.passes(120);
    worker.front(TAB);
    worker.tells((TAB, &work("1")), &[Focused], None);
    worker.works(TAB, "1", 20);
    worker.submits(TAB, "1");
    let (low, high, held, how) = worker.worked("1");
    assert_eq!(how, How::PartlyElsewhere, "one task held: the time away was its own");
    assert!((179..=181).contains(&low) && low == high && held >= high, "{low}–{high} of {held}");
}

#[test]
fn a_tab_opened_from_the_task_is_the_task() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 10);
    worker.browser(BrowserPart { opened: vec![(OTHER, TAB)], ..BrowserPart::default() });
    worker.tells((TAB, &work("1")), &[Unfocused], None);
    assert!(worker.front(OTHER).counts, "a survey in a tab of its own counts");
    worker.passes(45);
    worker.browser(BrowserPart { closed: vec![OTHER], ..BrowserPart::default() });
    worker.front(TAB);
    worker.tells((TAB, &work("1")), &[Focused, Sign], None);
    worker.submits(TAB, "1");
    let (low, high, _, how) = worker.worked("1");
    assert!((54..=56).contains(&low), "{low}–{high} {how:?}");
}

#[test]
fn a_crash_ends_what_was_open_and_the_next_run_knows_no_tab_of_it() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 30);
    worker.skip(3_600_000 / 2);
    worker.bench.sender.session = "two".to_owned();
    worker.front(99);
    assert!(worker.record().saved.front.tabs.is_empty(), "numbers of tabs are void");
    worker.opens(TAB + 1, "1");
    worker.works(TAB + 1, "1", 10);
    worker.submits(TAB + 1, "1");
    let (low, high, held, _) = worker.worked("1");
    assert!((40..=41).contains(&low) && high <= 41, "{low}–{high}");
    assert!(held > 1_800, "held time is kept beside it");
}

#[test]
fn silence_ends_after_a_minute_and_after_five_in_the_tasks_frame() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.passes(600);
    worker.submits(TAB, "1");
    assert_eq!(worker.worked("1").0, 60);
    worker.opens(TAB, "2");
    worker.tells((TAB, &work("2")), &[Framed], None);
    worker.passes(900);
    worker.submits(TAB, "2");
    assert_eq!(worker.worked("2").0, 300);
}

#[test]
fn a_system_that_never_said_idle_is_not_believed_when_it_says_active() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    let says = |system: &str| BrowserPart { system: Some(system.to_owned()), ..BrowserPart::default() };
    worker.browser(says("active"));
    worker.passes(600);
    worker.browser(says("idle"));
    worker.browser(says("active"));
    worker.passes(600);
    worker.browser(says("locked"));
    worker.submits(TAB, "1");
    let low = worker.worked("1").0;
    assert!((659..=662).contains(&low), "a minute, and ten with somebody there: {low}");
}

#[test]
fn midnight_and_the_change_of_clocks_take_nothing() {
    // 2026-03-08 09:30 UTC: half an hour before the Pacific clock jumps; and Pacific midnight in summer.
    for start in [1_772_962_200_000, 1_781_506_500_000] {
        let mut worker = Worker::at(start);
        worker.opens(TAB, "1");
        worker.works(TAB, "1", 3_000);
        worker.submits(TAB, "1");
        assert_eq!(worker.worked("1"), (3_000, 3_000, 3_000, How::Seen));
    }
}

#[test]
fn several_tasks_in_two_windows_take_turns() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 30);
    let windows = |focused| BrowserPart {
        windows: Some(vec![(WINDOW, TAB, false), (2, OTHER, false)]),
        focused: Some(focused),
        ..BrowserPart::default()
    };
    worker.tells((TAB, &work("1")), &[Unfocused], None);
    worker.browser(windows(2));
    worker.opens(OTHER, "2");
    worker.works(OTHER, "2", 50);
    worker.tells((OTHER, &work("2")), &[Unfocused], None);
    worker.browser(windows(WINDOW));
    worker.tells((TAB, &work("1")), &[Focused], None);
    worker.works(TAB, "1", 30);
    worker.submits(TAB, "1");
    worker.submits(OTHER, "2");
    assert_eq!(worker.worked("1"), (60, 60, 110, How::Seen));
    assert_eq!(worker.worked("2").0, 50);
}

#[test]
fn a_queue_that_is_opened_holds_all_of_it_and_a_time_among_several_is_asked_for() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    let items: Vec<Value> = (1..5)
        .map(|task| {
            json!({ "id": format!("3T{task}"), "assignment_id": format!("3A{task}"), "title": "Rate pictures",
                "reward": "0.50", "requester_id": ID, "requester_name": "Ann Lab" })
        })
        .collect();
    worker.seen(OTHER, "/tasks", json!({ "about": {}, "items": items }));
    assert_eq!(worker.record().saved.tasks.len(), 4);
    worker.works(TAB, "1", 20);
    worker.tells((TAB, &work("1")), &[Unfocused], None);
    worker.front(99);
    worker.passes(600);
    worker.front(TAB);
    worker.tells((TAB, &work("1")), &[Focused, Sign], None);
    worker.works(TAB, "1", 40);
    worker.submits(TAB, "1");
    assert_eq!(worker.worked("1").3, How::SeveralHeld);
    assert!(worker.drawn().contains("Took 11 min?"), "{}", worker.drawn());
    assert!(worker.said.again_ms.unwrap() <= 15_001);
    worker.tells((OTHER, "/projects"), &[Shown], None);
    assert_eq!(worker.drawn(), "", "asked in one tab only");
    worker.tells((TAB, "/projects"), &[], Some("took more"));
    worker.tells((TAB, "/projects"), &[], Some("took more"));
    worker.tells((TAB, "/projects"), &[], Some("took less"));
    assert!(worker.drawn().contains("Took 12 min?"), "{}", worker.drawn());
    worker.tells((TAB, "/projects"), &[], Some("took yes"));
    assert_eq!(worker.drawn(), "");
    assert_eq!(worker.worked("1"), (720, 720, 720, How::Corrected));
    let origin = worker.entry("1").corrected.origin();
    assert_eq!(origin.map(|origin| origin.source), Some(Source::Worker), "it is the worker's own word");
}

#[test]
fn a_question_goes_by_itself_and_an_uncertain_time_stays_uncertain() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.opens(OTHER, "2");
    worker.tells((OTHER, &work("2")), &[Unfocused], None);
    worker.tells((TAB, &work("1")), &[Focused], None);
    worker.works(TAB, "1", 20);
    for answer in [None, Some("took no")] {
        let task = if answer.is_none() { "1" } else { "2" };
        let tab = if answer.is_none() { TAB } else { OTHER };
        worker.front(tab);
        worker.opens(tab, task);
        worker.works(tab, task, 10);
        worker.front(99);
        worker.tells((tab, &work(task)), &[Unfocused], None);
        worker.passes(60);
        worker.opens(tab, task);
        worker.opens(55, "3");
        worker.tells((55, &work("3")), &[Unfocused], None);
        worker.front(tab);
        worker.tells((tab, &work(task)), &[Focused, Sign], None);
        worker.works(tab, task, 20);
        worker.submits(tab, task);
        assert!(worker.drawn().contains("Took "), "{task}: {}", worker.drawn());
        worker.skip(15_100);
        worker.tells((tab, "/projects"), &[], answer);
        assert_eq!(worker.drawn(), "", "gone by itself");
        assert_eq!(worker.worked(task).3, How::SeveralHeld);
    }
}

#[test]
fn the_worker_stops_the_clock_and_lets_it_go_on() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 20);
    worker.tells((TAB, &work("1")), &[Sign], Some("pause"));
    assert_eq!(worker.says(), "0:20 · $1.50/min so far · paused");
    assert!(worker.drawn().contains("\"resume\""));
    worker.works(TAB, "1", 600);
    worker.tells((TAB, &work("1")), &[Sign], Some("resume"));
    worker.works(TAB, "1", 20);
    worker.submits(TAB, "1");
    assert_eq!(worker.worked("1").0, 40);
}

#[test]
fn minutes_on_lists_and_on_tasks_given_back_are_the_days() {
    let mut worker = Worker::at(NOON);
    worker.tells((TAB, "/projects"), &[Shown, Focused, Sign], None);
    for _ in 0..12 {
        worker.skip(9_997);
        worker.tells((TAB, "/projects"), &[Sign], None);
    }
    worker.tells((TAB, "/projects"), &[Left], None);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 30);
    worker.returns(TAB, "1");
    assert_eq!(worker.search_secs(today()), 120);
    let view = ready(worker.bench.stores.database.transact(Access::Read, day(mine(), today(), RULES)));
    let minutes = minutes_of_day(&view.unwrap().unwrap().sum);
    assert_eq!((minutes.search, minutes.returned, minutes.handed_in), (120, 30, (0, 0)));
    assert_eq!(minutes.all(), 150);
    // Said again, in any order, it is the same; and a clock that was lost begins a count of its own.
    let lines = ready(crate::storage::journal::Journal::lines(&worker.bench.stores.journal)).unwrap();
    for (_, line) in lines.iter().rev() {
        let Change { partition, seen } = Line::decode(line).unwrap().change;
        let change = Change {
            partition,
            seen: seen.into_iter().filter(|one| matches!(one, Seen::Bonus(_))).collect(),
        };
        let _known =
            ready(record(&worker.bench.stores.database, &worker.bench.stores.journal, &change, RULES))
                .unwrap();
    }
    assert_eq!(worker.search_secs(today()), 120);
    worker.bench.stores.database.plant(StoreName::Meta, clock_key(&mine()), "no clock");
    worker.tells((TAB, "/projects"), &[Shown, Focused, Sign], None);
    assert!(worker.drawn().contains("was damaged and begins anew"), "{}", worker.drawn());
    worker.skip(9_997);
    worker.tells((TAB, "/projects"), &[Left], None);
    assert_eq!(worker.search_secs(today()), 130);
    assert_eq!(worker.drawn(), "", "said once");
}

#[test]
fn nothing_is_counted_where_the_site_is_off_or_the_window_private() {
    let mut worker = Worker::at(NOON);
    worker.bench.stores.local.plant(
        LocalKey::Settings,
        r#"{"v":1,"unit":"minute","limits":{},"sites_off":["mturk"],"show_blocked":false}"#,
    );
    worker.tells((TAB, "/projects"), &[Shown, Focused, Sign], None);
    assert_eq!(worker.said, ClockPart::default(), "off");
    worker.bench.stores.local.plant(
        LocalKey::Settings,
        r#"{"v":1,"unit":"minute","limits":{},"sites_off":[],"show_blocked":false}"#,
    );
    worker.bench.sender.incognito = true;
    let ask = Ask::Clock { address: "worker.mturk.com/".into(), events: vec![Shown], act: None };
    assert!(matches!(worker.ask(TAB, &ask), Answer::Refused(_)));
    assert!(worker.bench.stores.database.values().iter().all(|(store, ..)| *store != StoreName::Meta));
}

#[test]
fn the_clock_is_counted_but_not_drawn_where_the_worker_does_not_want_it() {
    let mut worker = Worker::at(NOON);
    worker.bench.stores.local.plant(
        LocalKey::Settings,
        r#"{"v":1,"unit":"hour","limits":{},"sites_off":[],"show_blocked":false,"hide_clock":true}"#,
    );
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 20);
    assert_eq!((worker.drawn().as_str(), worker.said.counts), ("", true));
}

#[test]
fn a_newer_clock_is_left_as_it_is_and_a_damaged_one_begins_anew() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    let newer = encode_clock(&worker.record()).replacen("{\"v\":1", "{\"v\":9", 1);
    let sealed = format!("{:08x}{}", crc32fast::hash(&newer.as_bytes()[8..]), newer.split_at(8).1);
    worker.bench.stores.database.plant(StoreName::Meta, clock_key(&mine()), sealed.as_str());
    let ask = Ask::Clock { address: "worker.mturk.com/".into(), events: vec![Shown], act: None };
    let Answer::Refused(refusal) = worker.ask(TAB, &ask) else { panic!("told") };
    assert!(
        refusal.say.starts_with("The working-time clock was saved by a newer Wagelight"),
        "{}",
        refusal.say
    );
    worker.opens_in_spite(TAB);
    worker.bench.stores.database.plant(StoreName::Meta, clock_key(&mine()), "12345678{");
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 10);
    worker.submits(TAB, "1");
    assert_eq!(worker.worked("1").0, 10);
}

impl Worker {
    /// What pages show is kept also where the clock cannot be told.
    fn opens_in_spite(&mut self, tab: i64) {
        let about =
            json!({ "assignment_id": "3A9", "id": "3T9", "can_return": "true", "title": "T", "reward": "1" });
        self.seen(tab, &work("9"), json!({ "about": about }));
        assert_eq!(self.entry("9").worked.value(), None);
    }
}

#[test]
fn a_page_of_the_site_that_names_nobody_speaks_to_all_its_clocks() {
    let mut worker = Worker::at(NOON);
    worker.opens(TAB, "1");
    worker.works(TAB, "1", 10);
    worker.tells((TAB, &work("1")), &[Unfocused], None);
    worker.bench.sender.account = None;
    worker.tells((OTHER, "/earnings"), &[Shown, Focused, Sign], None);
    worker.passes(60);
    worker.bench.sender.account = Some("tag".to_owned());
    worker.tells((TAB, &work("1")), &[Focused, Sign], None);
    worker.works(TAB, "1", 10);
    worker.submits(TAB, "1");
    let (low, high, _, how) = worker.worked("1");
    assert_eq!((low, high, how), (20, 20, How::Seen), "the site's own pages are no part of the task");
}
