//! A whole check through the background engine, which dies between all steps: nothing is left of one but its stores.

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use serde_json::{Value, json};

use super::super::*;
use super::world::{Fault, HOST, NOW, Site, day, minutes_ago, row};
use crate::app::background::wire::{
    self, Ask, NextPart, ReconcileAct, ReconcileAsk, ScreenAsk, ScreenName, TabPart,
};
use crate::app::background::{Own, SenderWord, Stores, answer, needs_lock};
use crate::app::history::care::Care;
use crate::domain::Partition;
use crate::domain::Timestamp;
use crate::domain::history::{EntryId, Fact, Observation, Source, State, StateWord};
use crate::sites::page_of_kind;
use crate::storage::history::entry;
use crate::storage::journal::{Change, MemoryJournal, Seen, record};
use crate::storage::{Access, Database, MemoryDatabase, MemoryLocal};

fn at_once<T>(future: impl Future<Output = T>) -> T {
    let Poll::Ready(value) = pin!(future).poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("a memory store waits");
    };
    value
}

/// A worker with the history page and the dashboard open.
struct Desk {
    stores: Stores<MemoryDatabase, MemoryLocal, MemoryJournal>,
    site: Site,
    tabs: Vec<TabPart>,
    now: Timestamp,
}

fn tab(number: i64, path: &str, account: &str) -> TabPart {
    let address = format!("{HOST}{path}");
    TabPart { tab: number, address, account: Some(account.to_owned()), came_ms: Some(NOW.0 - 60_000) }
}

impl Desk {
    fn new(site: Site) -> Self {
        let stores = Stores {
            database: MemoryDatabase::default(),
            journal: MemoryJournal::default(),
            local: MemoryLocal::default(),
            care: Care::default(),
        };
        Self { stores, site, tabs: vec![tab(5, "/dashboard", "one")], now: NOW }
    }

    fn say(&self, ask: &Ask) -> wire::Answer {
        let own = Own { id: "wagelight".to_owned(), root: "chrome-extension://wagelight/".to_owned() };
        let sender = SenderWord {
            id: Some("wagelight".to_owned()),
            url: Some("chrome-extension://wagelight/pages/history.html".to_owned()),
            ..SenderWord::default()
        };
        let message = ask.to_message();
        let request =
            crate::app::background::Request { message: &message, sender: &sender, own: &own, now: self.now };
        at_once(answer(&self.stores, request))
    }

    fn ask(&self, act: ReconcileAct, answer: Option<Value>) -> NextPart {
        let answer = answer.map(|answer| serde_json::from_value(answer).expect("an answer"));
        let ask =
            Ask::Reconcile(Box::new(ReconcileAsk { act, account: None, tabs: self.tabs.clone(), answer }));
        assert!(needs_lock(&ask.to_message()));
        match self.say(&ask) {
            wire::Answer::Reconcile(next) => next,
            other => panic!("{other:?}"),
        }
    }

    fn press(&self, act: ReconcileAct) {
        self.ask(act, None);
    }

    /// What the history page says, each text once.
    fn screen(&self, is_driven: bool) -> String {
        let about = [("driving".to_owned(), if is_driven { "yes" } else { "" }.to_owned())].into();
        let event = ScreenAsk {
            screen: ScreenName::History,
            act: String::new(),
            about,
            fields: std::collections::BTreeMap::new(),
        };
        match self.say(&Ask::Screen(event)) {
            wire::Answer::Screen { tree, .. } => words(&tree),
            other => panic!("{other:?}"),
        }
    }

    /// What the page does until it rests; at most so many requests.
    fn drive(&mut self, requests: usize) -> bool {
        let mut next = self.ask(ReconcileAct::Step, None);
        let mut sent = 0;
        for _ in 0..5_000 {
            match next {
                NextPart::Rest => return true,
                NextPart::Wait { until_ms } => {
                    self.now = Timestamp(self.now.0.max(until_ms) + 1);
                    next = self.ask(ReconcileAct::Step, None);
                }
                NextPart::Fetch { tab, number, path, page } => {
                    if sent == requests {
                        return false;
                    }
                    sent += 1;
                    assert_eq!(tab, 5);
                    // Another page that goes on too gets nothing to send meanwhile.
                    let other = self.ask(ReconcileAct::Step, None);
                    assert!(matches!(other, NextPart::Wait { .. }), "{other:?}");
                    let part = self.exchange(number, &path, &serde_json::to_value(page).expect("JSON"));
                    self.now = Timestamp(self.now.0 + 120);
                    next = self.ask(ReconcileAct::Step, Some(part));
                }
            }
        }
        panic!("it never rests");
    }

