//! Files and blocks with bytes cut off and changed.

use proptest::prelude::*;

use super::super::file::encode_in_chunks;
use super::*;
use crate::domain::history::tests::observations;
use crate::storage::history::Place;
use crate::storage::{StoreName, Value};

/// Lines whose texts hardly compress, over several chunks.
fn lines(count: u64) -> Vec<(u64, String)> {
    let mut seed = 7_u64;
    let mut letters = || {
        (0..300)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from(b'a' + u8::try_from((seed >> 33) % 26).unwrap())
            })
            .collect::<String>()
    };
    (1..=count)
        .map(|number| {
            let noted = seen(1, 5, vec![Fact::Note(letters())]);
            let change = Change { partition: mturk(), seen: vec![Seen::Task(noted)] };
            (number, change.to_line(number))
        })
        .collect()
}

/// What was read is a part of what was written, and damage is named.
fn assert_honest(bytes: &[u8], written: &[(u64, String)], most_lost: usize) {
    let read = decode_file("f", bytes);
    assert!(read.lines.iter().all(|line| written.contains(line)), "a line was altered");
    assert!(!read.problems.is_empty(), "damage was not named");
    assert!(read.lines.len() + most_lost >= written.len(), "{} of {}", read.lines.len(), written.len());
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let lines = lines(300);
    for file in [encode_file(&lines), in_chunks(&lines)] {
        assert_eq!(decode_file("f", &file), FileRead { lines: lines.clone(), problems: vec![] });
    }
    assert_eq!(decode_file("f", &encode_file(&[])), FileRead::default());
}

/// Lines of one chunk, at most.
const CHUNK_LINES: usize = 37;

/// In small chunks, so that few lines fill several.
fn in_chunks(lines: &[(u64, String)]) -> Vec<u8> {
    encode_in_chunks(lines, 16 * 1_024)
}

proptest! {
    /// Also lines that are none of ours, damaged or of another version, which stay as they are and are named.
    #[test]
    fn any_lines_come_back_to_the_letter(
        seen in observations(),
        texts in prop::collection::vec("\\PC{0,40}", 0..4),
        size in 1..3_000_usize,
    ) {
        let mut lines: Vec<(u64, String)> = Vec::new();
        for (number, seen) in (7_u64..).zip(seen.chunks(3)) {
            let seen = seen.iter().cloned().map(Seen::Task).collect();
            lines.push((number, Change { partition: mturk(), seen }.to_line(number)));
        }
        let good = lines.clone();
        lines.extend((1_000..).zip(texts));
        let read = decode_file("f", &encode_in_chunks(&lines, size));
        prop_assert_eq!(read.lines, good);
        prop_assert_eq!(read.problems.is_empty(), lines.iter().all(|(number, _)| *number < 1_000));
    }
}

#[test]
fn a_file_cut_anywhere_loses_one_chunk_at_most_and_says_so() {
    // The last chunk is larger than what is cut byte by byte.
    let lines = lines(110);
    let file = in_chunks(&lines);
    for end in file.len() - 4_096..file.len() {
        assert_honest(&file[..end], &lines, CHUNK_LINES);
    }
    for end in (0..file.len()).step_by(997) {
        assert_honest(&file[..end], &lines, 110);
    }
}

#[test]
fn a_file_with_any_byte_changed_loses_one_chunk_at_most_and_says_so() {
    let lines = lines(60);
    let file = in_chunks(&lines);
    for at in (0..64).chain((64..file.len()).step_by(13)).chain(file.len() - 64..file.len()) {
        for flip in [1, 0x80, 0xff] {
            let mut damaged = file.clone();
            damaged[at] ^= flip;
            assert_honest(&damaged, &lines, CHUNK_LINES);
        }
    }
}

#[test]
fn a_line_with_any_byte_changed_is_no_line() {
    let (_, line) = lines(1).remove(0);
    assert!(Line::decode(&line).is_ok());
    for at in 0..line.len() {
        let mut bytes = line.clone().into_bytes();
        bytes[at] ^= 1;
        let changed = String::from_utf8(bytes).unwrap();
        assert!(Line::decode(&changed).is_err(), "{changed}");
    }
}

