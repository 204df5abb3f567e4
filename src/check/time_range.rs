//! The times of a run, stage or step, for the rules that compare times.

use super::fields::Fields;
use crate::catalog::{FieldRole, RecordKind};
use crate::document::{Number, Value};
use crate::time::{Duration, EpochUnit, Timestamp, epoch_unit};

/// The start and the duration of a record; `None` for values that are not plausible.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct TimeRange {
    pub(super) start: Option<Timestamp>,
    pub(super) length: Option<Duration>,
}

/// The times of a record and of the record around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct TimeRanges {
    pub(super) outer: TimeRange,
    pub(super) own: TimeRange,
}

impl TimeRange {
    pub(super) fn of(fields: &Fields<'_>) -> Self {
        let whole = |role| fields.role(role).and_then(Value::as_number).and_then(Number::as_i64);
        match fields.plan.kind {
            RecordKind::JobRun => Self {
                start: whole(FieldRole::StartTime)
                    .filter(|n| epoch_unit(*n) == Some(EpochUnit::Millis))
                    .map(Timestamp::from_millis),
                // Under one second the unit is unclear; another rule reports it.
                length: whole(FieldRole::Duration)
                    .filter(|n| *n == 0 || *n >= 1000)
                    .map(Duration::from_millis),
            },
            RecordKind::Stage | RecordKind::Step => Self {
                start: fields.text(FieldRole::StageStart).and_then(Timestamp::parse_rfc3339),
                length: whole(FieldRole::StageDuration).filter(|n| *n >= 0).map(Duration::from_millis),
            },
            RecordKind::Stages
            | RecordKind::Artifact
            | RecordKind::Parameter
            | RecordKind::Trigger
            | RecordKind::PhaseEvent => Self::default(),
        }
    }
}
