//! The simulation of one run: calls the parts in the order of SEI's processing.

use crate::catalog::FieldRole;
use crate::check::{Loss, UncountedMetric, is_documented_result, quote};
use crate::document::{Object, Pointer, Value};
use crate::time::{Duration, EpochUnit, Timestamp, epoch_unit};
use crate::wire::RunIdentity;

use super::facts::{PreviousFact, SimulationFacts};
use super::filter::FilteredRun;
use super::finding::{Findings, RunStatus};
use super::metric::MetricAnswers;
use super::outcome::Simulation;
use super::profile::Profile;
use super::reading::{items, place, text, unreadable, value, whole};
use super::stored::{StoredArtifact, StoredRun};
use super::{artifact, identity, job, metric, stage, trigger};

/// What SEI makes of a run.
pub fn simulate(run: &Value, facts: &SimulationFacts<'_>) -> Simulation {
    let mut found = Findings::default();
    let Some(fields) = run.as_object() else { return of_other() };
    let identity = identity::identity(fields);
    identity::required(&mut found, fields, facts.format);
    if let Some((at, code)) = unreadable(fields) {
        let message = format!("SEI cannot read {at}: a value of this type makes SEI refuse or drop the run.");
        found.lose(Loss::Run, at, code, message);
    }
    identity::instance(&mut found, fields, facts);
    trigger::parameters(&mut found, fields);
    let is_dropped = found.has_lost_run();
    let status = identity::number(&mut found, fields, &identity, facts.previous);
    let mut stored = StoredRun {
        result: result(&mut found, fields, facts),
        start: start(&mut found, fields),
        duration: duration(&mut found, fields),
        ..StoredRun::default()
    };
    let has_artifacts = !items(fields, FieldRole::Artifacts).is_empty();
    let is_kept = trigger::triggers(&mut found, fields, has_artifacts);
    let stages = stage::stages(&mut found, fields, &mut stored, is_kept);
    artifact::artifacts(&mut found, fields, &mut stored, is_kept);
    let job = if is_dropped { Vec::new() } else { job::values(&mut found, fields, facts.job) };
    if is_dropped {
        let StoredRun { stages_sent, steps_sent, artifacts_sent, .. } = stored;
        stored = StoredRun { stages_sent, steps_sent, artifacts_sent, ..StoredRun::default() };
    }
    let counts = metric::excluded(&found, status, is_dropped)
        .unwrap_or_else(|| metric::answers(&FilteredRun { fields, stages }, facts.profile));
    let is_stored = match (is_dropped, status, facts.previous) {
        (true, _, _) | (_, RunStatus::Repeat, _) => Some(false),
        (false, _, PreviousFact::Unknown) if identity.build_number.is_none() => None,
        (false, RunStatus::New | RunStatus::Unknown, _) => Some(true),
    };
    let Findings { changes, mut losses, .. } = found;
    // A stable sort: within a kind of loss, the order of the document stays.
    losses.sort_by_key(|lost| lost.loss);
    Simulation { identity, status, is_stored, stored, changes, losses, job, counts }
}

/// The artifacts that SEI stores of a run, if it stores the run.
pub(super) fn stored_artifacts(run: &Value) -> Vec<StoredArtifact> {
    let (mut found, mut stored) = (Findings::default(), StoredRun::default());
    if let Some(fields) = run.as_object() {
        let is_kept = trigger::triggers(&mut found, fields, false);
        artifact::artifacts(&mut found, fields, &mut stored, is_kept);
    }
    stored.artifacts
}

/// The metrics whose filters exclude a run, for the check of a run that was not sent yet.
pub fn uncounted(run: &Value, profile: &Profile) -> Vec<UncountedMetric> {
    let (mut found, mut stored) = (Findings::default(), StoredRun::default());
    let Some(fields) = run.as_object() else { return Vec::new() };
    let is_kept = trigger::triggers(&mut found, fields, false);
    let stages = stage::stages(&mut found, fields, &mut stored, is_kept);
    metric::uncounted(&FilteredRun { fields, stages }, profile)
}

