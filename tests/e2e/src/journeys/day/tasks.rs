//! The twelve tasks of the day, and what the journey itself notes of each.

use crate::journeys::history::{OTHER_WORKER, requirement};
use crate::world::World;
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use wagelight_market::{Assignment, Day as SiteDay, Group, Listing, Question, Reward};

/// A task as its group offers it.
pub(super) struct Task {
    title: &'static str,
    /// In US cents.
    cents: u32,
    question: Question,
    allotted_secs: i64,
}

const fn task(title: &'static str, cents: u32, question: Question) -> Task {
    Task { title, cents, question, allotted_secs: 3_600 }
}

/// So many lie in the queue when the day begins.
pub(super) const QUEUED: usize = 8;
/// Wholly inside a frame of another origin, on three pages.
pub(super) const IN_STEPS: usize = 1;
/// A survey in another tab.
pub(super) const SURVEY: usize = 2;
/// Rejected, and approved after all.
pub(super) const REJECTED: usize = 3;
/// The browser is killed while it is worked on.
pub(super) const KILLED: usize = 4;
/// Given back because it is broken; paid for later.
pub(super) const BROKEN: usize = 6;
/// Lies in the queue all day.
pub(super) const HELD: usize = 7;
/// Without a frame.
pub(super) const PLAIN: usize = 8;
/// Given back.
pub(super) const UNWANTED: usize = 9;
/// Pays for the broken one.
pub(super) const COMPENSATION: usize = 10;
/// Its time runs out.
pub(super) const EXPIRING: usize = 11;

/// Its text promises a bonus.
const PROMISED: usize = 4;

/// Bonuses, in US cents, that of the one which promised it first.
pub(super) const BONUSES: [(usize, u32); 2] = [(PROMISED, 150), (5, 35)];

/// The tasks, in the order in which they are accepted. `@` stands for a worker id.
pub(super) const TASKS: [Task; 12] = [
    task("Sort receipts by shop, list of @", 12, Question::Hosted),
    task("Describe three drawings in turn (@)", 55, Question::Stepwise),
    task("Questions on gardens, found by @", 130, Question::Survey),
    task("Count the boats that @ saw", 8, Question::Hosted),
    task("Name the birds in ten pictures", 20, Question::Hosted),
    task("Compare two maps of a town", 31, Question::External),
    task("Listen to a recording of @", 75, Question::Hosted),
    task("Draw a floor plan", 240, Question::Hosted),
    task("Pick the word that fits @", 4, Question::Plain),
    task("Copy a long table", 2, Question::Hosted),
    task("Compensation HIT for the broken recording", 75, Question::Hosted),
    Task { allotted_secs: 30, ..task("A very short look at a picture", 5, Question::External) },
];

/// Moments in milliseconds since 1970, between which something happened.
pub(super) type Between = (i64, i64);

/// What the journey noted of a task.
#[derive(Default)]
pub(super) struct Noted {
    /// As the site gave it out.
    pub(super) id: Option<String>,
    pub(super) accepted: Option<Between>,
    pub(super) submitted: Option<Between>,
    /// Certainly worked.
    pub(super) least: Duration,
    /// From opening to leaving, each time.
    pub(super) most: Duration,
    open_since: Option<Instant>,
    asked_ms: i64,
}

/// The day as the journey did it.
pub(super) struct Day {
    pub(super) tasks: Vec<Noted>,
}

/// The market offers the tasks of the day, and nothing else.
pub(super) fn list(world: &mut World) -> Day {
    let groups: Vec<Group> = (0..TASKS.len()).zip(&TASKS).map(|(at, task)| group(at, task)).collect();
    let questions = (0..TASKS.len()).zip(&TASKS).map(|(at, task)| (group_id(at), task.question));
    world.market_behaves(|behaviour| {
        behaviour.held = 0;
        behaviour.listing = Listing::of(&groups);
        behaviour.questions = questions.collect();
    });
    Day { tasks: TASKS.iter().map(|_| Noted::default()).collect() }
}

