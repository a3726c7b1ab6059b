//! What a page says of the worker's own work goes to the background, as it was picked.

use super::wire::PageEffect;
use super::{PageEngine, Pending};
use crate::app::background::wire::Ask;
use crate::sites::json::Json;
use crate::sites::{Page, Place};

/// More than any page says before the background has greeted it.
const MAX_UNTOLD: usize = 50;

impl PageEngine {
    /// The page, whether it lists tasks or is about the worker's own.
    pub(super) fn any_page(&self) -> Option<&Page> {
        match &self.place {
            Place::Page(page) | Place::Record(page) => Some(page),
            Place::OtherPage { .. } | Place::Elsewhere => None,
        }
    }

    /// Nothing is recorded in private windows, nor where the worker switched the site off.
    pub(super) fn seen(&mut self, seen: Json) -> Vec<PageEffect> {
        if self.private || self.on == Some(false) {
            return Vec::new();
        }
        if self.untold.len() < MAX_UNTOLD {
            self.untold.push(seen);
        }
        self.told()
    }

    /// What was seen before the greeting said whether the site is on.
    pub(super) fn told(&mut self) -> Vec<PageEffect> {
        if self.on != Some(true) {
            return Vec::new();
        }
        let Some(page) = self.any_page() else { return Vec::new() };
        let (site, address) = (page.partition.clone(), page.address.clone());
        std::mem::take(&mut self.untold)
            .into_iter()
            .map(|seen| {
                let ask = Ask::Seen { site: site.clone(), address: address.clone(), seen };
                self.ask(ask, Pending::Quiet { row: None })
            })
            .collect()
    }
}
