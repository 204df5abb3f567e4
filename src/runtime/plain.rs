//! The loop of plain mode: asks a question, waits for the answer, and runs the effects that follow.
//!
//! The loop asks only after all previous effects are done, so that an early answer never reaches
//! another question.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};

use crate::app::geometry::Size;
use crate::app::{Action, Effect, Msg, NetworkEffect, RecoveryReply, TerminalEffect};
use crate::plain::{Conversation, NextStep, PlainTurn};
use crate::wire::{Explanation, Outcome};
use crate::world::World;

use super::lines::LineInput;
use super::{Event, Host, Loop, Options, broken, effect, keymap, prepare, signal};

/// The screen size that the model assumes.
const SIZE: Size = Size { columns: 120, rows: 24 };

/// The end of a conversation in plain mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    /// The user quit.
    Left,
    /// The user quit after errors blocked the send.
    Blocked,
    /// A request was sent; holds the outcome of the last one.
    Answered(Outcome),
    /// A signal ended the conversation or stopped the last request, or standard input ended.
    Interrupted,
}

/// Runs plain mode until the user quits.
///
/// # Errors
/// If standard input, standard output or `keys.toml` cannot be used.
pub fn converse(options: Options, world: &Arc<dyn World>) -> anyhow::Result<Parting> {
    let keymap = keymap(&**world)?;
    let (sender, receiver) = channel();
    let ending = signal::watch(&sender, true)?;
    let lines = LineInput::new(&sender, options.theme.ascii)?;
    let (app_loop, runner, first) =
        prepare(options, Host { size: SIZE, sender, receiver, ending, world, keymap: &keymap });
    let conversation = Conversation::new(&app_loop.model);
    let mut plain_loop =
        PlainLoop { app: app_loop, runner, lines, conversation, is_cut: false, is_stopped: false };
    plain_loop.run(first)?;
    Ok(plain_loop.part())
}

struct PlainLoop<'a> {
    app: Loop<'a>,
    runner: effect::Runner,
    lines: LineInput,
    conversation: Conversation,
    /// Whether the conversation ended without a command of the user.
    is_cut: bool,
    /// Whether an interrupt stopped the last request.
    is_stopped: bool,
}

