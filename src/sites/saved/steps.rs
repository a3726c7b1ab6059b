//! The recipe's steps on a saved page and its JSON: `collect.js`, natively.

use scraper::{ElementRef, Node, Selector};

use super::json::{Json, Scalar};
use crate::sites::json::Json as Value;
use crate::sites::recipe::{FieldSpec, PageSpec, Step};
use crate::sites::snapshot::{Item, RowMark};
use std::collections::BTreeMap;

/// Longest text that is passed on, in UTF-16 units.
const MAX_TEXT_UNITS: usize = 12_000;
/// More requirements than that no group has.
const MAX_REQUIREMENTS: usize = 50;

type Fields = BTreeMap<String, FieldSpec>;

/// Where a pipeline stands.
enum Current<'a> {
    Json(Json<'a>),
    Node(ElementRef<'a>),
    Text(String),
}

/// One element of a page's data as an item.
pub(super) fn item(element: Json<'_>, spec: &PageSpec) -> Item {
    let mut unreadable = Vec::new();
    let mut item = pick(|| Current::Json(element), &spec.fields, &mut unreadable);
    let lists = spec.requirements.list.iter();
    if let Some(list) = lists.filter_map(|path| element.path(path)).find_map(Json::elements) {
        let requirement = |one: &Json<'_>| {
            Value::Object(pick(|| Current::Json(*one), &spec.requirements.fields, &mut unreadable))
        };
        let requirements = list.iter().take(MAX_REQUIREMENTS).map(requirement).collect();
        item.push(("requirements".to_owned(), Value::List(requirements)));
    }
    let unreadable = unreadable.into_iter().map(Value::Text).collect();
    item.push(("unreadable".to_owned(), Value::List(unreadable)));
    Item::from_json(Value::Object(item))
}

/// What identifies a row; its key is its position, as nothing is drawn in it.
pub(super) fn row(row: ElementRef<'_>, index: u32, spec: &PageSpec) -> RowMark {
    let mut mark = Value::Object(pick(|| Current::Node(row), &spec.row_fields, &mut Vec::new()));
    let mut text = |name: &str| mark.take(name).and_then(Value::into_text);
    RowMark { key: index, index, id: text("id"), requester_id: text("requester_id"), title: text("title") }
}

/// All elements of the first selector that matches any.
pub(super) fn all<'a>(below: ElementRef<'a>, selectors: &[String]) -> Vec<ElementRef<'a>> {
    let found = selectors.iter().map(|selector| matches(below, selector).collect());
    let mut found = found.filter(|elements: &Vec<_>| !elements.is_empty());
    found.next().unwrap_or_default()
}

/// The text of a node and all below it, as `textContent` has it.
pub(super) fn text_content(node: ElementRef<'_>) -> String {
    let visible = |text: &ego_tree::NodeRef<'_, Node>| !is_inert_below(*text, node.id());
    let texts = node.descendants().filter(visible);
    texts.filter_map(|node| node.value().as_text().map(|text| text.to_string())).collect()
}

fn pick<'a>(
    from: impl Fn() -> Current<'a>,
    fields: &Fields,
    unreadable: &mut Vec<String>,
) -> Vec<(String, Value)> {
    let mut into = Vec::new();
    for (name, field) in fields {
        let mut values = field.from.iter().map(|steps| {
            let end = steps.iter().try_fold(from(), step);
            end.map_or(Scalar::Absent, Current::scalar)
        });
        match values.find(|value| *value != Scalar::Absent) {
            Some(Scalar::Text(text)) => {
                into.push((name.clone(), Value::Text(cut(text))));
            }
            Some(Scalar::Unreadable(form)) => unreadable.push(format!("{name}: {form}")),
            Some(Scalar::Absent) | None => {}
        }
    }
    into
}

impl Current<'_> {
    fn scalar(self) -> Scalar {
        match self {
            Self::Json(value) => value.scalar(),
            Self::Text(text) => Scalar::Text(text),
            Self::Node(_) => Scalar::Unreadable("an object"),
        }
    }
}

