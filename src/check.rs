//! Diagnostics: what SEI would drop, alter or misread, each with code, place, loss, reason and fixes.
//!
//! A rule is an entry of [`rules`]: a code that never changes its meaning, a severity, the evidence
//! and explanations. One walk over the document calls the rules of each place. A problem names the
//! wrong value in one sentence. Its fixes are edits, so each fix can be undone. A value with one
//! fault is not reported for the consequences of that fault. The checks do not read a clock:
//! [`Context`] holds the current time and other facts that are not in a document. Without such a
//! fact, the rules that need it report nothing.
//!
//! Imports run downwards: `session` and `checker`, which other modules use, call the `walk`. The
//! walk and the `table` of rules call the families. A family reads and writes the `report`, and
//! finds fields with `plan` and `fields`. All other modules handle single values.

mod cache;
mod checker;
mod context;
mod excess;
mod family;
mod fields;
mod loss;
mod phrase;
mod place;
mod placeholder;
mod plan;
mod problem;
mod redact;
mod repair;
mod repeat;
mod report;
mod retype;
mod rule;
mod session;
mod table;
mod time_range;
mod walk;

pub use crate::catalog::Evidence;
pub use checker::Checker;
pub use context::{Context, JobValues, KnownInstance, PreviousRun, ResultCase, UncountedMetric};
pub use family::artifact::is_mutable;
pub use family::identity::is_uuid;
pub use family::outcome::is_documented as is_documented_result;
pub use family::raw::{RawMark, RawProblem, raw};
pub use family::secret::is_secret_name;
pub use loss::Loss;
pub use phrase::quote;
pub use placeholder::find as placeholder;
pub use plan::limit as stored_length;
pub use problem::{Counts, Fix, Problem, ProblemRank, Severity, count};
pub use rule::Rule;
pub use session::{CheckSession, Silenced};
pub use table::{has_secret, rule, rules};
pub use walk::check;
