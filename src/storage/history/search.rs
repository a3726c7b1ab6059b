//! Search: by terms to days, by days to blocks, newest first, never more blocks than asked for.

use core::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::history::{Entry, EntryId, Fact, Observation, State};
use crate::domain::{Money, Partition, RequesterId, SiteDay, Timestamp, lowered};
use crate::storage::packed::buckets::{Bucket, Slot};
use crate::storage::{Step, StoreName};

use super::close::Open;
use super::keys::{TERM_BUCKETS, Target, bucket_key, day_key, history_head, space};
use super::view::{Stop, View, script};
use super::{Fault, Place, Rules, find, terms};

/// Blocks read beside each other; most searches end within the first few days.
const READ_AHEAD: usize = 4;

/// What is looked for; all parts must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Of this requester.
    pub requester: Option<RequesterId>,
    /// With all these words in the title or the requester's name, in any case.
    pub words: String,
    /// In one of these states; none is any.
    pub states: Vec<State>,
    /// On this day or later.
    pub from_day: Option<SiteDay>,
    /// On this day or earlier.
    pub to_day: Option<SiteDay>,
    /// With this reward.
    pub amount: Option<Money>,
    /// With this reward or more, in its currency.
    pub least: Option<Money>,
    /// With this reward or less, in its currency.
    pub most: Option<Money>,
}

/// The last entry of a page, behind which the next one begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Its day.
    pub day: SiteDay,
    /// When it was handed in, or else taken; orders the entries of a day.
    pub at: Option<Timestamp>,
    /// Its id.
    pub id: EntryId,
}

/// How much one script does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries of a page.
    pub entries: usize,
    /// Blocks at most read for it.
    pub blocks: usize,
}

/// A page of what was found, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where to go on; `None` where there is nothing more. A page may be short, or empty, and have more behind it.
    pub next: Option<Cursor>,
    /// Days that could not be read and were left out.
    pub faults: Vec<Fault>,
}

/// The script of a search.
pub fn search(
    partition: Partition,
    query: Query,
    after: Option<Cursor>,
    limits: Limits,
    rules: Rules,
) -> Step<Result<Found, Fault>> {
    let mut plan: Option<Plan> = None;
    let wanted = Wanted { words: terms::words(&query.words), query, known: RefCell::default() };
    script(move |view| {
        let head = history_head(view, Target::InUse)?;
        let space = space(head.generation, &partition);
        if plan.is_none() {
            plan = Some(Plan::make(view, &space, (&wanted, after.as_ref()), &rules)?);
        }
        let Some(plan) = plan.as_mut() else { return Err(Stop::Missing) };
        plan.run(view, &space, &wanted, limits)?;
        Ok((Vec::new(), core::mem::take(&mut plan.found)))
    })
}

/// A query whose words are taken apart.
struct Wanted {
    query: Query,
    words: BTreeSet<String>,
    /// Which of the words a text has, by their bits: the texts of a day repeat.
    known: RefCell<BTreeMap<String, u64>>,
}

impl Wanted {
    fn is_in_range(&self, day: SiteDay) -> bool {
        self.query.from_day.is_none_or(|from| day >= from) && self.query.to_day.is_none_or(|to| day <= to)
    }

    fn holds(&self, entry: &Entry) -> bool {
        let query = &self.query;
        query.requester.as_ref().is_none_or(|id| entry.requester_id.value() == Some(id))
            && query.amount.is_none_or(|amount| entry.reward.value() == Some(&amount))
            && query.least.is_none_or(|least| pays(entry, least, |micros| micros >= least.micros))
            && query.most.is_none_or(|most| pays(entry, most, |micros| micros <= most.micros))
            && (query.states.is_empty() || query.states.contains(&entry.state()))
            && (self.words.is_empty() || self.words.is_subset(&terms::words_of(entry)))
    }

