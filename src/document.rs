//! The payload being composed: lossless JSON, paths, edits with inverses, undo.
//!
//! A document is one JSON value that keeps the order of keys, duplicate keys, and the spelling of
//! numbers. It accepts any valid JSON; `check` decides whether SEI accepts the content. Every
//! change is an [`Edit`] with an inverse, and [`Document`] stores the inverses.
//!
//! Uses no screen, file or server. Asks the catalog only for the place of a new value: the order of
//! the fields of a record, and which objects have free keys.

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
pub use size::DocumentSize;
pub use syntax::{SyntaxError, line_column};
pub use value::{Object, Value, ValueKind};
pub use write::{compact_len, write_compact, write_pretty};

/// The largest depth of nested lists and objects. Deeper text and deeper edits are refused, so that
/// no recursion over a document exhausts the stack.
pub const MAX_DEPTH: usize = 256;
