//! The screen without colors, and with ASCII only.

use super::terminal::{Home, Terminal};

/// Shows many parts of the program.
fn show_parts(app: &mut Terminal) {
    app.see("3 errors");
    for (key, text) in [("F1", "Help"), ("F9", "type to search"), ("F5", "Review")] {
        app.press(key);
        app.see(text);
        app.press("Esc");
        app.see_no_more(text);
    }
    for _problem in 0..4 {
        app.press("F7");
    }
    app.see("no id");
    app.press("F10");
    assert_eq!(app.exit(), 0);
}

/// The parameters of all sequences that set colors and attributes.
fn attributes(bytes: &[u8]) -> Vec<u32> {
    let text = String::from_utf8_lossy(bytes);
    text.split("\x1b[")
        .skip(1)
        .filter_map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            rest[end..].starts_with('m').then(|| rest[..end].to_owned())
        })
        .flat_map(|codes| codes.split(';').filter_map(|code| code.parse().ok()).collect::<Vec<_>>())
        .collect()
}

/// Whether a parameter sets a color other than the default of the terminal.
fn is_color(code: u32) -> bool {
    matches!(code, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107)
}

#[test]
fn no_color_keeps_bold_and_reverse_and_removes_colors() {
    let home = Home::new();
    let mut app = home.open_with(&["demo", "--sample"], &[("NO_COLOR", "1")]);
    show_parts(&mut app);
    let codes = attributes(&app.bytes());
    let colors: Vec<_> = codes.iter().filter(|code| is_color(**code)).collect();
    assert!(colors.is_empty(), "{colors:?}");
    assert!(codes.contains(&1) && codes.contains(&7), "bold and reverse are lost: {codes:?}");

    let mut colored = home.open(&["demo", "--sample"]);
    show_parts(&mut colored);
    assert!(attributes(&colored.bytes()).into_iter().any(is_color), "this test detects colors");
}

#[test]
fn ascii_mode_draws_only_ascii() {
    let home = Home::new();
    let mut app = home.open(&["demo", "--sample", "--ascii"]);
    app.see("SF1 why");
    show_parts(&mut app);
    let drawn = app.bytes();
    let foreign: String = String::from_utf8_lossy(&drawn).chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(foreign, "");
}
