//! Pay the words promise beyond the reward: quoted, never added.

use std::sync::OnceLock;

use super::clean::clean_text;
use super::mask::mask_worker_ids;
use super::phrases::{Found, Phrases, overlapping};
use super::tokens::{Shape, Text};
use super::{Texts, Wording, kind};
use crate::domain::{Kind, Promise};

/// The longest quote in characters, ellipses included.
pub const MAX_QUOTE_CHARS: usize = 80;

/// The promise of pay beyond the reward in title or description; `None` where there is none,
/// and on rows that are themselves a payment (their "bonus" is the reward).
pub fn promised(wording: &Wording<'_>) -> Option<Promise> {
    let texts = Texts::read(wording);
    of_texts(&texts, wording, kind::of_texts(&texts, wording))
}

/// As [`promised`], for texts that are read already and a row whose kind is known.
pub(super) fn of_texts(texts: &Texts<'_>, wording: &Wording<'_>, kind: Option<Kind>) -> Option<Promise> {
    if kind.is_some_and(|kind| !kind.has_rate()) {
        return None;
    }
    let texts = texts.both();
    let minutes = texts.into_iter().find_map(stated_minutes);
    let mut best: Option<(bool, &Text<'_>, Found<Pledge>)> = None;
    for text in texts {
        for found in pledges_in(text) {
            let judged = judge(text, &found, wording.reward_micros, minutes);
            let Some(has_amount) = judged else { continue };
            // The first pledge with an amount, or else the first pledge.
            if best.as_ref().is_none_or(|(amount, _, _)| has_amount && !amount) {
                best = Some((has_amount, text, found));
            }
        }
    }
    best.map(|(_, text, found)| Promise { quote: quote(text, &found) })
}

/// What a phrase pledges, and so what must be true of the amounts near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pledge {
    /// A bonus or extra pay: a promise with or without an amount.
    Extra,
    /// Extra pay without the word bonus: no promise where its amount is just the reward.
    Additional,
    /// Pay that is a promise only if an amount near it is above the reward.
    Pay,
    /// Pay for each of several things in one task.
    PerItem,
    /// A claimed rate: a promise only if it is far above reward and stated minutes.
    PerMinute,
    /// As `PerMinute`, by the hour.
    PerHour,
    /// Nothing where it overlaps one.
    Nothing,
}

const TABLES: &[(Pledge, &[&str])] = &[
    (
        Pledge::Extra,
        &["bonus", "bonuses", "bonussed", "bonused", "bonusing", "$ bonus", "bonus $", "bonus up|of *2 $"],
    ),
    (
        Pledge::Additional,
        &[
            "extra|additional|added|supplementary|supplemental $|pay|payment|payments|money|compensation|earnings|reward|rewards|income|cash",
            "extra|additional variable? remuneration|payment|payout|compensation",
            "additional|extra payment|compensation|remuneration of $",
            "more|extra|additional money|pay|cash|dollars",
            "earn|paid|make|receive extra|additional|more for|if|by|money|$",
            "higher|better paying|paid hits|tasks|hit|studies|task|work|surveys",
            "$ extra|additional|more",
            "performance|incentive|accuracy pay|payment|based",
        ],
    ),
    (
        Pledge::Pay,
        &[
            "up to $",
            "as much as $",
            "at least $ *1 to|and|more",
            "earn|earning|earnings|earned|make|receive|paid|payed|pay|pays|paying|compensated|compensation|reward|rewarded|payment|remuneration|get *6 $",
            "reward|payment|pay|compensation is|between *3 $ and|to|$ $",
            "$ for|if|to *6 survey|study|interview|session|completing|participating|hit|task|finish|first|second|later|part",
            "chance|opportunity|able *4 earn|receive *4 $",
            "receive|get|earn *4 gift card",
            "total *6 $",
            "$ *2 total|in|for total|all|all",
            "round|hits|tasks|later|next|future|then *3 $ per|each|for",
            "$ interview|study|survey|hit|task",
            "qualify|eligible|longer|larger|full|main|follow|second|next|future|upcoming|invited *6 $",
            "$ # min|minutes|minute|hour",
        ],
    ),
    (
        Pledge::PerItem,
        &[
            "$ per|for|each|every each? *1 image|images|item|items|question|questions|photo|photos|video|videos|page|pages|record|records|sentence|word|words|url|row|rows|correct|answer|error|receipt|report|diary|day|session|friend|referral|media|clip|file|review|trial|point|round|entry|additional|one|label|annotation|box",
            "$ per|each *1 timed|media|audio|video",
        ],
    ),
    (
        Pledge::PerMinute,
        &["earn|earning|make|pay|pays|paid *4 $ per|a|each minute|min", "$ per|a|each minute|min"],
    ),
    (
        Pledge::PerHour,
        &["earn|earning|make|pay|pays|paid *4 $ per|an|each hour|hr", "$ per|an|each hour|hr", "$ hr|hourly"],
    ),
    (
        Pledge::Nothing,
        &[
            // Bonus as a name of something else, or the subject of a survey.
            "=bonus round|rounds|question|questions|points|point|level|levels|depreciation|system|systems|plan|plans|scheme|schemes|content|features|feature|track",
            "about|on|of|annual|salary|employee|executive|signup|ceo *2 bonus|bonuses",
            "casino|sign|signup|welcome|deposit *1 bonus|bonuses",
            "extra|additional pay|money|compensation survey|study|research",
            "more|extra money|pay than|is|are",
            // Prices and stakes, no pay.
            "cost|costs|price|priced|worth|spend|spent|buy|budget|donate|donation|invest|save|tax|income|salary|household|over|under|below *3 $",
            "$ off|discount|donation|worth|item|product|products|million|billion|k|note|bill|bills|store|stores|income",
            "willing|willingness|minimum *6 $",
            "$ *3 minimum",
            // A draw is no pay.
            "chance|opportunity|enter|entered *3 win|draw|drawing|raffle|lottery *4 $",
            "chance|opportunity to win *4 $",
            "raffle|lottery|sweepstakes|drawing|prize *6 $",
            "$ *4 raffle|lottery|sweepstakes|drawing|prize",
            "imagine|suppose|hypothetical|assume|scenario *8 $",
        ],
    ),
];

