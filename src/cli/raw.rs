//! Problems of the text itself, which no check of a document can see.

use crate::check::{Evidence, Problem, Severity};
use crate::document::Pointer;

/// The text is no JSON, for this reason.
pub(super) fn syntax(message: &str) -> Problem {
    error("syntax", Pointer::root(), message.to_owned())
}

/// A key stands twice in its object.
pub(super) fn duplicate_key(at: &Pointer) -> Problem {
    let key = at.last().map(|token| token.word().into_owned()).unwrap_or_default();
    let message = format!(
        "“{key}” stands twice in one object: SEI reads the last value, other programs may read another."
    );
    error("duplicate-key", at.clone(), message)
}

/// The text is JSON, but no job run.
pub(super) fn no_run(message: &str) -> Problem {
    error("wrong-type", Pointer::root(), message.to_owned())
}

fn error(code: &'static str, at: Pointer, message: String) -> Problem {
    Problem { code, severity: Severity::Error, evidence: Evidence::Doc, at, message, fixes: Vec::new() }
}
