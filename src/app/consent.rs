//! Writes that wait for a yes: an instance about to be created, a run about to go out again.

use crate::app::overlay::{Answer, Purpose, Question};
use crate::journal::{CONSEQUENCE, Earlier};
use crate::text;
use crate::wire::Request;

/// How much of a GUID in the form is quoted: it may be any text.
const QUOTED: usize = 48;

/// An instance about to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInstance {
    /// The position of the environment in the list.
    pub environment: usize,
    /// The id of the environment.
    pub id: String,
    /// The name of the environment on screen.
    pub label: String,
    /// What asks the environment for it.
    pub request: Request,
    /// The GUID in the form, which the new one replaces.
    pub replaced: Option<String>,
}

/// A run that was not sent because it is being sent or was sent before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The position of the environment in the list.
    pub environment: usize,
    /// What was to be sent.
    pub request: Request,
}

impl Purpose {
    /// What to know before anything is typed.
    pub fn lines(&self) -> Vec<String> {
        if let Self::CreateInstance(instance) = self { instance.lines() } else { Vec::new() }
    }
}

impl NewInstance {
    /// What to know before the id of the environment is typed.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{} is protected: this creates an instance there.", self.label)];
        lines.extend(self.replaced.as_deref().map(quoted));
        lines.extend(self.replaced.as_ref().map(|_| "The new GUID replaces it.".to_owned()));
        lines.push(format!("Type “{}” to create the instance.", self.id));
        lines
    }

    /// Asks whether the new GUID may replace the one in the form.
    pub(crate) fn question(self) -> Question {
        let lines = vec![
            self.replaced.as_deref().map(quoted).unwrap_or_default(),
            format!("This creates another instance in {}, and its GUID replaces this one.", self.label),
        ];
        question(lines, "Create an instance and replace the GUID", Answer::CreateInstance(Box::new(self)))
    }
}

/// Asks whether a random GUID may replace the one in the form.
pub(crate) fn random_question(replaced: &str) -> Question {
    let lines =
        vec![quoted(replaced), "SEI drops runs with a random GUID: SEI has not created it.".to_owned()];
    question(lines, "Replace it with a random GUID", Answer::RandomGuid)
}

fn question(lines: Vec<String>, label: &str, answer: Answer) -> Question {
    Question {
        title: "The form already has a GUID".to_owned(),
        lines,
        answers: vec![("Keep the GUID".to_owned(), Answer::Stay), (label.to_owned(), answer)],
        chosen: 0,
    }
}

fn quoted(guid: &str) -> String {
    format!("GUID in the form: {}", text::cut(&text::visible(guid), QUOTED))
}

impl Repeated {
    /// Asks whether the run may go out again.
    pub(crate) fn question(self, earlier: &Earlier) -> Question {
        Question {
            title: "Nothing was sent".to_owned(),
            lines: vec![earlier.to_string(), CONSEQUENCE.to_owned()],
            answers: vec![
                ("Do not send it".to_owned(), Answer::Stay),
                ("Send it again".to_owned(), Answer::SendAnyway(Box::new(self))),
            ],
            chosen: 0,
        }
    }
}
