//! One stage a browser: starting one costs seconds, so journeys share it for as long as they leave it in order.

use crate::browser::{Beside, Install, Kind, Setup, Subject, Window};
use crate::journey::Journey;
use crate::world::{Circumstances, World};
use anyhow::Result;
use libtest_mimic::Failed;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::{Builder, Runtime};

/// A browser kind's stage. Trials take turns on it; the last one that lets go of it closes the browser.
pub(crate) struct Stage {
    kind: Kind,
    runtime: Runtime,
    /// Empty before the first journey, while one runs, and after one that failed: nobody tidies up after a failure.
    world: Mutex<Option<World>>,
    reasons: Reasons,
}

impl Stage {
    /// An empty stage.
    pub(crate) fn new(kind: Kind, reasons: Reasons) -> Result<Self> {
        // A thread of its own for the market: it answers also while a journey does something else.
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Self { kind, runtime, world: Mutex::new(None), reasons })
    }

    /// Runs a journey in a world that looks new to it.
    pub(crate) fn run(&self, journey: Journey, trial: Circumstances) -> Result<(), Failed> {
        let mut place = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let used = place.take();
        let name = trial.trial.clone();
        match self.runtime.block_on(self.perform(used, journey, trial)) {
            Ok(world) => {
                *place = Some(world);
                Ok(())
            }
            Err(error) => {
                self.reasons.note(&name, &error);
                Err(format!("{error:#}").into())
            }
        }
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

/// Why trials failed, a line each: of a long log often only the end is kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reasons(Arc<Mutex<Vec<String>>>);

impl Reasons {
    /// Says at once why a trial failed, and notes it.
    fn note(&self, trial: &str, error: &anyhow::Error) {
        let why = format!("{error:#}").lines().collect::<Vec<_>>().join(" ");
        let line = format!("{trial}: {}", why.chars().take(600).collect::<String>());
        eprintln!("\n{line}");
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// Says all of it again.
    pub(crate) fn print(&self) {
        for line in self.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            eprintln!("{line}");
        }
    }
}
