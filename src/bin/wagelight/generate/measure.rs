//! What an invented history takes in the stores: on the stores of memory, so that only our own work is timed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use wagelight::domain::history::Observation;
use wagelight::domain::{Partition, SiteDay, SiteZone};
use wagelight::storage::history::{
    Limits, Query, Recount, Rules, Target, close_before, recount_batch, search,
};
use wagelight::storage::journal::{Change, Journal, MemoryJournal, Seen, close_lines, record};
use wagelight::storage::{Access, Database, MemoryDatabase};
use wagelight::wording::title_key;

use super::invent::Inventor;

pub(super) const RULES: Rules = Rules { zone: SiteZone::Pacific, title_key };

/// Both stores, in memory.
#[derive(Default)]
pub(super) struct Stores {
    pub(super) database: MemoryDatabase,
    pub(super) journal: MemoryJournal,
}

/// Stores them as a worker would make them, day by day, and says what that took.
pub(super) fn report(inventor: &Inventor, records: u32) -> io::Result<String> {
    let stores = Stores::default();
    let mut text = String::new();
    let began = Instant::now();
    let per_day = inventor.per_day();
    for first in (0..records).step_by(usize::try_from(per_day).unwrap_or(1)) {
        fill_day(&stores, inventor, (first, records.min(first.saturating_add(per_day))))?;
    }
    let _ = writeln!(text, "filled {records} in {:.1} s", began.elapsed().as_secs_f64());
    sizes(&mut text, &stores, records)?;
    let mut costs = Vec::new();
    for number in 0..21 {
        let seen = inventor.task(records + number);
        let change = Change { partition: mturk(), seen: seen.into_iter().take(1).map(Seen::Task).collect() };
        let began = Instant::now();
        done(ready(record(&stores.database, &stores.journal, &change, RULES))?)?;
        costs.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    let _ = writeln!(text, "one more task: {:.2} ms (median of 21)", median(costs));
    searches(&mut text, &stores, inventor, records)?;
    let began = Instant::now();
    let mut recount = Recount::default();
    while !recount.is_done {
        let script = recount_batch(mturk(), recount, RULES);
        recount = done(done(ready(stores.database.transact(Access::Write, script))?)?)?;
    }
    let _ = writeln!(
        text,
        "recount: {:.2} s, {} differences",
        began.elapsed().as_secs_f64(),
        recount.differences.len()
    );
    Ok(text)
}

/// A day as one batch of what was seen while working, and one of a status page; then older days are closed.
fn fill_day(stores: &Stores, inventor: &Inventor, (first, end): (u32, u32)) -> io::Result<()> {
    let all: Vec<Observation> = (first..end).flat_map(|number| inventor.task(number)).collect();
    let newest = all.iter().map(|seen| RULES.zone.day_of(seen.seen_at)).max().unwrap_or(SiteDay(0));
    let (told, own): (Vec<Observation>, Vec<Observation>) =
        all.into_iter().partition(|seen| seen.source.is_server());
    for seen in own.chunks(50).chain(told.chunks(500)) {
        let change = Change { partition: mturk(), seen: seen.iter().cloned().map(Seen::Task).collect() };
        done(ready(record(&stores.database, &stores.journal, &change, RULES))?)?;
    }
    let script = close_before(mturk(), newest.plus_days(-3), RULES, Target::InUse);
    done(done(ready(stores.database.transact(Access::Write, script))?)?)?;
    done(ready(close_lines(&stores.journal, newest))?).map(drop)
}

fn sizes(text: &mut String, stores: &Stores, records: u32) -> io::Result<()> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for (store, _, value) in stores.database.values() {
        *sizes.entry(store.as_str()).or_default() += value.len();
    }
    for name in done(ready(stores.journal.files())?)? {
        let bytes = done(ready(stores.journal.read_file(&name))?)?.unwrap_or_default();
        *sizes.entry("journal").or_default() += bytes.len();
    }
    let per_record = |bytes: usize| bytes / usize::try_from(records.max(1)).unwrap_or(1);
    for (store, bytes) in &sizes {
        let _ = writeln!(text, "{store}: {bytes} bytes, {} a record", per_record(*bytes));
    }
    let all: usize = sizes.values().sum();
    let _ = writeln!(text, "all: {all} bytes, {} a record", per_record(all));
    Ok(())
}

fn searches(text: &mut String, stores: &Stores, inventor: &Inventor, records: u32) -> io::Result<()> {
    let sample = inventor.task(records / 2);
    let facts: Vec<_> = sample.into_iter().flat_map(|seen| seen.facts).collect();
    let mut queries = vec![("everything", Query::default())];
    for fact in facts {
        use wagelight::domain::history::Fact;
        let query = match fact {
            Fact::Requester { id, .. } => ("a requester", Query { requester: id, ..Query::default() }),
            Fact::Title(title) => ("title words", Query { words: title, ..Query::default() }),
            Fact::Reward(reward) => ("an amount", Query { amount: Some(reward), ..Query::default() }),
            _ => continue,
        };
        queries.push(query);
    }
    let rejected = vec![wagelight::domain::history::State::Rejected];
    queries.push(("rejected", Query { states: rejected, ..Query::default() }));
    queries.push(("a word that is nowhere", Query { words: "penguin".to_owned(), ..Query::default() }));
    for (name, query) in queries {
        let limits = Limits { entries: 50, blocks: 64 };
        let reads = stores.database.reads();
        let began = Instant::now();
        let script = search(mturk(), query, None, limits, RULES);
        let found = done(done(ready(stores.database.transact(Access::Read, script))?)?)?;
        let millis = began.elapsed().as_secs_f64() * 1_000.0;
        let _ = writeln!(
            text,
            "search for {name}: {} found, {} reads, {millis:.1} ms",
            found.entries.len(),
            stores.database.reads() - reads
        );
    }
    Ok(())
}

fn mturk() -> Partition {
    Partition("mturk".to_owned())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

pub(super) fn done<T, E: std::fmt::Debug>(result: Result<T, E>) -> io::Result<T> {
    result.map_err(|error| io::Error::other(format!("{error:?}")))
}

/// The stores of memory never wait.
pub(super) fn ready<T>(future: impl Future<Output = T>) -> io::Result<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Ok(value),
        Poll::Pending => Err(io::Error::other("a store of memory waited")),
    }
}
