//! Which open tab of the site a request goes through.

use super::traffic::AccountTag;
use crate::domain::Timestamp;
use crate::sites::recipe::PageKind;
use crate::sites::{self, Place};

/// A tab that shows a page of a site, as its own script tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTab {
    /// The browser's number of it.
    pub tab: i64,
    /// Host and path of its page.
    pub address: String,
    /// Whose page it is; `None` where it does not say, or does not answer yet.
    pub account: Option<AccountTag>,
    /// When its page came from the site; `None` where it does not answer yet.
    pub came_at: Option<Timestamp>,
}

/// What the open tabs mean for a survey or run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The tab to send a request through; `None` where there is none in this account.
    pub tab: Option<i64>,
    /// The account that the page which came last shows: who is signed in now.
    pub signed_in: Option<AccountTag>,
    /// Any page of the site is open, whoever's.
    pub has_page: bool,
    /// The worker has a task before them.
    pub work_page_is_open: bool,
}

impl OpenTab {
    fn host(&self) -> &str {
        self.address.split('/').next().unwrap_or_default()
    }

    fn shows_work(&self) -> bool {
        let (Place::Page(page) | Place::Record(page)) = sites::find(&format!("https://{}", self.address))
        else {
            return false;
        };
        page.spec.kind == PageKind::Work
    }
}

/// Chooses among the tabs of one host: the page that came last in this account, and one with a task on it only where
/// there is no other.
pub fn choose(tabs: &[OpenTab], host: &str, account: &AccountTag) -> Choice {
    let of_host = || tabs.iter().filter(|tab| tab.host() == host);
    let known = of_host().filter(|tab| tab.account.is_some() && tab.came_at.is_some());
    let signed_in = known.clone().max_by_key(|tab| tab.came_at).and_then(|tab| tab.account.clone());
    let own = known.filter(|tab| tab.account.as_ref() == Some(account));
    Choice {
        tab: own.max_by_key(|tab| (!tab.shows_work(), tab.came_at)).map(|tab| tab.tab),
        signed_in,
        has_page: of_host().next().is_some(),
        work_page_is_open: tabs.iter().any(OpenTab::shows_work),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tab(tab: i64, path: &str, account: Option<&str>, came: i64) -> OpenTab {
        let account = account.map(|tag| AccountTag(tag.to_owned()));
        OpenTab { tab, address: format!("worker.mturk.com{path}"), account, came_at: Some(Timestamp(came)) }
    }

    fn chosen(tabs: &[OpenTab]) -> Choice {
        choose(tabs, "worker.mturk.com", &AccountTag("one".to_owned()))
    }

    #[test]
    fn a_task_is_left_alone_where_another_page_is_open() {
        let (work, list) = ("/projects/3G/tasks/3T", "/projects");
        let both = [tab(1, work, Some("one"), 9), tab(2, list, Some("one"), 3)];
        assert_eq!((chosen(&both).tab, chosen(&both).work_page_is_open), (Some(2), true));
        assert_eq!(chosen(&both[..1]).tab, Some(1));
        assert!(!chosen(&both[1..]).work_page_is_open);
        assert_eq!(chosen(&[]), Choice::default());
    }

    #[test]
    fn who_is_signed_in_says_the_page_that_came_last() {
        let one = AccountTag("one".to_owned());
        let tabs = [tab(1, "/", Some("one"), 3), tab(2, "/", Some("two"), 5), tab(3, "/tasks", None, 9)];
        assert_eq!(chosen(&tabs).signed_in, Some(AccountTag("two".to_owned())));
        assert_eq!(chosen(&tabs[..1]).signed_in, Some(one));
        let other = OpenTab { address: "workersandbox.mturk.com/".to_owned(), ..tabs[0].clone() };
        assert!(!chosen(&[other]).has_page, "another site is another account");
    }

    #[test]
    fn a_page_that_does_not_answer_is_no_way() {
        let silent = OpenTab { came_at: None, ..tab(1, "/", None, 0) };
        assert_eq!(chosen(&[silent]), Choice { has_page: true, ..Choice::default() });
    }
}
