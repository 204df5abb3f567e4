//! Bytes that a terminal sends on its own, and text that arrives in one read.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::received;
use super::terminal::{Home, Terminal};
use crate::input::noise::{Noise, bytes};

/// Quits without saving.
fn leave(app: &mut Terminal) {
    app.press("F10");
    app.see("unsaved changes");
    app.send(b"\x1b[B\r");
    assert_eq!(app.exit(), 0);
    app.assert_restored();
}

/// The BEL at the end is also the byte of Ctrl-G: no action may have this key.
#[test]
fn a_reply_of_the_terminal_creates_no_guid_whole_or_in_pieces() {
    let home = Home::new();
    for pieces in [
        &["\x1b]11;rgb:1e1e/1e1e/2e2e\x07"][..],
        &["\x1b]11;rgb:1e1e/", "1e1e/2e2e", "\x07"],
        &["\x1b]11;rgb:1e1e/1e1e/2e2e\x1b", "\\"],
        &["1;rgb:1e1e/1e1e/2e2e\x07"],
    ] {
        let mut app = home.open(&["demo", "--sample"]);
        app.see("✗ 3 errors");
        for piece in pieces {
            app.send(piece.as_bytes());
            std::thread::sleep(Duration::from_millis(50));
        }
        app.key(b"z");
        app.see("z");
        assert!(!app.screen().contains("GUID is filled in"), "{pieces:?}: {}", app.screen());
        app.send(b"\x15");
        app.see_no_more("rgb:");
        assert!(!app.screen().contains("GUID is filled in"), "{pieces:?}: {}", app.screen());
        leave(&mut app);
    }
}

#[test]
fn lines_in_one_read_fill_one_field_and_press_nothing() {
    let home = Home::new();
    let mut app = home.open(&["demo", "--sample"]);
    app.see("✗ 3 errors");
    app.type_text("aaa\rbbb\rccc\r4620\r\rddd\r");
    app.see("aaa\\nbbb\\nccc\\n4620\\n\\nddd\"");
    assert!(!app.screen().contains("GUID is filled in"), "{}", app.screen());
    assert!(received(&app).is_empty());
    leave(&mut app);
}

#[test]
fn a_burst_longer_than_the_terminal_buffer_is_one_paste() {
    let home = Home::new();
    let mut app = home.open(&[]);
    app.see("Instance GUID");
    let steps = (0..1_500).map(|n| format!("  {{\"name\": \"step {n}\"}}")).collect::<Vec<_>>().join(",\r");
    app.type_text(&format!("{{\"pipeline\": \"in-one-go\", \"stages\": [\r{steps}\r]}}\r"));
    app.see("Import a payload");
    app.see("2 of 2 selected");
    app.press("Enter");
    app.see("\"in-one-go\"");
    app.see("step 0");
    leave(&mut app);
}

#[test]
fn a_paste_without_a_text_field_does_nothing() {
    let home = Home::new();
    let mut app = home.open(&["demo", "--sample"]);
    app.see("✗ 3 errors");
    app.press("F1");
    app.see("Help");
    for text in ["q q q", "quit\r", " \r \r"] {
        app.type_text(text);
        app.see("Text cannot be pasted here");
        // At the top level, this only clears the notice.
        app.send(b"\x1b[A");
        app.see_no_more("Text cannot be pasted here");
        app.see("Esc close");
    }
    app.press("Esc");
    app.see_no_more("Esc close");
    app.press("F10");
    assert_eq!(app.exit(), 0);
}

/// A server that only counts connections.
fn counting() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            counted.fetch_add(1, Ordering::SeqCst);
            // The server answers by closing the connection.
            assert_ne!(stream.read(&mut [0; 1_024]).unwrap(), 0);
        }
    });
    (url, count)
}

#[test]
fn random_bytes_of_a_terminal_send_nothing_and_the_terminal_is_restored() {
    let home = Home::new();
    let run = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/ci-run.json");
    std::fs::copy(run, home.path("run.json")).unwrap();
    let (url, count) = counting();
    let open = || {
        let arguments = ["run.json", "--env", "sandbox", "--base-url", &url];
        let app = home.open_with(&arguments, &[("HARNESS_SEI_API_KEY", "any-key")]);
        app.see("no errors");
        app
    };
    let mut noise = Noise::new(2_026);
    let mut left = bytes(15_000);
    while left > 0 {
        // Each part runs in a new program: in a single program, the pasted text grows without
        // limit.
        let mut app = open();
        let mut sent = 0;
        while left > 0 && sent < 15_000 {
            let read = noise.read();
            app.send(&read);
            (sent, left) = (sent + read.len(), left.saturating_sub(read.len()));
            // Many separate reads, and some joined ones.
            if noise.below(3) > 0 {
                std::thread::sleep(Duration::from_millis(3));
            }
        }
        app.signal("TERM");
        assert_eq!(app.exit(), 0, "{}", app.screen());
        app.assert_restored();
        assert_eq!(count.load(Ordering::SeqCst), 0);
        std::fs::remove_dir_all(home.path("data")).unwrap_or_default();
    }
    // The same program sends when a user presses the keys.
    let mut app = open();
    app.press("F5");
    app.see("Enter sends");
    app.press("Enter");
    app.see("may have accepted it");
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
