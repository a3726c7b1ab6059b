//! What stands around a list: its heading and count, its controls, its pages.

use serde_json::json;

use crate::escape::{html, react_root};
use crate::listing::{Page, Query};

/// Where a list stands: the path that its links keep, and its heading.
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) heading: String,
}

/// The heading with the count of results.
pub(crate) fn header(place: &Place, query: &Query, page: &Page) -> String {
    let first = query.page_size.saturating_mul(query.page_number - 1);
    let shown = page.items.len();
    let from = if shown == 0 { 0 } else { first + 1 };
    format!(
        "<div class=\"projects-info-header\"><h1>{}</h1>\
         <span class=\"result-count-info\">{from}-{} of {} results</span></div>",
        html(&place.heading),
        first.saturating_add(shown),
        page.total
    )
}

/// Details for all, page sizes, filter.
pub(crate) fn bar(place: &Place, query: &Query) -> String {
    let link = |params: &str, text: &str| {
        let path = html(&place.path);
        format!(" <a href=\"{path}?{}\">{text}</a>", html(params))
    };
    let size = |size: usize| link(&format!("page_size={size}&sort={}", query.sort), &size.to_string());
    let sizes = [20, 50, 100].map(size).concat();
    let qualified =
        link(&format!("filters%5Bqualified%5D=true&page_size={}", query.page_size), "Qualified only");
    format!(
        "<div class=\"projects-controls\"><span class=\"expand-collapse-projects-holder\">\
         <button type=\"button\" class=\"table-expand-collapse-button\">Show Details</button></span>\
         <span class=\"push\">Items Per Page:{sizes}</span>{qualified}\
         <button type=\"button\" class=\"btn btn-secondary\" data-target=\"#filter\">Filter</button></div>"
    )
}

/// The pages near this one.
pub(crate) fn pagination(place: &Place, query: &Query, page: &Page) -> String {
    let current = query.page_number;
    let item = |n: usize| {
        let class = if n == current { " class=\"active\"" } else { "" };
        let (path, size, sort) = (html(&place.path), query.page_size, html(&query.sort));
        format!(
            "<li{class}><a href=\"{path}?page_number={n}&amp;page_size={size}&amp;sort={sort}\">{n}</a></li>"
        )
    };
    let near = current.saturating_sub(3).max(1)..=current.saturating_add(3).min(page.last);
    let links = near.map(item).collect::<Vec<_>>().concat();
    let props = json!({ "currentPage": current, "lastPage": page.last }).to_string();
    let list = format!("<ul class=\"pagination\">{links}</ul>");
    format!(
        "<div class=\"pagination-holder\">{}</div>",
        react_root("div", "navigation/Pagination", &props, &list)
    )
}
