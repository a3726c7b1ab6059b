//! Work where we cannot look.

use super::*;

const SURVEY: TabId = TabId(30);

/// A task's page that opens a survey in another tab, named as its child.
fn survey_from_the_frame(system: System) -> Script {
    let mut day = Script::noon();
    day.tell(Event::System(system));
    day.accept("a", TAB);
    day.work(TAB, 20);
    day.tell(Event::TabOpened { tab: SURVEY, opener: TAB });
    day.activate(SURVEY);
    day
}

/// Something unknown in front for a while, then the task again.
fn leave_for(day: &mut Script, tab: TabId, secs: i64) {
    day.activate(SURVEY);
    day.pass(secs);
    day.activate(tab);
}

#[test]
fn a_survey_opened_from_the_task_is_seen() {
    let mut day = survey_from_the_frame(System::Active);
    assert_eq!(day.live("a").state, LiveState::Running);
    day.pass(900);
    // A page further on, in a tab of its own.
    let next = TabId(31);
    day.tell(Event::TabOpened { tab: next, opener: SURVEY });
    day.activate(next);
    day.pass(60);
    day.activate(TAB);
    day.work(TAB, 20);
    day.submit("a");
    assert_eq!(day.worked("a"), (1_000, 1_000, 1_000, How::Seen));
}

#[test]
fn a_survey_belongs_to_the_task_it_was_opened_from() {
    let mut day = survey_from_the_frame(System::Active);
    day.pass(60);
    day.activate(TAB);
    day.submit("a");
    day.accept("b", TAB);
    day.work(TAB, 40);
    // The old survey's tab is nobody's work now, and not time away from the new task either.
    day.activate(SURVEY);
    day.pass(300);
    day.activate(TAB);
    day.work(TAB, 20);
    day.submit("b");
    assert_eq!(day.worked("a"), (80, 80, 80, How::Seen));
    assert_eq!(day.worked("b"), (60, 60, 360, How::Seen));
}

#[test]
fn without_the_systems_word_a_survey_is_only_partly_seen() {
    let mut day = survey_from_the_frame(System::Unknown);
    day.pass(900);
    assert_eq!(day.live("a").state, LiveState::Waiting);
    day.activate(TAB);
    day.work(TAB, 20);
    day.submit("a");
    // The first minute is seen; the rest counts because the worker came back and handed in.
    assert_eq!(day.worked("a"), (940, 940, 940, How::PartlyElsewhere));
    assert_eq!(day.report("a").seen.total_ms, 100_000);
}

#[test]
fn time_away_with_one_task_held_counts_and_is_marked() {
    let mut day = Script::noon();
    day.tell(Event::System(System::Active));
    day.accept("a", TAB);
    day.work(TAB, 20);
    leave_for(&mut day, TAB, 600);
    day.work(TAB, 30);
    assert_eq!(day.live("a").worked_secs, 650);
    day.submit("a");
    assert_eq!(day.worked("a"), (650, 650, 650, How::PartlyElsewhere));
    assert!(!day.report("a").worked.teaches_pace());
    assert_eq!(day.report("a").ask_secs, None);
}

#[test]
fn another_program_is_as_unknown_as_another_tab() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 20);
    day.tell(Event::WindowFocused(None));
    day.pass(300);
    day.tell(Event::WindowFocused(Some(WINDOW)));
    day.work(TAB, 10);
    day.submit("a");
    assert_eq!(day.worked("a"), (330, 330, 330, How::PartlyElsewhere));
}

#[test]
fn time_away_counts_only_after_coming_back() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 20);
    day.activate(SURVEY);
    day.pass(300);
    assert_eq!(day.worked("a"), (20, 20, 320, How::Seen));
    day.submit("a");
    assert_eq!(day.worked("a"), (20, 20, 320, How::Seen));
}

#[test]
fn of_a_returned_task_time_away_only_widens_the_range() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 20);
    leave_for(&mut day, TAB, 300);
    day.work(TAB, 10);
    day.end("a", Ending::Returned);
    assert_eq!(day.worked("a"), (30, 330, 330, How::PartlyElsewhere));
    assert_eq!(day.report("a").counted_ms, 30_000);
}

