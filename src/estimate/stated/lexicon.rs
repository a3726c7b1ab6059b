//! The words a stated time is made of: units and numbers, in the languages of the market.
//!
//! All entries are in lower case without accents, as [`crate::estimate::tokens::Tokens::word`] gives them.

use crate::estimate::tokens::WordList;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    /// 1 s.
    Second,
    /// 60 s.
    Minute,
    /// 3 600 s.
    Hour,
}

impl Unit {
    /// Its length in seconds.
    pub(super) fn secs(self) -> u64 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
        }
    }
}

/// The unit a whole word names; single letters and ideographs are the grammar's business.
pub(super) fn unit(word: &str) -> Option<Unit> {
    let first = word.chars().next()?;
    match first {
        'm' => minute(word).then_some(Unit::Minute),
        's' => match word {
            "sec" | "secs" | "second" | "seconds" | "secounds" | "secons" | "secends" | "sek" | "sekunde"
            | "sekunden" | "sekund" | "sekunder" | "segundo" | "segundos" | "seg" | "segs" | "seconde"
            | "secondes" | "secondo" | "secondi" | "seconden" | "secunde" | "saniye" => Some(Unit::Second),
            "stunde" | "stunden" | "std" | "stundige" | "stundigen" | "stundiger" | "saat" => {
                Some(Unit::Hour)
            }
            _ => None,
        },
        'h' => match word {
            "hour" | "hours" | "hr" | "hrs" | "houres" | "huors" | "hora" | "horas" | "heure" | "heures" => {
                Some(Unit::Hour)
            }
            _ => None,
        },
        'o' => matches!(word, "ora" | "ore").then_some(Unit::Hour),
        'u' => matches!(word, "uur").then_some(Unit::Hour),
        'g' => word.starts_with("godzin").then_some(Unit::Hour),
        't' => matches!(word, "timme" | "timmar" | "timer").then_some(Unit::Hour).filter(|_| word != "timer"),
        'd' => matches!(word, "dakika" | "dakikalik" | "dk").then_some(Unit::Minute),
        'p' => matches!(word, "phut").then_some(Unit::Minute),
        'м' => (word.starts_with("минут") || word == "мин").then_some(Unit::Minute),
        'ч' => matches!(word, "час" | "часа" | "часов").then_some(Unit::Hour),
        'с' => (word.starts_with("секунд") || word == "сек").then_some(Unit::Second),
        'म' => matches!(word, "मिनट").then_some(Unit::Minute),
        'घ' => matches!(word, "घंटे" | "घंटा").then_some(Unit::Hour),
        _ => None,
    }
}

/// Minutes in any spelling: `min`, `mins`, `minutes`, the stem of half of Europe (`minutowa`,
/// `minutige`), and slips of the fingers (`minuets`, `mintues`, `minites`).
fn minute(word: &str) -> bool {
    if matches!(word, "min" | "mins" | "mns" | "mnts" | "menit" | "munites" | "munutes" | "miutes" | "minn") {
        return true;
    }
    if word.starts_with("minut") {
        return !word.starts_with("minutia") && !word.starts_with("minutem");
    }
    let slip = word.starts_with("min")
        && (6..=9).contains(&word.len())
        && word.contains('t')
        && word.bytes().all(|letter| b"minutes".contains(&letter));
    slip || matches!(word, "minuut" | "minues" | "minuets" | "minite" | "minuet")
}

/// A spelled number in thousandths. Articles that also mean "one" are [`article`]'s.
pub(in crate::estimate) fn number_word(word: &str) -> Option<u64> {
    let at = NUMBERS.binary_search_by_key(&word, |(name, _)| name).ok()?;
    NUMBERS.get(at).map(|(_, milli)| *milli)
}

