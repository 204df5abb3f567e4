//! Keys that the program searches when it needs them.

use sei_compose::app::{Effect, KeyEffect, KeyReply, Msg, NetworkEffect};
use sei_compose::text::base64;
use sei_compose::wire::{Environment, KeySource, Scheme, Secret};

use super::script::{GOOD, Script};

const KEY: &str = "planted-key-7f3a";

/// A script whose sandbox gets its key from a command.
fn script(json: &str) -> Script {
    let mut script = Script::on(json);
    let place = script.model.sending.environment;
    let slot = script.model.sending.environments.get_mut(place).unwrap();
    slot.key = None;
    slot.environment.keys =
        vec![KeySource::Variable("LAB_KEY".to_owned()), KeySource::Command("pass show sei".to_owned())];
    script.guard(KEY);
    script
}

fn found(script: &Script) -> Msg {
    let origin = script.model.chosen().unwrap().environment.origin().unwrap();
    let key = Secret::new(KEY, origin).unwrap();
    Msg::Key(KeyReply::KeyFound {
        environment: "sandbox".to_owned(),
        result: Ok(("the command pass".to_owned(), key)),
    })
}

fn searches(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Key(KeyEffect::FindKey { .. }))).count()
}

#[test]
fn a_review_looks_for_the_key_and_the_send_waits_for_it() {
    let mut script = script(GOOD);
    assert_eq!(searches(&script.effects()), 0, "nothing is asked before it is needed");
    script.keys("f5").shows("looking it up");
    assert_eq!(searches(&script.effects()), 1);
    script.keys("enter").shows("looking it up");
    assert_eq!(script.effects(), []);
    script.receive(found(&script)).shows("from the command pass");
    assert!(matches!(&script.effects()[..], [Effect::Key(KeyEffect::KeepKey { .. })]));
    script.keys("enter");
    assert!(matches!(&script.effects()[..], [Effect::Network(NetworkEffect::Post { .. })]));
}

#[test]
fn a_search_without_result_shows_the_reason_and_the_key_can_be_typed() {
    let mut script = script(GOOD);
    script.keys("f5").effects();
    let why = "No key for Sandbox: the command pass failed with exit code 1.".to_owned();
    script.receive(Msg::Key(KeyReply::KeyFound { environment: "sandbox".to_owned(), result: Err(why) }));
    script.shows("failed with exit code 1").keys("enter");
    assert_eq!(script.overlays(), ["review", "key"]);
    script.keys("esc esc f5");
    assert_eq!(searches(&script.effects()), 1, "it may work another time");
}

#[test]
fn the_prompt_names_the_sources_of_the_environment_and_why_the_search_failed() {
    let why = "No key for Sandbox: set LAB_KEY to your API key; the command pass failed with exit code 2; \
               the keyring has no key for sandbox at http://127.0.0.1:4620. A sandbox accepts any\u{7}text at the end.";
    let mut script = script(GOOD);
    for (columns, rows) in [(120, 36), (80, 24), (60, 20)] {
        script.sized(columns, rows).keys("f5");
        script.effects();
        script.receive(Msg::Key(KeyReply::KeyFound {
            environment: "sandbox".to_owned(),
            result: Err(why.to_owned()),
        }));
        script.keys("enter");
        assert_eq!(script.overlays(), ["review", "key"]);
        let words: Vec<String> = script.screen().split_whitespace().map(str::to_owned).collect();
        let words = words.join(" ").replace(" │ │ ", " ");
        for part in ["failed", "with", "exit", "code", "2;", "LAB_KEY", "at", "the", "end."] {
            assert!(words.contains(part), "{part}: {words}");
        }
        script.hides("HARNESS_SEI_API_KEY").hides("\u{7}");
        script.shows("Enter use").keys("esc esc");
    }
    script
        .sized(120, 36)
        .keys("ctrl-k")
        .shows("Later sessions read it from the")
        .shows("then the command pass.");
    script.keys("' ' enter").shows("the key is empty");
    script.keys("'typed' enter f5").shows("typed this session").hides("exit code 2");
}

