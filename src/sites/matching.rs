//! Which row of the page shows which task.
//!
//! By the ids in the row's links; where a row has no telling link, by requester and title;
//! the position is only a hint that decides between equals. A row that contradicts its
//! candidate stays unmatched: no number is better than a wrong one.

use super::snapshot::RowMark;
use crate::domain::Task;

/// The position of the task that `row` shows among `count` tasks, or `None`.
///
/// `task_at` gives the task at a position, `None` where it could not be read.
pub fn task_of_row<'a>(
    row: &RowMark,
    count: usize,
    task_at: impl Fn(usize) -> Option<&'a Task>,
) -> Option<usize> {
    let fits = |task: &Task| match row.id {
        Some(_) => names(row, task),
        None => same_requester(row, task) && same_title(row, task),
    };
    let at = |index: usize| task_at(index).is_some_and(&fits);
    // The common case costs one comparison: the row agrees with where the hint points.
    if let Some(index) = usize::try_from(row.index).ok().filter(|index| *index < count && at(*index)) {
        return Some(index);
    }
    let mut found = (0..count).filter(|index| at(*index));
    let first = found.next()?;
    (row.id.is_some() || found.next().is_none()).then_some(first)
}

fn names(row: &RowMark, task: &Task) -> bool {
    let id = row.id.as_deref();
    id == Some(task.id.0.as_str()) || id == task.group_id.as_ref().map(|group| group.0.as_str())
}

/// A row without a requester link does not contradict; one with another id does.
fn same_requester(row: &RowMark, task: &Task) -> bool {
    match (&row.requester_id, &task.requester.id) {
        (Some(shown), Some(known)) => *shown == known.0,
        _ => true,
    }
}

/// The cell may hold more than the title (a button's label), and may cut it short.
fn same_title(row: &RowMark, task: &Task) -> bool {
    let Some(cell) = row.title.as_deref() else { return false };
    let cell = super::reading::shown_title(Some(cell));
    let start: String = task.title.chars().take(40).collect();
    !start.is_empty() && cell.contains(&start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Requester, RequesterId, SiteRecord, TaskId};

    fn task(id: &str, requester: &str, title: &str) -> Task {
        Task {
            id: TaskId(id.into()),
            group_id: None,
            title: title.into(),
            description: String::new(),
            requester: Requester { id: Some(RequesterId(requester.into())), name: String::new() },
            reward: None,
            allotted_secs: None,
            available: None,
            can_accept: None,
            lock: None,
            kind: None,
            promised: None,
            needs: Vec::new(),
            site_says: SiteRecord::default(),
            deadline: None,
        }
    }

    fn row(index: u32, id: Option<&str>, requester: Option<&str>, title: Option<&str>) -> RowMark {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        RowMark { key: index, index, id: owned(id), requester_id: owned(requester), title: owned(title) }
    }

    fn find(row: &RowMark, tasks: &[Task]) -> Option<usize> {
        task_of_row(row, tasks.len(), |index| tasks.get(index))
    }

    #[test]
    fn ids_win_over_positions() {
        let tasks = [task("G1", "A1", "one"), task("G2", "A2", "two")];
        assert_eq!(find(&row(0, Some("G2"), None, None), &tasks), Some(1));
        assert_eq!(find(&row(0, Some("G1"), None, None), &tasks), Some(0));
        assert_eq!(find(&row(1, Some("G9"), None, None), &tasks), None);
    }

    #[test]
    fn without_ids_requester_and_title_decide_and_the_position_breaks_ties() {
        let tasks = [task("G1", "A1", "same"), task("G2", "A1", "same"), task("G3", "A2", "other")];
        assert_eq!(find(&row(1, None, Some("A1"), Some("+ same")), &tasks), Some(1));
        assert_eq!(find(&row(0, None, Some("A2"), Some("other")), &tasks), Some(2));
        assert_eq!(find(&row(2, None, Some("A1"), Some("same")), &tasks), None, "two are alike");
        assert_eq!(find(&row(2, None, Some("A9"), Some("other")), &tasks), None, "another requester");
        assert_eq!(find(&row(2, None, None, None), &tasks), None, "a position alone is no proof");
    }
}
