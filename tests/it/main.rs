//! The tests, in one binary.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and reads what it tests"
)]

mod app;
mod catalog;
mod check;
mod cli;
mod document;
mod draft;
mod export;
mod import;
mod input;
mod journal;
mod journey;
mod keymap;
mod mapping;
mod network;
mod plain;
#[cfg(unix)]
mod planted;
mod property;
mod pty;
mod readme;
mod sandbox;
mod screen;
#[cfg(all(feature = "keyring", target_os = "linux"))]
mod secrets;
mod simulation;
mod text;
mod tidy;
mod time;
mod tour;
mod wire;
mod world;
