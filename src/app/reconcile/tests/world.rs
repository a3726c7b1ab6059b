//! A site with a ledger, a record, and the hands between them and a run.

use std::collections::BTreeMap;

use super::super::*;
use crate::domain::history::{Entry, EntryId, Fact, Observation, Source, State, StateWord};
use crate::domain::{SiteDay, SiteZone, Timestamp};
use crate::sites::recipe::PageKind;
use crate::sites::{page_of_kind, saved};

pub(super) const HOST: &str = "worker.mturk.com";
/// Noon of a Pacific day.
pub(super) const NOW: Timestamp = Timestamp(1_795_291_200_000);

pub(super) fn day(offset: i32) -> SiteDay {
    SiteZone::Pacific.day_of(NOW).plus_days(offset)
}

pub(super) fn minutes_ago(minutes: i64) -> Timestamp {
    Timestamp(NOW.0 - minutes * 60_000)
}

pub(super) fn account() -> AccountTag {
    AccountTag("one".into())
}

thread_local! {
    static PAGES: Vec<crate::sites::Page> = [PageKind::Dashboard, PageKind::Queue, PageKind::StatusDay]
        .iter()
        .filter_map(|kind| page_of_kind(HOST, *kind))
        .collect();
}

/// One row of a status page.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) state: String,
}

pub(super) fn row(id: &str, state: &str) -> Row {
    Row { id: id.to_owned(), state: state.to_owned() }
}

/// What the site does instead of answering.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    Status(u16, &'static str),
    TooMany,
    Lost,
    Redirect(&'static str),
    Account(Option<&'static str>),
    Text(String),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Site {
    days: BTreeMap<SiteDay, Vec<Row>>,
    held: Vec<String>,
    faults: BTreeMap<usize, Fault>,
    /// What a status page's every answer is instead, where set; `{page}` is its number.
    pub(super) always: Option<fn(u32) -> String>,
    pub(super) sent: Vec<(Timestamp, String)>,
}

impl Site {
    pub(super) fn with_row(mut self, day: SiteDay, row: Row) -> Self {
        self.days.entry(day).or_default().push(row);
        self
    }

    pub(super) fn with_held(mut self, id: &str) -> Self {
        self.held.push(id.to_owned());
        self
    }

    /// The request of this number, counted from 0 over all, meets this.
    pub(super) fn fault_at(&mut self, request: usize, fault: Fault) {
        self.faults.insert(request, fault);
    }

    pub(super) fn paths(&self) -> Vec<String> {
        self.sent.iter().map(|(_, path)| path.clone()).collect()
    }

    pub(super) fn answer(&mut self, request: &Request, now: Timestamp) -> Answer {
        self.answer_text(request, now).0
    }

    /// The same with the text that the body was made of.
    pub(super) fn answer_text(&mut self, request: &Request, now: Timestamp) -> (Answer, String) {
        let fault = self.faults.get(&self.sent.len()).cloned();
        self.sent.push((now, request.path.clone()));
        let mut response = Response {
            status: 200,
            url: format!("https://{HOST}{}", request.path),
            redirected: false,
            retry_after_secs: None,
            body: crate::sites::answer::Body::NoJson,
        };
        let mut tag = Some(account());
        let mut text = self.text(&request.path);
        match fault {
            Some(Fault::Status(status, page)) => (response.status, text) = (status, page.to_owned()),
            Some(Fault::TooMany) => (response.status, text) = (429, "<p class=message>slow</p>".to_owned()),
            Some(Fault::Lost) => {
                let answer = Answer { number: request.number, account: tag, arrival: Arrival::Lost };
                return (answer, String::new());
            }
            Some(Fault::Redirect(url)) => {
                (response.url, response.redirected, text) = (url.to_owned(), true, "<p>".to_owned());
            }
            Some(Fault::Account(other)) => tag = other.map(|tag| AccountTag(tag.to_owned())),
            Some(Fault::Text(other)) => text = other,
            None => {}
        }
        response.body = PAGES.with(|pages| {
            let page = pages.iter().find(|page| page.spec.kind == request.kind).expect("a page");
            saved::body(&text, page)
        });
        (Answer { number: request.number, account: tag, arrival: Arrival::Response(response) }, text)
    }

    fn text(&self, path: &str) -> String {
        if path.starts_with("/dashboard") {
            return self.dashboard();
        }
        if path.starts_with("/tasks") {
            let held = |id: &String| {
                format!(
                    r#"{{"task_id":"T{id}","assignment_id":"{id}","accepted_at":"2026-11-21T18:00:00.000Z",
                    "deadline":"2026-11-21T23:00:00.000Z","project":{{"hit_set_id":"G","title":"t",
                    "requester_id":"A1","monetary_reward":{{"amount_in_dollars":1,"currency_code":"USD"}}}}}}"#
                )
            };
            let tasks: Vec<String> = self.held.iter().map(held).collect();
            return format!("{{\"tasks\":[{}]}}", tasks.join(","));
        }
        let rest = path.strip_prefix("/status_details/").expect("a day");
        let (date, query) = rest.split_once('?').expect("a page");
        let number = query.strip_prefix("page_number=").and_then(|rest| rest.split('&').next());
        let number: u32 = number.expect("a number").parse().expect("a number");
        if let Some(always) = self.always {
            return always(number);
        }
        let rows = self.days.get(&SiteDay::parse(date).expect("a day"));
        let from = usize::try_from(number - 1).expect("small") * 20;
        let page = rows.into_iter().flatten().skip(from).take(20);
        let rows: Vec<String> = page.map(Row::json).collect();
        format!("{{\"num_results\":{},\"results\":[{}]}}", rows.len(), rows.join(","))
    }

    fn dashboard(&self) -> String {
        // As the site does, every day of the last 45 is listed.
        let line = |offset: i32| {
            let day = day(-offset);
            let rows = self.days.get(&day).map_or(&[][..], Vec::as_slice);
            let count =
                |states: &[&str]| rows.iter().filter(|row| states.contains(&row.state.as_str())).count();
            format!(
                r#"{{"date":"{day}T00:00:00.000-08:00","submitted":{},"approved":{},"rejected":{},"pending":{},
                "hits_rewards":0.1,"bonus_rewards":0}}"#,
                rows.len(),
                count(&["Approved", "Paid"]),
                count(&["Rejected"]),
                count(&["Submitted"])
            )
        };
        let days: Vec<String> = (0..45).map(line).collect();
        format!("{{\"daily_hit_statistics_overview\":[{}]}}", days.join(","))
    }

    /// The state of every row there is.
    pub(super) fn ledger(&self) -> impl Iterator<Item = (SiteDay, &Row)> {
        self.days.iter().flat_map(|(day, rows)| rows.iter().map(move |row| (*day, row)))
    }

    pub(super) fn holds(&self, id: &str) -> bool {
        self.held.iter().any(|held| held == id)
    }
}

