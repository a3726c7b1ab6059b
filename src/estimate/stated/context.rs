//! Whether a duration in a text is the worker's time for this very task.
//!
//! Each rule looks at a few words on both sides, never further, so the whole stays linear.

use super::amount::is_money;
use super::duration::Duration;
use super::lexicon;
use super::scene::Scene;
use super::words as set;
use crate::estimate::tokens::Tokens;

/// No single task on a list takes longer; larger spans are deadlines, waits and opening hours.
const LONGEST_SECS: u32 = 8 * 3_600;

/// Which of a row's texts is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// One line about one task.
    Title,
    /// Sentences, also about parts and other tasks.
    Description,
}

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

/// Reads what a duration is of.
pub(super) fn reading(tokens: &Tokens<'_>, duration: &Duration, place: Place) -> Reading {
    let longest = duration.high_secs.or(duration.low_secs).unwrap_or(0);
    if longest > LONGEST_SECS || longest == 0 {
        return Reading::Other;
    }
    let scene = Scene::around(tokens, duration);
    if place == Place::Title && scene.is_stamp() {
        return Reading::Task;
    }
    let other = [
        Scene::is_rate,
        Scene::is_media,
        Scene::is_activity,
        Scene::is_other_span,
        Scene::is_of_another_task,
        Scene::is_figure_of_speech,
        Scene::is_ordinal,
    ];
    if other.iter().any(|rule| rule(&scene)) {
        return Reading::Other;
    }
    if scene.is_deadline() {
        return Reading::Deadline;
    }
    match (scene.says_task(), scene.says_whole()) {
        (true, true) => Reading::Whole,
        (true, false) => Reading::Task,
        (false, _) if duration.article || duration.letter => Reading::Other,
        (false, _) => Reading::Bare,
    }
}

impl Scene<'_, '_> {
    /// "$12 an hour", "per 30 minutes", "every 5 minutes", "20 hours a week", "1 minute each".
    fn is_rate(&self) -> bool {
        let (start, end) = (self.duration.tokens.start, self.duration.tokens.end);
        if self.duration.article {
            let paid = start.checked_sub(1).is_some_and(|at| is_money(self.tokens, at));
            if paid || set::MONEY.any(self.nearest(1)) || self.tokens.sign_before(start, 1) == Some('$') {
                return true;
            }
        }
        // "$2.50/15 minutes" is a rate, "$2.50 / 15 minutes" is a list.
        let slashed = self.tokens.sign_before(start, 1) == Some('/') && !self.tokens.spaced(start);
        if slashed || set::PER.has(self.led(0)) {
            return true;
        }
        if matches!(self.next().word, "a" | "an") {
            return set::CALENDAR.has(self.following(1));
        }
        if set::PER_AFTER.has(self.next()) {
            return !set::TASK.has(self.following(1));
        }
        let joined_slash = self.tokens.sign(end) == Some('/') && !self.tokens.spaced(end);
        joined_slash && !set::TASK.has(set::Term::of(self.tokens.word(end + 1)))
    }

    /// "a 5 minute audio clip", "several short (1 minute) videos", "watch a 2 minute …", "videos of 10 seconds".
    fn is_media(&self) -> bool {
        if !set::TASK.any(&self.phrase) {
            let named = set::MEDIA.any(&self.phrase);
            let shown = set::WATCHING.any(self.led_within(2))
                && !self.bracketed
                && !matches!(self.led(0).word, "for" | "in");
            if named || shown {
                return true;
            }
        }
        let total_of = self.led(0).word == "of" && matches!(self.led(1).word, "duration" | "length");
        let total = total_of && set::RECORDINGS.any(self.nearest(8));
        let linked = set::MEDIA_LINK.has(self.led(0)) && set::MEDIA.has(self.led(1));
        let watched = set::WATCHING.any(self.nearest(8));
        let after_bracket = set::Term::of(self.tokens.word(self.duration.tokens.end + 1));
        let beside_bracket =
            set::MEDIA.has(self.outside) || (!self.outside.is_empty() && set::MEDIA.has(after_bracket));
        total || linked || (self.bracketed && beside_bracket && watched)
    }

    /// "spend 1 minute talking", "listen for at least 30 seconds", "30 minutes of exercise".
    fn is_activity(&self) -> bool {
        let next = self.next();
        if set::SPENDING.has(self.led(0)) && !next.is_empty() && !set::SPENT_ON_TASK.has(next) {
            return true;
        }
        if set::DOING.has(next) {
            return true;
        }
        if next.word == "of" {
            let own = |word| set::OWN_TIME.has(word) || set::TASK.has(word);
            let (first, second) = (self.following(1), self.following(2));
            return !(own(first) || own(second) && !set::MEDIA.has(first));
        }
        let for_so_long = matches!(self.led(0).word, "for" | "durante" | "lang" | "of");
        if for_so_long && set::ACTIVITY.any(self.led_within(12)) && !set::TASK.any(self.led_within(4)) {
            return true;
        }
        let apart = matches!(self.tokens.sign_before(self.duration.tokens.start, 1), Some(':' | ',' | '-'));
        set::OCCUPIED.has(self.led(0)) && !apart && !set::TASK.any(&self.phrase)
    }

