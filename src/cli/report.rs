//! Problems as people read them: the place in the text, a caret under it, why, and what would mend it.

use std::collections::HashSet;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::console::Console;
use super::source::{Loaded, Source};
use crate::check::{self, Counts, Fix, Problem, Severity};
use crate::document::{Places, SyntaxError};
use crate::import::ImportError;
use crate::text;

/// From here on a problem is one line: nobody reads on, and files of any size stay quick.
const SHOWN: usize = 100;

/// Rules that are about the name of a field and not about its value.
const ABOUT_THE_NAME: [&str; 5] =
    ["unknown-field", "legacy-name", "name-conflict", "name-twice", "names-mixed"];

/// Colour and width of a report.
#[derive(Clone, Copy)]
pub(super) struct Style {
    has_colour: bool,
    columns: usize,
}

impl Style {
    /// For standard output as it is.
    pub(super) fn of(console: &Console) -> Self {
        Self { has_colour: console.has_colour(), columns: Console::columns() }
    }

    /// Without colour, for standard error and files.
    pub(super) fn plain() -> Self {
        Self { has_colour: false, columns: Console::columns() }
    }

    fn renderer(self) -> Renderer {
        let renderer = if self.has_colour { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(self.columns)
    }
}

/// All problems, each with its place, followed by an empty line.
pub(super) fn problems(loaded: &Loaded, problems: &[Problem], style: Style) -> String {
    let places = Places::read(&loaded.source.text).ok();
    let mut report = String::new();
    let mut explained = HashSet::new();
    for problem in problems.iter().take(SHOWN) {
        let span = span_of(places.as_ref(), loaded, problem);
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Hint => Level::INFO.with_name("hint"),
        };
        let title = level.primary_title(text::visible(&problem.message)).id(problem.code);
        let group = title
            .element(snippet(&loaded.source, span))
            .elements(advice(problem, explained.insert(problem.code)));
        report += &style.renderer().render(&[group]);
        report += "\n\n";
    }
    report.extend(problems.iter().skip(SHOWN).map(|problem| {
        let Problem { severity, code, at, .. } = problem;
        format!("{severity}[{code}]: {at}: {}\n", text::visible(&problem.message))
    }));
    report
}

/// What the reader may want to know beyond the message: why, where a rule speaks for the first time, and the fixes.
fn advice(problem: &Problem, is_first: bool) -> Vec<Element<'static>> {
    let why = check::rule(problem.code).filter(|_| is_first).map(|rule| {
        Level::NOTE.message(format!("{} ({})", rule.why.trim_end_matches('.'), problem.evidence.word()))
    });
    let fix = |fix: &Fix| Level::HELP.with_name("fix").message(text::visible(&fix.label).into_owned());
    why.into_iter().chain(problem.fixes.iter().map(fix)).map(Element::from).collect()
}

/// Where a problem shows in the text; an absent field shows at what should hold it.
fn span_of(places: Option<&Places>, loaded: &Loaded, problem: &Problem) -> Range<usize> {
    let mut at = problem.at.tokens().iter().fold(loaded.root.clone(), |at, token| at.with(token.clone()));
    let span = loop {
        match (places.and_then(|places| places.find(&at)), at.parent()) {
            (Some(span), _) => break span,
            (None, Some(parent)) => at = parent,
            (None, None) => return 0..0,
        }
    };
    match span.key {
        Some(key) if ABOUT_THE_NAME.contains(&problem.code) => key,
        key => one_line(&loaded.source.text, span.value, key),
    }
}

/// A value of many lines is shown by its name, or by the bracket it begins with.
fn one_line(source: &str, value: Range<usize>, key: Option<Range<usize>>) -> Range<usize> {
    let has_breaks = source.get(value.clone()).is_some_and(|text| text.contains('\n'));
    if has_breaks { key.unwrap_or(value.start..value.start + 1) } else { value }
}

fn snippet(source: &Source, span: Range<usize>) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let path = text::visible(&source.label);
    Snippet::source(source.text.as_str()).path(path).annotation(AnnotationKind::Primary.span(span))
}

/// A text that is no payload, with the place where that shows.
pub(super) fn import_fault(source: &Source, fault: &ImportError, style: Style) -> String {
    let group = match fault {
        ImportError::Syntax(syntax) => {
            let title = Level::ERROR.primary_title(text::visible(&syntax.message).into_owned()).id("syntax");
            title.element(snippet(source, at(&source.text, syntax)))
        }
        ImportError::Inside(_) | ImportError::Draft(_) | ImportError::List(_) | ImportError::NoObject(_) => {
            let message = format!("{}: {fault}", source.label);
            Group::with_title(Level::ERROR.primary_title(text::visible(&message).into_owned()))
        }
    };
    style.renderer().render(&[group]) + "\n"
}

/// The character at fault, or the place behind the last one.
fn at(source: &str, syntax: &SyntaxError) -> Range<usize> {
    let start = syntax.offset.min(source.len());
    let length = source.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    start..start + length
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
