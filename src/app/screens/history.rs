//! The history: which rows an event wishes to see, and the page with them.

use super::options::SEPARATOR;
use super::{Shown, split};
use crate::app::background::wire::ScreenAsk;
use crate::app::views::history::{
    self as view, AccountChoice, Filter, Hidden, HistoryFacts, Row, Standing, entry as words,
};
use crate::domain::history::{Entry, EntryId};
use crate::domain::{SiteDay, SiteZone, Timestamp};
use crate::sites;
use crate::storage::history::{Cursor, Query};

use super::search_words;
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
}

/// What was read for a [`Wish`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// The entries with the days to which they belong, newest first.
    pub entries: Vec<(SiteDay, Entry)>,
    /// Where to go on; `None` where there is nothing more.
    pub next: Option<Cursor>,
    /// What could not be read, in the worker's words without a full stop.
    pub problems: Vec<String>,
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
        };
        let (verb, rest) = split(&event.act);
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
            _ => {}
        }
        held
    }

    fn begin(&mut self, from: Option<Cursor>) {
        self.from = from;
        self.pages = 1;
        self.open = None;
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
    }
}

pub(super) fn show(event: &ScreenAsk, read: &HistoryRead) -> Shown {
    let held = Held::after(event);
    let zone = read.zone.unwrap_or(SiteZone::Utc);
    let today = zone.day_of(read.now);
    let verb = split(&event.act).0;
    // The first row that "Show more" brought gets the focus: it goes on there, also where the button is gone.
    let fresh = match verb {
        "more" if held.pages > 1 => Some((held.pages - 1) * ROWS_PER_PAGE),
        "more" => Some(0),
        _ => None,
    };
    let row = |(at, (day, entry)): (usize, &(SiteDay, Entry))| Row {
        id: entry.id().0.clone(),
        day: words::short_day(*day, today),
        title: entry.title.value().cloned(),
        requester: entry.requester_name.value().cloned(),
        pay: words::pay(entry),
        state: words::state(entry),
        tone: words::tone(entry.state()),
        details: (held.open.as_ref() == Some(entry.id())).then(|| words::details(entry, zone)),
        is_fresh: Some(at) == fresh,
    };
    let rows: Vec<Row> = read.entries.iter().enumerate().map(row).collect();
    let focus = match verb {
        "more" if rows.iter().any(|row| row.is_fresh) => Some(view::FRESH_ID),
        "newest" => Some(view::SEARCH_ID),
        _ => None,
    };
    let facts = HistoryFacts {
        today: read.today.as_ref().map(words::today),
        accounts: accounts(read),
        problems: read.problems.clone(),
        standing: standing(&held, read),
        has_more: read.next.is_some(),
        is_behind: held.from.is_some(),
        hidden: Hidden {
            account: read.account.map(|at| at.to_string()).unwrap_or_default(),
            pages: held.pages.to_string(),
            from: held.from.as_ref().map(write_cursor).unwrap_or_default(),
            next: read.next.as_ref().map(write_cursor).unwrap_or_default(),
            open: held.open.map(|id| id.0).unwrap_or_default(),
        },
        search: held.search,
        filter: held.filter,
        rows,
    };
    Shown { tree: view::history(&facts), close: false, focus }
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
