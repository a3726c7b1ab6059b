//! The part of the history page that checks the history against the site.

use crate::app::reconcile::{Plan, Progress, RestoreError, Standing, Stop, Summary};
use crate::app::tree::{Attr, Node, Tag};
use crate::app::views::words::counted;
use crate::domain::Problem;

/// The id of its first control: it gets the focus where the one that had it is gone.
pub const CHECK_ID: &str = "check";

/// What stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckFacts {
    /// How it stands; `None` where nothing was begun.
    pub standing: Option<Standing>,
    /// The page that shows this sends the requests.
    pub is_driven: bool,
    /// The site's host.
    pub host: String,
    /// What was not understood.
    pub problems: Vec<Problem>,
    /// How many tasks are other than before.
    pub tasks_changed: u64,
}

/// The section.
pub fn check(facts: &CheckFacts) -> Node {
    let mut parts = vec![Node::text(Tag::H2, "legend", "Check against the site").keyed("heading")];
    parts.extend(match &facts.standing {
        Some(Standing::Surveying(Some(stop))) => stopped(facts, *stop, ("Try again", "check:on")),
        Some(Standing::Surveying(None)) if facts.is_driven => {
            vec![said("Reading your dashboard …"), actions(vec![cancel()])]
        }
        None | Some(Standing::Surveying(None)) => idle(),
        Some(Standing::Offered(plan)) => offered(plan),
        Some(Standing::Running { progress, stop, is_paused, waits }) => {
            let (stop, is_paused, waits) = (*stop, *is_paused, *waits);
            running(facts, progress, Run { stop, is_paused, waits })
        }
        Some(Standing::Over(summary)) => over(facts, summary),
        Some(Standing::Lost(why)) => lost(*why),
    });
    Node::group(Tag::Div, "part check", parts)
        .with(Attr::Role, "region")
        .with(Attr::AriaLabel, "Check against the site")
        .keyed("check")
}

/// How a run stands, besides how far it is.
#[derive(Clone, Copy)]
struct Run {
    stop: Option<Stop>,
    is_paused: bool,
    waits: bool,
}

fn idle() -> Vec<Node> {
    let what = "Reads your dashboard, your queue and the days that differ from your history, through a page of the \
                site that you have open. Only when you press it; it first says how many requests that takes.";
    vec![Node::text(Tag::P, "quiet", what).keyed("what"), actions(vec![first("Check", "check:begin")])]
}

fn offered(plan: &Plan) -> Vec<Node> {
    let recent = plan.today_and_yesterday();
    let has_less = !recent.days.is_empty() && recent.days.len() < plan.days.len();
    let mut lines = Vec::new();
    let mut keys = Vec::new();
    if has_less {
        lines.push(said(format!("Today and yesterday: {}", recent.words())));
        lines.push(Node::text(Tag::P, "", format!("All that differs: {}", plan.words())).keyed("all"));
        keys.push(first("Today and yesterday", "check:recent"));
        keys.push(key(&format!("All {} days", plan.days.len()), "check:all"));
    } else {
        lines.push(said(plan.words()));
        let what = if plan.days.is_empty() { "Read the queue" } else { "Read them" };
        keys.push(first(what, "check:all"));
    }
    let why = "The pause between two requests is at least a second and a half, and while a task is open nothing is \
               sent. This page must stay open; where it is closed it goes on later.";
    lines.push(Node::text(Tag::P, "quiet", why).keyed("why"));
    lines.push(actions(keys));
    lines
}

fn running(facts: &CheckFacts, progress: &Progress, run: Run) -> Vec<Node> {
    let mut parts = vec![bar(progress)];
    if let Some(stop) = run.stop {
        let on = if stop.can_go_on() { ("Go on", "check:on") } else { ("Check again", "check:begin") };
        parts.extend(stopped(facts, stop, on));
        return parts;
    }
    if !facts.is_driven {
        parts.push(said("It stopped when its page was closed. What was read is kept."));
        parts.push(actions(vec![first("Go on", "check:on"), key("Begin anew", "check:begin")]));
        return parts;
    }
    let what = if run.is_paused {
        "Waits while a task is open, and goes on when you are done."
    } else if run.waits {
        "Waits for the site's answer to an earlier request."
    } else {
        "Leave this page open; you may work in another tab."
    };
    parts.push(Node::text(Tag::P, "quiet", what).with(Attr::AriaLive, "polite").keyed("what"));
    parts.push(actions(vec![cancel()]));
    parts
}

