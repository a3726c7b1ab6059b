//! The market as a browser meets it: over TLS, under the site's host name.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may fail by panic and say why it is skipped"
)]

mod client;
mod day;
mod failing;
mod frames;
mod hostile;
mod real;
mod recorded;
mod status;

use serde_json::Value;
use wagelight_market::{Behaviour, Csp, Listing, Market, Options, Rows, SignIn, invented_listing};

use client::{drawn_rows, get, props_of, template_rows};

pub(crate) async fn market(behaviour: Behaviour) -> Market {
    Market::start(Options { port: 0, behaviour }).await.expect("loopback can be bound")
}

#[tokio::test]
async fn a_page_carries_its_groups_and_says_what_was_asked() {
    let market = market(Behaviour::default()).await;
    let page = get(&market, "/projects?page_size=50").await;
    assert_eq!(page.status, 200);
    let props = props_of(&page.body, "hitSetTable/HitSetTable");
    let props: Value = serde_json::from_str(&props[0]).expect("props are JSON");
    let sent: Vec<&str> =
        props["bodyData"].as_array().unwrap().iter().map(|g| g["title"].as_str().unwrap()).collect();
    let made = invented_listing(714, 1, 0);
    assert_eq!(sent, made.iter().take(50).map(|group| group.title.as_str()).collect::<Vec<_>>());
    assert!(page.body.contains("1-50 of 714 results"));
    get(&market, "/tasks").await;
    assert_eq!(market.requests(), ["GET /projects?page_size=50", "GET /tasks"]);
}

