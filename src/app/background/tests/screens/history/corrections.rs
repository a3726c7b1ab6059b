//! What the worker says of their own tasks, on the history page.

use super::*;
use crate::app::history::correct::Correction;
use crate::domain::history::{Entry, ReturnReason, State};
use crate::domain::{Kind, TaskId};
use crate::storage::StoreError;
use crate::storage::history::{entry, recount_batch};

const WORKER_ID: &str = "A2BUEXAMPLE123";

impl Past {
    fn entry(&self, id: &str) -> Entry {
        let whose = partition(&Partition("mturk".to_owned()), Some("one"));
        let script = entry(whose, EntryId(id.to_owned()));
        ready(self.bench.stores.database.transact(Access::Read, script)).unwrap().unwrap().unwrap()
    }

    /// All sums, as they are kept and as a recount finds them.
    fn assert_sums_hold(&self) {
        let whose = partition(&Partition("mturk".to_owned()), Some("one"));
        let mut step = crate::storage::history::Recount::default();
        loop {
            let script = recount_batch(whose.clone(), step, RULES);
            step = ready(self.bench.stores.database.transact(Access::Write, script)).unwrap().unwrap();
            if step.is_done {
                break;
            }
        }
        assert_eq!(step.differences, []);
    }
}

impl HistoryPage<'_> {
    fn fills(&mut self, name: &str, text: &str) -> &mut Self {
        assert!(self.fields.insert(name.to_owned(), text.to_owned()).is_some(), "no control {name}");
        self
    }
}

/// A task held by the clock, handed in an hour ago.
fn worked_past() -> Past {
    let mut past = Past::new();
    let mut seen = task(&past, 1, HOUR_MS, StateWord::Submitted);
    seen.facts.push(Fact::Worked(Worked::new(500, 600, 900, How::SeveralHeld)));
    past.see(vec![seen, task(&past, 2, 2 * HOUR_MS, APPROVED)]);
    past
}

#[test]
fn time_tags_and_note_are_saved_at_once_and_taken_back_at_once() {
    let past = worked_past();
    let mut page = past.page();
    let seen = page.act("open:3A00001");
    assert!(seen.text().contains("Measured: 8–10 min, held 15 min; uncertain"), "{}", seen.text());
    let before = past.entry("3A00001");
    page.fills("worked", "13:20").fills("tags", "slow, good pay").fills("note", &format!("ask {WORKER_ID}"));
    assert!(page.act("typed").text().contains("Discard what you typed"));
    let seen = page.act("save");
    assert_well_made(&seen);
    insta::assert_json_snapshot!("history_corrected", seen.tree);
    let entry = past.entry("3A00001");
    assert_eq!(entry.working_time(), Some(Worked::new(800, 800, 900, How::Corrected)));
    assert_eq!(entry.worked, before.worked, "what was measured stays");
    assert_eq!(entry.tags.value().unwrap(), &["slow", "good pay"]);
    assert_eq!(entry.note.value().unwrap(), "ask [worker]");
    past.assert_sums_hold();
    let seen = page.act("undo");
    assert!(seen.text().contains("Taken back."), "{}", seen.text());
    let entry = past.entry("3A00001");
    assert_eq!(entry.working_time(), before.working_time());
    assert_eq!(
        (entry.tags.value().map(Vec::len), entry.note.value().map(String::as_str)),
        (Some(0), Some(""))
    );
    assert!(!seen.tree.to_string().contains("13:20"));
    past.assert_sums_hold();
}

#[test]
fn a_corrected_time_goes_back_to_what_was_measured() {
    let past = worked_past();
    let mut page = past.page();
    page.act("open:3A00001");
    page.fills("worked", "1 h 5 min");
    let seen = page.act("save");
    assert_eq!(seen.node("name", "worked")["a"].as_array().unwrap().last().unwrap()[1], "65");
    let seen = page.act(&seen.action("Back to the measured time"));
    assert_eq!(past.entry("3A00001").working_time().unwrap().how, How::SeveralHeld);
    assert!(!seen.text().contains("Back to the measured time"));
    page.act("undo");
    assert_eq!(past.entry("3A00001").working_time().unwrap().high_secs, 3_900, "taken back, it holds again");
}

