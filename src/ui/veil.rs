//! Keys of the session on their way to the screen: dots are drawn in their place, wherever they stand.

use ratatui::buffer::Buffer;

use crate::wire::Secret;

/// Draws dots over each key.
pub(super) fn hide(keys: &[Secret], buffer: &mut Buffer) {
    if keys.is_empty() {
        return;
    }
    let width = usize::from(buffer.area.width).max(1);
    let mut text = String::with_capacity(buffer.content.len() * 2);
    for row in buffer.content.chunks(width) {
        text.extend(row.iter().map(ratatui::buffer::Cell::symbol));
        text.push('\n');
    }
    let places: Vec<_> = keys.iter().flat_map(|key| key.places(&text)).collect();
    if places.is_empty() {
        return;
    }
    let mut at = 0;
    for row in buffer.content.chunks_mut(width) {
        for cell in row {
            let here = at;
            at += cell.symbol().len();
            if places.iter().any(|place| place.contains(&here)) {
                cell.set_char('•');
            }
        }
        at += 1;
    }
}