impl PlainLoop<'_> {
    fn run(&mut self, first: Vec<Effect>) -> anyhow::Result<()> {
        let result = self.turns(first);
        let is_closed = |fault: &io::Error| fault.kind() == ErrorKind::BrokenPipe;
        if result.as_ref().is_err_and(|fault| fault.downcast_ref().is_some_and(is_closed)) {
            // The reader of standard output is gone: end as if standard input ended.
            let effects = self.exit();
            self.carry_out(effects)?;
            return Ok(());
        }
        result
    }

    fn turns(&mut self, mut effects: Vec<Effect>) -> anyhow::Result<()> {
        loop {
            if self.carry_out(effects)? {
                return Ok(());
            }
            self.app.model.settle();
            let PlainTurn { lines, next } = self.conversation.turn(&self.app.model);
            let text = lines.iter().fold(String::new(), |text, line| text + line + "\n");
            self.lines.say(&text)?;
            self.ask(&next)?;
            effects = match next {
                NextStep::Do(msgs) => self.all(msgs),
                NextStep::Line(_) | NextStep::Hidden(_) | NextStep::Wait => self.listen(&next)?,
            };
        }
    }

    fn ask(&self, next: &NextStep) -> io::Result<()> {
        match next {
            NextStep::Line(question) => self.lines.ask(question),
            NextStep::Hidden(question) => self.lines.ask_hidden(question),
            NextStep::Do(_) | NextStep::Wait => Ok(()),
        }
    }

    fn all(&mut self, msgs: Vec<Msg>) -> Vec<Effect> {
        msgs.into_iter().flat_map(|msg| self.app.update(msg)).collect()
    }

    /// Runs effects and handles the replies that are there already; returns whether the program
    /// quits.
    fn carry_out(&mut self, mut effects: Vec<Effect>) -> anyhow::Result<bool> {
        while !effects.is_empty() {
            for effect in effects.drain(..) {
                if effect == Effect::Terminal(TerminalEffect::Quit) {
                    return Ok(true);
                }
                self.is_stopped &= !matches!(effect, Effect::Network(NetworkEffect::Post { .. }));
                self.runner.run(effect);
            }
            self.runner.finish_writes();
            while let Ok(event) = self.app.receiver.try_recv() {
                effects.extend(self.take(event)?);
            }
        }
        Ok(false)
    }

    /// Waits for the answer to a question, or, without a question, for any event; returns the
    /// effects.
    fn listen(&mut self, next: &NextStep) -> anyhow::Result<Vec<Effect>> {
        let is_asked = *next != NextStep::Wait;
        loop {
            let effects = match self.app.wait() {
                Ok(Event::Line(Some(line))) => {
                    self.lines.end_question(true)?;
                    let msgs = self.conversation.on_line(&self.app.model, &line.0);
                    return Ok(self.all(msgs));
                }
                Ok(Event::Typed(entry)) => {
                    self.lines.end_question(false)?;
                    let msgs = self.conversation.typed(&self.app.model, entry.as_ref());
                    return Ok(self.all(msgs));
                }
                Ok(Event::Line(None)) => self.exit(),
                Ok(event) => self.take(event)?,
                Err(RecvTimeoutError::Timeout) => self.app.update(Msg::Wake),
                Err(RecvTimeoutError::Disconnected) => return Err(broken()),
            };
            if !is_asked || effects.contains(&Effect::Terminal(TerminalEffect::Quit)) {
                return Ok(effects);
            }
            self.carry_out(effects)?;
        }
    }

    fn take(&mut self, event: Event) -> anyhow::Result<Vec<Effect>> {
        Ok(match event {
            Event::Interrupt => self.interrupted(),
            Event::Msg(Msg::Exit) => self.exit(),
            Event::Msg(_)
            | Event::Input(_)
            | Event::Resized
            | Event::Line(_)
            | Event::Typed(_)
            | Event::Stop
            | Event::Continued
            | Event::Panic => self.app.take(event)?,
        })
    }

    /// The first interrupt during a request stops the request; any other ends the program.
    fn interrupted(&mut self) -> Vec<Effect> {
        if self.app.model.sending.in_flight.is_some() {
            self.is_stopped = true;
            return self.app.update(Msg::Act(Action::Cancel));
        }
        self.exit()
    }

    fn exit(&mut self) -> Vec<Effect> {
        self.is_cut = true;
        // The line has a question, or the ^C that the terminal echoed.
        self.lines.end_question(false).ok();
        self.app.update(Msg::Exit)
    }

    /// Waits for the last writes, reports unsaved work, and returns the end of the conversation.
    fn part(mut self) -> Parting {
        self.runner.finish_writes();
        while let Ok(event) = self.app.receiver.try_recv() {
            if let Event::Msg(msg @ Msg::Recovery(RecoveryReply::WorkKept(_))) = event {
                self.app.update(msg);
            }
        }
        let model = &self.app.model;
        // If standard output is closed, the next start reports this.
        if self.is_cut && model.is_kept() && !model.draft.recovery.is_writing {
            self.lines.say("The unsaved work is kept; the next start offers it.\n").ok();
        } else if self.is_cut
            && let Some(why) = &model.draft.recovery.fault
        {
            self.lines.say(&format!("The unsaved work is not kept. {why}\n")).ok();
        }
        match &model.sending.last_reply {
            // A reply that arrived before the interrupt counts.
            Some(Explanation { outcome: Outcome::NotDelivered | Outcome::Unknown, .. })
                if self.is_stopped =>
            {
                Parting::Interrupted
            }
            Some(reply) => Parting::Answered(reply.outcome),
            None if model.form.tried && model.counts_in_all().errors > 0 => Parting::Blocked,
            None if self.is_cut => Parting::Interrupted,
            None => Parting::Left,
        }
    }
}
