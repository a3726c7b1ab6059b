//! What real pages say of the worker's own work.

use wagelight::domain::Timestamp;
use wagelight::domain::history::{Fact, Source, StateWord};
use wagelight::sites::history::{Notice, Seen, read_held};
use wagelight::sites::saved;

use crate::listing;
use crate::saved_agreement::page;

const QUEUE: &str = "https://worker.mturk.com/tasks";

#[test]
fn a_real_row_of_the_queue_says_when_it_was_taken() {
    let Some(row) = listing::shared("mturk-queue-row-2020-05-09.json") else { return };
    let page = page(QUEUE);
    let items = saved::snapshot(&row, &page).lists.pop().expect("one row").items;
    let seen = Seen { at: Timestamp(1_588_994_244_000), source: Source::Queue };
    let reading = read_held(&items[0], &page, seen);
    assert_eq!(reading.problems, []);
    let observation = reading.observation.expect("an observation");
    let accepted = 1_588_993_990_000;
    for fact in [
        Fact::AcceptedAt(Timestamp(accepted)),
        Fact::Deadline(Timestamp(accepted + 7_200_000)),
        Fact::AllottedSecs(7_200),
        Fact::Requirements("CrowdCoach; not GigOverhead Setup Diagnostic".into()),
        Fact::State(StateWord::Held),
    ] {
        assert!(observation.facts.contains(&fact), "{fact:?}: {observation:?}");
    }
    assert!(observation.facts.iter().any(|fact| matches!(fact, Fact::Promised(_))));
    assert!(!format!("{observation:?}").contains("mturkcontent"), "the task's own address stays on the page");
}

#[test]
fn a_real_alert_about_other_tasks_is_no_notice() {
    let Some(alert) = listing::shared("mturk-alert.html") else { return };
    let about = saved::snapshot(&alert, &page(QUEUE)).about.expect("a page");
    assert_eq!(about.own.notice.as_deref(), Some("There are no more of these HITs available"));
    assert_eq!(Notice::of(&about), None);
}
