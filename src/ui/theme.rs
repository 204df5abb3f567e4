//! Colours and symbols: sixteen colours at most, none under `NO_COLOR`, plain ASCII where the locale asks for it.
//!
//! Meaning never rests on colour alone: a symbol or a word always says it too.

use ratatui::style::{Color, Modifier, Style};

use crate::check::Severity;

/// How things look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used.
    pub color: bool,
    /// Whether only ASCII characters are used.
    pub ascii: bool,
}

/// The symbols of a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbols {
    /// An error.
    pub error: &'static str,
    /// A warning.
    pub warning: &'static str,
    /// A hint.
    pub hint: &'static str,
    /// All is well.
    pub ok: &'static str,
    /// The focused row.
    pub focus: &'static str,
    /// A folded item.
    pub folded: &'static str,
    /// An unfolded item.
    pub unfolded: &'static str,
    /// Before and after a choice.
    pub choice: (&'static str, &'static str),
    /// A chosen and an open radio button.
    pub radio: (&'static str, &'static str),
    /// A cell of the waterfall that is full, full by assumption, and empty.
    pub bar: (&'static str, &'static str, &'static str),
    /// Something not saved.
    pub unsaved: &'static str,
    /// A protected environment.
    pub protected: &'static str,
    /// A hidden character.
    pub dot: &'static str,
    /// Before a row that goes on with the line above.
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
    /// The symbols.
    pub const fn symbols(self) -> Symbols {
        if self.ascii { ASCII } else { UNICODE }
    }

    fn coloured(self, colour: Color) -> Style {
        if self.color { Style::new().fg(colour) } else { Style::new() }
    }

    /// Borders, units, whatever steps back.
    pub fn dim(self) -> Style {
        if self.color { Style::new().fg(Color::DarkGray) } else { Style::new().add_modifier(Modifier::DIM) }
    }

    /// Headings and the border of what has the focus.
    pub fn accent(self) -> Style {
        self.coloured(Color::Cyan)
    }

    /// Names and what is chosen.
    pub fn strong(self) -> Style {
        Style::new().fg(Color::Reset).add_modifier(Modifier::BOLD)
    }

    /// The chosen line of a list.
    pub fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Text under the cursor.
    pub fn edited(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// What went well.
    pub fn good(self) -> Style {
        self.coloured(Color::Green)
    }

    /// What went wrong.
    pub fn bad(self) -> Style {
        self.coloured(Color::Red)
    }

    /// What to look at.
    pub fn careful(self) -> Style {
        self.coloured(Color::Yellow)
    }

    /// A key of the JSON.
    pub fn json_key(self) -> Style {
        self.coloured(Color::Cyan)
    }

    /// A text of the JSON.
    pub fn json_text(self) -> Style {
        self.coloured(Color::Green)
    }

    /// A number, or true, false, null of the JSON.
    pub fn json_scalar(self) -> Style {
        self.coloured(Color::Magenta)
    }

    /// The style of a severity.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.bad().add_modifier(Modifier::BOLD),
            Severity::Warning => self.careful(),
            Severity::Hint => self.dim(),
        }
    }

    /// The symbol of a severity.
    pub const fn mark(self, severity: Severity) -> &'static str {
        let symbols = self.symbols();
        match severity {
            Severity::Error => symbols.error,
            Severity::Warning => symbols.warning,
            Severity::Hint => symbols.hint,
        }
    }
}
