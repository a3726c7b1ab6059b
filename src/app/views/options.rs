//! The options page.

use crate::app::background::wire::TallyPart;
use crate::app::screens::LimitErrors;
use crate::app::tree::{Attr, Node, Tag};
use crate::app::views::words;
use crate::domain::PayUnit;

/// At most so many entries of the block list are drawn; searching narrows it.
pub const MOST_BLOCKS: usize = 100;
/// The id of the button that takes the last change back.
pub const UNDO_ID: &str = "undo";
/// The id of the block list's search.
pub const SEARCH_ID: &str = "search";

/// All the page shows.
#[derive(Clone, Debug)]
pub struct OptionsFacts {
    /// The settings, or why they cannot be read.
    pub form: Result<SettingsForm, String>,
    /// What became of the last change.
    pub status: Status,
    /// Nothing can be saved here.
    pub private: bool,
    /// Entries that match, at most [`MOST_BLOCKS`].
    pub blocks: Vec<BlockLine>,
    /// How many match.
    pub blocks_matching: usize,
    /// How many there are.
    pub blocks_in_all: usize,
    /// What of the list cannot be read.
    pub block_problems: Vec<String>,
    /// What is searched for.
    pub search: String,
    /// How much is stored, or why that is not known.
    pub stored: Result<Stored, String>,
    /// Whether the browser keeps it.
    pub kept: Kept,
    /// The version.
    pub version: String,
}

/// The controls' state.
#[derive(Clone, Debug)]
pub struct SettingsForm {
    /// Per minute or per hour.
    pub unit: PayUnit,
    /// Limits by currency.
    pub limits: Vec<LimitFields>,
    /// The sites.
    pub sites: Vec<SiteSwitch>,
    /// Whether a task's page shows its clock.
    pub show_clock: bool,
}

/// The two fields of a currency.
#[derive(Clone, Debug)]
pub struct LimitFields {
    /// ISO 4217 code.
    pub currency: String,
    /// Text of the lower limit.
    pub fair: String,
    /// Text of the upper limit.
    pub good: String,
    /// What is wrong with them.
    pub errors: LimitErrors,
}

/// A site's switch.
#[derive(Clone, Debug)]
pub struct SiteSwitch {
    /// Its partition.
    pub partition: String,
    /// Its name.
    pub name: String,
    /// Whether it is on.
    pub on: bool,
}

/// What became of the last change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// In words; empty at first.
    pub text: String,
    /// It failed.
    pub failed: bool,
    /// What `undo:` takes, where it can be taken back.
    pub undo: Option<String>,
}

/// One entry of the block list.
#[derive(Clone, Debug)]
pub struct BlockLine {
    /// Name, or id where no name is known.
    pub requester: String,
    /// The title, where only that is blocked.
    pub title: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What takes it out.
    pub action: String,
}

/// How much is stored.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// Own ratings.
    pub ratings: TallyPart,
    /// The block list.
    pub blocks: TallyPart,
    /// Tasks in the history.
    pub tasks: u64,
    /// Changes that can be taken back.
    pub undo: u64,
}

/// What the browser says about keeping it when the disk is nearly full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It does.
    Promised,
    /// It does not.
    NotPromised,
    /// It does not say.
    NotSaid,
}

/// The name of a currency's lower limit.
pub fn fair_name(currency: &str) -> String {
    format!("fair-{currency}")
}

/// The name of a currency's upper limit.
pub fn good_name(currency: &str) -> String {
    format!("good-{currency}")
}

/// `per minute`.
pub fn per(unit: PayUnit) -> &'static str {
    match unit {
        PayUnit::Minute => "per minute",
        PayUnit::Hour => "per hour",
    }
}

