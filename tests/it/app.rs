//! Tests of `app`: keys in; document, overlays, notices, effects and screens out.

mod arrival;
mod begin;
mod compose;
mod corpus;
mod draft;
mod entry;
mod field;
mod guid;
mod history;
mod instance;
mod item;
mod journal;
mod key;
mod list;
mod moving;
mod odd;
mod paste;
mod problem;
mod recovery;
mod resend;
mod review;
pub(crate) mod script;
mod secret;
mod send;
mod shelf;
mod silence;
mod walk;
