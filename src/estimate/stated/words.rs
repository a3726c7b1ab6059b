//! The words around a duration that tell what it is of.
//!
//! In lower case without accents, as [`crate::estimate::tokens::Tokens::word`] gives them. A word is
//! looked up once and then carries all sets it is in, since the rules ask many times.

use std::sync::OnceLock;

use crate::domain::SortedMap;
use crate::estimate::tokens::hash_of;

/// A word of the text with the sets it is in.
#[derive(Clone, Copy)]
pub(super) struct Term<'text> {
    /// The word; empty where there is none.
    pub(super) word: &'text str,
    sets: u64,
}

impl<'text> Term<'text> {
    /// Looks a word up.
    pub(super) fn of(word: &'text str) -> Self {
        let known = index().get(&hash_of(word)).filter(|(known, _)| *known == word);
        Self { word, sets: known.map_or(0, |(_, sets)| *sets) }
    }

    /// Whether there is no word.
    pub(super) fn is_empty(&self) -> bool {
        self.word.is_empty()
    }
}

/// A set of words: its bit in [`Term::sets`].
#[derive(Clone, Copy)]
pub(super) struct Set(u8);

impl Set {
    /// Whether a word is in the set.
    pub(super) fn has(self, term: Term<'_>) -> bool {
        term.sets & (1 << self.0) != 0
    }

    /// Whether any of several words is.
    pub(super) fn any(self, terms: &[Term<'_>]) -> bool {
        terms.iter().any(|term| self.has(*term))
    }
}

/// All words by their hash, each with its sets; a test makes sure that no two share a hash.
fn index() -> &'static SortedMap<u32, (&'static str, u64)> {
    static INDEX: OnceLock<SortedMap<u32, (&'static str, u64)>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = SortedMap::new();
        for (set, list) in LISTS {
            for word in list.split_whitespace() {
                let hash = hash_of(word);
                let others = index.get(&hash).map_or(0, |(_, sets)| *sets);
                index.insert(hash, (word, others | 1 << set.0));
            }
        }
        index
    })
}

