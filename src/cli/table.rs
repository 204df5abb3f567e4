//! Text tables, aligned by terminal width.

use crate::text;

/// Aligns rows in columns two spaces apart; lines have no trailing spaces.
pub(super) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(text::width(&text::visible(cell)));
        }
    }
    let mut table = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            let cell = text::visible(cell);
            let gap = width - text::width(&cell) + 2;
            line.push_str(&cell);
            line.push_str(&" ".repeat(gap));
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}

/// Converts string slices to a row.
pub(super) fn row<const N: usize>(cells: [&str; N]) -> [String; N] {
    cells.map(str::to_owned)
}
