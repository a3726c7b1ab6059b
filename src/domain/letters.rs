//! Small letters of all scripts, by a table a fifth the size of the standard library's.

/// Adds the small form of a character to a text: what [`char::to_lowercase`] says, to the letter.
pub fn push_lower(text: &mut String, letter: char) {
    if letter.is_ascii() {
        text.push(letter.to_ascii_lowercase());
    } else if letter == 'İ' {
        // The one capital whose small form is two characters.
        text.push_str("i\u{307}");
    } else {
        text.push(lower(letter));
    }
}

/// A text in small letters, each by itself: a final sigma is written as any other.
pub fn lowered(text: &str) -> String {
    let mut lowered = String::with_capacity(text.len());
    text.chars().for_each(|letter| push_lower(&mut lowered, letter));
    lowered
}

fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let at = RUNS.partition_point(|(first, _, _)| *first <= code);
    let Some((first, span, shift)) = at.checked_sub(1).and_then(|at| RUNS.get(at)) else { return letter };
    let place = code - first;
    // Where small and capital letters take turns, every other character is a capital.
    let is_capital = place <= u32::from(*span) && (*shift != 1 || place % 2 == 0);
    let small = is_capital.then(|| code.checked_add_signed(*shift).and_then(char::from_u32)).flatten();
    small.unwrap_or(letter)
}

