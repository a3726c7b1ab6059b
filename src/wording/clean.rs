//! Foreign text made safe to show on one line, without changing what it says.

use super::characters::{
    is_emoji_modifier, is_flag_half, is_invisible, is_pictograph, is_stacking_mark, is_tag, joins_previous,
    looks_blank, spells_with_joiners,
};

/// The longest title kept, in characters; real ones end at 128.
pub const MAX_TITLE_CHARS: usize = 500;

/// The longest description kept, in characters; real ones end at 2,000.
pub const MAX_DESCRIPTION_CHARS: usize = 4_000;

/// Marks kept on one letter; more are a tower that covers the rows above and below.
const MAX_STACKED_MARKS: usize = 4;

/// How far back a cut looks for white space before it splits a word, in characters.
const WORD_BACKTRACK_CHARS: usize = 40;

/// The text on one line: white space collapsed, control, bidi and invisible characters
/// removed, trimmed. Emoji sequences and the joiners of scripts that spell with them stay.
pub fn clean_text(text: &str) -> String {
    clean(text, usize::MAX)
}

/// A title on one line, at most [`MAX_TITLE_CHARS`] characters, never cut inside a grapheme.
pub fn clean_title(text: &str) -> String {
    clean(text, MAX_TITLE_CHARS)
}

/// A description on one line, at most [`MAX_DESCRIPTION_CHARS`] characters, never cut inside a grapheme.
pub fn clean_description(text: &str) -> String {
    clean(text, MAX_DESCRIPTION_CHARS)
}

/// Cleans until one character more than the limit is there, so a huge text costs no more than a long one.
fn clean(text: &str, max_chars: usize) -> String {
    let mut line = String::with_capacity(text.len().min(max_chars.saturating_mul(2)));
    let mut kept_chars = 0_usize;
    let mut stacked_marks = 0_usize;
    let mut previous = None;
    let mut space_pending = false;
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character.is_whitespace() || looks_blank(character) {
            space_pending = true;
            continue;
        }
        let next = rest.clone().next();
        if !is_kept(character, previous.filter(|_| !space_pending), next) {
            continue;
        }
        stacked_marks = if is_stacking_mark(character) { stacked_marks.saturating_add(1) } else { 0 };
        if stacked_marks > MAX_STACKED_MARKS {
            continue;
        }
        if space_pending && !line.is_empty() {
            line.push(' ');
            kept_chars = kept_chars.saturating_add(1);
        }
        space_pending = false;
        line.push(character);
        kept_chars = kept_chars.saturating_add(1);
        previous = Some(character);
        if kept_chars > max_chars {
            return cut_at_grapheme(&line, max_chars).trim_end().to_owned();
        }
    }
    line
}

/// Whether a character that is no white space stays, given its kept neighbour before and its neighbour after.
fn is_kept(character: char, previous: Option<char>, next: Option<char>) -> bool {
    match character {
        '\u{200D}' => {
            let joins_emoji = previous
                .is_some_and(|before| is_pictograph(before) || is_emoji_modifier(before))
                && next.is_some_and(is_pictograph);
            joins_emoji || joins_letters(previous, next)
        }
        '\u{200C}' => joins_letters(previous, next),
        tag if is_tag(tag) => previous.is_some_and(|before| before == '\u{1F3F4}' || is_tag(before)),
        other => !other.is_control() && !is_invisible(other),
    }
}

fn joins_letters(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_some_and(spells_with_joiners) && next.is_some_and(spells_with_joiners)
}

/// The longest beginning of at most `max_chars` characters that ends where a grapheme ends,
/// and at white space if there is some near.
pub(super) fn cut_at_grapheme(text: &str, max_chars: usize) -> &str {
    let Some((limit, _)) = text.char_indices().nth(max_chars) else {
        return text;
    };
    let head = text.get(..limit).unwrap_or("");
    let near_space = head.char_indices().rev().take(WORD_BACKTRACK_CHARS).find(|(_, c)| c.is_whitespace());
    if let Some((at, _)) = near_space {
        return head.get(..at).unwrap_or("");
    }
    let mut after = text.get(limit..).and_then(|tail| tail.chars().next());
    for (at, character) in head.char_indices().rev() {
        if after.is_none_or(|next| is_boundary(character, next)) {
            return head.get(..at.saturating_add(character.len_utf8())).unwrap_or("");
        }
        after = Some(character);
    }
    ""
}

