//! The table and what is said above and below it.

use super::scene::{Scene, WARM_UP_MS};
use super::statistics::median;
use crate::browser::Kind;
use anyhow::Result;
use std::fmt;
use std::fs;

/// What the figures are, for a reader who sees only the output.
pub(super) const LEGEND: &str = "\
local: the core runs in the content script; remote: in the background (Chromium: the page's policy; Firefox: a copy
of the package whose probe fails). floor: the least plain JavaScript for the same picture, on the same page, in turn.
Times are medians in milliseconds. Lines of a history: rows are its tasks; floor is the same with 1,000 of them.
";

/// A limit for a figure.
#[derive(Debug, Clone, Copy)]
pub(super) enum Budget {
    /// None: the figure is only shown.
    None,
    /// At most this.
    AtMost(f64),
    /// At most this above the floor's figure.
    AboveFloor(f64),
    /// At most so many times the floor's figure, or at most so much.
    TimesFloor(f64, f64),
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    place: String,
    rows: Option<u32>,
    runs: usize,
    what: String,
    ours: Result<f64, String>,
    floor: Option<f64>,
    unit: &'static str,
    budget: Budget,
}

impl Line {
    /// A figure of a scene.
    pub(super) fn of(scene: &Scene, what: &str, unit: &'static str) -> Self {
        Self::at(format!("{:<9}{:<7}", scene.browser.kind().to_string(), scene.host), what, unit)
    }

    /// A figure of a browser, wherever the core runs.
    pub(super) fn in_browser(kind: Kind, what: &str, unit: &'static str) -> Self {
        Self::at(format!("{:<9}{:<7}", kind.to_string(), "-"), what, unit)
    }

    /// A figure that is the same everywhere.
    pub(super) fn everywhere(what: &str, unit: &'static str) -> Self {
        Self::at(format!("{:<9}{:<7}", "-", "-"), what, unit)
    }

    fn at(place: String, what: &str, unit: &'static str) -> Self {
        let ours = Err("not measured".to_owned());
        Self {
            place,
            rows: None,
            runs: 0,
            what: what.to_owned(),
            ours,
            floor: None,
            unit,
            budget: Budget::None,
        }
    }

    /// On a page of so many rows.
    pub(super) fn rows(self, rows: u32) -> Self {
        Self { rows: Some(rows), ..self }
    }

    /// The floor's figure.
    pub(super) fn floor(self, floor: Option<f64>) -> Self {
        Self { floor, ..self }
    }

    /// Another unit.
    pub(super) fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// The limit.
    pub(super) fn budget(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    /// The medians of what was measured, and how many are behind them.
    pub(super) fn medians(self, ours: &[f64], floor: &[f64]) -> Self {
        Self { runs: ours.len(), ..self.ours(median(ours)).floor(median(floor)) }
    }

    /// The figure; `None` where nothing was counted.
    pub(super) fn ours(self, ours: Option<f64>) -> Self {
        Self { ours: ours.ok_or_else(|| "not measured".to_owned()), ..self }
    }

    /// Why there is no figure.
    pub(super) fn failed(self, error: &anyhow::Error) -> Self {
        let why = format!("{error:#}");
        Self { ours: Err(why.lines().next().unwrap_or_default().chars().take(400).collect()), ..self }
    }

    fn limit(&self) -> Option<f64> {
        match self.budget {
            Budget::None => None,
            Budget::AtMost(limit) => Some(limit),
            Budget::AboveFloor(more) => self.floor.map(|floor| floor + more),
            Budget::TimesFloor(times, least) => {
                Some(self.floor.map_or(least, |floor| least.max(floor * times)))
            }
        }
    }

    /// By how much the limit is passed.
    fn over(&self) -> Option<f64> {
        let over = *self.ours.as_ref().ok()? - self.limit()?;
        (over > 0.0).then_some(over)
    }

    fn verdict(&self) -> &'static str {
        match (self.limit(), &self.ours) {
            (None, _) => "",
            (Some(_), Err(_)) => "?",
            (Some(_), Ok(_)) if self.over().is_some() => "MISSED",
            (Some(_), Ok(_)) => "ok",
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, what, unit, floor, .. } = self;
        let rows = self.rows.map_or_else(|| "-".to_owned(), |rows| rows.to_string());
        write!(f, "{place}{rows:>7}  {what:<46}")?;
        let ours = match &self.ours {
            Ok(ours) => *ours,
            Err(why) => return write!(f, "{why}"),
        };
        let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), figure);
        let ratio = floor.filter(|floor| *floor > 0.0).map(|floor| format!("{:.2}", ours / floor));
        let ratio = ratio.unwrap_or_else(|| "-".to_owned());
        write!(f, "{:>10} {:>9} {ratio:>7} ", figure(ours), number(*floor))?;
        let runs = if self.runs == 0 { "-".to_owned() } else { self.runs.to_string() };
        write!(f, "{:>9} {runs:>5}  {unit:<6}{}", number(self.limit()), self.verdict())
    }
}

/// Small numbers with a digit behind the point.
fn figure(value: f64) -> String {
    if value.abs() < 1_000.0 && value.fract().abs() > 1e-9 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    }
}

/// All lines so far.
#[derive(Debug, Default)]
pub(super) struct Table(Vec<Line>);

impl Table {
    /// Adds a line; on standard error it is shown at once.
    pub(super) fn add(&mut self, line: Line) {
        eprintln!("    {line}");
        self.0.push(line);
    }

    /// Which budgets were missed, by how much.
    pub(super) fn missed(&self) -> String {
        let missed = self.0.iter().filter_map(|line| line.over().map(|over| (line, over)));
        let told = missed.map(|(line, over)| {
            let rows = line.rows.map_or_else(String::new, |rows| format!(", {rows} rows"));
            let place: Vec<&str> = line.place.split_whitespace().filter(|word| *word != "-").collect();
            let place =
                if place.is_empty() { String::new() } else { format!(" ({}{rows})", place.join(", ")) };
            format!("  {}{place}: {} {} over", line.what, figure(over), line.unit)
        });
        let told: Vec<String> = told.collect();
        let unknown = self.0.iter().filter(|line| line.ours.is_err()).count();
        let unknown =
            if unknown > 0 { format!("\n{unknown} figures could not be measured.") } else { String::new() };
        if told.is_empty() {
            format!("No budget was missed.{unknown}")
        } else {
            format!("Missed budgets: {}\n{}{unknown}", told.len(), told.join("\n"))
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n{:<9}{:<7}{:>7}  {:<46}{:>10} {:>9} {:>7} {:>9} {:>5}  unit",
            "browser", "host", "rows", "figure", "ours", "floor", "ratio", "budget", "runs"
        )?;
        let mut before = "";
        for line in &self.0 {
            if line.place != before && !before.is_empty() {
                writeln!(f)?;
            }
            before = &line.place;
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

/// How many programs wanted a core in the last minute.
pub(super) fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split_whitespace().next().unwrap_or("unknown").to_owned()
}

/// The machine, and how busy it is with other things.
pub(super) fn machine() -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let model = model.trim_start_matches([' ', '\t', ':']);
    let load = load();
    Ok(format!(
        "{cores} cores {model}, load {load} at the start; rows come {WARM_UP_MS} ms after the document\n\
         unless they come with it; browsers: {}",
        Kind::ALL.map(|kind| kind.to_string()).join(" and ")
    ))
}
