//! Which characters join the one before them, hide, or reorder text.

/// Whether a character belongs to the one before it (a mark, a joiner, a modifier),
/// so that a text must not be cut before it.
///
/// A compact reading of Unicode's `Grapheme_Extend`, `SpacingMark` and the emoji rules:
/// whole runs of marks of the scripts in use, at the price of a few letters taken for marks.
pub(super) fn joins_previous(character: char) -> bool {
    is_stacking_mark(character)
        || is_emoji_modifier(character)
        || is_tag(character)
        || matches!(character,
            '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}'..='\u{05C7}'
            | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}'
            | '\u{0711}' | '\u{0730}'..='\u{074A}' | '\u{07A6}'..='\u{07B0}' | '\u{200C}' | '\u{200D}'
            | '\u{0E31}' | '\u{0E33}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{0EB1}'
            | '\u{0EB3}'..='\u{0EBC}' | '\u{0EC8}'..='\u{0ECD}' | '\u{0F71}'..='\u{0F84}'
            | '\u{102B}'..='\u{103E}' | '\u{1160}'..='\u{11FF}' | '\u{17B4}'..='\u{17D3}'
            | '\u{3099}' | '\u{309A}' | '\u{FF9E}' | '\u{FF9F}')
        || is_indic_mark(character)
}

/// The nine Indic blocks from Devanagari to Malayalam share one layout of 128 places each.
fn is_indic_mark(character: char) -> bool {
    let code = u32::from(character);
    (0x0900..0x0D80).contains(&code)
        && matches!(code & 0x7F, 0x00..=0x03 | 0x3A..=0x3C | 0x3E..=0x4F | 0x51..=0x57 | 0x62 | 0x63)
}

/// Marks that stack without limit on any letter ("zalgo"), and variation selectors.
pub(super) fn is_stacking_mark(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// Skin tones.
pub(super) fn is_emoji_modifier(character: char) -> bool {
    matches!(character, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Tag characters: they spell the flags of England, Scotland and Wales, and hide text elsewhere.
pub(super) fn is_tag(character: char) -> bool {
    matches!(character, '\u{E0020}'..='\u{E007F}')
}

/// Regional indicators: two of them are one flag.
pub(super) fn is_flag_half(character: char) -> bool {
    matches!(character, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Pictographs a zero-width joiner may join; the spaces and hidden characters among them are none.
pub(super) fn is_pictograph(character: char) -> bool {
    matches!(character,
        '\u{00A9}' | '\u{00AE}' | '\u{203C}'..='\u{205E}' | '\u{2070}'..='\u{27FF}'
        | '\u{2801}'..='\u{2FFF}' | '\u{3001}'..='\u{3163}' | '\u{3165}'..='\u{3299}' | '\u{FE0F}'
        | '\u{1F000}'..='\u{1FAFF}')
}

/// Scripts whose spelling uses the joiner and the non-joiner (Arabic to Malayalam, Sinhala, Khmer, Mongolian).
pub(super) fn spells_with_joiners(character: char) -> bool {
    matches!(character, '\u{0600}'..='\u{0DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Characters that show nothing and can hide or reorder text: bidi controls, zero-width
/// characters, invisible operators, annotation marks, soft hyphens.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}' | '\u{E0001}')
}

/// Characters that look like a space and are none (fillers, the blank braille cell).
pub(super) fn looks_blank(character: char) -> bool {
    matches!(character, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}
