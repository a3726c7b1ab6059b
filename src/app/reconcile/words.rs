//! What the worker reads about a run.

use super::run::{Progress, Summary};
use super::traffic::Stop;
use super::{Plan, RestoreError};
use crate::domain::SiteDay;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `20 November`.
fn named(day: SiteDay) -> String {
    let (_, month, day_of_month) = day.civil();
    let month = MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
    format!("{day_of_month} {month}")
}

fn listed(days: &[SiteDay]) -> String {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.into_iter().map(named).collect::<Vec<_>>().join(", ")
}

fn counted(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

impl Plan {
    /// What reading it takes, in one line; said before anything is read.
    pub fn words(&self) -> String {
        if self.days.is_empty() {
            return "Every day agrees with the site; only your queue would be read.".to_owned();
        }
        let days = counted(self.days.len(), "day", "days");
        let requests = counted(usize::try_from(self.requests()).unwrap_or(usize::MAX), "request", "requests");
        let minutes = self.minutes();
        let minutes = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
        format!("{days}, {requests}, about {minutes}.")
    }
}

impl Progress {
    /// `20 November, day 3 of 12`.
    pub fn words(&self) -> String {
        match self.day {
            Some(day) => {
                let number = self.days_done.saturating_add(1).min(self.days);
                let page = if self.page > 1 { format!(", page {}", self.page) } else { String::new() };
                format!("{}{page}: day {number} of {}", named(day), self.days)
            }
            None if self.requests_done == 0 => "Your queue".to_owned(),
            None => format!("{} of {} days", self.days_done, self.days),
        }
    }
}

impl Summary {
    /// What was read and what was not, in one line.
    pub fn words(&self) -> String {
        let read = format!("{} read.", counted(self.read.len(), "day", "days"));
        let some = |what: &str, days: &[SiteDay]| {
            if days.is_empty() { String::new() } else { format!(" {what}: {}.", listed(days)) }
        };
        let partly = some("Not in full", &self.partly);
        read + &partly + &some("Not given by the site", &self.refused)
    }
}

impl Stop {
    /// Whether the same run may go on later.
    pub fn can_go_on(self) -> bool {
        !matches!(self, Self::TooManyRequests)
    }

    /// Whether a page of the site, opened by the worker, is what helps.
    pub fn is_mended_on_the_site(self) -> bool {
        matches!(
            self,
            Self::SignedOut
                | Self::Redirected
                | Self::Captcha
                | Self::OtherAccount
                | Self::UnknownAccount
                | Self::NoPage
        )
    }

    /// What happened and what helps, in one line.
    pub fn words(self) -> &'static str {
        match self {
            Self::Cancelled => "Stopped. What was read is kept; it goes on where it stopped.",
            Self::SignedOut => "You are signed out. Sign in on the site, then go on.",
            Self::Redirected => {
                "The site sent us to another page, as it does when nobody is signed in. \
                 Open your dashboard, sign in if it asks for it, then go on."
            }
            Self::NoPage => {
                "Open your dashboard first, and leave it open: the site is asked through that page. Then go on."
            }
            Self::Captcha => {
                "The site asks whether you are a person. Answer it on any of its pages, then go on."
            }
            Self::TooManyRequests => {
                "The site said twice that there were too many requests, so this run is over. \
                 What was read is kept; begin a new one in an hour or later."
            }
            Self::Failures => "Three requests in a row failed. What was read is kept; go on later.",
            Self::NotUnderstood => {
                "The site's answer has a form Wagelight does not know. Nothing of it was used."
            }
            Self::OtherAccount => {
                "Another account is signed in. Two histories are never mixed: sign in with the first, then go on."
            }
            Self::UnknownAccount => {
                "The page does not say whose account it shows. Open your dashboard, then go on."
            }
        }
    }
}

impl RestoreError {
    /// Why a run cannot go on, in one line.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "The run that was stopped cannot be read. Begin a new one.",
            Self::OtherAccount => Stop::OtherAccount.words(),
            Self::Over => Stop::TooManyRequests.words(),
            Self::TooOld => "The run that was stopped is days old. Begin a new one.",
        }
    }
}
