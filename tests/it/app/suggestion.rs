//! The reply suggests next steps with their keys, and the keys work in the reply.

use sei_compose::app::{Msg, NetworkMsg};

use super::script::{GOOD, Script, reply};

/// A script that shows the reply to its run.
fn answered(status: u16) -> Script {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(status, "{}")) }));
    assert_eq!(script.overlays(), ["reply"]);
    script
}

#[test]
fn a_refused_key_suggests_the_action_that_enters_another() {
    let mut script = answered(401);
    script.shows("^K type another key for this session").shows("F2 choose another environment");
    script.keys("ctrl-k");
    assert_eq!(script.overlays(), ["key"]);
    let mut script = answered(401);
    script.keys("f2");
    assert_eq!(script.overlays(), ["Environment"]);
}

#[test]
fn a_server_error_suggests_sending_again() {
    let mut script = answered(503);
    script.shows("F5 open the review; Enter sends again").keys("f5");
    assert_eq!(script.overlays(), ["review"]);
}

#[test]
fn a_key_without_a_suggestion_leaves_the_reply_open() {
    let mut script = answered(503);
    script.keys("f6 ctrl-k f2");
    assert_eq!(script.overlays(), ["reply"]);
}

#[test]
fn a_run_that_the_sandbox_drops_leads_to_its_guid() {
    let mut script = Script::on(GOOD);
    "4620".clone_into(&mut script.model.draft.integration);
    script.keys("f5 enter").effects();
    let ticket = script.ticket();
    let verdict = Some("dropped: No instance with the GUID “x” was created here.".to_owned());
    let answer = sei_compose::wire::Reply { verdict, ..reply(202, "{}") };
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(answer) }));
    script.shows("F6 create an instance and fill in its GUID").keys("f6 down enter");
    assert_eq!(script.overlays(), ["waiting"]);
}
