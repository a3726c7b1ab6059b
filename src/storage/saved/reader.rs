//! Bytes of a file into lines, as they come.

use super::line::{self, NoHeader, Parsed, SavedLine};
use super::pack::{MEMBER, Taken, next, running, take};
use crate::storage::record::RecordError;

/// A line of ours is never longer.
const MAX_LINE_BYTES: usize = 1 << 20;

/// After so many lines of which none was understood the file is one of another program.
const TRIED_LINES: u64 = 50;

/// By so many bytes it is told what a file is.
const TOLD_BY_BYTES: usize = 16 * 1_024;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLine {
    /// Its number, from 1.
    pub number: u64,
    /// What it says.
    pub told: Told,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Something that is kept.
    Saved(SavedLine),
    /// Nothing that was understood.
    Refused(Refused),
    /// The lines from this one through that one are damaged; `None` is to the end of the file.
    Gap(Option<u64>),
}

/// A line that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why, in the worker's words without a full stop.
    pub why: String,
    /// The line.
    pub text: String,
}

/// How a file ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As it was saved, to the last byte.
    Whole,
    /// Parts of it are damaged.
    Damaged,
    /// Its end is missing.
    Cut,
    /// All lines are there, and some are other than they were.
    Changed,
    /// It is of a newer version of Wagelight: nothing of it was read.
    Newer,
    /// It is packed in a way of another program.
    OtherPacking,
    /// It is a file of another program.
    Foreign,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Unknown,
    Plain,
    Packed,
}

/// What a file is by its beginning; also where one byte of that is damaged.
fn told_by(bytes: &[u8]) -> Result<Form, Ending> {
    let same = bytes.iter().zip(MEMBER).filter(|(one, other)| **one == *other).count();
    let is_but_for_version = bytes.get(..16) == MEMBER.get(..16);
    match same {
        _ if bytes.starts_with(&MEMBER) || next(bytes).is_some() => Ok(Form::Packed),
        _ if is_but_for_version && bytes.len() > 16 => Err(Ending::Newer),
        15.. => Ok(Form::Packed),
        _ if bytes.starts_with(&[0x1f, 0x8b]) => Err(Ending::OtherPacking),
        _ => Ok(Form::Plain),
    }
}

/// Reads a file piece by piece.
pub struct FileReader {
    form: Form,
    is_at_end: bool,
    /// Bytes of which nothing could be made yet.
    waiting: Vec<u8>,
    /// The number of the next line.
    number: u64,
    /// A line that is too long is skipped up to its end.
    is_skipping: bool,
    crc32: u32,
    understood: u64,
    has_gap: bool,
    end: Option<Ending>,
    lines: Vec<ToldLine>,
}

impl Default for FileReader {
    fn default() -> Self {
        Self {
            form: Form::Unknown,
            is_at_end: false,
            waiting: Vec::new(),
            number: 1,
            is_skipping: false,
            crc32: 0,
            understood: 0,
            has_gap: false,
            end: None,
            lines: Vec::new(),
        }
    }
}

