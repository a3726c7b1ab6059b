//! The recorded listing, where it is at hand.

use std::path::PathBuf;

use serde_json::Value;
use wagelight_market::{Behaviour, Listing, Rows};

use crate::client::{drawn_rows, get, props_of};
use crate::market;

/// The recorded listing beside the repository. It is never part of the project.
fn recorded() -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let path = PathBuf::from(root).join("../shared/data/mturk-listing-2021-03-10.json");
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is absent", path.display());
    eprintln!("skipped: {} is absent", path.display());
    None
}

#[tokio::test]
async fn the_real_listing_is_served_unchanged_over_its_pages() {
    let Some(path) = recorded() else { return };
    let text = std::fs::read_to_string(&path).unwrap();
    // What the page has is the JSON answer without `.json` in its paths.
    let text = text.replace(".json?ref=", "?ref=");
    let answer: Value = serde_json::from_str(&text).unwrap();
    let market =
        market(Behaviour { listing: Listing::Real(path), rows: Rows::AtOnce, ..Behaviour::default() }).await;
    let (mut rows, mut sent) = (0, Vec::new());
    for page in 1..=8 {
        let body = get(&market, &format!("/?page_size=100&page_number={page}")).await.body;
        rows += drawn_rows(&body);
        let props: Value = serde_json::from_str(&props_of(&body, "hitSetTable/HitSetTable")[0]).unwrap();
        sent.extend(props["bodyData"].as_array().unwrap().clone());
    }
    assert_eq!((rows, sent.len()), (714, 714));
    for (sent, recorded) in sent.iter().zip(answer["results"].as_array().unwrap()) {
        assert_eq!(sent, recorded);
    }
}
