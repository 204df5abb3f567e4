//! Problems as people read them: the place in the text, a caret under it, why, and what would mend it.

use std::collections::HashSet;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};

use super::console::Console;
use super::excerpt::{ExcerptSource, excerpt};
use super::finding::{Examined, Finding};
use super::redaction;
use super::source::InputSource;
use crate::check::{self, Counts, Problem, Severity};
use crate::text;

/// From here on a problem is one line: nobody reads on, and files of any size stay quick.
const SHOWN: usize = 100;

/// Colour and width of a report.
#[derive(Clone, Copy)]
pub(super) struct ReportStyle {
    has_color: bool,
    columns: usize,
}

impl ReportStyle {
    /// For standard output as it is.
    pub(super) fn of(console: &Console) -> Self {
        Self { has_color: console.has_color(), columns: Console::columns() }
    }

    /// Without colour, for standard error and files.
    pub(super) fn plain() -> Self {
        Self { has_color: false, columns: Console::columns() }
    }

    fn arrow(self) -> &'static str {
        if self.has_color { "\x1b[1m\x1b[94m--> \x1b[0m" } else { "--> " }
    }

    fn renderer(self) -> Renderer {
        let renderer = if self.has_color { Renderer::styled() } else { Renderer::plain() };
        // Lines come cut to the width already.
        renderer.term_width(self.columns * 4)
    }
}

/// A report that may go over several texts; each rule gives its reason once.
pub(super) struct HumanReport {
    style: ReportStyle,
    explained: HashSet<&'static str>,
    shown: usize,
}

/// A text with its name and the places of keys in it.
struct SourceText<'a, T> {
    label: &'a str,
    text: &'a T,
    secrets: &'a [Range<usize>],
}

impl HumanReport {
    pub(super) fn new(style: ReportStyle) -> Self {
        Self { style, explained: HashSet::new(), shown: 0 }
    }

    /// All findings of a text, each followed by an empty line.
    pub(super) fn on(&mut self, examined: &Examined) -> String {
        self.of(&examined.label(), examined, &examined.findings)
    }

    /// Findings of a text under a name.
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
            // Before a line is cut: afterwards it may hold any part of a key.
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

    /// A finding with its line, which is left out where the one before has shown the same.
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
        // A text that may hold a key is not shown, and no line of it either.
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
        // The renderer would count columns in the excerpt: the place is written here, by the text itself.
        let rendered = self.style.renderer().render(&[group]);
        let (title, picture) = rendered.split_once('\n').unwrap_or((&rendered, ""));
        let arrow = self.style.arrow();
        format!("{title}\n{:pad$}{arrow}{place}\n{picture}", "").trim_end().to_owned()
    }

    /// Why, where a rule speaks for the first time.
    fn reason(&mut self, problem: &Problem) -> Option<String> {
        let is_first = self.explained.insert(problem.code);
        let rule = check::rule(problem.code).filter(|_| is_first)?;
        Some(format!("{} ({})", rule.why.trim_end_matches('.'), problem.evidence.word()))
    }
}

/// The value that a problem is about which tells of a secret, without its quotes.
fn secret(finding: &Finding) -> Option<Range<usize>> {
    let span = check::has_secret(finding.problem.code).then_some(&finding.span)?;
    Some(span.start + 1..span.end.saturating_sub(1))
}

/// A text that places can be shown in.
pub(super) trait Annotated {
    fn text(&self) -> &str;
    /// The number of its first line.
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

/// What the reader may want to know beyond the message: the notes, and the fixes.
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
