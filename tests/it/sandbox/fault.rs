//! Planned faults: the answer, the affected requests, and whether the sandbox still stores the run.

use std::time::Duration;

use sei_compose::document::write_compact;
use sei_compose::runtime::network::{Limits, deliver};
use sei_compose::sandbox::{
    Asked, Fault, Manner, Planned, Sandbox, SandboxAnswer, SandboxSettings, Verdict, answer, start,
};
use sei_compose::wire::{Environment, FailureKind, Outcome, Patience, explain, job_run};
use uuid::Uuid;

use super::{GUID, QUEUED, TestSandbox, run, run_with};
use crate::network::{outgoing, send};

impl TestSandbox {
    /// Posts the run with a header that requests a fault.
    fn asking(&mut self, word: &str) -> SandboxAnswer {
        let body = write_compact(&run());
        let authorization = Some("ApiKey any");
        let asked =
            Asked { method: "POST", path: "/v1/custom-cicd", authorization, fault: Some(word), body: &body };
        answer(&mut self.ledger, &self.settings, &asked, || Uuid::from_u128(42))
    }

    fn planning(faults: &[&str]) -> Self {
        let mut sandbox = Self::new();
        sandbox.ledger.plan(faults.iter().map(|fault| Planned::read(fault).unwrap()));
        sandbox
    }

    fn statuses(&mut self, count: usize) -> Vec<u16> {
        (0..count).map(|_| self.flat(&run()).status).collect()
    }
}

#[test]
fn each_fault_has_its_answer_and_says_whether_the_run_is_stored() {
    let table = [
        (Fault::Unauthorized, 401, Manner::Whole, 0),
        (Fault::Forbidden, 403, Manner::Whole, 0),
        (Fault::NotFound, 404, Manner::Whole, 0),
        (Fault::TooMany, 429, Manner::Whole, 0),
        (Fault::Internal, 500, Manner::Whole, 0),
        (Fault::Unavailable, 503, Manner::Whole, 0),
        (Fault::Slow, 202, Manner::Late, 1),
        (Fault::Reset, 202, Manner::Unsaid, 1),
        (Fault::Half, 202, Manner::Half, 1),
        (Fault::Page, 200, Manner::Whole, 0),
    ];
    assert_eq!(table.map(|row| row.0), Fault::ALL);
    for (fault, status, manner, taken) in table {
        let mut sandbox = TestSandbox::new();
        let answer = sandbox.asking(fault.word());
        assert_eq!((answer.status, answer.manner), (status, manner), "{fault:?}");
        assert_eq!(answer.retry_after, (fault == Fault::TooMany).then_some(2), "{fault:?}");
        assert_eq!(answer.content_type == "text/html", fault == Fault::Page);
        assert_eq!(answer.body == QUEUED, taken == 1, "{fault:?}");
        assert_eq!(sandbox.ledger.received().len(), taken, "{fault:?}");
    }
}

#[test]
fn an_unknown_fault_in_the_header_is_refused_with_a_list_of_faults() {
    let mut sandbox = TestSandbox::new();
    let answer = sandbox.asking("418");
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("“418” is not a fault: the faults are 401, 403, 404,"), "{}", answer.body);
    assert!(sandbox.ledger.received().is_empty());
}

#[test]
fn a_fault_applies_to_one_to_several_or_to_all_requests() {
    for (text, fault, times, written) in [
        ("401", Fault::Unauthorized, Some(1), "401"),
        ("429x2", Fault::TooMany, Some(2), "429x2"),
        ("slowx1", Fault::Slow, Some(1), "slow"),
        ("500...", Fault::Internal, None, "500..."),
        ("html…", Fault::Page, None, "html..."),
    ] {
        let planned = Planned::read(text).unwrap();
        assert_eq!(planned, Planned { fault, times });
        assert_eq!(planned.to_string(), written);
        assert_eq!(Planned::read(written), Ok(planned));
    }
    for text in ["", "x2", "429x", "429x0", "429x-1", "429x+3", "402", "429x2x3", "...", " 401"] {
        let why = Planned::read(text).unwrap_err();
        assert!(why.contains(&format!("“{text}” is not a fault")), "{why}");
    }
}

#[test]
fn planned_faults_occur_in_order_and_end() {
    let mut sandbox = TestSandbox::planning(&["429x2", "500"]);
    assert_eq!(sandbox.statuses(5), [429, 429, 500, 202, 202]);
    assert_eq!(TestSandbox::planning(&["401..."]).statuses(3), [401, 401, 401]);
}

