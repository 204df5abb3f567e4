//! Plain mode: the app as a conversation on ordinary lines, without cursor, colors and screen.
//!
//! Plain mode is a view like `ui`, with the same model: [`Conversation::turn`] returns the lines to
//! print and the next question, [`Conversation::on_line`] turns an answer into messages. Rows of
//! the
//! form are questions, overlays are printed as text, and most actions are commands after a colon.
//! This module does not change the model and does not read or write.

use std::collections::HashMap;

use crate::app::editor::HiddenEntry;
use crate::app::model::{InFlight, Notice, Tone};
use crate::app::row::{FormRow, Tab};
use crate::app::{Action, Model, Msg, Pasted};
use crate::document::Pointer;
use crate::text;
use crate::time::Duration;
use crate::wire::{AttemptStage, Outcome, Redactor, RequestPurpose};

mod answer;
mod command;
mod list;
mod message;
mod overlay;
mod row;

/// The output of one turn of the conversation.
#[derive(Debug, PartialEq)]
pub struct PlainTurn {
    /// The lines to print.
    pub lines: Vec<String>,
    /// The step after the lines.
    pub next: NextStep,
}

/// The step that follows the printed lines.
#[derive(Debug, PartialEq)]
pub enum NextStep {
    /// Ask this question and read a line.
    Line(String),
    /// Ask this question for a key and read a line without echo.
    Hidden(String),
    /// Apply these messages without a question.
    Do(Vec<Msg>),
    /// Wait for a message from a running effect.
    Wait,
}

/// The last question.
#[derive(Debug, Clone, PartialEq)]
enum PlainQuestion {
    /// The row that has the focus.
    Row,
    /// Whether to get a GUID, and how.
    Guid,
    /// Whether to ask for the rarely needed fields below a place.
    Rare(Pointer),
    /// What to do with the check list.
    List,
    /// The question of the topmost overlay.
    Overlay,
    /// Commands only, because the payload is unparsed text.
    Unparsed,
}

/// The order of the next questions.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Direction {
    On,
    Back,
    /// To one field, then back to the check list.
    Fixing,
    /// To the run tab as soon as the payload has a new GUID.
    ForGuid,
    /// To the integration id, even if the payload has a GUID.
    ToIntegration,
}

/// The state of the focused field.
#[derive(Debug, Clone, Copy, PartialEq)]
enum FieldState {
    Fresh,
    Answered,
    /// A printed problem has a fix.
    Fixable,
}

/// A conversation: its position in the form, and the lines that it already printed.
pub struct Conversation {
    said: Vec<String>,
    notice: Option<Notice>,
    tab: Option<Tab>,
    row: Option<FormRow>,
    asked: PlainQuestion,
    direction: Direction,
    state: FieldState,
    rare: HashMap<Pointer, bool>,
    /// The GUID before a new one was requested.
    old_guid: Option<String>,
    /// The argument of a command, for the question that the command opens.
    argument: Option<Pasted>,
    /// The last answer, until its parsed value is printed.
    given: Option<Pasted>,
    /// The lines of a text that is still being read.
    text: Option<Pasted>,
    /// The ticket of the request that was printed, and the number of its attempts.
    flight: Option<(u64, u32)>,
    /// The revision of the document that SEI accepted.
    accepted: Option<u64>,
    is_listed: bool,
    is_greeted: bool,
}

impl std::fmt::Debug for Conversation {
    /// Hides the lines, which may contain a key until `turn` redacts them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Conversation(…)")
    }
}

impl Conversation {
    /// A new conversation about a model; skips the notice that the screen would show first.
    pub fn new(model: &Model) -> Self {
        Self {
            said: Vec::new(),
            notice: model.notice.clone(),
            tab: None,
            row: None,
            asked: PlainQuestion::Row,
            direction: Direction::On,
            state: FieldState::Fresh,
            rare: HashMap::new(),
            old_guid: None,
            argument: None,
            given: None,
            text: None,
            flight: None,
            accepted: None,
            is_listed: false,
            is_greeted: false,
        }
    }

    /// The new lines with redacted keys, and the next step.
    pub fn turn(&mut self, model: &Model) -> PlainTurn {
        if !std::mem::replace(&mut self.is_greeted, true) {
            self.said.extend(message::greeting(model));
        }
        self.print_notice(model);
        let next = self.next(model);
        let redactor = Redactor::new(&model.keys.known);
        let clean = |line: &str| text::visible(&redactor.redact(line)).into_owned();
        let lines = std::mem::take(&mut self.said);
        let lines = lines.iter().flat_map(|line| line.split('\n')).map(clean).collect();
        let next = match next {
            NextStep::Line(question) => NextStep::Line(clean(&question)),
            NextStep::Hidden(question) => NextStep::Hidden(clean(&question)),
            other @ (NextStep::Do(_) | NextStep::Wait) => other,
        };
        PlainTurn { lines, next }
    }

