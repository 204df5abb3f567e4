//! End to end: the two complete runs of the documentation through the app and `send`, over HTTP.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;

use sei_compose::app::geometry::Size;
use sei_compose::app::overlay::{Content, Overlay, Page};
use sei_compose::app::{
    Action, DiskEffect, Effect, EnvironmentChoice, Model, Msg, NetworkEffect, NetworkMsg, Start,
    open_document, update,
};
use sei_compose::check::{Context, Severity, check};
use sei_compose::document::{Value, read, write_compact};
use sei_compose::runtime::network::{Delivery, Network, OutgoingRequest};
use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use sei_compose::time::Timestamp;
use sei_compose::wire::{Environment, Outcome};

const NOW: Timestamp = Timestamp::from_millis(1_767_607_200_000);

/// The two complete runs that the documentation prints.
fn examples() -> Vec<Value> {
    ["node-js-ci.json", "pipeline-2.json"]
        .into_iter()
        .map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/whole").join(name);
            read(&std::fs::read_to_string(path).unwrap()).unwrap()
        })
        .collect()
}

fn start() -> (Sandbox, Environment) {
    let sandbox = sandbox::start(0, SandboxSettings::default()).unwrap();
    let environment = Environment::sandbox(&sandbox.url()).unwrap();
    (sandbox, environment)
}

fn app(environment: &Environment) -> Model {
    Model::new(Start {
        environments: vec![EnvironmentChoice::with_key(environment.clone(), "a test")],
        environment: 0,
        size: Size { columns: 120, rows: 36 },
        now: NOW,
        read_only: false,
        demo: false,
        silenced: Vec::new(),
    })
}

#[test]
fn the_documented_runs_have_no_errors() {
    for run in examples() {
        let problems = check(&run, &Context { now: Some(NOW), ..Context::default() });
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn the_app_sends_the_documented_runs_unchanged() {
    let (sandbox, environment) = start();
    let network = Network::new();
    for run in examples() {
        let mut model = app(&environment);
        open_document(&mut model, run.clone());
        let reviewing = update(&mut model, NOW, Msg::Act(Action::Send));
        assert!(matches!(reviewing[..], [Effect::Disk(DiskEffect::FindAccepted { .. })]), "{reviewing:?}");
        let effects = update(&mut model, NOW, Msg::Act(Action::Enter));
        let [Effect::Network(NetworkEffect::Post { ticket, request, .. })] = effects.as_slice() else {
            panic!("the review did not send: {effects:?}")
        };
        let (sender, receiver) = channel();
        let key = environment.key("any-key").unwrap();
        let outgoing =
            OutgoingRequest { request: request.clone(), secret: key, authority: None, now: NOW, dice: 7 };
        network.start(
            *ticket,
            outgoing,
            |_, _| {},
            move |ticket, Delivery { result, .. }| {
                sender.send(Msg::Network(NetworkMsg::Replied { ticket, result })).unwrap();
            },
        );
        update(&mut model, NOW, receiver.recv().unwrap());
        let Some(Overlay::Page(Page { content: Content::Reply(explanation), .. })) = model.overlays.last()
        else {
            panic!("no reply is shown: {:?}", model.overlays)
        };
        assert_eq!(explanation.outcome, Outcome::Accepted);
        assert!(explanation.headline.contains("202"), "{}", explanation.headline);
        assert_eq!(sandbox.received().pop().unwrap().body, write_compact(&run));
    }
}

#[test]
fn the_command_sends_the_documented_runs_unchanged() {
    let (sandbox, _) = start();
    let home = tempfile::tempdir().unwrap();
    for run in examples() {
        let file = home.path().join("run.json");
        std::fs::write(&file, write_compact(&run)).unwrap();
        let ended = Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .env_clear()
            .env("SEI_COMPOSE_CONFIG_DIR", home.path().join("config"))
            .env("SEI_COMPOSE_DATA_DIR", home.path().join("data"))
            .env("HARNESS_SEI_API_KEY", "any-key")
            .args(["send", file.to_str().unwrap(), "--base-url", &sandbox.url()])
            .output()
            .unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        assert_eq!(sandbox.received().pop().unwrap().body, write_compact(&run));
    }
}

#[test]
fn an_empty_document_lacks_all_eight_required_fields_at_once() {
    let problems = check(&Value::empty_object(), &Context { now: Some(NOW), ..Context::default() });
    let mut places: Vec<String> = problems
        .iter()
        .filter(|problem| problem.code == "missing-field")
        .map(|problem| problem.at.to_string())
        .collect();
    places.sort();
    let required = [
        "/duration",
        "/instance_guid",
        "/instance_name",
        "/job_full_name",
        "/pipeline",
        "/qualified_name",
        "/result",
        "/start_time",
    ];
    assert_eq!(places, required);
}
