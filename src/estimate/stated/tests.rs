//! Phrases a stated time comes in, and phrases that only look like one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::too_many_lines,
    reason = "tables of phrases; tests fail by panicking"
)]

use super::*;
use proptest::prelude::*;

const MIN: u32 = 60;
const HOUR: u32 = 3_600;

fn ends(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    stated_time("", text).map(|time| (time.stated_low_secs, time.stated_high_secs))
}

/// Every phrase is read alike as a title and as a description.
fn assert_reads(table: &[(&str, Option<u32>, Option<u32>)]) {
    let mut wrong = Vec::new();
    for (text, low, high) in table {
        let as_title = stated_time(text, "").map(|time| (time.stated_low_secs, time.stated_high_secs));
        for (place, found) in [("title", as_title), ("description", ends(text))] {
            if found != Some((*low, *high)) {
                wrong.push(format!("{place}: {text:?} should be {low:?} {high:?}, is {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn assert_reads_nothing(phrases: &[&str]) {
    let found = |text: &&str| ends(text).map(|ends| format!("{text:?} is read as {ends:?}"));
    let wrong: Vec<String> = phrases.iter().filter_map(found).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reads_one_number() {
    let table: Vec<_> = [
        ("Opinions on parks (~ 30 minutes)", 30 * MIN),
        ("Rate snacks (~ 1 minutes)", MIN),
        ("20-minute survey on bicycles", 20 * MIN),
        ("A 7 minute study of colours", 7 * MIN),
        ("Tell us about gardens, takes 12 mins", 12 * MIN),
        ("Takes 12min", 12 * MIN),
        ("Estimated time: 8 min.", 8 * MIN),
        ("Estimated duration 25 minutes", 25 * MIN),
        ("The survey lasts about 14 minutes", 14 * MIN),
        ("It should take around 90 sec", 90),
        ("45 second survey", 45),
        ("takes 30 seconds to finish", 30),
        ("1.5 hrs", 5_400),
        ("A 1.5 hour study", 5_400),
        ("takes 1,5 hours", 5_400),
        ("½ hour", 30 * MIN),
        ("1½ hours", 90 * MIN),
        ("1 ½ hour study", 90 * MIN),
        ("1/2 hour survey", 30 * MIN),
        ("1 1/2 hour survey", 90 * MIN),
        ("takes half an hour", 30 * MIN),
        ("about a half hour", 30 * MIN),
        ("a half-hour study", 30 * MIN),
        ("takes about an hour", HOUR),
        ("This will take an hour and a half", 90 * MIN),
        ("takes one and a half hours", 90 * MIN),
        ("1 hour study", HOUR),
        ("1h 30m", 90 * MIN),
        ("1h30 study", 90 * MIN),
        ("1 hour 15 minutes", 75 * MIN),
        ("1 hour and 15 minutes", 75 * MIN),
        ("1 hr, 10 min", 70 * MIN),
        ("2 minutes 30 seconds", 150),
        ("five minutes", 5 * MIN),
        ("A survey of ten minutes", 10 * MIN),
        ("Twenty-five minute questionnaire", 25 * MIN),
        ("takes forty five minutes", 45 * MIN),
        ("five (5) minutes", 5 * MIN),
        ("10 (ten) minutes", 10 * MIN),
        ("takes a couple of minutes", 2 * MIN),
        ("Quick poll – 3 mins!", 3 * MIN),
        ("[6 min] Judge two logos", 6 * MIN),
        ("15 minuets of questions", 15 * MIN),
        ("15 mintues survey", 15 * MIN),
        ("takes 15 minites", 15 * MIN),
        ("Survey | 4 MIN | easy", 4 * MIN),
        ("Earn $2 for a 10 minute survey", 10 * MIN),
        ("$1.00 for 8 minutes", 8 * MIN),
        ("8 minutes for $1.00", 8 * MIN),
        ("pays 75 cents, 6 minutes", 6 * MIN),
        ("Only 3 minutes of your time", 3 * MIN),
        ("approx. 9 minutes", 9 * MIN),
        ("≈ 9 minutes", 9 * MIN),
        ("c. 9 minutes", 9 * MIN),
        ("５分のアンケート。約５分", 5 * MIN),
        ("Do you have 5 minutes to help us?", 5 * MIN),
        ("Watch three clips and answer a 15-minute survey", 15 * MIN),
        ("10 minute video survey", 10 * MIN),
        ("Part 2 - 10 minutes", 10 * MIN),
        ("Task 3 – 20 minute study", 20 * MIN),
        ("Round 2/5 (~ 5 minutes)", 5 * MIN),
        ("7 minutes per HIT", 7 * MIN),
        ("Spend 5 minutes on this survey", 5 * MIN),
        ("expected to take 1 min", MIN),
        ("Video Tastes(~ 9 minutes)", 9 * MIN),
        ("The follow-up survey (~ 10 minutes)", 10 * MIN),
        ("You are invited to take part in a 10 minute survey on trees", 10 * MIN),
        ("We invite you to complete this 15-minute study", 15 * MIN),
        ("10 minute survey - limited spots", 10 * MIN),
        ("5 minute survey, approval in 24 hours", 5 * MIN),
        ("10 minutes / $1.00", 10 * MIN),
        ("5 min/HIT", 5 * MIN),
        ("Another 5 minute survey", 5 * MIN),
        ("(5 minutes) Rate clips of dogs", 5 * MIN),
        ("5 min - video preferences", 5 * MIN),
        ("Survey about your future plans, takes 12 minutes", 12 * MIN),
        ("Play a 10-minute game", 10 * MIN),
        ("5 min fast pay", 5 * MIN),
        ("Time needed: 10 min", 10 * MIN),
        ("Time to complete: 10 mins.", 10 * MIN),
        ("Average time 3 min 30 sec", 210),
        ("Average completion time is 4 minutes.", 4 * MIN),
        ("Most people finish in 8 minutes.", 8 * MIN),
        ("Must be 18 or older. The study will last 30 minutes.", 30 * MIN),
        ("US only; 6 minutes; easy", 6 * MIN),
        ("We estimate that it takes you 20 minutes in all.", 20 * MIN),
        ("This HIT will take you ~7min to do.", 7 * MIN),
        ("Survey (approximately 11 mins.)", 11 * MIN),
        ("$2.50 / 15 minutes", 15 * MIN),
        ("15 minute survey for $2.50", 15 * MIN),
        ("A survey about sleep: 5 min.", 5 * MIN),
        ("Quick 1min survey", MIN),
        ("Quick 1-min. survey", MIN),
        ("Complete a 2-part survey (10 minutes total)", 10 * MIN),
        ("Read 3 articles and answer 5 questions. 8 minutes.", 8 * MIN),
        ("Approx 0.5 hours", 30 * MIN),
        ("Approx .5 hours", 30 * MIN),
        ("The HIT requires about 1 hr of your time", HOUR),
        ("1-hour study", HOUR),
        ("One-hour interview about work", HOUR),
        ("A two-hour online experiment", 2 * HOUR),
        ("half hour study", 30 * MIN),
        ("ONLY 5 MINUTES!!!", 5 * MIN),
        ("5\u{a0}minutes", 5 * MIN),
        ("It takes less than 30 days; the survey itself takes 5 minutes", 5 * MIN),
        ("Complete the 10 minute survey and receive $1", 10 * MIN),
        ("You will be paid $1 for a 6 minute survey", 6 * MIN),
        ("You will be asked to fill out a 15 minute questionnaire", 15 * MIN),
        ("You may take breaks. Duration 40 minutes", 40 * MIN),
        ("Participants will get $3 for 20 minutes of their time", 20 * MIN),
    ]
    .into_iter()
    .map(|(text, secs)| (text, Some(secs), Some(secs)))
    .collect();
    assert_reads(&table);
}

#[test]
fn reads_ranges() {
    let table: Vec<_> = [
        ("5-10 min", 5 * MIN, 10 * MIN),
        ("5 - 10 minute survey", 5 * MIN, 10 * MIN),
        ("5–10 mins", 5 * MIN, 10 * MIN),
        ("takes 5—10 minutes", 5 * MIN, 10 * MIN),
        ("takes 5~10 minutes", 5 * MIN, 10 * MIN),
        ("5 to 10 minutes", 5 * MIN, 10 * MIN),
        ("takes five to seven minutes", 5 * MIN, 7 * MIN),
        ("2 or 3 minutes", 2 * MIN, 3 * MIN),
        ("between 6 and 10 minutes", 6 * MIN, 10 * MIN),
        ("takes between five and ten minutes", 5 * MIN, 10 * MIN),
        ("45 minutes to 1 hour", 45 * MIN, HOUR),
        ("45 min - 1 hr study", 45 * MIN, HOUR),
        ("1-1.5 hours", HOUR, 5_400),
        ("1 to 2 hours", HOUR, 2 * HOUR),
        ("30 to 60 seconds", 30, 60),
        ("30 seconds to 2 minutes", 30, 120),
        ("5min-10min", 5 * MIN, 10 * MIN),
        ("A short one ($0.40 for 2–3 minutes)", 2 * MIN, 3 * MIN),
        ("Survey 3 to 4 minutes", 3 * MIN, 4 * MIN),
        ("dauert 5 bis 10 Minuten", 5 * MIN, 10 * MIN),
        ("de 5 a 10 minutos", 5 * MIN, 10 * MIN),
        ("entre 5 et 10 minutes", 5 * MIN, 10 * MIN),
        ("da 5 a 10 minuti", 5 * MIN, 10 * MIN),
        ("所要時間は5～10分です", 5 * MIN, 10 * MIN),
        ("需要5到10分钟", 5 * MIN, 10 * MIN),
        ("takes 10 or 15 minutes", 10 * MIN, 15 * MIN),
        ("10 min to 15 min", 10 * MIN, 15 * MIN),
        ("(10-12 mins)", 10 * MIN, 12 * MIN),
        ("about 1-2 minutes", MIN, 2 * MIN),
        ("around 20 - 25 minutes", 20 * MIN, 25 * MIN),
        ("from 5 to 10 minutes", 5 * MIN, 10 * MIN),
        ("half an hour to an hour", 30 * MIN, HOUR),
        ("1 to 1 1/2 hours", HOUR, 90 * MIN),
        ("takes 20 to 30 mins depending on your speed", 20 * MIN, 30 * MIN),
        ("It takes about 5 to 7 minutes and pays $0.50 to $1.00", 5 * MIN, 7 * MIN),
        ("zwischen 10 und 15 Minuten", 10 * MIN, 15 * MIN),
        ("2 - 3 Minuten", 2 * MIN, 3 * MIN),
    ]
    .into_iter()
    .map(|(text, low, high)| (text, Some(low), Some(high)))
    .collect();
    assert_reads(&table);
}

#[test]
fn reads_maxima_and_minima() {
    assert_reads(&[
        ("<5 minute", None, Some(5 * MIN)),
        ("Easy (< 2 minutes)", None, Some(2 * MIN)),
        ("≤ 5 min", None, Some(5 * MIN)),
        ("under a minute", None, Some(MIN)),
        ("takes less than a minute", None, Some(MIN)),
        ("less than 10min", None, Some(10 * MIN)),
        ("no more than ten minutes", None, Some(10 * MIN)),
        ("should not take more than 10 minutes", None, Some(10 * MIN)),
        ("won't take longer than 4 minutes", None, Some(4 * MIN)),
        ("20 min max", None, Some(20 * MIN)),
        ("max. 20 min", None, Some(20 * MIN)),
        ("5 minutes or less", None, Some(5 * MIN)),
        ("up to 15 minutes", None, Some(15 * MIN)),
        ("takes at most 3 minutes", None, Some(3 * MIN)),
        ("can be done within 5 minutes", None, Some(5 * MIN)),
        ("weniger als 5 Minuten", None, Some(5 * MIN)),
        ("moins de 5 minutes", None, Some(5 * MIN)),
        ("menos de 5 minutos", None, Some(5 * MIN)),
        ("10分以内", None, Some(10 * MIN)),
        ("30+ minutes", Some(30 * MIN), None),
        ("takes at least 30 minutes", Some(30 * MIN), None),
        ("takes over an hour", Some(HOUR), None),
        ("more than 20 minutes to complete", Some(20 * MIN), None),
        ("maximum of 10 minutes", None, Some(10 * MIN)),
        ("10 mins or under", None, Some(10 * MIN)),
        ("not exceeding 15 minutes", None, Some(15 * MIN)),
        ("will take no longer than 10 minutes", None, Some(10 * MIN)),
        ("takes less than one minute", None, Some(MIN)),
        ("minimum 30 minutes", Some(30 * MIN), None),
        ("30 minutes or more", Some(30 * MIN), None),
        ("höchstens 10 Minuten", None, Some(10 * MIN)),
        ("maximal 10 Minuten", None, Some(10 * MIN)),
    ]);
}

#[test]
fn reads_other_languages() {
    let table: Vec<_> = [
        ("Ca. 2 Minuten", 2 * MIN),
        ("Die Umfrage dauert etwa 12 Minuten", 12 * MIN),
        ("15-minütige Studie", 15 * MIN),
        ("ungefähr eine Stunde", HOUR),
        ("eine halbe Stunde", 30 * MIN),
        ("Dauer: fünf Minuten", 5 * MIN),
        ("30 Sekunden", 30),
        ("La encuesta dura 10 minutos", 10 * MIN),
        ("tarda media hora", 30 * MIN),
        ("aproximadamente 1 hora", HOUR),
        ("unos cinco minutos", 5 * MIN),
        ("40 segundos", 40),
        ("environ 15 minutes", 15 * MIN),
        ("dure une demi-heure", 30 * MIN),
        ("environ 2 heures", 2 * HOUR),
        ("pesquisa de 10 minutos", 10 * MIN),
        ("leva meia hora", 30 * MIN),
        ("circa 20 minuti", 20 * MIN),
        ("dura mezz'ora", 30 * MIN),
        ("circa 2 ore", 2 * HOUR),
        ("所要時間は約30分", 30 * MIN),
        ("1時間30分", 90 * MIN),
        ("約1時間半", 90 * MIN),
        ("30秒", 30),
        ("大约10分钟", 10 * MIN),
        ("需要1个小时", HOUR),
        ("約十五分", 15 * MIN),
        ("약 10분", 10 * MIN),
        ("займет 10 минут", 10 * MIN),
        ("18-minutowa ankieta", 18 * MIN),
        ("sondaj de 18 minute", 18 * MIN),
    ]
    .into_iter()
    .map(|(text, secs)| (text, Some(secs), Some(secs)))
    .collect();
    assert_reads(&table);
}

#[test]
fn leaves_media_and_activities() {
    assert_reads_nothing(&[
        "Transcribe a 5 minute audio clip",
        "a 16 second video of a street",
        "Listen to a 3-minute song",
        "Watch a 2 minute trailer and tell us what you saw",
        "Spend 1 minute talking about your city",
        "spend 20 seconds reviewing a picture",
        "Upload a 1-minute screencast",
        "Upload 2-minute screencasts of a page",
        "Watch several short (approx. 1 minute) videos",
        "Watch a video (2 minutes) and answer",
        "Listen to the music for at least 30 seconds",
        "Record yourself for 30 seconds",
        "recordings with a total duration of about 1 minute, recorded for 1 minute",
        "30 minutes of exercise",
        "10 hours of audio",
        "videos lasting 10 seconds, view all of them",
        "Ten 30-second clips",
        "4 minute long video",
        "You sleep at least 7 hours",
        "who work 40 hours",
        "Write a summary of a 10-minute podcast episode",
        "Label objects in 20 second clips",
        "Annotate a 1-hour recording",
        "an audio file of 3 minutes",
        "The video is 6 minutes long",
        "videos are about 30 seconds each",
        "Watch 2 minutes of a film",
        "Walk for 10 minutes",
        "Take a photo of your meal within 1 hour of eating",
    ]);
}

#[test]
fn leaves_deadlines_and_other_spans() {
    assert_reads_nothing(&[
        "if completed in 30 minutes you will be paid more",
        "you have 60 minutes",
        "You will have 45 minutes to finish",
        "You are given 20 minutes",
        "expires in 2 hours",
        "This HIT expires in 20 minutes",
        "within 2 hours you get a bonus",
        "Payment within 3 hours",
        "payment in 24 hours",
        "approved within 48 hours",
        "Submit within 10 minutes to get a bonus",
        "must be submitted within 15 minutes",
        "There is a time limit of 30 minutes",
        "30 minute time limit",
        "the timer allows 12 minutes",
        "must be free at 3 pm for 1 hour",
        "Available at 15:30 for 1 hour",
        "30 days",
        "a 3-week study",
        "wait 5 minutes",
        "after 10 minutes you may go on",
        "every 5 minutes",
        "in the last 24 hours",
        "in the past 2 hours",
        "2 hours ago",
        "a 5 minute break",
        "10 minutes later",
        "people who use a phone 5 hours a day",
        "20 hours per week",
        "1 minute each",
        "2 minutes per question",
        "30 seconds per image",
        "You have one hour to complete the task",
        "Bonus if you finish within 10 minutes",
        "You must complete it within 1 hour of accepting",
        "The code expires after 15 minutes",
        "Allotted time: 60 minutes",
        "time limit: 1 hour",
        "HITs are approved in 3 hours",
        "approval in 1 hour",
        "We pay within 2 hours",
        "a 24-hour recall",
        "in the next 2 hours",
        "every 2 hours",
        "TV for 3 hours a day",
        "It is 5 minutes away",
    ]);
}

#[test]
fn leaves_rates_and_lookalikes() {
    assert_reads_nothing(&[
        "$0.66 per minute",
        "$12/hour",
        "$15/hr",
        "$9 an hour",
        "20 dollars an hour",
        "pays $10 per hour",
        "about $0.38 per minute / $22.80 per hour",
        "$3 per 20 minutes",
        "$0.18 per timed media minute",
        "the second survey",
        "Part 2 second wave",
        "the first half of the survey",
        "a short minute survey",
        "teens and 20s",
        "5 m away",
        "just a second",
        "Take a minute",
        "the minutes of a meeting",
        "minimum 5 words",
        "3時に開始",
        "2分の1",
        "um 15 Uhr",
        "Los Angeles, 10 mints",
        "5 questions",
        "COVID-19",
        "2021-03-10",
        "",
    ]);
}

#[test]
fn leaves_the_time_of_another_task() {
    assert_reads_nothing(&[
        "You may qualify for a longer survey ($4, ~30 min)",
        "a later study of 40 minutes",
        "If you qualify, you will be invited to a 45 minute study",
        "you may be invited to a follow-up interview (30 minutes)",
        "an additional 10 minutes",
    ]);
}

#[test]
fn title_and_description_that_differ_span_both() {
    let time = stated_time("Social choices (~ 5 minutes)", "This is a one minute survey").unwrap();
    assert!(time.differs);
    assert_eq!((time.stated_low_secs, time.stated_high_secs), (Some(60), Some(300)));
    assert!(time.range.low_secs < 60 && time.range.high_secs > 300);
    assert_eq!(time.quote, "5 minutes");
}

#[test]
fn title_and_description_that_agree_do_not_differ() {
    let agree = |title, description| !stated_time(title, description).unwrap().differs;
    assert!(agree("Study (~ 10 minutes)", "takes ten minutes"));
    assert!(agree("Study (~ 2 minutes)", "a short screener (< 2 minutes)"));
    assert!(agree("Diary (~ 5 minutes)", "An intake (~10 minutes) and diaries (~5 minutes)"));
    assert!(!agree("Study (45 seconds)", "less than 1 minute"));
}

#[test]
fn a_deadline_takes_the_belief_from_the_same_bare_number() {
    assert_eq!(
        stated_time("Transcribe a note in 30 minutes.", "If completed in 30 minutes you get $0.25."),
        None
    );
}

#[test]
fn the_whole_outranks_its_parts() {
    let time =
        stated_time("", "A 2 minute quiz, then a 10 minute survey. In total it takes 15 minutes.").unwrap();
    assert_eq!(time.stated_high_secs, Some(900));
}

#[test]
fn quotes_the_words_as_they_stand() {
    let quote = |text| stated_time(text, "").unwrap().quote;
    assert_eq!(quote("Parks (takes 5 to  10 Minutes)"), "5 to 10 Minutes");
    assert_eq!(quote("less than a minute"), "less than a minute");
    assert_eq!(quote("所要時間は約30分"), "30分");
    let long = format!("1{}minutes", " ".repeat(500));
    assert!(quote(&long).chars().count() <= 40);
}

#[test]
fn a_number_becomes_a_range_of_half_to_double() {
    let range = stated_time("", "takes 10 minutes").unwrap().range;
    assert_eq!(range, TimeRange { low_secs: 300, mid_secs: 600, high_secs: 1_200 });
    let below = stated_time("", "less than 10 minutes").unwrap().range;
    assert_eq!(below, TimeRange { low_secs: 225, mid_secs: 450, high_secs: 900 });
    let wide = stated_time("", "takes 5 to 20 minutes").unwrap().range;
    assert_eq!(wide.mid_secs, 600);
    assert!(wide.low_secs < 300 && wide.high_secs > 1_200);
}

#[test]
fn looks_at_the_first_4000_characters_only() {
    assert_eq!(stated_time("", &format!("{} takes 5 minutes", "x ".repeat(2_000))), None);
    assert!(stated_time("", &format!("{} takes 5 minutes", "x ".repeat(1_900))).is_some());
}

/// Work per character is bounded: ten megabytes of every awkward piece take no longer than 4,000 characters.
#[test]
fn hostile_length_is_cut() {
    for piece in [
        "5-",
        "1 ",
        "1,",
        "1/2 ",
        "5 minutes ",
        "((((",
        "and a half ",
        "分",
        "1時間",
        "9",
        "less than ",
        "a a ",
    ] {
        let text = piece.repeat(10_000_000 / piece.len());
        let _ = stated_time(&text, &text);
    }
}

proptest! {
    #[test]
    fn never_panics(title in any::<String>(), description in any::<String>()) {
        let _ = stated_time(&title, &description);
    }

    #[test]
    fn never_panics_on_pieces_of_times(pieces in proptest::collection::vec(
        proptest::sample::select(vec![
            "5", "10", "1/2", "½", "1.5", "1,000", "99999999999999999999", "-", "–", "to", "or", "and", "between", "min", "minutes", "hour",
            "h", "m", "s", "(", ")", "~", "<", ">", "=", "$", "/", "per", "a", "half", "分", "時間", "半", "十", "video", "survey", "\n", ".",
            "less", "than", "more", "not", "max", "if", "in", "within", " ", "\u{301}", "é", "for", "each", "of",
        ]), 0..40), glue in proptest::bool::ANY) {
        let text = pieces.join(if glue { "" } else { " " });
        if let Some(time) = stated_time(&text, &text) {
            prop_assert!(time.range.low_secs <= time.range.mid_secs && time.range.mid_secs <= time.range.high_secs);
            prop_assert!(time.range.low_secs >= 1);
            prop_assert!(!time.differs);
            prop_assert!(time.quote.chars().count() <= 40);
        }
    }
}
