//! A page showed something of the worker's own work: it is kept, and tabs hear of it.

use super::wire::{Answer, Refusal, Why};
use super::{Bell, Sender, Stores, words};
use crate::app::history::keep::{Kept, Order, keep};
use crate::domain::{Partition, Timestamp};
use crate::sites::json::Json;
use crate::storage::journal::{Failure, Journal};
use crate::storage::{Database, Local, LocalKey};

/// What is not saved where a store refuses.
const WHAT: &str = "what this page shows of your work";

/// What a page told.
pub(super) struct Page {
    pub(super) site: String,
    pub(super) address: String,
    pub(super) seen: Json,
}

pub(super) async fn answer<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    page: Page,
    sender: &Sender,
    now: Timestamp,
) -> Answer {
    let site = match words::partition(&page.site) {
        Ok(site) => site,
        Err(refusal) => return refusal.into(),
    };
    let order = Order {
        site: site.clone(),
        account: sender.account.clone(),
        tab: sender.tab,
        address: page.address,
        seen: page.seen,
        now,
    };
    match keep(&stores.database, &stores.journal, order).await {
        Ok(kept) => {
            ring(&stores.local, &site, &kept).await;
            Answer::Saved { undo: None }
        }
        Err(failure) => refusal(&failure, WHAT).into(),
    }
}

/// A bell that cannot be rung takes nothing back: tabs ask anew when they are shown.
pub(super) async fn ring<L: Local>(local: &L, site: &Partition, kept: &Kept) {
    let Some(change) = kept.change else { return };
    let requesters = kept.requesters.iter().map(|id| id.0.clone()).collect();
    // Beside the numbers of ratings, which may be the same.
    let bell = Bell { n: change, site: format!("{}~", site.0), requesters };
    if let Ok(json) = serde_json::to_string(&bell) {
        let _unheard = local.set(LocalKey::Bell, json).await;
    }
}

/// Why `what` could not be kept.
pub(super) fn refusal(failure: &Failure, what: &str) -> Refusal {
    match failure {
        Failure::Store(error) => words::store_failed(error, what),
        Failure::Fault(fault) => {
            let say = words::record_problem(&fault.error, &fault.place.say());
            Refusal::new(Why::Damaged, format!("{say}: {what} is not saved yet"))
        }
        Failure::JournalHead(error) => {
            let say = words::record_problem(error, "The journal");
            Refusal::new(Why::Newer, format!("{say}: {what} is not saved yet"))
        }
        Failure::JournalBehind => {
            Refusal::new(Why::Damaged, format!("The journal is being written again: {what} is not saved yet"))
        }
    }
}
