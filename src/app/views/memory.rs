//! What the history remembers of a row's task and requester, in words: bad news first.

use super::history::entry::state_word;
use super::words::day;
use crate::app::background::wire::{MemoryPart, TonePart};
use crate::domain::history::{
    Caution, LastDay, LastTime, Memory, RepeatWords, ReturnReason, State, Tally, memory_of_requester,
    memory_of_title,
};

/// What is remembered of a requester's tasks titled like the row; `None` where it is nothing.
pub fn of_title(like_this: &Tally, words: RepeatWords) -> Option<MemoryPart> {
    part(memory_of_title(like_this, words), like_this)
}

/// What is remembered of all tasks of a requester; `None` where it is nothing.
pub fn of_requester(all: &Tally) -> Option<MemoryPart> {
    part(memory_of_requester(all), all)
}

fn part(memory: Memory, tally: &Tally) -> Option<MemoryPart> {
    let tone = match memory {
        Memory::Nothing => return None,
        Memory::Done { .. } | Memory::Batch { .. } => TonePart::Plain,
        Memory::Warn { .. } | Memory::Rejected { caution: Caution::Warn, .. } => TonePart::Warn,
        Memory::Rejected { .. } | Memory::Returned { .. } => TonePart::Bad,
    };
    Some(MemoryPart { tone, says: says(memory, tally), line: line(memory, tally) })
}

/// For a chip, in fewer and fewer words.
fn says(memory: Memory, tally: &Tally) -> Vec<String> {
    match memory {
        Memory::Nothing => Vec::new(),
        Memory::Done { count, last } => {
            let done = format!("{count} done");
            let dated = last.map(|LastTime { day: on, state }| {
                let dated = format!("{done}, last {}", day(on));
                [format!("{dated}, {}", word(state)), dated]
            });
            dated.into_iter().flatten().chain([done]).collect()
        }
        Memory::Batch { count } => vec![format!("{count} done")],
        Memory::Rejected { rejected, of, .. } => {
            let rejected = format!("{rejected} rejected");
            vec![format!("{rejected} of {of}"), rejected, "rejected".to_owned()]
        }
        Memory::Warn { count, .. } => {
            let count = if count == 1 { "one".to_owned() } else { count.to_string() };
            ["titled like this", "like it"].map(|like| format!("did {count} {like}")).to_vec()
        }
        Memory::Returned { .. } if tally.count(State::Returned) == 0 => {
            vec!["screened out".to_owned(), "screened".to_owned()]
        }
        Memory::Returned { reason, .. } => {
            vec![format!("returned: {}", short_reason(reason)), "returned".to_owned()]
        }
    }
}

/// For the card: what was done, what was given back, and what that means for doing it again.
fn line(memory: Memory, tally: &Tally) -> String {
    let advice = match memory {
        Memory::Warn { why: RepeatWords::OneTime, .. } => {
            Some("It says that each worker may do it once: another may be rejected.")
        }
        Memory::Warn { .. } => Some("Surveys usually take each worker once: another may be rejected."),
        Memory::Rejected { caution: Caution::Warn, .. } => Some("Another may be rejected too."),
        _ => None,
    };
    let sentences = [done(tally), given_back(tally), advice.map(str::to_owned)];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// `4 done: 1 rejected, 1 pending, 2 paid; last 2 Nov 2024, rejected.`
fn done(tally: &Tally) -> Option<String> {
    let states = [State::Rejected, State::Pending, State::Approved, State::Paid, State::Unknown];
    let count = states.iter().map(|state| tally.count(*state)).sum::<u64>();
    if count == 0 {
        return None;
    }
    let counted: Vec<(u64, State)> =
        states.into_iter().map(|state| (tally.count(state), state)).filter(|(count, _)| *count > 0).collect();
    let last = match tally.done_days.last() {
        LastDay::On(on, state) if counted.len() > 1 => format!("; last {}, {}", day(on), word(state)),
        LastDay::On(on, _) => format!("; last {}", day(on)),
        LastDay::Never | LastDay::Recount => String::new(),
    };
    let what = match counted.as_slice() {
        [(_, state)] => format!(", {}", word(*state)),
        several => {
            let parts: Vec<String> =
                several.iter().map(|(count, state)| format!("{count} {}", word(*state))).collect();
            format!(": {}", parts.join(", "))
        }
    };
    let overturned = match tally.overturned {
        0 => String::new(),
        count => format!(" ({count} rejected at first)"),
    };
    Some(format!("{count} done{what}{overturned}{last}."))
}

/// `2 returned: 1 broken, 1 underpaid at 40 %. 1 screened out. Last 3 Nov 2024.`
fn given_back(tally: &Tally) -> Option<String> {
    let mut parts = Vec::new();
    let returned = tally.count(State::Returned);
    if returned > 0 {
        // The worst first.
        let mut said: Vec<(String, u64)> =
            tally.returns.iter().map(|(reason, count)| (long_reason(*reason), *count)).collect();
        said.reverse();
        parts.push(match said.as_slice() {
            [] => format!("{returned} returned"),
            [(reason, count)] if *count == returned => format!("{returned} returned: {reason}"),
            several => {
                let said: Vec<String> =
                    several.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
                format!("{returned} returned: {}", said.join(", "))
            }
        });
    }
    let screened_out = tally.count(State::ScreenedOut);
    if screened_out > 0 {
        parts.push(format!("{screened_out} screened out"));
    }
    if parts.is_empty() {
        return None;
    }
    let last = match tally.given_back_days.last() {
        LastDay::On(on, _) => format!("; last {}", day(on)),
        LastDay::Never | LastDay::Recount => String::new(),
    };
    Some(format!("{}{last}.", parts.join("; ")))
}

/// A state as the end of a sentence.
fn word(state: State) -> &'static str {
    if state == State::Unknown { "outcome unknown" } else { state_word(state) }
}

fn short_reason(reason: ReturnReason) -> &'static str {
    match reason {
        ReturnReason::Other => "other reason",
        ReturnReason::Underpaid(_) => "underpaid",
        ReturnReason::UnpaidScreener => "screener",
        ReturnReason::Broken => "broken",
    }
}

fn long_reason(reason: ReturnReason) -> String {
    match reason {
        ReturnReason::Underpaid(Some(done)) => format!("underpaid at {} %", done.get()),
        ReturnReason::UnpaidScreener => "unpaid screener".to_owned(),
        ReturnReason::Other | ReturnReason::Underpaid(None) | ReturnReason::Broken => {
            short_reason(reason).to_owned()
        }
    }
}

#[cfg(test)]
mod tests;
