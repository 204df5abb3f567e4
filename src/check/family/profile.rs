//! The run compared with the profile: the metrics that do not count the run.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::place::ValuePlace;
use crate::check::problem::Severity;
use crate::check::report::Report;
use crate::check::rule::{PAGES, Rule};
use crate::document::Value;

pub(in crate::check) const PROFILE_EXCLUDES: Rule = Rule {
    code: "profile-excludes",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "A filter of the profile excludes the run from a metric. Only with a profile, and not for builds.",
    why: "SEI counts the runs that match all filters of a metric. Filters compare texts exactly, with case. The filters \
          are those of `profile.toml`, which may be older than those of SEI.",
    source: PAGES,
    example: r#""cd": true, "result": "failure""#,
    good: r#""ci": true, "cd": false, "result": "failure""#,
    fix: "",
};

/// Reports the metrics that do not count a deployment.
pub(in crate::check) fn profile_excludes(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let is_true = |role: FieldRole| fields.role(role).and_then(Value::as_bool) == Some(true);
    let context = report.context;
    if is_true(FieldRole::Ci) && !is_true(FieldRole::Cd) {
        return;
    }
    for uncounted in &context.uncounted {
        let place = uncounted.field.and_then(|role| fields.at(role, record));
        let message = format!("The run does not count as {}. {}", uncounted.metric, uncounted.because);
        report.add(&PROFILE_EXCLUDES, place.as_ref().unwrap_or(record), message, Vec::new());
    }
}
