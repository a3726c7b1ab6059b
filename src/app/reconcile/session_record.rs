//! The stored form of a [`Session`].

use serde::{Deserialize, Serialize};

use super::day::Reading;
use super::plan::Plan;
use super::saved::{Saved, SavedDay};
use super::session::{Phase, Session};
use super::traffic::{AccountTag, Request, Start, Stop, Traffic};
use super::{RestoreError, Run, Summary, Survey};
use crate::domain::history::Observation;
use crate::domain::{Problem, SiteDay, Timestamp};
use crate::sites::recipe::PageKind;

/// The form's version.
const VERSION: u32 = 1;

/// The rows of a half-read day: the numbers of its pages, and what they said.
pub type Pages = Vec<(u64, Vec<Observation>)>;

#[derive(Serialize, Deserialize)]
struct SessionV1 {
    v: u32,
    host: String,
    account: String,
    last_request_ms: Option<i64>,
    first_number: u32,
    on_its_way: Option<(u32, i64)>,
    missed_ms: Option<i64>,
    problems: Vec<(String, String)>,
    tasks_changed: u64,
    phase: PhaseV1,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PhaseV1 {
    Survey(TrafficV1),
    Offer(PlanV1),
    Run(Box<RunV1>),
    Over { read: Vec<String>, partly: Vec<String>, refused: Vec<String> },
    Lost(LostV1),
}

#[derive(Serialize, Deserialize)]
struct RunV1 {
    run: Saved,
    traffic: TrafficV1,
    reading: Option<ReadingV1>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LostV1 {
    Unreadable,
    OtherAccount,
    Over,
    TooOld,
}

#[derive(Serialize, Deserialize)]
struct TrafficV1 {
    spacing_ms: i64,
    not_before_ms: i64,
    refusals: u32,
    failures: u32,
    awaited: Option<AwaitedV1>,
    stopped: Option<Stop>,
    paused: bool,
}

#[derive(Serialize, Deserialize)]
struct AwaitedV1 {
    number: u32,
    kind: PageKind,
    path: String,
    sent_ms: i64,
}

#[derive(Serialize, Deserialize)]
struct PlanV1 {
    days: Vec<SavedDay>,
    unsettled: Vec<String>,
    known_from: String,
    surveyed_ms: i64,
}

#[derive(Serialize, Deserialize)]
struct ReadingV1 {
    day: SavedDay,
    next_page: u32,
    has_gaps: bool,
    problems: Vec<(String, String)>,
}

pub(super) fn write(session: &Session) -> String {
    let form = SessionV1 {
        v: VERSION,
        host: session.start.host.clone(),
        account: session.start.account.0.clone(),
        last_request_ms: session.start.last_request_at.map(|at| at.0),
        first_number: session.start.first_number,
        on_its_way: session.on_its_way.map(|(number, at)| (number, at.0)),
        missed_ms: session.missed_since.map(|at| at.0),
        problems: pairs(&session.problems),
        tasks_changed: session.tasks_changed,
        phase: PhaseV1::from(&session.phase),
    };
    serde_json::to_string(&form).unwrap_or_default()
}

pub(super) fn read(text: &str, pages: Pages) -> Option<Session> {
    let form: SessionV1 = serde_json::from_str(text).ok().filter(|form: &SessionV1| form.v == VERSION)?;
    let start = Start {
        host: form.host,
        account: AccountTag(form.account),
        last_request_at: form.last_request_ms.map(Timestamp),
        first_number: form.first_number,
    };
    Some(Session {
        phase: form.phase.read(&start, pages)?,
        start,
        on_its_way: form.on_its_way.map(|(number, at)| (number, Timestamp(at))),
        missed_since: form.missed_ms.map(Timestamp),
        problems: problems(form.problems),
        tasks_changed: form.tasks_changed,
    })
}

impl From<&Phase> for PhaseV1 {
    fn from(phase: &Phase) -> Self {
        match phase {
            Phase::Survey(survey) => Self::Survey((&survey.traffic).into()),
            Phase::Offer(plan) => Self::Offer(plan.as_ref().into()),
            Phase::Run(run) => Self::Run(Box::new(RunV1 {
                run: run.to_saved(),
                traffic: (&run.traffic).into(),
                reading: run.current.as_ref().map(ReadingV1::from),
            })),
            Phase::Over(Summary { read, partly, refused }) => {
                Self::Over { read: texts(read), partly: texts(partly), refused: texts(refused) }
            }
            Phase::Lost(why) => Self::Lost(match why {
                RestoreError::Unreadable => LostV1::Unreadable,
                RestoreError::OtherAccount => LostV1::OtherAccount,
                RestoreError::Over => LostV1::Over,
                RestoreError::TooOld => LostV1::TooOld,
            }),
        }
    }
}

impl PhaseV1 {
    fn read(self, start: &Start, pages: Pages) -> Option<Phase> {
        Some(match self {
            Self::Survey(traffic) => {
                let mut survey = Survey::new(start.clone())?;
                traffic.fill(&mut survey.traffic);
                Phase::Survey(Box::new(survey))
            }
            Self::Offer(plan) => Phase::Offer(Box::new(plan.read()?)),
            Self::Run(form) => {
                let RunV1 { run, traffic, reading } = *form;
                // When it began is told by the run itself.
                let mut run = run.into_run(start.clone(), Timestamp(0))?;
                traffic.fill(&mut run.traffic);
                if let Some(reading) = reading {
                    reading.fill(&mut run, pages)?;
                }
                Phase::Run(Box::new(run))
            }
            Self::Over { read, partly, refused } => {
                Phase::Over(Summary { read: days(&read)?, partly: days(&partly)?, refused: days(&refused)? })
            }
            Self::Lost(why) => Phase::Lost(match why {
                LostV1::Unreadable => RestoreError::Unreadable,
                LostV1::OtherAccount => RestoreError::OtherAccount,
                LostV1::Over => RestoreError::Over,
                LostV1::TooOld => RestoreError::TooOld,
            }),
        })
    }
}

impl From<&Traffic> for TrafficV1 {
    fn from(traffic: &Traffic) -> Self {
        let awaited = |(request, sent_at): &(Request, Timestamp)| AwaitedV1 {
            number: request.number,
            kind: request.kind,
            path: request.path.clone(),
            sent_ms: sent_at.0,
        };
        Self {
            spacing_ms: traffic.pace.spacing_ms,
            not_before_ms: traffic.pace.not_before.0,
            refusals: traffic.pace.refusals,
            failures: traffic.pace.failures_in_a_row,
            awaited: traffic.awaited.as_ref().map(awaited),
            stopped: traffic.stopped,
            paused: traffic.work_page_is_open,
        }
    }
}

impl TrafficV1 {
    fn fill(self, traffic: &mut Traffic) {
        let pace = &mut traffic.pace;
        pace.spacing_ms = pace.spacing_ms.max(self.spacing_ms);
        pace.not_before = pace.not_before.max(Timestamp(self.not_before_ms));
        pace.refusals = self.refusals;
        pace.failures_in_a_row = self.failures;
        traffic.stopped = self.stopped;
        traffic.work_page_is_open = self.paused;
        traffic.awaited = self.awaited.map(|awaited| {
            let AwaitedV1 { number, kind, path, sent_ms } = awaited;
            (Request { number, kind, path }, Timestamp(sent_ms))
        });
    }
}

impl From<&Plan> for PlanV1 {
    fn from(plan: &Plan) -> Self {
        Self {
            days: plan.days.iter().map(SavedDay::from).collect(),
            unsettled: texts(&plan.unsettled),
            known_from: plan.known_from.to_string(),
            surveyed_ms: plan.surveyed_at.0,
        }
    }
}

impl PlanV1 {
    fn read(self) -> Option<Plan> {
        Some(Plan {
            days: self.days.iter().map(SavedDay::read).collect::<Option<_>>()?,
            unsettled: days(&self.unsettled)?,
            known_from: SiteDay::parse(&self.known_from)?,
            surveyed_at: Timestamp(self.surveyed_ms),
        })
    }
}

impl From<&Reading> for ReadingV1 {
    fn from(reading: &Reading) -> Self {
        Self {
            day: (&reading.plan).into(),
            next_page: reading.next_page,
            has_gaps: reading.has_gaps,
            problems: pairs(&reading.problems),
        }
    }
}

impl ReadingV1 {
    /// Puts the half-read day back. Where one of its pages is missing, it is read from its beginning.
    fn fill(self, run: &mut Run, pages: Pages) -> Option<()> {
        let plan = self.day.read()?;
        run.todo.retain(|other| other.day != plan.day);
        let mut reading = Reading::new(plan);
        let is_whole = pages.iter().map(|(number, _)| *number).eq(1..u64::from(self.next_page));
        if is_whole {
            reading.next_page = self.next_page;
            reading.has_gaps = self.has_gaps;
            reading.problems = problems(self.problems);
            for (_, page) in pages {
                reading.again(page);
            }
        }
        run.current = Some(reading);
        Some(())
    }
}

fn pairs(problems: &[Problem]) -> Vec<(String, String)> {
    problems.iter().map(|problem| (problem.place.clone(), problem.what.clone())).collect()
}

fn problems(pairs: Vec<(String, String)>) -> Vec<Problem> {
    pairs.into_iter().map(|(place, what)| Problem { place, what }).collect()
}

fn texts(days: &[SiteDay]) -> Vec<String> {
    days.iter().map(SiteDay::to_string).collect()
}

fn days(texts: &[String]) -> Option<Vec<SiteDay>> {
    texts.iter().map(|text| SiteDay::parse(text)).collect()
}
