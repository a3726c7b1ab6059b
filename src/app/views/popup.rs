//! The popup: what this page was read as, the best rows here, on or off.

use super::{chip, words};
use crate::app::page::entry::Entry;
use crate::app::tree::{Attr, Node, Tag};
use crate::domain::{PayUnit, Problem};
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
    if facts.site_name.is_some() {
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
    let mut keys = vec![button("Options", "options".to_owned()).keyed("options")];
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
            };
            format!("Read {tasks} {place}; {} shown.", words::counted(*rows, "row", "rows"))
        }
        Standing::NotUnderstood => {
            "Not understood: this page should list tasks, but Wagelight cannot read it. \
             The page is left as it was."
                .to_owned()
        }
        Standing::OtherPage => "This page lists no tasks. Open a list of tasks or your queue.".to_owned(),
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

/// The rows with the highest low end that the worker can accept, risks left out.
fn best(facts: &PopupFacts<'_>) -> Node {
    let mut rows: Vec<(i64, u32, &Entry)> = facts
        .rows
        .iter()
        .filter(|(_, entry)| chip::may_be_best(entry))
        .filter_map(|(key, entry)| Some((entry.worth.rate.as_ref()?.low_micros_per_minute, *key, *entry)))
        .collect();
    rows.sort_by_key(|(low, key, _)| (core::cmp::Reverse(*low), *key));
    let mut lines: Vec<Node> = Vec::new();
    for (_, key, entry) in rows.into_iter().take(BEST_ROWS) {
        let rate = entry.worth.rate.as_ref().map_or(String::new(), |rate| rate.range_text(facts.unit));
        let line = Node::new(Tag::Button)
            .with(Attr::Type, "button")
            .with(Attr::Title, "Show this row")
            .on(format!("scroll:{key}"))
            .push(Node::text(Tag::Span, "figure", rate))
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
