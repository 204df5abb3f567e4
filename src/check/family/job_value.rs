//! Values that SEI keeps on the job, not on the run, compared with previous runs of the job: some
//! follow the last run, others stay as the first run set them.

use crate::catalog::{Evidence, FieldRole};
use crate::check::context::{JobValues, PreviousRun};
use crate::check::family::previous_run;
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{brief, quote};
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{BACKEND, Rule};
use crate::document::{self, Value};

pub(in crate::check) const VALUE_BLANKED: Rule = Rule {
    code: "value-blanked",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "`repo_url`, `branch_name`, `scm_user_id` or `instance_url` is absent, but the previous run of the job had it.",
    why: "SEI keeps these values on the job, and `instance_url` on the instance: every run overwrites them. A run without \
          such a field blanks it for the whole job.",
    source: BACKEND,
    example: r#""branch_name": null"#,
    good: r#""branch_name": "main""#,
    fix: "Uses the value of the previous run.",
};

pub(in crate::check) const JOB_CHANGE_IGNORED: Rule = Rule {
    code: "job-change-ignored",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "`pipeline` or `module_name` differs from the first known run of the job.",
    why: "SEI stores both with the first run of a job, and ignores later changes. A new `job_full_name` makes a new job.",
    source: BACKEND,
    example: r#""pipeline": "web-site""#,
    good: r#""pipeline": "web""#,
    fix: "Uses the value of the first run.",
};

/// The fields that every run overwrites.
const OVERWRITTEN: [FieldRole; 4] =
    [FieldRole::RepositoryUrl, FieldRole::Branch, FieldRole::ScmUser, FieldRole::InstanceUrl];

/// The fields that only the first run sets.
const FIXED: [FieldRole; 2] = [FieldRole::Pipeline, FieldRole::ModuleName];

pub(in crate::check) fn value_blanked(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let Some(values) = values(previous_run::runs(report.context, fields).rev()) else { return };
    for role in OVERWRITTEN {
        let is_blank = fields.role(role).is_none_or(|value| {
            *value == Value::Null || value.as_text().is_some_and(|text| text.trim().is_empty())
        });
        let (Some(old), Some(place)) = (values.get(role), fields.at(role, record).filter(|_| is_blank))
        else {
            continue;
        };
        let message = format!("The previous run had {} {}: this run blanks it.", role.name(), brief(old));
        let edits = document::set(report.document, &place.pointer(), Value::from(old));
        report.add(&VALUE_BLANKED, &place, message, vec![Fix::offer(format!("use {}", quote(old)), edits)]);
    }
}

pub(in crate::check) fn job_change_ignored(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let Some(values) = values(previous_run::runs(report.context, fields)) else { return };
    for role in FIXED {
        let (Some(old), Some(new)) = (values.get(role), fields.text(role)) else { continue };
        let Some(place) = fields.at(role, record).filter(|_| old != new) else { continue };
        let message = format!(
            "SEI keeps {} {} of the first run: {} has no effect.",
            role.name(),
            brief(old),
            brief(new)
        );
        let edits = document::set(report.document, &place.pointer(), Value::from(old));
        report.add(
            &JOB_CHANGE_IGNORED,
            &place,
            message,
            vec![Fix::offer(format!("use {}", quote(old)), edits)],
        );
    }
}

/// The values of the next run that SEI accepted; `None` if they are unknown.
fn values<'c>(mut runs: impl Iterator<Item = &'c PreviousRun>) -> Option<&'c JobValues> {
    runs.find(|run| run.accepted)?.job.as_ref()
}
