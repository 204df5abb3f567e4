//! `check`: reports the problems of payloads, for people or for programs.
//!
//! A file is one document, or one run per line. Each payload becomes an entry: checked, fixed with
//! `--fix`, and rendered for programs. Entries are independent of each other and run on any core.
//! This module does the rest in sequence: order, totals and the report for people.

use std::collections::HashSet;
use std::path::Path;

use super::argument::{CheckArguments, Fixes, ReportFormat};
use super::configuration::configuration;
use super::console::Console;
use super::examiner::Examiner;
use super::finding::fails;
use super::report::{self, HumanReport, ReportStyle};
use super::source::say_notes;
use super::{Exit, target};
use crate::check::Counts;
use crate::text::{self, Visible};
use crate::world::World;

mod entry;
mod github;
mod input;
mod progress;
mod sarif;
mod workers;

use entry::{CheckedPayload, Task};
use input::{CheckInput, Runs};
use progress::CheckProgress;

/// Checks each file; the worst result selects the exit code.
pub(super) fn check(
    arguments: &CheckArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let environment = arguments.env.as_deref().map(|name| target::find(&config, name)).transpose()?;
    let meant_for = environment.map_or_else(String::new, |environment| format!(" for {}", environment.label));
    let task = task(arguments)?;
    let style = if task.is_fixing { ReportStyle::plain() } else { ReportStyle::of(console) };
    let mut session = CheckRun {
        arguments,
        world,
        console,
        examiner: Examiner::new(world, &config, environment),
        task,
        report: HumanReport::new(style),
        meant_for,
        total: CheckTally::default(),
        has_results: false,
        is_whole: true,
    };
    session.run()?;
    Ok(match session {
        CheckRun { is_whole: false, .. } => Exit::Unusable,
        CheckRun { total, .. } if fails(total.counts, arguments.strict) => Exit::Faulty,
        _ => Exit::Done,
    })
}

/// The task for each payload; refuses combinations of options without a sensible meaning.
fn task(arguments: &CheckArguments) -> anyhow::Result<Task> {
    let is_fixing = arguments.fix == Some(Fixes::Safe);
    let (format, is_named) = (arguments.format, arguments.files.len() > 1);
    match format {
        ReportFormat::Github | ReportFormat::Sarif if is_fixing => anyhow::bail!(
            "--fix prints a fixed payload, and this format reports on the unchanged file. Use only one of them."
        ),
        ReportFormat::Human if is_fixing && is_named => anyhow::bail!(
            "--fix prints one fixed payload. Pass one file, or add --format json for one object per file."
        ),
        ReportFormat::Human | ReportFormat::Json | ReportFormat::Github | ReportFormat::Sarif => {
            Ok(Task { format, is_named, is_fixing })
        }
    }
}

/// The percent encoding of a byte.
fn percent(byte: u8) -> String {
    format!("%{byte:02X}")
}

/// Totals over payloads.
#[derive(Default, Clone, Copy)]
struct CheckTally {
    counts: Counts,
    payloads: usize,
    with_problems: usize,
    fixed: usize,
}

impl CheckTally {
    fn add(&mut self, other: Self) {
        self.counts.errors += other.counts.errors;
        self.counts.warnings += other.counts.warnings;
        self.counts.hints += other.counts.hints;
        self.payloads += other.payloads;
        self.with_problems += other.with_problems;
        self.fixed += other.fixed;
    }

    /// `3 runs, 2 with problems: 2 errors, 1 hint`.
    fn of_many(self, one: &str, many: &str) -> String {
        let all = text::count(self.payloads, one, many);
        let summary = report::summary(self.counts);
        if self.with_problems == 0 {
            return format!("{all}, {summary}");
        }
        format!("{all}, {} with problems: {summary}", self.with_problems)
    }

    /// The count of applied fixes, before the count of remaining problems.
    fn of_fixes(self) -> String {
        format!("{} applied; remaining: ", text::count(self.fixed, "safe fix", "safe fixes"))
    }
}

/// One run of the command.
struct CheckRun<'a> {
    arguments: &'a CheckArguments,
    world: &'a dyn World,
    console: &'a mut Console,
    examiner: Examiner,
    task: Task,
    report: HumanReport,
    meant_for: String,
    total: CheckTally,
    has_results: bool,
    /// Whether every file could be read.
    is_whole: bool,
}

