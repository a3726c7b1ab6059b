//! Preview and work page: as much of them as is attested.

use serde_json::json;

use crate::escape::{html, react_root};
use crate::group::Group;
use crate::ledger::Assignment;
use crate::page::{self, Document, TOKEN};
use crate::question::Question;
use crate::queue::preview_task_id;
use crate::visit::Visit;

const SCRIPT: &str = include_str!("work.js");

/// The preview of a group.
pub(crate) fn preview(visit: &Visit, group: &Group) -> Document {
    let id = html(&group.hit_set_id);
    let actions = format!(
        "<form method=\"get\" action=\"/projects/{id}/tasks/accept_random\">\
         <input type=\"hidden\" name=\"ref\" value=\"w_pl_prvw\">{}</form>\
         <a class=\"btn btn-secondary\" href=\"/projects/{id}/tasks?ref=w_wp_skp_top\">Skip</a>",
        react_root(
            "span",
            "workPipeline/SubmitAcceptTaskFormButton",
            "{}",
            "<button class=\"btn btn-primary\">Accept</button>"
        )
    );
    let question = match visit.question(group) {
        Question::Plain => plain_question(""),
        other => frame(&other.preview_address(&preview_task_id(group), visit.account.site)),
    };
    let body = format!(
        "{}{}<div class=\"task-preview\">{question}</div>",
        detail_bar(group),
        pipeline(&actions, "")
    );
    page::document(visit, &body)
}

/// The work page of a held task. `onward` is the query that the page was opened with, so far as it says where the
/// worker goes after the task.
pub(crate) fn task(visit: &Visit, held: &Assignment, onward: &str) -> Document {
    let question = visit.question(&held.group);
    let asked = match question {
        Question::Plain => plain_question(&plain_form(held, onward)),
        other => format!("{}{}", frame(&other.address(held, &visit.account)), submitter(held, onward)),
    };
    let behaviour = visit.behaviour();
    let left = (held.deadline - visit.now).max(0);
    let config = json!({ "assignment": held.assignment_id, "remaining_secs": left,
                         "original_secs": held.group.assignment_duration_in_seconds });
    let body = format!(
        "{bar}{actions}{asked}\
         <div class=\"threshold-1 hidden\"><h3>This HIT is no longer available</h3>\
         <p>The time allotted for it is over. <a href=\"/projects\">See other HITs</a></p></div>\
         <div class=\"work-pipeline-bottom-bar\">{timer}</div>{script}",
        bar = detail_bar(&held.group),
        actions = pipeline(&return_form(held, onward), onward),
        timer = timer(held, left),
        script = page::script(&behaviour.csp, SCRIPT, &config.to_string()),
    );
    page::document(visit, &body)
}

fn pipeline(actions: &str, onward: &str) -> String {
    let queued = if onward.contains("from_queue=true") { "<a href=\"/tasks\">Back to queue</a>" } else { "" };
    format!("<div class=\"work-pipeline-action\">{actions}{queued}</div>")
}

fn frame(address: &str) -> String {
    format!(
        "<div class=\"task-question-iframe-container\">\
         <iframe class=\"embed-responsive-item\" title=\"Task\" src=\"{}\"></iframe></div>",
        html(address)
    )
}

/// A question that the site draws itself. The worker answers in the form.
fn plain_question(form: &str) -> String {
    format!("<div id=\"hit-wrapper\"><p>Which of the words fits the picture best?</p>{form}</div>")
}

fn plain_form(held: &Assignment, onward: &str) -> String {
    let form = format!(
        "<form method=\"post\" action=\"{}\">{}<label>Your answer <input id=\"answer\" name=\"answer\"></label>\
         <button id=\"submit\" class=\"btn btn-primary\">Submit</button></form>",
        html(&deed(held, "/submit", "w_wp_sbmt", onward)),
        token()
    );
    react_root("div", "workPipeline/SubmitAssignedTaskSubmissionForm", "{}", &form)
}

