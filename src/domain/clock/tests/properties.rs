//! What holds of any sequence of events.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

/// One of a few tabs, windows and tasks, so that events meet.
fn tab() -> impl Strategy<Value = TabId> {
    (1_i64..5).prop_map(TabId)
}

fn window() -> impl Strategy<Value = WindowId> {
    (1_i64..3).prop_map(WindowId)
}

fn task() -> impl Strategy<Value = EntryId> {
    proptest::sample::select(vec!["a", "b", "c"]).prop_map(entry)
}

fn page() -> impl Strategy<Value = Page> {
    prop_oneof![4 => task().prop_map(Page::Work), 1 => Just(Page::List), 1 => Just(Page::Site), 1 => Just(Page::Unknown)]
}

fn ending() -> impl Strategy<Value = Ending> {
    use Ending::{Expired, Gone, Returned, ScreenedOut, Submitted};
    proptest::sample::select(vec![Gone, Expired, Returned, Submitted, ScreenedOut])
}

fn system() -> impl Strategy<Value = System> {
    let idle = (0_u32..200).prop_map(|quiet_secs| System::Idle { quiet_secs });
    prop_oneof![Just(System::Unknown), Just(System::Active), Just(System::Locked), idle]
}

fn held() -> impl Strategy<Value = Event> {
    let time = || proptest::option::of((NOON - 100_000..NOON + 4_000_000).prop_map(Timestamp));
    (task(), time(), time()).prop_map(|(entry, accepted_at, deadline)| Event::Held {
        entry,
        accepted_at,
        deadline,
    })
}

fn place() -> impl Strategy<Value = Event> {
    prop_oneof![
        (tab(), tab()).prop_map(|(tab, opener)| Event::TabOpened { tab, opener }),
        (tab(), page()).prop_map(|(tab, page)| Event::PageShown { tab, page }),
        tab().prop_map(Event::FocusMissing),
        tab().prop_map(Event::FocusFound),
        (tab(), window()).prop_map(|(tab, window)| Event::TabActivated { tab, window }),
        proptest::option::of(window()).prop_map(Event::WindowFocused),
        tab().prop_map(Event::FrameBlurred),
        tab().prop_map(Event::FrameFocused),
        tab().prop_map(Event::AudibleOff),
        tab().prop_map(Event::AudibleOn),
    ]
}

fn rare() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::BrowserStarted),
        window().prop_map(Event::WindowClosed),
        tab().prop_map(Event::TabClosed),
        task().prop_map(Event::Reopened),
        (task(), proptest::option::of(0_u32..5_000))
            .prop_map(|(entry, worked_secs)| Event::Corrected { entry, worked_secs }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => held(),
        10 => place(),
        1 => rare(),
        2 => system().prop_map(Event::System),
        5 => tab().prop_map(Event::Sign),
        1 => task().prop_map(Event::Paused),
        1 => task().prop_map(Event::Resumed),
        2 => (task(), ending()).prop_map(|(entry, ending)| Event::Ended { entry, ending }),
        5 => Just(Event::Heartbeat),
    ]
}

/// Milliseconds to the next event.
fn step() -> impl Strategy<Value = i64> {
    prop_oneof![2 => Just(0), 6 => 1_i64..20_000, 2 => Just(HEARTBEAT_MS), 1 => 20_000_i64..400_000]
}

/// A sequence whose time only goes forward.
fn forward() -> impl Strategy<Value = Vec<(Timestamp, Event)>> {
    vec((step(), event()), 0..120).prop_map(timed)
}

/// A sequence whose time also goes back, a little or far.
fn backward_too() -> impl Strategy<Value = Vec<(Timestamp, Event)>> {
    let step = prop_oneof![8 => step(), 1 => -30_000_i64..0, 1 => -10_000_000_i64..10_000_000];
    vec((step, event()), 0..120).prop_map(timed)
}

