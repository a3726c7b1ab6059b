//! Frames of tasks and surveys in other tabs, as other origins serve them.

use serde_json::Value;
use wagelight_market::{AssignmentState, HOSTS, Market, Question};

use crate::client::{Answer, Ask, ask, between, split};
use crate::day::{accepted, only_state, post, small};

/// The address of the frame in a work page.
fn frame_of(work: &str) -> String {
    between(work, "<iframe class=\"embed-responsive-item\" title=\"Task\" src=\"", "\"")
}

async fn open(market: &Market, address: &str) -> Answer {
    let (host, path) = split(address);
    assert!(HOSTS.contains(&host), "{host} leads to the market");
    ask(market, Ask { host, ..Ask::of(path) }).await
}

#[tokio::test]
async fn a_stepwise_task_stays_in_its_frame_until_the_last_page() {
    let market = small(Question::Stepwise).await;
    let (_, work) = accepted(&market, "").await;
    let frame = frame_of(&work);
    assert!(frame.starts_with("https://survey.example.test/hit?"));
    for step in 1..3 {
        let page = open(&market, &format!("{frame}&step={step}")).await.body;
        assert!(page.contains("id=\"next\"") && !page.contains("id=\"submit\""), "{step}");
        assert!(page.contains(&format!("name=\"step\" value=\"{}\"", step + 1)));
        assert!(page.contains("name=\"workerId\" value=\"A0WAGELIGHT0WW\""));
    }
    let last = open(&market, &format!("{frame}&step=3")).await.body;
    assert!(last.contains("action=\"https://www.mturk.com/mturk/externalSubmit\""));
    assert_eq!(only_state(&market.worker()), AssignmentState::Held);
}

#[tokio::test]
async fn a_survey_is_linked_from_the_frame_and_gives_a_code() {
    let market = small(Question::Survey).await;
    let (_, work) = accepted(&market, "").await;
    let frame = open(&market, &frame_of(&work)).await.body;
    assert!(frame.contains("target=\"_blank\" rel=\"noopener\"") && frame.contains("window.open("));
    let survey = between(&frame, "rel=\"noopener\" href=\"", "\"");
    assert!(survey.starts_with("https://survey.example.test/survey?"));
    assert!(open(&market, &survey).await.body.contains("id=\"next\""));
    let last = open(&market, &survey.replace("step=1", "step=3")).await.body;
    let code = between(&last, "<strong id=\"code\">", "</strong>");
    assert_eq!(code, "WL-000001");
    let id = market.worker().assignments()[0].assignment_id.clone();
    let form = format!("assignmentId={id}&code={code}");
    assert_eq!(post(&market, "www.mturk.com", "/mturk/externalSubmit", &form).await.status, 200);
    assert_eq!(only_state(&market.worker()), AssignmentState::Submitted);
}

#[tokio::test]
async fn frames_stand_on_their_own_hosts_alone() {
    let market = small(Question::Hosted).await;
    let (_, work) = accepted(&market, "").await;
    let frame = frame_of(&work);
    assert_eq!(open(&market, &frame).await.status, 200);
    let (_, path) = split(&frame);
    for host in ["worker.mturk.com", "survey.example.test"] {
        assert_eq!(ask(&market, Ask { host, ..Ask::of(path) }).await.status, 404, "{host}");
    }
    assert_eq!(ask(&market, Ask::of("/survey?step=1")).await.status, 404);
    let nobodys = "/mturk/externalSubmit";
    assert_eq!(post(&market, "www.mturk.com", nobodys, "assignmentId=3X&answer=1").await.status, 400);
}

#[tokio::test]
async fn false_messages_submit_nothing() {
    let market = small(Question::FalseMessages).await;
    let (_, work) = accepted(&market, "").await;
    let frame = open(&market, &frame_of(&work)).await.body;
    assert!(frame.contains("window.parent.postMessage") && !frame.contains("externalSubmit"));
    assert_eq!(only_state(&market.worker()), AssignmentState::Held);
}

#[tokio::test]
async fn an_answer_is_told_as_data_and_never_as_markup() {
    let market = small(Question::Hosted).await;
    accepted(&market, "").await;
    let id = market.worker().assignments()[0].assignment_id.clone();
    let form = format!("assignmentId={id}&answer=%3C%2Fscript%3E%22%27%3Cimg%3E");
    let told = post(&market, "www.mturk.com", "/mturk/externalSubmit", &form).await.body;
    assert!(!told.contains("<img>"));
    let message: Value = serde_json::from_str(&between(&told, "data-message=\"", "\"")).unwrap();
    assert_eq!(message["answer"][0]["value"], "</script>\"'<img>");
}
