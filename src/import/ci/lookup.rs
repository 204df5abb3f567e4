//! Lookup of values in JSON of unknown shape: a value that is missing, or of another kind, is not
//! found.

use std::borrow::Cow;

use crate::document::Value;
use crate::time::{EpochUnit, Timestamp, epoch_unit};

/// A place in a value, or nowhere.
#[derive(Clone, Copy, Default)]
pub(super) struct JsonLookup<'v>(Option<&'v Value>);

impl<'v> JsonLookup<'v> {
    pub(super) fn of(value: &'v Value) -> Self {
        Self(Some(value))
    }

    /// The value under names with dots between them; the value itself for an empty path.
    pub(super) fn at(self, path: &str) -> Self {
        if path.is_empty() {
            return self;
        }
        let step = |value: &'v Value, name| value.as_object()?.get(name);
        Self(self.0.and_then(|value| path.split('.').try_fold(value, step)))
    }

    /// Whether each path has a value; spaces separate the paths.
    pub(super) fn has(self, paths: &str) -> bool {
        paths.split(' ').all(|path| self.at(path).0.is_some())
    }

    /// Whether it is an object.
    pub(super) fn is_object(self) -> bool {
        self.0.is_some_and(|value| value.as_object().is_some())
    }

    /// The value, where it is true or false.
    pub(super) fn truth(self, path: &str) -> Option<bool> {
        self.at(path).0?.as_bool()
    }

    /// The first text or number at the paths; spaces separate the paths.
    pub(super) fn text(self, paths: &str) -> Option<String> {
        paths.split(' ').find_map(|path| match self.at(path).0? {
            Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.as_str().to_owned()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        })
    }

    /// The first whole number, also one in a text.
    pub(super) fn whole(self, paths: &str) -> Option<i64> {
        paths.split(' ').find_map(|path| match self.at(path).0? {
            Value::Number(number) => number.as_i64(),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        })
    }

    /// The first instant that is written as a date and a time.
    pub(super) fn instant(self, paths: &str) -> Option<Timestamp> {
        paths.split(' ').find_map(|path| instant(self.at(path).0?.as_text()?))
    }

    /// A member whose name has dots in it.
    pub(super) fn dotted(self, name: &str) -> Self {
        Self(self.0.and_then(|value| value.as_object()?.get(name)))
    }

    /// Whether any path has a value; spaces separate the paths.
    pub(super) fn has_any(self, paths: &str) -> bool {
        paths.split(' ').any(|path| self.at(path).0.is_some())
    }

    /// Whether it is an object whose members all have one of some names, with spaces between the
    /// names.
    pub(super) fn has_only(self, names: &str) -> bool {
        let is_named = |key: &str| names.split(' ').any(|name| name == key);
        self.0.and_then(Value::as_object).is_some_and(|object| object.keys().all(is_named))
    }

    /// The members of an object; none where the value is not an object.
    pub(super) fn members(self, path: &str) -> impl Iterator<Item = (&'v str, Self)> {
        let object = self.at(path).0.and_then(Value::as_object);
        object.into_iter().flat_map(|object| object.iter().map(|(key, value)| (key, Self::of(value))))
    }

    /// Whether it is a list.
    pub(super) fn is_list(self) -> bool {
        self.0.is_some_and(|value| value.as_array().is_some())
    }

    /// The segment of the path of an address that follows a name, as `9` follows `builds` in
    /// `/builds/9#top`.
    pub(super) fn segment_after(self, paths: &str, name: &str) -> Option<String> {
        let address = self.text(paths)?;
        let mut segments = address.split(['/', '?', '#']);
        segments.find(|segment| *segment == name)?;
        segments.next().filter(|segment| !segment.is_empty()).map(str::to_owned)
    }

    /// The instant that a number means; tools write 0 where there is none. The unit of the tool
    /// counts only where the number does not show its own: tools that came from one another keep
    /// its fields, not its unit.
    pub(super) fn epoch(self, path: &str, unit: EpochUnit) -> Option<Timestamp> {
        let number = self.whole(path).filter(|number| *number > 0)?;
        epoch_unit(number).unwrap_or(unit).instant(number)
    }

