//! JSON as the hands see it after `JSON.parse`, without building what no recipe names.
//!
//! A value stays a slice of its text until a step asks for it: numbers keep their form until
//! they become text, depth costs no stack, and a text with half a character is still a text.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use serde_json::value::RawValue;

/// A JSON value, borrowed from the text it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'a>(&'a RawValue);

/// A value where a recipe wants one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    /// `null`: not there.
    Absent,
    /// As JavaScript's `String` makes it a text.
    Text(String),
    /// Something that is no text, in words.
    Unreadable(&'static str),
}

impl<'a> Json<'a> {
    /// Reads a text that is one JSON value from end to end.
    pub(super) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self)
    }

    /// The value under keys and array positions joined by points.
    pub(super) fn path(self, path: &str) -> Option<Self> {
        path.split('.').try_fold(self, Self::member)
    }

    fn member(self, key: &str) -> Option<Self> {
        if let Some(elements) = self.elements() {
            let index: usize = key.parse().ok()?;
            // `01` is a key of no array.
            return elements.get(index).filter(|_| index.to_string() == key).copied();
        }
        let members: BTreeMap<Text, &RawValue> = serde_json::from_str(self.0.get()).ok()?;
        members.get(&Text(key.to_owned())).map(|value| Self(value))
    }

    /// The elements of an array; `None` where it is none.
    pub(super) fn elements(self) -> Option<Vec<Self>> {
        let text = self.0.get();
        let elements: Vec<&RawValue> =
            text.starts_with('[').then(|| serde_json::from_str(text).ok()).flatten()?;
        Some(elements.into_iter().map(Self).collect())
    }

    /// The value as one text.
    pub(super) fn scalar(self) -> Scalar {
        let text = self.0.get();
        match text.as_bytes().first() {
            Some(b'{') => Scalar::Unreadable("an object"),
            Some(b'[') => Scalar::Unreadable("a list"),
            Some(b'n') => Scalar::Absent,
            Some(b'"') => serde_json::from_str(text)
                .map_or(Scalar::Unreadable("a broken text"), |Text(text)| Scalar::Text(text)),
            Some(b't' | b'f') => Scalar::Text(text.to_owned()),
            _ => number_text(text).map_or(Scalar::Unreadable("a broken number"), Scalar::Text),
        }
    }
}

/// A number as JavaScript writes it: ECMAScript, `Number::toString` in base 10.
fn number_text(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok()?;
    let sign = if number < 0.0 { "-" } else { "" };
    if number.is_infinite() {
        return Some(format!("{sign}Infinity"));
    }
    // Like JavaScript, Rust writes the fewest digits that lead back to the same number.
    let scientific = format!("{:e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e')?;
    let digits = mantissa.replace('.', "");
    // The point stands behind so many of the digits.
    let point = exponent.parse::<i32>().ok()?.checked_add(1)?;
    let count = i32::try_from(digits.len()).ok()?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    Some(if (count..=21).contains(&point) {
        format!("{sign}{digits}{}", zeros(point - count))
    } else if (1..count).contains(&point) {
        let (whole, fraction) = digits.split_at_checked(usize::try_from(point).ok()?)?;
        format!("{sign}{whole}.{fraction}")
    } else if (-5..=0).contains(&point) {
        format!("{sign}0.{}{digits}", zeros(-point))
    } else {
        let power = point - 1;
        let direction = if power < 0 { '-' } else { '+' };
        let power = power.unsigned_abs();
        match digits.split_at_checked(1)? {
            (first, "") => format!("{sign}{first}e{direction}{power}"),
            (first, rest) => format!("{sign}{first}.{rest}e{direction}{power}"),
        }
    })
}

/// A text of JSON; half a character (a lone surrogate, as sites leave it when they cut) becomes `U+FFFD`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for bytes, the parser passes lone surrogates on in the form of UTF-8.
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Text, E> {
        let text = match core::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => without_halves(bytes),
        };
        Ok(Text(text))
    }
}

/// Each lone surrogate is three bytes that are no UTF-8, and one broken character.
fn without_halves(bytes: &[u8]) -> String {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        rest = match rest {
            [0xED, 0xA0..=0xBF, _, after @ ..] => {
                whole.extend_from_slice("\u{FFFD}".as_bytes());
                after
            }
            [byte, after @ ..] => {
                whole.push(*byte);
                after
            }
            [] => return String::from_utf8_lossy(&whole).into_owned(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(text: &str) -> Scalar {
        Json::parse(text).expect("JSON").scalar()
    }

    #[test]
    fn numbers_read_as_javascript_writes_them() {
        let cases = [
            ("0.25", "0.25"),
            ("1", "1"),
            ("1.0", "1"),
            ("-5", "-5"),
            ("0.005", "0.005"),
            ("1e400", "Infinity"),
            ("-1e400", "-Infinity"),
            ("1e-400", "0"),
            ("-0", "0"),
            ("1e-7", "1e-7"),
            ("1.5e-7", "1.5e-7"),
            ("0.000001", "0.000001"),
            ("123456789012345680000", "123456789012345680000"),
            ("1e21", "1e+21"),
            ("99999999999999999999999", "1e+23"),
            ("0.1e1", "1"),
            ("12.50", "12.5"),
            ("5e-324", "5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("0.1234567890123456789", "0.12345678901234568"),
        ];
        for (json, text) in cases {
            assert_eq!(scalar(json), Scalar::Text(text.to_owned()), "{json}");
        }
    }

    #[test]
    fn what_is_no_text_says_what_it_is() {
        assert_eq!(scalar("null"), Scalar::Absent);
        assert_eq!(scalar("true"), Scalar::Text("true".into()));
        assert_eq!(scalar("[1]"), Scalar::Unreadable("a list"));
        assert_eq!(scalar("{}"), Scalar::Unreadable("an object"));
        assert_eq!(scalar(r#""a\"b""#), Scalar::Text("a\"b".into()));
    }

    #[test]
    fn half_a_character_spoils_only_itself() {
        assert_eq!(scalar(r#""a\ud83d""#), Scalar::Text("a\u{FFFD}".into()));
        assert_eq!(scalar(r#""\udc00 b \ud83d\ude00""#), Scalar::Text("\u{FFFD} b 😀".into()));
        let value = Json::parse(r#"{"\ud83d": 1, "title": 2}"#).expect("JSON");
        assert_eq!(value.path("title").map(Json::scalar), Some(Scalar::Text("2".into())));
    }

    #[test]
    fn paths_lead_through_objects_and_lists() {
        let value = Json::parse(r#"{"a":{"b":[10,{"c":"x"}]},"a.b":1,"d":1,"d":2}"#).expect("JSON");
        let at = |path: &str| value.path(path).map(Json::scalar);
        assert_eq!(at("a.b.0"), Some(Scalar::Text("10".into())));
        assert_eq!(at("a.b.1.c"), Some(Scalar::Text("x".into())));
        assert_eq!(at("d"), Some(Scalar::Text("2".into())), "the last of two counts");
        for path in ["a.b.00", "a.b.2", "a.b.-1", "a.x", "a.b.1.c.d", "", "a..b"] {
            assert_eq!(at(path), None, "{path}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep = format!("{{\"a\":{}{},\"b\":1}}", "[".repeat(200_000), "]".repeat(200_000));
        let value = Json::parse(&deep).expect("JSON");
        assert_eq!(value.path("b").map(Json::scalar), Some(Scalar::Text("1".into())));
        assert_eq!(value.path("a").map(Json::scalar), Some(Scalar::Unreadable("a list")));
    }
}
