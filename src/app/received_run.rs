//! The received runs of the sandbox as rows, and its possible next answers.

use crate::sandbox::{Fault, Overview, Planned, Seen, Verdict};
use crate::simulation::{StoredArtifact, StoredRun};
use crate::text;
use crate::time::Duration;
use crate::wire::{NO_INSTANCE, RunIdentity};

use super::picker::PickerLine;

/// A row on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceivedRow {
    /// A run: the verdict, and its identity.
    Run(Verdict, String),
    /// What SEI would store of the run.
    Fact(String),
    /// Why SEI would change or drop the run.
    Reason(String),
    /// A sentence about all runs.
    Note(String),
    /// An empty row.
    Gap,
}

/// The most paired runs of an artifact that are named.
const NAMED: usize = 3;

/// The rows of all received runs, wrapped to a width.
pub fn rows(overview: &Overview, columns: usize) -> Vec<ReceivedRow> {
    let wrapped = |words: &str, indent: usize| text::wrap(words, columns.saturating_sub(indent).max(10));
    let note = |words: &str| wrapped(words, 0).into_iter().map(ReceivedRow::Note).collect::<Vec<_>>();
    let mut rows = Vec::new();
    if let Some(words) = planned(&overview.planned) {
        rows.extend(note(&words));
        rows.push(ReceivedRow::Gap);
    }
    if overview.runs.is_empty() {
        rows.extend(note("No runs received yet. Review and send a run to see the result here."));
        return rows;
    }
    for run in &overview.runs {
        rows.push(ReceivedRow::Run(run.verdict, text::visible(&run.identity.to_string()).into_owned()));
        rows.extend(facts(run).iter().flat_map(|fact| wrapped(fact, 2)).map(ReceivedRow::Fact));
        rows.extend(
            run.reasons.iter().flat_map(|reason| wrapped(&text::visible(reason), 4)).map(ReceivedRow::Reason),
        );
        rows.push(ReceivedRow::Gap);
    }
    if overview.count > overview.runs.len() {
        rows.extend(note(&format!("… and {} before these.", overview.count - overview.runs.len())));
    }
    let is_lost = |run: &Seen| run.reasons.iter().any(|reason| reason.starts_with(NO_INSTANCE));
    if overview.runs.iter().any(is_lost) {
        rows.extend(note("A sandbox keeps only runs of instances created since its start."));
        rows.extend(note("{generate-guid} creates an instance and fills in its GUID."));
    }
    rows.extend(note(
        "SEI itself reports none of this: it answers 202 and decides later. The verdicts follow its known \
         behavior, without guarantee.",
    ));
    rows
}

/// The planned faults, in a sentence.
fn planned(faults: &[Planned]) -> Option<String> {
    let words: Vec<String> = faults.iter().map(describe).collect();
    (!words.is_empty()).then(|| format!("Planned: {}.", words.join(", then ")))
}

fn describe(planned: &Planned) -> String {
    format!("{} for {}", planned.fault.word(), requests(planned))
}

fn requests(planned: &Planned) -> String {
    match planned.times {
        Some(1) => "the next request".to_owned(),
        Some(times) => format!("the next {times} requests"),
        None => "every request".to_owned(),
    }
}

fn facts(run: &Seen) -> Vec<String> {
    let Some(stored) = &run.stored else {
        let refused = "Refused at once: this sandbox is strict.".to_owned();
        return (run.status != 202).then_some(refused).into_iter().collect();
    };
    let mut facts = vec![stored_summary(stored)];
    facts.extend(
        stored.artifacts.iter().zip(&run.pairs).map(|(artifact, partners)| paired(artifact, partners)),
    );
    facts
}

/// Result, duration, start and stages, as SEI would show them.
fn stored_summary(stored: &StoredRun) -> String {
    let result = stored.result.as_deref().unwrap_or("no result");
    let mut parts = vec![text::visible(result).into_owned()];
    parts.push(stored.duration.map_or_else(|| "no duration".to_owned(), Duration::human));
    parts.extend(stored.start.map(|start| format!("started {}", start.human())));
    let StoredRun { stages, stages_sent: sent, .. } = *stored;
    if sent > 0 {
        let count = text::count(sent, "stage", "stages");
        parts.push(if stages == sent {
            format!("{count} kept")
        } else {
            format!("{stages} of {count} kept")
        });
    }
    parts.join(" · ")
}

fn paired(artifact: &StoredArtifact, partners: &[RunIdentity]) -> String {
    let name = if artifact.name.is_empty() { "an artifact without a name" } else { artifact.name.as_str() };
    let mut names: Vec<String> = partners.iter().take(NAMED).map(ToString::to_string).collect();
    if partners.len() > NAMED {
        names.push(format!("{} more", partners.len() - NAMED));
    }
    let words = match (names.as_slice(), &artifact.obstacle) {
        ([], Some(obstacle)) => format!("{name}: {obstacle}, never paired"),
        ([], None) => format!("{name} pairs with no run yet"),
        (names, _) => format!("{name} pairs with {}", names.join(", ")),
    };
    text::visible(&words).into_owned()
}

/// The possible answers of the sandbox as picker lines: the usual answer, then each fault for one
/// request, then each fault for all requests.
pub(crate) fn answers() -> Vec<(PickerLine, Option<Planned>)> {
    let once = Fault::ALL.iter().copied().map(Planned::once);
    let always = Fault::ALL.iter().map(|fault| Planned { fault: *fault, times: None });
    let answers: Vec<Option<Planned>> = std::iter::once(None).chain(once.chain(always).map(Some)).collect();
    let line = |answer: &Option<Planned>| match answer {
        None => PickerLine::new("Normal", "no fault"),
        Some(planned) => {
            PickerLine::new(format!("{} · {}", planned.fault.word(), planned.fault.text()), requests(planned))
        }
    };
    answers.into_iter().map(|answer| (line(&answer), answer)).collect()
}

/// The notice about the chosen answer.
pub(crate) fn chosen(answer: Option<Planned>) -> String {
    match answer {
        None => "The sandbox answers normally again.".to_owned(),
        Some(planned) => format!("Planned: {}.", describe(&planned)),
    }
}
