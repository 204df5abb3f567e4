//! Where a run counts: deployment frequency, change failure rate and lead time.
//!
//! SEI does not look at `ci` and `cd` of custom runs: only the filters of the profile decide.

use crate::catalog::FieldRole;
use crate::check::{Loss, UncountedMetric, quote};
use crate::document::{Object, Pointer};
use crate::text;

use super::answer::Answer;
use super::filter::{FilteredRun, SetMatch};
use super::finding::{Findings, RunStatus};
use super::profile::{FilterSet, Profile};
use super::reading::{items, place, present};

/// The answers for the three metrics that use runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricAnswers {
    /// Deployment frequency.
    pub deployment_frequency: MetricAnswer,
    /// Change failure rate.
    pub change_failure_rate: MetricAnswer,
    /// Lead time for changes.
    pub lead_time: MetricAnswer,
}

/// Whether a run counts in a metric, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricAnswer {
    /// The answer.
    pub answer: Answer,
    /// The condition that decides, as a sentence.
    pub because: String,
    /// The place of the value that decides, if one does.
    pub at: Option<Pointer>,
}

impl MetricAnswer {
    fn new(answer: Answer, because: impl Into<String>, at: Option<Pointer>) -> Self {
        Self { answer, because: because.into(), at }
    }
}

impl MetricAnswers {
    /// The answers for a run that SEI does not store.
    pub(super) fn dropped(at: Option<Pointer>) -> Self {
        Self::all(&MetricAnswer::new(Answer::No, "SEI does not store the run.", at))
    }

    fn all(answer: &MetricAnswer) -> Self {
        Self {
            deployment_frequency: answer.clone(),
            change_failure_rate: answer.clone(),
            lead_time: answer.clone(),
        }
    }
}

/// What keeps a run from counting in any metric; `None` if nothing does.
pub(super) fn excluded(found: &Findings, status: RunStatus, is_dropped: bool) -> Option<MetricAnswers> {
    let cause = |loss: Loss| found.losses.iter().find(|lost| lost.loss == loss);
    let no = |because: &str, at: Option<Pointer>| {
        Some(MetricAnswers::all(&MetricAnswer::new(Answer::No, because, at)))
    };
    if is_dropped {
        return Some(MetricAnswers::dropped(cause(Loss::Run).map(|lost| lost.at.clone())));
    }
    if status == RunStatus::Repeat {
        return no(
            "SEI keeps and counts the first run with this number.",
            cause(Loss::Run).map(|lost| lost.at.clone()),
        );
    }
    let (at, message) = found.outside.as_ref()?;
    no(message, Some(at.clone()))
}

/// The answers for a stored run.
pub(super) fn answers(run: &FilteredRun<'_>, profile: Option<&Profile>) -> MetricAnswers {
    let set = |of: fn(&Profile) -> &Option<FilterSet>| profile.and_then(|profile| of(profile).as_ref());
    let kind = profile.map(|profile| profile.kind).unwrap_or_default();
    let matched = |set: Option<&FilterSet>| set.map(|set| run.matches(set, kind));
    MetricAnswers {
        deployment_frequency: frequency(run.fields, matched(set(|profile| &profile.deployment_frequency))),
        change_failure_rate: failure_rate(
            run.fields,
            matched(set(|profile| &profile.total)),
            matched(set(|profile| &profile.failures)),
        ),
        lead_time: lead_time(run.fields, matched(set(|profile| &profile.lead_time))),
    }
}

/// The metrics whose filters exclude a run.
pub(super) fn uncounted(run: &FilteredRun<'_>, profile: &Profile) -> Vec<UncountedMetric> {
    let metrics = [
        (&profile.deployment_frequency, "a deployment"),
        (&profile.total, "a deployment of the change failure rate"),
        (&profile.lead_time, "a change of lead time"),
    ];
    let excluded = |(set, metric): (&Option<FilterSet>, &str)| {
        let SetMatch { answer, because, field, .. } = run.matches(set.as_ref()?, profile.kind);
        (answer == Answer::No).then(|| UncountedMetric { metric: metric.to_owned(), field, because })
    };
    metrics.into_iter().filter_map(excluded).collect()
}

