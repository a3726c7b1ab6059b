//! Whether a duration in a text is the worker's time for this very task.
//!
//! Each rule looks at a few words on both sides, never further, so the whole stays linear.

use super::duration::{self, Duration};
use super::lexicon;
use crate::estimate::tokens::Tokens;

/// Words looked at before and after a duration.
const REACH_BEFORE: usize = 32;
const REACH_AFTER: usize = 8;
/// A bracket that opens further away than this does not hold the duration.
const REACH_BRACKET: usize = 8;
/// No single task on a list takes longer; larger spans are deadlines, waits and opening hours.
const LONGEST_SECS: u32 = 8 * 3_600;

/// What a duration is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// Something else: media, a rate, a wait, another task.
    Other,
    /// A time limit. It also takes the belief from the same bare number elsewhere in the row.
    Deadline,
    /// Nothing says what it is of.
    Bare,
    /// The text says, or shows by its form, that it is the time the task takes.
    Task,
    /// The text says that it is the time of the whole.
    Whole,
}

/// One duration with the words around it.
struct Scene<'scene, 'text> {
    tokens: &'scene Tokens<'text>,
    duration: &'scene Duration,
    /// Words of the same sentence before it, nearest first.
    before: Vec<&'scene str>,
    /// The same without "about", "only" and articles.
    led_by: Vec<&'scene str>,
    /// Words of the same sentence after it, nearest first.
    after: Vec<&'scene str>,
    /// The word before the bracket the duration stands in.
    outside: &'scene str,
    bracketed: bool,
}

/// Reads what a duration is of.
pub(super) fn reading(tokens: &Tokens<'_>, duration: &Duration) -> Reading {
    let longest = duration.high_secs.or(duration.low_secs).unwrap_or(0);
    if longest > LONGEST_SECS || longest == 0 {
        return Reading::Other;
    }
    let scene = Scene::around(tokens, duration);
    if scene.is_rate()
        || scene.is_media()
        || scene.is_activity()
        || scene.is_other_span()
        || scene.is_of_another_task()
    {
        return Reading::Other;
    }
    if scene.is_deadline() {
        return Reading::Deadline;
    }
    let task = scene.says_task();
    let doubtful = (duration.article || duration.letter) && !task;
    if doubtful || scene.is_figure_of_speech() || scene.is_ordinal() {
        return Reading::Other;
    }
    match (task, scene.says_whole()) {
        (true, true) => Reading::Whole,
        (true, false) => Reading::Task,
        (false, _) => Reading::Bare,
    }
}

fn is_any(words: &[&str], wanted: fn(&str) -> bool) -> bool {
    words.iter().any(|word| wanted(word))
}

impl<'scene, 'text> Scene<'scene, 'text> {
    fn around(tokens: &'scene Tokens<'text>, duration: &'scene Duration) -> Self {
        let start = duration.tokens.start;
        let before = words_before(tokens, start);
        let open = (1..=REACH_BRACKET)
            .take_while(|back| tokens.sign_before(start, *back) != Some(')'))
            .find(|back| tokens.sign_before(start, *back) == Some('('));
        // Words outside a bracket do not govern what stands in it.
        let inside = open.map_or(REACH_BEFORE, |back| back);
        let near = (1..inside)
            .map_while(|back| start.checked_sub(back))
            .take_while(|at| !ends_sentence(tokens, *at))
            .map(|at| tokens.word(at))
            .filter(|word| !word.is_empty());
        let skipped = |word: &&str| lexicon::approximately(word) || lexicon::article(word) || is_filler(word);
        let led_by = near.skip_while(skipped).collect();
        let outside = open.and_then(|back| start.checked_sub(back + 1)).map_or("", |at| tokens.word(at));
        let after = words_after(tokens, duration.tokens.end);
        let closed = (0..REACH_BRACKET).any(|ahead| tokens.sign(duration.tokens.end + ahead) == Some(')'));
        Self { tokens, duration, before, led_by, outside, after, bracketed: open.is_some() && closed }
    }

    fn next(&self) -> &str {
        self.tokens.word(self.duration.tokens.end)
    }

    fn led(&self, back: usize) -> &str {
        self.led_by.get(back).copied().unwrap_or("")
    }

    /// The words before, at most so many.
    fn nearest(&self, count: usize) -> &[&'scene str] {
        self.before.get(..self.before.len().min(count)).unwrap_or(&[])
    }

