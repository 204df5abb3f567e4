//! Fields that have two names: the current one and the one of older clients.

use crate::catalog::Spelling;
use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
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
    meaning: "A field stands under its older name.",
    why: "SEI takes both names and reads the same from them; the current one is what its documentation explains.",
    source: BACKEND,
    example: r#""job_name": "Node.js CI""#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Renames the key to the current name.",
};

pub(in crate::check) const NAME_CONFLICT: Rule = Rule {
    code: "name-conflict",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    meaning: "A field stands under both of its names, with different values.",
    why: "Both names fill the same field, so one of the two values is lost.",
    source: BACKEND,
    example: r#""pipeline": "deploy", "job_name": "build""#,
    good: r#""pipeline": "deploy""#,
    fix: "Keeps one of the two, under the current name.",
};

pub(in crate::check) const NAME_TWICE: Rule = Rule {
    code: "name-twice",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    meaning: "A field stands under both of its names, with the same value.",
    why: "It does no harm now, but whoever changes one of the two makes a conflict of it.",
    source: BACKEND,
    example: r#""pipeline": "build", "job_name": "build""#,
    good: r#""pipeline": "build""#,
    fix: "Drops the older name.",
};

pub(in crate::check) const NAMES_MIXED: Rule = Rule {
    code: "names-mixed",
    severity: Severity::Hint,
    evidence: Evidence::Advice,
    meaning: "Some fields stand under their older names and others under their current ones.",
    why: "SEI takes such a run, but whoever reads it has to know both sets of names; most often two samples of the \
          documentation were put together.",
    source: OURS,
    example: r#""job_name": "Node.js CI", "instance_name": "ci""#,
    good: r#""pipeline": "Node.js CI", "instance_name": "ci""#,
    fix: "Renames all keys to the current names.",
};

/// Looks at the names of all fields, after the walk has been through them.
pub(in crate::check) fn names_mixed(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let (mut older, mut has_current) = (Vec::new(), false);
    for (position, plan) in fields.plan.fields.iter().enumerate() {
        if plan.field.legacy.is_none() {
            continue;
        }
        let stands = |spelling| fields.under(position, spelling).is_some();
        match (stands(Spelling::Current), stands(Spelling::Legacy)) {
            (false, true) => {
                older.extend(fields.place(position, record).map(|place| (place, &plan.field.name)));
            }
            (true, false) => {
                has_current |= !plan.field.role.is_some_and(|role| OF_BOTH_TIMES.contains(&role));
            }
            // Both names of one field are a problem of their own.
            (true, true) | (false, false) => {}
        }
    }
    older.sort_by_key(|(place, _)| place.order);
    let Some((first, _)) = older.first().filter(|_| has_current) else { return };
    let names: Vec<_> = older.iter().map(|(place, _)| place.name()).take(NAMED).collect();
    let rest = older.len() - names.len();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let names = if rest > 0 { names.join(", ") } else { phrase::series(&names) };
    let verb = if older.len() == 1 { "is an older name" } else { "are older names" };
    let message = format!("{names}{more} {verb} among current ones.");
    let edits = older
        .iter()
        .map(|(place, name)| Edit::Rename { at: place.pointer(), key: (*name).clone() })
        .collect();
    report.add(&NAMES_MIXED, first, message, vec![Fix::safe("rename all to the current names", edits)]);
}

/// Current names that the documentation's older samples have beside the older names of other fields.
const OF_BOTH_TIMES: [FieldRole; 2] = [FieldRole::User, FieldRole::Parameters];

/// As many names as fit into a message.
const NAMED: usize = 2;

/// Checks a member that has the older name of its field.
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
    let fix = Fix::safe(format!("drop {old}"), vec![Edit::Remove { at: place.pointer() }]);
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
        "{} is {} while {new} is {}: it is one field, so one value is lost.",
        place.name(),
        show(legacy),
        show(current)
    );
    report.add(&NAME_CONFLICT, place, message, keep(&place.pointer(), new, current, legacy));
}

fn legacy_name(report: &mut Report<'_>, new: &str, place: &ValuePlace<'_>) {
    let message = format!("{} is the older name of {new}; SEI takes both.", place.name());
    let rename = Edit::Rename { at: place.pointer(), key: new.to_owned() };
    report.add(&LEGACY_NAME, place, message, vec![Fix::safe(format!("rename to {new}"), vec![rename])]);
}

/// Keeping the one or the other; null is never the likelier one.
fn keep(at: &Pointer, new: &str, current: &Value, legacy: &Value) -> Vec<Fix> {
    let beside = at.parent().unwrap_or_default().key(new);
    let old = at.last().map(|token| token.word().into_owned()).unwrap_or_default();
    let keep_new = Fix::offer(format!("keep {new}"), vec![Edit::Remove { at: at.clone() }]);
    // Not by renaming: where the current name stands twice, that would be taken for a third.
    let take_old = vec![Edit::Replace { at: beside, value: legacy.clone() }, Edit::Remove { at: at.clone() }];
    let keep_old = Fix::offer(format!("keep {old}, as {new}"), take_old);
    if *current == Value::Null { vec![keep_old, keep_new] } else { vec![keep_new, keep_old] }
}
