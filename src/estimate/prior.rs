//! A guess at the time where nothing is stated: from reward, allotted time and a few words.
//!
//! Two evidences, joined. The stated times of a real list (2021-03, above $0.25) give a log-linear
//! law of reward and allotted time. Times measured at work (2020, at or below $0.25) show no
//! dependence on reward worth a term, only a wide spread around a minute; above that reward the
//! measurement is of no use, as it misses work done in other tabs. What calls itself a survey or
//! study follows the first law at any reward; other tasks follow the second up to
//! [`MEASURED_UP_TO_MICROS`], the first from [`STATED_FROM_MICROS`], and between them go from one
//! to the other on a straight line of logarithms: no jump, never falling with a rising reward.
//!
//! The constants come from `tests/native/prior_fit.rs`, which refits them and checks how well they
//! predict requesters they were not fitted on.

use super::stated::lexicon;
use super::tokens::{Tokens, WordList};
use crate::domain::{Currency, Money, TimeRange};

/// Up to this reward ($0.25) only the measured level counts.
const MEASURED_UP_TO_MICROS: f64 = 250_000.0;
/// From this reward ($0.50) on only the law of stated times counts.
const STATED_FROM_MICROS: f64 = 500_000.0;
/// A limit longer than 90 minutes says nothing more: hours and days are left "to be safe".
///
/// The best of seven tried from half an hour to six hours; chosen anew inside each fold it is 90 or
/// 120 minutes and predicts unknown requesters about as well (×1.34 and 83 % for ×1.31 and 83 %).
const ALLOTTED_CEILING_SECS: f64 = 5_400.0;
/// Taken where the site shows no limit: the most frequent one.
const USUAL_ALLOTTED_SECS: f64 = 3_600.0;
/// Taken where the reward is unknown: the middle of real lists.
const USUAL_REWARD_MICROS: f64 = 500_000.0;
/// Pay for earlier work is one click and one look.
const EARLIER_WORK_SECS: f64 = 60.0;
/// What one question of a short survey takes, and how far it moves the guess: half of the way.
/// A judgement: too few rows state a number of questions to fit it, but they err less with it.
const QUESTION_SECS: f64 = 25.0;
const QUESTIONS_WEIGHT: f64 = 0.5;
/// Longer question lists are tests and batteries, where the number says less than the reward.
const MOST_QUESTIONS: u64 = 30;

/// What not knowing the reward adds: 80 % of list rewards lie within a factor of ten of the middle,
/// which the law takes to the power of 0.43.
const UNKNOWN_REWARD_SPREAD: f64 = 1.0;

/// What a guess is made from.
#[derive(Clone, Copy, Debug)]
pub struct PriorInput<'task> {
    /// Pay for one task. Dollars, euros and pounds are taken as alike; others as unknown.
    pub reward: Option<Money>,
    /// The site's limit in seconds.
    pub allotted_secs: Option<u32>,
    /// The task's title.
    pub title: &'task str,
    /// The task's longer text.
    pub description: &'task str,
}

/// The terms of the law; each has a meaning and is known before any time is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Logarithm of the reward in major units; the smallest amount counts as a millionth.
    pub ln_reward: f64,
    /// Logarithm of the allotted seconds, at most 90 minutes.
    pub ln_allotted: f64,
    /// The text calls the task short, quick or brief: 1, otherwise 0.
    pub short: f64,
    /// The text speaks of a survey, study or the like: minutes of questions, whatever the pay.
    pub survey: bool,
    /// How many questions or items the text announces, if at most thirty.
    pub questions: Option<f64>,
    /// The title speaks of compensation: pay for earlier work.
    pub earlier_work: bool,
    /// Whether the reward was known.
    reward_known: bool,
}

impl Terms {
    /// Reads the terms of a task.
    pub fn of(input: &PriorInput<'_>) -> Self {
        Self::read(input, &Tokens::of(input.title), &Tokens::of(input.description))
    }

