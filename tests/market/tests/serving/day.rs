//! A worker's day, by the pages themselves: accept, queue, submit, return, expire.

use serde_json::Value;
use wagelight_market::{
    Account, AssignmentState, Behaviour, Group, Listing, Market, Question, Refused, Reward, Worker,
};

use crate::client::{Answer, Ask, ask, between, get, props_of, split};
use crate::market;

/// A batch of tasks, of which any kind can be made by [`Behaviour::questions`].
pub(crate) const BATCH: &str = "3BATCH000000000000000000000000";
const OTHER: &str = "3OTHER000000000000000000000000";

/// A market with two groups and nothing in the queue.
pub(crate) async fn small(question: Question) -> Market {
    let batch = Group {
        requester_name: "Lantern Lab".to_owned(),
        title: "Name the colour".to_owned(),
        assignable_hits_count: 40,
        monetary_reward: Reward::usd_cents(25),
        ..Group::with_ids(BATCH, "A3LANTERNLAB01")
    };
    let other = Group { title: "One of a kind".to_owned(), ..Group::with_ids(OTHER, "A3LANTERNLAB01") };
    let listing = Listing::of(&[batch, other]);
    let questions = [(BATCH.to_owned(), question)].into();
    market(Behaviour { listing, questions, held: 0, ..Behaviour::default() }).await
}

pub(crate) fn only_state(worker: &Worker) -> AssignmentState {
    let all = worker.assignments();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].state
}

/// Follows an acceptance to the work page: its path, and its text.
pub(crate) async fn accepted(market: &Market, more: &str) -> (String, String) {
    let link = format!("/projects/{BATCH}/tasks/accept_random?ref=w_pl_prvw{more}");
    let answer = get(market, &link).await;
    assert_eq!(answer.status, 302);
    let path = answer.header("location").unwrap().to_owned();
    let body = get(market, &path).await.body;
    (path, body)
}

pub(crate) async fn post(market: &Market, host: &str, path: &str, form: &str) -> Answer {
    ask(market, Ask { host, form: Some(form), ..Ask::of(path) }).await
}

/// Submits in the frame of a work page, as its form does, and lets the page go on as its script does.
pub(crate) async fn submit_in_frame(market: &Market, work: &str) -> Answer {
    let source = between(work, "<iframe class=\"embed-responsive-item\" title=\"Task\" src=\"", "\"");
    let (host, path) = split(&source);
    let frame = ask(market, Ask { host, ..Ask::of(path) }).await;
    let (id, action) = (
        between(&frame.body, "name=\"assignmentId\" value=\"", "\""),
        between(&frame.body, "<form method=\"post\" action=\"", "\""),
    );
    let (host, path) = split(&action);
    let told = post(market, host, path, &format!("assignmentId={id}&answer=a+secret")).await;
    let message = between(&told.body, "data-message=\"", "\"");
    let message: Value = serde_json::from_str(&message).expect("the message is JSON");
    assert_eq!(message["assignmentId"], id.as_str());
    assert_eq!(message["answer"][0]["value"], "a secret");
    let onward = between(work, "<form class=\"hidden\" method=\"post\" action=\"", "\"");
    post(market, "worker.mturk.com", &onward, "authenticity_token=made-up-token").await
}

