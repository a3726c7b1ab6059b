//! What a worker must have or do besides the task itself.

use std::sync::OnceLock;

use super::phrases::{Phrases, overlapping};
use super::tokens::Text;
use super::{Texts, Wording, kind, language};
use crate::domain::{Kind, Need, SortedSet, lowered};

/// What the words and the required qualifications ask for, in the order of [`Need`], each once.
pub fn needs(wording: &Wording<'_>) -> Vec<Need> {
    let texts = Texts::read(wording);
    of_texts(&texts, wording, kind::of_texts(&texts, wording))
}

/// As [`needs`], for texts that are read already and a row whose kind is known.
pub(super) fn of_texts(texts: &Texts<'_>, wording: &Wording<'_>, kind: Option<Kind>) -> Vec<Need> {
    let texts = texts.both();
    let mut needs: SortedSet<Need> = texts.into_iter().flat_map(needs_in).collect();
    let names = wording.requirement_names;
    if texts.into_iter().any(|text| language::demands(text) || language::is_foreign(text))
        || names.iter().any(|name| language::names_language(name))
    {
        needs.insert(Need::Language);
    }
    if names.iter().any(|name| lowered(name).contains("adult content")) {
        needs.insert(Need::AdultContent);
    }
    if kind == Some(Kind::SeveralDays) {
        needs.insert(Need::AnotherDay);
    }
    needs.iter().copied().collect()
}

/// What a phrase means: a need, or that an overlapping phrase of that need is none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hint {
    Needs(Need),
    NoNeed(Need),
}

fn needs_in(text: &Text<'_>) -> Vec<Need> {
    static PHRASES: OnceLock<Phrases<Hint>> = OnceLock::new();
    let found = PHRASES.get_or_init(|| Phrases::new(TABLES)).find_all(text);
    let mut needs = Vec::new();
    for hint in &found {
        let Hint::Needs(need) = hint.meaning else { continue };
        let vetoed = overlapping(&found, hint).any(|other| other.meaning == Hint::NoNeed(need));
        if !vetoed && !text.is_denied(hint.start, hint.end) {
            needs.push(need);
        }
    }
    needs
}

