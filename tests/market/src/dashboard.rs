//! The dashboard and the earnings page: counts and sums of the days that the site keeps.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Number, Value, json};

use crate::distort::distorted;
use crate::escape::react_root;
use crate::group::Reward;
use crate::ledger::{DayFigures, Figures};
use crate::pacific::Day;
use crate::page::{self, Around, Document, Table};
use crate::status::DAYS_KEPT;
use crate::visit::Visit;

/// What the dashboard shows of a ledger.
pub(crate) struct Sums {
    /// Newest first, as many as are kept.
    days: Vec<DayFigures>,
    all: Figures,
    periods: [BTreeMap<String, u32>; 3],
}

impl Sums {
    /// `days` are all days of a ledger, newest first.
    pub(crate) fn new(days: Vec<DayFigures>, all: Figures, now: i64) -> Self {
        let mut periods: [BTreeMap<String, u32>; 3] = Default::default();
        for day in &days {
            for (sums, label) in periods.iter_mut().zip(day.day.periods()) {
                let sum = sums.entry(label).or_default();
                *sum = sum.saturating_add(day.figures.earnings_cents());
            }
        }
        let oldest = Day::at(now).days_before(DAYS_KEPT);
        let days = days.into_iter().filter(|day| day.day >= oldest).collect();
        Self { days, all, periods }
    }

    fn by_period(&self) -> Value {
        let [yearly, monthly, quarterly] = &self.periods;
        let in_dollars = |sums: &BTreeMap<String, u32>| -> BTreeMap<String, Number> {
            sums.iter().map(|(label, &cents)| (label.clone(), dollars(cents))).collect()
        };
        json!({
            "yearly_earnings": in_dollars(yearly),
            "monthly_earnings": in_dollars(monthly),
            "quarterly_earnings": in_dollars(quarterly),
        })
    }
}

/// Dollars as the wire has them: `1`, `0.5`, `0.25`.
fn dollars(cents: u32) -> Number {
    Reward::usd_cents(cents).amount_in_dollars
}

fn percent(per_mille: u32) -> Number {
    Number::from_f64(f64::from(per_mille) / 10.0).unwrap_or_else(|| 0.into())
}

/// A line of the daily table, in the wire's key order.
#[derive(Serialize)]
struct Line {
    /// UTC midnight of the Pacific date: converted to local time, it is another day.
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_link: Option<String>,
    submitted: u32,
    approved: u32,
    rejected: u32,
    pending: u32,
    hits_rewards: Number,
    bonus_rewards: Number,
    earnings: Number,
}

impl Line {
    fn new(DayFigures { day, figures }: &DayFigures) -> Self {
        Self {
            date: format!("{day}T00:00:00.000Z"),
            date_link: None,
            submitted: figures.submitted,
            approved: figures.approved,
            rejected: figures.rejected,
            pending: figures.pending,
            hits_rewards: dollars(figures.rewards_cents),
            bonus_rewards: dollars(figures.bonus_cents),
            earnings: dollars(figures.earnings_cents()),
        }
    }

    fn on_page(figures: &DayFigures) -> Self {
        Self { date_link: Some(format!("/status_details/{}", figures.day)), ..Self::new(figures) }
    }
}

#[derive(Serialize)]
struct Answer {
    available_earnings: Reward,
    hits_overview: Value,
    daily_hit_statistics_overview: Vec<Line>,
    earnings_to_date: Value,
    earnings_by_period: Value,
}

/// The JSON answer.
pub(crate) fn answer(visit: &Visit, sums: &Sums) -> String {
    let all = sums.all;
    let answer = Answer {
        available_earnings: Reward::usd_cents(all.earnings_cents()),
        hits_overview: json!({
            "approved": all.approved,
            "approval_rate": percent(all.approval_per_mille()),
            "pending": all.pending,
            "rejected": all.rejected,
            "rejection_rate": percent(all.rejection_per_mille()),
        }),
        daily_hit_statistics_overview: sums.days.iter().map(Line::new).collect(),
        earnings_to_date: json!({
            "approved": dollars(all.rewards_cents),
            "bonuses": dollars(all.bonus_cents),
            "total_earnings": dollars(all.earnings_cents()),
        }),
        earnings_by_period: sums.by_period(),
    };
    distorted(serde_json::to_string(&answer).unwrap_or_default(), visit.wrong)
}

