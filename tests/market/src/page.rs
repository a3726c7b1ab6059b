//! Whole pages: head, header, list, controls, script.

use serde_json::json;

use crate::behaviour::{Behaviour, Csp, Hostile, Nodes, Rows, Titles};
use crate::escape::{html, react_class, react_root};
use crate::group::Group;
use crate::hostile;
use crate::listing::{Item, Page, Query};
use crate::rows;

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// A page and the policy it is sent with.
pub(crate) struct Document {
    pub(crate) html: String,
    pub(crate) csp: Option<String>,
}

/// Where a list stands: the path that its links keep, and its heading.
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) heading: String,
}

/// What a table holds: its React component, its props, and its rows as HTML.
pub(crate) struct Table {
    pub(crate) component: &'static str,
    pub(crate) props: String,
    pub(crate) rows: String,
}

/// A page of the list of groups.
pub(crate) fn list(behaviour: &Behaviour, place: &Place, query: &Query, page: &Page, now: i64) -> Document {
    let mut tables = vec![list_table(&page.items, behaviour.hostile, now)];
    if behaviour.hostile == Some(Hostile::TwoLists) {
        let other: Vec<Item> = page.items.iter().rev().take(5).map(other_group).collect();
        tables.push(list_table(&other, None, now));
    }
    let above = format!("{}{}", list_header(place, query, page), list_controls(place, query));
    let below = pagination(place, query, page);
    table_page(behaviour, &tables, &Around { above, below })
}

/// Another group with the same words: a second list on a page is not the first list once more.
fn other_group(item: &Item) -> Item {
    let turned: String = item.group.hit_set_id.chars().skip(1).collect::<Vec<_>>().iter().rev().collect();
    let id = format!("3{turned}");
    let mut group = item.group.clone();
    for url in [&mut group.accept_project_task_url, &mut group.project_tasks_url] {
        *url = url.replace(&item.group.hit_set_id, &id);
    }
    group.hit_set_id = id;
    Item { group, raw: None }
}

fn list_table(items: &[Item], hostile: Option<Hostile>, now: i64) -> Table {
    let changed: Vec<Item> = items.iter().enumerate().map(|(i, item)| changed(i, item, hostile)).collect();
    let drawn = match hostile {
        Some(Hostile::FewerRowsThanData) => hostile::shortened(changed.len()),
        _ => changed.len(),
    };
    let rows: String = changed.iter().take(drawn).map(|item| rows::row(&item.group, now)).collect();
    Table {
        component: "hitSetTable/HitSetTable",
        props: hostile::props(&changed, hostile),
        rows: rows::list(&rows),
    }
}

fn changed(index: usize, item: &Item, hostile: Option<Hostile>) -> Item {
    match hostile {
        Some(case @ (Hostile::LongIds | Hostile::NastyTitles)) => {
            let mut group: Group = item.group.clone();
            hostile::change_group(index, &mut group, case);
            Item { group, raw: None }
        }
        _ => item.clone(),
    }
}

/// What stands above and below a page's tables.
pub(crate) struct Around {
    pub(crate) above: String,
    pub(crate) below: String,
}

/// A page with tables, drawn by the server or by the page's script.
pub(crate) fn table_page(behaviour: &Behaviour, tables: &[Table], around: &Around) -> Document {
    let when = if script_runs(&behaviour.csp) { behaviour.rows } else { without_script(behaviour.rows) };
    let mut body = around.above.clone();
    for table in tables {
        let inner = if when == Rows::AtOnce { table.rows.as_str() } else { "" };
        let root = react_root("div", table.component, &table.props, inner);
        match when {
            Rows::Late { .. } => body.push_str(&format!("<template data-root>{root}</template>")),
            _ => body.push_str(&root),
        }
        body.push_str(&format!("<template data-rows>{}</template>", table.rows));
    }
    body.push_str(&around.below);
    document(behaviour, &body, &config(behaviour, when))
}

fn script_runs(csp: &Csp) -> bool {
    matches!(csp, Csp::None | Csp::StrictNonce | Csp::WasmAllowed)
}

fn without_script(rows: Rows) -> Rows {
    if rows == Rows::Never { Rows::Never } else { Rows::AtOnce }
}

fn config(behaviour: &Behaviour, when: Rows) -> String {
    let (rows, delay_ms, chunk, every_ms) = match when {
        Rows::AtOnce => ("at-once", 0, 0, 0),
        Rows::AfterHydration { delay_ms } => ("hydrate", delay_ms, 0, 0),
        Rows::Late { delay_ms } => ("late", delay_ms, 0, 0),
        Rows::Never => ("never", 0, 0, 0),
        Rows::Dribble { chunk, every_ms } => ("dribble", 0, chunk.max(1), every_ms),
    };
    let keep = behaviour.redraw.is_some_and(|r| r.nodes == Nodes::Keep);
    json!({
        "rows": rows,
        "delay_ms": delay_ms,
        "chunk": chunk,
        "every_ms": every_ms,
        "redraw": if keep { "keep" } else { "recreate" },
        "redraw_every_ms": behaviour.redraw.and_then(|r| r.every_ms),
        "hostile": behaviour.hostile.map(|h| format!("{h:?}")),
    })
    .to_string()
}

