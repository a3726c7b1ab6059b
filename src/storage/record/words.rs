//! The closed lists of the history on disk. A word, and its number in packed records, is never changed or reused.

use serde::{Deserialize, Serialize};

use crate::domain::Kind;
use crate::domain::history::{How, Percent, ReturnReason, ServerState, Source, State};

/// A list of the domain, its words on disk, and their numbers in packed records.
macro_rules! words {
    ($(#[$doc:meta])+ $name:ident = $domain:ident { $($variant:ident = $number:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(in crate::storage) enum $name {
            $($variant,)+
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value {
                    $($domain::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$name> for $domain {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => Self::$variant,)+
                }
            }
        }

        impl $name {
            /// The number in packed records.
            pub(in crate::storage) fn number(self) -> u8 {
                match self {
                    $(Self::$variant => $number,)+
                }
            }
        }

        impl TryFrom<u8> for $name {
            type Error = ();

            fn try_from(number: u8) -> Result<Self, ()> {
                match number {
                    $($number => Ok(Self::$variant),)+
                    _ => Err(()),
                }
            }
        }
    };
}

words! {
    /// Where something was seen.
    SourceV1 = Source {
        WorkPage = 0, SubmitMessage = 1, SubmitAlert = 2, ReturnForm = 3, ReturnAlert = 4, ExpiryAlert = 5,
        Queue = 6, StatusPage = 7, Reconcile = 8, Clock = 9, Worker = 10, Import = 11,
    }
}
words! {
    /// What changes everything about a task.
    KindV1 = Kind {
        EarlierWork = 0, NamedWorkers = 1, Screener = 2, QualificationTest = 3, Invited = 4, SeveralDays = 5,
    }
}
words! {
    /// The status pages' word.
    ServerV1 = ServerState { Submitted = 0, Rejected = 1, Approved = 2, Paid = 3, }
}
words! {
    /// How working time was measured.
    HowV1 = How { Seen = 0, PartlyElsewhere = 1, SeveralHeld = 2, Corrected = 3, HeldOnly = 4, }
}
words! {
    /// What became of a task.
    StateV1 = State {
        InProgress = 0, Pending = 1, Approved = 2, Paid = 3, Rejected = 4, Returned = 5, Abandoned = 6,
        Expired = 7, ScreenedOut = 8, Unknown = 9,
    }
}

/// Why a task was given back; the share done stands beside it.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::storage) enum ReasonV1 {
    Other,
    Underpaid,
    UnpaidScreener,
    Broken,
}

impl From<ReturnReason> for ReasonV1 {
    fn from(reason: ReturnReason) -> Self {
        match reason {
            ReturnReason::Other => Self::Other,
            ReturnReason::Underpaid(_) => Self::Underpaid,
            ReturnReason::UnpaidScreener => Self::UnpaidScreener,
            ReturnReason::Broken => Self::Broken,
        }
    }
}

impl ReasonV1 {
    /// The reason with the share that was done, where it has one.
    pub(in crate::storage) fn with(self, percent: Option<Percent>) -> ReturnReason {
        match self {
            Self::Other => ReturnReason::Other,
            Self::Underpaid => ReturnReason::Underpaid(percent),
            Self::UnpaidScreener => ReturnReason::UnpaidScreener,
            Self::Broken => ReturnReason::Broken,
        }
    }

    /// The number in packed records.
    pub(in crate::storage) fn number(self) -> u8 {
        match self {
            Self::Other => 0,
            Self::Underpaid => 1,
            Self::UnpaidScreener => 2,
            Self::Broken => 3,
        }
    }
}

impl TryFrom<u8> for ReasonV1 {
    type Error = ();

    fn try_from(number: u8) -> Result<Self, ()> {
        let all = [Self::Other, Self::Underpaid, Self::UnpaidScreener, Self::Broken];
        all.into_iter().find(|reason| reason.number() == number).ok_or(())
    }
}