#[test]
fn the_sources_of_each_environment_are_shown() {
    let table = [
        ("", false, "set the variable SEI_KEY."),
        ("", true, "set the variable SEI_KEY."),
        ("env:LAB", false, "set the variable LAB."),
        ("command:pass x", false, "from the command pass."),
        ("keyring", false, "from the keyring."),
        ("file:/k", true, "from the file /k."),
        ("env:A command:b file:/c", true, "from the variable A, then the command b, then the file /c."),
    ];
    let mut script = Script::new();
    for (sources, has_keyring, words) in table {
        script.model.settings.has_keyring = has_keyring;
        let environment = Environment {
            key_variable: "SEI_KEY".to_owned(),
            keys: sources.split_whitespace().filter_map(KeySource::read).collect(),
            ..Environment::custom("lab", "Lab", "https://lab.example").unwrap()
        };
        let description = script.model.key_keeping(&environment);
        assert!(description.ends_with(words), "{sources}: {description}");
    }
}

#[test]
fn generating_continues_when_the_key_is_found() {
    let mut script = script("{}");
    script.keys("tab 'Acme CI' tab tab '4620' f6");
    assert_eq!(searches(&script.effects()), 1);
    assert!(script.notice().contains("looked up"), "{}", script.notice());
    script.receive(found(&script));
    assert!(matches!(
        &script.effects()[..],
        [Effect::Key(KeyEffect::KeepKey { .. }), Effect::Network(NetworkEffect::Post { .. })]
    ));
}

#[test]
fn a_key_typed_during_the_search_is_kept() {
    let mut script = script(GOOD);
    script.keys("f5 ctrl-k 'typed' enter").effects();
    script.receive(found(&script));
    assert_eq!(script.effects(), []);
    script.shows("typed this session");
}

#[test]
fn without_a_slow_source_no_search_runs() {
    let mut script = Script::on(GOOD);
    let place = script.model.sending.environment;
    script.model.sending.environments.get_mut(place).unwrap().key = None;
    script.keys("f5 enter");
    assert_eq!(script.overlays(), ["review", "key"]);
    assert_eq!(searches(&script.effects()), 0);
}

#[test]
fn an_unusable_key_is_reported_with_its_reason() {
    let mut script = Script::on(GOOD);
    let place = script.model.sending.environment;
    let slot = script.model.sending.environments.get_mut(place).unwrap();
    slot.key = None;
    slot.fault = Some("LAB_KEY holds no usable key: the key holds a space at character 4".to_owned());
    for (columns, rows) in [(120, 36), (80, 24)] {
        script.sized(columns, rows).shows("key unusable").hides("no key");
        script.keys("f2 'sandbox'").shows("key unusable").keys("esc");
        script.keys("f5").shows("unusable: LAB_KEY holds no usable key").keys("enter");
        assert_eq!(script.overlays(), ["review", "key"]);
        script.shows("LAB_KEY holds no usable key").keys("esc esc");
    }
    script.keys("f5 enter 'typed' enter").shows("typed this session").keys("esc").hides("unusable");
}

/// A script on an environment without a key, with a usable keyring.
fn with_keyring() -> Script {
    let mut script = Script::on(GOOD);
    script.guard(KEY).sends_to("levelops").model.settings.has_keyring = true;
    script
}

fn kept(result: Result<(), &str>) -> Msg {
    Msg::Key(KeyReply::KeyStored {
        environment: "levelops".to_owned(),
        result: result.map_err(str::to_owned),
    })
}

#[test]
fn a_typed_key_is_saved_in_the_keyring_only_on_request() {
    let mut script = with_keyring();
    script.keys("ctrl-k").types(KEY).shows("[ ] also in the keyring of this system").keys("enter");
    assert!(matches!(&script.effects()[..], [Effect::Key(KeyEffect::KeepKey { .. })]));
    script.asks("keep-key");
    assert!(
        matches!(&script.effects()[..], [Effect::Key(KeyEffect::StoreKey { environment })] if environment.id == "levelops")
    );
    script.receive(kept(Err("the keyring is locked"))).shows("session only: the keyring is locked.");
    script.shows("key typed (this session)");

    let mut script = with_keyring();
    script.keys("ctrl-k").types(KEY).keys("tab tab tab").shows("[x] also in the keyring").keys("enter");
    assert!(matches!(
        &script.effects()[..],
        [Effect::Key(KeyEffect::KeepKey { .. }), Effect::Key(KeyEffect::StoreKey { .. })]
    ));
    script.receive(kept(Ok(()))).shows("key from keyring");
}

