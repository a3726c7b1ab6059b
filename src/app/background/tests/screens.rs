//! Our own screens, whole: events in, trees out, over the memory stores.

mod history;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::app::background::wire::{LimitsPart, ScreenAsk, ScreenName, SettingsPart, TallyPart, Why};
use crate::ratings::Field;

/// A screen as it came back.
#[derive(Debug)]
struct Seen {
    tree: Value,
    close: bool,
    focus: Option<String>,
}

/// A page of ours that keeps what was typed, as the real one does.
struct Page<'a> {
    bench: &'a Bench,
    screen: ScreenName,
    about: Vec<(&'a str, &'a str)>,
    fields: BTreeMap<String, String>,
}

impl<'a> Page<'a> {
    fn options(bench: &'a Bench) -> Self {
        let about = vec![("version", "0.1.0"), ("persisted", "true")];
        Self { bench, screen: ScreenName::Options, about, fields: BTreeMap::new() }
    }

    fn note(bench: &'a Bench) -> Self {
        let about = vec![("site", "mturk"), ("requester_id", ID), ("requester_name", "Ann Lab")];
        Self { bench, screen: ScreenName::Note, about, fields: BTreeMap::new() }
    }

    fn popup(bench: &'a Bench, about: Vec<(&'a str, &'a str)>) -> Self {
        Self { bench, screen: ScreenName::Popup, about, fields: BTreeMap::new() }
    }

    fn types(&mut self, name: &str, text: &str) -> &mut Self {
        self.fields.insert(name.to_owned(), text.to_owned());
        self
    }

    /// Does something; afterwards the controls hold what the tree says.
    fn act(&mut self, act: &str) -> Seen {
        let about = self.about.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let event = ScreenAsk {
            screen: self.screen,
            act: act.to_owned(),
            about: about.collect(),
            fields: self.fields.clone(),
        };
        match self.bench.ask(&Ask::Screen(event)) {
            Answer::Screen { tree, close, focus } => {
                self.fields = values(&tree);
                Seen { tree, close, focus }
            }
            other => panic!("{other:?}"),
        }
    }
}

impl Seen {
    fn text(&self) -> String {
        nodes(&self.tree).iter().filter_map(|node| node["x"].as_str()).collect::<Vec<_>>().join(" | ")
    }

    fn node(&self, attribute: &str, value: &str) -> Value {
        let found =
            nodes(&self.tree).into_iter().find(|node| attr(node, attribute).as_deref() == Some(value));
        found.unwrap_or_else(|| panic!("no {attribute}={value} in {:#}", self.tree)).clone()
    }

    /// The action of the button with this text.
    fn action(&self, text: &str) -> String {
        let button = nodes(&self.tree).into_iter().find(|node| node["t"] == "button" && node["x"] == text);
        button.and_then(|node| node["on"].as_str()).unwrap_or_else(|| panic!("no button {text}")).to_owned()
    }
}

fn nodes(tree: &Value) -> Vec<&Value> {
    let mut all = vec![tree];
    for child in tree["n"].as_array().into_iter().flatten() {
        all.extend(nodes(child));
    }
    all
}

fn attr(node: &Value, name: &str) -> Option<String> {
    let attrs = node["a"].as_array()?;
    attrs.iter().find(|pair| pair[0] == name)?[1].as_str().map(str::to_owned)
}

/// As the page reads them.
fn values(tree: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for node in nodes(tree) {
        let (Some(name), kind) = (attr(node, "name"), attr(node, "type")) else { continue };
        let checked = attr(node, "checked").is_some();
        match kind.as_deref() {
            Some("checkbox") => found.insert(name, if checked { "on" } else { "off" }.to_owned()),
            Some("radio") if !checked => None,
            _ => found.insert(name, attr(node, "value").unwrap_or_default()),
        };
    }
    found
}

fn settings(bench: &Bench) -> SettingsPart {
    match bench.ask(&Ask::SettingsGet) {
        Answer::Settings { settings } => settings,
        other => panic!("{other:?}"),
    }
}

fn private() -> Bench {
    Bench::asked_from(SenderWord { incognito: true, ..own_page() })
}

// --- The options --------------------------------------------------------------------------------