impl FileReader {
    /// Takes more of the file; the lines that are complete now.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<ToldLine> {
        self.waiting.extend(bytes);
        self.work();
        core::mem::take(&mut self.lines)
    }

    /// There is no more of the file: the last lines, and how it ends.
    pub fn finish(mut self) -> (Vec<ToldLine>, Ending) {
        self.is_at_end = true;
        self.work();
        if self.form == Form::Packed && !self.waiting.is_empty() {
            self.gap(None);
        } else if !self.waiting.is_empty() && !self.is_done() {
            let last = core::mem::take(&mut self.waiting);
            self.line(&last);
        }
        let is_ours = self.understood > 0 || self.form == Form::Packed;
        let ending = match self.end {
            Some(Ending::Whole) if self.has_gap => Ending::Damaged,
            Some(ending) => ending,
            None if !is_ours => Ending::Foreign,
            None => Ending::Cut,
        };
        (self.lines, ending)
    }

    /// Whether no more of the file is of use.
    pub fn is_done(&self) -> bool {
        matches!(self.end, Some(Ending::Newer | Ending::Foreign | Ending::OtherPacking))
    }

    fn work(&mut self) {
        if self.form == Form::Unknown {
            if !self.is_at_end && self.waiting.len() < TOLD_BY_BYTES {
                return;
            }
            match told_by(&self.waiting) {
                Ok(form) => self.form = form,
                Err(ending) => self.stop(ending),
            }
        }
        match self.form {
            _ if self.is_done() => self.waiting.clear(),
            Form::Packed => self.unpack(),
            Form::Plain => {
                let text = core::mem::take(&mut self.waiting);
                self.waiting = self.split(&text);
            }
            Form::Unknown => {}
        }
    }

    fn unpack(&mut self) {
        let waiting = core::mem::take(&mut self.waiting);
        let mut rest = waiting.as_slice();
        while !rest.is_empty() {
            match take(rest) {
                Taken::Member { first_line, text, bytes } => {
                    if first_line > self.number {
                        self.gap(Some(first_line.saturating_sub(1)));
                    }
                    self.number = first_line;
                    let left = self.split(&text);
                    if !left.is_empty() {
                        self.line(&left);
                    }
                    rest = rest.get(bytes..).unwrap_or_default();
                }
                Taken::More => break,
                Taken::Damaged => {
                    let Some(at) = next(rest) else {
                        // The last bytes may be the first of a beginning.
                        let keep = rest.len().saturating_sub(MEMBER.len().saturating_sub(1)).max(1);
                        rest = rest.get(keep..).unwrap_or_default();
                        break;
                    };
                    rest = rest.get(at..).unwrap_or_default();
                }
            }
        }
        self.waiting = rest.to_vec();
    }

    /// Lines that end in this text; what is left of it.
    fn split(&mut self, text: &[u8]) -> Vec<u8> {
        let mut rest = text;
        while let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
            let (one, behind) = rest.split_at(at);
            rest = behind.get(1..).unwrap_or_default();
            if core::mem::take(&mut self.is_skipping) {
                self.refuse("It is too long", "");
            } else {
                self.line(one);
            }
            if self.is_done() {
                return Vec::new();
            }
        }
        if rest.len() > MAX_LINE_BYTES {
            self.is_skipping = true;
        }
        if self.is_skipping { Vec::new() } else { rest.to_vec() }
    }

    fn line(&mut self, bytes: &[u8]) {
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let bytes =
            if self.number == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        let Ok(text) = core::str::from_utf8(bytes) else {
            return self.refuse("Its letters are damaged", &String::from_utf8_lossy(bytes));
        };
        if self.number == 1 {
            match line::read_header(text) {
                Ok(()) => {
                    self.understood = 1;
                    return self.passed(text);
                }
                Err(NoHeader::Newer) => return self.stop(Ending::Newer),
                Err(NoHeader::Other) => {}
            }
        }
        if text.trim().is_empty() {
            return self.passed(text);
        }
        match line::read(text) {
            Ok(Parsed::End { lines, crc32 }) => {
                let is_same = lines == self.number.saturating_sub(1) && crc32 == self.crc32;
                self.end = Some(if is_same || self.has_gap { Ending::Whole } else { Ending::Changed });
                self.understood = self.understood.saturating_add(1);
                self.passed(text);
            }
            Ok(Parsed::Saved(saved)) => {
                self.understood = self.understood.saturating_add(1);
                self.lines.push(ToldLine { number: self.number, told: Told::Saved(saved) });
                self.passed(text);
            }
            Err(RecordError::Newer { .. }) => self.refuse("It is of a newer version of Wagelight", text),
            Err(RecordError::Damaged(what)) => self.refuse(&format!("Not understood ({what})"), text),
        }
    }

    fn passed(&mut self, text: &str) {
        self.crc32 = running(self.crc32, text);
        self.number = self.number.saturating_add(1);
    }

    fn refuse(&mut self, why: &str, text: &str) {
        let refused = Refused { why: why.to_owned(), text: text.to_owned() };
        self.lines.push(ToldLine { number: self.number, told: Told::Refused(refused) });
        self.passed(text);
        if self.understood == 0 && self.number > TRIED_LINES {
            self.stop(Ending::Foreign);
        }
    }

    fn gap(&mut self, through: Option<u64>) {
        self.has_gap = true;
        self.lines.push(ToldLine { number: self.number, told: Told::Gap(through) });
    }

    fn stop(&mut self, ending: Ending) {
        self.end = Some(ending);
        self.lines.clear();
        self.waiting.clear();
    }
}
