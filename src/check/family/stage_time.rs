//! Whether the times of stages and steps fit into what they are part of.

use crate::catalog::{Evidence, FieldRole, RecordKind};
use crate::check::fields::Fields;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::Severity;
use crate::check::report::Report;
use crate::check::rule::{OURS, Rule};
use crate::check::time_range::TimeRanges;
use crate::time::Duration;

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

/// SEI cuts lengths to whole seconds, and so do many tools before.
const ROUNDING: Duration = Duration::from_millis(1_000);

/// Stages often run on other machines than the one that writes down the run.
const SKEW: Duration = Duration::from_millis(5_000);

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
