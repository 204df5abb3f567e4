//! Where things stand on the screen: areas from a size, as plain numbers, for drawing and for the mouse alike.

/// A terminal size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Leftmost column.
    pub x: u16,
    /// Topmost row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Whether a cell lies inside.
    pub const fn contains(self, column: u16, row: u16) -> bool {
        column >= self.x && column < self.x + self.width && row >= self.y && row < self.y + self.height
    }

    /// The area without its border of one cell.
    #[must_use]
    pub const fn inside(self) -> Self {
        Self {
            x: self.x + 1,
            y: self.y + 1,
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }
}

/// The panes of the main screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Name, environment, counts.
    pub title: Area,
    /// The five tabs.
    pub tabs: Area,
    /// The form, if shown.
    pub form: Option<Area>,
    /// The payload, if shown.
    pub preview: Option<Area>,
    /// The problems, if there is room.
    pub problems: Option<Area>,
    /// What the field means.
    pub help: Area,
    /// The keys.
    pub keys: Area,
}

/// The least size at which the program draws itself.
pub const LEAST: Size = Size { columns: 50, rows: 12 };

/// The width from which form and payload stand side by side.
pub const WIDE: u16 = 110;

/// The panes for a size, with a list of so many problems or without one; none when the terminal is too small to draw anything but a sentence.
pub fn layout(size: Size, prefers_preview: bool, problems: Option<usize>) -> Option<Layout> {
    if size.columns < LEAST.columns || size.rows < LEAST.rows {
        return None;
    }
    let line = |y| Area { x: 0, y, width: size.columns, height: 1 };
    let problems_height = problems.map_or(0, |count| problems_height(size.rows, count));
    // Where there is room, what a field means may take two lines.
    let help_height = if size.rows >= 20 { 2 } else { 1 };
    let main =
        Area { x: 0, y: 2, width: size.columns, height: size.rows - 3 - help_height - problems_height };
    let (form, preview) = if size.columns >= WIDE {
        let left = size.columns / 2 + 4;
        (Some(Area { width: left, ..main }), Some(Area { x: left, width: size.columns - left, ..main }))
    } else if prefers_preview {
        (None, Some(main))
    } else {
        (Some(main), None)
    };
    Some(Layout {
        title: line(0),
        tabs: line(1),
        form,
        preview,
        problems: (problems_height > 0).then_some(Area {
            x: 0,
            y: main.y + main.height,
            width: size.columns,
            height: problems_height,
        }),
        help: Area { height: help_height, ..line(size.rows - 1 - help_height) },
        keys: line(size.rows - 1),
    })
}

/// The height of the problem list with its border; it gives way to the form on low terminals.
fn problems_height(rows: u16, problems: usize) -> u16 {
    let most = match rows {
        ..=17 => return 0,
        18..=29 => 5,
        _ => 7,
    };
    u16::try_from(problems).unwrap_or(u16::MAX).saturating_add(2).clamp(3, most)
}