    fn exchange(&mut self, number: u32, path: &str, page: &Value) -> Value {
        let kind = serde_json::from_value(page["kind"].clone()).expect("a kind");
        let request = Request { number, kind, path: path.to_owned() };
        let (answer, text) = self.site.answer_text(&request, self.now);
        let account = answer.account.map(|tag| tag.0);
        match answer.arrival {
            Arrival::Lost => json!({ "number": number }),
            Arrival::Response(response) => json!({
                "number": number, "account": account, "status": response.status, "url": response.url,
                "redirected": response.redirected, "body": picked(&text, page),
            }),
        }
    }

    fn check(&mut self) -> String {
        self.press(ReconcileAct::Check);
        assert!(self.drive(usize::MAX));
        let said = self.screen(true);
        if said.contains("requests, about") {
            self.press(ReconcileAct::All);
            assert!(self.drive(usize::MAX));
        }
        self.screen(true)
    }

    fn state(&self, id: &str) -> Option<State> {
        let script = entry(Partition("mturk~one".to_owned()), EntryId(id.to_owned()));
        at_once(self.stores.database.transact(Access::Read, script))
            .unwrap()
            .unwrap()
            .map(|entry| entry.state())
    }

    fn held(&self, id: &str, at: Timestamp, words: &[StateWord]) {
        let told = |(at, facts)| {
            Seen::Task(Observation {
                id: EntryId(id.to_owned()),
                seen_at: at,
                source: Source::WorkPage,
                facts,
            })
        };
        let mut seen = vec![told((
            at,
            vec![
                Fact::AcceptedAt(at),
                Fact::Deadline(Timestamp(at.0 + 3_600_000)),
                Fact::State(StateWord::Held),
            ],
        ))];
        seen.extend(words.iter().map(|word| told((Timestamp(at.0 + 60_000), vec![Fact::State(*word)]))));
        let change = Change { partition: Partition("mturk~one".to_owned()), seen };
        at_once(record(&self.stores.database, &self.stores.journal, &change, crate::app::history::RULES))
            .unwrap();
    }
}

/// As the hands pick by the recipe.
fn picked(text: &str, page: &Value) -> Value {
    if text.len() > 5_000_000 {
        return json!("too_large");
    }
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return json!(if text.contains("captcha-image") { "captcha" } else { "no_json" });
    };
    let at = |value: &Value, path: &str| {
        let mut value = value.clone();
        for key in path.split('.') {
            value = value.get(key).cloned()?;
        }
        Some(value)
    };
    let list = at(&value, page["data"]["answer"].as_str().expect("a path"));
    let Some(Value::Array(list)) = list else { return json!("other_form") };
    let pick = |element: &Value| {
        let mut item = serde_json::Map::new();
        for (name, spec) in page["fields"].as_object().expect("fields") {
            for steps in spec["from"].as_array().expect("ways") {
                let found = at(element, steps[0]["path"].as_str().expect("a path"));
                let text = match (found, steps.get(1)) {
                    (Some(_), Some(_)) => "true".to_owned(),
                    (Some(Value::String(text)), None) => text,
                    (Some(Value::Number(number)), None) => number.to_string(),
                    _ => continue,
                };
                item.insert(name.clone(), text.into());
                break;
            }
        }
        Value::Object(item)
    };
    json!({ "items": list.iter().map(pick).collect::<Vec<_>>() })
}

fn words(tree: &Value) -> String {
    let mut said = tree["x"].as_str().unwrap_or_default().to_owned();
    for child in tree["n"].as_array().into_iter().flatten() {
        said = format!("{said} {}", words(child));
    }
    said
}

fn ordinary() -> Desk {
    let mut site =
        Site::default().with_row(day(-1), row("3A", "Paid")).with_row(day(-1), row("3B", "Rejected"));
    site = site.with_row(day(0), row("3C", "Submitted")).with_held("3D");
    for number in 0..45 {
        site = site.with_row(day(-3), row(&format!("3R{number}"), "Approved"));
    }
    let desk = Desk::new(site);
    desk.held("3A", minutes_ago(1_500), &[StateWord::Submitted]);
    desk.held("3D", minutes_ago(20), &[]);
    // Nobody lists it any more.
    desk.held("3G", minutes_ago(3_000), &[]);
    desk
}

