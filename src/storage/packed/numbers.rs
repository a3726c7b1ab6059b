//! Numbers of variable length, as in LEB128: seven bits a byte, the low ones first.

use super::damaged;
use crate::storage::record::RecordError;

/// Bytes that grow.
#[derive(Default)]
pub(in crate::storage) struct Writer {
    pub(in crate::storage) bytes: Vec<u8>,
}

impl Writer {
    pub(in crate::storage) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(in crate::storage) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(low_byte(number.into()) | 0x80);
            number >>= 7;
        }
        self.bytes.push(low_byte(number.into()));
    }

    /// A number that may be below zero; small ones either way are short.
    pub(in crate::storage) fn signed(&mut self, number: i64) {
        let spread = number.wrapping_shl(1) ^ (number >> 63);
        self.number(u64::from_ne_bytes(spread.to_ne_bytes()));
    }

    /// A sum that may be beyond 64 bits; small ones either way are short.
    pub(in crate::storage) fn wide(&mut self, number: i128) {
        let mut spread = (number.wrapping_shl(1) ^ (number >> 127)).cast_unsigned();
        while spread >= 0x80 {
            self.bytes.push(low_byte(spread) | 0x80);
            spread >>= 7;
        }
        self.bytes.push(low_byte(spread));
    }

    pub(in crate::storage) fn count(&mut self, count: usize) {
        self.number(u64::try_from(count).unwrap_or(u64::MAX));
    }

    pub(in crate::storage) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend(text.as_bytes());
    }

    /// Other bytes with their length before them.
    pub(in crate::storage) fn part(&mut self, part: &[u8]) {
        self.count(part.len());
        self.bytes.extend(part);
    }
}

fn low_byte(number: u128) -> u8 {
    let [low, ..] = (number & 0x7f).to_le_bytes();
    low
}

/// Bytes that are read from the front. Every call fails where the bytes end too early.
#[derive(Clone, Copy, Default)]
pub(in crate::storage) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(in crate::storage) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(in crate::storage) fn byte(&mut self) -> Result<u8, RecordError> {
        let (first, rest) = self.rest.split_first().ok_or_else(|| damaged("it ends too early"))?;
        self.rest = rest;
        Ok(*first)
    }

    pub(in crate::storage) fn number(&mut self) -> Result<u64, RecordError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(damaged("a number is too long"))
    }

    pub(in crate::storage) fn signed(&mut self) -> Result<i64, RecordError> {
        let spread = self.number()?;
        let magnitude = i64::from_ne_bytes((spread >> 1).to_ne_bytes());
        Ok(if spread & 1 == 0 { magnitude } else { !magnitude })
    }

    pub(in crate::storage) fn wide(&mut self) -> Result<i128, RecordError> {
        let mut spread = 0_u128;
        for shift in (0..128).step_by(7) {
            let byte = self.byte()?;
            let bits = u128::from(byte & 0x7f);
            if shift == 126 && bits > 3 {
                break;
            }
            spread |= bits << shift;
            if byte & 0x80 == 0 {
                let magnitude = (spread >> 1).cast_signed();
                return Ok(if spread & 1 == 0 { magnitude } else { !magnitude });
            }
        }
        Err(damaged("a number is too long"))
    }

    pub(in crate::storage) fn small(&mut self) -> Result<u32, RecordError> {
        u32::try_from(self.number()?).map_err(|_| damaged("a number is too large"))
    }

    /// How many things follow; never more than bytes are left, so that nothing too large is made room for.
    pub(in crate::storage) fn count(&mut self) -> Result<usize, RecordError> {
        let count = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if count <= self.rest.len() { Ok(count) } else { Err(damaged("a count is too large")) }
    }

    pub(in crate::storage) fn part(&mut self) -> Result<&'a [u8], RecordError> {
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        let (part, rest) = self.rest.split_at_checked(length).ok_or_else(|| damaged("it ends too early"))?;
        self.rest = rest;
        Ok(part)
    }

    pub(in crate::storage) fn text(&mut self) -> Result<String, RecordError> {
        let text = core::str::from_utf8(self.part()?).map_err(|_| damaged("a text is none"))?;
        Ok(text.to_owned())
    }

    /// All that is left.
    pub(in crate::storage) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(in crate::storage) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}
