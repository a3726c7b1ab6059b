//! One fact in the columns of a block. The numbers of the kinds are on disk: they are never changed or reused.

use super::columns::{ColumnReader, ColumnWriter};
use super::damaged;
use crate::domain::history::{EntryId, Fact, Percent, ReturnReason, StateWord};
use crate::domain::{Currency, Money, RequesterId, SiteDay, TaskId, Timestamp};
use crate::storage::record::{HowV1, KindV1, ReasonV1, RecordError, ServerV1, worked};

/// Writes a fact that was said at a moment.
pub(super) fn write(to: &mut ColumnWriter, fact: &Fact, said_at: Timestamp) {
    match fact {
        Fact::TaskId(id) => {
            to.to.kinds.byte(0);
            to.to.ids.text(&id.0);
        }
        Fact::GroupId(id) => text(to, 1, &id.0),
        Fact::Requester { id: Some(id), name } => {
            text(to, 2, &id.0);
            to.text(name);
        }
        Fact::Requester { id: None, name } => text(to, 3, name),
        Fact::Title(title) => text(to, 4, title),
        Fact::Description(description) => text(to, 5, description),
        Fact::Kind(kind) => number(to, 6, u64::from(KindV1::from(*kind).number())),
        Fact::Requirements(requirements) => text(to, 7, requirements),
        Fact::AllottedSecs(secs) => number(to, 8, u64::from(*secs)),
        Fact::Available(count) => number(to, 9, u64::from(*count)),
        Fact::Reward(amount) => money(to, 10, *amount),
        Fact::Promised(promised) => text(to, 11, promised),
        Fact::Bonus(amount) => money(to, 12, *amount),
        Fact::AcceptedAt(at) => time(to, 13, *at, said_at),
        Fact::SubmittedAt(at) => time(to, 14, *at, said_at),
        Fact::DecidedAt(at) => time(to, 15, *at, said_at),
        Fact::PaidAt(at) => time(to, 16, *at, said_at),
        Fact::Deadline(at) => time(to, 17, *at, said_at),
        Fact::SiteDay(day) => {
            to.to.kinds.byte(18);
            to.to.numbers.signed(i64::from(day.0));
        }
        Fact::State(word) => state(to, *word),
        Fact::Feedback(None) => to.to.kinds.byte(27),
        Fact::Feedback(Some(feedback)) => text(to, 28, feedback),
        Fact::Worked(worked) => {
            number(to, 29, u64::from(HowV1::from(worked.how).number()));
            for secs in [worked.low_secs, worked.high_secs, worked.held_secs] {
                to.to.numbers.number(u64::from(secs));
            }
        }
        Fact::Note(note) => text(to, 30, note),
        Fact::Tags(tags) => {
            to.to.kinds.byte(31);
            to.to.numbers.count(tags.len());
            for tag in tags {
                to.text(tag);
            }
        }
        Fact::PaysFor(id) => text(to, 32, &id.0),
    }
}

fn state(to: &mut ColumnWriter, word: StateWord) {
    match word {
        StateWord::Held => to.to.kinds.byte(19),
        StateWord::Submitted => to.to.kinds.byte(20),
        StateWord::SubmitFailed => to.to.kinds.byte(21),
        StateWord::Returned(None) => to.to.kinds.byte(22),
        StateWord::Returned(Some(reason)) => {
            number(to, 33, u64::from(ReasonV1::from(reason).number()));
            let percent = match reason {
                ReturnReason::Underpaid(Some(percent)) => 1 + u64::from(percent.get()),
                _ => 0,
            };
            to.to.numbers.number(percent);
        }
        StateWord::Expired => to.to.kinds.byte(23),
        StateWord::Gone => to.to.kinds.byte(24),
        StateWord::ScreenedOut => to.to.kinds.byte(25),
        StateWord::Server(state) => number(to, 26, u64::from(ServerV1::from(state).number())),
    }
}

fn text(to: &mut ColumnWriter, kind: u8, text: &str) {
    to.to.kinds.byte(kind);
    to.text(text);
}

fn number(to: &mut ColumnWriter, kind: u8, number: u64) {
    to.to.kinds.byte(kind);
    to.to.numbers.number(number);
}

fn time(to: &mut ColumnWriter, kind: u8, time: Timestamp, said_at: Timestamp) {
    to.to.kinds.byte(kind);
    to.to.times.signed(time.0.wrapping_sub(said_at.0));
}

