//! Whether the times of stages and steps fit into what they are part of.

use crate::catalog::{Evidence, FieldRole, RecordKind};
use crate::check::fields::Fields;
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
    meaning: "A stage is longer than its run, a step longer than its stage, or one starts outside of what it is part of.",
    why: "One of the two times is wrong, most often by its unit or time zone, and SEI reports both. A second more in \
          length and five in the start are let pass, for clocks and rounding.",
    source: OURS,
    example: r#""stages": [{"id": "1", "durationInMillis": 500000}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 50000}]"#,
    fix: "",
};

pub(in crate::check) const STAGE_START_FORM: Rule = Rule {
    code: "stage-start-form",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    meaning: "The start of a stage or step is not a date and time in ISO 8601.",
    why: "SEI reads such a text as an instant; without one the stage starts with its run, or SEI refuses the stage.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "startTime": "yesterday"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "startTime": "2025-07-01T08:30:00Z"}]"#,
    fix: "Writes an instant that is in another form as ISO 8601.",
};

/// SEI cuts lengths to whole seconds, and so do many tools before.
const ROUNDING: Duration = Duration::from_millis(1_000);

/// Stages often run on other machines than the one that writes down the run.
const SKEW: Duration = Duration::from_millis(5_000);

/// Checks the start of a stage or step.
pub(in crate::check) fn stage_start_form(report: &mut Report<'_>, text: &str, place: &ValuePlace<'_>) {
    if text.is_empty() || is_iso(text) {
        return;
    }
    let fix = instant(text).map(|instant| {
        let right = instant.to_rfc3339();
        Fix::offer(format!("write {right}"), replace(place, Value::Text(right)))
    });
    let message = format!("{} is not a date and time in ISO 8601, as in 2025-07-01T08:30:00Z.", quote(text));
    report.add(&STAGE_START_FORM, place, message, fix.into_iter().collect());
}

/// A date and a time with `T` between them; without an offset only the zone is left open.
fn is_iso(text: &str) -> bool {
    let has_time = text.get(10..11).is_some_and(|between| between.eq_ignore_ascii_case("T"));
    let is_zoned = |text: &str| Timestamp::parse_rfc3339(text).is_some();
    has_time && (is_zoned(text) || is_zoned(&format!("{text}Z")))
}

/// An instant in one of the forms that do not depend on the present.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(number) = text.parse() {
        return epoch_unit(number)?.instant(number);
    }
    let is_dated = text.get(..5).is_some_and(|year| year.ends_with('-'));
    parse_instant(text, Timestamp::from_millis(0)).filter(|_| is_dated)
}

/// Checks a stage or step, after the walk has been through it.
pub(in crate::check) fn stage_outside_run(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let TimeRanges { outer, own } = report.times;
    let (word, whole) =
        if fields.plan.kind == RecordKind::Step { ("step", "stage") } else { ("stage", "run") };
    let name = || fields.text(FieldRole::StageName).map_or_else(|| format!("This {word}"), quote);
    if let (Some(length), Some(limit)) = (own.length, outer.length)
        && length - limit > ROUNDING
        && let Some(place) = fields.at(FieldRole::StageDuration, record)
    {
        let message = format!(
            "{} took {}, which is longer than the {whole} with {}.",
            name(),
            length.human(),
            limit.human()
        );
        report.add(&STAGE_OUTSIDE_RUN, &place, message, Vec::new());
    }
    let (Some(start), Some(begin)) = (own.start, outer.start) else { return };
    let is_early = begin - start > SKEW;
    let is_late = outer.length.is_some_and(|length| start - (begin + length) > SKEW);
    if let Some(place) = fields.at(FieldRole::StageStart, record).filter(|_| is_early || is_late) {
        let (side, bound) = if is_early {
            ("before", format!("started at {}", begin.human()))
        } else {
            let end = begin + outer.length.unwrap_or_default();
            ("after", format!("ended at {}", end.human()))
        };
        let message = format!("{} starts {side} its {whole}, which {bound}.", name());
        report.add(&STAGE_OUTSIDE_RUN, &place, message, Vec::new());
    }
}
