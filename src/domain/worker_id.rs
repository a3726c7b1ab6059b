//! Worker ids, which are never kept, logged or shown.

use std::borrow::Cow;

/// What stands in the place of a worker id.
const MASK: &str = "[worker]";

/// Replaces every word shaped like a worker id by `[worker]`; in linear time.
///
/// The shape on Mechanical Turk: `A`, then 10 to 20 more of `[0-9A-Z]`, at least one of them a
/// digit, standing alone. Without the digit it would also match words written in capitals.
pub fn mask_worker_ids(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut found = false;
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from_word) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = from_word.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(from_word.len());
        let (word, after) = from_word.split_at_checked(end).unwrap_or((from_word, ""));
        masked.push_str(before);
        if is_worker_id(word) {
            found = true;
            masked.push_str(MASK);
        } else {
            masked.push_str(word);
        }
        rest = after;
    }
    if !found {
        return Cow::Borrowed(text);
    }
    masked.push_str(rest);
    Cow::Owned(masked)
}

fn is_worker_id(word: &str) -> bool {
    (11..=21).contains(&word.len())
        && word.starts_with('A')
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_ids_and_nothing_else() {
        assert_eq!(mask_worker_ids("HIT for A28S2SRZA50N0!"), "HIT for [worker]!");
        assert_eq!(mask_worker_ids("A1WZWDEYYWF81P, A28S2SRZA50N0"), "[worker], [worker]");
        for harmless in ["", "ACCOMPLISHMENTS", "A1 steak", "a28s2srza50n0", "語A28S2SRZA50N0", "😀"] {
            assert_eq!(mask_worker_ids(harmless), harmless);
        }
    }
}
