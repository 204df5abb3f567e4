//! The times of stages and steps: their form, and whether they fit into the run or stage around
//! them.

use crate::catalog::{Evidence, FieldRole, RecordKind};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{BACKEND, OURS, Rule};
use crate::check::time_range::TimeRanges;
use crate::document::Value;
use crate::time::{Duration, Timestamp, epoch_unit, parse_instant};

pub(in crate::check) const STAGE_OUTSIDE_RUN: Rule = Rule {
    code: "stage-outside-run",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    loss: None,
    other_losses: &[],
    meaning: "A stage or step is longer than the run or stage around it, or starts outside of it.",
    why: "One of the two times is wrong, usually in its unit or time zone, and SEI shows both. Tolerance: 1 s for \
          durations, 5 s for starts.",
    source: OURS,
    example: r#""stages": [{"id": "1", "durationInMillis": 500000}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 50000}]"#,
    fix: "",
};

pub(in crate::check) const STAGE_START_FORM: Rule = Rule {
    code: "stage-start-form",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Stages),
    other_losses: &[],
    meaning: "The start of a stage or step is not an ISO 8601 date and time.",
    why: "SEI reads this text as a point in time. If that fails, the stage starts with its run, or SEI refuses the stage.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "startTime": "yesterday"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "startTime": "2025-07-01T08:30:00Z"}]"#,
    fix: "Converts a date and time in another form to ISO 8601.",
};

/// SEI and many tools cut durations to whole seconds.
const ROUNDING: Duration = Duration::from_millis(1_000);

/// Stages often run on other machines than the machine that records the run.
const SKEW: Duration = Duration::from_millis(5_000);

pub(in crate::check) fn stage_start_form(report: &mut Report<'_>, text: &str, place: &ValuePlace<'_>) {
    if text.is_empty() || is_iso(text) {
        return;
    }
    let fix = instant(text).map(|instant| {
        let right = instant.to_rfc3339();
        Fix::offer(format!("write {right}"), replace(place, Value::Text(right)))
    });
    let message = format!("{} is not an ISO 8601 date and time, such as 2025-07-01T08:30:00Z.", quote(text));
    report.add(&STAGE_START_FORM, place, message, fix.into_iter().collect());
}

/// Whether a text is a date and a time with `T` between them; the offset is optional.
fn is_iso(text: &str) -> bool {
    let has_time = text.get(10..11).is_some_and(|between| between.eq_ignore_ascii_case("T"));
    let is_zoned = |text: &str| Timestamp::parse_rfc3339(text).is_some();
    has_time && (is_zoned(text) || is_zoned(&format!("{text}Z")))
}

/// A point in time in one of the forms that do not depend on the current time.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(number) = text.parse() {
        return epoch_unit(number)?.instant(number);
    }
    let is_dated = text.get(..5).is_some_and(|year| year.ends_with('-'));
    parse_instant(text, Timestamp::from_millis(0)).filter(|_| is_dated)
}

/// Checks a stage or step, after the walk.
pub(in crate::check) fn stage_outside_run(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let TimeRanges { outer, own } = report.times;
    let (word, outer_word) =
        if fields.plan.kind == RecordKind::Step { ("step", "stage") } else { ("stage", "run") };
    let name = || fields.text(FieldRole::StageName).map_or_else(|| format!("This {word}"), quote);
    if let (Some(length), Some(limit)) = (own.length, outer.length)
        && length - limit > ROUNDING
        && let Some(place) = fields.at(FieldRole::StageDuration, record)
    {
        let message =
            format!("{} took {}, longer than its {outer_word} ({}).", name(), length.human(), limit.human());
        report.add(&STAGE_OUTSIDE_RUN, &place, message, Vec::new());
    }
    let (Some(start), Some(outer_start)) = (own.start, outer.start) else { return };
    let is_early = outer_start - start > SKEW;
    let is_late = outer.length.is_some_and(|length| start - (outer_start + length) > SKEW);
    if let Some(place) = fields.at(FieldRole::StageStart, record).filter(|_| is_early || is_late) {
        let bound = if is_early {
            format!("before its {outer_word} starts ({})", outer_start.human())
        } else {
            let end = outer_start + outer.length.unwrap_or_default();
            format!("after its {outer_word} ends ({})", end.human())
        };
        let message = format!("{} starts {bound}.", name());
        report.add(&STAGE_OUTSIDE_RUN, &place, message, Vec::new());
    }
}
