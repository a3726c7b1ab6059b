//! The entries a batch touches, from finding them to writing them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::history::{Entry, EntryId, Fact, Observation};
use crate::domain::{SiteDay, TaskId, Timestamp};
use crate::storage::record::{OpenRecord, encode_assignments, encode_entry};
use crate::storage::{StoreName, Write};

use super::super::day_blocks::{self, Rewritten};
use super::super::keys::{day_key, entry_key};
use super::super::view::{Stop, View};
use super::super::{Rules, find};
use super::{Moves, lost};

/// The entries of a batch, as they were and as they are now.
pub(super) struct Work<'a> {
    space: &'a str,
    rules: &'a Rules,
    touched: BTreeMap<EntryId, Touched>,
    looked_up: BTreeSet<TaskId>,
}

/// An entry that was looked up.
struct Touched {
    before: Option<find::Stored>,
    now: Option<Entry>,
}

/// An entry that is other than before; `None` is no entry.
pub(super) struct Change {
    pub(super) before: Option<Entry>,
    /// In which closed day it lay.
    pub(super) lay_in: Option<SiteDay>,
    pub(super) after: Option<Entry>,
}

impl<'a> Work<'a> {
    pub(super) fn new(space: &'a str, rules: &'a Rules) -> Self {
        Self { space, rules, touched: BTreeMap::new(), looked_up: BTreeSet::new() }
    }

    /// Asks at once for all that the observations need.
    pub(super) fn prepare(&self, view: &mut View, observations: &[Observation]) -> Result<(), Stop> {
        let tasks =
            observations.iter().flat_map(|observation| &observation.facts).filter_map(|fact| match fact {
                Fact::TaskId(task) => Some(EntryId::of_task(task)),
                _ => None,
            });
        let ids = observations.iter().map(|observation| observation.id.clone()).chain(tasks).collect();
        find::prepare(view, self.space, &ids)
    }

    /// Merges an observation into its entry.
    ///
    /// What is only known by its task goes to the task's assignment; of several, to the one accepted last.
    pub(super) fn take(&mut self, view: &mut View, observation: &Observation) -> Result<(), Stop> {
        let id = match observation.id.stands_for() {
            Some(task) => self.assignment_of(view, &task)?.unwrap_or_else(|| observation.id.clone()),
            None => observation.id.clone(),
        };
        let mut entry = self.now(view, &id)?.unwrap_or_else(|| Entry::new(id.clone()));
        let task_before = entry.task_id.value().cloned();
        entry.merge(observation);
        let task = entry.task_id.value().cloned().filter(|task| Some(task) != task_before.as_ref());
        if let Some(task) = task.filter(|_| id.stands_for().is_none()) {
            let stand_in = EntryId::of_task(&task);
            if let Some(before) = self.now(view, &stand_in)? {
                entry.join(&before);
                self.set(&stand_in, None);
            }
        }
        self.set(&id, Some(entry));
        Ok(())
    }

    /// The entry as it is now, if there is one.
    fn now(&mut self, view: &mut View, id: &EntryId) -> Result<Option<Entry>, Stop> {
        if !self.touched.contains_key(id) {
            let before = find::by_id(view, self.space, id)?;
            let now = before.as_ref().map(|(entry, _)| entry.clone());
            self.touched.insert(id.clone(), Touched { before, now });
        }
        Ok(self.touched.get(id).and_then(|touched| touched.now.clone()))
    }

    fn set(&mut self, id: &EntryId, now: Option<Entry>) {
        if let Some(touched) = self.touched.get_mut(id) {
            touched.now = now;
        }
    }

    /// The task's assignment that was accepted last.
    fn assignment_of(&mut self, view: &mut View, task: &TaskId) -> Result<Option<EntryId>, Stop> {
        if self.looked_up.insert(task.clone()) {
            for stored in find::by_task(view, self.space, task)? {
                let now = Some(stored.0.clone());
                let id = stored.0.id().clone();
                self.touched.entry(id).or_insert(Touched { before: Some(stored), now });
            }
        }
        let is_meant =
            |entry: &&Entry| entry.task_id.value() == Some(task) && entry.id().stands_for().is_none();
        let order = |entry: &&Entry| -> (Option<Timestamp>, EntryId) {
            (entry.accepted_at.value().copied(), entry.id().clone())
        };
        let now = self.touched.values().filter_map(|touched| touched.now.as_ref());
        Ok(now.filter(is_meant).max_by_key(order).map(|entry| entry.id().clone()))
    }

    /// All entries that are other than before.
    pub(super) fn changed(&self) -> Vec<Change> {
        let changes = self.touched.values().map(|touched| Change {
            before: touched.before.as_ref().map(|(entry, _)| entry.clone()),
            lay_in: touched.before.as_ref().and_then(|(_, day)| *day),
            after: touched.now.clone(),
        });
        changes.filter(|change| change.before != change.after).collect()
    }

