//! The stores as they really are: `tests/wasm/stores.js`, run in a page of the packed extension.

use crate::browser::{Install, Subject};
use crate::journey::{Journey, Matrix};
use crate::world::World;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;

pub(crate) fn journeys() -> Vec<Journey> {
    vec![Journey {
        name: "the_stores_keep_their_word",
        subject: Subject::Wagelight,
        install: Install::Temporary,
        matrix: Matrix::Once,
        run: |world| Box::pin(the_stores_keep_their_word(world)),
    }]
}

/// What one test of `stores.js` came to.
#[derive(Debug, Deserialize)]
struct Outcome {
    name: String,
    error: Option<String>,
}

async fn the_stores_keep_their_word(world: &mut World) -> Result<()> {
    world.open_extension("pages/options.html").await?;
    let script = format!(
        "const done = arguments[0];\n{}\nglobalThis.runStoreTests().then(done, (error) => done(String(error)));",
        include_str!("../../../wasm/stores.js")
    );
    let told = world.browser.execute_async(&script, vec![]).await?;
    let outcomes: Vec<Outcome> = serde_json::from_value(told.clone()).with_context(|| told.to_string())?;
    ensure!(outcomes.len() >= 11, "only {} tests ran", outcomes.len());
    let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.error.is_some()).collect();
    for outcome in &outcomes {
        println!("stores: {}", outcome.name);
    }
    ensure!(failed.is_empty(), "{failed:#?}");
    Ok(())
}
