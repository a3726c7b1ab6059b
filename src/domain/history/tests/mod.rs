//! What holds of the history whatever is observed, and the cases its rules were made for.

mod accounts;
mod day_bonus;
mod held;
mod likeness;
mod order;
mod states;

use proptest::prelude::*;

use super::*;
use crate::domain::{Currency, Kind, Money, RequesterId, SiteDay, TaskId, Timestamp};

const EUR: &str = "EUR";

fn usd(micros: i64) -> Money {
    Money { micros, currency: Currency::USD }
}

fn eur(micros: i64) -> Money {
    Money { micros, currency: Currency::from_code(EUR).unwrap() }
}

fn id(text: &str) -> EntryId {
    EntryId(text.to_owned())
}

fn origin(seen_at: i64, source: Source) -> Origin {
    Origin { seen_at: Timestamp(seen_at), source }
}

fn observed(seen_at: i64, source: Source, facts: Vec<Fact>) -> Observation {
    Observation { id: id("3A"), seen_at: Timestamp(seen_at), source, facts }
}

fn word(seen_at: i64, source: Source, word: StateWord) -> Observation {
    observed(seen_at, source, vec![Fact::State(word)])
}

fn entry_of(observations: &[Observation]) -> Entry {
    let mut entry = Entry::new(id("3A"));
    for observation in observations {
        entry.merge(observation);
    }
    entry
}

const SOURCES: [Source; 12] = [
    Source::WorkPage,
    Source::SubmitMessage,
    Source::SubmitAlert,
    Source::ReturnForm,
    Source::ReturnAlert,
    Source::ExpiryAlert,
    Source::Queue,
    Source::StatusPage,
    Source::Reconcile,
    Source::Clock,
    Source::Worker,
    Source::Import,
];

fn words() -> Vec<StateWord> {
    let mut words = vec![
        StateWord::Held,
        StateWord::Submitted,
        StateWord::SubmitFailed,
        StateWord::Expired,
        StateWord::Gone,
        StateWord::ScreenedOut,
        StateWord::Returned(None),
        StateWord::Returned(Some(ReturnReason::Other)),
        StateWord::Returned(Some(ReturnReason::Broken)),
        StateWord::Returned(Some(ReturnReason::UnpaidScreener)),
        StateWord::Returned(Some(ReturnReason::Underpaid(Percent::new(40)))),
    ];
    let server = [ServerState::Submitted, ServerState::Rejected, ServerState::Approved, ServerState::Paid];
    words.extend(server.map(StateWord::Server));
    words
}

fn moneys() -> impl Strategy<Value = Money> {
    let micros = prop_oneof![4 => 0..4_i64, 1 => prop::sample::select(vec![-1, i64::MIN, i64::MAX])];
    (micros, any::<bool>()).prop_map(|(micros, dollars)| if dollars { usd(micros) } else { eur(micros) })
}

/// A fact from two numbers: few values and few moments, so that ties are the normal case.
///
/// By hand, as a strategy for each kind of fact took many times as long.
fn fact_of(kind: u8, value: u16) -> Fact {
    let text = || ["", "a", "b"][usize::from(value % 3)].to_owned();
    let small = u32::from(value % 3);
    let moment = Timestamp(i64::from(small));
    let amount = || {
        let micros = [0, 1, 2, 3, 4, -1, i64::MIN, i64::MAX][usize::from(value % 8)];
        if (value / 8).is_multiple_of(2) { usd(micros) } else { eur(micros) }
    };
    match kind {
        0..8 => Fact::State(words()[usize::from(value) % words().len()]),
        8..11 => Fact::Reward(amount()),
        11..13 => Fact::Bonus(amount()),
        13..15 => Fact::SiteDay(SiteDay(i32::from(value % 12))),
        15..17 => {
            let how = [How::Seen, How::PartlyElsewhere, How::Corrected][usize::from(value / 27 % 3)];
            Fact::Worked(Worked::new(small, u32::from(value / 3 % 3), u32::from(value / 9 % 3), how))
        }
        17 => {
            let id = (value / 3).is_multiple_of(2).then(|| RequesterId("A1".to_owned()));
            Fact::Requester { id, name: text() }
        }
        18 => Fact::TaskId(TaskId(text())),
        19 => Fact::GroupId(TaskId(text())),
        20 => Fact::Title(text()),
        21 => Fact::Description(text()),
        22 => Fact::Requirements(text()),
        23 => Fact::Promised(text()),
        24 => Fact::Note(text()),
        25 => Fact::Tags(vec![text(); usize::from(value / 3 % 3)]),
        26 => Fact::Feedback((value / 3).is_multiple_of(2).then(text)),
        27 => Fact::PaysFor(EntryId(text())),
        28 => Fact::AllottedSecs(small),
        29 => Fact::Available(small),
        30 => Fact::AcceptedAt(moment),
        31 => Fact::SubmittedAt(moment),
        32 => Fact::DecidedAt(moment),
        33 => Fact::PaidAt(moment),
        34 => Fact::Deadline(moment),
        _ => Fact::Kind([Kind::Screener, Kind::Invited, Kind::EarlierWork][usize::from(value % 3)]),
    }
}

fn facts() -> impl Strategy<Value = Fact> {
    (0..36_u8, any::<u16>()).prop_map(|(kind, value)| fact_of(kind, value))
}

pub(crate) fn observations() -> impl Strategy<Value = Vec<Observation>> {
    let one = (
        0..8_i64,
        prop::sample::select(SOURCES.to_vec()),
        prop::collection::vec(facts(), 0..4),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..24).prop_map(|all| {
        let id = |known| if known { id("3A") } else { EntryId::of_task(&TaskId("3T".to_owned())) };
        all.into_iter()
            .map(|(seen_at, source, facts, known)| Observation {
                id: id(known),
                seen_at: Timestamp(seen_at),
                source,
                facts,
            })
            .collect()
    })
}
