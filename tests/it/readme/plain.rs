//! The conversation of `docs/plain.md`: a problem is reported and fixed, and a run is sent to the
//! sandbox in plain mode.

use crate::app::script::GOOD;
use crate::plain::PlainSession;

const ANSWERS: [&str; 8] = [":go result", "FAILED", "f", "-10m", ":send", "y", ":quit", "2"];

pub(super) fn conversation() -> String {
    let mut session = PlainSession::on(GOOD);
    session.answers(&ANSWERS);
    assert!(session.has_quit(), "{}", session.transcript());
    format!("```text\n$ sei-compose --plain run.json\n{}```\n", session.transcript())
}
