//! Requirements, and whether one made-up worker meets them.

use super::rng::Rng;
use crate::group::{CallerValue, LocaleValue, QualificationType, Requirement};
use crate::listing::MASTERS;

/// The worker the listing is shown to: in the US, no Masters, 98 % of 640 HITs approved.
const APPROVED: u32 = 640;
const APPROVAL_PERCENT: u32 = 98;

/// What is asked of the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Ask {
    #[default]
    Country,
    ApprovalRate,
    ApprovedCount,
    /// Must not have done it before.
    NotYet,
    Adult,
    Masters,
    OtherCountry,
    HighRate,
    HighCount,
    /// Given by the requester, can be asked for.
    Requestable,
    /// Behind a test.
    Test,
    /// Given by the requester to whom it chooses.
    Given,
}

const MET: [(u32, Ask); 5] = [
    (30, Ask::Country),
    (26, Ask::ApprovalRate),
    (12, Ask::ApprovedCount),
    (42, Ask::NotYet),
    (3, Ask::Adult),
];

const UNMET: [(u32, Ask); 7] = [
    (14, Ask::Masters),
    (11, Ask::OtherCountry),
    (3, Ask::HighRate),
    (18, Ask::HighCount),
    (34, Ask::Requestable),
    (9, Ask::Test),
    (11, Ask::Given),
];

/// Requirements of a group: all met, or one or more not.
pub(super) fn open(rng: &mut Rng) -> Vec<Requirement> {
    let count = rng.weighted(&[(20, 0), (26, 1), (20, 2), (16, 3), (10, 4), (5, 5), (2, 6), (1, 14)]);
    (0..count)
        .map(|_| {
            let ask = rng.weighted(&MET);
            requirement(rng, ask)
        })
        .collect()
}

/// Requirements of a group that the worker cannot accept.
pub(super) fn locked(rng: &mut Rng) -> Vec<Requirement> {
    let mut all: Vec<Requirement> = open(rng).into_iter().take(6).collect();
    let missing = rng.weighted(&[(80, 1), (17, 2), (3, 3)]);
    for _ in 0..missing {
        let ask = rng.weighted(&UNMET);
        all.push(requirement(rng, ask));
    }
    rng.shuffle(&mut all);
    all
}

/// Pay for earlier work is locked to those it is for.
pub(super) fn for_the_named(rng: &mut Rng) -> Vec<Requirement> {
    vec![requirement(rng, Ask::Given)]
}

fn requirement(rng: &mut Rng, ask: Ask) -> Requirement {
    match ask {
        Ask::Country => location(rng, &["US"], true),
        Ask::OtherCountry => {
            let country = rng.pick(&["GB", "CA", "DE", "IN", "JP", "BR", "AU"]);
            location(rng, &[country], false)
        }
        Ask::ApprovalRate => {
            let least = rng.pick(&[90, 93, 95, 95, 97, APPROVAL_PERCENT]);
            rate(rng, least, true)
        }
        Ask::HighRate => rate(rng, 99, false),
        Ask::ApprovedCount => {
            let least = rng.pick(&[50, 100, 100, 500]);
            approved(rng, least, true)
        }
        Ask::HighCount => {
            let least = rng.pick(&[1_000, 1_000, 5_000, 10_000]);
            approved(rng, least, false)
        }
        Ask::Masters => built(
            rng,
            &Asked { id: MASTERS, name: "Masters", met: false, ways: Ways::Request },
            "Exists",
            &[],
        ),
        Ask::Adult => built(
            rng,
            &Asked {
                id: "00000000000000000060",
                name: "Adult Content Qualification",
                met: true,
                ways: Ways::Test,
            },
            "EqualTo",
            &["1"],
        ),
        Ask::NotYet => {
            let name = format!("Took part {}", rng.between(1_000, 9_999));
            private(rng, &name, "DoesNotExist", Ways::Request)
        }
        Ask::Requestable => {
            let name = format!(
                "{} {}",
                rng.pick(&["Panel member", "Invited", "Trusted worker", "Screened in"]),
                rng.between(2, 40)
            );
            private(rng, &name, "Exists", Ways::Request)
        }
        Ask::Test => {
            let name = format!(
                "{} test",
                rng.pick(&["Labelling", "English writing", "Transcription", "Guidelines"])
            );
            private(rng, &name, "GreaterThanOrEqualTo", Ways::Test)
        }
        Ask::Given => {
            let name = format!("Group {}", rng.code(5));
            private(rng, &name, "EqualTo", Ways::None)
        }
    }
}

