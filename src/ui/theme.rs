//! Colors and symbols: at most sixteen colors, no color under `NO_COLOR`, only ASCII if the locale
//! requires it.
//!
//! Color alone never carries meaning: a symbol or a word says the same.

use ratatui::style::{Color, Modifier, Style};

use crate::check::Severity;

/// The choice of colors and symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colors are used.
    pub color: bool,
    /// Whether only ASCII characters are used.
    pub ascii: bool,
}

/// The symbols of all screens, in one character set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbols {
    /// An error.
    pub error: &'static str,
    /// A warning.
    pub warning: &'static str,
    /// A hint.
    pub hint: &'static str,
    /// No errors, or a successful result.
    pub ok: &'static str,
    /// The focused row.
    pub focus: &'static str,
    /// A folded item.
    pub folded: &'static str,
    /// An unfolded item.
    pub unfolded: &'static str,
    /// The signs before and after the value of a choice.
    pub choice: (&'static str, &'static str),
    /// A selected and an unselected radio button.
    pub radio: (&'static str, &'static str),
    /// A cell of a bar: full, full with an assumed start, empty.
    pub bar: (&'static str, &'static str, &'static str),
    /// Unsaved changes.
    pub unsaved: &'static str,
    /// A protected environment.
    pub protected: &'static str,
    /// A hidden character of a key.
    pub dot: &'static str,
    /// Before a row that continues the line above.
    pub continues: &'static str,
}

const UNICODE: Symbols = Symbols {
    error: "✗",
    warning: "!",
    hint: "·",
    ok: "✓",
    focus: "▌",
    folded: "▸",
    unfolded: "▾",
    choice: ("‹", "›"),
    radio: ("(•)", "( )"),
    bar: ("█", "▒", "·"),
    unsaved: "•",
    protected: "▲",
    dot: "•",
    continues: "↪ ",
};

const ASCII: Symbols = Symbols {
    error: "x",
    warning: "!",
    hint: "-",
    ok: "ok",
    focus: ">",
    folded: "+",
    unfolded: "-",
    choice: ("<", ">"),
    radio: ("(*)", "( )"),
    bar: ("#", "=", "."),
    unsaved: "*",
    protected: "^",
    dot: "*",
    continues: "~ ",
};

impl Theme {
    /// The Unicode or ASCII symbols.
    pub const fn symbols(self) -> Symbols {
        if self.ascii { ASCII } else { UNICODE }
    }

    fn colored(self, color: Color) -> Style {
        if self.color { Style::new().fg(color) } else { Style::new() }
    }

    /// The style of borders, units and other secondary text.
    pub fn dim(self) -> Style {
        if self.color { Style::new().fg(Color::DarkGray) } else { Style::new().add_modifier(Modifier::DIM) }
    }

    /// The style of headings, keys, and the border of the pane with the focus.
    pub fn accent(self) -> Style {
        self.colored(Color::Cyan)
    }

    /// The style of names and of focused text.
    pub fn strong(self) -> Style {
        Style::new().fg(Color::Reset).add_modifier(Modifier::BOLD)
    }

    /// The style of the chosen line of a list.
    pub fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The style of text that is edited.
    pub fn edited(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// The style of success.
    pub fn good(self) -> Style {
        self.colored(Color::Green)
    }

    /// The style of errors.
    pub fn bad(self) -> Style {
        self.colored(Color::Red)
    }

    /// The style of warnings.
    pub fn careful(self) -> Style {
        self.colored(Color::Yellow)
    }

    /// The style of a JSON key.
    pub fn json_key(self) -> Style {
        self.colored(Color::Cyan)
    }

    /// The style of a JSON string.
    pub fn json_text(self) -> Style {
        self.colored(Color::Green)
    }

    /// The style of a JSON number, `true`, `false` and `null`.
    pub fn json_scalar(self) -> Style {
        self.colored(Color::Magenta)
    }

    /// The style of problems of a severity.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.bad().add_modifier(Modifier::BOLD),
            Severity::Warning => self.careful(),
            Severity::Hint => self.dim(),
        }
    }

    /// The symbol of problems of a severity.
    pub const fn mark(self, severity: Severity) -> &'static str {
        let symbols = self.symbols();
        match severity {
            Severity::Error => symbols.error,
            Severity::Warning => symbols.warning,
            Severity::Hint => symbols.hint,
        }
    }
}
