//! The words around a duration that tell what it is of.
//!
//! In lower case without accents, as [`crate::estimate::tokens::Tokens::word`] gives them.

/// A set of words, written with single spaces between.
pub(super) struct Words(&'static str);

impl Words {
    /// Whether a word is in the set; the empty word never is.
    pub(super) fn has(&self, word: &str) -> bool {
        !word.is_empty() && self.0.split(' ').any(|one| one == word)
    }

    /// Whether any of several words is.
    pub(super) fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }
}

/// Words that may stand between a governing word and the duration.
pub(super) const FILLER: Words = Words(
    "the at least most up to full short quick brief maximum minimum max this your between der die das den dem",
);
/// Nouns for the task itself.
pub(super) const TASK: Words = Words(
    "survey surveys study studies task tasks hit hits questionnaire questionnaires experiment assignment quiz poll \
     job activity test game screener screening interview questions session assessment evaluation project part \
     research response person participant umfrage studie befragung fragebogen aufgabe encuesta estudio tarea \
     cuestionario enquete sondage etude tache pesquisa estudo tarefa questionario sondaggio studio indagine ankieta \
     undersokning sondaj anket опрос опроса",
);
/// Nouns for what is watched, heard or recorded.
pub(super) const MEDIA: Words = Words(
    "video videos audio audios clip clips recording recordings screencast screencasts podcast song songs film films \
     movie movies trailer trailers speech segment segments episode episodes music track tracks voice footage animation \
     gif ad ads advert advertisement commercial commercials media sound sounds vlog soundtrack presentation lecture \
     sample samples snippet snippets excerpt excerpts videoclip monologue file files",
);
/// Media in the plural, whose total duration is named.
pub(super) const RECORDINGS: Words = Words("recordings recording videos clips audios songs screencasts");
/// What links media to their length: "videos of 10 seconds".
pub(super) const MEDIA_LINK: Words = Words("of lasting long length is are last");
/// Verbs whose object is media.
pub(super) const WATCHING: Words = Words(
    "watch watching listen listening view viewing see hear hearing transcribe transcribing record recording upload \
     film caption annotate ansehen anhoren mira ecouter regarder",
);
/// Verbs done for a while, as a part of the task: "listen for 30 seconds".
pub(super) const ACTIVITY: Words = Words(
    "listen listening watch watching record recording recorded talk talking play walk sit breathe meditate look stare \
     view wear browse sleep exercise",
);
/// What one is told to spend a while on, where the task is more than that.
pub(super) const DOING: Words = Words(
    "talking speaking listening watching reading recording writing browsing walking exploring reviewing looking \
     thinking playing viewing describing",
);
pub(super) const SPENDING: Words = Words("spend spending spends spent");
/// After "spend 5 minutes": the whole task is meant.
pub(super) const SPENT_ON_TASK: Words =
    Words("on to completing answering taking filling working doing participating");