/// Numbers by name, in order.
#[rustfmt::skip]
const NUMBERS: &[(&str, u64)] = &[
    ("acht", 8_000), ("anderthalb", 1_500), ("cinco", 5_000), ("cincuenta", 50_000), ("cinq", 5_000),
    ("cinquanta", 50_000), ("cinquante", 50_000), ("cinque", 5_000), ("cinquenta", 50_000),
    ("couple", 2_000), ("cuarenta", 40_000), ("cuatro", 4_000), ("deux", 2_000), ("dez", 10_000),
    ("dieci", 10_000), ("diez", 10_000), ("dix", 10_000), ("doce", 12_000), ("dodici", 12_000),
    ("dois", 2_000), ("dos", 2_000), ("douze", 12_000), ("doze", 12_000), ("drei", 3_000),
    ("dreissig", 30_000), ("duas", 2_000), ("due", 2_000), ("eight", 8_000), ("eighteen", 18_000),
    ("eineinhalb", 1_500), ("eins", 1_000), ("eleven", 11_000), ("elf", 11_000), ("fifteen", 15_000),
    ("fifty", 50_000), ("five", 5_000), ("forty", 40_000), ("four", 4_000), ("fourteen", 14_000),
    ("fourty", 40_000), ("fuenf", 5_000), ("funf", 5_000), ("funfzehn", 15_000), ("funfzig", 50_000),
    ("huit", 8_000), ("neuf", 9_000), ("neun", 9_000), ("neunzig", 90_000), ("nine", 9_000),
    ("nineteen", 19_000), ("ninety", 90_000), ("novanta", 90_000), ("nove", 9_000), ("noventa", 90_000),
    ("nueve", 9_000), ("ocho", 8_000), ("oito", 8_000), ("one", 1_000), ("otto", 8_000),
    ("quaranta", 40_000), ("quarante", 40_000), ("quarenta", 40_000), ("quatre", 4_000), ("quatro", 4_000),
    ("quattro", 4_000), ("quince", 15_000), ("quindici", 15_000), ("quinze", 15_000), ("sechs", 6_000),
    ("sechzig", 60_000), ("sei", 6_000), ("seis", 6_000), ("sept", 7_000), ("sesenta", 60_000),
    ("sessanta", 60_000), ("sessenta", 60_000), ("sete", 7_000), ("sette", 7_000), ("seven", 7_000),
    ("seventeen", 17_000), ("sieben", 7_000), ("siete", 7_000), ("six", 6_000), ("sixteen", 16_000),
    ("sixty", 60_000), ("soixante", 60_000), ("ten", 10_000), ("thirteen", 13_000), ("thirty", 30_000),
    ("three", 3_000), ("tre", 3_000), ("treinta", 30_000), ("trenta", 30_000), ("trente", 30_000),
    ("tres", 3_000), ("trinta", 30_000), ("trois", 3_000), ("twelve", 12_000), ("twenty", 20_000),
    ("two", 2_000), ("uno", 1_000), ("veinte", 20_000), ("venti", 20_000), ("vier", 4_000),
    ("vierzig", 40_000), ("vingt", 20_000), ("vinte", 20_000), ("zehn", 10_000), ("zwanzig", 20_000),
    ("zwei", 2_000), ("zwolf", 12_000),
];