fn pledges_in(text: &Text<'_>) -> Vec<Found<Pledge>> {
    static PHRASES: OnceLock<Phrases<Pledge>> = OnceLock::new();
    let found = PHRASES.get_or_init(|| Phrases::new(TABLES)).find_all(text);
    let is_vetoed =
        |pledge: &Found<Pledge>| overlapping(&found, pledge).any(|other| other.meaning == Pledge::Nothing);
    found
        .iter()
        .filter(|pledge| pledge.meaning != Pledge::Nothing && !is_vetoed(pledge))
        .filter(|pledge| !text.is_denied(pledge.start, pledge.end))
        .copied()
        .collect()
}

/// Whether a pledge goes beyond the reward, and whether it names an amount: `Some(has_amount)`.
fn judge(text: &Text<'_>, pledge: &Found<Pledge>, reward: Option<i64>, minutes: Option<i64>) -> Option<bool> {
    let above_reward = |micros: i64| reward.is_none_or(|reward| micros > reward);
    let amounts = || amounts_in(text, pledge);
    match pledge.meaning {
        Pledge::Additional if amounts().next().is_some() => {
            amounts().any(|micros| reward != Some(micros)).then_some(true)
        }
        Pledge::Extra | Pledge::Additional => {
            Some(amounts().next().is_some() || amount_in_clause(text, pledge))
        }
        Pledge::PerItem => Some(true),
        Pledge::Pay if is_rate(text, pledge) => None,
        Pledge::Pay => amounts().any(above_reward).then_some(true),
        Pledge::PerMinute => claims_more(amounts().max()?, minutes?, reward?, 1).then_some(true),
        Pledge::PerHour => claims_more(amounts().max()?, minutes?, reward?, 60).then_some(true),
        Pledge::Nothing => None,
    }
}

/// Whether a pledge ends in a rate: "$6 per hour", "$7/hr".
fn is_rate(text: &Text<'_>, pledge: &Found<Pledge>) -> bool {
    let is_unit = |word: &str| matches!(word, "minute" | "min" | "hour" | "hr" | "hourly");
    let next = text.word_at(pledge.end);
    is_unit(next)
        || (matches!(next, "per" | "an" | "a" | "each")
            && is_unit(text.word_at(pledge.end.saturating_add(1))))
}

/// A rate times the stated minutes at least half above the reward: it cannot be the reward restated.
fn claims_more(rate_micros: i64, minutes: i64, reward_micros: i64, minutes_per_rate: i64) -> bool {
    let claimed = rate_micros.saturating_mul(minutes).saturating_mul(2);
    claimed > reward_micros.saturating_mul(minutes_per_rate).saturating_mul(3)
}

