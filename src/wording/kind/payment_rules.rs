//! Phrases of rows that are pay for earlier work or meant for named workers.

use super::cues::Cue;

/// Read over title and description.
pub(super) const TABLES: &[(Cue, &[&str])] = &[
    // Someone is turned away who could accept: the costliest mistake on the list. It needs a second
    // cue, because "females only, all others are rejected" is plain work.
    (
        Cue::OthersRejected,
        &[
            "all|any others|other workers|turkers|people? will|would|are|is *2 rejected|reject|unpaid",
            "others|everyone|anybody|anyone else? *3 will|would|shall *2 rejected|reject|unpaid",
            "others|everyone|anyone else? will|would not *2 paid|approved|compensated|accepted",
            "other|uninvited workers|participants|turkers|submissions|submission *2 rejected|reject",
            "reject all? others|everyone|anyone",
            "workers|participants|anyone|submissions|submission without *6 will *2 rejected|reject|unpaid",
            "workers|participants|turkers not *6 will *2 rejected|reject",
        ],
    ),
    (
        Cue::NotOneOfThese,
        &[
            "if you *3 not|isnt|arent one|among|on|listed",
            "if you *2 not these|those|this|the following|listed|above|named|worker|workers|person|intended|right|specified",
            "if you|your not @",
            "if your|this? id|name *2 not|isnt",
            "not one of these|those|the following|listed|above",
            "not on the|this|my|our list",
        ],
    ),
    (Cue::Rejection, &["rejected", "reject", "rejection"]),
    (
        Cue::OnlyFor,
        &[
            "only|just|exclusively for *3 workers|worker|participants|those|turkers who|whose|that",
            "for *4 workers|worker|participants|those|turkers who|whose|that *3 not|unable|could|couldnt|didnt|timed|had|experienced|encountered",
            "for *3 specific|certain|particular|selected|listed|named workers|worker|participants|turkers",
            "specific|certain|particular|selected|listed|named workers|worker|participants|turkers only",
        ],
    ),
    (
        Cue::OnlyForId,
        &[
            "only|just|exclusively|solely|reserved|meant|intended|private|exclusive for|to *3 @",
            "for *2 @ only",
            "worker|workers|id|ids @ only",
            "only|just @",
            "hit|task|survey is|are *1 for *2 @",
            "unless *8 @",
        ],
    ),
    // "Only for certain workers" without their ids.
    (
        Cue::OnlyForListed,
        &[
            "only|just|exclusively for? *2 following|listed workers|worker|participants|turkers",
            "following|listed workers|worker|participants|turkers only",
            "only|just|exclusively for? *1 specific|certain|particular worker|workers|turker|turkers",
            "specific|certain|particular worker|workers|turker|turkers only",
            "private hit",
        ],
    ),
    (
        Cue::HitForId,
        &[
            "hit|task|hits|survey|job|assignment for worker? id? @",
            "^for worker|workers? id? @",
            "^worker|workers id? @",
            "^@",
        ],
    ),
    (
        Cue::ConfirmWorker,
        &[
            "confirm *3 you are *4 worker|workers|participant|person",
            "confirm your? identity|id|worker",
            "emailed|email|mailed code",
        ],
    ),
    // Names of payment rows. "Compensation" or "bonus" alone is no name: "compensation: $2".
    (
        Cue::EarlierWork,
        &[
            "compensation|compensatory|compensate|compensating|comp|payment|repayment|reimbursement|makeup|payout hit|hits",
            "replacement|resubmission|refund|reimburse hit",
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
        ],
    ),
    (Cue::NotWork, &["not a hit|task|survey *2 you|to *2 work|do|complete"]),
    // The price of the task itself, said with the same words.
    (
        Cue::NoEarlierWork,
        &[
            "payment|compensation|pay|bonus for completing|completed|participating|participation|participants *8 is|will|$|would|of",
            "compensation|payment for *6 is|are|will|would|$",
            "missed|lost payment|payments *2 survey|study|reminder",
            "unpaid|missing|outstanding payments|bonuses|compensation survey|study|research",
            "claim *3 reward|bonus code|points",
            "if|when|after *8 claim",
            "how|whether|ways|fair|fairly to compensate|reimburse",
        ],
    ),
    // In a title the payment is what the row is.
    (
        Cue::EarlierWorkInTitle,
        &[
            "^compensation|compensating|reimbursement|repayment for|to|hit|task|only|appointment|and|follow|@|part",
            "^payment|payments|paying|comp for|to|of",
            "^bonus|bonuses|bonusing for|pay|payment|payments|payout|hit",
            "^bonus|payment|compensation # worker|workers|participant|participants|hit",
            "compensation follow|followup",
            "compensation|bonus|payment|pay|paying|reimbursement for *2 @",
            "bonus|compensation pay|payment|payout for",
            "pay|paying|payment|payments|compensation|bonus|reimbursement for *2 previous|earlier|prior|past|completed|incomplete|unsubmitted|submitted|submission|failed|rejected|returned|expired|lost|missed|non|participation|workers|worker|those|technical|yesterday|yesterdays|participants|everyone",
            "payment|compensation correction|fix|adjustment",
            "separate|partial payment|compensation",
            "payment|pay|compensation for *2 terminated|disconnected|aborted|unfinished|interrupted|expired",
            "^paying|bonusing|compensating|reimbursing worker|workers|participant|participants",
            "missing|lost|wrong code hit",
        ],
    ),
    (
        Cue::PayWord,
        &["compensation", "bonus", "payment", "reimbursement", "repayment", "payout", "refund", "bonuses"],
    ),
    (
        Cue::PayAsTopic,
        &[
            "survey|study|research|questionnaire|questions|opinions|opinion|attitudes|views|perceptions|experiment *1 about|on|of|regarding|toward|towards *6 compensation|payment|payments|pay|reimbursement|refund",
            "executive|employee|ceo|worker|workers|unemployment|mobile|digital|online|contactless|electronic|receipt|invoice|tax|carbon compensation|payment|payments|pay|refund",
            "about *4 compensation|payment|payments|pay|reimbursement|refund",
            "compensation|payment|payments|bonus method|methods|system|systems|plan|plans|app|apps|benefits|practices|preferences|decisions",
        ],
    ),
    // Words of pay that are owed; every task says such things, so they only count with a second cue.
    (
        Cue::OwedPay,
        &[
            "receive|get|collect|claim|process|issue|send|give|obtain your|the|my|this|their? payment|bonus|compensation|pay|reward|credit",
            "to be? compensate|compensated|paid|credited|reimbursed for|you",
            "owe|owed",
            "payment",
            "compensation",
        ],
    ),
    // The worker could not hand in earlier work, or was not paid for it. Alone it proves nothing:
    // "if you are unable to submit, write to us".
    (
        Cue::Mishap,
        &[
            "could|did|was|were|are|is|can not *2 submit|submitted|paid|receive|credited|recorded",
            "couldnt|didnt|wasnt|werent|cant *2 submit|submitted|paid|receive|credited|recorded",
            "did not|never go|went through",
            "unable to *1 submit",
            "had|experienced|encountered *2 error|errors|glitch",
            "timed out",
            "trouble|difficulty|difficulties|problem|problems|issue|issues *1 submitting|submit",
            "due|had|experienced|encountered *3 technical|server|system error|errors|problem|problems|issue|issues|difficulties|glitch",
            "submission|submit|link|code error|errors|failed|crashed|expired",
            "study|system|server|programming|platform error",
            "mistakenly|wrongly|incorrectly|accidentally|erroneously rejected|returned|paid",
            "ran out of time",
            "missed payment|bonus|pay",
        ],
    ),
];

/// Last words of titles that are at heart a payment's name.
pub(super) const PAY_HEADS: [&str; 7] =
    ["compensation", "payment", "payments", "reimbursement", "repayment", "payout", "backpay"];

/// Words before a payment that say what it is for.
pub(super) const PAID_FOR: [&str; 18] = [
    "screening",
    "screener",
    "separate",
    "missed",
    "study",
    "survey",
    "hit",
    "task",
    "session",
    "participant",
    "worker",
    "individual",
    "completion",
    "error",
    "part",
    "experiment",
    "participation",
    "bonus",
];

/// Words before a payment that praise or price the task: "– fast payment".
pub(super) const PRAISES_PAY: [&str; 26] = [
    "fast",
    "quick",
    "instant",
    "immediate",
    "prompt",
    "good",
    "great",
    "high",
    "higher",
    "fair",
    "easy",
    "day",
    "hour",
    "hours",
    "guaranteed",
    "additional",
    "extra",
    "average",
    "for",
    "with",
    "and",
    "best",
    "better",
    "full",
    "low",
    "generous",
];