#[test]
fn a_planned_fault_waits_for_a_post_and_applies_to_guid_requests_too() {
    let mut sandbox = TestSandbox::planning(&["403"]);
    let shown = sandbox.ask("GET", &format!("/v1/cicd/instances/{GUID}"), Some("ApiKey x"), "");
    assert_eq!(shown.status, 200);
    assert_eq!(sandbox.post("/v1/cicd/instances", r#"{"integration_id":"1","name":"CI"}"#).status, 403);
    assert_eq!(sandbox.flat(&run()).status, 202);
}

#[test]
fn a_fault_in_a_header_does_not_consume_a_planned_fault() {
    let mut sandbox = TestSandbox::planning(&["500"]);
    assert_eq!(sandbox.asking("429").status, 429);
    assert_eq!(sandbox.statuses(2), [500, 202]);
}

#[test]
fn the_list_of_runs_shows_planned_faults_and_is_never_affected() {
    let mut sandbox = TestSandbox::planning(&["429x2", "500..."]);
    sandbox.flat(&run());
    let listed = sandbox.ask("GET", "/sandbox/runs", None, "");
    assert_eq!(listed.status, 200);
    let faults = listed.body.split_once("\"faults\"").unwrap().1;
    assert!(faults.contains("\"429\"") && faults.contains("\"500...\""), "{faults}");
}

#[test]
fn a_strict_sandbox_refuses_what_sei_would_drop_and_nothing_else() {
    let mut sandbox = TestSandbox::new();
    sandbox.settings.strict = true;
    let dropped = sandbox.flat(&run_with("instance_guid", "\"c9a73c1b-7590-4f5e-9f5c-3c8a8a7d2e41\""));
    assert_eq!(dropped.status, 400);
    assert!(dropped.body.contains("No instance with the GUID “c9a73c1b"), "{}", dropped.body);
    assert_eq!(sandbox.flat(&run_with("start_time", "1679467494")).status, 202);
    let seen: Vec<_> =
        sandbox.ledger.received().iter().map(|arrival| (arrival.status, arrival.verdict)).collect();
    assert_eq!(seen, [(400, Verdict::Dropped), (202, Verdict::Altered)]);
}

// Over real HTTP.

fn sandbox(settings: SandboxSettings) -> (Sandbox, Environment) {
    let sandbox = start(0, settings).unwrap();
    let environment = Environment::sandbox(&sandbox.url()).unwrap();
    (sandbox, environment)
}

fn faulty(faults: &[&str]) -> SandboxSettings {
    let faults = faults.iter().map(|fault| Planned::read(fault).unwrap()).collect();
    SandboxSettings { faults, late: Duration::from_millis(300), ..SandboxSettings::default() }
}

#[test]
fn the_client_recognizes_each_fault() {
    for (word, outcome, says) in [
        ("401", Outcome::Refused, "401: the key was not accepted"),
        ("403", Outcome::Refused, "403: the key lacks permission"),
        ("404", Outcome::Refused, "404:"),
        ("429", Outcome::Refused, "429: too many requests"),
        ("500", Outcome::Refused, "500: server error"),
        ("html", Outcome::NotDelivered, "200: the answer is a web page"),
    ] {
        let (sandbox, environment) = sandbox(faulty(&[word]));
        let request = job_run(&environment, &run());
        let reply = send(&request, &environment.key("any").unwrap());
        let explanation = explain(&request, &environment, &reply);
        assert_eq!(explanation.outcome, outcome, "{word}: {explanation:?}");
        assert!(explanation.headline.starts_with(says), "{word}: {explanation:?}");
        assert!(sandbox.received().is_empty(), "{word}");
    }
}

#[test]
fn a_broken_connection_leaves_the_outcome_unknown_and_the_run_stored() {
    let (sandbox, environment) = sandbox(faulty(&["reset"]));
    let request = job_run(&environment, &run());
    let key = environment.key("any").unwrap();
    let failure = send(&request, &key).unwrap_err();
    assert_eq!((failure.kind, failure.sent), (FailureKind::Reset, true), "{failure:?}");
    assert_eq!(sandbox.received().len(), 1);
    assert_eq!(send(&request, &key).unwrap().status, 202, "the next one is answered");
}

#[test]
fn a_partial_answer_has_its_status_and_part_of_its_body() {
    let (sandbox, environment) = sandbox(faulty(&["half"]));
    let request = job_run(&environment, &run());
    let reply = send(&request, &environment.key("any").unwrap()).unwrap();
    assert_eq!((reply.status, reply.truncated), (202, true));
    assert_eq!(reply.body, QUEUED.split_at(QUEUED.len() / 2).0);
    assert_eq!(sandbox.received().len(), 1);
}

#[test]
fn a_late_answer_comes_after_the_run_is_stored() {
    let (sandbox, environment) = sandbox(faulty(&["slow"]));
    let reply = send(&job_run(&environment, &run()), &environment.key("any").unwrap()).unwrap();
    assert_eq!(reply.status, 202);
    assert!(reply.elapsed.millis() >= 300, "{:?}", reply.elapsed);
    assert_eq!(sandbox.received().len(), 1);
}

#[test]
fn a_client_with_retries_passes_temporary_faults() {
    let (sandbox, environment) = sandbox(faulty(&["503x2"]));
    let patience = Patience { first: sei_compose::time::Duration::from_millis(4), ..Patience::default() };
    let limits = Limits { patience, ..Limits::default() };
    let outgoing = outgoing(job_run(&environment, &run()), environment.key("any").unwrap());
    let delivery = deliver(limits, &outgoing, |_| {});
    assert_eq!((delivery.result.unwrap().status, delivery.attempts), (202, 3));
    assert_eq!(sandbox.received().len(), 1);
}

#[test]
fn faults_can_be_planned_at_run_time_and_a_watch_outlives_the_sandbox() {
    let (sandbox, environment) = sandbox(SandboxSettings::default());
    let watch = sandbox.watch();
    watch.plan([Planned::once(Fault::Internal)]);
    assert_eq!(watch.overview().planned, [Planned::once(Fault::Internal)]);
    let request = job_run(&environment, &run());
    let statuses = [(); 2].map(|()| send(&request, &environment.key("any").unwrap()).unwrap().status);
    assert_eq!(statuses, [500, 202]);
    sandbox.stop();
    assert_eq!((watch.overview().count, watch.overview().planned), (1, Vec::new()));
}
