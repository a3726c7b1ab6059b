//! Both stores in memory, killed between any two writes, emptied and damaged.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // Tests may fail loudly.

mod damage;
mod survival;

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use super::*;
use crate::domain::history::{
    DayBonus, Entry, EntryId, Fact, How, Observation, Origin, ServerState, Source, StateWord, Worked,
};
use crate::domain::{
    Currency, Money, Partition, RequesterId, SiteDay, SiteZone, TaskId, Timestamp, TitleKey, lowered,
};
use crate::storage::history::{Bookmark, Recount, Rules, Target, close_before, entries_page, recount_batch};
use crate::storage::{Access, Database, MemoryDatabase};

const DAY_MS: i64 = 86_400_000;

/// The memory stores never wait.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a memory store waited"),
    }
}

fn title_key(title: &str) -> Option<TitleKey> {
    TitleKey::new(&lowered(title))
}

const RULES: Rules = Rules { zone: SiteZone::Utc, title_key };

fn mturk() -> Partition {
    Partition("mturk#tag".to_owned())
}

#[derive(Default)]
struct Bench {
    database: MemoryDatabase,
    journal: MemoryJournal,
}

impl Bench {
    fn record(&self, seen: Vec<Seen>) -> Result<Recorded, Failure> {
        let change = Change { partition: mturk(), seen };
        ready(record(&self.database, &self.journal, &change, RULES))
    }

    fn see(&self, seen: &[Observation]) -> Recorded {
        self.record(seen.iter().cloned().map(Seen::Task).collect()).unwrap()
    }

    fn close_days(&self, before: SiteDay) -> Result<(), StoreError> {
        let script = || close_before(mturk(), before, RULES, Target::InUse);
        while ready(self.database.transact(Access::Write, script()))?.unwrap().has_more {}
        Ok(())
    }

    fn verdict(&self) -> Verdict {
        ready(verdict(&self.database, &self.journal)).unwrap()
    }

    /// Does at start what the heads ask for; every problem it named.
    fn start(&self) -> Vec<crate::domain::Problem> {
        let mut problems = Vec::new();
        match self.verdict() {
            Verdict::Same => {}
            Verdict::ReplayFrom(_) => match ready(replay(&self.database, &self.journal, RULES)).unwrap() {
                Ok(_) => {}
                Err(_) => problems.extend(self.rebuild()),
            },
            Verdict::Rebuild(_) => problems.extend(self.rebuild()),
            Verdict::JournalBehind(_) => self.rewrite(),
        }
        assert_eq!(self.verdict(), Verdict::Same);
        problems
    }

    fn rebuild(&self) -> Vec<crate::domain::Problem> {
        let mut step = Rebuilt::default();
        while !step.is_done() {
            step = ready(rebuild_batch(&self.database, &self.journal, &step, RULES)).unwrap();
        }
        ready(drop_generation(&self.database, &step.replaced.unwrap())).unwrap();
        step.problems
    }

    fn rewrite(&self) {
        let mut step = Rewritten::default();
        while !step.is_done {
            step = ready(rewrite_batch(&self.database, &self.journal, step, RULES)).unwrap();
            assert_eq!(step.faults, []);
        }
    }

    /// All entries, in the order of their ids.
    fn entries(&self) -> Vec<Entry> {
        let (mut entries, mut from) = (Vec::new(), Some(Bookmark::default()));
        while let Some(bookmark) = from {
            let script = entries_page(mturk(), bookmark);
            let page = ready(self.database.transact(Access::Read, script)).unwrap().unwrap();
            assert_eq!(page.faults, []);
            entries.extend(page.entries);
            from = page.next;
        }
        entries.sort_by(|one, other| one.id().cmp(other.id()));
        entries
    }

    /// The aggregates are those of a recount, and the head counts right.
    fn assert_counted(&self) {
        let mut recount = Recount::default();
        while !recount.is_done {
            let script = recount_batch(mturk(), recount, RULES);
            recount = ready(self.database.transact(Access::Write, script)).unwrap().unwrap();
        }
        assert_eq!(recount.differences, []);
        let head = ready(db_head(&self.database)).unwrap().unwrap();
        assert_eq!(head.entries, recount.entries);
    }
}

fn assignment(number: u8) -> EntryId {
    EntryId(format!("3ASSIGNMENT{number}"))
}

fn task(number: u8) -> TaskId {
    TaskId(format!("3TASK{number}"))
}

/// What is seen of one of a few entries, by its assignment or only by its task.
fn seen(number: u8, at: i64, facts: Vec<Fact>) -> Observation {
    let mut facts = facts;
    facts.push(Fact::TaskId(task(number)));
    Observation { id: assignment(number), seen_at: Timestamp(at), source: Source::StatusPage, facts }
}

fn usd(micros: i64) -> Money {
    Money { micros, currency: Currency::USD }
}

/// One entry a number, on the day of the number.
fn accepted(number: u8) -> Observation {
    let at = i64::from(number) * DAY_MS;
    seen(
        number,
        at,
        vec![
            Fact::Requester {
                id: Some(RequesterId(format!("A{}", number % 3))),
                name: "An Example".to_owned(),
            },
            Fact::Title(format!("An invented survey {}", number % 5)),
            Fact::Reward(usd(i64::from(number) * 10_000)),
            Fact::AcceptedAt(Timestamp(at)),
            Fact::State(StateWord::Server(ServerState::Submitted)),
        ],
    )
}
