//! The conversation on lines: answers in; output and the resulting run out.

mod command;
mod compose;
mod fault;
mod guid;
mod key;
mod send;

use sei_compose::app::editor::HiddenEntry;
use sei_compose::app::{self, Effect};
use sei_compose::document::read;
use sei_compose::plain::{Conversation, NextStep, PlainTurn};

use crate::app::script::Script;

/// A conversation on lines with its transcript.
pub(crate) struct PlainSession {
    pub(crate) script: Script,
    conversation: Conversation,
    transcript: String,
    /// The start of the output since the last answer.
    seen: usize,
    next: NextStep,
    has_quit: bool,
}

impl PlainSession {
    /// A conversation about a blank run, with the sandbox chosen.
    pub(crate) fn new() -> Self {
        Self::with(Script::new())
    }

    /// A conversation about a run.
    pub(crate) fn on(json: &str) -> Self {
        let mut script = Script::new();
        app::open_document(&mut script.model, read(json).unwrap());
        Self::with(script)
    }

    pub(crate) fn with(script: Script) -> Self {
        let conversation = Conversation::new(&script.model);
        let (transcript, next) = (String::new(), NextStep::Wait);
        let mut session = Self { script, conversation, transcript, seen: 0, next, has_quit: false };
        session.advance();
        session
    }

    /// Runs the conversation up to its next question.
    fn advance(&mut self) {
        for turn in 0.. {
            assert!(turn < 1_000, "the program never asks:\n{}", self.transcript);
            if self.script.model.sending.in_flight.is_some() {
                // Output while the request waits for its answer.
                let PlainTurn { lines, next } = self.conversation.turn(&self.script.model);
                assert_eq!(next, NextStep::Wait);
                self.transcript.extend(lines.iter().map(|line| format!("{line}\n")));
            }
            self.has_quit |= self.script.settles();
            if self.has_quit {
                return;
            }
            let PlainTurn { lines, next } = self.conversation.turn(&self.script.model);
            self.transcript.extend(lines.iter().map(|line| format!("{line}\n")));
            match next {
                NextStep::Do(msgs) => msgs.into_iter().for_each(|msg| {
                    self.script.receive(msg);
                }),
                NextStep::Line(ref question) | NextStep::Hidden(ref question) => {
                    self.transcript.push_str(question);
                    self.next = next;
                    return;
                }
                NextStep::Wait => {
                    self.next = NextStep::Wait;
                    return;
                }
            }
        }
    }

    /// Answers questions, one line each.
    pub(crate) fn answers(&mut self, lines: &[&str]) -> &mut Self {
        for line in lines {
            assert!(matches!(self.next, NextStep::Line(_)), "no question for “{line}”:\n{}", self.transcript);
            self.seen = self.transcript.len();
            self.transcript.push_str(line);
            self.transcript.push('\n');
            for msg in self.conversation.on_line(&self.script.model, &format!("{line}\n")) {
                self.script.receive(msg);
            }
            self.advance();
        }
        self
    }

    /// Types a key at a hidden prompt.
    pub(crate) fn types(&mut self, key: &str) -> &mut Self {
        assert!(matches!(self.next, NextStep::Hidden(_)), "no key is asked for:\n{}", self.transcript);
        self.seen = self.transcript.len();
        self.transcript.push('\n');
        let mut entry = HiddenEntry::default();
        entry.push(key);
        for msg in self.conversation.typed(&self.script.model, Some(&entry)) {
            self.script.receive(msg);
        }
        self.advance();
        self
    }

    /// All output and answers.
    pub(crate) fn transcript(&self) -> &str {
        &self.transcript
    }

    /// The question that waits for an answer.
    pub(crate) fn question(&self) -> &str {
        match &self.next {
            NextStep::Line(question) | NextStep::Hidden(question) => question,
            NextStep::Do(_) | NextStep::Wait => "",
        }
    }

    /// Panics unless the output since the last answer contains these words.
    pub(crate) fn says(&mut self, words: &str) -> &mut Self {
        let said = self.transcript.get(self.seen..).unwrap();
        assert!(said.contains(words), "“{words}” was not said:\n{said}");
        self
    }

    /// Panics unless the current question starts with this text.
    pub(crate) fn asks(&mut self, question: &str) -> &mut Self {
        assert!(self.question().starts_with(question), "“{question}” is not asked:\n{}", self.transcript);
        self
    }

    pub(crate) const fn has_quit(&self) -> bool {
        self.has_quit
    }

    /// The effects of one more answer.
    pub(crate) fn effects_of(&mut self, line: &str) -> Vec<Effect> {
        for msg in self.conversation.on_line(&self.script.model, line) {
            self.script.receive(msg);
        }
        self.script.effects()
    }
}
