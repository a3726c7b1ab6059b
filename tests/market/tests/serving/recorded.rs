//! The record of requests: who asked, when, and until when.

use std::time::{Duration, Instant};

use tokio::time::timeout;
use wagelight_market::{Asked, Behaviour, Failure, Question, Route, When, Wrong, least_gap, most_at_once};

use crate::client::{Ask, ask, get};
use crate::day::small;
use crate::market;

fn slow(route: Route, ms: u32) -> Behaviour {
    let failures = vec![Failure { route: Some(route), when: When::Always, wrong: Wrong::Slow(ms) }];
    Behaviour { failures, ..Behaviour::default() }
}

#[tokio::test]
async fn a_request_has_its_host_its_kind_and_its_time() {
    let market = market(slow(Route::Dashboard, 60)).await;
    let before = Instant::now();
    let head = "Sec-Fetch-Dest: empty\r\n";
    ask(&market, Ask { head, ..Ask::of("/dashboard?format=json") }).await;
    let took = before.elapsed();
    ask(&market, Ask { host: "workersandbox.mturk.com", ..Ask::of("/tasks") }).await;
    ask(&market, Ask { host: "survey.example.test", ..Ask::of("/survey?step=1") }).await;
    let asked = market.asked();
    assert_eq!(
        market.requests(),
        ["GET /dashboard?format=json", "GET /tasks", "GET https://survey.example.test/survey?step=1"]
    );
    let fetch = &asked[0];
    assert!(fetch.is_fetch() && !asked[1].is_fetch());
    assert_eq!((fetch.route, fetch.status, fetch.method.as_str()), (Route::Dashboard, Some(200), "GET"));
    let under_way = fetch.ended.unwrap().checked_sub(fetch.began).unwrap();
    assert!(under_way >= Duration::from_millis(60) && under_way <= took, "{under_way:?} of {took:?}");
    assert_eq!((asked[1].host.as_str(), asked[2].route), ("workersandbox.mturk.com", Route::Task));
}

#[tokio::test]
async fn gaps_and_requests_at_once_are_seen() {
    let market = market(slow(Route::Dashboard, 250)).await;
    get(&market, "/dashboard").await;
    get(&market, "/dashboard").await;
    let one_by_one = market.asked();
    assert_eq!(most_at_once(&one_by_one), 1);
    assert!(least_gap(&one_by_one).unwrap() >= Duration::from_millis(250));
    tokio::join!(get(&market, "/dashboard"), get(&market, "/dashboard"));
    let at_once: Vec<Asked> = market.asked().into_iter().skip(2).collect();
    assert_eq!(most_at_once(&at_once), 2);
    assert!(least_gap(&at_once).unwrap() < Duration::from_millis(250));
    assert_eq!((least_gap(&at_once[..1]), most_at_once(&[])), (None, 0));
}

#[tokio::test]
async fn what_is_never_answered_ends_when_the_asker_leaves() {
    let market = small(Question::Hosted).await;
    let failures = vec![Failure { route: Some(Route::Queue), when: When::Always, wrong: Wrong::Silent }];
    market.set(Behaviour { failures, ..Behaviour::default() });
    assert!(timeout(Duration::from_millis(150), get(&market, "/tasks")).await.is_err());
    let left = Instant::now();
    while market.asked()[0].ended.is_none() {
        assert!(left.elapsed() < Duration::from_secs(10), "the market has not seen the end");
        tokio::task::yield_now().await;
    }
    assert_eq!(market.asked()[0].status, None);
}
