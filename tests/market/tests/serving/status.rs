//! Dashboard and status pages: the ledger as the site shows it.

use serde_json::Value;
use wagelight_market::{AssignmentState, Behaviour, Day, FiledBy, Listing, Market, PastWork, Question};

use crate::client::{get, props_of};
use crate::day::{BATCH, small};

async fn json(market: &Market, path: &str) -> Value {
    serde_json::from_str(&get(market, path).await.body).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn today(market: &Market) -> Day {
    Day::at(market.now())
}

#[tokio::test]
async fn a_day_is_told_alike_by_page_and_json_but_for_the_reward() {
    let market = small(Question::Hosted).await;
    let worker = market.worker();
    let ids: Vec<String> = (0..4).map(|_| worker.accept(BATCH).unwrap().assignment_id).collect();
    for id in &ids[..3] {
        worker.submit(id).unwrap();
    }
    worker.reject(&ids[0], "A0WAGELIGHT0WW, the code is missing").unwrap();
    worker.approve(&ids[1]).unwrap();
    worker.pay(&ids[1]).unwrap();
    let day = today(&market);
    let body = get(&market, &format!("/status_details/{day}")).await.body;
    assert!(body.contains(&format!("<h1>{}</h1>", day.in_words())));
    let props: Value =
        serde_json::from_str(&props_of(&body, "hitStatusDetailsTable/HitStatusDetailsTable")[0]).unwrap();
    let on_page = props["bodyData"].as_array().unwrap().clone();
    let answer = json(&market, &format!("/status_details/{day}?format=json")).await;
    let in_json = answer["results"].as_array().unwrap().clone();
    assert_eq!((answer["num_results"].clone(), answer["total_num_results"].clone()), (3.into(), 3.into()));
    let states: Vec<&str> = in_json.iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["Submitted", "Paid", "Rejected"], "newest first; a held task is not listed");
    for (page, json) in on_page.iter().zip(&in_json) {
        assert_eq!(page["reward"], 0.25);
        assert_eq!(json["reward"], serde_json::json!({ "currency_code": "USD", "amount_in_dollars": 0.25 }));
        for key in ["assignment_id", "hit_id", "requester_id", "title", "requester_feedback", "state"] {
            assert_eq!(page[key], json[key]);
        }
        assert!(page["contact_requester_url"].is_string() && json.get("contact_requester_url").is_none());
        assert!(page.get("hit_set_id").is_none());
    }
    worker.overturn(&ids[0]).unwrap();
    worker.set_reward(&ids[0], 30).unwrap();
    let answer = json(&market, &format!("/status_details/{day}?format=json")).await;
    let last = &answer["results"][2];
    assert_eq!((&last["state"], &last["reward"]["amount_in_dollars"]), (&"Approved".into(), &0.3.into()));
    assert_eq!(last["requester_feedback"], "A0WAGELIGHT0WW, the code is missing");
}

#[tokio::test]
async fn pages_hold_twenty_rows_and_the_one_past_the_end_none() {
    let market = small(Question::Hosted).await;
    let day = today(&market).days_before(2);
    let entered =
        market.worker().enter(PastWork { day, tasks: 3_000, state: AssignmentState::Paid }).unwrap();
    assert_eq!(entered.len(), 3_000);
    let path = |page: u32| format!("/status_details/{day}?page_number={page}&format=json");
    let mut rows = Vec::new();
    for (page, expected) in [(1, 20), (2, 20), (150, 20), (151, 0)] {
        let answer = json(&market, &path(page)).await;
        assert_eq!((&answer["page_number"], &answer["total_num_results"]), (&page.into(), &3_000.into()));
        assert_eq!(answer["num_results"], expected, "{page}");
        rows.extend(answer["results"].as_array().unwrap().iter().map(|row| row["hit_id"].to_string()));
    }
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), 60);
    let body = get(&market, &format!("/status_details/{day}?page_number=7")).await.body;
    assert_eq!(props_of(&body, "navigation/Pagination"), ["{\"currentPage\":7,\"lastPage\":150}"]);
}

#[tokio::test]
async fn days_that_are_none_or_too_old_are_400() {
    let market = small(Question::Hosted).await;
    let today = today(&market);
    let status = async |path: String| get(&market, &path).await.status;
    assert_eq!(status(format!("/status_details/{}", today.days_before(45))).await, 200);
    assert_eq!(status(format!("/status_details/{}", today.days_before(46))).await, 400);
    assert_eq!(status("/status_details/yesterday".to_owned()).await, 400);
    assert_eq!(status("/status_details/2199-01-01?format=json".to_owned()).await, 400);
    assert_eq!(status(format!("/status_details/{today}?assignment_state=Paid")).await, 200);
    assert_eq!(status(format!("/status_details/{today}?assignment_state=Lost")).await, 400);
}

