//! The simulation for people: sections with aligned lines.

use crate::simulation::{LineKind, Simulation, SimulationLine, lines};
use crate::text;

/// The columns of a label; longer labels have a line of their own.
const LABEL: usize = 16;

/// The report, wrapped to a width.
pub(super) fn report(simulation: &Simulation, columns: usize) -> String {
    let mut report = String::new();
    for line in lines(simulation) {
        if line.kind == LineKind::Section && !report.is_empty() {
            report.push('\n');
        }
        report += &shown(&line, columns);
    }
    report
}

fn shown(line: &SimulationLine, columns: usize) -> String {
    let words = text::visible(&line.words);
    if line.kind == LineKind::Section {
        let label = if words.is_empty() { line.label.clone() } else { format!("{}: {words}", line.label) };
        return text::wrap(&label, columns).join("\n") + "\n";
    }
    let indent = LABEL + 6;
    let mark = mark(line.kind);
    let label = text::cut(&line.label, LABEL);
    let gap = " ".repeat(LABEL.saturating_sub(text::width(&label)));
    let mut shown = String::new();
    for (index, words) in text::wrap(&words, columns.saturating_sub(indent).max(20)).iter().enumerate() {
        let start = if index == 0 { format!("  {mark} {label}{gap}  ") } else { " ".repeat(indent) };
        shown += format!("{start}{words}").trim_end();
        shown.push('\n');
    }
    if let (Some(at), Some(code)) = (&line.at, line.code) {
        shown += &format!("{:indent$}{}  {code}\n", "", text::visible(&at.to_string()));
    }
    shown
}

const fn mark(kind: LineKind) -> char {
    match kind {
        LineKind::Good => '✓',
        LineKind::Lost => '✗',
        LineKind::Open => '?',
        LineKind::Section | LineKind::Fact | LineKind::More => ' ',
    }
}
