//! What the market holds: how it serves, whose ledgers there are, what time it is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::account::Account;
use crate::behaviour::Behaviour;
use crate::clock;
use crate::failure::{Failure, Route, Wrong};
use crate::group::Group;
use crate::ledger::{Ledger, MOST_HELD, Refused, Taking};
use crate::listing::{self, Item};
use crate::record::Record;

/// What is served, to whom, and what was asked for.
pub(crate) struct Shared {
    served: RwLock<Served>,
    ledgers: Mutex<BTreeMap<Account, Ledger>>,
    /// Requests counted for each failure of the behaviour.
    counted: Mutex<Vec<u32>>,
    /// What the market's clock is ahead of the machine's, in seconds.
    ahead_secs: AtomicI64,
    /// The number of the next task taken.
    next_number: AtomicU64,
    pub(crate) record: Arc<Record>,
}

/// A behaviour with its groups, read once.
#[derive(Clone)]
pub(crate) struct Served {
    pub(crate) behaviour: Arc<Behaviour>,
    pub(crate) groups: Arc<Result<Vec<Item>, String>>,
}

impl Served {
    fn new(behaviour: Behaviour) -> Self {
        let groups = Arc::new(listing::load(&behaviour.listing, clock::now()));
        Self { behaviour: Arc::new(behaviour), groups }
    }

    /// The groups, or none where they could not be read.
    pub(crate) fn items(&self) -> &[Item] {
        self.groups.as_ref().as_ref().map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn group(&self, hit_set_id: &str) -> Result<&Group, Refused> {
        let mut groups = self.items().iter().map(|item| &item.group);
        groups.find(|group| group.hit_set_id == hit_set_id).ok_or(Refused::NoSuchGroup)
    }
}

impl Shared {
    pub(crate) fn new(behaviour: Behaviour) -> Self {
        let counted = vec![0; behaviour.failures.len()];
        Self {
            served: RwLock::new(Served::new(behaviour)),
            ledgers: Mutex::default(),
            counted: Mutex::new(counted),
            ahead_secs: AtomicI64::new(0),
            next_number: AtomicU64::new(1),
            record: Arc::new(Record::new()),
        }
    }

    /// Serves pages so from now on. The groups are made or read anew only where the listing is another.
    pub(crate) fn set(&self, behaviour: Behaviour) {
        let old = self.served();
        if old.behaviour.failures != behaviour.failures {
            *self.counted.lock().unwrap_or_else(PoisonError::into_inner) = vec![0; behaviour.failures.len()];
        }
        let same_listing = old.behaviour.listing == behaviour.listing;
        let new = if same_listing {
            Served { behaviour: Arc::new(behaviour), groups: old.groups }
        } else {
            Served::new(behaviour)
        };
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = new.clone();
        let now = self.now();
        for ledger in self.all_ledgers().values_mut() {
            ledger.settle(now);
            if !same_listing || ledger.laid() != wanted(&new).count() {
                ledger.clear_laid();
                self.lay(ledger, &new);
            }
        }
    }

    pub(crate) fn served(&self) -> Served {
        self.served.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The market's own time, in seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        clock::now().saturating_add(self.ahead_secs.load(Ordering::SeqCst))
    }

    pub(crate) fn advance(&self, secs: i64) {
        self.ahead_secs.fetch_add(secs, Ordering::SeqCst);
    }

    /// Nobody has taken or done anything yet, and the clock is the machine's. Ids go on: none comes twice.
    pub(crate) fn start_over(&self) {
        self.ahead_secs.store(0, Ordering::SeqCst);
        self.all_ledgers().clear();
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).fill(0);
    }

    /// Reads or changes the ledger of an account, at the market's present time.
    pub(crate) fn ledger<T>(&self, account: &Account, with: impl FnOnce(&mut Ledger) -> T) -> T {
        let served = self.served();
        let now = self.now();
        let mut ledgers = self.all_ledgers();
        let ledger = ledgers.entry(account.clone()).or_insert_with(|| {
            let mut new = Ledger::default();
            self.lay(&mut new, &served);
            new
        });
        ledger.settle(now);
        with(ledger)
    }

    /// The account that has this assignment.
    pub(crate) fn owner(&self, assignment_id: &str) -> Option<Account> {
        let ledgers = self.all_ledgers();
        let has = |ledger: &Ledger| ledger.find(assignment_id).is_ok();
        ledgers.iter().find(|(_, ledger)| has(ledger)).map(|(account, _)| account.clone())
    }

    fn all_ledgers(&self) -> MutexGuard<'_, BTreeMap<Account, Ledger>> {
        self.ledgers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that no task has.
    pub(crate) fn number(&self) -> u64 {
        self.next_number.fetch_add(1, Ordering::SeqCst)
    }

    /// Lays the tasks into a queue that the behaviour wants there.
    fn lay(&self, ledger: &mut Ledger, served: &Served) {
        let now = self.now();
        for (group, ago) in wanted(served).zip((40_i64..).step_by(55)) {
            // However long the queue, none of them is about to expire.
            let accepted_at = now - ago.min(group.assignment_duration_in_seconds / 2);
            let taking = Taking { group, number: self.number(), accepted_at, laid: true };
            // Nothing here refuses: these tasks are there by decree.
            let _ = ledger.enter(&taking);
        }
    }

    /// Counts a request and says what goes wrong with it.
    pub(crate) fn wrong(&self, route: Route) -> Option<Wrong> {
        let failures = &self.served().behaviour.failures;
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let mut first = None;
        for (failure, count) in failures.iter().zip(counted.iter_mut()) {
            if concerns(failure, route, count) && first.is_none() {
                first = Some(failure.wrong);
            }
        }
        first
    }
}

fn concerns(failure: &Failure, route: Route, count: &mut u32) -> bool {
    if failure.route.is_some_and(|only| only != route) {
        return false;
    }
    *count = count.saturating_add(1);
    failure.when.concerns(*count)
}

/// The groups whose tasks lie in the queue by decree.
fn wanted(served: &Served) -> impl Iterator<Item = &Group> {
    let open = served.items().iter().map(|item| &item.group).filter(|group| group.caller_meets_requirements);
    open.take(served.behaviour.held.min(MOST_HELD))
}
