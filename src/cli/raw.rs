//! Problems of the text itself, which no check of a document can see.

use crate::check::{self, Evidence, Problem, RawProblem, Severity};
use crate::document::{Pointer, Value, apply, write_compact};

/// More keys than this do not stand twice by accident.
const ROUNDS: usize = 100;

/// A text that is no JSON, or holds none, for a reason that is not told by [`check::raw`].
pub(super) fn no_json(message: &str) -> Problem {
    error("syntax", message)
}

/// A text that is JSON, but no job run.
pub(super) fn no_run(message: &str) -> Problem {
    error("wrong-type", message)
}

fn error(code: &'static str, message: &str) -> Problem {
    let evidence = check::rule(code).map_or(Evidence::Doc, |rule| rule.evidence);
    let (severity, at, message) = (Severity::Error, Pointer::root(), format!("{message}."));
    Problem { code, severity, evidence, at, message, fixes: Vec::new() }
}

/// Leaves one of the keys that stand twice with the same value; gives what was done.
pub(super) fn mend(document: &mut Value) -> Vec<String> {
    let mut done = Vec::new();
    for _ in 0..ROUNDS {
        let safe =
            check::raw(&write_compact(document)).into_iter().find_map(|RawProblem { problem, .. }| {
                problem.fixes.into_iter().find(|fix| fix.safe).map(|fix| (problem.at, fix))
            });
        let Some((at, fix)) = safe else { break };
        if fix.edits.iter().any(|edit| apply(document, edit).is_err()) {
            break;
        }
        done.push(format!("{at}: {}", fix.label));
    }
    done
}
