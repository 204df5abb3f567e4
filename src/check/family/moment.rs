//! When the run took place and how long it took: units and plausible ranges.

use crate::catalog::Evidence;
use crate::check::family::structure;
use crate::check::loss::Loss;
use crate::check::phrase;
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{BACKEND, OURS, PAGES, Rule};
use crate::document::{Number, Value};
use crate::time::{Duration, EpochUnit, Timestamp, epoch_unit};

pub(in crate::check) const START_TIME_UNIT: Rule = Rule {
    code: "start-time-unit",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "The size of the start time suggests seconds, microseconds or nanoseconds. SEI reads milliseconds.",
    why: "Seconds put the run in January 1970, finer units in the far future. No dashboard shows the run.",
    source: PAGES,
    example: r#""start_time": 1679467494"#,
    good: r#""start_time": 1679467494000"#,
    fix: "Converts the number to milliseconds.",
};

pub(in crate::check) const START_TIME_RANGE: Rule = Rule {
    code: "start-time-range",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "The start time is before 2010, or more than five minutes in the future.",
    why: "SEI dashboards cover recent days. A run outside them is stored but never shown.",
    source: OURS,
    example: r#""start_time": 946684800000"#,
    good: r#""start_time": 1679467494000"#,
    fix: "",
};

pub(in crate::check) const DURATION_NEGATIVE: Rule = Rule {
    code: "duration-negative",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A duration is negative.",
    why: "SEI stores 0. Usually, start and end were swapped.",
    source: BACKEND,
    example: r#""duration": -77000"#,
    good: r#""duration": 77000"#,
    fix: "",
};

pub(in crate::check) const DURATION_UNIT: Rule = Rule {
    code: "duration-unit",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "The duration is under 1000 milliseconds, as if it were in seconds.",
    why: "SEI rounds durations down to whole seconds, so it shows 0 s. Two versions of its documentation say seconds \
          but mean milliseconds.",
    source: PAGES,
    example: r#""duration": 77"#,
    good: r#""duration": 77000"#,
    fix: "Multiplies by 1000.",
};

pub(in crate::check) const DURATION_RANGE: Rule = Rule {
    code: "duration-range",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "The run took over seven days, or its start and duration give an end in the future.",
    why: "A run is reported after its end. Such a duration is usually in microseconds, or it is a point in time. One such \
          run distorts every average.",
    source: OURS,
    example: r#""duration": 77000000000"#,
    good: r#""duration": 77000"#,
    fix: "",
};

/// Longer than any plausible run.
const LONGEST: Duration = Duration::from_millis(7 * 24 * 60 * 60 * 1000);

/// 2010-01-01, before any run that SEI shows.
const EARLIEST: Timestamp = Timestamp::from_millis(1_262_304_000_000);

/// The largest difference between clocks.
const TOLERANCE: Duration = Duration::from_millis(5 * 60 * 1000);

pub(in crate::check) fn start(report: &mut Report<'_>, n: i64, place: &ValuePlace<'_>) {
    let unit = epoch_unit(n).filter(|unit| *unit != EpochUnit::Millis);
    match unit.and_then(|unit| Some((unit, unit.instant(n)?))) {
        Some((unit, instant)) => start_time_unit(report, &n.to_string(), unit, instant, place),
        None => start_time_range(report, n, place),
    }
}

fn start_time_range(report: &mut Report<'_>, n: i64, place: &ValuePlace<'_>) {
    let instant = Timestamp::from_millis(n);
    let when = instant.human();
    let ahead = report.context.now.is_some_and(|now| instant > now + TOLERANCE);
    let message = if instant < EARLIEST {
        format!("{n} is {when}, before 2010: was the clock wrong?")
    } else if ahead {
        format!("{n} is {when}, in the future: was the clock wrong?")
    } else if epoch_unit(n).is_none() {
        format!("{n} is {when}, in the far future: is the unit milliseconds?")
    } else {
        return;
    };
    report.add(&START_TIME_RANGE, place, message, Vec::new());
}