    fn following(&self, ahead: usize) -> &str {
        self.after.get(ahead).copied().unwrap_or("")
    }

    /// "$12 an hour", "per 30 minutes", "every 5 minutes", "20 hours a week", "1 minute each".
    fn is_rate(&self) -> bool {
        let start = self.duration.tokens.start;
        if self.duration.article {
            let money = start.checked_sub(1).is_some_and(|at| duration::is_money(self.tokens, at));
            let paid = matches!(
                self.before.first().copied().unwrap_or(""),
                "dollars" | "cents" | "usd" | "dollar" | "euros"
            );
            if money || paid || self.tokens.sign_before(start, 1) == Some('$') {
                return true;
            }
        }
        if self.tokens.sign_before(start, 1) == Some('/') || is_per(self.led(0)) {
            return true;
        }
        let end = self.duration.tokens.end;
        let slash = self.tokens.sign(end) == Some('/');
        match self.next() {
            "each" | "apiece" | "daily" | "weekly" => !is_task(self.following(1)),
            "per" | "every" | "pro" | "par" | "por" | "al" => !is_task(self.following(1)),
            "a" | "an" => is_calendar(self.following(1)),
            _ => slash && !is_task(self.tokens.word(end + 1)),
        }
    }

    /// "a 5 minute audio clip", "several short (1 minute) videos", "watch a 2 minute ...".
    fn is_media(&self) -> bool {
        if !self.ends_phrase_with_task() {
            if self.phrase_after().any(is_media) {
                return true;
            }
            let shown = self.led_by.iter().take(2).any(|word| is_watching(word));
            if shown && !self.bracketed && !matches!(self.led(0), "for" | "in") {
                return true;
            }
        }
        let total = self.led(0) == "of"
            && matches!(self.led(1), "duration" | "length")
            && is_any(self.nearest(8), is_recordings);
        total
            || is_media_of(self.led(0), self.led(1))
            || (is_media(self.outside) && is_any(self.nearest(8), is_watching))
    }

    /// The nouns and adjectives right after the duration, up to the first word that ends the phrase.
    fn phrase_after(&self) -> impl Iterator<Item = &str> {
        let end = self.duration.tokens.end;
        (0..5)
            .map(move |ahead| (self.tokens.word(end + ahead), self.tokens.sign(end + ahead)))
            .take_while(|(word, sign)| {
                !ends_phrase(word) && matches!(sign, None | Some('-' | ')' | '\'' | '"'))
            })
            .map(|(word, _)| word)
            .filter(|word| !word.is_empty())
    }

    fn ends_phrase_with_task(&self) -> bool {
        self.phrase_after().any(is_task)
    }

    /// "spend 1 minute talking", "listen for at least 30 seconds", "30 minutes of exercise".
    fn is_activity(&self) -> bool {
        let next = self.next();
        if is_spending(self.led(0))
            && !matches!(
                next,
                "" | "on"
                    | "to"
                    | "completing"
                    | "answering"
                    | "taking"
                    | "filling"
                    | "working"
                    | "doing"
                    | "participating"
            )
        {
            return true;
        }
        if is_doing(next) {
            return true;
        }
        if next == "of" {
            let own = |word: &str| {
                matches!(word, "your" | "my" | "our" | "time" | "work" | "effort" | "you" | "total")
                    || is_task(word)
            };
            return !(own(self.following(1)) || own(self.following(2)) && !is_media(self.following(1)));
        }
        let for_so_long = matches!(self.led(0), "for" | "durante" | "lang" | "of");
        if for_so_long
            && is_any(&self.led_by, is_activity_verb)
            && !is_any(self.led_by.get(..4).unwrap_or(&[]), is_task)
        {
            return true;
        }
        let working = matches!(
            self.led(0),
            "work"
                | "works"
                | "worked"
                | "sleep"
                | "slept"
                | "exercise"
                | "drive"
                | "drove"
                | "play"
                | "watched"
        );
        working && !self.before.is_empty()
    }

    /// "take a minute", "just a second".
    fn is_figure_of_speech(&self) -> bool {
        let longest = self.duration.high_secs.or(self.duration.low_secs).unwrap_or(0);
        if !self.duration.article || longest > 60 {
            return false;
        }
        let bounded = self.duration.tokens != self.duration.core;
        let literal = |word: &&str| {
            matches!(
                *word,
                "takes" | "lasts" | "requires" | "about" | "around" | "approx" | "approximately" | "duration"
            )
        };
        !bounded && !self.nearest(3).iter().any(literal)
    }

