//! The built program in a pseudo-terminal, from the first frame to the shell prompt.
#![cfg(unix)]
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod color;
mod copy;
mod demo;
mod draft;
mod exit;
mod export;
mod failure;
mod hostile;
mod input;
mod journal;
#[cfg(all(feature = "keyring", target_os = "linux"))]
mod keyring;
mod kill;
mod loopback;
mod plain;
mod planted;
mod sandbox;
mod terminal;
mod termination;
mod typing;

use std::io::{Read as _, Write as _};

use terminal::{Home, Terminal};

/// The runs that the sandbox of the demo received, read over HTTP at the address on screen.
fn received(terminal: &Terminal) -> Vec<String> {
    let screen = terminal.screen();
    let port = screen.split("127.0.0.1:").nth(1).unwrap().split_whitespace().next().unwrap();
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    write!(stream, "GET /sandbox/runs HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_head, body) = answer.split_once("\r\n\r\n").unwrap();
    let ledger: serde_json::Value = serde_json::from_str(body).unwrap();
    let runs = ledger["runs"].as_array().unwrap();
    runs.iter()
        .map(|run| {
            serde_json::from_str::<serde_json::Value>(run["body"].as_str().unwrap()).unwrap().to_string()
        })
        .collect()
}

#[test]
fn a_newcomer_fixes_the_demo_sends_it_saves_it_and_finds_it_again() {
    let home = Home::new();
    let mut demo = home.open(&["demo", "--sample"]);
    demo.see("✗ 3 errors ! 5 warnings");
    demo.press("F7");
    demo.press("F8");
    demo.see("✗ 2 errors ! 5 warnings");
    demo.press("F6");
    demo.see("its GUID is filled in");
    demo.see("✗ 1 error ! 5 warnings");
    for left in ["  ! 5 warnings", "  ! 4 warnings", "  ! 3 warnings", "  ! 2 warnings", "  ! 1 warning"] {
        demo.press("F7");
        demo.press("F8");
        demo.see(left);
    }
    demo.press("F7");
    demo.see("SEI never pairs");
    demo.type_text("2.0.1");
    demo.see("no errors");

    demo.press("F5");
    demo.see("Enter sends");
    demo.press("Enter");
    demo.see("202: queued, not stored yet");
    demo.see("Next steps");
    let sent = received(&demo);
    demo.press("Enter");
    demo.see_no_more("202: queued");

    demo.press("F4");
    demo.see("Save draft as");
    demo.press("Enter");
    demo.see("Saved as “checkout-service”");
    demo.press("F10");
    assert_eq!(demo.exit(), 0);
    demo.see("The demo saved 1 draft in ");
    demo.see("To open them again: sei-compose demo, then F3");

    let kept = home.draft_in("data/demo", "checkout-service");
    assert_eq!(kept["instance_guid"], "5e1c0de5-0000-4000-8000-000000000001");
    assert_eq!(kept["result"], "FAILURE");
    assert_eq!(kept["artifacts"][0]["qualifier"], "2.0.1");
    // As text, so that the order of the keys counts.
    assert_eq!(sent, [kept.to_string()]);

    let mut again = home.open(&["demo", "--sample"]);
    again.see("3 errors");
    again.press("F3");
    again.see("checkout-service  ");
    again.press("Enter");
    again.see("sei-compose checkout-service");
    again.see("5e1c0de5-0000-4000-8000-000000000001");
    // A new session has a new sandbox without the instances of the previous one.
    again.see("This sandbox did not create the GUID and drops the run: F6 creates an instance.");
    again.see("  ! 1 warning");
    again.press("F6");
    again.see("The form already has a GUID");
    again.send(b"\x1b[B");
    again.press("Enter");
    again.see("its GUID is filled in");
    again.see("no errors");
    assert!(!again.screen().contains("unsaved"), "{}", again.screen());
    again.press("F10");
    assert_eq!(again.exit(), 0);
}
