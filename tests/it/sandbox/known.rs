//! A sandbox that knows the instance of the sample runs, so that it stores them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use sei_compose::wire::{Environment, create_instance};

/// The instance of the sample runs.
const GUID: &str = "5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41";

/// Starts the sandbox and creates the instance.
pub(crate) fn start() -> Sandbox {
    let sandbox = sandbox::start(0, SandboxSettings::default()).unwrap();
    let environment = Environment::sandbox(&sandbox.url()).unwrap();
    let body = create_instance(&environment, "4620", "Shop CI", Some(GUID)).body;
    let address = sandbox.url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "POST /v1/cicd/instances HTTP/1.0\r\nHost: {address}\r\nAuthorization: ApiKey any\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(" 200 ") && answer.contains(GUID), "{answer}");
    sandbox
}
