//! The history as the extension keeps it: what pages show becomes observations, and is stored.

pub mod capture;
pub mod care;
pub mod clock;
pub mod correct;
mod gone;
pub mod keep;
pub mod mend;
pub mod reconciled;

use crate::domain::{Partition, SiteZone};
use crate::storage::history::Rules;
use crate::wording;

/// Where a worker's history on a site is kept: two accounts never mix.
///
/// `account` is a keyed hash; where a page names no account, its records are apart from all that do.
pub fn partition(site: &Partition, account: Option<&str>) -> Partition {
    Partition(format!("{}~{}", site.0, account.unwrap_or_default()))
}

/// What the storage must know of a site's days and titles: both hosts of Mechanical Turk, the only site yet, file by
/// Pacific days.
pub const RULES: Rules = Rules { zone: SiteZone::Pacific, title_key: wording::title_key };
