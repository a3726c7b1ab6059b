//! The report as a table for a terminal: what the chips say, row by row, then the problems.

use std::fmt::Write;

use wagelight::app::page::entry::Entry;
use wagelight::app::views::{chip, words};
use wagelight::domain::PayUnit;
use wagelight::estimate::TimeSource;

use super::Report;

/// A title is cut there; it stands last, so that wide characters push nothing aside.
const TITLE_CHARS: usize = 60;

const HEAD: [&str; 6] = ["row", "reward", "time", "pay", "requester", "title"];

/// The table, the problems, and a line that sums both up.
pub(super) fn text(report: &Report) -> String {
    let rows: Vec<[String; 6]> = report.entries.iter().zip(1..).map(|(entry, at)| row(at, entry)).collect();
    let mut text = String::new();
    if !rows.is_empty() {
        let head = HEAD.map(str::to_owned);
        let widths = widths(&head, &rows);
        for line in core::iter::once(&head).chain(&rows) {
            push_line(&mut text, line, widths);
        }
        text.push('\n');
    }
    for problem in &report.problems {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{}: {}", problem.place, problem.what);
    }
    text + &summary(report)
}

fn row(at: usize, entry: &Entry) -> [String; 6] {
    let (pay, requester) = chip::plain(entry, PayUnit::Minute);
    [
        at.to_string(),
        entry.task.reward.map_or_else(|| "?".to_owned(), words::amount),
        time(entry),
        pay,
        requester,
        short(&entry.task.title),
    ]
}

fn time(entry: &Entry) -> String {
    let span = words::span_range(entry.worth.time);
    match entry.worth.source {
        TimeSource::Stated => format!("{span}, stated"),
        TimeSource::Prior => format!("{span}, guess"),
    }
}

fn short(title: &str) -> String {
    let mut short: String = title.chars().take(TITLE_CHARS).collect();
    if short.len() < title.len() {
        short.push('…');
    }
    short
}

fn widths(head: &[String; 6], rows: &[[String; 6]]) -> [usize; 6] {
    let mut widths = [0; 6];
    for line in core::iter::once(head).chain(rows) {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    widths
}

fn push_line(text: &mut String, cells: &[String; 6], widths: [usize; 6]) {
    let mut line = String::new();
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        // Numbers stand to the right.
        let _ = if at < 2 { write!(line, "{cell:>width$}  ") } else { write!(line, "{cell:<width$}  ") };
    }
    text.push_str(line.trim_end());
    text.push('\n');
}

fn summary(report: &Report) -> String {
    let Some(page) = &report.page else { return "not understood\n".to_owned() };
    let tasks = words::counted(report.entries.len(), "task", "tasks");
    let problems = words::counted(report.problems.len(), "problem", "problems");
    let understood = if report.understood { "" } else { ", not understood" };
    format!("{}: {tasks}, {problems}{understood}\n", page.site_name)
}
