//! The sandbox answers programs on this machine, and refuses web pages.

use std::io::{Read, Write};
use std::net::TcpStream;

use sei_compose::sandbox::{Fault, Planned, Sandbox, SandboxSettings, start};
use sei_compose::wire::{Environment, VERDICT_HEADER, job_run};

use super::{run, write_compact};
use crate::network::send;

/// The answer to a request with these header lines; `PORT` is replaced by the port of the sandbox.
fn ask(sandbox: &Sandbox, first: &str, headers: &[&str], body: &str) -> String {
    let address = sandbox.url().trim_start_matches("http://").to_owned();
    let port = address.rsplit(':').next().unwrap();
    let mut stream = TcpStream::connect(&address).unwrap();
    let length = format!("Content-Length: {}", body.len());
    let own = ["Authorization: ApiKey k", &length, "Connection: close", "", ""];
    let lines: Vec<&str> = [first].iter().chain(headers).chain(&own).copied().collect();
    let head = lines.join("\r\n");
    stream.write_all((head.replace("PORT", port) + body).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn post(sandbox: &Sandbox, headers: &[&str]) -> String {
    ask(sandbox, "POST /v1/custom-cicd HTTP/1.1", headers, &write_compact(&run()))
}

fn list(sandbox: &Sandbox, headers: &[&str]) -> String {
    ask(sandbox, "GET /sandbox/runs HTTP/1.1", headers, "")
}

#[track_caller]
fn assert_refused(answer: &str, header: &str) {
    assert!(answer.starts_with("HTTP/1.1 403") || answer.starts_with("HTTP/1.0 403"), "{header}: {answer}");
    assert!(answer.contains("The sandbox answers only programs on this machine"), "{header}: {answer}");
    assert!(!answer.to_lowercase().contains("access-control"), "{header}: {answer}");
    assert!(!answer.to_lowercase().contains(VERDICT_HEADER), "{header}: {answer}");
}

#[test]
fn a_foreign_host_is_refused_and_nothing_is_recorded() {
    let sandbox = start(0, SandboxSettings::default()).unwrap();
    let watch = sandbox.watch();
    watch.plan([Planned { fault: Fault::Unauthorized, times: Some(1) }]);
    watch.when_stirred(|| panic!("a refused request stirred the list"));
    for host in [
        "Host: evil.example",
        "Host: evil.example:PORT",
        "Host: 127.0.0.1:1",
        "Host: 127.0.0.1",
        "Host: localhost",
        "Host: localhost.evil.example:PORT",
        "Host: evil.localhost:PORT",
        "Host: 127.0.0.1.nip.io:PORT",
        "Host: 127.0.0.2:PORT",
        "Host: 0.0.0.0:PORT",
        "Host: [::2]:PORT",
        "Host: localhost..:PORT",
        "Host: user@localhost:PORT",
        "Host: localhost:PORT@evil.example",
        "Host: localhost:",
        "Host:",
        "Host: local\u{e9}host:PORT",
    ] {
        assert_refused(&post(&sandbox, &[host]), host);
        assert_refused(&list(&sandbox, &[host]), host);
    }
    for hosts in
        [["Host: localhost:PORT", "Host: evil.example"], ["Host: localhost:PORT", "Host: localhost:PORT"]]
    {
        assert_refused(&post(&sandbox, &hosts), "two hosts");
    }
    assert_refused(&list(&sandbox, &[]), "no host in HTTP/1.1");
    assert!(sandbox.received().is_empty());
    watch.when_stirred(|| {});
    assert!(
        post(&sandbox, &["Host: localhost:PORT"]).starts_with("HTTP/1.1 401"),
        "the planned fault is still to come"
    );
}

#[test]
fn names_of_this_machine_are_accepted() {
    let sandbox = start(0, SandboxSettings::default()).unwrap();
    let hosts = [
        "Host: 127.0.0.1:PORT",
        "Host: localhost:PORT",
        "host: LocalHost:PORT",
        "Host: localhost.:PORT",
        "Host: [::1]:PORT",
    ];
    for host in hosts {
        assert!(post(&sandbox, &[host]).starts_with("HTTP/1.1 202"), "{host}");
    }
    assert_eq!(sandbox.received().len(), hosts.len());
    assert!(ask(&sandbox, "GET /sandbox/runs HTTP/1.0", &[], "").starts_with("HTTP/1.0 200"));
    assert_refused(&ask(&sandbox, "GET /sandbox/runs HTTP/1.0", &["Host: evil.example"], ""), "HTTP/1.0");
}

#[test]
fn an_absolute_address_in_the_request_line_is_checked_too() {
    let sandbox = start(0, SandboxSettings::default()).unwrap();
    let own = "GET http://localhost:PORT/sandbox/runs HTTP/1.1";
    assert!(ask(&sandbox, own, &["Host: localhost:PORT"], "").starts_with("HTTP/1.1 200"));
    assert_refused(&ask(&sandbox, own, &["Host: evil.example"], ""), "another host");
    let foreign = "GET http://evil.example/sandbox/runs HTTP/1.1";
    assert_refused(&ask(&sandbox, foreign, &["Host: localhost:PORT"], ""), "another target");
}

#[test]
fn a_web_page_is_refused_by_its_origin_or_its_site() {
    let sandbox = start(0, SandboxSettings::default()).unwrap();
    let host = "Host: 127.0.0.1:PORT";
    for header in [
        "Origin: null",
        "Origin: https://evil.example",
        "Origin: http://evil.example:PORT",
        "Origin: http://127.0.0.1:1",
        "Origin: http://localhost",
        "Origin: https://localhost:PORT",
        "Origin: http://localhost:PORT/path",
        "Origin: ",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: else",
    ] {
        assert_refused(&post(&sandbox, &[host, header]), header);
        assert_refused(&list(&sandbox, &[host, header]), header);
        let asked = ["Access-Control-Request-Method: POST", header, host];
        assert_refused(&ask(&sandbox, "OPTIONS /v1/custom-cicd HTTP/1.1", &asked, ""), header);
    }
    let twice = [host, "Origin: http://127.0.0.1:PORT", "Origin: https://evil.example"];
    assert_refused(&list(&sandbox, &twice), "two origins");
    assert!(sandbox.received().is_empty());
    for header in ["Origin: http://localhost:PORT", "Sec-Fetch-Site: none", "sec-fetch-site: same-origin"] {
        let answer = list(&sandbox, &[host, header]);
        assert!(answer.starts_with("HTTP/1.1 200"), "{header}: {answer}");
        assert!(!answer.to_lowercase().contains("access-control"), "{header}: {answer}");
    }
}

#[test]
fn the_program_reaches_the_sandbox_by_either_name() {
    let sandbox = start(0, SandboxSettings::default()).unwrap();
    for url in [sandbox.url(), sandbox.url().replace("127.0.0.1", "localhost")] {
        let environment = Environment::sandbox(&url).unwrap();
        let reply = send(&job_run(&environment, &run()), &environment.key("k").unwrap()).unwrap();
        assert_eq!(reply.status, 202, "{url}");
    }
}
