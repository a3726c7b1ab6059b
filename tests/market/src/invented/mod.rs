//! A made-up listing with the shapes and the spread of a real one; all words are our own.

mod batches;
mod figures;
mod front;
mod requesters;
mod requirements;
mod rng;
mod script;
mod special;
mod studies;
mod times;
mod wording;

#[cfg(test)]
mod tests;

use requesters::{REGULARS, Requester};
use rng::Rng;
use script::Script;
use wording::{Kind, Line};

use crate::clock::stamp;
use crate::group::{Group, Reward};

/// Fewer are never made, so that the first page has something to choose from.
const LEAST: usize = 714;

/// A group, and what it was made as.
#[derive(Debug, Clone)]
struct Made {
    group: Group,
    kind: Kind,
    cents: u32,
    /// Whether a time is stated.
    stated: bool,
    /// The line of work, its blanks open.
    line: &'static str,
}

/// A listing of so many groups, the newest first. The same numbers make the same listing.
pub fn listing(size: usize, seed: u64, now_epoch_secs: i64) -> Vec<Group> {
    make(size, seed, now_epoch_secs).into_iter().map(|made| made.group).collect()
}

fn make(size: usize, seed: u64, now: i64) -> Vec<Made> {
    let mut rng = Rng::new(seed);
    let makers = Makers::new(&mut rng, size.max(LEAST));
    let mut rewards = rewards(size.max(LEAST));
    rng.shuffle(&mut rewards);
    let mut all: Vec<Made> = rewards.into_iter().map(|cents| one(&mut rng, &makers, cents)).collect();
    front::arrange(&mut all);
    all.truncate(size);
    lengthen_one_id(&mut rng, &mut all);
    let last = u32::try_from(all.len()).unwrap_or(u32::MAX).max(1);
    for (at, made) in (0u32..).zip(&mut all) {
        date(&mut rng, &mut made.group, now - figures::age_secs(at * 1_000 / last) - i64::from(at) * 7);
    }
    all
}

/// One requester id of 21 characters was seen among many of 12 to 14.
fn lengthen_one_id(rng: &mut Rng, all: &mut [Made]) {
    const AT: usize = 30;
    let Some(old) = all.get(AT).map(|made| made.group.requester_id.clone()) else { return };
    let new = format!("A{}", rng.code(20));
    for group in all.iter_mut().map(|made| &mut made.group).filter(|group| group.requester_id == old) {
        group.requester_url = group.requester_url.replace(&old, &new);
        group.requester_id.clone_from(&new);
    }
}

/// Rewards in cents with the quantiles of the real listing, whatever the size.
fn rewards(size: usize) -> Vec<u32> {
    let total = u64::try_from(size).unwrap_or(u64::MAX).max(2);
    (0..total)
        .map(|at| figures::reward_cents(u32::try_from(at * 1_000 / (total - 1)).unwrap_or(1_000)))
        .collect()
}

/// Those who put up groups.
struct Makers {
    regulars: Vec<Requester>,
    occasional: Vec<Requester>,
}

impl Makers {
    fn new(rng: &mut Rng, size: usize) -> Self {
        let regulars = requesters::regulars(rng);
        let occasional = requesters::occasional_ones(rng, size * 3 / 5);
        Self { regulars, occasional }
    }

    /// Someone with a few groups; for words in another script, someone who writes it.
    fn occasional(&self, rng: &mut Rng, script: Script) -> Requester {
        let fitting: Vec<&Requester> = self
            .occasional
            .iter()
            .filter(|r| script == Script::Latin || Script::of(&r.name) == script)
            .collect();
        let at = rng.below(u32::try_from(fitting.len()).unwrap_or(u32::MAX));
        let chosen = usize::try_from(at).ok().and_then(|at| fitting.get(at).copied());
        chosen.cloned().unwrap_or_else(|| requesters::occasional(rng))
    }
}

