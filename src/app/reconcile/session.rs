//! A check of the history against the site, from the worker's press to its end.
//!
//! It lies in the database between two steps, so that the background may die at any moment: each step reads it,
//! does one thing, and writes it. The page that the worker pressed on sends the requests; while it is closed nothing
//! happens.

use super::session_record::{self, Pages};
use super::tabs::Choice;
use super::traffic::{ANSWER_WITHIN_MS, AccountTag, Answer, Request, Start, Stop, Traffic};
use super::{Batch, LocalCounts, Plan, Progress, RestoreError, Run, Step, Summary, Survey, Surveyed, plan};
use crate::domain::history::Observation;
use crate::domain::{Problem, SiteDay, Timestamp};

/// So long an offered plan is as good as new; after that the dashboard is read again first.
const OFFER_GOOD_FOR_MS: i64 = 600_000;
/// A page of the site that does not answer may be on its way to the next one.
const PAGE_MISSED_FOR_MS: i64 = 15_000;
/// How often it is looked whether something has changed that no answer tells.
const LOOK_AGAIN_MS: i64 = 1_000;
/// At most so many problems are kept for the worker to read.
const MAX_PROBLEMS: usize = 20;

/// How far back a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Today and yesterday.
    Recent,
    /// All days of the plan.
    All,
}

/// What is to be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Send this request through this tab, then report with [`Session::answered`].
    Fetch {
        /// The browser's number of the tab.
        tab: i64,
        /// The request.
        request: Request,
    },
    /// Ask again at this moment.
    Wait {
        /// The moment.
        until: Timestamp,
    },
    /// Make a plan of it with [`Session::offer`].
    Plan(Box<Surveyed>),
    /// Store this as a whole, then say so with [`Session::stored`].
    Take(Box<Batch>),
    /// Nothing, until the worker presses something.
    Rest,
}

/// How it stands, for the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The dashboard is being read, or could not be.
    Surveying(Option<Stop>),
    /// This could be read.
    Offered(Box<Plan>),
    /// Days are being read, or were until it stopped.
    Running {
        /// How far it is.
        progress: Progress,
        /// Why it stopped; `None` where it goes on.
        stop: Option<Stop>,
        /// It waits for the worker to be done with a task.
        is_paused: bool,
        /// It waits for the answer to a request that another page sent.
        waits: bool,
    },
    /// All was read that could be.
    Over(Summary),
    /// What was stopped cannot go on.
    Lost(RestoreError),
}

#[derive(Clone, Debug)]
pub(super) enum Phase {
    Survey(Box<Survey>),
    Offer(Box<Plan>),
    Run(Box<Run>),
    Over(Summary),
    Lost(RestoreError),
}

/// One check.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its account and host, and what is known of our requests there.
    pub(super) start: Start,
    /// A request whose answer may still come, and when it was sent: no other is sent before.
    pub(super) on_its_way: Option<(u32, Timestamp)>,
    /// Since when no page of the site answers.
    pub(super) missed_since: Option<Timestamp>,
    pub(super) phase: Phase,
    pub(super) problems: Vec<Problem>,
    pub(super) tasks_changed: u64,
}

impl Session {
    /// Begins one. The requests of the former one keep their distance from those of this one.
    ///
    /// `None` where the host is no site whose pages can be asked for.
    pub fn begin(host: String, account: AccountTag, former: Option<&Self>) -> Option<Self> {
        let last_request_at = former.and_then(|former| former.start.last_request_at);
        let first_number = former.map_or(1, |former| former.start.first_number);
        let start = Start { host, account, last_request_at, first_number };
        Some(Self {
            phase: Phase::Survey(Box::new(Survey::new(start.clone())?)),
            start,
            on_its_way: former.and_then(|former| former.on_its_way),
            missed_since: None,
            problems: Vec::new(),
            tasks_changed: 0,
        })
    }

    /// The host of the site.
    pub fn host(&self) -> &str {
        &self.start.host
    }

    /// The account whose history is checked.
    pub fn account(&self) -> &AccountTag {
        &self.start.account
    }

