//! Work in the task's own tab.

use super::*;
use crate::domain::{Currency, Money};

#[test]
fn three_minutes_are_three_minutes() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 180);
    day.submit("a");
    assert_eq!(day.worked("a"), (180, 180, 180, How::Seen));
    let report = day.report("a");
    assert!(report.worked.teaches_pace());
    assert_eq!(report.ask_secs, None);
    assert_eq!(report.seen.intervals, [Interval { from: Timestamp(NOON), to: Timestamp(NOON + 180_000) }]);
    day.work(TAB, 60);
    assert_eq!(day.worked("a"), (180, 180, 180, How::Seen), "what comes after the end is not its own");
}

#[test]
fn of_five_queued_tasks_each_gets_its_own_minutes() {
    let mut day = Script::noon();
    let names = ["a", "b", "c", "d", "e"];
    for name in names {
        day.hold(name);
    }
    for (minutes, name) in (1..).zip(names) {
        day.accept(name, TAB);
        day.work(TAB, minutes * 60);
        day.submit(name);
    }
    let worked = names.map(|name| day.worked(name));
    let seen = |minutes: u32, held: u32| (minutes * 60, minutes * 60, held * 60, How::Seen);
    assert_eq!(worked, [seen(1, 1), seen(2, 3), seen(3, 6), seen(4, 10), seen(5, 15)]);
}

#[test]
fn five_tasks_in_five_tabs_take_turns() {
    let mut day = Script::noon();
    let tabs = [11, 12, 13, 14, 15].map(TabId);
    for tab in tabs {
        day.hold(&tab.0.to_string());
        day.show(tab, Page::Work(entry(&tab.0.to_string())));
    }
    for _ in 0..3 {
        for tab in tabs {
            day.activate(tab);
            day.work(tab, 20);
        }
    }
    for tab in tabs {
        day.submit(&tab.0.to_string());
        assert_eq!(day.worked(&tab.0.to_string()), (60, 60, 300, How::Seen));
    }
}

#[test]
fn two_windows_count_for_the_one_in_front() {
    let mut day = Script::noon();
    let (second, other) = (WindowId(2), TabId(20));
    day.accept("a", TAB);
    day.hold("b");
    day.show(other, Page::Work(entry("b")));
    day.tell(Event::TabActivated { tab: other, window: second });
    day.work(TAB, 60);
    day.tell(Event::WindowFocused(Some(second)));
    day.work(other, 90);
    // A pointer that rests on the window behind is nobody's work there.
    day.tell(Event::Sign(TAB));
    day.tell(Event::WindowFocused(Some(WINDOW)));
    day.work(TAB, 30);
    day.submit("a");
    day.submit("b");
    assert_eq!(day.worked("a"), (90, 90, 180, How::Seen));
    assert_eq!(day.worked("b"), (90, 90, 180, How::Seen));
}

#[test]
fn reading_the_list_in_between_is_search() {
    let mut day = Script::noon();
    let list = TabId(11);
    day.show(list, Page::List);
    day.activate(list);
    day.work(list, 120);
    day.activate(TAB);
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.activate(list);
    day.work(list, 30);
    day.activate(TAB);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (120, 120, 150, How::Seen));
    let search = day.take_search();
    assert_eq!((search.total_ms, search.intervals.len()), (150_000, 2));
    assert_eq!(day.take_search(), Spans::default(), "it is taken once");
}

#[test]
fn unpaid_minutes_are_kept_apart() {
    let mut day = Script::noon();
    let endings = [
        Ending::Submitted,
        Ending::Returned,
        Ending::ScreenedOut,
        Ending::Expired,
        Ending::Gone,
        Ending::Gone,
    ];
    for (number, ending) in (1_i64..).zip(endings) {
        let name = number.to_string();
        day.accept(&name, TAB);
        day.work(TAB, number * 10);
        day.end(&name, ending);
    }
    day.show(TAB, Page::Site);
    day.work(TAB, 500);
    day.show(TAB, Page::List);
    day.work(TAB, 70);
    let reports = day.clock.reports(day.now());
    let counted: Vec<_> = reports.iter().map(|report| (report.ending, report.counted_ms)).collect();
    let expected: Vec<_> =
        (1_i64..).zip(endings).map(|(number, ending)| (Some(ending), number * 10_000)).collect();
    assert_eq!(counted, expected);
    assert_eq!(day.take_search().total_ms, 70_000);
}

#[test]
fn a_pause_stops_the_clock_of_its_task_alone() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.tell(Event::Paused(entry("a")));
    assert_eq!(day.live("a"), Live { state: LiveState::Paused, worked_secs: 60, reward: None });
    day.work(TAB, 600);
    day.accept("b", TAB);
    day.work(TAB, 30);
    day.submit("b");
    day.show(TAB, Page::Work(entry("a")));
    day.tell(Event::Resumed(entry("a")));
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (120, 120, 750, How::Seen));
    assert_eq!(day.worked("b"), (30, 30, 30, How::Seen));
}

#[test]
fn what_the_worker_says_counts_and_can_be_taken_back() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.submit("a");
    day.tell(Event::Corrected { entry: entry("a"), worked_secs: Some(840) });
    assert_eq!(day.worked("a"), (840, 840, 840, How::Corrected));
    assert_eq!(day.report("a").counted_ms, 840_000);
    assert!(day.report("a").worked.teaches_pace());
    day.tell(Event::Corrected { entry: entry("a"), worked_secs: None });
    day.skip(1);
    assert_eq!(day.worked("a").3, How::Corrected, "of two words in one millisecond the longer time holds");
    day.tell(Event::Corrected { entry: entry("a"), worked_secs: None });
    assert_eq!(day.worked("a"), (60, 60, 60, How::Seen));
}

#[test]
fn the_work_page_shows_seconds_and_reward() {
    let mut day = Script::noon();
    let reward = Some(Money { micros: 250_000, currency: Currency::USD });
    day.accept("a", TAB);
    day.work(TAB, 42);
    day.skip(3);
    let live = day.clock.live(&entry("a"), reward, day.now());
    assert_eq!(live, Some(Live { state: LiveState::Running, worked_secs: 45, reward }));
    day.pass(120);
    assert_eq!(day.live("a"), Live { state: LiveState::Waiting, worked_secs: 102, reward: None });
    day.submit("a");
    assert_eq!(day.clock.live(&entry("a"), reward, day.now()), None);
}