fn thirty_days() -> Bench {
    let bench = Bench::default();
    for number in 0..30 {
        bench.see(&[accepted(number)]);
        let approved = vec![Fact::State(StateWord::Server(ServerState::Approved))];
        bench.see(&[seen(number, i64::from(number) * DAY_MS + 9, approved)]);
    }
    ready(close_lines(&bench.journal, SiteDay(29))).unwrap();
    bench.close_days(SiteDay(28)).unwrap();
    bench
}

fn block_of(bench: &Bench, day: usize) -> (crate::storage::Key, Vec<u8>) {
    let values = bench.database.values().into_iter().filter(|(store, ..)| *store == StoreName::Days);
    let (_, key, value) = values.into_iter().nth(day).unwrap();
    let Value::Bytes(bytes) = value else { panic!("a block is bytes") };
    (key, bytes)
}

#[test]
fn a_damaged_block_is_named_and_made_again_from_the_journal() {
    let bench = thirty_days();
    let (entries, (key, block)) = (bench.entries(), block_of(&bench, 3));
    for at in 0..block.len() {
        let mut damaged = block.clone();
        damaged[at] ^= 0x10;
        bench.database.plant(StoreName::Days, key.clone(), damaged.clone());
        let late = seen(3, 77 * DAY_MS, vec![Fact::Note("late".to_owned())]);
        let Err(Failure::Fault(fault)) = bench.record(vec![Seen::Task(late)]) else { panic!("byte {at}") };
        assert_eq!(fault.place, Place::Day(SiteDay(3)));
        let stored = block_of(&bench, 3).1;
        assert_eq!(stored, damaged, "a damaged record stays as it is");
    }
    let repaired = ready(repair_day(&bench.database, &bench.journal, (&mturk(), SiteDay(3)), RULES)).unwrap();
    assert_eq!(repaired, Repaired { day: SiteDay(3), kept: 1, lost: 0, is_exact: true });
    assert_eq!(bench.entries(), entries);
    bench.assert_counted();
}

#[test]
fn a_block_that_vanished_is_named_and_made_again() {
    let bench = thirty_days();
    let (entries, (key, _)) = (bench.entries(), block_of(&bench, 5));
    bench.database.lose(StoreName::Days, &key);
    let late = seen(5, 77 * DAY_MS, vec![Fact::Note("late".to_owned())]);
    assert!(matches!(bench.record(vec![Seen::Task(late)]), Err(Failure::Fault(_))));
    let repaired = ready(repair_day(&bench.database, &bench.journal, (&mturk(), SiteDay(5)), RULES)).unwrap();
    assert!(repaired.is_exact);
    assert_eq!(bench.entries(), entries);
}

#[test]
fn a_damaged_journal_file_loses_nothing_while_the_database_is_well_and_little_after() {
    let bench = thirty_days();
    let name = ready(bench.journal.files()).unwrap().remove(0);
    bench.journal.tamper(&name, |bytes| bytes.truncate(bytes.len() / 2));
    assert_eq!(bench.verdict(), Verdict::Same);
    let before = bench.entries();
    // The database's old generation is still there to be read: nothing is lost.
    let problems = bench.rebuild();
    assert!(!problems.is_empty());
    assert_eq!(bench.entries(), before);
    bench.assert_counted();
}

#[test]
fn an_emptied_or_shortened_database_is_noticed_at_once() {
    let bench = thirty_days();
    let before = bench.entries();
    let old = bench.database.values();
    bench.see(&[accepted(40)]);
    let head = old.iter().find(|(store, ..)| *store == StoreName::Meta).unwrap();
    bench.see(&[accepted(41)]);
    bench.database.plant(StoreName::Meta, head.1.clone(), head.2.clone());
    assert_eq!(bench.verdict(), Verdict::Rebuild(WhyRebuild::Shortened));
    bench.database.plant(StoreName::Meta, head.1.clone(), "garbage".to_owned());
    assert_eq!(bench.verdict(), Verdict::Rebuild(WhyRebuild::DamagedHead));
    bench.start();
    assert_eq!(bench.entries().len(), before.len() + 2);
    bench.database.empty();
    assert_eq!(bench.verdict(), Verdict::Rebuild(WhyRebuild::Emptied));
    bench.start();
    assert_eq!(bench.entries().len(), before.len() + 2);
}

