//! The identity of a run, and what makes SEI refuse or drop the whole run.

use crate::catalog::FieldRole;
use crate::check::{Loss, is_uuid, quote};
use crate::document::{Object, Pointer, Value};
use crate::wire::{BodyFormat, NO_INSTANCE, RunIdentity, SEEN_BEFORE};

use super::facts::{InstanceFact, PreviousFact, SimulationFacts};
use super::finding::{Findings, RunStatus};
use super::reading::{member, place, text, value, whole};

/// The fields that SEI requires in the flat format, in the order of its check.
const REQUIRED_FIELDS: [FieldRole; 6] = [
    FieldRole::Pipeline,
    FieldRole::InstanceName,
    FieldRole::InstanceGuid,
    FieldRole::FullName,
    FieldRole::QualifiedName,
    FieldRole::Result,
];

const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// The first required field that SEI reports as missing in the flat format.
pub fn missing_field(run: &Value) -> Option<FieldRole> {
    let run = run.as_object();
    REQUIRED_FIELDS.into_iter().find(|role| run.is_none_or(|run| is_missing(run, *role)))
}

/// Whether a field is absent, null or empty under all of its names.
fn is_missing(run: &Object, role: FieldRole) -> bool {
    role.names()
        .all(|name| run.get(name).is_none_or(|value| *value == Value::Null || value.as_text() == Some("")))
}

/// The identity of a run, as SEI reads it: of two names of a field the later one counts, and a
/// numeric text is a number.
pub fn stored_identity(run: &Value) -> RunIdentity {
    run.as_object().map(identity).unwrap_or_default()
}

/// The identity of the fields of a run.
pub(super) fn identity(run: &Object) -> RunIdentity {
    let text = |role| text(run, role).map(std::borrow::Cow::into_owned);
    RunIdentity {
        instance_guid: text(FieldRole::InstanceGuid),
        job_full_name: text(FieldRole::FullName),
        build_number: whole(run, FieldRole::BuildNumber),
    }
}

/// The required fields: in the flat format SEI refuses the run without one of them.
pub(super) fn required(found: &mut Findings, run: &Object, format: BodyFormat) {
    for role in REQUIRED_FIELDS.into_iter().filter(|role| is_missing(run, *role)) {
        let (at, name) = (place(&Pointer::root(), run, role), role.name());
        let code = if value(run, role).is_some() { "blank-value" } else { "missing-field" };
        match (format, role) {
            (BodyFormat::Flat, _) => {
                found.lose(Loss::Run, at, code, format!("{name} is missing: SEI refuses the run with 400."));
            }
            (BodyFormat::Wrapped, FieldRole::FullName) => {
                found.lose(Loss::Run, at, code, "The job has no full name: SEI drops the run.");
            }
            // The instance has its own message.
            (BodyFormat::Wrapped, FieldRole::InstanceGuid) => {}
            (BodyFormat::Wrapped, _) => {
                found.lose(Loss::Field, at, code, format!("{name} is missing: SEI stores no value."));
            }
        }
    }
}

/// The instance: SEI drops the runs of an instance that it does not have.
pub(super) fn instance(found: &mut Findings, run: &Object, facts: &SimulationFacts<'_>) {
    let at = || place(&Pointer::root(), run, FieldRole::InstanceGuid);
    let guid = text(run, FieldRole::InstanceGuid).unwrap_or_default();
    let guid = &*guid;
    if guid.trim().is_empty() {
        if facts.format == BodyFormat::Wrapped {
            let message = format!("{NO_INSTANCE} GUID: SEI drops the run.");
            found.lose(Loss::Run, at(), "missing-field", message);
        }
        return;
    }
    let shown = quote(guid);
    let (code, message) = match facts.instance {
        _ if !is_uuid(guid) => (
            "guid-form",
            format!("{NO_INSTANCE} has the GUID {shown}: it is not a UUID, so SEI drops the run."),
        ),
        _ if guid == NIL => ("guid-nil", format!("{NO_INSTANCE} has the nil GUID: SEI drops the run.")),
        InstanceFact::Missing => {
            ("guid-unknown", format!("{NO_INSTANCE} with the GUID {shown}: SEI drops the run."))
        }
        InstanceFact::Elsewhere(environment) => (
            "guid-elsewhere",
            format!("{NO_INSTANCE} here has the GUID {shown}, but {environment} has one: SEI drops the run."),
        ),
        InstanceFact::Known | InstanceFact::Unknown => return,
    };
    found.lose(Loss::Run, at(), code, message);
}

/// The number of the run: SEI keeps the first run of an identity.
pub(super) fn number(
    found: &mut Findings,
    run: &Object,
    identity: &RunIdentity,
    previous: PreviousFact,
) -> RunStatus {
    let at = || place(&Pointer::root(), run, FieldRole::BuildNumber);
    if identity.build_number.is_none() {
        let sent = member(run, FieldRole::BuildNumber).map(|(_, value)| value);
        found.change(at(), sent, 0, "a run without a number is run 0");
    }
    match (previous, identity.build_number) {
        (PreviousFact::Sent, _) => {
            let message =
                format!("{identity} {SEEN_BEFORE}, replaces artifacts, and adds or updates stages.");
            found.lose(Loss::Run, at(), "run-already-sent", message);
            RunStatus::Repeat
        }
        (PreviousFact::None | PreviousFact::Unknown, None) => {
            let message = "Without a build number, each run of this job is run 0: SEI keeps only the first.";
            found.lose(Loss::Run, at(), "build-number-missing", message);
            if previous == PreviousFact::None { RunStatus::New } else { RunStatus::Unknown }
        }
        (PreviousFact::None, Some(_)) => RunStatus::New,
        (PreviousFact::Unknown, Some(_)) => RunStatus::Unknown,
    }
}
