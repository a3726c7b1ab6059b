//! What is known about the rows of a page: single look-ups, so that it takes the same time
//! however much is stored.

use std::collections::{BTreeMap, BTreeSet};

use super::wire::{Answer, BlockPart, Refusal, RowFacts, RowKey};
use super::words::{self, not_understood, record_problem};
use super::{Script, blocks, done, memory, rates};
use crate::domain::{BlockScope, Partition, RequesterId, TitleKey};
use crate::storage::record::{RecordError, block_key, rating_key};
use crate::storage::{Found, Key, Read, Step, StoreName, beside, then};

/// The most rows one page has, and then some.
const MAX_ROWS: usize = 1_000;

/// A row that was checked.
struct Row {
    requester: RequesterId,
    title: Option<TitleKey>,
}

/// One record to look up, once for all rows that need it.
type Wanted = (StoreName, Key);

/// What was looked up.
struct Known {
    records: BTreeMap<Wanted, String>,
    memory: memory::Remembered,
}

/// Rows of an unknown account have no memory: two accounts never mix.
pub(super) fn script(site: &str, account: Option<&str>, rows: &[RowKey]) -> Result<Script, Refusal> {
    if rows.len() > MAX_ROWS {
        return Err(not_understood("too many rows"));
    }
    let partition = words::partition(site)?;
    let rows = rows.iter().map(read_row).collect::<Result<Vec<Row>, Refusal>>()?;
    let wanted: BTreeSet<Wanted> = rows.iter().flat_map(|row| wanted(&partition, row)).collect();
    let reads = wanted.iter().map(|(store, key)| Read::Get(*store, key.clone())).collect();
    let records = Step::read(reads, move |found| {
        let texts = found.into_iter().map(Found::into_text);
        let records: BTreeMap<Wanted, String> =
            wanted.into_iter().zip(texts).filter_map(|(wanted, text)| Some((wanted, text?))).collect();
        Step::Done(Vec::new(), records)
    });
    let keys = rows.iter().map(|row| (row.requester.clone(), row.title.clone()));
    let remembered = memory::remembered(&partition, account, keys);
    Ok(then(beside(records, remembered), move |(records, memory)| {
        done(facts(&partition, &rows, &Known { records, memory }))
    }))
}

fn read_row(row: &RowKey) -> Result<Row, Refusal> {
    let title = row.title_key.as_deref().map(words::title_key).transpose()?;
    Ok(Row { requester: words::requester(&row.requester_id)?, title })
}

fn wanted(partition: &Partition, row: &Row) -> impl Iterator<Item = Wanted> + use<> {
    let rating = (StoreName::Ratings, rating_key(partition, &row.requester));
    let scopes = scopes(row).into_iter();
    let blocks = scopes.map(|scope| (StoreName::Blocks, block_key(partition, &row.requester, &scope)));
    core::iter::once(rating).chain(blocks.collect::<Vec<Wanted>>())
}

/// The blocks that could reach a row, the wider first.
fn scopes(row: &Row) -> Vec<BlockScope> {
    let title = row.title.clone().map(BlockScope::Title);
    core::iter::once(BlockScope::Requester).chain(title).collect()
}

fn facts(partition: &Partition, rows: &[Row], known: &Known) -> Answer {
    let mut problems: BTreeSet<String> = known.memory.problems.iter().cloned().collect();
    let mut facts = Vec::with_capacity(rows.len());
    for row in rows {
        let rating = known.records.get(&(StoreName::Ratings, rating_key(partition, &row.requester)));
        let own = noted(rating.map(|text| rates::brief(text)), "A rating", &mut problems);
        let mut block = |scope: BlockScope| -> Option<BlockPart> {
            let text = known.records.get(&(StoreName::Blocks, block_key(partition, &row.requester, &scope)));
            noted(text.map(|text| blocks::part(text)), "A block", &mut problems)
        };
        facts.push(RowFacts {
            requester_id: row.requester.0.clone(),
            title_key: row.title.as_ref().map(|title| title.text().to_owned()),
            own,
            requester_block: block(BlockScope::Requester),
            title_block: row.title.clone().and_then(|title| block(BlockScope::Title(title))),
            requester_memory: known.memory.of_requester(&row.requester),
            title_memory: row.title.as_ref().and_then(|title| known.memory.of_title(&row.requester, title)),
        });
    }
    Answer::Facts { rows: facts, problems: problems.into_iter().collect() }
}

/// The value, or its problem written down.
fn noted<T>(
    read: Option<Result<T, RecordError>>,
    subject: &str,
    problems: &mut BTreeSet<String>,
) -> Option<T> {
    match read? {
        Ok(value) => Some(value),
        Err(error) => {
            problems.insert(record_problem(&error, subject));
            None
        }
    }
}
