//! Saved pages and a site's own JSON answers, read natively by the same recipes.
//!
//! What the hands (`collect.js`) do in a page this does in a file: the same steps, the same
//! limits, the same words for what cannot be read, so that both give the same snapshot.
//! Nothing here fails as a whole or panics: a file gives tasks, problems, or both.

mod depth;
mod json;
mod steps;

use scraper::{ElementRef, Html};

use super::answer::Body;
use super::recipe::PageSpec;
use super::snapshot::{Item, RowMark};
use super::{Page, matching, reading};
use crate::domain::{Problem, Task};
use json::Json;

/// Longer data is no list of tasks; counted in UTF-16 units, as the hands count.
const MAX_DATA_UNITS: usize = 20_000_000;
/// A longer answer is no page of one of the worker's lists; counted as above.
const MAX_ANSWER_UNITS: usize = 5_000_000;

/// One list of a page as picked: what the hands would send to the core.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The elements of its data, in order.
    pub items: Vec<Item>,
    /// The rows drawn below it; empty where the file has none.
    pub rows: Vec<RowMark>,
}

/// What a file holds, before it is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// What the page says as a whole; `None` of an answer, which is no page.
    pub about: Option<Item>,
    /// The page's lists whose data could be read.
    pub lists: Vec<List>,
    /// What stood in the way; places are `page`, or `list 2` where there are several.
    pub problems: Vec<Problem>,
}

/// The tasks of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the page.
    pub tasks: Vec<Task>,
    /// What was not understood; places are `page`, `row 3, reward` or `list 2, row 3, reward`.
    pub problems: Vec<Problem>,
    /// A list was found, and if anything was in it, a task could be read.
    pub understood: bool,
}

/// A file's bytes as text: UTF-8, or UTF-16 with its mark at the start.
///
/// The problem says that some characters could not be read; they become `U+FFFD`.
pub fn decode(bytes: &[u8]) -> (String, Option<Problem>) {
    let bytes = match bytes {
        [0xFF, 0xFE, rest @ ..] => return (utf16(rest, u16::from_le_bytes), None),
        [0xFE, 0xFF, rest @ ..] => return (utf16(rest, u16::from_be_bytes), None),
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
        _ => bytes,
    };
    if let Ok(text) = core::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    let what = "is not in UTF-8; characters that cannot be read show as \u{FFFD}";
    (String::from_utf8_lossy(bytes).into_owned(), Some(Problem::new("page", what)))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units)
}

/// Reads the tasks of a saved page, or of the site's JSON answer for it.
pub fn read(text: &str, page: &Page) -> Reading {
    let Snapshot { lists, mut problems, .. } = snapshot(text, page);
    let mut tasks = Vec::new();
    let several = lists.len() > 1;
    let found = !lists.is_empty();
    let elements: usize = lists.iter().map(|list| list.items.len()).sum();
    for (at, list) in lists.iter().enumerate() {
        let place = if several { format!("list {}, ", at + 1) } else { String::new() };
        let read = read_list(list, page, &place, &mut problems);
        let undrawn = unmatched_rows(&list.rows, &read);
        if undrawn > 0 {
            let whole = if several { format!("list {}", at + 1) } else { "page".to_owned() };
            let rows = if undrawn == 1 { "1 row shows".to_owned() } else { format!("{undrawn} rows show") };
            problems.push(Problem::new(whole, format!("{rows} no task of the page's data")));
        }
        tasks.extend(read.into_iter().flatten());
    }
    let understood = found && (elements == 0 || !tasks.is_empty());
    Reading { tasks, problems, understood }
}

/// Each element as a task, `None` where it is none; problems carry the row, counted from 1.
fn read_list(list: &List, page: &Page, place: &str, problems: &mut Vec<Problem>) -> Vec<Option<Task>> {
    let read_item = |(at, item): (usize, &Item)| {
        let reading = reading::read(item, page);
        problems.extend(reading.problems.into_iter().map(|problem| Problem {
            place: format!("{place}row {}, {}", at + 1, problem.place),
            ..problem
        }));
        reading.task
    };
    list.items.iter().enumerate().map(read_item).collect()
}

fn unmatched_rows(rows: &[RowMark], tasks: &[Option<Task>]) -> usize {
    let task_at = |index: usize| tasks.get(index)?.as_ref();
    rows.iter().filter(|row| matching::task_of_row(row, tasks.len(), task_at).is_none()).count()
}

/// Picks from a file what the page's recipe names; of the address, its query is not known here.
pub fn snapshot(text: &str, page: &Page) -> Snapshot {
    snapshot_at(text, page, &format!("https://{}", page.address))
}

/// Picks from a file what the page's recipe names, as the hands do on the page of this address.
pub fn snapshot_at(text: &str, page: &Page, address: &str) -> Snapshot {
    let Some(spec) = spec_of(page) else {
        return Snapshot::of_problem("has a recipe that this build cannot read");
    };
    let start = text.trim_start();
    if start.is_empty() {
        Snapshot::of_problem("is empty")
    } else if start.starts_with(['{', '[']) {
        Snapshot::of(answer(text, &spec))
    } else if start.starts_with("From: <Saved by") {
        Snapshot::of_problem("is a web archive (MHTML): save the page as HTML")
    } else {
        html(text, &spec, address)
    }
}