    /// Whether what was seen of an entry may be that of one which holds: something that was said does, whichever of
    /// several words for it is the one that counts.
    fn may_be_in(&self, seen: &[Observation]) -> bool {
        let query = &self.query;
        let facts = || seen.iter().flat_map(|seen| &seen.facts);
        let says = |is_meant: &dyn Fn(&Fact) -> bool| facts().any(is_meant);
        let rewards = |is_meant: &dyn Fn(Money) -> bool| {
            says(&|fact| matches!(fact, Fact::Reward(reward) if is_meant(*reward)))
        };
        let of = |id: &RequesterId| {
            says(&|fact| matches!(fact, Fact::Requester { id: Some(said), .. } if said == id))
        };
        query.requester.as_ref().is_none_or(of)
            && query.amount.is_none_or(|amount| rewards(&|reward| reward == amount))
            && query.least.is_none_or(|least| rewards(&|reward| reward.micros >= least.micros))
            && query.most.is_none_or(|most| rewards(&|reward| reward.micros <= most.micros))
            && (self.words.is_empty() || self.has_words(facts()))
    }

    fn has_words<'a>(&self, facts: impl Iterator<Item = &'a Fact>) -> bool {
        let mut known = self.known.borrow_mut();
        let mut missing = (0..64).zip(&self.words).fold(0_u64, |bits, (bit, _)| bits | (1 << bit));
        for fact in facts {
            let (Fact::Title(text) | Fact::Requester { name: text, .. }) = fact else { continue };
            let has = known.get(text).copied().unwrap_or_else(|| {
                let words = terms::words(text);
                let bits = (0..64).zip(&self.words).filter(|(_, word)| words.contains(*word));
                let bits = bits.fold(0_u64, |bits, (bit, _)| bits | (1 << bit));
                known.insert(text.clone(), bits);
                bits
            });
            missing &= !has;
        }
        missing == 0
    }

    /// Whether a stored text may be that of an entry which holds: letters and digits stand in it as they are.
    fn may_hold(&self, text: &str) -> bool {
        let is_plain = |id: &RequesterId| id.0.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if self.query.requester.as_ref().is_some_and(|id| is_plain(id) && !text.contains(&id.0)) {
            return false;
        }
        if self.query.amount.is_some_and(|amount| !text.contains(&amount.micros.to_string())) {
            return false;
        }
        if self.words.is_empty() {
            return true;
        }
        let text = lowered(text);
        self.words.iter().all(|word| text.contains(word))
    }

    /// Terms, of each group of which one must occur in a day.
    fn groups(&self) -> Vec<Vec<String>> {
        let query = &self.query;
        let mut groups = vec![vec![terms::EVERY.to_owned()]];
        groups.extend(query.requester.iter().map(|id| vec![terms::of_requester(id)]));
        groups.extend(query.amount.map(|amount| vec![terms::of_amount(amount)]));
        groups.extend(self.words.iter().map(|word| vec![terms::of_word(word)]));
        if !query.states.is_empty() {
            groups.push(query.states.iter().map(|state| terms::of_state(*state)).collect());
        }
        groups
    }
}

/// Which days to look through, and how far that has come.
struct Plan {
    /// Days with blocks that may hold something.
    closed: BTreeSet<SiteDay>,
    /// What was found among open entries.
    open: BTreeMap<SiteDay, Vec<(Cursor, Entry)>>,
    after: Option<Cursor>,
    blocks: usize,
    found: Found,
}

impl Plan {
    fn make(
        view: &mut View,
        space: &str,
        (wanted, after): (&Wanted, Option<&Cursor>),
        rules: &Rules,
    ) -> Result<Self, Stop> {
        let mut closed = closed_days(view, space, wanted)?;
        let is_ahead = |day: SiteDay| wanted.is_in_range(day) && after.is_none_or(|after| day <= after.day);
        closed.retain(|day| is_ahead(*day));
        let mut open: BTreeMap<SiteDay, Vec<(Cursor, Entry)>> = BTreeMap::new();
        for entry in Open::read_where(view, space, &|text| wanted.may_hold(text))?.entries {
            let day = rules.day_of(&entry);
            if is_ahead(day) && wanted.holds(&entry) {
                open.entry(day).or_default().push((place(day, &entry), entry));
            }
        }
        Ok(Self { closed, open, after: after.cloned(), blocks: 0, found: Found::default() })
    }

