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
    super::super::phrases::assert_well_formed(&Phrases::new(part_rules::REQUIREMENT_TABLES));
}

#[test]
fn pay_for_earlier_work() {
    check(
        Some(Kind::EarlierWork),
        &[
            ("Compensation HIT", "survey"),
            ("Compensation HIT for A1B2C3D4E5F6G7 (~1 minute)", "survey"),
            ("Compensation HIT for [worker]", "masked before"),
            ("Comp HIT - broken link", ""),
            ("Colour game – compensation", "For those who did it last week"),
            ("Screening payment (~1 minutes)", ""),
            ("Payment for the colour game", ""),
            ("Bonus", ""),
            ("Bonus pay for the drawing study", "Take your bonus"),
            ("Bonus 2 workers", ""),
            ("Memory study", "Missed payment for an earlier task."),
            ("Drawing task", "This is not a task you can work on, it only pays those who were in the group."),
            ("For workers who could not submit the card task", "Press the button."),
            ("For participants who timed out yesterday", ""),
            ("Make-up HIT", ""),
            ("HIT for those who had trouble submitting", ""),
            ("Paying worker", "for your time"),
            ("Partial payment for an interrupted game", ""),
            ("Paying for returned HITs", ""),
            ("Voice task", "Compensation for the technical problem on Monday"),
        ],
    );
}

#[test]
fn plain_pay_is_not_earlier_work() {
    check(
        None,
        &[
            ("Short survey", "Compensation: $2. You will be compensated within a day."),
            ("Survey – $1 compensation", "Payment for completing the survey: $1.00."),
            ("Quick survey – fast payment", "You will receive your payment after approval."),
            ("Survey (with bonus)", "A bonus payment of up to $2 depends on your choices."),
            ("Opinions on CEO compensation", ""),
            ("Mobile payment survey", ""),
            ("Survey about workers' compensation", ""),
            ("Find errors in receipts", "Bonus for each error you find."),
            ("Job loss survey", "For people who lost their job and were not paid."),
            ("Label images", "If you are unable to submit, write to us and we will compensate you."),
            ("Label images", "No payment for rejected work."),
        ],
    );
}

#[test]
fn named_workers_only() {
    check(
        Some(Kind::NamedWorkers),
        &[
            ("HIT for A1B2C3D4E5F6G7", "The page did not load."),
            ("HIT for [worker]", ""),
            ("Only for workers A1B2C3D4E5F6G7 and A7G6F5E4D3C2B1", "Thank you"),
            (
                "Compensation HIT",
                "For A1B2C3D4E5F6G7. If you are not this worker, your HIT will be rejected.",
            ),
            ("Compensation HIT, certain workers only", "We reject everyone else."),
            ("Compensation for a broken survey", "Workers without the code we sent will be rejected."),
            ("Certain workers only", "Anyone else will not be paid"),
        ],
    );
    // A requirement on who may take part names nobody.
    check(
        None,
        &[
            ("Women only! All others will be rejected", "A survey on shoes"),
            ("Survey for US residents", "Workers who are not in the US will be rejected."),
            ("Native Japanese speakers only", "Non-native speakers will be rejected."),
        ],
    );
}

#[test]
fn invited_and_later_parts() {
    check(
        Some(Kind::Invited),
        &[
            ("Sleep study part 2", ""),
            ("Sleep study, Part II", ""),
            ("Sleep study part 2 (needs part 1)", ""),
            ("Mood panel – wave 3 (~10 minutes)", ""),
            ("Attention study (session 2 of 3)", ""),
            ("Daily survey 6", ""),
            ("Follow-up survey on sleep", "short survey"),
            ("Yearly panel survey, 2nd round", ""),
            ("Wellbeing", "This is a follow-up to the study you took part in."),
            ("Wellbeing", "You did the first survey; this is the second part of it."),
            ("Wellbeing", "For workers who completed our earlier survey."),
            ("Wellbeing – by invitation only", ""),
            ("Wellbeing", "Only accept this HIT if you received an email from us."),
            ("Second survey for returning participants", ""),
        ],
    );
    let names = ["Completed part 1"];
    let wording = Wording { title: "Wellbeing", requirement_names: &names, ..Wording::default() };
    assert_eq!(classify(&wording), Some(Kind::Invited));
}

