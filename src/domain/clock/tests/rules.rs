//! Words that come late, twice or from two places.

use super::*;

#[test]
fn the_queue_does_not_open_what_has_ended() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.submit("a");
    day.skip(5);
    day.hold("a");
    day.show(TAB, Page::Work(entry("a")));
    day.work(TAB, 60);
    day.end("a", Ending::Gone);
    assert_eq!(day.worked("a"), (60, 60, 60, How::Seen));
    assert_eq!(day.report("a").ending, Some(Ending::Submitted));
}

#[test]
fn a_task_that_seemed_gone_is_held_when_the_site_shows_it() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.end("a", Ending::Gone);
    day.skip(30);
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (120, 120, 150, How::Seen));
    assert_eq!(day.report("a").ending, Some(Ending::Submitted));
}

#[test]
fn a_submission_that_failed_goes_on() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.submit("a");
    day.skip(1);
    day.tell(Event::Reopened(entry("a")));
    day.tell(Event::Sign(TAB));
    day.work(TAB, 30);
    day.submit("a");
    assert_eq!(day.worked("a"), (90, 90, 91, How::Seen));
}

#[test]
fn an_end_without_a_beginning_is_no_time() {
    let mut day = Script::noon();
    day.submit("a");
    day.tell(Event::Reopened(entry("a")));
    day.tell(Event::Corrected { entry: entry("a"), worked_secs: Some(5) });
    day.skip(1);
    assert_eq!(day.clock.report(&entry("a"), day.now()), None);
    // A late word of its acceptance makes it a time, but does not open it.
    let accepted_at = Some(Timestamp(NOON - 90_000));
    day.tell(Event::Held { entry: entry("a"), accepted_at, deadline: None });
    day.skip(100);
    assert_eq!(day.worked("a"), (0, 90, 90, How::HeldOnly));
}

#[test]
fn the_earliest_acceptance_counts() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    for accepted_at in [NOON - 60_000, NOON - 30_000, NOON + 1_000_000] {
        let accepted_at = Some(Timestamp(accepted_at));
        day.tell(Event::Held { entry: entry("a"), accepted_at, deadline: None });
    }
    day.work(TAB, 30);
    assert_eq!(day.worked("a"), (30, 30, 90, How::Seen));
}

#[test]
fn a_forgotten_task_expires_by_itself() {
    let mut day = Script::noon();
    let deadline = Some(Timestamp(NOON + 600_000));
    day.tell(Event::Held { entry: entry("old"), accepted_at: None, deadline });
    day.pass(10_000);
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.activate(TabId(99));
    day.pass(60);
    day.activate(TAB);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (180, 180, 180, How::PartlyElsewhere), "it no longer counts as held");
    assert_eq!(day.clock.report(&entry("old"), day.now()), None);
}

#[test]
fn a_polled_focus_outdoes_windows_until_they_speak_again() {
    let mut day = Script::noon();
    day.tell(Event::WindowFocused(None));
    day.accept("a", TAB);
    day.pass(30);
    day.tell(Event::FocusFound(TAB));
    day.pass(30);
    day.tell(Event::FocusMissing(TabId(11))); // As it should be.
    day.pass(30);
    day.tell(Event::FocusMissing(TAB));
    day.pass(30);
    day.tell(Event::WindowFocused(Some(WINDOW)));
    day.pass(30);
    day.tell(Event::FocusMissing(TAB)); // The address bar has it.
    day.pass(30);
    day.tell(Event::FocusFound(TAB));
    day.pass(30);
    assert_eq!(day.report("a").seen.total_ms, 120_000);
}

#[test]
fn a_tab_that_opens_in_a_window_behind_takes_no_focus() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.tell(Event::FocusFound(TAB));
    day.tell(Event::TabActivated { tab: TabId(20), window: WindowId(2) });
    day.pass(30);
    day.tell(Event::TabClosed(TabId(20)));
    day.tell(Event::WindowClosed(WindowId(2)));
    day.pass(30);
    assert_eq!(day.worked("a"), (60, 60, 60, How::Seen));
    day.tell(Event::TabClosed(TAB));
    day.pass(30);
    assert_eq!(day.worked("a"), (60, 60, 90, How::Seen));
}

