//! What all pages with a task on them say alike.

use crate::domain::history::{EntryId, Fact};
use crate::domain::{Problem, Task, TaskId};
use crate::sites::reading::identity;
use crate::sites::snapshot::{Item, RequirementItem};
use crate::wording;

/// The entry an item is about: the assignment, or the task where no assignment is named.
///
/// `None` with a problem where neither is; an assignment that is no id is a problem in any case.
pub(super) fn entry_id(item: &Item, problems: &mut Vec<Problem>) -> Option<EntryId> {
    let assignment = identity(item.own.assignment_id.as_deref(), "assignment_id", problems);
    let task = || identity(item.id.as_deref(), "id", &mut Vec::new()).map(|id| EntryId::of_task(&TaskId(id)));
    assignment.map(EntryId).or_else(task)
}

/// What is known of the task itself.
pub(super) fn of_task(task: &Task, requirements: Option<&[RequirementItem]>) -> Vec<Fact> {
    let requester = &task.requester;
    let known = requester.id.is_some() || !requester.name.is_empty();
    let requester = known.then(|| Fact::Requester { id: requester.id.clone(), name: requester.name.clone() });
    let text = |text: &String| (!text.is_empty()).then(|| text.clone());
    let facts = [
        Some(Fact::TaskId(task.id.clone())),
        task.group_id.clone().map(Fact::GroupId),
        requester,
        text(&task.title).map(Fact::Title),
        text(&task.description).map(Fact::Description),
        task.kind.map(Fact::Kind),
        requirements.and_then(requirements_text).map(Fact::Requirements),
        task.allotted_secs.map(Fact::AllottedSecs),
        task.available.map(Fact::Available),
        task.reward.map(Fact::Reward),
        task.promised.as_ref().map(|promise| Fact::Promised(promise.quote.clone())),
    ];
    facts.into_iter().flatten().collect()
}

/// What the site asks of workers, in one line: `Total approved HITs > 1000; Masters`.
///
/// The worker's own values are not in it: no recipe picks them.
fn requirements_text(requirements: &[RequirementItem]) -> Option<String> {
    let lines: Vec<String> = requirements.iter().filter_map(requirement_text).collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

fn requirement_text(requirement: &RequirementItem) -> Option<String> {
    let named = |text: &&str| !text.trim().is_empty();
    let id = || requirement.id.as_deref().filter(named);
    let name = requirement.name.as_deref().filter(named).or_else(id)?;
    let value = requirement.value.as_deref().unwrap_or_default();
    let line = match requirement.comparator.as_deref().unwrap_or_default() {
        "Exists" | "" => name.to_owned(),
        "DoesNotExist" => format!("not {name}"),
        "GreaterThan" => format!("{name} > {value}"),
        "GreaterThanOrEqualTo" => format!("{name} ≥ {value}"),
        "LessThan" => format!("{name} < {value}"),
        "LessThanOrEqualTo" => format!("{name} ≤ {value}"),
        "EqualTo" => format!("{name} = {value}"),
        "NotEqualTo" => format!("{name} ≠ {value}"),
        // Only the first of several values is picked.
        "In" => format!("{name} in {value}, …"),
        "NotIn" => format!("{name} not in {value}, …"),
        other => format!("{name} {other} {value}"),
    };
    let line = wording::clean_title(&line);
    (!line.is_empty()).then(|| wording::mask_worker_ids(&line).into_owned())
}

/// A longer text as it may be kept: one line, no hidden characters, no worker ids; `None` where nothing is left.
pub(super) fn kept_text(text: &str) -> Option<String> {
    let clean = wording::clean_description(text);
    (!clean.is_empty()).then(|| wording::mask_worker_ids(&clean).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, comparator: &str, value: &str) -> Option<String> {
        requirement_text(&RequirementItem {
            name: Some(name.to_owned()),
            comparator: Some(comparator.to_owned()),
            value: (!value.is_empty()).then(|| value.to_owned()),
            ..RequirementItem::default()
        })
    }

    #[test]
    fn requirements_read_as_a_person_writes_them() {
        let table = [
            (("Masters", "Exists", ""), "Masters"),
            (("Already did it", "DoesNotExist", ""), "not Already did it"),
            (("Approval rate", "GreaterThanOrEqualTo", "98"), "Approval rate ≥ 98"),
            (("Location", "In", "US"), "Location in US, …"),
            (("Location", "SomethingNew", "US"), "Location SomethingNew US"),
            (("Only A1B2C3D4E5F6G7", "Exists", ""), "Only [worker]"),
            (("two\nlines\u{202E}", "Exists", ""), "two lines"),
        ];
        for ((name, comparator, value), expected) in table {
            assert_eq!(line(name, comparator, value).as_deref(), Some(expected));
        }
        assert_eq!(line("", "Exists", ""), None);
        let nameless =
            RequirementItem { id: Some("3QUALIFICATION".to_owned()), ..RequirementItem::default() };
        let nameless = RequirementItem { name: Some(" ".to_owned()), ..nameless };
        assert_eq!(requirement_text(&nameless).as_deref(), Some("3QUALIFICATION"));
        assert_eq!(requirement_text(&RequirementItem::default()), None);
        assert_eq!(requirements_text(&[]), None);
    }
}
