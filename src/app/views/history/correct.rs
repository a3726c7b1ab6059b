//! What the worker can say of a task of their own: time, tags, note, what it was, what it pays for.

use super::{button, pressed};
use crate::app::tree::{Attr, Node, Tag};

/// The id of the button that saves.
pub const SAVE_ID: &str = "save";

/// A control into which text is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What stands in it.
    pub text: String,
    /// What is stored, in the same form.
    pub stored: String,
    /// Why it was not taken.
    pub error: Option<String>,
}

/// The worker's own words on an open task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Minutes worked, as corrected; empty where the measured time holds.
    pub worked: Typed,
    /// The measured time in words, where there is one.
    pub measured: Option<String>,
    /// The measured time is corrected.
    pub is_corrected: bool,
    /// The labels.
    pub tags: Typed,
    /// The note.
    pub note: Typed,
    /// Whether a screener sent the worker away; `None` where the site knows better.
    pub screened_out: Option<bool>,
    /// Why it was returned; `None` where it was not.
    pub returned: Option<Returned>,
    /// Which earlier task it pays for; `None` where it is no pay for earlier work.
    pub pays_for: Option<Vec<Earlier>>,
}

/// Why a task was returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// The name of the reason, where one is known.
    pub reason: Option<&'static str>,
    /// The share in per cent that was done by then; `None` where that is no question.
    pub percent: Option<Typed>,
}

/// A task that may be paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its entry.
    pub id: String,
    /// Day, title and state.
    pub text: String,
    /// It is the one.
    pub is_chosen: bool,
}

/// Reasons of a return: names, which only the page sees, and words.
pub const REASONS: [(&str, &str); 4] = [
    ("broken", "Broken"),
    ("unpaid_screener", "Screener without pay"),
    ("underpaid", "Underpaid"),
    ("other", "Another reason"),
];

impl Typed {
    /// Whether it is not what is stored.
    pub fn is_unsaved(&self) -> bool {
        self.text.trim() != self.stored
    }
}

impl Form {
    /// Whether something typed is not saved.
    pub fn is_unsaved(&self) -> bool {
        let percent = self.returned.as_ref().and_then(|returned| returned.percent.as_ref());
        [Some(&self.worked), Some(&self.tags), Some(&self.note), percent]
            .into_iter()
            .flatten()
            .any(Typed::is_unsaved)
    }
}

impl Form {
    /// The id of the first control whose text was not taken.
    pub fn first_error(&self) -> Option<&'static str> {
        let percent = self.returned.as_ref().and_then(|returned| returned.percent.as_ref());
        let all = [
            ("worked", Some(&self.worked)),
            ("tags", Some(&self.tags)),
            ("note", Some(&self.note)),
            ("percent", percent),
        ];
        all.into_iter()
            .find(|(_, typed)| typed.is_some_and(|typed| typed.error.is_some()))
            .map(|(name, _)| name)
    }
}

/// The form, to stand below what is known.
pub fn form(form: &Form) -> Node {
    let mut parts = vec![Node::text(Tag::Legend, "legend", "Your own word on it").keyed("legend")];
    parts.push(worked(form));
    let tags = Control { name: "tags", label: "Tags, with commas between them", hint: None, is_long: false };
    parts.extend(control(&tags, &form.tags));
    let note = Control { name: "note", label: "Note, for you alone", hint: None, is_long: true };
    parts.extend(control(&note, &form.note));
    let mut actions = vec![button("action first", "Save", "save").with(Attr::Id, SAVE_ID).keyed("save")];
    if form.is_unsaved() {
        actions.push(button("action", "Discard what you typed", "discard").keyed("discard"));
    }
    parts.push(Node::group(Tag::Div, "actions", actions).keyed("actions"));
    parts.extend(form.screened_out.map(screened));
    if let Some(returned) = &form.returned {
        parts.push(reasons(returned));
    }
    if let Some(earlier) = &form.pays_for {
        parts.push(pays_for(earlier));
    }
    let class = if form.is_unsaved() { "own unsaved" } else { "own" };
    Node::group(Tag::Fieldset, class, parts).keyed("own")
}

