//! The key: asked for unseen, and caught where it does not belong.

use super::PlainSession;
use crate::app::script::{GOOD, Script};

const KEY: &str = "pat.Zq81vWk41mQx9Tz3sEi";

#[test]
fn a_key_is_typed_unseen_and_never_said() {
    let mut talk = PlainSession::on(GOOD);
    talk.script.guard(KEY);
    talk.hears(&[":env eu", ":key"]).asks("Key for Harness EU, sent to").types(KEY);
    talk.says("kept for this session only");
    assert!(!talk.transcript().contains(KEY), "{}", talk.transcript());
    talk.hears(&[":key"]).types("").asks("Instance GUID");
}

#[test]
fn a_key_in_the_wrong_place_gets_dots() {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&[":env eu", ":key"]).types(KEY).hears(&[":go pipeline"]);
    let answer = format!("x{KEY}");
    talk.hears(&[&answer]).says("That line held the API key.").says("dots stand in its place");
    assert!(!talk.script.json().contains(KEY), "{}", talk.script.json());
    let said = talk.transcript().replace(&format!("{answer}\n"), "");
    assert!(!said.contains(KEY), "{said}");
}

#[test]
fn a_key_is_asked_for_when_the_run_is_to_be_sent() {
    let mut script = Script::on(GOOD);
    let position =
        script.model.sending.environments.iter().position(|known| known.environment.id == "eu").unwrap();
    script.model.sending.environment = position;
    let mut talk = PlainSession::with(script);
    talk.hears(&[":send"]).says("A key is needed first.").asks("Key for Harness EU").types("curly “key”");
    talk.says("Not usable: ").types(KEY).says("Review.").says("Key: ApiKey from");
}
