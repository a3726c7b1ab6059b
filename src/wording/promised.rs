//! Pay the words promise beyond the reward: quoted, never added.

use std::sync::OnceLock;

use super::clean::clean_text;
use super::mask::mask_worker_ids;
use super::phrases::{Found, Phrases};
use super::tokens::{Shape, Text};
use super::{Wording, kind};
use crate::domain::{Kind, Promise};

/// The longest quote in characters, ellipses included.
pub const MAX_QUOTE_CHARS: usize = 80;

/// The promise of pay beyond the reward in title or description; `None` where there is none,
/// and on rows that are themselves a payment (their "bonus" is the reward).
pub fn promised(wording: &Wording<'_>) -> Option<Promise> {
    promised_for_kind(wording, kind::classify(wording))
}

/// As [`promised`], for a row whose kind is known already.
pub fn promised_for_kind(wording: &Wording<'_>, kind: Option<Kind>) -> Option<Promise> {
    if kind.is_some_and(|kind| !kind.has_rate()) {
        return None;
    }
    let texts = [Text::read(wording.title), Text::read(wording.description)];
    let minutes = texts.iter().find_map(stated_minutes);
    let mut best: Option<(bool, &Text<'_>, Found<Offer>)> = None;
    for text in &texts {
        for found in offers_in(text) {
            let judged = judge(text, &found, wording.reward_micros, minutes);
            let Some(has_amount) = judged else { continue };
            // The first offer with an amount, or else the first offer.
            if best.as_ref().is_none_or(|(amount, _, _)| has_amount && !amount) {
                best = Some((has_amount, text, found));
            }
        }
    }
    best.map(|(_, text, found)| Promise { quote: quote(text, &found) })
}

/// What a phrase offers, and so what must be true of the amounts near it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offer {
    /// A bonus or extra pay: a promise with or without an amount.
    Extra,
    /// Pay that is a promise only if an amount near it is above the reward.
    Pay,
    /// Pay for each of several things in one task.
    PerItem,
    /// A claimed rate: a promise only if it is far above reward and stated minutes.
    PerMinute,
    /// As `PerMinute`, by the hour.
    PerHour,
    /// No offer where it overlaps one.
    NoOffer,
}

const TABLES: &[(Offer, &[&str])] = &[
    (Offer::Extra, &[
        "bonus", "bonuses", "bonussed", "bonused", "bonusing", "bônus",
        "extra|additional|added|supplementary|supplemental $|pay|payment|payments|money|compensation|earnings|reward|rewards|income|cash|variable *1",
        "extra|additional *1 remuneration|payment|payout|compensation",
        "additional|extra $",
        "more|extra|additional money|pay|cash|dollars",
        "earn|paid|make|receive extra|additional|more *1 for|if|by|money|$",
        "higher|better paying|paid|pay hits|tasks|hit|studies|task|work|surveys",
        "$ extra|additional|more|bonus",
        "performance|incentive|accuracy pay|payment|based",
        "tip|tips of|up $|to",
    ]),
    (Offer::Pay, &[
        "up to $", "as much as $", "at least $ *1 to|and|more",
        "earn|earning|earnings|earned|make|win|receive|paid|payed|pay|pays|paying|compensated|compensation|reward|rewarded|payment|remuneration|get *6 $",
        "reward|payment|pay|compensation is|between *3 $ and|to|$ $",
        "$ for|if|to *6 survey|study|interview|session|completing|participating|hit|task|finish|first|second|later|part",
        "chance|opportunity|able *4 earn|win|receive *4 $",
        "total *6 $", "$ *2 total|in|for total|all|all",
        "round|hits|tasks|later|next|future|then *3 $ per|each|for",
        "qualify|longer|larger|full|main|follow|second|next|future|upcoming|invited *6 $",
        "$ # min|minutes|minute|hour",
        "$ gift|giftcard|amazon|visa|voucher card|voucher|gift|giftcard",
    ]),
    (Offer::PerItem, &[
        "$ per|for|each|every each? *1 image|images|item|items|question|questions|photo|photos|video|videos|page|pages|record|records|sentence|word|words|url|row|rows|correct|answer|error|receipt|report|diary|day|session|friend|referral|media|clip|file|review|trial|point|round|entry|additional|one|label|annotation|box",
        "$ per|each *1 timed|media|audio|video",
    ]),
    (Offer::PerMinute, &["earn|earning|make|pay|pays|paid *4 $ per|a|each minute|min"]),
    (Offer::PerHour, &["earn|earning|make|pay|pays|paid *4 $ per|an|each|hourly hour|hr"]),
    (Offer::NoOffer, &[
        // Bonus as a name of something else, or the subject of a survey.
        "bonus round|rounds|question|questions|points|point|level|levels|depreciation|system|systems|plan|plans|scheme|schemes|content|features|feature|track",
        "about|on|of|annual|salary|employee|executive|signup|ceo *2 bonus|bonuses",
        "casino|sign|signup|welcome|deposit *1 bonus|bonuses",
        "extra|additional pay|money|compensation survey|study|research",
        "more|extra money|pay than|is|are",
        // Prices and stakes, no pay.
        "cost|costs|price|priced|worth|spend|spent|buy|budget|donate|donation|invest|save|tax|income|salary|earning|earnings|household|over|under|below *3 $",
        "$ off|discount|donation|worth|item|product|products|million|billion|k|note|bill|bills|store|stores|income",
        "imagine|suppose|hypothetical|assume|scenario *8 $",
    ]),
];