    /// What was not understood on the way; the last places are left out where there are too many.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many tasks are other than before.
    pub fn tasks_changed(&self) -> u64 {
        self.tasks_changed
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        match &self.phase {
            Phase::Survey(survey) => Standing::Surveying(survey.traffic.stopped),
            Phase::Offer(plan) => Standing::Offered(plan.clone()),
            Phase::Run(run) => Standing::Running {
                progress: run.progress(),
                stop: run.stopped(),
                is_paused: run.traffic.work_page_is_open,
                waits: self.on_its_way.is_some() && run.traffic.awaited.is_none(),
            },
            Phase::Over(summary) => Standing::Over(summary.clone()),
            Phase::Lost(why) => Standing::Lost(*why),
        }
    }

    /// Whether a plan is offered that is too old: then the dashboard is read again first.
    pub fn has_stale_offer(&self, now: Timestamp) -> bool {
        let Phase::Offer(plan) = &self.phase else { return false };
        now.0.saturating_sub(plan.surveyed_at.0) >= OFFER_GOOD_FOR_MS
    }

    /// Whether it came to its end.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Over(_))
    }

    /// Offers what the dashboard and the record's own counts a day make of it.
    pub fn offer(&mut self, surveyed: &Surveyed, local: &[(SiteDay, LocalCounts)]) {
        self.note(&surveyed.problems);
        self.phase = Phase::Offer(Box::new(plan(surveyed, local)));
    }

    /// The worker has chosen what to read.
    pub fn read(&mut self, extent: Extent, now: Timestamp) {
        let Phase::Offer(offered) = &self.phase else { return };
        let plan = match extent {
            Extent::Recent => offered.today_and_yesterday(),
            Extent::All => (**offered).clone(),
        };
        if let Some(run) = Run::new(self.start.clone(), plan, now) {
            self.phase = Phase::Run(Box::new(run));
        }
    }

    /// The worker wants it to go on. A day that was half read is begun again: its pages may have moved meanwhile.
    pub fn go_on(&mut self, now: Timestamp) {
        self.missed_since = None;
        match &self.phase {
            Phase::Survey(_) => {
                let survey = Survey::new(self.start.clone());
                self.phase = survey
                    .map_or(Phase::Lost(RestoreError::Unreadable), |survey| Phase::Survey(Box::new(survey)));
            }
            Phase::Run(run) => {
                self.phase = match run.to_saved().restore(self.start.clone(), now) {
                    Ok(run) => Phase::Run(Box::new(run)),
                    Err(why) => Phase::Lost(why),
                };
            }
            Phase::Offer(_) | Phase::Over(_) | Phase::Lost(_) => {}
        }
    }

    /// The worker does not want it any more.
    pub fn cancel(&mut self) {
        self.stop(Stop::Cancelled);
    }

    /// Ends it for a reason that no answer tells.
    pub fn stop(&mut self, why: Stop) {
        if let Some(traffic) = self.traffic() {
            traffic.stop(why);
        }
    }

    fn traffic(&mut self) -> Option<&mut Traffic> {
        match &mut self.phase {
            Phase::Survey(survey) => Some(&mut survey.traffic),
            Phase::Run(run) => Some(&mut run.traffic),
            Phase::Offer(_) | Phase::Over(_) | Phase::Lost(_) => None,
        }
    }

    /// What came of a request.
    pub fn answered(&mut self, answer: Answer, now: Timestamp) {
        if self.on_its_way.is_some_and(|(number, _)| number == answer.number) {
            self.on_its_way = None;
            self.start.last_request_at = Some(now);
        }
        match &mut self.phase {
            Phase::Survey(survey) => survey.answered(answer, now),
            Phase::Run(run) => run.answered(answer, now),
            Phase::Offer(_) | Phase::Over(_) | Phase::Lost(_) => {}
        }
    }

    /// The batch is stored, and so many tasks are other than before.
    pub fn stored(&mut self, batch: &Batch, tasks_changed: u64) {
        self.note(&batch.problems);
        self.tasks_changed = self.tasks_changed.saturating_add(tasks_changed);
        if let Phase::Run(run) = &mut self.phase {
            run.taken();
        }
    }

    fn note(&mut self, problems: &[Problem]) {
        let room = MAX_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(problems.iter().take(room).cloned());
    }

    /// What to do now, where the open tabs are these.
    pub fn next(&mut self, choice: &Choice, now: Timestamp) -> Next {
        if let Some(tag) = &choice.signed_in {
            match &mut self.phase {
                Phase::Survey(survey) => survey.saw_account(tag),
                Phase::Run(run) => run.saw_account(tag),
                Phase::Offer(_) | Phase::Over(_) | Phase::Lost(_) => {}
            }
        }
        if let Some(traffic) = self.traffic() {
            traffic.set_work_page_open(choice.work_page_is_open);
        }
        if let Some(next) = self.hindered(choice, now) {
            return next;
        }
        let (step, tab) = (self.step(now), choice.tab);
        match step {
            Next::Fetch { request, .. } => {
                self.start.last_request_at = Some(now);
                self.start.first_number = request.number.wrapping_add(1);
                self.on_its_way = Some((request.number, now));
                Next::Fetch { tab: tab.unwrap_or_default(), request }
            }
            next => next,
        }
    }

    /// What keeps the next request from being sent, besides what the run itself knows.
    fn hindered(&mut self, choice: &Choice, now: Timestamp) -> Option<Next> {
        let is_ready = matches!(&self.phase, Phase::Run(run) if run.is_ready());
        let traffic = self.traffic()?;
        if traffic.stopped.is_some() || traffic.awaited.is_some() || is_ready {
            return None;
        }
        let look_again = Timestamp(now.0.saturating_add(LOOK_AGAIN_MS));
        if let Some((_, sent_at)) = self.on_its_way {
            if now.0.saturating_sub(sent_at.0) < ANSWER_WITHIN_MS && now >= sent_at {
                return Some(Next::Wait { until: look_again });
            }
            self.on_its_way = None;
        }
        if choice.tab.is_some() || choice.work_page_is_open {
            self.missed_since = None;
            return None;
        }
        let since = *self.missed_since.get_or_insert(now);
        if choice.has_page && now.0.saturating_sub(since.0) < PAGE_MISSED_FOR_MS {
            return Some(Next::Wait { until: look_again });
        }
        self.stop(if choice.has_page { Stop::UnknownAccount } else { Stop::NoPage });
        None
    }

    fn step(&mut self, now: Timestamp) -> Next {
        let look_again = Timestamp(now.0.saturating_add(LOOK_AGAIN_MS));
        let fetch = |request| Next::Fetch { tab: 0, request };
        match &mut self.phase {
            Phase::Survey(survey) => match survey.next(now) {
                Step::Fetch(request) => fetch(request),
                Step::Wait { until } => Next::Wait { until },
                Step::Paused => Next::Wait { until: look_again },
                Step::Take(surveyed) => Next::Plan(surveyed),
                Step::Done | Step::Stopped(_) => Next::Rest,
            },
            Phase::Run(run) => match run.next(now) {
                Step::Fetch(request) => fetch(request),
                Step::Wait { until } => Next::Wait { until },
                Step::Paused => Next::Wait { until: look_again },
                Step::Take(batch) => Next::Take(batch),
                Step::Stopped(_) => Next::Rest,
                Step::Done => {
                    self.phase = Phase::Over(run.summary().clone());
                    Next::Rest
                }
            },
            Phase::Offer(_) | Phase::Over(_) | Phase::Lost(_) => Next::Rest,
        }
    }

    /// The number and the rows of the last page of the day that is half read; `None` where none is.
    pub fn half_read(&self) -> Option<(u32, &[Observation])> {
        let Phase::Run(run) = &self.phase else { return None };
        let reading = run.current.as_ref().filter(|reading| reading.next_page > 1)?;
        Some((reading.next_page.saturating_sub(1), &reading.last_page))
    }

    /// As it is stored, but for the pages of a half-read day, which are stored one by one.
    pub fn to_text(&self) -> String {
        session_record::write(self)
    }

    /// Reads what [`Session::to_text`] wrote, and what the pages of a half-read day said, by their numbers.
    ///
    /// `None` where the text is none of ours, or of a later version.
    pub fn read_text(text: &str, pages: Pages) -> Option<Self> {
        session_record::read(text, pages)
    }
}
