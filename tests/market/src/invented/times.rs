//! The many forms in which people state how long a task takes.

use super::rng::Rng;

/// A time stated in a title: what to put behind it.
pub(super) fn in_title(rng: &mut Rng, minutes: u32) -> String {
    let (low, high) = range(minutes);
    let forms = [
        // The form a large recruiting service adds by itself; the most frequent by far.
        (46, format!("(~ {minutes} minutes)")),
        (8, format!(" ({minutes} min)")),
        (8, format!(" - {minutes} minutes")),
        (6, format!(" ({low}-{high} minutes)")),
        (5, format!(", {low}-{high} min")),
        (4, format!(" (approx. {minutes} mins)")),
        (4, format!(" (less than {high} minutes)")),
        (3, format!(" [{minutes} MIN]")),
        (3, format!(" ~{minutes}min")),
        (3, format!(" – about {} minutes", in_words(minutes))),
        (2, format!(" ({minutes} minutes max)")),
        (2, format!(" (<{high} min)")),
        (6, special(minutes)),
    ];
    chosen(rng, forms)
}

/// A time stated in a description: a sentence of its own.
pub(super) fn in_description(rng: &mut Rng, minutes: u32) -> String {
    let (low, high) = range(minutes);
    let forms = [
        (16, format!("It takes about {minutes} minutes.")),
        (10, format!("Most people need {low} to {high} minutes.")),
        (8, format!("Expected time: {minutes} min.")),
        (8, format!("This should take no longer than {high} minutes.")),
        (8, format!("The whole thing lasts approximately {} minutes.", in_words(minutes))),
        (6, format!("Estimated duration {low}–{high} mins")),
        (6, format!("You will be done in {minutes} minutes or so.")),
        (4, format!("Time needed: {}.", special(minutes).trim_matches([' ', '(', ')']))),
        (4, format!("(around {minutes} min in our pilot)")),
    ];
    chosen(rng, forms)
}

fn chosen<const N: usize>(rng: &mut Rng, forms: [(u32, String); N]) -> String {
    let mut left = rng.below(forms.iter().map(|(weight, _)| weight).sum());
    for (weight, form) in forms {
        if left < weight {
            return form;
        }
        left -= weight;
    }
    String::new()
}

fn range(minutes: u32) -> (u32, u32) {
    match minutes {
        0..=2 => (1, minutes + 1),
        3..=9 => (minutes - 1, minutes + 2),
        10..=29 => (minutes - 2, minutes + 3),
        _ => (minutes - 5, minutes + 10),
    }
}

/// Forms that only some lengths have.
fn special(minutes: u32) -> String {
    match minutes {
        1 => " (under a minute)".to_owned(),
        2 => " (90 sec)".to_owned(),
        30 => " (½ hour)".to_owned(),
        45 => " (45 min.)".to_owned(),
        60 => " (1 hour)".to_owned(),
        75 => " (1h 15m)".to_owned(),
        90 => " (1.5 hrs)".to_owned(),
        other => format!(" ({other}min)"),
    }
}

fn in_words(minutes: u32) -> String {
    let word = match minutes {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        10 => "ten",
        12 => "twelve",
        15 => "fifteen",
        20 => "twenty",
        25 => "twenty-five",
        30 => "thirty",
        40 => "forty",
        45 => "forty-five",
        60 => "sixty",
        90 => "ninety",
        other => return other.to_string(),
    };
    word.to_owned()
}
