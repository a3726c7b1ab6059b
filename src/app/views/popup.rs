//! The popup: what this page was read as, the best rows here, on or off.

use super::{chip, words};
use crate::app::page::entry::Entry;
use crate::app::tree::{Attr, Node, Tag};
use crate::domain::{PayUnit, Problem};
use crate::estimate::TimeSource;
use crate::sites::recipe::PageKind;

/// How many rows the popup calls best.
const BEST_ROWS: usize = 5;

/// What the page turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Waiting for the page to show its rows.
    Waiting,
    /// Read; how many tasks and rows.
    Read {
        /// List or queue.
        kind: PageKind,
        /// Tasks in the page's data.
        tasks: usize,
        /// Rows drawn in.
        rows: usize,
    },
    /// A page of a known site that should hold tasks, but none could be read.
    NotUnderstood,
    /// A page of a known site that lists no tasks.
    OtherPage,
    /// A page about the worker's own work, which is kept in the history.
    Record,
    /// Switched off for this site by the worker.
    Off,
    /// No site we read.
    Elsewhere,
}

/// Why no page answers the popup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Two panics: the page is left alone.
    GaveUp {
        /// One line for a report.
        report: String,
    },
    /// A part of a site where the extension does not run: account and payments.
    StayedAway,
    /// A page of a site of ours that was open before the extension, or before its permission.
    NotLoaded,
    /// The browser withholds permission for some hosts, and with it what page this is.
    NoPermission {
        /// Match patterns as the browser names them: `https://worker.mturk.com/*`.
        origins: Vec<String>,
    },
    /// No site we read.
    Elsewhere,
}

/// All the popup shows where no page answers it.
pub struct OutsideFacts {
    /// The site's name, where it is one.
    pub site_name: Option<String>,
    /// Why nothing answers.
    pub outside: Outside,
    /// The hosts that are read.
    pub hosts: Vec<String>,
}

/// All the popup shows about a page.
pub struct PopupFacts<'a> {
    /// The site's name, where it is one.
    pub site_name: Option<&'a str>,
    /// What the page is.
    pub standing: Standing,
    /// What was not understood.
    pub problems: &'a [Problem],
    /// Rows with their keys, in page order.
    pub rows: Vec<(u32, &'a Entry)>,
    /// Rate unit.
    pub unit: PayUnit,
}

/// The popup's tree.
pub fn popup(facts: &PopupFacts<'_>) -> Node {
    let mut parts = vec![Node::text(Tag::H1, "title", facts.site_name.unwrap_or("Wagelight"))];
    parts.push(Node::text(Tag::P, "lead", standing_text(&facts.standing)).keyed("standing"));
    match problems(facts.problems) {
        Some(problems) => parts.push(problems),
        None if facts.standing == Standing::NotUnderstood => {
            let why = "Its rows, or the data behind them, are not where they were when this was made.";
            parts.push(Node::text(Tag::P, "quiet", why).keyed("problems"));
        }
        None => {}
    }
    if matches!(facts.standing, Standing::Read { .. }) {
        parts.push(best(facts));
    }
    // Of a page without a recipe it is not known which part of the site it is.
    if facts.site_name.is_some() && facts.standing != Standing::OtherPage {
        let (text, action) = match facts.standing {
            Standing::Off => ("Switch on for this site", "site:on"),
            _ => ("Switch off for this site", "site:off"),
        };
        parts.push(Node::button("action", text, action).with(Attr::Type, "button").keyed("site"));
    }
    parts.push(foot());
    Node::group(Tag::Div, "popup", parts)
}

/// The popup's tree where no page answers it.
pub fn outside(facts: &OutsideFacts) -> Node {
    let title = facts.site_name.as_deref().unwrap_or("Wagelight");
    let mut parts = vec![Node::text(Tag::H1, "title", title)];
    parts.push(Node::text(Tag::P, "lead", outside_text(&facts.outside)).keyed("standing"));
    match &facts.outside {
        Outside::GaveUp { report } => {
            parts.push(Node::text(Tag::P, "report", report.clone()).keyed("report"));
            parts.push(button("Copy this line for a report", format!("copy:{report}")).keyed("copy"));
            parts.push(
                Node::text(Tag::P, "done", "")
                    .with(Attr::AriaLive, "polite")
                    .with(Attr::Id, "told")
                    .keyed("told"),
            );
        }
        Outside::NoPermission { origins } => {
            let keys = origins.iter().map(|origin| {
                let host = origin.trim_start_matches("https://").trim_end_matches("/*");
                button(&format!("Allow on {host}"), format!("allow:{origin}")).keyed(origin.clone())
            });
            parts.push(Node::group(Tag::Div, "actions", keys.collect()).keyed("allow"));
        }
        Outside::Elsewhere => {
            let hosts = facts.hosts.iter().map(|host| Node::text(Tag::Li, "fact", host.clone()));
            parts.push(
                Node::text(Tag::P, "label", "It reads the task lists and the queue of:").keyed("where"),
            );
            parts.push(Node::group(Tag::Ul, "list plain", hosts.collect()).keyed("hosts"));
        }
        Outside::StayedAway | Outside::NotLoaded => {}
    }
    parts.push(foot());
    Node::group(Tag::Div, "popup", parts)
}

