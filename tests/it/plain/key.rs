//! The key: typed without echo, and redacted in wrong places.

use super::PlainSession;
use crate::app::script::{GOOD, Script};

const KEY: &str = "pat.Zq81vWk41mQx9Tz3sEi";

#[test]
fn a_key_is_typed_without_echo_and_never_printed() {
    let mut talk = PlainSession::on(GOOD);
    talk.script.guard(KEY);
    talk.answers(&[":env eu", ":key"]).asks("API key for Harness EU, sent to").types(KEY);
    talk.says("kept for this session only");
    assert!(!talk.transcript().contains(KEY), "{}", talk.transcript());
    talk.answers(&[":key"]).types("").asks("Instance GUID");
}

#[test]
fn a_key_in_the_wrong_place_is_redacted() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":env eu", ":key"]).types(KEY).answers(&[":go pipeline"]);
    let answer = format!("x{KEY}");
    talk.answers(&[&answer]).says("That line contained the API key.").says("which is redacted");
    assert!(!talk.script.json().contains(KEY), "{}", talk.script.json());
    let said = talk.transcript().replace(&format!("{answer}\n"), "");
    assert!(!said.contains(KEY), "{said}");
}

#[test]
fn a_key_is_asked_before_a_send() {
    let mut script = Script::on(GOOD);
    let position =
        script.model.sending.environments.iter().position(|known| known.environment.id == "eu").unwrap();
    script.model.sending.environment = position;
    let mut talk = PlainSession::with(script);
    talk.answers(&[":send"])
        .says("A key is needed first.")
        .asks("API key for Harness EU")
        .types("curly “key”");
    talk.says("Not usable: ").types(KEY).says("Review.").says("Key: ApiKey, typed");
}