    /// "Part 2 second wave".
    fn is_ordinal(&self) -> bool {
        let named = matches!(
            self.before.first().copied().unwrap_or(""),
            "part" | "phase" | "wave" | "round" | "session" | "step" | "day" | "task"
        );
        named && self.tokens.word(self.duration.core.end.saturating_sub(1)) == "second"
    }

    /// Waits, ages, spans of the calendar, appointments.
    fn is_other_span(&self) -> bool {
        let spanned = matches!(
            self.next(),
            "ago"
                | "later"
                | "after"
                | "before"
                | "prior"
                | "delay"
                | "break"
                | "breaks"
                | "apart"
                | "notice"
                | "old"
                | "away"
                | "walk"
                | "drive"
                | "early"
                | "late"
                | "earlier"
                | "wait"
                | "pause"
                | "interval"
                | "intervals"
                | "from"
                | "hence"
                | "since"
                | "cooldown"
                | "commute"
                | "shift"
                | "shifts"
                | "fast"
                | "nap"
        );
        let waited = matches!(
            self.led(0),
            "wait"
                | "waiting"
                | "after"
                | "every"
                | "last"
                | "past"
                | "next"
                | "first"
                | "previous"
                | "following"
                | "final"
                | "before"
                | "until"
                | "than"
                | "additional"
                | "extra"
                | "another"
                | "since"
        );
        let meeting = matches!(self.led(0), "for" | "from" | "at")
            && (self.has_clock_time() || is_any(self.nearest(10), is_free));
        spanned || waited || meeting
    }

    /// "3 pm", "15:30", "10 Uhr" before the duration.
    fn has_clock_time(&self) -> bool {
        let start = self.duration.tokens.start;
        (1..=12).filter_map(|back| start.checked_sub(back)).any(|at| {
            let clock = matches!(
                self.tokens.word(at),
                "am" | "pm" | "oclock" | "clock" | "noon" | "midnight" | "uhr" | "est" | "pst" | "cet"
            );
            let half_day = matches!(self.tokens.word(at), "a" | "p")
                && self.tokens.sign(at + 1) == Some('.')
                && self.tokens.word(at + 2) == "m";
            let colon = self.tokens.sign(at) == Some(':')
                && at.checked_sub(1).is_some_and(|hour| self.tokens.number(hour).is_some())
                && self.tokens.number(at + 1).is_some();
            clock || half_day || colon
        })
    }

    /// "you have 60 minutes", "if completed in 30 minutes", "expires in", "60 minute time limit".
    fn is_deadline(&self) -> bool {
        if self.before.iter().take(6).chain(self.after.iter().take(4)).any(|word| is_limit(word)) {
            return true;
        }
        if matches!(self.next(), "limit" | "window" | "timeout" | "timer" | "deadline" | "countdown")
            || self.phrase_after().any(is_limit)
        {
            return true;
        }
        if is_granted(self.led(0)) {
            let asks = matches!(self.led(1), "do" | "you")
                && is_any(&self.led_by, |word| matches!(word, "do" | "if"));
            return self.led_by.len() > 1 && !asks;
        }
        let conditional =
            is_any(self.nearest(12), |word| matches!(word, "if" | "unless" | "wenn" | "falls" | "si" | "se"));
        let within = matches!(
            self.led(0),
            "in" | "within" | "innerhalb" | "binnen" | "dans" | "dentro" | "en" | "entro"
        ) || self.before.first() == Some(&"within")
            || self.starts_with_within();
        let ordered = is_any(self.nearest(12), is_obligation)
            || is_any(&self.after, |word| {
                matches!(word, "bonus" | "receive" | "paid" | "rejected" | "otherwise")
            });
        within && (conditional || ordered)
    }

    /// The bound "within" is a part of the duration's own tokens.
    fn starts_with_within(&self) -> bool {
        self.tokens.word(self.duration.tokens.start) == "within"
    }

