//! Exports to files.

use super::terminal::{Home, Terminal};

const KEY: &str = "pat.Zx81Qv77.cafe";

/// Opens the script export and saves it in a file.
fn save(app: &mut Terminal, file: &str) {
    app.send(b"\x1bp");
    app.see("Export as");
    app.answer("shell");
    app.see("Enter copy");
    app.press("F4");
    app.see("Save export as file");
    app.key(b"\x15");
    app.answer(file);
}

#[test]
fn an_export_is_a_private_file_and_replaces_another_only_after_a_question() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    let file = home.path("report.sh");
    let name = file.to_str().unwrap().to_owned();
    let mut app = home.open_with(&["--env", "prod2"], &[("HARNESS_SEI_API_KEY", KEY)]);
    app.see("Instance GUID");
    save(&mut app, &name);
    app.see("Saved for Shell script");
    app.see("To run it: HARNESS_SEI_API_KEY=…");
    let first = std::fs::read_to_string(&file).unwrap();
    assert!(first.starts_with("#!/bin/sh\n") && first.contains("body='{}'"), "{first}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o700);

    app.type_text("web");
    app.see("\"web\"");
    save(&mut app, &name);
    app.see("File exists");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
    app.send(b"\x1b[B\r");
    app.see("Saved for Shell script");
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"web\""));

    app.type_keys(KEY);
    app.see("This is the API key of this session");
    save(&mut app, home.path("other.sh").to_str().unwrap());
    app.see("Nothing was saved");
    assert!(!home.path("other.sh").exists());
    app.send(b"\x1b");
    app.see_no_more("Save export as file");
    app.press("F10");
    app.send(b"\x1b[B\r");
    assert_eq!(app.exit(), 0);
}