impl Row {
    pub(super) fn json(&self) -> String {
        format!(
            r#"{{"assignment_id":"{0}","hit_id":"T{0}","requester_id":"A1","requester_name":"n","title":"t",
            "requester_feedback":null,"state":"{1}","reward":{{"currency_code":"USD","amount_in_dollars":0.05}}}}"#,
            self.id, self.state
        )
    }
}

/// The record, as storage keeps it.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    pub(super) entries: BTreeMap<EntryId, Entry>,
}

impl Store {
    fn merge(&mut self, observation: &Observation) {
        let entry = self.entries.entry(observation.id.clone());
        entry.or_insert_with(|| Entry::new(observation.id.clone())).merge(observation);
    }

    /// Taken at this moment, with an hour for it.
    pub(super) fn held(&mut self, id: &str, at: Timestamp) {
        self.merge(&Observation {
            id: EntryId(id.to_owned()),
            seen_at: at,
            source: Source::WorkPage,
            facts: vec![
                Fact::AcceptedAt(at),
                Fact::Deadline(Timestamp(at.0 + 3_600_000)),
                Fact::State(StateWord::Held),
            ],
        });
    }

    /// Taken at this moment, and handed in by what its frame said a minute later.
    pub(super) fn submitted(&mut self, id: &str, at: Timestamp) {
        self.held(id, at);
        self.merge(&Observation {
            id: EntryId(id.to_owned()),
            seen_at: Timestamp(at.0 + 60_000),
            source: Source::SubmitMessage,
            facts: vec![Fact::State(StateWord::Submitted)],
        });
    }

    pub(super) fn state(&self, id: &str) -> State {
        self.entries.get(&EntryId(id.to_owned())).map_or(State::Unknown, Entry::state)
    }

    /// One transaction.
    pub(super) fn apply(&mut self, batch: &Batch) {
        for observation in &batch.observations {
            self.merge(observation);
        }
        let open: Vec<OpenEntry> = self.entries.values().filter_map(OpenEntry::of).collect();
        for observation in batch.absence.gone(&open) {
            self.merge(&observation);
        }
    }