/// Runs of capitals beyond ASCII: the first, how far behind it the last is, and the way to the
/// small letters. Where that way is 1, every other character of the run is a capital.
///
/// Source: the simple lowercase mappings of Unicode 17.0, as in the standard library, with
/// which a test compares every character there is.
#[rustfmt::skip]
const RUNS: &[(u32, u8, i32)] = &[
    (0x00C0, 22, 32), (0x00D8, 6, 32), (0x0100, 46, 1), (0x0132, 4, 1), (0x0139, 14, 1), (0x014A, 44, 1),
    (0x0178, 0, -121), (0x0179, 4, 1), (0x0181, 0, 210), (0x0182, 2, 1), (0x0186, 0, 206), (0x0187, 0, 1),
    (0x0189, 1, 205), (0x018B, 0, 1), (0x018E, 0, 79), (0x018F, 0, 202), (0x0190, 0, 203), (0x0191, 0, 1),
    (0x0193, 0, 205), (0x0194, 0, 207), (0x0196, 0, 211), (0x0197, 0, 209), (0x0198, 0, 1),
    (0x019C, 0, 211), (0x019D, 0, 213), (0x019F, 0, 214), (0x01A0, 4, 1), (0x01A6, 0, 218), (0x01A7, 0, 1),
    (0x01A9, 0, 218), (0x01AC, 0, 1), (0x01AE, 0, 218), (0x01AF, 0, 1), (0x01B1, 1, 217), (0x01B3, 2, 1),
    (0x01B7, 0, 219), (0x01B8, 0, 1), (0x01BC, 0, 1), (0x01C4, 0, 2), (0x01C5, 0, 1), (0x01C7, 0, 2),
    (0x01C8, 0, 1), (0x01CA, 0, 2), (0x01CB, 16, 1), (0x01DE, 16, 1), (0x01F1, 0, 2), (0x01F2, 2, 1),
    (0x01F6, 0, -97), (0x01F7, 0, -56), (0x01F8, 38, 1), (0x0220, 0, -130), (0x0222, 16, 1),
    (0x023A, 0, 10795), (0x023B, 0, 1), (0x023D, 0, -163), (0x023E, 0, 10792), (0x0241, 0, 1),
    (0x0243, 0, -195), (0x0244, 0, 69), (0x0245, 0, 71), (0x0246, 8, 1), (0x0370, 2, 1), (0x0376, 0, 1),
    (0x037F, 0, 116), (0x0386, 0, 38), (0x0388, 2, 37), (0x038C, 0, 64), (0x038E, 1, 63), (0x0391, 16, 32),
    (0x03A3, 8, 32), (0x03CF, 0, 8), (0x03D8, 22, 1), (0x03F4, 0, -60), (0x03F7, 0, 1), (0x03F9, 0, -7),
    (0x03FA, 0, 1), (0x03FD, 2, -130), (0x0400, 15, 80), (0x0410, 31, 32), (0x0460, 32, 1), (0x048A, 52, 1),
    (0x04C0, 0, 15), (0x04C1, 12, 1), (0x04D0, 94, 1), (0x0531, 37, 48), (0x10A0, 37, 7264),
    (0x10C7, 0, 7264), (0x10CD, 0, 7264), (0x13A0, 79, 38864), (0x13F0, 5, 8), (0x1C89, 0, 1),
    (0x1C90, 42, -3008), (0x1CBD, 2, -3008), (0x1E00, 148, 1), (0x1E9E, 0, -7615), (0x1EA0, 94, 1),
    (0x1F08, 7, -8), (0x1F18, 5, -8), (0x1F28, 7, -8), (0x1F38, 7, -8), (0x1F48, 5, -8), (0x1F59, 0, -8),
    (0x1F5B, 0, -8), (0x1F5D, 0, -8), (0x1F5F, 0, -8), (0x1F68, 7, -8), (0x1F88, 7, -8), (0x1F98, 7, -8),
    (0x1FA8, 7, -8), (0x1FB8, 1, -8), (0x1FBA, 1, -74), (0x1FBC, 0, -9), (0x1FC8, 3, -86), (0x1FCC, 0, -9),
    (0x1FD8, 1, -8), (0x1FDA, 1, -100), (0x1FE8, 1, -8), (0x1FEA, 1, -112), (0x1FEC, 0, -7),
    (0x1FF8, 1, -128), (0x1FFA, 1, -126), (0x1FFC, 0, -9), (0x2126, 0, -7517), (0x212A, 0, -8383),
    (0x212B, 0, -8262), (0x2132, 0, 28), (0x2160, 15, 16), (0x2183, 0, 1), (0x24B6, 25, 26),
    (0x2C00, 47, 48), (0x2C60, 0, 1), (0x2C62, 0, -10743), (0x2C63, 0, -3814), (0x2C64, 0, -10727),
    (0x2C67, 4, 1), (0x2C6D, 0, -10780), (0x2C6E, 0, -10749), (0x2C6F, 0, -10783), (0x2C70, 0, -10782),
    (0x2C72, 0, 1), (0x2C75, 0, 1), (0x2C7E, 1, -10815), (0x2C80, 98, 1), (0x2CEB, 2, 1), (0x2CF2, 0, 1),
    (0xA640, 44, 1), (0xA680, 26, 1), (0xA722, 12, 1), (0xA732, 60, 1), (0xA779, 2, 1), (0xA77D, 0, -35332),
    (0xA77E, 8, 1), (0xA78B, 0, 1), (0xA78D, 0, -42280), (0xA790, 2, 1), (0xA796, 18, 1),
    (0xA7AA, 0, -42308), (0xA7AB, 0, -42319), (0xA7AC, 0, -42315), (0xA7AD, 0, -42305), (0xA7AE, 0, -42308),
    (0xA7B0, 0, -42258), (0xA7B1, 0, -42282), (0xA7B2, 0, -42261), (0xA7B3, 0, 928), (0xA7B4, 14, 1),
    (0xA7C4, 0, -48), (0xA7C5, 0, -42307), (0xA7C6, 0, -35384), (0xA7C7, 2, 1), (0xA7CB, 0, -42343),
    (0xA7CC, 14, 1), (0xA7DC, 0, -42561), (0xA7F5, 0, 1), (0xFF21, 25, 32), (0x10400, 39, 40),
    (0x104B0, 35, 40), (0x10570, 10, 39), (0x1057C, 14, 39), (0x1058C, 6, 39), (0x10594, 1, 39),
    (0x10C80, 50, 64), (0x10D50, 21, 32), (0x118A0, 31, 32), (0x16E40, 31, 32), (0x16EA0, 24, 27),
    (0x1E900, 33, 34),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_as_in_the_standard_library() {
        for letter in '\0'..=char::MAX {
            let mut text = String::new();
            push_lower(&mut text, letter);
            assert!(text.chars().eq(letter.to_lowercase()), "{letter:?} became {text:?}");
        }
    }

    #[test]
    fn a_text_is_lowered_letter_by_letter() {
        assert_eq!(lowered("ÉTUDE İş ΟΔΟΣ ДНЕВНИК 日"), "étude i\u{307}ş οδοσ дневник 日");
    }
}
