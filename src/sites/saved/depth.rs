//! How deeply a page's tags are nested, roughly and before it is parsed.
//!
//! Browsers stop at some hundreds of levels. The parser does not, and its time grows with the
//! square of the depth: a page of tags that never close would keep it busy for hours.

use std::collections::BTreeMap;

/// Deeper than any page; browsers flatten from 512 levels on.
const MAX_DEPTH: usize = 2_000;

/// Elements without an end tag, or whose end tag may be left out.
const UNCLOSED: [&str; 26] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "li", "dt", "dd", "p", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot",
];

/// Elements whose content is text, whatever stands in it.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Whether more elements are open at once than any page has.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut depth = 0_usize;
    // By name, as an end tag closes only its own kind.
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(end) = after.strip_prefix('/') {
            if let Some(count) = open.get_mut(&tag_name(end)).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
            }
        } else {
            let name = tag_name(after);
            if RAW.contains(&name.as_str()) {
                rest = behind_end(after, &name);
            } else if !name.is_empty() && !UNCLOSED.contains(&name.as_str()) {
                *open.entry(name).or_default() += 1;
                depth += 1;
            }
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

/// The tag's name in lower case; empty where `<` starts no tag. Known names are short.
fn tag_name(text: &str) -> String {
    let letters = text.chars().take(10).take_while(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// What follows the element's end tag; the end tag's name may be written in capitals.
fn behind_end<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("</") {
        rest = after;
        if tag_name(after) == name {
            return after;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_open_elements_count() {
        assert!(is_too_deep(&"<div>".repeat(2_001)));
        assert!(is_too_deep(&"<B x=1>".repeat(2_001)));
        assert!(!is_too_deep(&"<div>".repeat(2_000)));
        assert!(is_too_deep(&"<div></p></x>".repeat(2_001)), "an end tag closes only its own kind");
        for text in [
            "<div></div>",
            "<br>",
            "<li>x",
            "<IMG src=x>",
            "a < b ",
            "<!-- <div> -->",
            "<",
            "<script>a<b</SCRIPT>",
        ] {
            assert!(!is_too_deep(&text.repeat(3_000)), "{text}");
        }
        assert!(!is_too_deep(&format!("<script>{}", "a<b;".repeat(3_000))));
        assert!(!is_too_deep(&format!("<!--{}", "<div>".repeat(3_000))));
    }
}
