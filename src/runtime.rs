//! The loop that owns the terminal, and everything that waits: network, disk, signals.
//!
//! ```text
//!  input thread ──┐
//!  signal thread ─┼─> one channel ─> loop: block, drain, update, draw once ─> effects ─┬─> network thread
//!  replies ───────┘                                                                   └─> disk thread
//! ```
//!
//! The loop blocks until something happens or the model's deadline comes; an idle program does nothing.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use crate::app::geometry::Size;
use crate::app::{self, Effect, Model, Msg, Start};
use crate::document::Value;
use crate::draft::Draft;
use crate::keymap::Keymap;
use crate::sandbox::Watch;
use crate::ui::{self, Look, Theme};
use crate::wire::Environment;
use crate::world::World;

pub mod clipboard;
mod disk;
mod effect;
mod input;
mod key;
pub mod network;
mod signal;
mod terminal;

pub use key::Keyring;
pub use signal::stop_on_signal;

/// What the app is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The environments to choose from.
    pub environments: Vec<Environment>,
    /// Which one is chosen.
    pub environment: usize,
    /// What is in the form.
    pub opening: Opening,
    /// Colours and symbols.
    pub theme: Theme,
    /// Whether the mouse is the program's.
    pub mouse: bool,
    /// Whether nothing may be sent or saved.
    pub read_only: bool,
    /// Whether this is a demo: keys of the person are left alone.
    pub demo: bool,
    /// The sandbox that this program serves already.
    pub sandbox: Option<Watch>,
    /// The codes of rules that are not to be reported.
    pub silenced: Vec<String>,
    /// The step of the guided tour to begin with, where it is to be on.
    pub tour: Option<usize>,
}

/// What is in the form at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// A blank document.
    Blank,
    /// A draft.
    Draft(Box<Draft>),
    /// A payload that is no draft yet.
    Document(Box<Value>),
}

/// Something that reached the loop.
#[derive(Debug)]
enum Event {
    /// A key, paste, mouse report or resize.
    Input(crossterm::event::Event),
    /// An answer.
    Msg(Msg),
    /// A thread that panicked: what it was there for will never come.
    Panic,
}

/// Opens the app and runs it until the person leaves.
///
/// # Errors
/// When standard output is no terminal, when the terminal refuses, or when `keys.toml` cannot be used.
pub fn run(options: Options, world: &Arc<dyn World>) -> anyhow::Result<()> {
    let keymap = keymap(&**world)?;
    let ca_files = options.environments.iter();
    let ca_files = ca_files.filter_map(|known| Some((known.id.clone(), known.ca_file.clone()?))).collect();
    let mut keyring = Keyring::default();
    let environments = keyring.look_up(&options, &**world);
    let (sender, receiver) = channel();
    // A signal that came between the two would find the terminal taken and nobody to give it back.
    signal::watch(&sender)?;
    let panicked = sender.clone();
    let mut terminal = terminal::Terminal::enter(options.mouse, move || {
        panicked.send(Event::Panic).ok();
    })?;
    input::watch(&sender)?;
    let size = terminal.size()?;
    let mut model = Model::new(Start {
        environments,
        environment: options.environment,
        size,
        now: world.now(),
        read_only: options.read_only,
        demo: options.demo,
        silenced: options.silenced,
    });
    model.mouse = options.mouse;
    match options.opening {
        Opening::Blank => {}
        Opening::Draft(draft) => app::open_draft(&mut model, *draft),
        Opening::Document(value) => app::open_document(&mut model, *value),
    }
    match options.tour {
        Some(position) => app::begin_tour(&mut model, position),
        None => app::welcome(&mut model),
    }
    let look = Look::new(&options.theme, &keymap);
    let mut runner = effect::Runner::new(Arc::clone(world), keyring, sender, (ca_files, options.sandbox));
    if let Some(effect) = app::wanted_sandbox(&model) {
        runner.run(effect);
    }
    // A demo leaves the person's own things alone.
    if !model.demo {
        runner.run(Effect::LoadBook);
    }
    let mut first = vec![Effect::RecallRuns];
    let mut app_loop = Loop { model, receiver, keymap: &keymap, world: &**world };
    loop {
        let mut effects = app_loop.draw(&mut terminal, look)?;
        // What the journal remembers can come after the first picture.
        effects.append(&mut first);
        if effects.is_empty() {
            effects = app_loop.next()?;
        }
        for effect in effects {
            #[expect(clippy::wildcard_enum_match_arm, reason = "the loop itself knows three effects")]
            match effect {
                Effect::Quit => return Ok(()),
                Effect::Mouse(on) => terminal.capture_mouse(on)?,
                Effect::Copy { what, text } => terminal.say(&runner.copied(what, &text))?,
                other => runner.run(other),
            }
        }
    }
}

/// The size of the terminal, as the model counts it.
const fn size_of(columns: u16, rows: u16) -> Size {
    Size { columns, rows }
}

fn keymap(world: &dyn World) -> anyhow::Result<Keymap> {
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
}

impl Loop<'_> {
    /// Draws the model. The terminal may have another size by now than it last told, and what is laid out for the old
    /// one would fall outside: then the model learns the new one first.
    fn draw(&mut self, terminal: &mut terminal::Terminal, look: Look<'_>) -> std::io::Result<Vec<Effect>> {
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
        let mut effects = match self.wait() {
            Ok(event) => self.take(event)?,
            Err(RecvTimeoutError::Timeout) => self.update(Msg::Wake),
            Err(RecvTimeoutError::Disconnected) => vec![Effect::Quit],
        };
        while let Ok(event) = self.receiver.try_recv() {
            effects.extend(self.take(event)?);
        }
        Ok(effects)
    }

    fn wait(&self) -> Result<Event, RecvTimeoutError> {
        let Some(deadline) = self.model.deadline() else {
            return self.receiver.recv().map_err(|_gone| RecvTimeoutError::Disconnected);
        };
        let left = deadline.millis().saturating_sub(self.world.now().millis()).max(1);
        self.receiver.recv_timeout(std::time::Duration::from_millis(left.unsigned_abs()))
    }

    /// Keys are resolved one by one, since each may change the situation the next one meets.
    fn take(&mut self, event: Event) -> anyhow::Result<Vec<Effect>> {
        let msg = match event {
            Event::Msg(msg) => Some(msg),
            Event::Input(event) => input::message(event, self.keymap, self.model.scene()),
            Event::Panic => anyhow::bail!(
                "A part of the program broke, so all of it ended. The lines above say where; please report them."
            ),
        };
        Ok(msg.map_or_else(Vec::new, |msg| self.update(msg)))
    }

    fn update(&mut self, msg: Msg) -> Vec<Effect> {
        app::update(&mut self.model, self.world.now(), msg)
    }
}

/// Sends to the loop; a loop that has ended needs no answers.
fn tell(sender: &Sender<Event>, msg: Msg) {
    sender.send(Event::Msg(msg)).ok();
}
