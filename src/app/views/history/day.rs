//! The worker's day in lines: what came of it, what is held, and whether that can be done in time.

use super::entry;
use crate::app::tree::{Attr, Node, Tag};
use crate::app::views::words;
use crate::domain::history::QueueHead;
use crate::storage::record::DaySum;

/// Longest title in a warning, in characters.
const TITLE_CHARS: usize = 60;

/// All that is shown of a day.
#[derive(Clone, Copy, Debug)]
pub struct DayFacts<'a> {
    /// Its sums.
    pub sum: Option<&'a DaySum>,
    /// What is held.
    pub head: Option<&'a QueueHead>,
    /// The title of the first task that comes too late, where known.
    pub late_title: Option<&'a str>,
}

/// The lines; none where nothing is known.
pub fn lines(facts: DayFacts<'_>) -> Vec<Node> {
    let mut lines = Vec::new();
    if let Some(sum) = facts.sum {
        lines.push(Node::text(Tag::P, "today", entry::today(sum)).keyed("today"));
    }
    if let Some(head) = facts.head.filter(|head| head.held > 0) {
        lines.push(Node::text(Tag::P, "queue", queue(head)).keyed("queue"));
        lines.extend(late(head, facts.late_title).map(|text| {
            Node::text(Tag::P, "failed", text)
                .with(Attr::Role, "status")
                .with(Attr::Dir, "auto")
                .keyed("late")
        }));
    }
    lines
}

/// The lines as a screen of their own.
pub fn day(facts: DayFacts<'_>) -> Node {
    Node::group(Tag::Div, "the-day", lines(facts))
}

/// `14 held · $3.20 · about 48 min · first expires in 12 min`.
fn queue(head: &QueueHead) -> String {
    let mut parts = vec![format!("{} held", head.held)];
    let rewards: Vec<String> = head.rewards.iter().map(|sum| words::amount(*sum)).collect();
    if !rewards.is_empty() {
        let more = if head.unpriced > 0 { " and more" } else { "" };
        parts.push(format!("{}{more}", rewards.join(" + ")));
    }
    if let Some(secs) = head.estimate_secs {
        let about = if head.unestimated > 0 { "at least " } else { "about " };
        parts.push(format!("{about}{}", span(secs)));
    }
    if let Some(secs) = head.first_expires_secs {
        let first = if head.held == 1 { "expires" } else { "first expires" };
        parts.push(format!("{first} in {}", span(secs)));
    }
    parts.join(" · ")
}

fn late(head: &QueueHead, title: Option<&str>) -> Option<String> {
    let late = head.late.as_ref()?;
    let first = match title {
        Some(title) if title.chars().count() > TITLE_CHARS => {
            format!("“{}…”", title.chars().take(TITLE_CHARS).collect::<String>().trim_end())
        }
        Some(title) => format!("“{title}”"),
        None => "one of them".to_owned(),
    };
    let by = span(late.by_secs);
    Some(match late.count {
        1 => format!("More than can be done in time: {first} expires about {by} before its turn is over."),
        count => format!(
            "More than can be done in time: {count} expire before their turn is over, first {first}, about {by} too early."
        ),
    })
}

fn span(secs: u64) -> String {
    words::span(u32::try_from(secs).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::{EntryId, Late};
    use crate::domain::{Currency, Money};

    fn head() -> QueueHead {
        QueueHead {
            held: 14,
            rewards: vec![Money { micros: 3_200_000, currency: Currency::USD }],
            estimate_secs: Some(2_880),
            first_expires_secs: Some(720),
            ..QueueHead::default()
        }
    }

    #[test]
    fn a_queue_in_a_line() {
        assert_eq!(queue(&head()), "14 held · $3.20 · about 48 min · first expires in 12 min");
        let unknown = QueueHead { held: 1, rewards: Vec::new(), estimate_secs: None, ..head() };
        assert_eq!(queue(&unknown), "1 held · expires in 12 min");
        let partly = QueueHead { unpriced: 1, unestimated: 2, first_expires_secs: None, ..head() };
        assert_eq!(queue(&partly), "14 held · $3.20 and more · at least 48 min");
    }

    #[test]
    fn a_warning_names_the_first_that_is_late() {
        let with = |count| {
            let late = Late { id: EntryId("3A".to_owned()), by_secs: 300, count };
            QueueHead { late: Some(late), ..head() }
        };
        let long = "x".repeat(70);
        assert_eq!(late(&head(), None), None);
        assert!(
            late(&with(1), Some("Rate pictures"))
                .is_some_and(|text| text.contains("“Rate pictures” expires about 5 min before"))
        );
        assert!(
            late(&with(3), Some(&long)).is_some_and(|text| text.contains("3 expire") && text.contains("x…”"))
        );
    }
}
