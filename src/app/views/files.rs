//! The page for files: save everything to one, load one.

use crate::app::tree::{Attr, Node, Tag};
use crate::app::views::history::entry;
use crate::domain::SiteDay;
use crate::storage::saved::Ending;

/// Lines that were not understood and are listed; all of them can be saved.
const LISTED: usize = 20;

/// Lines of which number and reason are kept.
const MOST_LINES: usize = 10_000;

/// Bytes of their texts that are kept.
const MOST_BYTES: usize = 4_000_000;

/// How far something has come: so many tasks, or per cent of a file.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Done.
    pub done: u64,
    /// Tasks in all; `None` where it is per cent.
    pub of: Option<u64>,
}

/// Lines that were not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// How many; a damaged part whose length is not known counts as one.
    pub count: u64,
    /// Where, why, and the line.
    lines: Vec<(String, String, String)>,
    bytes: usize,
}

impl Refusals {
    /// A line and why.
    pub fn add(&mut self, number: u64, why: &str, text: String) {
        self.count = self.count.saturating_add(1);
        self.put(format!("Line {number}"), why, text);
    }

    /// Damaged lines, through a number or to the end of the file.
    pub fn gap(&mut self, first: u64, through: Option<u64>) {
        let lines = through.map_or(1, |through| through.saturating_sub(first).saturating_add(1));
        self.count = self.count.saturating_add(lines);
        let place = match through {
            None => format!("From line {first} on"),
            Some(through) if through == first => format!("Line {first}"),
            Some(through) => format!("Lines {first} to {through}"),
        };
        self.put(place, "Damaged: a part of the file was changed or is missing", String::new());
    }

    fn put(&mut self, place: String, why: &str, text: String) {
        if self.lines.len() < MOST_LINES {
            let text = if self.bytes > MOST_BYTES { String::new() } else { text };
            self.bytes = self.bytes.saturating_add(text.len());
            self.lines.push((place, why.to_owned(), text));
        }
    }

    /// All of them as a text to keep.
    pub fn as_text(&self) -> String {
        let line = |(place, why, text): &(String, String, String)| format!("{place}: {why}\n{text}\n");
        self.lines.iter().map(line).collect()
    }
}

/// Where a history of a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// To the account at this place, of so many.
    Account(usize, usize),
    /// To a place of its own.
    Apart,
}

/// A history of a file.
#[derive(Clone, Debug)]
pub struct FoundHistory {
    /// Its place in the list.
    pub at: usize,
    /// The site's host.
    pub site: String,
    /// Tasks.
    pub tasks: u64,
    /// Days with a bonus.
    pub bonuses: u64,
    /// The first and the last day.
    pub days: Option<(SiteDay, SiteDay)>,
    /// Tasks that would come.
    pub fresh: u64,
    /// Tasks that would change.
    pub changed: u64,
    /// When the accounts began among which the worker chooses; empty where there is no choice.
    pub accounts: Vec<SiteDay>,
    /// Where it goes.
    pub goes_to: Where,
}

/// New, changed and known ones.
type Counts = (u64, u64, u64);

/// What is in a file.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its histories.
    pub histories: Vec<FoundHistory>,
    /// Ratings.
    pub ratings: Counts,
    /// Blocks.
    pub blocks: Counts,
    /// Its settings are taken over.
    pub takes_settings: bool,
    /// It has settings, and the worker's own stay.
    pub keeps_settings: bool,
    /// How it ends.
    pub ending: Option<Ending>,
    /// What was not understood.
    pub refused: Refusals,
    /// The site's day.
    pub now: SiteDay,
}

/// How it ended.
#[derive(Clone, Debug, Default)]
pub struct Over {
    /// It is done as it should.
    is_good: bool,
    /// What was done.
    lines: Vec<String>,
    /// What was found on the way.
    problems: Vec<String>,
    /// What was not understood.
    pub refused: Refusals,
}

impl Over {
    /// It could not be done.
    pub fn failed(trouble: String) -> Self {
        Self { problems: vec![trouble], ..Self::default() }
    }