fn money(to: &mut ColumnWriter, kind: u8, money: Money) {
    to.to.kinds.byte(kind);
    to.to.numbers.signed(money.micros);
    to.text(money.currency.code());
}

/// Reads a fact that was said at a moment.
pub(super) fn read(of: &mut ColumnReader<'_>, said_at: Timestamp) -> Result<Fact, RecordError> {
    Ok(match of.of.kinds.byte()? {
        0 => Fact::TaskId(TaskId(of.of.ids.text()?)),
        1 => Fact::GroupId(TaskId(of.text()?)),
        2 => Fact::Requester { id: Some(RequesterId(of.text()?)), name: of.text()? },
        3 => Fact::Requester { id: None, name: of.text()? },
        4 => Fact::Title(of.text()?),
        5 => Fact::Description(of.text()?),
        6 => Fact::Kind(word::<KindV1>(of)?.into()),
        7 => Fact::Requirements(of.text()?),
        8 => Fact::AllottedSecs(of.of.numbers.small()?),
        9 => Fact::Available(of.of.numbers.small()?),
        10 => Fact::Reward(read_money(of)?),
        11 => Fact::Promised(of.text()?),
        12 => Fact::Bonus(read_money(of)?),
        13 => Fact::AcceptedAt(read_time(of, said_at)?),
        14 => Fact::SubmittedAt(read_time(of, said_at)?),
        15 => Fact::DecidedAt(read_time(of, said_at)?),
        16 => Fact::PaidAt(read_time(of, said_at)?),
        17 => Fact::Deadline(read_time(of, said_at)?),
        18 => {
            let day = i32::try_from(of.of.numbers.signed()?).map_err(|_| damaged("a day is too far"))?;
            Fact::SiteDay(SiteDay(day))
        }
        27 => Fact::Feedback(None),
        28 => Fact::Feedback(Some(of.text()?)),
        29 => {
            let how = word::<HowV1>(of)?;
            let numbers = &mut of.of.numbers;
            Fact::Worked(worked([numbers.small()?, numbers.small()?, numbers.small()?], how)?)
        }
        30 => Fact::Note(of.text()?),
        31 => {
            // Counted against its own column: every tag has a place there.
            let count = of.of.numbers.small()?;
            Fact::Tags((0..count).map(|_| of.text()).collect::<Result<_, RecordError>>()?)
        }
        32 => Fact::PaysFor(EntryId(of.text()?)),
        kind => Fact::State(read_state(of, kind)?),
    })
}

fn read_state(of: &mut ColumnReader<'_>, kind: u8) -> Result<StateWord, RecordError> {
    Ok(match kind {
        19 => StateWord::Held,
        20 => StateWord::Submitted,
        21 => StateWord::SubmitFailed,
        22 => StateWord::Returned(None),
        23 => StateWord::Expired,
        24 => StateWord::Gone,
        25 => StateWord::ScreenedOut,
        26 => StateWord::Server(word::<ServerV1>(of)?.into()),
        33 => {
            let reason = word::<ReasonV1>(of)?;
            let percent = match of.of.numbers.number()?.checked_sub(1).map(u8::try_from) {
                None => None,
                Some(percent) => {
                    let percent = percent.ok().and_then(Percent::new);
                    Some(percent.ok_or_else(|| damaged("a share is above 100 per cent"))?)
                }
            };
            StateWord::Returned(Some(reason.with(percent)))
        }
        _ => return Err(damaged("a fact of no known kind")),
    })
}

fn word<T: TryFrom<u8>>(of: &mut ColumnReader<'_>) -> Result<T, RecordError> {
    let number = u8::try_from(of.of.numbers.number()?).ok();
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| damaged("a word is not known"))
}

fn read_time(of: &mut ColumnReader<'_>, said_at: Timestamp) -> Result<Timestamp, RecordError> {
    Ok(Timestamp(said_at.0.wrapping_add(of.of.times.signed()?)))
}

fn read_money(of: &mut ColumnReader<'_>) -> Result<Money, RecordError> {
    let micros = of.of.numbers.signed()?;
    let currency = Currency::from_code(&of.text()?).ok_or_else(|| damaged("a currency is none"))?;
    Ok(Money { micros, currency })
}
