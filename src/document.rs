//! The payload being composed: lossless JSON, paths, edits with inverses, undo.
//!
//! A document is one JSON value that keeps what it was given: the order of keys, duplicate keys, and the
//! spelling of numbers. It is never rejected for what it says; whether SEI would like it is for `check` to
//! tell. Every change is an [`Edit`] that knows its inverse, and [`Document`] remembers the inverses.
//!
//! Nothing here knows a screen, a file or a server. The catalog is asked only where a new value goes: in
//! which order the fields of a record stand, and which objects take free keys.

mod comparison;
mod difference;
mod edit;
mod history;
mod line;
mod locate;
mod number;
mod place;
mod pointer;
mod read;
mod scan;
mod size;
mod syntax;
mod value;
mod write;

pub use comparison::{Change, changes};
pub use difference::difference;
pub use edit::{Edit, EditError, apply};
pub use history::{Document, HistoryStep};
pub use line::{JsonLine, TokenKind, line_count, line_near, line_of, lines};
pub use locate::{Duplicate, Places, Span, duplicate_keys, locate};
pub use number::Number;
pub use place::{clear, set};
pub use pointer::{Pointer, PointerError, Token};
pub use read::read;
pub use scan::{place_at, tokens};
pub use size::Size;
pub use syntax::{SyntaxError, line_column};
pub use value::{Object, Value, ValueKind};
pub use write::{compact_len, write_compact, write_pretty};

/// How many lists and objects may stand inside each other; deeper text is not read and deeper edits are
/// refused, so that no walk over a document can exhaust the stack.
pub const MAX_DEPTH: usize = 256;
