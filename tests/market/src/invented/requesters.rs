//! Requesters: names in many scripts, ids, and the site's figures about them.

use super::rng::Rng;
use crate::group::RequesterInfo;

/// Someone who puts up groups.
#[derive(Debug, Clone)]
pub(super) struct Requester {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) info: RequesterInfo,
}

/// A requester with many groups: name, share among the dozen, approval rate, review time.
pub(super) struct Regular {
    pub(super) name: &'static str,
    pub(super) share: u32,
    pub(super) approval: &'static str,
    pub(super) review: &'static str,
}

/// The dozen that fill a quarter of the listing. The third rejects often: the site says so.
pub(super) const REGULARS: [Regular; 12] = [
    Regular { name: "Ledgerline Receipts", share: 22, approval: "≥ 99%", review: "less than a day" },
    Regular { name: "Harbor Image Labels", share: 22, approval: "98%", review: "1 day" },
    Regular { name: "QuickCheck Data", share: 20, approval: "62%", review: "2 days" },
    Regular { name: "Plainview Transcripts", share: 20, approval: "≥ 99%", review: "3 days" },
    Regular { name: "Tern & Gull Retail", share: 18, approval: "≥ 99%", review: "1 day" },
    Regular { name: "Mosaic Search Quality", share: 16, approval: "97%", review: "2 days" },
    Regular { name: "Openfield Maps", share: 12, approval: "94%", review: "3 days" },
    Regular { name: "Voicegarden", share: 12, approval: "≥ 99%", review: "4 days" },
    Regular { name: "Copperleaf Moderation", share: 10, approval: "≥ 99%", review: "less than a day" },
    Regular { name: "Bright Catalog", share: 8, approval: "91%", review: "7 days" },
    Regular { name: "Slate Document Desk", share: 8, approval: "≥ 99%", review: "2 days" },
    Regular { name: "Kestrel Robotics Data", share: 7, approval: "96%", review: "5 days" },
];

const FIRST: [&str; 40] = [
    "Marta",
    "Tobias",
    "Aylin",
    "Priya",
    "Jonas",
    "Wren",
    "Camila",
    "Idris",
    "Nora",
    "Felix",
    "Yuki",
    "Sanne",
    "Odile",
    "Bram",
    "Lucía",
    "Håkon",
    "Zoë",
    "Émile",
    "Katarzyna",
    "Niamh",
    "Çağla",
    "Dmitri",
    "Amara",
    "Rafael",
    "Ines",
    "Theo",
    "Beatriz",
    "Lars",
    "Mei",
    "Omar",
    "Greta",
    "Caleb",
    "Hana",
    "Viktor",
    "Ruth",
    "Samir",
    "Elif",
    "Paolo",
    "Anneke",
    "Joan",
];

const LAST: [&str; 40] = [
    "Ellwood",
    "Brandvold",
    "Oyelaran",
    "Quintero",
    "Haldane",
    "Mirza",
    "Ashgrove",
    "Petrosyan",
    "Lindqvist",
    "Okonjo",
    "Varga",
    "Thistlewood",
    "Demirci",
    "Castellan",
    "Nakagome",
    "Fairweather",
    "Bošković",
    "O’Shea",
    "Müller-Voss",
    "Abernath",
    "Szczepański",
    "Tamura",
    "Delacroix-Roy",
    "Ferreira",
    "Holm",
    "Iyengar",
    "Jansz",
    "Kowal",
    "Leclair",
    "Moreau",
    "Nyström",
    "Pell",
    "Rautio",
    "Sørbye",
    "Tran",
    "Underhill",
    "Whitlock",
    "Xu",
    "Yilmaz",
    "Zeller",
];

const LABS: [&str; 30] = [
    "Northlake Decision Lab",
    "Everyday Judgment Lab",
    "Tidewater University Psychology",
    "Cognition & Choice Group",
    "Meadow Survey Research",
    "Social Mind Lab",
    "HCI @ Alder College",
    "Westbrook Marketing Studies",
    "Sleep & Memory Lab",
    "Public Opinion Workshop",
    "Language in Use Lab",
    "Consumer Insight Studies",
    "Behavioral Econ Lab 4",
    "Music Perception Lab",
    "Trust & Safety Study Team",
    "Health Habits Project",
    "Learning Sciences Hub",
    "MoralPsych",
    "Vision Lab (Hillcrest)",
    "Labor & Work Research",
    "Climate Attitudes Study",
    "Emotion Lab",
    "Games and Motivation",
    "Fairness in AI Group",
    "Perception Lab II",
    "Family Studies Center",
    "Applied Linguistics Dept.",
    "Risk Lab",
    "Privacy Research Team",
    "study team 7",
];

