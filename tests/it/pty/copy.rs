//! Copying through the terminal.

use sei_compose::runtime::clipboard;

use super::terminal::Home;

const KEY: &str = "pat.Zx81Qv77.cafe";

#[test]
fn a_text_is_copied_as_base64() {
    for (text, encoded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
        ("ж»\u{7f}~", "0LbCu39+"),
    ] {
        assert_eq!(clipboard::sequence(text, false), format!("\x1b]52;c;{encoded}\x07"), "{text}");
    }
    let wrapped = "\x1b]52;c;Zg==\x07\x1bPtmux;\x1b\x1b]52;c;Zg==\x07\x1b\\";
    assert_eq!(clipboard::sequence("f", true), wrapped, "tmux gets it, and hands it on");
}

#[test]
fn a_copied_text_reaches_the_terminal_without_the_key() {
    let home = Home::new();
    let mut app = home.open_with(&["--env", "prod2"], &[("HARNESS_SEI_API_KEY", KEY)]);
    app.see("Instance GUID");
    for (typed, said, copied) in [
        ("foobar", "Asked the terminal to copy the value of", "foobar"),
        (KEY, "the key redacted", "foobar••••••"),
    ] {
        app.type_keys(typed);
        // The program drops a control character that arrives together with text.
        app.see(copied);
        // Ctrl-Space opens the menu of the field.
        app.send(b"\0");
        app.see("Copy the field value");
        app.answer("field value");
        app.see(said);
        let sequence = clipboard::sequence(copied, false);
        let bytes = app.bytes();
        assert!(bytes.windows(sequence.len()).any(|window| window == sequence.as_bytes()), "{copied}");
        let telling = clipboard::sequence(&format!("foobar{KEY}"), false);
        assert!(!bytes.windows(telling.len()).any(|window| window == telling.as_bytes()));
    }
    app.press("F10");
    app.send(b"\x1b[B\r");
    assert_eq!(app.exit(), 0);
}
