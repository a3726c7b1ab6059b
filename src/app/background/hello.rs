//! The first thing a page asks: settings and the block index, before its first paint.

use super::blocks::with_index;
use super::wire::{Answer, Hello, Refusal, SettingsPart};
use super::words::{self, record_problem};
use super::{Plan, SettingsRead, done};
use crate::domain::Settings;
use crate::storage::record::block_index_key;
use crate::storage::{Access, Found, Read, Step, StoreName};

pub(super) fn plan(site: &str, private: bool, settings: SettingsRead) -> Result<Plan, Refusal> {
    let partition = words::partition(site)?;
    let problem = settings.as_ref().err().map(|error| record_problem(error, "The settings"));
    let settings = settings.unwrap_or_else(|_| Settings::default());
    let hello = Hello {
        on: !settings.sites_off.contains(&partition.0),
        settings: SettingsPart::from(&settings),
        private,
        blocks: String::new(),
        problem,
    };
    let degraded = Some(hello.clone());
    let reads = vec![Read::Get(StoreName::Meta, block_index_key(&partition))];
    let script = Step::read(reads, move |found| {
        let text = found.into_iter().next().and_then(Found::into_text);
        with_index(text.as_deref(), partition, move |index| {
            done(Answer::Hello(Hello { blocks: index.to_base64(), ..hello }))
        })
    });
    Ok(Plan { access: Some(Access::Read), script, degraded })
}
