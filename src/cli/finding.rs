//! Problems with their places in a text, the input of every report format.

use std::borrow::Cow;
use std::ops::Range;

use super::raw;
use super::redaction;
use super::region::{LineIndex, Region};
use super::source::{InputSource, LoadedInput};
use crate::check::{self, Counts, Problem, Severity};
use crate::document::{Places, Pointer, Token};
use crate::import::{ImportError, ImportKind, Imported};

/// A problem and its place.
pub(super) struct Finding {
    pub(super) problem: Problem,
    /// Byte range in the shown text.
    pub(super) span: Range<usize>,
    /// Lines and columns in the file.
    pub(super) region: Region,
    /// A second place of the problem, such as the first of two equal keys.
    pub(super) related: Option<Related>,
}

/// A second place of a problem, with its label.
pub(super) struct Related {
    pub(super) span: Range<usize>,
    pub(super) region: Region,
    pub(super) label: &'static str,
}

/// A text with its findings.
pub(super) struct Examined {
    pub(super) source: InputSource,
    /// The payload; `None` when the text is not a payload.
    pub(super) imported: Option<Imported>,
    pub(super) findings: Vec<Finding>,
    pub(super) inside: Option<String>,
    pub(super) root: Pointer,
    pub(super) is_repaired: bool,
    /// Notes on a text that is not a payload.
    pub(super) notes: Vec<String>,
}

impl LoadedInput {
    /// Whether the text is JSON that needed repairs.
    pub(super) fn is_repaired_json(&self) -> bool {
        self.imported.is_guessed() && !matches!(self.imported.kind, ImportKind::Curl | ImportKind::Request)
    }

    /// The text that reports show: the indented payload, or the source.
    pub(super) fn shown(&self) -> &str {
        self.inside.as_ref().unwrap_or(&self.source.text)
    }
}

impl Examined {
    /// A line that is not UTF-8: the source is a lossy conversion, exact up to the invalid byte
    /// `at`.
    pub(super) fn no_text(source: InputSource, at: usize) -> Self {
        let problem = raw::no_json(&format!("the line is not UTF-8 text: byte {at} is invalid"));
        let span = at..source.text.len().min(at + char::REPLACEMENT_CHARACTER.len_utf8());
        let region = LineIndex::of(&source.text, source.first_line()).region(&span);
        let findings = vec![Finding { problem, span, region, related: None }];
        Self::of(source, findings)
    }

    pub(super) fn of(source: InputSource, mut findings: Vec<Finding>) -> Self {
        redact(&mut findings, &source.text);
        let root = Pointer::root();
        Self { source, imported: None, findings, inside: None, root, is_repaired: false, notes: Vec::new() }
    }

    /// The text that reports show: the indented payload, or the source.
    pub(super) fn shown(&self) -> &str {
        self.inside.as_ref().unwrap_or(&self.source.text)
    }

    /// The place of the payload in the shown text.
    pub(super) fn root(&self) -> Pointer {
        self.root.clone()
    }

    /// Whether the line numbers of the shown text differ from those of the file.
    pub(super) fn has_own_lines(&self) -> bool {
        self.inside.is_some()
    }

    /// The name of the shown text in reports.
    pub(super) fn label(&self) -> String {
        let InputSource { label, line, .. } = &self.source;
        match (&self.inside, line) {
            (None, _) if self.is_repaired => format!("{label} (fixed)"),
            (None, _) => label.clone(),
            (Some(_), None) => format!("{label} (its payload)"),
            (Some(_), Some(line)) => format!("{label}:{line} (its payload)"),
        }
    }

    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            counts.add(finding.problem.severity);
        }
        counts
    }
}

/// Redacts findings on a text that contains a known key: messages quote parts of the text, even
/// cut.
fn redact(findings: &mut [Finding], text: &str) {
    if findings.is_empty() {
        return;
    }
    let Some(redactor) = redaction::redactor().filter(|redactor| redactor.is_in(text)) else { return };
    let clean = |text: &mut String| {
        if let Cow::Owned(redacted) = redactor.redact_parts(text.as_str()) {
            *text = redacted;
        }
    };
    for Finding { problem, .. } in findings {
        clean(&mut problem.message);
        problem.fixes.iter_mut().for_each(|fix| clean(&mut fix.label));
        let tokens = problem.at.tokens().iter().cloned().map(|token| match token {
            Token::Key(name) => Token::Key(redactor.redact(name).into_owned()),
            index @ Token::Index(_) => index,
        });
        problem.at = tokens.collect();
    }
}