#[test]
fn options_at_first() {
    let bench = Bench::own();
    insta::assert_json_snapshot!("options_at_first", Page::options(&bench).act("").tree);
}

#[test]
fn options_in_use() {
    let bench = Bench::own();
    bench.ask(&block(ID, None));
    bench.ask(&block("A00OTHER0000", Some("find the price")));
    bench.ask(&rate(PatchPart { broken: Field::Set(true), ..PatchPart::default() }));
    let mut page = Page::options(&bench);
    page.act("");
    page.types("good-USD", "a lot").act("limits:USD");
    page.types("search", "price");
    insta::assert_json_snapshot!("options_in_use", page.act("search").tree);
}

#[test]
fn the_unit_is_saved_at_once_and_limits_follow_it() {
    let bench = Bench::own();
    let mut page = Page::options(&bench);
    page.act("");
    let seen = page.types("unit", "hour").act("unit");
    assert!(seen.text().contains("Saved: pay per hour."), "{}", seen.text());
    assert_eq!(page.fields["fair-USD"], "7.20");
    assert_eq!(settings(&bench).limits["USD"], LimitsPart { fair_micros: 120_000, good_micros: 175_000 });
    page.types("fair-USD", "7.25").act("limits:USD");
    assert_eq!(settings(&bench).limits["USD"], LimitsPart { fair_micros: 120_833, good_micros: 175_000 });
    assert_eq!(page.fields["fair-USD"], "7.25");
    // Back again, and a change of the other field: the first keeps its last digit.
    page.types("unit", "minute").act("unit");
    page.types("good-USD", "0.2").act("limits:USD");
    assert_eq!(settings(&bench).limits["USD"], LimitsPart { fair_micros: 120_833, good_micros: 200_000 });
}

#[test]
fn a_limit_that_is_none_is_not_saved_and_not_lost() {
    let bench = Bench::own();
    let mut page = Page::options(&bench);
    page.act("");
    let seen = page.types("good-USD", "0.1").act("limits:USD");
    let field = seen.node("id", "good-USD");
    assert_eq!(attr(&field, "aria-invalid").as_deref(), Some("true"));
    let error = seen.node("id", &attr(&field, "aria-describedby").unwrap());
    assert_eq!(error["x"], "Good must be at least as much as fair: 0.12 or more.");
    assert!(seen.text().contains("Not saved: a limit is not valid."));
    assert_eq!(settings(&bench).limits["USD"], LimitsPart { fair_micros: 120_000, good_micros: 175_000 });
    // Something else is done meanwhile: the text stays, and what is wrong with it too.
    let seen = page.types("search", "x").act("search");
    assert_eq!(page.fields["good-USD"], "0.1");
    assert_eq!(attr(&seen.node("id", "good-USD"), "aria-invalid").as_deref(), Some("true"));
    let seen = page.types("fair-USD", "0,05").act("limits:USD");
    assert!(seen.text().contains("Saved: fair from 0.05, good from 0.10 per minute."), "{}", seen.text());
    assert_eq!(attr(&seen.node("id", "good-USD"), "aria-invalid"), None);
}

#[test]
fn a_site_is_switched() {
    let bench = Bench::own();
    let mut page = Page::options(&bench);
    page.act("");
    assert_eq!(page.fields["site:mturk"], "on");
    let seen = page.types("site:mturk", "off").act("site:mturk");
    assert!(seen.text().contains("Saved: worker.mturk.com is off."), "{}", seen.text());
    assert_eq!(settings(&bench).sites_off, ["mturk"]);
    page.types("site:mturk", "on").act("site:mturk");
    assert!(settings(&bench).sites_off.is_empty());
}

#[test]
fn a_block_is_found_taken_out_and_put_back() {
    let bench = Bench::own();
    bench.ask(&block(ID, None));
    bench.ask(&block(ID, Some("a:b\u{e4} c")));
    let mut page = Page::options(&bench);
    page.act("");
    let seen = page.types("search", "A:BÄ").act("search");
    assert!(seen.text().contains("1 of 2 entries match."), "{}", seen.text());
    let seen = page.act(&seen.action("Unblock"));
    assert!(seen.text().contains("Unblocked."), "{}", seen.text());
    assert_eq!(seen.focus.as_deref(), Some("undo"));
    // The offer stays while something else is done.
    let seen = page.types("search", "").act("search");
    assert!(seen.text().contains("1 entry."), "{}", seen.text());
    let seen = page.act(&seen.action("Undo"));
    assert!(seen.text().contains("Blocked again.") && seen.text().contains("2 entries."), "{}", seen.text());
    assert_eq!(seen.focus.as_deref(), Some("search"));
}