    /// With the lines that were not understood.
    #[must_use]
    pub fn refusing(self, refused: Refusals) -> Self {
        Self { refused, ..self }
    }

    /// It is over, and this is all there is to say.
    pub fn said(what: &str) -> Self {
        Self { is_good: true, lines: vec![what.to_owned()], ..Self::default() }
    }

    /// A file was saved.
    pub fn saved(name: &str, counts: &[(u64, &str, &str)], problems: Vec<String>) -> Self {
        let line = format!("Saved {} to {name}", counted(counts));
        let where_to = "The browser puts it where it puts downloads. Keep it somewhere else, too";
        Self { is_good: true, lines: vec![line, where_to.to_owned()], problems, ..Self::default() }
    }

    /// A file was loaded, as far as it could be.
    pub fn loaded(
        counts: &[(u64, &str, &str)],
        cancelled: Option<&str>,
        (ending, problems, refused): (Option<Ending>, Vec<String>, Refusals),
    ) -> Self {
        let mut lines: Vec<String> = cancelled.map(str::to_owned).into_iter().collect();
        lines.push(if cancelled.is_none() {
            format!("Loaded: {}", counted(counts))
        } else {
            counted(counts)
        });
        let ending = ending.and_then(ends).map(str::to_owned);
        Self { is_good: true, lines, problems: ending.into_iter().chain(problems).collect(), refused }
    }
}

/// What of a file's end is worth a word.
fn ends(ending: Ending) -> Option<&'static str> {
    match ending {
        Ending::Whole => None,
        Ending::Damaged => Some("Parts of this file are damaged: all else of it can be loaded"),
        Ending::Cut => Some("This file was cut off: its end is missing. What is there can be loaded"),
        Ending::Changed => Some("This file was changed after it was saved"),
        Ending::Newer => Some("This file was saved by a newer Wagelight"),
        Ending::OtherPacking => Some("This file was packed by another program"),
        Ending::Foreign => Some("This file was not saved by Wagelight"),
    }
}

/// `3 tasks, 1 rating`; what is none is left out.
fn counted(counts: &[(u64, &str, &str)]) -> String {
    let said =
        counts.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| number(*count, one, many));
    let said: Vec<String> = said.collect();
    if said.is_empty() { "nothing".to_owned() } else { said.join(", ") }
}

/// `1,234 tasks`.
fn number(count: u64, one: &str, many: &str) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text} {}", if count == 1 { one } else { many })
}

/// What the page shows.
#[derive(Clone, Debug)]
pub enum Standing {
    /// Nothing is under way.
    Idle,
    /// A file is written.
    Saving(Progress),
    /// A file is read.
    Looking(Progress),
    /// What is in it.
    Looked(Found),
    /// It is loaded.
    Loading(Progress),
    /// It is over.
    Over(Over),
}

/// The page's tree.
pub fn files(standing: &Standing) -> Node {
    let mut parts = vec![
        Node::text(Tag::H1, "title", "Save and load"),
        Node::text(Tag::A, "elsewhere", "Your history").with(Attr::Href, "history.html").keyed("history"),
    ];
    match standing {
        Standing::Idle => {}
        Standing::Saving(progress) => parts.push(under_way("Saving", *progress)),
        Standing::Looking(progress) => parts.push(under_way("Reading the file", *progress)),
        Standing::Loading(progress) => parts.push(under_way("Loading", *progress)),
        Standing::Looked(found) => parts.push(looked(found)),
        Standing::Over(over) => parts.push(over_node(over)),
    }
    if matches!(standing, Standing::Idle | Standing::Over(_)) {
        parts.push(save());
        parts.push(load());
    }
    Node::group(Tag::Div, "screen", parts)
}