/// What the page's script sends when the frame has told that it is done.
fn submitter(held: &Assignment, onward: &str) -> String {
    let props = json!({ "hiddenFormParams": { "task_id": held.task_id } }).to_string();
    let form = format!(
        "<form class=\"hidden\" method=\"post\" action=\"{}\">{}<input type=\"hidden\" name=\"task_id\" value=\"{}\"></form>",
        html(&deed(held, "/submit", "w_wp_sbmt", onward)),
        token(),
        html(&held.task_id)
    );
    react_root("div", "workPipeline/TaskSubmitter", &props, &form)
}

fn return_form(held: &Assignment, onward: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"_method\" value=\"delete\">{}\
         <button id=\"return\" class=\"btn btn-secondary\">Return</button></form>",
        html(&deed(held, "", "w_wp_rtrn_top", onward)),
        token()
    )
}

fn token() -> String {
    format!("<input type=\"hidden\" name=\"authenticity_token\" value=\"{TOKEN}\">")
}

/// The path of a form of the work page.
fn deed(held: &Assignment, what: &str, reference: &str, onward: &str) -> String {
    let (group, task, assignment) = (&held.group.hit_set_id, &held.task_id, &held.assignment_id);
    format!("/projects/{group}/tasks/{task}{what}?assignment_id={assignment}&ref={reference}{onward}")
}

fn detail_bar(group: &Group) -> String {
    let details = json!({
        "modalType": "ProjectDetailsModal",
        "modalHeader": "HIT Details",
        "children": "HIT Details",
        "modalOptions": {
            "requesterName": group.requester_name,
            "projectTitle": group.title,
            "description": group.description,
            "assignableHitsCount": group.assignable_hits_count,
            "creationTime": group.creation_time,
            "assignmentDurationInSeconds": group.assignment_duration_in_seconds,
            "expirationTime": group.latest_expiration_time,
            "contactRequesterUrl": contact_url(&group.requester_id),
            "monetaryReward": { "amountInDollars": group.monetary_reward.amount_in_dollars, "currencyCode": "USD" },
        },
    });
    format!(
        "<div class=\"task-project-title\">{title}</div><div class=\"project-detail-bar\">\
         <div><span class=\"detail-bar-label\">Requester</span>\
         <span class=\"detail-bar-value\"><a href=\"{url}\">{name}</a></span></div>\
         <div><span class=\"detail-bar-label\">Reward</span><span class=\"detail-bar-value\">${reward:.2}</span></div>\
         <div><span class=\"detail-bar-label\">Tasks Available</span>\
         <span class=\"detail-bar-value\">{hits}</span></div>{modal}</div>",
        title = html(&group.title),
        url = html(&group.requester_url),
        name = html(&group.requester_name),
        reward = group.monetary_reward.dollars(),
        hits = group.assignable_hits_count,
        modal = react_root("span", "common/ShowModal", &details.to_string(), "HIT Details"),
    )
}

/// The path of the form that writes to a requester: the one place where work page and status page name their id.
pub(crate) fn contact_url(requester_id: &str) -> String {
    format!(
        "/contact_requester/hit_type_messages/new?hit_type_message%5Bhit_type_id%5D=3MADEUPTYPE\
         &hit_type_message%5Brequester_id%5D={requester_id}&hit_type_message%5Brequester_name%5D=name\
         &hit_type_message%5Bsubject%5D=subject"
    )
}

fn timer(held: &Assignment, left: i64) -> String {
    let all = held.group.assignment_duration_in_seconds;
    let props = json!({
        "displayStyle": "elapsed",
        "originalTimeToCompleteInSeconds": all,
        "timeRemainingInSeconds": left,
    });
    let elapsed = (all - left).max(0);
    react_root(
        "span",
        "common/CompletionTimer",
        &props.to_string(),
        &format!("<span class=\"completion-timer\">{}:{:02}</span>", elapsed / 60, elapsed % 60),
    )
}

/// A page that holds a heading and a sentence: account, qualifications.
pub(crate) fn plain(visit: &Visit, heading: &str, sentence: &str) -> Document {
    page::document(visit, &format!("<h1>{}</h1><p>{}</p>", html(heading), html(sentence)))
}
