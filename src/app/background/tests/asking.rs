//! Who may ask what; settings.

use std::collections::BTreeMap;

use super::super::wire::{Hello, LimitsPart, SettingsPatch, UnitPart, Why};
use super::*;
use crate::ratings::Field;

fn why(answer: &Answer) -> Option<Why> {
    match answer {
        Answer::Refused(refusal) => Some(refusal.why),
        _ => None,
    }
}

fn hello() -> Ask {
    Ask::Hello { site: "mturk".into() }
}

fn broken() -> Ask {
    rate(PatchPart { broken: Field::Set(true), ..PatchPart::default() })
}

#[test]
fn only_we_ourselves_are_answered() {
    let strangers = [
        SenderWord::default(),
        SenderWord { id: Some("other".into()), ..site_page() },
        SenderWord { url: Some("https://worker.mturk.com.evil.example/".into()), ..site_page() },
        SenderWord { url: Some("https://evil.example/https://worker.mturk.com/".into()), ..site_page() },
        SenderWord { url: Some("https://worker.mturk.com:444/".into()), ..site_page() },
        SenderWord { url: Some("https://worker.mturk.com@evil.example/".into()), ..site_page() },
        SenderWord { url: Some("http://worker.mturk.com/".into()), ..site_page() },
        SenderWord { url: None, ..site_page() },
        SenderWord { frame: Some(3), ..site_page() },
        SenderWord { frame: None, ..site_page() },
    ];
    for stranger in strangers {
        let answer = Bench::asked_from(stranger.clone()).ask(&hello());
        assert_eq!(why(&answer), Some(Why::NotAllowed), "{stranger:?}");
    }
    assert!(matches!(Bench::site().ask(&hello()), Answer::Hello(_)));
}

#[test]
fn a_site_page_may_only_do_what_rows_need() {
    let bench = Bench::site();
    let noted = PatchPart { note: Field::Set("typed on the page".into()), ..PatchPart::default() };
    let forbidden = [
        Ask::SettingsGet,
        Ask::SettingsSet { patch: SettingsPatch::default() },
        Ask::StoredSummary,
        Ask::RatingGet { site: "mturk".into(), requester_id: ID.into() },
        Ask::Blocks { site: "mturk".into(), after: None, limit: None },
        Ask::Hello { site: "mturk-sandbox".into() },
        Ask::SwitchSite { site: "mturk-sandbox".into(), on: false },
        rate(noted),
    ];
    for ask in forbidden {
        assert_eq!(why(&bench.ask(&ask)), Some(Why::NotAllowed), "{ask:?}");
        assert_ne!(why(&Bench::own().ask(&ask)), Some(Why::NotAllowed), "{ask:?}");
    }
    assert!(matches!(
        bench.ask(&Ask::SwitchSite { site: "mturk".into(), on: false }),
        Answer::Settings { .. }
    ));
    assert!(matches!(bench.ask(&hello()), Answer::Hello(hello) if !hello.on));
    let sandbox = SenderWord { url: Some("https://workersandbox.mturk.com/".into()), ..site_page() };
    let sandbox = Bench::asked_from(sandbox);
    assert!(matches!(sandbox.ask(&Ask::Hello { site: "mturk-sandbox".into() }), Answer::Hello(_)));
}

#[test]
fn a_private_window_reads_and_saves_nothing() {
    for sender in [site_page(), own_page()] {
        let bench = Bench::asked_from(SenderWord { incognito: true, ..sender });
        let answer = bench.ask(&broken());
        let Answer::Refused(refusal) = &answer else { panic!("{answer:?}") };
        assert_eq!(refusal.say, "Private window: nothing is saved");
        assert!(matches!(bench.ask(&hello()), Answer::Hello(Hello { private: true, .. })));
        assert!(bench.stores.database.records().is_empty() && bench.bell().is_none());
    }
}

#[test]
fn settings_change_by_field_and_a_site_can_be_switched_off() {
    let bench = Bench::own();
    let limits = BTreeMap::from([
        ("USD".to_owned(), Some(LimitsPart { fair_micros: 100_000, good_micros: 200_000 })),
        ("EUR".to_owned(), None),
    ]);
    let sites = BTreeMap::from([("mturk".to_owned(), false)]);
    let patch = SettingsPatch { limits, sites, ..SettingsPatch::default() };
    bench.ask(&Ask::SettingsSet { patch });
    let patch = SettingsPatch { unit: Some(UnitPart::Hour), ..SettingsPatch::default() };
    let Answer::Settings { settings } = bench.ask(&Ask::SettingsSet { patch }) else { panic!("no settings") };
    assert_eq!((settings.unit, settings.sites_off.len()), (UnitPart::Hour, 1));
    assert_eq!(settings.limits.get("USD").unwrap().fair_micros, 100_000);
    assert_eq!(bench.ask(&Ask::SettingsGet), Answer::Settings { settings: settings.clone() });
    let site = Bench { sender: site_page(), ..bench };
    let answer = site.ask(&hello());
    assert!(matches!(&answer, Answer::Hello(hello) if !hello.on && hello.settings == settings));
}

#[test]
fn limits_out_of_order_are_refused() {
    let bench = Bench::own();
    for (fair_micros, good_micros) in [(2, 1), (0, 1), (-1, 1), (1, i64::MAX)] {
        let limits = BTreeMap::from([("USD".to_owned(), Some(LimitsPart { fair_micros, good_micros }))]);
        let patch = SettingsPatch { limits, ..SettingsPatch::default() };
        assert_eq!(why(&bench.ask(&Ask::SettingsSet { patch })), Some(Why::NotUnderstood));
    }
}
