//! One payload on its way through `check`: what each of them needs, whichever thread does it.

use super::{github, sarif};
use crate::cli::argument::ReportFormat;
use crate::cli::console::Console;
use crate::cli::examiner::Examiner;
use crate::cli::finding::Examined;
use crate::cli::json;
use crate::cli::source::InputSource;
use crate::import::{self, Imported};
use crate::text;

/// What is to be done with each payload.
#[derive(Clone, Copy)]
pub(super) struct Task {
    pub(super) format: ReportFormat,
    /// Whether reports name their file.
    pub(super) is_named: bool,
    /// Whether safe fixes are applied.
    pub(super) is_mending: bool,
}

/// A payload and what came of it.
pub(super) struct CheckedPayload {
    /// What was found; after mending, what is left.
    pub(super) examined: Examined,
    /// What the safe fixes did.
    pub(super) fixed: Vec<String>,
    /// What a person should know about the reading.
    pub(super) notes: Vec<String>,
    /// What is printed of it, apart from the report for people.
    pub(super) words: String,
}

impl CheckedPayload {
    /// A line of a file of runs, or the first byte of it that fits no character.
    pub(super) fn of_line(
        line: Result<InputSource, (InputSource, usize)>,
        judge: &Examiner,
        task: Task,
    ) -> Self {
        match line {
            Ok(source) => Self::of(source, judge, task),
            Err((source, at)) => {
                let examined = Examined::no_text(source, at);
                Self::finish(examined, None, task)
            }
        }
    }

    /// A whole document, or a line of a file of runs.
    pub(super) fn of(source: InputSource, judge: &Examiner, task: Task) -> Self {
        let examined = judge.examine(source);
        if !task.is_mending {
            return Self::finish(examined, None, task);
        }
        let (examined, fixed) = judge.fix(examined);
        Self::finish(examined, fixed, task)
    }

    fn finish(mut examined: Examined, fixed: Option<Vec<String>>, task: Task) -> Self {
        let words = match task.format {
            ReportFormat::Json => json_line(&examined, fixed.as_deref(), task),
            ReportFormat::Github => github::annotations(&examined),
            ReportFormat::Sarif => sarif::results(&examined),
            // What is no payload goes on as it came, so that no line of a file is lost.
            ReportFormat::Human if fixed.is_some() || (task.is_mending && examined.source.line.is_some()) => {
                examined.source.text.clone() + "\n"
            }
            ReportFormat::Human => String::new(),
        };
        if examined.findings.is_empty() {
            // Nothing of it will be shown: whoever has it gives it back, and does not leave that to the one thread
            // that prints.
            examined.source.text = String::new();
        }
        let notes = match examined.imported.take() {
            Some(imported) => describe(imported),
            // A file of many runs would say it for each line.
            None if examined.source.line.is_none() => std::mem::take(&mut examined.notes),
            None => Vec::new(),
        };
        Self { examined, fixed: fixed.unwrap_or_default(), notes, words }
    }

    /// Whether nothing will be printed of it.
    pub(super) fn is_silent(&self) -> bool {
        self.words.is_empty() && self.examined.findings.is_empty() && self.fixed.is_empty()
    }

    /// Lists what was mended, beside the results.
    pub(super) fn say_fixes(&self) {
        let InputSource { label, line, .. } = &self.examined.source;
        let place = line.map_or_else(String::new, |line| format!("{label}:{line}: "));
        for fix in &self.fixed {
            Console::say(text::visible(&format!("{place}fixed {fix}")));
        }
    }
}

/// What the reading changed and what there is to know about it.
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