    /// "may qualify for a longer survey (30 min)", "the second part takes 20 minutes" of a first part.
    fn is_of_another_task(&self) -> bool {
        let near = self.nearest(7);
        let farther = is_any(near, is_longer);
        let invited = is_any(self.nearest(12), is_inviting);
        let passing = |word: &str| matches!(word, "pass" | "qualify" | "eligible" | "selected" | "chosen");
        if is_any(&self.before, |word| word == "if") && is_any(&self.before, passing) {
            return true;
        }
        let later = is_any(near, |word| {
            matches!(
                word,
                "second"
                    | "main"
                    | "full"
                    | "follow"
                    | "next"
                    | "part"
                    | "paid"
                    | "real"
                    | "actual"
                    | "interview"
            )
        });
        if farther || (invited && later) {
            return true;
        }
        self.phrase_after()
            .any(|word| matches!(word, "screener" | "screening" | "qualification" | "pretest" | "prescreen"))
            && self.speaks_of_parts()
            || self.phrase_after().any(|word| matches!(word, "later" | "followup" | "interview" | "call"))
                && invited
    }

    /// "at the beginning of the survey": the duration is of a part.
    fn speaks_of_parts(&self) -> bool {
        is_any(&self.after, |word| {
            matches!(word, "beginning" | "start" | "before" | "prior" | "end" | "followed")
        })
    }

    /// Words or signs that make it the task's own time.
    fn says_task(&self) -> bool {
        let start = self.duration.tokens.start;
        let bounded = self.duration.tokens != self.duration.core;
        let about = matches!(self.tokens.sign_before(start, 1), Some('~'))
            || self.before.iter().take(2).any(|word| lexicon::approximately(word));
        let taking = self.before.iter().take(8).any(|word| is_taking(word) || *word == "time");
        let paid_after =
            self.next() == "for" && duration::is_money(self.tokens, self.duration.tokens.end + 2);
        let paid_before = self.led(0) == "for"
            && (2..=5)
                .filter_map(|back| start.checked_sub(back))
                .any(|at| self.tokens.number(at).is_some() && duration::is_money(self.tokens, at));
        let finished = self.next() == "to"
            && matches!(
                self.following(1),
                "complete" | "finish" | "do" | "fill" | "answer" | "submit" | "take"
            );
        let japanese =
            self.before.iter().take(6).any(|word| matches!(*word, "所" | "要" | "約" | "约" | "需" | "程"));
        about
            || bounded
            || taking
            || paid_after
            || paid_before
            || finished
            || japanese
            || self.bracketed
            || self.ends_phrase_with_task()
    }

    fn says_whole(&self) -> bool {
        let whole = |word: &str| {
            matches!(
                word,
                "total" | "totally" | "overall" | "entire" | "whole" | "itself" | "altogether" | "insgesamt"
            )
        };
        is_any(self.nearest(8), whole)
            || is_any(self.after.get(..self.after.len().min(3)).unwrap_or(&[]), whole)
    }
}

/// A sentence ends here: a full stop before a space, not the one of "approx." or "1.5".
fn ends_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.sign(at) {
        Some('!' | '?' | ';' | '|' | '•') => true,
        Some('\n') => tokens.sign(at + 1) == Some('\n') || tokens.sign_before(at, 1) == Some('\n'),
        Some('.') => {
            tokens.spaced(at + 1)
                && !lexicon::approximately(tokens.word_before(at, 1))
                && lexicon::unit(tokens.word_before(at, 1)).is_none()
        }
        _ => false,
    }
}

fn words_before<'tokens>(tokens: &'tokens Tokens<'_>, start: usize) -> Vec<&'tokens str> {
    (1..=REACH_BEFORE)
        .map_while(|back| start.checked_sub(back))
        .take_while(|at| !ends_sentence(tokens, *at))
        .map(|at| tokens.word(at))
        .filter(|word| !word.is_empty())
        .collect()
}

fn words_after<'tokens>(tokens: &'tokens Tokens<'_>, end: usize) -> Vec<&'tokens str> {
    (end..end + REACH_AFTER)
        .take_while(|at| *at < tokens.len() && !ends_sentence(tokens, *at))
        .map(|at| tokens.word(at))
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "at"
            | "least"
            | "most"
            | "up"
            | "to"
            | "full"
            | "short"
            | "quick"
            | "brief"
            | "maximum"
            | "minimum"
            | "max"
            | "this"
            | "your"
            | "between"
            | "der"
            | "die"
            | "das"
            | "den"
            | "dem"
    )
}

fn is_per(word: &str) -> bool {
    matches!(word, "per" | "every" | "each" | "pro" | "chaque" | "cada" | "ogni" | "alle" | "jede")
}

fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "day"
            | "week"
            | "month"
            | "night"
            | "year"
            | "session"
            | "piece"
            | "video"
            | "clip"
            | "image"
            | "pop"
    )
}

/// Nouns for the task itself.
fn is_task(word: &str) -> bool {
    matches!(
        word,
        "survey"
            | "surveys"
            | "study"
            | "studies"
            | "task"
            | "tasks"
            | "hit"
            | "hits"
            | "questionnaire"
            | "questionnaires"
            | "experiment"
            | "assignment"
            | "quiz"
            | "poll"
            | "job"
            | "activity"
            | "test"
            | "game"
            | "screener"
            | "screening"
            | "interview"
            | "questions"
            | "session"
            | "assessment"
            | "evaluation"
            | "project"
            | "part"
            | "research"
            | "response"
            | "person"
            | "participant"
            | "umfrage"
            | "studie"
            | "befragung"
            | "fragebogen"
            | "aufgabe"
            | "encuesta"
            | "estudio"
            | "tarea"
            | "cuestionario"
            | "enquete"
            | "sondage"
            | "etude"
            | "tache"
            | "pesquisa"
            | "estudo"
            | "tarefa"
            | "questionario"
            | "sondaggio"
            | "studio"
            | "indagine"
            | "ankieta"
            | "undersokning"
            | "sondaj"
            | "anket"
            | "опрос"
            | "опроса"
    )
}

/// Nouns for what is watched, heard or recorded.
fn is_media(word: &str) -> bool {
    matches!(
        word,
        "video"
            | "videos"
            | "audio"
            | "audios"
            | "clip"
            | "clips"
            | "recording"
            | "recordings"
            | "screencast"
            | "screencasts"
            | "podcast"
            | "song"
            | "songs"
            | "film"
            | "films"
            | "movie"
            | "movies"
            | "trailer"
            | "trailers"
            | "speech"
            | "segment"
            | "segments"
            | "episode"
            | "episodes"
            | "music"
            | "track"
            | "tracks"
            | "voice"
            | "footage"
            | "animation"
            | "gif"
            | "ad"
            | "ads"
            | "advert"
            | "advertisement"
            | "commercial"
            | "commercials"
            | "media"
            | "sound"
            | "sounds"
            | "vlog"
            | "soundtrack"
            | "presentation"
            | "lecture"
            | "sample"
            | "samples"
            | "snippet"
            | "snippets"
            | "excerpt"
            | "excerpts"
            | "videoclip"
            | "videos'"
            | "monologue"
            | "screenshare"
    )
}

/// "videos of", "clip lasting": a media noun a step further away.
fn is_media_of(link: &str, word: &str) -> bool {
    matches!(link, "of" | "lasting" | "long" | "for" | "length" | "is" | "are" | "last")
        && is_media(word)
        && link != "for"
}

fn is_recordings(word: &str) -> bool {
    matches!(word, "recordings" | "recording" | "videos" | "clips" | "audios" | "songs" | "screencasts")
}

fn is_watching(word: &str) -> bool {
    matches!(
        word,
        "watch"
            | "watching"
            | "listen"
            | "listening"
            | "view"
            | "viewing"
            | "see"
            | "hear"
            | "hearing"
            | "play"
            | "transcribe"
            | "transcribing"
            | "record"
            | "recording"
            | "upload"
            | "film"
            | "caption"
            | "annotate"
            | "label"
            | "ansehen"
            | "anhoren"
            | "ver"
            | "mira"
            | "ecouter"
            | "regarder"
    )
}

fn is_spending(word: &str) -> bool {
    matches!(word, "spend" | "spending" | "spends" | "spent")
}

/// What a worker is told to do for so long, where the task is more than that.
fn is_doing(word: &str) -> bool {
    matches!(
        word,
        "talking"
            | "speaking"
            | "listening"
            | "watching"
            | "reading"
            | "recording"
            | "writing"
            | "browsing"
            | "walking"
            | "exploring"
            | "reviewing"
            | "looking"
            | "thinking"
            | "playing"
            | "viewing"
            | "describing"
    )
}

