//! Changing a rating: only what is named changes.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::{Again, Note, RatedTask, Rating, Stars, Timestamp};

/// What a change does to one field. In JSON: absent, `null`, or the new value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// Not named: stays as it is.
    #[default]
    Keep,
    /// Taken out: from now on unknown.
    Clear,
    /// Said anew.
    Set(T),
}

impl<T> Field<T> {
    /// Whether the field is not named; for `skip_serializing_if`.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The same change with its value read into another type.
    ///
    /// # Errors
    /// Those of the reading.
    pub fn try_map<U, E>(self, read: impl FnOnce(T) -> Result<Option<U>, E>) -> Result<Field<U>, E> {
        Ok(match self {
            Self::Keep => Field::Keep,
            Self::Clear => Field::Clear,
            Self::Set(value) => read(value)?.map_or(Field::Clear, Field::Set),
        })
    }

    fn apply(self, target: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *target = None,
            Self::Set(value) => *target = Some(value),
        }
    }
}

impl Field<bool> {
    /// A flag has no third state: taken out is not raised.
    fn apply_flag(&self, target: &mut bool) {
        match self {
            Self::Keep => {}
            Self::Clear => *target = false,
            Self::Set(raised) => *target = *raised,
        }
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

/// A change of a rating.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatingPatch {
    /// Work for them again?
    pub again: Field<Again>,
    /// The task could not be done as offered.
    pub broken: Field<bool>,
    /// A screener sent the worker away without pay.
    pub unpaid_screener: Field<bool>,
    /// The pay was not worth the time.
    pub underpaid: Field<bool>,
    /// One to look out for.
    pub favourite: Field<bool>,
    /// How well it pays.
    pub pay: Field<Stars>,
    /// How fairly work is approved.
    pub fairness: Field<Stars>,
    /// How well questions are answered.
    pub communication: Field<Stars>,
    /// How soon work is decided.
    pub speed: Field<Stars>,
    /// The worker's own words.
    pub note: Field<Note>,
    /// The name as shown where the worker rated.
    pub requester_name: Option<String>,
    /// The task rated on. Another task than before replaces the old one; of the same task only
    /// what is now known changes, so that a later look from a poorer page loses nothing.
    pub task: Option<RatedTask>,
}

/// Applies a change at a moment; the moment counts as an edit only where something changed.
pub fn apply(rating: &mut Rating, patch: RatingPatch, first: bool, now: Timestamp) {
    let before = rating.clone();
    patch.again.apply(&mut rating.again);
    patch.broken.apply_flag(&mut rating.flags.broken);
    patch.unpaid_screener.apply_flag(&mut rating.flags.unpaid_screener);
    patch.underpaid.apply_flag(&mut rating.flags.underpaid);
    patch.favourite.apply_flag(&mut rating.flags.favourite);
    patch.pay.apply(&mut rating.marks.pay);
    patch.fairness.apply(&mut rating.marks.fairness);
    patch.communication.apply(&mut rating.marks.communication);
    patch.speed.apply(&mut rating.marks.speed);
    patch.note.apply(&mut rating.note);
    rating.requester_name = patch.requester_name.or_else(|| rating.requester_name.take());
    if let Some(task) = patch.task {
        rating.task = merged(core::mem::take(&mut rating.task), task);
    }
    if !first && *rating != before {
        rating.edited_at = Some(now);
    }
}

fn merged(old: RatedTask, new: RatedTask) -> RatedTask {
    if old.task_id.is_some() && new.task_id.is_some() && old.task_id != new.task_id {
        return new;
    }
    RatedTask {
        task_id: new.task_id.or(old.task_id),
        title: new.title.or(old.title),
        reward: new.reward.or(old.reward),
        hourly_wage: new.hourly_wage.or(old.hourly_wage),
        outcome: new.outcome.or(old.outcome),
        accepted_at: new.accepted_at.or(old.accepted_at),
        submitted_at: new.submitted_at.or(old.submitted_at),
        decided_at: new.decided_at.or(old.decided_at),
        worked_secs: new.worked_secs.or(old.worked_secs),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test should stop at the line")]
    use super::*;
    use crate::domain::{Outcome, Partition, RequesterId, TaskId};

    fn rating() -> Rating {
        Rating::empty(Partition("mturk".into()), RequesterId("A1".into()), Timestamp(1))
    }

    #[test]
    fn only_named_fields_change_and_null_clears() {
        let mut rated = rating();
        let first = RatingPatch {
            again: Field::Set(Again::Never),
            broken: Field::Set(true),
            pay: Field::Set(Stars::new(2).unwrap()),
            ..RatingPatch::default()
        };
        apply(&mut rated, first, true, Timestamp(1));
        assert_eq!(rated.edited_at, None);
        let second = RatingPatch { again: Field::Clear, broken: Field::Clear, ..RatingPatch::default() };
        apply(&mut rated, second, false, Timestamp(2));
        assert_eq!((rated.again, rated.flags.broken), (None, false));
        assert_eq!(rated.marks.pay, Stars::new(2));
        assert_eq!(rated.edited_at, Some(Timestamp(2)));
    }

    #[test]
    fn a_change_of_nothing_is_no_edit() {
        let mut rated = rating();
        apply(&mut rated, RatingPatch::default(), false, Timestamp(9));
        assert_eq!(rated, rating());
    }

    #[test]
    fn a_task_is_completed_or_replaced() {
        let task = |id: &str| RatedTask { task_id: Some(TaskId(id.into())), ..RatedTask::default() };
        let seen = RatedTask { worked_secs: Some(60), ..task("3A") };
        let later = RatedTask { outcome: Some(Outcome::Approved), ..task("3A") };
        let both = merged(seen.clone(), later);
        assert_eq!((both.worked_secs, both.outcome), (Some(60), Some(Outcome::Approved)));
        assert_eq!(merged(seen, task("3B")), task("3B"));
    }

    #[test]
    fn absent_null_and_value_are_three_things_in_json() {
        #[derive(Serialize, Deserialize, PartialEq, Debug)]
        struct Form {
            #[serde(default, skip_serializing_if = "Field::is_keep")]
            pay: Field<u8>,
        }
        for (json, pay) in
            [("{}", Field::Keep), (r#"{"pay":null}"#, Field::Clear), (r#"{"pay":3}"#, Field::Set(3))]
        {
            let form: Form = serde_json::from_str(json).unwrap();
            assert_eq!(form, Form { pay });
            assert_eq!(serde_json::to_string(&form).unwrap(), json);
        }
    }
}
