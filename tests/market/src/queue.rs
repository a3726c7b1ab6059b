//! The queue of accepted tasks.

use serde::Serialize;

use crate::behaviour::Behaviour;
use crate::clock;
use crate::escape::html;
use crate::group::{Group, Requirement, Reward};
use crate::listing::Item;
use crate::page::{self, Around, Document, Table};

/// The site's own limit.
const LIMIT: usize = 25;

/// The held tasks: the first groups that the worker can accept.
fn held<'a>(behaviour: &Behaviour, items: &'a [Item]) -> Vec<&'a Group> {
    items
        .iter()
        .map(|item| &item.group)
        .filter(|group| group.caller_meets_requirements)
        .take(behaviour.held.min(LIMIT))
        .collect()
}

/// The queue as props and JSON answer have it.
pub(crate) fn tasks<'a>(behaviour: &Behaviour, items: &'a [Item], now: i64) -> Vec<Task<'a>> {
    let held = held(behaviour, items);
    held.into_iter().enumerate().map(|(i, group)| Task::new(i, group, &behaviour.worker_id, now)).collect()
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
    let props = Props { body_data: tasks(behaviour, items, now), table_config: [] };
    let rows: String = held.iter().enumerate().map(|(i, g)| row(i, g)).collect();
    let table = Table {
        component: "taskQueueTable/TaskQueueTable",
        props: serde_json::to_string(&props).unwrap_or_default(),
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Props<'a> {
    body_data: Vec<Task<'a>>,
    table_config: [u8; 0],
}

/// A queue item, in the wire's key order. Its `caller_meets_*` mean nothing, as on the site.
#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the wire's names")]
pub(crate) struct Task<'a> {
    task_id: String,
    assignment_id: String,
    accepted_at: String,
    deadline: String,
    time_to_deadline_in_seconds: i64,
    state: &'static str,
    question: Question,
    project: Project<'a>,
    expired_task_action_url: &'a str,
    task_url: String,
}

/// Where the task's own page lies: an address with the worker id in it.
#[derive(Serialize)]
struct Question {
    value: String,
    r#type: &'static str,
    attributes: Attributes,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Attributes {
    frame_source_attribute: String,
    frame_height: &'static str,
}

/// The project of a held task: `hit_requirements`, no URLs but the requester's, no requester figures.
#[derive(Serialize)]
struct Project<'a> {
    hit_set_id: &'a str,
    requester_id: &'a str,
    requester_name: &'a str,
    title: &'a str,
    description: &'a str,
    assignment_duration_in_seconds: i64,
    creation_time: &'a str,
    assignable_hits_count: i64,
    latest_expiration_time: &'a str,
    caller_meets_requirements: bool,
    caller_meets_preview_requirements: bool,
    last_updated_time: &'a str,
    monetary_reward: &'a Reward,
    hit_requirements: Vec<Requirement>,
    requester_url: &'a str,
}

impl<'a> Task<'a> {
    fn new(index: usize, group: &'a Group, worker_id: &str, now: i64) -> Self {
        let accepted = now - held_for_secs(index);
        let (task_id, assignment_id) = (task_id(group), assignment_id(group));
        // The site escapes this address once more inside the JSON.
        let address = format!(
            "https://www.mturkcontent.com/dynamic/hit?assignmentId={assignment_id}&amp;hitId={task_id}\
             &amp;workerId={worker_id}&amp;turkSubmitTo=https%3A%2F%2Fwww.mturk.com"
        );
        let attributes = Attributes { frame_source_attribute: address.clone(), frame_height: "0" };
        Self {
            task_id,
            assignment_id,
            accepted_at: clock::stamp(accepted),
            deadline: clock::stamp(accepted + group.assignment_duration_in_seconds),
            time_to_deadline_in_seconds: accepted + group.assignment_duration_in_seconds - now,
            state: "Assigned",
            question: Question { value: address, r#type: "InternalURL", attributes },
            project: Project::new(group),
            expired_task_action_url: &group.project_tasks_url,
            task_url: task_url(group),
        }
    }
}

impl<'a> Project<'a> {
    fn new(group: &'a Group) -> Self {
        let mut hit_requirements = group.project_requirements.clone();
        for requirement in &mut hit_requirements {
            requirement.caller_meets_requirement = None;
            requirement.qualification_request_url = None;
        }
        Self {
            hit_set_id: &group.hit_set_id,
            requester_id: &group.requester_id,
            requester_name: &group.requester_name,
            title: &group.title,
            description: &group.description,
            assignment_duration_in_seconds: group.assignment_duration_in_seconds,
            creation_time: &group.creation_time,
            assignable_hits_count: group.assignable_hits_count,
            latest_expiration_time: &group.latest_expiration_time,
            caller_meets_requirements: false,
            caller_meets_preview_requirements: false,
            last_updated_time: &group.last_updated_time,
            monetary_reward: &group.monetary_reward,
            hit_requirements,
            requester_url: &group.requester_url,
        }
    }
}

/// How long ago the task at this place was accepted.
fn held_for_secs(index: usize) -> i64 {
    40 + 55 * i64::try_from(index).unwrap_or(0)
}

fn row(index: usize, group: &Group) -> String {
    let (name, title) = (html(&group.requester_name), html(&group.title));
    let (requester_url, url) = (html(&group.requester_url), html(&task_url(group)));
    let reward = format!("${:.2}", group.monetary_reward.dollars());
    let left = clock::relative(group.assignment_duration_in_seconds, held_for_secs(index));
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
