//! Fields with two names: the current name, and the legacy name of older clients.

use crate::catalog::Spelling;
use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{self, show};
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{BACKEND, OURS, Rule};
use crate::document::{Edit, Pointer, Value};

pub(in crate::check) const LEGACY_NAME: Rule = Rule {
    code: "legacy-name",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: None,
    other_losses: &[],
    meaning: "A key is the legacy name of a field.",
    why: "SEI accepts both names and reads the same value from either. Its documentation explains the current name.",
    source: BACKEND,
    example: r#""job_name": "Node.js CI""#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Renames the key to the current name.",
};

pub(in crate::check) const NAME_CONFLICT: Rule = Rule {
    code: "name-conflict",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "A field is present under both of its names, with different values.",
    why: "Both names set the same field, so SEI keeps only the later of the two values.",
    source: BACKEND,
    example: r#""pipeline": "deploy", "job_name": "build""#,
    good: r#""pipeline": "deploy""#,
    fix: "Keeps one of the two values, under the current name.",
};

pub(in crate::check) const NAME_TWICE: Rule = Rule {
    code: "name-twice",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: None,
    other_losses: &[],
    meaning: "A field is present under both of its names, with the same value.",
    why: "The second name is harmless now. If one of the two values changes, they conflict.",
    source: BACKEND,
    example: r#""pipeline": "build", "job_name": "build""#,
    good: r#""pipeline": "build""#,
    fix: "Removes the legacy name.",
};

pub(in crate::check) const NAMES_MIXED: Rule = Rule {
    code: "names-mixed",
    severity: Severity::Hint,
    evidence: Evidence::Advice,
    loss: None,
    other_losses: &[],
    meaning: "Some fields have legacy names, and other fields have current names.",
    why: "SEI accepts such a run, but readers must know both sets of names. Usually, two samples of the documentation \
          were combined.",
    source: OURS,
    example: r#""job_name": "Node.js CI", "instance_name": "ci""#,
    good: r#""pipeline": "Node.js CI", "instance_name": "ci""#,
    fix: "Renames all keys to the current names.",
};

/// Checks the names of all fields, after the walk.
pub(in crate::check) fn names_mixed(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let (mut legacy, mut has_current) = (Vec::new(), false);
    for (position, plan) in fields.plan.fields.iter().enumerate() {
        if plan.field.legacy.is_none() {
            continue;
        }
        let is_present = |spelling| fields.under(position, spelling).is_some();
        match (is_present(Spelling::Current), is_present(Spelling::Legacy)) {
            (false, true) => {
                legacy.extend(fields.place(position, record).map(|place| (place, &plan.field.name)));
            }
            (true, false) => {
                has_current |= !plan.field.role.is_some_and(|role| IN_LEGACY_SAMPLES.contains(&role));
            }
            // Another rule reports both names of one field.
            (true, true) | (false, false) => {}
        }
    }
    legacy.sort_by_key(|(place, _)| place.order);
    let Some((first, _)) = legacy.first().filter(|_| has_current) else { return };
    let names: Vec<_> = legacy.iter().map(|(place, _)| place.name()).take(MAX_NAMES).collect();
    let rest = legacy.len() - names.len();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let names = if rest > 0 { names.join(", ") } else { phrase::series(&names) };
    let verb = if legacy.len() == 1 { "is a legacy name" } else { "are legacy names" };
    let message = format!("{names}{more} {verb} among current ones.");
    let edits = legacy
        .iter()
        .map(|(place, name)| Edit::Rename { at: place.pointer(), key: (*name).clone() })
        .collect();
    report.add(&NAMES_MIXED, first, message, vec![Fix::safe("rename all to the current names", edits)]);
}

/// Fields whose current names are in older documentation samples, next to legacy names.
const IN_LEGACY_SAMPLES: [FieldRole; 2] = [FieldRole::User, FieldRole::Parameters];

/// How many names fit into a message.
const MAX_NAMES: usize = 2;

/// Checks a member that has the legacy name of its field.
pub(in crate::check) fn names(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    position: usize,
    place: &ValuePlace<'_>,
) {
    let Some(field) = fields.plan.fields.get(position) else { return };
    let new = field.field.name.as_str();
    match (fields.under(position, Spelling::Current), fields.under(position, Spelling::Legacy)) {
        (Some(current), Some(legacy)) if current == legacy => name_twice(report, new, place),
        (Some(current), Some(legacy)) => name_conflict(report, new, current, legacy, place),
        (None, _) | (_, None) => legacy_name(report, new, place),
    }
}

fn name_twice(report: &mut Report<'_>, new: &str, place: &ValuePlace<'_>) {
    let old = place.name();
    let message = format!("{old} repeats {new}: both are names of one field.");
    let fix = Fix::safe(format!("remove {old}"), vec![Edit::Remove { at: place.pointer() }]);
    report.add(&NAME_TWICE, place, message, vec![fix]);
}

fn name_conflict(
    report: &mut Report<'_>,
    new: &str,
    current: &Value,
    legacy: &Value,
    place: &ValuePlace<'_>,
) {
    let message = format!(
        "{} is {}, but {new} is {}: both are one field, so SEI drops one value.",
        place.name(),
        show(legacy),
        show(current)
    );
    report.add(&NAME_CONFLICT, place, message, keep(&place.pointer(), new, current, legacy));
}

fn legacy_name(report: &mut Report<'_>, new: &str, place: &ValuePlace<'_>) {
    let message = format!("{} is the legacy name of {new}; both work.", place.name());
    let rename = Edit::Rename { at: place.pointer(), key: new.to_owned() };
    report.add(&LEGACY_NAME, place, message, vec![Fix::safe(format!("rename to {new}"), vec![rename])]);
}

/// Fixes that keep one of the two values. The first one never keeps null.
fn keep(at: &Pointer, new: &str, current: &Value, legacy: &Value) -> Vec<Fix> {
    let current_place = at.parent().unwrap_or_default().key(new);
    let old = at.last().map(|token| token.word().into_owned()).unwrap_or_default();
    let keep_new = Fix::offer(format!("keep {new}"), vec![Edit::Remove { at: at.clone() }]);
    // A rename would add a third key where the current name is a duplicate.
    let use_old =
        vec![Edit::Replace { at: current_place, value: legacy.clone() }, Edit::Remove { at: at.clone() }];
    let keep_old = Fix::offer(format!("keep {old} as {new}"), use_old);
    if *current == Value::Null { vec![keep_old, keep_new] } else { vec![keep_new, keep_old] }
}
