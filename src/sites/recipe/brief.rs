//! What the page engine needs of a recipe; the rest goes to the hands as it stands.
//!
//! Read by hand from a JSON value: deserialising the whole language into its types costs
//! 60 kB of wasm for what native tests have checked already.

use serde_json::Value;

use super::{PageKind, Unit};
use crate::domain::Currency;

/// A site's recipe in brief.
#[derive(Clone, Debug)]
pub struct SiteBrief {
    /// A short stable id: `mturk`.
    pub id: String,
    /// The name people use.
    pub name: String,
    /// Currency of amounts that name none.
    pub currency: Currency,
    recipe: Value,
}

/// One page's recipe in brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageBrief {
    /// What the page shows.
    pub kind: PageKind,
    /// What rewards are in.
    pub reward_unit: Unit,
    /// What allotted times are in.
    pub allotted_unit: Unit,
    /// The page's whole recipe, for the hands.
    pub whole: Value,
}

impl SiteBrief {
    /// Reads a recipe's text; `None` where it has no id or name.
    pub fn read(text: &str) -> Option<Self> {
        let recipe: Value = serde_json::from_str(text).ok()?;
        let word = |key: &str| recipe.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            id: word("id")?,
            name: word("name")?,
            currency: word("currency").and_then(|code| Currency::from_code(&code)).unwrap_or(Currency::USD),
            recipe,
        })
    }

    /// The partition of a host's records; `None` where the host is not this site's.
    pub fn partition(&self, host: &str) -> Option<String> {
        self.recipe.get("partitions")?.get(host)?.as_str().map(str::to_owned)
    }

    /// Every host of the site with the partition of its records.
    pub fn hosts(&self) -> Vec<(String, String)> {
        let hosts = self.recipe.get("partitions").and_then(Value::as_object);
        let pair =
            |(host, partition): (&String, &Value)| Some((host.clone(), partition.as_str()?.to_owned()));
        hosts.into_iter().flatten().filter_map(pair).collect()
    }

    /// The first page whose path pattern fits.
    pub fn page(&self, path: &str) -> Option<PageBrief> {
        let pages = self.recipe.get("pages")?.as_array()?;
        let page = pages.iter().find(|page| {
            let patterns = page.get("paths").and_then(Value::as_array);
            patterns.into_iter().flatten().filter_map(Value::as_str).any(|pattern| fits(pattern, path))
        })?;
        let unit = |field: &str| page.get("fields")?.get(field)?.get("unit")?.as_str();
        Some(PageBrief {
            kind: if page.get("kind")?.as_str()? == "queue" { PageKind::Queue } else { PageKind::List },
            reward_unit: if unit("reward") == Some("minor") { Unit::Minor } else { Unit::Major },
            allotted_unit: if unit("allotted") == Some("minutes") { Unit::Minutes } else { Unit::Seconds },
            whole: page.clone(),
        })
    }
}

/// Whether a path fits a pattern, where `*` is one segment; a trailing slash makes no difference.
fn fits(pattern: &str, path: &str) -> bool {
    let trimmed = |path| str::strip_suffix(path, "/").unwrap_or(path).split('/');
    let (pattern, path) = (trimmed(pattern), trimmed(path));
    pattern.clone().count() == path.clone().count()
        && pattern.zip(path).all(|(want, have)| want == have || (want == "*" && !have.is_empty()))
}
