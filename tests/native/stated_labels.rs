//! The parser of stated times against the hand labels of the real listing.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test over a fixed file"
)]

use wagelight::estimate::stated::stated_time;

use crate::listing;

#[derive(Default)]
struct Score {
    stated: u32,
    found: u32,
    right: u32,
}

impl Score {
    fn percent(part: u32, whole: u32) -> f64 {
        100.0 * f64::from(part) / f64::from(whole.max(1))
    }

    fn print(&self, name: &str) {
        let (precision, recall) =
            (Self::percent(self.right, self.found), Self::percent(self.right, self.stated));
        println!(
            "{name}: stated {} found {} right {} · precision {precision:.1} % recall {recall:.1} %",
            self.stated, self.found, self.right
        );
    }
}

/// Seconds agree within rounding to a whole second.
fn agree(ours: Option<u32>, label: Option<u32>) -> bool {
    match (ours, label) {
        (Some(ours), Some(label)) => ours.abs_diff(label) <= 1,
        (None, None) => true,
        _ => false,
    }
}

#[test]
fn stated_times_agree_with_the_labels() {
    let (Some(groups), Some(labels)) = (listing::groups(), listing::fixture("labels/mturk-listing.tsv"))
    else {
        return;
    };
    let (mut random, mut all) = (Score::default(), Score::default());
    let mut differs_wrong = 0;
    for line in labels.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let row: usize = cells[0].parse().expect("a row number");
        let group = &groups[row];
        assert_eq!(group.id, cells[1], "labels and listing are of the same groups");
        let (low, high): (Option<u32>, Option<u32>) = (cells[4].parse().ok(), cells[5].parse().ok());
        let stated = low.is_some() || high.is_some();
        let found = stated_time(&group.title, &group.description);
        let right = found.as_ref().is_some_and(|time| {
            stated && agree(time.stated_low_secs, low) && agree(time.stated_high_secs, high)
        });
        for score in [Some(&mut all), (cells[2] == "random").then_some(&mut random)].into_iter().flatten() {
            score.stated += u32::from(stated);
            score.found += u32::from(found.is_some());
            score.right += u32::from(right);
        }
        if (stated || found.is_some()) && !right {
            println!(
                "miss {row} {}: label {low:?} {high:?}, ours {found:?}\n   {} | {:.300}",
                cells[2], group.title, group.description
            );
        } else if found.as_ref().is_some_and(|time| time.differs != (cells[6] == "1")) {
            differs_wrong += 1;
            println!(
                "differs {row}: label {:?}, ours {found:?}\n   {} | {:.300}",
                cells[6], group.title, group.description
            );
        }
    }
    random.print("random sample");
    all.print("all labelled rows");
    println!("rows right in time and wrong in whether title and description differ: {differs_wrong}");
    for score in [&random, &all] {
        assert!(score.stated >= 100, "the labels state too few times to judge by");
        assert!(Score::percent(score.right, score.found) >= 95.0, "too much of what is found is wrong");
        assert!(Score::percent(score.right, score.stated) >= 95.0, "too much of what is stated is missed");
    }
    assert!(differs_wrong <= 3, "too often wrong about whether title and description differ");
}
