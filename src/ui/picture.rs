//! The screen as a picture: text, or an SVG without references to other files.

use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::{DrawContext, view};
use crate::app::Model;
use crate::text;

/// The file format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Lines of text, without colors.
    Text,
    /// An SVG drawing with colors.
    Svg,
}

/// The width and height of a cell, and the margin around all cells, in pixels.
const CELL: (usize, usize) = (9, 19);
const MARGIN: usize = 10;
/// The distance from the top of a cell to the baseline of its letters.
const BASELINE: usize = 14;

const PAPER: &str = "#1b1f27";
const INK: &str = "#d7dae0";

/// Draws the screen of a model in the size that the model has.
pub fn picture(model: &Model, context: DrawContext<'_>, form: PictureFormat) -> String {
    let mut terminal = match Terminal::new(TestBackend::new(model.size.columns, model.size.rows)) {
        Ok(terminal) => terminal,
        Err(never) => match never {},
    };
    match terminal.draw(|frame| view(model, context, frame)) {
        Ok(_) => {}
        Err(never) => match never {},
    }
    let buffer = terminal.backend().buffer();
    match form {
        PictureFormat::Text => rows(buffer).map(plain).collect(),
        PictureFormat::Svg => svg(buffer),
    }
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = &[Cell]> {
    buffer.content().chunks(usize::from(buffer.area.width).max(1))
}

fn plain(row: &[Cell]) -> String {
    row.iter().map(Cell::symbol).collect::<String>().trim_end().to_owned() + "\n"
}

/// The style that a run of cells shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CellStyle {
    ink: &'static str,
    paper: &'static str,
    modifier: Modifier,
}

impl CellStyle {
    fn of(cell: &Cell) -> Self {
        let (ink, paper) = (color(cell.fg).unwrap_or(INK), color(cell.bg).unwrap_or(PAPER));
        let is_reversed = cell.modifier.contains(Modifier::REVERSED);
        let (ink, paper) = if is_reversed { (paper, ink) } else { (ink, paper) };
        let drawn = Modifier::BOLD | Modifier::DIM | Modifier::UNDERLINED | Modifier::ITALIC;
        Self { ink, paper, modifier: cell.modifier & drawn }
    }

    fn attributes(self) -> String {
        let mut attributes = String::new();
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::DIM, " opacity=\"0.6\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
        ] {
            if self.modifier.contains(modifier) {
                attributes.push_str(attribute);
            }
        }
        attributes
    }
}

/// The hex code of one of the sixteen colors of a terminal.
const fn color(color: Color) -> Option<&'static str> {
    Some(match color {
        Color::Black => "#0d1017",
        Color::Red | Color::LightRed => "#f07178",
        Color::Green | Color::LightGreen => "#9ccc65",
        Color::Yellow | Color::LightYellow => "#ffcb6b",
        Color::Blue | Color::LightBlue => "#82aaff",
        Color::Magenta | Color::LightMagenta => "#c792ea",
        Color::Cyan | Color::LightCyan => "#66d0e0",
        Color::Gray => "#b8bfcc",
        Color::DarkGray => "#818a9c",
        Color::White => "#ffffff",
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

fn svg(buffer: &Buffer) -> String {
    let (columns, lines) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, lines * CELL.1 + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"15\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for (line, row) in rows(buffer).enumerate() {
        let mut column = 0;
        for run in row.chunk_by(|one, other| CellStyle::of(one) == CellStyle::of(other)) {
            draw(&mut out, (column, line), run);
            column += run.len();
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Draws cells of one style: the background, and the letters, as wide as the cells in any font.
fn draw(out: &mut String, (column, line): (usize, usize), run: &[Cell]) {
    let Some(style) = run.first().map(CellStyle::of) else { return };
    let (x, y) = (MARGIN + column * CELL.0, MARGIN + line * CELL.1);
    // Writing to a text cannot fail.
    if style.paper != PAPER {
        let (width, height) = (run.len() * CELL.0, CELL.1);
        writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
            style.paper
        )
        .ok();
    }
    let words: String = run.iter().map(Cell::symbol).collect();
    let before = words.len() - words.trim_start().len();
    let words = words.trim();
    if words.is_empty() {
        return;
    }
    let (x, y, width) = (x + before * CELL.0, y + BASELINE, text::width(words) * CELL.0);
    let (ink, attributes) = (style.ink, style.attributes());
    let words = escaped(words);
    writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" \
         fill=\"{ink}\"{attributes}>{words}</text>"
    )
    .ok();
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
