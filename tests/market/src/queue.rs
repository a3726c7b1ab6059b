//! The queue of accepted tasks.

use serde::Serialize;

use crate::clock;
use crate::distort::distorted;
use crate::escape::html;
use crate::group::{Group, Requirement, Reward};
use crate::ledger::Assignment;
use crate::page::{self, Around, Document, Table};
use crate::question::Question;
use crate::visit::Visit;

/// The JSON answer of the queue.
pub(crate) fn answer(visit: &Visit, held: &[Assignment]) -> String {
    let tasks = held.iter().map(|held| Task::held(visit, held)).collect();
    distorted(serde_json::to_string(&Answer { tasks }).unwrap_or_default(), visit.wrong)
}

/// The JSON answer of a preview: the same object, with nothing known of an assignment.
pub(crate) fn preview_answer(visit: &Visit, group: &Group) -> String {
    distorted(serde_json::to_string(&Task::preview(visit, group)).unwrap_or_default(), visit.wrong)
}

/// The page `/tasks`.
pub(crate) fn document(visit: &Visit, held: &[Assignment]) -> Document {
    let heading = format!(
        "<div class=\"task-queue-header\"><h1 class=\"m-b-0\">Your HITs Queue ({})</h1></div>",
        held.len()
    );
    if held.is_empty() {
        let body = format!("{heading}<p>There are currently no HITs assigned to you.</p>");
        return page::document(visit, &body);
    }
    let body_data = held.iter().map(|held| Task::held(visit, held)).collect();
    let props = serde_json::to_string(&Props { body_data, table_config: [] }).unwrap_or_default();
    let rows: String = held.iter().map(|held| row(visit, held)).collect();
    let table = Table {
        component: "taskQueueTable/TaskQueueTable",
        props: distorted(props, visit.wrong),
        rows: format!(
            "<ol class=\"list-unstyled hit-set-table task-queue-table\"><li class=\"table-header\">\
             <div class=\"desktop-row hidden-sm-down\"><span class=\"column requester-column\">Requester</span>\
             <span class=\"column project-name-column\">Title</span><span class=\"column reward-column\">Reward</span>\
             <span class=\"column created-column\">Time Left</span>\
             <span class=\"column actions-column\">Actions</span></div></li>{rows}</ol>"
        ),
    };
    page::table_page(visit, &[table], &Around { above: heading, below: String::new() })
}

#[derive(Serialize)]
struct Answer<'a> {
    tasks: Vec<Task<'a>>,
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
struct Task<'a> {
    task_id: String,
    assignment_id: Option<&'a str>,
    accepted_at: Option<String>,
    deadline: Option<String>,
    time_to_deadline_in_seconds: Option<i64>,
    state: Option<&'static str>,
    question: Frame,
    project: Project<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expired_task_action_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_url: Option<String>,
}

/// Where the task's own page lies: an address with the worker id in it.
#[derive(Serialize)]
struct Frame {
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

impl Frame {
    fn new(question: Question, address: &str) -> Self {
        // The site escapes this address once more inside the JSON.
        let address = address.replace('&', "&amp;");
        let attributes = Attributes { frame_source_attribute: address.clone(), frame_height: "0" };
        Self { value: address, r#type: question.kind(), attributes }
    }
}

impl<'a> Task<'a> {
    fn held(visit: &Visit, held: &'a Assignment) -> Self {
        let question = visit.question(&held.group);
        Self {
            task_id: held.task_id.clone(),
            assignment_id: Some(&held.assignment_id),
            accepted_at: Some(clock::stamp(held.accepted_at)),
            deadline: Some(clock::stamp(held.deadline)),
            time_to_deadline_in_seconds: Some(held.deadline - visit.now),
            state: Some("Assigned"),
            question: Frame::new(question, &question.address(held, &visit.account)),
            project: Project::new(&held.group),
            expired_task_action_url: Some(&held.group.project_tasks_url),
            task_url: Some(held.url()),
        }
    }

    fn preview(visit: &Visit, group: &'a Group) -> Self {
        let (question, task_id) = (visit.question(group), preview_task_id(group));
        Self {
            question: Frame::new(question, &question.preview_address(&task_id, visit.account.site)),
            task_id,
            assignment_id: None,
            accepted_at: None,
            deadline: None,
            time_to_deadline_in_seconds: None,
            state: None,
            project: Project::new(group),
            expired_task_action_url: None,
            task_url: None,
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

fn row(visit: &Visit, held: &Assignment) -> String {
    let group = &held.group;
    let (name, title) = (html(&group.requester_name), html(&group.title));
    let (requester_url, url) = (html(&group.requester_url), html(&format!("{}&from_queue=true", held.url())));
    let reward = format!("${:.2}", group.monetary_reward.dollars());
    let left = clock::relative(held.deadline, visit.now);
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

/// The id of the HIT that a preview shows: made from the group's, for whoever accepts gets another one.
pub(crate) fn preview_task_id(group: &Group) -> String {
    format!("3P{}", group.hit_set_id.chars().skip(2).collect::<String>())
}
