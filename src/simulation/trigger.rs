//! Parameters and triggers: faults in them cost other parts of the run.

use crate::catalog::FieldRole;
use crate::check::{Loss, quote};
use crate::document::{Object, Pointer, Value};

use super::finding::Findings;
use super::reading::{as_text, items, place, value};

/// The field with the causes of a cause.
const PARENTS: &str = "direct_parents";

/// A parameter without type, name or value makes SEI drop the run.
pub(super) fn parameters(found: &mut Findings, run: &Object) {
    let list = place(&Pointer::root(), run, FieldRole::Parameters);
    for (index, parameter) in items(run, FieldRole::Parameters).iter().enumerate() {
        let at = || list.index(index);
        let Some(parameter) = parameter.as_object() else {
            let message = format!("Parameter {} is null: SEI drops the run.", index + 1);
            found.lose(Loss::Run, at(), "param-incomplete", message);
            continue;
        };
        for role in [FieldRole::ParameterType, FieldRole::ParameterName, FieldRole::ParameterValue] {
            match value(parameter, role) {
                None => {
                    let message =
                        format!("Parameter {} has no {}: SEI drops the run.", index + 1, role.name());
                    found.lose(Loss::Run, place(&at(), parameter, role), "param-incomplete", message);
                }
                Some(sent @ (Value::Number(_) | Value::Bool(_))) => {
                    let stored = as_text(sent).unwrap_or_default();
                    found.change(place(&at(), parameter, role), Some(sent), &*stored, "stored as text");
                }
                Some(Value::Null | Value::Text(_) | Value::Array(_) | Value::Object(_)) => {}
            }
        }
    }
}

/// Whether SEI can store the triggers; otherwise the stages and artifacts of the run are lost.
pub(super) fn triggers(found: &mut Findings, run: &Object, has_artifacts: bool) -> bool {
    let list = place(&Pointer::root(), run, FieldRole::Triggers);
    let Some((at, code, fault)) = fault_in(items(run, FieldRole::Triggers), &list) else { return true };
    let message = |lost: &str| format!("{fault}: all {lost} of the run are lost.");
    if has_artifacts {
        found.lose(Loss::Artifacts, at.clone(), code, message("artifacts"));
    }
    found.lose(Loss::Stages, at, code, message("stages"));
    false
}

fn fault_in(triggers: &[Value], list: &Pointer) -> Option<(Pointer, &'static str, String)> {
    triggers.iter().enumerate().find_map(|(index, trigger)| {
        let at = list.index(index);
        let Some(trigger) = trigger.as_object() else {
            return Some((at, "trigger-incomplete", "A trigger is null".to_owned()));
        };
        for role in [FieldRole::TriggerId, FieldRole::TriggerType] {
            if value(trigger, role).is_none() {
                let fault = format!("A trigger has no {}", role.name());
                return Some((place(&at, trigger, role), "trigger-incomplete", fault));
            }
        }
        if let Some(number) = value(trigger, FieldRole::TriggerRun).filter(|number| !is_short(number)) {
            let shown = as_text(number).unwrap_or_default();
            let fault = format!("Run number {} of a trigger needs more than 32 bits", quote(&shown));
            return Some((place(&at, trigger, FieldRole::TriggerRun), "trigger-number", fault));
        }
        let parents = trigger.get(PARENTS).and_then(Value::as_array).unwrap_or_default();
        fault_in(parents, &at.key(PARENTS))
    })
}

/// Whether a run number fits 32 bits; other texts than whole numbers have no size.
fn is_short(number: &Value) -> bool {
    let text = as_text(number).unwrap_or_default();
    let digits = text.trim().strip_prefix(['-', '+']).unwrap_or(text.trim());
    let is_whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    !is_whole || text.trim().parse::<i32>().is_ok()
}
