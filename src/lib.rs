//! A terminal composer for the job-run payloads of the Harness SEI Custom CI/CD API.

pub mod app;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod document;
pub mod draft;
pub mod import;
pub mod keymap;
pub mod runtime;
pub mod sandbox;
pub mod text;
pub mod time;
pub mod ui;
pub mod wire;
pub mod world;
