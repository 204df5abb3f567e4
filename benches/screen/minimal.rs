//! The minimal program for comparison: one text area in an alternate screen.

use std::io;
use std::time::Duration;

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::widgets::Block;
use tui_textarea::TextArea;

/// Runs until F10.
pub(crate) fn run() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut area = TextArea::default();
    area.set_block(Block::bordered().title("minimal").title_bottom("F10 leave"));
    'open: loop {
        terminal.draw(|frame| frame.render_widget(&area, frame.area()))?;
        let mut next = Some(event::read()?);
        while let Some(event) = next {
            match event {
                Event::Key(key) if key.code == KeyCode::F(10) => break 'open,
                Event::Paste(text) => {
                    area.insert_str(text);
                }
                Event::Key(_)
                | Event::Mouse(_)
                | Event::Resize(..)
                | Event::FocusGained
                | Event::FocusLost => {
                    area.input(event);
                }
            }
            // All available input is drawn once; a timeout of zero would miss it.
            next = if event::poll(Duration::from_micros(50))? { Some(event::read()?) } else { None };
        }
    }
    disable_raw_mode()?;
    execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen)?;
    terminal.show_cursor()
}
