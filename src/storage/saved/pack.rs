//! Lines into gzip members, one after the other.

use super::line::{self, Section};
use crate::domain::history::{DayBonus, Entry, Observation, Source};
use crate::domain::{Settings, SiteDay, Timestamp};
use crate::storage::packed::{checksum, deflate, inflate};

/// Text of a member before it is compressed: what one damaged byte loses at most, and one line more.
const MEMBER_BYTES: usize = 64 * 1_024;

/// No member of ours is larger, packed or unpacked.
pub(super) const MAX_MEMBER_BYTES: usize = 1 << 23;

/// The beginning of every member of ours. RFC 1952: gzip, deflate, an extra field, no time, no extra flags,
/// unknown system; the field has 21 bytes, is called `WL`, and its content has 17: a version, the length of the
/// compressed part (4 bytes), the number of the first line (8), the CRC-32 of these two (4).
pub(super) const MEMBER: [u8; 17] = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 21, 0, b'W', b'L', 17, 0, VERSION];

/// Of the lines inside.
const VERSION: u8 = 1;

/// Bytes of a member before the compressed part.
pub(super) const HEAD_BYTES: usize = MEMBER.len() + 16;

/// Bytes of a member behind it: the checksum and the length of the text.
pub(super) const TAIL_BYTES: usize = 8;

/// Packs lines into the bytes of a file, piece by piece.
#[derive(Clone, Debug)]
pub struct Packer {
    text: String,
    /// The number of the first line of `text`.
    first: u64,
    lines: u64,
    crc32: u32,
    bytes: Vec<u8>,
}

impl Packer {
    /// A file that begins, saved on a day by a version of the extension.
    pub fn new(saved_on: SiteDay, by: &str) -> Self {
        let mut packer = Self { text: String::new(), first: 1, lines: 0, crc32: 0, bytes: Vec::new() };
        packer.line(&line::header(saved_on, by));
        packer
    }

    /// Adds an entry.
    pub fn entry(&mut self, section: &Section, entry: &Entry) {
        let mut seen = entry.observations();
        if seen.is_empty() {
            // Nothing is known but that it is there.
            let (id, seen_at, source) = (entry.id().clone(), Timestamp(0), Source::Import);
            seen.push(Observation { id, seen_at, source, facts: Vec::new() });
        }
        self.line(&line::entry(section, &seen));
    }

    /// Adds what was seen of an entry; nothing where there is nothing.
    pub fn seen(&mut self, section: &Section, seen: &Observation) {
        self.line(&line::entry(section, core::slice::from_ref(seen)));
    }

    /// Adds a day's bonus.
    pub fn bonus(&mut self, section: &Section, bonus: &DayBonus) {
        self.line(&line::bonus(section, bonus));
    }

    /// Adds a rating as it is stored.
    pub fn rating(&mut self, text: &str) {
        self.line(&line::stored("rating", text));
    }

    /// Adds a block as it is stored.
    pub fn block(&mut self, text: &str) {
        self.line(&line::stored("block", text));
    }

    /// Adds the settings.
    pub fn settings(&mut self, settings: &Settings) {
        self.line(&line::settings(settings));
    }

    /// Adds the last line.
    pub fn end(&mut self) {
        let end = line::end(self.lines, self.crc32);
        self.line(&end);
        self.close();
    }

    /// Lines so far.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The bytes that came since this was last asked.
    pub fn take(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.bytes)
    }

    fn line(&mut self, line: &str) {
        self.crc32 = running(self.crc32, line);
        self.lines = self.lines.saturating_add(1);
        self.text.push_str(line);
        self.text.push('\n');
        if self.text.len() >= MEMBER_BYTES {
            self.close();
        }
    }

    fn close(&mut self) {
        if !self.text.is_empty() {
            self.bytes.extend(member(self.first, &self.text));
            self.text.clear();
            self.first = self.lines.saturating_add(1);
        }
    }
}

/// The checksum of a file's lines after one more.
pub(super) fn running(before: u32, line: &str) -> u32 {
    checksum(&[&before.to_le_bytes(), line.as_bytes()])
}

fn member(first_line: u64, text: &str) -> Vec<u8> {
    let packed = deflate(text.as_bytes());
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let mut member = Vec::with_capacity(HEAD_BYTES + packed.len() + TAIL_BYTES);
    member.extend(MEMBER);
    let (bytes, first_line) = (length(packed.len()), first_line.to_le_bytes());
    member.extend(bytes);
    member.extend(first_line);
    member.extend(checksum(&[&bytes, &first_line]).to_le_bytes());
    member.extend(&packed);
    member.extend(checksum(&[text.as_bytes()]).to_le_bytes());
    member.extend(length(text.len()));
    member
}

/// What stands at the beginning of some bytes.
pub(super) enum Taken {
    /// A whole member: its first line's number, its text, and how many bytes it took.
    Member { first_line: u64, text: Vec<u8>, bytes: usize },
    /// A member that goes on behind these bytes.
    More,
    /// No member, or a damaged one.
    Damaged,
}

pub(super) fn take(bytes: &[u8]) -> Taken {
    let Some((head, rest)) = bytes.split_first_chunk::<HEAD_BYTES>() else {
        let is_beginning = MEMBER.starts_with(bytes) || bytes.starts_with(&MEMBER);
        return if is_beginning { Taken::More } else { Taken::Damaged };
    };
    let [mark @ .., a, b, c, d, l0, l1, l2, l3, l4, l5, l6, l7, s0, s1, s2, s3] = head;
    let (packed_bytes, line) = ([*a, *b, *c, *d], [*l0, *l1, *l2, *l3, *l4, *l5, *l6, *l7]);
    let length = usize::try_from(u32::from_le_bytes(packed_bytes)).unwrap_or(usize::MAX);
    let is_whole = checksum(&[&packed_bytes, &line]).to_le_bytes() == [*s0, *s1, *s2, *s3];
    if *mark != MEMBER || !is_whole || length > MAX_MEMBER_BYTES {
        return Taken::Damaged;
    }
    let first_line = u64::from_le_bytes(line);
    let Some((packed, behind)) = rest.split_at_checked(length) else { return Taken::More };
    let Some((tail, _)) = behind.split_first_chunk::<TAIL_BYTES>() else { return Taken::More };
    let [crc @ .., _, _, _, _] = tail;
    match inflate(packed, MAX_MEMBER_BYTES) {
        Ok(text) if checksum(&[&text]).to_le_bytes() == *crc => {
            Taken::Member { first_line, text, bytes: HEAD_BYTES + length + TAIL_BYTES }
        }
        _ => Taken::Damaged,
    }
}

/// Where the next member may begin, at least one byte further; `None` where these bytes hold no beginning of one.
pub(super) fn next(bytes: &[u8]) -> Option<usize> {
    let behind = bytes.get(1..)?;
    let at = behind.windows(MEMBER.len()).position(|window| window == MEMBER)?;
    Some(at.saturating_add(1))
}
