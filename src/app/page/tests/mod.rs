//! The page engine, driven with the JSON that the hands send, judged by what they would draw.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test should stop at the line")]

mod acting;
mod ahead;
mod blocking;
mod facts;
mod hostile;
mod order;
mod popup;
mod record;
mod wire;
mod words;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::PageEngine;
use super::wire::Dispatch;
use crate::app::background::wire::{Answer, Ask, Hello, RowFacts, SettingsPart};
use crate::domain::Settings;

const LIST: &str = "https://worker.mturk.com/projects";
const QUEUE: &str = "https://worker.mturk.com/tasks";

/// What the hands have on the page: made of effects alone, as they are, in order.
#[derive(Debug, Default)]
struct Screen {
    /// How often the page was to be collected.
    collected: usize,
    chips: BTreeMap<(u64, String), Value>,
    /// Chips of tasks without a row, by list and place.
    made: BTreeMap<(u64, u64), Value>,
    marks: BTreeMap<u64, String>,
    card: Option<(u64, Value)>,
    panel: Option<Value>,
    popup: Option<Value>,
    /// Unanswered asks: the engine's number, what is asked, where the last answer is remembered.
    asks: Vec<(u64, Ask, Option<String>)>,
    /// The recipe by which the worker's own work is picked.
    recorded: Option<Value>,
    scrolled: Vec<u64>,
    copied: Vec<String>,
    said: Vec<String>,
    cleared: usize,
}

/// An engine with hands.
#[derive(Default)]
struct Bench {
    engine: PageEngine,
    screen: Screen,
}

impl Bench {
    /// A page that was opened and greeted.
    fn greeted() -> Self {
        let mut bench = Self::opened(LIST);
        bench.answer_hello(&hello());
        bench
    }

    fn opened(url: &str) -> Self {
        let mut bench = Self::default();
        bench.send(&json!({ "start": { "url": url, "private": false } }));
        bench
    }

    /// A greeted page with these items and a row for each, numbered from 1, its requesters unknown.
    fn with_items(items: &[Value]) -> Self {
        let mut bench = Self::greeted();
        bench.items(0, 0, items);
        bench.rows(0, &rows_of(items, 1), &[]);
        bench
    }

    /// As the hands send it, through JSON both ways.
    fn send(&mut self, event: &Value) -> Vec<String> {
        let text = json!({ "now_ms": 1_795_000_000_000_i64, "event": event }).to_string();
        let dispatch = Dispatch::from_json(text.as_bytes()).unwrap_or_else(|| panic!("none of ours: {text}"));
        self.removed(event);
        let effects = serde_json::to_string(&self.engine.handle(dispatch)).unwrap();
        let effects: Vec<Value> = serde_json::from_str(&effects).unwrap();
        effects.iter().map(|effect| self.screen.apply(effect)).collect()
    }

    /// The hands take the chips of rows that are gone.
    fn removed(&mut self, event: &Value) {
        for key in event["rows"]["removed"].as_array().into_iter().flatten() {
            self.screen.chips.retain(|(row, _), _| Some(*row) != key.as_u64());
            self.screen.marks.retain(|row, _| Some(*row) != key.as_u64());
        }
    }

    fn items(&mut self, root: u32, from: usize, items: &[Value]) -> Vec<String> {
        self.send(&json!({ "items": { "root": root, "from": from, "items": items } }))
    }

    fn rows(&mut self, root: u32, added: &[Value], removed: &[u32]) -> Vec<String> {
        let total = added.len();
        self.send(&json!({ "rows": { "root": root, "added": added, "removed": removed, "total": total } }))
    }

    fn act(&mut self, row: u32, name: &str) -> Vec<String> {
        self.send(&json!({ "act": { "row": row, "name": name } }))
    }

    fn open_card(&mut self, row: u32) -> Vec<String> {
        self.send(&json!({ "open_card": { "row": row } }))
    }

    /// Answers the oldest ask that `which` picks, and takes it off the list.
    fn answer(&mut self, which: impl Fn(&Ask) -> bool, answer: &Answer) -> Vec<String> {
        let at = self.screen.asks.iter().position(|(_, ask, _)| which(ask)).unwrap();
        let (id, _, _) = self.screen.asks.remove(at);
        self.send_answer(id, answer)
    }

