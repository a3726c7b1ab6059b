//! Real data beside the repository, read as plainly as possible.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot read its data has failed"
)]

use std::path::{Path, PathBuf};

/// One group of the real listing, as far as the estimates look at it.
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) requester_id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) reward_decimal: String,
    pub(crate) allotted_secs: u32,
}

/// The text of a file in `../shared/data`; `None` (with a message) where it is absent, unless `CI` is set.
pub(crate) fn shared(name: &str) -> Option<String> {
    read_or_skip(&root().join("../shared/data").join(name))
}

/// The text of a file of the repository's fixtures, skipped in the same way.
pub(crate) fn fixture(name: &str) -> Option<String> {
    read_or_skip(&root().join("tests/fixtures").join(name))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read_or_skip(path: &Path) -> Option<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{}: {error}", path.display());
            eprintln!("skipped: {}: {error}", path.display());
            None
        }
    }
}

/// All 714 groups of the listing of 2021-03-10, in order.
pub(crate) fn groups() -> Option<Vec<Group>> {
    let json: serde_json::Value =
        serde_json::from_str(&shared("mturk-listing-2021-03-10.json")?).expect("the listing is JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let count =
        |value: &serde_json::Value| u32::try_from(value.as_u64().unwrap_or_default()).unwrap_or(u32::MAX);
    let rows = json["results"].as_array().expect("the listing has results");
    let group = |row: &serde_json::Value| Group {
        id: text(&row["hit_set_id"]),
        requester_id: text(&row["requester_id"]),
        title: text(&row["title"]),
        description: text(&row["description"]),
        reward_decimal: row["monetary_reward"]["amount_in_dollars"].to_string(),
        allotted_secs: count(&row["assignment_duration_in_seconds"]),
    };
    Some(rows.iter().map(group).collect())
}
