//! Preview, work page, and the small pages around the list: as much of them as is attested.

use serde_json::json;

use crate::behaviour::Behaviour;
use crate::escape::{html, react_class, react_root};
use crate::group::Group;
use crate::page::{self, Document};
use crate::queue;

const NO_TABLE: &str = "{\"rows\":\"never\"}";

/// Which of the two pages of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Preview,
    Accepted,
}

/// The preview or the work page of a group.
pub(crate) fn task(behaviour: &Behaviour, group: &Group, stage: Stage) -> Document {
    let body = format!(
        "{bar}{actions}<div class=\"task-question-iframe-container\">\
         <iframe class=\"embed-responsive-item\" title=\"Task\" srcdoc=\"&lt;p&gt;The task's own page.&lt;/p&gt;\"></iframe>\
         </div><div class=\"work-pipeline-bottom-bar\">{timer}</div>",
        bar = detail_bar(group),
        actions = actions(group, stage),
        timer = if stage == Stage::Accepted { timer(group) } else { String::new() },
    );
    page::document(behaviour, &body, NO_TABLE)
}

fn detail_bar(group: &Group) -> String {
    let contact = format!(
        "/contact_requester/hit_type_messages/new?hit_type_message%5Bhit_type_id%5D=3MADEUPTYPE\
         &hit_type_message%5Brequester_id%5D={}&hit_type_message%5Brequester_name%5D=name",
        group.requester_id
    );
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
            "contactRequesterUrl": contact,
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

fn actions(group: &Group, stage: Stage) -> String {
    let id = html(&group.hit_set_id);
    let inner = match stage {
        Stage::Preview => format!(
            "<a class=\"btn btn-primary\" href=\"{}\">Accept</a>\
             <a class=\"btn btn-secondary\" href=\"/projects/{id}/tasks?ref=w_wp_skp_top\">Skip</a>",
            html(&group.accept_project_task_url)
        ),
        Stage::Accepted => {
            let props = json!({ "hiddenFormParams": { "task_id": queue::task_id(group) } }).to_string();
            format!(
                "<form method=\"post\" action=\"/projects/{id}/tasks/{}?assignment_id={}&amp;ref=w_wp_rtrn_top\">\
                 <input type=\"hidden\" name=\"_method\" value=\"delete\">\
                 <input type=\"hidden\" name=\"authenticity_token\" value=\"made-up-token\">\
                 <button class=\"btn btn-secondary\">Return</button></form>{}",
                html(&queue::task_id(group)),
                html(&queue::assignment_id(group)),
                react_root("div", "workPipeline/TaskSubmitter", &props, "")
            )
        }
    };
    format!("<div class=\"work-pipeline-action\">{inner}</div>")
}

fn timer(group: &Group) -> String {
    let all = group.assignment_duration_in_seconds;
    let props = json!({
        "displayStyle": "elapsed",
        "originalTimeToCompleteInSeconds": all,
        "timeRemainingInSeconds": all - 2,
    });
    react_root(
        "span",
        "common/CompletionTimer",
        &props.to_string(),
        "<span class=\"completion-timer\">0:02</span>",
    )
}

/// The page after an action that was refused, with the site's alert component.
pub(crate) fn alert(behaviour: &Behaviour, header: &str, message: &str) -> Document {
    let props =
        json!({ "type": "danger", "header": header, "message": message, "renderMessageAsHTML": false });
    let class = html(&react_class("alert/Alert").replace("default", "PureAlert"));
    let body = format!(
        "<div data-react-class=\"{class}\" data-react-props=\"{}\"><div class=\"mturk-alert\"><h3>{}</h3>\
         <p>{}</p></div></div>",
        html(&props.to_string()),
        html(header),
        html(message)
    );
    page::document(behaviour, &body, NO_TABLE)
}

/// A page that holds a heading and a sentence: dashboard, account, qualifications.
pub(crate) fn plain(behaviour: &Behaviour, heading: &str, sentence: &str) -> Document {
    let body = format!("<h1>{}</h1><p>{}</p>", html(heading), html(sentence));
    page::document(behaviour, &body, NO_TABLE)
}
