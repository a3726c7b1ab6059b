//! A saved file: what goes in comes out, whatever is lost is named, and nothing else is lost with it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test should stop at the line")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::history::tests::observations;
use crate::domain::history::{Entry, EntryId, Fact, Observation, Source};
use crate::domain::{Settings, SiteDay, Timestamp};

fn section() -> Section {
    Section { site: "mturk".to_owned(), account: Some(1) }
}

fn entries(seen: &[Observation]) -> Vec<Entry> {
    let mut entries: BTreeMap<_, Entry> = BTreeMap::new();
    for seen in seen {
        entries.entry(seen.id.clone()).or_insert_with(|| Entry::new(seen.id.clone())).merge(seen);
    }
    entries.into_values().collect()
}

fn packed(entries: &[Entry]) -> Vec<u8> {
    let mut packer = Packer::new(SiteDay(20_779), "0.1.0");
    packer.settings(&Settings::default());
    for entry in entries {
        packer.entry(&section(), entry);
    }
    packer.end();
    packer.take()
}

fn read(bytes: &[u8], piece: usize) -> (Vec<ToldLine>, Ending) {
    let mut reader = FileReader::default();
    let mut lines = Vec::new();
    for piece in bytes.chunks(piece.max(1)) {
        lines.extend(reader.feed(piece));
    }
    let (last, ending) = reader.finish();
    lines.extend(last);
    (lines, ending)
}

fn kept(lines: &[ToldLine]) -> Vec<Entry> {
    let seen = lines.iter().filter_map(|line| match &line.told {
        Told::Saved(SavedLine::Entry(_, seen)) => Some(seen.clone()),
        _ => None,
    });
    entries(&seen.flatten().collect::<Vec<_>>())
}

/// So many tasks that the file has several members.
fn many() -> Vec<Entry> {
    let task = |number: u32| {
        let noise: String =
            (0..40_u32).map(|at| char::from_u32(0x61 + (number * 31 + at * at * 7) % 26).unwrap()).collect();
        Entry::of(&Observation {
            id: EntryId(format!("3A{number:05}")),
            seen_at: Timestamp(i64::from(number)),
            source: Source::WorkPage,
            facts: vec![Fact::Title(format!("An invented survey {number} {noise}"))],
        })
    };
    (0..1_200).map(task).collect()
}

fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut rest = bytes;
    let mut text = Vec::new();
    while let pack::Taken::Member { text: more, bytes, .. } = pack::take(rest) {
        text.extend(more);
        rest = &rest[bytes..];
    }
    assert!(rest.is_empty());
    text
}

proptest! {
    #[test]
    fn what_is_saved_is_read_again(seen in observations(), piece in 1_usize..5_000) {
        let entries = entries(&seen);
        let bytes = packed(&entries);
        for bytes in [plain(&bytes), bytes] {
            let (lines, ending) = read(&bytes, piece);
            prop_assert_eq!(ending, Ending::Whole);
            prop_assert_eq!(kept(&lines), entries.clone());
            prop_assert_eq!(lines.len(), entries.len() + 1);
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), piece in 1_usize..50) {
        let _ = read(&bytes, piece);
        let _ = read(&[&pack::MEMBER[..], &bytes].concat(), piece);
        let _ = read(&[b"{\"wagelight\":\"everything\",\"v\":1}\n", &bytes[..]].concat(), piece);
    }
}

#[test]
fn a_cut_file_says_so_and_loses_only_what_was_cut_off() {
    let entries = many();
    let bytes = packed(&entries);
    for cut in (0..bytes.len()).step_by(bytes.len() / 12).chain((bytes.len() - 40..bytes.len()).step_by(7)) {
        let (lines, ending) = read(&bytes[..cut], 4_096);
        assert!(matches!(ending, Ending::Cut | Ending::Foreign), "cut at {cut}: {ending:?}");
        assert!(ending == Ending::Cut || cut < 40_000, "cut at {cut}");
        let found = kept(&lines);
        assert_eq!(found, entries[..found.len()], "cut at {cut}");
    }
    let text = plain(&bytes);
    for cut in (100..text.len()).step_by(text.len() / 9) {
        let (lines, ending) = read(&text[..cut], 4_096);
        let found = kept(&lines);
        assert_eq!((ending, &found[..]), (Ending::Cut, &entries[..found.len()]), "cut at {cut}");
        assert!(found.len() + 4 >= text[..cut].split(|byte| *byte == b'\n').count() - 1);
    }
}

