//! How the times of stages and steps fit into what they are part of.

use super::fields::Fields;
use super::phrase::quote;
use super::place::Place;
use super::plan::{Noun, Part};
use super::rule::OURS;
use super::walk::Walk;
use super::{Evidence, Rule, Severity};
use crate::document::{Number, Value};
use crate::time::{Duration, EpochUnit, Timestamp, epoch_unit};

pub(super) const STAGE_OUTSIDE_RUN: Rule = Rule {
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
const ROUNDING: i64 = 1000;

/// Stages often run on other machines than the one that writes down the run.
const SKEW: i64 = 5000;

/// When something began and how long it took, as far as its fields can be believed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Frame {
    pub(super) start: Option<i64>,
    pub(super) length: Option<i64>,
}

/// The frame of a record and of what it is part of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Frames {
    pub(super) outer: Frame,
    pub(super) own: Frame,
}

impl Frame {
    pub(super) fn of(fields: &Fields<'_>) -> Self {
        let whole = |part| fields.part(part).and_then(Value::as_number).and_then(Number::as_i64);
        match fields.plan.noun {
            Noun::Run => Self {
                start: whole(Part::StartTime).filter(|n| epoch_unit(*n) == Some(EpochUnit::Millis)),
                // Below a second the unit is in doubt, and has a problem of its own.
                length: whole(Part::Duration).filter(|n| *n == 0 || *n >= 1000),
            },
            Noun::Stage | Noun::Step => Self {
                start: fields.text("startTime").and_then(Timestamp::parse_rfc3339).map(Timestamp::millis),
                length: whole(Part::StageDuration).filter(|n| *n >= 0),
            },
            Noun::Stages | Noun::Artifact | Noun::Parameter | Noun::Trigger => Self::default(),
        }
    }
}

/// Looks at a stage or step after the walk has been through it.
pub(super) fn look(walk: &mut Walk<'_>, fields: &Fields<'_>, record: &Place<'_>) {
    let Frames { outer, own } = walk.frames;
    let (word, whole) = if fields.plan.noun == Noun::Step { ("step", "stage") } else { ("stage", "run") };
    let name = || fields.text("displayName").map_or_else(|| format!("This {word}"), quote);
    let human = |millis| Duration::from_millis(millis).human();
    if let (Some(length), Some(limit)) = (own.length, outer.length)
        && length.saturating_sub(limit) > ROUNDING
        && let Some(place) = fields.at("durationInMillis", record)
    {
        let message = format!(
            "{} took {}, which is longer than the {whole} with {}.",
            name(),
            human(length),
            human(limit)
        );
        walk.add(&place, STAGE_OUTSIDE_RUN.at(&place, message, Vec::new()));
    }
    let (Some(start), Some(begin)) = (own.start, outer.start) else { return };
    let is_early = begin.saturating_sub(start) > SKEW;
    let is_late =
        outer.length.is_some_and(|length| start.saturating_sub(begin.saturating_add(length)) > SKEW);
    if let Some(place) = fields.at("startTime", record).filter(|_| is_early || is_late) {
        let (side, bound) = if is_early {
            ("before", format!("started at {}", Timestamp::from_millis(begin).human()))
        } else {
            let end = begin.saturating_add(outer.length.unwrap_or(0));
            ("after", format!("ended at {}", Timestamp::from_millis(end).human()))
        };
        let message = format!("{} starts {side} its {whole}, which {bound}.", name());
        walk.add(&place, STAGE_OUTSIDE_RUN.at(&place, message, Vec::new()));
    }
}
