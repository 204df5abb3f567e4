//! The terminal: what the app can draw on it.

use std::io::IsTerminal as _;

use super::Finding;
use crate::cli::open;
use crate::text;
use crate::world::World;

/// The least size in which the app shows anything but how much it needs.
const LEAST: (u16, u16) = (50, 12);

pub(super) fn findings(world: &dyn World) -> Vec<Finding> {
    vec![kind(world), colour(world), size()]
}

fn kind(world: &dyn World) -> Finding {
    match world.variable("TERM") {
        None => Finding::warning("terminal", "TERM is not set; the app may not know the keys."),
        Some(term) if term == "dumb" => {
            Finding::warning("terminal", "TERM is dumb: the commands work, the app hardly does.")
        }
        Some(term) => Finding::fine("terminal", format!("TERM is {}", text::visible(&term))),
    }
}

fn colour(world: &dyn World) -> Finding {
    let theme = open::theme_of(world);
    let colour = if theme.colour { "colours" } else { "no colours" };
    if theme.ascii {
        let words = "the locale is not UTF-8, so borders and marks are ASCII. Set LANG to a UTF-8 locale.";
        return Finding::warning("characters", format!("{colour}; {words}"));
    }
    Finding::fine("characters", format!("{colour}, UTF-8"))
}

fn size() -> Finding {
    if !std::io::stdout().is_terminal() {
        return Finding::fine("size", "standard output is no terminal");
    }
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns < LEAST.0 || rows < LEAST.1 => Finding::warning(
            "size",
            format!("{columns} by {rows}; the app wants {} by {} at least.", LEAST.0, LEAST.1),
        ),
        Ok((columns, rows)) => Finding::fine("size", format!("{columns} by {rows}")),
        Err(fault) => Finding::warning("size", format!("the terminal does not tell its size: {fault}")),
    }
}