fn bar(progress: &Progress) -> Node {
    let (done, all) = (progress.requests_done.to_string(), progress.requests.to_string());
    let bar = Node::new(Tag::Progress)
        .with(Attr::AriaLabel, "Requests")
        .with(Attr::Max, all.clone())
        .with(Attr::Value, done.clone())
        .keyed("bar");
    let words = Node::text(Tag::Span, "", progress.words()).keyed("words");
    let count = Node::text(Tag::Span, "quiet", format!("{done} of about {all} requests")).keyed("count");
    Node::group(Tag::Div, "progress", vec![words, bar, count]).keyed("progress")
}

fn stopped(facts: &CheckFacts, stop: Stop, (text, action): (&str, &str)) -> Vec<Node> {
    let class = if stop == Stop::Cancelled { "" } else { "failed" };
    let mut parts =
        vec![Node::text(Tag::P, class, stop.words()).with(Attr::AriaLive, "polite").keyed("stop")];
    if stop.is_mended_on_the_site() && !facts.host.is_empty() {
        let link = Node::text(Tag::A, "", "Open your dashboard")
            .with(Attr::Href, format!("https://{}/dashboard", facts.host))
            .with(Attr::Target, "_blank");
        parts.push(Node::group(Tag::P, "", vec![link]).keyed("link"));
    }
    parts.extend(problems(&facts.problems));
    let mut keys = vec![first(text, action)];
    if text == "Go on" {
        keys.push(key("Begin anew", "check:begin"));
    }
    parts.push(actions(keys));
    parts
}

fn over(facts: &CheckFacts, summary: &Summary) -> Vec<Node> {
    let changed = match usize::try_from(facts.tasks_changed).unwrap_or(usize::MAX) {
        0 => "Your history knew all of it.".to_owned(),
        count => format!("Something new about {}.", counted(count, "task", "tasks")),
    };
    let mut parts = vec![said(format!("{} {changed}", summary.words()))];
    parts.extend(problems(&facts.problems));
    parts.push(actions(vec![first("Check again", "check:begin")]));
    parts
}

fn lost(why: RestoreError) -> Vec<Node> {
    let words = Node::text(Tag::P, "failed", why.words()).with(Attr::AriaLive, "polite").keyed("stop");
    vec![words, actions(vec![first("Begin anew", "check:begin")])]
}

fn problems(problems: &[Problem]) -> Option<Node> {
    let line = |problem: &Problem| {
        let text = format!("{}: {}", problem.place, problem.what);
        Node::text(Tag::Li, "problem", text.clone()).keyed(text)
    };
    let list = Node::group(Tag::Ul, "plain", problems.iter().map(line).collect());
    (!problems.is_empty()).then(|| list.with(Attr::AriaLabel, "What was not understood").keyed("problems"))
}

fn said(text: impl Into<String>) -> Node {
    Node::text(Tag::P, "", text).with(Attr::AriaLive, "polite").keyed("said")
}

fn actions(keys: Vec<Node>) -> Node {
    Node::group(Tag::Div, "actions", keys).keyed("actions")
}

fn cancel() -> Node {
    key("Cancel", "check:cancel").with(Attr::Id, CHECK_ID)
}

fn first(text: &str, action: &str) -> Node {
    Node::button("first", text, action).with(Attr::Type, "button").keyed(action).with(Attr::Id, CHECK_ID)
}

fn key(text: &str, action: &str) -> Node {
    Node::button("action", text, action).with(Attr::Type, "button").keyed(action)
}
