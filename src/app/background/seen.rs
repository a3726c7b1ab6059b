//! A page showed something of the worker's own work: it is kept, and tabs hear of it.

use super::wire::{Answer, Refusal, Why};
use super::{Bell, Sender, Stores, care, words};
use crate::app::history::keep::{Kept, Order, keep};
use crate::domain::{Partition, Timestamp};
use crate::sites::json::Json;
use crate::storage::journal::{Failure, Journal};
use crate::storage::{Database, Local, LocalKey};

/// What is not saved where a store refuses.
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
    let page_name = name_of(&page.address);
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
            care::tell(stores, &told(&kept, &page_name), now).await;
            super::clock::follow(stores, &site, sender, (kept, now)).await;
            Answer::Saved { undo: None }
        }
        Err(failure) => Answer::Unsaved { why: words::why(&failure), say: words::unsaved(&failure) },
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

/// Why something was not kept, in the worker's words; `what` was not.
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

/// Problems of one page that are named; more are counted.
const MAX_NAMED: usize = 2;

/// What was mended on the way, and what of the page was not understood.
fn told(kept: &Kept, page: &str) -> Vec<String> {
    let mut told = kept.mended.clone();
    if !kept.problems.is_empty() {
        let named = kept.problems.iter().take(MAX_NAMED);
        let mut what: Vec<String> =
            named.map(|problem| format!("{}: {}", problem.place, problem.what)).collect();
        match kept.problems.len().saturating_sub(MAX_NAMED) {
            0 => {}
            more => what.push(format!("and {more} more")),
        }
        told.push(format!("Not all that {page} says of your work was understood ({})", what.join("; ")));
    }
    told
}

/// The page by the first part of its path: what follows may name a task.
fn name_of(address: &str) -> String {
    let first = address.split('/').nth(1).unwrap_or_default();
    format!("the page /{}", first.chars().take(40).collect::<String>())
}