/// The simulation of a payload that is not an object.
fn of_other() -> Simulation {
    let mut found = Findings::default();
    found.lose(Loss::Run, Pointer::root(), "wrong-type", "The payload is not a JSON object.");
    Simulation {
        identity: RunIdentity::default(),
        status: RunStatus::Unknown,
        is_stored: Some(false),
        stored: StoredRun::default(),
        changes: Vec::new(),
        losses: found.losses,
        job: Vec::new(),
        counts: MetricAnswers::dropped(Some(Pointer::root())),
    }
}

/// The stored result. Without a profile, its filters are expected to name the documented words.
fn result(found: &mut Findings, run: &Object, facts: &SimulationFacts<'_>) -> Option<String> {
    let sent = value(run, FieldRole::Result).and_then(Value::as_text);
    let is_known = |word: &&str| word.trim().is_empty() || is_documented_result(word);
    if let Some(word) = sent.filter(|word| facts.profile.is_none() && !is_known(word)) {
        let message =
            format!("The usual filters, for SUCCESS or FAILURE, skip {}: they compare exactly.", quote(word));
        found.lose(Loss::Count, place(&Pointer::root(), run, FieldRole::Result), "result-word", message);
    }
    text(run, FieldRole::Result).map(std::borrow::Cow::into_owned)
}

/// The stored start: an absent one is the start of 1970, and so is a start in seconds, almost.
#[expect(clippy::unnecessary_wraps, reason = "a stored run may have no start")]
fn start(found: &mut Findings, run: &Object) -> Option<Timestamp> {
    let at = || place(&Pointer::root(), run, FieldRole::StartTime);
    let millis = whole(run, FieldRole::StartTime).unwrap_or_default();
    let stored = Timestamp::from_millis(millis);
    let unit = epoch_unit(millis);
    let (loss, code) = match unit {
        _ if value(run, FieldRole::StartTime).is_none() => {
            found.change(at(), None, 0, "absent numbers are 0");
            (Loss::Field, "missing-field")
        }
        Some(EpochUnit::Millis) => return Some(stored),
        Some(EpochUnit::Seconds | EpochUnit::Micros | EpochUnit::Nanos) => (Loss::Field, "start-time-unit"),
        None => (Loss::Count, "start-time-range"),
    };
    let message = format!("The run starts at {}: no current report includes the run.", stored.human());
    found.outside = Some((at(), message.clone()));
    found.lose(loss, at(), code, message);
    Some(stored)
}

/// The stored duration: whole seconds, never negative.
#[expect(clippy::unnecessary_wraps, reason = "a stored run may have no duration")]
fn duration(found: &mut Findings, run: &Object) -> Option<Duration> {
    let at = || place(&Pointer::root(), run, FieldRole::Duration);
    let sent = value(run, FieldRole::Duration);
    let millis = whole(run, FieldRole::Duration).unwrap_or_default();
    let stored = Duration::from_millis(millis.max(0)).whole_seconds();
    let why = match millis {
        _ if sent.is_none() => {
            let message = "Without a duration, the run takes 0 s.";
            found.lose(Loss::Field, at(), "missing-field", message);
            "absent numbers are 0"
        }
        ..=-1 => {
            found.lose(Loss::Field, at(), "duration-negative", "A negative duration is stored as 0 s.");
            "negative durations are 0"
        }
        1..1_000 => {
            let message = format!("{millis} ms are less than a second: SEI stores 0 s.");
            found.lose(Loss::Field, at(), "duration-unit", message);
            "cut to whole seconds"
        }
        _ => "cut to whole seconds",
    };
    if stored.millis() != millis || sent.is_none() {
        found.change(at(), sent, stored.millis(), why);
    }
    Some(stored)
}
