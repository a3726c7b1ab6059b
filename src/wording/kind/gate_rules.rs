//! Phrases of screeners and qualification tests.

use super::cues::Cue;

/// Read over title and description.
pub(super) const TABLES: &[(Cue, &[&str])] = &[
    // A screener by name, in a title.
    (
        Cue::ScreenerName,
        &[
            "screener",
            "screeners",
            "prescreen",
            "prescreener",
            "prescreening",
            "pre screen|screener|screening",
            "screening survey|questionnaire|questions|study|hit|task|test|round|for",
            "initial|short|quick|brief|paid|eligibility screening",
            "eligibility survey|questionnaire|check|quiz|form",
            "qualification|qualifying|qualifier|recruitment survey|questionnaire",
            "prequalification",
            "pre qualification|qualifier|qualifying",
        ],
    ),
    (
        Cue::ScreenerSaid,
        &[
            "this is *4 screener|screening|prescreen|prescreener|prescreening",
            "this is *4 pre screen|screener|screening",
            "short|brief|quick|paid|initial|question screener|prescreen|prescreener",
            "take|complete|completing|answer|fill *3 screener|prescreen|prescreener",
            "screener|screening survey|questions|questionnaire? to|for *3 determine|qualify|see|eligibility|future|upcoming|another|larger|main|full|longer",
            "pass the|this|our? pre? prescreen|screen|screener|screening|prescreener",
            "determine|determining|assess|check|see|find *2 eligibility|eligible|qualify|if *5 for|to|take|participate *3 future|upcoming|larger|longer|main|another|full|next|paid|follow",
        ],
    ),
    // The screening is a part of this very survey, whoever fails it is sent away; or it is a subject.
    (
        Cue::ScreensItself,
        &[
            "screening involved|included|inside|within|question|at|in|out",
            "screened out",
            "if disqualified|screened",
            "unpaid screener|screening|pre",
            "includes|including|contains|has|have|with *3 screener|screening|prescreen",
            "cancer|health|medical|drug|airport|resume|blood|breast|genetic|newborn|hearing|security|covid|disease|skin|colon|film|movie screening|screen",
        ],
    ),
    // In a title: to qualify for something else.
    (
        Cue::QualifyFor,
        &[
            "qualify|qualifies|qualifying for|into *3 larger|upcoming|future|another|longer|more|main|full|paid|high|higher|part",
            "qualify|eligible for *4 survey|study|interview|research|experiment|diary|studies|surveys",
            "see|check|find out? if you *3 qualify|eligible",
            "opportunity|chance to qualify",
        ],
    ),
    // "You must be 18 to qualify for this survey": this one, not another.
    (
        Cue::NoGate,
        &[
            "qualify|qualifies|eligible for|to take|do|complete|participate? *1 this",
            "must|only *12 qualify for the|our|a study|survey",
        ],
    ),
    // Said anywhere: who passes may do another task.
    (
        Cue::GateToStudy,
        &[
            "may|might|could|can|will|to|that qualify|qualifies you|workers|participants? *1 for|to *4 larger|longer|upcoming|future|another|main|full|bigger|follow|more|next|paid",
            "that|may|might|could|can|will qualify|qualifies you to|for do|take|complete|more|our|a|the *4 hit|hits|study|survey|studies|surveys",
            "see if|whether you *2 qualify|eligible for|to",
            "if you|eligible|selected|found|participants|workers *2 qualify|eligible|pass|selected|qualified *8 invited|invite|additional|second|continue|bonus|full|follow|longer|main",
            "if you qualify|pass *8 asked",
            "only|those|participants|workers *3 qualify|eligible|matching|meeting|pass|qualified *8 invited|invite",
            "if you qualify for *2 study|survey|research|experiment *2 you will|may|would",
            "if eligible bonus|you|invited|we",
            "depending|based on *2 your|these|this|answers|responses *6 eligible|qualify|invited",
            "eligible|invited|selected|chosen|qualify *2 for|to *3 full|larger|longer|main|second half|length|study|survey|portion",
            "sign up for *2 study|studies|hit|session|experiment|interview",
            "qualify for first|next|second|the|our *3 automatically",
        ],
    ),
    // Qualification tests by name.
    (
        Cue::TestName,
        &[
            "qualification|qualifications|qualifying|qual|qualifier test|tests|hit|hits|task|tasks|exam|quiz|round|phase|assessment|stage|batch|training|trial",
            "test|exam|quiz|training for|to *1 qualification|qualifying|qualifications",
            "training qualifier|qualification|hit|hits",
            "=qualifier",
            "^qualification|qualifications|qual",
            "qualify for *5 hits|tasks|batch|batches",
            "entrance test|exam",
        ],
    ),
    // "Qualification required": another task has the test.
    (
        Cue::NoTest,
        &[
            "qualification|qualifications|qualifier|qual *2 required|needed|necessary",
            "requires|require|with|need|needs|without|after|have|passed *2 qualification|qualifying|qual",
            "qualification|qualifications survey|study about|on|of",
            "job|jobs|educational|academic|professional|vocational|teacher|teachers|language|football|soccer|cup|olympic qualification|qualifications|qualifier|qualifiers|qualifying",
        ],
    ),
    (
        Cue::TestSaid,
        &[
            "this is *4 qualification|qualifying|qualifier test|task|hit|round|exam|quiz|survey|phase",
            "^qualification|qualifying test|task|hit|exam|quiz|round",
            "^for qualification|qualifications",
            "^short|quick|simple|test|task|quiz test|task|quiz? to qualify for *4 hits|tasks|batch|task|work",
            "pass|passing this|the|our *1 test|quiz|hit *6 qualify|qualified|qualification|access|eligible|invited",
            "must|need to *2 perform|do|score *4 eligible for *2 future|more|other tasks|hits|work",
            "to receive|get|gain|earn|obtain the|a|our qualification",
        ],
    ),
];
