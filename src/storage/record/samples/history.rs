//! The kept sample of every version of the history's records must be readable for ever.

use super::super::*;
use crate::domain::history::{
    DayBonus, Entry, EntryId, Fact, How, Observation, Origin, Percent, ReturnReason, ServerState, Source,
    StateWord, Tally, Worked,
};
use crate::domain::{Currency, Kind, Money, Partition, RequesterId, SiteDay, TaskId, Timestamp};
use crate::storage::journal::{Change, FileRead, JournalHead, Line, Seen, decode_file, encode_file};
use crate::storage::packed::block::{decode_day, encode_day};
use crate::storage::packed::tally::{decode_tally, encode_tally};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records/", $name)).trim_end()
    };
}

macro_rules! sample_bytes {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records/", $name))
    };
}

fn usd(micros: i64) -> Money {
    Money { micros, currency: Currency::USD }
}

/// An observation with every kind of fact.
fn full() -> Observation {
    let at = Timestamp(1_795_000_000_000);
    let words = [
        StateWord::Held,
        StateWord::Submitted,
        StateWord::SubmitFailed,
        StateWord::Returned(Some(ReturnReason::Underpaid(Percent::new(40)))),
        StateWord::Expired,
        StateWord::Gone,
        StateWord::ScreenedOut,
        StateWord::Server(ServerState::Rejected),
        StateWord::Server(ServerState::Paid),
    ];
    let mut facts = vec![
        Fact::TaskId(TaskId("3TASK0000000000000000000000EX".to_owned())),
        Fact::GroupId(TaskId("3GROUP000000000000000000000EX".to_owned())),
        Fact::Requester { id: Some(RequesterId("A00EXAMPLE000".to_owned())), name: "Lab 研究".to_owned() },
        Fact::Title("An invented survey".to_owned()),
        Fact::Description("Say what you think.".to_owned()),
        Fact::Kind(Kind::Screener),
        Fact::Requirements("Masters".to_owned()),
        Fact::AllottedSecs(3_600),
        Fact::Available(7),
        Fact::Reward(usd(250_000)),
        Fact::Promised("+ $2 bonus".to_owned()),
        Fact::Bonus(usd(2_000_000)),
        Fact::AcceptedAt(at),
        Fact::SubmittedAt(Timestamp(at.0 + 600_000)),
        Fact::DecidedAt(Timestamp(at.0 + 700_000)),
        Fact::PaidAt(Timestamp(at.0 + 800_000)),
        Fact::Deadline(Timestamp(at.0 + 3_600_000)),
        Fact::SiteDay(SiteDay(20_775)),
        Fact::Feedback(Some("Thank you".to_owned())),
        Fact::Worked(Worked::new(540, 600, 600, How::PartlyElsewhere)),
        Fact::Note("a note".to_owned()),
        Fact::Tags(vec!["fun".to_owned(), "long".to_owned()]),
        Fact::PaysFor(EntryId("3EARLIER000000000000000000000".to_owned())),
    ];
    facts.extend(words.map(Fact::State));
    Observation {
        id: EntryId("3ASSIGNMENT0000000000000000EX".to_owned()),
        seen_at: at,
        source: Source::StatusPage,
        facts,
    }
}

fn entry() -> Entry {
    Entry::of(&full())
}

fn day_sum() -> DaySum {
    let mut sum = DaySum::new(SiteDay(20_775));
    sum.tally.add(&entry());
    let mut returned = Entry::new(EntryId("3B".to_owned()));
    returned.merge(&Observation {
        facts: vec![
            Fact::State(StateWord::Returned(Some(ReturnReason::Underpaid(Percent::new(40))))),
            Fact::SiteDay(SiteDay(20_775)),
        ],
        ..full()
    });
    sum.tally.add(&returned);
    let origin = Origin { seen_at: Timestamp(5), source: Source::StatusPage };
    sum.bonus.tell(usd(3_000_000), origin);
    sum.bonus.share(entry().id(), usd(1_000_000), Origin { source: Source::Worker, ..origin }).unwrap();
    sum.is_closed = true;
    sum
}

fn change() -> Change {
    let partition = Partition("mturk".to_owned());
    Change { partition, seen: vec![Seen::Task(full()), Seen::Bonus(day_sum().bonus)] }
}

#[test]
fn entry_version_1() {
    let text = sample!("entry-v1.txt");
    assert_eq!(decode_open(text), Ok(OpenRecord::Entry(Box::new(entry()))));
    assert_eq!(encode_entry(&entry()), text);
    let ids = ["3A", "3B"].map(|id| EntryId(id.to_owned()));
    let text = sample!("assignments-v1.txt");
    assert_eq!(decode_open(text), Ok(OpenRecord::Assignments(ids.to_vec())));
    assert_eq!(encode_assignments(&ids), text);
}

