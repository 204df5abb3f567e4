//! The conversation on lines: answers in, what is said and what becomes of the run out.

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

/// Somebody who answers, and all that was said.
pub(crate) struct PlainSession {
    pub(crate) script: Script,
    talk: Conversation,
    told: String,
    /// Where what was said since the last look begins.
    seen: usize,
    next: NextStep,
    has_quit: bool,
}

impl PlainSession {
    /// About a blank run, with the sandbox chosen.
    pub(crate) fn new() -> Self {
        Self::with(Script::new())
    }

    /// About a run.
    pub(crate) fn on(json: &str) -> Self {
        let mut script = Script::new();
        app::open_document(&mut script.model, read(json).unwrap());
        Self::with(script)
    }

    pub(crate) fn with(script: Script) -> Self {
        let talk = Conversation::new(&script.model);
        let (told, next) = (String::new(), NextStep::Wait);
        let mut conversation = Self { script, talk, told, seen: 0, next, has_quit: false };
        conversation.goes_on();
        conversation
    }

    /// Lets it speak up to its next question.
    fn goes_on(&mut self) {
        for turn in 0.. {
            assert!(turn < 1_000, "it never asks:\n{}", self.told);
            if self.script.model.sending.in_flight.is_some() {
                // What is said while an answer is on its way.
                let PlainTurn { lines, next } = self.talk.turn(&self.script.model);
                assert_eq!(next, NextStep::Wait);
                self.told.extend(lines.iter().map(|line| format!("{line}\n")));
            }
            self.has_quit |= self.script.settles();
            if self.has_quit {
                return;
            }
            let PlainTurn { lines, next } = self.talk.turn(&self.script.model);
            self.told.extend(lines.iter().map(|line| format!("{line}\n")));
            match next {
                NextStep::Do(msgs) => msgs.into_iter().for_each(|msg| {
                    self.script.tell(msg);
                }),
                NextStep::Line(ref question) | NextStep::Hidden(ref question) => {
                    self.told.push_str(question);
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

    /// Gives answers, one line each.
    pub(crate) fn hears(&mut self, lines: &[&str]) -> &mut Self {
        for line in lines {
            assert!(matches!(self.next, NextStep::Line(_)), "nobody asked for “{line}”:\n{}", self.told);
            self.seen = self.told.len();
            self.told.push_str(line);
            self.told.push('\n');
            for msg in self.talk.on_line(&self.script.model, &format!("{line}\n")) {
                self.script.tell(msg);
            }
            self.goes_on();
        }
        self
    }

    /// Types a key that is asked for unseen.
    pub(crate) fn types(&mut self, key: &str) -> &mut Self {
        assert!(matches!(self.next, NextStep::Hidden(_)), "no key is asked for:\n{}", self.told);
        self.seen = self.told.len();
        self.told.push('\n');
        let mut entry = HiddenEntry::default();
        entry.push(key);
        for msg in self.talk.typed(&self.script.model, Some(&entry)) {
            self.script.tell(msg);
        }
        self.goes_on();
        self
    }

    /// All that was said and answered.
    pub(crate) fn transcript(&self) -> &str {
        &self.told
    }

    /// The question that waits for an answer.
    pub(crate) fn question(&self) -> &str {
        match &self.next {
            NextStep::Line(question) | NextStep::Hidden(question) => question,
            NextStep::Do(_) | NextStep::Wait => "",
        }
    }

    /// Panics unless this was said since the last answer.
    pub(crate) fn says(&mut self, words: &str) -> &mut Self {
        let said = self.told.get(self.seen..).unwrap();
        assert!(said.contains(words), "“{words}” was not said:\n{said}");
        self
    }

    /// Panics unless this is asked.
    pub(crate) fn asks(&mut self, question: &str) -> &mut Self {
        assert!(self.question().starts_with(question), "“{question}” is not asked:\n{}", self.told);
        self
    }

    pub(crate) const fn has_quit(&self) -> bool {
        self.has_quit
    }

    /// The effects that one more answer asks for.
    pub(crate) fn effects_of(&mut self, line: &str) -> Vec<Effect> {
        for msg in self.talk.on_line(&self.script.model, line) {
            self.script.tell(msg);
        }
        self.script.effects()
    }
}
