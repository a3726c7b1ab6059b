//! What the worker presses: cards, ratings, blocks, the switch for blocked rows.

use super::wire::{PageEffect, RowStyle};
use super::{PageEngine, Pending};
use crate::app::background::wire::{Ask, MoneyPart, PatchPart, TaskPart};
use crate::app::views::card::{self, CardState, Status};
use crate::domain::{Again, Stars, Task};
use crate::ratings::Field;

impl PageEngine {
    pub(super) fn open_card(&mut self, row: u32, memo: &str) -> Vec<PageEffect> {
        if self.on == Some(false) || self.entry_of(row).is_none() {
            return Vec::new();
        }
        if self.card.as_ref().is_none_or(|(open, _)| *open != row) {
            self.card = Some((row, CardState { private: self.private, ..CardState::from_memo(memo) }));
        }
        self.card_again().into_iter().collect()
    }

    pub(super) fn close_card(&mut self) -> Vec<PageEffect> {
        self.card
            .take()
            .map(|(row, _)| PageEffect::Card { row, tree: None, memo: String::new() })
            .into_iter()
            .collect()
    }

    /// The open card as it should be now.
    pub(super) fn card_again(&self) -> Option<PageEffect> {
        let (row, state) = self.card.as_ref().filter(|_| self.on == Some(true))?;
        let entry = self.entry_of(*row)?;
        Some(PageEffect::Card { row: *row, tree: Some(card::card(entry, state)), memo: state.to_memo() })
    }

    pub(super) fn act(&mut self, row: Option<u32>, name: &str) -> Vec<PageEffect> {
        let (verb, rest) = name.split_once(':').unwrap_or((name, ""));
        match (verb, row.or_else(|| self.card.as_ref().map(|(row, _)| *row))) {
            ("close", _) => self.close_card(),
            ("blocked", _) => self.show_blocked(rest == "show"),
            ("site", _) => self.switch_site(rest == "on"),
            ("save_again", _) => vec![PageEffect::Again],
            ("scroll", _) => rest.parse().map(|row| PageEffect::Scroll { row }).into_iter().collect(),
            (_, Some(row)) => self.act_in_card(row, verb, rest),
            (_, None) => Vec::new(),
        }
    }

    fn act_in_card(&mut self, row: u32, verb: &str, rest: &str) -> Vec<PageEffect> {
        match verb {
            "more" => {
                if let Some((_, card)) = &mut self.card {
                    card.unfolded = rest == "on";
                }
                self.card_again().into_iter().collect()
            }
            "copy" => self.copy(row),
            "again" | "flag" | "mark" => self.patch(row, verb, rest),
            "unrate" => self.change(row, |site, id| Ask::Unrate { site, requester_id: id }, "Rating removed"),
            "note" => {
                let Some(ask) = self.note_ask(row) else { return Vec::new() };
                vec![self.ask(ask, Pending::Quiet { row: Some(row) })]
            }
            "undo" => self.undo(row, rest),
            "block" | "unblock" => self.block(row, verb, rest),
            _ => Vec::new(),
        }
    }

    /// A press on a rating key: `again:never:on`, `flag:broken:off`, `mark:pay:4:on`.
    fn patch(&mut self, row: u32, verb: &str, rest: &str) -> Vec<PageEffect> {
        let Some((name, sign)) = rest.rsplit_once(':') else { return Vec::new() };
        let on = sign == "on";
        let mut patch = PatchPart::default();
        match (verb, name.split_once(':')) {
            ("again", None) => {
                let pressed = match name {
                    "again" => Again::Again,
                    "only_if_nothing_better" => Again::OnlyIfNothingBetter,
                    "never" => Again::Never,
                    _ => return Vec::new(),
                };
                patch.again = if on { Field::Set(pressed.into()) } else { Field::Clear };
            }
            ("flag", None) => match name {
                "broken" => patch.broken = Field::Set(on),
                "unpaid_screener" => patch.unpaid_screener = Field::Set(on),
                "underpaid" => patch.underpaid = Field::Set(on),
                "favourite" => patch.favourite = Field::Set(on),
                _ => return Vec::new(),
            },
            ("mark", Some((mark, count))) => {
                let Some(stars) = count.parse().ok().and_then(Stars::new) else { return Vec::new() };
                let value = if on { Field::Set(stars.count()) } else { Field::Clear };
                match mark {
                    "pay" => patch.pay = value,
                    "fairness" => patch.fairness = value,
                    "communication" => patch.communication = value,
                    "speed" => patch.speed = value,
                    _ => return Vec::new(),
                }
            }
            _ => return Vec::new(),
        }
        let Some(task) = self.entry_of(row).map(|entry| entry.task.clone()) else { return Vec::new() };
        let context = Some(rated_task(&task));
        let requester_name = task.requester.name;
        self.change(
            row,
            |site, requester_id| Ask::Rate { site, requester_id, requester_name, patch, task: context },
            "Rating saved",
        )
    }

