//! Sending: environment, key, GUID, review, reply, journal.

pub(in crate::app::update) mod accepted;
pub(in crate::app::update) mod guid;
pub(in crate::app::update) mod instance;
pub(in crate::app::update) mod journal;
pub(in crate::app::update) mod key;
pub(in crate::app::update) mod received_run;
pub(in crate::app::update) mod reply;
pub(in crate::app::update) mod request;
pub(in crate::app::update) mod review;
pub(in crate::app::update) mod verify;
