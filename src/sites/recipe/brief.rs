//! What the page engine needs of a recipe; the rest goes to the hands as it stands.
//!
//! Read by hand from a JSON value: deserialising the whole language into its types costs
//! 60 kB of wasm for what native tests have checked already.

use super::{PageKind, Unit};
use crate::domain::Currency;
use crate::sites::json::Json;

/// A site's recipe in brief.
#[derive(Clone, Debug)]
pub struct SiteBrief {
    /// A short stable id: `mturk`.
    pub id: String,
    /// The name people use.
    pub name: String,
    /// Currency of amounts that name none.
    pub currency: Currency,
    recipe: Json,
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
    /// Path and query of the site's own JSON answer for this page, with `{day}` and `{page}` in it.
    pub fetch: Option<String>,
    /// The page's whole recipe, for the hands.
    pub whole: Json,
}

impl SiteBrief {
    /// Reads a recipe's text; `None` where it has no id or name.
    pub fn read(text: &str) -> Option<Self> {
        let recipe: Json = serde_json::from_str(text).ok()?;
        let word = |key: &str| recipe.get(key).and_then(Json::as_text).map(str::to_owned);
        Some(Self {
            id: word("id")?,
            name: word("name")?,
            currency: word("currency").and_then(|code| Currency::from_code(&code)).unwrap_or(Currency::USD),
            recipe,
        })
    }

    /// The partition of a host's records; `None` where the host is not this site's.
    pub fn partition(&self, host: &str) -> Option<String> {
        self.recipe.get("partitions")?.get(host)?.as_text().map(str::to_owned)
    }

    /// Every host of the site with the partition of its records.
    pub fn hosts(&self) -> Vec<(String, String)> {
        let hosts = self.recipe.get("partitions").map_or(&[][..], Json::members);
        let pair = |(host, partition): &(String, Json)| Some((host.clone(), partition.as_text()?.to_owned()));
        hosts.iter().filter_map(pair).collect()
    }

    /// The first page whose path pattern fits.
    pub fn page(&self, path: &str) -> Option<PageBrief> {
        self.first_page(|page| {
            let patterns = page.get("paths").map_or(&[][..], Json::elements);
            patterns.iter().filter_map(Json::as_text).any(|pattern| fits(pattern, path))
        })
    }

    /// The first page of a kind.
    pub fn page_of_kind(&self, kind: PageKind) -> Option<PageBrief> {
        let name = |page: &Json| page.get("kind").and_then(Json::as_text).and_then(PageKind::from_name);
        self.first_page(|page| name(page) == Some(kind))
    }

    fn first_page(&self, wanted: impl Fn(&Json) -> bool) -> Option<PageBrief> {
        let page = self.recipe.get("pages")?.elements().iter().find(|page| wanted(page))?;
        let unit = |field: &str| page.get("fields")?.get(field)?.get("unit")?.as_text();
        Some(PageBrief {
            kind: PageKind::from_name(page.get("kind")?.as_text()?)?,
            fetch: page.get("fetch").and_then(|fetch| fetch.get("path")?.as_text()).map(str::to_owned),
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