impl Related {
    /// The place as a sentence.
    pub(super) fn words(&self) -> String {
        format!("first at line {}, column {}", self.region.line, self.region.columns.0)
    }
}

impl Finding {
    /// The finding for a text that is not a payload.
    pub(super) fn of_fault(source: &InputSource, fault: &ImportError) -> Self {
        let text = &source.text;
        let (problem, span) = match fault {
            ImportError::Syntax(_) | ImportError::Beyond { .. } => {
                match check::raw(text).into_iter().next() {
                    Some(fault) => {
                        let span = fault.mark.span;
                        let span =
                            if is_blank_line(text, span.start) { seen(text, span.start) } else { span };
                        (fault.problem, span)
                    }
                    None => (raw::no_json(&fault.to_string()), 0..0),
                }
            }
            ImportError::Inside(part) | ImportError::Body(part) => {
                (raw::no_json(&fault.to_string()), seen(text, part.fault.offset))
            }
            ImportError::Draft(_) | ImportError::Command(_) | ImportError::Satellite(_) => {
                (raw::no_json(&fault.to_string()), payload_span(text))
            }
            ImportError::Foreign { .. } => {
                let first = text.len() - text.trim_start().len();
                (raw::no_json(&fault.to_string()), first..first)
            }
            ImportError::List(_)
            | ImportError::NoObject(_)
            | ImportError::NoRun(_)
            | ImportError::Unlike(_) => (raw::no_run(&fault.to_string()), payload_span(text)),
            ImportError::Jobs(syntax) => (raw::not_imported(&fault.to_string()), seen(text, syntax.offset)),
            ImportError::NoTool(_)
            | ImportError::NoJobs(_)
            | ImportError::OtherTool { .. }
            | ImportError::OtherRun { .. }
            | ImportError::Unread { .. }
            | ImportError::Mapping { .. }
            | ImportError::NoMappedRun(_)
            | ImportError::NoSuchRun { .. } => (raw::not_imported(&fault.to_string()), payload_span(text)),
        };
        let region = LineIndex::of(text, source.first_line()).region(&span);
        let mut finding = Self { problem, span, region, related: None };
        redact(std::slice::from_mut(&mut finding), text);
        finding
    }
}

/// Whether the line of an offset is blank and cannot show a mark.
fn is_blank_line(text: &str, offset: usize) -> bool {
    let (head, rest) = text.split_at_checked(offset).unwrap_or((text, ""));
    let line = [head.rsplit('\n').next(), rest.split('\n').next()];
    line.into_iter().flatten().all(|part| part.trim().is_empty())
}

/// The character at an offset; on a blank line, the last visible character before it.
fn seen(text: &str, offset: usize) -> Range<usize> {
    let head = text.get(..offset).unwrap_or_default().trim_end();
    let at = if is_blank_line(text, offset) {
        head.char_indices().next_back().map_or(0, |(at, _)| at)
    } else {
        offset.min(text.len())
    };
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    at..at + length
}

/// The span of the payload in a wrapped body, else of the whole document.
pub(super) fn payload_span(text: &str) -> Range<usize> {
    let places = Places::read(text).ok();
    let find = |at: &Pointer| places.as_ref().and_then(|places| places.find(at));
    let span = find(&Pointer::root().key("payload")).or_else(|| find(&Pointer::root()));
    span.map_or(0..0, |span| one_line(text, span.value, span.key))
}

/// The span of a value; for a value of several lines, that of its name or opening bracket.
pub(super) fn one_line(source: &str, value: Range<usize>, key: Option<Range<usize>>) -> Range<usize> {
    let has_breaks = source.get(value.clone()).is_some_and(|text| text.contains('\n'));
    if has_breaks { key.unwrap_or(value.start..value.start + 1) } else { value }
}

/// Whether the counts fail a check.
pub(super) fn fails(counts: Counts, is_strict: bool) -> bool {
    counts.errors > 0 || (is_strict && counts.warnings > 0)
}

/// Whether `send` shows a problem: hints are for `check` only.
pub(super) fn is_grave(finding: &Finding) -> bool {
    finding.problem.severity < Severity::Hint
}
