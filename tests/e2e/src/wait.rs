//! Waiting for a condition, never for a time.

use anyhow::{Context, Result, bail};
use std::time::{Duration, Instant};

/// How long a condition may take before the test says that it never came.
///
/// Generous, because it is only ever spent by a test that fails: two slow cores start two browsers at a time.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(15);

/// Looks again and again until `look` finds something, and says in the error what it was waiting for.
///
/// An error of `look` counts as "not yet" (a page between two documents refuses scripts) and is told when time is up.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    until_within(PATIENCE, what, look).await
}

/// As [`until`], with a patience of its own.
pub(crate) async fn until_within<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + patience;
    loop {
        let seen = look().await;
        if let Ok(Some(found)) = seen {
            return Ok(found);
        }
        if Instant::now() >= deadline {
            let waited = format!("waited {} s for {what}", patience.as_secs());
            return match seen {
                Err(error) => Err(error).context(waited),
                Ok(_) => bail!(waited),
            };
        }
        #[expect(clippy::disallowed_methods, reason = "the one poll loop: it looks again, it does not hope")]
        tokio::time::sleep(PAUSE).await;
    }
}