    /// Seconds, perhaps with a fraction, as milliseconds.
    pub(super) fn seconds(self, path: &str) -> Option<i64> {
        let number = self.at(path).0?.as_number()?;
        if let Some(seconds) = number.as_i64() {
            return seconds.checked_mul(1_000);
        }
        // Via text, because a cast of a value out of range would saturate.
        let millis = (number.as_f64() * 1_000.0).round();
        format!("{millis:.0}").parse().ok().filter(|millis: &i64| millis.checked_abs().is_some())
    }

    /// The items of a list; none where the value is not a list.
    pub(super) fn items(self, path: &str) -> Vec<Self> {
        self.at(path).0.and_then(Value::as_array).unwrap_or_default().iter().map(Self::of).collect()
    }

    /// The items of the value, or of the list under a name in it.
    pub(super) fn list(self, name: &str) -> Vec<Self> {
        if self.is_object() { self.items(name) } else { self.items("") }
    }
}

/// An instant as tools write it, also as `2026-01-05 09:00:00 UTC`, `20260105T090000+0000` or with
/// an offset that has no colon.
///
/// Programs write a missing instant as a date such as 0001-01-01, or as the epoch itself.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    written_instant(text).filter(|instant| instant.millis() > 0)
}

/// An instant as tools write it, also one that means none.
pub(in crate::import) fn written_instant(text: &str) -> Option<Timestamp> {
    let spaced = || {
        let (date, rest) = text.split_once(' ')?;
        let (time, zone) = rest.split_once(' ').unwrap_or((rest, "UTC"));
        let (date, time) = (by_year(date), with_seconds(time));
        Timestamp::parse_rfc3339(&format!("{date}T{time}{}", offset(zone)))
    };
    let compact = || {
        let (date, rest) = text.split_once('T')?;
        let (time, zone) = rest.split_at_checked(rest.rfind(['+', '-', 'Z'])?)?;
        let (date, time) = (grouped(date, 4, '-')?, grouped(time, 2, ':')?);
        Timestamp::parse_rfc3339(&format!("{date}T{time}{}", offset(zone)))
    };
    Timestamp::parse_rfc3339(text).or_else(spaced).or_else(compact)
}

/// A date with dots, which has the day first, as one with the year first.
fn by_year(date: &str) -> Cow<'_, str> {
    let parts: Vec<&str> = date.split('.').collect();
    let is_number = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    match parts.as_slice() {
        [day, month, year] if is_number(day, 2) && is_number(month, 2) && year.len() == 4 => {
            Cow::Owned(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => Cow::Borrowed(date),
    }
}

/// A time of day with two digits for the hour, and with seconds.
fn with_seconds(time: &str) -> Cow<'_, str> {
    match time.split(':').collect::<Vec<_>>().as_slice() {
        [hour, minute] => Cow::Owned(format!("{hour:0>2}:{minute}:00")),
        [hour, minute, second] if hour.len() == 1 => Cow::Owned(format!("0{hour}:{minute}:{second}")),
        _ => Cow::Borrowed(time),
    }
}

/// An offset with its colon.
fn offset(zone: &str) -> String {
    match zone.split_at_checked(3) {
        Some((hours, minutes)) if hours.starts_with(['+', '-']) && minutes.len() == 2 => {
            format!("{hours}:{minutes}")
        }
        _ => zone.replace("UTC", "Z"),
    }
}

/// A date or a time with its separators: they may be missing, and the first part has a known
/// length.
fn grouped(text: &str, first: usize, separator: char) -> Option<String> {
    if text.contains(separator) {
        return Some(text.to_owned());
    }
    let (head, rest) = text.split_at_checked(first)?;
    let (middle, tail) = rest.split_at_checked(2)?;
    Some(format!("{head}{separator}{middle}{separator}{tail}"))
}
