//! What an answer, or its absence, means in SEI's world, and what to do next.
//!
//! Three sentences make an explanation: a headline, what it means, what to do. The server's own words are quoted,
//! made visible and cut; they never reach a terminal raw. The texts stand in `status` and `failure`.

mod failure;
mod field;
mod status;

use crate::document::Pointer;

use super::environment::Environment;
use super::reply::{Failure, Outcome, Reply, outcome};
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
struct Words {
    headline: String,
    meaning: Vec<String>,
    next: Vec<String>,
    field: Option<Pointer>,
    other_path: Option<&'static str>,
}

impl Words {
    fn new(headline: impl Into<String>) -> Self {
        Self {
            headline: headline.into(),
            meaning: Vec::new(),
            next: Vec::new(),
            field: None,
            other_path: None,
        }
    }

    fn means(mut self, sentence: impl Into<String>) -> Self {
        self.meaning.push(sentence.into());
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
        Ok(reply) => status::words(request, environment, reply),
        Err(failure) => failure::words(request, environment, failure),
    };
    Explanation {
        outcome: outcome(result),
        headline: words.headline,
        meaning: words.meaning,
        next: words.next,
        field: words.field,
        other_path: words.other_path,
    }
}
