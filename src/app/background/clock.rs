//! The working-time clock: pages and the browser tell it, it says what the page shall show.

use super::seen::refusal;
use super::wire::{Answer, BrowserPart, ClockPart, PageHappening, Refusal};
use super::{Sender, Stores, history, words};
use crate::app::history::clock::{self as clocks, At, Heard, IsKnown, NotTold, Running};
use crate::app::history::keep::Kept;
use crate::app::history::partition;
use crate::app::screens::HistoryRead;
use crate::app::views::clock::{self as view, ClockFacts};
use crate::app::views::history::day::DayFacts;
use crate::domain::clock::{Event, Live, Page, System, TabId, WindowId};
use crate::domain::history::EntryId;
use crate::domain::{Money, Partition, Settings, Timestamp};
use crate::sites::recipe::PageKind;
use crate::sites::{self, Place};
use crate::storage::history::entry;
use crate::storage::journal::Journal;
use crate::storage::record::decode_settings;
use crate::storage::{Access, Database, Local, LocalKey};

/// The sheet of the clock.
const SHEET: &str = include_str!("../../../extension/clock.css");

/// Seconds that are told ahead: the page asks again before they are over.
const TICKS: u32 = 20;

/// When a page asks again while its time counts, so that a heartbeat is never later than 15 seconds.
const AGAIN_MS: u32 = 12_000;

/// When a page asks again that has just come, as the record of what it shows is still being written.
const SOON_MS: u32 = 1_000;

/// When the page of the queue asks again: what it shows is in minutes.
const HELD_AGAIN_MS: u32 = 30_000;

/// The seconds without input after which the browser says that nobody is there.
const QUIET_SECS: u32 = 60;

/// What a page tells.
pub(super) struct Told {
    pub(super) address: String,
    pub(super) events: Vec<PageHappening>,
    pub(super) act: Option<String>,
}

/// A page tells what happens on it, and asks what to show.
pub(super) async fn page<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    told: Told,
    sender: &Sender,
    now: Timestamp,
) -> Answer {
    let (Some(site), Some(tab)) = (sender.site(), sender.tab.map(TabId)) else {
        return words::not_understood("a clock outside tabs").into();
    };
    let settings = stores.local.get(LocalKey::Settings).await.ok().flatten();
    let settings = decode_settings(settings.as_deref()).unwrap_or_default();
    if settings.sites_off.contains(&site.0) {
        return Answer::Clock(ClockPart::default());
    }
    let whose = match clocks::whose(&stores.database, Some(&site), sender.account.as_deref()).await {
        Ok(whose) => whose,
        Err(error) => return words::store_failed(&error, WHAT).into(),
    };
    // Its own record says which task it is about, a moment later.
    let is_work = page_of(&told.address).is_none();
    let is_queue = is_queue(&told.address);
    let is_new = told.events.contains(&PageHappening::Shown);
    let told = std::rc::Rc::new(told);
    let mut part = ClockPart { on: true, ..ClockPart::default() };
    for whose in whose {
        let at = At { whose, session: sender.session.clone(), now };
        let told = std::rc::Rc::clone(&told);
        let heard = clocks::tell(&stores.database, &at, move |running| tell_page(running, tab, &told)).await;
        let heard = match heard {
            Ok(heard) => heard,
            Err(error) => return not_told(&error).into(),
        };
        let reward = reward(stores, &at.whose, &heard, tab).await;
        show(&mut part, &heard.running, tab, &Showing { settings: &settings, reward });
        if is_new && (part.watches || is_work || is_queue) {
            part.again_ms = part.again_ms.or(Some(SOON_MS));
        }
        if is_queue && settings.show_clock && part.tree.is_none() {
            show_held(&mut part, &stores.database, &at).await;
        }
        if let Err(failure) = clocks::put((&stores.database, &stores.journal), &at, heard.due).await {
            return refusal(&failure, WHAT).into();
        }
    }
    Answer::Clock(part)
}