#[test]
fn what_cannot_be_taken_names_its_field_and_stays() {
    let past = worked_past();
    let mut page = past.page();
    page.act("open:3A00001");
    page.fills("worked", "soon").fills("tags", "a, b");
    let seen = page.act("save");
    assert!(seen.text().contains("Not saved: see what is marked below."), "{}", seen.text());
    assert!(seen.text().contains("Working time: write minutes"));
    assert_eq!(seen.focus.as_deref(), Some("worked"));
    assert_eq!(attr(&seen.node("name", "worked"), "aria-invalid").as_deref(), Some("true"));
    assert_eq!((page.fields["worked"].as_str(), page.fields["tags"].as_str()), ("soon", "a, b"));
    assert_eq!(past.entry("3A00001").tags.value(), None, "the form is saved as a whole");
    page.fills("worked", "9");
    assert!(page.act("save").text().contains("Saved."));
    assert_eq!(past.entry("3A00001").working_time().unwrap().high_secs, 540);
}

#[test]
fn nothing_typed_is_lost_where_it_cannot_be_saved() {
    let past = worked_past();
    let mut page = past.page();
    page.act("open:3A00001");
    page.fills("note", "kept");
    for act in ["close", "open:3A00002", "state:rejected", "newest", "search", "account:0"] {
        let seen = page.act(act);
        assert!(seen.text().contains("What you typed is not saved yet"), "{act}");
        assert_eq!(
            (page.fields["note"].as_str(), page.fields["open"].as_str()),
            ("kept", "3A00001"),
            "{act}"
        );
        assert_eq!(seen.focus.as_deref(), Some("save"));
    }
    past.bench.stores.database.fail_with(Some(StoreError::DiskFull));
    let database = &past.bench.stores.database;
    let event = |page: &HistoryPage<'_>| page.fields.clone();
    let typed = event(&page);
    let seen = page.act("save");
    assert!(seen.text().contains("The disk is full"), "{}", seen.text());
    database.fail_with(None);
    // The page keeps what it showed where a store does not answer at all; here it sends it again.
    page.fields = typed;
    assert!(page.act("save").text().contains("Saved."));
    assert_eq!(past.entry("3A00001").note.value().unwrap(), "kept");
    assert_eq!(page.act("discard").titles().len(), 2);
    assert!(page.act("close").text().contains("2 tasks."));
}

#[test]
fn a_screener_is_marked_and_unmarked_where_the_site_does_not_know_better() {
    let mut past = Past::new();
    let returned =
        |number, source| Observation { source, ..task(&past, number, HOUR_MS, StateWord::Returned(None)) };
    let seen =
        vec![returned(1, Source::ReturnForm), returned(2, Source::ReturnAlert), task(&past, 3, 1, APPROVED)];
    past.see(seen);
    let mut page = past.page();
    for id in ["3A00001", "3A00002"] {
        page.act(&format!("open:{id}"));
        page.act("screened:on");
        assert_eq!(past.entry(id).state(), State::ScreenedOut);
        past.assert_sums_hold();
        page.act("undo");
        assert_eq!(past.entry(id).state(), State::Returned);
        page.act("reason:unpaid_screener");
        assert_eq!(past.entry(id).return_reason.value(), Some(&ReturnReason::UnpaidScreener));
        page.act("screened:on");
        page.act("screened:off");
        assert_eq!(past.entry(id).state(), State::Returned);
    }
    let seen = page.act("open:3A00003");
    assert!(!seen.text().contains("sent me away"), "the site has approved it");
    past.assert_sums_hold();
}

#[test]
fn an_underpaid_return_keeps_how_much_was_done_and_rows_warn_of_it() {
    let mut past = Past::new();
    let seen =
        Observation { source: Source::ReturnAlert, ..task(&past, 1, HOUR_MS, StateWord::Returned(None)) };
    past.see(vec![seen]);
    let mut page = past.page();
    page.act("open:3A00001");
    page.act("reason:underpaid");
    page.fills("percent", "140");
    assert!(page.act("save").text().contains("Share done: write a whole number from 0 to 100."));
    page.fills("percent", "40 %");
    let seen = page.act("save");
    assert!(seen.text().contains("underpaid, given up at 40 %"), "{}", seen.text());
    let reason = ReturnReason::Underpaid(crate::domain::history::Percent::new(40));
    assert_eq!(past.entry("3A00001").return_reason.value(), Some(&reason));
    past.assert_sums_hold();
}

