//! The conversation of `docs/plain.md`: a problem that is reported and fixed, and a run sent to the sandbox on plain lines.

use crate::app::script::GOOD;
use crate::plain::PlainSession;

const ANSWERS: [&str; 8] = [":go result", "FAILED", "f", "-10m", ":send", "y", ":quit", "2"];

pub(super) fn conversation() -> String {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&ANSWERS);
    assert!(talk.has_quit(), "{}", talk.transcript());
    format!("```text\n$ sei-compose --plain run.json\n{}```\n", talk.transcript())
}
