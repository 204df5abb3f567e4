//! A document on its way out, as plain data: environment, request, reply, key.
//!
//! The life of a request: an [`Environment`] and a document make a [`Request`]; the sender adds the [`Secret`] and
//! comes back with a [`Reply`] or a [`Failure`]; [`explain()`] says what that means in SEI's world. Nothing here
//! opens a socket, reads a clock or knows who waits for the answer, and no type but [`Secret`] ever holds a key.

mod address;
mod attempt;
mod environment;
mod explain;
mod identity;
mod leak;
mod redactor;
mod render;
mod reply;
mod request;
mod screen_redactor;
mod secret;
mod shape;
mod source;
mod spelling;

pub use address::{BaseError, Origin, with_server};
pub use attempt::{AttemptProgress, AttemptStage, Cause, Patience, asked, cause, settle};
pub use environment::{
    BodyFormat, DEFAULT_KEY_VARIABLE, Environment, FieldNames, SANDBOX, Scheme, built_in, dated, find,
};
pub use explain::{Explanation, Suggestion, explain};
pub use identity::{RunIdentity, identity};
pub use leak::{KeyLeak, key_leak, place_of_leak};
pub use redactor::Redactor;
pub use render::{as_curl, as_http, shell_word};
pub use reply::{
    AS_ASKED, DROPPED, Failure, FailureKind, NO_INSTANCE, Outcome, Reply, SEEN_BEFORE, VERDICT_HEADER,
    guid_of, outcome,
};
pub use request::{RUN_MESSAGE, Request, RequestPurpose, create_instance, job_run, with_names, wrap};
pub use screen_redactor::ScreenRedactor;
pub use secret::{Secret, SecretError};
pub use shape::RequestShape;
pub use source::{KeySource, is_variable};
