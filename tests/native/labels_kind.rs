//! Kind, promised pay and needs against the hand labels of a real task list.
//!
//! The list stays outside the repository; without it or the labels the test says so and is
//! skipped, but in CI the list must be there.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test reports to the terminal and fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;
use wagelight::domain::{Kind, Need};
use wagelight::wording::{Wording, kind, needs, promised};

/// Required share of right kinds on the random sample.
const MIN_KINDS_RIGHT_PERCENT: usize = 95;
/// Required precision and recall of promises and needs on the random sample.
const MIN_OTHERS_PERCENT: usize = 90;

struct Row {
    number: usize,
    is_random: bool,
    kind: String,
    promised: bool,
    needs: BTreeSet<String>,
}

struct Group {
    title: String,
    description: String,
    requirement_names: Vec<String>,
    reward_micros: Option<i64>,
}

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The list, or `None` (with a word why) where the data folder is absent outside CI.
fn read_groups() -> Option<Vec<Group>> {
    let path = root("../shared/data/mturk-listing-2021-03-10.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", path.display());
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let page: Value = serde_json::from_str(&text).expect("the list is JSON");
    Some(page["results"].as_array().expect("a list of groups").iter().map(read_group).collect())
}

fn read_group(group: &Value) -> Group {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let requirements = group["project_requirements"].as_array().map_or([].as_slice(), Vec::as_slice);
    let must_have = |comparator: &str| {
        !matches!(comparator, "DoesNotExist" | "NotEqualTo" | "NotIn" | "LessThan" | "LessThanOrEqualTo")
    };
    Group {
        title: text(&group["title"]),
        description: text(&group["description"]),
        requirement_names: requirements
            .iter()
            .filter(|requirement| must_have(requirement["comparator"].as_str().unwrap_or_default()))
            .map(|requirement| text(&requirement["qualification_type"]["name"]))
            .collect(),
        reward_micros: wagelight::domain::Money::parse_decimal(
            &group["monetary_reward"]["amount_in_dollars"].to_string(),
            wagelight::domain::Currency::USD,
        )
        .ok()
        .map(|money| money.micros),
    }
}

/// The labels, or `None` (with a word why) where they are absent.
fn read_labels() -> Option<Vec<Row>> {
    let path = root("tests/fixtures/labels/mturk-listing.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    Some(text.lines().skip(1).map(read_label).collect())
}

fn read_label(line: &str) -> Row {
    let mut fields = line.split('\t');
    let mut field = || fields.next().unwrap_or_default();
    let number = field().parse().expect("a row number");
    let _id = field();
    let is_random = field() == "random";
    let kind = field().to_owned();
    let (_low, _high, _differs) = (field(), field(), field());
    let promised = field() == "1";
    let needs = field().split(',').filter(|need| !need.is_empty()).map(str::to_owned).collect();
    Row { number, is_random, kind, promised, needs }
}

fn kind_name(kind: Option<Kind>) -> &'static str {
    match kind {
        None => "",
        Some(Kind::EarlierWork) => "earlier_work",
        Some(Kind::NamedWorkers) => "named_workers",
        Some(Kind::Screener) => "screener",
        Some(Kind::QualificationTest) => "qualification_test",
        Some(Kind::Invited) => "invited",
        Some(Kind::SeveralDays) => "several_days",
    }
}

fn need_name(need: Need) -> &'static str {
    match need {
        Need::Microphone => "microphone",
        Need::Camera => "camera",
        Need::Phone => "phone",
        Need::Headphones => "headphones",
        Need::Download => "download",
        Need::Account => "account",
        Need::Language => "language",
        Need::AnotherDay => "another_day",
        Need::AdultContent => "adult_content",
    }
}

/// Counts of one label: right, false alarm, missed.
#[derive(Default)]
struct Score {
    right: usize,
    false_alarms: Vec<usize>,
    missed: Vec<usize>,
}

impl Score {
    fn count(&mut self, row: usize, said: bool, labelled: bool) {
        match (said, labelled) {
            (true, true) => self.right += 1,
            (true, false) => self.false_alarms.push(row),
            (false, true) => self.missed.push(row),
            (false, false) => {}
        }
    }

    fn precision_percent(&self) -> usize {
        percent(self.right, self.right + self.false_alarms.len())
    }

    fn recall_percent(&self) -> usize {
        percent(self.right, self.right + self.missed.len())
    }

