//! How safe the records are: what the browser says, and the check on request.

use super::CareRead;
use crate::app::background::wire::ScreenAsk;
use crate::app::tree::Node;
use crate::app::views::care::{self as view, StorageFacts};
use crate::app::views::options::Kept;

/// `about` holds what the browser says: `persisted` (`true`, `false`), `usage` and `quota` in bytes; `asked` where
/// the worker has just asked it to keep the records.
pub(super) fn show(event: &ScreenAsk, read: &CareRead) -> Node {
    let number = |name: &str| event.about(name).and_then(|text| text.parse().ok());
    view::storage(&StorageFacts {
        kept: match event.about("persisted") {
            Some("true") => Kept::Promised,
            Some("false") => Kept::NotPromised,
            _ => Kept::NotSaid,
        },
        was_asked: event.about("asked").is_some(),
        usage: number("usage"),
        quota: number("quota"),
        problems: read.standing.clone(),
        progress: read.progress.clone(),
        checked: read.checked.clone(),
    })
}
