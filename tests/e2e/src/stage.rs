//! One stage a browser: starting one costs seconds, so journeys share it for as long as they leave it in order.

use crate::browser::{Beside, Install, Kind, Setup, Subject, Window};
use crate::journey::Journey;
use crate::world::{Circumstances, World};
use anyhow::Result;
use libtest_mimic::Failed;
use std::sync::{Mutex, PoisonError};
use tokio::runtime::{Builder, Runtime};

/// A browser kind's stage. Trials take turns on it; the last one that lets go of it closes the browser.
pub(crate) struct Stage {
    kind: Kind,
    runtime: Runtime,
    /// Empty before the first journey, while one runs, and after one that failed: nobody tidies up after a failure.
    world: Mutex<Option<World>>,
}

impl Stage {
    /// An empty stage.
    pub(crate) fn new(kind: Kind) -> Result<Self> {
        // A thread of its own for the market: it answers also while a journey does something else.
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Self { kind, runtime, world: Mutex::new(None) })
    }

    /// Runs a journey in a world that looks new to it.
    pub(crate) fn run(&self, journey: Journey, trial: Circumstances) -> Result<(), Failed> {
        let mut place = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let used = place.take();
        let world = self.runtime.block_on(self.perform(used, journey, trial));
        *place = Some(world.map_err(|error| format!("{error:#}"))?);
        Ok(())
    }

    async fn perform(&self, used: Option<World>, journey: Journey, trial: Circumstances) -> Result<World> {
        let wanted = |market_port| Setup {
            market_port,
            subject: journey.subject,
            install: journey.install,
            beside: Beside::Probe,
            window: Window::Hidden,
        };
        let mut world = self.world_for(used, &journey, wanted, &trial).await?;
        let mut outcome = world.prepare(trial).await;
        if outcome.is_ok() {
            outcome = (journey.run)(&mut world).await;
        }
        if outcome.is_ok() {
            outcome = world.finish().await;
        }
        match outcome {
            Ok(()) => Ok(world),
            Err(error) => Err(world.explain(error).await),
        }
    }

    async fn world_for(
        &self,
        used: Option<World>,
        journey: &Journey,
        wanted: impl Fn(u16) -> Setup,
        trial: &Circumstances,
    ) -> Result<World> {
        if let Some(world) = used {
            let Setup { subject, install, .. } = world.setup();
            if !world.spent && fits(subject, install, journey) {
                return Ok(world);
            }
            world.browser.close().await?;
        }
        World::start(self.kind, wanted, trial.clone()).await
    }
}

fn fits(subject: Subject, install: Install, journey: &Journey) -> bool {
    // What is installed for good also serves a journey that does not need it.
    subject == journey.subject && (install == Install::Permanent || journey.install == Install::Temporary)
}

impl Drop for Stage {
    fn drop(&mut self) {
        let world = self.world.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(world) = world {
            // The browser's own drop kills what does not end.
            let _ = self.runtime.block_on(world.browser.close());
        }
    }
}