/// The page.
pub(crate) fn document(visit: &Visit, sums: &Sums) -> Document {
    let lines: Vec<Line> = sums.days.iter().map(Line::on_page).collect();
    let daily = Table {
        component: "dailyWorkerStatisticsTable/DailyWorkerStatisticsTable",
        props: distorted(json!({ "bodyData": lines, "tableConfig": [] }).to_string(), visit.wrong),
        rows: format!(
            "<ol class=\"list-unstyled hit-set-table\">{}</ol>",
            sums.days.iter().map(row).collect::<String>()
        ),
    };
    let by_period = json!({ "bodyData": sums.by_period(), "tableConfig": [] }).to_string();
    let below = react_root("div", "dashboard/EarningsByPeriodTable", &distorted(by_period, visit.wrong), "");
    page::table_page(visit, &[daily], &Around { above: overview(sums), below })
}

fn row(DayFigures { day, figures }: &DayFigures) -> String {
    let (submitted, approved, rejected) = (figures.submitted, figures.approved, figures.rejected);
    let pending = figures.pending;
    let sums = [figures.rewards_cents, figures.bonus_cents, figures.earnings_cents()].map(shown).join(" + ");
    format!(
        "<li class=\"table-row\"><div class=\"desktop-row\"><span class=\"column\">\
         <a href=\"/status_details/{day}\">{}</a></span><span class=\"column\">{submitted} submitted</span>\
         <span class=\"column\">{approved} approved</span><span class=\"column\">{rejected} rejected</span>\
         <span class=\"column\">{pending} pending</span><span class=\"column\">{sums}</span></div></li>",
        day.in_words()
    )
}

fn shown(cents: u32) -> String {
    format!("${}.{:02}", cents / 100, cents % 100)
}

fn overview(sums: &Sums) -> String {
    let all = sums.all;
    let rate = |per_mille: u32| format!("{}.{}%", per_mille / 10, per_mille % 10);
    let block = |id: &str, lines: &[(&str, String)]| {
        let line = |(label, value): &(&str, String)| {
            format!(
                "<div class=\"row\"><div class=\"col-xs-7\">{label}</div><div class=\"col-xs-5\">{value}</div></div>"
            )
        };
        format!("<div id=\"{id}\">{}</div>", lines.iter().map(line).collect::<String>())
    };
    [
        "<h1>Dashboard</h1>".to_owned(),
        block("dashboard-available-earnings", &[("Current Earnings", shown(all.earnings_cents()))]),
        block(
            "dashboard-hits-overview",
            &[
                ("Approved", all.approved.to_string()),
                ("Approval Rate", rate(all.approval_per_mille())),
                ("Pending", all.pending.to_string()),
                ("Rejected", all.rejected.to_string()),
                ("Rejection Rate", rate(all.rejection_per_mille())),
            ],
        ),
        block(
            "dashboard-earnings-to-date",
            &[
                ("HITs", shown(all.rewards_cents)),
                ("Bonuses", shown(all.bonus_cents)),
                ("Total Earnings", shown(all.earnings_cents())),
            ],
        ),
    ]
    .concat()
}

/// The page `/earnings`: the balance, and one transfer.
pub(crate) fn earnings(visit: &Visit, sums: &Sums) -> Document {
    let transfer = json!({
        "requestedDate": format!("{}T00:00:00.000Z", Day::at(visit.now).days_before(7)),
        "type": "Bank Transfer",
        "status": "Completed",
        "amountRequested": 12.5,
        "expandedContent": [{ "label": "Transfer ID", "text": "MADE-UP-1" }],
    });
    let props = json!({ "bodyData": [transfer], "tableConfig": [] }).to_string();
    let today = Day::at(visit.now);
    let body = format!(
        "<h2>Current Earnings: {}</h2><p class=\"current-earnings\"><small>Earnings as of {}</small> \
         <strong>Your next payment is on {}</strong></p>{}",
        shown(sums.all.earnings_cents()),
        today.in_words(),
        today.in_words(),
        react_root("div", "transferHistoryTable/TransferHistoryTable", &distorted(props, visit.wrong), "")
    );
    page::document(visit, &body)
}
