//! Everything that is kept, as one file that the worker keeps: `wagelight-2026-11-22.jsonl.gz`.
//!
//! Lines of JSON. The first is `{"wagelight":"everything","v":1,…}`, the last `{"end":{"lines":…,"crc32":…}}` with
//! how many lines there are before it and the CRC-32 of them, so that a file that was cut or changed is noticed.
//! Between them each line is one thing: an entry as what was seen of it, a day's bonus, a rating, a block, the
//! settings. Histories are told apart by site and a number that means something in this file only (`mturk#1`);
//! no worker id, no account key and no hash of either is in it. A file of this version loads for ever.
//!
//! The lines are packed as gzip, because a line is eight times as long as it need be; any program that unpacks
//! gzip gives the lines. Every 64 kB of text are a gzip member of their own with their length and the number of
//! their first line in its extra field (as in BGZF, the blocked gzip of the SAM specification, section 4.1): so one
//! damaged byte loses one member and it can be said which lines those were, and a file is written and read in
//! pieces. The plain lines are read as well.

mod line;
mod pack;
mod reader;

pub use line::{SavedLine, Section};
pub use pack::Packer;
pub use reader::{Ending, FileReader, Refused, Told, ToldLine};

#[cfg(test)]
mod tests;
