//! Where the constants of the guess come from, and how well it predicts unknown requesters.
//!
//! `cargo test --test native prior_fit -- --nocapture` prints all figures.
//! The stated times of the listing above $0.25 and the measured times at or below it are fitted by
//! weighted least absolute deviations of logarithms (the median, so that single odd rows do not
//! count). A requester's rows together weigh the square root of their number.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a test over fixed files, printing what it measured"
)]

use std::collections::{HashMap, HashSet};

use wagelight::domain::{Currency, Money};
use wagelight::estimate::prior::{Model, PriorInput, Terms};
use wagelight::estimate::stated::stated_time;

use crate::listing;

/// One known time with what the guess may look at.
struct Case {
    row: usize,
    requester: String,
    terms: Terms,
    ln_secs: f64,
}

/// Above it the listing's stated times count, below it the measured ones: $0.25.
const JOINT_MICROS: i64 = 250_000;
const FOLDS: u64 = 10;
/// Foldings of requesters whose figures are averaged.
const FOLDINGS: u64 = 8;

fn stated_cases() -> Option<Vec<Case>> {
    let case = |(row, group): (usize, listing::Group)| {
        let reward = Money::parse_decimal(&group.reward_decimal, Currency::USD)
            .expect("the listing's rewards are numbers");
        let stated =
            stated_time(&group.title, &group.description).filter(|_| reward.micros > JOINT_MICROS)?;
        let input = PriorInput {
            reward: Some(reward),
            allotted_secs: Some(group.allotted_secs),
            title: &group.title,
            description: &group.description,
        };
        let ln_secs = f64::from(stated.range.mid_secs).ln();
        Some(Case { row, requester: group.requester_id.clone(), terms: Terms::of(&input), ln_secs })
    };
    Some(listing::groups()?.into_iter().enumerate().filter_map(case).collect())
}

fn measured_cases() -> Option<Vec<Case>> {
    let csv = listing::shared("worked-tasks-2020.csv")?;
    let case = |(row, line): (usize, &str)| {
        // The requester's name is the only cell that may hold commas; it stands in the middle.
        let front: Vec<&str> = line.splitn(4, ',').collect();
        let back: Vec<&str> = front.get(3)?.rsplitn(4, ',').collect();
        let reward = Money::parse_decimal(front[2], Currency::USD).ok()?;
        let secs: f64 = back[1].parse().ok()?;
        let counts = back[0].trim() == "1" && secs >= 1.0 && (1..=JOINT_MICROS).contains(&reward.micros);
        let input = PriorInput {
            reward: Some(reward),
            allotted_secs: back[2].parse().ok(),
            title: "",
            description: "",
        };
        counts.then(|| Case {
            row,
            requester: back[3].to_owned(),
            terms: Terms::of(&input),
            ln_secs: secs.ln(),
        })
    };
    Some(csv.lines().skip(1).enumerate().filter_map(case).collect())
}

fn stated_design(terms: &Terms) -> [f64; 4] {
    [1.0, terms.ln_reward, terms.ln_allotted, terms.short]
}

fn measured_design(terms: &Terms) -> [f64; 2] {
    [1.0, terms.ln_allotted]
}

/// Weighted least absolute deviations by iteratively reweighted least squares.
fn fit<const N: usize>(rows: &[([f64; N], f64, f64)]) -> [f64; N] {
    let mut solution = least_squares(rows, |_| 1.0);
    for _ in 0..100 {
        let previous = solution;
        solution = least_squares(rows, |(design, ln_secs, _)| {
            1.0 / (ln_secs - dot(design, &previous)).abs().max(1e-3)
        });
    }
    solution
}

fn dot<const N: usize>(left: &[f64; N], right: &[f64; N]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// Normal equations, solved by elimination with pivots.
fn least_squares<const N: usize>(
    rows: &[([f64; N], f64, f64)],
    reweigh: impl Fn(&([f64; N], f64, f64)) -> f64,
) -> [f64; N] {
    let mut matrix = [[0.0; N]; N];
    let mut right = [0.0; N];
    for row in rows {
        let (design, ln_secs, weight) = row;
        let weight = weight * reweigh(row);
        for i in 0..N {
            right[i] += weight * design[i] * ln_secs;
            for j in 0..N {
                matrix[i][j] += weight * design[i] * design[j];
            }
        }
    }
    for column in 0..N {
        let pivot = (column..N).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()));
        let pivot = pivot.expect("there is a row");
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in (0..N).filter(|row| *row != column) {
            let share = matrix[row][column] / matrix[column][column];
            let pivot_row = matrix[column];
            for (cell, above) in matrix[row].iter_mut().zip(pivot_row) {
                *cell -= share * above;
            }
            right[row] -= share * right[column];
        }
    }
    core::array::from_fn(|i| right[i] / matrix[i][i])
}