/// How a worker can come by a qualification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ways {
    None,
    Request,
    Test,
}

/// A qualification type and how the worker stands to it.
struct Asked<'a> {
    id: &'a str,
    name: &'a str,
    met: bool,
    ways: Ways,
}

fn location(rng: &mut Rng, countries: &[&str], met: bool) -> Requirement {
    let comparator = rng.pick(&["In", "EqualTo"]);
    let asked = Asked { id: "00000000000000000071", name: "Location", met, ways: Ways::None };
    let mut made = built(rng, &asked, comparator, countries);
    let locale_value = LocaleValue { country: Some("US".to_owned()), subdivision: Some("OR".to_owned()) };
    made.caller_qualification_value = Some(CallerValue { integer_value: None, locale_value });
    made
}

fn rate(rng: &mut Rng, least: u32, met: bool) -> Requirement {
    let asked = Asked { id: "000000000000000000L0", name: "HIT approval rate (%)", met, ways: Ways::None };
    scored(built(rng, &asked, "GreaterThanOrEqualTo", &[&least.to_string()]), APPROVAL_PERCENT)
}

fn approved(rng: &mut Rng, least: u32, met: bool) -> Requirement {
    let comparator = rng.pick(&["GreaterThanOrEqualTo", "GreaterThan"]);
    let asked = Asked { id: "00000000000000000040", name: "Total approved HITs", met, ways: Ways::None };
    scored(built(rng, &asked, comparator, &[&least.to_string()]), APPROVED)
}

fn scored(mut requirement: Requirement, value: u32) -> Requirement {
    requirement.caller_qualification_value =
        Some(CallerValue { integer_value: Some(i64::from(value)), locale_value: LocaleValue::default() });
    requirement
}

fn private(rng: &mut Rng, name: &str, comparator: &str, ways: Ways) -> Requirement {
    let id = format!("3{}", rng.code(29));
    let values: &[&str] = match comparator {
        "GreaterThanOrEqualTo" => &["80"],
        "EqualTo" => &["1"],
        _ => &[],
    };
    built(rng, &Asked { id: &id, name, met: comparator == "DoesNotExist", ways }, comparator, values)
}

fn built(rng: &mut Rng, asked: &Asked<'_>, comparator: &str, values: &[&str]) -> Requirement {
    // What is locked against seeing is not in the list at all.
    let action = if asked.met {
        rng.weighted(&[(46, "PreviewHit"), (30, "AcceptHit"), (24, "ViewHitSet")])
    } else {
        rng.weighted(&[(60, "PreviewHit"), (40, "AcceptHit")])
    };
    let request_url = match asked.ways {
        Ways::None => None,
        Ways::Request => Some(format!("/qualifications/{}/request", asked.id)),
        Ways::Test => Some(format!("/qualifications/{}", asked.id)),
    };
    Requirement {
        qualification_type_id: asked.id.to_owned(),
        comparator: comparator.to_owned(),
        worker_action: action.to_owned(),
        qualification_values: values.iter().map(|&value| value.to_owned()).collect(),
        caller_meets_requirement: Some(asked.met),
        qualification_type: QualificationType {
            qualification_type_id: asked.id.to_owned(),
            name: asked.name.to_owned(),
            visibility: true,
            description: format!("Stand-in for “{}”.", asked.name),
            has_test: asked.ways == Ways::Test,
            is_requestable: asked.ways != Ways::None,
            keywords: rng.pick(&[None, Some("")]).map(str::to_owned),
        },
        caller_qualification_value: Some(CallerValue::default()),
        qualification_request_url: request_url,
    }
}
