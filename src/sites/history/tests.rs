use super::*;
use crate::domain::history::{EntryId, Fact, ReturnReason, ServerState, StateWord};
use crate::domain::{Currency, Money, RequesterId, SiteDay, TaskId};
use crate::sites::answer::Body;
use crate::sites::recipe::PageKind;
use crate::sites::saved::{self, Snapshot};
use crate::sites::snapshot::Item;
use crate::sites::{Page, Place, find, page_of_kind};

const WORK: &str = include_str!("../../../tests/fixtures/mturk/work.html");
const STATUS_ANSWER: &str = include_str!("../../../tests/fixtures/mturk/status-day.json");
const STATUS_ODD: &str = include_str!("../../../tests/fixtures/mturk/status-day-odd.json");
const QUEUE: [&str; 2] = [
    include_str!("../../../tests/fixtures/mturk/queue.html"),
    include_str!("../../../tests/fixtures/mturk/queue.json"),
];
const DASHBOARD: [&str; 2] = [
    include_str!("../../../tests/fixtures/mturk/dashboard.html"),
    include_str!("../../../tests/fixtures/mturk/dashboard.json"),
];
const STATUS: &str = include_str!("../../../tests/fixtures/mturk/status-day.html");
const WORK_URL: &str = "https://worker.mturk.com/projects/3FIXTURE51GROUP000000000000000/tasks/\
                        3FIXTURE51TASK0000000000000000?assignment_id=3FIXTURE51ASSIGNMENT0000000000&from_queue=true";
const STATUS_URL: &str = "https://worker.mturk.com/status_details/2026-11-20";
const NOW: Timestamp = Timestamp(1_795_200_000_000);

fn page(url: &str) -> Page {
    match find(url) {
        Place::Page(page) | Place::Record(page) => *page,
        _ => panic!("no page: {url}"),
    }
}

fn seen(source: Source) -> Seen {
    Seen { at: NOW, source }
}

fn about(html: &str, url: &str) -> Item {
    saved::snapshot_at(html, &page(url), url).about.expect("a page")
}

fn items(text: &str, url: &str) -> Vec<Item> {
    let Snapshot { mut lists, problems, .. } = saved::snapshot_at(text, &page(url), url);
    assert_eq!(problems, []);
    lists.pop().expect("a list").items
}

fn day() -> SiteDay {
    SiteDay::parse("2026-11-20").expect("a day")
}

fn status_rows(items: &[Item]) -> Vec<Reading> {
    let page = page(STATUS_URL);
    items.iter().map(|item| read_row(item, &page, day(), seen(Source::StatusPage))).collect()
}

fn facts(reading: &Reading) -> &[Fact] {
    reading.observation.as_ref().map_or(&[], |observation| &observation.facts)
}

fn id(reading: &Reading) -> Option<&str> {
    reading.observation.as_ref().map(|observation| observation.id.0.as_str())
}

fn state(reading: &Reading) -> Option<StateWord> {
    facts(reading).iter().find_map(|fact| if let Fact::State(word) = fact { Some(*word) } else { None })
}

fn dollars(micros: i64) -> Money {
    Money { micros, currency: Currency::USD }
}

/// Places and what is wrong there.
type Whats<'a> = Vec<(&'a str, &'a str)>;

fn whats(reading: &Reading) -> Whats<'_> {
    reading.problems.iter().map(|problem| (problem.place.as_str(), problem.what.as_str())).collect()
}

#[test]
fn a_work_page_says_all_about_the_task_held() {
    let reading = read_work(&about(WORK, WORK_URL), &page(WORK_URL), NOW);
    assert_eq!(reading.problems, []);
    let observation = reading.observation.expect("an observation");
    assert_eq!(observation.id, EntryId("3FIXTURE51ASSIGNMENT0000000000".into()));
    assert_eq!((observation.source, observation.seen_at), (Source::WorkPage, NOW));
    assert_eq!(
        observation.facts,
        [
            Fact::TaskId(TaskId("3FIXTURE51TASK0000000000000000".into())),
            Fact::GroupId(TaskId("3FIXTURE51GROUP000000000000000".into())),
            Fact::Requester {
                id: Some(RequesterId("A5FIXTUREREQ51".into())),
                name: "Invented Lab 51".into()
            },
            Fact::Title("Describe a picture for [worker] (~ 5 minutes)".into()),
            Fact::Description("Two sentences. A bonus of $1 for good ones.".into()),
            Fact::AllottedSecs(3_600),
            Fact::Available(12),
            Fact::Reward(dollars(500_000)),
            Fact::Promised("A bonus of $1 for good ones".into()),
            Fact::AcceptedAt(Timestamp(NOW.0 - 90_000)),
            Fact::Deadline(Timestamp(NOW.0 + 3_510_000)),
            Fact::State(StateWord::Held),
        ]
    );
}

