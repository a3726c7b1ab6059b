//! Invented tasks: a few thousand requesters, most work from a few of them, batches and one-time surveys.

use wagelight::domain::history::{EntryId, Fact, How, Observation, ServerState, Source, StateWord, Worked};
use wagelight::domain::{Currency, Money, RequesterId, SiteDay, SiteZone, TaskId, Timestamp};

const DAY_MS: i64 = 86_400_000;
/// 2019-01-01.
const FIRST_DAY: i64 = 17_897;
const WORDS: [&str; 40] = [
    "survey",
    "study",
    "label",
    "image",
    "receipt",
    "audio",
    "transcribe",
    "short",
    "opinion",
    "product",
    "health",
    "decision",
    "making",
    "classify",
    "tweets",
    "find",
    "website",
    "address",
    "company",
    "verify",
    "rate",
    "search",
    "results",
    "consumer",
    "attitudes",
    "memory",
    "game",
    "economic",
    "news",
    "headline",
    "video",
    "summary",
    "check",
    "record",
    "voice",
    "personality",
    "politics",
    "extract",
    "data",
    "questionnaire",
];

/// Numbers that look random, always the same.
struct Dice(u64);

impl Dice {
    /// `SplitMix64`. Source: Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end.max(1)
    }

    fn small(&mut self, end: u32) -> u32 {
        u32::try_from(self.below(u64::from(end))).unwrap_or(0)
    }

    /// An identifier as the site has them.
    fn id(&mut self, first: char, length: usize) -> String {
        let letter = |number: u64| char::from_digit(u32::try_from(number).unwrap_or(0), 36).unwrap_or('0');
        let rest = (1..length).map(|_| letter(self.below(36)).to_ascii_uppercase());
        core::iter::once(first).chain(rest).collect()
    }

    fn words(&mut self, count: u64) -> String {
        let count = usize::try_from(count).unwrap_or(1);
        let word = |number: u64| usize::try_from(number).ok().and_then(|at| WORDS.get(at)).copied();
        let words: Vec<&str> = (0..count).filter_map(|_| word(self.below(40))).collect();
        words.join(" ")
    }
}

/// What invents.
pub(super) struct Inventor {
    seed: u64,
    per_day: u32,
}

impl Inventor {
    pub(super) fn new(seed: u64, per_day: u32) -> Self {
        Self { seed, per_day }
    }

    pub(super) fn per_day(&self) -> u32 {
        self.per_day
    }

    fn dice(&self, kind: u64, number: u64) -> Dice {
        Dice(self.seed.wrapping_mul(31).wrapping_add(kind) ^ number.wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// All that is seen of one task, in order: taken, handed in, timed, and the status page of a later day.
    pub(super) fn task(&self, number: u32) -> Vec<Observation> {
        let mut dice = self.dice(1, u64::from(number));
        let day = FIRST_DAY + i64::from(number / self.per_day);
        let spread = 50_000_000 / i64::from(self.per_day);
        let accepted = day * DAY_MS + 54_000_000 + i64::from(number % self.per_day) * spread;
        let worked_secs = 30 + dice.small(900);
        let submitted = accepted + i64::from(worked_secs) * 1_000;
        let id = EntryId(dice.id('3', 30));
        let seen =
            |at: i64, source, facts| Observation { id: id.clone(), seen_at: Timestamp(at), source, facts };
        let mut taken = self.group(&mut dice, day);
        taken.extend([
            Fact::TaskId(TaskId(dice.id('3', 30))),
            Fact::AcceptedAt(Timestamp(accepted)),
            Fact::Deadline(Timestamp(accepted + 3_600_000)),
            Fact::Available(dice.small(400)),
            Fact::State(StateWord::Held),
        ]);
        let mut all = vec![seen(accepted, Source::WorkPage, taken)];
        if dice.below(12) == 0 {
            all.push(seen(submitted, Source::ReturnAlert, vec![Fact::State(StateWord::Returned(None))]));
            return all;
        }
        let handed_in = vec![Fact::State(StateWord::Submitted), Fact::SubmittedAt(Timestamp(submitted))];
        all.push(seen(submitted, Source::SubmitMessage, handed_in));
        let worked = Worked::new(worked_secs, worked_secs + dice.small(60), worked_secs + 60, How::Seen);
        all.push(seen(submitted + 5, Source::Clock, vec![Fact::Worked(worked)]));
        let state = match dice.below(100) {
            0..2 => ServerState::Rejected,
            2..20 => ServerState::Approved,
            _ => ServerState::Paid,
        };
        let later = (day + 2) * DAY_MS + 60_000_000;
        let site_day: SiteDay = SiteZone::Pacific.day_of(Timestamp(submitted));
        let mut told = vec![Fact::SiteDay(site_day), Fact::State(StateWord::Server(state))];
        told.extend((dice.below(20) == 0).then(|| Fact::Feedback(Some(dice.words(8)))));
        all.push(seen(later, Source::StatusPage, told));
        all
    }

    /// What all tasks of a group share. Most work of a day is from a dozen groups.
    fn group(&self, dice: &mut Dice, day: i64) -> Vec<Fact> {
        let of_day = u64::try_from(day).unwrap_or(0);
        let number = if dice.below(10) < 7 {
            of_day * 1_000 + dice.below(12)
        } else {
            of_day * 1_000 + 12 + dice.below(980)
        };
        let mut group = self.dice(2, number);
        // The square prefers small numbers: a few requesters have most of the work.
        let requester = (group.below(70) * group.below(70)) + group.below(3);
        let mut of_requester = self.dice(3, requester);
        let cents = 1 + i64::try_from(group.below(150)).unwrap_or(0);
        let requester_id = RequesterId(of_requester.id('A', 14));
        vec![
            Fact::GroupId(TaskId(group.id('3', 30))),
            Fact::Requester { id: Some(requester_id), name: of_requester.words(2) },
            Fact::Title(format!("{} {}", of_requester.words(3), group.words(3))),
            Fact::Description(format!("{}. {}", of_requester.words(8), group.words(12))),
            Fact::Requirements("HIT approval rate greater than 95; location is US".to_owned()),
            Fact::AllottedSecs(3_600),
            Fact::Reward(Money { micros: cents * 10_000, currency: Currency::USD }),
        ]
    }
}