/// The page's tree.
pub fn options(facts: &OptionsFacts) -> Node {
    let mut parts = vec![
        Node::text(Tag::H1, "title", "Wagelight options"),
        Node::text(Tag::A, "elsewhere", "Your history").with(Attr::Href, "history.html").keyed("history"),
        Node::text(Tag::A, "elsewhere", "Save everything to a file, or load one")
            .with(Attr::Href, "files.html")
            .keyed("files"),
        status(&facts.status),
    ];
    if facts.private {
        parts.push(Node::text(Tag::P, "failed", "Private window: nothing is saved here.").keyed("private"));
    }
    match &facts.form {
        Ok(form) => {
            parts.push(units(form.unit));
            parts.extend(form.limits.iter().map(|fields| limits(fields, form.unit)));
            parts.push(clock(form.show_clock));
            parts.push(sites(&form.sites));
        }
        Err(why) => parts.push(Node::text(Tag::P, "failed", format!("{why}.")).keyed("unread")),
    }
    parts.push(block_list(facts));
    parts.push(stored(facts));
    parts.push(leaves(&facts.version));
    Node::group(Tag::Div, "screen", parts)
}

/// The text and what it needs to be still there after the next event.
fn status(status: &Status) -> Node {
    let class = match (status.text.is_empty(), status.failed) {
        (true, _) => "said",
        (false, true) => "said failed",
        (false, false) => "said done",
    };
    let undo = status.undo.clone().unwrap_or_default();
    let mut parts = vec![
        Node::text(Tag::P, class, status.text.clone()).with(Attr::AriaLive, "polite").keyed("said"),
        hidden("said", &status.text),
        hidden("said_failed", if status.failed { "true" } else { "" }),
        hidden("said_undo", &undo),
    ];
    if status.undo.is_some() {
        parts.push(
            button("action", "Undo", &format!("undo:{undo}")).with(Attr::Id, UNDO_ID).keyed("undo-button"),
        );
    }
    Node::group(Tag::Div, "status", parts).keyed("status")
}

fn hidden(name: &str, value: &str) -> Node {
    Node::new(Tag::Input)
        .with(Attr::Type, "hidden")
        .with(Attr::Name, name)
        .with(Attr::Value, value)
        .keyed(format!("hidden-{name}"))
}

fn units(unit: PayUnit) -> Node {
    let choice = |value: &str, text: &str, chosen: bool| {
        let id = format!("unit-{value}");
        let mut radio = Node::new(Tag::Input)
            .with(Attr::Type, "radio")
            .with(Attr::Name, "unit")
            .with(Attr::Id, id.clone())
            .with(Attr::Value, value)
            .on("unit");
        if chosen {
            radio = radio.with(Attr::Checked, "");
        }
        let label = Node::text(Tag::Label, "choice", text).with(Attr::For, id);
        Node::group(Tag::Div, "line", vec![radio, label]).keyed(value)
    };
    let parts = vec![
        Node::text(Tag::Legend, "legend", "Show pay"),
        choice("minute", "per minute", unit == PayUnit::Minute),
        choice("hour", "per hour", unit == PayUnit::Hour),
    ];
    Node::group(Tag::Fieldset, "part", parts).keyed("units")
}

fn limits(fields: &LimitFields, unit: PayUnit) -> Node {
    let code = &fields.currency;
    let sign = if code == "USD" { "US dollars" } else { code };
    let legend = format!("What is good pay, in {sign} {}", per(unit));
    let act = format!("limits:{code}");
    let why = "Pay below fair is shown as low. A row is called good, fair or low only where nearly all of its \
               range lies on that side.";
    let parts = vec![
        Node::text(Tag::Legend, "legend", legend),
        limit(("Fair from", &fair_name(code), &act), &fields.fair, fields.errors.fair.as_deref()),
        limit(("Good from", &good_name(code), &act), &fields.good, fields.errors.good.as_deref()),
        Node::text(Tag::P, "quiet", why).keyed("why"),
    ];
    Node::group(Tag::Fieldset, "part", parts).keyed(act)
}

