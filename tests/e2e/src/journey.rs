//! Journeys and the matrix of circumstances that each goes through.

use crate::browser::{Install, Kind, Subject};
use crate::stage::{Reasons, Stage};
use crate::world::{Background, Circumstances, Csp, World};
use anyhow::Result;
use libtest_mimic::Trial;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// What a journey does; it fails by an error.
pub(crate) type Run = for<'a> fn(&'a mut World) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// In which circumstances a journey is made. Each also in both browsers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matrix {
    /// With and without CSP, with the background left alone and killed.
    Whole,
    /// With and without CSP: in both hosts. The journey itself decides about the background.
    Hosts,
    /// Once: it makes its own circumstances.
    Once,
}

/// Something a person does, from the first click to what they see at the end.
#[derive(Clone, Copy)]
pub(crate) struct Journey {
    /// Its name, a sentence in snake case.
    pub(crate) name: &'static str,
    /// The extension it is made with.
    pub(crate) subject: Subject,
    /// How long the extension must stay installed.
    pub(crate) install: Install,
    /// Its circumstances.
    pub(crate) matrix: Matrix,
    /// What it does.
    pub(crate) run: Run,
}

impl fmt::Debug for Journey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Matrix {
    fn circumstances(self) -> Vec<(Csp, Background)> {
        match self {
            Self::Once => vec![(Csp::None, Background::LeftAlone)],
            Self::Hosts => {
                vec![(Csp::None, Background::LeftAlone), (Csp::DefaultSrcNone, Background::LeftAlone)]
            }
            Self::Whole => vec![
                (Csp::None, Background::LeftAlone),
                (Csp::None, Background::KilledBetweenSteps),
                (Csp::DefaultSrcNone, Background::LeftAlone),
                (Csp::DefaultSrcNone, Background::KilledBetweenSteps),
            ],
        }
    }
}

/// Every journey in all its circumstances. Neighbours differ in the browser, so that two threads share the work.
pub(crate) fn trials(journeys: &[Journey], reasons: &Reasons) -> Result<Vec<Trial>> {
    let stages = Kind::ALL.map(|kind| Stage::new(kind, reasons.clone()).map(|stage| (kind, Arc::new(stage))));
    let stages: Vec<(Kind, Arc<Stage>)> = stages.into_iter().collect::<Result<_>>()?;
    let mut trials = Vec::new();
    for &journey in journeys {
        for (csp, background) in journey.matrix.circumstances() {
            for (kind, stage) in &stages {
                trials.push(trial(journey, (*kind, csp, background), Arc::clone(stage)));
            }
        }
    }
    Ok(trials)
}

fn trial(journey: Journey, (kind, csp, background): (Kind, Csp, Background), stage: Arc<Stage>) -> Trial {
    let name = match journey.matrix {
        Matrix::Once => format!("{}::{kind}", journey.name),
        Matrix::Hosts => format!("{}::{kind}::{csp}", journey.name),
        Matrix::Whole => format!("{}::{kind}::{csp}::{background}", journey.name),
    };
    let circumstances = Circumstances { trial: name.replace("::", "/"), csp, background };
    Trial::test(name, move || stage.run(journey, circumstances))
}