    /// Looks through days, the newest first, until the page is full.
    fn run(&mut self, view: &mut View, space: &str, wanted: &Wanted, limits: Limits) -> Result<(), Stop> {
        while let Some(day) = self.closed.last().max(self.open.keys().next_back()).copied() {
            if self.found.entries.len() >= limits.entries {
                return Ok(());
            }
            if self.closed.contains(&day) && self.blocks >= limits.blocks {
                // Before all entries of this day.
                let (at, id) = (Some(Timestamp(i64::MAX)), EntryId(char::MAX.to_string()));
                self.found.next = Some(Cursor { day, at, id });
                return Ok(());
            }
            let mut matches = self.open.get(&day).cloned().unwrap_or_default();
            if self.closed.contains(&day) {
                let ahead = self.closed.iter().rev().take(READ_AHEAD.min(limits.blocks - self.blocks));
                ahead.for_each(|day| view.want(StoreName::Days, day_key(space, *day)));
                view.checkpoint()?;
                match find::block_where(view, space, day, &mut |seen| wanted.may_be_in(seen)) {
                    Ok(entries) => {
                        let holding = entries.iter().filter(|entry| wanted.holds(entry));
                        matches.extend(holding.map(|entry| (place(day, entry), entry.clone())));
                    }
                    Err(Stop::Fault(fault)) => self.found.faults.push(fault),
                    Err(Stop::Missing) => return Err(Stop::Missing),
                }
                self.blocks += 1;
            }
            self.open.remove(&day);
            self.closed.remove(&day);
            self.take(matches, limits);
        }
        Ok(())
    }

    /// Adds the matches of a day, the newest first.
    fn take(&mut self, mut matches: Vec<(Cursor, Entry)>, limits: Limits) {
        matches.retain(|(place, _)| self.after.as_ref().is_none_or(|after| place < after));
        matches.sort_by(|(one, _), (other, _)| other.cmp(one));
        let room = limits.entries.saturating_sub(self.found.entries.len());
        let has_more = matches.len() > room || !self.closed.is_empty() || !self.open.is_empty();
        matches.truncate(room);
        let is_full = matches.len() == room;
        if let Some((last, _)) = matches.last().filter(|_| is_full && has_more) {
            self.found.next = Some(last.clone());
        }
        self.found.entries.extend(matches.into_iter().map(|(_, entry)| entry));
    }
}

fn pays(entry: &Entry, in_currency_of: Money, is_meant: impl Fn(i64) -> bool) -> bool {
    let reward = entry.reward.value().filter(|reward| reward.currency == in_currency_of.currency);
    reward.is_some_and(|reward| is_meant(reward.micros))
}

fn place(day: SiteDay, entry: &Entry) -> Cursor {
    let at = entry.submitted_at.value().or(entry.accepted_at.value()).copied();
    Cursor { day, at, id: entry.id().clone() }
}

/// The closed days in which every part of the query occurs somewhere.
fn closed_days(view: &mut View, space: &str, wanted: &Wanted) -> Result<BTreeSet<SiteDay>, Stop> {
    let groups = wanted.groups();
    let slot = |term: &String| Slot::of(term, TERM_BUCKETS);
    for term in groups.iter().flatten() {
        view.want(StoreName::Terms, bucket_key(space, slot(term)));
    }
    view.checkpoint()?;
    let mut days: Option<BTreeSet<SiteDay>> = None;
    for group in &groups {
        let mut of_group = BTreeSet::new();
        for term in group {
            let bytes = view.bytes(StoreName::Terms, &bucket_key(space, slot(term)))?;
            let found = Bucket::find(bytes, slot(term).hash);
            of_group.extend(found.map_err(|error| Stop::fault(Place::Terms, error))?);
        }
        days = Some(days.map_or(of_group.clone(), |days| &days & &of_group));
    }
    Ok(days.unwrap_or_default())
}
