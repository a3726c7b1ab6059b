//! The rows of a list, as React leaves them in the page.

use crate::clock;
use crate::escape::html;
use crate::group::{Group, Requirement};

/// The list with its header row and the given rows.
pub(crate) fn list(rows: &str) -> String {
    format!(
        "<ol class=\"list-unstyled hit-set-table\"><li class=\"hit-set-table-header table-header\">\
         <div class=\"desktop-row hidden-sm-down\">\
         <span class=\"column requester-column\">Requester</span>\
         <span class=\"column project-name-column\">Title</span>\
         <span class=\"column hits-column\">HITs</span>\
         <span class=\"column reward-column\">Reward</span>\
         <span class=\"column created-column\">Created</span>\
         <span class=\"column actions-column\">Actions</span></div></li>{rows}</ol>"
    )
}

/// One row: the same content for wide and for narrow pages.
pub(crate) fn row(group: &Group, now_epoch_secs: i64) -> String {
    let parts = Parts::new(group, now_epoch_secs);
    format!("<li class=\"table-row hit-set-table-row\">{}{}</li>", parts.desktop(), parts.mobile())
}

/// Texts of a row, escaped.
struct Parts {
    requester: String,
    requester_url: String,
    title: String,
    hits: i64,
    reward: String,
    created: String,
    /// The links that accept, unlock and preview.
    actions: String,
    mobile_action: String,
}

const EXPAND: &str = "<button type=\"button\" class=\"btn expand-button\" aria-label=\"Show details\">\
                      <i class=\"fa fa-plus-circle\"></i></button>";

impl Parts {
    fn new(group: &Group, now: i64) -> Self {
        let created = clock::epoch_secs(&group.creation_time).map(|secs| clock::relative(secs, now));
        let main = main_action(group);
        let preview = if group.caller_meets_preview_requirements {
            format!(
                "<a class=\"btn btn-secondary preview-btn\" href=\"{}\">Preview</a>",
                html(&group.project_tasks_url)
            )
        } else {
            String::new()
        };
        Self {
            requester: html(&group.requester_name),
            requester_url: html(&group.requester_url),
            title: html(&group.title),
            hits: group.assignable_hits_count,
            reward: format!("${:.2}", group.monetary_reward.dollars()),
            created: created.unwrap_or_default(),
            actions: format!("{preview}{}", main.replace("{hide}", "hidden-sm-down")),
            mobile_action: main.replace("{hide}", "hidden-md-up"),
        }
    }

    fn desktop(&self) -> String {
        let Self { requester, requester_url, title, hits, reward, created, actions, .. } = self;
        format!(
            "<div class=\"desktop-row hidden-sm-down\">\
             <span class=\"column requester-column text-truncate\">{EXPAND}\
             <a href=\"{requester_url}\">{requester}</a></span>\
             <span class=\"column project-name-column text-truncate\">{EXPAND}\
             <span class=\"project-name\">{title}</span></span>\
             <span class=\"column hits-column\">{hits}</span>\
             <span class=\"column reward-column\">{reward}</span>\
             <span class=\"column created-column\">{created}</span>\
             <span class=\"column actions-column\">{actions}</span></div>"
        )
    }

    fn mobile(&self) -> String {
        let Self { requester, requester_url, title, hits, reward, created, mobile_action, .. } = self;
        format!(
            "<div class=\"mobile-row hidden-md-up\">\
             <div class=\"project-name-column\">{EXPAND}<span class=\"project-name\">{title}</span></div>\
             <div class=\"p-r-sm requester-column\"><span><a href=\"{requester_url}\">{requester}</a></span></div>\
             <div class=\"mobile-figures\"><span class=\"reward-column\">{reward}</span>\
             <span class=\"hits-column\">{hits} HITs</span><span class=\"created-column\">{created}</span>\
             {mobile_action}</div></div>"
        )
    }
}

/// Accept where the worker may, else the way to what is missing.
fn main_action(group: &Group) -> String {
    if group.caller_meets_requirements {
        let url = html(&group.accept_project_task_url);
        return format!(
            "<a class=\"btn btn-primary work-btn {{hide}}\" href=\"{url}\">Accept &amp; Work</a>"
        );
    }
    let missing = || group.project_requirements.iter().filter(|r| r.caller_meets_requirement == Some(false));
    let way = missing().find_map(|r| r.qualification_request_url.as_deref().map(|url| (r, url)));
    match way {
        Some((requirement, url)) => {
            format!(
                "<a class=\"btn btn-secondary work-btn {{hide}}\" href=\"{}\"><i class=\"fa fa-lock\"></i> {}</a>",
                html(url),
                request_text(requirement)
            )
        }
        None => "<span class=\"btn btn-secondary disabled work-btn {hide}\"><i class=\"fa fa-lock\"></i> \
                 Not Qualified</span>"
            .to_owned(),
    }
}

fn request_text(requirement: &Requirement) -> &'static str {
    if requirement.qualification_type.has_test { "Qualify" } else { "Request" }
}
