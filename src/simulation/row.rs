//! The lines of a simulation as rows of a page.

use crate::document::Pointer;
use crate::text;

use super::line::{LineKind, SimulationLine};

/// The most columns of a label; a longer label is cut.
const LABEL: usize = 20;

/// The columns before a label: an indent, a mark, a gap.
const MARK: usize = 3;

/// A row of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulationRow {
    /// The role of the line.
    pub kind: LineKind,
    /// Whether the row is the first of its line, which has the mark.
    pub is_first: bool,
    /// The text after the mark.
    pub text: String,
    /// The place that the line leads to.
    pub at: Option<Pointer>,
}

impl SimulationRow {
    /// The row as text, with this mark; the mark has one column, or two.
    pub fn with_mark(&self, mark: &str) -> String {
        if self.kind == LineKind::Section {
            return self.text.clone();
        }
        let mark = if self.is_first { mark } else { "" };
        let gap = " ".repeat(MARK.saturating_sub(text::width(mark)));
        format!("{mark}{gap}{}", self.text)
    }

    fn new(kind: LineKind, text: String, at: Option<&Pointer>) -> Self {
        Self { kind, is_first: false, text, at: at.cloned() }
    }
}

/// The rows of lines, wrapped to a width; an empty row separates sections.
pub fn rows(lines: &[SimulationLine], columns: usize) -> Vec<SimulationRow> {
    let mut rows = Vec::new();
    let sections = lines.chunk_by(|_, next| next.kind != LineKind::Section);
    for section in sections {
        if !rows.is_empty() {
            rows.push(SimulationRow::new(LineKind::Section, String::new(), None));
        }
        let labels = section.iter().filter(|line| line.kind != LineKind::Section);
        let widest = labels.map(|line| text::width(&line.label)).max().unwrap_or_default().min(LABEL);
        for line in section {
            rows.extend(if line.kind == LineKind::Section {
                title(line, columns)
            } else {
                wrapped(line, widest, columns)
            });
        }
    }
    rows
}

fn title(line: &SimulationLine, columns: usize) -> Vec<SimulationRow> {
    let words = text::visible(&line.words);
    let title = if words.is_empty() { line.label.clone() } else { format!("{}: {words}", line.label) };
    let rows = text::wrap(&title, columns.max(10)).into_iter().enumerate();
    rows.map(|(index, text)| SimulationRow {
        is_first: index == 0,
        ..SimulationRow::new(line.kind, text, None)
    })
    .collect()
}

fn wrapped(line: &SimulationLine, widest: usize, columns: usize) -> Vec<SimulationRow> {
    let label = text::cut(&line.label, widest);
    let gap = " ".repeat(widest.saturating_sub(text::width(&label)));
    let indent = widest + 2;
    let words = text::visible(&line.words);
    let columns = columns.saturating_sub(MARK + indent).max(12);
    let mut rows: Vec<SimulationRow> = text::wrap(&words, columns)
        .into_iter()
        .enumerate()
        .map(|(index, words)| {
            let start = if index == 0 { format!("{label}{gap}  ") } else { " ".repeat(indent) };
            let text = format!("{start}{words}").trim_end().to_owned();
            SimulationRow { is_first: index == 0, ..SimulationRow::new(line.kind, text, line.at.as_ref()) }
        })
        .collect();
    if let (Some(at), Some(code)) = (&line.at, line.code) {
        let place = text::visible(&at.to_string()).into_owned();
        let places = text::wrap(&format!("{place}  {code}"), columns);
        rows.extend(
            places
                .into_iter()
                .map(|words| SimulationRow::new(LineKind::Place, format!("{:indent$}{words}", ""), Some(at))),
        );
    }
    rows
}
