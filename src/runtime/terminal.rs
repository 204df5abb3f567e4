//! The terminal: raw mode and the alternate screen, drawing, and the restore at any end of the
//! program.

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

/// Reports button presses and the wheel, with decimal coordinates; does not report movement.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Clears the screen in default colors, with the cursor at its start.
///
/// Entering the alternate screen does not clear a terminal that is in it already, for example after
/// a killed program, and only cells that are not blank are drawn.
pub(super) const CLEAR: &str = "\x1b[m\x1b[H\x1b[2J";

/// The terminal while the app uses it; dropping this value restores the terminal.
pub(super) struct Terminal {
    /// Never dropped: its `drop` would print to standard error if the terminal is gone.
    inner: ManuallyDrop<ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
}

impl Terminal {
    /// Prepares the terminal; `on_panic` is called after a panic on any thread, once the terminal
    /// is restored.
    pub(super) fn enter(mouse: bool, on_panic: impl Fn() + Send + Sync + 'static) -> anyhow::Result<Self> {
        if !io::stdout().is_terminal() {
            anyhow::bail!(
                "The app needs a terminal; standard output is not a terminal. In scripts, use check, render \
                 and send."
            );
        }
        // The theme decides about colors; with NO_COLOR, crossterm would also drop bold and
        // reverse.
        crossterm::style::force_color_output(true);
        restore_on_panic(on_panic);
        if let Err(error) = take(mouse) {
            restore();
            return Err(error.into());
        }
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 15, io::stdout()));
        match ratatui::Terminal::new(backend) {
            Ok(inner) => Ok(Self { inner: ManuallyDrop::new(inner) }),
            Err(error) => {
                restore();
                Err(error.into())
            }
        }
    }

    /// The size of the terminal in cells.
    pub(super) fn size(&self) -> io::Result<Size> {
        let size = self.inner.size()?;
        Ok(super::size_of(size.width, size.height))
    }

    /// Draws one frame; only changed cells are written.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.inner.draw(view).map(|_completed| ())
    }

    /// Writes a sequence that does not change the screen.
    #[expect(clippy::unused_self, reason = "only the owner of the terminal may write to it")]
    pub(super) fn say(&self, sequence: &str) -> io::Result<()> {
        write_all(sequence)
    }

    /// Restores the terminal while a closure runs.
    #[expect(clippy::unused_self, reason = "only the owner of the terminal may restore it")]
    pub(super) fn lend(&self, meanwhile: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        restore();
        meanwhile()
    }

    /// Prepares the terminal again after any change by other programs; the next frame draws all
    /// cells.
    pub(super) fn take_again(&mut self, mouse: bool) -> io::Result<()> {
        // crossterm sets raw mode only if it assumes that raw mode is off.
        disable_raw_mode().ok();
        take(mouse)?;
        // Resizing discards the last frame. Clearing would query the cursor position, and the input
        // thread would read the reply.
        let size = self.inner.size()?;
        self.inner.resize(ratatui::layout::Rect::new(0, 0, size.width, size.height))
    }

    /// Enables or disables mouse reports.
    #[expect(clippy::unused_self, reason = "only the owner of the terminal may change it")]
    pub(super) fn capture_mouse(&self, on: bool) -> io::Result<()> {
        write_all(if on { MOUSE_ON } else { MOUSE_OFF })
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
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

/// Restores the terminal. Faults are ignored: the terminal may be gone.
fn restore() {
    // Raw mode first: a terminal that accepts no more output still accepts this call.
    disable_raw_mode().ok();
    write_all(MOUSE_OFF).ok();
    execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show).ok();
}

/// Restores the terminal before a panic message is printed.
fn restore_on_panic(on_panic: impl Fn() + Send + Sync + 'static) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        restore();
        before(panic);
        on_panic();
    }));
}
