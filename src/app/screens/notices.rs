//! What the worker is told of the stores, above any of our pages.

use super::CareRead;
use crate::app::background::wire::ScreenAsk;
use crate::app::tree::Node;
use crate::app::views::care::{self as view, Line, NoticesFacts};
use crate::app::views::words;
use crate::domain::SiteZone;

/// `about` holds `page`: the history also shows what was put away before.
pub(super) fn show(event: &ScreenAsk, read: &CareRead) -> Node {
    let zone = read.zone.unwrap_or(SiteZone::Utc);
    let shows_earlier = event.act == "earlier";
    let line = |notice: &crate::storage::record::Notice| Line {
        day: words::day(zone.day_of(notice.at)),
        text: notice.text.clone(),
    };
    let of = |is_seen: bool| {
        let notices = read.notices.0.iter().rev().filter(move |notice| notice.is_seen == is_seen);
        notices.map(line).collect::<Vec<Line>>()
    };
    let earlier = of(true);
    view::notices(&NoticesFacts {
        standing: read.standing.clone(),
        fresh: of(false),
        has_earlier: event.about("page") == Some("history") && !earlier.is_empty() && !shows_earlier,
        earlier: if shows_earlier { earlier } else { Vec::new() },
    })
}
