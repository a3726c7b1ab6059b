//! The history page: today's sums, search, and the table of the worker's own tasks.

pub mod bonus;
pub mod check;
pub mod correct;
pub mod day;
pub mod entry;
mod filter;

use crate::app::tree::{Attr, Node, Tag};
use crate::app::views::words;
use bonus::BonusRow;
use check::CheckFacts;
use correct::Form;
use entry::{Detail, Tone};
pub use filter::Filter;

/// The id of the search.
pub const SEARCH_ID: &str = "search";
/// The id of the first row that came last.
pub const FRESH_ID: &str = "fresh";
/// The id of what became of the last correction.
pub const STATUS_ID: &str = "status";

const COLUMNS: &str = "3";

/// All the page shows.
#[derive(Clone, Debug)]
pub struct HistoryFacts {
    /// Today and what is held, in lines; none where that is not known.
    pub day: Vec<Node>,
    /// The accounts to choose from; empty where there is no choice.
    pub accounts: Vec<AccountChoice>,
    /// What cannot be read, without a full stop.
    pub problems: Vec<String>,
    /// What became of the last correction.
    pub status: Status,
    /// The check against the site.
    pub check: CheckFacts,
    /// What is searched for.
    pub search: String,
    /// Which states are shown.
    pub filter: Filter,
    /// What the table is.
    pub standing: Standing,
    /// The rows, newest first.
    pub rows: Vec<Row>,
    /// There may be more behind the last row.
    pub has_more: bool,
    /// The table does not begin at the newest.
    pub is_behind: bool,
    /// What the page holds for its next event.
    pub hidden: Hidden,
}

/// What is to be found again in the next event; each may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The account's place.
    pub account: String,
    /// Pages of rows that are shown.
    pub pages: String,
    /// Behind what the table begins.
    pub from: String,
    /// Behind what it goes on.
    pub next: String,
    /// The entry whose details are open.
    pub open: String,
    /// The day whose bonus is being split.
    pub bonus: String,
    /// What takes the last correction back.
    pub back: String,
    /// What the table was searched for.
    pub searched: String,
}

/// What became of the last correction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// In words; empty where there is nothing to say.
    pub text: String,
    /// It was not saved.
    pub is_failed: bool,
    /// It can be taken back.
    pub can_undo: bool,
}

/// The details of a task that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What is known of it.
    pub details: Vec<Detail>,
    /// What the worker can say of it.
    pub form: Form,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChoice {
    /// `Account 1, since 2 Nov 2026`.
    pub text: String,
    /// What chooses it.
    pub action: String,
    /// It is shown.
    pub is_chosen: bool,
}

/// What the table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was ever kept.
    Empty,
    /// Nothing could be read.
    Unread,
    /// Nothing is as searched for.
    NoMatch,
    /// Nothing was found back to this day; there are earlier ones.
    NothingSince(String),
    /// So many rows, and whether they are all.
    Shown {
        /// Rows.
        count: usize,
        /// All that match.
        is_all: bool,
    },
}

/// One task.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// `21 Nov`.
    pub day: String,
    /// The title, where known.
    pub title: Option<String>,
    /// The requester's name, where known.
    pub requester: Option<String>,
    /// The reward, where known.
    pub pay: Option<String>,
    /// What became of it.
    pub state: String,
    /// Whether that is good or bad.
    pub tone: Tone,
    /// What is known of it and can be said, where it is open.
    pub open: Option<Open>,
    /// The bonus of its day, where it is the day's first.
    pub bonus: Option<BonusRow>,
    /// The first of the rows that came last.
    pub is_fresh: bool,
}

