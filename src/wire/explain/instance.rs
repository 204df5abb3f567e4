//! Explains the replies to a request for an instance.

use crate::text;
use crate::wire::environment::Environment;
use crate::wire::instance::instance_of;
use crate::wire::reply::Reply;
use crate::wire::request::Request;

use super::field::with_server_words;
use super::{ExplanationText, Suggestion};

/// The most columns of a value in a sentence.
const QUOTED: usize = 80;

/// The GUID at the end of the address.
fn guid(request: &Request) -> &str {
    request.url.rsplit('/').next().unwrap_or_default()
}

pub(super) fn found(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let Some(found) = instance_of(reply) else {
        let words = ExplanationText::new(format!("{}: the answer is not an instance", reply.status));
        return with_server_words(words, reply)
            .means("Whether SEI has the instance is unknown.")
            .then(format!(
                "Compare the base address of {} with the address in the browser.",
                environment.label
            ))
            .by(&[Suggestion::Environment]);
    };
    let headline = format!("{}: {} has the instance {}", reply.status, environment.label, guid(request));
    let words = found.facts().into_iter().fold(ExplanationText::new(headline), |words, (label, value)| {
        let value = value.map_or_else(|| "none".to_owned(), |value| text::visible(value).into_owned());
        words.means(format!("{label}: {}", text::cut(&value, QUOTED)))
    });
    match found.warning() {
        Some(warning) => words.means(warning),
        None => words,
    }
}

pub(super) fn missing(request: &Request, environment: &Environment, reply: &Reply) -> ExplanationText {
    let headline =
        format!("{}: {} does not have the instance {}", reply.status, environment.label, guid(request));
    let next = if environment.is_loopback() {
        "Use a GUID that this server created; a sandbox forgets its instances when it ends."
    } else {
        "Check that the GUID was created in this environment, with a key of the same account."
    };
    ExplanationText::new(headline)
        .means("SEI silently drops each run with a GUID that it does not have.")
        .then(next)
        .by(&[Suggestion::Guid, Suggestion::Environment])
}