fn bonus_past() -> Past {
    let mut past = Past::new();
    let mut promised = task(&past, 2, HOUR_MS, APPROVED);
    promised.facts.push(Fact::Promised("$2 bonus".to_owned()));
    let seen = vec![task(&past, 1, 2 * HOUR_MS, APPROVED), promised, task(&past, 3, DAY_MS, APPROVED)];
    past.see(seen);
    let mut bonus = DayBonus::new(past.today());
    bonus.tell(usd(3_000_000), Origin { seen_at: past.now, source: Source::StatusPage });
    past.record("one", vec![Told::Bonus(bonus)]);
    past
}

#[test]
fn a_days_bonus_is_split_to_the_last_micro() {
    let past = bonus_past();
    let mut page = past.page();
    let seen = page.act("");
    let action = seen.action("Bonus of 21\u{a0}Nov: $3.00, not yet split");
    let seen = page.act(&action);
    assert_well_made(&seen);
    let offered: Vec<String> = nodes(&seen.tree)
        .iter()
        .filter_map(|node| attr(node, "name"))
        .filter(|name| name.starts_with("share:"))
        .collect();
    assert_eq!(
        offered,
        ["share:3A00002", "share:3A00002_was", "share:3A00001", "share:3A00001_was"],
        "promised first"
    );
    let save = seen.action("Save the split");
    page.fills("share:3A00002", "2.000001").fills("share:3A00001", "1");
    let seen = page.act(&save);
    assert!(seen.text().contains("More than is left for it"), "{}", seen.text());
    assert_eq!(past.entry("3A00002").bonus.value(), None, "all or nothing");
    page.fills("share:3A00002", "$2,00").fills("share:3A00001", "");
    let seen = page.act(&save);
    assert!(seen.text().contains("Bonus of 21\u{a0}Nov: $3.00, $1.00 not yet split"), "{}", seen.text());
    assert!(
        seen.text().contains("50¢ + $2.00 bonus") && seen.text().contains("earned $3.00"),
        "{}",
        seen.text()
    );
    insta::assert_json_snapshot!("history_split", seen.tree);
    past.assert_sums_hold();
    page.fills("share:3A00002", "1").fills("share:3A00001", "2");
    assert!(page.act(&save).text().contains("$3.00, all split"), "what becomes less makes room");
    page.act("undo");
    assert_eq!(past.entry("3A00002").bonus.value(), Some(&usd(2_000_000)));
    assert_eq!(past.entry("3A00001").bonus.value(), Some(&usd(0)));
    past.close_days();
    past.assert_sums_hold();
}

#[test]
fn pay_for_earlier_work_joins_the_minutes_it_pays_for() {
    let mut past = Past::new();
    let returned = |number, days| {
        let mut seen = Observation {
            source: Source::ReturnAlert,
            ..task(&past, number, days * DAY_MS, StateWord::Returned(None))
        };
        seen.facts.push(Fact::Worked(Worked::new(600, 600, 900, How::Seen)));
        seen
    };
    let mut pays = task(&past, 9, HOUR_MS, APPROVED);
    pays.facts.extend([Fact::Kind(Kind::EarlierWork), Fact::TaskId(TaskId("3T9".to_owned()))]);
    let mut other = returned(4, 3);
    other
        .facts
        .push(Fact::Requester { id: Some(RequesterId("A00OTHER".to_owned())), name: "Bob".to_owned() });
    let seen =
        vec![pays, returned(1, 20), returned(2, 2), returned(3, 61), other, task(&past, 5, DAY_MS, APPROVED)];
    past.see(seen);
    past.close_days();
    let mut page = past.page();
    page.act("open:3A00001");
    page.act("reason:broken");
    let seen = page.act("open:3A00009");
    let offered: Vec<&str> = nodes(&seen.tree)
        .into_iter()
        .filter_map(|node| node["on"].as_str().filter(|act| act.starts_with("pays:")))
        .collect();
    assert_eq!(offered, ["pays:3A00001", "pays:3A00002"], "broken first, of this requester, of 60 days");
    let seen = page.act("pays:3A00001");
    assert!(seen.text().contains("Task 1, returned: 50¢ for 10 min of work, 5¢ a minute"), "{}", seen.text());
    insta::assert_json_snapshot!("history_pays_for", seen.tree);
    let seen = page.act("open:3A00001");
    assert!(seen.text().contains("Paid for by | Task 9, 50¢, approved"), "{}", seen.text());
    assert!(seen.text().contains("Together | 50¢ for 10 min of work"), "{}", seen.text());
    page.act("open:3A00009");
    page.act("pays:");
    assert_eq!(past.entry("3A00009").paid_for(), None);
    page.act("undo");
    assert_eq!(past.entry("3A00009").paid_for(), Some(&EntryId("3A00001".to_owned())));
    past.assert_sums_hold();
}