/// The page's tree.
pub fn history(facts: &HistoryFacts) -> Node {
    let mut parts = vec![
        Node::text(Tag::H1, "title", "Your history"),
        Node::text(Tag::A, "elsewhere", "Options").with(Attr::Href, "options.html").keyed("options"),
        Node::text(Tag::A, "elsewhere", "Save everything to a file, or load one")
            .with(Attr::Href, "files.html")
            .keyed("files"),
        held(&facts.hidden, facts.filter),
    ];
    if !facts.accounts.is_empty() {
        parts.push(accounts(&facts.accounts));
    }
    parts.extend(facts.day.iter().cloned());
    for problem in &facts.problems {
        let text = format!("{problem}.");
        parts.push(Node::text(Tag::P, "failed", text.clone()).with(Attr::Role, "alert").keyed(text));
    }
    parts.push(status(&facts.status));
    parts.push(check::check(&facts.check));
    if facts.standing != Standing::Empty {
        parts.push(search(&facts.search));
        parts.push(filters(facts.filter));
    }
    let status = Node::text(Tag::P, "quiet", standing(&facts.standing));
    parts.push(status.with(Attr::AriaLive, "polite").keyed("standing"));
    if facts.is_behind {
        parts.push(button("action", "Back to the newest", "newest").keyed("newest"));
    }
    if !facts.rows.is_empty() {
        parts.push(table(&facts.rows));
    }
    if facts.has_more {
        let text = if facts.rows.is_empty() { "Look further back" } else { "Show more" };
        parts.push(button("action more", text, "more").keyed("more"));
    }
    if !facts.rows.is_empty() {
        let why = "Days and times are those of the site: Mechanical Turk counts in Pacific time.";
        parts.push(Node::text(Tag::P, "quiet zone", why).keyed("zone"));
    }
    Node::group(Tag::Div, "screen", parts)
}

fn held(hidden: &Hidden, filter: Filter) -> Node {
    let state = Filter::ALL.iter().find(|(one, ..)| *one == filter).map_or("", |(_, name, ..)| *name);
    let Hidden { account, pages, from, next, open, bonus, back, searched } = hidden;
    let values = [
        ("account", account.as_str()),
        ("pages", pages),
        ("from", from),
        ("next", next),
        ("open", open),
        ("bonus", bonus),
        ("back", back),
        ("searched", searched),
        ("state", state),
    ];
    let input = |(name, value): (&str, &str)| {
        Node::new(Tag::Input)
            .with(Attr::Type, "hidden")
            .with(Attr::Name, name)
            .with(Attr::Value, value)
            .keyed(name)
    };
    Node::group(Tag::Div, "held", values.into_iter().map(input).collect()).keyed("held")
}

/// In view wherever the correction was made.
fn status(status: &Status) -> Node {
    let text = Node::text(Tag::P, if status.is_failed { "failed" } else { "done" }, status.text.clone())
        .with(Attr::Id, STATUS_ID)
        .with(Attr::Tabindex, "-1")
        .with(Attr::AriaLive, "polite")
        .keyed("text");
    let mut parts = vec![text];
    if status.can_undo {
        parts.push(button("action", "Undo", "undo").keyed("undo"));
    }
    let is_empty = status.text.is_empty() && !status.can_undo;
    Node::group(Tag::Div, if is_empty { "told empty" } else { "told" }, parts).keyed("told")
}

fn accounts(accounts: &[AccountChoice]) -> Node {
    let keys = accounts.iter().map(|account| pressed(&account.text, &account.action, account.is_chosen));
    let group = Node::group(Tag::Div, "keys", keys.collect());
    group.with(Attr::Role, "group").with(Attr::AriaLabel, "Whose history").keyed("accounts")
}

fn filters(chosen: Filter) -> Node {
    let keys = Filter::ALL
        .iter()
        .map(|(filter, name, text, _)| pressed(text, &format!("state:{name}"), *filter == chosen));
    let group = Node::group(Tag::Div, "keys", keys.collect());
    group.with(Attr::Role, "group").with(Attr::AriaLabel, "Show only").keyed("filters")
}

fn pressed(text: &str, action: &str, is_pressed: bool) -> Node {
    let state = if is_pressed { "true" } else { "false" };
    button("key", text, action).with(Attr::AriaPressed, state).keyed(action)
}

fn search(text: &str) -> Node {
    let label = Node::text(Tag::Label, "label", "Search by whole words of the title or the requester");
    let more = "Also: after:2026-11-01 before:2026-12-01 on:2026-11-21 $0.50 >$1 <$2 requester:ID";
    let input = Node::new(Tag::Input)
        .with(Attr::Type, "search")
        .with(Attr::Name, "search")
        .with(Attr::Id, SEARCH_ID)
        .with(Attr::Value, text)
        .on("search");
    let more = Node::text(Tag::P, "quiet", more).with(Attr::Id, "search-words").keyed("search-words");
    let input = input.with(Attr::AriaDescribedby, "search-words");
    Node::group(Tag::Div, "field", vec![label.with(Attr::For, SEARCH_ID), input, more]).keyed("field")
}

