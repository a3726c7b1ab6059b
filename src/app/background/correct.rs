//! Corrections on the history page: kept like what a page shows, then told to the tabs.

use super::wire::{Refusal, ScreenAsk, Why};
use super::{Sender, Stores, history, seen, words};
use crate::app::history::correct::{CorrectError, correct};
use crate::app::screens::{self, Outcome};
use crate::app::views::words::amount;
use crate::domain::history::ShareError;
use crate::domain::{Partition, Timestamp};
use crate::storage::journal::Journal;
use crate::storage::{Database, Local};

/// Keeps what an event says; the second part is what was mended on the way.
pub(super) async fn serve<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    event: &ScreenAsk,
    sender: &Sender,
    now: Timestamp,
) -> (Option<Outcome>, Vec<String>) {
    let Some(correction) = screens::correction(event) else { return (None, Vec::new()) };
    if sender.private {
        return (Some(failed("Private window: nothing is saved here")), Vec::new());
    }
    let whose = match history::whose(&stores.database, &screens::wish(event)).await {
        Ok(Some(whose)) => whose,
        Ok(None) => return (Some(failed("There is no history yet")), Vec::new()),
        Err(say) => return (Some(failed(&say)), Vec::new()),
    };
    match correct((&stores.database, &stores.journal), &whose, &correction, now).await {
        Ok(corrected) => {
            let site = whose.0.split('~').next().unwrap_or_default().to_owned();
            seen::ring(&stores.local, &Partition(site), &corrected.kept).await;
            let back = corrected.back.and_then(|back| serde_json::to_string(&back).ok());
            (Some(Outcome::Saved { back }), corrected.kept.mended)
        }
        Err(error) => (Some(told(&error)), Vec::new()),
    }
}

fn failed(say: &str) -> Outcome {
    Outcome::Failed { say: say.to_owned(), control: None }
}

fn told(error: &CorrectError) -> Outcome {
    let refusal = match error {
        CorrectError::NoTask => Refusal::new(Why::NotUnderstood, "This task is no longer in the history"),
        CorrectError::NotUnderstood => words::not_understood("no such day or currency"),
        CorrectError::Share(id, why) => {
            let say = match why {
                ShareError::NoSum => "The site has told no bonus of this day".to_owned(),
                ShareError::Negative => "A share cannot be less than 0".to_owned(),
                ShareError::OtherCurrency => "The bonus is in another currency".to_owned(),
                ShareError::MoreThanLeft(left) => format!("More than is left for it: {}", amount(*left)),
            };
            return Outcome::Failed { say, control: Some(id.0.clone()) };
        }
        CorrectError::Failed(failure) => seen::refusal(failure, "your correction"),
    };
    Outcome::Failed { say: refusal.say, control: None }
}
