//! Items become entries, rows find their entries, entries are drawn.

use super::wire::{Chip, MadeChips, PageEffect, RowStyle, Slot};
use super::{Entry, PageEngine, Pending, Row};
use crate::app::background::wire::{Ask, RowKey};
use crate::app::tree::{Attr, Node, Tag};
use crate::app::views::chip;
use crate::domain::{Problem, RequesterId, SortedSet};
use crate::sites::snapshot::{Item, RowMark};
use crate::sites::{matching, reading};

/// As many rows as the background answers at once.
const MAX_ROWS_AN_ASK: usize = 1_000;

/// So many tasks of a list have their chips made ahead; sites show no more on a page.
const MADE_AHEAD: usize = 100;

/// More elements than any page shows: beyond it the data is not a list of tasks.
const MAX_ITEMS: usize = 5_000;

impl PageEngine {
    pub(super) fn items(&mut self, root: u32, from: u32, items: &[Item]) -> Vec<PageEffect> {
        let Some(page) = self.page().cloned() else { return Vec::new() };
        let mut effects = Vec::new();
        let from = usize::try_from(from).unwrap_or(MAX_ITEMS);
        let mut entries = self.roots.remove(&root).unwrap_or_default();
        entries.truncate(from);
        let mut problems = Vec::new();
        for (item, number) in items.iter().zip(from.saturating_add(1)..=MAX_ITEMS) {
            let reading = reading::read(item, &page);
            for problem in reading.problems {
                problems.push(Problem { place: format!("row {number}, {}", problem.place), ..problem });
            }
            entries.push(reading.task.map(|task| Entry::new(task, &self.settings)));
        }
        let until = entries.len();
        self.roots.insert(root, entries);
        for index in from..until {
            self.apply_known(root, index);
        }
        for problem in problems {
            effects.extend(self.problem(problem));
        }
        let waiting = std::mem::take(&mut self.unmatched);
        let keys = self.place_rows(waiting.into_values().collect());
        effects.extend(self.drawn(&keys));
        effects.extend(self.made_ahead());
        effects.extend(self.ask_facts(root, from));
        effects
    }

    pub(super) fn rows_changed(
        &mut self,
        root: u32,
        added: Vec<RowMark>,
        removed: &[u32],
        styles: &[(u32, RowStyle)],
    ) -> Vec<PageEffect> {
        let mut effects = Vec::new();
        for key in removed {
            self.rows.remove(key);
            self.unmatched.remove(key);
            if self.card.as_ref().is_some_and(|(row, _)| row == key) {
                self.card = None;
                effects.push(PageEffect::Card { row: *key, tree: None, memo: String::new() });
            }
        }
        let keys = self.place_rows(added.into_iter().map(|mark| (root, mark)).collect());
        for (key, style) in styles {
            if let Some(row) = self.rows.get_mut(key) {
                row.style = *style;
            }
        }
        effects.extend(self.drawn(&keys));
        effects.extend(self.say_what_is_missing());
        effects
    }

    /// Finds the task of each row; rows without one wait for more data.
    fn place_rows(&mut self, marks: Vec<(u32, RowMark)>) -> Vec<u32> {
        let mut placed = Vec::new();
        for (root, mark) in marks {
            let entries = self.roots.get(&root).map_or(&[][..], Vec::as_slice);
            let task_at = |index: usize| entries.get(index)?.as_ref().map(|entry| &entry.task);
            match matching::task_of_row(&mark, entries.len(), task_at) {
                Some(index) => {
                    self.rows.insert(mark.key, Row { root, index, style: RowStyle::Plain });
                    placed.push(mark.key);
                }
                None => {
                    self.unmatched.insert(mark.key, (root, mark));
                }
            }
        }
        placed
    }

    /// Draws rows for the first time.
    pub(super) fn drawn(&mut self, keys: &[u32]) -> Vec<PageEffect> {
        if self.on != Some(true) || keys.is_empty() {
            return Vec::new();
        }
        let mut effects: Vec<PageEffect> = self.marked_before(keys).into_iter().collect();
        let (mut made, mut others) = (Vec::with_capacity(keys.len()), Vec::new());
        for key in keys {
            match self.take_made(*key) {
                Some(place) => made.push(place),
                None => others.push(*key),
            }
        }
        if !made.is_empty() {
            effects.push(PageEffect::Place { rows: made });
        }
        if !others.is_empty() {
            effects.push(self.draw(&others));
        }
        effects.push(self.panel());
        effects
    }

    /// A site's data is there before its script has drawn the rows: in that time the chips are made.
    pub(super) fn made_ahead(&mut self) -> Option<PageEffect> {
        if self.on != Some(true) || !self.rows.is_empty() || !self.unmatched.is_empty() {
            return None;
        }
        let unit = self.settings.unit;
        let entries = self.roots.iter_mut().flat_map(|(root, entries)| {
            entries
                .iter_mut()
                .take(MADE_AHEAD)
                .enumerate()
                .filter_map(|(index, entry)| Some((*root, index, entry.as_mut()?)))
        });
        let chips: Vec<MadeChips> = entries
            .filter(|(.., entry)| !entry.is_made && entry.blocked.is_none())
            .map(|(root, index, entry)| {
                entry.is_made = true;
                MadeChips { root, index, pay: chip::pay(entry, unit), requester: chip::requester(entry) }
            })
            .collect();
        (!chips.is_empty()).then_some(PageEffect::Make { chips })
    }

