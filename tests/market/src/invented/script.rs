//! Which letters a text is written in.

/// The letters of a text, as far as they matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Script {
    /// Latin, also with marks, and all that is none of the others.
    Latin,
    Cyrillic,
    Hebrew,
    Arabic,
    Devanagari,
    Japanese,
    Chinese,
    Korean,
}

impl Script {
    /// The script of the first letter that is not Latin. Kana make a text Japanese wherever they stand.
    pub(super) fn of(text: &str) -> Self {
        if text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}')) {
            return Self::Japanese;
        }
        text.chars()
            .find_map(|c| match c {
                '\u{0400}'..='\u{04ff}' => Some(Self::Cyrillic),
                '\u{0590}'..='\u{05ff}' => Some(Self::Hebrew),
                '\u{0600}'..='\u{06ff}' => Some(Self::Arabic),
                '\u{0900}'..='\u{097f}' => Some(Self::Devanagari),
                '\u{4e00}'..='\u{9fff}' => Some(Self::Chinese),
                '\u{ac00}'..='\u{d7af}' => Some(Self::Korean),
                _ => None,
            })
            .unwrap_or(Self::Latin)
    }
}