fn amounts_in<'a>(text: &'a Text<'_>, pledge: &Found<Pledge>) -> impl Iterator<Item = i64> + use<'a> {
    text.tokens.get(pledge.start..pledge.end).unwrap_or_default().iter().filter_map(|token| {
        match token.shape {
            Shape::Money(micros) => Some(micros),
            _ => None,
        }
    })
}

fn amount_in_clause(text: &Text<'_>, pledge: &Found<Pledge>) -> bool {
    let Some(clause) = text.tokens.get(pledge.start).map(|token| token.clause) else { return false };
    text.tokens.iter().any(|token| token.clause == clause && matches!(token.shape, Shape::Money(_)))
}

/// The first number of minutes a text states; a coarse reading, for comparing rates only.
fn stated_minutes(text: &Text<'_>) -> Option<i64> {
    let is_unit = |word: &str| matches!(word, "minute" | "minutes" | "min" | "mins");
    text.tokens.iter().zip(text.tokens.iter().skip(1).map(Some).chain([None])).find_map(|(token, next)| {
        let word = text.word(token);
        let digits = word.trim_end_matches(|last: char| last.is_ascii_lowercase());
        let glued = is_unit(word.get(digits.len()..).unwrap_or(""));
        let spaced = digits == word && next.is_some_and(|unit| is_unit(text.word(unit)));
        (glued || spaced).then(|| digits.parse().ok())?
    })
}

/// The clause of a pledge as it stands, cut to a window around the pledge where it is too long.
fn quote(text: &Text<'_>, pledge: &Found<Pledge>) -> String {
    let Some(first) = text.tokens.get(pledge.start) else { return String::new() };
    let last_clause = pledge
        .end
        .checked_sub(1)
        .and_then(|last| text.tokens.get(last))
        .map_or(first.clause, |token| token.clause);
    let in_clause = |at: usize| {
        text.tokens.get(at).is_some_and(|token| (first.clause..=last_clause).contains(&token.clause))
    };
    let mut start = pledge.start;
    let mut end = pledge.end;
    // Grow by a word at a time, behind before in front, while the quote stays short enough.
    loop {
        let grown = [(start, end.saturating_add(1)), (start.saturating_sub(1), end)].into_iter().find(
            |&(from, to)| {
                let grows_end = to > end;
                let grows = if grows_end { in_clause(end) } else { from < start && in_clause(from) };
                grows && span(text, from, to).chars().count() <= MAX_QUOTE_CHARS.saturating_sub(2)
            },
        );
        let Some((from, to)) = grown else { break };
        (start, end) = (from, to);
    }
    let cut_front = start > 0 && in_clause(start.saturating_sub(1));
    let cut_back = in_clause(end);
    while !cut_front
        && end.saturating_sub(start) > 2
        && matches!(text.word_at(start), "and" | "or" | "but" | "also")
    {
        start = start.saturating_add(1);
    }
    let words =
        if cut_back { span(text, start, end) } else { with_bracket(text, &span(text, start, end), end) };
    let words = clean_text(&mask_worker_ids(&words));
    let words = super::clean::cut_at_grapheme(&words, MAX_QUOTE_CHARS.saturating_sub(2));
    format!("{}{words}{}", if cut_front { "…" } else { "" }, if cut_back { "…" } else { "" })
}

/// The words with the bracket right behind them, where it is short: `bonus ($0.90)`.
fn with_bracket(text: &Text<'_>, words: &str, end: usize) -> String {
    let behind = end
        .checked_sub(1)
        .and_then(|last| text.tokens.get(last))
        .and_then(|last| text.raw.get(last.end..))
        .unwrap_or("")
        .trim_start_matches(['$', '€', '£', '%', '+', '¢']);
    let bracket = behind
        .trim_start()
        .strip_prefix('(')
        .and_then(|inside| inside.split_once(')'))
        .filter(|(inside, _)| inside.contains(|c: char| c.is_ascii_digit()))
        .map(|(inside, _)| format!("{words} ({inside})"));
    match bracket {
        Some(joined) if joined.chars().count() <= MAX_QUOTE_CHARS.saturating_sub(2) => joined,
        _ if words.contains('(') && !words.contains(')') && behind.starts_with(')') => format!("{words})"),
        _ => words.to_owned(),
    }
}

