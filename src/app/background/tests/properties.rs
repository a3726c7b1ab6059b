//! Any order of asks: no panic, no half change, undo restores exactly, the sums stay true.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::super::wire::{AgainPart, TallyPart};
use super::*;
use crate::ratings::{BlockIndex, Field};
use crate::storage::StoreName;
use crate::storage::record::decode_block;

fn field<T: Clone + core::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = Field<T>> {
    prop_oneof![Just(Field::Keep), Just(Field::Clear), proptest::sample::select(values).prop_map(Field::Set)]
}

fn patch() -> impl Strategy<Value = PatchPart> {
    let again = field(vec![AgainPart::Again, AgainPart::Never]);
    let note = field(vec![String::new(), "a note".to_owned(), "x".repeat(501)]);
    let stars = || field(vec![0_u8, 1, 5, 200]);
    (again, field(vec![true, false]), stars(), stars(), note).prop_map(|(again, broken, pay, speed, note)| {
        PatchPart { again, broken, pay, speed, note, ..PatchPart::default() }
    })
}

fn ask() -> impl Strategy<Value = Ask> {
    let site = || proptest::sample::select(vec!["mturk", "mturk-sandbox", "?"]).prop_map(str::to_owned);
    let id = || proptest::sample::select(vec!["A1", "A2", "A3", ""]).prop_map(str::to_owned);
    let title = || option::of(proptest::sample::select(vec!["t", "u"]).prop_map(str::to_owned));
    prop_oneof![
        (site(), id(), patch()).prop_map(|(site, id, patch)| Ask::Rate {
            site,
            requester_id: id,
            requester_name: String::new(),
            patch,
            task: None
        }),
        (site(), id()).prop_map(|(site, requester_id)| Ask::Unrate { site, requester_id }),
        (site(), id(), title()).prop_map(|(site, id, title)| Ask::Block {
            site,
            requester_id: id,
            requester_name: String::new(),
            title: title.clone(),
            title_key: title,
            reason: None
        }),
        (site(), id(), title()).prop_map(|(site, requester_id, title_key)| Ask::Unblock {
            site,
            requester_id,
            title_key
        }),
        (site(), 0_u64..70).prop_map(|(site, token)| Ask::Undo { site, token: token.to_string() }),
        (site(), id()).prop_map(|(site, id)| Ask::Facts { site, rows: vec![row(&id, None)] }),
        site().prop_map(|site| Ask::Hello { site }),
    ]
}

/// The records of one store, recounted.
fn recount(bench: &Bench, wanted: StoreName) -> TallyPart {
    let records = bench.stores.database.records();
    let texts: Vec<&String> =
        records.iter().filter(|(store, ..)| *store == wanted).map(|(_, _, text)| text).collect();
    let bytes = texts.iter().map(|text| u64::try_from(text.len()).unwrap()).sum();
    TallyPart { count: u64::try_from(texts.len()).unwrap(), bytes }
}

fn index_recounted(bench: &Bench, site: &str) -> BlockIndex {
    let records = bench.stores.database.records();
    let blocks: Vec<_> = records
        .iter()
        .filter(|(store, ..)| *store == StoreName::Blocks)
        .map(|(_, _, text)| decode_block(text).unwrap().value)
        .filter(|block| block.partition.0 == site)
        .collect();
    BlockIndex::of(blocks.iter().map(|block| (&block.requester, &block.scope)))
}

/// Ratings and blocks: what undo must bring back.
fn kept(bench: &Bench) -> Vec<(StoreName, crate::storage::Key, String)> {
    let is_kept = |store: StoreName| matches!(store, StoreName::Ratings | StoreName::Blocks);
    bench.stores.database.records().into_iter().filter(|(store, ..)| is_kept(*store)).collect()
}

proptest! {
    #[test]
    fn sums_and_index_stay_true_in_any_order(asks in vec(ask(), 1..60)) {
        let bench = Bench::own();
        for (now, ask) in (0_i64..).zip(&asks) {
            bench.ask_at(ask, now);
        }
        let Answer::Summary { ratings, blocks, undo, .. } = bench.ask(&Ask::StoredSummary) else {
            panic!("no summary")
        };
        prop_assert_eq!(ratings, recount(&bench, StoreName::Ratings));
        prop_assert_eq!(blocks, recount(&bench, StoreName::Blocks));
        prop_assert_eq!(undo, recount(&bench, StoreName::Undo).count);
        prop_assert!(undo <= 50);
        for site in ["mturk", "mturk-sandbox"] {
            let Answer::Hello(hello) = bench.ask(&Ask::Hello { site: site.into() }) else { panic!("no hello") };
            prop_assert_eq!(hello.blocks, index_recounted(&bench, site).to_base64());
        }
    }

    #[test]
    fn undo_restores_exactly(before in vec(ask(), 0..40), change in ask()) {
        let bench = Bench::own();
        for (now, ask) in (0_i64..).zip(&before) {
            bench.ask_at(ask, now);
        }
        let was = kept(&bench);
        let site = match &change {
            Ask::Rate { site, .. }
            | Ask::Unrate { site, .. }
            | Ask::Block { site, .. }
            | Ask::Unblock { site, .. } => site.clone(),
            _ => return Ok(()),
        };
        let answer = bench.ask_at(&change, 1_000);
        if kept(&bench) == was {
            return Ok(());
        }
        let undone = bench.ask_at(&Ask::Undo { site, token: token(&answer) }, 2_000);
        prop_assert!(matches!(undone, Answer::Saved { undo: None }), "{undone:?}");
        prop_assert_eq!(kept(&bench), was);
    }

    #[test]
    fn no_text_makes_the_engine_panic(message in "\\PC{0,300}", sender in "\\PC{0,80}") {
        let bench = Bench::asked_from(SenderWord { url: Some(sender), ..own_page() });
        bench.say(&message, 0);
        Bench::own().say(&message, 0);
    }
}