#[test]
fn a_check_brings_the_history_up_to_date_and_says_so() {
    let mut desk = ordinary();
    assert!(desk.screen(false).contains("Check against the site"));
    assert_eq!(desk.site.sent.len(), 0, "nothing without a press");
    desk.press(ReconcileAct::Check);
    assert!(desk.drive(usize::MAX));
    assert_eq!(desk.site.sent.len(), 1);
    let said = desk.screen(true);
    assert!(said.contains("Today and yesterday: 2 days, 5 requests, about a minute."), "{said}");
    assert!(said.contains("All 3 days"), "{said}");
    desk.press(ReconcileAct::Recent);
    assert!(desk.drive(usize::MAX));
    assert!(desk.screen(true).contains("2 days read."), "{}", desk.screen(true));
    let states = ["3A", "3B", "3C", "3D"].map(|id| desk.state(id));
    let wanted = [State::Paid, State::Rejected, State::Pending, State::InProgress];
    assert_eq!(states, wanted.map(Some));
    assert_eq!(desk.state("3R7"), None, "not asked for");
    let said = desk.check();
    assert!(said.contains("read. Something new about"), "{said}");
    assert_eq!(desk.state("3R7"), Some(State::Approved));
    assert_eq!(desk.state("3G"), Some(State::Abandoned));
    let sent = &desk.site.sent;
    assert!(sent.windows(2).all(|pair| pair[1].0.0 - pair[0].0.0 >= 1_500), "{sent:?}");
}

#[test]
fn a_second_check_changes_nothing() {
    let mut desk = ordinary();
    desk.check();
    let tasks = |said: &str| said.split_once("Day Task Pay").expect("a table").1.to_owned();
    let before = tasks(&desk.screen(true));
    let said = desk.check();
    assert!(said.contains("Your history knew all of it."), "{said}");
    assert_eq!(tasks(&said), before);
}

#[test]
fn a_half_read_day_goes_on_with_the_next_page() {
    let mut desk = ordinary();
    desk.check();
    let paths = desk.site.paths();
    let of_day: Vec<&String> = paths.iter().filter(|path| path.contains(&day(-3).to_string())).collect();
    assert_eq!(of_day.len(), 4, "three pages and an empty one, each once, though nothing is kept in memory");
}

#[test]
fn closed_and_gone_on_it_ends_the_same() {
    let mut whole = ordinary();
    whole.check();
    for after in 0..7 {
        let mut desk = ordinary();
        desk.press(ReconcileAct::Check);
        desk.drive(usize::MAX);
        desk.press(ReconcileAct::All);
        // A key pressed twice.
        desk.press(ReconcileAct::All);
        assert!(!desk.drive(after), "closed too late");
        let said = desk.screen(false);
        assert!(said.contains("It stopped when its page was closed"), "{said}");
        desk.press(ReconcileAct::On);
        assert!(desk.drive(usize::MAX));
        for id in ["3A", "3B", "3C", "3D", "3G", "3R0", "3R44"] {
            assert_eq!(desk.state(id), whole.state(id), "{id}, closed after {after}");
        }
        assert!(desk.screen(true).contains("3 days read."));
    }
}

#[test]
fn cancelled_it_rests_and_goes_on() {
    let mut desk = ordinary();
    desk.press(ReconcileAct::Check);
    desk.drive(usize::MAX);
    desk.press(ReconcileAct::All);
    desk.drive(4);
    desk.press(ReconcileAct::Cancel);
    let sent = desk.site.sent.len();
    assert!(desk.drive(usize::MAX));
    assert_eq!(desk.site.sent.len(), sent);
    let said = desk.screen(true);
    assert!(said.contains("Stopped.") && said.contains("Go on"), "{said}");
    desk.press(ReconcileAct::On);
    assert!(desk.drive(usize::MAX));
    assert_eq!(desk.state("3R44"), Some(State::Approved));
}

#[test]
fn without_a_page_of_the_account_nothing_is_asked() {
    let cases: [(Vec<TabPart>, &str); 3] = [
        (vec![], "Open your dashboard first"),
        (vec![tab(5, "/dashboard", "two")], "Another account is signed in"),
        (
            vec![tab(4, "/dashboard", "one"), TabPart { came_ms: Some(NOW.0), ..tab(5, "/", "two") }],
            "Another account",
        ),
    ];
    for (tabs, said) in cases {
        let mut desk = ordinary();
        // The history shown is that of the first account.
        desk.check();
        let sent = desk.site.sent.len();
        desk.tabs = tabs;
        desk.press(ReconcileAct::Check);
        desk.drive(usize::MAX);
        assert_eq!(desk.site.sent.len(), sent, "{said}");
        let screen = desk.screen(true);
        assert!(screen.contains(said) && screen.contains("Open your dashboard"), "{screen}");
    }
}

#[test]
fn while_a_task_is_open_nothing_is_sent() {
    let mut desk = ordinary();
    desk.press(ReconcileAct::Check);
    desk.drive(usize::MAX);
    desk.press(ReconcileAct::All);
    desk.drive(1);
    desk.tabs.push(tab(6, "/projects/3G/tasks/3T", "one"));
    // The one that was to be sent is not, as nobody sent it: it is given up after its time.
    for _ in 0..200 {
        let next = desk.ask(ReconcileAct::Step, None);
        assert!(matches!(next, NextPart::Wait { .. }), "{next:?}");
        desk.now = Timestamp(desk.now.0 + 1_000);
    }
    assert!(desk.screen(true).contains("Waits while a task is open"));
    desk.tabs.pop();
    assert!(desk.drive(usize::MAX));
    assert!(desk.screen(true).contains("3 days read."));
}

