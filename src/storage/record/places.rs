//! Whose histories there are, and which task each tab showed last.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::common::{RecordError, parse, version_of, write};
use crate::domain::history::EntryId;
use crate::domain::{Partition, SiteDay, Timestamp};
use crate::storage::Key;

const NEWEST: u32 = 1;

/// Tabs of which the last task is remembered; more are seldom worked in at once.
const MAX_TABS: usize = 40;

/// The task that a tab showed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabTask {
    /// Whose history it belongs to.
    pub partition: Partition,
    /// Which.
    pub entry: EntryId,
    /// When its allotted time runs out, where known.
    pub deadline: Option<Timestamp>,
    /// When it was seen.
    pub seen_at: Timestamp,
}

/// One history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its partition: the site's, and the account's keyed hash.
    pub partition: Partition,
    /// When something was first kept in it.
    pub since: Timestamp,
    /// When something was last kept in it.
    pub last: Timestamp,
}

/// All of it; a few hundred bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The histories, in the order in which they began.
    pub accounts: Vec<Account>,
    /// By the browser's number of the tab.
    pub tabs: BTreeMap<i64, TabTask>,
    /// The day on which days that were over were last closed.
    pub closed_on: Option<SiteDay>,
    /// Accounts whose history is one that was loaded from a file before they were known here.
    pub adopted: BTreeMap<Partition, Partition>,
}

/// The account's part of the name of a history that was loaded before its account was known.
const LOADED: &str = "loaded-";

impl Places {
    /// Something is kept in this history.
    pub fn used(&mut self, partition: &Partition, now: Timestamp) {
        match self.accounts.iter_mut().find(|account| account.partition == *partition) {
            Some(account) => account.last = account.last.max(now),
            None => self.accounts.push(Account { partition: partition.clone(), since: now, last: now }),
        }
    }

    /// A history of which nothing but its records was left.
    pub fn found_again(&mut self, partition: &Partition, now: Timestamp) {
        if !self.accounts.iter().any(|account| account.partition == *partition) {
            self.accounts.push(Account { partition: partition.clone(), since: now, last: Timestamp(0) });
        }
    }

    /// A tab shows this task; of too many the one not seen longest is forgotten.
    pub fn shows(&mut self, tab: i64, task: TabTask) {
        self.tabs.insert(tab, task);
        while self.tabs.len() > MAX_TABS {
            let oldest = self.tabs.iter().min_by_key(|(_, task)| task.seen_at).map(|(tab, _)| *tab);
            let Some(oldest) = oldest else { return };
            self.tabs.remove(&oldest);
        }
    }

    /// The histories of a site, in the order in which they began.
    pub fn of_site(&self, site: &str) -> Vec<&Account> {
        self.accounts.iter().filter(|account| site_of(&account.partition) == site).collect()
    }

    /// Where a history is loaded whose account is not known here.
    pub fn loaded_apart(&self, site: &str) -> Partition {
        let named = |number: usize| Partition(format!("{site}~{LOADED}{number}"));
        let is_free = |one: &Partition| self.accounts.iter().all(|account| account.partition != *one);
        // Of one more than there are, one is free.
        (1..=self.accounts.len())
            .map(named)
            .find(is_free)
            .unwrap_or_else(|| named(self.accounts.len().saturating_add(1)))
    }

    /// Where the history of an account is: the first account that is seen after a history of its site was loaded
    /// goes on with that one, if there is just one that is nobody's.
    pub fn history_of(&self, own: &Partition) -> Partition {
        let is_known = self.accounts.iter().any(|account| account.partition == *own);
        if let Some(loaded) = self.adopted.get(own).filter(|_| !is_known) {
            return loaded.clone();
        }
        let is_nobodys = |account: &&&Account| {
            let name = account.partition.0.split_once('~').map_or("", |(_, name)| name);
            name.starts_with(LOADED) && self.adopted.values().all(|one| *one != account.partition)
        };
        let of_site = self.of_site(site_of(own));
        let mut loaded = of_site.iter().filter(is_nobodys);
        match (is_known, loaded.next(), loaded.next()) {
            (false, Some(one), None) => one.partition.clone(),
            _ => own.clone(),
        }
    }

    /// The history used last of those of a site.
    pub fn latest(&self, site: &Partition) -> Option<&Account> {
        let of_site = |account: &&Account| {
            account.partition == *site
                || account.partition.0.strip_prefix(&site.0).is_some_and(|rest| rest.starts_with('~'))
        };
        self.accounts.iter().filter(of_site).max_by_key(|account| account.last)
    }
}

/// The site of a history.
fn site_of(partition: &Partition) -> &str {
    partition.0.split('~').next().unwrap_or_default()
}

/// Where it is kept.
pub fn places_key() -> Key {
    Key::texts(&["history places"])
}

