//! The report for people: each problem with its line, a mark, the reason and the fixes.

use std::collections::HashSet;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};

use super::console::Console;
use super::excerpt::{ExcerptSource, excerpt};
use super::finding::{Examined, Finding};
use super::source::InputSource;
use super::{raw, redaction};
use crate::check::{self, Counts, Problem, Severity};
use crate::text;

/// Further problems take one line each: few people read on, and large files stay fast.
const SHOWN: usize = 100;

/// Color and width of a report.
#[derive(Clone, Copy)]
pub(super) struct ReportStyle {
    has_color: bool,
    columns: usize,
}

impl ReportStyle {
    /// The style for standard output.
    pub(super) fn of(console: &Console) -> Self {
        Self { has_color: console.has_color(), columns: Console::columns() }
    }

    /// The style without color, for standard error and files.
    pub(super) fn plain() -> Self {
        Self { has_color: false, columns: Console::columns() }
    }

    fn arrow(self) -> &'static str {
        if self.has_color { "\x1b[1m\x1b[94m--> \x1b[0m" } else { "--> " }
    }

    fn renderer(self) -> Renderer {
        let renderer = if self.has_color { Renderer::styled() } else { Renderer::plain() };
        // The lines are already cut to the width.
        renderer.term_width(self.columns * 4)
    }
}

/// A report over one or more texts; the reason of a rule is printed once.
pub(super) struct HumanReport {
    style: ReportStyle,
    explained: HashSet<&'static str>,
    shown: usize,
}

/// A text with its name and the spans of keys.
struct SourceText<'a, T> {
    label: &'a str,
    text: &'a T,
    secrets: &'a [Range<usize>],
}

impl HumanReport {
    pub(super) fn new(style: ReportStyle) -> Self {
        Self { style, explained: HashSet::new(), shown: 0 }
    }

    /// The report on all findings of a text, each followed by an empty line.
    pub(super) fn on(&mut self, examined: &Examined) -> String {
        self.of(&examined.label(), examined, &examined.findings)
    }

    /// The report on some findings of a text with this name.
    pub(super) fn of<'f>(
        &mut self,
        label: &str,
        text: &impl Annotated,
        findings: impl IntoIterator<Item = &'f Finding>,
    ) -> String {
        let mut report = String::new();
        let mut before: Option<&Finding> = None;
        let findings: Vec<_> = findings.into_iter().collect();
        let mut secrets: Vec<_> = findings.iter().filter_map(|finding| secret(finding)).collect();
        if self.shown < SHOWN && !findings.is_empty() {
            // Find keys before a line is cut: a cut line may contain any part of a key.
            secrets.extend(redaction::redactor().iter().flat_map(|redactor| redactor.places(text.text())));
        }
        for finding in findings {
            self.shown += 1;
            let is_same_place = before
                .is_some_and(|one| one.problem.code == finding.problem.code && one.span == finding.span);
            report += &if self.shown <= SHOWN {
                self.pictured(&SourceText { label, text, secrets: &secrets }, finding, is_same_place) + "\n\n"
            } else {
                in_one_line(label, finding)
            };
            before = Some(finding);
        }
        report
    }

    /// A finding with its line; the line is skipped if the previous finding showed the same one.
    fn pictured(
        &mut self,
        of: &SourceText<'_, impl Annotated>,
        finding: &Finding,
        is_same_place: bool,
    ) -> String {
        let SourceText { label, text, secrets } = *of;
        let Finding { problem, span, related, .. } = finding;
        let first_line = text.first_line();
        let gutter = (first_line + text.text().lines().count()).to_string().len() + 3;
        let other = related.as_ref().map(|related| &related.span);
        let columns = self.style.columns.saturating_sub(gutter).max(20);
        let page = ExcerptSource { source: text.text(), secrets, columns };
        let excerpt = excerpt(&page, span, other);
        let line = first_line + excerpt.line - 1;
        // A text that may contain a key is empty here: show no line of it.
        let is_shown = !text.text().is_empty();
        let place = if is_shown {
            format!("{}:{}:{}", text::visible(label), line + excerpt.below, excerpt.column)
        } else {
            text::visible(label).into_owned()
        };
        let pad = (line + excerpt.below).to_string().len();
        let mut annotations = vec![AnnotationKind::Primary.span(excerpt.mark)];
        let mut notes = Vec::new();
        if let Some(related) = related {
            match excerpt.other {
                Some(mark) => annotations.push(AnnotationKind::Context.span(mark).label(related.label)),
                None => notes.push(related.words()),
            }
        }
        notes.extend(self.reason(problem));
        let snippet = Snippet::source(excerpt.text).line_start(line).annotations(annotations);
        let snippet = (is_shown && !is_same_place).then_some(snippet);
        let group = level(problem.severity)
            .primary_title(text::visible(&problem.message))
            .id(problem.code)
            .elements(snippet)
            .elements(advice(problem, &notes, columns));
        // The renderer would count columns in the excerpt: write the place of the source here.
        let rendered = self.style.renderer().render(&[group]);
        let (title, picture) = rendered.split_once('\n').unwrap_or((&rendered, ""));
        let arrow = self.style.arrow();
        format!("{title}\n{:pad$}{arrow}{place}\n{picture}", "").trim_end().to_owned()
    }

    /// The reason, for the first finding of a rule.
    fn reason(&mut self, problem: &Problem) -> Option<String> {
        // Rules are about fields; a text that is not a run has none.
        if problem.at.is_root() && problem.code == raw::NO_RUN {
            return None;
        }
        let is_first = self.explained.insert(problem.code);
        let rule = check::rule(problem.code).filter(|_| is_first)?;
        Some(format!("{} [evidence: {}]", rule.why.trim_end_matches('.'), problem.evidence.word()))
    }
}

