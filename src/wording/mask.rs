//! Worker ids in foreign text: real titles carry them, and nobody has a use for them.

use std::borrow::Cow;

/// What a worker id becomes.
pub(super) const MASK: &str = "[worker]";

/// Shortest and longest worker id: `A` and 11 to 20 more of `[0-9A-Z]`.
const ID_LENGTHS: core::ops::RangeInclusive<usize> = 12..=21;

/// Words that only join the ids of a list.
const LIST_WORDS: [&str; 3] = ["and", "or", "und"];

/// Whether a whole word is shaped like a worker id: `A`, 11 to 20 of `[0-9A-Z]`, at least one digit.
pub(super) fn is_worker_id(word: &str) -> bool {
    ID_LENGTHS.contains(&word.len())
        && word.starts_with('A')
        && word.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
        && word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The text with everything shaped like a worker id as `[worker]`, a list of them as `[worker] ×12`.
///
/// Clean a text first: an id with an invisible character inside is two words to this function.
pub fn mask_worker_ids(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut copied_to = 0_usize;
    let mut list: Option<(usize, usize)> = None; // Ids so far, and where the last one ended.
    for (start, end) in id_spans(text) {
        match list {
            Some((count, last_end)) if text.get(last_end..start).is_some_and(only_joins) => {
                list = Some((count.saturating_add(1), end));
            }
            _ => {
                finish_list(&mut masked, list);
                masked.push_str(text.get(copied_to..start).unwrap_or(""));
                list = Some((1, end));
            }
        }
        copied_to = end;
    }
    if list.is_none() {
        return Cow::Borrowed(text);
    }
    finish_list(&mut masked, list);
    masked.push_str(text.get(copied_to..).unwrap_or(""));
    Cow::Owned(masked)
}

fn finish_list(masked: &mut String, list: Option<(usize, usize)>) {
    let Some((count, _)) = list else { return };
    masked.push_str(MASK);
    if count > 1 {
        masked.push_str(" ×");
        masked.push_str(&count.to_string());
    }
}

/// Byte spans of the worker ids in a text, in order.
fn id_spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0_usize;
    core::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let run = bytes.get(start..)?.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            at = start.saturating_add(run.max(1));
            if text.get(start..start.saturating_add(run)).is_some_and(is_worker_id) {
                return Some((start, at));
            }
        }
        None
    })
}

/// Whether the text between two ids only lists them.
fn only_joins(between: &str) -> bool {
    between
        .split(|character: char| !character.is_alphanumeric())
        .all(|word| word.is_empty() || LIST_WORDS.contains(&word))
        && !between.contains(['.', '\n', ':', '='])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_worker() {
        let table = [
            ("HIT for A1B2C3D4E5F6G7", "HIT for [worker]"),
            ("(A1B2C3D4E5F6G7)", "([worker])"),
            ("1700000000000_A1B2C3D4E5F6G7", "1700000000000_[worker]"),
            ("x,A1B2C3D4E5F6G7.", "x,[worker]."),
            ("仅限A1B2C3D4E5F6G7参加", "仅限[worker]参加"),
            ("A12345678901", "[worker]"),
            ("A12345678901234567890", "[worker]"),
        ];
        for (text, expected) in table {
            assert_eq!(mask_worker_ids(text), expected);
        }
    }

    #[test]
    fn lists_collapse() {
        assert_eq!(
            mask_worker_ids("Only A1B2C3D4E5F6G7, A7G6F5E4D3C2B1 and A0000000000AA. Not you."),
            "Only [worker] ×3. Not you."
        );
        assert_eq!(mask_worker_ids("A1B2C3D4E5F6G7 paid, A7G6F5E4D3C2B1 not"), "[worker] paid, [worker] not");
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "ACKNOWLEDGEMENT",
            "A1B2C3D4E5F",
            "A123456789012345678901",
            "B1B2C3D4E5F6G7",
            "a1b2c3d4e5f6g7",
            "xA1B2C3D4E5F6G7",
            "A1B2C3D4E5F6G7x",
            "3ABCDEF012345GHIJKLMN6789OPQRS",
            "",
        ] {
            assert!(matches!(mask_worker_ids(text), Cow::Borrowed(_)), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_id_shaped_is_left(text in "([A0-9é ,_]|A[0-9A-Z]{10,20}| and ){0,30}") {
            let masked = mask_worker_ids(&text);
            proptest::prop_assert_eq!(id_spans(&masked).count(), 0);
            proptest::prop_assert_eq!(mask_worker_ids(&masked), masked.clone());
        }
    }
}