fn standing(standing: &Standing) -> String {
    match standing {
        Standing::Empty => {
            "Nothing here yet. Wagelight writes down every task that you accept, hand in or return while you work, \
             with no click. Accept a task, or open your queue or your dashboard, and it appears here."
                .to_owned()
        }
        Standing::Unread => "Nothing can be shown now.".to_owned(),
        Standing::NoMatch => "No task matches.".to_owned(),
        Standing::NothingSince(day) => format!("No task matches back to {day}."),
        Standing::Shown { count, is_all: true } => format!("{}.", words::counted(*count, "task", "tasks")),
        Standing::Shown { count, .. } => format!("{} shown.", words::counted(*count, "task", "tasks")),
    }
}

fn table(rows: &[Row]) -> Node {
    let head = |text: &str| Node::text(Tag::Th, "head", text).with(Attr::Scope, "col");
    let mut lines = vec![
        Node::group(Tag::Tr, "heads", vec![head("Day"), head("Task"), head("Pay, state")]).keyed("heads"),
    ];
    for row in rows {
        lines.extend(row.bonus.as_ref().map(bonus::row));
        lines.push(line(row));
        lines.extend(row.open.as_ref().map(|open| opened(&row.id, open)));
    }
    let table = Node::group(Tag::Table, "tasks", vec![Node::group(Tag::Tbody, "", lines)]);
    table.with(Attr::AriaLabel, "Your tasks, the newest first").keyed("table")
}

fn line(row: &Row) -> Node {
    let is_open = row.open.is_some();
    let action = if is_open { "close".to_owned() } else { format!("open:{}", row.id) };
    let title = row.title.as_deref().unwrap_or("Title not known");
    let mut key = button("task", title, &action)
        .with(Attr::Dir, "auto")
        .with(Attr::AriaExpanded, if is_open { "true" } else { "false" })
        .keyed("key");
    if row.is_fresh {
        key = key.with(Attr::Id, FRESH_ID);
    }
    let mut task = vec![key];
    if let Some(requester) = &row.requester {
        task.push(
            Node::text(Tag::Span, "quiet", requester.clone()).with(Attr::Dir, "auto").keyed("requester"),
        );
    }
    let state = match row.tone {
        Tone::Good => "state done",
        Tone::Bad => "state failed",
        Tone::Plain => "state",
    };
    let pay = vec![
        Node::text(Tag::Span, "figure", row.pay.as_deref().unwrap_or("pay not known")).keyed("pay"),
        Node::text(Tag::Span, state, row.state.clone()).keyed("state"),
    ];
    let cells = vec![
        Node::text(Tag::Td, "day", row.day.clone()),
        Node::group(Tag::Td, "about", task),
        Node::group(Tag::Td, "pay", pay),
    ];
    Node::group(Tag::Tr, "task-row", cells).keyed(format!("row {}", row.id))
}

fn opened(id: &str, open: &Open) -> Node {
    let item = |detail: &Detail| {
        let mut parts = vec![
            Node::text(Tag::Span, "label", detail.label),
            Node::text(Tag::Span, "value", detail.value.clone()).with(Attr::Dir, "auto"),
        ];
        parts.extend(detail.origin.as_ref().map(|origin| Node::text(Tag::Span, "quiet", origin.clone())));
        Node::group(Tag::Li, "fact", parts).keyed(detail.label)
    };
    let list = Node::group(Tag::Ul, "facts", open.details.iter().map(item).collect()).keyed("facts");
    let cell =
        Node::group(Tag::Td, "details", vec![list, correct::form(&open.form)]).with(Attr::Colspan, COLUMNS);
    Node::group(Tag::Tr, "opened", vec![cell]).keyed(format!("details {id}"))
}

fn button(class: &str, text: &str, action: &str) -> Node {
    Node::button(class, text, action).with(Attr::Type, "button")
}
