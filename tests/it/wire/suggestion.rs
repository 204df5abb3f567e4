//! The next steps after an answer: the suggestions that a key of the app or a command leads to.

use sei_compose::app::Action;
use sei_compose::app::suggestion::action_of;
use sei_compose::document::{Value, read};
use sei_compose::sandbox::{self, Asked, Fault, Planned, SandboxLog, SandboxSettings};
use sei_compose::wire::{
    Environment, Explanation, FailureKind, Reply, SEEN_BEFORE, Suggestion, create_instance, explain, job_run,
};
use uuid::Uuid;

use super::{failure, prod2, reply};

fn run() -> Value {
    read(
        r#"{"pipeline":"web","job_full_name":"shop/web","qualified_name":"web","result":"SUCCESS","build_number":7,
            "instance_guid":"89d2491c-764a-4f77-93d9-18e8ac7c7d9d","instance_name":"CI"}"#,
    )
    .unwrap()
}

fn local() -> Environment {
    Environment::sandbox("http://127.0.0.1:8999").unwrap()
}

/// The explanation of the sandbox's answer to the run, with or without a fault.
fn after(fault: Option<Fault>) -> Explanation {
    let (environment, mut log) = (local(), SandboxLog::default());
    log.plan(fault.map(Planned::once));
    let request = job_run(&environment, &run());
    let authorization = Some("ApiKey any");
    let asked =
        Asked { method: "POST", path: "/v1/custom-cicd", authorization, fault: None, body: &request.body };
    let answer = sandbox::answer(&mut log, &SandboxSettings::default(), &asked, Uuid::nil);
    let reply = Reply {
        content_type: Some(answer.content_type.to_owned()),
        retry_after: answer.retry_after.map(|seconds| seconds.to_string()),
        verdict: log.received().first().map(sandbox::ReceivedRun::sentence),
        ..reply(answer.status, &answer.body)
    };
    explain(&request, &environment, &Ok(reply))
}

#[test]
fn a_run_dropped_for_its_guid_suggests_a_guid_from_the_sandbox() {
    let said = after(None);
    assert!(said.meaning.iter().any(|line| line.contains("dropped: No instance with the GUID")), "{said:?}");
    assert_eq!(said.suggestions.first(), Some(&Suggestion::Guid));
    assert!(said.next.concat().contains("a GUID that this sandbox created"), "{said:?}");
    let command = Suggestion::Guid.in_shell(&local()).unwrap();
    assert!(
        command.contains("`sei-compose guid --base-url http://127.0.0.1:8999 --integration-id ID"),
        "{command}"
    );
    assert!(Suggestion::Guid.in_shell(&prod2()).unwrap().contains("--env prod2"));
}

#[test]
fn each_planned_fault_is_named_and_has_a_suggestion() {
    let suggestions = [
        (Fault::Unauthorized, Suggestion::Key),
        (Fault::Forbidden, Suggestion::Key),
        (Fault::NotFound, Suggestion::Environment),
        (Fault::TooMany, Suggestion::Again),
        (Fault::Internal, Suggestion::Again),
        (Fault::Unavailable, Suggestion::Again),
        (Fault::Page, Suggestion::Again),
    ];
    for (fault, suggestion) in suggestions {
        let said = after(Some(fault));
        let meaning = said.meaning.join(" ");
        let is_explained =
            meaning.contains("Simulated by the sandbox") || meaning.contains("when a fault is set");
        assert!(is_explained, "{fault:?}: {meaning}");
        assert!(meaning.contains("stored nothing") || meaning.contains("Nothing was queued"), "{meaning}");
        assert_eq!(said.suggestions.first(), Some(&suggestion), "{fault:?}");
    }
    let honest = explain(&job_run(&prod2(), &run()), &prod2(), &Ok(reply(401, "Unauthorized")));
    assert!(!honest.meaning.concat().contains("sandbox"), "{honest:?}");
}

#[test]
fn a_repeated_run_in_the_sandbox_needs_only_another_number() {
    let (environment, request) = (local(), job_run(&local(), &run()));
    let verdict = |reason: &str| {
        let answer = Reply { verdict: Some(format!("altered: {reason}")), ..reply(202, "{}") };
        explain(&request, &environment, &Ok(answer)).next.concat()
    };
    let again = verdict(&format!("shop/web #7 {SEEN_BEFORE}, replaces artifacts."));
    assert!(again.contains("change the build number") && !again.contains("Fix"), "{again}");
    assert!(verdict("The name is cut.").starts_with("Fix the problems in the verdict"));
}

#[test]
fn a_connection_that_the_sandbox_broke_suggests_its_received_runs() {
    let (environment, request) = (local(), job_run(&local(), &run()));
    for kind in [FailureKind::Reset, FailureKind::Timeout] {
        let said = explain(&request, &environment, &failure(kind, true));
        assert!(said.meaning.concat().contains("when a fault is set"), "{said:?}");
        assert_eq!(said.suggestions, [Suggestion::ReceivedRuns, Suggestion::Again]);
        let far = explain(&job_run(&prod2(), &run()), &prod2(), &failure(kind, true));
        assert_eq!(far.suggestions, [Suggestion::Again]);
    }
    assert!(
        Suggestion::ReceivedRuns
            .in_shell(&environment)
            .unwrap()
            .contains("curl http://127.0.0.1:8999/sandbox/runs")
    );
}

#[test]
fn a_failed_guid_request_suggests_another_request_and_no_send() {
    let request = create_instance(&prod2(), "4620", "CI", None);
    for result in [Ok(reply(503, "")), failure(FailureKind::Connect, false)] {
        assert_eq!(explain(&request, &prod2(), &result).suggestions, [Suggestion::AskAgain]);
    }
    assert_eq!(action_of(Suggestion::AskAgain).0, Action::GenerateGuid);
    assert_eq!(Suggestion::AskAgain.in_shell(&prod2()), None);
}
