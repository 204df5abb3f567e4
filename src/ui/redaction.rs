//! Keys of the session on their way to the screen: a second net under what is covered before it is laid out.

use ratatui::buffer::Buffer;

use crate::wire::ScreenRedactor;

/// Draws dots over each key; where one is known to stand in the payload, over any part of it.
pub(super) fn hide(veil: &ScreenRedactor, is_exposed: bool, buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    let mut text = String::with_capacity(buffer.content.len() * 2);
    for row in buffer.content.chunks(width) {
        text.extend(row.iter().map(ratatui::buffer::Cell::symbol));
        text.push('\n');
    }
    let mut places = veil.places(&text);
    if is_exposed {
        places.extend(veil.scraps(&text));
    }
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