#[test]
fn nothing_private_of_a_page_is_picked() {
    for (html, url) in [(WORK, WORK_URL), (STATUS, STATUS_URL)] {
        let text = format!("{:?}", saved::snapshot_at(html, &page(url), url));
        for private in ["example.com", "made-up-token", "from_queue", "contact_requester", "workerId"] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }
    let frame = r#"{"assignmentId":"3A","answer":{"secret":"words"},"workerId":"A0INVENTEDWRKR"}"#;
    let text = format!("{:?}", saved::message(frame, &page(WORK_URL)));
    assert!(text.contains("3A") && !text.contains("words") && !text.contains("A0INVENTEDWRKR"), "{text}");
}

#[test]
fn a_page_without_an_assignment_or_a_timer_holds_nothing() {
    let preview = WORK_URL.split('?').next().expect("an address");
    assert_eq!(read_work(&about(WORK, preview), &page(preview), NOW), Reading::default());
    let gone = WORK.replace("CompletionTimer", "Gone").replace("rtrn", "gone").replace("\"delete\"", "\"x\"");
    assert_eq!(read_work(&about(&gone, WORK_URL), &page(WORK_URL), NOW), Reading::default());
}

#[test]
fn a_timer_that_cannot_be_is_said_and_gives_no_moment() {
    let cases = [
        ("3510", "3601", "remaining"),
        ("3510", "-5", "remaining"),
        ("3510", "&quot;soon&quot;", "remaining"),
        ("3510", "1e400", "remaining"),
        ("3510", "[]", "remaining"),
        ("Seconds&quot;:3600,&quot;time", "Seconds&quot;:0,&quot;time", "remaining"),
    ];
    for (from, to, place) in cases {
        let reading = read_work(&about(&WORK.replace(from, to), WORK_URL), &page(WORK_URL), NOW);
        assert!(reading.problems.iter().any(|problem| problem.place == place), "{to}: {reading:?}");
        assert!(!facts(&reading).iter().any(|fact| matches!(fact, Fact::AcceptedAt(_) | Fact::Deadline(_))));
        assert_eq!(state(&reading), Some(StateWord::Held), "the return form is there");
    }
    let ran_out = WORK.replace("3510", "0");
    let reading = read_work(&about(&ran_out, WORK_URL), &page(WORK_URL), NOW);
    assert_eq!((state(&reading), whats(&reading)), (Some(StateWord::Expired), vec![]));
}

#[test]
fn a_preview_is_read_as_a_task_of_its_group() {
    let url = "https://worker.mturk.com/projects/3FIXTURE51GROUP000000000000000/tasks?ref=w_pl_prvw";
    let task = crate::sites::reading::read(&about(WORK, url), &page(url)).task.expect("a task");
    assert_eq!(task.id.0, "3FIXTURE51GROUP000000000000000");
    assert_eq!((task.reward, task.available), (Some(dollars(500_000)), Some(12)));
    assert_eq!(task.requester.id, Some(RequesterId("A5FIXTUREREQ51".into())));
}

#[test]
fn the_queue_says_when_a_task_was_taken_and_when_it_ends() {
    let url = "https://worker.mturk.com/tasks";
    for text in QUEUE {
        let readings: Vec<Reading> =
            items(text, url).iter().map(|item| read_held(item, &page(url), seen(Source::Queue))).collect();
        assert_eq!(readings.len(), 2);
        assert_eq!(id(&readings[0]), Some("3FIXTURE31ASSIGNMENT0000000000"));
        assert!(readings.iter().all(|reading| reading.problems.is_empty()), "{readings:?}");
        let first = facts(&readings[0]);
        assert!(first.contains(&Fact::AcceptedAt(Timestamp(1_614_589_200_000))), "{first:?}");
        assert!(first.contains(&Fact::Deadline(Timestamp(1_614_592_800_000))), "{first:?}");
        assert!(first.contains(&Fact::State(StateWord::Held)), "{first:?}");
    }
    let odd = r#"{"tasks":[{"task_id":"3T","accepted_at":"yesterday","deadline":17,"project":{}}]}"#;
    let reading = read_held(&items(odd, url)[0], &page(url), seen(Source::Queue));
    assert_eq!(id(&reading), Some("task:3T"), "without an assignment the task stands for it");
    let places: Vec<&str> = reading.problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["title", "reward", "accepted_at", "deadline"]);
}

