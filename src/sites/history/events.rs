//! What happens around a held task: a frame's message, the next page's notice, the return form, the clock.

use crate::domain::Timestamp;
use crate::domain::history::{EntryId, Fact, Observation, Source, StateWord};
use crate::sites::mturk;
use crate::sites::snapshot::Item;

/// What the site says at the top of a page about the task worked on before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was submitted.
    Submitted,
    /// It was not submitted, and is still held.
    SubmitFailed,
    /// It was given back.
    Returned,
    /// The site has it no longer: it expired, or went some other way.
    Unavailable,
}

impl Notice {
    /// The notice of a page, picked as a whole; `None` where there is none that concerns a held task.
    pub fn of(about: &Item) -> Option<Self> {
        let texts = [about.own.notice.as_deref(), about.own.notice_more.as_deref()];
        texts.into_iter().flatten().find_map(mturk::notice)
    }

    /// What it says of the task that the same tab showed before.
    ///
    /// `deadline` is that task's, where known: one that is gone before it has not expired.
    pub fn observation(self, id: EntryId, deadline: Option<Timestamp>, seen_at: Timestamp) -> Observation {
        let (source, facts) = match self {
            Self::Submitted => (Source::SubmitAlert, submission(seen_at)),
            Self::SubmitFailed => (Source::SubmitAlert, vec![Fact::State(StateWord::SubmitFailed)]),
            Self::Returned => (Source::ReturnAlert, vec![Fact::State(StateWord::Returned(None))]),
            Self::Unavailable => {
                let is_past = deadline.is_some_and(|deadline| deadline <= seen_at);
                let word = if is_past { StateWord::Expired } else { StateWord::Gone };
                (Source::ExpiryAlert, vec![Fact::State(word)])
            }
        };
        Observation { id, seen_at, source, facts }
    }
}

/// What a task's frame told its page: that the task was submitted.
///
/// `held` is the task of the page: a message about any other is somebody else's word. The
/// message has the submitted answer in it, of which nothing was picked.
pub fn submitted(message: &Item, held: &EntryId, seen_at: Timestamp) -> Option<Observation> {
    let is_submission = message.own.submitted.is_some();
    let is_held = message.own.assignment_id.as_deref() == Some(held.0.as_str());
    (is_submission && is_held).then(|| Observation {
        id: held.clone(),
        seen_at,
        source: Source::SubmitMessage,
        facts: submission(seen_at),
    })
}

fn submission(at: Timestamp) -> Vec<Fact> {
    vec![Fact::SubmittedAt(at), Fact::State(StateWord::Submitted)]
}

/// The worker sent the form that gives a task back.
pub fn returning(id: EntryId, seen_at: Timestamp) -> Observation {
    let facts = vec![Fact::State(StateWord::Returned(None))];
    Observation { id, seen_at, source: Source::ReturnForm, facts }
}

/// The timer of an open work page ran out; `None` before its deadline.
pub fn expired(id: EntryId, deadline: Timestamp, now: Timestamp) -> Option<Observation> {
    let facts = vec![Fact::State(StateWord::Expired)];
    (deadline <= now).then_some(Observation { id, seen_at: now, source: Source::ExpiryAlert, facts })
}
