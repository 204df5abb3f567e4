//! One check of one document, for all callers: app, review, draft list and command line.
//!
//! A silenced rule reports nothing and fixes nothing here, so no caller can forget the setting.

use super::context::Context;
use super::family::raw::{DUPLICATE_KEY, RawProblem, raw};
use super::problem::Problem;
use super::repair;
use super::walk::check;
use crate::document::{Value, write_compact};

/// The codes of silenced rules; by default all rules report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silenced<'a> {
    /// The rules that `config.toml` silences.
    pub everywhere: &'a [String],
    /// The rules that the draft silences.
    pub in_draft: &'a [String],
}

impl Silenced<'_> {
    /// Whether a rule is silenced, by its code.
    pub fn contains(self, code: &str) -> bool {
        self.everywhere.iter().chain(self.in_draft).any(|silenced| silenced == code)
    }
}

/// A document with everything that its problems depend on.
#[derive(Debug, Clone, Copy)]
pub struct CheckSession<'a> {
    pub(super) document: &'a Value,
    pub(super) context: &'a Context,
    pub(super) silenced: Silenced<'a>,
    text: Option<&'a str>,
}

impl<'a> CheckSession<'a> {
    /// A check of a document; [`Context`] holds the other facts.
    pub const fn new(document: &'a Value, context: &'a Context, silenced: Silenced<'a>) -> Self {
        Self { document, context, silenced, text: None }
    }

    /// The same check with the source text, in which [`CheckSession::text_problems`] finds its
    /// places.
    #[must_use]
    pub const fn with_text(self, text: &'a str) -> Self {
        Self { text: Some(text), ..self }
    }

    /// All problems, in the order of [`check`]; of equal rank, those of the text come last.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = self.document_problems();
        problems.extend(self.text_problems().into_iter().map(|fault| fault.problem));
        problems.sort_by_key(Problem::rank);
        problems
    }

    /// The problems of the document, without the problems of its text.
    pub fn document_problems(&self) -> Vec<Problem> {
        let mut problems = check(self.document, self.context);
        problems.retain(|problem| self.reports(problem));
        problems
    }

    /// Whether the text has problems that the document hides: rules see only the last of two equal
    /// keys.
    pub fn has_text_problems(&self) -> bool {
        !self.silenced.contains(DUPLICATE_KEY.code) && self.document.has_duplicate_keys()
    }

    /// The problems of the source text; without one, of the text that the document serializes to.
    pub fn text_problems(&self) -> Vec<RawProblem> {
        let mut faults = match self.text {
            Some(text) => raw(text),
            None if self.has_text_problems() => raw(&write_compact(self.document)),
            None => Vec::new(),
        };
        faults.retain(|fault| self.reports(&fault.problem));
        faults
    }

    /// The document after all safe fixes, including fixes that other fixes enable, and the applied
    /// fixes.
    pub fn safe_fixes(&self) -> (Value, Vec<String>) {
        let mut document = self.document.clone();
        let mut done = repair::fix_all(&mut document, |document| self.on(document).document_problems());
        done.extend(repair::fix_one_by_one(&mut document, |document| {
            self.on(document).text_problems().into_iter().map(|fault| fault.problem).collect()
        }));
        (document, done)
    }

    /// The same check for another document.
    const fn on<'d>(&self, document: &'d Value) -> CheckSession<'d>
    where
        'a: 'd,
    {
        CheckSession { document, context: self.context, silenced: self.silenced, text: None }
    }

    fn reports(&self, problem: &Problem) -> bool {
        !self.silenced.contains(problem.code)
    }
}
