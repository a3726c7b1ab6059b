//! The history: which rows an event wishes to see, and the page with them.

use super::options::SEPARATOR;
use super::{Shown, correct, money, search_words, split};
use crate::app::background::wire::ScreenAsk;
use crate::app::reconcile::Session;
use crate::app::views::history::check::{CHECK_ID, CheckFacts};
use crate::app::views::history::{
    self as view, AccountChoice, Filter, Hidden, HistoryFacts, Open, Row, Standing, Status,
    correct::SAVE_ID,
    day::{self, DayFacts},
    entry as words,
};
use crate::domain::history::{DayBonus, Entry, EntryId, QueueHead};
use crate::domain::{SiteDay, SiteZone, Timestamp};
use crate::sites;
use crate::storage::history::{Cursor, DayView, Query};
use crate::storage::record::{Account, DaySum};

/// Rows that come at a time.
const ROWS_PER_PAGE: usize = 50;

/// Pages that stand below each other; behind them the table goes on from its last row, so that it can be of any
/// length and what is drawn cannot.
const MAX_PAGES: usize = 10;

/// Which rows are wished for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The place of the account among all; `None` is the one used last.
    pub account: Option<usize>,
    /// What is looked for.
    pub query: Query,
    /// Behind which entry the table begins; `None` is at the newest.
    pub from: Option<Cursor>,
    /// How many.
    pub rows: usize,
    /// The entry whose details are open.
    pub open: Option<EntryId>,
    /// The day whose bonus is being split.
    pub bonus: Option<SiteDay>,
}

/// What was read for a [`Wish`].
#[derive(Clone, Debug, Default)]
pub struct HistoryRead {
    /// All accounts with a history, in the order in which they began.
    pub accounts: Vec<Account>,
    /// Which of them is shown; `None` where there is none.
    pub account: Option<usize>,
    /// Where its days begin.
    pub zone: Option<SiteZone>,
    /// The moment of the event.
    pub now: Timestamp,
    /// The sums of the site's day in which the moment lies.
    pub today: Option<DaySum>,
    /// What is held now.
    pub held: Option<HeldNow>,
    /// The entries with the days to which they belong, newest first.
    pub entries: Vec<(SiteDay, Entry)>,
    /// Where to go on; `None` where there is nothing more.
    pub next: Option<Cursor>,
    /// The check against the site, where one was begun.
    pub check: Option<Session>,
    /// What could not be read, in the worker's words without a full stop.
    pub problems: Vec<String>,
    /// What became of a correction; `None` where the event was none.
    pub outcome: Option<Outcome>,
    /// The entry whose details are open, as it is now.
    pub opened: Option<Opened>,
    /// The bonuses of the days that are shown.
    pub bonuses: Vec<DayBonus>,
    /// The day whose bonus is being split.
    pub split: Option<DayView>,
}

/// What is held now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldNow {
    /// Summed up.
    pub head: QueueHead,
    /// The title of the first task that comes too late, where known.
    pub late_title: Option<String>,
}

impl HistoryRead {
    /// Today and what is held, to be shown.
    pub fn day_facts(&self) -> DayFacts<'_> {
        DayFacts {
            sum: self.today.as_ref(),
            head: self.held.as_ref().map(|held| &held.head),
            late_title: self.held.as_ref().and_then(|held| held.late_title.as_deref()),
        }
    }
}

/// What became of a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on disk.
    Saved {
        /// What takes it back, as it waits in the page; `None` where nothing changed.
        back: Option<String>,
    },
    /// It is not, and why; one sentence without a full stop.
    Failed {
        /// In the worker's words.
        say: String,
        /// The control that must be changed, where it is one.
        control: Option<String>,
    },
}

