//! Whether anything of the page moved.

use crate::browser::Browser;
use crate::probe::{self, Rect};
use crate::wait;
use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

/// Where the page's own rows and their controls are, relative to the document, by row and part.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Geometry(BTreeMap<String, [f64; 4]>);

#[derive(Deserialize)]
struct Row {
    key: String,
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    what: String,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Measures the page as it is.
pub(crate) async fn measure(browser: &Browser) -> Result<Geometry> {
    Ok(Geometry::of(probe::ask(browser, "geometry", json!({})).await?))
}

/// Measures the page as it would be without anything that extensions drew.
pub(crate) async fn measure_without_us(browser: &Browser) -> Result<Geometry> {
    Ok(Geometry::of(probe::ask(browser, "geometry_without_hosts", json!({})).await?))
}

impl Geometry {
    fn of(rows: Vec<Row>) -> Self {
        let parts = rows.into_iter().flat_map(|Row { key, parts }| {
            let named = move |(index, part): (usize, Part)| {
                (format!("{key} {index:02} {}", part.what), [part.x, part.y, part.width, part.height])
            };
            parts.into_iter().enumerate().map(named)
        });
        Self(parts.collect())
    }

    /// How many things were measured.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// What of `self` is elsewhere, of another size, or gone in `later`, in words.
    pub(crate) fn moved(&self, later: &Self) -> Vec<String> {
        // Half a hundredth of a pixel is how browsers round, not a movement.
        let near = |a: &[f64; 4], b: &[f64; 4]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.02);
        let word = |(what, was): (&String, &[f64; 4])| match later.0.get(what) {
            Some(is) if near(was, is) => None,
            is => Some(format!("{what}: {was:?} -> {is:?}")),
        };
        self.0.iter().filter_map(word).collect()
    }

    /// Rows that are higher in `later`, with how much.
    pub(crate) fn grown(&self, later: &Self) -> Vec<String> {
        let rows = self.0.iter().filter(|(what, _)| what.contains(" li."));
        let more = rows.filter_map(|(what, was)| Some((what, later.0.get(what)?[3] - was[3])));
        more.filter(|(_, more)| *more > 0.5).map(|(what, more)| format!("{what}: {more} px")).collect()
    }

    /// Fails when anything of the page moved, grew or went.
    pub(crate) fn ensure_same(&self, later: &Self) -> Result<()> {
        ensure!(self.len() > 0, "no rows to compare");
        let moved = self.moved(later);
        // The first few say it; the picture shows the rest.
        let some = moved.iter().take(12).map(String::as_str).collect::<Vec<_>>().join("\n");
        ensure!(moved.is_empty(), "{} of {} things moved:\n{some}", moved.len(), self.len());
        Ok(())
    }

    /// The rows themselves and the controls in their last column: what a chip beside a title must never move.
    pub(crate) fn rows_and_controls(&self) -> Self {
        let kept = |what: &str| {
            [" li.", " a.btn", " span.column actions-column"].iter().any(|part| what.contains(part))
        };
        Self(self.0.iter().filter(|(what, _)| kept(what)).map(|(what, rect)| (what.clone(), *rect)).collect())
    }
}

/// One movement that Chromium noticed by itself.
#[derive(Debug, Clone, Deserialize)]
#[allow(dead_code, reason = "people read the fields, in the output of a failed test")]
pub(crate) struct LayoutShift {
    /// The share of the viewport, 0 to 1.
    pub(crate) value: f64,
    /// Milliseconds since the navigation.
    pub(crate) start: f64,
    /// Whether it followed an input within half a second.
    pub(crate) after_input: bool,
    /// What moved.
    pub(crate) moved: Vec<Moved>,
}

/// An element that moved.
#[derive(Debug, Clone, Deserialize)]
#[allow(dead_code, reason = "people read the fields, in the output of a failed test")]
pub(crate) struct Moved {
    /// The beginning of its markup.
    pub(crate) node: String,
    /// Where it was.
    pub(crate) from: Rect,
    /// Where it is.
    pub(crate) to: Rect,
}

/// Every layout shift since all rows had their chips painted; `None` in Firefox, which does not measure them.
///
/// What the page moves while it fills its list is not ours, and cannot be told from ours by Chromium's entries. The first
/// paint itself moves a title once where the background was cold; what it may not move, [`Geometry`] tells.
pub(crate) async fn layout_shifts(browser: &Browser) -> Result<Option<Vec<LayoutShift>>> {
    probe::ask(browser, "layout_shifts", json!({})).await
}

/// Fails when Chromium noticed any movement since all rows had their chips painted. Firefox measures none.
pub(crate) async fn ensure_none(browser: &Browser) -> Result<()> {
    // The frame after the paint may still be on its way.
    let shifts =
        wait::until("all chips to be painted", async || layout_shifts(browser).await.map(Some)).await?;
    let shifts = shifts.unwrap_or_default();
    ensure!(shifts.is_empty(), "Chromium saw the page shift: {shifts:#?}");
    Ok(())
}
