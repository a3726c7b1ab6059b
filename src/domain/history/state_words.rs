//! The one fixed machine that leads to a state, for all sites.
//!
//! It is no machine that moves: each word said of the state is kept with its first and last moment, and the
//! state is read from all of them by fixed rules. So it depends on what was said, never on the order of arrival.

use crate::domain::SortedMap;

use super::{Origin, ServerState, Source, State, StateWord};

/// A word, whoever said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Held,
    Gone,
    SubmitFailed,
    Submitted,
    Expired,
    Returned,
    ScreenedOut,
    Rejected,
    Approved,
    Paid,
}

/// How much a word weighs, by who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// The site's status pages.
    Server,
    /// The worker's own correction.
    Worker,
    /// The site's answer to handing in or returning.
    Answer,
    /// What we saw happen: an attempt, a timer, a list.
    Seen,
    /// A loaded file, or a decision told elsewhere than on a status page.
    Hearsay,
}

const OPEN_WORDS: [Word; 2] = [Word::Held, Word::SubmitFailed];
const ENDS: [Word; 3] = [Word::Expired, Word::Returned, Word::ScreenedOut];
const DECISIONS: [Word; 3] = [Word::Rejected, Word::Approved, Word::Paid];
const ACCEPTED: [Word; 2] = [Word::Approved, Word::Paid];
const SERVER_ENDS: [Word; 6] =
    [Word::Expired, Word::Returned, Word::ScreenedOut, Word::Rejected, Word::Approved, Word::Paid];
const ALL_WORDS: [Word; 10] = [
    Word::Held,
    Word::Gone,
    Word::SubmitFailed,
    Word::Submitted,
    Word::Expired,
    Word::Returned,
    Word::ScreenedOut,
    Word::Rejected,
    Word::Approved,
    Word::Paid,
];
const ANY_VOICE: [Voice; 5] = [Voice::Server, Voice::Worker, Voice::Answer, Voice::Seen, Voice::Hearsay];
const ANY_OTHER_VOICE: [Voice; 4] = [Voice::Server, Voice::Answer, Voice::Seen, Voice::Hearsay];
const NOTHING_SAID: Reading = Reading { state: State::Unknown, origin: None, is_final: false };

impl Word {
    fn of(word: StateWord) -> Self {
        match word {
            StateWord::Held => Self::Held,
            StateWord::Submitted | StateWord::Server(ServerState::Submitted) => Self::Submitted,
            StateWord::SubmitFailed => Self::SubmitFailed,
            StateWord::Returned(_) => Self::Returned,
            StateWord::Expired => Self::Expired,
            StateWord::Gone => Self::Gone,
            StateWord::ScreenedOut => Self::ScreenedOut,
            StateWord::Server(ServerState::Approved) => Self::Approved,
            StateWord::Server(ServerState::Paid) => Self::Paid,
            StateWord::Server(ServerState::Rejected) => Self::Rejected,
        }
    }

    fn told(self) -> StateWord {
        match self {
            Self::Held => StateWord::Held,
            Self::Gone => StateWord::Gone,
            Self::SubmitFailed => StateWord::SubmitFailed,
            Self::Submitted => StateWord::Submitted,
            Self::Expired => StateWord::Expired,
            Self::Returned => StateWord::Returned(None),
            Self::ScreenedOut => StateWord::ScreenedOut,
            Self::Rejected => StateWord::Server(ServerState::Rejected),
            Self::Approved => StateWord::Server(ServerState::Approved),
            Self::Paid => StateWord::Server(ServerState::Paid),
        }
    }

    fn state(self) -> State {
        match self {
            Self::Held | Self::SubmitFailed => State::InProgress,
            Self::Gone => State::Abandoned,
            Self::Submitted => State::Pending,
            Self::Expired => State::Expired,
            Self::Returned => State::Returned,
            Self::ScreenedOut => State::ScreenedOut,
            Self::Rejected => State::Rejected,
            Self::Approved => State::Approved,
            Self::Paid => State::Paid,
        }
    }
}

