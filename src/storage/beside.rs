//! Scripts side by side, and one after the other, in one transaction.

use super::{Step, Write};

/// Runs two scripts beside each other: each round reads for both, so that it takes as many rounds as the longer.
pub fn beside<A: 'static, B: 'static>(one: Step<A>, other: Step<B>) -> Step<(A, B)> {
    match (one, other) {
        (Step::Done(writes, one), Step::Done(more, other)) => Step::Done(joined(writes, more), (one, other)),
        (Step::Done(writes, one), Step::Read(reads, then)) => {
            Step::read(reads, move |found| beside(Step::Done(writes, one), then(found)))
        }
        (Step::Read(reads, then), Step::Done(writes, other)) => {
            Step::read(reads, move |found| beside(then(found), Step::Done(writes, other)))
        }
        (Step::Read(mut reads, then), Step::Read(more, then_other)) => {
            let count = reads.len();
            reads.extend(more);
            Step::read(reads, move |mut found| {
                let of_other = found.split_off(count.min(found.len()));
                beside(then(found), then_other(of_other))
            })
        }
    }
}

/// Goes on with what a script found; what it writes is written with the rest.
pub fn then<A: 'static, B: 'static>(step: Step<A>, go_on: impl FnOnce(A) -> Step<B> + 'static) -> Step<B> {
    match step {
        Step::Read(reads, found) => Step::read(reads, move |answers| then(found(answers), go_on)),
        Step::Done(writes, value) => before(writes, go_on(value)),
    }
}

fn before<T: 'static>(writes: Vec<Write>, step: Step<T>) -> Step<T> {
    match step {
        Step::Read(reads, found) => Step::read(reads, move |answers| before(writes, found(answers))),
        Step::Done(more, value) => Step::Done(joined(writes, more), value),
    }
}

fn joined(mut writes: Vec<Write>, more: Vec<Write>) -> Vec<Write> {
    writes.extend(more);
    writes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{Found, Key, Read, StoreName};

    /// Counts down: so many rounds of reading, each answered with the script's own number.
    fn rounds(count: u64, own: u64) -> Step<Vec<u64>> {
        go(count, own, Vec::new())
    }

    fn go(left: u64, own: u64, so_far: Vec<u64>) -> Step<Vec<u64>> {
        if left == 0 {
            let key = Key::number(own);
            return Step::Done(vec![Write::put(StoreName::Meta, key, "")], so_far);
        }
        let reads = vec![Read::Get(StoreName::Meta, Key::number(own)); usize::try_from(own).unwrap_or(0)];
        Step::read(reads, move |found| {
            let numbers = found.into_iter().filter_map(Found::into_text).filter_map(|text| text.parse().ok());
            let so_far = so_far.into_iter().chain(numbers).collect();
            go(left - 1, own, so_far)
        })
    }

    #[test]
    fn each_gets_its_own_answers_and_the_rounds_are_those_of_the_longer() {
        for (one, other) in [(0, 0), (0, 3), (3, 0), (2, 3), (3, 3)] {
            let mut step = beside(rounds(one, 1), rounds(other, 2));
            let mut count = 0;
            let (writes, value) = loop {
                match step {
                    Step::Done(writes, value) => break (writes, value),
                    Step::Read(reads, then) => {
                        count += 1;
                        let answer = |read| match read {
                            Read::Get(_, Key(parts)) => Found::One(Some(match parts.first() {
                                Some(crate::storage::Part::Number(number)) => number.to_string().into(),
                                _ => "none".into(),
                            })),
                            _ => Found::Count(0),
                        };
                        step = then(reads.into_iter().map(answer).collect());
                    }
                }
            };
            assert_eq!(count, one.max(other));
            assert_eq!(writes.len(), 2);
            let of = |own: u64, rounds: u64| vec![own; usize::try_from(own * rounds).unwrap_or(0)];
            assert_eq!(value, (of(1, one), of(2, other)));
        }
    }
}
