//! Problems of a text that is not a document, so that the rules cannot check it.

use crate::check::{self, Evidence, Problem, Severity};
use crate::document::Pointer;

/// A text that is not JSON, for a reason that [`check::raw`] does not report.
pub(super) fn no_json(message: &str) -> Problem {
    error("syntax", message)
}

/// The code of a JSON text that is not a job run.
pub(super) const NO_RUN: &str = "wrong-type";

/// A JSON text that is not a job run.
pub(super) fn no_run(message: &str) -> Problem {
    error(NO_RUN, message)
}

/// An input that import refuses for a reason other than its JSON; no rule covers this case.
pub(super) fn not_imported(message: &str) -> Problem {
    error("import", message)
}

fn error(code: &'static str, message: &str) -> Problem {
    let rule = check::rule(code);
    let (evidence, loss) = rule.map_or((Evidence::Doc, None), |rule| (rule.evidence, rule.loss));
    let (severity, at, message) = (Severity::Error, Pointer::root(), format!("{message}."));
    Problem { code, severity, evidence, loss, at, message, fixes: Vec::new() }
}