/// Words that may stand between a governing word and the duration.
pub(super) const FILLER: Set = Set(0);
/// Nouns for the task itself.
pub(super) const TASK: Set = Set(1);
/// Nouns for what is watched, heard or recorded.
pub(super) const MEDIA: Set = Set(2);
/// Media in the plural, whose total duration is named.
pub(super) const RECORDINGS: Set = Set(3);
/// What links media to their length: "videos of 10 seconds".
pub(super) const MEDIA_LINK: Set = Set(4);
/// Verbs whose object is media.
pub(super) const WATCHING: Set = Set(5);
/// Verbs done for a while, as a part of the task: "listen for 30 seconds".
pub(super) const ACTIVITY: Set = Set(6);
/// What one is told to spend a while on, where the task is more than that.
pub(super) const DOING: Set = Set(7);
pub(super) const SPENDING: Set = Set(8);
/// After "spend 5 minutes": the whole task is meant.
pub(super) const SPENT_ON_TASK: Set = Set(9);
/// Occupations outside the task: "who work 40 hours".
pub(super) const OCCUPIED: Set = Set(10);
/// After "30 minutes of": the worker's own time.
pub(super) const OWN_TIME: Set = Set(11);
/// "per": a rate, or something that recurs.
pub(super) const PER: Set = Set(12);
pub(super) const PER_AFTER: Set = Set(13);
/// After "an hour a": a rate.
pub(super) const CALENDAR: Set = Set(14);
/// Money in words, before "an hour".
pub(super) const MONEY: Set = Set(15);
/// Words after a duration that is no work: "2 hours ago", "a 5 minute break".
pub(super) const SPAN_AFTER: Set = Set(16);
pub(super) const ORDER_AFTER: Set = Set(17);
/// Words before one: "in the last 24 hours", "wait 5 minutes".
pub(super) const SPAN_BEFORE: Set = Set(18);
/// A part that comes on top.
pub(super) const ON_TOP: Set = Set(19);
pub(super) const AT: Set = Set(20);
pub(super) const CLOCK: Set = Set(21);
/// "must be free", "available": an appointment, not a length.
pub(super) const APPOINTED: Set = Set(22);
/// Words of a time limit.
pub(super) const LIMIT: Set = Set(23);
/// "you have", "you are given".
pub(super) const GRANTED: Set = Set(24);
pub(super) const WITHIN: Set = Set(25);
pub(super) const CONDITION: Set = Set(26);
/// With "in" or "within": something is due by then.
pub(super) const DUE: Set = Set(27);
/// The same, too common to count with "in".
pub(super) const DUE_WITHIN: Set = Set(28);
/// Before "last" as an adjective: "in the last 24 hours".
pub(super) const BEFORE_LAST: Set = Set(29);
pub(super) const DUE_AFTER: Set = Set(30);
/// Another, larger task, where a task's name follows.
pub(super) const LARGER: Set = Set(31);
/// Conditions of another task.
pub(super) const QUALIFYING: Set = Set(32);
pub(super) const INVITING: Set = Set(33);
pub(super) const MAYBE: Set = Set(34);
/// The part that comes after the qualifying one.
pub(super) const MAIN_PART: Set = Set(35);
pub(super) const PRETEST: Set = Set(36);
pub(super) const PART_PLACE: Set = Set(37);
/// Verbs and nouns of taking time.
pub(super) const TAKING: Set = Set(38);
/// Those that make "a minute" literal.
pub(super) const LITERALLY: Set = Set(39);
/// After "5 minutes to".
pub(super) const FINISHING: Set = Set(40);
/// Single characters before a Japanese or Chinese duration: 所要時間, 約, 需要.
pub(super) const TAKING_IDEOGRAPHS: Set = Set(41);
pub(super) const WHOLE: Set = Set(42);
/// Names of parts, where "2 second" is "2, second".
pub(super) const PART_NAME: Set = Set(43);
/// Words that end the noun phrase after a duration.
pub(super) const PHRASE_END: Set = Set(44);