    /// The messages for a line that answers the last question.
    pub fn on_line(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let line = line.trim_end_matches(['\n', '\r']);
        if model.keys.known.iter().any(|key| !key.places(line).is_empty()) {
            self.say("That line contained the API key. If the terminal shows the line, clear the terminal.");
        }
        let msgs = match self.text.take() {
            Some(text) => self.read_on(model, text, line),
            None => self.answer(model, line),
        };
        if !msgs.is_empty() {
            self.notice = None;
        }
        msgs
    }

    /// The messages for a key that was typed without echo; `None` or an empty entry cancels the
    /// question.
    pub fn typed(&mut self, model: &Model, entry: Option<&HiddenEntry>) -> Vec<Msg> {
        self.notice = None;
        match entry.filter(|entry| !entry.is_empty()) {
            Some(entry) => vec![
                Msg::Act(Action::DeleteLine),
                Msg::Paste(Pasted(entry.show_value().to_owned())),
                Msg::Act(Action::Enter),
            ],
            // The review would ask for the key again at once.
            None if overlay::is_review_without_key(model) => {
                self.say("Not sent: the environment needs a key; :key asks for it.");
                vec![Msg::Act(Action::Cancel), Msg::Act(Action::Cancel)]
            }
            None => vec![Msg::Act(Action::Cancel)],
        }
    }

    fn say(&mut self, line: impl Into<String>) {
        self.said.push(line.into());
    }

    fn print_notice(&mut self, model: &Model) {
        if self.notice == model.notice {
            return;
        }
        self.notice.clone_from(&model.notice);
        if let Some(notice) = &model.notice {
            let words = command::with_commands(&notice.text);
            let mark = if notice.tone == Tone::Fault { "Note: " } else { "" };
            self.say(format!("{mark}{words}"));
        }
    }

    fn next(&mut self, model: &Model) -> NextStep {
        if self.text.is_some() {
            return NextStep::Line(String::new());
        }
        if let Some(flight) = &model.sending.in_flight {
            self.print_flight(flight);
            return NextStep::Wait;
        }
        if model.is_seeking() {
            return NextStep::Wait;
        }
        let next = match model.overlays.last() {
            Some(top) => {
                self.asked = PlainQuestion::Overlay;
                self.ask_overlay(model, top)
            }
            None if model.edits_text() => self.unparsed(model),
            None => self.on_form(model),
        };
        match self.argument.take_if(|_| matches!(next, NextStep::Line(_) | NextStep::Hidden(_))) {
            Some(line) if self.asked == PlainQuestion::Overlay && matches!(next, NextStep::Line(_)) => {
                self.said.clear();
                NextStep::Do(self.answer(model, &line.0))
            }
            Some(_) | None => next,
        }
    }

    fn print_flight(&mut self, flight: &InFlight) {
        let before = self.flight.filter(|(ticket, _)| *ticket == flight.ticket).map(|(_, attempts)| attempts);
        let waiting = flight.progress.map(|(progress, _)| progress);
        let waiting = waiting.filter(|progress| matches!(progress.stage, AttemptStage::Waiting { .. }));
        let attempts = waiting.map_or(0, |progress| progress.attempt);
        if before.is_none() {
            let what = match flight.request.purpose {
                RequestPurpose::JobRun => "Sending the run",
                RequestPurpose::CreateInstance => "Creating the instance",
                RequestPurpose::ReadInstance => "Verifying the instance",
            };
            let method = flight.request.method();
            self.say(format!("{what}: {method} {}. Ctrl-C cancels it.", flight.request.url));
        }
        if let Some(progress) = waiting.filter(|_| before.unwrap_or_default() < attempts) {
            self.say(format!("{}.", progress.words(Duration::ZERO)));
        }
        self.flight = Some((flight.ticket, before.unwrap_or_default().max(attempts)));
    }

    /// The question for unparsed text, which plain mode cannot edit.
    fn unparsed(&mut self, model: &Model) -> NextStep {
        self.asked = PlainQuestion::Unparsed;
        self.said.extend(message::unparsed(model));
        NextStep::Line("`:drop-text` discards that text, `:quit` keeps it for the app: ".to_owned())
    }

    /// Records an accepted run, so that the check list does not offer to send it again.
    fn note_outcome(&mut self, model: &Model) {
        let accepted =
            model.sending.last_reply.as_ref().is_some_and(|reply| reply.outcome == Outcome::Accepted);
        self.accepted = accepted.then(|| model.document.revision());
    }

    /// Goes to the next question, or back to the check list after a fix.
    fn on(&mut self) -> Vec<Msg> {
        self.state = FieldState::Fresh;
        self.row = None;
        let is_fixing = self.direction == Direction::Fixing;
        self.direction = Direction::On;
        vec![Msg::Act(if is_fixing { Action::GoSend } else { Action::Next })]
    }
}