#[test]
fn page_and_answer_of_a_day_say_the_same() {
    let of_page = status_rows(&items(STATUS, STATUS_URL));
    let of_answer = status_rows(&items(STATUS_ANSWER, STATUS_URL));
    assert_eq!(of_page, of_answer);
    assert!(of_page.iter().all(|reading| reading.problems.is_empty()), "{of_page:?}");
    let states: Vec<StateWord> = of_page.iter().filter_map(state).collect();
    let server = [
        ServerState::Submitted,
        ServerState::Approved,
        ServerState::Paid,
        ServerState::Rejected,
        ServerState::Approved,
    ];
    assert_eq!(states, server.map(StateWord::Server));
    assert_eq!(
        facts(&of_page[3]),
        [
            Fact::SiteDay(day()),
            Fact::TaskId(TaskId("3FIXTURE64TASK0000000000000000".into())),
            Fact::Requester {
                id: Some(RequesterId("A5FIXTUREREQ64".into())),
                name: "Invented Lab 64".into()
            },
            Fact::Title("Invented task 64".into()),
            Fact::Reward(dollars(2_250_000)),
            Fact::State(StateWord::Server(ServerState::Rejected)),
            Fact::Feedback(Some("Not finished, [worker]. See page 3.".into())),
        ]
    );
    assert!(facts(&of_page[0]).contains(&Fact::Feedback(None)), "null is: there is none");
    assert!(facts(&of_page[4]).contains(&Fact::Reward(dollars(0))));
}

