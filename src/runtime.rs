//! The loop that owns the terminal, and the threads that wait: input, signals, network, disk.
//!
//! ```text
//!  input thread ──┐
//!  signal thread ─┼─> channel ─> loop: block, drain, update, draw once ─> effects ─┬─> network
//!  replies ───────┘                                                               └─> disk
//! ```
//!
//! The loop blocks until an event arrives or the deadline of the model passes. An idle program uses
//! no time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use crate::app::geometry::Size;
use crate::app::{self, DiskEffect, DraftReply, Effect, Model, Msg, RecoveryEffect, Start, TerminalEffect};
use crate::keymap::Keymap;
use crate::time::Duration;
use crate::ui::{self, DrawContext};
use crate::world::World;

mod cast;
pub mod clipboard;
mod disk;
mod disk_redaction;
mod effect;
mod event;
mod export;
pub mod hidden;
pub mod input;
mod key;
mod lines;
mod mapping;
pub mod network;
mod options;
pub mod outbox;
mod plain;
mod play;
pub mod screenshot;
mod session_lock;
mod show;
mod signal;
mod terminal;

use event::{Event, notify};
pub use key::SessionKeys;
pub use options::{ExitReason, Opening, Options};
pub use plain::{Parting, converse};
pub use screenshot::{Shot, screenshot};
use session_lock::{Hold, SessionLock};
use show::Show;
pub use show::record;
pub use signal::stop_on_signal;

/// Opens the app and runs it until the user quits.
///
/// # Errors
/// If standard output is not a terminal, a call to the terminal fails, or `keys.toml` cannot be
/// used.
pub fn run(options: Options, world: &Arc<dyn World>) -> anyhow::Result<ExitReason> {
    let keymap = keymap(&**world)?;
    let (sender, receiver) = channel();
    // Signals are watched first: a signal after `enter` must restore the terminal.
    let ending = signal::watch(&sender, false)?;
    let panicked = sender.clone();
    let mut terminal = terminal::Terminal::enter(options.mouse, move || {
        panicked.send(Event::Panic).ok();
    })?;
    input::watch(&sender, may_panic(&**world))?;
    let theme = options.theme;
    let context = DrawContext::new(&theme, &keymap);
    let (mut app_loop, mut runner, first) =
        prepare(options, Host { size: terminal.size()?, sender, receiver, ending, world, keymap: &keymap });
    let ended = catch_unwind(AssertUnwindSafe(|| app_loop.run(&mut terminal, &mut runner, context, first)));
    if let Ok(Ok(ending)) = ended {
        return Ok(ending);
    }
    // After a panic the model is usually intact. If saving it panics too, only the work on disk is
    // left.
    if let Ok(Some(effect)) = catch_unwind(AssertUnwindSafe(|| app::rescue(&mut app_loop.model))) {
        runner.run(effect);
    }
    ended.unwrap_or_else(|_panic| Err(broken()))
}

/// The surroundings of a loop, on a terminal, on lines or in a recording.
struct Host<'a> {
    size: Size,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    /// Whether a signal asked the program to end.
    ending: Arc<AtomicBool>,
    world: &'a Arc<dyn World>,
    keymap: &'a Keymap,
}

/// Builds the loop with its model, the runner of its effects, and the first effects.
fn prepare(options: Options, host: Host<'_>) -> (Loop<'_>, effect::Runner, Vec<Effect>) {
    let Host { size, sender, receiver, ending, world, keymap } = host;
    let mut keyring = SessionKeys::default();
    let environments = keyring.find(&options, &**world);
    let known = options.environments.iter();
    let ca_files = known.filter_map(|known| Some((known.id.clone(), known.ca_file.clone()?))).collect();
    let mut model = Model::new(Start {
        environments,
        environment: options.environment,
        size,
        now: world.now(),
        read_only: options.read_only,
        demo: options.demo,
        silenced: options.silenced,
    });
    model.keys.known = keyring.all();
    model.mappings = crate::world::mapping::load(&**world);
    model.payload.profiles = options.profiles;
    model.settings.mouse = options.mouse;
    model.settings.keeps_work = options.recovery;
    model.settings.plays = options.play.is_some();
    model.settings.has_keyring = !options.demo && world.keyring().may_be_there();
    let lock = SessionLock::default();
    let unknown = match &options.opening {
        Opening::Unknown(source) => Some(app::map_unknown(&model, source.clone(), false)),
        Opening::Blank | Opening::Draft(_) | Opening::Document(_) => None,
    };
    let unlocked = open(&mut model, options.opening, &lock, &**world);
    greet(&mut model, options.tour);
    if model.settings.keeps_work
        && let Some(definition) = crate::world::mapping::kept(&**world)
    {
        app::restore_mapping(&mut model, definition);
    }
    if let Some(why) = unlocked {
        // After the greeting, which would replace it.
        notify(&sender, Msg::Draft(DraftReply::NotLocked(why)));
    }
    let session = effect::EffectContext { keyring, ca_files, watch: options.sandbox, lock };
    let runner = effect::Runner::new(Arc::clone(world), sender, session);
    let mut first = first_effects(&model);
    first.extend(unknown);
    let show = options.play.map(Show::new);
    (
        Loop {
            model,
            receiver,
            keymap,
            world: &**world,
            ending,
            is_continued: false,
            is_awaited: false,
            show,
        },
        runner,
        first,
    )
}