/// The span of a secret value without its quotes, for rules about secrets.
fn secret(finding: &Finding) -> Option<Range<usize>> {
    let span = check::has_secret(finding.problem.code).then_some(&finding.span)?;
    Some(span.start + 1..span.end.saturating_sub(1))
}

/// A text that excerpts are taken from.
pub(super) trait Annotated {
    fn text(&self) -> &str;
    /// The line number of its first line.
    fn first_line(&self) -> usize;
}

impl Annotated for InputSource {
    fn text(&self) -> &str {
        &self.text
    }

    fn first_line(&self) -> usize {
        Self::first_line(self)
    }
}

impl Annotated for Examined {
    fn text(&self) -> &str {
        self.shown()
    }

    fn first_line(&self) -> usize {
        if self.has_own_lines() { 1 } else { self.source.first_line() }
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name("hint"),
    }
}

/// The notes and the fixes, below the excerpt.
fn advice(problem: &Problem, notes: &[String], columns: usize) -> Vec<Element<'static>> {
    let message = |level: Level<'static>, name: &str, words: &str| {
        let room = columns.saturating_sub(name.len() + 4);
        Element::from(level.message(text::wrap(&text::visible(words), room).join("\n")))
    };
    let notes = notes.iter().map(|note| message(Level::NOTE, "note", note));
    let fixes = problem.fixes.iter().map(|fix| message(Level::HELP.with_name("fix"), "fix", &fix.label));
    notes.chain(fixes).collect()
}

fn in_one_line(label: &str, finding: &Finding) -> String {
    let Problem { severity, code, at, message, .. } = &finding.problem;
    let (line, column) = (finding.region.line, finding.region.columns.0);
    let words = format!("{severity}[{code}]: {at}: {message}");
    format!("{}:{line}:{column}: {}\n", text::visible(label), text::visible(&words))
}

/// `2 errors, 1 warning, 3 hints`, or `no problems`.
pub(super) fn summary(counts: Counts) -> String {
    let parts = [
        (counts.errors, text::count(counts.errors, "error", "errors")),
        (counts.warnings, text::count(counts.warnings, "warning", "warnings")),
        (counts.hints, text::count(counts.hints, "hint", "hints")),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") }
}
