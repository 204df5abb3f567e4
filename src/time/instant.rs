//! Parsing and printing of instants: words relative to now, dates and times with an offset, epoch
//! numbers by magnitude.

use jiff::civil;
use jiff::tz::Offset;

use super::duration::is_digits;
use super::{EpochUnit, Timestamp, parse_duration};

/// The suffix of an instant outside the years with four digits.
const BEYOND: &str = " ms since 1970";

/// Parses `now`, `-15m`, `+1h`, `15m ago`, `14:05[:09]` (today, UTC), `yesterday 14:05`, RFC 3339,
/// `2023-03-22 06:44` with seconds, fraction and zone if given (else UTC), a mail or HTTP date, and
/// an epoch number of 9 to 11 (seconds), 13 (milliseconds), 16 (microseconds) or 19 digits
/// (nanoseconds).
pub fn parse_instant(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if is_digits(text) {
        return epoch(text);
    }
    relative(text, now)
        .or_else(|| beyond(text))
        .or_else(|| moment(text, Some(now)))
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| of_jiff(zoned.timestamp())))
}

/// Parses a date and a time with an explicit zone.
pub(super) fn zoned(text: &str) -> Option<Timestamp> {
    let has_zone =
        text.ends_with(['Z', 'z']) || text.get(16..).is_some_and(|rest| rest.contains(['+', '-', '−']));
    if has_zone { moment(text, None) } else { None }
}

pub(super) fn print(at: Timestamp, between: char, zone: &str) -> String {
    let calendar = jiff::Timestamp::from_millisecond(at.millis()).ok().map(|t| Offset::UTC.to_datetime(t));
    let Some(t) = calendar.filter(|t| t.year() >= 0) else {
        return format!("{}{BEYOND}", at.millis());
    };
    let millis = match t.millisecond() {
        0 => String::new(),
        some => format!(".{some:03}"),
    };
    format!(
        "{:04}-{:02}-{:02}{between}{:02}:{:02}:{:02}{millis}{zone}",
        t.year(),
        t.month(),
        t.day(),
        t.hour(),
        t.minute(),
        t.second()
    )
}

fn epoch(digits: &str) -> Option<Timestamp> {
    let unit = match digits.len() {
        9..=11 => EpochUnit::Seconds,
        13 => EpochUnit::Millis,
        16 => EpochUnit::Micros,
        19 => EpochUnit::Nanos,
        _ => return None,
    };
    unit.instant(digits.parse().ok()?)
}

fn beyond(text: &str) -> Option<Timestamp> {
    text.strip_suffix(BEYOND)?.parse().ok().map(Timestamp)
}

/// `now`, and a signed length with its unit before or after it.
fn relative(text: &str, now: Timestamp) -> Option<Timestamp> {
    let word = text.to_lowercase();
    if word == "now" {
        return Some(now);
    }
    let signed = match (word.strip_suffix(" ago"), word.strip_prefix("in ")) {
        (Some(before), _) => format!("-{}", before.trim()),
        (None, Some(ahead)) => format!("+{}", ahead.trim()),
        (None, None) => word.strip_prefix("now").unwrap_or(&word).trim_start().to_owned(),
    };
    let is_signed = signed.starts_with(['+', '-', '−']) && signed.contains(char::is_alphabetic);
    let away = Some(signed).filter(|_| is_signed).and_then(|signed| parse_duration(&signed))?;
    now.millis().checked_add(away.millis()).map(Timestamp)
}

/// `[date] time [zone]`, or a date alone; without `now` the date must be in digits and the time
/// complete.
fn moment(text: &str, now: Option<Timestamp>) -> Option<Timestamp> {
    let (date, rest) = date(text, now)?;
    let (time, zone) = match (rest, now) {
        ("", Some(_)) if !text.is_empty() => (civil::Time::midnight(), ""),
        (rest, _) => clock(rest, now.is_none())?,
    };
    let instant = offset(zone.trim())?.to_timestamp(date.to_datetime(time)).ok()?;
    Some(of_jiff(instant))
}

/// The date at the start, or today where a text starts with the time; and the rest of the text.
fn date(text: &str, now: Option<Timestamp>) -> Option<(civil::Date, &str)> {
    if let Some((day, rest)) = text.split_at_checked(10).filter(|(day, _)| is_date(day)) {
        let number = |from: usize, to: usize| day.get(from..to).and_then(|n| n.parse::<i16>().ok());
        let small = |from, to| number(from, to).and_then(|n| i8::try_from(n).ok());
        let date = civil::Date::new(number(0, 4)?, small(5, 7)?, small(8, 10)?).ok()?;
        let time = rest.strip_prefix(['T', 't', ' ', '_']).unwrap_or(rest);
        return (rest.is_empty() || time.len() < rest.len()).then(|| (date, time.trim_start()));
    }
    let now = jiff::Timestamp::from_millisecond(now?.millis()).ok()?;
    let today = Offset::UTC.to_datetime(now).date();
    let (word, time) = text.split_once(' ').map_or((text, ""), |(word, time)| (word, time.trim_start()));
    let day = match word.to_lowercase().as_str() {
        "today" => today,
        "yesterday" => today.yesterday().ok()?,
        "tomorrow" => today.tomorrow().ok()?,
        _ => return Some((today, text)),
    };
    (!time.is_empty()).then_some((day, time))
}

fn is_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-' || b == b'/',
        _ => b.is_ascii_digit(),
    })
}

/// `hh:mm[:ss[.fraction]]` at the start, and the zone after it.
fn clock(text: &str, in_full: bool) -> Option<(civil::Time, &str)> {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(text.len());
    let (clock, zone) = text.split_at(end);
    let (whole, fraction) = clock.split_once(['.', ',']).map_or((clock, None), |(w, f)| (w, Some(f)));
    let mut parts = whole.split(':').map(|part| part.parse::<i8>().ok().filter(|_| part.len() <= 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        Some(second) => second?,
        None if fraction.is_some() || in_full => return None,
        None => 0,
    };
    if parts.next().is_some() {
        return None;
    }
    let nanos = fraction.map_or(Some(0), nanos)?;
    // A leap second has no place in Unix time; it counts as the second before it.
    let second = if second == 60 { 59 } else { second };
    civil::Time::new(hour, minute, second, nanos).ok().map(|time| (time, zone))
}

/// A fraction of a second in nanoseconds, cut off after milliseconds.
fn nanos(digits: &str) -> Option<i32> {
    let digits = Some(digits).filter(|d| is_digits(d) && d.len() <= 18)?;
    let thousandths: String = digits.chars().chain("00".chars()).take(3).collect();
    thousandths.parse::<i32>().ok().map(|millis| millis * 1_000_000)
}

/// An empty zone and the names of UTC are UTC; otherwise `+02:00`, `+0200` or `+02`.
fn offset(zone: &str) -> Option<Offset> {
    if ["", "z", "utc", "gmt"].contains(&zone.to_lowercase().as_str()) {
        return Some(Offset::UTC);
    }
    let zone = zone.strip_prefix("UTC").unwrap_or(zone);
    let (sign, digits) = match zone.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, zone.strip_prefix(['-', '−'])?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(2)?,
    };
    let minutes = if digits.len() == 2 { "0" } else { minutes };
    let number = |text: &str| Some(text).filter(|t| is_digits(t) && t.len() <= 2)?.parse::<i32>().ok();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

fn of_jiff(instant: jiff::Timestamp) -> Timestamp {
    Timestamp(instant.as_millisecond())
}