fn group(at: usize, task: &Task) -> Group {
    // The broken one and the one that pays for it are of one requester.
    let lab = [BROKEN, COMPENSATION].into_iter().position(|of| of == at).map_or(at % 5, |_| 7);
    let promise = if at == PROMISED { " There is a bonus of up to $1.50." } else { "" };
    Group {
        requester_name: format!("Lantern Lab {lab}"),
        title: task.title.replace('@', OTHER_WORKER),
        description: format!("Number {at} of a day, as {OTHER_WORKER} had it.{promise}"),
        assignment_duration_in_seconds: task.allotted_secs,
        assignable_hits_count: i64::try_from(at).unwrap_or(0) + 1,
        monetary_reward: Reward::usd_cents(task.cents),
        project_requirements: vec![requirement()],
        ..Group::with_ids(&group_id(at), &format!("A3LANTERNLAB{lab:02}"))
    }
}

/// The group's id.
pub(super) fn group_id(at: usize) -> String {
    format!("3DAY{at:026}")
}

/// The title as it may be kept.
pub(super) fn title(at: usize) -> String {
    TASKS.get(at).map(|task| task.title.replace('@', "[worker]")).unwrap_or_default()
}

/// Milliseconds since 1970, by this machine's clock.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0)
}

/// Seconds until the site's day is over.
pub(super) fn secs_left_today(now: i64) -> i64 {
    let today = SiteDay::at(now);
    (0..=25 * 3_600).step_by(30).find(|secs| SiteDay::at(now + secs) != today).unwrap_or(0)
}

impl Day {
    /// The assignment's id.
    pub(super) fn id(&self, at: usize) -> Result<&str> {
        let id = self.tasks.get(at).and_then(|noted| noted.id.as_deref());
        id.with_context(|| format!("task {at} was not accepted"))
    }

    fn note(&mut self, at: usize, note: impl FnOnce(&mut Noted)) {
        if let Some(noted) = self.tasks.get_mut(at) {
            note(noted);
        }
    }

    /// Accepts the next task somewhere that no page of ours sees.
    pub(super) fn accepted_elsewhere(&mut self, world: &World) -> Result<()> {
        let at = self.tasks.iter().take_while(|noted| noted.id.is_some()).count();
        self.note(at, |noted| noted.asked_ms = now_ms());
        let task = world.market.worker().accept(&group_id(at))?;
        self.accepted(at, &task)
    }

    /// The site gave the task out.
    pub(super) fn accepted(&mut self, at: usize, task: &Assignment) -> Result<()> {
        ensure!(task.group.hit_set_id == group_id(at), "another task was accepted than task {at}");
        self.note(at, |noted| {
            noted.id = Some(task.assignment_id.clone());
            noted.accepted = Some((noted.asked_ms, now_ms()));
        });
        Ok(())
    }

    /// Its page is about to be opened.
    pub(super) fn opening(&mut self, at: usize) {
        self.note(at, |noted| {
            noted.open_since = Some(Instant::now());
            noted.asked_ms = now_ms();
        });
    }

    /// It was worked on without a break for so long.
    pub(super) fn worked(&mut self, at: usize, span: Duration) {
        self.note(at, |noted| noted.least += span);
    }

    /// What was worked on it may be lost: the browser is gone.
    pub(super) fn lost(&mut self, at: usize) {
        self.left(at);
        self.note(at, |noted| noted.least = Duration::ZERO);
    }

    /// Submit is about to be pressed, which leads to the next task, whose assignment this gives.
    pub(super) fn handing_in(&mut self, at: usize) -> Result<String> {
        self.note(at, |noted| noted.asked_ms = now_ms());
        if at < BROKEN {
            self.opening(at + 1);
            return self.id(at + 1).map(str::to_owned);
        }
        Ok(String::new())
    }

    /// Its page is gone.
    pub(super) fn left(&mut self, at: usize) {
        self.note(at, |noted| {
            noted.most += noted.open_since.take().map(|since| since.elapsed()).unwrap_or_default();
            noted.submitted = Some((noted.asked_ms, now_ms()));
        });
    }
}
