//! What a phrase can say about the kind of a row.

/// What a phrase says about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    // Named workers.
    OthersRejected,
    NotOneOfThese,
    Rejection,
    OnlyFor,
    OnlyForId,
    OnlyForListed,
    HitForId,
    ConfirmWorker,
    // Earlier work.
    EarlierWork,
    NotWork,
    EarlierWorkInTitle,
    PayWord,
    PayAsTopic,
    OwedPay,
    Mishap,
    // Invited.
    LaterPart,
    LaterPartSaid,
    LaterRound,
    FirstPart,
    StudyWord,
    FollowUp,
    FollowUpLater,
    EarlierPartDone,
    InvitedOnly,
    DidEarlierPart,
    // Screener.
    ScreenerName,
    ScreenerSaid,
    ScreensItself,
    QualifyFor,
    GateToStudy,
    // Qualification test.
    TestName,
    TestSaid,
    // Several days.
    DaysOfWork,
    // Takes away a cue it overlaps with.
    NoEarlierWork,
    NoLaterPart,
    NoTest,
    NoEarlierPart,
    NoGate,
    NoDaysOfWork,
}

impl Cue {
    /// Whether this wording takes away the other cue where the two overlap.
    pub(super) fn vetoes(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::NoEarlierWork, Self::EarlierWork)
                | (Self::NoLaterPart, Self::LaterPart | Self::LaterPartSaid | Self::LaterRound)
                | (Self::NoTest, Self::TestName)
                | (Self::NoEarlierPart, Self::EarlierPartDone)
                | (Self::NoGate, Self::GateToStudy)
                | (Self::NoDaysOfWork, Self::DaysOfWork)
        )
    }

    /// Cues that are themselves made of denials ("if you are not one of these").
    pub(super) fn survives_denial(self) -> bool {
        matches!(
            self,
            Self::OthersRejected
                | Self::NotOneOfThese
                | Self::Rejection
                | Self::OnlyFor
                | Self::OnlyForId
                | Self::OnlyForListed
                | Self::Mishap
                | Self::NotWork
                | Self::InvitedOnly
                | Self::NoEarlierWork
                | Self::NoLaterPart
                | Self::NoTest
                | Self::NoEarlierPart
                | Self::NoGate
                | Self::NoDaysOfWork
        )
    }
}