/// A page around a body; `config` tells the script what to do.
pub(crate) fn document(behaviour: &Behaviour, body: &str, config: &str) -> Document {
    // A fixed nonce protects nothing, and nothing here needs protection.
    let nonce = "d2FnZWxpZ2h0";
    let csp = match &behaviour.csp {
        Csp::None => None,
        Csp::StrictNonce => {
            Some(format!("default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'"))
        }
        Csp::DefaultSrcNone => Some(format!("default-src 'none'; style-src 'nonce-{nonce}'")),
        Csp::WasmAllowed => Some(format!(
            "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'nonce-{nonce}'"
        )),
        Csp::Header(header) => Some(header.replace("{nonce}", nonce)),
    };
    let titles = if behaviour.titles == Titles::Wrap { "titles-wrap" } else { "titles-one-line" };
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Amazon Mechanical Turk</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"csrf-token\" content=\"made-up-token\"><link rel=\"icon\" href=\"data:,\">\
         <style nonce=\"{nonce}\">{STYLE}</style></head><body class=\"{titles}\">{header}\
         <div id=\"MainContent\" class=\"container-fluid\">{body}</div>\
         <script nonce=\"{nonce}\" data-config=\"{config}\">{SCRIPT}</script></body></html>",
        header = header(&behaviour.worker_id),
        config = html(config),
    );
    Document { html, csp }
}

fn header(worker_id: &str) -> String {
    let id = html(worker_id);
    let copy = react_root("span", "common/CopyText", &json!({ "textToCopy": worker_id }).to_string(), "");
    format!(
        "<nav class=\"navbar\"><a class=\"brand\" href=\"/\">Worker Market</a><a href=\"/projects\">HITs</a>\
         <a href=\"/dashboard?ref=w_hdr_db\">Dashboard</a><a href=\"/qualifications/assigned\">Qualifications</a>\
         <a href=\"/tasks\">HITs Queue</a></nav>\
         <div class=\"me-bar\"><span class=\"text-uppercase\"><span><span class=\"copied\">Copied</span>{id}</span>\
         </span>{copy}<a href=\"/account\">Account</a></div>"
    )
}

fn list_header(place: &Place, query: &Query, page: &Page) -> String {
    let first = query.page_size.saturating_mul(query.page_number - 1);
    let shown = page.items.len();
    let from = if shown == 0 { 0 } else { first + 1 };
    format!(
        "<div class=\"projects-info-header\"><h1>{}</h1>\
         <span class=\"result-count-info\">{from}-{} of {} results</span></div>",
        html(&place.heading),
        first + shown,
        page.total
    )
}

fn list_controls(place: &Place, query: &Query) -> String {
    let sizes: String = [20, 50, 100]
        .iter()
        .map(|size| {
            format!(" <a href=\"{}?page_size={size}&amp;sort={}\">{size}</a>", place.path, html(&query.sort))
        })
        .collect();
    format!(
        "<div class=\"projects-controls\"><span class=\"expand-collapse-projects-holder\">\
         <button type=\"button\" class=\"table-expand-collapse-button\">Show Details</button></span>\
         <span class=\"push\">Items Per Page:{sizes}</span>\
         <a href=\"{path}?filters%5Bqualified%5D=true&amp;page_size={size}\">Qualified only</a>\
         <button type=\"button\" class=\"btn btn-secondary\" data-target=\"#filter\">Filter</button></div>",
        path = place.path,
        size = query.page_size,
    )
}

fn pagination(place: &Place, query: &Query, page: &Page) -> String {
    let props = json!({ "currentPage": query.page_number, "lastPage": page.last_page }).to_string();
    let near = query.page_number.saturating_sub(3).max(1)..=(query.page_number + 3).min(page.last_page);
    let links: String = near
        .map(|n| {
            let class = if n == query.page_number { " class=\"active\"" } else { "" };
            format!(
                "<li{class}><a href=\"{}?page_number={n}&amp;page_size={}&amp;sort={}\">{n}</a></li>",
                place.path,
                query.page_size,
                html(&query.sort)
            )
        })
        .collect();
    let class = html(&react_class("navigation/Pagination"));
    format!(
        "<div class=\"pagination-holder\"><div data-react-class=\"{class}\" data-react-props=\"{}\">\
         <ul class=\"pagination\">{links}</ul></div></div>",
        html(&props)
    )
}