fn offers_in(text: &Text<'_>) -> Vec<Found<Offer>> {
    static PHRASES: OnceLock<Phrases<Offer>> = OnceLock::new();
    let found = PHRASES.get_or_init(|| Phrases::new(TABLES)).find_all(text);
    let is_vetoed = |offer: &Found<Offer>| {
        found.iter().any(|other| {
            other.meaning == Offer::NoOffer && other.start < offer.end && offer.start < other.end
        })
    };
    found
        .iter()
        .filter(|offer| offer.meaning != Offer::NoOffer && !is_vetoed(offer))
        .filter(|offer| !text.is_denied(offer.start, offer.end))
        .copied()
        .collect()
}

/// Whether an offer goes beyond the reward, and whether it names an amount: `Some(has_amount)`.
fn judge(text: &Text<'_>, offer: &Found<Offer>, reward: Option<i64>, minutes: Option<i64>) -> Option<bool> {
    let above_reward = |micros: i64| reward.is_none_or(|reward| micros > reward);
    let amounts = || amounts_in(text, offer);
    match offer.meaning {
        Offer::Extra => Some(amounts().next().is_some() || amount_in_clause(text, offer)),
        Offer::PerItem => Some(true),
        Offer::Pay => amounts().any(above_reward).then_some(true),
        Offer::PerMinute => claims_more(amounts().max()?, minutes?, reward?, 1).then_some(true),
        Offer::PerHour => claims_more(amounts().max()?, minutes?, reward?, 60).then_some(true),
        Offer::NoOffer => None,
    }
}

/// A rate times the stated minutes at least half above the reward: it cannot be the reward restated.
fn claims_more(rate_micros: i64, minutes: i64, reward_micros: i64, minutes_per_rate: i64) -> bool {
    let claimed = rate_micros.saturating_mul(minutes).saturating_mul(2);
    claimed > reward_micros.saturating_mul(minutes_per_rate).saturating_mul(3)
}

fn amounts_in<'a>(text: &'a Text<'_>, offer: &Found<Offer>) -> impl Iterator<Item = i64> + use<'a> {
    text.tokens.get(offer.start..offer.end).unwrap_or_default().iter().filter_map(|token| match token.shape {
        Shape::Money(micros) => Some(micros),
        _ => None,
    })
}

fn amount_in_clause(text: &Text<'_>, offer: &Found<Offer>) -> bool {
    let Some(clause) = text.tokens.get(offer.start).map(|token| token.clause) else { return false };
    text.tokens.iter().any(|token| token.clause == clause && matches!(token.shape, Shape::Money(_)))
}

/// The first number of minutes a text states; a coarse reading, for comparing rates only.
fn stated_minutes(text: &Text<'_>) -> Option<i64> {
    text.tokens.iter().zip(text.tokens.iter().skip(1)).find_map(|(number, unit)| {
        let is_minutes = matches!(text.word(unit), "minute" | "minutes" | "min" | "mins");
        (is_minutes && number.shape == Shape::Number).then(|| text.word(number).parse().ok())?
    })
}

/// The clause of an offer as it stands, cut to a window around the offer where it is too long.
fn quote(text: &Text<'_>, offer: &Found<Offer>) -> String {
    let Some(first) = text.tokens.get(offer.start) else { return String::new() };
    let last_clause =
        offer.end.checked_sub(1).and_then(|last| text.tokens.get(last)).map_or(first.clause, |token| token.clause);
    let in_clause = |at: usize| {
        text.tokens.get(at).is_some_and(|token| (first.clause..=last_clause).contains(&token.clause))
    };
    let mut start = offer.start;
    let mut end = offer.end;
    // Grow by a word at a time, behind before in front, while the quote stays short enough.
    loop {
        let grown = [(start, end.saturating_add(1)), (start.saturating_sub(1), end)].into_iter().find(|&(from, to)| {
            let grows_end = to > end;
            let grows = if grows_end { in_clause(end) } else { from < start && in_clause(from) };
            grows && span(text, from, to).chars().count() <= MAX_QUOTE_CHARS.saturating_sub(2)
        });
        let Some((from, to)) = grown else { break };
        (start, end) = (from, to);
    }
    let cut_front = start > 0 && in_clause(start.saturating_sub(1));
    let cut_back = in_clause(end);
    let words = clean_text(&mask_worker_ids(&span(text, start, end)));
    let words = super::clean::cut_at_grapheme(&words, MAX_QUOTE_CHARS.saturating_sub(2));
    format!("{}{words}{}", if cut_front { "…" } else { "" }, if cut_back { "…" } else { "" })
}

/// The original words of tokens `from..to`, with the signs that belong to them.
fn span(text: &Text<'_>, from: usize, to: usize) -> String {
    let (Some(first), Some(last)) = (text.tokens.get(from), to.checked_sub(1).and_then(|last| text.tokens.get(last)))
    else {
        return String::new();
    };
    let before = text.raw.get(..first.start).unwrap_or("");
    let signs_before = before.len().saturating_sub(before.trim_end_matches(['$', '€', '£', '¥', '₹', '~', '+', '<', '>', '=', ' ']).len());
    let behind = text.raw.get(last.end..).unwrap_or("");
    let signs_behind = behind.len().saturating_sub(behind.trim_start_matches(['$', '€', '£', '%', '+', '¢']).len());
    let start = first.start.saturating_sub(signs_before);
    let end = last.end.saturating_add(signs_behind);
    text.raw.get(start..end).unwrap_or("").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote_of(title: &str, description: &str, reward_micros: i64) -> Option<String> {
        promised(&Wording { title, description, reward_micros: Some(reward_micros), ..Wording::default() })
            .map(|promise| promise.quote)
    }

    #[test]
    fn the_tables_are_well_formed() {
        super::super::phrases::assert_well_formed(&Phrases::new(TABLES));
    }
}
