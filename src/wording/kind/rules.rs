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
    ForReturning,
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
}

impl Cue {
    /// The cue a wording takes away where the two overlap.
    pub(super) fn vetoes(self) -> Option<Self> {
        match self {
            Self::NoEarlierWork => Some(Self::EarlierWork),
            Self::NoLaterPart => Some(Self::LaterPart),
            Self::NoTest => Some(Self::TestName),
            Self::NoEarlierPart => Some(Self::EarlierPartDone),
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
                | Self::EarlierWork
                | Self::InvitedOnly
                | Self::NoEarlierWork
                | Self::NoLaterPart
                | Self::NoTest
                | Self::NoEarlierPart
        )
    }
}

/// All tables that are read over title and description.
pub(super) const TABLES: &[(Cue, &[&str])] = &[
    // Someone is turned away who could accept: the costliest mistake on the list.
    (Cue::OthersRejected, &[
        "all|any others|other *2 will|would *2 rejected|reject",
        "others|everyone|anybody|anyone else? *3 will|would|shall *2 rejected|reject|unpaid",
        "others|everyone|anyone else? *2 will|would not *2 paid|approved|compensated|accepted",
        "other workers|participants|turkers|submissions|people *2 rejected|reject",
        "reject all? others|everyone|anyone",
        "workers|participants|anyone|submissions|people without *6 will *2 rejected|reject|unpaid",
        "workers|participants|turkers not *6 will *2 rejected|reject",
        "only *6 will|can *2 approved|paid *3 others|rest",
        "unless *8 @",
        "reserved|exclusively|meant|intended for *3 @",
        "if your? id|name|worker isnt|not *6 rejected|reject",
        "not on the|this|my list",
    ]),
    (Cue::NotOneOfThese, &[
        "if you|your *3 not|isnt|arent one|among|part|in|on|listed *4",
        "if you|your *2 not these|those|this|the following|listed|above|named|worker|workers|person|intended",
        "if you|your not @",
        "not one of these|those|the following|listed|above",
    ]),
    (Cue::Rejection, &["rejected", "reject", "rejection"]),
    (Cue::OnlyFor, &[
        "only|just|exclusively for *3 workers|worker|participants|people|those|turkers|individuals who|whose|that",
        "for *4 workers|worker|participants|people|those|turkers who|whose|that *3 not|unable|already|could|couldnt|didnt",
        "for *3 specific|certain|particular|selected|listed|named workers|worker|participants|people|turkers",
        "specific|certain|particular|selected|listed|named workers|worker|participants|turkers only",
    ]),
    (Cue::OnlyForId, &[
        "only|just|exclusively|solely|reserved|meant|intended|private|exclusive for|to *3 @",
        "for *2 @ only",
        "worker|workers|id|ids @ only",
        "only|just @",
        "hit|task|survey is|are *1 for *2 @",
    ]),
    // Listed without ids in the text. "Specific workers" alone is OnlyFor; together with a
    // confirmation it is a list, and in a title "the following workers only" is one too.
    (Cue::OnlyForListed, &[
        "only|just|exclusively for? *2 following|listed workers|worker|participants|turkers",
        "following|listed workers|worker|participants|turkers only",
        "private hit|task",
        "only|just|exclusively for? *1 specific|certain|particular worker|workers|turker|turkers",
        "specific|certain|particular worker|workers|turker|turkers only",
    ]),
    (Cue::HitForId, &["hit|task|hits|survey|payment|job|assignment for worker? id? @", "^for? worker|workers? id? @", "^@"]),
    (Cue::ConfirmWorker, &[
        "confirm *3 you are *4 worker|workers|participant|person",
        "confirm *3 your? identity|id|worker",
    ]),
    // Names of payment rows. "Compensation" or "bonus" alone is no name: "compensation: $2".
    (Cue::EarlierWork, &[
        "compensation|compensatory|compensate|compensating|payment|repayment|reimbursement|makeup|payout|paying hit|hits",
        "make up hit|hits|payment",
        "compensation|payment task|job|assignment|only for|to|@",
        "missed|missing|owed|outstanding|unpaid|lost|failed|late payment|payments|bonus|bonuses|compensation",
        "missed|lost submission|submissions hit|compensation|payment",
        "back|backdated|retroactive pay|payment",
        "backpay",
        "pay|paying|payment|compensation|compensating|bonus|reimbursement for *2 non|un|not|never submitted|paid|completed|credited|approved",
        "claim *3 bonus|payment|compensation|reward|pay",
        "claim $",
        "not a hit|task|survey *2 you|to *2 work|do|complete",
        "separate payment|compensation",
        "to|will compensate|pay|reimburse the? workers|worker|participants|those|people|turkers|everyone *1 who|whose|that|for|affected|from",
        "accept|submit|complete|do *3 to|and receive|get|collect your|the? *2 payment|bonus|compensation|pay|missing *1",
        "so *2 can pay|compensate|bonus you",
        "payment|compensation|bonus|pay|credit for *2 previous|earlier|prior|past|last|already|yesterdays|completing|completed|finished|submitted|participated *2 hit|hits|study|task|tasks|survey|work|part|session|screening|portion",
        "compensation|payment|pay|reimbursement|bonus|credit for *6 technical|error|errors|problem|problems|issue|issues|glitch|bug|mistake|crashed|rejected|timed",
        "compensation for *2 workers|worker|participants *2 who|whose|affected",
    ]),
    // The price of the task itself, said with the same words.
    (Cue::NoEarlierWork, &[
        "payment|compensation|pay|bonus for completing|completed|finished|participating|participation *8 is|will|$|would|of",
        "payment|compensation|pay only *3 if|after|upon|when|for *3 full|complete|completed|valid|approved|good|quality",
        "compensation|payment for *6 is|are|will|would|$",
        "compensation|payment to participants|you|your|all|be|workers",
        "bonus|payment|compensation for *2 completed|submitted|finished hit|task|survey|study",
        "accept|submit|complete|do *3 to|and receive|get|collect your|the? *2 payment|bonus|compensation|pay",
        "missed|lost|failed payment|payments *2 survey|study|reminder",
        "unpaid|late|missing|outstanding payments|bonuses|compensation survey|study|research",
        "not a hit|task|survey you *2 work|do|complete *2 if|on *1 mobile|phone|quickly|fast|without|unless",
    ]),
    // In a title the payment is what the row is.
    (Cue::EarlierWorkInTitle, &[
        "^compensation|compensating|reimbursement|repayment|refund for|to|hit|task|only|appointment|and|follow|@|part",
        "^bonus|bonuses|bonusing for|pay|payment|payments|payout|hit|hits|task|# *4",
        "compensation follow|followup",
        "compensation|bonus|payment|pay|paying|reimbursement for *2 @",
        "bonus|compensation pay|payment|payout|hit for",
        "pay|paying|payment|payments|compensation|bonus|reimbursement for *2 previous|earlier|prior|past|completed|completing|incomplete|unsubmitted|submitted|submission|failed|rejected|returned|expired|lost|error|errors|broken|late|missed|non|participation|workers|worker|those|technical|yesterday|yesterdays|participants|everyone",
        "paid|payment|compensation|bonus distribution|correction|fix|adjustment",
    ]),
    (Cue::PayWord, &["compensation", "bonus", "payment", "reimbursement", "repayment", "payout", "refund", "bonuses"]),
    (Cue::PayAsTopic, &[
        "survey|study|research|questionnaire|questions|opinions|opinion|attitudes|views|perceptions|experiment *1 about|on|of|regarding *6 compensation|payment|payments|pay|reimbursement|refund",
        "executive|employee|ceo|worker|workers|unemployment|mobile|digital|online|contactless|electronic|receipt|invoice|tax compensation|payment|payments|pay|refund",
        "about *4 compensation|payment|payments|pay|reimbursement|refund",
    ]),
    (Cue::OwedPay, &[
        "receive|get|collect|claim|process|issue|send|give|obtain your|the|my|this|their? payment|bonus|compensation|pay|reward|credit",
        "to|will be? compensate|compensated|paid|credited|reimbursed for|you",
        "owe|owed",
        "payment",
        "compensation",
    ]),
    // Something went wrong before. Alone it proves nothing ("if you are unable to submit, write us").
    (Cue::Mishap, &[
        "could|did|was|were|are|is|can not *2 submit|submitted|paid|complete|finish|receive|credited|recorded",
        "couldnt|didnt|wasnt|werent|cant *2 submit|submitted|go|paid|complete|finish|receive|credited|recorded",
        "did not|never go|went through",
        "unable to *1 submit|complete|finish",
        "had|experienced|encountered|due *4 technical|error|errors|problem|problems|issue|issues|difficulties|glitch|bug|mistake",
        "submission|submit|page|survey|hit|link|code error|errors|failed|crashed|froze|expired",
        "error|errors|mistake in|with|during|on|caused|prevented|script|puzzle",
        "study|system|server|programming|platform error|errors",
        "mistakenly|wrongly|incorrectly|accidentally|erroneously rejected|returned|paid",
        "ran out of time", "timed out", "missed", "lost",
    ]),
    // Numbered parts behind the first, in a title.
    (Cue::LaterPart, &[
        "part|pt|wave|phase|stage|session|time|round|day|week|visit|diary|followup 2|3|4|5|6|7|8|9|10|ii|iii|iv|two|three|four|five",
        "task|study|survey ii|iii|iv",
        "t2", "t3", "t4", "w2", "w3", "w4", "s2",
        "second|third|fourth|fifth|final|last|2nd|3rd|4th|5th|2 part|wave|phase|session|round|stage|diary|time",
        "day|week|month|session *1 assessment|survey|diary|questionnaire #",
        "daily|weekly|evening|morning|diary survey|diary|questionnaire|report|entry 2|3|4|5|6|7|8|9|10|11|12|13|14",
        "week|month|day # assessment|survey|questionnaire|session|hit|diary|check",
        "survey|session|questionnaire 2|3|4|5|6 of|out *2 #",
    ]),
    // "Part 2" that is none: a test of two parts is no later part of a study, "2 parts" is a number of parts.
    (Cue::NoLaterPart, &[
        "part|session|day|week # of 1",
        "time|day|week|month|round two|three|four|five|2|3|4|5|6|7|8|9|10 minute|minutes|min|mins|hour|hours|times|player|players|days|weeks|questions|items",
        "part|phase|wave|session 2|3|4|5|two|three *1 will|follows|available|later|invitation|invite|tomorrow",
        "for|to|into|qualify|invited|invitation part|phase|wave|session|study 2|3|two|ii",
        "first|full|any|one|long|short time|part|last",
        "final|last|second|third time *3 you|did|was|have|that",
    ]),
    (Cue::LaterPartSaid, &[
        "this is|was? *4 second|third|fourth|fifth|sixth|final|last|2nd|3rd|4th|5th *1 part|wave|survey|session|phase|round|diary|time|follow|daily|questionnaire|study|of",
        "this is a? continuation",
        "this is *3 follow|followup up? *3 study|survey|session|questionnaire|to|of|hit|task",
        "^part|wave|phase|session|round|time 2|3|4|5|6|two|three|ii|iii",
        "^final|second|third part|wave|phase|session|survey of",
        "in|complete the|this second|third|fourth|final|last|2nd|3rd part|wave|phase|session|survey|follow",
        "second|third|fourth|final|2nd|3rd|4th and? final|last? time point",
        "survey|session|part|wave|phase 2|3|4|5|6 out? of #",
        "here is *3 follow|followup",
        "time to *2 participate|complete|take|do *4 follow|followup|second|next",
        "continuation hit|task|survey|study of|for",
    ]),
    (Cue::FollowUp, &["follow up|ups? *2", "followup"]),
    // A follow-up still to come is not this row.
    (Cue::FollowUpLater, &[
        "will|may|might|can|could|be|receive|to|for *4 follow|followup *2",
        "with|includes|including|plus|possible|optional|future|potential *2 follow|followup",
        "follow up|ups question|questions|interview|interviews|opportunity",
    ]),
    (Cue::EarlierPartDone, &[
        "you|who|workers|participants|those|they|have|has already? previously|already|have? completed|did|finished|took|participated *3 part|wave|phase|session|first|1st|previous|earlier|prior|initial|survey|study",
        "you|who|have|workers|participants completed|did|finished|took|participated|joined *3 part|wave|phase|session|first|1st|previous|earlier|prior|initial",
        "completed|did|finished|took|participated|joined in? *2 part|wave|phase|session|survey 1|one|i|2",
        "you|who|have previously|already|just|recently? *1 participated|took|completed|joined|did|enrolled|entered|begun|began|started|signed *4 ago|in",
        "study|survey|hit|hits|task|tasks|experiment you *2 previously|already|have|just|recently? participated|took|completed|joined|did|enrolled|entered|begun|started",
        "must|need *2 completed|done|finished|participated|complete|taken *3 part|wave|phase|session|previous|first|earlier",
        "for|invite|invited|inviting *4 who|that|previous|past|returning completed|participated|took|did|participants|finished",
        "because you|of your? *1 participated|completed|took|earlier|previous|past",
        "thank|thanks you? for *2 completing|participating|taking|joining *4 screening|study|survey|part|in|first",
        "participation in|of *3 previous|earlier|prior|first|past|last study|survey|hit|session|part",
        "time to participate",
        "for *2 returning|previous|prior|past|existing participants|respondents",
        "returning participants|respondents|workers",
    ]),
    // Asked to stay out because of an earlier part, or asked after this very row: no invitation.
    (Cue::NoEarlierPart, &[
        "if|unless you|have *3 already|previously *3 participated|completed|taken|took|did|participate|do|submit *6",
        "if you|have *2 participated|completed|taken|took|did|done *8",
        "if|when|once|after|unless you|workers|participants|they|have *2 completed|finished|did|complete|done|participated|took *6",
        "not|never|cannot|dont|didnt|havent *5 participated|completed|taken|took|did|done|participate|complete|finished *6",
        "who|that|you|workers *2 not|never|havent *2 participated|completed|taken|done|took *6",
        "thank|thanks you? for *2 participating|completing|taking *1 in|part|this|our|the survey|study|research|hit",
        "for|after|upon|once|who|those|workers|participants *2 completed|completing|complete *3 will|can|may|earn",
        "you|participants|workers|who|those|they *4 completed|complete|did|finished *4 will|can|may",
        "completed|participated *6 excluded|ineligible|rejected|not|blocked",
    ]),
    (Cue::InvitedOnly, &[
        "by invitation *1 only",
        "invitation only",
        "invite only",
        "only *3 invited *2",
        "invited workers|participants|respondents only",
        "only|unless *4 if? you *2 invited|contacted|emailed|messaged|notified|selected",
        "unless *3 invited|contacted|emailed|messaged|notified",
    ]),
    // "We invite you" is politeness; with a requirement that names an earlier part it is an invitation.
    (Cue::ForReturning, &["second|third|next|new round|rounds|wave|part|survey|study|hit|#", "again", "another round|wave|part", "more rounds|parts"]),
    // A screener by name.
    (Cue::ScreenerName, &[
        "screener|screeners|prescreener|prescreen|prescreening|screen|screening survey|questionnaire|questions|study|hit|task|test|for|to",
        "screener", "prescreen", "prescreener", "prescreening", "pre screen|screener|screening",
        "eligibility survey|questionnaire|check|screening|screener|quiz|form",
        "screening",
    ]),
    (Cue::ScreenerSaid, &[
        "this is *4 screener|screening|prescreen|prescreener|prescreening|pre *1 screen|screener|screening? *2",
        "this is *4 screener|screening|prescreen|prescreener|prescreening",
        "this is *4 pre screen|screener|screening",
        "^short|brief|quick|paid|first|initial? screener|prescreen|prescreener",
        "take|complete|answer|fill *3 short|quick|brief|this|our|initial|question *3 screener|prescreen|prescreener",
        "completing this|the|our? screener|prescreen",
        "screener|screening survey|questions|questionnaire to|for *3 determine|qualify|see|eligibility|future|upcoming|another|larger|main|full|longer",
        "screening questions to determine|see|assess",
        "question|quick|short|brief screener",
        "pass the|this|our? pre? prescreen|screen|screener|screening|prescreener",
        "determine|determining|assess|check|see|find *2 eligibility|eligible|qualify|if *5 for|to|take|participate *3 future|upcoming|larger|longer|main|another|full|next|study|paid|follow",
    ]),
    // The screening is a part of this very survey; whoever fails it is sent away.
    (Cue::ScreensItself, &[
        "screening involved|included|inside|within|question|questions at|in",
        "if disqualified|screened",
        "screened out",
        "unpaid screener|screening|pre",
        "includes|including|contains|has|have|with *3 screener|screening|prescreen",
        "cancer|health|medical|drug|airport|resume|blood|breast|genetic|newborn|hearing|security|covid|disease|skin|colon screening|screen",
        "screen|screening recording|capture|shot|time|shots|protector|size|reader|test|play",
        "screening of|behaviors|behavior|attitudes|rates",
    ]),
    // In the title: to qualify for something else.
    (Cue::QualifyFor, &[
        "qualify|qualifies|qualifying|eligible for a|an|our|the|larger|upcoming|future|another|longer|more|main|full|paid|bonus|high|higher|study|studies|part",
        "qualify|eligible for *4 survey|study|interview|research|experiment|diary|studies|surveys",
        "see|check|find out? if you *3 qualify|eligible",
        "opportunity|chance to qualify",
    ]),
    // Said anywhere: who passes may do another task.
    (Cue::GateToStudy, &[
        "may|might|could|can|will|to|that qualify|qualifies you|workers|participants? *1 for|to *5 larger|longer|upcoming|future|another|main|full|bigger|follow|study|survey|more|next|paid",
        "that|may|might|could|can|will|to qualify|qualifies you|workers|participants to|for do|take|complete|more|our|a|the *4 hit|hits|study|survey|studies|surveys",
        "see if|whether you *2 qualify|eligible for|to *5",
        "to qualify for *2 upcoming|future|larger|longer|another|main|full|paid|study|survey|follow",
        "to qualify for *3 survey|study|interview",
        "if you|eligible|selected|found|participants|workers *2 qualify|eligible|pass|selected|qualified *8 invited|invite|additional|second|continue|bonus|full|follow|longer|main",
        "if|only you|those|participants? *3 qualify|eligible|matching|meeting|pass|qualified *8 invited|invite|continue|asked",
        "if you qualify for *2 study|survey|research|experiment *2 you will|may|would",
        "if eligible *1 bonus|you|invited|we",
        "depending|based on *2 your|these|this|answers|responses *6 eligible|qualify|invited",
        "eligible|invited|selected|chosen|qualify *2 for|to *3 full|larger|longer|main|second half|length|study|survey|portion *4 $|bonus|additional|payment|pay",
        "sign up for|to *6 study|studies|hit|session|experiment|interview",
        "by completing this screener|survey|screening *1",
        "qualify for first|next|second|the|our *3 automatically|hit|task",
    ]),
    // Qualification tests by name.
    (Cue::TestName, &[
        "qualification|qualifications|qualifying|qual|qualifier test|tests|hit|hits|task|tasks|exam|quiz|round|phase|survey|assessment|stage|batch|training|trial|study",
        "test|exam|quiz|training|task|hit|survey|screening? for|to qualification|qualifying|qualifications",
        "training qualifier|qualification|hit",
        "qualifier",
        "^qualification|qualifications|qual",
        "qualification test",
        "proficiency|entrance|entry test|exam",
        "qualify|qualifies for *5 hits|tasks|batch|batches",
    ]),
    // "Qualification required": another task has the test.
    (Cue::NoTest, &[
        "qualification|qualifications|qualifier|qual *2 required|needed|necessary",
        "qualified|qualification|qualifications required|needed|only|holders",
        "requires|require|with|need|needs|without|after|have|passed *2 qualification|qualifying|qual *2",
        "level|expert|private|special|custom *1 qualification required|needed",
        "qualification|qualifications survey|study about|on|of",
        "job|jobs|educational|academic|professional|vocational|teacher|teachers|language qualification|qualifications",
    ]),
    (Cue::TestSaid, &[
        "this is *4 qualification|qualifying|qualifier test|task|hit|round|exam|quiz|survey|phase *2",
        "^qualification|qualifying test|task|hit|exam|quiz|round",
        "^for qualification|qualifications",
        "^short|quick|simple? test|task|quiz to qualify for *4 hits|tasks|batch|task|work",
        "label|answer|do|complete|take *6 qualification phase|round|test",
        "pass|passing this|the|our *1 test|quiz|hit *6 qualify|qualified|qualification|access|eligible|invited",
        "must|need to *2 perform|do|score *4 eligible for *2 future|more|other tasks|hits|work",
        "to receive|get|gain|earn|obtain the|a|our qualification",
    ]),
    // The work itself takes several days; a daily habit as a topic does not.
    (Cue::DaysOfWork, &[
        "#|two|three|four|five|six|seven|several|multi|multiple|ten day|week|month *2 study|survey|surveys|diary|experiment|research|task|academic|longitudinal|program|hit|quick",
        "#|two|three|four|five|seven|several|multiple|consecutive|ten days|weeks *2 study|diary|survey|experiment|commitment",
        "daily|diary study|surveys|diary|diaries|questionnaires for|over|across|study *4",
        "diary study",
        "over|across|for|during|spans|spread *2 course? of? *1 #|two|three|four|five|seven|several|multiple|consecutive|ten|consecutive consecutive? days|weeks *4 survey|surveys|study|task|diary|log|record|complete|participate|daily",
        "each|every day|evening|morning for|over *2 #|two|three|four|five|seven|ten|several|consecutive *1 days|weeks",
        "once|twice a|per day|daily for|over *3 days|week|weeks",
        "longitudinal *1 study|survey",
    ]),
];