#[test]
fn a_long_block_list_is_searched_whole() {
    let bench = Bench::own();
    for number in 0..620 {
        bench.ask(&block(&format!("A00LONG{number:04}"), None));
    }
    let mut page = Page::options(&bench);
    let seen = page.act("");
    assert!(seen.text().contains("620 entries; the first 100 are shown."), "{}", seen.text());
    let seen = page.types("search", "long0619").act("search");
    assert!(seen.text().contains("1 of 620 entries match."), "{}", seen.text());
}

#[test]
fn settings_that_cannot_be_read_hide_only_themselves() {
    let bench = Bench::own();
    bench.stores.local.plant(LocalKey::Settings, "{");
    let mut page = Page::options(&bench);
    let seen = page.act("");
    assert!(seen.text().contains("The settings cannot be read and was left as it is"), "{}", seen.text());
    assert!(seen.text().contains("Nothing is blocked."));
    let seen = page.types("unit", "hour").act("unit");
    assert!(seen.text().contains("Not saved: "), "{}", seen.text());
}

#[test]
fn a_private_window_saves_nothing_and_says_so() {
    let bench = private();
    let mut page = Page::options(&bench);
    assert!(page.act("").text().contains("Private window: nothing is saved here."));
    let seen = page.types("unit", "hour").act("unit");
    assert!(seen.text().contains("Not saved: Private window: nothing is saved."), "{}", seen.text());
    assert_eq!(page.fields["unit"], "minute");
    assert_eq!(bench.stores.local.value(LocalKey::Settings), None);
}

#[test]
fn what_the_browser_says_of_keeping_it() {
    let bench = Bench::own();
    for (said, words) in
        [("true", "keeps it even"), ("false", "may delete it"), ("undefined", "does not say whether")]
    {
        let mut page = Page::options(&bench);
        page.about = vec![("persisted", said)];
        let seen = page.act("");
        assert!(seen.text().contains(words), "{said}: {}", seen.text());
        assert_eq!(seen.text().contains("Ask the browser"), said == "false");
    }
}

#[test]
fn only_our_own_pages_have_screens() {
    let bench = Bench::site();
    let event = ScreenAsk {
        screen: ScreenName::Options,
        act: String::new(),
        about: BTreeMap::new(),
        fields: BTreeMap::new(),
    };
    assert!(
        matches!(bench.ask(&Ask::Screen(event)), Answer::Refused(refusal) if refusal.why == Why::NotAllowed)
    );
}

#[test]
fn a_screen_takes_the_lock_only_to_change_something() {
    let needs_lock = |screen: &str, act: &str| {
        crate::app::background::needs_lock(
            &json!({ "ask": "screen", "screen": screen, "act": act }).to_string(),
        )
    };
    for (screen, act) in [
        ("options", "unit"),
        ("options", "limits:USD"),
        ("options", "unblock:x"),
        ("note", "save"),
        ("note", "again:never:on"),
    ] {
        assert!(needs_lock(screen, act), "{screen} {act}");
    }
    for (screen, act) in [("options", ""), ("options", "search"), ("note", "typed"), ("popup", "unit")] {
        assert!(!needs_lock(screen, act), "{screen} {act}");
    }
}

#[test]
fn acts_that_are_none_of_ours_change_nothing() {
    for screen in [ScreenName::Popup, ScreenName::Options, ScreenName::Note, ScreenName::History] {
        let bench = Bench::own();
        let before = settings(&bench);
        for act in [
            "unit",
            "limits:",
            "limits:USD",
            "limits:€",
            "unblock",
            "unblock:mturk",
            "undo:",
            "undo:x\ty",
            "save",
            "again:maybe:on",
            "flag:x:on",
            "again",
            "\u{0}",
            "site:",
        ] {
            let mut page = Page { bench: &bench, screen, about: vec![], fields: BTreeMap::new() };
            page.act(act);
        }
        assert_eq!(settings(&bench), before);
    }
}