#[test]
fn a_change_during_a_rebuild_is_kept() {
    let bench = thirty_days();
    bench.database.empty();
    assert_eq!(bench.see(&[accepted(50)]), Recorded::JournalOnly(WhyRebuild::Emptied));
    bench.start();
    assert_eq!(bench.entries().len(), 31);
}

#[test]
fn lost_files_are_noticed_while_the_head_survives() {
    let bench = thirty_days();
    let before = bench.entries();
    bench.journal.lose_files();
    let late = seen(5, 77 * DAY_MS, vec![Fact::Note("late".to_owned())]);
    assert_eq!(bench.record(vec![Seen::Task(late.clone())]), Err(Failure::JournalBehind));
    assert!(matches!(bench.verdict(), Verdict::JournalBehind(_)));
    bench.rewrite();
    assert!(matches!(bench.record(vec![Seen::Task(late)]), Ok(Recorded::Saved(_))));
    bench.database.empty();
    bench.start();
    assert_eq!(bench.entries().len(), before.len());
    bench.assert_counted();
}

#[test]
fn a_rebuild_after_the_journal_was_written_again_misses_nothing() {
    for with_files in [true, false] {
        let bench = thirty_days();
        let before = bench.entries();
        if with_files {
            bench.journal.lose_files();
        } else {
            bench.journal.empty();
        }
        assert_eq!(bench.start(), []);
        let lines: Vec<u64> =
            ready(bench.journal.lines()).unwrap().iter().map(|(number, _)| *number).collect();
        assert!(lines[0] > 61, "the first numbers stay away: {lines:?}");
        bench.database.empty();
        assert_eq!(bench.start(), []);
        assert_eq!(bench.entries(), before);
        ready(close_lines(&bench.journal, SiteDay(40))).unwrap();
        bench.see(&[accepted(40)]);
        bench.database.empty();
        assert_eq!(bench.start(), []);
        assert_eq!(bench.entries().len(), before.len() + 1);
    }
}

#[test]
fn a_rebuild_names_what_is_missing_behind_where_the_journal_was_written_again() {
    let bench = thirty_days();
    bench.journal.lose_files();
    bench.start();
    bench.see(&[accepted(40)]);
    bench.see(&[accepted(41)]);
    let last = ready(bench.journal.lines()).unwrap().pop().unwrap().0;
    let head = ready(bench.journal.head()).unwrap().unwrap();
    ready(bench.journal.append(last - 1, String::new(), head)).unwrap();
    bench.database.empty();
    let problems = bench.start();
    assert_eq!(
        problems,
        [crate::domain::Problem::new("journal", format!("change {} cannot be read", last - 1))]
    );
    assert_eq!(bench.entries().len(), 31);
}

#[test]
fn an_open_line_that_cannot_be_read_is_missed_though_no_file_was_ever_closed() {
    let bench = Bench::default();
    for number in 0..5 {
        bench.see(&[accepted(number)]);
    }
    assert_eq!(ready(check_files(&bench.journal, None, 1_000)).unwrap().problems, []);
    let head = ready(bench.journal.head()).unwrap().unwrap();
    ready(bench.journal.append(2, String::new(), head)).unwrap();
    let checked = ready(check_files(&bench.journal, None, 1_000)).unwrap();
    assert_eq!(checked.problems.len(), 1, "{checked:?}");
    bench.start();
    assert_eq!(ready(check_files(&bench.journal, None, 1_000)).unwrap().problems, []);
    bench.database.empty();
    assert_eq!(bench.start(), []);
    assert_eq!(bench.entries().len(), 5);
}