#[test]
fn nothing_is_saved_from_a_private_window() {
    let mut past = worked_past();
    past.bench.sender = SenderWord { incognito: true, ..own_page() };
    let mut page = past.page();
    page.act("open:3A00001");
    page.fills("note", "x");
    let seen = page.act("save");
    assert!(seen.text().contains("Private window: nothing is saved here. What you typed is still here."));
    assert_eq!(page.fields["note"], "x");
    assert_eq!(past.entry("3A00001").note.value(), None);
}

#[test]
fn a_correction_goes_before_an_earlier_one_whatever_the_clock_says() {
    let mut past = worked_past();
    for (number, back_ms) in [(1, 0), (2, DAY_MS), (3, 2 * DAY_MS)] {
        past.now = Timestamp(past.now.0 - back_ms);
        let mut page = past.page();
        page.act("open:3A00001");
        page.fills("note", &number.to_string()).fills("worked", &number.to_string());
        page.act("save");
        assert_eq!(past.entry("3A00001").note.value().unwrap(), &number.to_string());
        assert_eq!(past.entry("3A00001").working_time().unwrap().high_secs, number * 60);
    }
}

#[test]
fn what_waits_in_the_page_is_a_correction_or_nothing() {
    let text = serde_json::to_string(&Correction::Task { id: "3A".to_owned(), said: Vec::new() }).unwrap();
    assert_eq!(text, r#"{"task":{"id":"3A","said":[]}}"#);
    let past = worked_past();
    let mut page = past.page();
    page.act("open:3A00001");
    for text in [
        r#"{"task":{"id":"none","said":[{"worked":5}]}}"#,
        "{",
        r#"{"split":{"day":1,"currency":"x","shares":[]}}"#,
    ] {
        page.fills("back", text);
        assert!(!page.act("undo").text().contains("Taken back."), "{text}");
    }
}

/// What the popup says of the day on a page.
fn day_on(past: &Past, url: &str) -> Seen {
    let about = BTreeMap::from([("url".to_owned(), url.to_owned())]);
    let event =
        ScreenAsk { screen: ScreenName::Popup, act: "day".to_owned(), about, fields: BTreeMap::new() };
    match past.bench.ask_at(&Ask::Screen(event), past.now.0) {
        Answer::Screen { tree, close, focus } => Seen { tree, close, focus },
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_popup_tells_the_day_and_the_queue_on_pages_of_the_site() {
    let mut past = worked_past();
    let held = |number: i64, minutes: i64| {
        let mut seen = task(&past, number, 60_000, StateWord::Held);
        seen.source = Source::Queue;
        seen.facts.retain(|fact| !matches!(fact, Fact::SubmittedAt(_) | Fact::Title(_)));
        seen.facts.push(Fact::Title(format!("Rate pictures {number} (takes 10 minutes)")));
        seen.facts.push(Fact::Deadline(Timestamp(past.now.0 + minutes * 60_000)));
        seen
    };
    let seen = vec![held(11, 12), held(12, 15), held(13, 600), held(14, -5)];
    past.see(seen);
    let seen = day_on(&past, "https://worker.mturk.com/tasks");
    let text = seen.text();
    assert!(text.contains("Today: 2 submitted · 1 pending · earned 50¢ · worked about 9 min"), "{text}");
    assert!(text.contains("3 held · $1.50 · about 30 min · first expires in 12 min"), "{text}");
    assert!(
        text.contains("“Rate pictures 12 (takes 10 minutes)” expires about 5 min before its turn is over"),
        "{text}"
    );
    assert!(past.page().act("").text().contains("3 held · $1.50"), "the history says it too");
    for url in ["https://example.com/", "https://workersandbox.mturk.com/", "about:blank", "x", ""] {
        assert_eq!(day_on(&past, url).text(), "", "{url}");
    }
}
