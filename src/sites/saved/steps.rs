//! The recipe's steps on a saved page and its JSON: `collect.js`, natively.

use std::borrow::Cow;

use scraper::{ElementRef, Node, Selector};

use super::MAX_DATA_UNITS;
use super::json::{Json, Scalar};
use crate::sites::json::Json as Value;
use crate::sites::recipe::{Fields, PageSpec, Step};
use crate::sites::snapshot::{Item, RowMark};

/// Longest text that is passed on, in UTF-16 units.
const MAX_TEXT_UNITS: usize = 12_000;
/// More requirements than that no group has.
const MAX_REQUIREMENTS: usize = 50;

/// Where a pipeline stands.
#[derive(Clone)]
enum Current<'a> {
    Json(Json<'a>),
    Node(ElementRef<'a>),
    Text(Cow<'a, str>),
}

/// What has been picked so far.
#[derive(Default)]
struct Picked {
    values: Vec<(String, Value)>,
    unreadable: Vec<String>,
}

/// One element of a page's data as an item.
pub(super) fn item(element: Json<'_>, spec: &PageSpec) -> Item {
    let mut picked = Picked::default();
    picked.pick(Some(&Current::Json(element)), &spec.fields, "");
    let lists = spec.requirements.iter().flat_map(|spec| spec.list.iter().map(move |path| (spec, path)));
    let mut lists = lists.filter_map(|(spec, path)| Some((spec, element.path(path)?.elements()?)));
    if let Some((spec, list)) = lists.next() {
        let mut requirements = Vec::new();
        for one in list.into_iter().take(MAX_REQUIREMENTS) {
            let unreadable = std::mem::take(&mut picked.unreadable);
            let mut requirement = Picked { values: Vec::new(), unreadable };
            requirement.pick(Some(&Current::Json(one)), &spec.fields, "");
            picked.unreadable = requirement.unreadable;
            requirements.push(Value::Object(requirement.values));
        }
        picked.values.push(("requirements".to_owned(), Value::List(requirements)));
    }
    picked.into_item()
}

/// What identifies a row; its key is its position, as nothing is drawn in it.
pub(super) fn row(row: ElementRef<'_>, index: u32, spec: &PageSpec) -> RowMark {
    let mut picked = Picked::default();
    picked.pick(Some(&Current::Node(row)), &spec.row_fields, "");
    let mut mark = Value::Object(picked.values);
    let mut text = |name: &str| mark.take(name).and_then(Value::into_text);
    RowMark { key: index, index, id: text("id"), requester_id: text("requester_id"), title: text("title") }
}

/// What a page says as a whole.
pub(super) fn about(document: ElementRef<'_>, spec: &PageSpec, address: &str) -> Item {
    let mut picked = Picked::default();
    for part in &spec.about {
        let from = follow(Some(&Current::Node(document)), &part.from, address);
        picked.pick(from.as_ref(), &part.fields, address);
    }
    picked.into_item()
}

/// What a task's frame told the page.
pub(super) fn message(text: &str, spec: &PageSpec) -> Item {
    let mut picked = Picked::default();
    picked.pick(Some(&Current::Text(Cow::Borrowed(text))), &spec.message, "");
    picked.unreadable.clear();
    picked.into_item()
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

impl Picked {
    /// Picks fields that have no value yet; `None` stands for a part that is not there.
    fn pick(&mut self, from: Option<&Current<'_>>, fields: &Fields, address: &str) {
        for (name, field) in fields {
            if self.values.iter().any(|(other, _)| other == name) {
                continue;
            }
            let mut values = field
                .from
                .iter()
                .map(|steps| follow(from, steps, address).map_or(Scalar::Absent, Current::scalar));
            match values.find(|value| *value != Scalar::Absent) {
                Some(Scalar::Text(text)) => self.values.push((name.clone(), Value::Text(cut(text)))),
                Some(Scalar::Unreadable(form)) => self.unreadable.push(format!("{name}: {form}")),
                Some(Scalar::Absent) | None => {}
            }
        }
    }

    fn into_item(mut self) -> Item {
        let unreadable = self.unreadable.into_iter().map(Value::Text).collect();
        self.values.push(("unreadable".to_owned(), Value::List(unreadable)));
        Item::from_json(Value::Object(self.values))
    }
}

impl Current<'_> {
    fn scalar(self) -> Scalar {
        match self {
            Self::Json(value) => value.scalar(),
            Self::Text(text) => Scalar::Text(text.into_owned()),
            Self::Node(_) => Scalar::Unreadable("an object"),
        }
    }
}

fn follow<'a>(from: Option<&Current<'a>>, steps: &[Step], address: &str) -> Option<Current<'a>> {
    steps.iter().fold(from.cloned(), |current, one| step(current, one, address))
}