    /// How many entries came, and how many went.
    pub(super) fn balance(&self) -> (u64, u64) {
        let count = |is_meant: fn(&Touched) -> bool| {
            u64::try_from(self.touched.values().filter(|touched| is_meant(touched)).count()).unwrap_or(0)
        };
        let came = count(|touched| touched.before.is_none() && touched.now.is_some());
        (came, count(|touched| touched.before.is_some() && touched.now.is_none()))
    }

    /// All writes of entries: single records, or the blocks of closed days.
    pub(super) fn writes(&self, view: &mut View, closed: &BTreeSet<SiteDay>) -> Result<Vec<Write>, Stop> {
        let mut writes = Vec::new();
        let mut moves = Moves::new();
        let mut open_now: BTreeMap<EntryId, Option<TaskId>> = BTreeMap::new();
        let mut tasks: BTreeSet<TaskId> = BTreeSet::new();
        for Change { before, lay_in, after } in self.changed() {
            let goes_to =
                after.as_ref().map(|entry| self.rules.day_of(entry)).filter(|day| closed.contains(day));
            let id = before.as_ref().or(after.as_ref()).map(|entry| entry.id().clone());
            let Some(id) = id else { continue };
            let is_open = after.is_some() && goes_to.is_none();
            let task = after.as_ref().and_then(|entry| entry.task_id.value().cloned());
            let open_task = task.filter(|_| is_open);
            let task_before = before.as_ref().filter(|_| lay_in.is_none());
            let task_before = task_before.and_then(|entry| entry.task_id.value().cloned());
            if task_before != open_task {
                tasks.extend(task_before.into_iter().chain(open_task.clone()));
            }
            open_now.insert(id.clone(), open_task);
            if let Some(day) = lay_in {
                moves.entry(day).or_default().0.push(id.clone());
            } else if before.is_some() && !is_open {
                writes.push(Write::Delete(StoreName::Entries, entry_key(self.space, &id)));
            }
            match (after, goes_to) {
                (Some(entry), Some(day)) => moves.entry(day).or_default().1.push(entry),
                (Some(entry), None) => {
                    let text = encode_entry(&entry);
                    writes.push(Write::put(StoreName::Entries, entry_key(self.space, &id), text));
                }
                (None, _) => {}
            }
        }
        // Asked for at once: what is missing one by one would begin everything anew each time.
        for task in &tasks {
            view.want(StoreName::Entries, entry_key(self.space, &EntryId::of_task(task)));
        }
        view.checkpoint()?;
        for task in tasks {
            writes.extend(self.assignments(view, &task, &open_now)?);
        }
        writes.extend(self.blocks(view, moves)?);
        Ok(writes)
    }

    /// Which open assignments a task has now, where that is other than before.
    fn assignments(
        &self,
        view: &mut View,
        task: &TaskId,
        open_now: &BTreeMap<EntryId, Option<TaskId>>,
    ) -> Result<Option<Write>, Stop> {
        let stand_in = EntryId::of_task(task);
        let key = entry_key(self.space, &stand_in);
        let before: Vec<EntryId> = match find::open_record(view, self.space, &stand_in)? {
            Some(OpenRecord::Assignments(ids)) => ids,
            _ => Vec::new(),
        };
        let stay = before.iter().filter(|id| !open_now.contains_key(*id));
        let come = open_now.iter().filter(|(id, of)| of.as_ref() == Some(task) && id.stands_for().is_none());
        let now: BTreeSet<&EntryId> = stay.chain(come.map(|(id, _)| id)).collect();
        if now.iter().copied().eq(before.iter()) {
            return Ok(None);
        }
        let ids: Vec<EntryId> = now.into_iter().cloned().collect();
        Ok(Some(if ids.is_empty() {
            Write::Delete(StoreName::Entries, key)
        } else {
            Write::put(StoreName::Entries, key, encode_assignments(&ids))
        }))
    }

    fn blocks(&self, view: &mut View, moves: Moves) -> Result<Vec<Write>, Stop> {
        for day in moves.keys() {
            view.want(StoreName::Days, day_key(self.space, *day));
        }
        view.checkpoint()?;
        let mut blocks = Vec::new();
        for (day, (out, into)) in moves {
            let before = view.day(self.space, day)?.ok_or_else(|| lost(day))?;
            let mut after: BTreeMap<EntryId, Entry> =
                before.iter().map(|entry| (entry.id().clone(), entry.clone())).collect();
            for id in &out {
                after.remove(id);
            }
            after.extend(into.into_iter().map(|entry| (entry.id().clone(), entry)));
            let (before, after) = (before.to_vec(), after.into_values().collect());
            blocks.push(Rewritten { day, before, after });
        }
        day_blocks::writes(view, self.space, &blocks)
    }
}
