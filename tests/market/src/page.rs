//! Whole pages: head, header, list, controls, script.

use serde_json::json;

use crate::behaviour::{Behaviour, Csp, Hostile, Nodes, Rows, Titles};
use crate::controls::{self, Place};
use crate::escape::{html, react_root};
use crate::group::Group;
use crate::hostile;
use crate::listing::{Item, Page, Query};
use crate::rows;
use crate::visit::Visit;

const SCRIPT: &str = include_str!("page.js");
/// A fixed nonce protects nothing, and nothing here needs protection.
const NONCE: &str = "d2FnZWxpZ2h0";
/// What the site's forms send along, and what it wants back.
pub(crate) const TOKEN: &str = "made-up-token";
const STYLE: &str = include_str!("page.css");

/// A page and the policy it is sent with.
pub(crate) struct Document {
    pub(crate) html: String,
    pub(crate) csp: Option<String>,
}

/// What a table holds: its React component, its props, and its rows as HTML.
pub(crate) struct Table {
    pub(crate) component: &'static str,
    pub(crate) props: String,
    pub(crate) rows: String,
}

/// A page of the list of groups.
pub(crate) fn list(visit: &Visit, place: &Place, query: &Query, page: &Page) -> Document {
    let hostile = visit.behaviour().hostile;
    let mut tables = vec![list_table(&page.items, hostile, visit.now)];
    if hostile == Some(Hostile::TwoLists) {
        let other: Vec<Item> = page.items.iter().rev().take(5).map(other_group).collect();
        tables.push(list_table(&other, None, visit.now));
    }
    let above = format!("{}{}", controls::header(place, query, page), controls::bar(place, query));
    let below = controls::pagination(place, query, page);
    table_page(visit, &tables, &Around { above, below })
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
pub(crate) fn table_page(visit: &Visit, tables: &[Table], around: &Around) -> Document {
    let behaviour = visit.behaviour();
    let when = if script_runs(&behaviour.csp) { behaviour.rows } else { without_script(behaviour.rows) };
    let mut body = around.above.clone();
    for table in tables {
        let inner = if when == Rows::AtOnce { table.rows.as_str() } else { "" };
        let root = react_root("div", table.component, &table.props, inner);
        match when {
            Rows::Late { .. } => body.extend(["<template data-root>", &root, "</template>"]),
            _ => body.push_str(&root),
        }
        if behaviour.csp != Csp::DefaultSrcNone {
            body.extend(["<template data-rows>", &table.rows, "</template>"]);
        }
    }
    body.push_str(&around.below);
    whole(visit, &body, &config(behaviour, when))
}

/// Whether the page's own script runs under this policy.
pub(crate) fn script_runs(csp: &Csp) -> bool {
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

/// A page without a table.
pub(crate) fn document(visit: &Visit, body: &str) -> Document {
    whole(visit, body, "{\"rows\":\"never\"}")
}

/// A script of the page with its configuration; nothing where it could not run and would only fill the console.
pub(crate) fn script(csp: &Csp, source: &str, config: &str) -> String {
    match csp {
        Csp::DefaultSrcNone => String::new(),
        _ => format!("<script nonce=\"{NONCE}\" data-config=\"{}\">{source}</script>", html(config)),
    }
}

/// A page around a body; `config` tells the script what to do.
fn whole(visit: &Visit, body: &str, config: &str) -> Document {
    let behaviour = visit.behaviour();
    let titles = if behaviour.titles == Titles::Wrap { "titles-wrap" } else { "titles-one-line" };
    let drawn = !script_runs(&behaviour.csp);
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Amazon Mechanical Turk</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"csrf-param\" content=\"authenticity_token\">\
         <meta name=\"csrf-token\" content=\"{TOKEN}\"><link rel=\"icon\" href=\"data:,\">\
         <style nonce=\"{NONCE}\">{STYLE}</style></head><body class=\"{titles}\">{header}\
         <div id=\"MainContent\" class=\"container-fluid\">{alert}{body}</div>\
         {script}</body></html>",
        header = header(&visit.account.worker_id),
        alert = visit.alert.as_ref().map(|alert| alert.root(drawn)).unwrap_or_default(),
        script = script(&behaviour.csp, SCRIPT, config),
    );
    Document { html, csp: policy(&behaviour.csp) }
}

fn policy(csp: &Csp) -> Option<String> {
    // The empty icon keeps browsers from asking for one; blocked, it would fill the console. Tasks stand in frames.
    let rest = format!("style-src 'nonce-{NONCE}'; img-src data:; frame-src https:");
    match csp {
        Csp::None => None,
        Csp::StrictNonce => Some(format!("default-src 'none'; script-src 'nonce-{NONCE}'; {rest}")),
        Csp::DefaultSrcNone => Some(format!("default-src 'none'; {rest}")),
        Csp::WasmAllowed => {
            Some(format!("default-src 'none'; script-src 'nonce-{NONCE}' 'wasm-unsafe-eval'; {rest}"))
        }
        Csp::Header(header) => Some(header.replace("{nonce}", NONCE)),
    }
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
