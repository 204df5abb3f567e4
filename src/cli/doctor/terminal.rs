//! The terminal: what the app can draw on it.

use std::io::IsTerminal as _;

use super::DoctorLine;
use crate::cli::open;
use crate::text;
use crate::world::World;

/// The least size in which the app shows anything but how much it needs.
const LEAST: (u16, u16) = (50, 12);

pub(super) fn findings(world: &dyn World) -> Vec<DoctorLine> {
    vec![kind(world), color(world), size()]
}

fn kind(world: &dyn World) -> DoctorLine {
    match world.variable("TERM") {
        None => DoctorLine::warning("terminal", "TERM is not set; the app may not know the keys."),
        Some(term) if term == "dumb" => {
            DoctorLine::warning("terminal", "TERM is dumb: the commands work, the app hardly does.")
        }
        Some(term) => DoctorLine::fine("terminal", format!("TERM is {}", text::visible(&term))),
    }
}

fn color(world: &dyn World) -> DoctorLine {
    let theme = open::theme_of(world);
    let colour = if theme.color { "colours" } else { "no colours" };
    if theme.ascii {
        let words = "the locale is not UTF-8, so borders and marks are ASCII. Set LANG to a UTF-8 locale.";
        return DoctorLine::warning("characters", format!("{colour}; {words}"));
    }
    DoctorLine::fine("characters", format!("{colour}, UTF-8"))
}

fn size() -> DoctorLine {
    if !std::io::stdout().is_terminal() {
        return DoctorLine::fine("size", "standard output is no terminal");
    }
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns < LEAST.0 || rows < LEAST.1 => DoctorLine::warning(
            "size",
            format!("{columns} by {rows}; the app wants {} by {} at least.", LEAST.0, LEAST.1),
        ),
        Ok((columns, rows)) => DoctorLine::fine("size", format!("{columns} by {rows}")),
        Err(fault) => DoctorLine::warning("size", format!("the terminal does not tell its size: {fault}")),
    }
}
