//! Plays the tour, on a terminal or into a recording.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::bail;

use crate::app::geometry::Size;
use crate::app::model::{Notice, Tone};
use crate::app::{Effect, Msg, TerminalEffect};
use crate::keymap::Press;
use crate::keymap::press::{Key, Named};
use crate::ui::{self, DrawContext};
use crate::world::World;

use super::cast::Cast;
use super::input::TerminalInput;
use super::play::{PlayStep, Player};
use super::{Event, Host, Loop, Options, keymap, prepare, signal};

/// How long a recording shows its last frame.
const LAST: Duration = Duration::from_secs(4);
/// The time that a recording assumes for a reply.
const ANSWERING: Duration = Duration::from_millis(250);

/// A play on a terminal: the player and its clock.
pub(super) struct Show {
    player: Player,
    started: Instant,
    paused: Option<Instant>,
}

/// The effect of a key on a play.
enum Wish {
    Exit,
    Pause,
    Nothing,
}

impl Show {
    /// A play that starts now.
    #[expect(clippy::disallowed_methods, reason = "a play needs elapsed time, not the time of day")]
    pub(super) fn new(speed: f64) -> Self {
        Self { player: Player::new(speed), started: Instant::now(), paused: None }
    }

    /// Pauses or continues; returns whether the play is paused now.
    #[expect(clippy::disallowed_methods, reason = "a play needs elapsed time, not the time of day")]
    fn toggle(&mut self) -> bool {
        match self.paused.take() {
            Some(since) => self.player.postpone(since.elapsed()),
            None => self.paused = Some(Instant::now()),
        }
        self.paused.is_some()
    }
}

impl Loop<'_> {
    /// Runs the next step of a play; keys of the user pause or end it.
    pub(super) fn play(&mut self, mut show: Show) -> anyhow::Result<Vec<Effect>> {
        let next = if show.paused.is_some() {
            PlayStep::Wait(Duration::from_hours(1))
        } else {
            show.player.next(&self.model, show.started.elapsed())
        };
        let effects = match next {
            PlayStep::Press(press) => {
                let msg = self.keymap.message(self.model.scene(), press);
                Ok(msg.map_or_else(Vec::new, |msg| self.update(msg)))
            }
            PlayStep::End => Ok(vec![Effect::Terminal(TerminalEffect::Quit)]),
            PlayStep::Stuck(step) => stuck(step),
            PlayStep::Pause(time) | PlayStep::Wait(time) => match self.receiver.recv_timeout(time) {
                Ok(Event::Input(input)) => Ok(self.wished(&mut show, &input)),
                Ok(event) => self.take(event),
                Err(RecvTimeoutError::Timeout) => Ok(self.update(Msg::Wake)),
                Err(RecvTimeoutError::Disconnected) => Ok(vec![Effect::Terminal(TerminalEffect::Quit)]),
            },
        };
        self.show = Some(show);
        effects
    }

    fn wished(&mut self, show: &mut Show, input: &TerminalInput) -> Vec<Effect> {
        match wish(input) {
            Wish::Exit => vec![Effect::Terminal(TerminalEffect::Quit)],
            Wish::Pause => {
                let text = if show.toggle() { "Paused. Space continues, q quits." } else { "" };
                let notice = Notice { text: text.to_owned().into(), tone: Tone::Note };
                self.model.notice = Some(notice).filter(|notice| !notice.text.is_empty());
                Vec::new()
            }
            Wish::Nothing => Vec::new(),
        }
    }
}

fn stuck(step: &str) -> anyhow::Result<Vec<Effect>> {
    bail!("The demo stopped at its step “{step}”. Please report this.")
}

fn wish(input: &TerminalInput) -> Wish {
    let TerminalInput::Press(press) = input else { return Wish::Nothing };
    match *press {
        Press { key: Key::Char('c'), ctrl: true, .. }
        | Press { key: Key::Char('q') | Key::Named(Named::Esc) | Key::F(10), .. } => Wish::Exit,
        Press { key: Key::Char(' '), .. } => Wish::Pause,
        Press { .. } => Wish::Nothing,
    }
}

/// Plays the tour into a recording, as fast as possible. Returns the recording in the format
/// asciicast v2, or `None` if a signal stopped it.
///
/// # Errors
/// If a step is not completed in time, or `keys.toml` cannot be used.
pub fn record(
    options: Options,
    speed: f64,
    size: Size,
    world: &Arc<dyn World>,
) -> anyhow::Result<Option<String>> {
    let keymap = keymap(&**world)?;
    let theme = options.theme;
    let context = DrawContext::new(&theme, &keymap);
    let (sender, receiver) = channel();
    let ending = signal::watch(&sender, true)?;
    let (mut app_loop, mut runner, first) =
        prepare(options, Host { size, sender, receiver, ending, world, keymap: &keymap });
    let mut cast = Cast::new(size, world.now().seconds())?;
    let mut player = Player::new(speed);
    let mut at = Duration::ZERO;
    let mut effects = first;
    loop {
        for effect in effects.drain(..) {
            if effect == Effect::Terminal(TerminalEffect::Quit) {
                return Ok(None);
            }
            runner.run(effect);
        }
        app_loop.model.settle();
        cast.draw(|frame| ui::view(&app_loop.model, context, frame), at)?;
        effects = match player.next(&app_loop.model, at) {
            PlayStep::Press(press) => {
                let msg = keymap.message(app_loop.model.scene(), press);
                msg.map_or_else(Vec::new, |msg| app_loop.update(msg))
            }
            PlayStep::End => return Ok(Some(cast.finish(at + LAST))),
            PlayStep::Stuck(step) => stuck(step)?,
            // Replies that have arrived are handled before the next key.
            PlayStep::Pause(time) => match app_loop.receiver.try_recv() {
                Ok(event) => app_loop.take(event)?,
                Err(_none) => {
                    at += time;
                    Vec::new()
                }
            },
            PlayStep::Wait(time) => match app_loop.receiver.recv_timeout(time) {
                Ok(event) => {
                    at += ANSWERING;
                    app_loop.take(event)?
                }
                Err(_none) => {
                    at += time;
                    Vec::new()
                }
            },
        };
    }
}
