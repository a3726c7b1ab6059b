//! A day's status page: what was submitted on it, and how it stands.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Number, json};

use crate::distort::distorted;
use crate::escape::{html, react_root};
use crate::failure::Wrong;
use crate::group::Reward;
use crate::ledger::Assignment;
use crate::pacific::Day;
use crate::page::{self, Around, Document, Table};
use crate::visit::Visit;
use crate::work::contact_url;

/// The site's page size.
const PER_PAGE: usize = 20;
/// Older days are not kept.
pub(crate) const DAYS_KEPT: u16 = 45;
const STATES: [&str; 4] = ["Submitted", "Approved", "Paid", "Rejected"];

/// What was asked of a day's page.
pub(crate) struct Query {
    pub(crate) day: Day,
    page_number: usize,
    state: Option<String>,
}

impl Query {
    /// `None` where the site answers 400: no day, one that is not kept, a state that there is not.
    pub(crate) fn new(day: &str, params: &HashMap<String, String>, now: i64) -> Option<Self> {
        let (day, today): (Day, Day) = (day.parse().ok()?, Day::at(now));
        if day > today || day < today.days_before(DAYS_KEPT) {
            return None;
        }
        let state = params.get("assignment_state").filter(|state| !state.is_empty()).cloned();
        if state.as_ref().is_some_and(|state| !STATES.contains(&state.as_str())) {
            return None;
        }
        let number = |text: &String| text.parse().ok();
        let page_number = params.get("page_number").and_then(number).unwrap_or(1).max(1);
        Some(Self { day, page_number, state })
    }
}

/// The rows of one page.
struct Shown<'a> {
    rows: Vec<&'a Assignment>,
    total: usize,
    last_page: usize,
}

impl<'a> Shown<'a> {
    fn new(filed: &'a [Assignment], query: &Query, wrong: Option<Wrong>) -> Self {
        let wanted = |entry: &&Assignment| {
            query.state.as_deref().is_none_or(|state| entry.state.listed() == Some(state))
        };
        // Newest first, as the site lists everything.
        let all: Vec<&Assignment> = filed.iter().rev().filter(wanted).collect();
        let skipped = PER_PAGE.saturating_mul(query.page_number - 1);
        if wrong == Some(Wrong::EndlessPages) && !all.is_empty() {
            let from = skipped % all.len();
            let rows = all.iter().cycle().skip(from).take(PER_PAGE).copied().collect();
            let last_page = query.page_number.saturating_add(1);
            return Self { rows, total: last_page.saturating_mul(PER_PAGE), last_page };
        }
        let rows = all.iter().skip(skipped).take(PER_PAGE).copied().collect();
        Self { rows, total: all.len(), last_page: all.len().div_ceil(PER_PAGE).max(1) }
    }
}

/// The JSON answer.
pub(crate) fn answer(visit: &Visit, filed: &[Assignment], query: &Query) -> String {
    let shown = Shown::new(filed, query, visit.wrong);
    let rows = shown.rows.iter().map(|entry| Row::new(entry, Pay::Object(&entry.reward))).collect();
    let answer = Answer {
        num_results: shown.rows.len(),
        results: rows,
        page_number: query.page_number,
        total_num_results: shown.total,
    };
    distorted(serde_json::to_string(&answer).unwrap_or_default(), visit.wrong)
}

/// The page.
pub(crate) fn document(visit: &Visit, filed: &[Assignment], query: &Query) -> Document {
    let shown = Shown::new(filed, query, visit.wrong);
    let body_data = shown.rows.iter().map(|entry| Row::on_page(entry)).collect();
    let props = serde_json::to_string(&Props { body_data, table_config: [] }).unwrap_or_default();
    let rows: String = shown.rows.iter().map(|entry| row(entry)).collect();
    let table = Table {
        component: "hitStatusDetailsTable/HitStatusDetailsTable",
        props: distorted(props, visit.wrong),
        rows: format!(
            "<ol class=\"list-unstyled hit-set-table\"><li class=\"hits-status-details-table-header table-header\">\
             <div class=\"desktop-row hidden-sm-down\">\
             <span class=\"column requester-name-column\">Requester</span>\
             <span class=\"column project-name-column\">Title</span><span class=\"column reward-column\">Reward</span>\
             <span class=\"column state-column\">Status</span>\
             <span class=\"column actions-column\">Actions</span></div></li>{rows}</ol>"
        ),
    };
    let above = format!(
        "<div class=\"projects-info-header\"><h1>{}</h1>\
         <span class=\"result-count-info\">{} results</span></div>",
        query.day.in_words(),
        shown.total
    );
    let below = pagination(query, shown.last_page);
    page::table_page(visit, &[table], &Around { above, below })
}