#[test]
fn failures_are_told_and_lose_nothing() {
    let captcha = "<img class=\"captcha-image\">";
    let cases = [
        (Fault::Redirect("https://www.amazon.com/ap/signin"), "You are signed out"),
        (Fault::Status(200, captcha), "whether you are a person"),
        (Fault::Account(Some("two")), "Another account is signed in"),
        (Fault::Account(None), "does not say whose account"),
    ];
    for (fault, said) in cases {
        let mut desk = ordinary();
        desk.press(ReconcileAct::Check);
        desk.drive(usize::MAX);
        desk.press(ReconcileAct::All);
        desk.site.fault_at(2, fault.clone());
        desk.drive(usize::MAX);
        let screen = desk.screen(true);
        assert!(screen.contains(said) && screen.contains("Go on"), "{fault:?}: {screen}");
        assert_eq!(desk.state("3A"), Some(State::Pending), "{fault:?}");
        desk.press(ReconcileAct::On);
        desk.drive(usize::MAX);
        assert_eq!(desk.state("3A"), Some(State::Paid), "{fault:?}: {}", desk.screen(true));
        assert_eq!(desk.state("3R44"), Some(State::Approved));
    }
}

#[test]
fn a_store_that_refuses_is_told_and_the_day_is_read_again() {
    for after in 0..9 {
        let mut desk = ordinary();
        desk.press(ReconcileAct::Check);
        desk.drive(usize::MAX);
        desk.press(ReconcileAct::All);
        desk.drive(2);
        let number = desk.site.sent.len();
        let next = desk.ask(ReconcileAct::Step, None);
        desk.stores.database.fail_after(Some(after));
        let _refused = desk.say(&Ask::Reconcile(Box::new(ReconcileAsk {
            act: ReconcileAct::Step,
            account: None,
            tabs: desk.tabs.clone(),
            answer: None,
        })));
        desk.stores.database.fail_after(None);
        assert!(number > 0 && next != NextPart::Rest);
        desk.now = Timestamp(desk.now.0 + 61_000);
        desk.press(ReconcileAct::On);
        assert!(desk.drive(usize::MAX));
        assert_eq!(desk.state("3R44"), Some(State::Approved), "{after}");
        assert_eq!(desk.state("3G"), Some(State::Abandoned), "{after}");
    }
}

#[test]
fn three_failures_in_a_row_end_it_and_odd_answers_are_asked_for_again() {
    let mut desk = ordinary();
    desk.press(ReconcileAct::Check);
    desk.drive(usize::MAX);
    desk.press(ReconcileAct::All);
    desk.site.fault_at(2, Fault::Text("{}".to_owned()));
    desk.site.fault_at(3, Fault::Lost);
    desk.site.fault_at(4, Fault::Text("<p>busy".to_owned()));
    desk.drive(usize::MAX);
    assert!(desk.screen(true).contains("Three requests in a row failed."), "{}", desk.screen(true));
    desk.press(ReconcileAct::On);
    desk.site.fault_at(6, Fault::TooMany);
    desk.drive(usize::MAX);
    assert!(desk.screen(true).contains("3 days read."));
    assert_eq!(desk.state("3R44"), Some(State::Approved));
}

#[test]
fn the_second_refusal_ends_it_for_good() {
    let mut desk = ordinary();
    desk.press(ReconcileAct::Check);
    desk.drive(usize::MAX);
    desk.press(ReconcileAct::All);
    desk.site.fault_at(2, Fault::TooMany);
    desk.site.fault_at(4, Fault::TooMany);
    desk.drive(usize::MAX);
    let screen = desk.screen(true);
    assert!(screen.contains("this run is over") && !screen.contains("Go on"), "{screen}");
    let sent = desk.site.sent.len();
    desk.press(ReconcileAct::On);
    desk.drive(usize::MAX);
    assert_eq!(desk.site.sent.len(), sent);
}

/// A text written by this version must be readable for ever.
#[test]
fn the_kept_sample_is_read() {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records/reconcile-v1.json"));
    // The day that is half read has one page of two.
    let session = Session::read_text(text.trim_end(), vec![(1, Vec::new())]).expect("a session");
    assert_eq!(session.to_text(), text.trim_end());
    let Standing::Running { progress, stop, .. } = session.standing() else { panic!("a run") };
    assert_eq!((progress.days, progress.days_done, stop), (3, 1, Some(Stop::Cancelled)));
    assert!(Session::read_text(&text.replace("\"v\":1", "\"v\":2"), Vec::new()).is_none());
    assert!(page_of_kind(session.host(), crate::sites::recipe::PageKind::Queue).is_some());
}