/// Names of qualifications a worker must have, put in words by their requesters.
pub(super) const REQUIREMENT_TABLES: &[(Cue, &[&str])] = &[
    (Cue::DidEarlierPart, &[
        "completed|complete|took|taken|did|done|finished|participated|attended *3 part|pt|survey|study|wave|session|phase|time|round|screener|screening|test|t1|first|1st|stress|thesis *3",
        "part|wave|session|phase|time|study|round|survey 1|one|i|2|3 *2 completed|complete|done|participant|participants|finished|access",
        "part|wave|session|phase|time|round 2|two|3|three *2",
        "invited|invite|invitees|invitation *1",
        "returning|previous|prior|past *1 participant|participants|workers *1",
        "passed|eligible *2 screener|screening|prescreen|part",
        "completed t1|t2|w1|w2|s1|s2|baseline|intake",
        "taken|took|completed *3 #",
    ]),
    (Cue::PayWord, &["compensation", "compensate", "missed", "owed", "bonus", "non submitted", "payment", "makeup"]),
];

/// Last words of titles that are at heart a payment's name.
pub(super) const PAY_HEADS: [&str; 8] =
    ["compensation", "payment", "payments", "reimbursement", "repayment", "payout", "backpay", "refund"];

/// Words before a payment that praise or price the task: "fast payment", "with payment".
pub(super) const PRAISES_PAY: [&str; 42] = [
    "fast", "quick", "instant", "immediate", "prompt", "good", "great", "high", "higher", "fair", "easy", "same", "day",
    "hour", "hours", "guaranteed", "additional", "extra", "average", "for", "with", "and", "more", "best", "better",
    "of", "to", "on", "in", "about", "mobile", "online", "digital", "card", "the", "your", "receive", "per", "full",
    "bonus", "low", "before",
];