/// Checks a start time with a fraction: scripting languages return the current time so, in seconds.
pub(in crate::check) fn fractional_start(
    report: &mut Report<'_>,
    expect: Expect,
    number: &Number,
    place: &ValuePlace<'_>,
) {
    let seconds = number.as_f64();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "only the whole part decides the unit, and casts saturate"
    )]
    let (whole, millis) = (seconds as i64, (seconds * 1000.0).round() as i64);
    if number.is_integer() || epoch_unit(whole) != Some(EpochUnit::Seconds) {
        return structure::wrong_type_of_number(report, expect, number, place);
    }
    let instant = Timestamp::from_millis(millis);
    start_time_unit(report, &phrase::number(number), EpochUnit::Seconds, instant, place);
}

fn start_time_unit(
    report: &mut Report<'_>,
    shown: &str,
    unit: EpochUnit,
    instant: Timestamp,
    place: &ValuePlace<'_>,
) {
    let (operation, date) = match unit {
        EpochUnit::Seconds | EpochUnit::Millis => ("×1000", "January 1970"),
        EpochUnit::Micros => ("÷1000", "the far future"),
        EpochUnit::Nanos => ("÷1000000", "the far future"),
    };
    let message = format!("{shown} is in {}: SEI shows {date}.", unit.word());
    let edits = replace(place, Value::from(instant.millis()));
    let fix = Fix::safe(format!("{operation} → {}", instant.human()), edits);
    report.add(&START_TIME_UNIT, place, message, vec![fix]);
}

pub(in crate::check) fn duration(report: &mut Report<'_>, n: i64, place: &ValuePlace<'_>) {
    match n {
        ..=-1 => {
            let message = format!("{n} ms is negative, so SEI stores 0: were start and end swapped?");
            duration_negative(report, message, place);
        }
        // SEI shows 0 ms correctly, as 0 s.
        1..=999 => duration_unit(report, n, place),
        _ => duration_range(report, n, place),
    }
}

fn duration_negative(report: &mut Report<'_>, message: String, place: &ValuePlace<'_>) {
    report.add(&DURATION_NEGATIVE, place, message, Vec::new());
}

fn duration_unit(report: &mut Report<'_>, n: i64, place: &ValuePlace<'_>) {
    let millis = n * 1000;
    let label = format!("×1000 → {}", Duration::from_millis(millis).human());
    let message = format!("SEI shows {n} ms as 0 s: was it meant in seconds?");
    let fix = Fix::offer(label, replace(place, Value::from(millis)));
    report.add(&DURATION_UNIT, place, message, vec![fix]);
}

fn duration_range(report: &mut Report<'_>, n: i64, place: &ValuePlace<'_>) {
    if let Some(message) = too_long(report, n) {
        report.add(&DURATION_RANGE, place, message, Vec::new());
    }
}

/// The fault of a duration that is too long. A start in the future is a problem of the start.
fn too_long(report: &Report<'_>, n: i64) -> Option<String> {
    let length = Duration::from_millis(n);
    let human = length.human();
    if length > LONGEST {
        return Some(format!("{n} ms is {human}, over seven days: is the unit milliseconds?"));
    }
    let (start, now) = (report.times.own.start?, report.context.now?);
    let end = start + length;
    (start <= now && end > now + TOLERANCE).then(|| {
        let end = end.human();
        format!("With a duration of {human}, the run ends at {end}, in the future: is the start wrong?")
    })
}

/// Checks the duration of a stage or step. Many are short: only a negative one is certainly wrong.
pub(in crate::check) fn stage_duration(report: &mut Report<'_>, n: i64, place: &ValuePlace<'_>) {
    if n < 0 {
        let message = format!("{n} ms is negative: were start and end swapped?");
        duration_negative(report, message, place);
    }
}
