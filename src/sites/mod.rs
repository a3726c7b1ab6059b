//! Work sites as data: a recipe each, and a small module where a recipe cannot say it.
//!
//! Ring 2. A page becomes a snapshot in the hands (or natively from a saved file) by the
//! steps of a [`recipe`]; a snapshot becomes tasks here. Nothing here can fail as a whole:
//! what was not understood comes back as problems beside what was.
//!
//! To add a site: a folder with `recipe.json`, a line in [`REGISTRY`], a fixture with its snapshot.

pub mod answer;
pub mod history;
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
    /// A page with a recipe that lists tasks.
    Page(Box<Page>),
    /// A page with a recipe about the worker's own work: one task, a day, sums. No chip is drawn on it.
    Record(Box<Page>),
    /// A known site, but a page without a recipe.
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
        let Some(spec) = site.page(path) else { return Place::OtherPage { site_name } };
        let lists_tasks = spec.kind.lists_tasks();
        let page = Box::new(Page {
            currency: site.currency,
            site: site.id,
            site_name,
            partition,
            spec,
            address: format!("{host}{path}"),
        });
        return if lists_tasks { Place::Page(page) } else { Place::Record(page) };
    }
    Place::Elsewhere
}

/// The page of one kind on a host that is read, as far as its JSON answers need it.
pub fn page_of_kind(host: &str, kind: PageKind) -> Option<Page> {
    let mut sites = REGISTRY.iter().filter_map(|text| SiteBrief::read(text));
    let (site, partition) = sites.find_map(|site| site.partition(host).map(|partition| (site, partition)))?;
    let spec = site.page_of_kind(kind)?;
    Some(Page {
        currency: site.currency,
        site_name: site.name.clone(),
        site: site.id,
        partition,
        spec,
        address: host.to_owned(),
    })
}

/// Whether tasks on this kind of page are already the worker's.
pub fn is_held(kind: PageKind) -> bool {
    matches!(kind, PageKind::Queue | PageKind::Work)
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

    fn record_kind(url: &str) -> Option<PageKind> {
        match find(url) {
            Place::Record(page) => Some(page.spec.kind),
            _ => None,
        }
    }

    #[test]
    fn finds_the_pages_of_the_workers_own_record() {
        let at = |path: &str| record_kind(&format!("https://worker.mturk.com{path}"));
        assert_eq!(at("/projects/3ABC/tasks"), Some(PageKind::Preview));
        assert_eq!(at("/projects/3ABC/tasks/accept_random?ref=w_pl_prvw"), Some(PageKind::Preview));
        assert_eq!(at("/projects/3ABC/tasks/3DEF?assignment_id=3GHI"), Some(PageKind::Work));
        assert_eq!(at("/status_details/2026-11-21"), Some(PageKind::StatusDay));
        assert_eq!(at("/dashboard?ref=w_hdr_db"), Some(PageKind::Dashboard));
        for path in
            ["/earnings", "/account", "/qualifications/assigned", "/payment_schedule", "/status_details"]
        {
            assert_eq!(at(path), None, "{path}");
        }
    }

    #[test]
    fn answers_are_read_by_the_page_of_their_kind() {
        let fetch = |kind| page_of_kind("worker.mturk.com", kind).and_then(|page| page.spec.fetch);
        assert_eq!(fetch(PageKind::Queue).as_deref(), Some("/tasks?format=json"));
        assert_eq!(fetch(PageKind::Work), None);
        assert!(page_of_kind("example.org", PageKind::Queue).is_none());
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
            "https://worker.mturk.com/earnings",
            "https://worker.mturk.com/requesters/a/b/projects",
            "https://worker.mturk.com.example.org/projects",
            "http://worker.mturk.com/projects",
            "nonsense",
            "",
        ] {
            assert_eq!(kind_of(url), None, "{url}");
        }
        assert!(matches!(find("https://worker.mturk.com/earnings"), Place::OtherPage { .. }));
    }

    #[test]
    fn every_recipe_of_the_registry_parses() {
        for text in REGISTRY {
            let recipe: recipe::Recipe = serde_json::from_str(text).expect("a recipe must parse");
            assert_eq!(recipe.schema, recipe::SCHEMA);
            assert!(recipe.problems().is_empty(), "{:?}", recipe.problems());
        }
    }

    #[test]
    fn steps_that_two_interpreters_would_read_differently_are_found() {
        let recipe = |page: &str| -> recipe::Recipe {
            let text = format!(
                r#"{{"schema":1,"id":"x","name":"X","currency":"USD","partitions":{{}},
                "pages":[{{"kind":"work","paths":["/"],{page}}}]}}"#
            );
            serde_json::from_str(&text).expect("a recipe")
        };
        for page in [
            r#""about":[{"fields":{"title":{"from":[[{"css":"p"},"text","json"]]}}}]"#,
            r#""about":[{"from":[{"css":"p"}],"fields":{"id":{"from":[[{"address_query":"x"}]]}}}]"#,
            r#""fields":{"id":{"from":[[{"address_query":"x"}]]}}"#,
            r#""fields":{"id":{"from":[["json"]]}}"#,
            r#""message":{"id":{"from":[["text","json"]]}}"#,
            r#""message":{"secret":{"from":[["json"]]}}"#,
        ] {
            assert_eq!(recipe(page).problems().len(), 1, "{page}");
        }
        assert_eq!(recipe(r#""message":{"id":{"from":[["json",{"path":"x"}]]}}"#).problems(), []);
    }

    /// What no recipe may name, as it must never leave a page.
    #[test]
    fn no_recipe_picks_what_is_private() {
        for text in REGISTRY {
            // The one place that may: what it finds is only ever kept as a keyed hash.
            let names_account = |line: &&str| line.trim_start().starts_with("\"account\": [");
            let text: String = text.lines().filter(|line| !names_account(line)).collect();
            for private in [
                "question",
                "FrameSource",
                "iframe",
                "authenticity",
                "csrf",
                "textToCopy",
                "CopyText",
                "me-bar",
                "caller_qualification",
                "workerId",
                "cookie",
            ] {
                assert!(!text.contains(private), "{private}");
            }
            // Of an answer it is only asked whether there is one.
            assert_eq!(text.matches("\"answer\" }").count(), 1);
            assert!(text.contains("{ \"path\": \"answer\" }, \"present\""));
        }
    }
}
