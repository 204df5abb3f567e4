//! Drafts in a terminal.

use super::terminal::Home;

#[test]
fn the_content_of_a_draft_cannot_control_the_terminal() {
    let home = Home::new();
    let folder = home.path("data/drafts");
    std::fs::create_dir_all(&folder).unwrap();
    let text = "{\"format\":\"sei-compose-draft\",\"version\":1,\"name\":\"a\\u202eb\",\"document\":{\"pipeline\":\"x\u{9b}31m\u{202e}y\",\"z\":\"end\"}}";
    std::fs::write(folder.join("odd.json"), text).unwrap();
    for arguments in [&["drafts", "show", "odd"][..], &["render", "data/drafts/odd.json"], &["drafts"]] {
        let app = home.open(arguments);
        assert_eq!(app.exit(), 0);
        app.see(if arguments.len() > 1 { "end" } else { "a⟨U+202E⟩b" });
        let shown = String::from_utf8(app.bytes()).unwrap();
        assert!(!shown.contains(['\u{9b}', '\u{202e}']), "{arguments:?}: {shown:?}");
    }
}

/// A saved draft “web” with a field, and its file.
fn saved(home: &Home) -> std::path::PathBuf {
    let folder = home.path("data/drafts");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("web.json");
    std::fs::write(
        &file,
        "{\"format\":\"sei-compose-draft\",\"version\":1,\"name\":\"web\",\"saved\":\"2026-01-05T10:00:00Z\",\"document\":{\"pipeline\":\"first\"}}",
    )
    .unwrap();
    file
}

#[test]
fn changes_of_an_editor_are_not_overwritten_without_a_question() {
    let home = Home::new();
    let file = saved(&home);
    let mut app = home.open(&["web"]);
    app.see("Opened “web”");
    app.type_text("mine");
    app.see("unsaved");
    let edited = std::fs::read_to_string(&file).unwrap().replace("first", "theirs");
    std::fs::write(&file, &edited).unwrap();
    app.press("F4");
    app.see("Changed on disk");
    app.send(b"\r");
    app.see("theirs");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), edited);
    // Return to the question, then move down to the reload.
    app.send(b"\x1b");
    app.see_no_more("theirs");
    app.send(b"\x1b[B\x1b[B\x1b[B\r");
    app.see("Reloaded “web”");
    assert_eq!(home.draft("web")["pipeline"], "theirs");
    assert!(home.path("data/trash/web-unsaved.json").exists());
}

#[test]
fn a_replaced_version_of_a_file_is_in_the_trash() {
    let home = Home::new();
    let file = saved(&home);
    let mut app = home.open(&["web"]);
    app.see("Opened “web”");
    app.type_text("mine");
    app.see("unsaved");
    let edited = std::fs::read_to_string(&file).unwrap().replace("first", "theirs");
    std::fs::write(&file, &edited).unwrap();
    app.press("F4");
    app.see("Changed on disk");
    app.send(b"\x1b[B\r");
    app.see("The replaced version is in the trash");
    assert_eq!(home.draft("web")["instance_guid"], "mine");
    assert_eq!(std::fs::read_to_string(home.path("data/trash/web.json")).unwrap(), edited);
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_does_not_block_the_start_and_is_not_followed() {
    let home = Home::new();
    saved(&home);
    std::fs::create_dir_all(home.path("data/locks")).unwrap();
    let lock = home.path("data/locks/web.lock");
    std::os::unix::fs::symlink(home.path("nothing"), &lock).unwrap();
    let mut app = home.open(&["web"]);
    app.see("Other programs cannot see that this draft is open");
    app.see("web.lock should be a lock file, but is");
    app.see("symbolic link. Remove it");
    app.type_text("mine");
    app.press("F4");
    app.see("Saved as “web”");
    assert_eq!(home.draft("web")["instance_guid"], "mine");
    assert!(lock.is_symlink() && !home.path("nothing").exists());
}

#[cfg(unix)]
#[test]
fn faults_of_the_recovery_folder_are_reported_with_the_next_step() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("data")).unwrap();
    std::fs::create_dir_all(home.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(home.path("elsewhere"), home.path("data/recovery")).unwrap();
    let mut app = home.open(&[]);
    app.see("recovery should be a folder");
    app.type_text("mine");
    app.see("Copy the whole payload as JSON");
    assert!(!app.screen().contains("{copy-json}"), "{}", app.screen());
    drop(app);
    assert_eq!(std::fs::read_dir(home.path("elsewhere")).unwrap().count(), 0);

    let home = Home::new();
    std::fs::create_dir_all(home.path("data/recovery")).unwrap();
    std::os::unix::fs::symlink(home.path("nothing"), home.path("data/recovery/1.lock")).unwrap();
    let app = home.open(&[]);
    app.see("1.lock should be a lock file, but is");
}