fn outside_text(outside: &Outside) -> &'static str {
    match outside {
        Outside::GaveUp { .. } => {
            "Wagelight failed twice on this page and leaves it alone until you reload it. Nothing is lost."
        }
        Outside::StayedAway => "Wagelight stays away from account and payment pages.",
        Outside::NotLoaded => "Wagelight is not on this page yet. Reload the page.",
        Outside::NoPermission { .. } => {
            "The browser gives Wagelight no permission for this site, so it can read and show nothing there. \
             If this page lists tasks, allow it and reload the page."
        }
        Outside::Elsewhere => "Not a site Wagelight reads.",
    }
}

fn foot() -> Node {
    let keep =
        button("Keep open", "window".to_owned()).with(Attr::Title, "Opens this in a window that stays");
    let mut keys = vec![
        button("History", "history".to_owned()).keyed("history"),
        button("Options", "options".to_owned()).keyed("options"),
    ];
    keys.push(Node::group(Tag::Span, "window", vec![keep]).keyed("window"));
    Node::group(Tag::Div, "actions foot", keys).keyed("foot")
}

fn button(text: &str, action: String) -> Node {
    Node::button("action", text, action).with(Attr::Type, "button")
}

fn standing_text(standing: &Standing) -> String {
    match standing {
        Standing::Waiting => "Waiting for the page to show its rows.".to_owned(),
        Standing::Read { kind, tasks, rows } => {
            let tasks = words::counted(*tasks, "task", "tasks");
            let place = match kind {
                PageKind::List => "on this list",
                PageKind::Queue => "in your queue",
                _ => "on this page",
            };
            format!("Read {tasks} {place}; {} shown.", words::counted(*rows, "row", "rows"))
        }
        Standing::NotUnderstood => {
            "Not understood: this page should list tasks, but Wagelight cannot read it. \
             The page is left as it was."
                .to_owned()
        }
        Standing::OtherPage => "This page lists no tasks. Open a list of tasks or your queue.".to_owned(),
        Standing::Record => {
            "What this page says of your work goes into your history. Nothing is drawn on it.".to_owned()
        }
        Standing::Off => "Switched off for this site.".to_owned(),
        Standing::Elsewhere => "Not a site Wagelight reads.".to_owned(),
    }
}

/// At most three lines; the rest is counted.
fn problems(problems: &[Problem]) -> Option<Node> {
    if problems.is_empty() {
        return None;
    }
    let mut lines: Vec<Node> = problems
        .iter()
        .take(3)
        .map(|problem| Node::text(Tag::Li, "problem", format!("{}: {}", problem.place, problem.what)))
        .collect();
    if problems.len() > 3 {
        lines.push(Node::text(Tag::Li, "quiet", format!("and {} more", problems.len() - 3)));
    }
    let head = Node::text(Tag::P, "label", "Not understood:");
    Some(Node::group(Tag::Div, "problems", vec![head, Node::group(Tag::Ul, "list", lines)]).keyed("problems"))
}

/// Every figure says where it comes from.
fn source(source: TimeSource) -> &'static str {
    match source {
        TimeSource::Stated => "stated",
        TimeSource::Prior => "guess",
    }
}

