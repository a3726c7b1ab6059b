//! Amazon Mechanical Turk: what its recipe cannot say.
//!
//! What it reads: the React props of the HIT list, a requester's list and the queue.
//! Where it breaks: the component names in `data-react-class`, the keys in the props.
//! Sample: `tests/fixtures/mturk`. Last checked: against a listing of 2021-03-10 and a
//! queue row of 2020-05-09; component names were seen unchanged in 2025 and 2026.

mod words;

pub use words::{notice, server_state};

use super::snapshot::RequirementItem;

/// Built-in qualification types, by id (Amazon's developer documentation, `QualificationRequirement`).
const LOCATION: &str = "00000000000000000071";
const APPROVAL_RATE: &str = "000000000000000000L0";
const APPROVED_COUNT: &str = "00000000000000000040";
const ADULT: &str = "00000000000000000060";
const MASTERS: [&str; 4] = [
    "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH",
    "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6",
    "2NDP2L92HECWY8NS8H3CK0CP5L9GHO",
    "21VZU98JHSTLZ5BPP4A9NOBJEK3DPG",
];

/// How CloudResearch names the lists of workers it lets in: the site offers to request them, but they
/// are filled by the service alone (a quarter of a real listing asks for one).
const BY_INVITATION: [&str; 2] = ["Inc: [", "TP Panel"];

/// Why an unmet requirement keeps the worker out, short enough for a chip.
pub fn lock_reason(requirement: &RequirementItem) -> String {
    let id = requirement.id.as_deref().unwrap_or_default();
    let value = requirement.value.as_deref().unwrap_or_default();
    let number = value.parse::<u32>().ok();
    match (id, number) {
        // `US` is a country, `US-TX` a part of one.
        (LOCATION, _) => if value.contains('-') { "state or region" } else { "country" }.to_owned(),
        (APPROVAL_RATE, Some(percent)) => format!("{percent} % approval rate"),
        (APPROVAL_RATE, None) => "approval rate".to_owned(),
        (APPROVED_COUNT, Some(count)) => format!("{} approved", grouped(count)),
        (APPROVED_COUNT, None) => "approved count".to_owned(),
        (ADULT, _) => "adult content".to_owned(),
        (id, _) if MASTERS.contains(&id) => "Masters".to_owned(),
        _ => private_reason(requirement).to_owned(),
    }
}

/// A qualification the requester made; its name is in the card, not in the chip.
fn private_reason(requirement: &RequirementItem) -> &'static str {
    let is = |field: &Option<String>| field.as_deref() == Some("true");
    let name = requirement.name.as_deref().unwrap_or_default();
    let comparator = requirement.comparator.as_deref().unwrap_or_default();
    if matches!(comparator, "DoesNotExist" | "NotEqualTo" | "NotIn" | "LessThan" | "LessThanOrEqualTo") {
        "excluded by a qualification"
    } else if BY_INVITATION.iter().any(|start| name.starts_with(start)) {
        "qualification – by invitation"
    } else if is(&requirement.has_test) {
        "qualification – has a test"
    } else if is(&requirement.requestable) {
        "qualification – can be requested"
    } else {
        "qualification"
    }
}

/// `1,000`: the way the site writes its own numbers.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(id: &str, comparator: &str, value: &str) -> String {
        lock_reason(&RequirementItem {
            id: Some(id.to_owned()),
            comparator: Some(comparator.to_owned()),
            value: Some(value.to_owned()),
            ..RequirementItem::default()
        })
    }

    #[test]
    fn says_the_reason_in_the_workers_words() {
        assert_eq!(reason(LOCATION, "EqualTo", "US"), "country");
        assert_eq!(reason(LOCATION, "EqualTo", "US-TX"), "state or region");
        assert_eq!(reason(APPROVED_COUNT, "GreaterThan", "1000"), "1,000 approved");
        assert_eq!(reason(APPROVED_COUNT, "GreaterThan", "500"), "500 approved");
        assert_eq!(reason(APPROVED_COUNT, "GreaterThan", "x"), "approved count");
        assert_eq!(reason(APPROVAL_RATE, "GreaterThan", "98"), "98 % approval rate");
        assert_eq!(reason(MASTERS[0], "Exists", ""), "Masters");
        assert_eq!(reason("3PRIVATE", "Exists", ""), "qualification");
        assert_eq!(reason("3PRIVATE", "DoesNotExist", ""), "excluded by a qualification");
        assert_eq!(reason("3PRIVATE", "SomethingNew", ""), "qualification");
    }

    #[test]
    fn a_private_qualification_says_how_to_get_it() {
        let open = RequirementItem { requestable: Some("true".into()), ..RequirementItem::default() };
        assert_eq!(lock_reason(&open), "qualification – can be requested");
        let test = RequirementItem { has_test: Some("true".into()), ..open };
        assert_eq!(lock_reason(&test), "qualification – has a test");
        let list = RequirementItem { name: Some("Inc: [19-12345]".into()), ..test };
        assert_eq!(lock_reason(&list), "qualification – by invitation");
    }
}