fn step<'a>(current: Option<Current<'a>>, step: &Step, address: &str) -> Option<Current<'a>> {
    let owned = |text: String| Current::Text(Cow::Owned(text));
    match (current, step) {
        (_, Step::AddressQuery(name)) => query(address, name).map(owned),
        (_, Step::AddressSegmentAfter(name)) => segment_after(address, name).map(owned),
        (Some(_), Step::Present) => Some(Current::Text(Cow::Borrowed("true"))),
        (Some(Current::Json(value)), Step::Path(path)) => value.path(path).map(Current::Json),
        (Some(Current::Node(node)), Step::Css(selector)) => matches(node, selector).next().map(Current::Node),
        (Some(Current::Node(node)), Step::Attr(name)) => {
            node.attr(name).map(|text| Current::Text(Cow::Borrowed(text)))
        }
        (Some(Current::Node(node)), Step::Text) => Some(owned(collapsed(&text_content(node)))),
        (Some(Current::Text(Cow::Borrowed(text))), Step::Json) => json(text).map(Current::Json),
        (Some(current), Step::SegmentAfter(name)) => segment_after(&current.text()?, name).map(owned),
        (Some(current), Step::Query(name)) => query(&current.text()?, name).map(owned),
        _ => None,
    }
}

impl Current<'_> {
    fn text(self) -> Option<String> {
        match self.scalar() {
            Scalar::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The value stays a slice of the text: what no step names is read over and never copied.
fn json(text: &str) -> Option<Json<'_>> {
    let is_too_long = text.len() > MAX_DATA_UNITS && text.encode_utf16().count() > MAX_DATA_UNITS;
    if is_too_long { None } else { Json::parse(text).ok() }
}

fn segment_after(url: &str, name: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?;
    let behind = path.split('/').skip_while(|segment| *segment != name).nth(1)?;
    (!behind.is_empty()).then(|| behind.to_owned())
}

/// The first parameter of that name that has a value, as it stands.
fn query(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split('#').next()?.split_once('?')?;
    let mut pairs = query.split(['&', ';']).filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, value)| {
        let key = key.replace("%5B", "[").replace("%5b", "[").replace("%5D", "]").replace("%5d", "]");
        key == name && !value.is_empty()
    })?;
    Some(value.to_owned())
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
    fn parameters_are_those_of_the_query() {
        let of = |url: &str| query(url, "a[id]");
        assert_eq!(of("/x?a%5Bid%5D=3A&b=2"), Some("3A".to_owned()));
        assert_eq!(of("/x?b=2&amp;a[id]=3A#top"), Some("3A".to_owned()));
        assert_eq!(of("/x?a[id]=&a%5bid%5d=3B"), Some("3B".to_owned()));
        assert_eq!(of("/x?a[id]=%41"), Some("%41".to_owned()), "a value stays as it stands");
        for url in ["/x", "/x?", "/x?a[id]", "/x?a[id]=", "/x#?a[id]=3A", "a[id]=3A", ""] {
            assert_eq!(of(url), None, "{url}");
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
