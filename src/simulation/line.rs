//! A simulation as lines, for the app and the command: each leads to its field and its rule.

use std::collections::HashMap;

use crate::check::quote;
use crate::document::{Pointer, Token, Value};
use crate::text;

use super::answer::Answer;
use super::finding::{RunStatus, StoredChange};
use super::metric::MetricAnswer;
use super::outcome::Simulation;
use super::pairing::PairMark;

/// More lines of one rule or one kind of change are only counted.
const SHOWN: usize = 5;

/// A line of a simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulationLine {
    /// The role of the line.
    pub kind: LineKind,
    /// The subject, in a few words.
    pub label: String,
    /// The statement.
    pub words: String,
    /// The place that the line leads to.
    pub at: Option<Pointer>,
    /// The code of the rule that reports the cause.
    pub code: Option<&'static str>,
}

/// The role of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// The title of a section; its words are a summary.
    Section,
    /// A value without a loss.
    Fact,
    /// A good result.
    Good,
    /// An open condition.
    Open,
    /// A loss.
    Lost,
    /// The number of lines that are not shown.
    More,
    /// The place and the rule of the line above.
    Place,
}

impl SimulationLine {
    fn new(kind: LineKind, label: impl Into<String>, words: impl Into<String>) -> Self {
        Self { kind, label: label.into(), words: words.into(), at: None, code: None }
    }

    fn at(self, at: Pointer) -> Self {
        Self { at: Some(at), ..self }
    }
}

/// The lines of a simulation.
pub fn lines(simulation: &Simulation) -> Vec<SimulationLine> {
    let mut lines = stored(simulation);
    lines.extend(losses(simulation));
    lines.extend(counts(simulation));
    lines.extend(pairs(simulation));
    lines.extend(changes(simulation));
    lines.extend(job(simulation));
    lines
}

fn section(title: &str, words: impl Into<String>) -> SimulationLine {
    SimulationLine::new(LineKind::Section, title, words)
}

/// `new run`, and what SEI stores of the run.
fn stored(simulation: &Simulation) -> Vec<SimulationLine> {
    let Simulation { identity, status, is_stored, stored, .. } = simulation;
    let (kind, words) = match (status, is_stored) {
        (RunStatus::Repeat, _) => (LineKind::Lost, "repeat: SEI keeps the first run"),
        (_, Some(false)) => (LineKind::Lost, "lost"),
        (_, None) => (LineKind::Open, "stored only if the job has no run without a number yet"),
        (RunStatus::New, Some(true)) => (LineKind::Good, "stored as a new run"),
        (RunStatus::Unknown, Some(true)) => (LineKind::Good, "stored, unless SEI has its number already"),
    };
    let share = |kept: usize, sent: usize| format!("{kept} of {sent}");
    let part = |label: &str, kept: usize, sent: usize| {
        let kind = if kept == sent { LineKind::Good } else { LineKind::Lost };
        SimulationLine::new(kind, label, share(kept, sent))
    };
    let mut lines = vec![section("Stored", identity.to_string()), SimulationLine::new(kind, "Run", words)];
    if stored.stages_sent > 0 {
        lines.push(part("Stages", stored.stages, stored.stages_sent));
    }
    if stored.steps_sent > 0 {
        lines.push(part("Steps", stored.steps, stored.steps_sent));
    }
    if stored.artifacts_sent > 0 {
        lines.push(part("Artifacts", stored.artifacts.len(), stored.artifacts_sent));
    }
    if let Some(end) = stored.end() {
        let length = stored.duration.unwrap_or_default();
        lines.push(SimulationLine::new(
            LineKind::Fact,
            "Ends",
            format!("{} ({})", end.human(), length.human()),
        ));
    }
    lines
}

fn losses(simulation: &Simulation) -> Vec<SimulationLine> {
    let losses = &simulation.losses;
    if losses.is_empty() {
        return vec![section("Lost", "nothing")];
    }
    let mut lines = vec![section("Lost", text::count(losses.len(), "cause", "causes"))];
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for lost in losses {
        let count = counts.entry(lost.code).or_default();
        *count += 1;
        if *count <= SHOWN {
            let line = SimulationLine::new(LineKind::Lost, lost.loss.word(), lost.message.as_str());
            lines.push(SimulationLine { code: Some(lost.code), ..line.at(lost.at.clone()) });
        }
    }
    let mut hidden: Vec<_> = counts.into_iter().filter(|(_, count)| *count > SHOWN).collect();
    hidden.sort_unstable();
    for (code, count) in hidden {
        lines.push(SimulationLine::new(LineKind::More, "", format!("{} more of {code}", count - SHOWN)));
    }
    lines
}