impl Voice {
    fn of(word: Word, source: Source) -> Self {
        match (source, word) {
            (Source::StatusPage | Source::Reconcile, _) => Self::Server,
            (Source::Import, _) => Self::Hearsay,
            (_, word) if DECISIONS.contains(&word) => Self::Hearsay,
            (Source::Worker, _) => Self::Worker,
            (Source::SubmitAlert, Word::Submitted | Word::SubmitFailed)
            | (Source::ReturnAlert, Word::Returned) => Self::Answer,
            _ => Self::Seen,
        }
    }
}

/// When a word was first and last said in one voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: Origin,
    last: Origin,
}

/// All that was ever said of an entry's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateWords {
    spans: SortedMap<(Voice, Word), Span>,
}

/// A state as read from the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) state: State,
    /// The word that decided; `None` where nothing was said.
    pub(super) origin: Option<Origin>,
    /// Only the server's word, or the worker's own, can change it.
    pub(super) is_final: bool,
}

/// A word and the last time it was said.
#[derive(Clone, Copy)]
struct Last {
    word: Word,
    origin: Origin,
}

impl StateWords {
    pub(super) fn hear(&mut self, word: StateWord, origin: Origin) {
        let word = Word::of(word);
        let slot = (Voice::of(word, origin.source), word);
        self.widen(slot, Span { first: origin, last: origin });
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (slot, span) in other.spans.iter() {
            self.widen(*slot, *span);
        }
    }

    /// The fewest words that say the same, each with its origin.
    pub(super) fn told(&self) -> impl Iterator<Item = (StateWord, Origin)> {
        self.spans.iter().flat_map(|((_, word), span)| {
            let last = (span.last != span.first).then_some((word.told(), span.last));
            std::iter::once((word.told(), span.first)).chain(last)
        })
    }

