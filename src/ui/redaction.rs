//! Redacts API keys in the finished frame: a second check after texts are redacted before layout.

use ratatui::buffer::Buffer;

use crate::wire::ScreenRedactor;

/// Redacts each key in a frame and, if the payload contains a key, any part of a key.
pub(super) fn hide(redactor: &ScreenRedactor, is_exposed: bool, buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    let mut text = String::with_capacity(buffer.content.len() * 2);
    for row in buffer.content.chunks(width) {
        text.extend(row.iter().map(ratatui::buffer::Cell::symbol));
        text.push('\n');
    }
    let mut places = redactor.places(&text);
    if is_exposed {
        places.extend(redactor.scraps(&text));
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
