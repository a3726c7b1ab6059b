//! Phrases of later parts, invitations, and work of several days.

use super::cues::Cue;

/// Read over title and description.
pub(super) const TABLES: &[(Cue, &[&str])] = &[
    // Numbered parts behind the first, in a title.
    (
        Cue::LaterPart,
        &[
            "=part|pt|wave|phase|stage|session|time|day|week|visit|diary|followup 2|3|4|5|6|7|8|9|10|ii|iii|iv|two|three|four|five",
            "=task|study|survey ii|iii|iv",
            "=t2",
            "=t3",
            "=t4",
            "=w2",
            "=w3",
            "=w4",
            "=second|third|fourth|fifth|final|last|2nd|3rd|4th|5th part|wave|phase|session|stage|survey",
            "=day|week|month|session assessment|survey|diary|questionnaire #",
            "=daily|weekly|evening|morning|diary survey|diary|questionnaire|report|entry 2|3|4|5|6|7|8|9|10|11|12|13|14",
            "=week|month|day # assessment|survey|questionnaire|session|hit|diary|check",
            "=survey|session|questionnaire|wave|part 2|3|4|5|6 of|out",
        ],
    ),
    // Rounds are also what batches of ordinary work are called, so they need a word of research.
    (
        Cue::LaterRound,
        &[
            "=round 2|3|4|5|6|7|8|9|10|two|three|four|five",
            "=second|third|fourth|fifth|final|2nd|3rd|4th|5th round",
        ],
    ),
    (Cue::StudyWord, &["survey", "study", "questionnaire", "longitudinal", "diary", "panel", "interview"]),
    (
        Cue::FirstPart,
        &[
            "=part|pt|wave|phase|stage|session|time|day|week|round 1|i|one",
            "first|1st part|wave|session|phase|round",
        ],
    ),
    // "Part 2" that is none, or is still to come.
    (
        Cue::NoLaterPart,
        &[
            "part|session|day|week # of 1",
            "time|day|week|part 2|3|4|5|6|7|8|9|10|two|three|four|five minute|minutes|min|mins|hour|hours|times|player|people|days|weeks|questions|items|years",
            "part|phase|wave|session 2|3|4|5|two|three *1 will|follows|available|later|invitation|invite|tomorrow",
            "for|into|qualify|invited|invitation part|phase|wave|session|study 2|3|two|ii",
            "# second|third",
            "t2 diabetes|diabetic|weighted|mri",
            "phase 2|3|ii|iii|two|three clinical|trial|trials|vaccine",
            "covid|coronavirus|pandemic|corona 19? *1 wave|phase 2|3|two|three|ii",
            "second|third wave|phase of *1 covid|coronavirus|pandemic|feminism",
            "final|last|second|third survey|part|round *1 of|in your|the life|week|semester|day",
        ],
    ),
    (
        Cue::LaterPartSaid,
        &[
            "this is|was? *4 second|third|fourth|fifth|sixth|seventh|final|2nd|3rd|4th *1 part|wave|survey|session|phase|round|diary|time|follow|daily|questionnaire|study|of",
            "this is *3 follow|followup up? *3 study|survey|session|questionnaire|to|of|hit|task",
            "^part|wave|phase|session|round|time 2|3|4|5|6|two|three|ii|iii",
            "^final|second|third part|wave|phase|session|survey of",
            "in|complete the|this second|third|fourth|final|2nd|3rd part|wave|phase|session|survey",
            "second|third|fourth|final|2nd|3rd|4th and? final|last? time point",
            "survey|session|part|wave|phase 2|3|4|5|6 out? of #",
            "here is *3 follow|followup",
            "time to *2 participate|complete|take|do *4 follow|followup|second|next",
        ],
    ),
    (Cue::FollowUp, &["follow up|ups", "followup"]),
    // A follow-up still to come is not this row.
    (
        Cue::FollowUpLater,
        &[
            "will|may|might|can|could|be|receive|to *4 follow|followup",
            "with|includes|including|plus|possible|optional|future|potential *2 follow|followup",
            "follow up|ups question|questions|interview|interviews|opportunity",
        ],
    ),
    // The worker did an earlier part of the same thing.
    (
        Cue::EarlierPartDone,
        &[
            "you|who|workers|participants|those|they|have|has already|previously|have|just|recently? completed|did|finished|took|participated|joined|started|done|taken *3 part|wave|phase|session|survey|study|hit|hits|experiment|questionnaire|round|screener|screening|diary",
            "study|survey|hit|hits|experiment|session you|to *2 participated|took|completed|joined|did|enrolled|entered|started",
            "this is a? continuation",
            "continuation hit|task|survey|study of|for",
            "must|need *2 completed|done|finished|participated|taken *3 part|wave|phase|session|study|screener|hit|hits|round",
            "because you|of your? *1 participated|completed|took|participation",
            "thank|thanks you? for *2 completing|participating|taking|joining *4 screening|screener|part|first",
            "participation in|of *3 previous|earlier|prior|first|past|last study|survey|hit|session|part",
            "for *2 returning|previous|prior|past|existing participants|respondents",
            "returning participants|respondents|workers",
        ],
    ),
    // Asked to stay out because of an earlier part, or about this very row: no invitation.
    (
        Cue::NoEarlierPart,
        &[
            "if|unless you|have *3 already|previously *3 participated|completed|taken|took|did|participate|do|submit",
            "if you|have *2 participated|completed|taken|took|did|done|started|joined",
            "when|once|after|upon you|workers|participants|they|have *2 completed|finished|did|complete|done|participated|took",
            "after|upon *3 participation",
            "not|never|cannot|dont|didnt|havent *5 participated|completed|taken|took|did|done|participate|complete|finished|started",
            "thank|thanks you? for *2 participating|completing|taking *1 in|part|this|our|the survey|study|research|hit",
            "for|after|upon|once|who|those|workers|participants *2 completed|completing|complete *6 will|can|may|earn",
            "completed|participated|taken|done *6 excluded|ineligible|rejected|not|blocked|again",
        ],
    ),
    (
        Cue::InvitedOnly,
        &[
            "by invitation only",
            "invitation only",
            "invite only",
            "by invitation",
            "only *3 invited workers|participants|people|turkers|respondents",
            "invited workers|participants|respondents|turkers only",
            "restricted|limited to *3 invited",
            "only|unless *4 if? you *2 invited|contacted|emailed|messaged|notified",
            "unless *3 invited|contacted|emailed|messaged|notified",
            "only|unless *6 received|got *3 email|message|invitation|invite",
        ],
    ),
    // The work itself takes several days; a span of days as a topic does not.
    (
        Cue::DaysOfWork,
        &[
            "#|two|three|four|five|six|seven|several|multi|multiple|ten day *2 study|survey|surveys|diary|experiment|research|task|hit",
            "#|two|three|four|five|six|several|multi|multiple|one week|month *1 study|diary|program|experiment",
            "#|two|three|four|five|seven|several|multiple|consecutive|ten days|weeks *1 study|diary|experiment|commitment",
            "daily|diary surveys|diary|diaries|questionnaires|tasks for|over|across",
            "diary study",
            "survey|surveys|questionnaire|session|task|entry a|per|each|every day for|over *2 days|week|weeks|month",
            "over|across|spans|spread the? course? of? #|two|three|four|five|seven|several|multiple|consecutive|ten consecutive? days|weeks",
            "each|every day|evening|morning for|over *2 #|two|three|four|five|seven|ten|several|consecutive *1 days|weeks",
            "once|twice a|per day|daily for|over *3 days|week|weeks",
            "for # consecutive days|weeks",
        ],
    ),
    (
        Cue::NoDaysOfWork,
        &[
            "# day|week|month old|trial|free|return|returns|weather|forecast|work|shipping|delivery|supply|diet",
            "past|last|previous # days|weeks|day|week",
        ],
    ),
];

/// Names of qualifications a worker must have, put in words by their requesters.
pub(super) const REQUIREMENT_TABLES: &[(Cue, &[&str])] = &[
    (
        Cue::DidEarlierPart,
        &[
            "completed|complete|took|taken|did|done|finished|participated|attended *3 part|pt|survey|study|wave|session|phase|time|round|screener|screening|test|t1|first|1st|stress|thesis",
            "part|wave|session|phase|time|study|round|survey 1|one|i|2|3 *2 completed|complete|done|participant|participants|finished|access",
            "invited|invite|invitees|invitation",
            "returning|previous|prior|past *1 participant|participants|workers",
            "passed|eligible *2 screener|screening|prescreen|part",
            "completed t1|t2|w1|w2|s1|s2|baseline|intake",
            "taken|took|completed *3 #",
        ],
    ),
    (
        Cue::PayWord,
        &["compensation", "compensate", "missed", "owed", "bonus", "non submitted", "payment", "makeup"],
    ),
];