fn spec_of(page: &Page) -> Option<PageSpec> {
    serde_json::to_value(&page.spec.whole).and_then(serde_json::from_value).ok()
}

/// What a task's frame told the page of this recipe: nothing but what the recipe names is copied.
pub fn message(text: &str, page: &Page) -> Item {
    spec_of(page).map(|spec| steps::message(text, &spec)).unwrap_or_default()
}

/// The body of an answer to a request, as the hands hand it on.
pub fn body(text: &str, page: &Page) -> Body {
    let Some(PageSpec { fetch: Some(fetch), data: Some(data), .. }) = spec_of(page) else {
        return Body::OtherForm;
    };
    if text.len() > MAX_ANSWER_UNITS && text.encode_utf16().count() > MAX_ANSWER_UNITS {
        return Body::TooLarge;
    }
    let Ok(value) = Json::parse(text) else {
        let asks = fetch.captcha.iter().any(|word| text.contains(word));
        return if asks { Body::Captcha } else { Body::NoJson };
    };
    let (Some(list), Some(spec)) = (value.path(&data.answer).and_then(Json::elements), spec_of(page)) else {
        return Body::OtherForm;
    };
    Body::Items(list.into_iter().map(|element| steps::item(element, &spec)).collect())
}

impl Snapshot {
    fn of_problem(what: &str) -> Self {
        Self { about: None, lists: Vec::new(), problems: vec![Problem::new("page", what)] }
    }

    fn of(items: Result<Vec<Item>, String>) -> Self {
        match items {
            Ok(items) => Self { lists: vec![List { items, rows: Vec::new() }], ..Self::default() },
            Err(what) => Self::of_problem(&what),
        }
    }
}

/// The elements of a JSON answer: a list under its known name, a bare list, or one bare element.
fn answer(text: &str, spec: &PageSpec) -> Result<Vec<Item>, String> {
    if is_too_long(text) {
        return Err("is larger than any list".to_owned());
    }
    let value = Json::parse(text).map_err(|error| {
        format!("is not JSON, or cut off (line {}, column {})", error.line(), error.column())
    })?;
    let Some(data) = &spec.data else { return Err("is JSON, but this page has no answer".to_owned()) };
    let known = [&data.answer, &data.list].into_iter().find_map(|path| value.path(path));
    if let Some(list) = known.unwrap_or(value).elements() {
        return Ok(list.into_iter().map(|element| steps::item(element, spec)).collect());
    }
    let alone = steps::item(value, spec);
    if known.is_none() && alone.id.is_some() {
        return Ok(vec![alone]);
    }
    let name = &data.answer;
    Err(format!("holds no list \"{name}\" and is no task itself: is it the page of this address?"))
}

fn html(text: &str, spec: &PageSpec, address: &str) -> Snapshot {
    if depth::is_too_deep(text) {
        return Snapshot::of_problem("is nested deeper than any page");
    }
    let document = Html::parse_document(text);
    let roots = steps::all(document.root_element(), &spec.root);
    let about = Some(steps::about(document.root_element(), spec, address));
    if spec.data.is_none() {
        return Snapshot { about, ..Snapshot::default() };
    }
    if roots.is_empty() {
        return shown_json(&document).map_or_else(
            || Snapshot {
                about,
                ..Snapshot::of_problem("holds no list of tasks: it is another page, or cut off")
            },
            |text| Snapshot::of(answer(&text, spec)),
        );
    }
    let several = roots.len() > 1;
    let mut snapshot = Snapshot { about, ..Snapshot::default() };
    for (at, root) in roots.into_iter().enumerate() {
        match data(root, spec) {
            Ok(items) => snapshot.lists.push(List { items, rows: rows(root, spec) }),
            Err(what) => {
                let place = if several { format!("list {}", at + 1) } else { "page".to_owned() };
                snapshot.problems.push(Problem::new(place, what));
            }
        }
    }
    snapshot
}

/// A browser that saves a JSON answer as a page puts its text into one `pre`.
fn shown_json(document: &Html) -> Option<String> {
    let pre = steps::all(document.root_element(), &["body > pre".to_owned()]);
    let text = steps::text_content(*pre.first()?);
    text.trim_start().starts_with(['{', '[']).then_some(text)
}

/// The elements of a root's data, with the hands' own words for what is wrong with it.
fn data(root: ElementRef<'_>, spec: &PageSpec) -> Result<Vec<Item>, &'static str> {
    let data = spec.data.as_ref().ok_or("the page has no list")?;
    let text = root.attr(&data.attr).ok_or("the list carries no data")?;
    if is_too_long(text) {
        return Err("the list's data is larger than any list");
    }
    let value = Json::parse(text).map_err(|_| "the list's data is not JSON, or cut off")?;
    let list = value.path(&data.list).and_then(Json::elements);
    let list = list.ok_or("the list's data has another form than known")?;
    Ok(list.into_iter().map(|element| steps::item(element, spec)).collect())
}

fn rows(root: ElementRef<'_>, spec: &PageSpec) -> Vec<RowMark> {
    let rows = steps::all(root, &spec.row);
    rows.into_iter().zip(0_u32..).map(|(row, index)| steps::row(row, index, spec)).collect()
}

fn is_too_long(text: &str) -> bool {
    text.len() > MAX_DATA_UNITS && text.encode_utf16().count() > MAX_DATA_UNITS
}

#[cfg(test)]
mod tests;