/// Occupations outside the task: "who work 40 hours".
pub(super) const OCCUPIED: Words = Words("work works worked sleep slept exercise drive drove play watched");
/// After "30 minutes of": the worker's own time.
pub(super) const OWN_TIME: Words = Words("your my our time work effort you total");
/// "per": a rate, or something that recurs.
pub(super) const PER: Words = Words("per every each pro chaque cada ogni alle jede");
pub(super) const PER_AFTER: Words = Words("each apiece daily weekly per every pro par por al");
/// After "an hour a": a rate.
pub(super) const CALENDAR: Words = Words("day week month night year session piece video clip image pop");
/// Money in words, before "an hour".
pub(super) const MONEY: Words = Words("dollars cents usd dollar euros");
/// Words after a duration that is no work: "2 hours ago", "a 5 minute break".
pub(super) const SPAN_AFTER: Words = Words(
    "ago later delay break breaks apart notice old away walk drive early late earlier wait pause interval intervals \
     hence since cooldown commute shift shifts nap",
);
pub(super) const ORDER_AFTER: Words = Words("after before prior from");
/// Words before one: "in the last 24 hours", "wait 5 minutes".
pub(super) const SPAN_BEFORE: Words = Words(
    "wait waiting after every last past next first previous following final before until than another since",
);
/// A part that comes on top.
pub(super) const ON_TOP: Words = Words("additional extra");
pub(super) const AT: Words = Words("for from at");
pub(super) const CLOCK: Words = Words("am pm oclock clock noon midnight uhr est pst cet");
/// "must be free", "available": an appointment, not a length.
pub(super) const APPOINTED: Words = Words("free available scheduled schedule appointment zoom");
/// Words of a time limit.
pub(super) const LIMIT: Words = Words(
    "expire expires expiring expiration deadline timer timeout allotted alloted allocated allowed limit window countdown \
     zeitlimit",
);
/// "you have", "you are given".
pub(super) const GRANTED: Words =
    Words("have has had given get gets haben hast hat tiene tienes tienen avez aurez tem hai avrai");
pub(super) const WITHIN: Words = Words("in within innerhalb binnen dans dentro en entro");
pub(super) const CONDITION: Words = Words("if unless wenn falls");
/// With "in" or "within": something is due by then.
pub(super) const DUE: Words = Words(
    "bonus bonuses must paid payed payment payments approve approved approval submit submitted respond reply receive \
     contact contacted accept accepting return credited reviewed compensated granted rejected released distributed \
     processed",
);
/// The same, too common to count with "in".
pub(super) const DUE_WITHIN: Words = Words("pay pays");
/// Before "last" as an adjective: "in the last 24 hours".
pub(super) const BEFORE_LAST: Words = Words("the in over during your past my");
pub(super) const DUE_AFTER: Words = Words("bonus receive paid rejected otherwise");
/// Another, larger task, where a task's name follows.
pub(super) const LARGER: Words = Words("longer larger later subsequent future upcoming additional bigger");
/// Conditions of another task.
pub(super) const QUALIFYING: Words = Words(
    "qualify qualifies qualifying eligible eligibility screener screening prescreen pass selected chosen",
);
pub(super) const INVITING: Words = Words("invite invited invitation");
pub(super) const MAYBE: Words = Words("may might could will would can if");
/// The part that comes after the qualifying one.
pub(super) const MAIN_PART: Words = Words("second main full follow next real actual interview");
pub(super) const PRETEST: Words = Words("screener screening qualification pretest prescreen");
pub(super) const PART_PLACE: Words = Words("beginning start before prior end followed");
/// Verbs and nouns of taking time.
pub(super) const TAKING: Words = Words(
    "take takes taking took taken requires require requiring last lasts lasting duration length need needs estimated \
     expected expect average avg complete completed completion finish finished done spare time dauert dauer dauern \
     zeitaufwand dura duracion duracao durata duree dure durera tarda tardara tomara toma leva levara demora richiede \
     prend prendra duur duurt займет bearbeitungszeit eta spend",
);
/// Those that make "a minute" literal.
pub(super) const LITERALLY: Words = Words("takes lasts requires about around approx approximately duration");
/// After "5 minutes to".
pub(super) const FINISHING: Words = Words("complete finish do fill answer submit take");
/// Single characters before a Japanese or Chinese duration: 所要時間, 約, 需要.
pub(super) const TAKING_IDEOGRAPHS: Words = Words("所 要 約 约 需 程");
pub(super) const WHOLE: Words = Words("total totally overall entire whole itself altogether insgesamt");
/// Names of parts, where "2 second" is "2, second".
pub(super) const PART_NAME: Words = Words("part phase wave round session step day task");
/// Words that end the noun phrase after a duration.
pub(super) const PHRASE_END: Words = Words(
    "to of for and about in on that which is with at or will where by as per from a an the you if then watching \
     regarding concerning please this your",
);