/// The values that filters usually compare.
fn usual_values(run: &Object) -> String {
    let shown = |role, label: &str| Some(format!("{label} {}", quote(&present(run, role)?)));
    let values = [
        shown(FieldRole::Result, "status"),
        shown(FieldRole::InstanceName, "instance"),
        shown(FieldRole::FullName, "job"),
    ];
    let values: Vec<_> = values.into_iter().flatten().collect();
    if values.is_empty() { "its values".to_owned() } else { format!("its {}", values.join(", ")) }
}

fn frequency(run: &Object, matched: Option<SetMatch>) -> MetricAnswer {
    match matched {
        None => {
            let because = format!(
                "The run counts if the profile's filters accept {}. ci and cd have no effect.",
                usual_values(run)
            );
            MetricAnswer::new(Answer::Depends, because, None)
        }
        Some(SetMatch { answer, because, at, .. }) => {
            let because =
                if answer == Answer::Yes { "The profile's filters match.".to_owned() } else { because };
            MetricAnswer::new(answer, because, at)
        }
    }
}

fn failure_rate(run: &Object, total: Option<SetMatch>, failed: Option<SetMatch>) -> MetricAnswer {
    let result = Some(place(&Pointer::root(), run, FieldRole::Result));
    match (total, failed) {
        (Some(total), Some(failed)) => rate(total, failed, result),
        (Some(SetMatch { answer: Answer::No, because, at, .. }), None) => {
            MetricAnswer::new(Answer::No, because, at)
        }
        (Some(_) | None, _) => {
            let word = present(run, FieldRole::Result).map_or_else(|| "none".to_owned(), |word| quote(&word));
            let because = format!(
                "The run counts in the total if the profile's deployment filters accept it, and as a failure if its \
                 failure filters do. Filters compare the exact status, here {word}."
            );
            MetricAnswer::new(Answer::Depends, because, result)
        }
    }
}

/// The share of failures needs both sets: all deployments, and the failed ones.
fn rate(total: SetMatch, failed: SetMatch, result: Option<Pointer>) -> MetricAnswer {
    match (total.answer, failed.answer) {
        (Answer::Yes, Answer::Yes) => {
            MetricAnswer::new(Answer::Yes, "Counts as a failed deployment.", result)
        }
        (Answer::Yes, Answer::No) => {
            let because = format!("Counts as a successful deployment. {}", failed.because);
            MetricAnswer::new(Answer::Yes, because, failed.at)
        }
        (Answer::No, Answer::Yes) => {
            let because =
                format!("Counts as a failure, but not in the total: the rate is too high. {}", total.because);
            MetricAnswer::new(Answer::Yes, because, total.at)
        }
        (Answer::No, Answer::No) => MetricAnswer::new(Answer::No, total.because, total.at),
        (Answer::Depends, _) => MetricAnswer::new(Answer::Depends, total.because, total.at),
        (_, Answer::Depends) => MetricAnswer::new(Answer::Depends, failed.because, failed.at),
    }
}

fn lead_time(run: &Object, matched: Option<SetMatch>) -> MetricAnswer {
    let at = Some(place(&Pointer::root(), run, FieldRole::Commits));
    let commits = items(run, FieldRole::Commits).len();
    if commits == 0 {
        let because = format!("Without {}, lead time does not find the run.", FieldRole::Commits.name());
        return MetricAnswer::new(Answer::No, because, at);
    }
    let commits = text::count(commits, "commit", "commits");
    match matched {
        Some(SetMatch { answer: Answer::Yes, .. }) => MetricAnswer::new(
            Answer::Yes,
            format!(
                "The profile's filters match. SEI finds the run by its {commits}, if its source control integration has them."
            ),
            at,
        ),
        Some(SetMatch { answer, because, at, .. }) => MetricAnswer::new(answer, because, at),
        None => MetricAnswer::new(
            Answer::Depends,
            format!(
                "The run counts if the profile's filters accept it and SEI's source control integration has its {commits}. The \
                 history of an integration usually reaches back 30 days."
            ),
            at,
        ),
    }
}
