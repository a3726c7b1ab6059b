//! The popup where no page answers it: given up, no permission, not loaded, or no site of ours.

use crate::app::background::wire::ScreenAsk;
use crate::app::tree::Node;
use crate::app::views::popup::{self, Outside, OutsideFacts};
use crate::sites::{self, Place};

/// Parts of a site where the extension does not run at all, by the manifest.
const STAYED_AWAY: [&str; 3] = ["/payment_schedule", "/direct_deposit", "/account"];

/// `about` holds `gave_up` (any text), `url` (as far as the browser tells), `missing` (origins without
/// permission, one a line), `version` and `browser`.
pub(super) fn show(event: &ScreenAsk) -> Node {
    let hosts = sites::hosts();
    let url = event.about("url");
    let site_name = url.and_then(|url| match sites::find(url) {
        Place::Page(page) | Place::Record(page) => Some(page.site_name),
        Place::OtherPage { site_name } => Some(site_name),
        Place::Elsewhere => None,
    });
    let missing: Vec<&str> = event.about("missing").unwrap_or("").lines().collect();
    let path = url.and_then(|url| url.strip_prefix("https://")?.find('/').and_then(|at| url.get(at + 8..)));
    let outside = if event.about("gave_up").is_some() {
        Outside::GaveUp { report: report(event, path) }
    } else if site_name.is_some()
        && path.is_some_and(|path| STAYED_AWAY.iter().any(|away| path.starts_with(away)))
    {
        Outside::StayedAway
    } else if site_name.is_some() {
        Outside::NotLoaded
    } else if !missing.is_empty() {
        Outside::NoPermission { origins: missing.into_iter().map(str::to_owned).collect() }
    } else {
        Outside::Elsewhere
    };
    let hosts = hosts.into_iter().map(|host| host.host).collect();
    popup::outside(&OutsideFacts { site_name, outside, hosts })
}

/// One line for a report. Of the address only its first part: what follows may name a task.
fn report(event: &ScreenAsk, path: Option<&str>) -> String {
    let page = path.and_then(|path| path.split('/').nth(1)).unwrap_or_default();
    let version = event.about("version").unwrap_or("?");
    let browser = event.about("browser").unwrap_or("unknown browser");
    format!("Wagelight {version} failed twice on a page /{page} in {browser}")
}
