//! The duration of a run or an item, and its unit.

use super::fit::{self, amount};
use super::leaf::Leaf;
use super::path::path_expression;
use super::score::{Bounds, Scored, sorted};
use super::word::PathWords;
use crate::document::{Pointer, Value};
use crate::import::mapping::MappingTable;
use crate::time::parse_duration;

/// Names of a duration.
const NAMES: &[(&str, i32)] = &[
    ("TOOK", 90),
    ("TOOK UNIT", 92),
    ("TOOK in UNIT", 92),
    ("UNIT TOOK", 90),
    ("total|run|running|execution|build|deploy|wall|processing|clock|elapsed time", 82),
    ("total|run|running|execution|build|wall|elapsed time UNIT", 84),
    ("time taken|spent|elapsed", 84),
    ("time UNIT", 62),
    ("UNIT", 46),
];

/// Words in front of the name that do not change it.
const OWN: &[&str] = &["total", "stage", "step", "node", "wall", "actual"];

/// A unit of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LengthUnit {
    Millis,
    Seconds,
    Minutes,
    Hours,
    Micros,
    Nanos,
}

impl LengthUnit {
    const ALL: [Self; 5] = [Self::Millis, Self::Seconds, Self::Minutes, Self::Micros, Self::Nanos];

    const fn millis(self) -> f64 {
        match self {
            Self::Millis => 1.0,
            Self::Seconds => 1e3,
            Self::Minutes => 6e4,
            Self::Hours => 36e5,
            Self::Micros => 1e-3,
            Self::Nanos => 1e-6,
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" => Self::Millis,
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Seconds,
            "min" | "mins" | "minute" | "minutes" => Self::Minutes,
            "hours" => Self::Hours,
            "us" | "micros" | "microseconds" => Self::Micros,
            "ns" | "nanos" | "nanoseconds" => Self::Nanos,
            _ => return None,
        })
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Millis => "milliseconds",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Micros => "microseconds",
            Self::Nanos => "nanoseconds",
        }
    }

    /// The expression for a value in this unit.
    fn expression(self, path: &str, value: &Value) -> String {
        let is_whole = value.as_i64().is_some();
        let number = if value.as_text().is_some() { "tonumber?" } else { "numbers" };
        match self {
            Self::Millis if is_whole => path.to_owned(),
            Self::Millis => format!("{path} | {number} | floor"),
            Self::Seconds => format!("{path} | seconds"),
            Self::Minutes => format!("{path} | minutes"),
            Self::Hours => format!("{path} | {number} | . * 3600000 | floor"),
            Self::Micros => format!("{path} | {number} | . / 1000 | floor"),
            Self::Nanos => format!("{path} | {number} | . / 1000000 | floor"),
        }
    }
}

/// Guesses for the duration, best first.
pub(super) fn durations(
    (table, key): (MappingTable, &str),
    leaves: &[Leaf<'_>],
    bounds: &Bounds,
) -> Vec<Scored> {
    let mut found: Vec<Scored> = leaves
        .iter()
        .filter_map(|leaf| {
            let points = leaf.words.points(NAMES, OWN)?;
            let path = path_expression(leaf.at.tokens());
            let (expression, reason, bonus) = match amount(leaf.value) {
                Some(amount) => measured(leaf, &path, amount, bounds)?,
                None => (written(leaf.value, &path)?, "key name; a duration with units".to_owned(), 0),
            };
            Some(Scored::new((table, key), expression, &reason, points + bonus).at(&leaf.at))
        })
        .collect();
    if let (Some(start), Some(end)) = (&bounds.start, &bounds.end) {
        let expression = format!("between({start}; {end})");
        found.push(Scored::new((table, key), expression, "the time from start to end", 75));
    }
    sorted(found)
}

/// The expression for a number, what shows its unit, and points.
fn measured(leaf: &Leaf<'_>, path: &str, amount: f64, bounds: &Bounds) -> Option<(String, String, i32)> {
    let named = unit_of(&leaf.words);
    if named.is_none() && fit::instant(leaf.value).is_some() {
        return None;
    }
    let is_number = leaf.value.as_number().is_some();
    let (unit, why, bonus) = if let Some(unit) = named {
        (unit, "the unit in the name", 5)
    } else if amount == 0.0 {
        (LengthUnit::Seconds, "0, so the unit is not known", -20)
    } else if let Some(unit) = matching(amount, bounds) {
        (unit, "the time from start to end", 10)
    } else if bounds.millis.is_some_and(|millis| millis > 0) {
        let unit = if amount.fract() > 0.0 { LengthUnit::Seconds } else { likely(amount) };
        (unit, "not the time from start to end", -25)
    } else if amount.fract() > 0.0 {
        (LengthUnit::Seconds, "a fraction", 0)
    } else {
        let is_clear = !(10_000.0..100_000.0).contains(&amount);
        (likely(amount), "the size of the number", if is_clear { -10 } else { -50 })
    };
    let value = if is_number || named.is_some() || amount > 0.0 { leaf.value } else { return None };
    Some((unit.expression(path, value), format!("key name; {}: {why}", unit.word()), bonus))
}

/// The unit that a number without one has most often.
fn likely(amount: f64) -> LengthUnit {
    const FEW: f64 = 10_000.0;
    const MANY: f64 = 1e9;
    if amount < FEW {
        LengthUnit::Seconds
    } else if amount < MANY {
        LengthUnit::Millis
    } else {
        LengthUnit::Nanos
    }
}

fn unit_of(words: &PathWords) -> Option<LengthUnit> {
    words.last().iter().rev().find_map(|word| LengthUnit::of_word(word))
}

/// The unit in which a number is about the time from start to end.
fn matching(amount: f64, bounds: &Bounds) -> Option<LengthUnit> {
    /// Tools round, and measure a little more or less than the times show.
    const NEAR: f64 = 0.15;
    #[expect(clippy::cast_precision_loss, reason = "compared with a tolerance")]
    let span = bounds.millis.filter(|millis| *millis > 0)? as f64;
    LengthUnit::ALL.into_iter().find(|unit| {
        let millis = amount * unit.millis();
        (millis - span).abs() <= (span * NEAR).max(unit.millis().clamp(1.0, 1e3) * 2.0)
    })
}

/// The expression for a text with units or colons, such as `PT3M12S`, `3m 12s` or `00:12:41`.
fn written(value: &Value, path: &str) -> Option<String> {
    parse_duration(value.as_text()?).map(|_| format!("{path} | duration"))
}

/// A value that a person chose as a duration.
pub(in crate::import::mapping) enum ChosenDuration {
    /// A duration, with its expression.
    Length(String),
    /// An instant, such as the end of the run.
    Instant,
    /// Neither.
    Other,
}

/// Reads a value that a person chose as a duration.
pub(in crate::import::mapping) fn chosen_duration(path: &str, at: &Pointer, value: &Value) -> ChosenDuration {
    let unit = unit_of(&PathWords::of(at));
    let is_instant = fit::instant(value).is_some();
    match amount(value) {
        Some(_) if unit.is_none() && is_instant => ChosenDuration::Instant,
        Some(amount) => {
            let likely = || if amount.fract() > 0.0 { LengthUnit::Seconds } else { likely(amount) };
            ChosenDuration::Length(unit.unwrap_or_else(likely).expression(path, value))
        }
        // A run that is not over has no duration yet.
        None if *value == Value::Null => ChosenDuration::Length(path.to_owned()),
        None => match written(value, path) {
            Some(expression) => ChosenDuration::Length(expression),
            None if is_instant => ChosenDuration::Instant,
            None => ChosenDuration::Other,
        },
    }
}
