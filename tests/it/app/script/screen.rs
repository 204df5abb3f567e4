//! The screen of a script as text.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use sei_compose::app::geometry::Size;
use sei_compose::ui;

use super::Script;

impl Script {
    /// The screen as text, without colors.
    pub(crate) fn screen(&self) -> String {
        let Size { columns, rows } = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| ui::view(&self.model, self.context(), frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let line = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..rows).map(|y| line(y).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// Panics unless the screen shows a text.
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "no “{text}” on\n{screen}");
        self
    }

    /// Panics if the screen shows a text.
    pub(crate) fn hides(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "there is “{text}” on\n{screen}");
        self
    }
}
