//! The conversation of `docs/plain.md`: a problem is reported and fixed, and a run is sent to the
//! an environment in plain mode.

use crate::app::script::GOOD;
use crate::plain::PlainSession;

const ANSWERS: [&str; 6] = [":env eu", ":go result", "FAILED", "f", "-10m", ":send"];

pub(super) fn conversation() -> String {
    let mut session = PlainSession::on(GOOD);
    session
        .answers(&ANSWERS)
        .types("eyJrZXkiOiJacTgxdldrNDFtUXg5VHozc0VpIiwiaWQiOiI3IiwiY29tcGFueSI6InNob3AifQ==")
        .answers(&["eu", ":quit", "2"]);
    assert!(session.has_quit(), "{}", session.transcript());
    format!("```text\n$ sei-compose --plain run.json\n{}```\n", session.transcript())
}
