//! The app as a conversation on ordinary lines: questions out, answers in, without cursor, colours and screen.
//!
//! It is a view like `ui`, and the model is the same: [`Talk::turn`] says what there is to say of a model and what is
//! to be asked next, [`Talk::heard`] turns an answer into messages. Rows of the form are questions, what stands above
//! the form is told in words, and every action can be asked for by its name behind a colon. Nothing here changes a
//! model, and nothing knows where lines come from.

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

/// What a conversation comes to.
#[derive(Debug, PartialEq)]
pub struct PlainTurn {
    /// What is said, line by line.
    pub lines: Vec<String>,
    /// What comes after that.
    pub next: NextStep,
}

/// What comes after what was said.
#[derive(Debug, PartialEq)]
pub enum NextStep {
    /// A question, to be answered with a line.
    Line(String),
    /// A question for a key, to be answered unseen.
    Hidden(String),
    /// Nobody is asked: these messages come first.
    Do(Vec<Msg>),
    /// Nothing, until an answer from elsewhere is there.
    Wait,
}

/// What was asked last.
#[derive(Debug, Clone, PartialEq)]
enum Question {
    /// The row that has the focus.
    Row,
    /// Whether a GUID is wanted, and how.
    Guid,
    /// Whether the rarely needed fields below a place are wanted.
    Rare(Pointer),
    /// What to do with the check list.
    List,
    /// What stands above the form.
    Above,
    /// Nothing but commands, since the payload is a text that does not parse.
    Unparsed,
}

/// Which way the questions go.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Direction {
    On,
    Back,
    /// To one field, and back to the check list.
    Fixing,
    /// On to the run as soon as there is a new GUID.
    ForGuid,
    /// To the integration id, even where there is a GUID.
    ToIntegration,
}

/// What became of the focused field.
#[derive(Debug, Clone, Copy, PartialEq)]
enum FieldState {
    Fresh,
    Answered,
    /// Something was told that a fix mends.
    Fixable,
}

/// A conversation: where it is, and what was said already.
pub struct Conversation {
    said: Vec<String>,
    notice: Option<Notice>,
    tab: Option<Tab>,
    row: Option<FormRow>,
    asked: Question,
    direction: Direction,
    state: FieldState,
    rare: HashMap<Pointer, bool>,
    /// The GUID that there was when another one was asked for.
    old_guid: Option<String>,
    /// What was said behind a command, for the question that it leads to.
    ahead: Option<Pasted>,
    /// What was answered, until it is told what it was taken for.
    given: Option<Pasted>,
    /// The lines of a text that is still being read.
    text: Option<Pasted>,
    /// The request that was told of, and after how many attempts.
    flight: Option<(u64, u32)>,
    /// The revision of the document that was accepted.
    accepted: Option<u64>,
    is_listed: bool,
    is_greeted: bool,
}

impl std::fmt::Debug for Conversation {
    /// What was said may repeat a key until the turn it is told in.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Talk(…)")
    }
}

impl Conversation {
    /// A conversation about a model, where nothing was said yet. What the screen would say first is not repeated.
    pub fn new(model: &Model) -> Self {
        Self {
            said: Vec::new(),
            notice: model.notice.clone(),
            tab: None,
            row: None,
            asked: Question::Row,
            direction: Direction::On,
            state: FieldState::Fresh,
            rare: HashMap::new(),
            old_guid: None,
            ahead: None,
            given: None,
            text: None,
            flight: None,
            accepted: None,
            is_listed: false,
            is_greeted: false,
        }
    }

    /// What there is to say now, and what comes next.
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

    /// What a line means that answers the newest question.
    pub fn on_line(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let line = line.trim_end_matches(['\n', '\r']);
        if model.keys.known.iter().any(|key| !key.places(line).is_empty()) {
            self.say("That line held the API key. Where a terminal has shown it, clear it there as well.");
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

    /// The messages for a key that was typed without echo; `None` or an empty entry cancels the question.
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
                self.asked = Question::Above;
                self.above(model, top)
            }
            None if model.edits_text() => self.unparsed(model),
            None => self.on_form(model),
        };
        match self.ahead.take_if(|_| matches!(next, NextStep::Line(_) | NextStep::Hidden(_))) {
            Some(line) if self.asked == Question::Above && matches!(next, NextStep::Line(_)) => {
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
                RequestPurpose::CreateInstance => "Asking for a GUID",
            };
            self.say(format!("{what}: POST {}. Ctrl-C stops it.", flight.request.url));
        }
        if let Some(progress) = waiting.filter(|_| before.unwrap_or_default() < attempts) {
            self.say(format!("{}.", progress.words(Duration::ZERO)));
        }
        self.flight = Some((flight.ticket, before.unwrap_or_default().max(attempts)));
    }

    /// The payload is a text that does not parse, and lines are no place to mend it.
    fn unparsed(&mut self, model: &Model) -> NextStep {
        self.asked = Question::Unparsed;
        self.said.extend(message::unparsed(model));
        NextStep::Line("`:drop-text` drops that text, `:quit` leaves it for the app: ".to_owned())
    }

    /// Notes that a run was taken, so that there is no need to ask for it again.
    fn note_outcome(&mut self, model: &Model) {
        let accepted =
            model.sending.last_reply.as_ref().is_some_and(|reply| reply.outcome == Outcome::Accepted);
        self.accepted = accepted.then(|| model.document.revision());
    }

    /// On to the next question, or back to the check list where this was a visit.
    fn on(&mut self) -> Vec<Msg> {
        self.state = FieldState::Fresh;
        self.row = None;
        let is_visit = self.direction == Direction::Fixing;
        self.direction = Direction::On;
        vec![Msg::Act(if is_visit { Action::GoSend } else { Action::Next })]
    }
}
