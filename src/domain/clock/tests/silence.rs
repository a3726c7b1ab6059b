//! Whether somebody is there.

use super::*;

/// A task in front whose last sign of life is now, with the focus in its frame or not.
fn at_work(is_in_frame: bool) -> Script {
    let mut day = Script::noon();
    day.accept("a", TAB);
    if is_in_frame {
        day.tell(Event::FrameFocused(TAB));
    }
    day
}

#[test]
fn in_the_frame_four_silent_minutes_are_reading() {
    let mut day = at_work(true);
    day.pass(240);
    day.tell(Event::Sign(TAB));
    day.submit("a");
    assert_eq!(day.worked("a"), (240, 240, 240, How::Seen));
}

#[test]
fn in_the_frame_the_sixth_silent_minute_is_not() {
    let mut day = at_work(true);
    day.pass(360);
    day.tell(Event::Sign(TAB));
    day.pass(10);
    day.submit("a");
    assert_eq!(day.worked("a"), (310, 310, 370, How::Seen));
}

#[test]
fn elsewhere_on_the_page_silence_counts_for_a_minute() {
    let mut day = at_work(false);
    day.pass(240);
    day.tell(Event::Sign(TAB));
    day.submit("a");
    assert_eq!(day.worked("a"), (60, 60, 240, How::Seen));
}

#[test]
fn losing_the_frame_ends_reading_and_is_a_sign_itself() {
    let mut day = at_work(true);
    day.pass(200);
    day.tell(Event::FrameBlurred(TAB));
    day.pass(200);
    day.submit("a");
    assert_eq!(day.worked("a"), (260, 260, 400, How::Seen));
}

#[test]
fn while_the_system_is_used_there_is_no_silence() {
    let mut day = at_work(false);
    day.tell(Event::System(System::Active));
    day.pass(600);
    // Quiet for a minute by now: the minute is the one that silence may last anyway.
    day.tell(Event::System(System::Idle { quiet_secs: 60 }));
    day.pass(600);
    day.tell(Event::System(System::Active));
    day.pass(30);
    day.submit("a");
    assert_eq!(day.worked("a"), (630, 630, 1_230, How::Seen));
}

#[test]
fn a_system_asked_again_and_again_gives_no_sign() {
    let mut day = at_work(false);
    for _ in 0..40 {
        day.tell(Event::System(System::Active));
        day.pass(15);
    }
    day.tell(Event::System(System::Idle { quiet_secs: 60 }));
    day.pass(600);
    day.submit("a");
    assert_eq!(day.worked("a"), (600, 600, 1_200, How::Seen));
}

#[test]
fn in_the_frame_an_idle_system_leaves_the_rest_of_five_minutes() {
    let mut day = at_work(true);
    day.tell(Event::System(System::Active));
    day.pass(600);
    day.tell(Event::System(System::Idle { quiet_secs: 60 }));
    day.pass(15);
    day.tell(Event::System(System::Idle { quiet_secs: 15 })); // Told again: no new input.
    day.pass(585);
    day.submit("a");
    assert_eq!(day.worked("a"), (840, 840, 1_200, How::Seen));
}

#[test]
fn behind_a_locked_screen_nobody_works() {
    let mut day = at_work(true);
    day.tell(Event::AudibleOn(TAB));
    day.pass(60);
    day.tell(Event::System(System::Locked));
    day.pass(600);
    // A sign of life proves that the word of its unlocking was missed.
    day.tell(Event::Sign(TAB));
    day.pass(30);
    day.submit("a");
    assert_eq!(day.worked("a"), (90, 90, 690, How::Seen));
}

#[test]
fn a_video_in_the_tasks_tab_is_watched() {
    let mut day = at_work(false);
    day.tell(Event::AudibleOn(TAB));
    day.pass(30);
    day.tell(Event::System(System::Idle { quiet_secs: 15 }));
    day.pass(570);
    day.tell(Event::AudibleOff(TAB));
    day.tell(Event::Sign(TAB));
    day.submit("a");
    assert_eq!(day.worked("a"), (600, 600, 600, How::Seen));
}

#[test]
fn music_in_a_tab_behind_is_no_sign_of_life() {
    let mut day = at_work(false);
    day.tell(Event::AudibleOn(TabId(99)));
    day.pass(600);
    day.submit("a");
    assert_eq!(day.worked("a"), (60, 60, 600, How::Seen));
}

#[test]
fn a_list_left_open_is_no_search() {
    let mut day = Script::noon();
    day.show(TAB, Page::List);
    day.tell(Event::Sign(TAB));
    day.pass(3_600);
    assert_eq!(day.take_search().total_ms, 60_000);
    assert!(!day.clock.needs_heartbeat());
}

#[test]
fn a_pointer_over_a_tab_behind_is_no_sign_of_life() {
    let mut day = at_work(false);
    day.work(TabId(99), 300);
    day.submit("a");
    assert_eq!(day.worked("a"), (60, 60, 300, How::Seen));
}

#[test]
fn the_next_task_begins_outside_its_frame() {
    let mut day = at_work(true);
    day.pass(100);
    day.submit("a");
    day.accept("b", TAB);
    day.pass(200);
    day.submit("b");
    assert_eq!(day.worked("b"), (60, 60, 200, How::Seen));
}
