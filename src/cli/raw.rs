//! Problems of the text itself, which no check of a document can see.

use crate::check::{self, Evidence, Problem, Severity};
use crate::document::Pointer;

/// A text that is no JSON, or holds none, for a reason that is not told by [`check::raw`].
pub(super) fn no_json(message: &str) -> Problem {
    error("syntax", message)
}

/// A text that is JSON, but no job run.
pub(super) fn no_run(message: &str) -> Problem {
    error("wrong-type", message)
}

/// An input that import refuses for another reason than its JSON: no rule of a payload is about it.
pub(super) fn not_imported(message: &str) -> Problem {
    error("import", message)
}

fn error(code: &'static str, message: &str) -> Problem {
    let evidence = check::rule(code).map_or(Evidence::Doc, |rule| rule.evidence);
    let (severity, at, message) = (Severity::Error, Pointer::root(), format!("{message}."));
    Problem { code, severity, evidence, at, message, fixes: Vec::new() }
}
