#![allow(clippy::panic)] // A failing table names its row.

use super::*;

fn kind_of(title: &str, description: &str) -> Option<Kind> {
    classify(&Wording { title, description, ..Wording::default() })
}

fn check(expected: Option<Kind>, rows: &[(&str, &str)]) {
    for (title, description) in rows {
        assert_eq!(kind_of(title, description), expected, "{title} | {description}");
    }
}

#[test]
fn the_tables_are_well_formed() {
    super::super::phrases::assert_well_formed(phrases());
    super::super::phrases::assert_well_formed(&Phrases::new(rules::REQUIREMENT_TABLES));
}
