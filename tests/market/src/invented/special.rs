//! Rows that are no plain work: pay for earlier work, named workers, screeners and others, in own words.

use super::wording::{Kind, Line};

const fn line(kind: Kind, cents: (u32, u32), title: &'static str, text: &'static str) -> Line {
    Line { kind, cents, title, text }
}

/// Kinds where the words change what the pay means.
pub(super) const SPECIAL: [Line; 44] = [
    line(
        Kind::EarlierWork,
        (1, 6_000),
        "Compensation HIT for {topic} study",
        "For those who could not submit. You know who you are.",
    ),
    line(
        Kind::EarlierWork,
        (1, 6_000),
        "Compensation HIT",
        "Pays for a task that timed out. Enter your code.",
    ),
    line(Kind::EarlierWork, (1, 2_000), "Compensation for {worker}", "Payment for work already done."),
    line(
        Kind::EarlierWork,
        (5, 3_000),
        "Bonus payment HIT – {topic}",
        "Claim the bonus you earned last week. Takes less than a minute.",
    ),
    line(
        Kind::EarlierWork,
        (20, 2_000),
        "Make-up payment for our broken link",
        "If you emailed us about the error, accept this HIT to be paid.",
    ),
    line(Kind::Named, (1, 1_500), "HIT for {worker}", "Only for this worker."),
    line(
        Kind::Named,
        (10, 1_200),
        "Only for workers {worker} and {worker}",
        "Everyone else will be rejected.",
    ),
    line(
        Kind::Named,
        (50, 1_500),
        "Private HIT, invited worker only ({worker})",
        "Please do not accept it if this is not your id.",
    ),
    line(
        Kind::Screener,
        (1, 50),
        "Screener: do you know much about {topic}?",
        "Answer {n} questions to see if you qualify for a paid study ($10 for 45 minutes).",
    ),
    line(
        Kind::Screener,
        (1, 60),
        "Pre-screen for a study on {topic}",
        "Those who qualify are invited to the main survey, which pays $3.50.",
    ),
    line(
        Kind::Screener,
        (5, 100),
        "Eligibility questionnaire – {topic}",
        "If eligible you will be invited to a longer study next week.",
    ),
    line(
        Kind::Screener,
        (1, 25),
        "Qualify for a study worth $12!",
        "A few questions about {topic}. Only some will be selected.",
    ),
    line(
        Kind::QualificationTest,
        (0, 30),
        "Qualification test for labelling {topic}",
        "Pass it to get access to the paid HITs.",
    ),
    line(
        Kind::QualificationTest,
        (0, 60),
        "Qualifying HIT: transcription style",
        "One short file. You need 80 % for the qualification.",
    ),
    line(
        Kind::QualificationTest,
        (1, 100),
        "Training and test for new annotators",
        "Read the guide, then answer {n} questions. Qualification granted within a day.",
    ),
    line(
        Kind::Invited,
        (20, 1_500),
        "Part 2: {topic}",
        "You took part in the first session. Please use the same browser.",
    ),
    line(Kind::Invited, (50, 1_500), "{topic} – follow-up (part 2 of 2)", "For participants of part 1 only."),
    line(
        Kind::Invited,
        (100, 2_500),
        "Session 3 of the {topic} study",
        "By invitation. Thank you for staying with us.",
    ),
    line(
        Kind::Invited,
        (30, 800),
        "Invited participants: second survey on {topic}",
        "You were invited by message.",
    ),
    line(
        Kind::SeveralDays,
        (50, 2_000),
        "Daily diary: {topic}, day {n}",
        "One entry every evening for seven days.",
    ),
    line(
        Kind::SeveralDays,
        (100, 3_000),
        "Two-week study on {topic}",
        "A short survey every morning for 14 days; bonus of $5 if none is missed.",
    ),
    line(
        Kind::SeveralDays,
        (50, 1_000),
        "Install a browser add-on for 5 days",
        "Download required. It counts how often you switch tabs.",
    ),
    line(
        Kind::SeveralDays,
        (200, 4_000),
        "Longitudinal study, wave 1 ({topic})",
        "Three waves over three months, each 20 minutes.",
    ),
    line(
        Kind::Bonus,
        (1, 50),
        "Guess the number – bonus up to $2.00",
        "Your pay depends on your guesses. About 8 minutes.",
    ),
    line(
        Kind::Bonus,
        (1, 75),
        "Economic game with real money (+ $1.50 bonus on average)",
        "You and a partner divide an amount.",
    ),
    line(
        Kind::Bonus,
        (5, 100),
        "Music rating, $1.20 bonus on completion",
        "Headphones required. The full task lasts 10 minutes.",
    ),
    line(
        Kind::Bonus,
        (5, 150),
        "Predict what others said about {topic} (bonus $0.05 per right answer)",
        "{n} predictions.",
    ),
    line(
        Kind::Bonus,
        (10, 300),
        "Forecasting {topic}: win an extra $20",
        "The best five forecasters get the prize.",
    ),
    line(
        Kind::Study,
        (0, 0),
        "Volunteers: {topic}",
        "This HIT pays nothing. It helps a student with a thesis.",
    ),
    line(Kind::Study, (0, 0), "Test of our form, please ignore", "Unpaid."),
    line(
        Kind::EarlierWork,
        (0, 100),
        "Small payment for {worker} (error on our side)",
        "Sorry for the trouble.",
    ),
    line(
        Kind::EarlierWork,
        (100, 6_000),
        "Pay for session 2, lab visit",
        "Only if you were in our lab this month. Submit your participant number.",
    ),
    line(
        Kind::Screener,
        (2, 80),
        "Do you use {topic} apps? Short screening",
        "Takes 1 minute. Later study pays $8 for half an hour.",
    ),
    line(Kind::Named, (5, 700), "For {worker}: redo of a lost answer", "Others will be rejected, sorry."),
    line(
        Kind::Invited,
        (75, 1_200),
        "Re-contact survey ({topic})",
        "You answered our survey in the spring and agreed to be contacted again.",
    ),
    line(
        Kind::SeveralDays,
        (75, 2_500),
        "Sleep log for 10 nights",
        "A phone app is needed. 3 minutes each morning.",
    ),
    line(
        Kind::Bonus,
        (10, 200),
        "Negotiate by chat; up to $4 bonus",
        "You bargain with another worker for up to 15 minutes.",
    ),
    line(
        Kind::QualificationTest,
        (0, 40),
        "English writing test (qualification)",
        "Write 100 words about {topic}.",
    ),
    line(
        Kind::Screener,
        (10, 120),
        "Looking for {place} owners – screening survey",
        "If you qualify we send you the link to a $25 interview.",
    ),
    line(
        Kind::Invited,
        (40, 900),
        "Second half of the {topic} task",
        "Only for those who finished the first half yesterday.",
    ),
    line(
        Kind::EarlierWork,
        (30, 1_200),
        "Back pay: {topic} survey",
        "The survey closed too early for you. This pays the full amount.",
    ),
    line(Kind::Named, (100, 4_000), "Reserved for {worker}", "As agreed by message."),
    line(Kind::Bonus, (1, 30), "Write an ad slogan – $5 for the best ten", "Any product you like."),
    line(
        Kind::SeveralDays,
        (300, 6_000),
        "30 day habit study: {topic}",
        "Daily check-ins of two minutes, paid at the end.",
    ),
];
