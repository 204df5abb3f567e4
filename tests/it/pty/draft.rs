//! What a draft holds, printed on a terminal.

use super::terminal::Home;

#[test]
fn what_a_draft_holds_cannot_steer_the_terminal() {
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