    fn send_answer(&mut self, id: u64, answer: &Answer) -> Vec<String> {
        let answer: Value = serde_json::from_str(&answer.to_message()).unwrap();
        self.send(&json!({ "answer": { "id": id, "answer": answer } }))
    }

    fn answer_hello(&mut self, hello: &Hello) -> Vec<String> {
        self.answer(|ask| matches!(ask, Ask::Hello { .. }), &Answer::Hello(hello.clone()))
    }

    fn answer_facts(&mut self, rows: Vec<RowFacts>) -> Vec<String> {
        let answer = Answer::Facts { rows, problems: Vec::new() };
        self.answer(|ask| matches!(ask, Ask::Facts { .. }), &answer)
    }

    /// The one ask that is neither greeting nor facts.
    fn order(&self) -> &Ask {
        let mut orders = self
            .screen
            .asks
            .iter()
            .map(|(_, ask, _)| ask)
            .filter(|ask| !matches!(ask, Ask::Hello { .. } | Ask::Facts { .. }));
        let order = orders.next().unwrap();
        assert_eq!(orders.next(), None, "one press asks one thing");
        order
    }

    fn answer_order(&mut self, answer: &Answer) -> Vec<String> {
        self.answer(|ask| !matches!(ask, Ask::Hello { .. } | Ask::Facts { .. }), answer)
    }

    fn pay(&self, row: u64) -> String {
        text(self.screen.chips.get(&(row, "pay".to_owned())).unwrap_or(&Value::Null))
    }

    fn requester(&self, row: u64) -> String {
        text(self.screen.chips.get(&(row, "requester".to_owned())).unwrap_or(&Value::Null))
    }

    fn card(&self) -> String {
        self.screen.card.as_ref().map(|(_, tree)| text(tree)).unwrap_or_default()
    }

    /// The text at the foot of the open card.
    fn status(&self) -> String {
        let (_, tree) = self.screen.card.as_ref().unwrap();
        text(find(tree, &|node| node["c"] == "status").unwrap())
    }

    /// The rows that have both chips.
    fn drawn(&self) -> Vec<u64> {
        let both = |row: &u64| self.screen.chips.contains_key(&(*row, "requester".to_owned()));
        let pay = self.screen.chips.keys().filter(|(_, slot)| slot == "pay").map(|(row, _)| *row);
        pay.filter(both).collect()
    }

    fn popup(&mut self) -> String {
        self.send(&json!("popup"));
        text(self.screen.popup.as_ref().unwrap())
    }
}

impl Screen {
    /// Does what the hands do; says which effect it was.
    fn apply(&mut self, effect: &Value) -> String {
        if effect == "clear" {
            self.cleared += 1;
            (self.card, self.panel) = (None, None);
            self.chips.clear();
            self.made.clear();
            self.marks.clear();
            return "clear".to_owned();
        }
        if effect == "again" {
            return "again".to_owned();
        }
        let (kind, body) = effect.as_object().unwrap().iter().next().unwrap();
        let row = || body["row"].as_u64().unwrap();
        match kind.as_str() {
            "collect" => {
                self.collected += 1;
                self.made.clear();
            }
            "make" => {
                for chip in body["chips"].as_array().unwrap() {
                    let at = (chip["root"].as_u64().unwrap(), chip["index"].as_u64().unwrap());
                    self.made.insert(at, chip.clone());
                }
            }
            "place" => {
                for place in body["rows"].as_array().unwrap() {
                    let [key, root, index] = [0, 1, 2].map(|at| place[at].as_u64().unwrap());
                    let chips = self.made.remove(&(root, index)).expect("only what was made is placed");
                    for slot in ["pay", "requester"] {
                        self.chips.insert((key, slot.to_owned()), chips[slot].clone());
                    }
                }
            }
            "draw" => {
                for chip in body["chips"].as_array().unwrap() {
                    let slot = chip["slot"].as_str().unwrap().to_owned();
                    self.chips.insert((chip["row"].as_u64().unwrap(), slot), chip["tree"].clone());
                }
            }
            "mark" => {
                for mark in body["rows"].as_array().unwrap() {
                    self.marks.insert(mark[0].as_u64().unwrap(), mark[1].as_str().unwrap().to_owned());
                }
                self.marks.retain(|_, style| style != "plain");
            }
            "card" => {
                let open = (!body["tree"].is_null()).then(|| (row(), body["tree"].clone()));
                self.card = open;
            }
            "panel" => self.panel = Some(body["tree"].clone()).filter(|tree| !tree.is_null()),
            "popup" => self.popup = Some(body["tree"].clone()),
            "ask" => {
                let ask: Ask = serde_json::from_value(body["ask"].clone()).unwrap();
                assert_eq!(serde_json::to_value(&ask).unwrap(), body["ask"], "an ask passes through JSON");
                let recall = body["recall"].as_str().map(str::to_owned);
                self.asks.push((body["id"].as_u64().unwrap(), ask, recall));
            }
            "record" => self.recorded = Some(body["page"].clone()),
            "scroll" => self.scrolled.push(row()),
            "copy" => self.copied.push(body["text"].as_str().unwrap().to_owned()),
            "log" => self.said.push(body["line"].as_str().unwrap().to_owned()),
            other => panic!("the hands know no {other}"),
        }
        kind.clone()
    }
}

