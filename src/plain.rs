//! The app as a conversation on ordinary lines: questions out, answers in, without cursor, colours and screen.
//!
//! It is a view like `ui`, and the model is the same: [`Talk::turn`] says what there is to say of a model and what is
//! to be asked next, [`Talk::heard`] turns an answer into messages. Rows of the form are questions, what stands above
//! the form is told in words, and every action can be asked for by its name behind a colon. Nothing here changes a
//! model, and nothing knows where lines come from.

use std::collections::HashMap;

use crate::app::editor::HiddenEntry;
use crate::app::model::{InFlight, Notice, Tone};
use crate::app::row::{Row, Tab};
use crate::app::{Action, Model, Msg, Pasted};
use crate::document::Pointer;
use crate::text;
use crate::time::Duration;
use crate::wire::{Outcome, Purpose, Redactor, Stage};

mod answer;
mod command;
mod list;
mod overlay;
mod row;
mod told;

/// What a conversation comes to.
#[derive(Debug, PartialEq)]
pub struct Turn {
    /// What is said, line by line.
    pub lines: Vec<String>,
    /// What comes after that.
    pub next: Next,
}

/// What comes after what was said.
#[derive(Debug, PartialEq)]
pub enum Next {
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
enum Asked {
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
    Torn,
}

/// Which way the questions go.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    On,
    Back,
    /// To one field, and back to the check list.
    Mending,
    /// On to the run as soon as there is a new GUID.
    ForGuid,
    /// To the integration id, even where there is a GUID.
    ToIntegration,
}

/// What became of the focused field.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Fresh,
    Answered,
    /// Something was told that a fix mends.
    Fixable,
}

/// A conversation: where it is, and what was said already.
pub struct Talk {
    said: Vec<String>,
    notice: Option<Notice>,
    tab: Option<Tab>,
    row: Option<Row>,
    asked: Asked,
    way: Way,
    state: State,
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

impl std::fmt::Debug for Talk {
    /// What was said may repeat a key until the turn it is told in.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Talk(…)")
    }
}

impl Talk {
    /// A conversation about a model, where nothing was said yet. What the screen would say first is not repeated.
    pub fn new(model: &Model) -> Self {
        Self {
            said: Vec::new(),
            notice: model.notice.clone(),
            tab: None,
            row: None,
            asked: Asked::Row,
            way: Way::On,
            state: State::Fresh,
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
    pub fn turn(&mut self, model: &Model) -> Turn {
        if !std::mem::replace(&mut self.is_greeted, true) {
            self.said.extend(told::greeting(model));
        }
        self.tell_notice(model);
        let next = self.next(model);
        let redactor = Redactor::new(&model.keys.known);
        let clean = |line: &str| text::visible(&redactor.redact(line)).into_owned();
        let lines = std::mem::take(&mut self.said);
        let lines = lines.iter().flat_map(|line| line.split('\n')).map(clean).collect();
        let next = match next {
            Next::Line(question) => Next::Line(clean(&question)),
            Next::Hidden(question) => Next::Hidden(clean(&question)),
            other @ (Next::Do(_) | Next::Wait) => other,
        };
        Turn { lines, next }
    }

    /// What a line means that answers the newest question.
    pub fn heard(&mut self, model: &Model, line: &str) -> Vec<Msg> {
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
                Msg::Paste(Pasted(entry.reveal().to_owned())),
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

    fn tell_notice(&mut self, model: &Model) {
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

    fn next(&mut self, model: &Model) -> Next {
        if self.text.is_some() {
            return Next::Line(String::new());
        }
        if let Some(flight) = &model.sending.in_flight {
            self.tell_flight(flight);
            return Next::Wait;
        }
        if model.is_seeking() {
            return Next::Wait;
        }
        let next = match model.overlays.last() {
            Some(top) => {
                self.asked = Asked::Above;
                self.above(model, top)
            }
            None if model.edits_text() => self.torn(model),
            None => self.on_form(model),
        };
        match self.ahead.take_if(|_| matches!(next, Next::Line(_) | Next::Hidden(_))) {
            Some(line) if self.asked == Asked::Above && matches!(next, Next::Line(_)) => {
                self.said.clear();
                Next::Do(self.answer(model, &line.0))
            }
            Some(_) | None => next,
        }
    }

    fn tell_flight(&mut self, flight: &InFlight) {
        let before = self.flight.filter(|(ticket, _)| *ticket == flight.ticket).map(|(_, attempts)| attempts);
        let waiting = flight.progress.map(|(progress, _)| progress);
        let waiting = waiting.filter(|progress| matches!(progress.stage, Stage::Waiting { .. }));
        let attempts = waiting.map_or(0, |progress| progress.attempt);
        if before.is_none() {
            let what = match flight.request.purpose {
                Purpose::JobRun => "Sending the run",
                Purpose::CreateInstance => "Asking for a GUID",
            };
            self.say(format!("{what}: POST {}. Ctrl-C stops it.", flight.request.url));
        }
        if let Some(progress) = waiting.filter(|_| before.unwrap_or_default() < attempts) {
            self.say(format!("{}.", progress.words(Duration::ZERO)));
        }
        self.flight = Some((flight.ticket, before.unwrap_or_default().max(attempts)));
    }

    /// The payload is a text that does not parse, and lines are no place to mend it.
    fn torn(&mut self, model: &Model) -> Next {
        self.asked = Asked::Torn;
        self.said.extend(told::torn(model));
        Next::Line("`:drop-text` drops that text, `:quit` leaves it for the app: ".to_owned())
    }

    /// Notes that a run was taken, so that there is no need to ask for it again.
    fn note_outcome(&mut self, model: &Model) {
        let accepted =
            model.sending.last_reply.as_ref().is_some_and(|reply| reply.outcome == Outcome::Accepted);
        self.accepted = accepted.then(|| model.document.revision());
    }

    /// On to the next question, or back to the check list where this was a visit.
    fn on(&mut self) -> Vec<Msg> {
        self.state = State::Fresh;
        self.row = None;
        let is_visit = self.way == Way::Mending;
        self.way = Way::On;
        vec![Msg::Act(if is_visit { Action::GoSend } else { Action::Next })]
    }
}
