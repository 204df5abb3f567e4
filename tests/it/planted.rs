//! A planted key goes through the program, and no output may contain it.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test stops at the first surprise")]

mod command;
pub(crate) mod echo;
mod frame;
mod headless;
mod holder;
pub(crate) mod home;
pub(crate) mod search;
mod spelling;

/// A key in the format of a real one, with every character that an encoding changes.
pub(crate) const KEY: &str = r#"pat.Zq81+vW/k%41"m'Qx\9~T&z3=sEi"#;
