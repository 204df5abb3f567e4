//! What to do after an answer: the ways on that a key of the app or a command leads to.

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

fn here() -> Environment {
    Environment::sandbox("http://127.0.0.1:8999").unwrap()
}

/// What the sandbox answers to the run when it is asked for a fault, explained.
fn after(fault: Option<Fault>) -> Explanation {
    let (environment, mut ledger) = (here(), SandboxLog::default());
    ledger.plan(fault.map(Planned::once));
    let request = job_run(&environment, &run());
    let authorization = Some("ApiKey any");
    let asked =
        Asked { method: "POST", path: "/v1/custom-cicd", authorization, fault: None, body: &request.body };
    let answer = sandbox::answer(&mut ledger, &SandboxSettings::default(), &asked, Uuid::nil);
    let reply = Reply {
        content_type: Some(answer.content_type.to_owned()),
        retry_after: answer.retry_after.map(|seconds| seconds.to_string()),
        verdict: ledger.received().first().map(sandbox::ReceivedRun::sentence),
        ..reply(answer.status, &answer.body)
    };
    explain(&request, &environment, &Ok(reply))
}

#[test]
fn a_run_dropped_for_its_guid_is_led_to_a_guid_that_the_sandbox_makes() {
    let said = after(None);
    assert!(said.meaning.iter().any(|line| line.contains("dropped: No instance with the GUID")), "{said:?}");
    assert_eq!(said.suggestions.first(), Some(&Suggestion::Guid));
    assert!(said.next.concat().contains("a GUID that this sandbox has made"), "{said:?}");
    let command = Suggestion::Guid.in_shell(&here()).unwrap();
    assert!(
        command.contains("`sei-compose guid --base-url http://127.0.0.1:8999 --integration-id ID"),
        "{command}"
    );
    assert!(Suggestion::Guid.in_shell(&prod2()).unwrap().contains("--env prod2"));
}

#[test]
fn each_answer_that_a_sandbox_is_asked_for_says_so_and_leads_on() {
    let ways = [
        (Fault::Unauthorized, Suggestion::Key),
        (Fault::Forbidden, Suggestion::Key),
        (Fault::NotFound, Suggestion::Environment),
        (Fault::TooMany, Suggestion::Again),
        (Fault::Internal, Suggestion::Again),
        (Fault::Unavailable, Suggestion::Again),
        (Fault::Page, Suggestion::Again),
    ];
    for (fault, way) in ways {
        let said = after(Some(fault));
        let meaning = said.meaning.join(" ");
        let is_told =
            meaning.contains("The sandbox was told to answer so") || meaning.contains("when it is asked to");
        assert!(is_told, "{fault:?}: {meaning}");
        assert!(meaning.contains("took nothing") || meaning.contains("Nothing was queued"), "{meaning}");
        assert_eq!(said.suggestions.first(), Some(&way), "{fault:?}");
    }
    let honest = explain(&job_run(&prod2(), &run()), &prod2(), &Ok(reply(401, "Unauthorized")));
    assert!(!honest.meaning.concat().contains("sandbox"), "{honest:?}");
}

#[test]
fn a_run_that_the_sandbox_has_seen_before_needs_another_number_at_most() {
    let (environment, request) = (here(), job_run(&here(), &run()));
    let verdict = |reason: &str| {
        let answer = Reply { verdict: Some(format!("altered: {reason}")), ..reply(202, "{}") };
        explain(&request, &environment, &Ok(answer)).next.concat()
    };
    let again = verdict(&format!("shop/web number 7 {SEEN_BEFORE}: result and duration do not change."));
    assert!(again.contains("another build number") && !again.contains("Mend"), "{again}");
    assert!(verdict("The name is cut.").starts_with("Mend what it names"));
}

#[test]
fn a_connection_that_the_sandbox_broke_leads_to_what_arrived_there() {
    let (environment, request) = (here(), job_run(&here(), &run()));
    for kind in [FailureKind::Reset, FailureKind::Timeout] {
        let said = explain(&request, &environment, &failure(kind, true));
        assert!(said.meaning.concat().contains("when it is asked to"), "{said:?}");
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
fn who_asked_for_a_guid_asks_again_and_sends_no_run() {
    let request = create_instance(&prod2(), "4620", "CI", None);
    for result in [Ok(reply(503, "")), failure(FailureKind::Connect, false)] {
        assert_eq!(explain(&request, &prod2(), &result).suggestions, [Suggestion::AskAgain]);
    }
    assert_eq!(action_of(Suggestion::AskAgain).0, Action::GenerateGuid);
    assert_eq!(Suggestion::AskAgain.in_shell(&prod2()), None);
}
