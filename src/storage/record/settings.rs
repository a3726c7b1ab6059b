//! The settings as they are in the small store.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::common::{RecordError, is_false, odd, parse, version_of, write};
use crate::domain::{Currency, Limits, PayUnit, Settings};

const NEWEST: u32 = 1;

/// Reads settings of any version up to the newest; no text is the defaults.
pub fn decode_settings(text: Option<&str>) -> Result<Settings, RecordError> {
    let Some(text) = text else { return Ok(Settings::default()) };
    version_of(text, NEWEST)?;
    let record: SettingsRecordV1 = parse(text)?;
    let mut limits = BTreeMap::new();
    for (code, pair) in record.limits {
        let currency = Currency::from_code(&code).ok_or_else(|| odd("limits"))?;
        let pair = Limits::new(pair.fair_micros, pair.good_micros).ok_or_else(|| odd("limits"))?;
        limits.insert(currency, pair);
    }
    let unit = match record.unit {
        UnitV1::Minute => PayUnit::Minute,
        UnitV1::Hour => PayUnit::Hour,
    };
    let sites_off = record.sites_off.into_iter().collect();
    Ok(Settings {
        unit,
        limits,
        sites_off,
        show_blocked: record.show_blocked,
        show_clock: !record.hide_clock,
    })
}

/// Writes settings in the newest version.
pub fn encode_settings(settings: &Settings) -> String {
    let limits = settings.limits.iter().map(|(currency, limits)| {
        let pair = LimitsV1 { fair_micros: limits.fair_micros(), good_micros: limits.good_micros() };
        (currency.code().to_owned(), pair)
    });
    write(&SettingsRecordV1 {
        v: 1,
        unit: match settings.unit {
            PayUnit::Minute => UnitV1::Minute,
            PayUnit::Hour => UnitV1::Hour,
        },
        limits: limits.collect(),
        sites_off: settings.sites_off.iter().cloned().collect(),
        show_blocked: settings.show_blocked,
        hide_clock: !settings.show_clock,
    })
}

#[derive(Serialize, Deserialize)]
struct SettingsRecordV1 {
    v: u32,
    unit: UnitV1,
    /// Millionths per minute of work, by currency code.
    limits: BTreeMap<String, LimitsV1>,
    sites_off: Vec<String>,
    show_blocked: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    hide_clock: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum UnitV1 {
    Minute,
    Hour,
}

#[derive(Serialize, Deserialize)]
struct LimitsV1 {
    fair_micros: i64,
    good_micros: i64,
}
