//! Reading the journal's files against their checksums, before anything has to be made again from them.

use std::collections::BTreeSet;

use crate::domain::Problem;

use super::line::verified;
use super::record::journal_head;
use super::{Failure, Journal, JournalHead, decode_file, encode_file};

/// What one step of a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesChecked {
    /// The last file that was read, behind which the check goes on; `None` where all were read.
    pub next: Option<String>,
    /// Bytes that were verified.
    pub bytes: usize,
    /// What is damaged, in the worker's words.
    pub problems: Vec<Problem>,
}

/// Reads the files behind a name until so many bytes are verified.
///
/// A damaged file is written anew with what can still be read of it, and from then on the journal counts as lost: what
/// is missing in it is written again from the database. The caller holds the writer lock, and has seen that the two
/// heads agree, so that the database has all of it.
///
/// # Errors
/// A store that refuses; the next check finds the same.
pub async fn check_files<J: Journal>(
    journal: &J,
    after: Option<&str>,
    budget_bytes: usize,
) -> Result<FilesChecked, Failure> {
    let mut checked = FilesChecked::default();
    let names = journal.files().await?;
    let mut rest =
        names.into_iter().filter(|name| after.is_none_or(|after| name.as_str() > after)).peekable();
    while let Some(name) = rest.next() {
        let bytes = journal.read_file(&name).await?.unwrap_or_default();
        checked.bytes = checked.bytes.saturating_add(bytes.len());
        let read = decode_file(&name, &bytes);
        if !read.problems.is_empty() {
            // First the mark: ended here, the file is found damaged once more.
            let head = JournalHead { is_rewriting: true, ..journal_head(journal).await? };
            journal.set_head(head.encode()).await?;
            journal.write_file(&name, encode_file(&read.lines)).await?;
            checked.problems.extend(read.problems);
        }
        if checked.bytes >= budget_bytes && rest.peek().is_some() {
            checked.next = Some(name);
            break;
        }
    }
    if checked.next.is_none() {
        checked.problems.extend(missing_lines(journal).await?);
    }
    Ok(checked)
}

/// Open lines that are counted and not there, or not as they were written.
async fn missing_lines<J: Journal>(journal: &J) -> Result<Option<Problem>, Failure> {
    let head = journal_head(journal).await?;
    if head.is_rewriting {
        return Ok(None);
    }
    let lines = journal.lines().await?;
    let there: BTreeSet<u64> =
        lines.iter().filter(|(_, line)| verified(line).is_ok()).map(|(number, _)| *number).collect();
    let missing = head.open_lines().filter(|number| !there.contains(number)).count();
    if missing == 0 {
        return Ok(None);
    }
    journal.set_head(JournalHead { is_rewriting: true, ..head }.encode()).await?;
    Ok(Some(Problem::new("journal", format!("{missing} of its last changes are missing"))))
}
