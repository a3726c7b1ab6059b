//! What the worker is told of the stores: what was mended, what was not understood, what to do about it.

use serde::{Deserialize, Serialize};

use super::common::{RecordError, parse, version_of, write};
use crate::domain::Timestamp;

const NEWEST: u32 = 1;

/// So many are kept; older ones are forgotten.
const MAX_NOTICES: usize = 20;

/// Longest text kept, in characters.
const MAX_CHARS: usize = 400;

/// The same words are not said again within a day.
const SILENCE_MS: i64 = 86_400_000;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// When it was first said.
    pub at: Timestamp,
    /// One or two sentences, without the last full stop.
    pub text: String,
    /// The worker put it away.
    pub is_seen: bool,
}

/// The last messages, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices(pub Vec<Notice>);

impl Notices {
    /// Adds a message; whether it was new.
    pub fn tell(&mut self, text: &str, now: Timestamp) -> bool {
        let text: String = text.chars().take(MAX_CHARS).collect();
        let is_fresh = |notice: &Notice| now.0.saturating_sub(notice.at.0).abs() < SILENCE_MS;
        if self.0.iter().any(|notice| notice.text == text && is_fresh(notice)) {
            return false;
        }
        self.0.retain(|notice| notice.text != text);
        self.0.push(Notice { at: now, text, is_seen: false });
        let over = self.0.len().saturating_sub(MAX_NOTICES);
        self.0.drain(..over);
        true
    }

    /// The worker has read them all.
    pub fn put_away(&mut self) {
        self.0.iter_mut().for_each(|notice| notice.is_seen = true);
    }
}

/// Reads them in any version up to the newest; no text is none.
///
/// # Errors
/// A record of a newer version, or one that is damaged.
pub fn decode_notices(text: Option<&str>) -> Result<Notices, RecordError> {
    let Some(text) = text else { return Ok(Notices::default()) };
    version_of(text, NEWEST)?;
    let record: NoticesV1 = parse(text)?;
    let notice = |one: NoticeV1| Notice { at: Timestamp(one.at), text: one.text, is_seen: one.seen };
    Ok(Notices(record.notices.into_iter().map(notice).collect()))
}

/// Writes them in the newest version.
pub fn encode_notices(notices: &Notices) -> String {
    let notice = |one: &Notice| NoticeV1 { at: one.at.0, text: one.text.clone(), seen: one.is_seen };
    write(&NoticesV1 { v: 1, notices: notices.0.iter().map(notice).collect() })
}

#[derive(Serialize, Deserialize)]
struct NoticesV1 {
    v: u32,
    notices: Vec<NoticeV1>,
}

#[derive(Serialize, Deserialize)]
struct NoticeV1 {
    at: i64,
    text: String,
    seen: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_said_once_a_day_and_few_are_kept() {
        let mut notices = Notices::default();
        assert!(notices.tell("a", Timestamp(0)));
        notices.put_away();
        assert!(!notices.tell("a", Timestamp(SILENCE_MS - 1)));
        assert!(notices.0.iter().all(|notice| notice.is_seen));
        assert!(notices.tell("a", Timestamp(SILENCE_MS)));
        assert_eq!(notices.0.len(), 1);
        assert!(!notices.0.iter().any(|notice| notice.is_seen));
        for at in 0..50 {
            notices.tell(&"x".repeat(at), Timestamp(0));
        }
        assert_eq!(notices.0.len(), MAX_NOTICES);
    }
}
