//! Much text at once, with and without the brackets of a paste, and a terminal that changes its size meanwhile.

use super::terminal::{Home, Terminal};

/// Saves under a name.
fn save(app: &mut Terminal, name: &str) {
    app.press("F4");
    app.see("Save draft as");
    // The suggestion makes way.
    app.send(b"\x15");
    app.answer(name);
    app.see(&format!("Saved as “{name}”"));
}

fn leave(mut app: Terminal) {
    app.press("F10");
    assert_eq!(app.exit(), 0);
}

/// Text in which each place is recognised.
fn long_text(characters: usize) -> String {
    (0..).flat_map(|n: u32| format!("{n}-").into_bytes()).map(char::from).take(characters).collect()
}

#[test]
fn a_burst_of_keys_without_brackets_arrives_whole() {
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
fn a_pasted_text_goes_into_its_field_and_fires_no_keys() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    // Ctrl-Q, Ctrl-C, F10 and Tab would leave or move, were they keys.
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
    app.see("Take in a payload");
    app.see("2 of 2 marked");
    app.press("Enter");
    app.see_no_more("Take in a payload");
    app.see("\"pasted-one\"");
    save(&mut app, "offered");
    let expected = serde_json::json!({ "pipeline": "pasted-one", "build_number": 1.5 });
    assert_eq!(home.draft("offered"), expected);
    leave(app);
}

#[test]
fn a_paste_that_does_not_end_holds_the_keys_until_it_does_and_can_be_killed() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.send(b"\x1b[200~first");
    // What comes before the end of the paste belongs to it, keys too.
    app.send(b" \x1b[21~");
    app.send(b"second\x1b[201~");
    app.see("second");
    app.type_text(" third");
    app.see("second third");
    app.send(b"\x1b[200~never ended");
    app.signal("TERM");
    assert_eq!(app.exit(), 0);
    app.assert_left_as_found();
}

#[test]
fn a_terminal_made_tiny_and_large_again_keeps_the_work() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    app.type_text("work");
    app.see("\"instance_guid\": \"work\"");
    app.resize(20, 5);
    app.see("50x12, this is 20x5");
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
