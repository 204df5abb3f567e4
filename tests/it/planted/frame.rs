//! A key in the payload, on frames of any size and in each view of the program.

use sei_compose::app::{self, Effect, KeyEffect, Msg, RecoveryEffect};
use sei_compose::document::read;
use sei_compose::plain::Conversation;
use sei_compose::wire::{Origin, Secret};

use super::home::run;
use crate::app::script::Script;

/// A key whose parts are not words of the program.
const KEY: &str = "SEIKEY-4f9c2b7e1d8a6035";

/// This many letters of it in a row are a leak.
const TOO_MANY: usize = 5;

/// The views: columns, rows, and the number of letters before the key.
const VIEWS: [(u16, u16, usize); 10] = [
    (50, 12, 0),
    (50, 12, 9),
    (57, 20, 14),
    (63, 16, 3),
    (72, 18, 20),
    (80, 24, 7),
    (80, 24, 17),
    (97, 30, 11),
    (110, 33, 23),
    (130, 40, 5),
];

/// A run with the key in its address after this many letters.
fn run_with_key(before: usize) -> String {
    let address = format!("https://x.example/{}/{KEY}/y", "a".repeat(before));
    run().replace("https://ci.shop.example/shop/checkout-service/1482", &address)
}

/// A session with this run that knows the key.
fn session(before: usize) -> Script {
    let mut script = Script::on(&run());
    script.model.keys.known = vec![Secret::new(KEY, Origin::of("https://x.example").unwrap()).unwrap()];
    app::open_document(&mut script.model, read(&run_with_key(before)).unwrap());
    script
}

/// The part of the key on the screen.
fn part_on(screen: &str) -> Option<&str> {
    let mut parts = KEY.as_bytes().windows(TOO_MANY).map(|part| std::str::from_utf8(part).unwrap());
    parts.find(|part| screen.contains(part))
}

/// Presses the keys in each view and checks each frame; without the redactor, the key would be
/// visible.
fn assert_redacted(keys: &[&str]) {
    let mut is_visible = false;
    for (columns, rows, before) in VIEWS {
        let mut script = session(before);
        script.sized(columns, rows);
        for press in keys {
            script.keys(press);
            let screen = script.screen();
            let found = part_on(&screen);
            assert!(found.is_none(), "{columns}x{rows}, {before}, {press}: {found:?} is on\n{screen}");
            let known = std::mem::take(&mut script.model.keys.known);
            script.model.settle();
            is_visible |= part_on(&script.screen()).is_some();
            script.model.keys.known = known;
            script.model.settle();
        }
    }
    assert!(is_visible, "the key would not be visible after {keys:?}");
}

#[test]
fn no_part_of_a_key_is_in_a_view_of_the_payload() {
    let page = "ctrl-down ctrl-down";
    for start in ["f12", "f12 f11", "f12 f11 f11", "f12 f11 f11 f11"] {
        let keys: Vec<&str> = start.split(' ').chain([page; 3]).collect();
        assert_redacted(&keys);
    }
}

#[test]
fn no_part_of_a_key_is_in_a_text_that_is_scrolled_sideways() {
    let down = "down down down down down down down down down down down down down";
    assert_redacted(&[
        "alt-e",
        "ctrl-home",
        down,
        "end down",
        "left left left",
        "left left left",
        "left left left",
        "home",
    ]);
    assert_redacted(&["ctrl-f", "'x.example'", "enter"]);
    assert_redacted(&["ctrl-f", "'/y\"'", "enter", "esc"]);
}

#[test]
fn no_part_of_a_key_is_in_a_field_with_a_visible_end() {
    for (columns, rows, before) in VIEWS {
        let mut script = session(before);
        script.sized(columns, rows).go("/web_url").keys("'z' backspace");
        let back = std::iter::repeat_n("left", 30);
        for press in std::iter::once("end").chain(back).chain(["home"]) {
            script.keys(press);
            let screen = script.screen();
            assert_eq!(part_on(&screen), None, "{columns}x{rows}, {before}, {press}\n{screen}");
        }
    }
}

#[test]
fn no_part_of_a_key_is_in_a_dialog_about_the_payload() {
    for start in ["alt-p", "f5", "alt-c", "f1", "alt-w", "f7", "f3", "f9"] {
        for (columns, rows, before) in VIEWS {
            let mut script = session(before);
            script.sized(columns, rows).keys(start);
            for press in ["enter", "down", "pagedown", "down down", "pagedown"] {
                let screen = script.screen();
                assert_eq!(part_on(&screen), None, "{columns}x{rows}, {before}, {start}, {press}\n{screen}");
                script.keys(press);
            }
        }
    }
}

#[test]
fn a_search_finds_no_part_of_a_key() {
    for form in ["", "f11", "f11 f11"] {
        let mut script = session(4);
        script.sized(130, 40).keys(form).keys("ctrl-f").types("x.example").shows("1 of");
        script.keys("ctrl-u").types("SEIKEY-4").shows("no match");
    }
}

#[test]
fn a_key_in_the_place_of_a_command_is_not_printed_in_lower_case() {
    let script = session(4);
    let mut talk = Conversation::new(&script.model);
    talk.turn(&script.model);
    talk.on_line(&script.model, &format!(":{KEY}"));
    let said = talk.turn(&script.model).lines.join("\n");
    assert!(said.contains("No command is called") && said.contains('•'), "{said}");
    assert_eq!(part_on(&said), None);
    assert!(!said.contains("f9c2b7"), "{said}");
}

#[test]
fn unsaved_work_on_disk_is_written_again_when_a_key_becomes_known() {
    let mut script = Script::on(&run());
    script
        .sends_to("prod2")
        .go("/branch_name")
        .keys("ctrl-u")
        .types(KEY)
        .wait(2_000)
        .receive(Msg::Wake)
        .settles();
    script.keys("ctrl-k").types(KEY).keys("enter");
    let effects = script.effects();
    let known = effects.iter().position(|effect| matches!(effect, Effect::Key(KeyEffect::KeepKey { .. })));
    let written =
        effects.iter().position(|effect| matches!(effect, Effect::Recovery(RecoveryEffect::KeepWork { .. })));
    assert!(known.is_some() && known < written, "{effects:?}");
}
