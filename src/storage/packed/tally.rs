//! Counts and sums of a requester or title: there are so many of them that their text would outweigh the entries.

use super::{Packed, Reader, Writer, damaged, open, seal};
use crate::domain::history::{Percent, RecentDays, ReturnReason, State, StateSum, Tally};
use crate::domain::{Currency, SiteDay, SortedMap};
use crate::storage::record::{ReasonV1, RecordError, StateV1};

/// Writes a tally.
pub(in crate::storage) fn encode_tally(tally: &Tally) -> Vec<u8> {
    let mut to = Writer::default();
    to.count(tally.states.len());
    for (state, sum) in tally.states.iter() {
        to.byte(StateV1::from(*state).number());
        for number in [sum.count, sum.unpriced, sum.untimed, sum.low_secs, sum.high_secs, sum.held_secs] {
            to.number(number);
        }
    }
    to.count(tally.reward_micros.len());
    for ((state, currency), micros) in tally.reward_micros.iter() {
        to.byte(StateV1::from(*state).number());
        to.text(currency.code());
        to.wide(*micros);
    }
    to.count(tally.bonus_micros.len());
    for (currency, micros) in tally.bonus_micros.iter() {
        to.text(currency.code());
        to.wide(*micros);
    }
    to.count(tally.returns.len());
    for (reason, count) in tally.returns.iter() {
        to.byte(ReasonV1::from(*reason).number());
        to.number(match reason {
            ReturnReason::Underpaid(Some(percent)) => 1 + u64::from(percent.get()),
            _ => 0,
        });
        to.number(*count);
    }
    to.number(tally.overturned);
    for recent in [&tally.done_days, &tally.given_back_days] {
        write_days(&mut to, recent);
    }
    seal(Packed::Tally, &to.bytes)
}

/// Each day as the way from the one before.
fn write_days(to: &mut Writer, recent: &RecentDays) {
    to.count(recent.days.len());
    let mut last = 0;
    for (day, states) in recent.days.iter() {
        to.signed(i64::from(day.0) - last);
        last = i64::from(day.0);
        to.count(states.len());
        for (state, count) in states.iter() {
            to.byte(StateV1::from(*state).number());
            to.number(*count);
        }
    }
    match recent.forgotten_to {
        None => to.byte(0),
        Some(day) => {
            to.byte(1);
            to.signed(i64::from(day.0));
        }
    }
}

/// Reads a tally; no bytes are one of nothing.
pub(in crate::storage) fn decode_tally(bytes: Option<&[u8]>) -> Result<Tally, RecordError> {
    let Some(bytes) = bytes else { return Ok(Tally::new()) };
    let mut of = Reader::new(open(Packed::Tally, bytes)?);
    let mut tally = Tally::new();
    for _ in 0..of.count()? {
        let state = state(&mut of)?;
        let mut next = || of.number();
        let [count, unpriced, untimed] = [next()?, next()?, next()?];
        let [low_secs, high_secs, held_secs] = [next()?, next()?, next()?];
        tally.states.insert(state, StateSum { count, unpriced, untimed, low_secs, high_secs, held_secs });
    }
    for _ in 0..of.count()? {
        let key = (state(&mut of)?, currency(&mut of)?);
        tally.reward_micros.insert(key, of.wide()?);
    }
    for _ in 0..of.count()? {
        let currency = currency(&mut of)?;
        tally.bonus_micros.insert(currency, of.wide()?);
    }
    for _ in 0..of.count()? {
        let reason = reason(&mut of)?;
        tally.returns.insert(reason, of.number()?);
    }
    tally.overturned = of.number()?;
    tally.done_days = read_days(&mut of)?;
    tally.given_back_days = read_days(&mut of)?;
    if of.is_at_end() { Ok(tally) } else { Err(damaged("something is left over")) }
}

fn read_days(of: &mut Reader<'_>) -> Result<RecentDays, RecordError> {
    let too_far = |_| damaged("a day is too far");
    let mut recent = RecentDays::default();
    let mut last = 0_i64;
    for _ in 0..of.count()? {
        last = last.saturating_add(of.signed()?);
        let mut states = SortedMap::new();
        for _ in 0..of.count()? {
            let state = state(of)?;
            states.insert(state, of.number()?);
        }
        recent.days.insert(SiteDay(i32::try_from(last).map_err(too_far)?), states);
    }
    recent.forgotten_to = match of.byte()? {
        0 => None,
        1 => Some(SiteDay(i32::try_from(of.signed()?).map_err(too_far)?)),
        _ => return Err(damaged("a day is none")),
    };
    Ok(recent)
}

fn state(of: &mut Reader<'_>) -> Result<State, RecordError> {
    Ok(StateV1::try_from(of.byte()?).map_err(|()| damaged("a state is not known"))?.into())
}

fn currency(of: &mut Reader<'_>) -> Result<Currency, RecordError> {
    Currency::from_code(&of.text()?).ok_or_else(|| damaged("a currency is none"))
}

fn reason(of: &mut Reader<'_>) -> Result<ReturnReason, RecordError> {
    let reason = ReasonV1::try_from(of.byte()?).map_err(|()| damaged("a reason is not known"))?;
    let percent = of.number()?.checked_sub(1).map(|percent| {
        let percent = u8::try_from(percent).ok().and_then(Percent::new);
        percent.ok_or_else(|| damaged("a share is above 100 per cent"))
    });
    Ok(reason.with(percent.transpose()?))
}