fn step<'a>(current: Current<'a>, step: &Step) -> Option<Current<'a>> {
    match (current, step) {
        (Current::Json(value), Step::Path(path)) => value.path(path).map(Current::Json),
        (Current::Node(node), Step::Css(selector)) => matches(node, selector).next().map(Current::Node),
        (Current::Node(node), Step::Attr(name)) => node.attr(name).map(|text| Current::Text(text.to_owned())),
        (Current::Node(node), Step::Text) => Some(Current::Text(collapsed(&text_content(node)))),
        (current, Step::SegmentAfter(name)) => match current.scalar() {
            Scalar::Text(text) => segment_after(&text, name).map(Current::Text),
            _ => None,
        },
        _ => None,
    }
}

fn segment_after(url: &str, name: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let behind = path.split('/').skip_while(|segment| *segment != name).nth(1)?;
    (!behind.is_empty()).then(|| behind.to_owned())
}

/// What `querySelectorAll` finds: not what lies in a `template`, which is no part of the page.
fn matches<'a>(below: ElementRef<'a>, selector: &str) -> impl Iterator<Item = ElementRef<'a>> {
    let selector = Selector::parse(selector).ok();
    let found: Vec<ElementRef<'a>> = selector.iter().flat_map(|selector| below.select(selector)).collect();
    found.into_iter().filter(move |element| !is_inert_below(**element, below.id()))
}

/// Whether a `template` stands between a node and the one it was looked for below.
fn is_inert_below(node: ego_tree::NodeRef<'_, Node>, below: ego_tree::NodeId) -> bool {
    let between = node.ancestors().take_while(|ancestor| ancestor.id() != below);
    between.filter_map(|node| node.value().as_element()).any(|element| element.name() == "template")
}

/// `\s` of JavaScript, which has the byte order mark and not the next-line control.
fn is_js_space(character: char) -> bool {
    character == '\u{FEFF}' || (character.is_whitespace() && character != '\u{85}')
}

fn collapsed(text: &str) -> String {
    let words = text.split(is_js_space).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The first [`MAX_TEXT_UNITS`]; a character that the cut would halve becomes `U+FFFD`.
fn cut(text: String) -> String {
    if text.len() <= MAX_TEXT_UNITS {
        return text;
    }
    let units: Vec<u16> = text.encode_utf16().take(MAX_TEXT_UNITS).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn segments_are_those_of_the_path() {
        let after = |url: &str| segment_after(url, "projects");
        assert_eq!(after("/projects/3ABC/tasks?x=/projects/no"), Some("3ABC".to_owned()));
        assert_eq!(after("https://host/projects/3ABC#top"), Some("3ABC".to_owned()));
        for url in ["/projects", "/projects/", "/projects?3ABC", "/other/3ABC", ""] {
            assert_eq!(after(url), None, "{url}");
        }
    }

    #[test]
    fn a_long_text_is_cut_where_the_hands_cut_it() {
        assert_eq!(cut("é".repeat(12_001)).chars().count(), 12_000);
        assert_eq!(cut("é".repeat(12_000)), "é".repeat(12_000));
        let halved = cut(format!("a{}", "😀".repeat(6_000)));
        assert_eq!(halved.chars().count(), 6_001);
        assert!(halved.ends_with("😀\u{FFFD}"));
    }

    #[test]
    fn nodes_are_read_as_a_browser_reads_them() {
        let page = "<div id=r><template><p class=x>no</p></template>\
                    <p class=x title='a&amp;b'> one\u{a0}\n two <b>three</b><template>no</template></p></div>";
        let document = Html::parse_document(page);
        let root = all(document.root_element(), &["#missing".into(), "#r".into()]);
        let found = all(root[0], &["p.x".into()]);
        assert_eq!(found.len(), 1, "what a template holds is no part of the page");
        assert_eq!(found[0].attr("title"), Some("a&b"));
        assert_eq!(collapsed(&text_content(found[0])), "one two three");
    }

    #[test]
    fn a_selector_nobody_understands_matches_nothing() {
        let document = Html::parse_document("<p>x</p>");
        assert!(all(document.root_element(), &["p[".into(), ":has-no-such(p)".into()]).is_empty());
    }
}
