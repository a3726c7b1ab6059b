//! Work in batches: what the dozen regulars offer, in own words.

use super::wording::{Kind, Line};

const fn batch(cents: (u32, u32), title: &'static str, text: &'static str) -> Line {
    Line { kind: Kind::Batch, cents, title, text }
}

/// Lines of the regular at this index.
pub(super) fn of_regular(index: usize) -> &'static [Line] {
    BY_REGULAR.get(index).copied().unwrap_or_default()
}

const BY_REGULAR: [&[Line]; 12] = [
    &[
        batch(
            (1, 15),
            "Type in the total and the date of a shop receipt",
            "One photo, two fields. Skip it if the photo is blurred.",
        ),
        batch(
            (5, 30),
            "Extract all items from {n} receipts",
            "List product, quantity and price of every line.",
        ),
        batch((2, 12), "Receipt check: is the merchant name right?", "Compare the name with the picture."),
    ],
    &[
        batch(
            (1, 10),
            "Draw a box around every {thing}",
            "Tight boxes, please. Pictures without any are common: tick “none”.",
        ),
        batch(
            (2, 20),
            "Which of these pictures shows a {thing}?",
            "{n} pictures a HIT. Read the examples first.",
        ),
        batch(
            (5, 60),
            "Outline the {thing} in a street scene",
            "Click along its edge. Works best with a mouse.",
        ),
    ],
    &[
        batch(
            (1, 12),
            "Find the official website of a company",
            "Search the web for the company and paste the address of its home page.",
        ),
        batch(
            (2, 25),
            "Find the phone number and opening hours of a {place}",
            "Use the business's own page, not a directory.",
        ),
        batch(
            (3, 15),
            "Verify contact details – batch {n}",
            "Wrong answers are rejected without further notice.",
        ),
    ],
    &[
        batch(
            (4, 75),
            "Transcribe a 30 second audio clip",
            "Clear speech, one speaker. Mark what cannot be understood.",
        ),
        batch(
            (20, 300),
            "Correct the transcript of a {n} minute recording",
            "Fix names and punctuation; bonus of $0.10 for files without an error.",
        ),
        batch((5, 40), "Type what is said in a short voicemail", "Headphones recommended."),
    ],
    &[
        batch(
            (2, 15),
            "Does this {thing} match the description?",
            "Look at both pictures and choose yes, no or cannot tell.",
        ),
        batch((5, 25), "Sort products into a category (set {n})", "Pick the narrowest category that fits."),
        batch(
            (3, 18),
            "Compare prices of one {thing} in two shops",
            "Enter both prices as shown today, with shipping.",
        ),
    ],
    &[
        batch(
            (2, 14),
            "Is this search result useful?",
            "Read a query and a result and judge how well they fit.",
        ),
        batch((4, 30), "Rank {n} answers to one question", "Best first. No answer may be left out."),
        batch(
            (6, 45),
            "Write three searches that would find this page",
            "In your own words; copied titles are not accepted.",
        ),
    ],
    &[
        batch(
            (2, 20),
            "Mark the entrance of a {place} on an aerial photo",
            "Zoom in, click the door, submit.",
        ),
        batch((5, 35), "Are these two map entries the same place?", "Compare name, street and type."),
    ],
    &[
        batch(
            (10, 150),
            "Record {n} short phrases with your microphone",
            "A quiet room and a working microphone are needed. Each phrase takes a few seconds.",
        ),
        batch(
            (25, 400),
            "Read a text aloud – voices wanted",
            "Recording in the browser; microphone required, no download.",
        ),
        batch(
            (15, 90),
            "Say a wake word in three ways",
            "Near, far, and whispering. Phone or laptop microphone.",
        ),
    ],
    &[
        batch(
            (2, 12),
            "Moderate comments under a cooking video",
            "Some comments are rude. Choose all labels that apply.",
        ),
        batch(
            (3, 15),
            "Does this profile picture follow the rules?",
            "Adult content possible. Decide by the list of rules.",
        ),
    ],
    &[
        batch((5, 30), "Write a title for a {thing}", "At most 60 characters, no brand names, no capitals."),
        batch((10, 60), "Describe a {thing} in two sentences", "For people who cannot see the picture."),
    ],
    &[
        batch((3, 20), "Copy the table of a scanned page", "Usually {n} rows. Leave empty cells empty."),
        batch((2, 10), "Which way up is this page?", "Turn it until the text can be read."),
    ],
    &[
        batch(
            (10, 120),
            "Show with your webcam how you pick up a {thing}",
            "A camera is needed; the video is seen by our engineers only.",
        ),
        batch(
            (5, 50),
            "Where should the robot put the {thing}?",
            "Click the place in a picture of a kitchen.",
        ),
    ],
];

