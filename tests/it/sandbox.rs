//! Tests of `sandbox`: the answers without a server here, the server in submodules.

use sei_compose::document::{Value, read, write_compact};
use sei_compose::sandbox::{Asked, Manner, SandboxAnswer, SandboxLog, SandboxSettings, Verdict, answer};
use sei_compose::wire::{BodyFormat, FieldNames, identity, with_names, wrap};
use uuid::Uuid;

mod caller;
mod fault;
pub(crate) mod known;
mod server;
mod stored;

const GUID: &str = "89d2491c-764a-4f77-93d9-18e8ac7c7d9d";

const QUEUED: &str =
    r#"{"response_type":"JenkinsPluginJobRunCompleteResponse","payload":"{\"run_ids\":[]}"}"#;

/// A valid run of the instance that `TestSandbox::new` creates.
fn run() -> Value {
    read(&format!(
        r#"{{"pipeline":"Node.js CI","job_full_name":"acme/Node.js CI","qualified_name":"Node.js CI",
            "instance_name":"Acme CI","instance_guid":"{GUID}","start_time":1679467494000,"duration":77000,
            "result":"SUCCESS","build_number":7,"ci":true,"cd":false}}"#
    ))
    .unwrap()
}

/// The run with one field replaced.
fn run_with(key: &str, value: &str) -> Value {
    let mut fields = run().as_object().unwrap().clone();
    fields.put(key, read(value).unwrap());
    Value::Object(fields)
}

fn run_without(keys: &[&str]) -> Value {
    let fields = run().as_object().unwrap().clone();
    Value::Object(fields.into_iter().filter(|(key, _)| !keys.contains(&&**key)).collect())
}

/// A sandbox without a server.
struct TestSandbox {
    ledger: SandboxLog,
    settings: SandboxSettings,
}

impl TestSandbox {
    fn empty() -> Self {
        Self { ledger: SandboxLog::default(), settings: SandboxSettings::default() }
    }