/// An open entry, with those it is tied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// As it is now.
    pub entry: Entry,
    /// The site's day in which the event lies.
    pub today: SiteDay,
    /// Earlier tasks that it may pay for, with their days.
    pub may_pay_for: Vec<(SiteDay, Entry)>,
    /// The one it pays for.
    pub pays_for: Option<Entry>,
    /// Those that pay for it.
    pub paid_by: Vec<Entry>,
}

/// What the page holds between two events, after this one.
#[derive(Clone, Debug, Default)]
struct Held {
    account: Option<usize>,
    filter: Filter,
    search: String,
    from: Option<Cursor>,
    pages: usize,
    open: Option<EntryId>,
    bonus: Option<SiteDay>,
    /// What takes the last correction back.
    back: Option<String>,
    /// The event was not followed: what was typed would be lost.
    is_kept_back: bool,
}

impl Held {
    fn after(event: &ScreenAsk) -> Self {
        let text = |name: &str| event.field(name).filter(|text| !text.is_empty());
        let mut held = Self {
            account: text("account").and_then(|text| text.parse().ok()),
            filter: text("state").map(Filter::from_name).unwrap_or_default(),
            search: event.field("search").unwrap_or_default().to_owned(),
            from: text("from").and_then(read_cursor),
            pages: text("pages").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, MAX_PAGES),
            open: text("open").map(|id| EntryId(id.to_owned())),
            bonus: text("bonus").and_then(|day| day.parse().ok()).map(SiteDay),
            back: text("back").map(str::to_owned),
            is_kept_back: false,
        };
        let (verb, rest) = split(&event.act);
        let goes_away =
            matches!(verb, "newest" | "search" | "state" | "account" | "open" | "close" | "bonus");
        if goes_away && correct::is_unsaved(event) {
            held.is_kept_back = true;
            text("searched").unwrap_or_default().clone_into(&mut held.search);
            return held;
        }
        match verb {
            "more" if held.pages < MAX_PAGES => held.pages += 1,
            "more" => held.begin(text("next").and_then(read_cursor)),
            "newest" | "search" => held.begin(None),
            "state" => {
                held.filter = Filter::from_name(rest);
                held.begin(None);
            }
            "account" => {
                held.account = rest.parse().ok();
                held.begin(None);
            }
            "open" => held.open = Some(EntryId(rest.to_owned())),
            "close" => held.open = None,
            "bonus" => held.bonus = rest.parse().ok().map(SiteDay),
            _ => {}
        }
        held
    }

    fn begin(&mut self, from: Option<Cursor>) {
        self.from = from;
        self.pages = 1;
        self.open = None;
        self.bonus = None;
    }
}

/// What an event wishes to see.
pub fn wish(event: &ScreenAsk) -> Wish {
    let held = Held::after(event);
    Wish {
        account: held.account,
        query: Query { states: held.filter.states().to_vec(), ..search_words::query(&held.search) },
        from: held.from,
        rows: held.pages * ROWS_PER_PAGE,
        open: held.open,
        bonus: held.bonus,
    }
}

