//! The server of the sandbox, over real HTTP.

use std::io::{Read, Write};
use std::net::TcpStream;

use sei_compose::document::Value;
use sei_compose::sandbox::{NewId, Sandbox, SandboxSettings, Verdict, start};
use sei_compose::wire::{
    BodyFormat, Environment, Outcome, Scheme, create_instance, explain, guid_of, job_run,
};
use uuid::Uuid;

use super::{QUEUED, run_with};
use crate::network::send;

fn sandbox() -> (Sandbox, Environment) {
    let sandbox = start(0, SandboxSettings::default()).unwrap();
    let environment = Environment::sandbox(&sandbox.url()).unwrap();
    (sandbox, environment)
}

#[test]
fn the_whole_path_from_a_guid_to_a_stored_run_works_over_http() {
    let (sandbox, environment) = sandbox();
    let key = environment.key("any-key").unwrap();
    let asked = create_instance(&environment, "4620", "Acme CI", None);
    let made = send(&asked, &key);
    assert_eq!(explain(&asked, &environment, &made).outcome, Outcome::Accepted);
    let guid = guid_of(&made.unwrap()).unwrap();
    let run = run_with("instance_guid", &format!("\"{guid}\""));
    for (number, format, scheme) in
        [(1, BodyFormat::Flat, Scheme::ApiKey), (2, BodyFormat::Wrapped, Scheme::Bearer)]
    {
        let mut fields = run.as_object().unwrap().clone();
        fields.put("build_number", number);
        let request = job_run(&Environment { format, scheme, ..environment.clone() }, &Value::Object(fields));
        let reply = send(&request, &key).unwrap();
        assert_eq!((reply.status, reply.body.as_str()), (202, QUEUED));
        let arrival = sandbox.received().pop().unwrap();
        assert_eq!((arrival.body, arrival.format, arrival.verdict), (request.body, format, Verdict::Kept));
    }
    assert_eq!(sandbox.instances().len(), 1);
    sandbox.stop();
}

#[test]
fn a_large_run_is_accepted() {
    let (sandbox, environment) = sandbox();
    let big = run_with("themes", &format!("[\"{}\"]", "x".repeat(5 * 1024 * 1024)));
    let reply = send(&job_run(&environment, &big), &environment.key("k").unwrap()).unwrap();
    assert_eq!(reply.status, 202);
    assert_eq!(sandbox.received().len(), 1);
}

#[test]
fn a_body_that_is_not_utf_8_is_refused() {
    let (sandbox, _) = sandbox();
    let host = sandbox.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!(
        "POST /v1/custom-cicd HTTP/1.1\r\nHost: {host}\r\nAuthorization: ApiKey k\r\nContent-Length: 2\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), &[0xff, 0xfe]].concat()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 400"), "{text}");
}

#[test]
fn a_sandbox_listens_on_this_machine_until_it_is_dropped() {
    let (sandbox, environment) = sandbox();
    assert!(sandbox.url().starts_with("http://127.0.0.1:"), "{}", sandbox.url());
    let address = sandbox.url().trim_start_matches("http://").to_owned();
    // A connection without a request must not delay the end.
    let idle = TcpStream::connect(&address).unwrap();
    drop(sandbox);
    assert!(TcpStream::connect(&address).is_err());
    drop(idle);
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    let again = start(port, SandboxSettings::default()).unwrap();
    assert_eq!(Environment::sandbox(&again.url()).unwrap(), environment);
}

#[test]
fn a_port_in_use_is_an_error() {
    let (sandbox, _) = sandbox();
    let port = sandbox.url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(start(port, SandboxSettings::default()).is_err());
}

#[test]
fn new_ids_are_different_uuids_and_the_same_after_each_start() {
    let ids = |source: NewId| [source.make(), source.make()];
    let first = ids(NewId::default());
    assert_ne!(first[0], first[1]);
    assert_eq!(first[0].get_version_num(), 4);
    assert_eq!(ids(NewId::default()), first);
    assert_eq!(NewId::from_fn(|| Uuid::from_u128(5)).make(), Uuid::from_u128(5));
}

#[test]
fn a_listener_receives_each_instance_and_one_message_about_new_runs() {
    let (sandbox, environment) = sandbox();
    let key = environment.key("any-key").unwrap();
    let (sender, heard) = std::sync::mpsc::channel();
    let watch = sandbox.watch();
    let made = sender.clone();
    watch.on_instance(move |instance| made.send(instance.name).unwrap());
    watch.when_stirred(move || sender.send("stirred".to_owned()).unwrap());
    for name in ["one", "two"] {
        send(&create_instance(&environment, "4620", name, None), &key).unwrap();
    }
    send(&job_run(&environment, &run_with("build_number", "1")), &key).unwrap();
    assert_eq!(heard.try_iter().collect::<Vec<_>>(), ["one", "stirred", "two"]);
}
