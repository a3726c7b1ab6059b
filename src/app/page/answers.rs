//! What the background knows, joined to the rows.

use super::entry::{Entry, Memory, Own, Remembered};
use super::heard::{self, Heard, RowFacts};
use super::settings::PageSettings;
use super::wire::{PageEffect, RowStyle};
use super::{PageEngine, Pending, Row};
use crate::app::views::card::Status;
use crate::domain::{RequesterId, SortedMap, SortedSet, TitleKey};
use crate::sites::json::Json;

/// What is known of one requester.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    own: Option<Own>,
    requester_blocked: bool,
    remembered: Option<Memory>,
    /// By title key, as far as asked.
    titles: SortedMap<String, KnownTitle>,
}

/// What is known of one requester's tasks titled alike.
#[derive(Clone, Debug, PartialEq, Eq)]
struct KnownTitle {
    blocked: bool,
    remembered: Option<Memory>,
}

impl PageEngine {
    pub(super) fn answered(&mut self, id: u32, answer: &Json) -> Vec<PageEffect> {
        let Some(pending) = self.asks.get(&id).cloned() else { return Vec::new() };
        // A greeting may come twice: as remembered from last time, then as it is now.
        if !matches!(pending, Pending::Hello) {
            self.asks.remove(&id);
        }
        match (pending, heard::answer(answer)) {
            (Pending::Hello, Heard::Hello { settings, on, blocks }) => {
                self.blocked_before = blocks;
                self.greeted(settings, on)
            }
            // Without an answer the page still shows what it says by itself.
            (Pending::Hello, _) if self.on.is_none() => self.greeted(PageSettings::default(), true),
            (Pending::Facts, Heard::Facts(rows)) => self.learn(rows),
            (Pending::Change { row, what }, heard) => self.changed(row, what, heard),
            (Pending::Quiet { row }, Heard::Refused { say }) => self.not_done(row, say),
            _ => Vec::new(),
        }
    }

    fn greeted(&mut self, settings: PageSettings, on: bool) -> Vec<PageEffect> {
        let before = self.on.replace(on);
        let keys: Vec<u32> = self.rows.keys().copied().collect();
        let resettled = settings != self.settings;
        if resettled {
            for entry in self.roots.values_mut().flatten().flatten() {
                let own = entry.own.take();
                let remembered = core::mem::take(&mut entry.remembered);
                let (blocked, style) = (entry.blocked, entry.style);
                *entry =
                    Entry { own, remembered, blocked, style, ..Entry::new(entry.task.clone(), &settings) };
            }
            self.settings = settings;
        }
        let changed = self.apply_known_where(|_| true);
        let mut effects = match (before, on) {
            (Some(true), true) => {
                let shown = |key: &u32| {
                    resettled || self.rows.get(key).is_some_and(|row| changed.contains(&row.task()))
                };
                let keys: Vec<u32> = keys.into_iter().filter(shown).collect();
                self.redrawn(&keys)
            }
            (_, true) => {
                let mut effects = self.drawn(&keys);
                effects.extend(self.ask_all_facts());
                effects
            }
            (Some(true), false) => vec![self.cleared()],
            (_, false) => Vec::new(),
        };
        effects.extend(self.made_ahead());
        effects.extend(self.card_again());
        effects.extend(self.told());
        effects
    }

    fn learn(&mut self, facts: Vec<RowFacts>) -> Vec<PageEffect> {
        let mut requesters = SortedSet::new();
        for fact in facts {
            let id = RequesterId(fact.requester_id);
            requesters.insert(id.clone());
            let mut known = self.known.remove(&id).unwrap_or_default();
            known.own = fact.own;
            known.requester_blocked = fact.requester_blocked;
            known.remembered = fact.requester_memory;
            let title = KnownTitle { blocked: fact.title_blocked, remembered: fact.title_memory };
            known.titles.insert(fact.title_key, title);
            self.known.insert(id, known);
        }
        let is_told =
            |entry: &Entry| entry.task.requester.id.as_ref().is_some_and(|id| requesters.contains(id));
        let changed = self.apply_known_where(is_told);
        let is_redrawn = |(key, row): (&u32, &Row)| {
            let is_in_vain = || self.entry(row).is_some_and(is_told) && self.is_styled_in_vain(*key);
            (changed.contains(&row.task()) || is_in_vain()).then_some(*key)
        };
        let keys: Vec<u32> = self.rows.iter().filter_map(is_redrawn).collect();
        let mut effects = self.redrawn(&keys);
        effects.extend(self.made_ahead());
        effects
    }

    /// A row that an earlier engine dimmed or hid, of which the store no longer says that it is blocked.
    fn is_styled_in_vain(&self, key: u32) -> bool {
        self.rows.get(&key).is_some_and(|row| row.style != RowStyle::Plain)
            && self.entry_of(key).is_some_and(|entry| entry.blocked.is_none())
    }

