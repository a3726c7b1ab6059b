//! Time nobody watched, and time that is not what it seems.

use super::*;

#[test]
fn two_hours_of_sleep_are_not_work() {
    let mut day = Script::noon();
    day.tell(Event::System(System::Active));
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.skip(7_200);
    day.tell(Event::Heartbeat);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (120, 120, 7_320, How::Seen));
    let intervals = day.report("a").seen.intervals;
    let ends: Vec<i64> = intervals.iter().map(|interval| (interval.to.0 - NOON) / 1_000).collect();
    assert_eq!(ends, [60, 7_320]);
}

#[test]
fn sleep_while_away_is_not_work_either() {
    let mut day = Script::noon();
    day.tell(Event::System(System::Active));
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.activate(TabId(99));
    day.pass(30);
    day.skip(7_200);
    day.tell(Event::Heartbeat);
    day.pass(30);
    day.activate(TAB);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (180, 180, 7_380, How::PartlyElsewhere));
}

#[test]
fn a_missed_heartbeat_ends_what_is_open() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.tell(Event::System(System::Active));
    day.skip(MISSED_MS / 1_000);
    day.tell(Event::Heartbeat);
    assert_eq!(day.worked("a"), (35, 35, 35, How::Seen));
    day.skip(MISSED_MS / 1_000 + 1);
    assert_eq!(day.worked("a"), (35, 35, 71, How::Seen));
    day.tell(Event::Heartbeat);
    assert_eq!(day.worked("a"), (35, 35, 71, How::Seen));
}

#[test]
fn a_crash_ends_what_is_open_at_the_last_heartbeat() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.tell(Event::System(System::Active));
    day.pass(60);
    // Everything after the last heartbeat is lost; the browser is back soon, with new tabs.
    day.skip(20);
    let (tab, window) = (TabId(77), WindowId(7));
    day.tell(Event::PageShown { tab, page: Page::Work(entry("a")) });
    day.tell(Event::BrowserStarted);
    day.tell(Event::TabActivated { tab, window });
    day.tell(Event::WindowFocused(Some(window)));
    day.work(tab, 30);
    day.submit("a");
    assert_eq!(day.worked("a"), (90, 90, 110, How::Seen));
}

#[test]
fn an_old_tab_number_means_nothing_in_a_new_browser() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.skip(600);
    day.tell(Event::BrowserStarted);
    day.tell(Event::TabActivated { tab: TAB, window: WINDOW });
    day.tell(Event::WindowFocused(Some(WINDOW)));
    day.skip(1);
    day.tell(Event::Sign(TAB));
    day.skip(9);
    assert_eq!(day.worked("a"), (60, 60, 670, How::Seen));
}

#[test]
fn midnight_and_both_daylight_saving_nights_are_minutes_like_others() {
    let midnight_utc = 1_781_481_600_000;
    let midnight_pacific = 1_781_593_200_000;
    let spring_forward = 1_772_964_000_000;
    let fall_back = 1_793_523_600_000;
    for moment in [midnight_utc, midnight_pacific, spring_forward, fall_back] {
        let mut day = Script::starting_at(moment - 90_000);
        day.accept("a", TAB);
        day.work(TAB, 180);
        day.submit("a");
        assert_eq!(day.worked("a"), (180, 180, 180, How::Seen));
        let whole = Interval { from: Timestamp(moment - 90_000), to: Timestamp(moment + 90_000) };
        assert_eq!(day.report("a").seen.intervals, [whole]);
    }
}

#[test]
fn a_clock_set_back_goes_on_from_there() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.skip(-3_600);
    day.work(TAB, 60);
    day.submit("a");
    // The first ten seconds after the jump are lost with it.
    assert_eq!(day.worked("a"), (110, 110, 110, How::Seen));
}

#[test]
fn a_clock_set_forward_loses_the_step_alone() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.skip(3_600);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (110, 110, 3_720, How::Seen));
}

#[test]
fn one_word_from_the_far_future_does_not_stop_the_clock() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.clock.handle(Timestamp(i64::MAX), Event::Heartbeat);
    day.restored = day.clock.clone();
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (110, 110, 120, How::Seen));
}

#[test]
fn a_late_word_counts_as_of_now() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.skip(-20);
    day.tell(Event::WindowFocused(None));
    day.skip(20);
    day.pass(10);
    assert_eq!(day.worked("a"), (60, 60, 70, How::Seen));
}