fn pagination(query: &Query, last_page: usize) -> String {
    let current = query.page_number;
    let near = current.saturating_sub(3).max(1)..=current.saturating_add(3).min(last_page);
    let state = query.state.as_ref().map(|state| format!("&amp;assignment_state={state}"));
    let (day, state) = (query.day, state.unwrap_or_default());
    let link = |n: usize| {
        let class = if n == current { " class=\"active\"" } else { "" };
        format!("<li{class}><a href=\"/status_details/{day}?page_number={n}{state}\">{n}</a></li>")
    };
    let links: String = near.map(link).collect();
    let props = json!({ "currentPage": current, "lastPage": last_page }).to_string();
    let list = format!("<ul class=\"pagination\">{links}</ul>");
    format!(
        "<div class=\"pagination-holder\">{}</div>",
        react_root("div", "navigation/Pagination", &props, &list)
    )
}

#[derive(Serialize)]
struct Answer<'a> {
    results: Vec<Row<'a>>,
    page_number: usize,
    num_results: usize,
    total_num_results: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Props<'a> {
    body_data: Vec<Row<'a>>,
    table_config: [u8; 0],
}

#[derive(Serialize)]
struct Row<'a> {
    assignment_id: &'a str,
    hit_id: &'a str,
    requester_id: &'a str,
    requester_name: &'a str,
    title: &'a str,
    requester_feedback: Option<&'a str>,
    state: &'static str,
    reward: Pay<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact_requester_url: Option<String>,
}

/// A reward: a number on the page, an object in the JSON answer.
#[derive(Serialize)]
#[serde(untagged)]
enum Pay<'a> {
    Number(&'a Number),
    Object(&'a Reward),
}

impl<'a> Row<'a> {
    fn new(entry: &'a Assignment, reward: Pay<'a>) -> Self {
        Self {
            assignment_id: &entry.assignment_id,
            hit_id: &entry.task_id,
            requester_id: &entry.group.requester_id,
            requester_name: &entry.group.requester_name,
            title: &entry.group.title,
            requester_feedback: entry.feedback.as_deref(),
            state: entry.state.listed().unwrap_or_default(),
            reward,
            contact_requester_url: None,
        }
    }

    fn on_page(entry: &'a Assignment) -> Self {
        let contact_requester_url = Some(contact_url(&entry.group.requester_id));
        Self { contact_requester_url, ..Self::new(entry, Pay::Number(&entry.reward.amount_in_dollars)) }
    }
}

fn row(entry: &Assignment) -> String {
    let group = &entry.group;
    let (name, title) = (html(&group.requester_name), html(&group.title));
    let (url, contact) = (html(&group.requester_url), html(&contact_url(&group.requester_id)));
    let reward = format!("${:.2}", entry.reward.dollars());
    // The page has its own word for what nobody has decided.
    let state = match entry.state.listed() {
        Some("Submitted") => "Pending",
        other => other.unwrap_or_default(),
    };
    let expand =
        "<button type=\"button\" class=\"btn expand-button\"><i class=\"fa fa-plus-circle\"></i></button>";
    let write = format!("<a class=\"btn btn-secondary\" href=\"{contact}\">Contact Requester</a>");
    format!(
        "<li class=\"table-row\"><div class=\"desktop-row hidden-sm-down\">\
         <span class=\"column requester-name-column text-truncate\">{expand}<a href=\"{url}\">{name}</a></span>\
         <span class=\"column project-name-column text-truncate\"><span class=\"project-name\">{title}</span></span>\
         <span class=\"column reward-column\">{reward}</span><span class=\"column state-column\">{state}</span>\
         <span class=\"column actions-column\">{write}</span></div>\
         <div class=\"mobile-row hidden-md-up\"><div class=\"project-name-column\">{expand}\
         <span class=\"project-name\">{title}</span></div><div class=\"requester-name-column\">{name}</div>\
         <div class=\"mobile-figures\"><span class=\"reward-column\">{reward}</span>\
         <span class=\"state-column\">{state}</span>{write}</div></div></li>"
    )
}
