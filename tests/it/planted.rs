//! A key that is planted, driven through the program, and looked for in everything that comes out of it.

#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "a test stops at the first surprise")]

mod command;
pub(crate) mod echo;
mod frame;
mod headless;
mod holder;
pub(crate) mod home;
pub(crate) mod search;
mod spelling;

/// A key of the looks of a real one, with every sign that an encoding would change.
pub(crate) const KEY: &str = r#"pat.Zq81+vW/k%41"m'Qx\9~T&z3=sEi"#;