#[test]
fn an_idle_or_locked_system_is_not_away_at_work() {
    for system in [System::Idle { quiet_secs: 60 }, System::Locked] {
        let mut day = Script::noon();
        day.tell(Event::System(System::Active));
        day.accept("a", TAB);
        day.work(TAB, 60);
        day.activate(SURVEY);
        day.pass(120);
        day.tell(Event::System(system));
        assert!(!day.clock.needs_heartbeat());
        for _ in 0..120 {
            day.skip(15);
            day.tell(Event::Heartbeat); // Not asked for, and no proof of work.
        }
        day.tell(Event::System(System::Active));
        day.activate(TAB);
        day.work(TAB, 20);
        day.submit("a");
        assert_eq!(day.worked("a"), (200, 200, 2_000, How::PartlyElsewhere));
    }
}

#[test]
fn with_several_held_the_range_is_wide_and_a_time_is_offered() {
    let mut day = Script::noon();
    day.hold("b");
    day.pass(60);
    day.accept("a", TAB);
    day.work(TAB, 120);
    leave_for(&mut day, TAB, 600);
    day.work(TAB, 120);
    day.submit("a");
    day.accept("b", TAB);
    day.work(TAB, 60);
    day.submit("b");
    assert_eq!(day.worked("a"), (240, 840, 840, How::SeveralHeld));
    assert_eq!(day.report("a").ask_secs, Some(840));
    assert_eq!(day.report("a").counted_ms, 240_000);
    assert_eq!(day.worked("b"), (60, 60, 960, How::Seen), "nobody left from it");
    assert_eq!(day.report("b").ask_secs, None);
    day.tell(Event::Corrected { entry: entry("a"), worked_secs: Some(300) });
    assert_eq!(day.worked("a"), (300, 300, 840, How::Corrected));
    assert_eq!(day.report("a").ask_secs, None, "asked once");
}

#[test]
fn the_offered_time_leaves_out_other_tasks_and_lists() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.accept("b", TAB);
    day.work(TAB, 300);
    day.show(TAB, Page::List);
    day.work(TAB, 200);
    day.show(TAB, Page::Work(entry("a")));
    day.work(TAB, 60);
    leave_for(&mut day, TAB, 120);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (180, 800, 800, How::SeveralHeld));
    assert_eq!(day.report("a").ask_secs, Some(300));
}

#[test]
fn a_paused_task_makes_no_other_uncertain() {
    let mut day = Script::noon();
    day.hold("b");
    day.tell(Event::Paused(entry("b")));
    day.accept("a", TAB);
    day.work(TAB, 60);
    leave_for(&mut day, TAB, 60);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (180, 180, 180, How::PartlyElsewhere));
}

#[test]
fn a_glance_elsewhere_is_nothing() {
    for others in ["", "b"] {
        let mut day = Script::noon();
        if !others.is_empty() {
            day.hold(others);
        }
        day.accept("a", TAB);
        day.work(TAB, 60);
        leave_for(&mut day, TAB, 5);
        day.work(TAB, 60);
        day.submit("a");
        assert_eq!(day.worked("a"), (120, 120, 125, How::Seen));
        assert_eq!(day.report("a").counted_ms, 120_000);
    }
}

#[test]
fn the_sites_own_pages_are_not_time_away() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 60);
    day.show(SURVEY, Page::Site);
    leave_for(&mut day, TAB, 60);
    day.work(TAB, 60);
    day.submit("a");
    assert_eq!(day.worked("a"), (120, 120, 180, How::Seen));
}

#[test]
fn a_task_never_in_front_is_only_held() {
    let mut day = Script::noon();
    day.hold("a");
    day.pass(300);
    day.submit("a");
    assert_eq!(day.worked("a"), (0, 300, 300, How::HeldOnly));
}

#[test]
fn a_task_that_leads_away_in_its_own_tab_is_partly_elsewhere() {
    let mut day = Script::noon();
    day.accept("a", TAB);
    day.work(TAB, 30);
    day.show(TAB, Page::Unknown);
    day.pass(240);
    day.show(TAB, Page::Work(entry("a")));
    day.work(TAB, 30);
    day.submit("a");
    assert_eq!(day.worked("a"), (300, 300, 300, How::PartlyElsewhere));
}
