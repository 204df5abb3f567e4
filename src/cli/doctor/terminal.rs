//! The terminal: its type, colors, characters and size.

use std::io::IsTerminal as _;

use super::DoctorLine;
use crate::cli::open;
use crate::text;
use crate::world::World;

/// The smallest size that the app draws in.
const SMALLEST: (u16, u16) = (50, 12);

pub(super) fn findings(world: &dyn World) -> Vec<DoctorLine> {
    vec![kind(world), color(world), size()]
}

fn kind(world: &dyn World) -> DoctorLine {
    match world.variable("TERM") {
        None => DoctorLine::warning("terminal", "TERM is not set; the app may not recognize the keys."),
        Some(term) if term == "dumb" => {
            DoctorLine::warning("terminal", "TERM is dumb: the commands work, the app may not.")
        }
        Some(term) => DoctorLine::fine("terminal", format!("TERM is {}", text::visible(&term))),
    }
}

fn color(world: &dyn World) -> DoctorLine {
    let theme = open::theme_of(world);
    let color = if theme.color { "colors" } else { "no colors" };
    if theme.ascii {
        let words = "the locale is not UTF-8, so borders and marks are ASCII. Set LANG to a UTF-8 locale.";
        return DoctorLine::warning("characters", format!("{color}; {words}"));
    }
    DoctorLine::fine("characters", format!("{color}, UTF-8"))
}

fn size() -> DoctorLine {
    if !std::io::stdout().is_terminal() {
        return DoctorLine::fine("size", "standard output is not a terminal");
    }
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns < SMALLEST.0 || rows < SMALLEST.1 => DoctorLine::warning(
            "size",
            format!("{columns} by {rows}; the app needs at least {} by {}.", SMALLEST.0, SMALLEST.1),
        ),
        Ok((columns, rows)) => DoctorLine::fine("size", format!("{columns} by {rows}")),
        Err(fault) => DoctorLine::warning("size", format!("the terminal does not report its size: {fault}")),
    }
}