    fn counts(&self) -> Vec<(SiteDay, LocalCounts)> {
        let mut counts: BTreeMap<SiteDay, LocalCounts> = BTreeMap::new();
        for entry in self.entries.values() {
            let accepted = entry.accepted_at.value().map(|at| SiteZone::Pacific.day_of(*at));
            let Some(day) = entry.site_day.value().copied().or(accepted) else { continue };
            let counts = counts.entry(day).or_default();
            counts.unconfirmed +=
                u32::from(OpenEntry::of(entry).is_some() && entry.state() == State::Pending);
            match entry.state() {
                State::Pending => counts.pending += 1,
                State::Approved => counts.approved += 1,
                State::Paid => counts.paid += 1,
                State::Rejected => counts.rejected += 1,
                _ => {}
            }
        }
        counts.into_iter().collect()
    }

    /// What does not depend on when it was seen.
    pub(super) fn essence(&self) -> Vec<String> {
        let line = |entry: &Entry| {
            let (day, reward) = (entry.site_day.value(), entry.reward.value());
            format!("{} {:?} {day:?} {reward:?} {:?}", entry.id().0, entry.state(), entry.title.value())
        };
        self.entries.values().map(line).collect()
    }
}

/// Both, and a clock.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) site: Site,
    pub(super) store: Store,
    pub(super) now: Timestamp,
    last_request_at: Option<Timestamp>,
    next_number: u32,
}

impl World {
    pub(super) fn new(site: Site, store: Store) -> Self {
        Self { site, store, now: NOW, last_request_at: None, next_number: 1 }
    }

    pub(super) fn start(&self) -> Start {
        Start {
            host: HOST.to_owned(),
            account: account(),
            last_request_at: self.last_request_at,
            first_number: self.next_number,
        }
    }

    /// A survey, whose dashboard must come, and the plan from it.
    pub(super) fn plan(&mut self) -> Plan {
        let surveyed = self.survey().expect("the dashboard comes");
        assert_eq!(surveyed.problems, []);
        plan(&surveyed, &self.store.counts())
    }

    pub(super) fn survey(&mut self) -> Result<Surveyed, Stop> {
        let mut survey = Survey::new(self.start()).expect("a site");
        loop {
            match survey.next(self.now) {
                Step::Fetch(request) => {
                    let answer = self.exchange(&request);
                    survey.answered(answer, self.now);
                }
                Step::Wait { until } => self.now = until,
                Step::Take(surveyed) => return Ok(*surveyed),
                Step::Stopped(why) => return Err(why),
                Step::Paused | Step::Done => panic!("a survey never rests"),
            }
        }
    }

    pub(super) fn begin(&self, plan: Plan) -> Run {
        Run::new(self.start(), plan, self.now).expect("a site")
    }

    /// The next step that is no waiting.
    pub(super) fn step(&mut self, run: &mut Run) -> Step<Batch> {
        loop {
            match run.next(self.now) {
                Step::Wait { until } => {
                    assert!(until > self.now, "a wait that is over");
                    self.now = until;
                }
                step => return step,
            }
        }
    }

    fn exchange(&mut self, request: &Request) -> Answer {
        self.last_request_at = Some(self.now);
        self.next_number = request.number + 1;
        let answer = self.site.answer(request, self.now);
        self.now = Timestamp(self.now.0 + 120);
        answer
    }

    /// One step; the last one is given back.
    pub(super) fn advance(&mut self, run: &mut Run) -> Option<Step<Batch>> {
        match self.step(run) {
            Step::Fetch(request) => {
                let again = run.next(self.now);
                assert!(matches!(again, Step::Wait { .. }), "one request at a time: {again:?}");
                let answer = self.exchange(&request);
                run.answered(answer, self.now);
                None
            }
            Step::Take(batch) => {
                self.store.apply(&batch);
                run.taken();
                None
            }
            end => Some(end),
        }
    }

    pub(super) fn run_to_end(&mut self, plan: Plan) -> (Step<Batch>, Summary) {
        let mut run = self.begin(plan);
        loop {
            if let Some(end) = self.advance(&mut run) {
                return (end, run.summary().clone());
            }
        }
    }

    /// A survey, a plan and a run.
    pub(super) fn reconcile(&mut self) -> (Step<Batch>, Summary) {
        let plan = self.plan();
        self.run_to_end(plan)
    }
}

/// Nothing else is asked for than the three pages that may be.
#[test]
fn the_world_is_asked_for_its_own_pages_alone() {
    for kind in [PageKind::Dashboard, PageKind::Queue, PageKind::StatusDay] {
        assert!(page_of_kind(HOST, kind).is_some_and(|page| page.spec.fetch.is_some()));
    }
    for kind in [PageKind::List, PageKind::Preview, PageKind::Work] {
        assert!(page_of_kind(HOST, kind).is_some_and(|page| page.spec.fetch.is_none()));
    }
}
