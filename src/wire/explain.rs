//! What a reply, or no reply, means in SEI, and what to do next.
//!
//! An explanation has a headline, a meaning and next steps. The server's text is quoted, escaped
//! and cut, so it never reaches a terminal raw. The texts are in `status` and `failure`.

mod failure;
mod field;
mod instance;
mod status;
mod suggestion;

pub use suggestion::Suggestion;

use crate::document::Pointer;

use super::environment::Environment;
use super::reply::{AS_ASKED, Failure, Outcome, Reply, outcome};
use super::request::Request;

/// The explanation of an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Which of the four outcomes it is.
    pub outcome: Outcome,
    /// The outcome in one line.
    pub headline: String,
    /// What happened and why, one statement per entry.
    pub meaning: Vec<String>,
    /// The next steps, in order.
    pub next: Vec<String>,
    /// The actions of this program that help, the most likely first.
    pub suggestions: Vec<Suggestion>,
    /// The field of the document that the server named.
    pub field: Option<Pointer>,
    /// The other documented path under the base that may answer the same request.
    pub other_path: Option<&'static str>,
}

impl Explanation {
    /// Adds the number of attempts, if there was more than one.
    #[must_use]
    pub fn after(mut self, attempts: u32) -> Self {
        if attempts > 1 {
            self.meaning.push(format!("Attempts: {attempts}."));
        }
        self
    }
}

/// The texts of an explanation, without the outcome.
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

    fn by(mut self, suggestions: &[Suggestion]) -> Self {
        self.suggestions.extend(suggestions);
        self
    }

    fn then(mut self, step: impl Into<String>) -> Self {
        self.next.push(step.into());
        self
    }
}

/// Explains the result of a request to an environment.
pub fn explain(request: &Request, environment: &Environment, result: &Result<Reply, Failure>) -> Explanation {
    let words = match result {
        Ok(reply) => with_fault_note(status::words(request, environment, reply), reply),
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

/// Adds a note if the reply is a fault that was set in a sandbox.
fn with_fault_note(mut words: ExplanationText, reply: &Reply) -> ExplanationText {
    if field::sentence(&reply.body).is_some_and(|sentence| sentence.ends_with(AS_ASKED)) {
        let position = words.meaning.len().min(1);
        let status = reply.status;
        let sentence = format!("Simulated by the sandbox, which stored nothing. A {status} from SEI means:");
        words.meaning.insert(position, sentence);
    }
    words
}
