//! A closed part of the journal as a file.
//!
//! `WGLJ`, the version, then chunks. A chunk is `WGCC`, the length of what follows in four bytes, the CRC-32 of
//! mark, length and content in four bytes, and the content: lines as columns, compressed (version 1 had their text,
//! compressed, in `WGCK`: twice the size). The last chunk has no content and says in its place (`WGEN`) how many
//! lines there are. Every chunk stands for itself, so that a file cut at any byte, or with any byte changed, loses at
//! most the chunk it happened in; and each line has a number and a checksum of its own, so that what is lost can be
//! named.

use crate::domain::Problem;
use crate::storage::packed::{checksum, deflate, inflate};

use super::line::verified;
use super::line_columns;

const MAGIC: &[u8] = b"WGLJ";
const VERSION: u8 = 2;
const TEXT: &[u8] = b"WGCK";
const COLUMNS: &[u8] = b"WGCC";
const END: &[u8] = b"WGEN";

/// Text of a chunk in bytes, before compression: what is lost with one damaged byte at most. About 500 tasks, as many as
/// a worker does on a long day: their texts repeat, and a chunk cannot know those of the one before.
const CHUNK_BYTES: usize = 512 * 1_024;

/// One line may hold a whole day read at once; no chunk of ours is larger.
const MAX_CHUNK_BYTES: usize = 1 << 26;

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileRead {
    /// Lines that are as they were written, by number.
    pub lines: Vec<(u64, String)>,
    /// What is damaged; empty where all is as it was written.
    pub problems: Vec<Problem>,
}

/// Packs lines into a file.
pub fn encode_file(lines: &[(u64, String)]) -> Vec<u8> {
    encode_in_chunks(lines, CHUNK_BYTES)
}

/// Packs lines into a file whose chunks hold at most so many bytes of text, or one line.
pub(super) fn encode_in_chunks(lines: &[(u64, String)], chunk_bytes: usize) -> Vec<u8> {
    let mut file = [MAGIC, &[VERSION]].concat();
    let mut rest = lines;
    while !rest.is_empty() {
        let mut bytes = 0_usize;
        let is_in = |(_, line): &&(u64, String)| {
            let is_first = bytes == 0;
            bytes = bytes.saturating_add(line.len()).saturating_add(1);
            is_first || bytes <= chunk_bytes
        };
        let count = rest.iter().take_while(is_in).count();
        let (chunk, behind) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        put_chunk(&mut file, COLUMNS, &deflate(&line_columns::encode(chunk)));
        rest = behind;
    }
    let count = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    put_chunk(&mut file, END, &count.to_le_bytes());
    file
}

fn put_chunk(file: &mut Vec<u8>, mark: &[u8], content: &[u8]) {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes();
    file.extend(mark);
    file.extend(length);
    file.extend(checksum(&[mark, &length, content]).to_le_bytes());
    file.extend(content);
}

/// Reads all that is as it was written.
pub fn decode_file(name: &str, bytes: &[u8]) -> FileRead {
    let mut read = FileRead::default();
    let mut problem = |what: &str| read.problems.push(Problem::new(format!("journal {name}"), what));
    let mut rest = bytes;
    let mut last_problem = "";
    match bytes.split_at_checked(5) {
        Some((head, behind)) if (1..=VERSION).any(|version| head == [MAGIC, &[version]].concat()) => {
            rest = behind;
        }
        Some((head, _))
            if head.starts_with(MAGIC) && head.last().is_some_and(|version| *version > VERSION) =>
        {
            problem("its version is newer, or a byte of it was changed");
        }
        _ => problem("its beginning is damaged"),
    }
    let mut counted = None;
    while !rest.is_empty() {
        match take_chunk(rest) {
            Some((Chunk::Lines(lines), behind)) => {
                rest = behind;
                for line in lines {
                    match verified(&line).map(|(number, _)| number) {
                        Ok(number) => read.lines.push((number, line)),
                        Err(_) => problem("a line is damaged"),
                    }
                }
            }
            Some((Chunk::End(count), behind)) => {
                rest = behind;
                counted = Some(count);
            }
            None => {
                if last_problem.is_empty() {
                    last_problem = "a part of it is damaged or was cut off";
                }
                rest = next_chunk(rest);
            }
        }
    }
    if !last_problem.is_empty() {
        problem(last_problem);
    }
    match counted {
        None => problem("its end is missing"),
        Some(count) if usize::try_from(count) != Ok(read.lines.len()) => problem("lines are missing"),
        Some(_) => {}
    }
    read
}

enum Chunk {
    Lines(Vec<String>),
    End(u64),
}

/// The chunk at the beginning, and what is behind it; `None` where there is none that is whole.
fn take_chunk(bytes: &[u8]) -> Option<(Chunk, &[u8])> {
    let (mark, rest) = bytes.split_at_checked(4)?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let (content, rest) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    if checksum(&[mark, length, content]) != u32::from_le_bytes(*crc) {
        return None;
    }
    let unpacked = || inflate(content, MAX_CHUNK_BYTES).ok();
    let chunk = match mark {
        TEXT => Chunk::Lines(String::from_utf8(unpacked()?).ok()?.lines().map(str::to_owned).collect()),
        COLUMNS => Chunk::Lines(line_columns::decode(&unpacked()?).ok()?),
        END => Chunk::End(u64::from_le_bytes(content.try_into().ok()?)),
        _ => return None,
    };
    Some((chunk, rest))
}

/// From the next mark on, at least one byte further.
fn next_chunk(bytes: &[u8]) -> &[u8] {
    let behind = bytes.get(1..).unwrap_or_default();
    let at = behind.windows(4).position(|window| [TEXT, COLUMNS, END].contains(&window));
    at.and_then(|at| behind.get(at..)).unwrap_or_default()
}
