//! The functions of mappings next to those of jq: instants, durations and results.

use jaq_core::box_iter::box_once;
use jaq_core::load::parse::Def;
use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Ctx, Error, Exn, ValXs};
use jaq_json::Val;

use super::budget::MappingData;
use super::value;
use crate::import::ci::lookup;
use crate::import::ci::word::ResultWord;
use crate::text;
use crate::time::{EpochUnit, Timestamp, epoch_unit, parse_duration, parse_instant};

/// The functions written in jq.
const DEFINITIONS: &str = "def between(a; b): (a | time) as $a | (b | time) as $b
    | if $a == null or $b == null then null else $b - $a end;
def result(words): . as $word
    | if type == \"array\" or type == \"object\" then . else words[tostring] // $word end | result;";

/// A function, for the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MappingFunction {
    /// The name with its arguments, as in `between(a; b)`.
    pub usage: &'static str,
    /// The result, as a sentence.
    pub about: &'static str,
}

/// All functions next to those of jq.
pub const FUNCTIONS: [MappingFunction; 8] = [
    MappingFunction {
        usage: "time",
        about: "Epoch milliseconds of an instant: RFC 3339, `2026-01-05 09:00:00 UTC`, `05.01.2026 09:00` (UTC), or a number in s, ms, µs or ns. \
                Null, 0 and dates such as 0001-01-01 give null.",
    },
    MappingFunction { usage: "seconds", about: "Milliseconds of a number of seconds; null gives null." },
    MappingFunction { usage: "minutes", about: "Milliseconds of a number of minutes; null gives null." },
    MappingFunction {
        usage: "duration",
        about: "Milliseconds of a duration as text: `PT3M12S`, `3m 12s`, `00:03:12`. A number is milliseconds; null \
                gives null.",
    },
    MappingFunction {
        usage: "between(a; b)",
        about: "Milliseconds from one instant to another; null if one of the two is missing.",
    },
    MappingFunction {
        usage: "result",
        about: "SEI's word for a tool's word: SUCCESS, FAILURE, UNSTABLE, ABORTED or NOT_BUILT. A run that is not \
                over gives nothing; an unknown word stays as it is.",
    },
    MappingFunction {
        usage: "result(words)",
        about: "The same, with words of your tool: `result({went_fine: \"SUCCESS\", broke: \"FAILURE\"})`. Other words \
                are read as by `result`.",
    },
    MappingFunction { usage: "slug", about: "A text in lower-case letters, digits and hyphens." },
];

pub(super) fn definitions() -> impl Iterator<Item = Def<&'static str>> {
    jaq_core::load::parse(DEFINITIONS, |parser| parser.defs()).unwrap_or_default().into_iter()
}

pub(super) fn filters() -> impl Iterator<Item = Fun<MappingData>> {
    [
        run::<MappingData>(("time", v(0), |cv| counted(&cv.0, &cv.1, time))),
        run(("seconds", v(0), |cv| counted(&cv.0, &cv.1, |value| scaled(value, 1_000.0)))),
        run(("minutes", v(0), |cv| counted(&cv.0, &cv.1, |value| scaled(value, 60_000.0)))),
        run(("duration", v(0), |cv| counted(&cv.0, &cv.1, duration))),
        run(("slug", v(0), |cv| bome(slug(&cv.1)))),
        run(("result", v(0), |cv| {
            match cv.0.data().budget.visit_shallow(&cv.1).and_then(|()| result(&cv.1)) {
                Ok(Some(word)) => box_once(Ok(word)),
                Ok(None) => Box::new(std::iter::empty()),
                Err(fault) => box_once(Err(Exn::from(fault))),
            }
        })),
    ]
    .into_iter()
}

/// The result of a function for one value, after its work is counted.
fn counted<'a>(
    context: &Ctx<'a, MappingData>,
    value: &Val,
    function: impl Fn(&Val) -> Result<Val, Error<Val>>,
) -> ValXs<'a, Val> {
    bome(context.data().budget.visit_shallow(value).and_then(|()| function(value)))
}

fn refuse(value: &Val, needed: &str) -> Error<Val> {
    const LONGEST: usize = 60;
    let shown = text::cut(&value.to_string(), LONGEST).into_owned();
    Error::str(format_args!("{shown} is not {needed}"))
}

