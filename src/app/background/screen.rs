//! Our own screens: the change that an event asks for, what the screen needs, and its picture.
//!
//! Made of the same asks that pages send, so that a screen can do nothing that is not permitted
//! to the page it stands in.

use super::wire::{Answer, Ask, ScreenAsk, ScreenName};
use super::{Sender, Stores, serve};
use crate::app::screens::{self, CareRead, Circumstances, HistoryRead};
use crate::domain::Timestamp;
use crate::storage::journal::Journal;
use crate::storage::{Database, Local};

/// Serves an event of a screen.
pub(super) async fn answer<D: Database, L: Local, J: Journal>(
    stores: &Stores<D, L, J>,
    event: &ScreenAsk,
    sender: &Sender,
    now: Timestamp,
) -> Answer {
    let one = async |ask: Ask| match sender.permit(&ask) {
        Ok(()) => serve(stores, ask, sender, now).await,
        Err(refusal) => refusal.into(),
    };
    let mut outcome = None;
    if screens::changes(event) && event.screen != ScreenName::History {
        let settings = one(Ask::SettingsGet).await;
        if let Some(order) = screens::order(event, &settings) {
            let mut done = one(order.clone()).await;
            if super::care::is_full(&done) && super::care::made_room(stores, now).await {
                done = one(order).await;
            }
            outcome = Some(done);
        }
    }
    let mut answers = Vec::new();
    for read in screens::reads(event) {
        let mut next = Some(read);
        while let Some(ask) = next {
            let answer = one(ask.clone()).await;
            next = screens::rest(&ask, &answer);
            answers.push((ask, answer));
        }
    }
    let history = match event.screen {
        ScreenName::History => {
            let (outcome, mended) = super::correct::serve(stores, event, sender, now).await;
            let read = super::history::read(&stores.database, &screens::wish(event), now).await;
            let problems = mended.into_iter().chain(read.problems).collect();
            HistoryRead { problems, outcome, ..read }
        }
        ScreenName::Popup if event.act == screens::DAY => {
            super::history::day::of_site(&stores.database, event.about("url").unwrap_or_default(), now).await
        }
        _ => HistoryRead::default(),
    };
    let care = match event.screen {
        ScreenName::Notices | ScreenName::Storage => super::care::read(stores, event, sender, now).await,
        _ => CareRead::default(),
    };
    let at = Circumstances { outcome, answers, private: sender.private, history, care };
    let shown = screens::show(event, &at);
    match serde_json::to_value(&shown.tree) {
        Ok(tree) => Answer::Screen { tree, close: shown.close, focus: shown.focus },
        Err(error) => super::words::not_understood(&error.to_string()).into(),
    }
}