#[test]
fn an_unusable_keyring_is_not_offered() {
    for prepare in [
        |script: &mut Script| script.model.settings.has_keyring = false,
        |script: &mut Script| script.model.settings.demo = true,
        |script: &mut Script| script.model.settings.read_only = true,
        |script: &mut Script| {
            script.sends_to("sandbox");
        },
    ] {
        let mut script = with_keyring();
        prepare(&mut script);
        script.keys("ctrl-k").types(KEY).keys("tab");
        assert!(!script.screen().contains("keyring"), "{}", script.screen());
        script.keys("enter").effects();
        script.asks("keep-key");
        assert_eq!(script.effects(), []);
    }
    let mut script = with_keyring();
    script.asks("keep-key").shows("^K asks for a key");
    assert_eq!(script.effects(), []);
}

#[test]
fn the_keyring_is_read_only_when_a_key_is_needed() {
    let mut script = with_keyring();
    assert_eq!(searches(&script.effects()), 0);
    script.keys("f5");
    assert_eq!(searches(&script.effects()), 1);
}

#[test]
fn on_the_smallest_screen_the_typed_key_is_visible_and_sentences_are_dropped() {
    let mut script = with_keyring();
    script.model.settings.demo = true;
    script.sized(50, 12).keys("alt-t ctrl-k 'abc'").shows("•••").shows("Enter use");
}

/// A key in the form of SEI, which holds the planted key.
fn sei_key() -> String {
    base64(format!(r#"{{"key":"{KEY}","id":"i","company":"planted-shop"}}"#).as_bytes())
}

#[test]
fn the_prompt_says_what_a_key_is_as_it_is_typed_and_the_review_repeats_a_warning() {
    let own = sei_key();
    for (columns, rows) in [(120, 36), (80, 24), (60, 20)] {
        let mut script = Script::on(GOOD);
        script.guard(own.get(..12).unwrap()).sized(columns, rows).sends_to("prod2").keys("ctrl-k");
        script.hides("SEI key");
        script.types("pat").shows("is not in the form of an SEI key");
        script.types(".abc.def").shows("is a Harness platform token");
        script.keys("ctrl-u").hides("SEI key").hides("token");
        script.types(own.get(..30).unwrap()).shows("without its end");
        script.types(own.get(30..).unwrap()).shows("The key has the form of an SEI key.");
        script.types(" ").shows("The key has the form of an SEI key.");
        script.types("x").shows("The key contains a space at character");
        script.keys("ctrl-u").paste(&format!(" {own}\n")).keys("enter");
        assert_eq!(script.notice(), "The key is kept for this session only, in memory.");
        script.keys("f5").shows("ApiKey, typed this session, an SEI");
        script.keys("esc ctrl-k").types("pat.abc.def").keys("enter");
        assert!(script.notice().contains("which SEI refuses"), "{}", script.notice());
        script.keys("f5").shows("is a Harness platform token").shows("Type prod2 to send");
    }
}

#[test]
fn the_sandbox_and_retired_hosts_say_nothing_about_a_key() {
    let mut script = Script::on(GOOD);
    script.keys("ctrl-k").types("pat.a.b.c").hides("platform token");
    script.keys("esc").sends_to("levelops").keys("ctrl-k").types("pat.a.b.c").hides("platform token");
    script.keys("enter f5").shows("levelops is retired: the Propelo platform ended on 2025-03-31.");
    script.hides("platform token").keys("esc f2").shows("api.levelops.io · retired");
}

#[test]
fn a_harness_environment_with_bearer_says_what_to_change() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2");
    let place = script.model.sending.environment;
    script.model.sending.environments.get_mut(place).unwrap().environment.scheme = Scheme::Bearer;
    script.keys("ctrl-k").paste(&sei_key()).shows("prod2 sends keys as Bearer, which Harness refuses");
    script.keys("enter f5").shows("prod2 sends keys as Bearer");
}