#[test]
fn odd_rows_are_problems_with_their_place_and_never_wrong_numbers() {
    let readings = status_rows(&items(STATUS_ODD, STATUS_URL));
    let said: Vec<(Option<&str>, Whats<'_>)> =
        readings.iter().map(|reading| (id(reading), whats(reading))).collect();
    let missing = "is missing";
    assert_eq!(
        said,
        [
            (Some("3FIXTURE61ASSIGNMENT0000000000"), vec![("state", "is no state we know")]),
            (None, vec![("id", missing)]),
            (Some("3FIXTURE63ASSIGNMENT0000000000"), vec![]),
            (Some("3FIXTURE64ASSIGNMENT0000000000"), vec![("reward", "is not an amount")]),
            (
                Some("task:3FIXTURE65TASK0000000000000000"),
                vec![
                    ("feedback", "has an unexpected form (a list)"),
                    ("assignment_id", "is not an id"),
                    ("state", missing)
                ]
            ),
            (None, vec![("id", missing)]),
            (None, vec![("id", missing)]),
            (None, vec![("id", missing)]),
            (Some("task:3FIXTURE61TASK0000000000000000"), vec![]),
            (Some("3FIXTURE62ASSIGNMENT0000000000"), vec![]),
        ]
    );
    assert!(facts(&readings[2]).contains(&Fact::Reward(dollars(70_000))), "a number as a text");
    assert!(!facts(&readings[3]).iter().any(|fact| matches!(fact, Fact::Reward(_))));
    let feedback =
        |at: usize| facts(&readings[at]).iter().find(|fact| matches!(fact, Fact::Feedback(_))).cloned();
    assert_eq!(feedback(4), None, "what could not be read is unknown");
    assert_eq!(feedback(8), Some(Fact::Feedback(None)), "an empty text says nothing");
    assert_eq!(feedback(9), None, "where there is no place for it, nothing is known");
}

#[test]
fn a_day_of_three_thousand_rows_is_read() {
    let row = |n: usize| {
        format!(r#"{{"assignment_id":"3A{n}","hit_id":"3H{n}","title":"t","state":"Paid","reward":0.01}}"#)
    };
    let rows: Vec<String> = (0..3_000).map(row).collect();
    let answer = format!("{{\"results\":[{}]}}", rows.join(","));
    let Body::Items(items) = saved::body(&answer, &page(STATUS_URL)) else { panic!("items") };
    let readings = status_rows(&items);
    assert_eq!(readings.iter().filter(|reading| reading.observation.is_some()).count(), 3_000);
    assert!(readings.iter().all(|reading| reading.problems.is_empty()));
}

#[test]
fn the_day_of_a_status_page_stands_in_its_address() {
    assert_eq!(page_day(&page(STATUS_URL)), Some(day()));
    assert_eq!(
        page_day(&page("https://worker.mturk.com/status_details/2026-11-20/?page_number=2")),
        Some(day())
    );
    for path in ["status_details/2026-02-30", "status_details/yesterday", "dashboard", "tasks"] {
        assert_eq!(page_day(&page(&format!("https://worker.mturk.com/{path}"))), None, "{path}");
    }
}

#[test]
fn the_dashboard_has_sums_and_no_dust() {
    let url = "https://worker.mturk.com/dashboard";
    for text in DASHBOARD {
        let days: Vec<DayReading> = items(text, url).iter().map(|item| read_day(item, &page(url))).collect();
        assert!(days.iter().all(|day| day.problems.is_empty()), "{days:?}");
        let statistics = days[1].day.as_ref().expect("a day");
        assert_eq!(
            *statistics,
            DayStatistics {
                day: day(),
                submitted: Some(5),
                approved: Some(3),
                rejected: Some(1),
                pending: Some(1),
                task_pay: Some(dollars(300_000)),
                bonus_pay: Some(dollars(1_250_000)),
            }
        );
    }
}

#[test]
fn sums_that_are_none_are_unknown() {
    let url = "https://worker.mturk.com/dashboard";
    let read = |json: &str| read_day(&items(&format!("{{\"bodyData\":[{json}]}}"), url)[0], &page(url));
    let sum = |number: &str| {
        let reading = read(&format!(r#"{{"date":"2026-11-20","hits_rewards":{number}}}"#));
        (reading.day.and_then(|day| day.task_pay).map(|money| money.micros), reading.problems.len())
    };
    assert_eq!(sum("0.1234565"), (Some(123_457), 0));
    assert_eq!(sum("5.551115123125783e-17"), (Some(0), 0));
    assert_eq!(sum("12.999999999999998"), (Some(13_000_000), 0));
    assert_eq!(sum("\"7.10\""), (Some(7_100_000), 0));
    for number in ["-1", "1e400", "\"much\"", "[1]", "\"0.1234567x\"", "\"0.123456é7\""] {
        assert_eq!(sum(number), (None, 1), "{number}");
    }
    assert_eq!(sum("null"), (None, 0));
    for date in ["\"2026-13-01\"", "\"soon\"", "17", "{}", "\"2026-11-2é\""] {
        let reading = read(&format!(r#"{{"date":{date},"submitted":1}}"#));
        assert_eq!((reading.day, reading.problems.len()), (None, 1), "{date}");
    }
    let odd = read(r#"{"date":"2026-11-20","submitted":1.5,"approved":-1,"rejected":"3","pending":null}"#);
    let day = odd.day.expect("a day");
    assert_eq!((day.submitted, day.approved, day.rejected, day.pending), (None, None, Some(3), None));
    assert_eq!(odd.problems.len(), 2);
}

#[test]
fn a_notice_is_about_the_task_before() {
    assert_eq!(Notice::of(&about(WORK, WORK_URL)), Some(Notice::Submitted));
    assert_eq!(Notice::of(&Item::default()), None);
    let drawn = "<div class=mturk-alert-content><h3>The HIT has been returned.</h3></div>";
    let list = "https://worker.mturk.com/projects";
    assert_eq!(Notice::of(&about(drawn, list)), Some(Notice::Returned));
    let entry = || EntryId("3A".into());
    let word = |notice: Notice, deadline| {
        let observation = notice.observation(entry(), deadline, NOW);
        match observation.facts.as_slice() {
            [.., Fact::State(word)] => (observation.source, *word),
            _ => panic!("a state"),
        }
    };
    assert_eq!(word(Notice::Submitted, None), (Source::SubmitAlert, StateWord::Submitted));
    assert_eq!(word(Notice::SubmitFailed, None), (Source::SubmitAlert, StateWord::SubmitFailed));
    let returned = StateWord::Returned(None::<ReturnReason>);
    assert_eq!(word(Notice::Returned, None), (Source::ReturnAlert, returned));
    assert_eq!(word(Notice::Unavailable, Some(NOW)), (Source::ExpiryAlert, StateWord::Expired));
    let later = Some(Timestamp(NOW.0 + 1));
    assert_eq!(word(Notice::Unavailable, later), (Source::ExpiryAlert, StateWord::Gone));
    assert_eq!(expired(entry(), Timestamp(NOW.0 + 1), NOW), None);
    assert!(expired(entry(), NOW, NOW).is_some());
    assert_eq!(returning(entry(), NOW).source, Source::ReturnForm);
}

#[test]
fn a_frames_message_counts_for_its_own_page_alone() {
    let held = EntryId("3A".into());
    let told = |text: &str| submitted(&saved::message(text, &page(WORK_URL)), &held, NOW);
    let observation = told(r#"{"answer":"<xml/>","assignmentId":"3A"}"#).expect("a submission");
    assert_eq!(observation.source, Source::SubmitMessage);
    assert_eq!(observation.facts, [Fact::SubmittedAt(NOW), Fact::State(StateWord::Submitted)]);
    assert!(told(r#"{"assignmentId":"3A","answer":null}"#).is_some(), "an empty answer is one");
    for text in [
        r#"{"answer":"x","assignmentId":"3B"}"#,
        r#"{"assignmentId":"3A"}"#,
        r#"{"answer":"\"assignmentId\":\"3A\""}"#,
        r#"[{"answer":1,"assignmentId":"3A"}]"#,
        r#"{"answer":"x","assignmentId":["3A"]}"#,
        "3A",
        "",
        "{",
    ] {
        assert_eq!(told(text), None, "{text}");
    }
    let deep =
        format!("{{\"answer\":{}{},\"assignmentId\":\"3A\"}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(told(&deep).is_some(), "depth costs no stack");
}

#[test]
fn an_answer_that_is_no_list_says_why() {
    let page = page_of_kind("worker.mturk.com", PageKind::StatusDay).expect("a page");
    let body = |text: &str| saved::body(text, &page);
    assert_eq!(body("{\"results\":[]}"), Body::Items(vec![]));
    assert_eq!(body("{\"results\":{}}"), Body::OtherForm);
    assert_eq!(body("[]"), Body::OtherForm);
    assert_eq!(body("<!DOCTYPE html><p>Service Unavailable</p>"), Body::NoJson);
    assert_eq!(body("<form><img class=\"captcha-image\"><input id=captchaInput></form>"), Body::Captcha);
    assert_eq!(body(&format!("[\"{}\"]", "x".repeat(5_000_000))), Body::TooLarge);
    assert_eq!(body(""), Body::NoJson);
}

/// A value of JSON in any form where a text, a number or an object is meant.
const ANY_VALUE: &str = r#"null|true|-?[1-9][0-9]{0,19}|(0|[1-9][0-9]{0,2})\.[0-9]{1,20}|[0-9]e-?[0-9]{1,3}|"[ -!#-\[\]-~é\u{a0}]{0,20}"|\[\]|\{"amount_in_dollars":[0-9]\}"#;

proptest::proptest! {
    #[test]
    fn no_row_panics_or_invents(values in proptest::collection::vec(ANY_VALUE, 10)) {
        let names = ["assignment_id", "hit_id", "state", "reward", "requester_id", "title",
                     "requester_feedback", "date", "submitted", "hits_rewards"];
        let members: Vec<String> =
            names.iter().zip(&values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let json = format!("[{{{}}}]", members.join(","));
        for reading in status_rows(&items(&json, STATUS_URL)) {
            proptest::prop_assert!(reading.observation.is_some() || !reading.problems.is_empty());
            for fact in facts(&reading) {
                if let Fact::Reward(money) = fact {
                    proptest::prop_assert!(money.micros >= 0);
                }
            }
        }
        let dashboard = page("https://worker.mturk.com/dashboard");
        for item in items(&json, "https://worker.mturk.com/dashboard") {
            let reading = read_day(&item, &dashboard);
            proptest::prop_assert!(reading.day.is_some() || !reading.problems.is_empty());
        }
    }

    #[test]
    fn no_work_page_panics(cut in 0_usize..5_000, text in ".{0,200}") {
        let html = WORK.get(..cut.min(WORK.len())).unwrap_or(WORK);
        for html in [html, text.as_str()] {
            let about = saved::snapshot_at(html, &page(WORK_URL), WORK_URL).about.unwrap_or_default();
            let reading = read_work(&about, &page(WORK_URL), NOW);
            proptest::prop_assert!(reading.observation.is_none() || html.contains("data-react-props"));
        }
    }
}
