//! The layout of the screen: areas computed from the size, used by drawing and by the mouse.

/// A terminal size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// In cells.
    pub columns: u16,
    /// In cells.
    pub rows: u16,
}

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Leftmost column.
    pub x: u16,
    /// Topmost row.
    pub y: u16,
    /// The number of columns.
    pub width: u16,
    /// The number of rows.
    pub height: u16,
}

impl Area {
    /// Whether the area contains a cell.
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
    /// The problem list, if there is room.
    pub problems: Option<Area>,
    /// The card of the tour, while a tour runs.
    pub card: Option<Area>,
    /// The help on the focused field.
    pub help: Area,
    /// The footer with the keys.
    pub keys: Area,
}

impl Layout {
    /// The search line, in the lower border of the payload pane.
    pub fn search(&self) -> Option<Area> {
        let pane = self.preview?;
        let y = (pane.y + pane.height).saturating_sub(1);
        Some(Area { x: pane.x + 2, y, width: pane.width.saturating_sub(4), height: 1 })
    }
}

/// The smallest size at which the screen is drawn.
pub const LEAST: Size = Size { columns: 50, rows: 12 };

/// The smallest width that shows form and payload side by side.
pub const WIDE: u16 = 110;

/// The input of the layout, apart from the size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Whether the payload is shown instead of the form where both do not fit.
    pub preview: bool,
    /// The number of rows that the problem list needs; `None` if the list is not shown.
    pub problems: Option<usize>,
    /// Whether the card of the tour is shown.
    pub card: bool,
}

/// The panes for a size; `None` if the terminal is smaller than `LEAST`.
pub fn layout(size: Size, wanted: Wanted) -> Option<Layout> {
    if size.columns < LEAST.columns || size.rows < LEAST.rows {
        return None;
    }
    let line = |y| Area { x: 0, y, width: size.columns, height: 1 };
    let problems_height = wanted.problems.map_or(0, |count| problems_height(size.rows, count));
    let card_height = if wanted.card { card_height(size.rows) } else { 0 };
    // With enough rows, the field help has two lines.
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

/// The height of the tour card: its heading and as many lines of text as fit.
const fn card_height(rows: u16) -> u16 {
    match rows {
        ..=17 => 2,
        18..=29 => 4,
        _ => 5,
    }
}

/// The most rows of the problem list; low terminals give the rows to the form.
pub(super) const fn problem_rows(rows: u16) -> u16 {
    match rows {
        ..=17 => 0,
        18..=29 => 3,
        30..=44 => 5,
        _ => 8,
    }
}

/// The height of the problem list, including its border.
fn problems_height(rows: u16, wanted: usize) -> u16 {
    match problem_rows(rows) {
        0 => 0,
        most => u16::try_from(wanted).unwrap_or(u16::MAX).clamp(1, most) + 2,
    }
}
