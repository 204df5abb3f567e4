//! Parsing and printing of durations: unit lists, clock style, ISO 8601, plain milliseconds.

use super::Duration;

const PARTS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Parses `77000` (milliseconds), `77s`, `1m 17s`, `1m17s`, `1m17`, `00:01:17`, `1:17`, `1.5s`,
/// `2d`, `250ms`, `PT1M17S`, each with an optional minus sign.
pub fn parse_duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let (negative, length) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    };
    let millis = if is_digits(length) {
        length.parse::<i128>().ok()?
    } else if length.starts_with(['P', 'p']) {
        iso(length)?
    } else if length.contains(':') {
        clock(length)?
    } else {
        units(length)?
    };
    i64::try_from(if negative { -millis } else { millis }).ok().map(Duration)
}

pub(super) fn print(duration: Duration) -> String {
    let mut left = duration.millis().unsigned_abs();
    if left == 0 {
        return "0s".to_owned();
    }
    let mut parts = Vec::new();
    for (unit, millis) in PARTS {
        let many = left / millis;
        left %= millis;
        if many > 0 {
            parts.push(format!("{many}{unit}"));
        }
    }
    format!("{}{}", if duration.millis() < 0 { "-" } else { "" }, parts.join(" "))
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// ISO 8601; a day is 24 hours, and months and years have no length.
fn iso(text: &str) -> Option<i128> {
    let span: jiff::Span = text.parse().ok()?;
    let exact = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()?;
    Some(exact.as_millis())
}

/// `1:17` and `00:01:17`, with an optional fraction of a second; only the first part may exceed 59.
fn clock(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut total: i128 = 0;
    let mut parts = 0;
    for part in whole.split(':') {
        let number: i128 = Some(part).filter(|p| is_digits(p) && p.len() <= 12)?.parse().ok()?;
        if parts > 0 && (number > 59 || part.len() != 2) {
            return None;
        }
        total = total * 60 + number;
        parts += 1;
    }
    let millis = total * 1_000 + fraction_of(fraction, 1_000)?;
    (parts <= 3).then_some(millis)
}

/// `1h 2m 3s`, the larger unit first, each unit once. A last number directly after a unit and
/// without a unit of its own is in the next smaller unit: `1h5` is 1 hour 5 minutes, `1h60` is
/// invalid.
fn units(text: &str) -> Option<i128> {
    let mut rest = text;
    let mut total: i128 = 0;
    let mut smallest = i128::MAX;
    let mut is_joined = false;
    while !rest.is_empty() {
        let (number, after) = split_where(rest, |c| !(c.is_ascii_digit() || c == '.' || c == ','));
        let (word, after) = split_where(after.trim_start(), |c| !c.is_alphabetic());
        let unit = if is_joined && word.is_empty() && after.is_empty() {
            next_smaller(smallest, number)?
        } else {
            unit_millis(word)?
        };
        if unit >= smallest {
            return None;
        }
        let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
        let whole: i128 = Some(whole).filter(|w| is_digits(w))?.parse().ok()?;
        total = whole.checked_mul(unit)?.checked_add(fraction_of(fraction, unit)?)?.checked_add(total)?;
        smallest = unit;
        rest = after.trim_start();
        is_joined = rest.len() == after.len();
    }
    (smallest < i128::MAX).then_some(total)
}

/// The implied unit of a number after another unit.
fn next_smaller(unit: i128, number: &str) -> Option<i128> {
    let smaller = match unit {
        604_800_000 => 86_400_000,
        86_400_000 => 3_600_000,
        3_600_000 => 60_000,
        60_000 => 1_000,
        _ => return None,
    };
    let whole: i128 = number.split(['.', ',']).next()?.parse().ok()?;
    (whole < unit / smaller).then_some(smaller)
}

/// The digits after a decimal point as a share of `whole`, rounded down.
fn fraction_of(digits: &str, whole: i128) -> Option<i128> {
    let digits = Some(digits).filter(|d| is_digits(d) && d.len() <= 18)?;
    let scale = 10_i128.checked_pow(u32::try_from(digits.len()).ok()?)?;
    Some(digits.parse::<i128>().ok()? * whole / scale)
}

fn split_where(text: &str, stop: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(stop).unwrap_or(text.len()))
}

fn unit_millis(word: &str) -> Option<i128> {
    Some(match word.to_lowercase().as_str() {
        "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1_000,
        "m" | "min" | "mins" | "minute" | "minutes" => 60_000,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600_000,
        "d" | "day" | "days" => 86_400_000,
        "w" | "week" | "weeks" => 604_800_000,
        _ => return None,
    })
}
