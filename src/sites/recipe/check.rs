//! What is wrong with a recipe beyond its form.

use super::{FIELD_NAMES, Fields, PageSpec, Recipe, SCHEMA, Step};
use crate::domain::Problem;

/// Where a pipeline of steps begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beginning {
    /// The page's document, with its address at hand.
    Document,
    /// The text of a frame's message.
    Message,
    /// An element of the page's data, or a row.
    Element,
}

impl Recipe {
    /// An unknown schema or field name, or a step where the two interpreters would differ.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.schema != SCHEMA {
            problems.push(Problem::new("schema", format!("is {}, this build speaks {SCHEMA}", self.schema)));
        }
        for page in &self.pages {
            let about = page.about.iter().flat_map(|part| part.fields.keys());
            let names = page.fields.keys().chain(about).chain(page.message.keys());
            for name in names.filter(|name| !FIELD_NAMES.contains(&name.as_str())) {
                problems.push(Problem::new(format!("field {name}"), "is not in the vocabulary"));
            }
            problems.extend(page.misplaced_steps());
        }
        problems
    }
}

impl PageSpec {
    fn misplaced_steps(&self) -> impl Iterator<Item = Problem> {
        let parts = self.about.iter().map(|part| (&part.fields, part.from.as_slice(), Beginning::Document));
        let others = [
            (&self.message, &[][..], Beginning::Message),
            (&self.fields, &[][..], Beginning::Element),
            (&self.row_fields, &[][..], Beginning::Element),
        ];
        parts.chain(others).flat_map(|(fields, from, beginning)| misplaced_in(fields, from, beginning))
    }
}

fn misplaced_in(fields: &Fields, from: &[Step], beginning: Beginning) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, field) in fields {
        for steps in &field.from {
            let whole: Vec<&Step> = from.iter().chain(steps).collect();
            problems.extend(
                misplaced(&whole, beginning)
                    .map(|step| Problem::new(format!("field {name}"), format!("{step:?} is misplaced"))),
            );
        }
    }
    problems
}

/// JSON is read from an attribute or a message as they stand; what is picked from the address begins
/// a pipeline of the page as a whole.
fn misplaced<'a>(steps: &[&'a Step], beginning: Beginning) -> Option<&'a Step> {
    let mut before: Option<&Step> = None;
    for step in steps {
        let is_wrong = match step {
            Step::Json => match before {
                Some(before) => !matches!(before, Step::Attr(_)),
                None => beginning != Beginning::Message,
            },
            Step::AddressQuery(_) | Step::AddressSegmentAfter(_) => {
                before.is_some() || beginning != Beginning::Document
            }
            _ => false,
        };
        if is_wrong {
            return Some(step);
        }
        before = Some(step);
    }
    None
}
