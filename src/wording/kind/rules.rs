//! The phrases behind the kinds, with the reason for each table.

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
    /// The cue a wording takes away where the two overlap.
    pub(super) fn vetoes(self) -> Option<Self> {
        match self {
            Self::NoEarlierWork => Some(Self::EarlierWork),
            Self::NoLaterPart => Some(Self::LaterPart),
            Self::NoTest => Some(Self::TestName),
            Self::NoEarlierPart => Some(Self::EarlierPartDone),
            Self::NoGate => Some(Self::GateToStudy),
            Self::NoDaysOfWork => Some(Self::DaysOfWork),
            _ => None,
        }
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

/// All tables that are read over title and description.
pub(super) const TABLES: &[(Cue, &[&str])] = &[
    // Someone is turned away who could accept: the costliest mistake on the list. It needs a second
    // cue, because "females only, all others are rejected" is plain work.
    (Cue::OthersRejected, &[
        "all|any others|other workers|turkers|people? will|would|are|is *2 rejected|reject|unpaid",
        "others|everyone|anybody|anyone else? *3 will|would|shall *2 rejected|reject|unpaid",
        "others|everyone|anyone else? will|would not *2 paid|approved|compensated|accepted",
        "other|uninvited workers|participants|turkers|submissions|submission *2 rejected|reject",
        "reject all? others|everyone|anyone",
        "workers|participants|anyone|submissions|submission without *6 will *2 rejected|reject|unpaid",
        "workers|participants|turkers not *6 will *2 rejected|reject",
    ]),
    (Cue::NotOneOfThese, &[
        "if you *3 not|isnt|arent one|among|on|listed",
        "if you *2 not these|those|this|the following|listed|above|named|worker|workers|person|intended|right|specified",
        "if you|your not @",
        "if your|this? id|name *2 not|isnt",
        "not one of these|those|the following|listed|above",
        "not on the|this|my|our list",
    ]),
    (Cue::Rejection, &["rejected", "reject", "rejection"]),
    (Cue::OnlyFor, &[
        "only|just|exclusively for *3 workers|worker|participants|those|turkers who|whose|that",
        "for *4 workers|worker|participants|those|turkers who|whose|that *3 not|unable|could|couldnt|didnt",
        "for *3 specific|certain|particular|selected|listed|named workers|worker|participants|turkers",
        "specific|certain|particular|selected|listed|named workers|worker|participants|turkers only",
    ]),
    (Cue::OnlyForId, &[
        "only|just|exclusively|solely|reserved|meant|intended|private|exclusive for|to *3 @",
        "for *2 @ only",
        "worker|workers|id|ids @ only",
        "only|just @",
        "hit|task|survey is|are *1 for *2 @",
        "unless *8 @",
    ]),
    // "Only for certain workers" without their ids.
    (Cue::OnlyForListed, &[
        "only|just|exclusively for? *2 following|listed workers|worker|participants|turkers",
        "following|listed workers|worker|participants|turkers only",
        "only|just|exclusively for? *1 specific|certain|particular worker|workers|turker|turkers",
        "specific|certain|particular worker|workers|turker|turkers only",
        "private hit",
    ]),
    (Cue::HitForId, &["hit|task|hits|survey|job|assignment for worker? id? @", "^for? worker|workers? id? @", "^@"]),
    (Cue::ConfirmWorker, &[
        "confirm *3 you are *4 worker|workers|participant|person",
        "confirm your? identity|id|worker",
        "emailed|email|mailed code",
    ]),
    // Names of payment rows. "Compensation" or "bonus" alone is no name: "compensation: $2".
    (Cue::EarlierWork, &[
        "compensation|compensatory|compensate|compensating|payment|repayment|reimbursement|makeup|payout hit|hits",
        "make up hit|hits|payment",
        "compensation|payment task|job|assignment only|for|to|@",
        "missed|missing|owed|outstanding|unpaid|lost payment|payments|bonus|bonuses|compensation",
        "missed|lost submission|submissions payment|compensation",
        "back|retroactive pay|payment",
        "backpay",
        "pay|paying|payment|compensation|compensating|reimbursement for *2 non|unsubmitted|uncredited|unpaid",
        "claim *3 bonus|payment|compensation|reward",
        "claim $",
        "to compensate|reimburse the|a|some? *1 workers|worker|participants|turkers",
        "to pay|bonus the|a|those? *1 workers|worker|participants|turkers who|whose|affected",
        "payment|compensation|bonus|pay|credit for *2 previous|earlier|prior|past|last|already|yesterdays *2 hit|hits|study|task|tasks|survey|work|part|session|submission",
        "compensation|payment|reimbursement for *6 technical|glitch|bug|crashed|error|errors|issue|issues|problem|problems",
        "^payment|compensation|bonus|pay for *2 completing|completed|participating|participation|participants",
    ]),
    (Cue::NotWork, &["not a hit|task|survey *2 you|to *2 work|do|complete"]),
    // The price of the task itself, said with the same words.
    (Cue::NoEarlierWork, &[
        "payment|compensation|pay|bonus for completing|completed|participating|participation|participants *8 is|will|$|would|of",
        "compensation|payment for *6 is|are|will|would|$",
        "missed|lost payment|payments *2 survey|study|reminder",
        "unpaid|missing|outstanding payments|bonuses|compensation survey|study|research",
        "claim *3 reward|bonus code|points",
        "if|when|after *8 claim",
        "how|whether|ways|fair|fairly to compensate|reimburse",
    ]),
    // In a title the payment is what the row is.
    (Cue::EarlierWorkInTitle, &[
        "^compensation|compensating|reimbursement|repayment for|to|hit|task|only|appointment|and|follow|@|part",
        "^bonus|bonuses|bonusing for|pay|payment|payments|payout|hit",
        "^bonus|payment|compensation # worker|workers|participant|participants|hit",
        "compensation follow|followup",
        "compensation|bonus|payment|pay|paying|reimbursement for *2 @",
        "bonus|compensation pay|payment|payout for",
        "pay|paying|payment|payments|compensation|bonus|reimbursement for *2 previous|earlier|prior|past|completed|incomplete|unsubmitted|submitted|submission|failed|rejected|returned|expired|lost|missed|non|participation|workers|worker|those|technical|yesterday|yesterdays|participants|everyone",
        "payment|compensation correction|fix|adjustment",
        "separate payment|compensation",
    ]),
    (Cue::PayWord, &["compensation", "bonus", "payment", "reimbursement", "repayment", "payout", "refund", "bonuses"]),
    (Cue::PayAsTopic, &[
        "survey|study|research|questionnaire|questions|opinions|opinion|attitudes|views|perceptions|experiment *1 about|on|of|regarding|toward|towards *6 compensation|payment|payments|pay|reimbursement|refund",
        "executive|employee|ceo|worker|workers|unemployment|mobile|digital|online|contactless|electronic|receipt|invoice|tax|carbon compensation|payment|payments|pay|refund",
        "about *4 compensation|payment|payments|pay|reimbursement|refund",
        "compensation|payment|payments|bonus method|methods|system|systems|plan|plans|app|apps|benefits|practices|preferences|decisions",
    ]),
    // Words of pay that are owed; every task says such things, so they only count with a second cue.
    (Cue::OwedPay, &[
        "receive|get|collect|claim|process|issue|send|give|obtain your|the|my|this|their? payment|bonus|compensation|pay|reward|credit",
        "to be? compensate|compensated|paid|credited|reimbursed for|you",
        "owe|owed",
        "payment",
        "compensation",
    ]),
    // The worker could not hand in earlier work, or was not paid for it. Alone it proves nothing:
    // "if you are unable to submit, write to us".
    (Cue::Mishap, &[
        "could|did|was|were|are|is|can not *2 submit|submitted|paid|receive|credited|recorded",
        "couldnt|didnt|wasnt|werent|cant *2 submit|submitted|paid|receive|credited|recorded",
        "did not|never go|went through",
        "unable to *1 submit",
        "due|had|experienced|encountered *3 technical|server|system error|errors|problem|problems|issue|issues|difficulties|glitch",
        "submission|submit|link|code error|errors|failed|crashed|expired",
        "study|system|server|programming|platform error",
        "mistakenly|wrongly|incorrectly|accidentally|erroneously rejected|returned|paid",
        "ran out of time", "hit|task|study timed out", "missed payment|bonus|pay",
    ]),
    // Numbered parts behind the first, in a title.
    (Cue::LaterPart, &[
        "=part|pt|wave|phase|stage|session|time|round|day|week|visit|diary|followup 2|3|4|5|6|7|8|9|10|ii|iii|iv|two|three|four|five",
        "=task|study|survey ii|iii|iv",
        "=t2", "=t3", "=t4", "=w2", "=w3", "=w4",
        "=second|third|fourth|fifth|final|last|2nd|3rd|4th|5th part|wave|phase|session|round|stage|survey",
        "=day|week|month|session assessment|survey|diary|questionnaire #",
        "=daily|weekly|evening|morning|diary survey|diary|questionnaire|report|entry 2|3|4|5|6|7|8|9|10|11|12|13|14",
        "=week|month|day # assessment|survey|questionnaire|session|hit|diary|check",
        "=survey|session|questionnaire|wave|part 2|3|4|5|6 of|out",
    ]),
    // "Part 2" that is none, or is still to come.
    (Cue::NoLaterPart, &[
        "part|session|day|week # of 1",
        "time|day|week|part 2|3|4|5|6|7|8|9|10|two|three|four|five minute|minutes|min|mins|hour|hours|times|player|people|days|weeks|questions|items|years",
        "part|phase|wave|session 2|3|4|5|two|three *1 will|follows|available|later|invitation|invite|tomorrow",
        "for|into|qualify|invited|invitation part|phase|wave|session|study 2|3|two|ii",
        "t2 diabetes|diabetic|weighted|mri",
        "final|last|second|third survey|part|round *1 of|in your|the life|week|semester|day",
    ]),
    (Cue::LaterPartSaid, &[
        "this is|was? *4 second|third|fourth|fifth|sixth|seventh|final|2nd|3rd|4th *1 part|wave|survey|session|phase|round|diary|time|follow|daily|questionnaire|study|of",
        "this is a? continuation",
        "this is *3 follow|followup up? *3 study|survey|session|questionnaire|to|of|hit|task",
        "^part|wave|phase|session|round|time 2|3|4|5|6|two|three|ii|iii",
        "^final|second|third part|wave|phase|session|survey of",
        "in|complete the|this second|third|fourth|final|2nd|3rd part|wave|phase|session|survey",
        "second|third|fourth|final|2nd|3rd|4th and? final|last? time point",
        "survey|session|part|wave|phase 2|3|4|5|6 out? of #",
        "here is *3 follow|followup",
        "time to *2 participate|complete|take|do *4 follow|followup|second|next",
        "continuation hit|task|survey|study of|for",
    ]),
    (Cue::FollowUp, &["follow up|ups", "followup"]),
    // A follow-up still to come is not this row.
    (Cue::FollowUpLater, &[
        "will|may|might|can|could|be|receive|to *4 follow|followup",
        "with|includes|including|plus|possible|optional|future|potential *2 follow|followup",
        "follow up|ups question|questions|interview|interviews|opportunity",
    ]),
    // The worker did an earlier part of the same thing.
    (Cue::EarlierPartDone, &[
        "you|who|workers|participants|those|they|have|has already|previously|have|just|recently? completed|did|finished|took|participated|joined|started|done|taken *3 part|wave|phase|session|survey|study|hit|hits|experiment|questionnaire|round|screener|screening|diary",
        "study|survey|hit|hits|experiment|session you|to *2 participated|took|completed|joined|did|enrolled|entered|started",
        "must|need *2 completed|done|finished|participated|complete|taken *3 part|wave|phase|session|study|screener|hit|hits|round",
        "because you|of your? *1 participated|completed|took|participation",
        "thank|thanks you? for *2 completing|participating|taking|joining *4 screening|screener|part|first",
        "participation in|of *3 previous|earlier|prior|first|past|last study|survey|hit|session|part",
        "for *2 returning|previous|prior|past|existing participants|respondents",
        "returning participants|respondents|workers",
    ]),
    // Asked to stay out because of an earlier part, or about this very row: no invitation.
    (Cue::NoEarlierPart, &[
        "if|unless you|have *3 already|previously *3 participated|completed|taken|took|did|participate|do|submit",
        "if you|have *2 participated|completed|taken|took|did|done|started|joined",
        "when|once|after|upon you|workers|participants|they|have *2 completed|finished|did|complete|done|participated|took",
        "after|upon *3 participation",
        "not|never|cannot|dont|didnt|havent *5 participated|completed|taken|took|did|done|participate|complete|finished|started",
        "thank|thanks you? for *2 participating|completing|taking *1 in|part|this|our|the survey|study|research|hit",
        "for|after|upon|once|who|those|workers|participants *2 completed|completing|complete *6 will|can|may|earn",
        "completed|participated|taken|done *6 excluded|ineligible|rejected|not|blocked|again",
    ]),
    (Cue::InvitedOnly, &[
        "by invitation only", "invitation only", "invite only", "by invitation",
        "only *3 invited workers|participants|people|turkers|respondents",
        "invited workers|participants|respondents|turkers only",
        "restricted|limited to *3 invited",
        "only|unless *4 if? you *2 invited|contacted|emailed|messaged|notified",
        "unless *3 invited|contacted|emailed|messaged|notified",
    ]),
    // A screener by name, in a title.
    (Cue::ScreenerName, &[
        "screener", "screeners", "prescreen", "prescreener", "prescreening", "pre screen|screener|screening",
        "screening survey|questionnaire|questions|study|hit|task|test|round|for",
        "initial|short|quick|brief|paid|eligibility screening",
        "eligibility survey|questionnaire|check|quiz|form",
    ]),
    (Cue::ScreenerSaid, &[
        "this is *4 screener|screening|prescreen|prescreener|prescreening",
        "this is *4 pre screen|screener|screening",
        "short|brief|quick|paid|initial|question screener|prescreen|prescreener",
        "take|complete|completing|answer|fill *3 screener|prescreen|prescreener",
        "screener|screening survey|questions|questionnaire? to|for *3 determine|qualify|see|eligibility|future|upcoming|another|larger|main|full|longer",
        "pass the|this|our? pre? prescreen|screen|screener|screening|prescreener",
        "determine|determining|assess|check|see|find *2 eligibility|eligible|qualify|if *5 for|to|take|participate *3 future|upcoming|larger|longer|main|another|full|next|paid|follow",
    ]),
    // The screening is a part of this very survey, whoever fails it is sent away; or it is a subject.
    (Cue::ScreensItself, &[
        "screening involved|included|inside|within|question|at|in|out",
        "screened out",
        "if disqualified|screened",
        "unpaid screener|screening|pre",
        "includes|including|contains|has|have|with *3 screener|screening|prescreen",
        "cancer|health|medical|drug|airport|resume|blood|breast|genetic|newborn|hearing|security|covid|disease|skin|colon|film|movie screening|screen",
    ]),
    // In a title: to qualify for something else.
    (Cue::QualifyFor, &[
        "qualify|qualifies|qualifying for|into *3 larger|upcoming|future|another|longer|more|main|full|paid|high|higher|part",
        "qualify|eligible for *4 survey|study|interview|research|experiment|diary|studies|surveys",
        "see|check|find out? if you *3 qualify|eligible",
        "opportunity|chance to qualify",
    ]),
    // "You must be 18 to qualify for this survey": this one, not another.
    (Cue::NoGate, &[
        "qualify|qualifies|eligible for|to take|do|complete|participate? *1 this",
        "must|only *12 qualify for the|our|a study|survey",
    ]),
    // Said anywhere: who passes may do another task.
    (Cue::GateToStudy, &[
        "may|might|could|can|will|to|that qualify|qualifies you|workers|participants? *1 for|to *4 larger|longer|upcoming|future|another|main|full|bigger|follow|more|next|paid",
        "that|may|might|could|can|will qualify|qualifies you to|for do|take|complete|more|our|a|the *4 hit|hits|study|survey|studies|surveys",
        "see if|whether you *2 qualify|eligible for|to",
        "if you|eligible|selected|found|participants|workers *2 qualify|eligible|pass|selected|qualified *8 invited|invite|additional|second|continue|bonus|full|follow|longer|main",
        "only|those|participants|workers *3 qualify|eligible|matching|meeting|pass|qualified *8 invited|invite",
        "if you qualify for *2 study|survey|research|experiment *2 you will|may|would",
        "if eligible bonus|you|invited|we",
        "depending|based on *2 your|these|this|answers|responses *6 eligible|qualify|invited",
        "eligible|invited|selected|chosen|qualify *2 for|to *3 full|larger|longer|main|second half|length|study|survey|portion",
        "sign up for *2 study|studies|hit|session|experiment|interview",
        "qualify for first|next|second|the|our *3 automatically",
    ]),
    // Qualification tests by name.
    (Cue::TestName, &[
        "qualification|qualifications|qualifying|qual|qualifier test|tests|hit|hits|task|tasks|exam|quiz|round|phase|assessment|stage|batch|training|trial",
        "test|exam|quiz|training for|to *1 qualification|qualifying|qualifications",
        "training qualifier|qualification|hit|hits",
        "=qualifier",
        "^qualification|qualifications|qual",
        "qualify for *5 hits|tasks|batch|batches",
        "entrance test|exam",
    ]),
    // "Qualification required": another task has the test.
    (Cue::NoTest, &[
        "qualification|qualifications|qualifier|qual *2 required|needed|necessary",
        "requires|require|with|need|needs|without|after|have|passed *2 qualification|qualifying|qual",
        "qualification|qualifications survey|study about|on|of",
        "qualifier survey|study",
        "job|jobs|educational|academic|professional|vocational|teacher|teachers|language|football|soccer|cup|olympic qualification|qualifications|qualifier|qualifiers|qualifying",
    ]),
    (Cue::TestSaid, &[
        "this is *4 qualification|qualifying|qualifier test|task|hit|round|exam|quiz|survey|phase",
        "^qualification|qualifying test|task|hit|exam|quiz|round",
        "^for qualification|qualifications",
        "^short|quick|simple? test|task|quiz to qualify for *4 hits|tasks|batch|task|work",
        "pass|passing this|the|our *1 test|quiz|hit *6 qualify|qualified|qualification|access|eligible|invited",
        "must|need to *2 perform|do|score *4 eligible for *2 future|more|other tasks|hits|work",
        "to receive|get|gain|earn|obtain the|a|our qualification",
    ]),
    // The work itself takes several days; a span of days as a topic does not.
    (Cue::DaysOfWork, &[
        "#|two|three|four|five|six|seven|several|multi|multiple|ten day *2 study|survey|surveys|diary|experiment|research|task|hit",
        "#|two|three|four|five|six|several|multi|multiple week|month *1 study|diary|program|experiment",
        "#|two|three|four|five|seven|several|multiple|consecutive|ten days|weeks *1 study|diary|experiment|commitment",
        "daily|diary surveys|diary|diaries|questionnaires|tasks for|over|across",
        "diary study",
        "over|across|spans|spread the? course? of? #|two|three|four|five|seven|several|multiple|consecutive|ten consecutive? days|weeks",
        "each|every day|evening|morning for|over *2 #|two|three|four|five|seven|ten|several|consecutive *1 days|weeks",
        "once|twice a|per day|daily for|over *3 days|week|weeks",
        "for # consecutive days|weeks",
    ]),
    (Cue::NoDaysOfWork, &[
        "# day|week|month old|trial|free|return|returns|weather|forecast|work|shipping|delivery|supply|diet",
        "past|last|previous # days|weeks|day|week",
    ]),
];

/// Names of qualifications a worker must have, put in words by their requesters.
pub(super) const REQUIREMENT_TABLES: &[(Cue, &[&str])] = &[
    (Cue::DidEarlierPart, &[
        "completed|complete|took|taken|did|done|finished|participated|attended *3 part|pt|survey|study|wave|session|phase|time|round|screener|screening|test|t1|first|1st|stress|thesis",
        "part|wave|session|phase|time|study|round|survey 1|one|i|2|3 *2 completed|complete|done|participant|participants|finished|access",
        "part|wave|session|phase|time|round 2|two|3|three",
        "invited|invite|invitees|invitation",
        "returning|previous|prior|past *1 participant|participants|workers",
        "passed|eligible *2 screener|screening|prescreen|part",
        "completed t1|t2|w1|w2|s1|s2|baseline|intake",
        "taken|took|completed *3 #",
    ]),
    (Cue::PayWord, &["compensation", "compensate", "missed", "owed", "bonus", "non submitted", "payment", "makeup"]),
];

/// Last words of titles that are at heart a payment's name.
pub(super) const PAY_HEADS: [&str; 7] =
    ["compensation", "payment", "payments", "reimbursement", "repayment", "payout", "backpay"];

/// Words before a payment that say what it is for.
pub(super) const PAID_FOR: [&str; 18] = [
    "screening", "screener", "separate", "missed", "study", "survey", "hit", "task", "session", "participant", "worker",
    "individual", "completion", "error", "part", "experiment", "participation", "bonus",
];

/// Words before a payment that praise or price the task: "– fast payment".
pub(super) const PRAISES_PAY: [&str; 26] = [
    "fast", "quick", "instant", "immediate", "prompt", "good", "great", "high", "higher", "fair", "easy", "day", "hour",
    "hours", "guaranteed", "additional", "extra", "average", "for", "with", "and", "best", "better", "full", "low", "generous",
];