#[test]
fn sums_version_1() {
    let sum = day_sum();
    assert_eq!(decode_day_sum(SiteDay(20_775), Some(sample!("day-sum-v1.txt"))).as_ref(), Ok(&sum));
    assert_eq!(encode_day_sum(&sum), sample!("day-sum-v1.txt"));
    assert_eq!(decode_tally(Some(sample_bytes!("tally-v1.bin"))).as_ref(), Ok(&sum.tally));
    assert_eq!(encode_tally(&sum.tally), sample_bytes!("tally-v1.bin"));
    assert_eq!(decode_tally(None), Ok(Tally::new()));
    let other = DayBonus::new(SiteDay(1));
    assert_eq!(decode_day_sum(SiteDay(1), None).map(|sum| sum.bonus), Ok(other));
}

#[test]
fn history_heads_version_1() {
    let partitions = vec![Partition("mturk".to_owned())];
    let head = HistoryHead { last: 9, checksum: 77, entries: 5, generation: 2, partitions };
    assert_eq!(HistoryHead::decode(Some(sample!("history-head-v1.txt"))).as_ref(), Ok(&head));
    assert_eq!(head.encode(), sample!("history-head-v1.txt"));
    let head =
        JournalHead { last: 10, checksum: 78, is_rewriting: true, ..JournalHead::default() }.knowing(&head);
    assert_eq!(JournalHead::decode(Some(sample!("journal-head-v1.txt"))).as_ref(), Ok(&head));
    let head = JournalHead { newest_file: Some("000000000001-000000000010 2026-11-21".to_owned()), ..head };
    assert_eq!(JournalHead::decode(Some(sample!("journal-head-v2.txt"))).as_ref(), Ok(&head));
    let head = JournalHead { whole_from: 7, ..head };
    assert_eq!(JournalHead::decode(Some(sample!("journal-head-v3.txt"))).as_ref(), Ok(&head));
    assert_eq!(head.encode(), sample!("journal-head-v3.txt"));
}

#[test]
fn journal_line_and_file_version_1() {
    let line = sample!("journal-line-v1.txt");
    assert_eq!(Line::decode(line), Ok(Line { number: 17, change: change() }));
    assert_eq!(change().to_line(17), line);
    let lines = vec![(17, line.to_owned())];
    let read = decode_file("f", sample_bytes!("journal-file-v1.bin"));
    assert_eq!(read, FileRead { lines: lines.clone(), problems: Vec::new() });
    // Compressors change; what they compressed must be readable.
    assert_eq!(decode_file("f", &encode_file(&lines)).lines, lines);
}

#[test]
fn journal_file_version_2() {
    // The first is of tasks alone and kept as columns, the second has a bonus too.
    let change_of = |seen| Change { partition: Partition("mturk".to_owned()), seen };
    let tasks = change_of(vec![Seen::Task(full()), Seen::Task(full())]);
    let lines = vec![(17, tasks.to_line(17)), (18, change().to_line(18))];
    let read = decode_file("f", sample_bytes!("journal-file-v2.bin"));
    assert_eq!(read, FileRead { lines: lines.clone(), problems: Vec::new() });
    assert_eq!(decode_file("f", &encode_file(&lines)).lines, lines);
}

#[test]
fn day_version_1() {
    assert_eq!(decode_day(sample_bytes!("day-v1.bin")), Ok(vec![entry()]));
    assert_eq!(decode_day(&encode_day(&[entry()])), Ok(vec![entry()]));
}

#[test]
fn a_newer_or_damaged_record_is_kept_as_an_error() {
    let newer = |text: &str| format!("{:08x}{text}", crc32fast::hash(text.as_bytes()));
    let two = newer(r#"{"v":2,"anything":[]}"#);
    let four = newer(r#"{"v":4,"anything":[]}"#);
    let newer = RecordError::Newer { version: 2 };
    assert_eq!(decode_open(&two), Err(newer.clone()));
    assert_eq!(decode_day_sum(SiteDay(1), Some(&two)), Err(newer.clone()));
    assert_eq!(HistoryHead::decode(Some(&two)), Err(newer));
    assert_eq!(JournalHead::decode(Some(&four)), Err(RecordError::Newer { version: 4 }));
    let text = sample!("entry-v1.txt");
    for at in (0..text.len()).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + 1)) {
        let changed = format!("{}{}{}", &text[..at], '\u{1}', &text[at + 1..]);
        assert!(decode_open(&changed).is_err(), "byte {at}");
        assert!(decode_open(&text[..at]).is_err(), "cut at {at}");
    }
}