fn save() -> Node {
    let why = "One file with your whole history of all accounts, your ratings, your block list and your settings. \
               It names no worker id. Nothing is sent: the file is yours, and a file saved today can be loaded by \
               every later Wagelight.";
    let parts = vec![
        Node::text(Tag::H2, "legend", "Save"),
        Node::text(Tag::P, "quiet", why),
        Node::group(Tag::Div, "actions", vec![button("first", "Save everything to a file", "save")]),
    ];
    Node::group(Tag::Div, "part", parts).keyed("save")
}

fn load() -> Node {
    let why = "Loading adds what you do not have and changes nothing that you know better. It shows first what is in \
               the file. The same file twice is as good as once.";
    let label = Node::text(Tag::Label, "label", "Choose a file saved by Wagelight").with(Attr::For, "file");
    let input = Node::new(Tag::Input)
        .with(Attr::Type, "file")
        .with(Attr::Id, "file")
        .with(Attr::Name, "file")
        .on("file");
    let parts = vec![
        Node::text(Tag::H2, "legend", "Load"),
        Node::text(Tag::P, "quiet", why),
        Node::group(Tag::Div, "field", vec![label, input]),
    ];
    Node::group(Tag::Div, "part", parts).keyed("load")
}

fn under_way(what: &str, progress: Progress) -> Node {
    let text = match progress.of {
        Some(of) => {
            format!("{what}: {} of {}", number(progress.done, "", "").trim_end(), number(of, "task", "tasks"))
        }
        None => format!("{what}: {} %", progress.done.min(100)),
    };
    let parts = vec![
        Node::text(Tag::P, "figure", text).with(Attr::Role, "status").keyed("progress"),
        Node::group(Tag::Div, "actions", vec![button("action", "Cancel", "cancel")]).keyed("actions"),
    ];
    Node::group(Tag::Div, "part", parts).keyed("work")
}

fn over_node(over: &Over) -> Node {
    let mut parts = Vec::new();
    for line in &over.lines {
        let class = if over.is_good { "done" } else { "failed" };
        parts.push(
            Node::text(Tag::P, class, format!("{line}.")).with(Attr::Role, "status").keyed(line.clone()),
        );
    }
    for problem in &over.problems {
        let line = Node::text(Tag::P, "failed", format!("{problem}.")).with(Attr::Role, "alert");
        parts.push(line.keyed(problem.clone()));
    }
    parts.extend(refused(&over.refused));
    if over.refused.count > 0 {
        let keep = button("action", "Save these lines to a file", "refused");
        parts.push(Node::group(Tag::Div, "actions", vec![keep]).keyed("keep"));
    }
    Node::group(Tag::Div, "part", parts).keyed("over")
}

fn refused(refusals: &Refusals) -> Vec<Node> {
    if refusals.count == 0 {
        return Vec::new();
    }
    let title = format!("{} not understood:", number(refusals.count, "line was", "lines were"));
    let item = |(at, (place, why, _)): (usize, &(String, String, String))| {
        Node::text(Tag::Li, "quiet", format!("{place}: {why}")).with(Attr::Dir, "auto").keyed(at.to_string())
    };
    let mut items: Vec<Node> = refusals.lines.iter().take(LISTED).enumerate().map(item).collect();
    if refusals.lines.len() > LISTED {
        items.push(Node::text(Tag::Li, "quiet", "and more").keyed("more"));
    }
    vec![
        Node::text(Tag::P, "failed", title).keyed("refused"),
        Node::group(Tag::Ul, "plain", items).keyed("lines"),
    ]
}

