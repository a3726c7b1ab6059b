//! Every failure is what it says, and comes when it shall.

use serde_json::Value;
use wagelight_market::{
    AssignmentState, Behaviour, Day, Failure, Market, PastWork, Question, Route, When, Wrong,
};

use crate::client::{Answer, between, get, props_of};
use crate::day::{BATCH, accepted, only_state, post, small, submit_in_frame};

const DASHBOARD: &str = "/dashboard?format=json";

/// A market with one failure, and a day with some rows.
async fn failing(failure: Failure) -> (Market, Day) {
    let market = small(Question::Hosted).await;
    let day = Day::at(market.now()).days_before(1);
    market.worker().enter(PastWork { day, tasks: 30, state: AssignmentState::Paid }).unwrap();
    let served = Behaviour { failures: vec![failure], ..market.behaviour() };
    market.set(served);
    (market, day)
}

async fn dashboard(wrong: Wrong) -> Answer {
    let failure = Failure { route: Some(Route::Dashboard), when: When::Always, wrong };
    get(&failing(failure).await.0, DASHBOARD).await
}

#[tokio::test]
async fn answers_that_are_none() {
    for (wrong, status, kind, part) in [
        (Wrong::TooManyHtml, 429, "text/html", "<div class=\"error-page\"><h1>429</h1><p class=\"message\">"),
        (Wrong::TooManyJson, 429, "application/json", "{\"message\":\"You have exceeded"),
        (Wrong::BadRequest, 400, "text/html", "error-page"),
        (Wrong::Unavailable, 503, "text/html", "error-page"),
        (Wrong::HtmlForJson, 200, "text/html", "<!DOCTYPE html>"),
        (Wrong::Captcha, 200, "text/html", "img class=\"captcha-image\""),
    ] {
        let answer = dashboard(wrong).await;
        assert_eq!(answer.status, status, "{wrong:?}");
        assert!(answer.header("content-type").unwrap().starts_with(kind), "{wrong:?}");
        assert!(answer.body.contains(part), "{wrong:?}: {}", answer.body);
    }
    let away = dashboard(Wrong::SignIn).await;
    assert_eq!((away.status, away.header("location")), (302, Some("https://www.amazon.com/ap/signin")));
}

#[tokio::test]
async fn data_that_are_not_as_they_should_be() {
    let huge = dashboard(Wrong::Huge).await;
    assert!(huge.body.len() > 50_000_000 && serde_json::from_str::<Value>(&huge.body).is_ok());
    assert!(serde_json::from_str::<Value>(&dashboard(Wrong::CutOff).await.body).is_err());
    let strings: Value = serde_json::from_str(&dashboard(Wrong::NumbersAsStrings).await.body).unwrap();
    assert_eq!(strings["daily_hit_statistics_overview"][0]["submitted"], "30");
    let undated: Value = serde_json::from_str(&dashboard(Wrong::RowWithoutId).await.body).unwrap();
    assert!(undated["daily_hit_statistics_overview"][0].get("date").is_none());

    let failure = |wrong| Failure { route: Some(Route::StatusDetails), when: When::Always, wrong };
    let (market, day) = failing(failure(Wrong::RowWithoutId)).await;
    let rows = get(&market, &format!("/status_details/{day}?format=json")).await.body;
    let rows: Value = serde_json::from_str(&rows).unwrap();
    assert!(rows["results"][0].get("hit_id").is_none() && rows["results"][1]["hit_id"].is_string());
    let page = get(&market, &format!("/status_details/{day}")).await.body;
    let props = props_of(&page, "hitStatusDetailsTable/HitStatusDetailsTable").remove(0);
    let props: Value = serde_json::from_str(&props).unwrap();
    assert!(props["bodyData"][0].get("assignment_id").is_none() && props["bodyData"][0]["title"].is_string());
}

#[tokio::test]
async fn pages_never_end() {
    let failure =
        Failure { route: Some(Route::StatusDetails), when: When::Always, wrong: Wrong::EndlessPages };
    let (market, day) = failing(failure).await;
    for page in [1, 2, 3, 1_000_000] {
        let path = format!("/status_details/{day}?page_number={page}&format=json");
        let answer: Value = serde_json::from_str(&get(&market, &path).await.body).unwrap();
        assert_eq!((&answer["num_results"], answer["results"].as_array().unwrap().len()), (&20.into(), 20));
        assert!(answer["total_num_results"].as_u64().unwrap() > page * 20);
    }
}

#[tokio::test]
async fn failures_come_when_they_shall_and_nowhere_else() {
    for (when, expected) in [
        (When::Always, [429, 429, 429, 429]),
        (When::From(3), [200, 200, 429, 429]),
        (When::Next(1), [429, 200, 200, 200]),
    ] {
        let failure = Failure { route: Some(Route::Dashboard), when, wrong: Wrong::TooManyJson };
        let (market, day) = failing(failure).await;
        let mut seen = Vec::new();
        for _ in 0..4 {
            assert_eq!(get(&market, &format!("/status_details/{day}")).await.status, 200);
            seen.push(get(&market, DASHBOARD).await.status);
        }
        assert_eq!(seen, expected, "{when:?}");
        // The same failures once more: the count goes on. Others: it begins anew.
        let same = Behaviour { failures: vec![failure], ..market.behaviour() };
        market.set(same);
        assert_eq!(get(&market, DASHBOARD).await.status, expected[3]);
        let second = Failure { route: None, when: When::Next(1), wrong: Wrong::Unavailable };
        market.set(Behaviour { failures: vec![second, failure], ..market.behaviour() });
        assert_eq!(get(&market, DASHBOARD).await.status, 503, "the first of the list");
    }
}

#[tokio::test]
async fn a_submission_that_does_not_count_is_told_by_the_frame_and_denied_by_the_site() {
    let market = small(Question::Hosted).await;
    let failure = Failure { route: Some(Route::Submit), when: When::Next(1), wrong: Wrong::Refused };
    market.set(Behaviour { failures: vec![failure], ..market.behaviour() });
    let (path, work) = accepted(&market, "").await;
    let onward = submit_in_frame(&market, &work).await;
    assert_eq!(only_state(&market.worker()), AssignmentState::Held);
    assert_eq!(onward.header("location"), Some(path.as_str()), "back to the task");
    let again = get(&market, &path).await.body;
    assert!(again.contains("Your HIT submission was not successful"));
    submit_in_frame(&market, &again).await;
    assert_eq!(only_state(&market.worker()), AssignmentState::Submitted);
}

#[tokio::test]
async fn a_task_is_not_given_out_and_not_taken_back() {
    let market = small(Question::Hosted).await;
    let behaviour = market.behaviour();
    let refused = |route| Failure { route: Some(route), when: When::Next(1), wrong: Wrong::Refused };
    let failures = vec![refused(Route::Accept), refused(Route::Return)];
    market.set(Behaviour { failures, ..behaviour });
    let link = format!("/projects/{BATCH}/tasks/accept_random");
    assert_eq!(get(&market, &link).await.status, 200);
    assert!(market.worker().assignments().is_empty());
    let (_, work) = accepted(&market, "").await;
    let action = between(&work, "<form method=\"post\" action=\"", "\"");
    let form = "_method=delete&authenticity_token=made-up-token";
    assert_eq!(post(&market, "worker.mturk.com", &action, form).await.status, 200);
    assert_eq!(only_state(&market.worker()), AssignmentState::Held);
    assert_eq!(post(&market, "worker.mturk.com", &action, form).await.status, 302);
    assert_eq!(only_state(&market.worker()), AssignmentState::Returned);
}