/// Steps after the beginning that most days have: a task is accepted in the tab in front.
fn timed(steps: Vec<(i64, Event)>) -> Vec<(Timestamp, Event)> {
    let mut now = NOON;
    let beginning = [
        Event::Held { entry: entry("a"), accepted_at: None, deadline: None },
        Event::PageShown { tab: TabId(1), page: Page::Work(entry("a")) },
        Event::TabActivated { tab: TabId(1), window: WindowId(1) },
        Event::WindowFocused(Some(WindowId(1))),
    ];
    let timed = beginning.into_iter().map(|event| (0, event)).chain(steps).map(|(step, event)| {
        now += step;
        (Timestamp(now), event)
    });
    timed.collect()
}

fn run(events: &[(Timestamp, Event)]) -> Clock {
    let mut clock = Clock::new();
    for (at, event) in events {
        clock.handle(*at, event.clone());
    }
    clock
}

fn end_of(events: &[(Timestamp, Event)]) -> Timestamp {
    events.iter().map(|(at, _)| *at).max().unwrap_or_default()
}

/// Everything measured: of tasks and on lists.
fn spans(clock: &Clock, at: Timestamp) -> Vec<Spans> {
    let mut spans: Vec<Spans> = clock.reports(at).into_iter().map(|report| report.seen).collect();
    spans.push(clock.clone().take_search(at));
    spans
}

fn total_ms(spans: &[Spans]) -> i64 {
    spans.iter().map(|spans| spans.total_ms).sum()
}

fn assert_in_order(clock: &Clock, at: Timestamp) {
    for report in clock.reports(at) {
        let worked = report.worked;
        assert!(worked.low_secs <= worked.high_secs && worked.high_secs <= worked.held_secs, "{report:?}");
        assert!(report.counted_ms >= 0 && report.seen.unlisted_ms() >= 0, "{report:?}");
        assert!(report.ask_secs.is_none_or(|secs| secs <= worked.held_secs), "{report:?}");
    }
}

proptest! {
    #[test]
    fn never_more_than_the_time_there_was(events in forward()) {
        let at = end_of(&events);
        let spans = spans(&run(&events), at);
        prop_assert!(total_ms(&spans) <= at.0 - events[0].0.0);
    }

    #[test]
    fn one_thing_at_a_time(events in forward()) {
        let mut intervals: Vec<Interval> = spans(&run(&events), end_of(&events))
            .into_iter()
            .flat_map(|spans| spans.intervals)
            .collect();
        intervals.sort();
        for pair in intervals.windows(2) {
            prop_assert!(pair[0].to <= pair[1].from, "{pair:?}");
        }
    }

    #[test]
    fn ranges_are_in_order_whatever_time_does(events in backward_too()) {
        let mut clock = Clock::new();
        for (at, event) in &events {
            clock.handle(*at, event.clone());
            assert_in_order(&clock, *at);
        }
        // Steps forward alone bring time.
        let steps = events.windows(2).map(|pair| (pair[1].0.0 - pair[0].0.0).max(0));
        prop_assert!(total_ms(&spans(&clock, events[events.len() - 1].0)) <= steps.sum());
    }

    #[test]
    fn the_order_within_a_millisecond_changes_nothing(
        events in vec((step(), vec(event(), 1..4)), 1..60),
        turns in vec(0_usize..4, 60),
    ) {
        let flat = |turned: bool| -> Vec<(Timestamp, Event)> {
            let mut now = NOON;
            let mut flat = Vec::new();
            for ((step, group), turn) in events.iter().zip(&turns) {
                now += step + 1;
                let mut group = group.clone();
                if turned {
                    let middle = turn % group.len();
                    group.rotate_left(middle);
                }
                flat.extend(group.into_iter().map(|event| (Timestamp(now), event)));
            }
            flat
        };
        prop_assert_eq!(run(&flat(true)), run(&flat(false)));
    }

    #[test]
    fn an_event_told_twice_is_told_once(events in forward()) {
        let twice: Vec<_> = events.iter().flat_map(|event| [event.clone(), event.clone()]).collect();
        prop_assert_eq!(run(&twice), run(&events));
    }

    #[test]
    fn restoring_after_every_event_changes_nothing(events in backward_too()) {
        let mut restored = Clock::new();
        for (at, event) in &events {
            restored = Clock::restore(restored.save());
            restored.handle(*at, event.clone());
        }
        prop_assert_eq!(restored, run(&events));
    }

    /// A heartbeat is no sign of anything but that somebody watches.
    /// But it does say until when: before the browser's end, and around a deadline, finer ones are more exact.
    #[test]
    fn more_heartbeats_change_nothing(mut events in forward()) {
        for (_, event) in &mut events {
            match event {
                Event::Held { deadline, .. } => *deadline = None,
                Event::BrowserStarted => *event = Event::Heartbeat,
                _ => {}
            }
        }
        let mut more = Vec::new();
        let mut before = events[0].0;
        for (at, event) in &events {
            let gap = at.0 - before.0;
            if (2..=MISSED_MS).contains(&gap) {
                more.push((Timestamp(before.0 + gap / 2), Event::Heartbeat));
            }
            more.push((*at, event.clone()));
            before = *at;
        }
        let at = end_of(&events);
        prop_assert_eq!(run(&more).reports(at), run(&events).reports(at));
    }

    /// Asking changes nothing, and a question later is never answered with less.
    #[test]
    fn asking_is_free(events in forward(), later_ms in 0_i64..100_000) {
        let clock = run(&events);
        let at = end_of(&events);
        let later = Timestamp(at.0 + later_ms);
        for (before, after) in clock.reports(at).iter().zip(clock.reports(later)) {
            prop_assert!(before.seen.total_ms <= after.seen.total_ms);
            prop_assert_eq!(after.seen.total_ms, clock.report(&after.entry, later).unwrap().seen.total_ms);
        }
        prop_assert_eq!(clock, run(&events));
    }
}