/// The original words of tokens `from..to`, with the signs that belong to them.
fn span(text: &Text<'_>, from: usize, to: usize) -> String {
    let (Some(first), Some(last)) =
        (text.tokens.get(from), to.checked_sub(1).and_then(|last| text.tokens.get(last)))
    else {
        return String::new();
    };
    let before = text.raw.get(..first.start).unwrap_or("");
    let signs_before = before.len().saturating_sub(
        before.trim_end_matches(['$', '€', '£', '¥', '₹', '~', '+', '<', '>', '=', ' ']).len(),
    );
    let behind = text.raw.get(last.end..).unwrap_or("");
    let signs_behind =
        behind.len().saturating_sub(behind.trim_start_matches(['$', '€', '£', '%', '+', '¢']).len());
    let start = first.start.saturating_sub(signs_before);
    let end = last.end.saturating_add(signs_behind);
    text.raw.get(start..end).unwrap_or("").trim().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a missing quote fails the test")]
    use super::*;

    fn quote_of(title: &str, description: &str, reward_micros: i64) -> Option<String> {
        promised(&Wording { title, description, reward_micros: Some(reward_micros), ..Wording::default() })
            .map(|promise| promise.quote)
    }

    #[test]
    fn the_tables_are_well_formed() {
        super::super::phrases::assert_well_formed(&Phrases::new(TABLES));
    }

    #[test]
    fn promises_are_quoted() {
        let table = [
            ("Sort songs (approx. $2.10-$2.40 bonus)", "", 10_000, "approx. $2.10-$2.40 bonus"),
            ("Survey (with bonus)", "", 500_000, "with bonus"),
            ("Game, up to $2 bonus", "", 500_000, "up to $2 bonus"),
            (
                "Survey",
                "You will get $0.10 now and a bonus ($0.90) later.",
                100_000,
                "You will get $0.10 now and a bonus ($0.90)",
            ),
            ("The pay is between $2 and $4", "", 10_000, "The pay is between $2 and $4"),
            ("Survey", "You can earn an additional $4 later", 100_000, "You can earn an additional $4 later"),
            ("Trial round", "Next round: $0.07 per HIT", 30_000, "Next round: $0.07 per HIT"),
            ("Rename files, 40c bonus", "", 10_000, "40c bonus"),
            ("Label dogs", "Earn $0.05 for each image", 50_000, "Earn $0.05 for each image"),
            ("App test (~12 minute)", "Earn ~$0.41 per minute", 1_200_000, "Earn ~$0.41 per minute"),
        ];
        for (title, description, reward, expected) in table {
            assert_eq!(
                quote_of(title, description, reward).as_deref(),
                Some(expected),
                "{title} | {description}"
            );
        }
    }

    #[test]
    fn the_reward_restated_is_no_promise() {
        for (title, description, reward) in [
            ("Survey", "You will be paid $0.50 for this survey.", 500_000),
            ("Survey", "There is no bonus.", 500_000),
            ("Survey ($0.50 per HIT)", "", 500_000),
            ("App test (5 minutes)", "You earn $6 per hour", 500_000),
            ("Complete task two for additional $8", "", 8_000_000),
            ("Survey", "Win a prize: raffle of a $50 card", 100_000),
            ("Willingness to pay for a $500 phone", "", 100_000),
            ("Game", "Imagine you receive $100", 100_000),
            ("Employee bonus survey", "", 100_000),
            ("Compensation HIT – bonus $5", "", 5_000_000),
        ] {
            assert_eq!(quote_of(title, description, reward), None, "{title} | {description}");
        }
    }

    #[test]
    fn quotes_are_short_and_masked() {
        let long = format!("{} a bonus of $5 {}", "word ".repeat(40), "more ".repeat(40));
        let quote = quote_of("Survey", &long, 10_000).unwrap();
        assert!(quote.chars().count() <= MAX_QUOTE_CHARS, "{quote}");
        assert!(quote.starts_with('…') && quote.ends_with('…') && quote.contains("bonus of $5"), "{quote}");
        let named = quote_of("Survey", "The bonus of $5 for A1B2C3D4E5F6G7", 10_000).unwrap();
        assert!(named.contains("[worker]") && !named.contains("A1B2"), "{named}");
        let wide = quote_of("", &format!("bonus {}", "漢".repeat(300)), 10_000).unwrap();
        assert!(wide.chars().count() <= MAX_QUOTE_CHARS);
    }
}
