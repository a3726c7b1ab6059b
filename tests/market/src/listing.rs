//! Which groups there are, and which of them a request asks for.

use std::collections::HashMap;
use std::fs;

use serde_json::Value;

use crate::behaviour::Listing;
use crate::group::Group;
use crate::invented;

/// The Masters qualification of the production site.
pub(crate) const MASTERS: &str = "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH";

/// A group, and what reaches the page where that is not just the group.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) group: Group,
    pub(crate) raw: Option<Value>,
}

/// Reads or makes the groups of a listing; the error is a sentence for the page.
pub(crate) fn load(listing: &Listing, now_epoch_secs: i64) -> Result<Vec<Item>, String> {
    match listing {
        Listing::Invented { size, seed } => Ok(invented::listing(*size, *seed, now_epoch_secs)
            .into_iter()
            .map(|group| Item { group, raw: None })
            .collect()),
        Listing::Real(path) => {
            let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            let answer: Value =
                serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
            groups_in(&answer)?.iter().map(recorded).collect()
        }
        Listing::Custom(value) => Ok(groups_in(value)?
            .iter()
            .map(|raw| Item {
                group: serde_json::from_value(raw.clone()).unwrap_or_default(),
                raw: Some(raw.clone()),
            })
            .collect()),
    }
}

fn groups_in(value: &Value) -> Result<&Vec<Value>, String> {
    [Some(value), value.get("results"), value.get("bodyData")]
        .into_iter()
        .flatten()
        .find_map(Value::as_array)
        .ok_or_else(|| "a listing is an array, or an object with `results` or `bodyData`".to_owned())
}

/// A recorded JSON answer has `.json` in its paths; a page has not.
fn recorded(value: &Value) -> Result<Item, String> {
    let mut group: Group = serde_json::from_value(value.clone()).map_err(|e| e.to_string())?;
    for url in [&mut group.accept_project_task_url, &mut group.requester_url, &mut group.project_tasks_url] {
        *url = url.replace(".json?", "?");
    }
    Ok(Item { group, raw: None })
}

/// What a list page was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    /// Groups a page.
    pub(crate) page_size: usize,
    pub(crate) page_number: usize,
    pub(crate) sort: String,
    pub(crate) json: bool,
    qualified: bool,
    masters: bool,
    min_reward: f64,
    search_term: String,
}

impl Query {
    /// Reads decoded parameters as the site does: what is missing or unreadable has its default.
    pub(crate) fn new(params: &HashMap<String, String>, max_page_size: usize) -> Self {
        let text = |key: &str| params.get(key).map(String::as_str).unwrap_or_default();
        let number = |key: &str, or: usize| text(key).parse().unwrap_or(or).max(1);
        Self {
            page_size: number("page_size", 20).min(max_page_size),
            page_number: number("page_number", 1),
            sort: match text("sort") {
                "" => "updated_desc".to_owned(),
                sort => sort.to_owned(),
            },
            json: text("format") == "json",
            qualified: text("filters[qualified]") == "true",
            masters: text("filters[masters]") == "true",
            min_reward: text("filters[min_reward]").parse().unwrap_or_default(),
            search_term: text("filters[search_term]").to_lowercase(),
        }
    }

    fn admits(&self, group: &Group) -> bool {
        (!self.qualified || group.caller_meets_requirements)
            && (!self.masters
                || group.project_requirements.iter().any(|r| r.qualification_type_id == MASTERS))
            && group.monetary_reward.dollars() >= self.min_reward
            && (self.search_term.is_empty()
                || [&group.title, &group.description, &group.requester_name]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&self.search_term)))
    }
}

/// One page of the list.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    pub(crate) total: usize,
    /// The number of the last page, from 1.
    pub(crate) last: usize,
}

/// The groups a query asks for, of one requester or of all.
pub(crate) fn select(all: &[Item], query: &Query, requester: Option<&str>) -> Page {
    let mut found: Vec<&Item> = all
        .iter()
        .filter(|i| requester.is_none_or(|id| i.group.requester_id == id))
        .filter(|i| query.admits(&i.group))
        .collect();
    // The listing's own order is the newest first, so that sort is none; the sorts are stable.
    match query.sort.as_str() {
        "updated_asc" => found.sort_by(|a, b| a.group.last_updated_time.cmp(&b.group.last_updated_time)),
        "reward_asc" => found.sort_by(|a, b| dollars(a).total_cmp(&dollars(b))),
        "reward_desc" => found.sort_by(|a, b| dollars(b).total_cmp(&dollars(a))),
        "num_hits_asc" => found.sort_by_key(|i| i.group.assignable_hits_count),
        "num_hits_desc" => found.sort_by_key(|i| std::cmp::Reverse(i.group.assignable_hits_count)),
        _ => {}
    }
    let total = found.len();
    let skipped = query.page_size.saturating_mul(query.page_number - 1);
    let items = found.into_iter().skip(skipped).take(query.page_size).cloned().collect();
    Page { items, total, last: total.div_ceil(query.page_size).max(1) }
}

fn dollars(item: &Item) -> f64 {
    item.group.monetary_reward.dollars()
}
