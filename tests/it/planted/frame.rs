//! A key that stands in the payload, on frames of any size and in each form that the program shows it in.

use sei_compose::app::{self, Effect, KeyEffect, Msg, RecoveryEffect};
use sei_compose::document::read;
use sei_compose::plain::Conversation;
use sei_compose::wire::{Origin, Secret};

use super::home::run;
use crate::app::script::Script;

/// A key of which no part is a word of the program.
const KEY: &str = "SEIKEY-4f9c2b7e1d8a6035";

/// As many letters of it in a row are too many.
const TOO_MANY: usize = 5;

/// What there is to see from: columns, rows, and the letters before the key.
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

/// A run with the key in its address behind so many letters.
fn held(before: usize) -> String {
    let address = format!("https://x.example/{}/{KEY}/y", "a".repeat(before));
    run().replace("https://ci.shop.example/shop/checkout-service/1482", &address)
}

/// A session with such a run that knows the key.
fn session(before: usize) -> Script {
    let mut script = Script::on(&run());
    script.model.keys.known = vec![Secret::new(KEY, Origin::of("https://x.example").unwrap()).unwrap()];
    app::open_document(&mut script.model, read(&held(before)).unwrap());
    script
}

/// The part of the key that is on the screen.
fn part_on(screen: &str) -> Option<&str> {
    let mut parts = KEY.as_bytes().windows(TOO_MANY).map(|part| std::str::from_utf8(part).unwrap());
    parts.find(|part| screen.contains(part))
}

/// Looks at a session while keys are pressed, from each point of view; without a veil there would be something to see.
fn look(keys: &[&str]) {
    let mut is_there = false;
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
            is_there |= part_on(&script.screen()).is_some();
            script.model.keys.known = known;
            script.model.settle();
        }
    }
    assert!(is_there, "the key was nowhere in sight on the way {keys:?}");
}

#[test]
fn no_part_of_a_key_is_on_a_form_of_the_payload() {
    let page = "ctrl-down ctrl-down";
    for start in ["f12", "f12 f11", "f12 f11 f11", "f12 f11 f11 f11"] {
        let keys: Vec<&str> = start.split(' ').chain([page; 3]).collect();
        look(&keys);
    }
}

#[test]
fn no_part_of_a_key_is_on_a_text_that_is_scrolled_sideways() {
    let down = "down down down down down down down down down down down down down";
    look(&[
        "alt-e",
        "ctrl-home",
        down,
        "end down",
        "left left left",
        "left left left",
        "left left left",
        "home",
    ]);
    look(&["ctrl-f", "'x.example'", "enter"]);
    look(&["ctrl-f", "'/y\"'", "enter", "esc"]);
}

#[test]
fn no_part_of_a_key_is_in_a_field_whose_end_is_in_sight() {
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
        script.keys("ctrl-u").types("SEIKEY-4").shows("nothing found");
    }
}

#[test]
fn a_key_in_the_place_of_a_command_is_not_said_in_small_letters() {
    let script = session(4);
    let mut talk = Conversation::new(&script.model);
    talk.turn(&script.model);
    talk.on_line(&script.model, &format!(":{KEY}"));
    let said = talk.turn(&script.model).lines.join("\n");
    assert!(said.contains("There is no command") && said.contains('•'), "{said}");
    assert_eq!(part_on(&said), None);
    assert!(!said.contains("f9c2b7"), "{said}");
}

#[test]
fn work_on_disk_is_written_anew_once_a_key_is_known() {
    let mut script = Script::on(&run());
    script
        .sends_to("prod2")
        .go("/branch_name")
        .keys("ctrl-u")
        .types(KEY)
        .wait(2_000)
        .tell(Msg::Wake)
        .settles();
    script.keys("ctrl-k").types(KEY).keys("enter");
    let effects = script.effects();
    let known = effects.iter().position(|effect| matches!(effect, Effect::Key(KeyEffect::KeepKey { .. })));
    let written =
        effects.iter().position(|effect| matches!(effect, Effect::Recovery(RecoveryEffect::KeepWork { .. })));
    assert!(known.is_some() && known < written, "{effects:?}");
}