/// Opens the document that the program was started with; returns the reason if the draft cannot be
/// locked.
fn open(model: &mut Model, opening: Opening, lock: &SessionLock, world: &dyn World) -> Option<String> {
    match opening {
        Opening::Blank | Opening::Unknown(_) => {}
        // A read-only session never saves, so it needs no lock.
        Opening::Draft(draft) if model.settings.read_only => app::open_draft(model, *draft),
        Opening::Draft(draft) => match lock.open(world, &draft.name) {
            Hold::Own => app::open_draft(model, *draft),
            Hold::Unlocked(why) => {
                app::open_draft(model, *draft);
                return Some(why);
            }
            Hold::Elsewhere => app::in_use(model, draft),
        },
        Opening::Document(value) => app::open_document(model, *value),
    }
    None
}

/// The effects to run after the first frame.
fn first_effects(model: &Model) -> Vec<Effect> {
    let mut first: Vec<Effect> = app::wanted_sandbox(model).into_iter().collect();
    // A demo does not use the data of the user.
    if !model.settings.demo {
        first.push(Effect::Disk(DiskEffect::LoadBook));
    }
    if model.settings.keeps_work && !model.settings.read_only {
        first.push(Effect::Recovery(RecoveryEffect::FindLeftovers { is_asked: false }));
    }
    first.push(Effect::Disk(DiskEffect::RecallRuns));
    first
}

fn broken() -> anyhow::Error {
    anyhow::anyhow!(
        "The program ended because a part of it failed. Please report the lines above: they say where. \
         The next start offers the unsaved work that could still be saved."
    )
}

/// Whether a key makes the program panic, for the tests of a panic; only in debug builds.
fn may_panic(world: &dyn World) -> bool {
    cfg!(debug_assertions) && world.has_variable("SEI_COMPOSE_PANIC")
}

/// Starts the tour at a step, or shows the greeting.
fn greet(model: &mut Model, tour: Option<usize>) {
    match tour {
        Some(position) => app::start_tour(model, position),
        None => app::welcome(model),
    }
}

const fn size_of(columns: u16, rows: u16) -> Size {
    Size { columns, rows }
}

pub(crate) fn keymap(world: &dyn World) -> anyhow::Result<Keymap> {
    let path = world.folders().config.join("keys.toml");
    let text = if world.exists(&path) { Some(world.read(&path)?) } else { None };
    Keymap::with(text.as_deref())
        .map_err(|error| anyhow::anyhow!("{}: {error}. Fix the file or move it.", path.display()))
}

/// The event loop: the model and the events that reach it.
struct Loop<'a> {
    model: Model,
    receiver: Receiver<Event>,
    keymap: &'a Keymap,
    world: &'a dyn World,
    /// Whether a signal asked the program to end.
    ending: Arc<AtomicBool>,
    /// Whether the program was stopped and continues: other programs may have changed the terminal.
    is_continued: bool,
    /// The running play, if the tour plays itself.
    show: Option<Show>,
    /// Whether the SIGCONT that ends a suspend of the program itself has not arrived yet.
    is_awaited: bool,
}

