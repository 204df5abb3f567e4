//! The first screen with a blank run, and the key in the header.

use sei_compose::app::{Msg, NetworkMsg};

use super::script::{GOOD, Script, reply};

/// Wide with both panes, the classic terminal, the smallest.
const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (50, 12)];

/// Whether the first line calls the run blank.
fn is_pristine(script: &Script) -> bool {
    script.screen().lines().next().unwrap().contains("empty")
}

#[test]
fn a_blank_run_shows_no_errors_before_the_first_action() {
    for (columns, rows) in SIZES {
        let mut script = Script::new();
        script.sized(columns, rows).hides("✗").hides("refuses").keys("tab tab");
        script.hides("✗").hides("refuses");
        assert!(is_pristine(&script));
        script.keys("alt-2 'nightly'").shows("✗");
        assert!(!is_pristine(&script));
    }
}

#[test]
fn a_blank_run_shows_its_errors_on_request() {
    for keys in ["f7", "f5 esc", "alt-5"] {
        for (columns, rows) in SIZES {
            let mut script = Script::new();
            script.sized(columns, rows).keys(keys).shows("✗");
            assert!(!is_pristine(&script), "{keys}");
        }
    }
}

#[test]
fn on_the_tour_a_blank_run_points_to_the_card() {
    for (columns, rows) in [(120, 36), (80, 24)] {
        let mut script = Script::new();
        script.sized(columns, rows).model.settings.demo = true;
        script.asks("tour").shows("The card below shows the first step").hides("the guided tour");
    }
}

#[test]
fn the_header_shows_the_source_of_the_key_in_the_available_columns() {
    let mut script = Script::on(GOOD);
    let place = script.model.sending.environment;
    script.model.sending.environments.get_mut(place).unwrap().key = None;
    script.sized(80, 24).shows("no key");
    script.keys("ctrl-k 'first' enter").shows("typed key").sized(120, 36).shows("key typed (this session)");
    for (source, brief) in [
        ("HARNESS_SEI_API_KEY", "env key"),
        ("the keyring", "keyring key"),
        ("the command pass", "command key"),
        ("the demo", "demo key"),
        ("the import, this session", "import key"),
    ] {
        script.model.sending.environments.get_mut(place).unwrap().key = Some(source.to_owned());
        let wide = format!("key from {}", source.trim_start_matches("the ").split(',').next().unwrap());
        script.sized(80, 24).shows(brief).sized(120, 36).shows(&wide);
    }
}

/// The environment answers the request with this status.
fn answered(script: &mut Script, status: u16) {
    let ticket = script.model.sending.in_flight.as_ref().unwrap().ticket;
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(status, "{}")) })).keys("esc");
}

#[test]
fn a_refused_key_is_marked_until_another_is_given_or_a_request_is_accepted() {
    for status in [401, 403] {
        let mut script = Script::on(GOOD);
        script.keys("f5 enter").effects();
        answered(&mut script, status);
        for (columns, rows) in SIZES {
            script.sized(columns, rows).shows("key refused");
        }
        script.keys("f5 enter").effects();
        answered(&mut script, 500);
        script.shows("key refused").keys("f5 enter").effects();
        answered(&mut script, 200);
        script.hides("key refused").keys("f5 enter").effects();
        answered(&mut script, status);
        script.shows("key refused").keys("ctrl-k 'another' enter").hides("key refused");
    }
}
