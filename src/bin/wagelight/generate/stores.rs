//! The records of both stores as they are after the invented history was loaded, made by the code that loads it: so
//! that the benchmark can put a long history into a browser in a minute.
//!
//! A record is the lengths of its two parts in four bytes each, the lower first, then `[store, key, is text]` as JSON,
//! then the value. The stores are those of the database by their names, `journal` for a file by its name, and `local`
//! for what is kept in `storage.local`.

use std::io::{self, Write};

use serde_json::json;
use wagelight::domain::history::Entry;
use wagelight::domain::{Partition, SiteDay, Timestamp};
use wagelight::storage::history::{Target, close_before};
use wagelight::storage::journal::{Change, Journal as _, Seen, close_lines, record};
use wagelight::storage::record::{Places, encode_places, places_key};
use wagelight::storage::{Access, Database as _, Part, StoreName, Value};

use super::invent::Inventor;
use super::measure::{RULES, Stores, done, ready};

/// As loading does it.
const SEEN_OF_A_CHANGE: usize = 1_000;
const TASKS_PER_CLOSING: u32 = 1_500;

/// Whose history it is: of the account that the benchmark names.
const WHOSE: &str = "mturk~bench";

/// Loads the history into stores of memory and writes those.
pub(super) fn write(out: &mut impl Write, inventor: &Inventor, records: u32) -> io::Result<()> {
    let stores = Stores::default();
    let step = usize::try_from(TASKS_PER_CLOSING).unwrap_or(1);
    for first in (0..records).step_by(step) {
        load(&stores, inventor, (first, records.min(first.saturating_add(TASKS_PER_CLOSING))))?;
    }
    let mut places = Places::default();
    places.used(&whose(), Timestamp(0));
    put(out, ("meta", &key(&places_key().0), true), encode_places(&places).as_bytes())?;
    for (store, key_of, value) in stores.database.values() {
        if store == StoreName::Meta && key_of == places_key() {
            continue;
        }
        let is_text = matches!(value, Value::Text(_));
        let bytes = match &value {
            Value::Text(text) => text.as_bytes(),
            Value::Bytes(bytes) => bytes,
        };
        put(out, (store.as_str(), &key(&key_of.0), is_text), bytes)?;
    }
    for name in done(ready(stores.journal.files())?)? {
        let bytes = done(ready(stores.journal.read_file(&name))?)?.unwrap_or_default();
        put(out, ("journal", &json!(name), false), &bytes)?;
    }
    let head = done(ready(stores.journal.head())?)?.unwrap_or_default();
    put(out, ("local", &json!("journal head"), true), head.as_bytes())
}

fn load(stores: &Stores, inventor: &Inventor, (first, end): (u32, u32)) -> io::Result<()> {
    let mut seen = Vec::new();
    for number in first..end {
        let all = inventor.task(number);
        let Some((first, more)) = all.split_first() else { continue };
        let mut entry = Entry::of(first);
        for seen in more {
            entry.merge(seen);
        }
        seen.extend(entry.observations().into_iter().map(Seen::Task));
    }
    for seen in seen.chunks(SEEN_OF_A_CHANGE) {
        let change = Change { partition: whose(), seen: seen.to_vec() };
        done(ready(record(&stores.database, &stores.journal, &change, RULES))?)?;
    }
    // All of them were years ago.
    let mut has_more = true;
    while has_more {
        let script = close_before(whose(), SiteDay(i32::MAX), RULES, Target::InUse);
        has_more = done(done(ready(stores.database.transact(Access::Write, script))?)?)?.has_more;
    }
    done(ready(close_lines(&stores.journal, SiteDay(20_000)))?).map(drop)
}

fn put(
    out: &mut impl Write,
    (store, key, is_text): (&str, &serde_json::Value, bool),
    value: &[u8],
) -> io::Result<()> {
    let head = json!([store, key, is_text]).to_string();
    for length in [head.len(), value.len()] {
        out.write_all(&u32::try_from(length).map_err(io::Error::other)?.to_le_bytes())?;
    }
    out.write_all(head.as_bytes())?;
    out.write_all(value)
}

fn key(parts: &[Part]) -> serde_json::Value {
    let part = |part: &Part| match part {
        Part::Number(number) => json!(number),
        Part::Text(text) => json!(text),
    };
    parts.iter().map(part).collect()
}

fn whose() -> Partition {
    Partition(WHOSE.to_owned())
}