    /// The chips that were made ahead for a row, once: if the page draws it anew it gets others.
    fn take_made(&mut self, key: u32) -> Option<(u32, u32, usize)> {
        let Row { root, index, .. } = *self.rows.get(&key)?;
        let entry = self.roots.get_mut(&root)?.get_mut(index)?.as_mut().filter(|entry| entry.is_made)?;
        entry.is_made = false;
        Some((key, root, index))
    }

    /// Both chips of each row.
    pub(super) fn draw(&self, keys: &[u32]) -> PageEffect {
        let mut chips = Vec::with_capacity(keys.len() * 2);
        for key in keys {
            let Some(entry) = self.entry_of(*key) else { continue };
            chips.push(Chip { row: *key, slot: Slot::Pay, tree: chip::pay(entry, self.settings.unit) });
            chips.push(Chip { row: *key, slot: Slot::Requester, tree: chip::requester(entry) });
        }
        PageEffect::Draw { chips }
    }

    /// The page may draw a row anew at any time: what it looks like then, the entry knows.
    pub(super) fn remember_style(&mut self, key: u32) {
        let Some(Row { root, index, style }) = self.rows.get(&key).cloned() else { return };
        if let Some(entry) = self.roots.get_mut(&root).and_then(|root| root.get_mut(index)?.as_mut()) {
            entry.style = style;
        }
    }

    /// Rows whose block was known before they were first drawn are hidden, or dimmed on wish; what was drawn before,
    /// by the page or by an engine before this one, stays as it was left.
    fn marked_before(&mut self, keys: &[u32]) -> Option<PageEffect> {
        let wished = if self.settings.show_blocked { RowStyle::Dim } else { RowStyle::Hidden };
        let style = self.left.unwrap_or(wished);
        let mut rows = Vec::new();
        for key in keys {
            let Some(entry) = self.entry_of(*key).filter(|entry| entry.blocked.is_some()) else { continue };
            let left = entry.style;
            let Some(row) = self.rows.get_mut(key) else { continue };
            if row.style == RowStyle::Plain {
                row.style = if left == RowStyle::Plain { style } else { left };
                rows.push((*key, row.style));
            }
            self.remember_style(*key);
        }
        (!rows.is_empty()).then_some(PageEffect::Mark { rows })
    }

    /// Asks what is known of the tasks of a list that were not asked about yet, before their rows are there; equal ones
    /// are asked about once.
    fn ask_facts(&mut self, root: u32, from: usize) -> Vec<PageEffect> {
        let Some(site) = self.page().map(|page| page.partition.clone()) else { return Vec::new() };
        if self.on != Some(true) {
            return Vec::new();
        }
        let entries = self.roots.get(&root).and_then(|entries| entries.get(from..)).unwrap_or_default();
        let mut rows = Vec::new();
        for entry in entries.iter().flatten() {
            let Some(id) = entry.task.requester.id.clone() else { continue };
            // No title: then the requester alone is asked about.
            let title_key = entry.title_key.as_ref().map(|key| key.text().to_owned());
            if self.asked.insert((id.clone(), title_key.clone())) {
                rows.push(RowKey { requester_id: id.0, title_key });
            }
        }
        rows.chunks(MAX_ROWS_AN_ASK)
            .map(|rows| self.ask(Ask::Facts { site: site.clone(), rows: rows.to_vec() }, Pending::Facts))
            .collect()
    }

    /// Asks what is known of all tasks: the site is switched on, or somebody saved something.
    pub(super) fn ask_all_facts(&mut self) -> Vec<PageEffect> {
        self.asked = SortedSet::new();
        let roots: Vec<u32> = self.roots.keys().copied().collect();
        roots.into_iter().flat_map(|root| self.ask_facts(root, 0)).collect()
    }

    /// The switch in the window's corner: how many rows are blocked, and whether they show.
    pub(super) fn panel(&self) -> PageEffect {
        let blocked = self.rows.values().filter(|row| row.style != RowStyle::Plain).count();
        let hidden = self.rows.values().filter(|row| row.style == RowStyle::Hidden).count();
        let (text, action) = if hidden > 0 { ("Show", "blocked:show") } else { ("Hide", "blocked:hide") };
        let button = |text, action| Node::button("action", text, action).with(Attr::Type, "button");
        let mut parts = Vec::new();
        let mut class = "blocked-panel";
        // What may get lost goes before what is only hidden.
        if let Some(why) = &self.unsaved {
            class = "blocked-panel unsaved";
            let label = format!("Not saved yet: {why}. Keep this page open.");
            parts.push(Node::text(Tag::Span, "label", label).with(Attr::Role, "status"));
            parts.push(button("Try again", "save_again"));
        }
        if blocked > 0 {
            parts.push(Node::text(Tag::Span, "label", format!("{blocked} blocked")));
            parts.push(button(text, action));
        }
        PageEffect::Panel { tree: (!parts.is_empty()).then(|| Node::group(Tag::Div, class, parts)) }
    }

    pub(super) fn requester_of(&self, key: u32) -> Option<RequesterId> {
        self.entry_of(key)?.task.requester.id.clone()
    }
}