#[tokio::test]
async fn the_dashboard_sums_the_ledger() {
    let market = small(Question::Hosted).await;
    let worker = market.worker();
    let ids: Vec<String> = (0..3).map(|_| worker.accept(BATCH).unwrap().assignment_id).collect();
    for id in &ids {
        worker.submit(id).unwrap();
    }
    worker.approve(&ids[0]).unwrap();
    worker.reject(&ids[1], "").unwrap();
    let (today, old) = (today(&market), today(&market).days_before(50));
    worker.bonus(today, 150);
    worker.enter(PastWork { day: old, tasks: 2, state: AssignmentState::Paid }).unwrap();

    let body = get(&market, "/dashboard").await.body;
    let daily: Value =
        serde_json::from_str(&props_of(&body, "dailyWorkerStatisticsTable/DailyWorkerStatisticsTable")[0])
            .unwrap();
    let line = serde_json::json!({
        "date": format!("{today}T00:00:00.000Z"), "date_link": format!("/status_details/{today}"),
        "submitted": 3, "approved": 1, "rejected": 1, "pending": 1,
        "hits_rewards": 0.25, "bonus_rewards": 1.5, "earnings": 1.75,
    });
    assert_eq!(daily["bodyData"], serde_json::json!([line]), "days older than 45 are not kept");
    assert!(body.contains("EarningsByPeriodTable") && body.contains("id=\"dashboard-hits-overview\""));

    let answer = json(&market, "/dashboard?format=json").await;
    let lines = answer["daily_hit_statistics_overview"].as_array().unwrap();
    assert_eq!((lines.len(), &lines[0]["earnings"]), (1, &1.75.into()));
    assert!(lines[0].get("date_link").is_none());
    let overview = &answer["hits_overview"];
    // The group of the second old task pays nothing, but counts.
    assert_eq!((&overview["approved"], &overview["rejected"]), (&3.into(), &1.into()));
    assert_eq!((&overview["approval_rate"], &overview["rejection_rate"]), (&75.0.into(), &25.0.into()));
    let to_date = &answer["earnings_to_date"];
    assert_eq!(
        (&to_date["approved"], &to_date["bonuses"], &to_date["total_earnings"]),
        (&0.5.into(), &1.5.into(), &2.into())
    );
    assert!(get(&market, "/earnings").await.body.contains("<h2>Current Earnings: $2.00</h2>"));
}

#[tokio::test]
async fn the_day_of_a_task_over_midnight_is_the_one_the_market_files_by() {
    for (filed_by, days_back) in [(FiledBy::Submission, 0), (FiledBy::Acceptance, 1)] {
        let market = small(Question::Hosted).await;
        let worker = market.worker();
        let first = worker.accept(BATCH).unwrap();
        market.set(Behaviour {
            listing: Listing::of(&[first.group]),
            held: 0,
            filed_by,
            ..Behaviour::default()
        });
        // An hour is allotted: from ten minutes before the market's midnight to ten minutes after.
        let midnight = Day::at(first.accepted_at).noon() + 12 * 3_600;
        market.advance(midnight - 600 - market.now());
        let task = worker.accept(BATCH).unwrap();
        market.advance(1_200);
        let task = worker.submit(&task.assignment_id).unwrap();
        assert_eq!(task.day, Some(today(&market).days_before(days_back)), "{filed_by:?}");
    }
}

#[tokio::test]
async fn laid_tasks_come_back_when_the_behaviour_is_set() {
    let market = small(Question::Hosted).await;
    let listing = Behaviour::default().listing;
    let laid = Behaviour { listing, held: 3, ..Behaviour::default() };
    market.set(laid.clone());
    let worker = market.worker();
    let ids = || -> Vec<String> {
        let held = worker.assignments().into_iter().filter(|a| a.state == AssignmentState::Held);
        held.map(|a| a.assignment_id).collect()
    };
    let before = ids();
    market.set(Behaviour { max_page_size: 50, ..laid.clone() });
    assert_eq!((before.len(), &ids()), (3, &before), "nothing changed in the queue");
    worker.give_back(&before[0]).unwrap();
    market.set(laid);
    assert_eq!(ids().len(), 3);
    assert_eq!(json(&market, "/tasks?format=json").await["tasks"].as_array().unwrap().len(), 3);
}