/// The rows with the highest low end that the worker can accept, risks left out.
fn best(facts: &PopupFacts<'_>) -> Node {
    let mut best: Vec<(i64, u32, &Entry)> = Vec::new();
    for (key, entry) in facts.rows.iter().filter(|(_, entry)| chip::may_be_best(entry)) {
        let Some(rate) = &entry.worth.rate else { continue };
        let low = rate.low_micros_per_minute;
        let before = |(other_low, other_key, _): &(i64, u32, &Entry)| {
            *other_low > low || (*other_low == low && other_key < key)
        };
        best.insert(best.partition_point(before), (low, *key, *entry));
        best.truncate(BEST_ROWS);
    }
    let mut lines: Vec<Node> = Vec::new();
    for (_, key, entry) in best {
        let rate = entry.worth.rate.as_ref().map_or(String::new(), |rate| rate.range_text(facts.unit));
        let line = Node::new(Tag::Button)
            .with(Attr::Type, "button")
            .with(Attr::Title, "Show this row")
            .on(format!("scroll:{key}"))
            .push(Node::text(Tag::Span, "figure", rate))
            .push(Node::text(Tag::Span, "quiet", source(entry.worth.source)))
            .push(Node::text(Tag::Span, "name", entry.task.title.clone()).with(Attr::Dir, "auto"));
        lines.push(Node::group(Tag::Li, "row", vec![line]).keyed(key.to_string()));
    }
    let list = if lines.is_empty() {
        Node::text(Tag::P, "quiet", "No row here that you can accept and that has a rate.")
    } else {
        Node::group(Tag::Ul, "list", lines)
    };
    Node::group(Tag::Div, "best", vec![Node::text(Tag::H2, "label", "Best here, by the low end"), list])
        .keyed("best")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::page::settings::PageSettings;
    use crate::domain::{Currency, Money, Requester, SiteRecord, Task, TaskId};

    /// A task that says how long it takes; `None` does not.
    fn entry(title: &str, cents: i64, minutes: Option<u32>) -> Entry {
        let said = minutes.map(|minutes| format!(" ({minutes} minutes)")).unwrap_or_default();
        let task = Task {
            id: TaskId(title.to_owned()),
            group_id: None,
            title: format!("{title}{said}"),
            description: String::new(),
            requester: Requester { id: None, name: "Ann Lab".to_owned() },
            reward: Some(Money { micros: cents * 10_000, currency: Currency::USD }),
            allotted_secs: Some(3_600),
            available: None,
            can_accept: Some(true),
            lock: None,
            kind: None,
            promised: None,
            needs: Vec::new(),
            site_says: SiteRecord::default(),
            deadline: None,
        };
        Entry::new(task, &PageSettings::default())
    }

    fn facts(standing: Standing) -> PopupFacts<'static> {
        PopupFacts {
            site_name: Some("Amazon Mechanical Turk"),
            standing,
            problems: &[],
            rows: Vec::new(),
            unit: PayUnit::Minute,
        }
    }

    fn read(kind: PageKind) -> Standing {
        Standing::Read { kind, tasks: 1, rows: 1 }
    }

    #[test]
    fn every_standing_has_its_own_words() {
        let empty = Standing::Read { kind: PageKind::List, tasks: 0, rows: 0 };
        let all = [
            Standing::Waiting,
            read(PageKind::List),
            read(PageKind::Queue),
            empty,
            Standing::NotUnderstood,
            Standing::OtherPage,
            Standing::Record,
            Standing::Off,
            Standing::Elsewhere,
        ];
        let texts: Vec<String> =
            all.into_iter().map(|standing| popup(&facts(standing)).plain_text()).collect();
        insta::assert_json_snapshot!("standings", texts);
    }

    #[test]
    fn what_was_not_understood_is_named_and_counted() {
        let problems: Vec<Problem> =
            (1..=5).map(|row| Problem::new(format!("row {row} · reward"), "is no number")).collect();
        for standing in [Standing::NotUnderstood, read(PageKind::List)] {
            let text = popup(&PopupFacts { problems: &problems, ..facts(standing) }).plain_text();
            assert!(text.contains("row 1 · reward: is no number"), "{text}");
            assert!(text.contains("and 2 more") && !text.contains("row 4"), "{text}");
        }
    }

    #[test]
    fn best_are_five_by_the_low_end_without_risks() {
        let mut rows: Vec<Entry> =
            (1..=7).map(|cents| entry(&format!("task {cents}"), cents * 20, Some(10))).collect();
        let mut locked = entry("locked", 900, Some(10));
        locked.task.can_accept = Some(false);
        let mut risky = entry("risky", 900, Some(10));
        risky.task.site_says.approval_percent = Some(60);
        let mut blocked = entry("blocked", 900, Some(10));
        blocked.blocked = Some("requester");
        rows.extend([locked, risky, blocked, entry("a guess", 150, None)]);
        let rows: Vec<(u32, &Entry)> = (0..).zip(rows.iter()).collect();
        let tree = popup(&PopupFacts { rows, ..facts(read(PageKind::List)) });
        insta::assert_json_snapshot!("best", tree);
        let text = tree.plain_text();
        for word in ["locked", "risky", "blocked"] {
            assert!(!text.contains(word), "{text}");
        }
        assert!(text.contains("stated"), "{text}");
    }

    #[test]
    fn a_list_without_any_rate_says_so() {
        assert!(popup(&facts(read(PageKind::List))).plain_text().contains("No row here that you can accept"));
    }
}