    /// The same on texts that are cut already.
    fn read(input: &PriorInput<'_>, title: &Tokens<'_>, description: &Tokens<'_>) -> Self {
        let reward = input.reward.filter(|reward| is_dollar_like(reward.currency)).map(micros);
        let allotted = input.allotted_secs.filter(|secs| *secs > 0).map_or(USUAL_ALLOTTED_SECS, f64::from);
        Self {
            ln_reward: (reward.unwrap_or(USUAL_REWARD_MICROS).max(1.0) / 1_000_000.0).ln(),
            ln_allotted: allotted.min(ALLOTTED_CEILING_SECS).ln(),
            short: if says_short(title) || says_short(description) { 1.0 } else { 0.0 },
            survey: says_survey(title, input.title) || says_survey(description, input.description),
            questions: question_count(title).or_else(|| question_count(description)),
            earlier_work: is_earlier_work(title),
            reward_known: reward.is_some(),
        }
    }
}

/// Coefficients on logarithms of seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// Above the joint: constant, ln reward (major units), ln allotted seconds, called short.
    pub stated: [f64; 4],
    /// Below: constant and ln allotted seconds.
    pub measured: [f64; 2],
    /// Logarithm of the factor that covers 80 % of the errors against stated times.
    pub stated_spread: f64,
    /// The same against measured times.
    pub measured_spread: f64,
}

impl Model {
    /// Fitted on all rows; see `tests/native/prior_fit.rs`.
    pub const FITTED: Self = Self {
        stated: [0.387, 0.431, 0.770, -0.350],
        measured: [2.537, 0.188],
        stated_spread: 0.81,
        measured_spread: 1.735,
    };

    /// Logarithm of the middle, in seconds.
    pub fn ln_mid(&self, terms: &Terms) -> f64 {
        if terms.earlier_work {
            return EARLIER_WORK_SECS.ln();
        }
        let [constant, reward, allotted, short] = self.stated;
        let [level, by_allotted] = self.measured;
        let measured = level + by_allotted * terms.ln_allotted;
        let stated = constant + reward * terms.ln_reward + allotted * terms.ln_allotted + short * terms.short;
        let weight = if terms.survey { 1.0 } else { reward_weight(terms) };
        // Never below the level of small tasks, so that the guess cannot fall with the reward.
        let base = measured + weight * (stated.max(measured) - measured);
        match terms.questions {
            Some(count) => base + QUESTIONS_WEIGHT * ((QUESTION_SECS * count).ln() - base),
            None => base,
        }
    }

    /// Logarithm of the factor either way that holds 80 % of what a worker may meet.
    ///
    /// Against stated times the law errs by its own spread; a worker's time strays from a stated
    /// one as well, so both are added as squares. Measured times hold that spread already.
    pub fn ln_factor(&self, terms: &Terms) -> f64 {
        let of_stated = self.stated_spread.hypot(super::stated::SPREAD.ln());
        let weight = reward_weight(terms);
        let known = self.measured_spread + weight * (of_stated - self.measured_spread);
        if terms.reward_known || terms.earlier_work { known } else { known.hypot(UNKNOWN_REWARD_SPREAD) }
    }
}

/// 0 up to $0.25, 1 from $0.50 on, straight in logarithms between.
fn reward_weight(terms: &Terms) -> f64 {
    let ln_micros = terms.ln_reward + 1_000_000_f64.ln();
    let (from, to) = (MEASURED_UP_TO_MICROS.ln(), STATED_FROM_MICROS.ln());
    ((ln_micros - from) / (to - from)).clamp(0.0, 1.0)
}

/// A guess at the time of a task that states none, with an 80 % range. Never above the allotted time.
pub fn prior_time(input: &PriorInput<'_>) -> TimeRange {
    prior_in(input, &Tokens::of(input.title), &Tokens::of(input.description))
}

