//! Amounts of money as integers, so that no float ever touches them.

/// An ISO 4217 code such as `USD`: three upper-case ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollars, the only currency Mechanical Turk pays in.
    pub const USD: Self = Self(*b"USD");

    /// Reads a code; `None` unless it is exactly three upper-case ASCII letters.
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl core::fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.code())
    }
}

/// A non-negative or negative amount in millionths of the currency's major unit.
///
/// Micro-units, because rewards go down to fractions of a cent (0.00698 was seen).
/// The range of an `i64` is ±9.2 × 10¹² dollars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Millionths of the major unit: $0.25 is 250 000.
    pub micros: i64,
    /// What the amount is in; sums are only ever made within one currency.
    pub currency: Currency,
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not of the form digits, point, digits, exponent.
    NotANumber,
    /// A sign or value below zero: no task costs the worker money.
    Negative,
    /// Larger than any reward could be (over a million major units).
    TooLarge,
    /// More than six digits behind the point, none of them zero.
    TooFine,
}

/// One million major units: above it, it is a misread, not a reward.
const MAX_REWARD_MICROS: i64 = 1_000_000_000_000;

impl Money {
    /// Reads a plain decimal number as JSON or JavaScript write it: `0.25`, `1`, `1e-7`.
    ///
    /// # Errors
    /// Says why it is none; see [`MoneyError`].
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        if text.starts_with('-') {
            return Err(MoneyError::Negative);
        }
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.parse::<i32>().map_err(|_| MoneyError::NotANumber)?)
            }
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let only_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || mantissa.ends_with('.') || !only_digits(whole) || !only_digits(fraction) {
            return Err(MoneyError::NotANumber);
        }
        let digits = format!("{whole}{fraction}");
        let scale = i32::try_from(fraction.len()).map_err(|_| MoneyError::TooFine)?;
        let micros = scaled(&digits, exponent.saturating_sub(scale).saturating_add(6))?;
        if micros > MAX_REWARD_MICROS {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self { micros, currency })
    }

    /// The shortest decimal text of the amount with at least two decimals: `0.25`, `12.00`, `0.005`.
    pub fn to_decimal(self) -> String {
        let sign = if self.micros < 0 { "-" } else { "" };
        let micros = self.micros.unsigned_abs();
        let whole = micros / 1_000_000;
        let mut fraction = format!("{:06}", micros % 1_000_000);
        while fraction.len() > 2 && fraction.ends_with('0') {
            fraction.pop();
        }
        format!("{sign}{whole}.{fraction}")
    }
}

/// `digits × 10^power` as an exact integer.
fn scaled(digits: &str, power: i32) -> Result<i64, MoneyError> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok(0);
    }
    if power < 0 {
        let cut = usize::try_from(power.unsigned_abs()).unwrap_or(usize::MAX);
        let kept = digits.len().checked_sub(cut).ok_or(MoneyError::TooFine)?;
        let (head, tail) = digits.split_at_checked(kept).ok_or(MoneyError::TooFine)?;
        if tail.bytes().any(|byte| byte != b'0') {
            return Err(MoneyError::TooFine);
        }
        return scaled(head, 0);
    }
    let mut value: i64 = digits.parse().map_err(|_| MoneyError::TooLarge)?;
    for _ in 0..power {
        value = value.checked_mul(10).ok_or(MoneyError::TooLarge)?;
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(text: &str) -> Result<i64, MoneyError> {
        Money::parse_decimal(text, Currency::USD).map(|money| money.micros)
    }

    #[test]
    fn reads_what_json_writes() {
        assert_eq!(micros("0.25"), Ok(250_000));
        assert_eq!(micros("1"), Ok(1_000_000));
        assert_eq!(micros("0.005"), Ok(5_000));
        assert_eq!(micros("1e-2"), Ok(10_000));
        assert_eq!(micros("1.5E3"), Ok(1_500_000_000));
        assert_eq!(micros("0"), Ok(0));
    }

    #[test]
    fn refuses_what_is_no_reward() {
        assert_eq!(micros("-1"), Err(MoneyError::Negative));
        assert_eq!(micros("1e400"), Err(MoneyError::TooLarge));
        assert_eq!(micros("1e-400"), Err(MoneyError::TooFine));
        assert_eq!(micros("Infinity"), Err(MoneyError::NotANumber));
        assert_eq!(micros("NaN"), Err(MoneyError::NotANumber));
        assert_eq!(micros(""), Err(MoneyError::NotANumber));
        assert_eq!(micros("1,250.00"), Err(MoneyError::NotANumber));
        assert_eq!(micros("1."), Err(MoneyError::NotANumber));
        assert_eq!(micros("9999999"), Err(MoneyError::TooLarge));
    }

    #[test]
    fn writes_the_shortest_text() {
        let text = |micros| Money { micros, currency: Currency::USD }.to_decimal();
        assert_eq!(text(250_000), "0.25");
        assert_eq!(text(12_000_000), "12.00");
        assert_eq!(text(5_000), "0.005");
        assert_eq!(text(-1_500_000), "-1.50");
    }
}
