//! The reply names the keys that lead on from it, and they work where they are read.

use sei_compose::app::{Msg, NetworkMsg};

use super::script::{GOOD, Script, reply};

/// A script that reads the reply to its run.
fn answered(status: u16) -> Script {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let ticket = script.ticket();
    script.tell(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(status, "{}")) }));
    assert_eq!(script.overlays(), ["reply"]);
    script
}

#[test]
fn a_refused_key_names_the_key_that_takes_another_one() {
    let mut script = answered(401);
    script.shows("^K takes another key for this session").shows("F2 chooses another environment");
    script.keys("ctrl-k");
    assert_eq!(script.overlays(), ["key"]);
    let mut script = answered(401);
    script.keys("f2");
    assert_eq!(script.overlays(), ["Environment"]);
}

#[test]
fn a_server_in_trouble_names_the_key_that_sends_again() {
    let mut script = answered(503);
    script.shows("F5 reviews the run; Enter there sends it again").keys("f5");
    assert_eq!(script.overlays(), ["review"]);
}

#[test]
fn a_key_that_is_no_way_on_leaves_the_reply_open() {
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
    let verdict = Some("dropped: No instance with the GUID “x” was made here.".to_owned());
    let told = sei_compose::wire::Reply { verdict, ..reply(202, "{}") };
    script.tell(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(told) }));
    script.shows("F6 makes an instance and fills its GUID in").keys("f6 down enter");
    assert_eq!(script.overlays(), ["waiting"]);
}