/// The browser tells what it has in front.
pub(super) async fn browser<D: Database, L, J: Journal>(
    stores: &Stores<D, L, J>,
    told: BrowserPart,
    sender: &Sender,
    now: Timestamp,
) -> Answer {
    let all = match clocks::whose(&stores.database, None, None).await {
        Ok(all) => all,
        Err(error) => return words::store_failed(&error, WHAT).into(),
    };
    let told = std::rc::Rc::new(told);
    let mut part = ClockPart { on: true, ..ClockPart::default() };
    for whose in all {
        let at = At { whose, session: sender.session.clone(), now };
        let told = std::rc::Rc::clone(&told);
        let heard = clocks::tell(&stores.database, &at, move |running| tell_browser(running, &told)).await;
        match heard {
            Ok(heard) => {
                part.counts |= heard.running.clock.needs_heartbeat();
                part.watches |= heard.running.watches();
                let _stays_due = clocks::put((&stores.database, &stores.journal), &at, heard.due).await;
            }
            // One account's clock takes no other's with it.
            Err(NotTold::Newer(_)) => {}
            Err(error) => return not_told(&error).into(),
        }
    }
    Answer::Clock(part)
}

/// What a page showed of tasks goes to the clock. What fails here is told again by the next page.
pub(super) async fn follow<D: Database, L, J: Journal>(
    stores: &Stores<D, L, J>,
    site: &Partition,
    sender: &Sender,
    (kept, now): (Kept, Timestamp),
) {
    if kept.observed.is_empty() {
        return;
    }
    let whose = partition(site, sender.account.as_deref());
    let at = At { whose, session: sender.session.clone(), now };
    let shown = sender.tab.map(TabId).zip(kept.held);
    if let Ok(heard) = clocks::follow(&stores.database, &at, kept.observed, shown).await {
        let _stays_due = clocks::put((&stores.database, &stores.journal), &at, heard.due).await;
    }
}

const WHAT: &str = "your working time";

fn not_told(error: &NotTold) -> Refusal {
    match error {
        NotTold::Store(error) => words::store_failed(error, WHAT),
        NotTold::Newer(error) => words::record_failed(error, "The working-time clock"),
    }
}

fn tell_page(running: &mut Running, tab: TabId, told: &Told) {
    for happening in &told.events {
        let event = match happening {
            PageHappening::Shown => {
                running.ask_in(tab);
                match page_of(&told.address) {
                    Some(page) => Event::PageShown { tab, page },
                    None => continue,
                }
            }
            PageHappening::Left => Event::PageShown { tab, page: Page::Unknown },
            PageHappening::Focused => Event::FocusFound(tab),
            PageHappening::Unfocused => Event::FocusMissing(tab),
            PageHappening::Framed => Event::FrameFocused(tab),
            PageHappening::Unframed => Event::FrameBlurred(tab),
            PageHappening::Sign => Event::Sign(tab),
        };
        running.handle(event);
    }
    running.handle(Event::Heartbeat);
    let shown = running.shown_in(tab).cloned();
    match (told.act.as_deref(), shown) {
        (Some(view::PAUSE), Some(entry)) => running.handle(Event::Paused(entry)),
        (Some(view::RESUME), Some(entry)) => running.handle(Event::Resumed(entry)),
        (Some(view::TOOK), _) => running.answer(tab, IsKnown::Yes),
        (Some(view::TOOK_UNKNOWN), _) => running.answer(tab, IsKnown::No),
        (Some(view::TOOK_LESS), _) => running.offer(view::less),
        (Some(view::TOOK_MORE), _) => running.offer(view::more),
        _ => {}
    }
}

fn is_queue(address: &str) -> bool {
    let place = sites::find(&format!("https://{address}"));
    matches!(place, Place::Page(page) | Place::Record(page) if page.spec.kind == PageKind::Queue)
}

/// What is held, as the record has it a moment after the page was read.
async fn show_held<D: Database>(part: &mut ClockPart, database: &D, at: &At) {
    let mut read = HistoryRead { now: at.now, ..HistoryRead::default() };
    history::day::fill(database, &at.whose, &mut read).await;
    let held = read.held.as_ref();
    let facts = DayFacts {
        sum: None,
        head: held.map(|held| &held.head),
        late_title: held.and_then(|held| held.late_title.as_deref()),
    };
    if let Some(tree) = view::held(facts).and_then(|tree| serde_json::to_value(&tree).ok()) {
        part.tree = Some(tree);
        SHEET.clone_into(&mut part.css);
    }
    part.again_ms = Some(part.again_ms.map_or(HELD_AGAIN_MS, |sooner| sooner.min(HELD_AGAIN_MS)));
}

