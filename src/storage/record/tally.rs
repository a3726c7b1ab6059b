//! Counts and sums of a day on disk; those of requesters and titles are packed.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, odd};
use super::words::{ReasonV1, StateV1};
use crate::domain::history::{Percent, RecentDays, ReturnReason, State, StateSum, Tally};
use crate::domain::{Currency, SiteDay, SortedMap};

/// Counts and sums, empty parts left out.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TallyV1 {
    states: Vec<(StateV1, [u64; 6])>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rewards: Vec<(StateV1, String, i128)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    bonuses: Vec<(String, i128)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    returns: Vec<(ReasonV1, Option<u8>, u64)>,
    #[serde(default, skip_serializing_if = "is_zero")]
    overturned: u64,
    #[serde(default, skip_serializing_if = "DaysV1::is_empty")]
    done: DaysV1,
    #[serde(default, skip_serializing_if = "DaysV1::is_empty")]
    given_back: DaysV1,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DaysV1 {
    days: Vec<(i32, Vec<(StateV1, u64)>)>,
    forgotten_to: Option<i32>,
}

impl DaysV1 {
    fn is_empty(&self) -> bool {
        self.days.is_empty() && self.forgotten_to.is_none()
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for; on wasm32 the lint is silent"
)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl From<&Tally> for TallyV1 {
    fn from(tally: &Tally) -> Self {
        let sum = |sum: &StateSum| {
            [sum.count, sum.unpriced, sum.untimed, sum.low_secs, sum.high_secs, sum.held_secs]
        };
        let code = |currency: &Currency| currency.code().to_owned();
        let reason = |(reason, count): (&ReturnReason, &u64)| {
            let percent = match reason {
                ReturnReason::Underpaid(percent) => percent.map(Percent::get),
                _ => None,
            };
            ((*reason).into(), percent, *count)
        };
        let rewards = tally.reward_micros.iter();
        Self {
            states: tally.states.iter().map(|(state, of)| ((*state).into(), sum(of))).collect(),
            rewards: rewards.map(|((state, of), micros)| ((*state).into(), code(of), *micros)).collect(),
            bonuses: tally.bonus_micros.iter().map(|(of, micros)| (code(of), *micros)).collect(),
            returns: tally.returns.iter().map(reason).collect(),
            overturned: tally.overturned,
            done: (&tally.done_days).into(),
            given_back: (&tally.given_back_days).into(),
        }
    }
}

impl From<&RecentDays> for DaysV1 {
    fn from(recent: &RecentDays) -> Self {
        let counts = |states: &SortedMap<State, u64>| {
            states.iter().map(|(state, count)| ((*state).into(), *count)).collect()
        };
        Self {
            days: recent.days.iter().map(|(day, states)| (day.0, counts(states))).collect(),
            forgotten_to: recent.forgotten_to.map(|day| day.0),
        }
    }
}

impl TallyV1 {
    pub(super) fn read(self) -> Result<Tally, RecordError> {
        let currency = |code: &str| Currency::from_code(code).ok_or_else(|| odd("currency"));
        let states = self.states.into_iter().map(|(state, sum)| {
            let [count, unpriced, untimed, low_secs, high_secs, held_secs] = sum;
            (state.into(), StateSum { count, unpriced, untimed, low_secs, high_secs, held_secs })
        });
        let rewards = self
            .rewards
            .into_iter()
            .map(|(state, code, micros)| Ok(((state.into(), currency(&code)?), micros)))
            .collect::<Result<_, RecordError>>()?;
        let bonuses = self.bonuses.into_iter().map(|(code, micros)| Ok((currency(&code)?, micros)));
        let reason = |(reason, percent, count): (ReasonV1, Option<u8>, u64)| {
            let percent =
                percent.map(|share| Percent::new(share).ok_or_else(|| odd("percent"))).transpose()?;
            Ok((reason.with(percent), count))
        };
        Ok(Tally {
            states: states.collect(),
            reward_micros: rewards,
            bonus_micros: bonuses.collect::<Result<_, RecordError>>()?,
            returns: self.returns.into_iter().map(reason).collect::<Result<_, RecordError>>()?,
            overturned: self.overturned,
            done_days: self.done.read(),
            given_back_days: self.given_back.read(),
        })
    }
}

impl DaysV1 {
    fn read(self) -> RecentDays {
        let counts = |states: Vec<(StateV1, u64)>| {
            states.into_iter().map(|(state, count)| (state.into(), count)).collect()
        };
        RecentDays {
            days: self.days.into_iter().map(|(day, states)| (SiteDay(day), counts(states))).collect(),
            forgotten_to: self.forgotten_to.map(SiteDay),
        }
    }
}