/// One field; what is wrong with it stands beside it.
fn limit((label, name, act): (&str, &str, &str), text: &str, error: Option<&str>) -> Node {
    let error_id = format!("{name}-error");
    let mut input = Node::new(Tag::Input)
        .with(Attr::Type, "text")
        .with(Attr::Name, name)
        .with(Attr::Id, name)
        .with(Attr::Value, text)
        .on(act)
        .keyed("input");
    if error.is_some() {
        input = input.with(Attr::AriaInvalid, "true").with(Attr::AriaDescribedby, error_id.clone());
    }
    let parts = vec![
        Node::text(Tag::Label, "label", label).with(Attr::For, name).keyed("label"),
        input,
        Node::text(Tag::P, "error failed", error.unwrap_or(""))
            .with(Attr::Id, error_id)
            .with(Attr::AriaLive, "polite")
            .keyed("error"),
    ];
    Node::group(Tag::Div, "limit", parts).keyed(name)
}

fn sites(sites: &[SiteSwitch]) -> Node {
    let mut parts = vec![Node::text(Tag::Legend, "legend", "Sites")];
    for site in sites {
        let act = format!("site:{}", site.partition);
        let mut check = Node::new(Tag::Input)
            .with(Attr::Type, "checkbox")
            .with(Attr::Name, act.clone())
            .with(Attr::Id, act.clone())
            .on(act.clone());
        if site.on {
            check = check.with(Attr::Checked, "");
        }
        let label = Node::text(Tag::Label, "choice", site.name.clone()).with(Attr::For, act.clone());
        parts.push(Node::group(Tag::Div, "line", vec![check, label]).keyed(act));
    }
    parts.push(Node::text(Tag::P, "quiet", "A change holds for pages opened from now on.").keyed("when"));
    Node::group(Tag::Fieldset, "part", parts).keyed("sites")
}

fn clock(is_on: bool) -> Node {
    let mut check = Node::new(Tag::Input)
        .with(Attr::Type, "checkbox")
        .with(Attr::Name, "clock")
        .with(Attr::Id, "clock")
        .on("clock");
    if is_on {
        check = check.with(Attr::Checked, "");
    }
    let label =
        Node::text(Tag::Label, "choice", "Show the clock on the task's page, and what you hold on the queue")
            .with(Attr::For, "clock");
    let why = "Your working time is counted either way, from what is in front and whether you are there. What you \
               type is never read.";
    let parts = vec![
        Node::text(Tag::Legend, "legend", "Working time"),
        Node::group(Tag::Div, "line", vec![check, label]).keyed("clock"),
        Node::text(Tag::P, "quiet", why).keyed("why"),
    ];
    Node::group(Tag::Fieldset, "part", parts).keyed("clock")
}

fn block_list(facts: &OptionsFacts) -> Node {
    let mut parts = vec![Node::text(Tag::H2, "legend", "Block list")];
    parts.extend(
        facts.block_problems.iter().map(|problem| Node::text(Tag::P, "failed", format!("{problem}."))),
    );
    let label = Node::text(Tag::Label, "label", "Search by requester, title or reason");
    let search = Node::new(Tag::Input)
        .with(Attr::Type, "search")
        .with(Attr::Name, "search")
        .with(Attr::Id, SEARCH_ID)
        .with(Attr::Value, facts.search.clone())
        .on("search");
    parts
        .push(Node::group(Tag::Div, "field", vec![label.with(Attr::For, SEARCH_ID), search]).keyed("search"));
    parts.push(Node::text(Tag::P, "quiet", block_count(facts)).with(Attr::AriaLive, "polite").keyed("count"));
    if !facts.blocks.is_empty() {
        let lines = facts.blocks.iter().map(block_line).collect();
        parts.push(Node::group(Tag::Ul, "list", lines).keyed("list"));
    }
    Node::group(Tag::Div, "part", parts).keyed("blocks")
}

