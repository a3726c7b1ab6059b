//! What a worker types into the history's search: words, and a few words with a meaning of their own.

use crate::domain::{Currency, Money, RequesterId, SiteDay};
use crate::storage::history::Query;

/// The query of a text: `requester:A1B2C3D4E5F6G7`, `after:2026-11-01`, `before:2026-12-01`, `on:2026-11-21`,
/// `$0.50`, `>$1`, `<$2`. All else is words of the title or the requester, also what only looks like one of these.
///
/// `after` and `before` are without their own day, `>` and `<` without their own amount.
pub(super) fn query(text: &str) -> Query {
    let mut query = Query::default();
    for word in text.split_whitespace() {
        if meaning(word, &mut query).is_none() {
            if !query.words.is_empty() {
                query.words.push(' ');
            }
            query.words.push_str(word);
        }
    }
    query
}

fn meaning(word: &str, query: &mut Query) -> Option<()> {
    if let Some((name, value)) = word.split_once(':') {
        match name {
            "requester" if is_id(value) => query.requester = Some(RequesterId(value.to_owned())),
            "after" => query.from_day = Some(SiteDay::parse(value)?.plus_days(1)),
            "before" => query.to_day = Some(SiteDay::parse(value)?.plus_days(-1)),
            "on" => {
                let day = SiteDay::parse(value)?;
                (query.from_day, query.to_day) = (Some(day), Some(day));
            }
            _ => return None,
        }
    } else if let Some(amount) = word.strip_prefix(">$") {
        let amount = dollars(amount)?;
        query.least = Some(Money { micros: amount.micros.saturating_add(1), ..amount });
    } else if let Some(amount) = word.strip_prefix("<$") {
        let amount = dollars(amount)?;
        query.most = Some(Money { micros: amount.micros.saturating_sub(1), ..amount });
    } else {
        query.amount = Some(dollars(word.strip_prefix('$')?)?);
    }
    Some(())
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn dollars(text: &str) -> Option<Money> {
    Money::parse_decimal(text, Currency::USD).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_a_meaning_are_told_from_others() {
        let query =
            query("after:2026-11-01 lab $0.50 requester:A00EXAMPLE000 <$2 before:2026-12-01 sur:vey >$x");
        assert_eq!(query.words, "lab sur:vey >$x");
        assert_eq!(query.from_day, SiteDay::parse("2026-11-02"));
        assert_eq!(query.to_day, SiteDay::parse("2026-11-30"));
        assert_eq!(query.requester, Some(RequesterId("A00EXAMPLE000".to_owned())));
        assert_eq!(query.amount.map(|amount| amount.micros), Some(500_000));
        assert_eq!(query.most.map(|amount| amount.micros), Some(1_999_999));
        assert_eq!(query.least, None);
    }
}