    fn new() -> Self {
        let mut sandbox = Self::empty();
        let made = sandbox.post(
            "/v1/cicd/instances",
            &format!(r#"{{"integration_id":"4620","name":"Acme CI","type":"jenkins","id":"{GUID}"}}"#),
        );
        assert_eq!(made.body, format!(r#"{{"id":"{GUID}"}}"#));
        sandbox
    }

    fn ask(&mut self, method: &str, path: &str, authorization: Option<&str>, body: &str) -> SandboxAnswer {
        let asked = Asked { method, path, authorization, fault: None, body };
        answer(&mut self.ledger, &self.settings, &asked, || Uuid::from_u128(42))
    }

    fn post(&mut self, path: &str, body: &str) -> SandboxAnswer {
        self.ask("POST", path, Some("ApiKey any"), body)
    }

    fn flat(&mut self, run: &Value) -> SandboxAnswer {
        self.post("/v1/custom-cicd", &write_compact(run))
    }

    fn last(&self) -> (Verdict, String) {
        let arrival = self.ledger.received().last().unwrap();
        (arrival.verdict, arrival.reasons.join(" "))
    }
}

#[test]
fn a_run_at_the_flat_endpoint_gets_the_exact_reply_of_the_service() {
    let answer = TestSandbox::new().flat(&run());
    assert_eq!(answer, SandboxAnswer::json(202, QUEUED));
    assert_eq!((answer.retry_after, answer.manner), (None, Manner::Whole));
}

#[test]
fn missing_fields_are_named_one_at_a_time_in_the_services_order() {
    let steps = [
        ("pipeline", "job_name/pipeline"),
        ("instance_name", "jenkins_instance_name/instance_name"),
        ("instance_guid", "jenkins_instance_guid/instance_guid"),
        ("job_full_name", "job_full_name"),
        ("qualified_name", "job_normalized_full_name/qualified_name"),
        ("result", "result"),
    ];
    let mut sandbox = TestSandbox::new();
    for (index, (_, names)) in steps.iter().enumerate() {
        let absent: Vec<&str> = steps[index..].iter().map(|(field, _)| *field).collect();
        let answer = sandbox.flat(&run_without(&absent));
        assert_eq!(answer.status, 400);
        assert_eq!(answer.body, format!(r#"{{"payload":"{names} field is missing in request"}}"#));
    }
    assert!(sandbox.ledger.received().is_empty(), "a refused run has not arrived");
}

#[test]
fn null_and_empty_text_count_as_missing_and_times_are_not_required() {
    let mut sandbox = TestSandbox::new();
    assert_eq!(sandbox.flat(&run_with("result", "null")).status, 400);
    assert_eq!(sandbox.flat(&run_with("result", "\"\"")).status, 400);
    assert_eq!(sandbox.flat(&run_without(&["start_time", "duration"])).status, 202);
    assert_eq!(sandbox.flat(&read("[]").unwrap()).status, 400);
}

#[test]
fn legacy_names_are_accepted() {
    let mut sandbox = TestSandbox::new();
    assert_eq!(sandbox.flat(&with_names(&run(), FieldNames::Legacy)).status, 202);
    assert_eq!(sandbox.ledger.received()[0].identity, identity(&run()));
}

#[test]
fn the_wrapped_endpoint_checks_the_envelope_only() {
    let mut sandbox = TestSandbox::new();
    let mut post = |body: &str| {
        let answer = sandbox.post("/v1/generic-requests", body);
        (answer.status, answer.body)
    };
    assert_eq!(post(&write_compact(&wrap(&run()))), (202, QUEUED.to_owned()));
    assert_eq!(post(r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"{}"}"#).0, 202);
    assert_eq!(post(r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"not json"}"#).0, 202);
    assert_eq!(post(r#"{"request_type":"Other","payload":"{}"}"#).0, 400);
    assert_eq!(post(r#"{"request_type":"JenkinsPluginJobRunComplete","payload":{}}"#).0, 400);
    assert_eq!(post("{").0, 400);
    let verdicts: Vec<Verdict> = sandbox.ledger.received().iter().map(|arrival| arrival.verdict).collect();
    assert_eq!(verdicts, [Verdict::Kept, Verdict::Dropped, Verdict::Dropped]);
    assert!(sandbox.ledger.received().iter().all(|arrival| arrival.format == BodyFormat::Wrapped));
}

#[test]
fn an_instance_is_created_read_and_created_again_under_the_same_id() {
    let mut sandbox = TestSandbox::empty();
    let made = sandbox.post("/v1/cicd/instances", r#"{"integration_id":"4620","name":"CI"}"#);
    assert_eq!((made.status, made.body.as_str()), (200, r#"{"id":"00000000-0000-0000-0000-00000000002a"}"#));
    let path = "/v1/cicd/instances/00000000-0000-0000-0000-00000000002a";
    let shown = sandbox.ask("GET", path, Some("Bearer x"), "");
    assert_eq!(shown.status, 200);
    let whole =
        r#"{"id":"00000000-0000-0000-0000-00000000002a","name":"CI","integration_id":"4620","type":null}"#;
    assert_eq!(shown.body, whole, "as in SEI, the type is that of the request");
    assert_eq!(sandbox.ask("GET", path, None, "").status, 401);
    assert_eq!(sandbox.ask("GET", &path.replace("2a", "2b"), Some("ApiKey x"), "").status, 404);
    assert_eq!(sandbox.ask("GET", "/v1/cicd/instances/x", Some("ApiKey x"), "").status, 404);
    let chosen = format!(r#"{{"integration_id":4620,"name":"CI","type":"jenkins","id":"{GUID}"}}"#);
    for _ in 0..2 {
        assert_eq!(sandbox.post("/v1/cicd/instances", &chosen).body, format!(r#"{{"id":"{GUID}"}}"#));
    }
    assert_eq!(sandbox.ledger.instances().count(), 2);
    let shown = sandbox.ask("GET", &format!("/v1/cicd/instances/{GUID}"), Some("ApiKey x"), "");
    assert!(shown.body.contains(r#""type":"jenkins""#), "{}", shown.body);
    let with_url = r#"{"integration_id":"1","name":"CI","url":"https://ci.example"}"#;
    assert_eq!(sandbox.post("/v1/cicd/instances", with_url).status, 200);
    assert!(sandbox.ask("GET", path, Some("ApiKey x"), "").body.contains(r#""url":"https://ci.example""#));
}

#[test]
fn the_endpoint_for_runs_also_creates_an_instance_as_older_pages_document() {
    let mut sandbox = TestSandbox::empty();
    let made = sandbox.post("/v1/custom-cicd", r#"{"integration_id":"4620","name":"CI"}"#);
    assert_eq!((made.status, made.body.as_str()), (200, r#"{"id":"00000000-0000-0000-0000-00000000002a"}"#));
}

#[test]
fn an_invalid_instance_is_refused() {
    let mut sandbox = TestSandbox::empty();
    let mut post = |body: &str| sandbox.post("/v1/cicd/instances", body);
    for body in
        [r#"{"integration_id":"abc","name":"CI"}"#, r#"{"name":"CI"}"#, r#"{"integration_id":"-1"}"#, "[]"]
    {
        let answer = post(body);
        assert_eq!(answer.status, 404, "{body}");
        assert!(answer.body.contains("no such integration"));
    }
    assert_eq!(post(r#"{"integration_id":"1","id":"nonsense"}"#).status, 400);
    let unknown = sandbox.ask("GET", &format!("/v1/cicd/instances/{GUID}"), Some("ApiKey x"), "");
    assert_eq!(unknown.status, 404);
    assert!(unknown.body.contains("Instance not found."));
    assert_eq!(sandbox.ledger.instances().count(), 0);
}

#[test]
fn a_key_is_required_and_any_key_is_accepted_unless_one_is_set() {
    let mut sandbox = TestSandbox::new();
    let status = |sandbox: &mut TestSandbox, header: Option<&str>| {
        sandbox.ask("POST", "/v1/custom-cicd", header, &write_compact(&run())).status
    };
    for good in ["ApiKey x", "Apikey x", "APIKEY x", "Bearer x", "bearer  x"] {
        assert_eq!(status(&mut sandbox, Some(good)), 202, "{good}");
    }
    for bad in [None, Some(""), Some("ApiKey"), Some("ApiKey "), Some("Basic x"), Some("x")] {
        assert_eq!(status(&mut sandbox, bad), 401, "{bad:?}");
    }
    sandbox.settings = SandboxSettings::with_key("the-right-one").unwrap();
    assert_eq!(status(&mut sandbox, Some("ApiKey the-wrong-one")), 401);
    assert_eq!(status(&mut sandbox, Some("Bearer the-right-one")), 202);
}

#[test]
fn other_paths_and_methods_are_refused() {
    let mut sandbox = TestSandbox::new();
    assert_eq!(sandbox.post("/v1/nothing", "{}").status, 404);
    assert_eq!(sandbox.ask("GET", "/v1/custom-cicd", Some("ApiKey x"), "").status, 405);
    assert_eq!(sandbox.post("/v1/custom-cicd", "{").status, 400);
}

#[test]
fn a_valid_run_is_kept() {
    let mut sandbox = TestSandbox::new();
    sandbox.flat(&run());
    assert_eq!(sandbox.last(), (Verdict::Kept, String::new()));
}

#[test]
fn a_run_of_an_unknown_instance_is_queued_and_dropped() {
    let mut sandbox = TestSandbox::empty();
    assert_eq!(sandbox.flat(&run()).status, 202);
    let (verdict, reasons) = sandbox.last();
    assert_eq!(verdict, Verdict::Dropped);
    assert!(reasons.contains(GUID), "{reasons}");
    sandbox.flat(&run_with("instance_guid", "\"c9a73c1b-7590-34sa\""));
    assert_eq!(sandbox.last().0, Verdict::Dropped);
}

#[test]
fn the_spelling_of_a_guid_does_not_matter() {
    let mut sandbox = TestSandbox::new();
    sandbox.flat(&run_with("instance_guid", &format!("\"{}\"", GUID.to_uppercase())));
    assert_eq!(sandbox.last().0, Verdict::Kept);
}

#[test]
fn the_first_of_two_equal_runs_wins() {
    let mut sandbox = TestSandbox::new();
    sandbox.flat(&run());
    sandbox.flat(&run_with("result", "\"FAILURE\""));
    let (verdict, reasons) = sandbox.last();
    assert_eq!(verdict, Verdict::Altered);
    assert!(reasons.contains("acme/Node.js CI #7 was stored before"), "{reasons}");
    sandbox.flat(&run_with("build_number", "8"));
    assert_eq!(sandbox.last().0, Verdict::Kept);
}

#[test]
fn a_run_dropped_before_its_instance_was_created_does_not_count_as_the_first() {
    let mut sandbox = TestSandbox::empty();
    sandbox.flat(&run());
    sandbox
        .post("/v1/cicd/instances", &format!(r#"{{"integration_id":"1","name":"Acme CI","id":"{GUID}"}}"#));
    sandbox.flat(&run());
    assert_eq!(sandbox.last().0, Verdict::Kept);
}

#[test]
fn losses_are_reported_with_their_cause() {
    let mut sandbox = TestSandbox::new();
    for (run, cause) in [
        (run_with("start_time", "1679467494"), "The run starts at 1970-01-20"),
        (run_without(&["build_number"]), "Without a build number, each run of this job is run 0"),
        (
            run_with("job_run", r#"{"stages":[{"displayName":"a","durationInMillis":1}]}"#),
            "“a” has no id: this stage is lost.",
        ),
    ] {
        sandbox.flat(&run);
        let (verdict, reasons) = sandbox.last();
        assert_eq!(verdict, Verdict::Altered, "{cause}");
        assert!(reasons.contains(cause), "{reasons}");
    }
}

#[test]
fn the_list_of_runs_needs_no_key_and_holds_the_exact_body() {
    let mut sandbox = TestSandbox::new();
    let body = write_compact(&run_with("start_time", "1679467494"))
        .replace("Node.js", "a \\\"b\\\"")
        .replace("77000", "77000.0");
    sandbox.post("/v1/custom-cicd", &body);
    let listed = sandbox.ask("GET", "/sandbox/runs", None, "");
    assert_eq!((listed.status, listed.content_type), (200, "application/json"));
    let listed = read(&listed.body).unwrap();
    let at = |pointer: &str| listed.get(&pointer.parse().unwrap()).cloned();
    assert_eq!(at("/runs/0/body"), Some(Value::from(body.as_str())));
    assert_eq!(at("/runs/0/format"), Some(Value::from("flat")));
    assert_eq!(at("/runs/0/identity/job_full_name"), Some(Value::from("acme/a \"b\" CI")));
    assert_eq!(at("/runs/0/identity/build_number"), Some(Value::from(7)));
    assert!(at("/runs/0/verdict").is_some() && at("/runs/0/problems/0/code").is_some());
    assert_eq!(at("/instances/0/id"), Some(Value::from(GUID)));
}
