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
use sei_compose::plain::{Next, Talk, Turn};

use crate::app::script::Script;

/// Somebody who answers, and all that was said.
pub(crate) struct Conversation {
    pub(crate) script: Script,
    talk: Talk,
    told: String,
    /// Where what was said since the last look begins.
    seen: usize,
    next: Next,
    has_quit: bool,
}

impl Conversation {
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
        let talk = Talk::new(&script.model);
        let (told, next) = (String::new(), Next::Wait);
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
                let Turn { lines, next } = self.talk.turn(&self.script.model);
                assert_eq!(next, Next::Wait);
                self.told.extend(lines.iter().map(|line| format!("{line}\n")));
            }
            self.has_quit |= self.script.settles();
            if self.has_quit {
                return;
            }
            let Turn { lines, next } = self.talk.turn(&self.script.model);
            self.told.extend(lines.iter().map(|line| format!("{line}\n")));
            match next {
                Next::Do(msgs) => msgs.into_iter().for_each(|msg| {
                    self.script.tell(msg);
                }),
                Next::Line(ref question) | Next::Hidden(ref question) => {
                    self.told.push_str(question);
                    self.next = next;
                    return;
                }
                Next::Wait => {
                    self.next = Next::Wait;
                    return;
                }
            }
        }
    }

    /// Gives answers, one line each.
    pub(crate) fn hears(&mut self, lines: &[&str]) -> &mut Self {
        for line in lines {
            assert!(matches!(self.next, Next::Line(_)), "nobody asked for “{line}”:\n{}", self.told);
            self.seen = self.told.len();
            self.told.push_str(line);
            self.told.push('\n');
            for msg in self.talk.heard(&self.script.model, &format!("{line}\n")) {
                self.script.tell(msg);
            }
            self.goes_on();
        }
        self
    }

    /// Types a key that is asked for unseen.
    pub(crate) fn types(&mut self, key: &str) -> &mut Self {
        assert!(matches!(self.next, Next::Hidden(_)), "no key is asked for:\n{}", self.told);
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
            Next::Line(question) | Next::Hidden(question) => question,
            Next::Do(_) | Next::Wait => "",
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
        for msg in self.talk.heard(&self.script.model, line) {
            self.script.tell(msg);
        }
        self.script.effects()
    }
}
