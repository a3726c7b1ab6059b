//! One task taken on, and the ways from state to state.

use crate::behaviour::FiledBy;
use crate::group::{Group, Reward};
use crate::pacific::Day;

use super::{Refused, Taking};

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssignmentState {
    /// In the queue.
    Held,
    /// Given back by the worker.
    Returned,
    /// Held until its deadline.
    Expired,
    /// Done, not yet decided. Pages call it *Submitted*, workers *pending*.
    Submitted,
    /// Accepted by the requester.
    Approved,
    /// Approved and paid out.
    Paid,
    /// Refused by the requester.
    Rejected,
}

impl AssignmentState {
    /// The word of the status pages; `None` for what is never listed there.
    pub fn listed(self) -> Option<&'static str> {
        match self {
            Self::Held | Self::Returned | Self::Expired => None,
            Self::Submitted => Some("Submitted"),
            Self::Approved => Some("Approved"),
            Self::Paid => Some("Paid"),
            Self::Rejected => Some("Rejected"),
        }
    }
}

/// A task that an account took on.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The assignment: 30 characters, the first is `3`.
    pub assignment_id: String,
    /// The HIT: 30 characters, the first is `3`.
    pub task_id: String,
    /// The group as it was when the task was accepted.
    pub group: Group,
    /// What the site says it pays; a requester may change it later.
    pub reward: Reward,
    /// Seconds since 1970, by the market's clock.
    pub accepted_at: i64,
    /// When it expires; likewise.
    pub deadline: i64,
    /// When it was done; likewise.
    pub submitted_at: Option<i64>,
    /// The day whose status page lists it, once it is submitted.
    pub day: Option<Day>,
    /// Where it stands.
    pub state: AssignmentState,
    /// What the requester wrote.
    pub feedback: Option<String>,
    pub(crate) laid: bool,
}

impl Assignment {
    pub(super) fn new(taking: &Taking<'_>) -> Self {
        let group = taking.group.clone();
        Self {
            assignment_id: format!("3ASGN{:0>25}", taking.number),
            task_id: format!("3TASK{:0>25}", taking.number),
            reward: group.monetary_reward.clone(),
            accepted_at: taking.accepted_at,
            deadline: taking.accepted_at.saturating_add(group.assignment_duration_in_seconds),
            submitted_at: None,
            day: None,
            state: AssignmentState::Held,
            feedback: None,
            laid: taking.laid,
            group,
        }
    }

    /// The path of the work page.
    pub fn url(&self) -> String {
        let (group, task, assignment) = (&self.group.hit_set_id, &self.task_id, &self.assignment_id);
        format!("/projects/{group}/tasks/{task}?assignment_id={assignment}&ref=w_pl_prvw")
    }

    fn go(&mut self, from: AssignmentState, to: AssignmentState) -> Result<(), Refused> {
        if self.state != from {
            return Err(Refused::WrongState(self.state));
        }
        self.state = to;
        Ok(())
    }

    /// The worker is done with it.
    pub(crate) fn submit(&mut self, now: i64, filed_by: FiledBy) -> Result<(), Refused> {
        self.go(AssignmentState::Held, AssignmentState::Submitted)?;
        self.submitted_at = Some(now);
        self.day = Some(Day::at(match filed_by {
            FiledBy::Submission => now,
            FiledBy::Acceptance => self.accepted_at,
        }));
        Ok(())
    }

    /// The worker gives it back.
    pub(crate) fn give_back(&mut self) -> Result<(), Refused> {
        self.go(AssignmentState::Held, AssignmentState::Returned)
    }

    /// Its time is over.
    pub(crate) fn expire(&mut self, now: i64) -> Result<(), Refused> {
        self.go(AssignmentState::Held, AssignmentState::Expired)?;
        self.deadline = self.deadline.min(now);
        Ok(())
    }

    /// The requester accepts it.
    pub(crate) fn approve(&mut self) -> Result<(), Refused> {
        self.go(AssignmentState::Submitted, AssignmentState::Approved)
    }

    /// The site pays it out. Where the reward is 0 it stays approved for ever.
    pub(crate) fn pay(&mut self) -> Result<(), Refused> {
        if self.reward.cents() == 0 {
            return Err(Refused::NothingToPay);
        }
        self.go(AssignmentState::Approved, AssignmentState::Paid)
    }

    /// The requester refuses it.
    pub(crate) fn reject(&mut self, feedback: &str) -> Result<(), Refused> {
        self.go(AssignmentState::Submitted, AssignmentState::Rejected)?;
        self.feedback = Some(feedback.to_owned());
        Ok(())
    }

    /// The requester thinks again.
    pub(crate) fn overturn(&mut self) -> Result<(), Refused> {
        self.go(AssignmentState::Rejected, AssignmentState::Approved)
    }
}