pub(super) fn show(event: &ScreenAsk, read: &HistoryRead) -> Shown {
    let mut held = Held::after(event);
    let verb = split(&event.act).0;
    let is_saved = matches!(read.outcome, Some(Outcome::Saved { .. }));
    if let Some(Outcome::Saved { back }) = &read.outcome {
        // What was taken back cannot be taken back again: it can be said again.
        held.back = back.clone().filter(|_| verb != "undo");
    }
    let rows = rows(event, (&held, read), is_saved);
    let open = rows.iter().find_map(|row| row.open.as_ref());
    let split = rows.iter().find_map(|row| row.bonus.as_ref()?.split.as_ref());
    let typed = |name: &str| event.field(name).unwrap_or_default().to_owned();
    let focus = match (verb, &read.outcome) {
        _ if held.is_kept_back => Some(SAVE_ID.to_owned()),
        ("more", _) if rows.iter().any(|row| row.is_fresh) => Some(view::FRESH_ID.to_owned()),
        ("newest", _) => Some(view::SEARCH_ID.to_owned()),
        ("save", _) => open.and_then(|open| open.form.first_error()).map(str::to_owned),
        ("split", _) => {
            split.and_then(|split| split.first_error()).map(|id| format!("{}{id}", correct::SHARE))
        }
        // The pressed key may be gone with what it did.
        ("undo" | "untime", Some(Outcome::Saved { .. })) => Some(view::STATUS_ID.to_owned()),
        ("checked", _) => Some(CHECK_ID.to_owned()),
        _ => None,
    };
    let facts = HistoryFacts {
        day: day::lines(read.day_facts()),
        accounts: accounts(read),
        problems: read.problems.clone(),
        status: status(event, (&held, read), focus.as_deref()),
        check: check(event, read),
        standing: standing(&held, read),
        has_more: read.next.is_some(),
        is_behind: held.from.is_some(),
        hidden: Hidden {
            account: read.account.map(|at| at.to_string()).unwrap_or_default(),
            pages: held.pages.to_string(),
            from: held.from.as_ref().map(write_cursor).unwrap_or_default(),
            next: read.next.as_ref().map(write_cursor).unwrap_or_default(),
            open: held.open.as_ref().map(|id| id.0.clone()).unwrap_or_default(),
            bonus: held.bonus.map(|day| day.0.to_string()).unwrap_or_default(),
            back: held.back.clone().unwrap_or_default(),
            searched: held.search.clone(),
        },
        search: if held.is_kept_back { typed("search") } else { held.search },
        filter: held.filter,
        rows,
    };
    Shown { tree: view::history(&facts), close: false, focus }
}

fn rows(event: &ScreenAsk, (held, read): (&Held, &HistoryRead), is_saved: bool) -> Vec<Row> {
    let zone = read.zone.unwrap_or(SiteZone::Utc);
    let today = zone.day_of(read.now);
    // The first row that "Show more" brought gets the focus: it goes on there, also where the button is gone.
    let fresh = match split(&event.act).0 {
        "more" if held.pages > 1 => Some((held.pages - 1) * ROWS_PER_PAGE),
        "more" => Some(0),
        _ => None,
    };
    let opened = read.opened.as_ref().map(|opened| {
        let details = words::details(&opened.entry, zone).into_iter().chain(money::details(opened)).collect();
        let keeps = event.field("open") == Some(&opened.entry.id().0);
        let keeps = keeps && !(is_saved && event.act == "save") && event.act != "discard";
        Open { details, form: correct::form(event, opened, keeps) }
    });
    let mut day_before = None;
    let mut rows = Vec::with_capacity(read.entries.len());
    for (at, (day, stored)) in read.entries.iter().enumerate() {
        let is_open = held.open.as_ref() == Some(stored.id());
        let entry = read.opened.as_ref().map(|opened| &opened.entry).filter(|_| is_open).unwrap_or(stored);
        let is_first = day_before.replace(*day) != Some(*day);
        rows.push(Row {
            id: entry.id().0.clone(),
            day: words::short_day(*day, today),
            title: entry.title.value().cloned(),
            requester: entry.requester_name.value().cloned(),
            pay: words::pay(entry),
            state: words::state(entry),
            tone: words::tone(entry.state()),
            open: opened.clone().filter(|_| is_open),
            bonus: is_first.then(|| money::bonus(event, read, *day, is_saved)).flatten(),
            is_fresh: Some(at) == fresh,
        });
    }
    rows
}

