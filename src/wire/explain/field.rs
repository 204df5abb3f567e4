//! Finds the field a server's sentence is about, and the sentence in a server's body.

use crate::catalog;
use crate::document::{self, Pointer, Value};
use crate::text;

/// Members of a JSON body that hold a sentence, the backend's own first.
const SENTENCES: [&str; 6] = ["payload", "message", "error_description", "error", "detail", "title"];

/// Terminal columns of a server's words that are quoted.
const QUOTED: usize = 300;

/// The sentence in a body: a member known to hold one, else the body itself.
pub(super) fn sentence(body: &str) -> Option<String> {
    let found = document::read(body).ok().and_then(|value| {
        let members = value.as_object()?;
        SENTENCES.iter().find_map(|key| members.get(key)?.as_text().map(str::to_owned))
    });
    found.or_else(|| Some(body.to_owned())).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A server's words, safe to show and bounded.
pub(super) fn quoted(words: &str) -> String {
    let visible = text::visible(words).into_owned();
    text::cut(&visible, QUOTED).into_owned()
}

/// Where in the run the field is that a sentence names, under the name the run uses.
pub(super) fn named(sentence: &str, run: Option<&Value>) -> Option<Pointer> {
    let record = catalog::catalog().run();
    let (field, _) = candidates(sentence).into_iter().find_map(|word| record.field(word))?;
    let present = |key: &str| run.and_then(Value::as_object).is_some_and(|object| object.contains(key));
    let legacy = field.legacy.as_deref().filter(|legacy| present(legacy) && !present(&field.name));
    Some(Pointer::root().key(legacy.unwrap_or(&field.name)))
}

/// Words that may be field names, the surest first. A bare `result` or `duration` in running text is none.
fn candidates(sentence: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let missing =
        sentence.split_once(" field is missing").and_then(|(before, _)| before.split_whitespace().last());
    let in_pattern = missing.into_iter().flat_map(|names| names.split('/').rev());
    let with_underscore = sentence.split(move |c| !is_part(c)).filter(|word| word.contains('_'));
    let in_quotes = sentence.split(['"', '\'', '`', '“', '”']).skip(1).step_by(2);
    in_pattern.chain(with_underscore).chain(in_quotes).collect()
}
