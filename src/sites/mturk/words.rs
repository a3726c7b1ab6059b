//! The site's own words for states and for what it tells at the top of a page.

use crate::domain::history::ServerState;
use crate::sites::history::Notice;

/// The site's word for what became of a submitted task; `None` for a word nobody has seen.
///
/// Beside the four of today's status pages, those of the older site, as saved records have them.
pub fn server_state(text: &str) -> Option<ServerState> {
    Some(match plain(text).as_str() {
        "submitted" | "pending" | "pending approval" => ServerState::Submitted,
        "approved" | "approved - pending payment" | "pending payment" => ServerState::Approved,
        "paid" => ServerState::Paid,
        "rejected" => ServerState::Rejected,
        _ => return None,
    })
}

/// What a notice means for the task worked on; `None` for any other notice.
///
/// "There are no more of these HITs available" is about tasks that were never held.
pub fn notice(text: &str) -> Option<Notice> {
    const MEANINGS: [(&str, Notice); 6] = [
        ("submission was not successful", Notice::SubmitFailed),
        ("hit submitted", Notice::Submitted),
        ("hit has been successfully submitted", Notice::Submitted),
        ("hit has been submitted", Notice::Submitted),
        ("hit has been returned", Notice::Returned),
        ("this hit is no longer available", Notice::Unavailable),
    ];
    let text = plain(text);
    MEANINGS.into_iter().find_map(|(words, notice)| text.contains(words).then_some(notice))
}

/// Longer texts are no words of the site's own.
const MAX_CHARS: usize = 500;

/// Small letters, and any white space (the older site put U+00A0 between words) as one space.
fn plain(text: &str) -> String {
    let beginning: String = text.chars().take(MAX_CHARS).collect();
    let mut words = beginning.split_whitespace();
    let mut plain = words.next().unwrap_or_default().to_owned();
    for word in words {
        plain.push(' ');
        plain.push_str(word);
    }
    plain.make_ascii_lowercase();
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_known_in_every_form_seen() {
        let table = [
            ("Submitted", ServerState::Submitted),
            ("Pending\u{a0}Approval", ServerState::Submitted),
            ("Approved\u{a0}- Pending\u{a0}Payment", ServerState::Approved),
            (" approved ", ServerState::Approved),
            ("Paid", ServerState::Paid),
            ("REJECTED", ServerState::Rejected),
        ];
        for (text, state) in table {
            assert_eq!(server_state(text), Some(state), "{text}");
        }
        for text in ["", "Assigned", "Paid?", "Not Rejected", "Approved or Rejected", "0"] {
            assert_eq!(server_state(text), None, "{text}");
        }
    }

    #[test]
    fn notices_say_what_happened_to_the_held_task() {
        let table = [
            ("HIT Submitted", Some(Notice::Submitted)),
            ("The HIT has been successfully submitted.", Some(Notice::Submitted)),
            ("Your HIT submission was not successful", Some(Notice::SubmitFailed)),
            ("The HIT has been\u{a0}returned.", Some(Notice::Returned)),
            ("This HIT is no longer available", Some(Notice::Unavailable)),
            ("There are no more of these HITs available", None),
            ("You have accepted the maximum number of HITs allowed.", None),
            ("", None),
        ];
        for (text, meaning) in table {
            assert_eq!(notice(text), meaning, "{text}");
        }
        assert_eq!(notice(&"x".repeat(10_000_000)), None);
    }
}