fn counts(simulation: &Simulation) -> Vec<SimulationLine> {
    let counts = &simulation.counts;
    let line = |label: &str, MetricAnswer { answer, because, at }: &MetricAnswer| {
        let kind = match answer {
            Answer::Yes => LineKind::Good,
            Answer::No => LineKind::Lost,
            Answer::Depends => LineKind::Open,
        };
        let line = SimulationLine::new(kind, label, format!("{}: {because}", answer.word()));
        SimulationLine { at: at.clone(), ..line }
    };
    vec![
        section("Counts", ""),
        line("Deployments", &counts.deployment_frequency),
        line("Change failures", &counts.change_failure_rate),
        line("Lead time", &counts.lead_time),
    ]
}

fn pairs(simulation: &Simulation) -> Vec<SimulationLine> {
    let artifacts = &simulation.stored.artifacts;
    if artifacts.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![section("Pairs", "")];
    for (index, artifact) in artifacts.iter().take(SHOWN).enumerate() {
        let marks: Vec<&str> = artifact.marks.iter().map(PairMark::word).collect();
        let (kind, words) = match marks.as_slice() {
            [] => (LineKind::Lost, "pairs with nothing".to_owned()),
            marks => (LineKind::Good, format!("pairs by {}", marks.join(" or by "))),
        };
        let label = format!("Artifact {}", index + 1);
        let words = format!("{} {words}", quote(&artifact.name));
        lines.push(SimulationLine::new(kind, label, words).at(artifact.at.clone()));
    }
    if artifacts.len() > SHOWN {
        let more = text::count(artifacts.len() - SHOWN, "more artifact", "more artifacts");
        lines.push(SimulationLine::new(LineKind::More, "", more));
    }
    lines
}

fn changes(simulation: &Simulation) -> Vec<SimulationLine> {
    let changes = &simulation.changes;
    if changes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![section("Changed", text::count(changes.len(), "value", "values"))];
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for change in changes {
        let count = counts.entry(change.why).or_default();
        *count += 1;
        if *count <= SHOWN {
            let label = text::visible(&short(&change.at)).into_owned();
            let words = format!("{}, {}", difference(change), change.why);
            lines.push(SimulationLine::new(LineKind::Fact, label, words).at(change.at.clone()));
        }
    }
    let mut hidden: Vec<_> = counts.into_iter().filter(|(_, count)| *count > SHOWN).collect();
    hidden.sort_unstable();
    for (why, count) in hidden {
        lines.push(SimulationLine::new(LineKind::More, "", format!("{} more {why}", count - SHOWN)));
    }
    lines
}

/// `77999 → 77000`.
fn difference(change: &StoredChange) -> String {
    let show = |value: &Value| match value {
        Value::Text(text) => quote(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            crate::document::write_compact(value)
        }
    };
    let sent = change.sent.as_ref().map_or_else(|| "absent".to_owned(), show);
    format!("{sent} → {}", show(&change.stored))
}

/// The last two tokens of a place: the field, and its stage, artifact or parameter.
fn short(at: &Pointer) -> String {
    let word = |token: &Token| token.word().into_owned();
    match at.tokens() {
        [.., index @ Token::Index(number), field] => {
            let list = at.parent().and_then(|at| at.parent()).and_then(|list| list.last().map(word));
            let number = number.checked_add(1).map_or_else(|| word(index), |number| number.to_string());
            format!("{} {number} {}", list.unwrap_or_default().trim_end_matches('s'), field.word())
        }
        [.., field] => word(field),
        [] => String::new(),
    }
}

fn job(simulation: &Simulation) -> Vec<SimulationLine> {
    let values = simulation.job.iter().filter(|value| value.before != value.after || value.after.is_some());
    let mut lines: Vec<_> = values
        .map(|value| {
            let show = |value: &Option<String>| value.as_deref().map_or_else(|| "blank".to_owned(), quote);
            let words = match &value.before {
                before if *before == value.after => format!("{}, unchanged", show(before)),
                None => show(&value.after),
                Some(_) => format!("{} → {}", show(&value.before), show(&value.after)),
            };
            SimulationLine::new(LineKind::Fact, value.name, words).at(value.at.clone())
        })
        .collect();
    if !lines.is_empty() {
        lines.insert(0, section("Job after this run", ""));
    }
    lines
}
