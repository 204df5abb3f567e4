//! Fields that have two names: the current one and the one of older clients.

use super::fields::Fields;
use super::phrase::show;
use super::place::Place;
use super::walk::Walk;
use super::{Evidence, Fix, Rule, Severity};
use crate::catalogue::Spelling;
use crate::document::{Edit, Pointer, Value};

pub(super) const LEGACY_NAME: Rule = Rule {
    code: "legacy-name",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    meaning: "A field stands under its older name.",
    why: "SEI takes both names and reads the same from them; the current one is what its documentation explains.",
    example: r#""job_name": "Node.js CI""#,
    fix: "Renames the key to the current name.",
};

pub(super) const NAME_CONFLICT: Rule = Rule {
    code: "name-conflict",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    meaning: "A field stands under both of its names, with different values.",
    why: "Both names fill the same field, so one of the two values is lost.",
    example: r#""pipeline": "deploy", "job_name": "build""#,
    fix: "Keeps one of the two, under the current name.",
};

pub(super) const NAME_TWICE: Rule = Rule {
    code: "name-twice",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    meaning: "A field stands under both of its names, with the same value.",
    why: "It does no harm now, but whoever changes one of the two makes a conflict of it.",
    example: r#""pipeline": "build", "job_name": "build""#,
    fix: "Drops the older name.",
};

/// Looks at a member that stands under the older name of its field.
pub(super) fn legacy(walk: &mut Walk<'_>, fields: &Fields<'_>, position: usize, place: &Place<'_>) {
    let Some(field) = fields.plan.fields.get(position) else { return };
    let (old, new) = (place.name(), field.field.name.as_str());
    let at = place.pointer();
    let values = (fields.under(position, Spelling::Current), fields.under(position, Spelling::Legacy));
    let problem = match values {
        (Some(current), Some(legacy)) if current == legacy => {
            let message = format!("{old} repeats {new}: both are names of one field.");
            NAME_TWICE.at(place, message, vec![Fix::safe(format!("drop {old}"), vec![Edit::Remove { at }])])
        }
        (Some(current), Some(legacy)) => {
            let message = format!(
                "{old} is {} while {new} is {}: it is one field, so one value is lost.",
                show(legacy),
                show(current)
            );
            NAME_CONFLICT.at(place, message, keep(&at, new, current))
        }
        (None, _) | (_, None) => {
            let message = format!("{old} is the older name of {new}; SEI takes both.");
            let rename = Edit::Rename { at, key: new.to_owned() };
            LEGACY_NAME.at(place, message, vec![Fix::safe(format!("rename to {new}"), vec![rename])])
        }
    };
    walk.add(place, problem);
}

/// Keeping the one or the other; null is never the likelier one.
fn keep(at: &Pointer, new: &str, current: &Value) -> Vec<Fix> {
    let beside = at.parent().unwrap_or_default().key(new);
    let old = at.last().map(|token| token.word().into_owned()).unwrap_or_default();
    let keep_new = Fix::offer(format!("keep {new}"), vec![Edit::Remove { at: at.clone() }]);
    let take_old = vec![Edit::Remove { at: beside }, Edit::Rename { at: at.clone(), key: new.to_owned() }];
    let keep_old = Fix::offer(format!("keep {old}, as {new}"), take_old);
    if *current == Value::Null { vec![keep_old, keep_new] } else { vec![keep_new, keep_old] }
}
