//! The picture of README.md: the demo's job run on a screen slightly smaller than the default, as
//! printed by the program.

use std::process::Command;

/// Moves past the result to the start time, which is in seconds.
const KEYS: &str = "alt-2 down down down down";

/// One hour after the run.
const NOW: &str = "2026-01-05T10:00:00Z";

pub(super) fn picture() -> String {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sei-compose"))
        .args(["demo", "--sample", "--screenshot", "text", "--size", "114x31", "--keys", KEYS])
        .env_clear()
        .env("SEI_COMPOSE_CONFIG_DIR", home.path())
        .env("SEI_COMPOSE_DATA_DIR", home.path())
        .env("SEI_COMPOSE_NOW", NOW)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    format!("```text\n{}```\n", String::from_utf8(output.stdout).unwrap())
}
