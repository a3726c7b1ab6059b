//! The head of the queue.

use proptest::prelude::*;

use super::*;
use crate::domain::TimeRange;

const NOW: Timestamp = Timestamp(1_000_000);

/// A task that expires in so many minutes and takes so many.
fn task(name: &str, expires_mins: Option<i64>, takes_mins: Option<u32>) -> HeldTask {
    HeldTask {
        id: id(name),
        reward: Some(usd(200_000)),
        estimate: takes_mins.map(|mins| TimeRange::new(1, mins * 60, mins * 600)),
        deadline: expires_mins.map(|mins| Timestamp(NOW.0 + mins * 60_000)),
    }
}

#[test]
fn an_empty_queue_says_nothing() {
    let head = queue_head(&[], NOW);
    assert_eq!(head, QueueHead::default());
    assert_eq!((head.estimate_secs, head.first_expires_secs), (None, None));
}

#[test]
fn sums_and_the_first_to_expire() {
    let mut tasks = vec![task("b", Some(60), Some(10)), task("a", Some(12), Some(5)), task("c", None, None)];
    tasks.push(HeldTask { reward: None, ..task("d", Some(90), Some(1)) });
    tasks.push(HeldTask { reward: Some(eur(5)), ..task("e", Some(-1), Some(9)) });
    tasks.push(HeldTask { reward: Some(eur(7)), ..task("f", Some(91), None) });
    let head = queue_head(&tasks, NOW);
    assert_eq!((head.held, head.expired, head.unpriced, head.unestimated), (5, 1, 1, 2));
    assert_eq!(head.rewards, [eur(7), usd(600_000)]);
    assert_eq!((head.estimate_secs, head.first_expires_secs), (Some(16 * 60), Some(12 * 60)));
    assert_eq!(head.late, None);
}

#[test]
fn a_deadline_that_the_sum_passes_is_named() {
    let tasks = [task("c", Some(30), Some(10)), task("a", Some(10), Some(10)), task("b", Some(15), Some(8))];
    let late = queue_head(&tasks, NOW).late;
    assert_eq!(late, Some(Late { id: id("b"), by_secs: 3 * 60, count: 1 }));
    let more = [&tasks[..], &[task("d", Some(30), Some(10))]].concat();
    assert_eq!(queue_head(&more, NOW).late.map(|late| late.count), Some(2));
}

#[test]
fn a_task_without_a_deadline_never_makes_another_late() {
    let tasks = [task("a", None, Some(500)), task("b", Some(15), Some(8))];
    assert_eq!(queue_head(&tasks, NOW).late, None);
}

fn tasks() -> impl Strategy<Value = Vec<HeldTask>> {
    let deadline = prop_oneof![
        8 => (-2..40_i64).prop_map(|mins| Some(Timestamp(NOW.0 + mins * 60_000))),
        1 => prop::sample::select(vec![None, Some(Timestamp(i64::MAX)), Some(Timestamp(i64::MIN))]),
    ];
    let secs = prop::option::of(prop_oneof![8 => 0..900_u32, 1 => Just(u32::MAX)]);
    prop::collection::vec((deadline, secs, prop::option::of(moneys())), 0..6).prop_map(|all| {
        let place = all.into_iter().enumerate();
        place
            .map(|(place, (deadline, secs, reward))| HeldTask {
                id: id(&place.to_string()),
                reward,
                estimate: secs.map(|secs| TimeRange::new(secs, secs, secs)),
                deadline,
            })
            .collect()
    })
}

/// Whether some order of the tasks meets all deadlines, by trying them all.
fn some_order_is_in_time(tasks: &[HeldTask], worked_ms: i64) -> bool {
    tasks.is_empty()
        || (0..tasks.len()).any(|next| {
            let mut rest = tasks.to_vec();
            let task = rest.remove(next);
            let worked_ms = worked_ms
                .saturating_add(task.estimate.map_or(0, |estimate| i64::from(estimate.mid_secs) * 1_000));
            let is_in_time =
                task.deadline.is_none_or(|deadline| worked_ms <= deadline.0.saturating_sub(NOW.0));
            is_in_time && some_order_is_in_time(&rest, worked_ms)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_warns_exactly_where_no_order_is_in_time(tasks in tasks()) {
        let open: Vec<_> = tasks.iter().filter(|task| task.deadline.is_none_or(|at| at > NOW)).cloned().collect();
        let head = queue_head(&tasks, NOW);
        prop_assert_eq!(head.late.is_none(), some_order_is_in_time(&open, 0));
        prop_assert_eq!(head.held, open.len());
    }

    #[test]
    fn the_order_of_rows_does_not_matter(tasks in tasks().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))) {
        prop_assert_eq!(queue_head(&tasks.0, NOW), queue_head(&tasks.1, NOW));
    }
}