/// Each requester's rows share the square root of their number.
fn weights(cases: &[&Case]) -> Vec<f64> {
    let mut counts: HashMap<&str, f64> = HashMap::new();
    for case in cases {
        *counts.entry(&case.requester).or_default() += 1.0;
    }
    cases.iter().map(|case| counts[case.requester.as_str()].powf(-0.5)).collect()
}

/// Refits what the law of stated times consists of; rows without rate or with few questions follow other rules.
fn fit_stated(cases: &[&Case]) -> [f64; 4] {
    let plain: Vec<&Case> = cases
        .iter()
        .filter(|case| !case.terms.earlier_work && case.terms.questions.is_none())
        .copied()
        .collect();
    let weights = weights(&plain);
    let rows: Vec<_> = plain
        .iter()
        .zip(weights)
        .map(|(case, weight)| (stated_design(&case.terms), case.ln_secs, weight))
        .collect();
    fit(&rows)
}

fn fit_measured(cases: &[&Case]) -> [f64; 2] {
    let weights = weights(cases);
    let rows: Vec<_> = cases
        .iter()
        .zip(weights)
        .map(|(case, weight)| (measured_design(&case.terms), case.ln_secs, weight))
        .collect();
    fit(&rows)
}

/// A fold number from a requester's id alone (FNV-1a), so that a requester is never on both sides.
fn fold(requester: &str, folding: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ folding.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash =
        requester.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32
}

/// Errors (logarithm of predicted ÷ known) of all cases, each predicted without its requester's fold.
fn held_out_errors(cases: &[&Case], folding: u64, refit: impl Fn(&[&Case]) -> Model) -> Vec<f64> {
    let mut errors = vec![0.0; cases.len()];
    for part in 0..FOLDS {
        let held_out = |case: &Case| fold(&case.requester, folding) % FOLDS == part;
        let rest: Vec<&Case> = cases.iter().filter(|case| !held_out(case)).copied().collect();
        let model = refit(&rest);
        for (error, case) in errors.iter_mut().zip(cases).filter(|(_, case)| held_out(case)) {
            *error = model.ln_mid(&case.terms) - case.ln_secs;
        }
    }
    errors
}

#[derive(Clone, Copy, Debug, Default)]
struct Accuracy {
    median_factor: f64,
    within_two: f64,
}

/// The median factor and the share within ×2, each row weighted.
fn accuracy(errors: &[f64], weights: &[f64]) -> Accuracy {
    let total: f64 = weights.iter().sum();
    let within: f64 = errors
        .iter()
        .zip(weights)
        .filter(|(error, _)| error.abs() <= 2_f64.ln())
        .map(|(_, weight)| weight)
        .sum();
    Accuracy {
        median_factor: weighted_quantile(errors, weights, 0.5).exp(),
        within_two: 100.0 * within / total,
    }
}

/// The quantile of absolute errors.
fn weighted_quantile(errors: &[f64], weights: &[f64], quantile: f64) -> f64 {
    let mut sorted: Vec<(f64, f64)> =
        errors.iter().map(|error| error.abs()).zip(weights.iter().copied()).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let goal = quantile * weights.iter().sum::<f64>();
    let mut sum = 0.0;
    sorted
        .iter()
        .find(|(_, weight)| {
            sum += weight;
            sum >= goal
        })
        .map_or(0.0, |(error, _)| *error)
}

fn mean(all: &[Accuracy]) -> Accuracy {
    let count = all.len() as f64;
    Accuracy {
        median_factor: all.iter().map(|one| one.median_factor).sum::<f64>() / count,
        within_two: all.iter().map(|one| one.within_two).sum::<f64>() / count,
    }
}

/// Cross-validates the law of stated times over several foldings: by row, by requester, and its range's coverage.
fn cross_validate(name: &str, cases: &[&Case]) -> (Accuracy, Accuracy, f64) {
    let refit = |rest: &[&Case]| Model { stated: fit_stated(rest), ..Model::FITTED };
    let equal = vec![1.0; cases.len()];
    let by_requester: Vec<f64> = weights(cases).into_iter().map(|weight| weight * weight).collect();
    let all: Vec<Vec<f64>> = (0..FOLDINGS).map(|folding| held_out_errors(cases, folding, refit)).collect();
    let rows = mean(&all.iter().map(|errors| accuracy(errors, &equal)).collect::<Vec<_>>());
    let requesters = mean(&all.iter().map(|errors| accuracy(errors, &by_requester)).collect::<Vec<_>>());
    let spread =
        all.iter().map(|errors| weighted_quantile(errors, &by_requester, 0.8)).sum::<f64>() / FOLDINGS as f64;
    let covered = all.iter().flatten().filter(|error| error.abs() <= Model::FITTED.stated_spread).count();
    let coverage = 100.0 * covered as f64 / (cases.len() as u64 * FOLDINGS) as f64;
    let distinct = cases.iter().map(|case| case.requester.as_str()).collect::<HashSet<_>>().len();
    println!(
        "{name}: {} rows of {distinct} requesters · by row ×{:.3}, {:.1} % within ×2 · by requester ×{:.3}, {:.1} % · \
         80 % of errors (by requester) within ±{spread:.3} · the law's range covers {coverage:.1} % of rows",
        cases.len(),
        rows.median_factor,
        rows.within_two,
        requesters.median_factor,
        requesters.within_two
    );
    (rows, requesters, coverage)
}

