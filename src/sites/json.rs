//! JSON as values, for what is read by hand.
//!
//! What crosses to the page engine is texts, whole numbers, lists and objects. A value of
//! only these, without maps and fractions, takes 30 kB less wasm than `serde_json::Value`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// A value of JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Json {
    /// Nothing; also a number that is no whole one or too large, as nothing here has a use for it.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, as it was written; of names that repeat, the last counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value under a name; `None` where this is no object or has no such name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members().iter().rfind(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// As [`Json::get`]; takes the value out and leaves nothing in its place.
    pub fn take(&mut self, name: &str) -> Option<Self> {
        let Self::Object(members) = self else { return None };
        let (_, value) = members.iter_mut().rfind(|(other, _)| other == name)?;
        Some(std::mem::take(value))
    }

    /// Names and values of an object; of anything else, none.
    pub fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of a list; of anything else, none.
    pub fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    pub fn into_list(self) -> Option<Vec<Self>> {
        match self {
            Self::List(elements) => Some(elements),
            _ => None,
        }
    }

    /// The number, if it is a whole one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, if it is a whole one of this size.
    pub fn as_u32(&self) -> Option<u32> {
        self.as_i64().and_then(|number| u32::try_from(number).ok())
    }

    /// Whether it is `true`; anything but `true` and `false` is `None`.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(i64::try_from(number).map_or(Json::Null, Json::Whole))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element()? {
            elements.push(element);
        }
        Ok(Json::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(elements) => serializer.collect_seq(elements),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Json {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn every_recipe_goes_through_as_it_is() {
        for text in crate::sites::REGISTRY {
            let plain: serde_json::Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(serde_json::to_value(read(text)).expect("plain data"), plain);
        }
    }

    #[test]
    fn what_has_no_use_is_null() {
        let text = r#"[1.5, 9223372036854775807, 9223372036854775808, -1, 1e3, null, {"é\n": [true]}]"#;
        let again = r#"[null,9223372036854775807,null,-1,null,null,{"é\n":[true]}]"#;
        assert_eq!(serde_json::to_string(&read(text)).expect("plain data"), again);
    }

    #[test]
    fn of_names_that_repeat_the_last_counts() {
        let mut json = read(r#"{"a": 1, "b": "x", "a": 2}"#);
        assert_eq!(json.get("a").and_then(Json::as_u32), Some(2));
        assert_eq!(json.take("b").and_then(Json::into_text).as_deref(), Some("x"));
        assert_eq!(json.get("b"), Some(&Json::Null));
        assert_eq!(json.take("c"), None);
    }

    #[test]
    fn hostile_nesting_is_refused_and_does_not_overflow_the_stack() {
        serde_json::from_str::<Json>(&"[".repeat(100_000)).expect_err("too deep");
    }
}
