//! Work sites as data: a recipe each, and a small module where a recipe cannot say it.
//!
//! Ring 2. A page becomes a snapshot in the hands (or natively from a saved file) by the
//! steps of a [`recipe`]; a snapshot becomes tasks here. Nothing here can fail as a whole:
//! what was not understood comes back as problems beside what was.
//!
//! To add a site: a folder with `recipe.json`, a line in [`REGISTRY`], a fixture with its snapshot.

pub mod json;
pub mod matching;
pub mod mturk;
pub mod reading;
pub mod recipe;
#[cfg(not(target_arch = "wasm32"))]
pub mod saved;
pub mod snapshot;

use recipe::{PageBrief, PageKind, SiteBrief};

/// The text of every site's recipe, in the order in which they are tried.
pub const REGISTRY: &[&str] = &[include_str!("mturk/recipe.json")];

/// A page of a known site: what it is and how it is read.
#[derive(Clone, Debug)]
pub struct Page {
    /// The site's id, `mturk`.
    pub site: String,
    /// The site's full name.
    pub site_name: String,
    /// Where records of this page belong: `mturk` or `mturk-sandbox` never mix.
    pub partition: String,
    /// The currency of amounts that name none.
    pub currency: crate::domain::Currency,
    /// What the core itself needs of the page's recipe.
    pub spec: PageBrief,
    /// Host and path without query: what a person would call "this page".
    pub address: String,
}

/// Whether a URL belongs to a known site, and to which of its pages.
#[derive(Clone, Debug)]
pub enum Place {
    /// A page with a recipe.
    Page(Box<Page>),
    /// A known site, but not a page that lists tasks.
    OtherPage {
        /// The site's full name.
        site_name: String,
    },
    /// No site we know.
    Elsewhere,
}

/// A host name that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteHost {
    /// `worker.mturk.com`.
    pub host: String,
    /// Where its records belong.
    pub partition: String,
    /// The site's full name.
    pub site_name: String,
}

/// Every host that is read, in the order of the registry.
pub fn hosts() -> Vec<SiteHost> {
    let briefs = REGISTRY.iter().filter_map(|text| SiteBrief::read(text));
    let named = |site: SiteBrief| {
        let site_name = site.name.clone();
        let host = move |(host, partition)| SiteHost { host, partition, site_name: site_name.clone() };
        site.hosts().into_iter().map(host)
    };
    briefs.flat_map(named).collect()
}

/// Finds the page a URL names; the query plays no part.
pub fn find(url: &str) -> Place {
    let Some((host, path)) = host_and_path(url) else { return Place::Elsewhere };
    for text in REGISTRY {
        let Some(site) = SiteBrief::read(text) else { continue };
        let Some(partition) = site.partition(host) else { continue };
        let site_name = site.name.clone();
        return match site.page(path) {
            Some(spec) => Place::Page(Box::new(Page {
                currency: site.currency,
                site: site.id,
                site_name,
                partition,
                spec,
                address: format!("{host}{path}"),
            })),
            None => Place::OtherPage { site_name },
        };
    }
    Place::Elsewhere
}

/// Whether tasks on this kind of page are already the worker's.
pub fn is_held(kind: PageKind) -> bool {
    kind == PageKind::Queue
}

fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("https://")?;
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = rest.get(..end)?;
    let slash = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(slash)?;
    let host = authority.split(':').next()?;
    Some((host, if path.is_empty() { "/" } else { path }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(url: &str) -> Option<(PageKind, String)> {
        match find(url) {
            Place::Page(page) => Some((page.spec.kind, page.partition)),
            _ => None,
        }
    }

    #[test]
    fn finds_the_pages_of_mechanical_turk() {
        let list = |partition: &str| Some((PageKind::List, partition.to_owned()));
        assert_eq!(kind_of("https://worker.mturk.com/"), list("mturk"));
        assert_eq!(kind_of("https://worker.mturk.com"), list("mturk"));
        assert_eq!(kind_of("https://worker.mturk.com/?format=json"), list("mturk"));
        assert_eq!(kind_of("https://worker.mturk.com/projects?page_size=100#x"), list("mturk"));
        assert_eq!(kind_of("https://workersandbox.mturk.com/projects/"), list("mturk-sandbox"));
        assert_eq!(kind_of("https://worker.mturk.com/requesters/A1ABCDEFGHIJK/projects"), list("mturk"));
        assert_eq!(kind_of("https://worker.mturk.com/tasks"), Some((PageKind::Queue, "mturk".to_owned())));
        assert_eq!(kind_of("https://worker.mturk.com/tasks/"), Some((PageKind::Queue, "mturk".to_owned())));
    }

    #[test]
    fn leaves_other_pages_alone() {
        for url in [
            "https://worker.mturk.com/projects/3ABC/tasks",
            "https://worker.mturk.com/dashboard",
            "https://worker.mturk.com/requesters/a/b/projects",
            "https://worker.mturk.com.example.org/projects",
            "http://worker.mturk.com/projects",
            "nonsense",
            "",
        ] {
            assert_eq!(kind_of(url), None, "{url}");
        }
        assert!(matches!(find("https://worker.mturk.com/dashboard"), Place::OtherPage { .. }));
    }

    #[test]
    fn every_recipe_of_the_registry_parses() {
        for text in REGISTRY {
            let recipe: recipe::Recipe = serde_json::from_str(text).expect("a recipe must parse");
            assert_eq!(recipe.schema, recipe::SCHEMA);
            assert!(recipe.problems().is_empty(), "{:?}", recipe.problems());
        }
    }
}
