//! Numbers with their original spelling, by the JSON grammar.

use std::fmt;

/// A JSON number that keeps its spelling: `1.10` stays `1.10`, and 23 digits stay 23 digits.
///
/// Two numbers are equal if their spellings are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// Reads a spelling of the JSON grammar: no leading `+` or zero, digits on both sides of a
    /// point.
    pub fn new(text: &str) -> Option<Self> {
        fault(text).is_none().then(|| Self(text.into()))
    }

    /// The original spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value if it is a whole number that fits: `77000`, and also `7.7e4` and `77000.0`.
    pub fn as_i64(&self) -> Option<i64> {
        // Most numbers have this form, which needs no allocation.
        if let Ok(plain) = self.0.parse() {
            return Some(plain);
        }
        let (digits, zeros) = self.integral()?;
        let mut value: i128 = 0;
        let zeros = if digits.is_empty() { 0 } else { zeros };
        if digits.len() + zeros > 19 {
            return None;
        }
        for digit in digits.bytes().chain(std::iter::repeat_n(b'0', zeros)) {
            value = value * 10 + i128::from(digit - b'0');
        }
        i64::try_from(if self.0.starts_with('-') { -value } else { value }).ok()
    }

    /// The nearest floating-point value; infinite if the number is out of range.
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Whether the value is a whole number, of any length and spelling.
    pub fn is_integer(&self) -> bool {
        self.integral().is_some()
    }

    /// The significant digits and the number of zeros after them, if the value is whole.
    fn integral(&self) -> Option<(String, usize)> {
        let unsigned = self.0.trim_start_matches('-');
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_matches('0');
        if digits.is_empty() {
            return Some((String::new(), 0));
        }
        // An exponent beyond i64 exceeds the length of any text, so only its sign matters.
        let exponent = exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') {
            i64::MIN / 2
        } else {
            i64::MAX / 2
        });
        let trailing = all.len() - all.trim_end_matches('0').len();
        let shift = i64::try_from(trailing).ok()? - i64::try_from(fraction.len()).ok()?;
        let zeros = usize::try_from(exponent.saturating_add(shift)).ok()?;
        Some((digits.to_owned(), zeros))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

/// Why a spelling is not a JSON number, as the end of a sentence; `None` if it is one.
pub(super) fn fault(text: &str) -> Option<&'static str> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let has_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if mantissa.starts_with('+') {
        Some("a number has no leading +")
    } else if whole.is_empty() && fraction.is_some() {
        Some("a digit must precede the point")
    } else if !has_digits(whole) {
        Some("a number is made of digits, as in 12, -1.5 or 2e3")
    } else if whole.len() > 1 && whole.starts_with('0') {
        Some("a number has no leading zero")
    } else if fraction.is_some_and(|part| !has_digits(part)) {
        Some("only digits may follow the point, and at least one must")
    } else if exponent.is_some_and(|part| !has_digits(part.strip_prefix(['+', '-']).unwrap_or(part))) {
        Some("only digits may follow the exponent sign, and at least one must")
    } else {
        None
    }
}