/// Everything a reader reads in a tree.
fn text(tree: &Value) -> String {
    let mut parts: Vec<String> = tree["x"].as_str().map(str::to_owned).into_iter().collect();
    parts.extend(tree["n"].as_array().into_iter().flatten().map(text).filter(|text| !text.is_empty()));
    parts.join(" ")
}

/// The first node, in reading order, that `wanted` picks.
fn find<'a>(tree: &'a Value, wanted: &dyn Fn(&Value) -> bool) -> Option<&'a Value> {
    if wanted(tree) {
        return Some(tree);
    }
    tree["n"].as_array().into_iter().flatten().find_map(|child| find(child, wanted))
}

/// Every action that a press in this tree can do.
fn actions(tree: &Value) -> Vec<String> {
    let own = tree["on"].as_str().map(str::to_owned);
    let inner = tree["n"].as_array().into_iter().flatten().flat_map(actions);
    own.into_iter().chain(inner).collect()
}

/// As the hands pick it: the third of these is `3ITEM0003` of `A0000000000003`.
fn item(number: u32) -> Value {
    json!({
        "id": format!("3ITEM{number:04}"),
        "group_id": format!("3ITEM{number:04}"),
        "title": format!("Rate {} pictures of the {number}th kind (5 minutes)", number * 7),
        "description": "Look at pictures.",
        "requester_id": format!("A{number:013}"),
        "requester_name": format!("Lab {number}"),
        "reward": "2",
        "currency": "USD",
        "allotted": "3600",
        "available": "12",
        "can_accept": "true",
        "approval": "99%",
        "review": "2 days",
    })
}

fn items(count: u32) -> Vec<Value> {
    (1..=count).map(item).collect()
}

fn with(mut item: Value, fields: &[(&str, Value)]) -> Value {
    for (name, value) in fields {
        item[*name] = value.clone();
    }
    item
}

/// A row for each item, with its links, numbered from `key`.
fn rows_of(items: &[Value], key: u32) -> Vec<Value> {
    let row = |(at, item): (u32, &Value)| {
        json!({
            "key": key + at, "index": at, "id": item["id"], "requester_id": item["requester_id"],
            "title": item["title"],
        })
    };
    (0..).zip(items).map(row).collect()
}

fn hello() -> Hello {
    let settings = SettingsPart::from(&Settings::default());
    Hello { settings, on: true, private: false, blocks: String::new(), problem: None }
}

/// What the background answers for a row of which nothing is stored.
fn nothing(requester_id: &str, title_key: Option<&str>) -> RowFacts {
    RowFacts {
        requester_id: requester_id.to_owned(),
        title_key: title_key.map(str::to_owned),
        own: None,
        requester_block: None,
        title_block: None,
        requester_memory: None,
        title_memory: None,
    }
}