#[test]
fn a_changed_byte_loses_one_member_which_is_named() {
    let entries = many();
    let bytes = packed(&entries);
    for at in (0..bytes.len()).step_by(bytes.len() / 12).chain((0..40).step_by(3)) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        let (lines, ending) = read(&changed, 10_000);
        let found = kept(&lines);
        let gaps: Vec<_> = lines.iter().filter(|line| matches!(line.told, Told::Gap(_))).collect();
        if let [ToldLine { number, told: Told::Gap(Some(through)) }] = gaps.as_slice() {
            let lost = usize::try_from(through - number + 1).unwrap();
            assert!(lost < 900, "byte {at} lost {lost} lines");
            assert_eq!(ending, Ending::Damaged, "byte {at}");
            assert!(found.len() + lost >= entries.len(), "byte {at}");
        } else if gaps.is_empty() {
            // The length of the text, which nothing reads.
            assert_eq!((found.len(), ending), (entries.len(), Ending::Whole), "byte {at}");
        } else {
            assert_eq!(ending, Ending::Cut, "byte {at} of the last member");
        }
        assert!(found.iter().all(|entry| entries.contains(entry)), "byte {at} changed a task");
    }
}

#[test]
fn a_changed_plain_line_is_noticed() {
    let text = String::from_utf8(plain(&packed(&many()[..5]))).unwrap();
    let (lines, ending) = read(text.replace("survey 3", "survey 4").as_bytes(), 100);
    assert_eq!((kept(&lines).len(), ending), (5, Ending::Changed));
    let (lines, ending) = read(text.replace("\"at\":3", "\"at\":x").as_bytes(), 100);
    assert_eq!(kept(&lines).len(), 4);
    assert_eq!(ending, Ending::Changed);
    let refused: Vec<_> = lines.iter().filter(|line| matches!(line.told, Told::Refused(_))).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused.first().unwrap().number, 6);
}

#[test]
fn other_files_are_told_apart() {
    let ending = |bytes: &[u8]| read(bytes, 7).1;
    assert_eq!(ending(b""), Ending::Foreign);
    assert_eq!(ending(b"hit,requester,reward\n1,2,3\n"), Ending::Foreign);
    assert_eq!(ending(&b"hit,requester,reward\n".repeat(1_000)), Ending::Foreign);
    assert_eq!(ending(b"{\"wagelight\":\"everything\",\"v\":2}\n{\"of\":\"mturk\"}\n"), Ending::Newer);
    assert_eq!(ending(b"{\"wagelight\":\"everything\",\"v\":1}\n"), Ending::Cut);
    assert_eq!(
        ending(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]),
        Ending::OtherPacking
    );
    let mut newer = packed(&[]);
    newer[16] = 2;
    assert_eq!(ending(&newer), Ending::Newer);
    assert_eq!(read(&vec![b'x'; 3_000_000], 65_536).1, Ending::Foreign);
}

#[test]
fn a_file_of_version_1_loads_for_ever() {
    let sample =
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records/everything-v1.jsonl.gz"));
    let (lines, ending) = read(sample, 100);
    assert_eq!(ending, Ending::Whole);
    let kinds: Vec<&str> = lines
        .iter()
        .map(|line| match &line.told {
            Told::Saved(SavedLine::Entry(of, seen)) => {
                assert_eq!(*of, section());
                assert_eq!(seen.iter().map(|seen| seen.facts.len()).sum::<usize>(), 34);
                "entry"
            }
            Told::Saved(SavedLine::Bonus(..)) => "bonus",
            Told::Saved(SavedLine::Rating(_)) => "rating",
            Told::Saved(SavedLine::Block(_)) => "block",
            Told::Saved(SavedLine::Settings(_)) => "settings",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["settings", "rating", "block", "block", "entry", "bonus"]);
}
