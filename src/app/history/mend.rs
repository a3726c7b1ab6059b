//! Making one store again from the other, a few steps at a time, and what the worker is told of it.

use super::RULES;
use crate::domain::Timestamp;
use crate::storage::history::Fault;
use crate::storage::journal::{
    Failure, Journal, Rebuilt, Rewritten, db_head, drop_generation, rebuild_batch, rewrite_batch,
};
use crate::storage::record::{Places, RecordError};
use crate::storage::{Database, StoreError};

/// Steps that begin anew when they are ended; together they stay below the limit over one ask.
const MAX_STEPS: usize = 300;

/// Problems of one rebuild that are named; more are counted.
const MAX_NAMED: usize = 3;

/// Does so many steps of a rebuild, or fewer where it is done.
///
/// # Errors
/// A store that refuses; what is done so far stays.
pub async fn rebuild<D: Database, J: Journal>(
    (database, journal): (&D, &J),
    mut so_far: Rebuilt,
    steps: usize,
) -> Result<Rebuilt, Failure> {
    for _ in 0..steps {
        so_far = rebuild_batch(database, journal, &so_far, RULES).await?;
        if let Some(replaced) = &so_far.replaced {
            drop_generation(database, replaced).await?;
            break;
        }
    }
    Ok(so_far)
}

/// Writes a lost journal again from the database.
///
/// # Errors
/// A store that refuses, or a journal that is not whole after the steps of one ask.
pub async fn rewrite<D: Database, J: Journal>((database, journal): (&D, &J)) -> Result<(), Failure> {
    let mut step = Rewritten::default();
    for _ in 0..MAX_STEPS {
        step = rewrite_batch(database, journal, step, RULES).await?;
        if step.is_done {
            return Ok(());
        }
    }
    Err(Failure::JournalBehind)
}

/// What is said of a journal that was written again.
pub const REWRITTEN: &str = "The copy of your history that stands beside the browser's database was lost; it was written again from the \
     database, and no task is missing";

/// What is said of a rebuild that is done: why it was, how many tasks are there, what is damaged.
///
/// # Errors
/// A store that refuses.
pub async fn said<D: Database>(
    database: &D,
    why: &str,
    rebuilt: &Rebuilt,
) -> Result<Vec<String>, StoreError> {
    let there = db_head(database).await?.map_or(0, |head| head.entries);
    let mut said = vec![format!("{why}; it was made again from the journal: {} there", tasks(there))];
    let problems = rebuilt.problems.iter().take(MAX_NAMED);
    said.extend(problems.map(|problem| format!("{}: {}", problem.place, problem.what)));
    if let Some(more) = rebuilt.problems.len().checked_sub(MAX_NAMED).filter(|more| *more > 0) {
        said.push(format!("{more} more places of the journal could not be read"));
    }
    Ok(said)
}

/// `1 task is`, `4,210 tasks are`.
pub fn tasks(count: u64) -> String {
    let (noun, verb) = if count == 1 { ("task", "is") } else { ("tasks", "are") };
    format!("{} {noun} {verb}", grouped(count))
}

/// A number with a comma after every three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What is damaged, in the worker's words.
pub fn damage(fault: &Fault) -> String {
    let place = fault.place.say().replacen("The ", "the ", 1);
    match &fault.error {
        RecordError::Damaged(_) => format!("Damage was found in the browser's database ({place})"),
        RecordError::Newer { .. } => format!("A newer Wagelight wrote a part of the history ({place})"),
    }
}

/// With the database the list of histories goes too; the head knows whose there were. Whether any was found again.
///
/// # Errors
/// A store that refuses.
pub async fn find_again<D: Database>(
    database: &D,
    places: &mut Places,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let found = db_head(database).await?.map(|head| head.partitions).unwrap_or_default();
    let before = places.accounts.len();
    for partition in found.iter().filter(|partition| !partition.0.is_empty()) {
        places.found_again(partition, now);
    }
    Ok(places.accounts.len() > before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let numbers = [0, 7, 999, 1_000, 4_210, 1_234_567];
        assert_eq!(numbers.map(grouped).join(" "), "0 7 999 1,000 4,210 1,234,567");
        assert_eq!((tasks(1), tasks(4_210)), ("1 task is".to_owned(), "4,210 tasks are".to_owned()));
    }
}
