//! A made-up worker's day as a sequence of changes, each as a page would tell it, and what the history must then be.

use crate::stored::History;
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};
use wagelight::app::history::RULES;
use wagelight::app::history::capture::{Telling, capture};
use wagelight::domain::history::Entry;
use wagelight::domain::{SiteDay, Timestamp};

/// What the ids of made-up assignments begin with; those of the market begin in another way.
pub(crate) const ASSIGNMENT: &str = "3MADE";

/// Lots that can be drawn again from their seed: `SplitMix64`.
#[derive(Debug, Clone)]
pub(crate) struct Lots(u64);

impl Lots {
    /// From the environment variable `WAGELIGHT_SEED`, else from the clock. The seed is printed with what failed.
    pub(crate) fn new(what: &str) -> Self {
        let named = std::env::var("WAGELIGHT_SEED").ok().and_then(|seed| seed.parse().ok());
        let clock = || {
            SystemTime::now().duration_since(UNIX_EPOCH).map_or(7, |since| u64::from(since.subsec_nanos()))
        };
        let seed = named.unwrap_or_else(clock);
        println!("{what}: WAGELIGHT_SEED={seed}");
        Self(seed)
    }

    /// A number below `limit`.
    pub(crate) fn under(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }
}

/// One change, as a page tells it.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The ask that tells it.
    pub(crate) ask: Value,
    came: Timestamp,
}

/// Makes changes. Each comes later than all before it.
#[derive(Debug, Clone)]
pub(crate) struct Worker {
    lots: Lots,
    came_ms: i64,
    number: u64,
    today: SiteDay,
    /// Tasks taken on, with the day under which the site files them.
    taken: Vec<(u64, Option<i32>)>,
}

impl Worker {
    /// One who begins now.
    pub(crate) fn new(lots: Lots) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        // A page never came later than it is told: there must be room before now for all changes.
        let now_ms = i64::try_from(since.as_millis()).unwrap_or(0);
        let today = RULES.zone.day_of(Timestamp(now_ms));
        Self { lots, came_ms: now_ms - 3_600_000, number: 0, today, taken: Vec::new() }
    }

    /// The lots.
    pub(crate) fn lots(&mut self) -> &mut Lots {
        &mut self.lots
    }

    /// The next change.
    pub(crate) fn next(&mut self) -> Change {
        self.came_ms += 7;
        let (address, seen) = match self.lots.under(10) {
            0..4 => self.accepts(),
            4..9 => self.looks_at_a_day(),
            _ => self.looks_at_the_dashboard(),
        };
        let ask = json!({ "ask": "seen", "site": "mturk", "address": address, "seen": seen });
        Change { ask, came: Timestamp(self.came_ms) }
    }

    fn take(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    fn accepts(&mut self) -> (String, Value) {
        let number = self.take();
        self.taken.push((number, None));
        let seen = json!({ "came_ms": self.came_ms, "about": {
            "assignment_id": assignment(number), "id": task(number), "group_id": "3GROUP000000000000000000000EX",
            "can_return": "true", "title": title(number), "description": "An invented task. No more than that.",
            "reward": "0.25", "original": "3600", "remaining": "3000",
            "requester_id": requester(number), "requester_name": "Invented Lab",
        } });
        (format!("worker.mturk.com/projects/3GROUP000000000000000000000EX/tasks/{}", task(number)), seen)
    }

    /// Up to eight rows of one of the last days: some known, some new.
    fn looks_at_a_day(&mut self) -> (String, Value) {
        let back = i32::try_from(self.lots.under(6)).unwrap_or(0);
        let day = self.today.plus_days(-back);
        let rows: Vec<Value> = (0..=self.lots.under(8)).map(|_| self.row(day)).collect();
        let mut named: BTreeMap<String, Value> = BTreeMap::new();
        for row in rows {
            named.insert(row.to_string().chars().take(60).collect(), row);
        }
        let items: Vec<Value> = named.into_values().collect();
        (format!("worker.mturk.com/status_details/{day}"), json!({ "came_ms": self.came_ms, "items": items }))
    }

    fn row(&mut self, day: SiteDay) -> Value {
        let fits = |taken: &&mut (u64, Option<i32>)| taken.1.is_none_or(|of| of == day.0);
        let skip = self.lots.under(12);
        let known = self.taken.iter_mut().filter(fits).nth(usize::try_from(skip).unwrap_or(0));
        let number = if let Some((number, of)) = known {
            *of = Some(day.0);
            *number
        } else {
            let number = self.take();
            self.taken.push((number, Some(day.0)));
            number
        };
        let state = ["Submitted", "Approved", "Rejected", "Paid"]
            .get(usize::try_from(self.lots.under(4)).unwrap_or(0))
            .copied()
            .unwrap_or("Paid");
        json!({ "assignment_id": assignment(number), "id": task(number), "state": state,
            "title": title(number), "reward": "0.25", "requester_id": requester(number),
            "requester_name": "Invented Lab", "has_feedback": "true", "feedback": format!("Told at {}", self.came_ms) })
    }

    fn looks_at_the_dashboard(&mut self) -> (String, Value) {
        let days = (0..3_i32).map(|back| {
            let cents = self.lots.under(500) + 1;
            json!({ "day": self.today.plus_days(-back).to_string(), "submitted": "9", "approved": "8",
                "rejected": "0", "pending": "1", "task_pay": "2.25", "bonus_pay": format!("{}.{:02}", cents / 100, cents % 100) })
        });
        let items: Vec<Value> = days.collect();
        ("worker.mturk.com/dashboard".to_owned(), json!({ "came_ms": self.came_ms, "items": items }))
    }
}

fn assignment(number: u64) -> String {
    format!("{ASSIGNMENT}{number:025}")
}

fn task(number: u64) -> String {
    format!("3TASK{number:025}")
}

fn requester(number: u64) -> String {
    format!("A1REQUESTER{:03}", number % 7)
}

fn title(number: u64) -> String {
    format!("Rate invented pictures, set {}", number % 11)
}

impl Change {
    /// Adds to a history what this change must add to it, as the core reads it.
    pub(crate) fn add_to(&self, history: &mut History) -> Result<()> {
        let address = self.ask.get("address").and_then(Value::as_str).unwrap_or_default().to_owned();
        let seen = serde_json::from_value(self.ask.get("seen").cloned().unwrap_or_default())?;
        let read = capture(Telling { address, seen, before: None, now: self.came });
        ensure!(read.problems.is_empty(), "the core does not understand a change: {:?}", read.problems);
        ensure!(
            !(read.observations.is_empty() && read.days.is_empty()),
            "a change says nothing: {}",
            self.ask
        );
        for observation in &read.observations {
            let new = || Entry::new(observation.id.clone());
            history.entries.entry(observation.id.clone()).or_insert_with(new).merge(observation);
        }
        for day in read.days {
            history.bonuses.extend(day.bonus_pay.map(|sum| (day.day, sum)));
        }
        Ok(())
    }
}