    /// Whether it was rejected, and approved or paid later. What a loaded file says of an approval overturns no
    /// rejection that the server told: other tools' files are known to count too much as paid.
    pub(super) fn is_overturned(&self) -> bool {
        let spans = |voice, words: &'static [Word]| {
            words.iter().filter_map(move |word| self.spans.get(&(voice, *word)))
        };
        let rejected = |voice| spans(voice, &[Word::Rejected]).map(|span| span.first.seen_at).min();
        let accepted = |voice| spans(voice, &ACCEPTED).map(|span| span.last.seen_at).max();
        let pairs = [
            (Voice::Server, Voice::Server),
            (Voice::Hearsay, Voice::Server),
            (Voice::Hearsay, Voice::Hearsay),
        ];
        pairs.into_iter().any(|(first, then)| {
            rejected(first).zip(accepted(then)).is_some_and(|(rejected, accepted)| rejected < accepted)
        })
    }

    /// The state. From the word that weighs most to the one that weighs least:
    ///
    /// 1. An end on the status pages; the latest. A decision is never undone by an older page that still says
    ///    "submitted", nor a payment by one that says "approved".
    /// 2. The status pages' "submitted", unless a loaded file knows the decision.
    /// 3. The worker's correction; the latest.
    /// 4. The site's answer that the task was taken back.
    /// 5. A decision from a loaded file.
    /// 6. The site's answer that the work was handed in.
    /// 7. What we saw, see [`Self::seen`].
    /// 8. The worker's "held", which else only takes their correction back.
    pub(super) fn read(&self) -> Reading {
        if let Some(end) = self.decided(Voice::Server, &SERVER_ENDS) {
            return end.reading(true);
        }
        let decided_elsewhere = self.decided(Voice::Hearsay, &DECISIONS);
        let worker =
            self.latest(&[Voice::Worker], &ALL_WORDS).filter(|last| !OPEN_WORDS.contains(&last.word));
        let worker_handed_in = worker.filter(|last| last.word == Word::Submitted);
        if let Some(handed_in) = self.latest(&[Voice::Server], &[Word::Submitted]).or(worker_handed_in) {
            return decided_elsewhere.unwrap_or(handed_in).reading(false);
        }
        if let Some(end) = worker.or_else(|| self.latest(&[Voice::Answer], &[Word::Returned])) {
            return end.reading(true);
        }
        decided_elsewhere
            .or_else(|| self.answered_handed_in())
            .or_else(|| self.seen())
            .or_else(|| self.latest(&[Voice::Worker], &OPEN_WORDS))
            .map_or(NOTHING_SAID, |last| last.reading(false))
    }

    /// The latest of these words in one voice; what was paid once stays paid when "approved" is read again.
    fn decided(&self, voice: Voice, words: &[Word]) -> Option<Last> {
        let last = self.latest(&[voice], words)?;
        let paid = (last.word == Word::Approved).then(|| self.latest(&[voice], &[Word::Paid])).flatten();
        Some(paid.unwrap_or(last))
    }

    fn answered_handed_in(&self) -> Option<Last> {
        let answer = self.latest(&[Voice::Answer], &[Word::Submitted])?;
        let failed = self.latest(&ANY_VOICE, &[Word::SubmitFailed]);
        failed.is_none_or(|failed| failed.origin.seen_at < answer.origin.seen_at).then_some(answer)
    }

    /// What attempts, timers and lists add up to:
    ///
    /// - An attempt (handed in, returned, expired, screened out) explains why the task is no longer held, unless
    ///   it was seen held after it; once it is gone from the lists, the attempt explains it all the same.
    /// - A submission that failed is no attempt, nor is one that the server's complete list does not know.
    /// - A timer that ran out after a submission ran on while the page was leaving.
    /// - Gone without an attempt is abandoned.
    fn seen(&self) -> Option<Last> {
        // A worker who says "held" takes their own correction back: that is no sight of the task.
        let held = self.latest(&ANY_OTHER_VOICE, &OPEN_WORDS);
        let gone = self.latest(&ANY_VOICE, &[Word::Gone]);
        let left = match (gone, held) {
            (Some(gone), Some(held)) => gone.origin.seen_at > held.origin.seen_at,
            (gone, _) => gone.is_some(),
        };
        let attempt = self
            .attempt()
            .filter(|attempt| left || held.is_none_or(|held| attempt.origin.seen_at >= held.origin.seen_at));
        attempt.or(gone.filter(|_| left)).or(held)
    }

    fn attempt(&self) -> Option<Last> {
        let failed = self.latest(&ANY_VOICE, &[Word::SubmitFailed]);
        let unlisted = self.latest(&[Voice::Server], &[Word::Gone]);
        let is_later = |other: Option<Last>, than: Last| {
            other.is_some_and(|other| other.origin.seen_at >= than.origin.seen_at)
        };
        let submitted = self
            .latest(&[Voice::Seen, Voice::Hearsay], &[Word::Submitted])
            .filter(|submitted| !is_later(failed, *submitted) && !is_later(unlisted, *submitted));
        let ended = self.latest(&ANY_OTHER_VOICE, &ENDS);
        match (submitted, ended) {
            (Some(submitted), Some(ended)) if ended.word == Word::Expired => Some(submitted),
            (Some(submitted), Some(ended)) => Some(submitted.later(ended)),
            (submitted, ended) => submitted.or(ended),
        }
    }

    /// The latest of these words in these voices; of equally late ones the last in the order of [`Word`].
    fn latest(&self, voices: &[Voice], words: &[Word]) -> Option<Last> {
        let wanted =
            self.spans.iter().filter(|((voice, word), _)| voices.contains(voice) && words.contains(word));
        wanted.map(|((_, word), span)| Last { word: *word, origin: span.last }).reduce(Last::later)
    }

    fn widen(&mut self, slot: (Voice, Word), span: Span) {
        match self.spans.get_mut(&slot) {
            Some(known) => {
                known.first = known.first.min(span.first);
                known.last = known.last.max(span.last);
            }
            None => {
                self.spans.insert(slot, span);
            }
        }
    }
}

impl Last {
    fn later(self, other: Self) -> Self {
        let key = |last: Self| (last.origin.seen_at, last.word, last.origin.source);
        if key(other) > key(self) { other } else { self }
    }

    fn reading(self, is_final: bool) -> Reading {
        Reading { state: self.word.state(), origin: Some(self.origin), is_final }
    }
}