fn one(rng: &mut Rng, makers: &Makers, cents: u32) -> Made {
    let (line, requester) = choose(rng, makers, cents);
    let minutes = figures::minutes(rng, cents);
    let words = wording::fill(rng, &line, minutes);
    let requirements = match line.kind {
        Kind::EarlierWork | Kind::Named if rng.percent(70) => requirements::for_the_named(rng),
        Kind::Batch | Kind::Screener | Kind::Bonus if rng.percent(48) => requirements::open(rng),
        Kind::Study if rng.percent(32) => requirements::open(rng),
        Kind::QualificationTest | Kind::EarlierWork | Kind::Named => requirements::open(rng),
        _ => requirements::locked(rng),
    };
    let unmet = |action: Option<&str>| {
        requirements.iter().any(|r| {
            r.caller_meets_requirement == Some(false) && action.is_none_or(|action| r.worker_action == action)
        })
    };
    let id = format!("3{}", rng.code(29));
    let allotted = match line.kind {
        Kind::SeveralDays => rng.pick(&[86_400, 604_800, 5_184_000]),
        _ => figures::allotted_secs(rng, minutes),
    };
    let group = Group {
        caller_meets_requirements: !unmet(None),
        caller_meets_preview_requirements: !unmet(Some("PreviewHit")),
        accept_project_task_url: format!("/projects/{id}/tasks/accept_random?ref=w_pl_prvw"),
        requester_url: format!("/requesters/{}/projects?ref=w_pl_prvw", requester.id),
        project_tasks_url: format!("/projects/{id}/tasks?ref=w_pl_prvw"),
        hit_set_id: id,
        requester_id: requester.id,
        requester_name: requester.name,
        title: words.title,
        description: words.description,
        assignment_duration_in_seconds: allotted,
        assignable_hits_count: figures::assignable(rng),
        monetary_reward: Reward::usd_cents(cents),
        project_requirements: requirements,
        requester_info: requester.info,
        ..Group::default()
    };
    Made { group, kind: line.kind, cents, stated: words.stated, line: line.title }
}

/// A line of work that is credible at this reward, and who offers it.
fn choose(rng: &mut Rng, makers: &Makers, cents: u32) -> (Line, Requester) {
    let shares: Vec<(u32, usize)> = REGULARS.iter().enumerate().map(|(i, r)| (r.share, i)).collect();
    if rng.percent(34) {
        let at = rng.weighted(&shares);
        let lines = fitting(batches::of_regular(at), cents, None);
        if let (Some(requester), false) = (makers.regulars.get(at), lines.is_empty()) {
            return (rng.pick(&lines), requester.clone());
        }
    }
    let kind = rng.weighted(&[
        (17, Kind::Batch),
        (52, Kind::Study),
        (6, Kind::EarlierWork),
        (3, Kind::Named),
        (4, Kind::Screener),
        (2, Kind::QualificationTest),
        (7, Kind::Invited),
        (4, Kind::SeveralDays),
        (5, Kind::Bonus),
    ]);
    let known = [batches::OCCASIONAL.as_slice(), &studies::STUDIES, &special::SPECIAL].concat();
    let lines = fitting(&known, cents, Some(kind));
    let lines = if lines.is_empty() { fitting(&known, cents, None) } else { lines };
    let line = rng.pick(&lines);
    let requester = makers.occasional(rng, Script::of(line.title));
    (line, requester)
}

fn fitting(lines: &[Line], cents: u32, kind: Option<Kind>) -> Vec<Line> {
    let fits = |line: &&Line| {
        (line.cents.0..=line.cents.1).contains(&cents) && kind.is_none_or(|kind| line.kind == kind)
    };
    lines.iter().filter(fits).copied().collect()
}

fn date(rng: &mut Rng, group: &mut Group, created: i64) {
    let lasts = rng.pick(&[3_600, 86_400, 172_800, 259_200, 604_800, 604_800, 1_209_600, 2_592_000]);
    group.creation_time = stamp(created);
    group.last_updated_time = stamp(created);
    group.latest_expiration_time = stamp(created + lasts);
}
