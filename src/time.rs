//! Instants and durations, as text for people and as milliseconds for the API.
//!
//! The module never reads the clock: callers pass the current time. Zones are offsets only, because
//! zone names would need a time zone database.

mod ago;
mod arithmetic;
mod duration;
mod instant;

pub use duration::parse_duration;
pub use instant::parse_instant;

/// An instant in milliseconds since the Unix epoch, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01 00:00:00 UTC.
    pub const EPOCH: Self = Self(0);

    /// Creates an instant from milliseconds since the epoch, negative before it.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The instant at the start of its second.
    #[must_use]
    pub const fn whole_second(self) -> Self {
        Self(self.0 - self.0.rem_euclid(1_000))
    }

    /// Parses a date and a time with `Z` or an offset; fractions of a millisecond are cut off.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        instant::zoned(text)
    }

    /// `2023-03-22T06:44:54Z`, with `.123` if there are milliseconds; outside the years 0 to 9999
    /// as [`human`](Self::human) formats it.
    pub fn to_rfc3339(self) -> String {
        instant::print(self, 'T', "Z")
    }

    /// `2023-03-22 06:44:54 UTC`, with `.123` if there are milliseconds; outside the years 0 to
    /// 9999 as `-99999999999999999 ms since 1970`. [`parse_instant`] reads it back.
    pub fn human(self) -> String {
        instant::print(self, ' ', " UTC")
    }

    /// `2 minutes ago`; the date, to the minute, for an instant a day ago or earlier, or in the
    /// future.
    pub fn ago(self, now: Self) -> String {
        ago::ago(self, now)
    }
}

/// A length of time in milliseconds; may be negative, because documents may hold negative values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

impl Duration {
    /// A duration of 0 ms.
    pub const ZERO: Self = Self(0);

    /// Creates a duration from milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The whole length in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The length without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// The length in whole seconds, rounded toward zero.
    #[must_use]
    pub const fn whole_seconds(self) -> Self {
        Self(self.0 / 1_000 * 1_000)
    }

    /// `1m 17s`, `250ms`, `2h 3m`, `-5s`, `0s`: every part that is not zero. [`parse_duration`]
    /// reads it back.
    pub fn human(self) -> String {
        duration::print(self)
    }
}

/// The unit of an instant that is written as a plain number since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EpochUnit {
    /// Seconds, as most Unix tools print them.
    Seconds,
    /// Milliseconds, as SEI expects them.
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
}

impl EpochUnit {
    /// The plural name, for messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Millis => "milliseconds",
            Self::Micros => "microseconds",
            Self::Nanos => "nanoseconds",
        }
    }

    /// The instant of a number in this unit; fractions of a millisecond are cut off.
    pub fn instant(self, n: i64) -> Option<Timestamp> {
        let millis = match self {
            Self::Seconds => n.checked_mul(1_000)?,
            Self::Millis => n,
            Self::Micros => n.div_euclid(1_000),
            Self::Nanos => n.div_euclid(1_000_000),
        };
        Some(Timestamp(millis))
    }
}

/// Seconds of 2001-01-01 and of 2100-01-01: the years in which a CI run may plausibly have
/// happened.
const PLAUSIBLE: std::ops::Range<i64> = 978_307_200..4_102_444_800;

/// The unit in which a number is an instant between 2001 and 2100; the ranges of the units do not
/// overlap.
pub fn epoch_unit(n: i64) -> Option<EpochUnit> {
    let in_seconds = [
        (EpochUnit::Seconds, 1),
        (EpochUnit::Millis, 1_000),
        (EpochUnit::Micros, 1_000_000),
        (EpochUnit::Nanos, 1_000_000_000),
    ];
    in_seconds.into_iter().find(|(_, per)| PLAUSIBLE.contains(&n.div_euclid(*per))).map(|(unit, _)| unit)
}