/// What became of the event, and what can be taken back.
fn status(event: &ScreenAsk, (held, read): (&Held, &HistoryRead), focus: Option<&str>) -> Status {
    let verb = split(&event.act).0;
    let (text, is_failed) = match &read.outcome {
        _ if held.is_kept_back => {
            ("What you typed is not saved yet: save it or discard it first.".to_owned(), true)
        }
        Some(Outcome::Saved { .. }) if verb == "undo" => ("Taken back.".to_owned(), false),
        Some(Outcome::Saved { back: None }) => ("Nothing to save.".to_owned(), false),
        Some(Outcome::Saved { .. }) => ("Saved.".to_owned(), false),
        Some(Outcome::Failed { say, .. }) => (format!("{say}. What you typed is still here."), true),
        None if matches!(verb, "save" | "split") && focus.is_some() => {
            ("Not saved: see what is marked below.".to_owned(), true)
        }
        None if matches!(verb, "save" | "split") => ("Nothing to save.".to_owned(), false),
        None => (String::new(), false),
    };
    Status { text, is_failed, can_undo: held.back.is_some() }
}

/// The check of the account that is shown; where there is no history yet, that of any.
fn check(event: &ScreenAsk, read: &HistoryRead) -> CheckFacts {
    let shown = read.account.and_then(|at| read.accounts.get(at));
    let tag = shown.and_then(|account| account.partition.0.split_once('~')).map(|(_, tag)| tag);
    let is_meant = |session: &&Session| tag.is_none_or(|tag| tag.is_empty() || session.account().0 == tag);
    let Some(session) = read.check.as_ref().filter(is_meant) else { return CheckFacts::default() };
    CheckFacts {
        standing: (!session.has_stale_offer(read.now)).then(|| session.standing()),
        is_driven: event.about("driving").is_some(),
        host: session.host().to_owned(),
        problems: session.problems().to_vec(),
        tasks_changed: session.tasks_changed(),
    }
}

fn standing(held: &Held, read: &HistoryRead) -> Standing {
    let is_searched = !held.search.trim().is_empty() || held.filter != Filter::All;
    match (read.entries.len(), &read.next) {
        (0, Some(next)) => Standing::NothingSince(words::day(next.day)),
        (0, None) if !read.problems.is_empty() => Standing::Unread,
        (0, None) if is_searched || held.from.is_some() => Standing::NoMatch,
        (0, None) => Standing::Empty,
        (shown, next) => Standing::Shown { count: shown, is_all: next.is_none() && held.from.is_none() },
    }
}

/// A choice only where there is one. An account is told by its number and its beginning: no name is kept.
fn accounts(read: &HistoryRead) -> Vec<AccountChoice> {
    if read.accounts.len() < 2 {
        return Vec::new();
    }
    let site = |account: &Account| account.partition.0.split('~').next().unwrap_or_default().to_owned();
    let first = read.accounts.first().map(site);
    let is_mixed = read.accounts.iter().any(|account| Some(site(account)) != first);
    let hosts = sites::hosts();
    let choice = |(at, account): (usize, &Account)| {
        let host = hosts.iter().find(|host| is_mixed && host.partition == site(account));
        let on = host.map(|host| format!(" on {}", host.host)).unwrap_or_default();
        let since = words::day(read.zone.unwrap_or(SiteZone::Utc).day_of(account.since));
        AccountChoice {
            text: format!("Account {}{on}, since {since}", at + 1),
            action: format!("account:{at}"),
            is_chosen: read.account == Some(at),
        }
    };
    read.accounts.iter().enumerate().map(choice).collect()
}

/// As it stands in the page until the next event.
fn write_cursor(cursor: &Cursor) -> String {
    let at = cursor.at.map(|at| at.0.to_string()).unwrap_or_default();
    format!("{}{SEPARATOR}{at}{SEPARATOR}{}", cursor.day.0, cursor.id.0)
}

fn read_cursor(text: &str) -> Option<Cursor> {
    let mut parts = text.splitn(3, SEPARATOR);
    let day = SiteDay(parts.next()?.parse().ok()?);
    let at = match parts.next()? {
        "" => None,
        at => Some(Timestamp(at.parse().ok()?)),
    };
    Some(Cursor { day, at, id: EntryId(parts.next()?.to_owned()) })
}
