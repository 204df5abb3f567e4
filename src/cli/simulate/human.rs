//! The simulation for people: sections with aligned lines.

use super::SimulatedRun;
use crate::simulation::{LineKind, PairAnswer, PairDifference, lines, rows};
use crate::text;

/// The columns before a compared value.
const INDENT: usize = 17;

/// The report, wrapped to a width.
pub(super) fn report(simulated: &SimulatedRun, columns: usize) -> String {
    let rows = rows(&lines(&simulated.simulation), columns.saturating_sub(2));
    let shown = rows.iter().map(|row| {
        let indent = if row.kind == LineKind::Section { "" } else { "  " };
        format!("{indent}{}", row.with_mark(mark(row.kind))).trim_end().to_owned() + "\n"
    });
    let mut report: String = shown.collect();
    if let Some((label, answer)) = &simulated.pair {
        report.push('\n');
        report += &pair(label, answer, columns);
    }
    report
}

const fn mark(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Good => "✓",
        LineKind::Lost => "✗",
        LineKind::Open => "?",
        LineKind::Section | LineKind::Fact | LineKind::More | LineKind::Place => "",
    }
}

/// Whether the runs pair, with a caret below the first character that differs.
fn pair(label: &str, answer: &PairAnswer, columns: usize) -> String {
    let (word, kind) = match &answer.by {
        Some(mark) => (format!("yes, by {}", mark.word()), LineKind::Good),
        None => ("no".to_owned(), LineKind::Lost),
    };
    let mut report = format!("Pair with {label}: {word}\n");
    let reason = text::visible(&answer.because);
    for (index, line) in text::wrap(&reason, columns.saturating_sub(5)).iter().enumerate() {
        let start = if index == 0 { mark(kind) } else { " " };
        let line = format!("  {start}  {line}\n");
        report.push_str(&line);
    }
    if let Some(difference) = &answer.difference {
        report += &compared(difference, columns);
    }
    report
}

fn compared(difference: &PairDifference, columns: usize) -> String {
    let PairDifference { own, other, position, fix, .. } = difference;
    let mut report = String::new();
    if !own.is_empty() && !other.is_empty() {
        let room = columns.saturating_sub(INDENT).max(20);
        // A long common start is not shown.
        let hidden = position.saturating_sub(room / 2);
        let start = if hidden > 0 { "…" } else { "" };
        let part = |value: &str| {
            let rest: String = value.chars().skip(hidden).collect();
            text::cut(&format!("{start}{}", text::visible(&rest)), room).into_owned()
        };
        let equal: String = own.chars().take(*position).skip(hidden).collect();
        let before = text::width(start) + text::width(&text::visible(&equal));
        let line = format!("     this run    {}\n     other run   {}\n", part(own), part(other));
        report.push_str(&line);
        let line = format!("{:indent$}^\n", "", indent = INDENT + before);
        report.push_str(&line);
    }
    if !fix.is_empty() {
        report += "     Fix: copy the identity of the other run:\n";
    }
    for copied in fix {
        let line = format!("{} = “{}”", copied.at, copied.value);
        let line = format!("       {}\n", text::visible(&line));
        report.push_str(&line);
    }
    report
}
