//! A site's own JSON answer, as the hands pick from it.

use super::json::Json;
use super::snapshot::Item;

/// The body of an answer to a request for one of a site's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The elements of its list.
    Items(Vec<Item>),
    /// It asks whether the worker is a machine.
    Captcha,
    /// It is no JSON: a page of HTML, as a rule.
    NoJson,
    /// It is JSON without the list.
    OtherForm,
    /// It is longer than any page of the worker's lists, and was not read.
    TooLarge,
}

impl Body {
    /// Reads what the hands made of a body; what has no known form counts as another form of answer.
    pub fn from_json(mut value: Json) -> Self {
        if let Some(items) = value.take("items").and_then(Json::into_list) {
            return Self::Items(items.into_iter().map(Item::from_json).collect());
        }
        match value.as_text() {
            Some("captcha") => Self::Captcha,
            Some("no_json") => Self::NoJson,
            Some("too_large") => Self::TooLarge,
            _ => Self::OtherForm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Body {
        Body::from_json(serde_json::from_str(text).expect("JSON"))
    }

    #[test]
    fn every_word_of_the_hands_is_known() {
        assert_eq!(body(r#""captcha""#), Body::Captcha);
        assert_eq!(body(r#""no_json""#), Body::NoJson);
        assert_eq!(body(r#""too_large""#), Body::TooLarge);
        assert_eq!(body(r#""other_form""#), Body::OtherForm);
        assert_eq!(body("17"), Body::OtherForm);
        let Body::Items(items) = body(r#"{"items":[{"state":"Paid"},3]}"#) else { panic!("items") };
        assert_eq!(items.first().and_then(|item| item.own.state.as_deref()), Some("Paid"));
        assert_eq!(items.len(), 2, "an element of no known form is an empty one, not none");
    }
}
