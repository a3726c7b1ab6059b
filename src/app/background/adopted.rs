//! An account whose history was loaded from a file before the account was known here.

use super::wire::Ask;
use super::{Place, Sender};
use crate::app::history::{keep, partition};
use crate::domain::Partition;
use crate::storage::record::{encode_places, places_key};
use crate::storage::{Access, Database, Step, StoreName, Write};

/// The sender with the name under which its account's history is kept here.
///
/// Where that is one that was loaded, the first change of the history writes down whose it is. What cannot be
/// looked up stays as it is: the ask itself will say what is wrong.
pub(super) async fn sender<D: Database>(database: &D, ask: &Ask, sender: Sender) -> Sender {
    let (Place::SitePage(site), Some(account)) = (sender.place, sender.account.as_deref()) else {
        return sender;
    };
    // All else is the same for every account, and a page's first paint waits for some of it.
    if !matches!(ask, Ask::Facts { .. } | Ask::Seen { .. } | Ask::Clock { .. }) {
        return sender;
    }
    let Ok(Ok(mut places)) = keep::places(database).await else { return sender };
    let own = partition(&Partition(site.to_owned()), Some(account));
    let history = places.history_of(&own);
    let Some((_, name)) = history.0.split_once('~').filter(|_| history != own) else { return sender };
    let name = name.to_owned();
    if matches!(ask, Ask::Seen { .. }) && places.adopted.get(&own) != Some(&history) {
        places.adopted.insert(own, history);
        let write = Write::put(StoreName::Meta, places_key(), encode_places(&places));
        if database.transact(Access::Write, Step::Done(vec![write], ())).await.is_err() {
            return sender;
        }
    }
    Sender { account: Some(name), ..sender }
}
