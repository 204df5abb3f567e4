//! Writes that wait for a yes.

use crate::app::overlay::{Answer, Question};
use crate::journal::{CONSEQUENCE, Earlier};
use crate::wire::Request;

/// A run that was not sent because it is being sent or was sent before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The position of the environment in the list.
    pub environment: usize,
    /// What was to be sent.
    pub request: Request,
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