fn is_activity_verb(word: &str) -> bool {
    matches!(
        word,
        "listen"
            | "listening"
            | "watch"
            | "watching"
            | "record"
            | "recording"
            | "recorded"
            | "talk"
            | "talking"
            | "play"
            | "walk"
            | "sit"
            | "breathe"
            | "meditate"
            | "look"
            | "stare"
            | "view"
            | "wear"
            | "browse"
            | "stay"
            | "chat"
            | "sleep"
            | "exercise"
            | "think"
    )
}

/// Words that end the noun phrase after a duration.
fn ends_phrase(word: &str) -> bool {
    matches!(
        word,
        "to" | "of"
            | "for"
            | "and"
            | "about"
            | "in"
            | "on"
            | "that"
            | "which"
            | "is"
            | "with"
            | "at"
            | "or"
            | "will"
            | "where"
            | "by"
            | "as"
            | "per"
            | "from"
            | "a"
            | "an"
            | "the"
            | "you"
            | "if"
            | "then"
            | "watching"
            | "regarding"
            | "concerning"
            | "please"
            | "this"
            | "your"
    )
}

fn is_taking(word: &str) -> bool {
    matches!(
        word,
        "take"
            | "takes"
            | "taking"
            | "took"
            | "taken"
            | "requires"
            | "require"
            | "requiring"
            | "last"
            | "lasts"
            | "lasting"
            | "duration"
            | "length"
            | "need"
            | "needs"
            | "estimated"
            | "expected"
            | "expect"
            | "average"
            | "avg"
            | "complete"
            | "completed"
            | "completion"
            | "finish"
            | "finished"
            | "done"
            | "spare"
            | "dauert"
            | "dauer"
            | "dauern"
            | "zeitaufwand"
            | "dura"
            | "duracion"
            | "duracao"
            | "durata"
            | "duree"
            | "dure"
            | "durera"
            | "tarda"
            | "tardara"
            | "tomara"
            | "toma"
            | "leva"
            | "levara"
            | "demora"
            | "richiede"
            | "prend"
            | "prendra"
            | "duur"
            | "duurt"
            | "займет"
            | "bearbeitungszeit"
            | "eta"
            | "spend"
    )
}

fn is_limit(word: &str) -> bool {
    matches!(
        word,
        "expire"
            | "expires"
            | "expiring"
            | "expiration"
            | "deadline"
            | "timer"
            | "timeout"
            | "allotted"
            | "alloted"
            | "allocated"
            | "allowed"
            | "limit"
            | "limited"
            | "countdown"
            | "zeitlimit"
            | "autoapprove"
            | "autoapproved"
            | "approval"
    )
}

/// "you have", "you are given".
fn is_granted(word: &str) -> bool {
    matches!(
        word,
        "have"
            | "has"
            | "had"
            | "given"
            | "get"
            | "gets"
            | "haben"
            | "hast"
            | "hat"
            | "tiene"
            | "tienes"
            | "tienen"
            | "avez"
            | "aurez"
            | "tem"
            | "hai"
            | "avrai"
    )
}

fn is_obligation(word: &str) -> bool {
    matches!(
        word,
        "bonus"
            | "bonuses"
            | "must"
            | "paid"
            | "payed"
            | "payment"
            | "payments"
            | "approve"
            | "approved"
            | "submit"
            | "submitted"
            | "respond"
            | "response"
            | "reply"
            | "receive"
            | "contact"
            | "contacted"
            | "start"
            | "accept"
            | "accepting"
            | "return"
            | "begin"
            | "credited"
            | "message"
            | "email"
            | "review"
            | "reviewed"
            | "compensated"
            | "granted"
            | "rejected"
            | "released"
            | "distributed"
            | "processed"
    )
}

/// "must be free", "available": an appointment, not a length.
fn is_free(word: &str) -> bool {
    matches!(word, "free" | "available" | "scheduled" | "schedule" | "appointment" | "zoom")
}

fn is_longer(word: &str) -> bool {
    matches!(
        word,
        "longer" | "larger" | "later" | "subsequent" | "future" | "upcoming" | "additional" | "bigger"
    )
}

fn is_inviting(word: &str) -> bool {
    matches!(
        word,
        "qualify"
            | "qualifies"
            | "qualified"
            | "qualifying"
            | "eligible"
            | "eligibility"
            | "invite"
            | "invited"
            | "invitation"
            | "selected"
            | "chosen"
            | "chance"
            | "asked"
            | "recruiting"
            | "determine"
            | "screener"
            | "screening"
            | "prescreen"
    )
}