    /// Redraws rows that changed after their first paint: blocked ones dim, nothing moves.
    pub(super) fn redrawn(&mut self, keys: &[u32]) -> Vec<PageEffect> {
        if keys.is_empty() {
            return Vec::new();
        }
        let mut marks = Vec::new();
        for key in keys {
            let blocked = self.entry_of(*key).is_some_and(|entry| entry.blocked.is_some());
            let Some(row) = self.rows.get_mut(key) else { continue };
            let style = match (blocked, row.style) {
                (false, _) => RowStyle::Plain,
                (true, RowStyle::Plain) => RowStyle::Dim,
                (true, style) => style,
            };
            if style != row.style {
                row.style = style;
                marks.push((*key, style));
                self.remember_style(*key);
            }
        }
        let mut effects = vec![self.draw(keys)];
        if !marks.is_empty() {
            effects.push(PageEffect::Mark { rows: marks });
        }
        effects.push(self.panel());
        effects.extend(self.card_again());
        effects
    }

    /// Puts what is known on all tasks of a kind; which of them that changed.
    fn apply_known_where(&mut self, concerns: impl Fn(&Entry) -> bool) -> SortedSet<(u32, usize)> {
        let tasks = self.roots.iter().flat_map(|(root, entries)| {
            entries.iter().enumerate().filter_map(|(index, entry)| Some((*root, index, entry.as_ref()?)))
        });
        let tasks: Vec<(u32, usize)> =
            tasks.filter(|(.., entry)| concerns(entry)).map(|(root, index, _)| (root, index)).collect();
        tasks.into_iter().filter(|(root, index)| self.apply_known(*root, *index)).collect()
    }

    /// Puts what is known on a task; whether that changed it.
    pub(super) fn apply_known(&mut self, root: u32, index: usize) -> bool {
        let Some(entry) = self.roots.get(&root).and_then(|root| root.get(index)?.as_ref()) else {
            return false;
        };
        let Some(id) = entry.task.requester.id.clone() else { return false };
        // A title that was not answered yet is as the index has it, though its requester is known.
        let blocked_before = &self.blocked_before;
        let by_index = |key: &TitleKey| blocked_before.has_title(&id, key);
        let known = self.known.get(&id);
        let answered = |key: &TitleKey| known.and_then(|known| known.titles.get(key.text()));
        let known_title = entry.title_key.as_ref().and_then(answered);
        let by_index = || entry.title_key.as_ref().is_some_and(by_index);
        let title = known_title.map_or_else(by_index, |title| title.blocked);
        let remembered = Remembered {
            of_title: known_title.and_then(|title| title.remembered.clone()),
            of_requester: known.and_then(|known| known.remembered.clone()),
        };
        let (own, blocked) = match known {
            Some(known) => (known.own.clone(), blocked_word(known.requester_blocked, title)),
            None => (None, blocked_word(blocked_before.has_requester(&id), title)),
        };
        let Some(entry) = self.roots.get_mut(&root).and_then(|root| root.get_mut(index)?.as_mut()) else {
            return false;
        };
        let changed = entry.own != own || entry.blocked != blocked || entry.remembered != remembered;
        entry.own = own;
        entry.remembered = remembered;
        entry.blocked = blocked;
        entry.is_made &= !changed;
        changed
    }

    /// What works without a word fails with one: in the card it was pressed in, or in the console.
    fn not_done(&mut self, row: Option<u32>, say: String) -> Vec<PageEffect> {
        match &mut self.card {
            Some((open, card)) if Some(*open) == row => {
                card.status = Some(failed(say));
                self.card_again().into_iter().collect()
            }
            _ => vec![PageEffect::Log { line: format!("Wagelight: {say}") }],
        }
    }

    fn changed(&mut self, row: u32, what: String, heard: Heard) -> Vec<PageEffect> {
        let status = match heard {
            Heard::Saved { undo } => Status::Saved { what, undo },
            Heard::Refused { say } => failed(say),
            _ => Status::Failed {
                why: "The answer was not understood; nothing is known to be saved.".to_owned(),
            },
        };
        let saved = matches!(status, Status::Saved { .. });
        if let Some((card_row, card)) = &mut self.card
            && *card_row == row
        {
            card.status = Some(status);
        }
        let mut effects: Vec<PageEffect> = self.card_again().into_iter().collect();
        if saved {
            // The store has the last word: what the rows show is what was saved.
            effects.extend(self.ask_all_facts());
        }
        effects
    }
}

/// A refusal is always said, even one without words.
fn failed(say: String) -> Status {
    Status::Failed { why: if say.is_empty() { "This was not saved.".to_owned() } else { say } }
}

fn blocked_word(requester: bool, title: bool) -> Option<&'static str> {
    match (requester, title) {
        (true, _) => Some("requester"),
        (false, true) => Some("this title"),
        (false, false) => None,
    }
}