impl Loop<'_> {
    /// Draws, waits and runs effects until the user quits or a signal ends the program.
    fn run(
        &mut self,
        terminal: &mut terminal::Terminal,
        runner: &mut effect::Runner,
        context: DrawContext<'_>,
        mut first: Vec<Effect>,
    ) -> anyhow::Result<ExitReason> {
        loop {
            if std::mem::take(&mut self.is_continued) {
                terminal.take_again(self.model.settings.mouse)?;
            }
            let mut effects = self.draw(terminal, context)?;
            effects.append(&mut first);
            if effects.is_empty() {
                effects = self.next()?;
            }
            for effect in effects {
                let Effect::Terminal(effect) = effect else {
                    runner.run(effect);
                    continue;
                };
                match effect {
                    TerminalEffect::Quit => return Ok(ExitReason::Quit),
                    TerminalEffect::EnterDemo => {
                        self.rescue(runner);
                        return Ok(ExitReason::ForDemo);
                    }
                    TerminalEffect::Mouse(on) => terminal.capture_mouse(on)?,
                    TerminalEffect::Copy { what, text } => terminal.say(&runner.copied(what, &text))?,
                    TerminalEffect::Suspend => self.suspend(terminal, runner)?,
                }
            }
        }
    }

    /// Writes unsaved work to disk, and waits until it is written.
    fn rescue(&mut self, runner: &mut effect::Runner) {
        if let Some(effect) = app::rescue(&mut self.model) {
            runner.run(effect);
        }
        runner.finish_writes();
    }

    /// Restores the terminal and stops until the shell continues the program. Unsaved work is on
    /// disk first, because the shell may never continue the program.
    fn suspend(
        &mut self,
        terminal: &mut terminal::Terminal,
        runner: &mut effect::Runner,
    ) -> std::io::Result<()> {
        self.rescue(runner);
        terminal.lend(signal::stop)?;
        self.is_continued = true;
        self.is_awaited = cfg!(unix);
        Ok(())
    }

    /// Draws the model. If the terminal has a new size, the model learns the size first: a frame
    /// for the old size would not fit.
    fn draw(
        &mut self,
        terminal: &mut terminal::Terminal,
        context: DrawContext<'_>,
    ) -> std::io::Result<Vec<Effect>> {
        let mut effects = Vec::new();
        loop {
            self.model.settle();
            let known = self.model.size;
            let mut found = known;
            terminal.draw(|frame| {
                let area = frame.area();
                found = size_of(area.width, area.height);
                if found == known {
                    ui::view(&self.model, context, frame);
                }
            })?;
            if found == known {
                return Ok(effects);
            }
            effects.extend(self.update(Msg::Resize(found)));
        }
    }

    /// Waits for an event, handles all waiting events, and returns their effects.
    fn next(&mut self) -> anyhow::Result<Vec<Effect>> {
        if self.ending.load(Ordering::Relaxed) {
            return Ok(self.update(Msg::Exit));
        }
        if let Some(show) = self.show.take() {
            return self.play(show);
        }
        let mut effects = match self.wait() {
            Ok(event) => self.take(event)?,
            Err(RecvTimeoutError::Timeout) => self.update(Msg::Wake),
            Err(RecvTimeoutError::Disconnected) => vec![Effect::Terminal(TerminalEffect::Quit)],
        };
        while let Ok(event) = self.receiver.try_recv() {
            // A signal does not wait until the keys before it are handled.
            if self.ending.load(Ordering::Relaxed) {
                effects.extend(self.update(Msg::Exit));
                break;
            }
            effects.extend(self.take(event)?);
        }
        Ok(effects)
    }

    fn wait(&self) -> Result<Event, RecvTimeoutError> {
        let Some(deadline) = self.model.deadline() else {
            return self.receiver.recv().map_err(|_gone| RecvTimeoutError::Disconnected);
        };
        let left = (deadline - self.world.now()).max(Duration::from_millis(1));
        self.receiver.recv_timeout(left.into())
    }

    /// Handles one event. Keys are resolved one by one, because a key may change the scene for the
    /// next.
    fn take(&mut self, event: Event) -> anyhow::Result<Vec<Effect>> {
        let msg = match event {
            Event::Msg(msg) => Some(msg),
            Event::Input(input) => input::message(input, self.keymap, self.model.scene()),
            Event::Stop => return Ok(vec![Effect::Terminal(TerminalEffect::Suspend)]),
            Event::Interrupt => Some(Msg::Exit),
            Event::Line(_) | Event::Typed(_) | Event::Resized => None,
            Event::Continued => {
                // The SIGCONT after a suspend of the program itself was handled already.
                self.is_continued |= !std::mem::take(&mut self.is_awaited);
                None
            }
            Event::Panic => return Err(broken()),
        };
        Ok(msg.map_or_else(Vec::new, |msg| self.update(msg)))
    }

    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        app::update(&mut self.model, self.world.now(), msg)
    }
}