/// The same on texts that are cut already.
pub(super) fn prior_in(input: &PriorInput<'_>, title: &Tokens<'_>, description: &Tokens<'_>) -> TimeRange {
    let terms = Terms::read(input, title, description);
    let model = Model::FITTED;
    let range = super::range_around(model.ln_mid(&terms).exp(), model.ln_factor(&terms).exp());
    match input.allotted_secs.filter(|secs| *secs > 0) {
        Some(ceiling) => super::below(range, ceiling),
        None => range,
    }
}

fn is_dollar_like(currency: Currency) -> bool {
    matches!(currency.code(), "USD" | "EUR" | "GBP")
}

/// Micros as a float, for the logarithm only: 53 bits hold any reward exactly.
#[allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a logarithm needs no more than 53 bits"
)]
fn micros(money: Money) -> f64 {
    money.micros as f64
}

/// Words that call a task short, in the larger languages.
static SHORT: WordList<13> = WordList::of([
    "breve", "brief", "corta", "corto", "court", "courte", "curta", "kurz", "kurze", "kurzer", "quick",
    "rapida", "short",
]);

fn says_short(tokens: &Tokens<'_>) -> bool {
    (0..tokens.len()).any(|at| SHORT.has(tokens, at))
}

/// Words for a survey or study, in the larger languages.
static SURVEY: WordList<29> = WordList::of([
    "ankieta",
    "befragung",
    "cuestionario",
    "encuesta",
    "enquete",
    "estudio",
    "estudo",
    "etude",
    "experiment",
    "fragebogen",
    "indagine",
    "opinion",
    "opinions",
    "pesquisa",
    "poll",
    "questionario",
    "questionnaire",
    "questionnaires",
    "research",
    "sondage",
    "sondaggio",
    "studie",
    "studies",
    "studio",
    "study",
    "survey",
    "surveys",
    "umfrage",
    "опрос",
]);
/// The same in scripts without spaces.
const SURVEY_IDEOGRAPHS: &[&str] = &["アンケート", "調査", "问卷", "調查", "调查", "설문"];

fn says_survey(tokens: &Tokens<'_>, text: &str) -> bool {
    let named = (0..tokens.len()).any(|at| SURVEY.has(tokens, at));
    named || !text.is_ascii() && SURVEY_IDEOGRAPHS.iter().any(|word| text.contains(word))
}

/// What is counted: "9 questions", "12-item scale".
static QUESTIONS: WordList<8> =
    WordList::of(["question", "questions", "item", "items", "fragen", "preguntas", "perguntas", "domande"]);

/// "9 questions", "12-item scale", "four demographic questions"; not "question 4", nor a screener's.
fn question_count(tokens: &Tokens<'_>) -> Option<f64> {
    (0..tokens.len()).filter(|at| QUESTIONS.has(tokens, *at)).find_map(|at| {
        let screens = (1..=2).any(|ahead| matches!(tokens.word(at + ahead), "screener" | "screening"));
        let number = |place: usize| tokens.number(place).or_else(|| lexicon::number_word(tokens.word(place)));
        let milli = (1..=4).filter_map(|back| at.checked_sub(back)).find_map(number).filter(|_| !screens)?;
        let count = Some(milli / 1_000).filter(|count| (1..=MOST_QUESTIONS).contains(count))?;
        u32::try_from(count).ok().map(f64::from)
    })
}

/// "Compensation HIT", "Bonus for …", "Payment for …" in a title.
fn is_earlier_work(tokens: &Tokens<'_>) -> bool {
    (0..tokens.len()).any(|at| {
        let next = tokens.word(at + 1);
        match tokens.word(at) {
            "compensation" => at == 0 || matches!(next, "hit" | "for" | "payment" | "task" | "follow"),
            "bonus" => at == 0 || matches!(next, "hit" | "payment"),
            "pay" | "payment" => at == 0 && next == "for",
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests;