    fn print(&self, name: &str) {
        let (precision, recall) = (self.precision_percent(), self.recall_percent());
        println!("{name:20} right {:3}  precision {precision:3} %  recall {recall:3} %", self.right);
        if !self.false_alarms.is_empty() || !self.missed.is_empty() {
            println!("{:20} false alarms {:?}  missed {:?}", "", self.false_alarms, self.missed);
        }
    }
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(100)
}

fn with_wording<T>(group: &Group, use_it: impl FnOnce(&Wording<'_>) -> T) -> T {
    let names: Vec<&str> = group.requirement_names.iter().map(String::as_str).collect();
    use_it(&Wording {
        title: &group.title,
        description: &group.description,
        requirement_names: &names,
        reward_micros: group.reward_micros,
    })
}

/// Reads list and labels and calls `check` with every labelled row.
fn each_labelled(mut check: impl FnMut(&Row, &Group)) -> bool {
    let (Some(groups), Some(rows)) = (read_groups(), read_labels()) else { return false };
    for row in &rows {
        check(row, groups.get(row.number).expect("a label points into the list"));
    }
    true
}

#[test]
fn kinds_are_right() {
    let (mut right, mut labelled) = (0, 0);
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut labelled_rows = BTreeMap::new();
    if !each_labelled(|row, group| {
        let said = kind_name(with_wording(group, kind::classify));
        labelled_rows.insert(row.number, row.kind.clone());
        if row.is_random {
            labelled += 1;
            right += usize::from(said == row.kind);
        }
        for name in BTreeSet::from([said, row.kind.as_str()]) {
            scores.entry(name.to_owned()).or_default().count(row.number, said == name, row.kind == name);
        }
    }) {
        return;
    }
    // The labels name every row that is not plain work; all others count as plain.
    for (number, group) in read_groups().unwrap_or_default().iter().enumerate() {
        let said = kind_name(with_wording(group, kind::classify));
        if !labelled_rows.contains_key(&number) && !said.is_empty() {
            scores.entry(said.to_owned()).or_default().count(number, true, false);
        }
    }
    for (name, score) in &scores {
        score.print(if name.is_empty() { "plain" } else { name });
    }
    println!("random sample: {right} of {labelled} kinds right ({} %)", percent(right, labelled));
    assert!(percent(right, labelled) >= MIN_KINDS_RIGHT_PERCENT);
    for name in ["earlier_work", "named_workers"] {
        let score = scores.get(name).expect("the list has rows of this kind");
        assert!(score.missed.is_empty(), "{name} missed: {:?}", score.missed);
        assert!(score.precision_percent() >= MIN_KINDS_RIGHT_PERCENT, "{name}: {:?}", score.false_alarms);
    }
}

#[test]
fn promises_are_found() {
    let mut score = Score::default();
    let mut extra = Score::default();
    let mut quotes = BTreeSet::new();
    if !each_labelled(|row, group| {
        let said = with_wording(group, promised::promised);
        if let Some(promise) = &said {
            assert!(promise.quote.chars().count() <= promised::MAX_QUOTE_CHARS, "row {}", row.number);
            quotes.insert(format!("{} {}", row.number, promise.quote));
        }
        let score = if row.is_random { &mut score } else { &mut extra };
        score.count(row.number, said.is_some(), row.promised);
    }) {
        return;
    }
    for quote in quotes {
        println!("{quote}");
    }
    score.print("promised (random)");
    extra.print("promised (extra)");
    assert!(score.precision_percent() >= MIN_OTHERS_PERCENT && score.recall_percent() >= MIN_OTHERS_PERCENT);
}

#[test]
fn needs_are_found() {
    let mut all = Score::default();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    if !each_labelled(|row, group| {
        let said: BTreeSet<String> =
            with_wording(group, needs::needs).into_iter().map(|need| need_name(need).to_owned()).collect();
        for need in said.union(&row.needs) {
            let (said, labelled) = (said.contains(need), row.needs.contains(need));
            let suffix = if row.is_random { "" } else { " (extra)" };
            scores.entry(format!("{need}{suffix}")).or_default().count(row.number, said, labelled);
            if row.is_random {
                all.count(row.number, said, labelled);
            }
        }
    }) {
        return;
    }
    for (name, score) in &scores {
        score.print(name);
    }
    all.print("all needs (random)");
    assert!(all.precision_percent() >= MIN_OTHERS_PERCENT && all.recall_percent() >= MIN_OTHERS_PERCENT);
}