#[test]
fn a_found_focus_outlives_what_windows_behind_do() {
    let mut day = Script::noon();
    day.tell(Event::WindowFocused(Some(WindowId(2)))); // The word that it lost the focus again is missing.
    day.skip(1);
    day.accept("a", TAB);
    day.tell(Event::FocusFound(TAB));
    day.skip(1);
    day.tell(Event::TabActivated { tab: TabId(30), window: WindowId(3) });
    day.pass(30);
    assert_eq!(day.worked("a"), (31, 31, 31, How::Seen));
}

#[test]
fn a_tab_moved_to_another_window_is_in_front_there_alone() {
    let mut day = Script::noon();
    let second = WindowId(2);
    day.accept("a", TAB);
    day.tell(Event::TabActivated { tab: TAB, window: second });
    day.pass(30);
    assert_eq!(day.report("a").seen.total_ms, 0);
    day.tell(Event::WindowFocused(Some(second)));
    day.pass(30);
    assert_eq!(day.report("a").seen.total_ms, 30_000);
}

#[test]
fn a_tab_opened_from_a_task_that_becomes_a_list_is_a_list() {
    let mut day = Script::noon();
    let opened = TabId(30);
    day.accept("a", TAB);
    day.tell(Event::TabOpened { tab: opened, opener: TAB });
    day.activate(opened);
    day.skip(1);
    day.show(opened, Page::List);
    day.work(opened, 30);
    day.show(opened, Page::Unknown);
    day.work(opened, 30);
    assert_eq!(day.report("a").seen.total_ms, 1_000, "until the list was there");
    assert_eq!(day.take_search().total_ms, 30_000);
}

#[test]
fn what_is_remembered_is_bounded_and_the_newest_stays() {
    let mut day = Script::noon();
    for number in 0..1_000 {
        let name = format!("{number:04}");
        day.hold(&name);
        day.skip(1);
        day.submit(&name);
    }
    assert_eq!(day.clock.save().tasks.len(), Saved::MOST_ENDED + 1, "the last end is not yet settled");
    assert_eq!(day.worked("0999").2, 1);
    for number in 0..1_000 {
        day.hold(&format!("open {number}"));
        day.show(TabId(1_000 + number), Page::Site);
        day.tell(Event::TabActivated { tab: TabId(1_000 + number), window: WindowId(1_000 + number) });
    }
    day.skip(1);
    let saved = {
        day.tell(Event::Heartbeat);
        day.clock.save()
    };
    assert!(saved.tasks.len() <= Saved::MOST_OPEN + Saved::MOST_ENDED);
    assert!(saved.front.active.len() <= Front::MOST_WINDOWS);
    assert!(saved.events.len() <= Saved::MOST_EVENTS);
}

#[test]
fn a_damaged_state_is_mended() {
    let wrong = Interval { from: Timestamp(9), to: Timestamp(-9) };
    let task = HeldTask {
        held_since: Some(Timestamp(i64::MAX)),
        seen: Spans { total_ms: -5, intervals: vec![wrong; 1_000] },
        pending: Away { alone_ms: i64::MIN, among_several_ms: i64::MAX },
        ..HeldTask::default()
    };
    let saved = Saved {
        now: Some(Timestamp(i64::MIN)),
        counted_to: None,
        signed_at: Some(Timestamp(i64::MAX)),
        system: System::Active,
        left: Some(entry("a")),
        tasks: [(entry("a"), task)].into(),
        ..Saved::default()
    };
    let mut clock = Clock::restore(saved);
    for at in [i64::MIN, 0, i64::MAX, NOON] {
        clock.handle(Timestamp(at), Event::FocusFound(TAB));
        clock.handle(Timestamp(at), Event::PageShown { tab: TAB, page: Page::Work(entry("a")) });
        let worked = clock.report(&entry("a"), Timestamp(at)).expect("held").worked;
        assert!(worked.low_secs <= worked.high_secs && worked.high_secs <= worked.held_secs);
    }
}

#[test]
fn a_task_that_gets_an_id_of_its_own_keeps_its_time() {
    let mut script = Script::noon();
    script.accept("task:3T", TAB);
    script.work(TAB, 60);
    script.tell(Event::TabOpened { tab: TabId(11), opener: TAB });
    for clock in [&mut script.clock, &mut script.restored] {
        clock.adopt(&entry("task:3T"), &entry("3A"));
        clock.adopt(&entry("task:unknown"), &entry("3A"));
    }
    script.work(TAB, 30);
    script.activate(TabId(11));
    script.work(TabId(11), 30);
    script.submit("3A");
    assert_eq!(script.worked("3A"), (120, 120, 120, How::Seen));
    assert_eq!(script.clock.report(&entry("task:3T"), script.now()), None);
}