    fn block(&mut self, row: u32, verb: &str, rest: &str) -> Vec<PageEffect> {
        let Some(entry) = self.entry_of(row) else { return Vec::new() };
        let name = entry.task.requester.name.clone();
        let title = entry.task.title.clone();
        let title_key = entry.title_key.clone();
        let whole = if verb == "block" { rest == "requester" } else { entry.blocked == Some("requester") };
        let key = title_key.filter(|_| !whole).map(|key| key.text().to_owned());
        if !whole && key.is_none() {
            return Vec::new(); // Without a key it would reach all of the requester's tasks.
        }
        let what = match (verb, whole) {
            ("block", true) => format!("Blocked {name}"),
            ("block", false) => format!("Blocked this title from {name}"),
            _ => "Unblocked".to_owned(),
        };
        if verb == "block" {
            let ask = move |site, requester_id| Ask::Block {
                site,
                requester_id,
                requester_name: name,
                title_key: key,
                title: (!whole).then_some(title),
                reason: None,
            };
            self.change(row, ask, &what)
        } else {
            self.change(
                row,
                move |site, requester_id| Ask::Unblock { site, requester_id, title_key: key },
                &what,
            )
        }
    }

    /// The action names what is undone: a fresh engine may never have heard of it.
    fn undo(&mut self, row: u32, token: &str) -> Vec<PageEffect> {
        if token.is_empty() {
            return Vec::new();
        }
        let token = token.to_owned();
        self.change(row, move |site, _| Ask::Undo { site, token }, "Undone")
    }

    /// Sends a change and says so in the card until it is answered.
    fn change(&mut self, row: u32, ask: impl FnOnce(String, String) -> Ask, what: &str) -> Vec<PageEffect> {
        let (Some(id), Some(page)) = (self.requester_of(row), self.page()) else { return Vec::new() };
        let ask = ask(page.partition.clone(), id.0);
        if let Some((_, card)) = &mut self.card {
            card.status = Some(Status::Saving);
        }
        let mut effects: Vec<PageEffect> = self.card_again().into_iter().collect();
        effects.push(self.ask(ask, Pending::Change { row, what: what.to_owned() }));
        effects
    }

    fn note_ask(&self, row: u32) -> Option<Ask> {
        let entry = self.entry_of(row)?;
        Some(Ask::OpenNote {
            site: self.page()?.partition.clone(),
            requester_id: entry.task.requester.id.clone()?.0,
            requester_name: entry.task.requester.name.clone(),
        })
    }

    fn copy(&mut self, row: u32) -> Vec<PageEffect> {
        let Some(page) = self.page() else { return Vec::new() };
        let host = page.address.split('/').next().unwrap_or_default().to_owned();
        let Some(text) = self.entry_of(row).map(|entry| card::forum_text(entry, &host)) else {
            return Vec::new();
        };
        if let Some((_, card)) = &mut self.card {
            card.status = Some(Status::Copied);
        }
        let mut effects = vec![PageEffect::Copy { text }];
        effects.extend(self.card_again());
        effects
    }

    /// The worker's own click: now, and only now, rows may come and go on an open page.
    fn show_blocked(&mut self, show: bool) -> Vec<PageEffect> {
        let style = if show { RowStyle::Dim } else { RowStyle::Hidden };
        let mut rows = Vec::new();
        for (key, row) in self.rows.iter_mut() {
            if row.style != RowStyle::Plain {
                row.style = style;
                rows.push((*key, style));
            }
        }
        for (key, _) in &rows {
            self.remember_style(*key);
        }
        let mut effects = Vec::new();
        if self.card.as_ref().is_some_and(|(open, _)| rows.contains(&(*open, RowStyle::Hidden))) {
            effects.extend(self.close_card());
        }
        effects.push(PageEffect::Mark { rows });
        effects.push(self.panel());
        effects
    }

    fn switch_site(&mut self, on: bool) -> Vec<PageEffect> {
        let Some(page) = self.any_page() else { return Vec::new() };
        let ask = Ask::SwitchSite { site: page.partition.clone(), on };
        let mut effects = vec![self.ask(ask, Pending::Quiet { row: None })];
        self.on = Some(on);
        let keys: Vec<u32> = self.rows.keys().copied().collect();
        if on {
            effects.extend(self.drawn(&keys));
        } else {
            effects.extend(self.close_card());
            effects.push(self.cleared());
        }
        effects
    }

    /// Everything of ours leaves the page, marks on rows too.
    pub(super) fn cleared(&mut self) -> PageEffect {
        for row in self.rows.values_mut() {
            row.style = RowStyle::Plain;
        }
        for entry in self.roots.values_mut().flatten().flatten() {
            entry.is_made = false;
        }
        PageEffect::Clear
    }
}

/// What a review will need to know of the task a rating was given on.
fn rated_task(task: &Task) -> TaskPart {
    TaskPart {
        id: Some(task.group_id.as_ref().unwrap_or(&task.id).0.clone()),
        title: Some(task.title.clone()),
        reward: task.reward.map(MoneyPart::from),
        ..TaskPart::default()
    }
}
