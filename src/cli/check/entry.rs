//! One payload of `check`: the work that is independent of the other payloads and runs on any
//! thread.

use super::{github, sarif};
use crate::cli::argument::ReportFormat;
use crate::cli::console::Console;
use crate::cli::examiner::Examiner;
use crate::cli::finding::Examined;
use crate::cli::json;
use crate::cli::source::InputSource;
use crate::import::{self, Imported};
use crate::text;

/// The task for each payload.
#[derive(Clone, Copy)]
pub(super) struct Task {
    pub(super) format: ReportFormat,
    /// Whether reports name their file.
    pub(super) is_named: bool,
    /// Whether safe fixes are applied.
    pub(super) is_fixing: bool,
}

/// A payload with its results.
pub(super) struct CheckedPayload {
    /// The problems; with `--fix`, the remaining ones.
    pub(super) examined: Examined,
    /// The applied safe fixes.
    pub(super) fixed: Vec<String>,
    /// Notes about the reading, for people.
    pub(super) notes: Vec<String>,
    /// The output, except for the report for people.
    pub(super) words: String,
}

impl CheckedPayload {
    /// A line of a file of runs; `Err` has the offset of the first byte that is not UTF-8.
    pub(super) fn of_line(
        line: Result<InputSource, (InputSource, usize)>,
        examiner: &Examiner,
        task: Task,
    ) -> Self {
        match line {
            Ok(source) => Self::of(source, examiner, task),
            Err((source, at)) => {
                let payload = Examined::no_text(source, at);
                Self::finish(payload, None, task)
            }
        }
    }

    /// A document, or a line of a file of runs.
    pub(super) fn of(source: InputSource, examiner: &Examiner, task: Task) -> Self {
        let payload = examiner.examine(source);
        if !task.is_fixing {
            return Self::finish(payload, None, task);
        }
        let (payload, fixed) = examiner.fix(payload);
        Self::finish(payload, fixed, task)
    }

    fn finish(mut examined: Examined, fixed: Option<Vec<String>>, task: Task) -> Self {
        let words = match task.format {
            ReportFormat::Json => json_line(&examined, fixed.as_deref(), task),
            ReportFormat::Github => github::annotations(&examined),
            ReportFormat::Sarif => sarif::results(&examined),
            // A line that is not a payload is printed unchanged, so that no line is lost.
            ReportFormat::Human if fixed.is_some() || (task.is_fixing && examined.source.line.is_some()) => {
                examined.source.text.clone() + "\n"
            }
            ReportFormat::Human => String::new(),
        };
        if examined.findings.is_empty() {
            // The text is never shown: free its memory here, not on the single thread that prints.
            examined.source.text = String::new();
        }
        let notes = match examined.imported.take() {
            Some(imported) => describe(imported),
            // In a file of runs, the note would repeat for each line.
            None if examined.source.line.is_none() => std::mem::take(&mut examined.notes),
            None => Vec::new(),
        };
        Self { examined, fixed: fixed.unwrap_or_default(), notes, words }
    }

    /// Whether the payload prints nothing.
    pub(super) fn is_silent(&self) -> bool {
        self.words.is_empty() && self.examined.findings.is_empty() && self.fixed.is_empty()
    }

    /// Lists the applied fixes on standard error.
    pub(super) fn say_fixes(&self) {
        let InputSource { label, line, .. } = &self.examined.source;
        let place = line.map_or_else(String::new, |line| format!("{label}:{line}: "));
        for fix in &self.fixed {
            Console::say(text::visible(&format!("{place}fixed {fix}")));
        }
    }
}

/// The repairs and notes of an import, as messages.
fn describe(imported: Imported) -> Vec<String> {
    let repairs = import::describe_all(&imported.repairs).into_iter().map(|line| format!("repaired, {line}"));
    repairs.chain(imported.notes).collect()
}

fn json_line(examined: &Examined, fixed: Option<&[String]>, task: Task) -> String {
    let mut report = json::JsonReport::of(examined);
    report.file = task.is_named.then_some(examined.source.label.as_str());
    report.line = examined.source.line;
    report.fixed = fixed;
    report.document = examined
        .imported
        .as_ref()
        .filter(|_| fixed.is_some())
        .and_then(|imported| json::raw(&imported.document));
    json::line(&report).unwrap_or_default()
}