// --- The note -----------------------------------------------------------------------------------

#[test]
fn note_at_first() {
    let bench = Bench::own();
    let seen = Page::note(&bench).act("");
    assert_eq!(seen.focus.as_deref(), Some("note"));
    insta::assert_json_snapshot!("note_at_first", seen.tree);
}

#[test]
fn a_note_is_saved_and_the_window_closes() {
    let bench = Bench::own();
    let mut page = Page::note(&bench);
    page.act("");
    let seen = page.types("note", " Paid late. ").act("typed");
    assert!(seen.text().contains("10 of 500 characters"), "{}", seen.text());
    assert_eq!(seen.tree["c"], "screen unsaved");
    let seen = page.act("save");
    assert!(seen.close && seen.tree["c"] == "screen", "{seen:?}");
    let mut again = Page::note(&bench);
    again.act("");
    assert_eq!(again.fields["note"], "Paid late.");
    // Emptied, it is taken out; the rating said nothing else and goes with it.
    let seen = again.types("note", " \n ").act("save");
    assert!(seen.close);
    assert_eq!(bench.brief_of_own(), None);
}

#[test]
fn keys_are_saved_at_once_and_leave_the_text_alone() {
    let bench = Bench::own();
    let mut page = Page::note(&bench);
    page.act("");
    page.types("note", "half a sen");
    let seen = page.act("again:never:on");
    assert!(seen.text().contains("Rating saved."), "{}", seen.text());
    assert_eq!(seen.action("never"), "again:never:off");
    assert_eq!((page.fields["note"].as_str(), seen.close), ("half a sen", false));
    let seen = page.act("flag:broken:on");
    assert_eq!(seen.action("broken"), "flag:broken:off");
    insta::assert_json_snapshot!("note_rated_and_unsaved", seen.tree);
    assert_eq!(page.act("again:never:off").action("never"), "again:never:on");
}