fn block_count(facts: &OptionsFacts) -> String {
    let entries = words::counted(facts.blocks_in_all, "entry", "entries");
    let shown = facts.blocks.len();
    match (facts.blocks_in_all, facts.search.trim()) {
        (0, _) => "Nothing is blocked. Blocking is done in the card of a row.".to_owned(),
        (_, "") if shown == facts.blocks_matching => format!("{entries}."),
        (_, "") => format!("{entries}; the first {shown} are shown. Search to find the others."),
        _ if shown < facts.blocks_matching => {
            format!("{} of {entries} match; the first {shown} are shown.", facts.blocks_matching)
        }
        _ => format!("{} of {entries} match.", facts.blocks_matching),
    }
}

fn block_line(block: &BlockLine) -> Node {
    let what = block.title.as_ref().map_or("all tasks".to_owned(), |title| format!("“{title}”"));
    let named = format!("Unblock {}, {what}", block.requester);
    let mut texts = vec![
        Node::text(Tag::Span, "name", block.requester.clone()).with(Attr::Dir, "auto"),
        Node::text(Tag::Span, "what", what).with(Attr::Dir, "auto"),
    ];
    if let Some(reason) = &block.reason {
        texts.push(Node::text(Tag::Span, "quiet", reason.clone()).with(Attr::Dir, "auto"));
    }
    let parts = vec![
        Node::group(Tag::Div, "texts", texts),
        button("action", "Unblock", &block.action).with(Attr::AriaLabel, named),
    ];
    Node::group(Tag::Li, "row", parts).keyed(block.action.clone())
}

fn stored(facts: &OptionsFacts) -> Node {
    let mut parts = vec![Node::text(Tag::H2, "legend", "What is stored")];
    match &facts.stored {
        Ok(stored) => {
            let line = |text: String| Node::text(Tag::Li, "fact", text);
            let lines = vec![
                line(number(stored.tasks, "task in your history", "tasks in your history")),
                line(tally(stored.ratings, "rating of a requester", "ratings of requesters")),
                line(tally(stored.blocks, "entry of the block list", "entries of the block list")),
                line(number(stored.undo, "change that can be taken back", "changes that can be taken back")),
                line("These settings".to_owned()),
            ];
            parts.push(Node::group(Tag::Ul, "list plain", lines));
        }
        Err(why) => parts.push(Node::text(Tag::P, "failed", format!("{why}."))),
    }
    let kept = match facts.kept {
        Kept::Promised => "The browser keeps it even when the disk is nearly full.",
        Kept::NotPromised => "The browser may delete it when the disk is nearly full.",
        Kept::NotSaid => "The browser does not say whether it keeps it when the disk is nearly full.",
    };
    parts.push(Node::text(Tag::P, "kept", kept).keyed("kept"));
    if facts.kept == Kept::NotPromised {
        parts.push(button("action", "Ask the browser to keep it", "persist"));
    }
    Node::group(Tag::Div, "part", parts).keyed("stored")
}

fn tally(tally: TallyPart, one: &str, many: &str) -> String {
    format!("{} ({})", number(tally.count, one, many), size(tally.bytes))
}

fn number(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// `812 bytes`, `3.4 kB`, `12.0 MB`, `10.7 GB`; a kB is 1,000 bytes.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

fn leaves(version: &str) -> Node {
    let parts = vec![
        Node::text(Tag::H2, "legend", "What leaves this machine"),
        Node::text(
            Tag::P,
            "kept",
            "Nothing. Wagelight has no server and no account, and sends nothing anywhere.",
        ),
        Node::text(Tag::P, "quiet", format!("Wagelight {version}")),
    ];
    Node::group(Tag::Div, "part", parts).keyed("leaves")
}

fn button(class: &str, text: &str, action: &str) -> Node {
    Node::button(class, text, action).with(Attr::Type, "button").keyed(action)
}