/// Every word an amount can start with: asked first, so that most words cost one look.
#[rustfmt::skip]
pub(super) static STARTS: WordList<146> = WordList::of([
    "acht", "anderthalb", "cinco", "cincuenta", "cinq", "cinquanta", "cinquante", "cinque", "cinquenta",
    "couple", "cuarenta", "cuatro", "deux", "dez", "dieci", "diez", "dix", "doce", "dodici", "dois",
    "dos", "douze", "doze", "drei", "dreissig", "duas", "due", "eight", "eighteen", "eineinhalb", "eins",
    "eleven", "elf", "fifteen", "fifty", "five", "forty", "four", "fourteen", "fourty", "fuenf", "funf",
    "funfzehn", "funfzig", "huit", "neuf", "neun", "neunzig", "nine", "nineteen", "ninety", "novanta",
    "nove", "noventa", "nueve", "ocho", "oito", "one", "otto", "quaranta", "quarante", "quarenta",
    "quatre", "quatro", "quattro", "quince", "quindici", "quinze", "sechs", "sechzig", "sei", "seis",
    "sept", "sesenta", "sessanta", "sessenta", "sete", "sette", "seven", "seventeen", "sieben", "siete",
    "six", "sixteen", "sixty", "soixante", "ten", "thirteen", "thirty", "three", "tre", "treinta",
    "trenta", "trente", "tres", "trinta", "trois", "twelve", "twenty", "two", "uno", "veinte", "venti",
    "vier", "vierzig", "vingt", "vinte", "zehn", "zwanzig", "zwei", "zwolf", "a", "an", "ein", "eine",
    "einer", "einen", "un", "una", "une", "um", "uma", "en", "ett", "single", "half", "halbe", "halben",
    "halb", "demi", "demie", "mezza", "mezz", "半", "media", "meia", "一", "二", "三", "四", "五", "六", "七",
    "八", "九", "十",
]);

/// Articles that can stand for "one" before a unit: "an hour", "eine Minute".
pub(super) fn article(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "ein"
            | "eine"
            | "einer"
            | "einen"
            | "un"
            | "una"
            | "une"
            | "um"
            | "uma"
            | "en"
            | "ett"
            | "single"
    )
}

/// One half: "half an hour", "eine halbe Stunde", "une demi-heure".
pub(super) fn half(word: &str) -> bool {
    matches!(word, "half" | "halbe" | "halben" | "halb" | "demi" | "demie" | "mezza" | "mezz" | "半")
}

/// One half only before "hora": elsewhere "media" is what is watched.
pub(super) fn half_of_hour(word: &str) -> bool {
    matches!(word, "media" | "meia")
}

/// What stands between the two ends of a range: "5 to 10", "5 bis 10", "5 a 10".
pub(super) fn between_ends(word: &str) -> bool {
    matches!(
        word,
        "to" | "or"
            | "til"
            | "till"
            | "bis"
            | "oder"
            | "a"
            | "ou"
            | "o"
            | "do"
            | "thru"
            | "through"
            | "до"
            | "到"
            | "至"
    )
}

/// "and", where a "between" stands before.
pub(super) fn and(word: &str) -> bool {
    matches!(word, "and" | "und" | "y" | "et" | "e" | "ed" | "n")
}

/// "between".
pub(super) fn between(word: &str) -> bool {
    matches!(word, "between" | "entre" | "zwischen" | "tra" | "fra")
}

/// "about": a sign that the number is an estimate of a duration.
pub(super) fn approximately(word: &str) -> bool {
    matches!(
        word,
        "about"
            | "around"
            | "approx"
            | "approximately"
            | "approximatly"
            | "aprox"
            | "approximate"
            | "roughly"
            | "circa"
            | "ca"
            | "cca"
            | "c"
            | "estimated"
            | "est"
            | "average"
            | "avg"
            | "averages"
            | "averaging"
            | "only"
            | "just"
            | "nearly"
            | "almost"
            | "typically"
            | "usually"
            | "generally"
            | "ungefahr"
            | "etwa"
            | "rund"
            | "alrededor"
            | "aproximadamente"
            | "unos"
            | "unas"
            | "environ"
            | "cerca"
            | "circ"
            | "около"
            | "примерно"
            | "約"
            | "约"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::tokens::Tokens;

    #[test]
    fn every_number_may_start_an_amount() {
        for (name, _) in NUMBERS {
            assert!(STARTS.has(&Tokens::of(name), 0), "{name}");
        }
    }

    #[test]
    fn the_numbers_are_in_order() {
        assert!(NUMBERS.is_sorted_by(|left, right| left.0 < right.0));
        assert_eq!(number_word("one"), Some(1_000));
        assert_eq!(number_word("zwanzig"), Some(20_000));
        assert_eq!(number_word("zero"), None);
    }
}