const LISTS: &[(Set, &str)] = &[
    (
        FILLER,
        "the at least most up to full short quick brief maximum minimum max this your between der die das den dem",
    ),
    (
        TASK,
        "survey surveys study studies task tasks hit hits questionnaire questionnaires experiment assignment quiz poll \
     job activity test game screener screening interview questions session assessment evaluation project part \
     research response person participant umfrage studie befragung fragebogen aufgabe encuesta estudio tarea \
     cuestionario enquete sondage etude tache pesquisa estudo tarefa questionario sondaggio studio indagine ankieta \
     undersokning sondaj anket опрос опроса",
    ),
    (
        MEDIA,
        "video videos audio audios clip clips recording recordings screencast screencasts podcast song songs film films \
     movie movies trailer trailers speech segment segments episode episodes music track tracks voice footage animation \
     gif ad ads advert advertisement commercial commercials media sound sounds vlog soundtrack presentation lecture \
     sample samples snippet snippets excerpt excerpts videoclip monologue file files",
    ),
    (RECORDINGS, "recordings recording videos clips audios songs screencasts"),
    (MEDIA_LINK, "of lasting long length is are last"),
    (
        WATCHING,
        "watch watching listen listening view viewing see hear hearing transcribe transcribing record recording upload \
     film caption annotate ansehen anhoren mira ecouter regarder",
    ),
    (
        ACTIVITY,
        "listen listening watch watching record recording recorded talk talking play walk sit breathe meditate look stare \
     view wear browse sleep exercise",
    ),
    (
        DOING,
        "talking speaking listening watching reading recording writing browsing walking exploring reviewing looking \
     thinking playing viewing describing",
    ),
    (SPENDING, "spend spending spends spent"),
    (SPENT_ON_TASK, "on to completing answering taking filling working doing participating"),
    (OCCUPIED, "work works worked sleep slept exercise drive drove play watched"),
    (OWN_TIME, "your my our time work effort you total"),
    (PER, "per every each pro chaque cada ogni alle jede"),
    (PER_AFTER, "each apiece daily weekly per every pro par por al"),
    (CALENDAR, "day week month night year session piece video clip image pop"),
    (MONEY, "dollars cents usd dollar euros"),
    (
        SPAN_AFTER,
        "ago later delay break breaks apart notice old away walk drive early late earlier wait pause interval intervals \
     hence since cooldown commute shift shifts nap",
    ),
    (ORDER_AFTER, "after before prior from"),
    (
        SPAN_BEFORE,
        "wait waiting after every last past next first previous following final before until than another since",
    ),
    (ON_TOP, "additional extra"),
    (AT, "for from at"),
    (CLOCK, "am pm oclock clock noon midnight uhr est pst cet"),
    (APPOINTED, "free available scheduled schedule appointment zoom"),
    (
        LIMIT,
        "expire expires expiring expiration deadline timer timeout allotted alloted allocated allowed limit window countdown \
     zeitlimit",
    ),
    (GRANTED, "have has had given get gets haben hast hat tiene tienes tienen avez aurez tem hai avrai"),
    (WITHIN, "in within innerhalb binnen dans dentro en entro"),
    (CONDITION, "if unless wenn falls"),
    (
        DUE,
        "bonus bonuses must paid payed payment payments approve approved approval submit submitted respond reply receive \
     contact contacted accept accepting return credited reviewed compensated granted rejected released distributed \
     processed",
    ),
    (DUE_WITHIN, "pay pays"),
    (BEFORE_LAST, "the in over during your past my"),
    (DUE_AFTER, "bonus receive paid rejected otherwise"),
    (LARGER, "longer larger later subsequent future upcoming additional bigger"),
    (
        QUALIFYING,
        "qualify qualifies qualifying eligible eligibility screener screening prescreen pass selected chosen",
    ),
    (INVITING, "invite invited invitation"),
    (MAYBE, "may might could will would can if"),
    (MAIN_PART, "second main full follow next real actual interview"),
    (PRETEST, "screener screening qualification pretest prescreen"),
    (PART_PLACE, "beginning start before prior end followed"),
    (
        TAKING,
        "take takes taking took taken requires require requiring last lasts lasting duration length need needs estimated \
     expected expect average avg complete completed completion finish finished done spare time dauert dauer dauern \
     zeitaufwand dura duracion duracao durata duree dure durera tarda tardara tomara toma leva levara demora richiede \
     prend prendra duur duurt займет bearbeitungszeit eta spend",
    ),
    (LITERALLY, "takes lasts requires about around approx approximately duration"),
    (FINISHING, "complete finish do fill answer submit take"),
    (TAKING_IDEOGRAPHS, "所 要 約 约 需 程"),
    (WHOLE, "total totally overall entire whole itself altogether insgesamt"),
    (PART_NAME, "part phase wave round session step day task"),
    (
        PHRASE_END,
        "to of for and about in on that which is with at or will where by as per from a an the you if then watching \
     regarding concerning please this your",
    ),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "windows of two have two")]

    use super::*;

    #[test]
    fn every_set_has_its_own_bit_and_list() {
        let numbers: Vec<u8> = LISTS.iter().map(|(set, _)| set.0).collect();
        assert!(numbers.iter().copied().eq(0..u8::try_from(LISTS.len()).unwrap_or(u8::MAX)));
        assert!(LISTS.len() <= 64);
        assert!(LISTS.iter().all(|(set, list)| list.split_whitespace().all(|word| set.has(Term::of(word)))));
    }

    #[test]
    fn no_two_words_share_a_hash() {
        let words = LISTS.iter().flat_map(|(_, list)| list.split_whitespace());
        assert_eq!(index().len(), words.collect::<std::collections::BTreeSet<_>>().len());
    }

    #[test]
    fn words_in_no_list_are_in_no_set() {
        assert!(LISTS.iter().all(|(set, _)| !set.has(Term::of("xylophone")) && !set.has(Term::of(""))));
    }
}
