//! Diagnostics: what SEI would drop, alter or misread, each with code, place, reason and fixes.
//!
//! A rule is an entry of [`rules`]: a code that never changes its meaning, a severity, the evidence behind it and
//! words about it. One walk over the document asks the rules of each place; a problem names the offending value in one
//! sentence, and its fixes are edits, so that whoever applies one can undo it. A value with one fault is not reported
//! for the consequences of that fault. What runs here knows no clock: the present comes in by [`Context`], with other
//! things that a document cannot tell, and rules that need what is absent there stay silent.

mod address;
mod artifact;
mod commit;
mod context;
mod earlier;
mod fields;
mod identity;
mod instance;
mod job;
mod kind;
mod length;
mod memory;
mod moment;
mod naming;
mod outcome;
mod parameter;
mod phrase;
mod place;
mod plan;
mod raw;
mod repair;
mod repeat;
mod retype;
mod rule;
mod secret;
mod session;
mod size;
mod span;
mod stage;
mod structure;
mod text;
mod theme;
mod trigger;
mod verdict;
mod walk;

pub use crate::catalogue::Evidence;
pub use context::{Context, Dialect, EarlierRun, KnownInstance};
pub use memory::Checker;
pub use raw::{Mark, RawProblem, raw};
pub use rule::{Rule, Severity, rule, rules};
pub use session::{Session, Silenced};
pub use text::placeholder;

use std::sync::Arc;

use crate::document::{Edit, Pointer, Value};

/// One thing that is wrong, or may be, at one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The code of its rule.
    pub code: &'static str,
    /// How grave this case is; some cases of a rule are milder or graver than the usual one.
    pub severity: Severity,
    /// How we know.
    pub evidence: Evidence,
    /// The place of the value, or of the absent field itself.
    pub at: Pointer,
    /// One sentence that names the value.
    pub message: String,
    /// What would mend it, the likeliest first.
    pub fixes: Vec<Fix>,
}

/// A change that mends a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The change in a few words, with what it leads to.
    pub label: String,
    /// Whether it loses nothing and is the only sensible outcome.
    pub safe: bool,
    /// The edits, in the order of applying.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that can be applied unasked.
    fn safe(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), safe: true, edits }
    }

    /// A fix that a person has to choose.
    fn offer(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), safe: false, edits }
    }
}

/// All problems of a document, by place in it and then by severity; absent fields stand before present ones.
pub fn check(root: &Value, context: &Context) -> Vec<Problem> {
    walk::problems(root, context).into_iter().map(Arc::unwrap_or_clone).collect()
}

/// How many problems of each severity there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// These block a send.
    pub errors: usize,
    /// These are listed in the review.
    pub warnings: usize,
    /// These only inform.
    pub hints: usize,
}

/// Whether a rule is about a value that may be a secret: such a value is not repeated beside its problem.
pub fn tells_secret(code: &str) -> bool {
    ["url-credentials", "secret-like"].contains(&code)
}

impl Counts {
    /// Counts one more problem.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Hint => self.hints += 1,
        }
    }

    /// The severity of the gravest.
    pub const fn worst(self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { hints: 1.., .. } => Some(Severity::Hint),
            Self { errors: 0, warnings: 0, hints: 0 } => None,
        }
    }

    /// Counts one problem less.
    pub fn remove(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors = self.errors.saturating_sub(1),
            Severity::Warning => self.warnings = self.warnings.saturating_sub(1),
            Severity::Hint => self.hints = self.hints.saturating_sub(1),
        }
    }
}

/// Counts problems by severity.
pub fn count(problems: &[Problem]) -> Counts {
    let mut counts = Counts::default();
    for problem in problems {
        counts.add(problem.severity);
    }
    counts
}