/// Reads it in any version up to the newest; no text is an empty one.
pub fn decode_places(text: Option<&str>) -> Result<Places, RecordError> {
    let Some(text) = text else { return Ok(Places::default()) };
    version_of(text, NEWEST)?;
    let record: PlacesV1 = parse(text)?;
    let account = |one: AccountV1| Account {
        partition: Partition(one.of),
        since: Timestamp(one.since),
        last: Timestamp(one.last),
    };
    let tab = |one: TabV1| {
        let task = TabTask {
            partition: Partition(one.of),
            entry: EntryId(one.entry),
            deadline: one.deadline.map(Timestamp),
            seen_at: Timestamp(one.seen),
        };
        (one.tab, task)
    };
    Ok(Places {
        accounts: record.accounts.into_iter().map(account).collect(),
        tabs: record.tabs.into_iter().map(tab).collect(),
        closed_on: record.closed_on.map(SiteDay),
        adopted: record.adopted.into_iter().map(|(own, of)| (Partition(own), Partition(of))).collect(),
    })
}

/// Writes it in the newest version.
pub fn encode_places(places: &Places) -> String {
    let account =
        |one: &Account| AccountV1 { of: one.partition.0.clone(), since: one.since.0, last: one.last.0 };
    let tab = |(tab, task): (&i64, &TabTask)| TabV1 {
        tab: *tab,
        of: task.partition.0.clone(),
        entry: task.entry.0.clone(),
        deadline: task.deadline.map(|deadline| deadline.0),
        seen: task.seen_at.0,
    };
    write(&PlacesV1 {
        v: 1,
        accounts: places.accounts.iter().map(account).collect(),
        tabs: places.tabs.iter().map(tab).collect(),
        closed_on: places.closed_on.map(|day| day.0),
        adopted: places.adopted.iter().map(|(own, of)| (own.0.clone(), of.0.clone())).collect(),
    })
}

#[derive(Serialize, Deserialize)]
struct PlacesV1 {
    v: u32,
    accounts: Vec<AccountV1>,
    tabs: Vec<TabV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_on: Option<i32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    adopted: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct AccountV1 {
    of: String,
    since: i64,
    last: i64,
}

#[derive(Serialize, Deserialize)]
struct TabV1 {
    tab: i64,
    of: String,
    entry: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deadline: Option<i64>,
    seen: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(at: i64) -> TabTask {
        TabTask {
            partition: Partition("mturk~a".to_owned()),
            entry: EntryId(format!("3A{at}")),
            deadline: (at % 2 == 0).then_some(Timestamp(at + 60)),
            seen_at: Timestamp(at),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut places = Places { closed_on: Some(SiteDay(20_000)), ..Places::default() };
        for at in 0..50 {
            places.shows(at, task(at));
        }
        places.used(&Partition("mturk~a".to_owned()), Timestamp(5));
        places.used(&Partition("mturk~a".to_owned()), Timestamp(9));
        assert_eq!(decode_places(Some(&encode_places(&places))).as_ref(), Ok(&places));
        assert_eq!(places.tabs.len(), MAX_TABS);
        assert!(!places.tabs.contains_key(&0), "the oldest is forgotten");
        assert_eq!(places.accounts.len(), 1);
    }

    #[test]
    fn the_first_account_goes_on_with_what_was_loaded_and_no_other_does() {
        let [first, second] = ["mturk~a", "mturk~b"].map(|name| Partition(name.to_owned()));
        let mut places = Places::default();
        assert_eq!(places.history_of(&first), first);
        let loaded = places.loaded_apart("mturk");
        places.used(&loaded, Timestamp(1));
        assert_eq!(places.history_of(&first), loaded);
        assert_eq!(places.history_of(&Partition("mturk-sandbox~a".to_owned())).0, "mturk-sandbox~a");
        places.adopted.insert(first.clone(), loaded.clone());
        assert_eq!(places.history_of(&second), second);
        let other = places.loaded_apart("mturk");
        assert_ne!(other, loaded);
        places.used(&other, Timestamp(2));
        assert_eq!(places.history_of(&first), loaded, "another file changes nothing");
        places.used(&second, Timestamp(3));
        assert_eq!(places.history_of(&second), second, "it has a history already");
        assert_eq!(decode_places(Some(&encode_places(&places))), Ok(places));
    }

    #[test]
    fn the_latest_history_of_a_site_is_found() {
        let mut places = Places::default();
        for (partition, at) in [("mturk~a", 1), ("mturk~b", 7), ("mturk-sandbox~a", 9)] {
            places.used(&Partition(partition.to_owned()), Timestamp(at));
        }
        let latest =
            places.latest(&Partition("mturk".to_owned())).map(|account| account.partition.0.as_str());
        assert_eq!(latest, Some("mturk~b"));
    }
}
