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
    /// The card of the tour, while it is on.
    pub card: Option<Area>,
    /// What the field means.
    pub help: Area,
    /// The keys.
    pub keys: Area,
}

impl Layout {
    /// The line to type a search into, in the lower frame of the payload.
    pub fn search(&self) -> Option<Area> {
        let pane = self.preview?;
        let y = (pane.y + pane.height).saturating_sub(1);
        Some(Area { x: pane.x + 2, y, width: pane.width.saturating_sub(4), height: 1 })
    }
}

/// The least size at which the program draws itself.
pub const LEAST: Size = Size { columns: 50, rows: 12 };

/// The width from which form and payload stand side by side.
pub const WIDE: u16 = 110;

/// What the panes depend on beside the size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Whether the payload is shown instead of the form where both do not fit.
    pub preview: bool,
    /// How many rows the list of problems could do with, where there is to be one.
    pub problems: Option<usize>,
    /// Whether the card of the tour is shown.
    pub card: bool,
}

/// The panes for a size; none when the terminal is too small to draw anything but a sentence.
pub fn layout(size: Size, wanted: Wanted) -> Option<Layout> {
    if size.columns < LEAST.columns || size.rows < LEAST.rows {
        return None;
    }
    let line = |y| Area { x: 0, y, width: size.columns, height: 1 };
    let problems_height = wanted.problems.map_or(0, |count| problems_height(size.rows, count));
    let card_height = if wanted.card { card_height(size.rows) } else { 0 };
    // Where there is room, what a field means may take two lines.
    let help_height = if size.rows >= if wanted.card { 30 } else { 20 } { 2 } else { 1 };
    let below = help_height + problems_height + card_height + 1;
    let main = Area { x: 0, y: 2, width: size.columns, height: size.rows - 2 - below };
    let (form, preview) = if size.columns >= WIDE {
        let left = size.columns / 2 + 4;
        (Some(Area { width: left, ..main }), Some(Area { x: left, width: size.columns - left, ..main }))
    } else if wanted.preview {
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
        card: (card_height > 0).then(|| Area { height: card_height, ..line(size.rows - 1 - card_height) }),
        help: Area { height: help_height, ..line(size.rows - 1 - card_height - help_height) },
        keys: line(size.rows - 1),
    })
}

/// The height of the tour's card: its heading, and what to do in as many lines as there is room for.
const fn card_height(rows: u16) -> u16 {
    match rows {
        ..=17 => 2,
        18..=29 => 4,
        _ => 5,
    }
}

/// The most rows that the list of problems takes; it gives way to the form on low terminals.
pub(super) const fn problem_rows(rows: u16) -> u16 {
    match rows {
        ..=17 => 0,
        18..=29 => 3,
        30..=44 => 5,
        _ => 8,
    }
}

/// The height of the problem list with its border.
fn problems_height(rows: u16, wanted: usize) -> u16 {
    match problem_rows(rows) {
        0 => 0,
        most => u16::try_from(wanted).unwrap_or(u16::MAX).clamp(1, most) + 2,
    }
}
