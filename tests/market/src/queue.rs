//! The queue of accepted tasks.

use serde_json::{Value, json};

use crate::behaviour::Behaviour;
use crate::clock;
use crate::escape::html;
use crate::group::Group;
use crate::listing::Item;
use crate::page::{self, Around, Document, Table};

/// The site's own limit.
const LIMIT: usize = 25;

/// The held tasks: the first groups that the worker can accept.
pub(crate) fn held<'a>(behaviour: &Behaviour, items: &'a [Item]) -> Vec<&'a Group> {
    items
        .iter()
        .map(|item| &item.group)
        .filter(|group| group.caller_meets_requirements)
        .take(behaviour.held.min(LIMIT))
        .collect()
}

/// The page `/tasks`.
pub(crate) fn document(behaviour: &Behaviour, items: &[Item], now: i64) -> Document {
    let held = held(behaviour, items);
    let heading = format!(
        "<div class=\"task-queue-header\"><h1 class=\"m-b-0\">Your HITs Queue ({})</h1></div>",
        held.len()
    );
    if held.is_empty() {
        let body = format!("{heading}<p>There are currently no HITs assigned to you.</p>");
        return page::document(behaviour, &body, "{\"rows\":\"never\"}");
    }
    let body_data: Vec<Value> =
        held.iter().enumerate().map(|(i, g)| task(i, g, &behaviour.worker_id, now)).collect();
    let rows: String = held.iter().enumerate().map(|(i, g)| row(i, g)).collect();
    let table = Table {
        component: "taskQueueTable/TaskQueueTable",
        props: json!({ "bodyData": body_data, "tableConfig": [] }).to_string(),
        rows: format!(
            "<ol class=\"list-unstyled hit-set-table task-queue-table\"><li class=\"table-header\">\
             <div class=\"desktop-row hidden-sm-down\"><span class=\"column requester-column\">Requester</span>\
             <span class=\"column project-name-column\">Title</span><span class=\"column reward-column\">Reward</span>\
             <span class=\"column created-column\">Time Left</span>\
             <span class=\"column actions-column\">Actions</span></div></li>{rows}</ol>"
        ),
    };
    page::table_page(behaviour, &[table], &Around { above: heading, below: String::new() })
}

/// A queue item as props and JSON answer have it: `caller_meets_*` mean nothing here, as on the site.
pub(crate) fn task(index: usize, group: &Group, worker_id: &str, now: i64) -> Value {
    let accepted = now - 40 - 55 * i64::try_from(index).unwrap_or(0);
    let (task_id, assignment_id) = (task_id(group), assignment_id(group));
    let question = format!(
        "https://www.mturkcontent.com/dynamic/hit?assignmentId={assignment_id}&amp;hitId={task_id}\
         &amp;workerId={worker_id}&amp;turkSubmitTo=https%3A%2F%2Fwww.mturk.com"
    );
    json!({
        "task_id": task_id,
        "assignment_id": assignment_id,
        "accepted_at": clock::stamp(accepted),
        "deadline": clock::stamp(accepted + group.assignment_duration_in_seconds),
        "time_to_deadline_in_seconds": accepted + group.assignment_duration_in_seconds - now,
        "state": "Assigned",
        "question": { "value": question, "type": "InternalURL",
                      "attributes": { "FrameSourceAttribute": question, "FrameHeight": "0" } },
        "project": project(group),
        "expired_task_action_url": group.project_tasks_url,
        "task_url": task_url(group),
    })
}

/// The project of a held task: `hit_requirements`, no URLs but the requester's, no requester figures.
fn project(group: &Group) -> Value {
    let mut requirements = group.project_requirements.clone();
    for requirement in &mut requirements {
        requirement.caller_meets_requirement = None;
        requirement.qualification_request_url = None;
    }
    let mut project = serde_json::to_value(group).unwrap_or_default();
    if let Some(fields) = project.as_object_mut() {
        for key in ["accept_project_task_url", "project_tasks_url", "project_requirements", "requesterInfo"] {
            fields.remove(key);
        }
        fields.insert("hit_requirements".to_owned(), json!(requirements));
        fields.insert("caller_meets_requirements".to_owned(), json!(false));
        fields.insert("caller_meets_preview_requirements".to_owned(), json!(false));
    }
    project
}

fn row(index: usize, group: &Group) -> String {
    let (name, title) = (html(&group.requester_name), html(&group.title));
    let (requester_url, url) = (html(&group.requester_url), html(&task_url(group)));
    let reward = format!("${:.2}", group.monetary_reward.dollars());
    let left =
        clock::relative(group.assignment_duration_in_seconds, 40 + 55 * i64::try_from(index).unwrap_or(0));
    let work = |hide: &str| format!("<a class=\"btn btn-primary work-btn {hide}\" href=\"{url}\">Work</a>");
    let expand =
        "<button type=\"button\" class=\"btn expand-button\"><i class=\"fa fa-plus-circle\"></i></button>";
    format!(
        "<li class=\"table-row task-row\"><div class=\"desktop-row hidden-sm-down\">\
         <span class=\"column requester-column text-truncate\">{expand}<a href=\"{requester_url}\">{name}</a></span>\
         <span class=\"column project-name-column text-truncate\">{expand}<span class=\"project-name\">{title}</span></span>\
         <span class=\"column reward-column\">{reward}</span><span class=\"column created-column\">{left}</span>\
         <span class=\"column actions-column\">{}</span></div>\
         <div class=\"mobile-row hidden-md-up\"><div class=\"project-name-column\">{expand}\
         <span class=\"project-name\">{title}</span></div><div class=\"p-r-sm requester-column\">\
         <span><a href=\"{requester_url}\">{name}</a></span></div><div class=\"mobile-figures\">\
         <span class=\"reward-column\">{reward}</span><span class=\"created-column\">{left}</span>{}</div></div></li>",
        work("hidden-sm-down"),
        work("hidden-md-up"),
    )
}

/// A HIT's id: made from the group's, so that pages agree on it.
pub(crate) fn task_id(group: &Group) -> String {
    format!("3T{}", group.hit_set_id.chars().skip(2).collect::<String>())
}

/// An assignment's id, made likewise.
pub(crate) fn assignment_id(group: &Group) -> String {
    format!("3A{}", group.hit_set_id.chars().skip(2).collect::<String>())
}

/// The path of the work page.
pub(crate) fn task_url(group: &Group) -> String {
    let (group_id, task, assignment) = (&group.hit_set_id, task_id(group), assignment_id(group));
    format!("/projects/{group_id}/tasks/{task}?assignment_id={assignment}&ref=w_pl_prvw")
}
