//! The built program with a proxy and with servers that have their own certificates: variables and
//! settings.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::thread::{JoinHandle, spawn};

use sei_compose::sandbox::{self, SandboxSettings};
use tempfile::TempDir;

use super::tls::{Authority, serving, talk};
use super::{KEY, is_untouched};

const RUN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/ci-run.json");

/// Runs the program with its own folders, this configuration and these variables.
fn send(home: &TempDir, base: &str, variables: &[(&str, &str)]) -> Output {
    let ended = Command::new(env!("CARGO_BIN_EXE_sei-compose"))
        .env_clear()
        .env("SEI_COMPOSE_CONFIG_DIR", home.path())
        .env("SEI_COMPOSE_DATA_DIR", home.path().join("data"))
        .env("HARNESS_SEI_API_KEY", KEY)
        .envs(variables.iter().copied())
        .args(["send", RUN, "--base-url", base, "--yes", "--force-warnings"])
        .output()
        .unwrap();
    assert!(!output_text(&ended).contains(KEY), "{}", output_text(&ended));
    ended
}

fn output_text(ended: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr))
}

fn put(home: &TempDir, file: &str, text: &str) -> String {
    let path = home.path().join(file);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// The head of a request without a body.
fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0; 1];
    while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}

/// A proxy for one connection: its address, the request that it got, and the result of the
/// conversation.
fn proxy<T: Send + 'static>(
    talk: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (String, JoinHandle<(String, T)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let serve = move || {
        let (mut stream, _) = listener.accept().unwrap();
        (head(&mut stream), talk(stream))
    };
    (address, spawn(serve))
}

fn refusing(answer: &'static str) -> (String, JoinHandle<(String, ())>) {
    proxy(move |mut stream| stream.write_all(answer.as_bytes()).unwrap())
}

#[test]
fn a_run_goes_through_the_proxy_of_the_variable_and_its_key_is_encrypted() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    put(&home, "ours.pem", &authority.pem);
    put(&home, "config.toml", "ca_file = \"ours.pem\"\n");
    let config = authority.server("sei.example.com");
    let (address, proxy) = proxy(move |mut stream| {
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
        talk(config, stream)
    });
    let ended = send(&home, "https://sei.example.com", &[("HTTPS_PROXY", &format!("http://{address}"))]);
    assert_eq!(ended.status.code(), Some(0), "{}", output_text(&ended));
    let (asked, request) = proxy.join().unwrap();
    assert!(asked.starts_with("CONNECT sei.example.com:443 HTTP/1.1\r\n"), "{asked}");
    assert!(!asked.contains(KEY), "{asked}");
    assert!(request.unwrap().contains(KEY));
}

#[test]
fn a_refusal_by_a_proxy_is_explained_without_its_password() {
    let answers = [
        ("HTTP/1.1 407 Who are you\r\ncontent-length: 0\r\n\r\n", "authorization required"),
        ("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n", "unsuccessful"),
        ("", "end of file"),
    ];
    for (answer, fault) in answers {
        let (home, (address, proxy)) = (TempDir::new().unwrap(), refusing(answer));
        let variable = format!("http://mira:planted-pass@{address}");
        let ended = send(&home, "https://sei.example.com", &[("https_proxy", &variable)]);
        let output_text = output_text(&ended);
        assert_eq!(ended.status.code(), Some(4), "{output_text}");
        for words in ["The proxy did not let the request through", fault, "HTTPS_PROXY", "NO_PROXY"] {
            assert!(output_text.contains(words), "{words}: {output_text}");
        }
        assert!(
            output_text.contains("Nothing was sent.") && !output_text.contains("planted-pass"),
            "{output_text}"
        );
        assert!(proxy.join().unwrap().0.to_lowercase().contains("proxy-authorization: basic "));
    }
}

#[test]
fn a_missing_proxy_is_distinguished_from_a_missing_server() {
    let home = TempDir::new().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ended = send(&home, "https://sei.example.com", &[("HTTPS_PROXY", &format!("http://{address}"))]);
    assert_eq!(ended.status.code(), Some(4));
    assert!(
        output_text(&ended).contains("The proxy did not let the request through"),
        "{}",
        output_text(&ended)
    );
}

#[test]
fn no_proxy_is_used_for_this_machine() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let variables = [("HTTPS_PROXY", &*address), ("HTTP_PROXY", &*address), ("ALL_PROXY", &*address)];
    let sandbox = sandbox::start(0, SandboxSettings::default()).unwrap();
    assert_eq!(send(&home, &sandbox.url(), &variables).status.code(), Some(0));
    let (environment, server) = serving(authority.server("127.0.0.1"));
    put(&home, "config.toml", &format!("ca_file = '{}'\n", put(&home, "ours.pem", &authority.pem)));
    let ended = send(&home, &environment.base, &variables);
    assert_eq!(ended.status.code(), Some(0), "{}", output_text(&ended));
    assert!(server.join().unwrap().is_some());
    assert!(is_untouched(&proxy));
}

#[test]
fn the_variable_for_certificates_is_used() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let file = put(&home, "ours.pem", &authority.pem);
    for (variables, code) in [(&[("SSL_CERT_FILE", &*file)][..], 0), (&[], 4)] {
        let (environment, server) = serving(authority.server("127.0.0.1"));
        let ended = send(&home, &environment.base, variables);
        assert_eq!(ended.status.code(), Some(code), "{}", output_text(&ended));
        assert_eq!(server.join().unwrap().is_some(), code == 0);
    }
}

#[test]
fn with_a_missing_certificate_file_nothing_is_sent() {
    let home = TempDir::new().unwrap();
    put(&home, "config.toml", "ca_file = \"gone.pem\"\n");
    let ended = send(&home, "https://127.0.0.1:1", &[]);
    let output_text = output_text(&ended);
    assert_eq!(ended.status.code(), Some(4), "{output_text}");
    for words in ["The file of extra certificates cannot be used", "gone.pem", "ca_file", "Nothing was sent."]
    {
        assert!(output_text.contains(words), "{words}: {output_text}");
    }
}

#[test]
fn no_source_can_skip_certificate_verification() {
    fn sources(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut texts = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut texts);
    assert!(texts.len() > 100);
    for switch in ["danger_accept", "tls_danger", "rustls::client::danger", "dangerous()"] {
        assert!(!texts.iter().any(|text| text.contains(switch)), "{switch}");
    }
}