fn worked(form: &Form) -> Node {
    let hint = match &form.measured {
        Some(measured) if form.is_corrected => format!("Measured: {measured}"),
        Some(measured) => format!("Measured: {measured}. Write here only what is wrong with it"),
        None => "Nothing was measured".to_owned(),
    };
    let label = "Working time: 12 (minutes), 12:30 or 1 h 5 min";
    let spec = Control { name: "worked", label, hint: Some(hint), is_long: false };
    let mut parts = control(&spec, &form.worked);
    if form.is_corrected {
        let text = if form.measured.is_some() { "Back to the measured time" } else { "Take this time back" };
        parts.push(button("action", text, "untime").keyed("untime"));
    }
    Node::group(Tag::Div, "time", parts).keyed("time")
}

fn screened(is_so: bool) -> Node {
    let (action, text) =
        (if is_so { "screened:off" } else { "screened:on" }, "It was a screener and sent me away");
    Node::group(Tag::Div, "keys", vec![pressed(text, action, is_so).keyed("screened")]).keyed("screened")
}

fn reasons(returned: &Returned) -> Node {
    let keys = REASONS
        .iter()
        .map(|(name, text)| pressed(text, &format!("reason:{name}"), returned.reason == Some(*name)));
    let group = Node::group(Tag::Div, "keys", keys.collect());
    let mut parts = vec![
        Node::text(Tag::P, "label", "Why you returned it. Rows of this requester warn of it.").keyed("why"),
        group.with(Attr::Role, "group").with(Attr::AriaLabel, "Why you returned it").keyed("reasons"),
    ];
    if let Some(percent) = &returned.percent {
        let label = "How much of it was done by then, in %";
        parts.extend(control(&Control { name: "percent", label, hint: None, is_long: false }, percent));
        parts.push(button("action", "Save this share", "reason:underpaid").keyed("share"));
    }
    Node::group(Tag::Div, "returned", parts).keyed("returned")
}

fn pays_for(earlier: &[Earlier]) -> Node {
    let text = if earlier.is_empty() {
        "This pays for earlier work. No task of this requester was returned, rejected or lost in the 60 days before it."
    } else {
        "Which task does it pay for? Its pay then joins the minutes of that task."
    };
    let keys = earlier.iter().map(|task| {
        let action = if task.is_chosen { "pays:".to_owned() } else { format!("pays:{}", task.id) };
        pressed(&task.text, &action, task.is_chosen).with(Attr::Dir, "auto").keyed(task.id.clone())
    });
    let group = Node::group(Tag::Div, "keys tasks-to-choose", keys.collect());
    let parts = vec![
        Node::text(Tag::P, "label", text).keyed("which"),
        group.with(Attr::Role, "group").with(Attr::AriaLabel, "The task it pays for").keyed("earlier"),
    ];
    Node::group(Tag::Div, "pays", parts).keyed("pays")
}

/// A control with its label.
pub(super) struct Control<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) hint: Option<String>,
    pub(super) is_long: bool,
}

/// Label, control, what is stored for the next event, hint and error.
pub(super) fn control(spec: &Control<'_>, typed: &Typed) -> Vec<Node> {
    let Control { name, label, hint, is_long } = spec;
    let id = (*name).to_owned();
    let of = |what: &str| format!("{name} {what}");
    let mut parts =
        vec![Node::text(Tag::Label, "label", *label).with(Attr::For, id.clone()).keyed(of("label"))];
    let mut input = Node::new(if *is_long { Tag::Textarea } else { Tag::Input });
    input = if *is_long { input.with(Attr::Rows, "3") } else { input.with(Attr::Type, "text") };
    input = input.with(Attr::Id, id).with(Attr::Name, *name).with(Attr::Dir, "auto");
    let described: Vec<String> = [
        hint.is_some().then(|| format!("{name}-hint")),
        typed.error.is_some().then(|| format!("{name}-error")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !described.is_empty() {
        input = input.with(Attr::AriaDescribedby, described.join(" "));
    }
    if typed.error.is_some() {
        input = input.with(Attr::AriaInvalid, "true");
    }
    parts.push(input.with(Attr::Value, typed.text.clone()).on("typed").keyed(*name));
    let stored = Node::new(Tag::Input).with(Attr::Type, "hidden").with(Attr::Name, format!("{name}_was"));
    parts.push(stored.with(Attr::Value, typed.stored.clone()).keyed(of("stored")));
    parts.extend(hint.as_ref().map(|hint| {
        Node::text(Tag::P, "quiet", hint.clone()).with(Attr::Id, format!("{name}-hint")).keyed(of("hint"))
    }));
    parts.extend(typed.error.as_ref().map(|error| {
        Node::text(Tag::P, "failed", error.clone()).with(Attr::Id, format!("{name}-error")).keyed(of("error"))
    }));
    parts
}