    /// "take a minute", "just a second".
    fn is_figure_of_speech(&self) -> bool {
        let longest = self.duration.high_secs.or(self.duration.low_secs).unwrap_or(0);
        let idle = self.duration.article && longest <= 60 && !self.is_bounded();
        idle && !set::LITERALLY.any(self.nearest(3))
    }

    /// "Part 2 second wave".
    fn is_ordinal(&self) -> bool {
        let last = self.tokens.word(self.duration.core.end.saturating_sub(1));
        last == "second" && set::PART_NAME.any(self.nearest(1))
    }

    /// Waits, ages, spans of the calendar, appointments.
    fn is_other_span(&self) -> bool {
        let taken = set::TAKING.any(self.nearest(4));
        let spanned = set::SPAN_AFTER.has(self.next()) || (set::ORDER_AFTER.has(self.next()) && !taken);
        // "will last 30 minutes" is no "last 30 minutes".
        let lasting = self.led(0).word == "last" && !set::BEFORE_LAST.any(self.nearest(2));
        let waited = set::SPAN_BEFORE.has(self.led(0)) && !lasting && !set::TASK.any(&self.phrase);
        let meeting =
            set::AT.has(self.led(0)) && (self.has_clock_time() || set::APPOINTED.any(self.nearest(10)));
        spanned || waited || meeting || set::ON_TOP.has(self.led(0))
    }

    /// "3 pm", "15:30", "10 Uhr" before the duration.
    fn has_clock_time(&self) -> bool {
        let start = self.duration.tokens.start;
        (1..=12).filter_map(|back| start.checked_sub(back)).any(|at| {
            let half_day = matches!(self.tokens.word(at), "a" | "p")
                && self.tokens.sign(at + 1) == Some('.')
                && self.tokens.word(at + 2) == "m";
            let colon = self.tokens.sign(at) == Some(':')
                && at.checked_sub(1).is_some_and(|hour| self.tokens.number(hour).is_some())
                && self.tokens.number(at + 1).is_some();
            set::CLOCK.has(set::Term::of(self.tokens.word(at))) || half_day || colon
        })
    }

    /// "you have 60 minutes", "if completed in 30 minutes", "expires in", "60 minute time limit".
    fn is_deadline(&self) -> bool {
        if set::LIMIT.any(self.led_within(5)) || set::LIMIT.any(&self.phrase) {
            return true;
        }
        if set::GRANTED.has(self.led(0)) {
            let asked = self.led_by.iter().any(|term| matches!(term.word, "do" | "if"));
            return self.led_by.len() > 1 && !asked;
        }
        // The bound "within" is a part of the duration's own tokens.
        let bound_within = self.tokens.word(self.duration.tokens.start) == "within";
        if !bound_within && !set::WITHIN.has(self.led(0)) {
            return false;
        }
        let conditional = set::CONDITION.any(self.nearest(12));
        let due_after = bound_within && set::DUE_AFTER.any(&self.after);
        let due_within = bound_within && set::DUE_WITHIN.any(self.nearest(12));
        conditional || due_after || due_within || set::DUE.any(self.nearest(12))
    }

    /// "may qualify for a longer survey (30 min)", "you may be invited to", a pretest before the task.
    fn is_of_another_task(&self) -> bool {
        let near = self.nearest(7);
        // Words stand nearest first: the word after a larger one in the text is the one before it here.
        let larger_task = near.windows(2).any(|pair| match pair {
            [following, word] => set::LARGER.has(*word) && set::TASK.has(*following),
            _ => false,
        });
        if larger_task || set::LARGER.any(self.led_within(1)) {
            return true;
        }
        let qualifying = set::QUALIFYING.any(&self.before);
        if qualifying && (self.before.iter().any(|term| term.word == "if") || set::MAIN_PART.any(near)) {
            return true;
        }
        if set::INVITING.any(self.nearest(12)) && set::MAYBE.any(self.nearest(16)) {
            return true;
        }
        set::PRETEST.any(&self.phrase) && set::PART_PLACE.any(&self.after)
    }

    /// Words or signs that make it the task's own time.
    fn says_task(&self) -> bool {
        let (start, end) = (self.duration.tokens.start, self.duration.tokens.end);
        let about = self.tokens.sign_before(start, 1) == Some('~')
            || self.nearest(2).iter().any(|term| lexicon::approximately(term.word));
        let money = |at: usize| self.tokens.number(at).is_some() && is_money(self.tokens, at);
        let paid_after = self.next().word == "for" && is_money(self.tokens, end + 2);
        let paid_before =
            self.led(0).word == "for" && (2..=5).filter_map(|back| start.checked_sub(back)).any(money);
        let finished = self.next().word == "to" && set::FINISHING.has(self.following(1));
        about
            || self.is_bounded()
            || self.bracketed
            || paid_after
            || paid_before
            || finished
            || set::TAKING.any(self.nearest(8))
            || set::TAKING_IDEOGRAPHS.any(self.nearest(6))
            || set::TASK.any(&self.phrase)
    }

    fn says_whole(&self) -> bool {
        let soon_after = self.after.get(..self.after.len().min(3)).unwrap_or(&[]);
        set::WHOLE.any(self.nearest(8)) || set::WHOLE.any(soon_after)
    }
}
