//! What tests do in an account, without a page: the worker's part, the requester's and the site's.

use std::sync::Arc;

use crate::account::Account;
use crate::group::{Group, Reward};
use crate::ledger::{Assignment, AssignmentState, DayFigures, Figures, Ledger, Refused, Taking};
use crate::pacific::Day;
use crate::state::Shared;

/// An account to be scripted. Open pages stay as they are; the next request sees what was done.
#[derive(Clone)]
pub struct Worker {
    shared: Arc<Shared>,
    account: Account,
}

/// A past day's work, to be entered at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastWork {
    /// Whose status page lists it.
    pub day: Day,
    /// How many tasks: of the listed groups in turn.
    pub tasks: u32,
    /// Where they stand: submitted or further.
    pub state: AssignmentState,
}

impl Worker {
    pub(crate) fn new(shared: Arc<Shared>, account: Account) -> Self {
        Self { shared, account }
    }

    /// Whose it is.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Takes a task of a listed group, as the link on its row does.
    pub fn accept(&self, hit_set_id: &str) -> Result<Assignment, Refused> {
        let served = self.shared.served();
        let group = served.group(hit_set_id)?;
        self.with(|ledger| ledger.accept(&self.taking(group, self.shared.now())).cloned())
    }

    /// Submits a held task.
    pub fn submit(&self, assignment_id: &str) -> Result<Assignment, Refused> {
        let (now, filed_by) = (self.shared.now(), self.shared.served().behaviour.filed_by);
        self.change(assignment_id, |entry| entry.submit(now, filed_by))
    }

    /// Gives a held task back.
    pub fn give_back(&self, assignment_id: &str) -> Result<Assignment, Refused> {
        self.change(assignment_id, Assignment::give_back)
    }

    /// Ends the time of a held task.
    pub fn expire(&self, assignment_id: &str) -> Result<Assignment, Refused> {
        let now = self.shared.now();
        self.change(assignment_id, |entry| entry.expire(now))
    }

    /// Approves a submitted task.
    pub fn approve(&self, assignment_id: &str) -> Result<Assignment, Refused> {
        self.change(assignment_id, Assignment::approve)
    }

    /// Pays an approved task out. One without a reward stays approved for ever.
    pub fn pay(&self, assignment_id: &str) -> Result<Assignment, Refused> {
        self.change(assignment_id, Assignment::pay)
    }

    /// Rejects a submitted task.
    pub fn reject(&self, assignment_id: &str, feedback: &str) -> Result<Assignment, Refused> {
        self.change(assignment_id, |entry| entry.reject(feedback))
    }

    /// Approves a rejected task after all. Its feedback stays.
    pub fn overturn(&self, assignment_id: &str) -> Result<Assignment, Refused> {
        self.change(assignment_id, Assignment::overturn)
    }

    /// Changes what the status pages say that a task pays.
    pub fn set_reward(&self, assignment_id: &str, cents: u32) -> Result<Assignment, Refused> {
        self.change(assignment_id, |entry| {
            entry.reward = Reward::usd_cents(cents);
            Ok(())
        })
    }

    /// Changes what the requester wrote.
    pub fn set_feedback(&self, assignment_id: &str, feedback: Option<&str>) -> Result<Assignment, Refused> {
        self.change(assignment_id, |entry| {
            entry.feedback = feedback.map(str::to_owned);
            Ok(())
        })
    }

    /// Adds to a day's bonuses, in US cents.
    pub fn bonus(&self, day: Day, cents: u32) {
        self.with(|ledger| ledger.bonus(day, cents));
    }

    /// Enters a day's work of the past; more than 25 tasks, and locked groups, are no hindrance.
    pub fn enter(&self, work: PastWork) -> Result<Vec<Assignment>, Refused> {
        let served = self.shared.served();
        let groups: Vec<&Group> = served.items().iter().map(|item| &item.group).collect();
        let noon = work.day.noon();
        let in_turn = groups.iter().cycle().zip(0..work.tasks);
        self.with(|ledger| {
            in_turn
                .map(|(group, second)| {
                    let taking = self.taking(group, noon + i64::from(second));
                    let id = ledger.enter(&taking)?.assignment_id.clone();
                    let entry = ledger.entry(&id)?;
                    entry.state = work.state;
                    entry.day = Some(work.day);
                    entry.submitted_at = Some(taking.accepted_at + 60);
                    Ok(entry.clone())
                })
                .collect()
        })
    }

    /// Every task taken on, oldest first.
    pub fn assignments(&self) -> Vec<Assignment> {
        self.with(|ledger| ledger.entries().to_vec())
    }

    /// One of them.
    pub fn assignment(&self, assignment_id: &str) -> Result<Assignment, Refused> {
        self.with(|ledger| ledger.find(assignment_id).cloned())
    }

    /// A day's line of the dashboard.
    pub fn day(&self, day: Day) -> Figures {
        self.with(|ledger| ledger.figures_of(day).figures)
    }

    /// All days with work or bonuses, newest first.
    pub fn days(&self) -> Vec<DayFigures> {
        self.with(|ledger| ledger.days())
    }

    /// Sums over everything.
    pub fn figures(&self) -> Figures {
        self.with(|ledger| ledger.figures())
    }

    fn with<T>(&self, with: impl FnOnce(&mut Ledger) -> T) -> T {
        self.shared.ledger(&self.account, with)
    }

    fn change(
        &self,
        assignment_id: &str,
        change: impl FnOnce(&mut Assignment) -> Result<(), Refused>,
    ) -> Result<Assignment, Refused> {
        self.with(|ledger| {
            let entry = ledger.entry(assignment_id)?;
            change(entry)?;
            Ok(entry.clone())
        })
    }

    fn taking<'g>(&self, group: &'g Group, accepted_at: i64) -> Taking<'g> {
        Taking { group, number: self.shared.number(), accepted_at, laid: false }
    }
}