/// What a page is to the clock. Which task a work page is about, its own record says.
fn page_of(address: &str) -> Option<Page> {
    match sites::find(&format!("https://{address}")) {
        Place::Page(page) | Place::Record(page) => match page.spec.kind {
            PageKind::List | PageKind::Preview => Some(Page::List),
            PageKind::Queue | PageKind::StatusDay | PageKind::Dashboard => Some(Page::Site),
            PageKind::Work => None,
        },
        Place::OtherPage { .. } => Some(Page::Site),
        Place::Elsewhere => None,
    }
}

fn tell_browser(running: &mut Running, told: &BrowserPart) {
    running.handle(Event::Heartbeat);
    for (tab, opener) in &told.opened {
        running.handle(Event::TabOpened { tab: TabId(*tab), opener: TabId(*opener) });
    }
    for tab in &told.closed {
        running.handle(Event::TabClosed(TabId(*tab)));
    }
    let system = match told.system.as_deref() {
        Some("active") => Some(System::Active),
        Some("idle") => Some(System::Idle { quiet_secs: QUIET_SECS }),
        Some("locked") => Some(System::Locked),
        _ => None,
    };
    if let Some(system) = system {
        running.handle(Event::System(system));
    }
    let Some(windows) = &told.windows else { return };
    // Only what is other than before is told: a page's own word about the focus is the later one until then.
    let known = running.record.saved.front.clone();
    let is_listed = |window: WindowId| windows.iter().any(|(listed, ..)| *listed == window.0);
    for window in known.active.keys().copied().filter(|window| !is_listed(*window)) {
        running.handle(Event::WindowClosed(window));
    }
    for (window, tab, audible) in
        windows.iter().map(|(window, tab, on)| (WindowId(*window), TabId(*tab), *on))
    {
        if known.active.get(&window) != Some(&tab) {
            running.handle(Event::TabActivated { tab, window });
        }
        if known.tabs.get(&tab).is_some_and(|tab| tab.audible) != audible {
            running.handle(if audible { Event::AudibleOn(tab) } else { Event::AudibleOff(tab) });
        }
    }
    let focused = told.focused.map(WindowId).filter(|window| is_listed(*window));
    if focused != known.focused {
        running.handle(Event::WindowFocused(focused));
    }
}

struct Showing<'a> {
    settings: &'a Settings,
    reward: Option<Money>,
}

fn show(part: &mut ClockPart, running: &Running, tab: TabId, showing: &Showing<'_>) {
    part.counts |= running.clock.needs_heartbeat();
    part.watches |= running.watches();
    let front = running.record.saved.front.tab() == Some(tab);
    let live = running.live(tab).map(|(_, live)| Live { reward: showing.reward, ..live });
    let asked = running.question(tab);
    let unit = showing.settings.unit;
    let shown = live.filter(|_| showing.settings.show_clock);
    let facts = ClockFacts {
        live: shown,
        asked_secs: asked.map(|asked| asked.secs),
        says_loss: running.says_loss,
        unit,
    };
    if let Some(tree) = view::clock(&facts).and_then(|tree| serde_json::to_value(&tree).ok()) {
        part.tree = Some(tree);
        part.says = shown.map(|live| view::ticks(live, unit, TICKS)).unwrap_or_default();
        SHEET.clone_into(&mut part.css);
    }
    let beat = (front && part.counts).then_some(AGAIN_MS);
    let gone = asked.and_then(|asked| u32::try_from(asked.until.0.saturating_sub(running.now().0)).ok());
    let read = running.says_loss.then_some(AGAIN_MS);
    let later = [beat, read, gone.map(|left_ms| left_ms.saturating_add(1))].into_iter().flatten().min();
    part.again_ms = part.again_ms.or(later);
}

/// What the task of a tab's page pays, where it has a rate at all.
async fn reward<D: Database, L, J>(
    stores: &Stores<D, L, J>,
    whose: &Partition,
    heard: &Heard,
    tab: TabId,
) -> Option<Money> {
    let id: EntryId = heard.running.shown_in(tab)?.clone();
    let found = stores.database.transact(Access::Read, entry(whose.clone(), id)).await.ok()?.ok()??;
    let has_rate = found.kind.value().is_none_or(|kind| kind.has_rate());
    found.reward.value().copied().filter(|_| has_rate)
}