fn alert(body: &str) -> String {
    let class = "require(&#39;reactComponents/alert/Alert&#39;)[&#39;PureAlert&#39;]\" data-react-props=\"";
    let props: Value = serde_json::from_str(&between(body, class, "\"")).unwrap();
    props["header"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_work_page_has_what_is_attested() {
    let market = small(Question::Hosted).await;
    let (path, body) = accepted(&market, "").await;
    let held = market.worker().assignments().remove(0);
    assert!(path.contains(&held.task_id) && path.contains(&format!("assignment_id={}", held.assignment_id)));
    let prop = |component: &str| -> Value {
        serde_json::from_str(&props_of(&body, component).remove(0)).expect(component)
    };
    assert_eq!(prop("common/CopyText")["textToCopy"], Account::A);
    assert_eq!(prop("workPipeline/TaskSubmitter")["hiddenFormParams"]["task_id"], held.task_id.as_str());
    let timer = prop("common/CompletionTimer");
    assert_eq!(timer["originalTimeToCompleteInSeconds"], 3_600);
    assert!((3_590..=3_600).contains(&timer["timeRemainingInSeconds"].as_i64().unwrap()));
    let details = prop("common/ShowModal")["modalOptions"].clone();
    assert_eq!(
        (&details["projectTitle"], &details["monetaryReward"]["amountInDollars"]),
        (&"Name the colour".into(), &0.25.into())
    );
    let contact = details["contactRequesterUrl"].as_str().unwrap();
    assert!(contact.contains("requester_id%5D=A3LANTERNLAB01&"));
    for part in [
        "<meta name=\"csrf-token\"",
        "class=\"project-detail-bar\"",
        "<input type=\"hidden\" name=\"_method\" value=\"delete\">",
        "name=\"authenticity_token\"",
        "class=\"task-question-iframe-container\"><iframe",
        "class=\"threshold-1 hidden\"",
        "https://www.mturkcontent.com/dynamic/hit?",
        "&amp;workerId=A0WAGELIGHT0WW&amp;turkSubmitTo=https%3A%2F%2Fwww.mturk.com",
    ] {
        assert!(body.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_frame_submits_and_the_page_goes_on_to_the_next_task() {
    let market = small(Question::Hosted).await;
    let worker = market.worker();
    let (_, body) = accepted(&market, "").await;
    let onward = submit_in_frame(&market, &body).await;
    assert_eq!(only_state(&worker), AssignmentState::Submitted);
    // Without auto accept, the preview of the next task of the group.
    assert_eq!(onward.header("location"), Some(format!("/projects/{BATCH}/tasks?ref=w_pl_prvw").as_str()));
    let next = get(&market, onward.header("location").unwrap()).await.body;
    assert_eq!(alert(&next), "HIT Submitted");
    assert!(next.contains("SubmitAcceptTaskFormButton"));
    let again = get(&market, onward.header("location").unwrap()).await.body;
    assert!(!again.contains("alert/Alert&#39;"), "it is said once");
}

#[tokio::test]
async fn with_auto_accept_and_from_the_queue_other_tasks_follow() {
    let market = small(Question::External).await;
    let (_, body) = accepted(&market, "&auto_accept=true").await;
    assert!(body.contains("https://survey.example.test/hit?"));
    let onward = submit_in_frame(&market, &body).await;
    let path = onward.header("location").unwrap().to_owned();
    assert!(path.ends_with("&auto_accept=true"));
    let states: Vec<AssignmentState> = market.worker().assignments().iter().map(|a| a.state).collect();
    assert_eq!(states, [AssignmentState::Submitted, AssignmentState::Held]);

    market.worker().accept(BATCH).unwrap();
    let queue = get(&market, "/tasks").await.body;
    let first = between(&queue, "work-btn hidden-sm-down\" href=\"", "\"");
    assert!(first.ends_with("&from_queue=true"));
    let work = get(&market, &first).await.body;
    let second = submit_in_frame(&market, &work).await.header("location").unwrap().to_owned();
    assert!(second.ends_with("&from_queue=true") && second != first);
    let work = get(&market, &second).await.body;
    assert_eq!(submit_in_frame(&market, &work).await.header("location"), Some("/tasks"));
    assert!(get(&market, "/tasks").await.body.contains("There are currently no HITs assigned to you."));
}

#[tokio::test]
async fn a_task_without_a_frame_is_submitted_by_the_page() {
    let market = small(Question::Plain).await;
    let (_, body) = accepted(&market, "").await;
    assert!(body.contains("id=\"hit-wrapper\"") && !body.contains("<iframe"));
    assert!(
        body.contains("SubmitAssignedTaskSubmissionForm") && !body.contains("workPipeline/TaskSubmitter")
    );
    let form = between(&body, "SubmitAssignedTaskSubmissionForm", "</form>");
    let action = between(&form, "action=\"", "\"");
    post(&market, "worker.mturk.com", &action, "answer=red").await;
    assert_eq!(
        only_state(&market.worker()),
        AssignmentState::Held,
        "a form without the page's token is refused"
    );
    post(&market, "worker.mturk.com", &action, "answer=red&authenticity_token=made-up-token").await;
    assert_eq!(only_state(&market.worker()), AssignmentState::Submitted);
}

#[tokio::test]
async fn a_task_is_given_back() {
    let market = small(Question::Hosted).await;
    let (path, body) = accepted(&market, "").await;
    let action = between(&body, "<form method=\"post\" action=\"", "\"");
    let token = "authenticity_token=made-up-token";
    assert_eq!(post(&market, "worker.mturk.com", &action, "_method=delete").await.status, 422);
    assert_eq!(post(&market, "worker.mturk.com", &action, token).await.status, 404);
    let onward = post(&market, "worker.mturk.com", &action, &format!("_method=delete&{token}")).await;
    assert_eq!((onward.status, onward.header("location")), (302, Some("/projects")));
    assert_eq!(only_state(&market.worker()), AssignmentState::Returned);
    assert_eq!(alert(&get(&market, "/projects").await.body), "The HIT has been returned.");
    assert_eq!(alert(&get(&market, &path).await.body), "This HIT is no longer available");
}

#[tokio::test]
async fn time_runs_out_by_the_market_s_clock() {
    let market = small(Question::Hosted).await;
    let (path, body) = accepted(&market, "").await;
    market.advance(3_000);
    let timer = props_of(&get(&market, &path).await.body, "common/CompletionTimer").remove(0);
    let left = serde_json::from_str::<Value>(&timer).unwrap()["timeRemainingInSeconds"].as_i64().unwrap();
    assert!((590..=600).contains(&left), "{left}");
    market.advance(601);
    assert_eq!(only_state(&market.worker()), AssignmentState::Expired);
    assert_eq!(alert(&get(&market, &path).await.body), "This HIT is no longer available");
    // The frame, left open, still submits; the site says that it did not count.
    let onward = submit_in_frame(&market, &body).await;
    assert_eq!(only_state(&market.worker()), AssignmentState::Expired);
    assert_eq!(
        alert(&get(&market, onward.header("location").unwrap()).await.body),
        "This HIT is no longer available"
    );
}

#[tokio::test]
async fn accounts_have_nothing_in_common() {
    let market = small(Question::Hosted).await;
    let (path, _) = accepted(&market, "").await;
    let signed_in = get(&market, "/market/sign-in?worker=A1WAGELIGHT1VV").await;
    let cookie = signed_in.header("set-cookie").unwrap().split(';').next().unwrap();
    let head = format!("Cookie: {cookie}\r\n");
    let as_b = |path| Ask { head: &head, ..Ask::of(path) };
    let queue = ask(&market, as_b("/tasks")).await.body;
    assert!(queue.contains(Account::B) && !queue.contains(Account::A) && queue.contains("Queue (0)"));
    assert!(
        !ask(&market, as_b(&path)).await.body.contains("workPipeline/TaskSubmitter"),
        "the task is another's"
    );
    let sandbox = Ask { host: "workersandbox.mturk.com", ..Ask::of("/tasks") };
    assert!(ask(&market, sandbox).await.body.contains("Queue (0)"));
    let task = market.account(Account::sandbox(Account::A)).accept(OTHER).unwrap();
    let url = task.url();
    let work = ask(&market, Ask { host: "workersandbox.mturk.com", ..Ask::of(&url) }).await.body;
    assert!(work.contains("turkSubmitTo=https%3A%2F%2Fworkersandbox.mturk.com"));
    assert_eq!(only_state(&market.worker()), AssignmentState::Held);
    assert!(market.account(Account::production(Account::B)).assignments().is_empty());
    market.start_over();
    assert!(market.worker().assignments().is_empty());
}

#[tokio::test]
async fn what_is_refused_is_said_as_on_the_site() {
    let market = small(Question::Hosted).await;
    market.worker().accept(OTHER).unwrap();
    assert_eq!(market.worker().accept(OTHER), Err(Refused::NoMore));
    let again = get(&market, &format!("/projects/{OTHER}/tasks/accept_random")).await;
    assert_eq!(alert(&again.body), "There are no more of these HITs available");
    for _ in 0..24 {
        market.worker().accept(BATCH).unwrap();
    }
    let link = format!("/projects/{BATCH}/tasks/accept_random");
    assert_eq!(
        alert(&get(&market, &link).await.body),
        "You have accepted the maximum number of HITs allowed."
    );
    let as_json = get(&market, &format!("{link}?format=json")).await;
    assert_eq!((as_json.status, as_json.body.starts_with("{\"message\":")), (422, true));
}

#[tokio::test]
async fn a_preview_names_nobody() {
    let market = small(Question::Hosted).await;
    let body = get(&market, &format!("/projects/{BATCH}/tasks?ref=w_pl_prvw")).await.body;
    let frame = between(&body, "title=\"Task\" src=\"", "\"");
    assert!(frame.contains("assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE") && !frame.contains("workerId"));
    let (host, path) = split(&frame);
    assert!(ask(&market, Ask { host, ..Ask::of(path) }).await.body.contains("preview"));
    let text = get(&market, &format!("/projects/{BATCH}/tasks?format=json")).await.body;
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert!(answer["assignment_id"].is_null() && answer["project"]["hit_requirements"].is_array());
    assert!(answer.get("task_url").is_none());
}
