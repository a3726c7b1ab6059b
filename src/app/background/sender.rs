//! Who asks, and what they may ask.

use serde::Deserialize;

use super::wire::{Ask, Refusal, Why};
use crate::app::screens;
use crate::domain::Partition;
use crate::ratings::Field;

/// The sites' own hosts and the one partition each may name.
const HOSTS: [(&str, &str); 2] =
    [("worker.mturk.com", "mturk"), ("workersandbox.mturk.com", "mturk-sandbox")];

/// This extension, as the browser names it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Own {
    /// `runtime.id`.
    pub id: String,
    /// `runtime.getURL("")`: scheme, host and a slash.
    pub root: String,
}

/// The browser's word about a sender: the fields of `runtime.MessageSender` that decide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SenderWord {
    /// The extension it belongs to.
    pub id: Option<String>,
    /// The address of the sending document.
    pub url: Option<String>,
    /// Whether it is in a private window.
    pub incognito: bool,
    /// 0 is a tab's own document; null outside tabs.
    pub frame: Option<i64>,
    /// The browser's number of the tab, where it is in one.
    pub tab: Option<i64>,
    /// The worker's account on the site as a keyed hash, where the page names one.
    pub account: Option<String>,
    /// The browser's run, by a name that is new after every start of it.
    pub session: String,
}

/// A sender that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// From where it speaks.
    pub place: Place,
    /// Whether it is in a private window.
    pub private: bool,
    /// The browser's number of the tab.
    pub tab: Option<i64>,
    /// The worker's account as a keyed hash, where the page names one.
    pub account: Option<String>,
    /// The browser's run.
    pub session: String,
}

/// From where a sender speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One of our own pages.
    ExtensionPage,
    /// Our script in a site's page, which may only name this partition.
    SitePage(&'static str),
}

impl Sender {
    /// Checks the browser's word; `None` for anyone but ourselves.
    pub fn check(word: &SenderWord, own: &Own) -> Option<Self> {
        if word.id.as_deref() != Some(own.id.as_str()) || own.root.is_empty() {
            return None;
        }
        let url = word.url.as_deref()?;
        let from = |place| {
            let account = word.account.clone().filter(|tag| is_tag(tag));
            let session = word.session.clone();
            Self { place, private: word.incognito, tab: word.tab, account, session }
        };
        if url.starts_with(&own.root) {
            return Some(Self { account: None, ..from(Place::ExtensionPage) });
        }
        let address = url.strip_prefix("https://")?;
        let host = address.split(['/', '?', '#']).next()?;
        let (_, site) = HOSTS.iter().find(|(known, _)| *known == host)?;
        (word.frame == Some(0)).then(|| from(Place::SitePage(site)))
    }

    /// The partition of the site's page it speaks from.
    pub fn site(&self) -> Option<Partition> {
        match self.place {
            Place::SitePage(site) => Some(Partition(site.to_owned())),
            Place::ExtensionPage => None,
        }
    }

    /// Refuses what this sender may not ask.
    ///
    /// # Errors
    /// The refusal to answer with.
    pub fn permit(&self, ask: &Ask) -> Result<(), Refusal> {
        // What a screen changes is an ask of its own, permitted on its own.
        if self.private && changes(ask) && !matches!(ask, Ask::Screen(_)) {
            return Err(Refusal::new(Why::Private, "Private window: nothing is saved"));
        }
        let Place::SitePage(own_site) = self.place else { return Ok(()) };
        let allowed = match ask {
            Ask::Hello { site }
            | Ask::Facts { site, .. }
            | Ask::Unrate { site, .. }
            | Ask::Undo { site, .. }
            | Ask::Block { site, .. }
            | Ask::OpenNote { site, .. }
            | Ask::SwitchSite { site, .. }
            | Ask::Seen { site, .. }
            | Ask::Unblock { site, .. } => site == own_site,
            // It names no partition: it is told of the sender's own.
            Ask::Clock { .. } => true,
            // The site reads every key typed on its page: a note cannot come from there.
            Ask::Rate { site, patch, .. } => site == own_site && patch.note == Field::Keep,
            Ask::Blocks { .. }
            | Ask::Browser(_)
            | Ask::SettingsGet
            | Ask::SettingsSet { .. }
            | Ask::RatingGet { .. }
            | Ask::StoredSummary
            | Ask::Care
            | Ask::Reconcile(_)
            | Ask::Screen(_) => false,
        };
        if allowed { Ok(()) } else { Err(Refusal::new(Why::NotAllowed, "This page may not do that")) }
    }
}

/// The form of a keyed hash; what has another is no account.
fn is_tag(tag: &str) -> bool {
    (1..=64).contains(&tag.len())
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Whether an ask changes what is stored.
pub(super) fn changes(ask: &Ask) -> bool {
    match ask {
        Ask::Rate { .. }
        | Ask::Unrate { .. }
        | Ask::Undo { .. }
        | Ask::Block { .. }
        | Ask::Unblock { .. }
        | Ask::SettingsSet { .. }
        | Ask::SwitchSite { .. }
        | Ask::Seen { .. }
        | Ask::Clock { .. }
        | Ask::Browser(_)
        | Ask::Care
        | Ask::Reconcile(_)
        // It changes nothing yet, but what is written there could not be saved.
        | Ask::OpenNote { .. } => true,
        Ask::Screen(event) => screens::changes(event),
        Ask::Hello { .. }
        | Ask::Facts { .. }
        | Ask::Blocks { .. }
        | Ask::SettingsGet
        | Ask::RatingGet { .. }
        | Ask::StoredSummary => false,
    }
}