fn looked(found: &Found) -> Node {
    let mut parts = vec![Node::text(Tag::H2, "legend", "In this file")];
    if let Some(ending) = found.ending.and_then(ends) {
        parts.push(
            Node::text(Tag::P, "failed", format!("{ending}.")).with(Attr::Role, "alert").keyed("ending"),
        );
    }
    for history in &found.histories {
        parts.extend(found_history(history, found.now));
    }
    let kept = [(found.ratings, "rating", "ratings"), (found.blocks, "block", "blocks")];
    for ((fresh, changed, same), one, many) in kept {
        if fresh + changed + same > 0 {
            let text = format!("{}: {}", number(fresh + changed + same, one, many), would(fresh, changed));
            parts.push(Node::text(Tag::P, "", text).keyed(many));
        }
    }
    if found.takes_settings || found.keeps_settings {
        let settings =
            if found.takes_settings { "Settings: will be yours." } else { "Settings: your own stay." };
        parts.push(Node::text(Tag::P, "", settings).keyed("settings"));
    }
    if parts.len() == 1 {
        parts.push(Node::text(Tag::P, "", "Nothing is in it.").keyed("nothing"));
    }
    parts.extend(refused(&found.refused));
    let keys = vec![button("first", "Load it", "load"), button("action", "Cancel", "cancel")];
    parts.push(Node::group(Tag::Div, "actions", keys).keyed("actions"));
    Node::group(Tag::Div, "part", parts).keyed("found")
}

fn would(fresh: u64, changed: u64) -> String {
    match (fresh, changed) {
        (0, 0) => "all known, nothing would change.".to_owned(),
        (fresh, 0) => format!("{} new.", number(fresh, "", "").trim_end()),
        (0, changed) => format!("{} would change.", number(changed, "", "").trim_end()),
        (fresh, changed) => {
            let [fresh, changed] = [fresh, changed].map(|count| number(count, "", ""));
            format!("{} new, {} would change.", fresh.trim_end(), changed.trim_end())
        }
    }
}

fn found_history(history: &FoundHistory, now: SiteDay) -> Vec<Node> {
    let bonuses = match history.bonuses {
        0 => String::new(),
        days => format!(" and {} with a bonus", number(days, "day", "days")),
    };
    let days = history.days.map(|(first, last)| [first, last].map(|day| entry::short_day(day, now)));
    let days = match days {
        None => String::new(),
        Some([first, last]) if first == last => format!(", {first}"),
        Some([first, last]) => format!(", {first} to {last}"),
    };
    let tasks = number(history.tasks, "task", "tasks");
    let would = would(history.fresh, history.changed);
    let text = format!("{tasks} on {}{bonuses}{days}: {would}", history.site);
    let mut parts = vec![Node::text(Tag::P, "", text).keyed(format!("history {}", history.at))];
    let goes_to = match history.goes_to {
        _ if !history.accounts.is_empty() => "Whose is it?".to_owned(),
        Where::Account(_, 1) => "It goes into the history of your account.".to_owned(),
        Where::Account(account, _) => format!("It goes into the history of account {}.", account + 1),
        Where::Apart => {
            "It is kept apart until you open the site: the account that you use there then goes on with it."
                .to_owned()
        }
    };
    parts.push(Node::text(Tag::P, "quiet", goes_to).keyed(format!("goes {}", history.at)));
    if !history.accounts.is_empty() {
        let key = |text: String, act: String, is_chosen: bool| {
            let state = if is_chosen { "true" } else { "false" };
            button("key", &text, &act).with(Attr::AriaPressed, state).keyed(act.clone())
        };
        let at = history.at;
        let account = |(place, since): (usize, &SiteDay)| {
            let is_chosen = matches!(history.goes_to, Where::Account(chosen, _) if chosen == place);
            let text = format!("Account {}, since {}", place + 1, entry::day(*since));
            key(text, format!("choose:{at}:{place}"), is_chosen)
        };
        let mut keys: Vec<Node> = history.accounts.iter().enumerate().map(account).collect();
        let is_apart = history.goes_to == Where::Apart;
        keys.push(key("Keep it apart".to_owned(), format!("choose:{at}:apart"), is_apart));
        let group = Node::group(Tag::Div, "keys", keys);
        parts.push(
            group
                .with(Attr::Role, "group")
                .with(Attr::AriaLabel, "Whose is it?")
                .keyed(format!("whose {at}")),
        );
    }
    parts
}

fn button(class: &str, text: &str, action: &str) -> Node {
    Node::button(class, text, action).with(Attr::Type, "button").keyed(action)
}