/// The properties above say something: most sequences measure work, some of it elsewhere.
#[test]
fn sequences_do_measure_something() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let (mut measured, mut hows) = (0, std::collections::BTreeSet::new());
    for _ in 0..200 {
        let events = forward().new_tree(&mut runner).unwrap().current();
        let at = end_of(&events);
        let clock = run(&events);
        measured += i32::from(total_ms(&spans(&clock, at)) > 0);
        hows.extend(clock.reports(at).iter().map(|report| report.worked.how));
    }
    assert!(measured > 100, "only {measured} of 200");
    assert_eq!(hows.len(), 5, "{hows:?}");
}

/// A hundred thousand events of unknown tabs, windows and tasks at mad times: what is kept stays
/// small, so that the last event costs no more than the first.
#[test]
fn a_flood_of_events_leaves_little_behind() {
    let mut clock = Clock::new();
    let mut seed = 1_u64;
    for number in 0_i64..100_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let draw = seed >> 33;
        let (tab, window) = (TabId(number), WindowId(number % 5_000));
        let entry = entry(&(number % 9_000).to_string());
        let event = match draw % 11 {
            0 => Event::TabActivated { tab, window },
            1 => Event::WindowFocused(Some(window)),
            2 => Event::PageShown { tab, page: Page::Work(entry) },
            3 => Event::AudibleOn(tab),
            4 => Event::TabOpened { tab, opener: TabId(number - 1) },
            5 => Event::FocusFound(TabId(number - 3)),
            6 | 7 => Event::Held { entry, accepted_at: None, deadline: None },
            8 => Event::Ended { entry, ending: Ending::Submitted },
            9 => Event::Corrected { entry, worked_secs: Some(u32::MAX) },
            _ => Event::Sign(tab),
        };
        // Many in one millisecond, some far ahead, some far back.
        let at = NOON + number / 700 * 1_000 + if draw.is_multiple_of(997) { 1 << (draw % 60) } else { 0 };
        clock.handle(Timestamp(at), event);
    }
    let saved = clock.save();
    assert!(saved.events.len() <= Saved::MOST_EVENTS);
    assert!(saved.front.tabs.len() <= Front::MOST_TABS);
    assert!(saved.front.active.len() <= Front::MOST_WINDOWS);
    assert!(saved.tasks.len() <= Saved::MOST_OPEN + Saved::MOST_ENDED);
    assert!(saved.search.intervals.len() <= Spans::MOST);
    assert_in_order(&clock, Timestamp(NOON));
}
