//! Diagnostics: what SEI would drop, alter or misread, each with code, place, reason and fixes.
//!
//! A rule is an entry of [`rules`]: a code that never changes its meaning, a severity, the evidence behind it and
//! words about it. One walk over the document asks the rules of each place; a problem names the offending value in one
//! sentence, and its fixes are edits, so that whoever applies one can undo it. A value with one fault is not reported
//! for the consequences of that fault. What runs here knows no clock: the present comes in by [`Context`], with other
//! things that a document cannot tell, and rules that need what is absent there stay silent.
//!
//! Imports run downwards: `session` and `checker`, which others use, call the `walk`; the walk and the `table` of rules
//! call the families; a family reads and writes the `report`, and finds fields by `plan` and `fields`. Everything else
//! knows single values.

mod cache;
mod checker;
mod context;
mod excess;
mod family;
mod fields;
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
pub use context::{Context, KnownInstance, PreviousRun, ResultCase};
pub use family::raw::{RawMark, RawProblem, raw};
pub use family::secret::is_secret_name;
pub use placeholder::find as placeholder;
pub use problem::{Counts, Fix, Problem, Severity, count};
pub use rule::Rule;
pub use session::{CheckSession, Silenced};
pub use table::{has_secret, rule, rules};
pub use walk::check;