#[test]
fn a_note_that_is_too_long_is_not_cut() {
    let bench = Bench::own();
    let mut page = Page::note(&bench);
    page.act("");
    let text = "語".repeat(503);
    let seen = page.types("note", &text).act("save");
    assert!(!seen.close && seen.focus.as_deref() == Some("note"));
    assert!(seen.text().contains("503 of 500 characters: 3 too many"), "{}", seen.text());
    assert!(seen.text().contains("Not saved: the note is too long."));
    assert_eq!(attr(&seen.node("id", "note"), "aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.fields["note"], text);
}

#[test]
fn closing_with_unsaved_text_asks_first() {
    let bench = Bench::own();
    let mut page = Page::note(&bench);
    assert!(page.act("cancel").close, "nothing was typed");
    page.types("note", "Paid late.");
    let seen = page.act("cancel");
    assert!(!seen.close && seen.text().contains("The note is not saved. Close without it?"), "{seen:?}");
    assert_eq!(seen.focus.as_deref(), Some("keep"));
    let seen = page.act(&seen.action("Keep writing"));
    assert_eq!((seen.focus.as_deref(), page.fields["note"].as_str()), (Some("note"), "Paid late."));
    page.act("cancel");
    let seen = page.act("discard");
    assert!(seen.close && seen.tree["c"] == "screen", "the browser must not ask once more");
}

#[test]
fn a_failed_save_keeps_the_text() {
    let bench = Bench::own();
    let mut page = Page::note(&bench);
    page.act("");
    bench.stores.database.fail_with(Some(crate::storage::StoreError::DiskFull));
    let seen = page.types("note", "Paid late.").act("save");
    assert!(!seen.close && seen.text().contains("The disk is full"), "{}", seen.text());
    assert!(seen.text().contains("Your text is still here."));
    assert_eq!(page.fields["note"], "Paid late.");
    bench.stores.database.fail_with(None);
    assert!(page.act("save").close, "the second time");
}

#[test]
fn a_note_in_a_private_window_is_refused_with_its_text_kept() {
    let bench = private();
    let mut page = Page::note(&bench);
    page.act("");
    let seen = page.types("note", "Paid late.").act("save");
    assert!(!seen.close && seen.text().contains("Private window: nothing is saved here."), "{}", seen.text());
    assert_eq!(page.fields["note"], "Paid late.");
}

#[test]
fn a_note_window_without_a_requester_says_so() {
    let bench = Bench::own();
    let mut page = Page::note(&bench);
    page.about.clear();
    assert!(page.act("").text().contains("opened without a requester"));
    assert!(!page.types("note", "x").act("save").close);
}

// --- The popup where no page answers ------------------------------------------------------------

#[test]
fn popup_outside() {
    let bench = Bench::own();
    let list = ("url", "https://worker.mturk.com/projects");
    let missing = ("missing", "https://worker.mturk.com/*\nhttps://workersandbox.mturk.com/*");
    let cases = [
        ("elsewhere", vec![]),
        ("elsewhere_with_url", vec![("url", "https://example.org/projects")]),
        ("no_permission", vec![missing]),
        ("not_loaded", vec![list]),
        ("stayed_away", vec![("url", "https://worker.mturk.com/payment_schedule")]),
        ("gave_up", vec![list, ("gave_up", "yes"), ("version", "0.1.0"), ("browser", "Browser/1")]),
    ];
    let seen: BTreeMap<&str, Value> =
        cases.into_iter().map(|(name, about)| (name, Page::popup(&bench, about).act("").tree)).collect();
    insta::assert_json_snapshot!("popup_outside", seen);
}

#[test]
fn a_report_names_no_task() {
    let bench = Bench::own();
    let url = "https://worker.mturk.com/projects/3NKAGAJ2/tasks/3XYZ";
    let seen = Page::popup(&bench, vec![("url", url), ("gave_up", "yes")]).act("");
    assert!(!seen.text().contains("3XYZ") && !seen.text().contains("3NKAGAJ2"), "{}", seen.text());
}

#[test]
fn every_screen_has_one_heading_labels_and_known_ids() {
    let bench = Bench::own();
    bench.ask(&block(ID, Some("k")));
    let screens =
        [Page::options(&bench).act(""), Page::note(&bench).act(""), Page::popup(&bench, vec![]).act("")];
    for seen in &screens {
        assert_well_made(seen);
    }
}

/// One heading, a label for every control, and no id that is not there or there twice.
fn assert_well_made(seen: &Seen) {
    let all = nodes(&seen.tree);
    assert_eq!(all.iter().filter(|node| node["t"] == "h1").count(), 1);
    let ids: Vec<String> = all.iter().filter_map(|node| attr(node, "id")).collect();
    let labelled: Vec<String> = all.iter().filter_map(|node| attr(node, "for")).collect();
    let controls = all.iter().filter(|node| node["t"] == "input" || node["t"] == "textarea");
    for control in controls.filter(|node| attr(node, "type").as_deref() != Some("hidden")) {
        let id = attr(control, "id").expect("a control has an id");
        assert!(labelled.contains(&id), "{id} has no label");
    }
    let named = all.iter().flat_map(|node| [attr(node, "for"), attr(node, "aria-describedby")]).flatten();
    for id in named {
        assert!(ids.contains(&id), "{id} is no id");
    }
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an id twice: {ids:?}");
}

#[test]
fn sizes_are_written_as_people_say_them() {
    let bench = Bench::own();
    bench.ask(&rate(PatchPart { broken: Field::Set(true), ..PatchPart::default() }));
    let Answer::Summary { ratings: TallyPart { count, bytes }, .. } = bench.ask(&Ask::StoredSummary) else {
        panic!()
    };
    assert_eq!(count, 1);
    let text = Page::options(&bench).act("").text();
    assert!(text.contains(&format!("1 rating of a requester ({bytes} bytes)")), "{text}");
}

impl Bench {
    fn brief_of_own(&self) -> Option<RatingBrief> {
        match self.ask(&Ask::RatingGet { site: "mturk".into(), requester_id: ID.into() }) {
            Answer::Rating { rating } => rating.map(|rating| rating.brief),
            other => panic!("{other:?}"),
        }
    }
}
