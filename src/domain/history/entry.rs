//! One task taken on: the merge of all that was seen of it.

use crate::domain::{Kind, Money, RequesterId, SiteDay, SortedMap, TaskId, Timestamp};

use super::register::Rule;
use super::state_words::Reading;
use super::{
    EntryId, Fact, How, Observation, Origin, Register, ReturnReason, Source, State, StateWord, StateWords,
    Worked,
};

/// One row a field: its register, the rule by which the better of two values is chosen, and the fact that says it.
macro_rules! fields {
    ($($(#[$doc:meta])+ $name:ident: $type:ty = $variant:ident, $rule:ident, |$value:ident| $fact:expr;)+) => {
        /// One task taken on, as the merge of all that was seen of it.
        ///
        /// Each field is the best value that was ever offered, with its origin.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Entry {
            id: EntryId,
            words: StateWords,
            $($(#[$doc])+ pub $name: Register<$type>,)+
        }

        /// A field of an [`Entry`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            /// What became of it.
            State,
            $($(#[$doc])+ $variant,)+
        }

        impl Field {
            /// All of them.
            pub const ALL: &[Self] = &[Self::State, $(Self::$variant,)+];
        }

        impl Entry {
            /// An entry of which nothing is known.
            pub fn new(id: EntryId) -> Self {
                Self { id, words: StateWords::default(), $($name: Register::default(),)+ }
            }

            /// Where a field's value came from; `None` where it is unknown.
            pub fn origin_of(&self, field: Field) -> Option<Origin> {
                match field {
                    Field::State => self.read().origin,
                    $(Field::$variant => self.$name.origin(),)+
                }
            }

            /// Takes over whatever another record of the same entry knows better.
            ///
            /// Both must be about the same assignment or task; the caller matches them by id.
            pub fn join(&mut self, other: &Self) {
                self.adopt(&other.id);
                self.words.join(&other.words);
                $(self.$name.join(&other.$name, Rule::$rule);)+
            }

            fn registers_told(&self) -> Vec<Told> {
                let mut told = Vec::new();
                $(if let (Some($value), Some(origin)) = (self.$name.value().cloned(), self.$name.origin()) {
                    told.push(Told { fact: $fact, origin });
                })+
                told
            }

            $(fn $name(&mut self, value: &$type, origin: Origin) {
                self.$name.offer(value, origin, Rule::$rule);
            })+
        }
    };
}

fields! {
    /// The site's id of the task.
    task_id: TaskId = TaskId, Site, |value| Fact::TaskId(value);
    /// The group of equal tasks.
    group_id: TaskId = GroupId, Site, |value| Fact::GroupId(value);
    /// The requester's id.
    requester_id: RequesterId = RequesterId, Site,
        |value| Fact::Requester { id: Some(value), name: String::new() };
    /// The requester's name, worker ids masked.
    requester_name: String = RequesterName, Site, |value| Fact::Requester { id: None, name: value };
    /// The title, worker ids masked.
    title: String = Title, Site, |value| Fact::Title(value);
    /// The longer text, worker ids masked.
    description: String = Description, Site, |value| Fact::Description(value);
    /// What changes everything about it.
    kind: Kind = Kind, Site, |value| Fact::Kind(value);
    /// The requirements as a readable text; empty where there are none.
    requirements: String = Requirements, Site, |value| Fact::Requirements(value);
    /// The site's limit in seconds.
    allotted_secs: u32 = AllottedSecs, Site, |value| Fact::AllottedSecs(value);
    /// Tasks left in the group when it was accepted.
    available: u32 = Available, SiteFirst, |value| Fact::Available(value);
    /// Pay for the task, never below zero.
    reward: Money = Reward, Site, |value| Fact::Reward(value);
    /// Pay the text promises beyond the reward, quoted.
    promised: String = Promised, Site, |value| Fact::Promised(value);
    /// Extra pay for this task, never below zero.
    bonus: Money = Bonus, Site, |value| Fact::Bonus(value);
    /// When it was taken.
    accepted_at: Timestamp = AcceptedAt, Held, |value| Fact::AcceptedAt(value);
    /// When it was handed in.
    submitted_at: Timestamp = SubmittedAt, HandedIn, |value| Fact::SubmittedAt(value);
    /// When it was decided, or the earliest moment a decision was seen.
    decided_at: Timestamp = DecidedAt, SiteFirst, |value| Fact::DecidedAt(value);
    /// When it was paid, or the earliest moment it was seen paid.
    paid_at: Timestamp = PaidAt, SiteFirst, |value| Fact::PaidAt(value);
    /// When the allotted time runs out.
    deadline: Timestamp = Deadline, Held, |value| Fact::Deadline(value);
    /// The day under which the site files it.
    site_day: SiteDay = SiteDay, Site, |value| Fact::SiteDay(value);
    /// The requester's feedback, worker ids masked.
    feedback: String = Feedback, Site, |value| Fact::Feedback(Some(value));
    /// Why the worker gave it back.
    return_reason: ReturnReason = ReturnReason, Worker,
        |value| Fact::State(StateWord::Returned(Some(value)));
    /// Working time as it was measured or loaded; see [`Entry::working_time`].
    worked: Worked = Worked, Worker, |value| Fact::Worked(value);
    /// Working time as the worker said it last; any other measure than theirs takes the correction back.
    corrected: Worked = Corrected, Worker, |value| Fact::Worked(value);
    /// The worker's own words; empty where they were taken away.
    note: String = Note, Worker, |value| Fact::Note(value);
    /// The worker's labels.
    tags: Vec<String> = Tags, Worker, |value| Fact::Tags(value);
    /// The earlier entry that this one pays for.
    pays_for: EntryId = PaysFor, Worker, |value| Fact::PaysFor(value);
}

/// A fact and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What was said.
    pub fact: Fact,
    /// Where and when.
    pub origin: Origin,
}

impl Entry {
    /// An entry of which only this is known.
    pub fn of(observation: &Observation) -> Self {
        let mut entry = Self::new(observation.id.clone());
        entry.merge(observation);
        entry
    }

    /// The assignment's id, or the task's stand-in until the assignment is known.
    pub fn id(&self) -> &EntryId {
        &self.id
    }

    /// Takes over whatever an observation knows better. The caller matches both by id.
    pub fn merge(&mut self, observation: &Observation) {
        self.adopt(&observation.id);
        let origin = Origin { seen_at: observation.seen_at, source: observation.source };
        for fact in &observation.facts {
            self.take(fact, origin);
        }
    }

    /// What became of it.
    pub fn state(&self) -> State {
        self.read().state
    }

    /// Working time: the worker's correction, or else what was measured.
    pub fn working_time(&self) -> Option<Worked> {
        let corrected = self.corrected.value().filter(|worked| worked.how == How::Corrected);
        corrected.or(self.worked.value()).copied()
    }

    /// The earlier entry that this one pays for. Paying for itself is how the worker takes a tie back.
    pub fn paid_for(&self) -> Option<&EntryId> {
        self.pays_for.value().filter(|id| *id != &self.id)
    }

    /// Whether only the server's word, or the worker's own, can still change the state.
    ///
    /// A return, an expiry or a submission that was merely seen is not final: the site has not answered yet.
    pub fn is_final(&self) -> bool {
        self.read().is_final
    }

    /// Whether it was rejected once and approved later; this stays so for ever.
    pub fn is_overturned(&self) -> bool {
        self.words.is_overturned()
    }

    /// All that the entry keeps, as facts: merging them in any order into a new entry gives this one again.
    pub fn told(&self) -> Vec<Told> {
        let words = self.words.told().map(|(word, origin)| Told { fact: Fact::State(word), origin });
        self.registers_told().into_iter().chain(words).collect()
    }

    /// [`Entry::told`] as observations, one for each origin, in the order of time.
    pub fn observations(&self) -> Vec<Observation> {
        let mut by_origin: SortedMap<Origin, Vec<Fact>> = SortedMap::new();
        for Told { fact, origin } in self.told() {
            match by_origin.get_mut(&origin) {
                Some(facts) => facts.push(fact),
                None => {
                    by_origin.insert(origin, vec![fact]);
                }
            }
        }
        let id = || self.id.clone();
        let observation = |origin: Origin, facts| Observation {
            id: id(),
            seen_at: origin.seen_at,
            source: origin.source,
            facts,
        };
        let origins: Vec<Origin> = by_origin.keys().copied().collect();
        origins
            .into_iter()
            .zip(by_origin.into_values())
            .map(|(origin, facts)| observation(origin, facts))
            .collect()
    }

    fn read(&self) -> Reading {
        let mut reading = self.words.read();
        let is_zero = self.reward.value().is_some_and(|reward| reward.micros == 0);
        // Only the server's own amount may settle an approval: a page's earlier one may have changed since.
        let is_told = self.reward.origin().is_some_and(|origin| origin.source.is_server());
        if reading.state == State::Approved && is_zero && is_told {
            reading.state = State::Paid;
        }
        reading
    }

    /// An assignment's id replaces a task's stand-in.
    fn adopt(&mut self, id: &EntryId) {
        let rank = |id: &EntryId| (id.stands_for().is_some(), id.clone());
        if rank(id) < rank(&self.id) {
            self.id = id.clone();
        }
    }

    fn take(&mut self, fact: &Fact, origin: Origin) {
        match fact {
            Fact::TaskId(id) => self.task_id(id, origin),
            Fact::GroupId(id) => self.group_id(id, origin),
            Fact::Requester { id, name } => self.requester(id.as_ref(), name, origin),
            Fact::Title(text) if !text.is_empty() => self.title(text, origin),
            Fact::Description(text) if !text.is_empty() => self.description(text, origin),
            Fact::Promised(text) if !text.is_empty() => self.promised(text, origin),
            Fact::Kind(kind) => self.kind(kind, origin),
            Fact::Requirements(text) => self.requirements(text, origin),
            Fact::AllottedSecs(secs) => self.allotted_secs(secs, origin),
            Fact::Available(count) => self.available(count, origin),
            Fact::Reward(money) if money.micros >= 0 => self.reward(money, origin),
            Fact::Bonus(money) if money.micros >= 0 => self.bonus(money, origin),
            Fact::AcceptedAt(at) => self.accepted_at(at, origin),
            Fact::SubmittedAt(at) => self.submitted_at(at, origin),
            Fact::DecidedAt(at) => self.decided_at(at, origin),
            Fact::PaidAt(at) => self.paid_at(at, origin),
            Fact::Deadline(at) => self.deadline(at, origin),
            Fact::SiteDay(day) => self.site_day(day, origin),
            Fact::State(word) => self.hear(*word, origin),
            Fact::Feedback(Some(text)) if !text.is_empty() => self.feedback(text, origin),
            Fact::Worked(worked) if origin.source == Source::Worker => self.corrected(worked, origin),
            Fact::Worked(worked) => self.worked(worked, origin),
            Fact::Note(text) => self.note(text, origin),
            Fact::Tags(tags) => self.tags(tags, origin),
            Fact::PaysFor(id) => self.pays_for(id, origin),
            // Nothing said: an empty text, an amount below zero. "No feedback" never takes back one that was given.
            Fact::Title(_)
            | Fact::Description(_)
            | Fact::Promised(_)
            | Fact::Reward(_)
            | Fact::Bonus(_)
            | Fact::Feedback(_) => {}
        }
    }

    fn requester(&mut self, id: Option<&RequesterId>, name: &String, origin: Origin) {
        if let Some(id) = id {
            self.requester_id(id, origin);
        }
        if !name.is_empty() {
            self.requester_name(name, origin);
        }
    }

    fn hear(&mut self, word: StateWord, origin: Origin) {
        self.words.hear(word, origin);
        if let StateWord::Returned(Some(reason)) = word {
            self.return_reason(&reason, origin);
        }
    }
}
