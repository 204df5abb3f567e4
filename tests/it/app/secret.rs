//! A typed key is on no screen and in no `Debug` text.

use sei_compose::app::{Effect, KeyEffect};

use super::script::{GOOD, Script};

const KEY: &str = "pk.Zx81Qv77";

#[test]
fn a_typed_key_is_never_shown_nor_debug_printed() {
    let mut script = Script::on(GOOD);
    script.guard(KEY).sends_to("levelops").keys("f5 enter").types(KEY);
    script.shows("•••••••••••").keys("enter");
    let effects = script.effects();
    assert!(matches!(&effects[..], [Effect::Key(KeyEffect::KeepKey { key, .. })] if key.expose() == KEY));
    assert!(!format!("{effects:?}").contains(KEY));
    script.keys("enter f11 f11 alt-5 f1 esc").asks("enter-key");
}

#[test]
fn a_pasted_key_is_never_shown_nor_debug_printed() {
    let mut script = Script::on(GOOD);
    script.guard(KEY).keys("ctrl-k").paste(&format!("{KEY}\n")).shows("•••••••••••").keys("enter");
    let effects = script.effects();
    assert!(matches!(&effects[..], [Effect::Key(KeyEffect::KeepKey { key, .. })] if key.expose() == KEY));
    assert!(script.notice().contains("this session only"), "{}", script.notice());
    script.shows("key typed (this session)");
}

#[test]
fn an_invalid_key_is_refused_without_repeating_it() {
    let mut script = Script::on(GOOD);
    script.guard("Zx81").keys("ctrl-k").types("Zx81“").keys("enter");
    assert_eq!(script.overlays(), ["key"]);
    script.shows("a curly quote").keys("backspace enter");
    assert!(script.overlays().is_empty());
    assert_eq!(script.effects().len(), 1);
}

#[test]
fn a_key_prompt_left_by_escape_keeps_nothing() {
    let mut script = Script::on(GOOD);
    script.guard(KEY).sends_to("levelops").keys("ctrl-k").types(KEY).keys("esc");
    assert!(script.effects().is_empty());
    assert_eq!(script.model.chosen().unwrap().key, None);
    script.shows("no key");
}

#[test]
fn json_pasted_into_the_key_prompt_offers_nothing() {
    let mut script = Script::on(GOOD);
    script.keys("ctrl-k").paste(r#"{"pipeline":"x"}"#);
    assert_eq!(script.overlays(), ["key"]);
}
