//! Looking for damage that nothing has stumbled on yet: every stored byte against its checksum, a little at a time.

use crate::domain::history::Tally;
use crate::domain::{Partition, SiteDay};
use crate::storage::packed::buckets::Bucket;
use crate::storage::packed::tally::decode_tally;
use crate::storage::record::{DaySum, RecordError, decode_day_sum, decode_open};
use crate::storage::{Found, Key, Read, Step, StoreName, Value};

use super::keys::{Target, day_key, day_of_key, history_head, space};
use super::view::script;
use super::{Fault, Place};

/// Records of one reading.
const PAGE: u32 = 8;

/// How far a scrub has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrubCursor {
    /// Which of [`SCRUBBED`].
    store: usize,
    /// Behind this record.
    after: Option<Key>,
}

/// The stores in the order in which they are looked through; days with their blocks.
const SCRUBBED: [StoreName; 5] =
    [StoreName::DaySums, StoreName::EntryDays, StoreName::Terms, StoreName::Tallies, StoreName::Entries];

/// What one step of a scrub found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scrubbed {
    /// Where to go on; `None` where all was looked through.
    pub next: Option<ScrubCursor>,
    /// Bytes that were verified.
    pub bytes: usize,
    /// What is damaged. It stays as it is.
    pub faults: Vec<Fault>,
}

impl ScrubCursor {
    /// As it is kept between two lives of the background: `2` or `2 123`.
    pub fn to_text(&self) -> String {
        let parts = self.after.iter().flat_map(|key| &key.0).map(|part| match part {
            crate::storage::Part::Text(text) => format!("t{text}"),
            crate::storage::Part::Number(number) => format!("n{number}"),
        });
        core::iter::once(self.store.to_string()).chain(parts).collect::<Vec<String>>().join("\n")
    }

    /// Reads what was kept; `None` begins anew.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let store = lines.next()?.parse().ok().filter(|store| *store < SCRUBBED.len())?;
        let parts = lines.map(|line| match line.split_at_checked(1)? {
            ("t", text) => Some(crate::storage::Part::Text(text.to_owned())),
            ("n", number) => number.parse().ok().map(crate::storage::Part::Number),
            _ => None,
        });
        let parts: Vec<_> = parts.collect::<Option<_>>()?;
        Some(Self { store, after: (!parts.is_empty()).then_some(Key(parts)) })
    }
}

/// The script of one step of a scrub: it ends when so many bytes were verified.
pub fn scrub(
    partition: Partition,
    from: Option<ScrubCursor>,
    budget_bytes: usize,
) -> Step<Result<Scrubbed, Fault>> {
    let read_head = script(move |view| {
        let head = history_head(view, Target::InUse)?;
        Ok((Vec::new(), space(head.generation, &partition)))
    });
    then(read_head, move |space| match space {
        Ok(space) => {
            let from = from.unwrap_or(ScrubCursor { store: 0, after: None });
            page(space, from, budget_bytes, Scrubbed::default())
        }
        Err(fault) => Step::Done(Vec::new(), Err(fault)),
    })
}

/// Goes on with the value of a script that writes nothing.
fn then<A: 'static, B: 'static>(script: Step<A>, next: impl FnOnce(A) -> Step<B> + 'static) -> Step<B> {
    match script {
        Step::Done(_, value) => next(value),
        Step::Read(reads, go_on) => Step::read(reads, move |found| then(go_on(found), next)),
    }
}

fn page(
    space: String,
    from: ScrubCursor,
    budget: usize,
    mut so_far: Scrubbed,
) -> Step<Result<Scrubbed, Fault>> {
    let Some(store) = SCRUBBED.get(from.store).copied() else { return Step::Done(Vec::new(), Ok(so_far)) };
    if so_far.bytes >= budget {
        so_far.next = Some(from);
        return Step::Done(Vec::new(), Ok(so_far));
    }
    let reads = vec![Read::List { store, first: space.clone(), after: from.after.clone(), limit: PAGE }];
    Step::read(reads, move |found| {
        let records = found.into_iter().next().map_or(Vec::new(), Found::into_many);
        let is_last = u32::try_from(records.len()).unwrap_or(u32::MAX) < PAGE;
        let next = if is_last {
            ScrubCursor { store: from.store.saturating_add(1), after: None }
        } else {
            ScrubCursor { store: from.store, after: records.last().map(|(key, _)| key.clone()) }
        };
        so_far.bytes = records.iter().fold(so_far.bytes, |sum, (_, value)| sum.saturating_add(value.len()));
        if store == StoreName::DaySums {
            return blocks(space, records, so_far, (next, budget));
        }
        so_far.faults.extend(records.iter().filter_map(|(key, value)| fault_of(store, key, value)));
        page(space, next, budget, so_far)
    })
}

/// Days, each with its block.
fn blocks(
    space: String,
    records: Vec<(Key, Value)>,
    mut so_far: Scrubbed,
    (next, budget): (ScrubCursor, usize),
) -> Step<Result<Scrubbed, Fault>> {
    let days: Vec<(SiteDay, Value)> =
        records.into_iter().filter_map(|(key, value)| Some((day_of_key(&key)?, value))).collect();
    let reads = days.iter().map(|(day, _)| Read::Get(StoreName::Days, day_key(&space, *day))).collect();
    Step::read(reads, move |found| {
        for ((day, sum), block) in days.into_iter().zip(found) {
            let block = block.into_value();
            so_far.bytes = so_far.bytes.saturating_add(block.as_ref().map_or(0, Value::len));
            let sum = decode_day_sum(day, Some(&sum.into_text().unwrap_or_default()));
            match sum {
                Ok(sum) => so_far.faults.extend(block_fault(day, &sum, block.as_ref())),
                Err(error) => so_far.faults.push(Fault { place: Place::DaySum(day), error }),
            }
        }
        page(space, next, budget, so_far)
    })
}

fn block_fault(day: SiteDay, sum: &DaySum, block: Option<&Value>) -> Option<Fault> {
    let error = match block {
        None if sum.is_closed => RecordError::Damaged("its block is missing".to_owned()),
        None => return None,
        Some(Value::Text(_)) => RecordError::Damaged("its block is none".to_owned()),
        Some(Value::Bytes(bytes)) => match crate::storage::packed::block::decode_day(bytes) {
            Err(error) => error,
            Ok(entries) => {
                let mut tally = Tally::new();
                for entry in &entries {
                    tally.add(entry);
                }
                if sum.tally.agrees_with(&tally) {
                    return None;
                }
                RecordError::Damaged("its totals are not those of its tasks".to_owned())
            }
        },
    };
    Some(Fault { place: Place::Day(day), error })
}

fn fault_of(store: StoreName, key: &Key, value: &Value) -> Option<Fault> {
    let (text, bytes) = match value {
        Value::Text(text) => (text.as_str(), [].as_slice()),
        Value::Bytes(bytes) => ("", bytes.as_slice()),
    };
    let (place, error) = match store {
        StoreName::EntryDays => (Place::EntryDays, Bucket::decode(Some(bytes)).err()),
        StoreName::Terms => (Place::Terms, Bucket::decode(Some(bytes)).err()),
        StoreName::Tallies => (Place::Tally, decode_tally(Some(bytes)).err()),
        _ => (Place::Entry(entry_of(key)), decode_open(text).err()),
    };
    Some(Fault { place, error: error? })
}

fn entry_of(key: &Key) -> crate::domain::history::EntryId {
    crate::domain::history::EntryId(match key.0.get(1) {
        Some(crate::storage::Part::Text(id)) => id.clone(),
        _ => String::new(),
    })
}
