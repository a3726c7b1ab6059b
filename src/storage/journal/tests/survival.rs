//! Any sequence of changes, ends and losses keeps all that was acknowledged.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Act {
    See(Vec<Observation>),
    Bonus(i32, i64),
    CloseDays(i32),
    CloseLines,
    /// The browser dies after so many more writes of the journal, or transactions of the database.
    KillAfter(Option<u32>, Option<u32>),
    Restart,
    LoseDatabase,
    LoseJournal,
}

fn facts() -> impl Strategy<Value = Fact> {
    let states = [ServerState::Submitted, ServerState::Approved, ServerState::Paid, ServerState::Rejected];
    prop_oneof![
        3 => prop::sample::select(states.to_vec()).prop_map(|state| Fact::State(StateWord::Server(state))),
        1 => Just(Fact::State(StateWord::Returned(None))),
        2 => (0..3_i64).prop_map(|cents| Fact::Reward(usd(cents * 10_000))),
        2 => (0..4_i32).prop_map(|day| Fact::SiteDay(SiteDay(day))),
        1 => (0..4_i64).prop_map(|day| Fact::AcceptedAt(Timestamp(day * DAY_MS))),
        2 => (0..3_u8, prop::bool::ANY).prop_map(|(number, has_id)| Fact::Requester {
            id: has_id.then(|| RequesterId(format!("A{number}"))),
            name: "Example".to_owned(),
        }),
        1 => prop::sample::select(vec!["A survey", "Another: part 2"])
            .prop_map(|title| Fact::Title(title.to_owned())),
        1 => (0..500_u32).prop_map(|secs| Fact::Worked(Worked::new(secs, secs, 500, How::Seen))),
        1 => Just(Fact::Note("a note".to_owned())),
    ]
}

fn observation() -> impl Strategy<Value = Observation> {
    let sources = vec![Source::StatusPage, Source::Queue, Source::Worker];
    let parts = (0..5_u8, prop::bool::weighted(0.2), 0..4_i64, prop::sample::select(sources));
    (parts, prop::collection::vec(facts(), 0..4)).prop_map(|((number, by_task, day, source), facts)| {
        let seen = Observation { source, ..seen(number, day * DAY_MS, facts) };
        if by_task { Observation { id: EntryId::of_task(&task(number)), ..seen } } else { seen }
    })
}

fn act() -> impl Strategy<Value = Act> {
    let kill = (prop::option::of(0..4_u32), prop::option::of(0..6_u32));
    prop_oneof![
        10 => prop::collection::vec(observation(), 1..4).prop_map(Act::See),
        1 => (0..4_i32, 0..3_i64).prop_map(|(day, cents)| Act::Bonus(day, cents * 10_000)),
        2 => (0..5_i32).prop_map(Act::CloseDays),
        2 => Just(Act::CloseLines),
        3 => kill.prop_map(|(journal, database)| Act::KillAfter(journal, database)),
        3 => Just(Act::Restart),
        1 => Just(Act::LoseDatabase),
        1 => Just(Act::LoseJournal),
    ]
}

/// What should be there, by task.
#[derive(Default)]
struct Model {
    acknowledged: BTreeMap<TaskId, Entry>,
    attempted: BTreeMap<TaskId, Entry>,
}

fn merge(into: &mut BTreeMap<TaskId, Entry>, seen: &[Observation]) {
    for observation in seen {
        let task = observation.facts.iter().find_map(|fact| match fact {
            Fact::TaskId(task) => Some(task.clone()),
            _ => None,
        });
        let new = || Entry::new(observation.id.clone());
        into.entry(task.unwrap()).or_insert_with(new).merge(observation);
    }
}

/// Also ends restarts: they go on in the next one.
fn restart(bench: &Bench) {
    bench.journal.fail_after(None);
    bench.database.fail_after(None);
    bench.start();
}

fn run(acts: Vec<Act>) -> (Bench, Model) {
    let (bench, mut model) = (Bench::default(), Model::default());
    for act in acts {
        match act {
            Act::See(seen) => {
                merge(&mut model.attempted, &seen);
                let done = bench.record(seen.iter().cloned().map(Seen::Task).collect());
                if done.is_ok() {
                    merge(&mut model.acknowledged, &seen);
                }
            }
            Act::Bonus(day, micros) => {
                let mut bonus = DayBonus::new(SiteDay(day));
                bonus.tell(usd(micros), Origin { seen_at: Timestamp(1), source: Source::StatusPage });
                let _killed = bench.record(vec![Seen::Bonus(bonus)]);
            }
            Act::CloseDays(before) => drop(bench.close_days(SiteDay(before))),
            Act::CloseLines => drop(ready(close_lines(&bench.journal, SiteDay(0)))),
            Act::KillAfter(journal, database) => {
                bench.journal.fail_after(journal);
                bench.database.fail_after(database);
            }
            Act::Restart => restart(&bench),
            // One store is lost at a time, and not while the other is behind.
            Act::LoseDatabase => {
                restart(&bench);
                bench.database.empty();
            }
            Act::LoseJournal => {
                restart(&bench);
                bench.journal.empty();
                restart(&bench);
            }
        }
    }
    restart(&bench);
    (bench, model)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_was_acknowledged_is_there_and_counted(acts in prop::collection::vec(act(), 1..24)) {
        let (bench, model) = run(acts);
        let entries = bench.entries();
        let by_task: BTreeMap<TaskId, Entry> =
            entries.iter().map(|entry| (entry.task_id.value().unwrap().clone(), entry.clone())).collect();
        prop_assert_eq!(by_task.len(), entries.len());
        for (task, expected) in &model.acknowledged {
            let entry = by_task.get(task).expect("an acknowledged entry is there");
            let mut joined = entry.clone();
            joined.join(expected);
            prop_assert_eq!(&joined, entry);
        }
        for (task, entry) in &by_task {
            let attempted = &model.attempted[task];
            let mut joined = attempted.clone();
            joined.join(entry);
            prop_assert_eq!(&joined, attempted);
        }
        bench.assert_counted();
        // And the journal alone gives the same.
        bench.database.empty();
        restart(&bench);
        prop_assert_eq!(bench.entries(), entries);
        bench.assert_counted();
    }
}

#[test]
fn a_rebuild_goes_on_where_it_was_ended() {
    let bench = Bench::default();
    for number in 0..20 {
        bench.see(&[accepted(number)]);
        if number % 4 == 0 {
            ready(close_lines(&bench.journal, SiteDay(i32::from(number)))).unwrap();
        }
    }
    let before = bench.entries();
    bench.database.empty();
    assert_eq!(bench.verdict(), Verdict::Rebuild(WhyRebuild::Emptied));
    let mut steps = 0;
    loop {
        steps += 1;
        bench.database.fail_after(Some(steps % 7 + 2));
        let step = ready(rebuild_batch(&bench.database, &bench.journal, &Rebuilt::default(), RULES));
        bench.database.fail_after(None);
        if step.is_ok_and(|step| step.is_done()) || bench.verdict() == Verdict::Same {
            break;
        }
        assert!(steps < 1_000);
    }
    assert_eq!(bench.entries(), before);
    bench.assert_counted();
}

#[test]
fn a_repeated_observation_writes_nothing() {
    let bench = Bench::default();
    assert!(matches!(bench.see(&[accepted(1)]), Recorded::Saved(_)));
    bench.close_days(SiteDay(5)).unwrap();
    let before = bench.database.values();
    assert_eq!(bench.see(&[accepted(1)]), Recorded::Known);
    assert_eq!(bench.database.values(), before);
    assert_eq!(ready(bench.journal.lines()).unwrap().len(), 1);
}
