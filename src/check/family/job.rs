//! Full names that change with each run.
//!
//! A name may contain any digits. A part is reported only if the document or previous runs show
//! that it comes from this run: the build number, a commit of the run, or the day of its start.

use crate::catalog::{Evidence, FieldRole};
use crate::check::context::PreviousRun;
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::brief;
use crate::check::place::ValuePlace;
use crate::check::problem::Severity;
use crate::check::report::Report;
use crate::check::rule::{BACKEND, Rule};
use crate::document::Value;

mod run_marker;

use run_marker::RunMarkers;

pub(in crate::check) const JOB_NAME_VARIES: Rule = Rule {
    code: "job-name-varies",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "The full name of the job contains the build number, a commit id or the date of the run, or differs from \
              previous runs only in these.",
    why: "GUID and full name identify a job. A name that changes with each run creates a new job each time, and no job \
          has a history.",
    source: BACKEND,
    example: r#""job_full_name": "shop/web #318", "build_number": 318"#,
    good: r#""job_full_name": "shop/web", "build_number": 318"#,
    fix: "",
};

/// Names may contain short numbers for other reasons. Two previous names of the same pattern are
/// proof.
const WITNESSES: usize = 2;

pub(in crate::check) fn job_name_varies(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let (Some(name), Some(place)) =
        (fields.text(FieldRole::FullName), fields.at(FieldRole::FullName, record))
    else {
        return;
    };
    let markers = RunMarkers {
        number: fields.role(FieldRole::BuildNumber).and_then(Value::as_i64).map(|number| number.to_string()),
        start: fields.role(FieldRole::StartTime).and_then(Value::as_i64),
        commits: fields.role(FieldRole::Commits).and_then(Value::as_array).unwrap_or_default(),
    };
    let message = match markers.find(name) {
        Some((part, what)) => {
            format!("{} in {} is {what}: each run becomes a new job.", brief(part), brief(name))
        }
        None => match similar_name(report, fields, name) {
            Some(other) => format!(
                "{} and {} differ only in number, date or commit: each is a new job.",
                brief(name),
                brief(other)
            ),
            None => return,
        },
    };
    report.add(&JOB_NAME_VARIES, &place, message, Vec::new());
}

/// The full name of a previous run that differs only in number, commit or date.
fn similar_name<'a>(report: &Report<'a>, fields: &Fields<'_>, name: &str) -> Option<&'a str> {
    let guid = fields.text(FieldRole::InstanceGuid)?;
    let number = fields.role(FieldRole::BuildNumber).and_then(Value::as_i64);
    let own = run_marker::mask(name, number);
    if !own.is_marked {
        return None;
    }
    let is_similar = |run: &&PreviousRun| {
        run.full_name != name
            && run.guid.eq_ignore_ascii_case(guid)
            && run_marker::mask(&run.full_name, run.build_number).text == own.text
    };
    let mut similar =
        report.context.previous_runs.iter().filter(is_similar).map(|run| run.full_name.as_str());
    let needed = if own.is_sure { 1 } else { WITNESSES };
    similar.nth(needed - 1)
}
