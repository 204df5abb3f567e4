//! Requests and replies as plain data: environment, request, reply, key.
//!
//! An [`Environment`] and a document make a [`Request`]. The sender adds the [`Secret`] and returns
//! a [`Reply`] or a [`Failure`]. [`explain()`] describes what the result means in SEI. This module
//! opens no socket and reads no clock, and only [`Secret`] holds a key.

mod address;
mod attempt;
mod environment;
mod explain;
mod identity;
mod instance;
mod key_note;
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
    BodyFormat, DEFAULT_KEY_VARIABLE, Environment, FieldNames, RETIRED_ON, SANDBOX, Scheme, built_in, dated,
    find,
};
pub use explain::{Explanation, Suggestion, explain};
pub use identity::{RunIdentity, identity};
pub use instance::{FoundInstance, instance_of, lacks_instance};
pub use key_note::{KeyNote, is_of_company, key_note};
pub use leak::{KeyLeak, key_leak, place_of_leak};
pub use redactor::Redactor;
pub use render::{as_curl, as_http, shell_word};
pub use reply::{
    AS_ASKED, DROPPED, Failure, FailureKind, NO_INSTANCE, Outcome, Reply, SEEN_BEFORE, VERDICT_HEADER,
    guid_of, outcome,
};
pub use request::{
    RUN_MESSAGE, Request, RequestPurpose, create_instance, job_run, read_instance, with_names, wrap,
};
pub use screen_redactor::ScreenRedactor;
pub use secret::{Secret, SecretError};
pub use shape::RequestShape;
pub use source::{KeySource, is_variable};