/// Batches of people with a few groups.
pub(super) const OCCASIONAL: [Line; 16] = [
    batch((1, 10), "Tag the feeling of a short message", "Happy, sad, angry, or none of them."),
    batch((2, 15), "Label a picture of a {thing}", "Choose one of six labels."),
    batch((1, 8), "Is the sentence about {topic}?", "Yes or no. {n} sentences a HIT."),
    batch((3, 20), "Find an email address for a {place}", "Public pages only."),
    batch((5, 35), "Summarize a paragraph on {topic}", "One sentence, your own words."),
    batch((5, 40), "Write a question that this paragraph answers", "Simple words; no yes-or-no questions."),
    batch((10, 80), "Rate {n} machine translations", "Fluent English needed, the other language is not."),
    batch(
        (15, 100),
        "Play a word game with a chat program and rate it",
        "Desktop browser only. Bonus up to $0.50 for the best ideas.",
    ),
    batch(
        (20, 150),
        "Take {n} photos of a {thing} with your phone",
        "A phone camera is needed. Good light, no people.",
    ),
    batch(
        (30, 200),
        "Try out a website for {topic} and report what is unclear",
        "Think aloud; a microphone and a small download are needed.",
    ),
    batch((100, 600), "Annotate {n} newspaper articles on {topic}", "Follow the guide. Paid per set."),
    batch(
        (200, 1_200),
        "Transcribe an interview about {topic}",
        "Full transcript of a 20 minute recording, two speakers.",
    ),
    batch(
        (1, 6),
        "Zwei Bilder vergleichen: Welches zeigt ein Fahrrad?",
        "Klicken Sie auf das richtige Bild. Ca. 1 Minute.",
    ),
    batch((5, 40), "短い文章を読んで分類してください", "3つの選択肢から1つ選びます。所要時間は約2分です。"),
    batch((3, 25), "Clasificar frases cortas en español", "Hablantes nativos. Unos 2 minutos por HIT."),
    batch((2, 30), "Отметьте ошибки в предложении", "Нужен родной русский язык. Около 3 минут."),
];

/// Things in pictures and shops.
pub(super) const THINGS: [&str; 28] = [
    "bicycle",
    "traffic light",
    "coffee mug",
    "backpack",
    "desk lamp",
    "kettle",
    "pair of shoes",
    "garden chair",
    "umbrella",
    "road sign",
    "cargo bike",
    "toaster",
    "watering can",
    "blanket",
    "guitar",
    "phone case",
    "bookshelf",
    "helmet",
    "stroller",
    "window",
    "parking meter",
    "rice cooker",
    "notebook",
    "plant pot",
    "scooter",
    "fire hydrant",
    "rain jacket",
    "cat tree",
];

/// Places on maps.
pub(super) const PLACES: [&str; 14] = [
    "bakery",
    "dental practice",
    "hotel",
    "repair shop",
    "library",
    "car wash",
    "florist",
    "swimming pool",
    "pharmacy",
    "bike shop",
    "town hall",
    "restaurant",
    "garden center",
    "climbing gym",
];
