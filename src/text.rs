//! Width, cutting and wrapping of terminal text by grapheme, and helpers for messages.
//!
//! The module does not know fields, problems or replies: all text is the same here.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

mod advice;
mod encoding;
mod near;
mod visible;

pub use advice::Advice;
pub use encoding::{base64, base64_decoded, percent_decoded};
pub use near::closest;
pub use visible::{Visible, is_hidden, visible, visible_lines};

/// The terminal columns of a text, counted by grapheme.
pub fn width(s: &str) -> usize {
    if s.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        s.len()
    } else {
        s.graphemes(true).map(columns_of).sum()
    }
}

/// The text in at most `columns` columns; a text that was cut ends in `…`.
pub fn cut(s: &str, columns: usize) -> Cow<'_, str> {
    let mut used = 0;
    let mut keep = 0;
    for (start, grapheme) in s.grapheme_indices(true) {
        used += columns_of(grapheme);
        if used > columns {
            return if columns == 0 {
                Cow::Borrowed("")
            } else {
                Cow::Owned(head(s, keep).to_owned() + "…")
            };
        }
        if used < columns {
            keep = start + grapheme.len();
        }
    }
    Cow::Borrowed(s)
}

/// The text as lines of at most `columns` columns (0 counts as 1), at least one line: breaks at
/// line ends, between words, and inside words that are wider than a line.
pub fn wrap(s: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in s.lines() {
        wrap_paragraph(paragraph, columns, &mut lines);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// The whole text as lines of at most `first` and `further` columns: breaks after a nearby blank,
/// otherwise anywhere.
pub fn fold(s: &str, (first, further): (usize, usize)) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = s;
    loop {
        let columns = if lines.is_empty() { first } else { further }.max(1);
        let (mut used, mut end, mut blank) = (0, 0, 0);
        for (start, grapheme) in rest.grapheme_indices(true) {
            used += columns_of(grapheme);
            if used > columns && end > 0 {
                break;
            }
            end = start + grapheme.len();
            if grapheme == " " && used > columns / 2 {
                blank = end;
            }
        }
        let end = if end < rest.len() && blank > 0 { blank } else { end };
        let (line, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        lines.push(line);
        if behind.is_empty() {
            return lines;
        }
        rest = behind;
    }
}

/// A size in decimal units: `812 B`, `1.8 kB`, `2.4 MB`.
pub fn bytes(n: usize) -> String {
    if n < 1000 {
        return format!("{n} B");
    }
    let mut size = (n as u128, 1000_u128);
    for unit in ["kB", "MB", "GB"] {
        let tenths = (size.0 * 10 + size.1 / 2) / size.1;
        if tenths < 10_000 || unit == "GB" {
            return format!("{}.{} {unit}", tenths / 10, tenths % 10);
        }
        size.1 *= 1000;
    }
    format!("{n} B")
}

/// A noun with its article: `a stage`, `an artifact`.
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// A number with its noun: `1 error`, `3 errors`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn columns_of(grapheme: &str) -> usize {
    grapheme.width()
}

/// The first `end` bytes; `end` comes from an iteration over the same text.
fn head(s: &str, end: usize) -> &str {
    s.get(..end).unwrap_or(s)
}

fn wrap_paragraph(paragraph: &str, columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in paragraph.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()) {
        if !line.is_empty() && width(&line) + 1 + width(word) <= columns {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        break_word(word, columns, &mut line, lines);
    }
    lines.push(line);
}

/// Starts a line with a word; full lines go to `lines` while the word is wider than a line.
fn break_word(word: &str, columns: usize, line: &mut String, lines: &mut Vec<String>) {
    if word.bytes().all(|byte| byte.is_ascii_graphic()) {
        // A body of megabytes is one word: measuring each grapheme would be slow.
        let mut rest = word;
        while let Some((row, below)) = rest.split_at_checked(columns).filter(|(_, below)| !below.is_empty()) {
            lines.push(row.to_owned());
            rest = below;
        }
        line.push_str(rest);
        return;
    }
    let mut used = 0;
    for grapheme in word.graphemes(true) {
        let fits = columns_of(grapheme) <= columns;
        let (shown, wide) = if fits { (grapheme, columns_of(grapheme)) } else { ("…", 1) };
        if used + wide > columns {
            lines.push(std::mem::take(line));
            used = 0;
        }
        line.push_str(shown);
        used += wide;
    }
}
