//! The words a stated time is made of: units and numbers, in the languages of the market.
//!
//! All entries are in lower case without accents, as [`crate::estimate::tokens::Tokens::word`] gives them.

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
    let whole: u64 = match word {
        "one" | "eins" | "uno" => 1,
        "two" | "zwei" | "dos" | "deux" | "dois" | "duas" | "due" | "couple" => 2,
        "three" | "drei" | "tres" | "trois" | "tre" => 3,
        "four" | "vier" | "cuatro" | "quatre" | "quatro" | "quattro" => 4,
        "five" | "funf" | "fuenf" | "cinco" | "cinq" | "cinque" => 5,
        "six" | "sechs" | "seis" | "sei" => 6,
        "seven" | "sieben" | "siete" | "sept" | "sete" | "sette" => 7,
        "eight" | "acht" | "ocho" | "huit" | "oito" | "otto" => 8,
        "nine" | "neun" | "nueve" | "neuf" | "nove" => 9,
        "ten" | "zehn" | "diez" | "dix" | "dez" | "dieci" => 10,
        "eleven" | "elf" => 11,
        "twelve" | "zwolf" | "doce" | "douze" | "doze" | "dodici" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" | "funfzehn" | "quince" | "quinze" | "quindici" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" | "zwanzig" | "veinte" | "vingt" | "vinte" | "venti" => 20,
        "thirty" | "dreissig" | "treinta" | "trente" | "trinta" | "trenta" => 30,
        "forty" | "fourty" | "vierzig" | "cuarenta" | "quarante" | "quarenta" | "quaranta" => 40,
        "fifty" | "funfzig" | "cincuenta" | "cinquante" | "cinquenta" | "cinquanta" => 50,
        "sixty" | "sechzig" | "sesenta" | "soixante" | "sessenta" | "sessanta" => 60,
        "ninety" | "neunzig" | "noventa" | "novanta" => 90,
        "anderthalb" | "eineinhalb" => return Some(1_500),
        _ => return None,
    };
    Some(whole * 1_000)
}

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