/// Whether a text may be cut between two characters. Flags are never split: one half of two
/// or more counts as joined, which loses a whole row of flags rather than half of one.
fn is_boundary(before: char, after: char) -> bool {
    !joins_previous(after) && before != '\u{200D}' && !(is_flag_half(before) && is_flag_half(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn becomes_one_trimmed_line() {
        assert_eq!(clean_text("  Short\r\n\tsurvey \u{2028} about\u{00A0}cats "), "Short survey about cats");
        assert_eq!(clean_text("\u{0}\u{7}bell\u{1B}[31m"), "bell[31m");
        assert_eq!(clean_text(" \u{3164}\u{2800} "), "");
    }

    #[test]
    fn hides_and_reorders_nothing() {
        assert_eq!(clean_text("pay \u{202E}00.1$\u{202C} now"), "pay 00.1$ now");
        assert_eq!(clean_text("a\u{200B}b\u{2066}c\u{2069}\u{FEFF}\u{00AD}d"), "abcd");
        assert_eq!(clean_text("a\u{200D}b\u{200C}c"), "abc");
        assert_eq!(clean_text("😀\u{200D}\u{205F} 😀\u{200D}\u{2060}b😀\u{200D}\u{3000}"), "😀 😀b😀");
        assert_eq!(clean_text("hi\u{E0041}\u{E0042}dden"), "hidden");
    }

    #[test]
    fn keeps_what_spelling_and_emoji_need() {
        let family = "👩\u{200D}👩\u{200D}👧 🏴\u{E0067}\u{E0062}\u{E007F} 👍🏽 ❤\u{FE0F}";
        assert_eq!(clean_text(family), family);
        let persian = "می\u{200C}خواهم";
        assert_eq!(clean_text(persian), persian);
        assert_eq!(clean_text("🎉🎉🎉"), "🎉🎉🎉");
    }

    #[test]
    fn towers_of_marks_are_lowered() {
        let tower = format!("e{}", "\u{0301}".repeat(50));
        assert_eq!(clean_text(&tower).chars().count(), 1 + MAX_STACKED_MARKS);
    }

    #[test]
    fn long_texts_end_at_a_word_or_a_grapheme() {
        let words = clean_title(&"word ".repeat(2_000));
        assert!(words.chars().count() <= MAX_TITLE_CHARS && words.ends_with("word"));
        let family = "👩\u{200D}👩\u{200D}👧";
        let families = clean_title(&family.repeat(400));
        assert!(families.chars().count() <= MAX_TITLE_CHARS && !families.is_empty());
        assert_eq!(families.len() % family.len(), 0, "no family is torn apart");
        let accents = clean_title(&"e\u{0301}".repeat(700));
        assert!(accents.ends_with('\u{0301}') && accents.chars().count() == MAX_TITLE_CHARS);
        assert_eq!(clean_description(&"x".repeat(10_000)).chars().count(), MAX_DESCRIPTION_CHARS);
        let flags = clean_title(&"🇫🇷".repeat(400));
        assert_eq!(flags.chars().count() % 2, 0, "no half flag");
    }

    /// Printable text, or text full of what cleaning is about.
    const ANY_TEXT: &str = "\\PC{0,80}|[\u{200B}-\u{206F} a😀\u{E0020}\u{1F3F4}e\u{301}]{0,80}";

    proptest::proptest! {
        #[test]
        fn any_text_is_cleaned_once(text in ANY_TEXT) {
            let once = clean_text(&text);
            proptest::prop_assert_eq!(clean_text(&once), once.clone());
            let unsafe_left = once.contains(['\n', '\u{202E}', '\u{200B}']);
            proptest::prop_assert!(!unsafe_left);
        }
    }
}
