//! What an answer, or its absence, means in SEI's world, and what to do next.
//!
//! Three sentences make an explanation: a headline, what it means, what to do. The server's own words are quoted,
//! made visible and cut; they never reach a terminal raw. The texts stand in `status` and `failure`.

mod failure;
mod field;
mod status;
mod suggestion;

pub use suggestion::Suggestion;

use crate::document::Pointer;

use super::environment::Environment;
use super::reply::{AS_ASKED, Failure, Outcome, Reply, outcome};
use super::request::Request;

/// An outcome in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Which of the four outcomes it is.
    pub outcome: Outcome,
    /// One line.
    pub headline: String,
    /// What happened and why, a sentence each.
    pub meaning: Vec<String>,
    /// What to do, in order.
    pub next: Vec<String>,
    /// How this program goes on from there, the likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// The field of the document that the server named.
    pub field: Option<Pointer>,
    /// The other path under the base at which the same question may find an answer.
    pub other_path: Option<&'static str>,
}

impl Explanation {
    /// The same, saying how often it was tried where that was more than once.
    #[must_use]
    pub fn after(mut self, attempts: u32) -> Self {
        if attempts > 1 {
            self.meaning.push(format!("It was tried {attempts} times."));
        }
        self
    }
}

/// The words of an explanation, before the outcome is put to them.
struct ExplanationText {
    headline: String,
    meaning: Vec<String>,
    next: Vec<String>,
    suggestions: Vec<Suggestion>,
    field: Option<Pointer>,
    other_path: Option<&'static str>,
}

impl ExplanationText {
    fn new(headline: impl Into<String>) -> Self {
        Self {
            headline: headline.into(),
            meaning: Vec::new(),
            next: Vec::new(),
            suggestions: Vec::new(),
            field: None,
            other_path: None,
        }
    }

    fn means(mut self, sentence: impl Into<String>) -> Self {
        self.meaning.push(sentence.into());
        self
    }

    fn by(mut self, ways: &[Suggestion]) -> Self {
        self.suggestions.extend(ways);
        self
    }

    fn then(mut self, step: impl Into<String>) -> Self {
        self.next.push(step.into());
        self
    }
}

/// Explains what became of a request to an environment.
pub fn explain(request: &Request, environment: &Environment, result: &Result<Reply, Failure>) -> Explanation {
    let words = match result {
        Ok(reply) => asked_for(status::words(request, environment, reply), reply),
        Err(failure) => failure::words(request, environment, failure),
    };
    Explanation {
        outcome: outcome(result),
        headline: words.headline,
        meaning: words.meaning,
        next: words.next,
        suggestions: words.suggestions,
        field: words.field,
        other_path: words.other_path,
    }
}

/// Says of an answer that a sandbox was asked for that nothing else is behind it.
fn asked_for(mut words: ExplanationText, reply: &Reply) -> ExplanationText {
    if field::sentence(&reply.body).is_some_and(|said| said.ends_with(AS_ASKED)) {
        let place = words.meaning.len().min(1);
        let sentence = "The sandbox was told to answer so, whatever came, and took nothing: from SEI it would mean what follows.";
        words.meaning.insert(place, sentence.to_owned());
    }
    words
}
