//! Finds the sentence in a server's body, and the field that the sentence names.

use crate::catalog;
use crate::document::{self, Pointer, Value};
use crate::text;
use crate::wire::reply::Reply;

use super::ExplanationText;

/// Members of a JSON body that may hold a sentence, those of the SEI backend first.
const SENTENCES: [&str; 6] = ["payload", "message", "error_description", "error", "detail", "title"];

/// Terminal columns of a server's sentence that are quoted.
const QUOTED: usize = 300;

/// The sentence in a body: the first known member, otherwise the whole body.
pub(super) fn sentence(body: &str) -> Option<String> {
    let found = document::read(body).ok().and_then(|value| {
        let members = value.as_object()?;
        SENTENCES.iter().find_map(|key| members.get(key)?.as_text().map(str::to_owned))
    });
    found.or_else(|| Some(body.to_owned())).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A server's sentence, escaped and cut.
pub(super) fn quoted(words: &str) -> String {
    let visible = text::visible(words).into_owned();
    text::cut(&visible, QUOTED).into_owned()
}

/// The pointer of the field that a sentence names, with the name that the run uses.
pub(super) fn named(sentence: &str, run: Option<&Value>) -> Option<Pointer> {
    let record = catalog::catalog().run();
    let (field, _) = candidates(sentence).into_iter().find_map(|word| record.field(word))?;
    let present = |key: &str| run.and_then(Value::as_object).is_some_and(|object| object.contains(key));
    let legacy = field.legacy.as_deref().filter(|legacy| present(legacy) && !present(&field.name));
    Some(Pointer::root().key(legacy.unwrap_or(&field.name)))
}

/// Words that may be field names, the most certain first, without a bare `result` or `duration`.
fn candidates(sentence: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let missing =
        sentence.split_once(" field is missing").and_then(|(before, _)| before.split_whitespace().last());
    let in_pattern = missing.into_iter().flat_map(|names| names.split('/').rev());
    let with_underscore = sentence.split(move |c| !is_part(c)).filter(|word| word.contains('_'));
    let in_quotes = sentence.split(['"', '\'', '`', '“', '”']).skip(1).step_by(2);
    in_pattern.chain(with_underscore).chain(in_quotes).collect()
}

/// Adds a quote of the server's sentence, if there is one.
pub(super) fn with_server_words(words: ExplanationText, reply: &Reply) -> ExplanationText {
    match sentence(&reply.body) {
        Some(sentence) => words.means(format!("The server says: “{}”", quoted(&sentence))),
        None => words,
    }
}