fn whole(millis: i64) -> Val {
    isize::try_from(millis).map_or(Val::Null, Val::from)
}

/// The number of a value, also in a text.
fn number(value: &Val) -> Option<f64> {
    match value {
        Val::Num(_) => jaq_std::ValT::as_f64(value),
        Val::TStr(_) => value::plain(value).trim().parse().ok(),
        Val::Null | Val::Bool(_) | Val::BStr(_) | Val::Arr(_) | Val::Obj(_) => None,
    }
    .filter(|number| number.is_finite())
}

/// A number without its fraction, where it fits.
fn rounded(number: f64) -> Option<i64> {
    // Via text, because a cast of a value out of range would saturate.
    format!("{:.0}", number.round()).parse().ok()
}

fn is_blank(value: &Val) -> bool {
    matches!(value, Val::Null) || matches!(value, Val::TStr(text) if text.trim_ascii().is_empty())
}

fn time(value: &Val) -> Result<Val, Error<Val>> {
    if is_blank(value) {
        return Ok(Val::Null);
    }
    let read = match number(value) {
        Some(number) => epoch(number),
        None => instant(&value::plain(value)),
    };
    match read {
        Some(instant) if instant.millis() > 0 => Ok(whole(instant.millis())),
        Some(_) => Ok(Val::Null),
        None => Err(refuse(value, "an instant")),
    }
}

/// The instant of a number; 0 and negative numbers are the epoch, which tools write for none.
fn epoch(number: f64) -> Option<Timestamp> {
    if number <= 0.0 {
        return Some(Timestamp::EPOCH);
    }
    let unit = epoch_unit(rounded(number)?)?;
    match unit {
        EpochUnit::Seconds => rounded(number * 1_000.0).map(Timestamp::from_millis),
        EpochUnit::Millis | EpochUnit::Micros | EpochUnit::Nanos => unit.instant(rounded(number)?),
    }
}

/// The instant of a text with a date; other texts would need the current time.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let has_year = || {
        let mut run = 0;
        text.chars().any(|letter| {
            run = if letter.is_ascii_digit() { run + 1 } else { 0 };
            run == 4
        })
    };
    lookup::written_instant(text).or_else(|| parse_instant(text, Timestamp::EPOCH).filter(|_| has_year()))
}

fn scaled(value: &Val, millis: f64) -> Result<Val, Error<Val>> {
    if is_blank(value) {
        return Ok(Val::Null);
    }
    let scaled = number(value).and_then(|number| rounded(number * millis));
    scaled.map(whole).ok_or_else(|| refuse(value, "a number"))
}

fn duration(value: &Val) -> Result<Val, Error<Val>> {
    match value {
        Val::TStr(_) if !is_blank(value) => {
            let read = parse_duration(&value::plain(value));
            read.map(|read| whole(read.millis())).ok_or_else(|| refuse(value, "a duration"))
        }
        Val::Null | Val::Bool(_) | Val::Num(_) | Val::BStr(_) | Val::TStr(_) | Val::Arr(_) | Val::Obj(_) => {
            scaled(value, 1.0)
        }
    }
}

/// The word of SEI for the result of a tool; `None` for a run that is not over.
fn result(value: &Val) -> Result<Option<Val>, Error<Val>> {
    let word = match value {
        Val::Null => return Ok(None),
        Val::Bool(true) => "success".to_owned(),
        Val::Bool(false) => "failure".to_owned(),
        Val::TStr(_) => value::plain(value).trim().to_owned(),
        Val::Num(_) | Val::BStr(_) | Val::Arr(_) | Val::Obj(_) => return Err(refuse(value, "a result word")),
    };
    if word.is_empty() {
        return Ok(None);
    }
    let word = ResultWord::of_any_tool(&word);
    Ok((!word.is_open()).then(|| Val::utf8_str(word.of_run().as_bytes().to_vec())))
}

fn slug(value: &Val) -> Result<Val, Error<Val>> {
    match value {
        Val::Null => Ok(Val::Null),
        Val::Num(_) | Val::TStr(_) | Val::Bool(_) => {
            let lower = value::plain(value).to_lowercase();
            let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
            Ok(Val::utf8_str(words.collect::<Vec<_>>().join("-")))
        }
        Val::BStr(_) | Val::Arr(_) | Val::Obj(_) => Err(refuse(value, "a text")),
    }
}