const OTHER_SCRIPTS: [&str; 24] = [
    "Лаборатория решений",
    "Анна Белозёрова",
    "Игорь Ветлугин",
    "Дослідницька група",
    "佐々木 研究室",
    "言語データ株式会社",
    "ことば調査室",
    "决策实验室",
    "李晓岚",
    "心理學調查組",
    "한빛 설문 연구소",
    "김서윤",
    "مختبر السلوك",
    "ليلى حدادين",
    "مجموعة البحث",
    "מעבדת קבלת החלטות",
    "נועה לביא",
    "व्यवहार अध्ययन समूह",
    "अनन्या राव",
    "Εργαστήριο Γνώσης",
    "ห้องวิจัยภาษา",
    "🧠 Mind Lab",
    "🦊 foxglove data 🦊",
    "Łąka Survey ✨",
];

/// So many requesters with a few groups at most. Every name in another script is among them, twice.
pub(super) fn occasional_ones(rng: &mut Rng, count: usize) -> Vec<Requester> {
    let foreign = OTHER_SCRIPTS.iter().chain(&OTHER_SCRIPTS).map(|&name| Some(name));
    foreign
        .chain(std::iter::repeat(None))
        .take(count)
        .map(|name| {
            let made = occasional(rng);
            name.map(|name| Requester { name: name.to_owned(), ..made.clone() }).unwrap_or(made)
        })
        .collect()
}

/// A requester with a few groups at most.
pub(super) fn occasional(rng: &mut Rng) -> Requester {
    let name = match rng.below(100) {
        0..46 => format!("{} {}", rng.pick(&FIRST), rng.pick(&LAST)),
        46..52 => format!("{}{}", rng.pick(&FIRST).to_lowercase(), rng.between(2, 88)),
        52..92 => match rng.below(3) {
            0 => format!("{} ({})", rng.pick(&LABS), rng.pick(&LAST)),
            1 => format!("{} Lab", rng.pick(&LAST)),
            _ => rng.pick(&LABS).to_owned(),
        },
        _ => rng.pick(&OTHER_SCRIPTS).to_owned(),
    };
    Requester { id: rng.person_id(), name, info: info(rng) }
}

/// The dozen, with ids of this listing.
pub(super) fn regulars(rng: &mut Rng) -> Vec<Requester> {
    REGULARS
        .iter()
        .map(|regular| Requester {
            id: rng.person_id(),
            name: regular.name.to_owned(),
            info: RequesterInfo {
                activity_level: "High".to_owned(),
                task_approval_rate: regular.approval.to_owned(),
                task_review_time: regular.review.to_owned(),
            },
        })
        .collect()
}

fn info(rng: &mut Rng) -> RequesterInfo {
    // Who has no approval rate has no review time either; the activity is known all the same.
    let activity = rng.weighted(&[(70, "Limited"), (24, "Moderate"), (6, "High")]);
    if rng.percent(7) {
        let activity = if rng.percent(5) { "Not available" } else { activity };
        return RequesterInfo { activity_level: activity.to_owned(), ..RequesterInfo::default() };
    }
    let rate = rng.weighted(&[
        (700, 99),
        (58, 98),
        (26, 97),
        (14, 96),
        (20, 95),
        (23, 94),
        (40, 90),
        (40, 75),
        (20, 50),
        (9, 0),
    ]);
    let rate = match rate {
        90 => rng.between(85, 93),
        75 => rng.between(60, 84),
        50 => rng.between(11, 59),
        rate => rate,
    };
    let review = rng.weighted(&[
        (365, "less than a day"),
        (119, "1 day"),
        (149, "2 days"),
        (183, "3 days"),
        (38, "4 days"),
        (27, "5 days"),
        (6, "6 days"),
        (16, "7 days"),
        (8, "8 days"),
        (9, "10 days"),
        (5, "15 days"),
        (2, "28 days"),
    ]);
    RequesterInfo {
        activity_level: activity.to_owned(),
        task_approval_rate: if rate == 99 { "≥ 99%".to_owned() } else { format!("{rate}%") },
        task_review_time: review.to_owned(),
    }
}