#[test]
fn no_earlier_part_is_needed() {
    check(
        None,
        &[
            ("Sleep study part 1", "Part 2 will follow tomorrow."),
            ("Sleep study", "There will be a follow-up survey in two weeks."),
            ("Sleep study part 1 (part 2 in a week)", ""),
            ("Survey with follow-up questions", ""),
            (
                "Sleep study (~ 2 minutes)",
                "Do not take part if you have completed a previous version of this survey.",
            ),
            ("Sleep study", "Workers who completed our earlier survey are not eligible."),
            ("Sleep study", "You must not have participated in an earlier study."),
            ("A two-part survey", ""),
            ("50 second survey", ""),
            ("Click test round 5", "Click the boxes"),
            ("COVID wave 2 opinions", ""),
            ("Phase 2 clinical trial opinions", ""),
            ("Survey on type 2 diabetes", "For people with T2 diabetes"),
            ("Second language survey", "You are invited to take part in a study."),
            ("Survey", "Thank you for participating in this study!"),
            ("Survey", "Once you have completed the survey you will receive a code."),
        ],
    );
}

#[test]
fn screeners() {
    check(
        Some(Kind::Screener),
        &[
            ("One-minute screener", ""),
            ("Pre-screen for smokers", ""),
            ("Eligibility questionnaire", ""),
            ("Two questions to qualify for a study on bikes", ""),
            ("Short survey", "Your answers may qualify you for a larger survey."),
            ("Short survey", "If you qualify you will be invited to an interview."),
            ("Short survey", "This is a screener for an upcoming study."),
            ("See if you are eligible", ""),
        ],
    );
    check(
        None,
        &[
            ("Opinion survey. Screening involved.", "If disqualified, please return."),
            ("Survey", "This is not a screener."),
            ("Cancer screening attitudes", ""),
            ("Survey", "You must live in Ohio in order to qualify for this survey."),
            ("Survey", "Three-question unpaid screener, then the survey"),
        ],
    );
}

#[test]
fn qualification_tests() {
    check(
        Some(Kind::QualificationTest),
        &[
            ("Qualification test for receipts", ""),
            ("Qualification Test (Part 2) for graphs", ""),
            ("Qualifying HIT for boxes – bonus up to $2", ""),
            ("Label shops (qualification phase)", ""),
            ("Bird names", "This is our qualification test."),
            ("Qualifier: sound files", ""),
        ],
    );
    check(
        None,
        &[
            ("Label birds (qualification required)", ""),
            ("Label birds", "Search for our qualification task to take part."),
            ("Personality test", "Test your memory"),
            ("Test our website", ""),
            ("World Cup qualifiers survey", ""),
            ("Label birds", "Note: the qualification test makes sure you like birds."),
        ],
    );
}

#[test]
fn several_days() {
    check(
        Some(Kind::SeveralDays),
        &[
            ("3-day study", ""),
            ("Diary study", ""),
            ("Daily life", "One survey a day for 14 days"),
            ("Food log", "Fill in the form every evening for seven days."),
        ],
    );
    check(
        None,
        &[
            ("Muscle pain survey", "Pain during the last 20 days"),
            ("Survey for parents of 6 month old babies", ""),
            ("Survey", "You are paid within 3 days."),
        ],
    );
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_kind_or_none(title in "\\PC{0,80}", description in "\\PC{0,200}") {
        let _ = super::super::read(&Wording {
            title: &title, description: &description, requirement_names: &[&title], reward_micros: Some(1),
        });
    }

    /// Words of the rules in any order.
    #[test]
    fn rule_words_in_any_order_do_no_harm(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "compensation", "hit", "for", "A1B2C3D4E5F6G7", "part", "2", "if", "you", "not", "completed", "bonus", "$2",
            "only", "workers", "will", "be", "rejected", "qualify", "study", ".", "(", ")", "–", "¢", "1e9$", "…",
        ]), 0..200)) {
        let text = words.join(" ");
        let said = super::super::read(&Wording { title: &text, description: &text, ..Wording::default() });
        let quote_chars = said.promised.map_or(0, |promise| promise.quote.chars().count());
        proptest::prop_assert!(quote_chars <= super::super::promised::MAX_QUOTE_CHARS);
    }
}
