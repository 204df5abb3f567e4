//! The families of rules: a file for each subject, with its rules and the functions that report
//! them.
//!
//! A rule is a constant, `GUID_NIL`, and a function of the same name, `guid_nil`. Functions without
//! a rule of their name decide which of several rules applies. Families write to a
//! [`Report`](super::report::Report). They depend neither on the walk that calls them nor on the
//! table of rules.

pub(super) mod address;
pub(super) mod artifact;
pub(super) mod commit;
pub(super) mod identity;
pub(super) mod instance;
pub(super) mod job;
pub(super) mod job_value;
pub(super) mod kind;
pub(super) mod length;
pub(super) mod moment;
pub(super) mod naming;
pub(super) mod outcome;
pub(super) mod parameter;
pub(super) mod phase;
pub(super) mod previous_run;
pub(super) mod profile;
pub(super) mod raw;
pub(super) mod secret;
pub(super) mod size;
pub(super) mod stage;
pub(super) mod stage_time;
pub(super) mod structure;
pub(super) mod text;
pub(super) mod theme;
pub(super) mod trigger;
pub(super) mod verdict;
