//! The report as JSON. Absent values are `null`; the order of keys is fixed.
//!
//! Amounts of money are made from integer micros without a float: `reward.amount` is a text with
//! at least two decimals, `per_minute` has numbers in major units with at most six decimals.

use serde::Serialize;
use serde_json::value::RawValue;
use wagelight::app::page::entry::{Entry, Worth};
use wagelight::domain::{Currency, Kind, Money, Need, Problem, SiteRecord, Task, TimeRange};
use wagelight::estimate::TimeSource;
use wagelight::estimate::rate::Rate;
use wagelight::estimate::verdict::Verdict;
use wagelight::sites::recipe::PageKind;

use super::Report;

/// The report, and a line end.
pub(super) fn text(report: &Report) -> String {
    let page = report.page.as_ref();
    let whole = ReportJson {
        site: page.map(|page| page.site.as_str()),
        page: page.map(|page| page_kind(page.spec.kind)),
        tasks: report.entries.iter().map(TaskJson::of).collect(),
        problems: report.problems.iter().map(ProblemJson::of).collect(),
    };
    // Texts, numbers and lists alone can always be written.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct ReportJson<'a> {
    site: Option<&'a str>,
    page: Option<&'static str>,
    tasks: Vec<TaskJson<'a>>,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct TaskJson<'a> {
    id: &'a str,
    title: Option<&'a str>,
    requester: RequesterJson<'a>,
    kind: Option<&'static str>,
    can_accept: Option<bool>,
    locked: Option<&'a str>,
    reward: Option<RewardJson>,
    promised: Option<&'a str>,
    time: TimeJson,
    per_minute: Option<PerMinuteJson>,
    verdict: Option<&'static str>,
    needs: Vec<&'static str>,
    site_says: SiteSaysJson,
}

#[derive(Serialize)]
struct RequesterJson<'a> {
    id: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct RewardJson {
    amount: String,
    currency: String,
    basis: &'static str,
}

#[derive(Serialize)]
struct TimeJson {
    low_s: u32,
    mid_s: u32,
    high_s: u32,
    source: &'static str,
}

/// Written digit by digit from micros.
#[derive(Serialize)]
struct PerMinuteJson {
    low: Box<RawValue>,
    mid: Box<RawValue>,
    high: Box<RawValue>,
}

#[derive(Serialize)]
struct SiteSaysJson {
    approval_percent: Option<u8>,
    review_days: Option<u16>,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    r#where: &'a str,
    what: &'a str,
}

impl<'a> TaskJson<'a> {
    fn of(entry: &'a Entry) -> Self {
        let Entry { task, worth, .. } = entry;
        Self {
            id: &task.id.0,
            title: some_text(&task.title),
            requester: RequesterJson::of(task),
            kind: task.kind.map(kind),
            can_accept: task.can_accept,
            locked: task.lock.as_ref().map(|lock| lock.reason.as_str()),
            reward: task.reward.map(RewardJson::of),
            promised: task.promised.as_ref().map(|promise| promise.quote.as_str()),
            time: TimeJson::of(worth),
            per_minute: worth.rate.as_ref().and_then(PerMinuteJson::of),
            verdict: worth.verdict.map(verdict),
            needs: task.needs.iter().copied().map(need).collect(),
            site_says: SiteSaysJson::of(task.site_says),
        }
    }
}

impl<'a> RequesterJson<'a> {
    fn of(task: &'a Task) -> Self {
        let id = task.requester.id.as_ref().map(|id| id.0.as_str());
        Self { id, name: some_text(&task.requester.name) }
    }
}

impl RewardJson {
    fn of(reward: Money) -> Self {
        let currency = reward.currency.code().to_owned();
        Self { amount: reward.to_decimal(), currency, basis: "task" }
    }
}

impl TimeJson {
    fn of(worth: &Worth) -> Self {
        let TimeRange { low_secs, mid_secs, high_secs } = worth.time;
        Self { low_s: low_secs, mid_s: mid_secs, high_s: high_secs, source: time_source(worth.source) }
    }
}

impl PerMinuteJson {
    fn of(rate: &Rate) -> Option<Self> {
        Some(Self {
            low: number(rate.low_micros_per_minute, rate.currency)?,
            mid: number(rate.mid_micros_per_minute, rate.currency)?,
            high: number(rate.high_micros_per_minute, rate.currency)?,
        })
    }
}

impl SiteSaysJson {
    fn of(record: SiteRecord) -> Self {
        Self { approval_percent: record.approval_percent, review_days: record.review_days }
    }
}

impl<'a> ProblemJson<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self { r#where: &problem.place, what: &problem.what }
    }
}

fn number(micros: i64, currency: Currency) -> Option<Box<RawValue>> {
    RawValue::from_string(Money { micros, currency }.to_decimal()).ok()
}

fn some_text(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn page_kind(kind: PageKind) -> &'static str {
    match kind {
        PageKind::List => "list",
        PageKind::Queue => "queue",
        PageKind::Preview => "preview",
        PageKind::Work => "work",
        PageKind::StatusDay => "status_day",
        PageKind::Dashboard => "dashboard",
    }
}

fn time_source(source: TimeSource) -> &'static str {
    match source {
        TimeSource::Stated => "stated",
        TimeSource::Prior => "prior",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "good",
        Verdict::Fair => "fair",
        Verdict::Low => "low",
        Verdict::Unclear => "unclear",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::EarlierWork => "earlier_work",
        Kind::NamedWorkers => "named_workers",
        Kind::Screener => "screener",
        Kind::QualificationTest => "qualification_test",
        Kind::Invited => "invited",
        Kind::SeveralDays => "several_days",
    }
}

fn need(need: Need) -> &'static str {
    match need {
        Need::Microphone => "microphone",
        Need::Camera => "camera",
        Need::Phone => "phone",
        Need::Headphones => "headphones",
        Need::Download => "download",
        Need::Account => "account",
        Need::Language => "language",
        Need::AnotherDay => "another_day",
        Need::AdultContent => "adult_content",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_written_digit_by_digit() {
        let text = |micros| number(micros, Currency::USD).map(|number| number.get().to_owned());
        assert_eq!(text(208_333).as_deref(), Some("0.208333"));
        assert_eq!(text(5_000).as_deref(), Some("0.005"));
        assert_eq!(text(0).as_deref(), Some("0.00"));
        assert_eq!(text(60_000_000_000_000).as_deref(), Some("60000000.00"));
        assert_eq!(text(i64::MAX).as_deref(), Some("9223372036854.775807"));
    }
}
