//! The terminal: taken over, drawn to, and left as it was found, whichever way the program ends.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write as _};
use std::mem::ManuallyDrop;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;

use crate::app::geometry::Size;

/// Button presses and the wheel, with coordinates in decimal; no reports of mere movement.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// An empty screen in the usual colours, the cursor at its beginning. Entering the alternate screen does not clear it for
/// those who are in it already, as after a program that was killed, and only what differs from blank is drawn.
pub(super) const CLEAR: &str = "\x1b[m\x1b[H\x1b[2J";

/// The terminal while the app has it; dropping it gives it back.
pub(super) struct Terminal {
    /// Never dropped by itself: it would complain on standard error about a terminal that is gone, where that is gone
    /// too.
    inner: ManuallyDrop<ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
}

impl Terminal {
    /// Takes the terminal over; `on_panic` hears of a panic on any thread, after the terminal was given back.
    pub(super) fn enter(mouse: bool, on_panic: impl Fn() + Send + Sync + 'static) -> anyhow::Result<Self> {
        if !io::stdout().is_terminal() {
            anyhow::bail!(
                "The app needs a terminal, and standard output is none. In scripts use check, render and send."
            );
        }
        // The theme decides about colours; crossterm's own handling of NO_COLOR would lose bold and reverse too.
        crossterm::style::force_color_output(true);
        give_back_on_panic(on_panic);
        if let Err(error) = take(mouse) {
            give_back();
            return Err(error.into());
        }
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 15, io::stdout()));
        match ratatui::Terminal::new(backend) {
            Ok(inner) => Ok(Self { inner: ManuallyDrop::new(inner) }),
            Err(error) => {
                give_back();
                Err(error.into())
            }
        }
    }

    /// The size in cells.
    pub(super) fn size(&self) -> io::Result<Size> {
        let size = self.inner.size()?;
        Ok(super::size_of(size.width, size.height))
    }

    /// Draws one frame.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.inner.draw(view).map(|_completed| ())
    }

    /// Asks the terminal for something that leaves the screen as it is.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may speak to it")]
    pub(super) fn say(&self, sequence: &str) -> io::Result<()> {
        write_all(sequence)
    }

    /// Gives the terminal back while something else is done.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may give it back")]
    pub(super) fn lend(&self, meanwhile: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        give_back();
        meanwhile()
    }

    /// Takes the terminal over again, in whatever state it is, and forgets what is on the screen.
    pub(super) fn take_again(&mut self, mouse: bool) -> io::Result<()> {
        // Raw mode is only set by those who believe that it is not.
        disable_raw_mode().ok();
        take(mouse)?;
        // As if it had another size: to clear it would ask for its cursor, and the answer belongs to the input thread.
        let size = self.inner.size()?;
        self.inner.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height))
    }

    /// Takes the mouse, or leaves it to the terminal.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may change it")]
    pub(super) fn capture_mouse(&self, on: bool) -> io::Result<()> {
        write_all(if on { MOUSE_ON } else { MOUSE_OFF })
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, Print(CLEAR), EnableBracketedPaste)?;
    if mouse { write_all(MOUSE_ON) } else { Ok(()) }
}

fn write_all(text: &str) -> io::Result<()> {
    let mut output = io::stdout();
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Gives the terminal back. A terminal that is gone cannot refuse, so faults are no news here.
fn give_back() {
    // First, since it needs no room in a terminal that takes nothing any more.
    disable_raw_mode().ok();
    write_all(MOUSE_OFF).ok();
    execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show).ok();
}

/// A panic message belongs on the screen the person came from.
fn give_back_on_panic(on_panic: impl Fn() + Send + Sync + 'static) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        before(panic);
        on_panic();
    }));
}
