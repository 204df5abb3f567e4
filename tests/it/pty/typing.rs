//! Long text in one write, with and without paste brackets, and a terminal that changes its size.

use super::terminal::{Home, Terminal};

/// Saves as a named draft.
fn save(app: &mut Terminal, name: &str) {
    app.press("F4");
    app.see("Save draft as");
    // Typing replaces the suggestion.
    app.send(b"\x15");
    app.answer(name);
    app.see(&format!("Saved as “{name}”"));
}

fn leave(mut app: Terminal) {
    app.press("F10");
    assert_eq!(app.exit(), 0);
}

/// Text with a unique content at each position.
fn long_text(characters: usize) -> String {
    (0..).flat_map(|n: u32| format!("{n}-").into_bytes()).map(char::from).take(characters).collect()
}

#[test]
fn a_burst_of_keys_without_brackets_arrives_complete() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    let text = long_text(2_000);
    app.type_text(&text);
    save(&mut app, "burst");
    assert_eq!(home.draft("burst")["instance_guid"].as_str(), Some(text.as_str()));
    leave(app);
}

#[test]
fn a_pasted_text_fills_its_field_and_presses_no_keys() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    // As keys, Ctrl-Q, Ctrl-C, F10 and Tab would quit or move the focus.
    let text = format!("{}\x11\x03\x1b[21~\tclosing", long_text(2_000));
    app.paste(&text);
    app.see("closing");
    save(&mut app, "pasted");
    assert_eq!(home.draft("pasted")["instance_guid"].as_str(), Some(text.as_str()));
    leave(app);
}

#[test]
fn a_pasted_payload_is_offered_as_the_document() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.paste("{\r\n\t\"pipeline\": \"pasted-one\",\r\n\t\"build_number\": 1.50\r\n}\r\n");
    app.see("Import a payload");
    app.see("2 of 2 selected");
    app.press("Enter");
    app.see_no_more("Import a payload");
    app.see("\"pasted-one\"");
    save(&mut app, "offered");
    let expected = serde_json::json!({ "pipeline": "pasted-one", "build_number": 1.5 });
    assert_eq!(home.draft("offered"), expected);
    leave(app);
}

#[test]
fn an_unfinished_paste_delays_keys_and_the_program_can_be_killed() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.send(b"\x1b[200~first");
    // All input before the end of the paste belongs to it, also keys.
    app.send(b" \x1b[21~");
    app.send(b"second\x1b[201~");
    app.see("second");
    app.type_text(" third");
    app.see("second third");
    app.send(b"\x1b[200~never ended");
    app.signal("TERM");
    assert_eq!(app.exit(), 0);
    app.assert_restored();
}

#[test]
fn a_terminal_that_becomes_tiny_and_large_again_keeps_the_work() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.type_text("work");
    app.see("\"instance_guid\": \"work\"");
    app.resize(20, 5);
    app.see("20x5, minimum 50x12");
    app.type_text("-goes");
    app.resize(120, 36);
    app.see("\"instance_guid\": \"work-goes\"");
    app.type_text("-on");
    app.see("\"instance_guid\": \"work-goes-on\"");
    app.resize(60, 20);
    app.see_that("the small form", |screen| {
        screen.contents().contains("work-goes-on") && !screen.contents().contains("\"instance_guid\"")
    });
    app.press("F1");
    app.see("Help");
}
