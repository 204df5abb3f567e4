//! The loop that owns the terminal, and everything that waits: network, disk, signals.
//!
//! ```text
//!  input thread ──┐
//!  signal thread ─┼─> one channel ─> loop: block, drain, update, draw once ─> effects ─┬─> network thread
//!  replies ───────┘                                                                   └─> disk thread
//! ```
//!
//! The loop blocks until something happens or the model's deadline comes; an idle program does nothing.

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

/// Opens the app and runs it until the person leaves.
///
/// # Errors
/// When standard output is no terminal, when the terminal refuses, or when `keys.toml` cannot be used.
pub fn run(options: Options, world: &Arc<dyn World>) -> anyhow::Result<ExitReason> {
    let keymap = keymap(&**world)?;
    let (sender, receiver) = channel();
    // A signal that came between the two would find the terminal taken and nobody to give it back.
    let ending = signal::watch(&sender, false)?;
    let panicked = sender.clone();
    let mut terminal = terminal::Terminal::enter(options.mouse, move || {
        panicked.send(Event::Panic).ok();
    })?;
    input::watch(&sender, may_panic(&**world))?;
    let theme = options.theme;
    let look = DrawContext::new(&theme, &keymap);
    let (mut app_loop, mut runner, first) =
        prepare(options, Host { size: terminal.size()?, sender, receiver, ending, world, keymap: &keymap });
    let ended = catch_unwind(AssertUnwindSafe(|| app_loop.run(&mut terminal, &mut runner, look, first)));
    if let Ok(Ok(ending)) = ended {
        return Ok(ending);
    }
    // Whatever broke, the work is plain data beside it. Should it be what broke, what is on disk has to do.
    if let Ok(Some(effect)) = catch_unwind(AssertUnwindSafe(|| app::rescue(&mut app_loop.model))) {
        runner.run(effect);
    }
    ended.unwrap_or_else(|_panic| Err(broken()))
}

/// What a loop runs on, whatever shows it.
struct Host<'a> {
    size: Size,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    /// Whether a signal asked the program to end.
    ending: Arc<AtomicBool>,
    world: &'a Arc<dyn World>,
    keymap: &'a Keymap,
}

/// The model with what carries its effects out, and the effects to begin with.
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
    model.settings.mouse = options.mouse;
    model.settings.keeps_work = options.recovery;
    model.settings.plays = options.play.is_some();
    model.settings.has_keyring = !options.demo && world.keyring().may_be_there();
    let held = SessionLock::default();
    let unlocked = open(&mut model, options.opening, &held, &**world);
    greet(&mut model, options.tour);
    if let Some(why) = unlocked {
        // After the first words, which would hide it.
        notify(&sender, Msg::Draft(DraftReply::NotLocked(why)));
    }
    let session = effect::EffectContext { keyring, ca_files, watch: options.sandbox, lock: held };
    let runner = effect::Runner::new(Arc::clone(world), sender, session);
    let first = first_effects(&model);
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

/// Puts into the form what the program was started with; says why other programs cannot see that it is open, if so.
fn open(model: &mut Model, opening: Opening, held: &SessionLock, world: &dyn World) -> Option<String> {
    match opening {
        Opening::Blank => {}
        // Who may not save needs no lock, and asks nobody.
        Opening::Draft(draft) if model.settings.read_only => app::open_draft(model, *draft),
        Opening::Draft(draft) => match held.open(world, &draft.name) {
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

/// What to do once the first picture is there.
fn first_effects(model: &Model) -> Vec<Effect> {
    let mut first: Vec<Effect> = app::wanted_sandbox(model).into_iter().collect();
    // A demo leaves the person's own things alone.
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
        "A part of the program broke, so all of it ended. The lines above say where; please report them. What \
         could still be written of unsaved work is offered at the next start."
    )
}

/// Whether a key makes the program panic, so that a test can see what a panic leaves behind. Only in debug builds.
fn may_panic(world: &dyn World) -> bool {
    cfg!(debug_assertions) && world.has_variable("SEI_COMPOSE_PANIC")
}

/// Begins the tour where it is wanted, or says hello.
fn greet(model: &mut Model, tour: Option<usize>) {
    match tour {
        Some(position) => app::start_tour(model, position),
        None => app::welcome(model),
    }
}

/// The size of the terminal, as the model counts it.
const fn size_of(columns: u16, rows: u16) -> Size {
    Size { columns, rows }
}

pub(crate) fn keymap(world: &dyn World) -> anyhow::Result<Keymap> {
    let path = world.folders().config.join("keys.toml");
    let text = if world.exists(&path) { Some(world.read(&path)?) } else { None };
    Keymap::with(text.as_deref())
        .map_err(|error| anyhow::anyhow!("{}: {error}. Mend the file or move it away.", path.display()))
}

/// The model and what reaches it.
struct Loop<'a> {
    model: Model,
    receiver: Receiver<Event>,
    keymap: &'a Keymap,
    world: &'a dyn World,
    /// Whether a signal asked the program to end.
    ending: Arc<AtomicBool>,
    /// Whether the program was stopped and goes on: the terminal may have been anybody's meanwhile.
    is_continued: bool,
    /// The play, where the tour plays itself.
    show: Option<Show>,
    /// Whether the signal is still to come that the program goes on by.
    is_awaited: bool,
}

impl Loop<'_> {
    /// Draws, waits and carries out, until the person leaves or a signal ends the program.
    fn run(
        &mut self,
        terminal: &mut terminal::Terminal,
        runner: &mut effect::Runner,
        look: DrawContext<'_>,
        mut first: Vec<Effect>,
    ) -> anyhow::Result<ExitReason> {
        loop {
            if std::mem::take(&mut self.is_continued) {
                terminal.take_again(self.model.settings.mouse)?;
            }
            let mut effects = self.draw(terminal, look)?;
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

    /// Puts unsaved work on disk, and waits until it is there.
    fn rescue(&mut self, runner: &mut effect::Runner) {
        if let Some(effect) = app::rescue(&mut self.model) {
            runner.run(effect);
        }
        runner.finish_writes();
    }

    /// Gives the terminal back and stops until the shell continues the program, with all work on disk: nobody knows
    /// whether it ever will.
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

    /// Draws the model. The terminal may have another size by now than it last told, and what is laid out for the old
    /// one would fall outside: then the model learns the new one first.
    fn draw(
        &mut self,
        terminal: &mut terminal::Terminal,
        look: DrawContext<'_>,
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
                    ui::view(&self.model, look, frame);
                }
            })?;
            if found == known {
                return Ok(effects);
            }
            effects.extend(self.update(Msg::Resize(found)));
        }
    }

    /// Waits for something to happen, takes in all that has arrived, and says what to do.
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
            // Keys that wait, however many, do not hold a signal up.
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

    /// Keys are resolved one by one, since each may change the situation the next one meets.
    fn take(&mut self, event: Event) -> anyhow::Result<Vec<Effect>> {
        let msg = match event {
            Event::Msg(msg) => Some(msg),
            Event::Input(input) => input::message(input, self.keymap, self.model.scene()),
            Event::Stop => return Ok(vec![Effect::Terminal(TerminalEffect::Suspend)]),
            Event::Interrupt => Some(Msg::Exit),
            Event::Line(_) | Event::Typed(_) | Event::Resized => None,
            Event::Continued => {
                // The signal that ended a stop of our own is no news.
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
