//! What a row remembers of tasks like it.

use super::*;
use ServerState::{Approved, Paid, Rejected, Submitted};

fn tally(said: &[(i32, StateWord)]) -> Tally {
    let mut tally = Tally::new();
    for (day, said) in said {
        let source = if matches!(said, StateWord::Server(_)) { Source::StatusPage } else { Source::Worker };
        tally.add(&entry_of(&[observed(1, source, vec![Fact::State(*said), Fact::SiteDay(SiteDay(*day))])]));
    }
    tally
}

fn server(day: i32, state: ServerState) -> (i32, StateWord) {
    (day, StateWord::Server(state))
}

fn returned(day: i32, reason: ReturnReason) -> (i32, StateWord) {
    (day, StateWord::Returned(Some(reason)))
}

const ALL_WORDS: [RepeatWords; 3] = [RepeatWords::Plain, RepeatWords::Survey, RepeatWords::OneTime];

#[test]
fn a_title_never_done_says_nothing() {
    for words in ALL_WORDS {
        assert_eq!(memory_of_title(&Tally::new(), words), Memory::Nothing);
        assert_eq!(
            memory_of_title(&tally(&[(1, StateWord::Held), (1, StateWord::Expired)]), words),
            Memory::Nothing
        );
    }
}

#[test]
fn done_once_warns_only_where_words_say_so() {
    let once = tally(&[server(7, Approved)]);
    let last = Some(LastTime { day: SiteDay(7), state: State::Approved });
    assert_eq!(memory_of_title(&once, RepeatWords::Plain), Memory::Done { count: 1, last });
    for why in [RepeatWords::Survey, RepeatWords::OneTime] {
        assert_eq!(memory_of_title(&once, why), Memory::Warn { why, count: 1, last });
    }
    let pending = tally(&[server(7, Submitted)]);
    assert!(matches!(memory_of_title(&pending, RepeatWords::OneTime), Memory::Warn { count: 1, .. }));
}

#[test]
fn after_two_approvals_it_is_a_batch_and_never_a_warning() {
    let batch = tally(&[server(1, Approved), server(2, Paid), server(3, Submitted)]);
    for words in ALL_WORDS {
        assert_eq!(memory_of_title(&batch, words), Memory::Batch { count: 3 });
        let with_rejection = tally(&[server(1, Paid), server(2, Paid), server(3, Paid), server(4, Rejected)]);
        let memory = memory_of_title(&with_rejection, words);
        assert_eq!(memory, Memory::Rejected { rejected: 1, of: 4, caution: Caution::Know });
    }
}

#[test]
fn an_earlier_rejection_is_the_worst_news() {
    let rejected = tally(&[server(1, Rejected), server(2, Paid), returned(3, ReturnReason::Broken)]);
    for words in ALL_WORDS {
        let memory = memory_of_title(&rejected, words);
        assert_eq!(memory, Memory::Rejected { rejected: 1, of: 2, caution: Caution::Warn });
    }
}

#[test]
fn an_overturned_rejection_is_no_rejection() {
    let mut entry = entry_of(&[word(1, Source::StatusPage, StateWord::Server(Rejected))]);
    entry.merge(&word(2, Source::StatusPage, StateWord::Server(Paid)));
    let mut tally = Tally::new();
    tally.add(&entry);
    assert_eq!(tally.overturned, 1);
    assert_eq!(memory_of_title(&tally, RepeatWords::Plain), Memory::Done { count: 1, last: None });
}

#[test]
fn own_returns_say_the_worst_reason() {
    let underpaid = ReturnReason::Underpaid(Percent::new(40));
    let memory = |said: &[(i32, StateWord)]| memory_of_title(&tally(said), RepeatWords::Plain);
    assert_eq!(memory(&[returned(1, underpaid)]), Memory::Returned { reason: underpaid, count: 1 });
    let other = ReturnReason::Underpaid(Percent::new(90));
    let often = [returned(1, other), returned(2, underpaid), returned(3, underpaid)];
    assert_eq!(memory(&often), Memory::Returned { reason: underpaid, count: 3 });
    let screened = [returned(1, underpaid), (2, StateWord::ScreenedOut)];
    assert_eq!(memory(&screened), Memory::Returned { reason: ReturnReason::UnpaidScreener, count: 2 });
    let broken = [returned(1, underpaid), (2, StateWord::ScreenedOut), returned(2, ReturnReason::Broken)];
    assert_eq!(memory(&broken), Memory::Returned { reason: ReturnReason::Broken, count: 3 });
    assert_eq!(memory(&[returned(1, ReturnReason::Other), (1, StateWord::Returned(None))]), Memory::Nothing);
}

#[test]
fn a_return_bears_on_a_batch_only_when_it_came_last() {
    let batch = [server(5, Paid), server(6, Paid)];
    let old = [&batch[..], &[returned(2, ReturnReason::Broken)]].concat();
    assert_eq!(memory_of_title(&tally(&old), RepeatWords::Plain), Memory::Batch { count: 2 });
    let new = [&batch[..], &[returned(6, ReturnReason::Broken)]].concat();
    let memory = Memory::Returned { reason: ReturnReason::Broken, count: 1 };
    assert_eq!(memory_of_title(&tally(&new), RepeatWords::Plain), memory);
}

#[test]
fn a_requester_is_counted_and_never_warned_of() {
    assert_eq!(memory_of_requester(&Tally::new()), Memory::Nothing);
    let done =
        tally(&[server(1, Paid), server(2, Paid), server(4, Submitted), returned(4, ReturnReason::Broken)]);
    let last = Some(LastTime { day: SiteDay(4), state: State::Pending });
    assert_eq!(memory_of_requester(&done), Memory::Done { count: 3, last });
    let rejected = tally(&[server(1, Rejected)]);
    assert_eq!(
        memory_of_requester(&rejected),
        Memory::Rejected { rejected: 1, of: 1, caution: Caution::Know }
    );
    let given_back = tally(&[(4, StateWord::ScreenedOut)]);
    assert!(matches!(
        memory_of_requester(&given_back),
        Memory::Returned { reason: ReturnReason::UnpaidScreener, .. }
    ));
}
