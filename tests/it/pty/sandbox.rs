//! The demo's sandbox with requests of another client: the app shows them without a key press.

use std::io::{Read as _, Write as _};

use super::terminal::{Home, Terminal};

/// The answer of the demo's sandbox to a body that another client posts.
fn post(terminal: &Terminal, path: &str, body: &str) -> String {
    let screen = terminal.screen();
    let port = screen.split("127.0.0.1:").nth(1).unwrap().split_whitespace().next().unwrap();
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    write!(
        stream,
        "POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nAuthorization: ApiKey any\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn run(number: u8) -> String {
    let guid = "0f0e0d0c-0b0a-4908-8706-050403020199";
    format!(
        r#"{{"pipeline":"web","job_full_name":"shop/web","qualified_name":"web","result":"SUCCESS",
            "instance_guid":"{guid}","instance_name":"Other CI","build_number":{number}}}"#
    )
}

#[test]
fn an_open_sandbox_view_shows_runs_of_other_clients() {
    let home = Home::new();
    let mut demo = home.open(&["demo", "--sample"]);
    demo.see("3 errors");
    demo.press("F9");
    demo.see("All actions");
    demo.answer("received");
    demo.see("No runs received yet");
    assert!(post(&demo, "/v1/custom-cicd", &run(1)).contains(" 202 "));
    demo.see("shop/web #1");
    demo.see("F6 creates an instance");
    assert!(post(&demo, "/v1/custom-cicd", &run(2)).contains(" 202 "));
    demo.see("Sandbox · 2 runs");
    demo.press("Esc");
    demo.see_no_more("Sandbox · 2 runs");
    // The view is closed and stays closed.
    assert!(post(&demo, "/v1/custom-cicd", &run(3)).contains(" 202 "));
    demo.press("F1");
    demo.see("Sending");
    assert!(!demo.screen().contains("Sandbox · 3 runs"), "{}", demo.screen());
    demo.press("Esc");
    demo.see_no_more("Sending");
    demo.press("F10");
    assert_eq!(demo.exit(), 0);
}

#[test]
fn an_instance_that_another_client_created_clears_its_warning() {
    let home = Home::new();
    let mut demo = home.open(&["demo", "--sample"]);
    demo.see("✗ 3 errors ! 5 warnings");
    demo.see("F6 create instance");
    demo.type_text("0f0e0d0c-0b0a-4908-8706-050403020199");
    demo.see("✗ 2 errors ! 6 warnings");
    demo.see("This sandbox did not create");
    let body = r#"{"integration_id":"1","name":"Shop CI","id":"0f0e0d0c-0b0a-4908-8706-050403020199"}"#;
    assert!(post(&demo, "/v1/cicd/instances", body).contains(" 200 "));
    demo.see("✗ 2 errors ! 5 warnings");
    demo.press("F10");
}
