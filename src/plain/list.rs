//! The check list: the problems of the run, and the step to the review.

use crate::app::row::Tab;
use crate::app::{Action, Model, Msg};
use crate::check::Severity;
use crate::text;

use super::{Conversation, Direction, FieldState, NextStep, PlainQuestion, message};

/// The first check list prints at most this many problems; `:problems` prints all.
const MOST_LISTED: usize = 20;

impl Conversation {
    /// The check list on the last tab, and its question.
    pub(super) fn check_list(&mut self, model: &Model) -> NextStep {
        self.state = FieldState::Fresh;
        self.row = None;
        self.direction = Direction::On;
        self.tab = Some(Tab::Send);
        if !std::mem::replace(&mut self.is_listed, true) {
            self.said.extend(message::destination(model));
            self.list_problems(model, MOST_LISTED);
        }
        self.asked = PlainQuestion::List;
        let label = model.chosen().map_or("", |chosen| chosen.environment.label.as_str());
        let enter = if model.counts().errors > 0 {
            "Enter goes to the first error".to_owned()
        } else if model.text_fault().is_some() {
            "Enter shows what blocks the send".to_owned()
        } else if self.is_accepted(model) {
            "Enter quits".to_owned()
        } else {
            format!("Enter reviews what goes to {label}")
        };
        let number = if model.checks.problems.is_empty() { "" } else { ", a number goes to that problem" };
        NextStep::Line(format!("Check list, {}. {enter}{number}: ", message::counts(model)))
    }

    /// Prints at most `most` problems.
    pub(super) fn list_problems(&mut self, model: &Model, most: usize) {
        self.say("Check list.");
        let unparsed = message::unparsed(model);
        if model.checks.problems.is_empty() && unparsed.is_none() {
            self.say("No problems found.");
        }
        self.said.extend(unparsed);
        let lines = model.checks.problems.iter().enumerate().take(most);
        let lines: Vec<String> = lines.map(|(index, problem)| message::listed(index, problem)).collect();
        self.said.extend(lines);
        if model.checks.problems.len() > most {
            self.say(format!("And {} more; :problems lists all.", model.checks.problems.len() - most));
        }
    }

    /// The messages for an answer to the check list.
    pub(super) fn answer_list(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        match line {
            "" if model.counts().errors > 0 => {
                let first =
                    model.checks.problems.iter().position(|problem| problem.severity == Severity::Error);
                self.focus_problem(model, first.unwrap_or_default())
            }
            "" if model.text_fault().is_some() => {
                self.said.extend(message::unparsed(model));
                Vec::new()
            }
            "" if self.is_accepted(model) => vec![Msg::Act(Action::Quit)],
            "" => vec![Msg::Act(Action::Send)],
            "<" => {
                self.direction = Direction::Back;
                vec![Msg::Act(Action::GoArtifacts), Msg::Act(Action::Last)]
            }
            "?" => {
                self.list_problems(model, usize::MAX);
                Vec::new()
            }
            _ => {
                if let Some(index) = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
                    return self.focus_problem(model, index);
                }
                self.unclear(
                    "Answer with Enter, the number of a problem, or a command; :help lists the commands.",
                )
            }
        }
    }

    /// Goes to the field of a problem, and back to the list afterwards.
    pub(super) fn focus_problem(&mut self, model: &Model, index: usize) -> Vec<Msg> {
        let Some(problem) = model.checks.problems.get(index) else {
            let count = text::count(model.checks.problems.len(), "problem", "problems");
            self.say(format!("Problem {} does not exist; the list has {count}.", index + 1));
            return Vec::new();
        };
        self.direction = Direction::Fixing;
        self.row = None;
        vec![Msg::ScrollTo(problem.at.clone())]
    }

    fn is_accepted(&self, model: &Model) -> bool {
        self.accepted == Some(model.document.revision())
    }
}