impl CheckRun<'_> {
    fn run(&mut self) -> anyhow::Result<()> {
        let format = self.task.format;
        if format == ReportFormat::Sarif {
            self.console.print(Visible::rendered(sarif::head()))?;
        }
        for file in &self.arguments.files {
            if let Err(fault) = self.file(file) {
                Console::say(format!("sei-compose: {fault:#}"));
                self.is_whole = false;
            }
        }
        if format == ReportFormat::Sarif {
            self.console.print(Visible::rendered(sarif::tail(self.is_whole)))?;
        }
        if self.task.is_named {
            let unread = self.arguments.files.len() - self.total.payloads;
            let unread = if unread > 0 { format!("; {unread} could not be read") } else { String::new() };
            self.sum_up(&format!("{}{unread}\n", self.total.of_many("file", "files")))?;
        }
        Ok(())
    }

    fn file(&mut self, file: &Path) -> anyhow::Result<()> {
        let tally = match input::open(self.world, file)? {
            CheckInput::One(source) => {
                let label = source.label.clone();
                let entry = CheckedPayload::of(source, &self.examiner, self.task);
                say_notes(&entry.notes);
                let tally = self.take(&entry)?;
                self.sum_up(&self.closing(&label, tally, &report::summary(tally.counts)))?;
                tally
            }
            CheckInput::Many(runs) => self.runs(runs)?,
        };
        let with_problems = usize::from(tally.with_problems > 0);
        self.total.add(CheckTally { payloads: 1, with_problems, ..tally });
        Ok(())
    }

    fn runs(&mut self, mut runs: Runs) -> anyhow::Result<CheckTally> {
        let mut tally = CheckTally::default();
        let mut reported = HashSet::new();
        let label = runs.source().label.clone();
        let mut progress = CheckProgress::new(self.world, &label, runs.size());
        while let Some(portion) = runs.portion()? {
            let file = runs.source();
            let entries = workers::each(&portion.lines, |line| {
                CheckedPayload::of_line(portion.line(line, file), &self.examiner, self.task)
            });
            for entry in &entries {
                // The same note may apply to thousands of lines: print it once.
                let notes = entry.notes.iter().filter(|note| reported.insert((*note).clone()));
                let notes: Vec<_> = notes.cloned().collect();
                if !entry.is_silent() || !notes.is_empty() {
                    progress.clear();
                }
                say_notes(&notes);
                tally.add(self.take(entry)?);
            }
            progress.advance(portion.size(), portion.lines.len());
        }
        progress.clear();
        self.sum_up(&self.closing(&label, tally, &tally.of_many("run", "runs")))?;
        Ok(tally)
    }

    /// Prints an entry and counts it.
    fn take(&mut self, entry: &CheckedPayload) -> anyhow::Result<CheckTally> {
        match self.task.format {
            ReportFormat::Sarif if !entry.words.is_empty() => {
                let comma = if self.has_results { "," } else { "" };
                self.has_results = true;
                self.console.print(Visible::rendered(format!("{comma}\n{}", entry.words)))?;
            }
            ReportFormat::Sarif | ReportFormat::Json | ReportFormat::Github | ReportFormat::Human => {
                self.console.print(Visible::rendered(entry.words.clone()))?;
            }
        }
        if self.task.format == ReportFormat::Human {
            let report = self.report.on(&entry.examined);
            if self.task.is_fixing {
                entry.say_fixes();
                if !report.is_empty() {
                    Console::say(text::visible_lines(report.trim_end()));
                    Console::say("");
                }
            } else {
                self.console.print(Visible::rendered(report))?;
            }
        }
        let counts = entry.examined.counts();
        let with_problems = usize::from(counts != Counts::default());
        Ok(CheckTally { counts, payloads: 1, with_problems, fixed: entry.fixed.len() })
    }

    fn closing(&self, label: &str, tally: CheckTally, summary: &str) -> String {
        let fixed = if self.task.is_fixing { tally.of_fixes() } else { String::new() };
        format!("{}{}: {fixed}{summary}\n", text::visible(label), self.meant_for)
    }

    /// Prints the summary of a file or of all files: a result for people, nothing for programs, and
    /// a message on standard error next to annotations.
    fn sum_up(&mut self, words: &str) -> anyhow::Result<()> {
        match self.task.format {
            ReportFormat::Human if !self.task.is_fixing => self.console.print(text::visible_lines(words))?,
            ReportFormat::Human | ReportFormat::Github => Console::say(text::visible_lines(words.trim_end())),
            ReportFormat::Json | ReportFormat::Sarif => {}
        }
        Ok(())
    }
}