#[tokio::test]
async fn keys_stand_in_the_wire_s_order() {
    let market = market(Behaviour::default()).await;
    let props = props_of(&get(&market, "/").await.body, "hitSetTable/HitSetTable").remove(0);
    let keys = [
        "\"hit_set_id\":",
        "\"requester_id\":",
        "\"requester_name\":",
        "\"title\":",
        "\"description\":",
        "\"assignment_duration_in_seconds\":",
        "\"creation_time\":",
        "\"assignable_hits_count\":",
        "\"latest_expiration_time\":",
        "\"caller_meets_requirements\":",
        "\"caller_meets_preview_requirements\":",
        "\"last_updated_time\":",
        "\"monetary_reward\":",
        "\"accept_project_task_url\":",
        "\"requester_url\":",
        "\"project_tasks_url\":",
        "\"project_requirements\":",
        "\"requesterInfo\":",
    ];
    let places: Vec<usize> = keys.iter().map(|key| props.find(key).expect(key)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn rows_stand_in_the_page_or_wait_for_its_script() {
    let market = market(Behaviour::default()).await;
    for (rows, csp, drawn, waiting) in [
        (Rows::AtOnce, Csp::None, 20, 20),
        (Rows::AfterHydration { delay_ms: 0 }, Csp::None, 0, 20),
        (Rows::AfterHydration { delay_ms: 0 }, Csp::StrictNonce, 0, 20),
        (Rows::Never, Csp::None, 0, 20),
        (Rows::Late { delay_ms: 500 }, Csp::WasmAllowed, 0, 20),
        (Rows::Late { delay_ms: 500 }, Csp::DefaultSrcNone, 20, 0),
        (Rows::Dribble { chunk: 3, every_ms: 10 }, Csp::Header("script-src 'self'".to_owned()), 20, 20),
    ] {
        market.set(Behaviour { rows, csp: csp.clone(), ..Behaviour::default() });
        let body = get(&market, "/").await.body;
        assert_eq!((drawn_rows(&body), template_rows(&body)), (drawn, waiting), "{rows:?} {csp:?}");
    }
}

#[tokio::test]
async fn the_policy_is_the_one_asked_for() {
    let market = market(Behaviour::default()).await;
    for (csp, starts, wasm) in [
        (Csp::None, None, false),
        (Csp::StrictNonce, Some("default-src 'none'; script-src 'nonce-"), false),
        (Csp::DefaultSrcNone, Some("default-src 'none'; style-src 'nonce-"), false),
        (Csp::WasmAllowed, Some("default-src 'none'; script-src 'nonce-"), true),
        (Csp::Header("default-src 'self'".to_owned()), Some("default-src 'self'"), false),
    ] {
        market.set(Behaviour { csp, ..Behaviour::default() });
        let page = get(&market, "/").await;
        let policy = page.header("content-security-policy");
        assert_eq!(policy.is_some(), starts.is_some());
        assert!(policy.unwrap_or_default().starts_with(starts.unwrap_or_default()), "{policy:?}");
        assert_eq!(policy.unwrap_or_default().contains("'wasm-unsafe-eval'"), wasm);
    }
}

#[tokio::test]
async fn paging_sorting_and_filtering_work_as_links() {
    let market = market(Behaviour::default()).await;
    let rewards = |body: &str| -> Vec<f64> {
        let props: Value = serde_json::from_str(&props_of(body, "hitSetTable/HitSetTable")[0]).unwrap();
        props["bodyData"]
            .as_array()
            .unwrap()
            .iter()
            .map(|g| g["monetary_reward"]["amount_in_dollars"].as_f64().unwrap())
            .collect()
    };
    let best = rewards(&get(&market, "/?sort=reward_desc&page_size=100").await.body);
    assert_eq!((best.len(), best[0]), (100, 60.0));
    assert!(best.is_sorted_by(|a, b| a >= b));
    assert_eq!(rewards(&get(&market, "/?page_size=1000").await.body).len(), 100, "100 is the site's maximum");
    assert_eq!(rewards(&get(&market, "/?page_size=100&page_number=8").await.body).len(), 14);
    assert_eq!(rewards(&get(&market, "/?page_number=900").await.body).len(), 0);
    let open = get(&market, "/?filters%5Bqualified%5D=true&page_size=100").await.body;
    assert!(!open.contains("fa-lock\"></i>") && open.contains("Accept &amp; Work"));
    let paid = rewards(&get(&market, "/?filters[min_reward]=5.00&page_size=100").await.body);
    assert!(!paid.is_empty() && paid.iter().all(|&dollars| dollars >= 5.0));
    market.set(Behaviour {
        max_page_size: 1_000,
        listing: Listing::Invented { size: 1_000, seed: 1 },
        ..Behaviour::default()
    });
    assert_eq!(rewards(&get(&market, "/?page_size=1000").await.body).len(), 1_000);
}

#[tokio::test]
async fn a_requester_s_page_lists_their_groups_alone() {
    let market = market(Behaviour::default()).await;
    let all = invented_listing(714, 1, 0);
    let regular = all.iter().find(|group| group.requester_name == "Harbor Image Labels").unwrap();
    let body = get(&market, &regular.requester_url).await.body;
    let props: Value = serde_json::from_str(&props_of(&body, "hitSetTable/HitSetTable")[0]).unwrap();
    let groups = props["bodyData"].as_array().unwrap();
    assert!(
        groups.len() > 5 && groups.iter().all(|group| group["requester_id"] == regular.requester_id.as_str())
    );
}

#[tokio::test]
async fn the_queue_has_its_own_schema() {
    let market = market(Behaviour { held: 40, ..Behaviour::default() }).await;
    let body = get(&market, "/tasks").await.body;
    let props: Value = serde_json::from_str(&props_of(&body, "taskQueueTable/TaskQueueTable")[0]).unwrap();
    let tasks = props["bodyData"].as_array().unwrap();
    assert_eq!(tasks.len(), 25, "the site's own limit");
    assert!(body.contains("Your HITs Queue (25)"));
    for task in tasks {
        let project = task["project"].as_object().unwrap();
        assert_eq!(project["caller_meets_requirements"], false);
        assert!(
            project["hit_requirements"]
                .as_array()
                .unwrap()
                .iter()
                .all(|r| r["caller_meets_requirement"].is_null())
        );
        assert!(!project.contains_key("requesterInfo") && !project.contains_key("project_requirements"));
        assert!(task["question"]["value"].as_str().unwrap().contains("&amp;workerId=A0WAGELIGHT0WW"));
    }
    market.set(Behaviour { held: 0, ..Behaviour::default() });
    assert!(get(&market, "/tasks").await.body.contains("There are currently no HITs assigned to you."));
}

#[tokio::test]
async fn json_answers_have_json_paths() {
    let market = market(Behaviour::default()).await;
    let answer: Value =
        serde_json::from_str(&get(&market, "/?format=json&page_size=100").await.body).unwrap();
    assert_eq!(
        (answer["num_results"].as_u64(), answer["total_num_results"].as_u64()),
        (Some(100), Some(714))
    );
    for group in answer["results"].as_array().unwrap() {
        assert!(group["project_tasks_url"].as_str().unwrap().ends_with("/tasks.json?ref=w_pl_prvw"));
    }
    let queue: Value = serde_json::from_str(&get(&market, "/tasks?format=json").await.body).unwrap();
    assert_eq!(queue["tasks"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn accepting_leads_to_the_work_page() {
    let market = market(Behaviour::default()).await;
    let all = invented_listing(714, 1, 0);
    let open = all.iter().find(|group| group.caller_meets_requirements).unwrap();
    let answer = get(&market, &open.accept_project_task_url).await;
    assert_eq!(answer.status, 302);
    let work = get(&market, answer.header("location").unwrap()).await.body;
    assert!(work.contains("workPipeline/TaskSubmitter") && work.contains("common/CompletionTimer"));
    let preview = get(&market, &open.project_tasks_url).await.body;
    assert!(preview.contains("common/ShowModal") && !preview.contains("workPipeline/TaskSubmitter"));
    let locked = all.iter().find(|group| !group.caller_meets_requirements).unwrap();
    let refused = get(&market, &locked.accept_project_task_url).await;
    assert!(refused.status == 200 && refused.body.contains("[&#39;PureAlert&#39;]"));
}

#[tokio::test]
async fn without_a_worker_every_page_leads_to_the_door() {
    let market = market(Behaviour { sign_in: SignIn::Needed, ..Behaviour::default() }).await;
    let answer = get(&market, "/projects").await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.header("location"), Some("https://www.amazon.com/ap/signin"));
    assert_eq!(get(&market, "/ap/signin").await.status, 200);
}

#[tokio::test]
async fn a_listing_that_cannot_be_read_is_said_to_be_so() {
    let market =
        market(Behaviour { listing: Listing::real("no/such/file.json"), ..Behaviour::default() }).await;
    let answer = get(&market, "/").await;
    assert_eq!(answer.status, 500);
    assert!(answer.body.starts_with("no/such/file.json: "));
}

#[tokio::test]
async fn given_groups_reach_the_page_as_they_are() {
    let given = serde_json::json!([{ "hit_set_id": "3X", "title": "A <b>title</b> & 'more'", "surprise": { "deep": [1, null] } }]);
    let market = market(Behaviour { listing: Listing::Custom(given.clone()), ..Behaviour::default() }).await;
    let body = get(&market, "/").await.body;
    let props: Value = serde_json::from_str(&props_of(&body, "hitSetTable/HitSetTable")[0]).unwrap();
    assert_eq!(props["bodyData"], given);
    assert!(body.contains("A &lt;b&gt;title&lt;/b&gt; &amp; &#39;more&#39;</span>"));
}

#[tokio::test]
async fn a_dropped_market_is_gone() {
    let market = market(Behaviour::default()).await;
    let port = market.port();
    drop(market);
    for _ in 0..200 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            return;
        }
        #[expect(clippy::disallowed_methods, reason = "the poll loop of these tests")]
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("port {port} is still open");
}