const TABLES: &[(Hint, &[&str])] = &[
    (
        Hint::Needs(Need::Microphone),
        &[
            "microphone|microphones|mic|headset|mikrofon|micrófono",
            "record|recording|recordings your|yourself|own? voice|speech|saying|speaking|speak|talking|reading|singing|completing",
            "record *4 voice|speech|phrases|spoken|sentences|words|audio|aloud|loud",
            "record *8 and your|own voice",
            "your voice|speech recorded|recordings|recording",
            "make # short? recordings|recording|audio",
            "voice|speech|audio|vocal recording|recordings|collection|sample|samples|clips of? *2 your|yourself|speech|task|required|submit",
            "speak|speaking and? record|recorded|sentences|aloud|into|#|sentence|phrases",
            "submit|upload|collecting|provide|send|make *2 audio|voice|spoken recording|recordings|sample|samples|clip|clips",
            "voice|speech|command recording|recordings|collection",
            "vocaroo",
            "read *3 aloud|loud",
            "say *4 phrases|words|sentences *2 recorded|aloud|microphone",
            "speech command|commands record|recording",
        ],
    ),
    (
        Hint::NoNeed(Need::Microphone),
        &[
            "listen|transcribe|rate|label|classify|evaluate|hear|compare|annotate *5 recording|recordings|voice|speech|audio|clip|clips|samples",
        ],
    ),
    (
        Hint::Needs(Need::Camera),
        &[
            "webcam|webcams",
            "your|a|the|front|own|phone|computer|use|using|with|via|need|requires|requires|working|calibrate|through camera|cameras",
            "camera required|needed|access|calibration|on",
            "your|use|using *2 camera|webcam",
            "record|film *3 video|videos",
            "take|taking|taken|upload|submit|send|snap|post *4 picture|pictures|photo|photos|photograph|photographs|selfie|selfies",
            "video|videos|photo|photos|picture|pictures|selfie of yourself|you|your",
            "record *2 yourself|video|videos *3 yourself|doing|face|performing",
            "film|filming|videotape|photograph your|yourself|you",
            "facial|face|eye recording|tracking",
        ],
    ),
    (
        Hint::NoNeed(Need::Camera),
        &[
            "label|annotate|rate|view|describe|look|watch|classify|find|identify|see *5 picture|pictures|photo|photos|camera|videos|selfies|video",
            "security|traffic|surveillance|driving|car|dash|digital|action|trail|a camera|cameras view|footage|image|images|brand|brands|store|review",
            "picture|pictures|photo|photos below|above|on|from",
            "record *2 screen",
        ],
    ),
    (
        Hint::Needs(Need::Phone),
        &[
            "smartphone|smartphones|iphone|ipad",
            "android|ios|iphone|mobile|cell|smart phone|phones|device|devices *2 required|needed|only|users|owners|must|necessary",
            "mobile|phone|smartphone|tablet|phones only|required|needed",
            "your|own|a mobile|cell device|phone",
            "phone tablet required",
            "your|own|a|mobile|cell|via|by|use|using phone|smartphone|cellphone|telephone",
            "phone|telephone|video|zoom|skype call|interview|calls|interviews|conversation",
            "text message|messages|messaging to|from|you|your|sent",
            "call *3 number|hotline|us|phone",
            "android|ios app|phone|device|users|version",
        ],
    ),
    (
        Hint::NoNeed(Need::Phone),
        &[
            "turn|switch|put|silence|disable|avoid|no|not|cannot|without|discourage|except *6 phone|phones|smartphone|mobile",
            "survey|study|opinions|opinion|attitudes|questions|about|reviews|regarding *4 phone|phones|smartphone|smartphones|iphone|mobile",
            "mobile|phone|smartphone|phones|iphone *3 not|disallowed|excluded|wont",
            "phone number|numbers|book|case|cases|plan|plans|company|companies|brand|brands|survey",
            "find|collect|verify|lookup|imagine|you|role *5 phone|telephone|call",
            "on|over|through the phone with|and|to",
            "smartphone|phone|mobile|iphone usage|addiction|use|habits|brands|brand|market|purchase|preference|preferences|apps|games|banking|advertising",
            "recorded|recording|recordings phone|telephone call|calls|conversation|conversations",
        ],
    ),
    (
        Hint::Needs(Need::Headphones),
        &[
            "headphone|headphones|earphones|earphone|earbuds|headset|kopfhörer|auriculares",
            "working|computer|external|your speakers",
            "speakers or headphones",
        ],
    ),
    (
        Hint::NoNeed(Need::Headphones),
        &[
            "about|of|survey|brand|buy|buying|wireless|review|reviews *4 headphones|earbuds|headphone|earphones|headset",
            "headphone|headphones|earbuds brand|brands|market|survey|study",
        ],
    ),
    (
        Hint::Needs(Need::Download),
        &[
            "download|downloading|install|installing a|an|the|our|this|app|apps|software|free|file|files|extension|program|plugin",
            "requires|require|need|must|asked|have *4 download|install|installation|downloading|installing",
            "installation|download required|needed|necessary|of",
            "app|software|browser|chrome|firefox extension|installation|plugin|download required|needed|to",
        ],
    ),
    (
        Hint::NoNeed(Need::Download),
        &[
            "survey|about|on|impact|rides|page|feelings|opinions *5 download|downloads|install|extension|downloading",
            "have|already|previously *1 downloaded|installed",
        ],
    ),
    (
        Hint::Needs(Need::Account),
        &[
            "requires|require|required|need|must|have|having|using|use|with *5 account|accounts",
            "account required|needed|necessary",
            "your|personal|own *2 account|accounts",
            "create|creating|register|registering|open|make a|an|your|free|new *3 account|login",
            "sign|signing up for|on|at|to|with *3 website|site|account|app|service|newsletter|platform|trial|page",
            "register|registering|registration on|at|with|for|required *3 website|site|account|app|service|platform|page|us",
            "log|login|logging|sign in|into|on *4 account|facebook|google|linkedin|instagram|twitter|amazon|website|site|your",
            "connect|link|share|grant|authorize your *3 account|facebook|twitter|instagram|google|spotify|profile",
            "must|only|for|have|active *4 facebook|instagram|twitter|spotify|netflix|paypal|amazon|tiktok|google account|accounts|user|users",
        ],
    ),
    (
        Hint::NoNeed(Need::Account),
        &[
            "find|review|classify|label|identify|look|check|view|about|read *5 account|accounts|profile|page",
            "bank|savings|checking|fake|bot|brand|company|celebrity|official|news account|accounts",
            "on|take|into account",
            "mturk|turk account",
            "account for|of|manager|managers|executive",
            "users|user *3 survey",
        ],
    ),
    (
        Hint::Needs(Need::AnotherDay),
        &[
            "day|days|week|weeks|month|months|tomorrow|hours after|later|following|from *5 part|follow|second|first|survey|study|session|complete",
            "follow|followup up? *3 survey|study|session|questionnaire|part|hit *3 in|after|within *2 #|one|two|three|a|few|several day|days|week|weeks|month|months",
            "part|session|survey *6 tomorrow",
            "part|second|session|wave|follow *6 #|one|two|three|a|next|few day|days|week|weeks|month|months later|after|from",
            "second|third|part|follow|return|again|survey|session *6 in|after a|one|two|three|few|several|#|next *1 day|days|week|weeks|month|months",
            "second|third|next|another|part|follow|return|again|survey|session *8 in|after|after|available|one|# *2 #|one|two|three|a|few|several|next day|days|week|weeks|month|months *1 after|later|from|time|of",
            "in|after #|one|two|three|a|few|several|next day|days|week|weeks|month|months *2 return|second|part|follow|invited|contact|complete|you",
            "multi|multiple|several|#|two|three|consecutive|seven|ten|five day|days|week|month study|survey|surveys|diary|experiment|session|sessions|quick|longitudinal|program",
            "for|over|across|throughout|during|of|within the|course|period|a|#|two|three|several|next? *3 days|weeks|month|months *2 survey|surveys|diary|daily|complete|study",
            "sessions|surveys|parts|waves|diaries|entries to? *4 over|across|within|during|throughout *3 #|a|two|three|several|the day|days|week|weeks|month|months",
            "multi|multiple|several|# part|wave|session longitudinal",
            "longitudinal *1 study|survey|investigation|research|project",
            "daily|diary|weekly|evening|morning survey|surveys|diary|diaries|questionnaire|report|reports|entry|entries",
            "diary #",
            "survey|surveys|questionnaire|session|task|entry a|per|each|every day for|over *2 days|week|weeks|month",
            "diary study|surveys",
            "session|day|visit # of|out *1 #",
            "multi day",
            "day 1|2|3|4",
            "three|four|five|multiple|several|#|four part|different|separate study|moments|times|waves|occasions|timepoints",
            "return|come|back *2 tomorrow|later|another|next *1 day|week",
            "on|at *3 different|separate|another|other days|day|moments|weeks",
            "week|month|day # assessment|survey|follow",
            "multi part",
        ],
    ),
    (
        Hint::NoNeed(Need::AnotherDay),
        &[
            // The last of several sessions: nothing comes after it.
            "session|day|visit 2|two of|out *1 2|two",
            "session|day|visit 3|three of|out *1 3|three",
            "session|day|visit 4 of|out *1 4",
            "multi|multiple|several|two|2|three|3 day|session|part study|survey|experiment *2 2 of 2",
            "multi|multiple|several|two|2|three|3 day|session|part study|survey|experiment *2 3 of 3",
            "# days|weeks|months|day|week|month ago",
            "about|past|last|previous|over *2 #|few|several|two|six|seven|your? *1 day|days|week|weeks|month|months",
            "paid|approved|payment|pay|approval|reviewed|bonus|bonuses|compensated *4 in|within|after *3 day|days|week|weeks|hours",
            "if *4 weekly|daily",
            "may|might contact|invite|be|receive",
        ],
    ),
    (
        Hint::Needs(Need::AdultContent),
        &[
            "adult|mature|explicit|sexual|graphic|disturbing|offensive|nsfw|obscene|pornographic|violent|upsetting|sensitive content|contents|material|materials|images|image|language|comments|tweets|videos|media|text|posts|scenes|nature",
            "may|might|could be upsetting|disturbing|offensive|triggering",
            "graphic description|descriptions|violence",
            "nsfw|pornography|porn|nudity|racy",
            "non|unsafe *1 work safe",
            "unsafe for work",
            "contain|contains|include|includes|encounter|see|involve|involves *3 adult|explicit|offensive|disturbing|graphic|nudity|sexual|upsetting|obscene|profanity|vulgar|hateful",
            "contenido *1 adultos",
            "contenido para adultos",
            "contenus *2 adultes",
            "contenus réservés aux adultes",
            "contenuti *1 adulti",
            "inhalte *3 erwachsene",
            "conteúdo adulto",
            "trigger|content warning|warnings",
        ],
    ),
    (Hint::NoNeed(Need::AdultContent), &["young|older|emerging|autistic|for adult|adults"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn needs_of(title: &str) -> Vec<Need> {
        needs(&Wording { title, ..Wording::default() })
    }

    #[test]
    fn the_tables_are_well_formed() {
        super::super::phrases::assert_well_formed(&Phrases::new(TABLES));
    }

    #[test]
    fn needs_are_found() {
        let table: [(&str, &[Need]); 22] = [
            ("Microphone required", &[Need::Microphone]),
            ("Record yourself saying ten words", &[Need::Microphone]),
            ("Record your screen and your voice", &[Need::Microphone]),
            ("Turn on your webcam", &[Need::Camera]),
            ("Take a picture of your desk", &[Need::Camera]),
            ("Record 5 videos of yourself waving", &[Need::Camera]),
            ("Phone or tablet required", &[Need::Phone]),
            ("Mobile only: rate a site", &[Need::Phone]),
            ("Make a phone call and say how it went", &[Need::Phone]),
            ("Scan a code with your mobile device", &[Need::Phone]),
            ("Listen to tones (headphones required)", &[Need::Headphones]),
            ("Install our app and rate it", &[Need::Download]),
            ("You need to have a shop account", &[Need::Account]),
            ("Sign up for a website and say how it went", &[Need::Account]),
            ("Survey for native speakers of Spanish", &[Need::Language]),
            ("Umfrage zu Haustieren: wir fragen nach Ihrer Meinung und der Ihrer Kinder", &[Need::Language]),
            ("There will be a second survey in two weeks", &[Need::AnotherDay]),
            ("Part 2 of this study opens one week later", &[Need::AnotherDay]),
            ("Diary study", &[Need::AnotherDay]),
            ("CAUTION: may contain adult content", &[Need::AdultContent]),
            (
                "Warnung, may contain offensive images. Use a microphone",
                &[Need::Microphone, Need::AdultContent],
            ),
            ("Avertissement : contenus réservés aux adultes", &[Need::AdultContent]),
        ];
        for (title, expected) in table {
            assert_eq!(needs_of(title), expected, "{title}");
        }
    }

    #[test]
    fn subjects_and_denials_are_no_needs() {
        for title in [
            "No microphone needed",
            "Transcribe an audio recording",
            "Listen to a voice recording",
            "Draw boxes in traffic camera images",
            "Rate photos of dogs",
            "No mobile phones",
            "Mobile devices are not allowed",
            "Survey about smartphones",
            "Find the phone number of a dentist",
            "Survey about headphones brands",
            "How do e-scooters change app downloads?",
            "Review a company profile",
            "Young adults survey",
            "Pain over the past 7 days",
            "You will be paid in 3 days",
            "A study of sleep",
            "",
        ] {
            assert_eq!(needs_of(title), [], "{title}");
        }
    }

    #[test]
    fn qualifications_count() {
        let names = ["Adult Content Qualification", "Language NL"];
        let wording = Wording { title: "Sort words", requirement_names: &names, ..Wording::default() };
        assert_eq!(needs(&wording), [Need::Language, Need::AdultContent]);
    }
}