fn assert_near(name: &str, fitted: &[f64], constants: &[f64]) {
    println!("{name}: fitted {fitted:.3?}, constants {constants:.3?}");
    for (fitted, constant) in fitted.iter().zip(constants) {
        assert!((fitted - constant).abs() <= 0.01, "{name}: refit the constants in src/estimate/prior.rs");
    }
}

/// Rows whose kind has no rate, by hand label: their time is never used.
fn rows_without_rate() -> Option<HashSet<usize>> {
    let labels = listing::fixture("labels/mturk-listing.tsv")?;
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        matches!(cells[3], "earlier_work" | "named_workers").then(|| cells[0].parse().expect("a row number"))
    };
    Some(labels.lines().skip(1).filter_map(row).collect())
}

#[test]
fn the_law_of_stated_times_predicts_unknown_requesters() {
    let Some(cases) = stated_cases() else { return };
    let all: Vec<&Case> = cases.iter().collect();
    assert_near("stated", &fit_stated(&all), &Model::FITTED.stated);
    let mut sets = vec![("all rows above $0.25 with a stated time", all.clone())];
    if let Some(without_rate) = rows_without_rate() {
        let with_rate = all.iter().filter(|case| !without_rate.contains(&case.row)).copied().collect();
        sets.push(("those with a rate (no pay for earlier work)", with_rate));
    }
    for (name, cases) in sets {
        let (rows, requesters, coverage) = cross_validate(name, &cases);
        assert!(cases.len() >= 200, "{name}: too few rows to judge by");
        assert!(rows.median_factor <= 1.50 && rows.within_two >= 75.0, "{name}: {rows:?}");
        assert!(requesters.median_factor <= 1.60 && requesters.within_two >= 72.0, "{name}: {requesters:?}");
        assert!(coverage >= 80.0, "{name}: the range covers only {coverage:.1} %");
    }
}

#[test]
fn the_level_of_small_tasks_comes_from_measured_times() {
    let Some(cases) = measured_cases() else { return };
    let all: Vec<&Case> = cases.iter().collect();
    assert!(all.len() >= 1_500, "the measured times are missing");
    assert_near("measured", &fit_measured(&all), &Model::FITTED.measured);
    let refit = |rest: &[&Case]| Model { measured: fit_measured(rest), ..Model::FITTED };
    let errors: Vec<f64> = (0..FOLDINGS).flat_map(|folding| held_out_errors(&all, folding, refit)).collect();
    let by_row = vec![1.0; errors.len()];
    let shared: Vec<f64> = (0..FOLDINGS).flat_map(|_| weights(&all)).collect();
    let by_requester: Vec<f64> = shared.iter().map(|weight| weight * weight).collect();
    let factors: Vec<f64> = all.iter().map(|case| Model::FITTED.ln_factor(&case.terms)).collect();
    let in_range = |weights: &[f64]| {
        let covered = errors
            .iter()
            .zip(factors.iter().cycle())
            .zip(weights)
            .filter(|((error, factor), _)| error.abs() <= **factor);
        100.0 * covered.map(|(_, weight)| weight).sum::<f64>() / weights.iter().sum::<f64>()
    };
    let (rows, requesters) = (in_range(&by_row), in_range(&by_requester));
    println!(
        "measured at or below $0.25: {} rows · by row {:?} · by requester {:?} · 80 % of errors within ±{:.3} (by row), ±{:.3} (fit weights), ±{:.3} (by requester) · \
         the range covers {rows:.1} % of rows, {requesters:.1} % by requester",
        all.len(),
        accuracy(&errors, &by_row),
        accuracy(&errors, &by_requester),
        weighted_quantile(&errors, &by_row, 0.8),
        weighted_quantile(&errors, &shared, 0.8),
        weighted_quantile(&errors, &by_requester, 0.8)
    );
    assert!(rows >= 80.0 && requesters >= 70.0, "the range is not honest");
}
