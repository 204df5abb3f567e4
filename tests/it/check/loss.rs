//! The losses of problems: their order, and what each rule declares.

use std::collections::BTreeSet;

use sei_compose::check::{
    CheckSession, Checker, Evidence, Loss, Problem, Severity, Silenced, check, rule, rules,
};

use super::corpus::{File, context_of, files, whole_corpus};
use super::{context, parse, problems, spell, with};

/// The rank of a problem, as the documents describe the order of lists.
fn described_rank(problem: &Problem) -> (usize, usize) {
    let severities = [Severity::Error, Severity::Warning, Severity::Hint];
    let losses = Loss::ALL.map(Some);
    let severity = severities.iter().position(|severity| *severity == problem.severity).unwrap();
    (severity, losses.iter().position(|loss| *loss == problem.loss).unwrap_or(losses.len()))
}

#[test]
fn lists_are_sorted_by_severity_and_loss_also_with_problems_of_the_text() {
    let duplicate =
        r#"{"ci": true, "ci": true, "nonsense": 1, "result": "FAILED", "cd": true, "duration": -1}"#;
    let document = parse(duplicate);
    let context = context();
    let session = CheckSession::new(&document, &context, Silenced::default());
    let found = session.problems();
    assert!(found.is_sorted_by_key(described_rank), "{}", spell(&found));
    assert!(found.iter().any(|problem| problem.code == "duplicate-key"), "{}", spell(&found));
    let incremental = Checker::default().check(&session, None);
    assert_eq!(incremental.iter().map(|problem| (**problem).clone()).collect::<Vec<_>>(), found);
    for file in whole_corpus() {
        let Some(document) = file.document() else { continue };
        let found = check(&document, &context_of(file.code));
        assert!(found.is_sorted_by_key(described_rank), "{}: {}", file.path.display(), spell(&found));
    }
}

#[test]
fn each_problem_has_the_loss_of_its_rule_or_a_documented_other_one() {
    for file in whole_corpus() {
        for problem in file.problems() {
            let rule = rule(problem.code).unwrap();
            let is_documented = rule.loss == problem.loss || rule.other_losses.contains(&problem.loss);
            assert!(is_documented, "{}: {}", file.path.display(), spell(&[problem]));
        }
    }
}

#[test]
fn each_loss_of_a_rule_occurs_in_its_files_and_the_largest_is_the_usual_one() {
    for rule in rules() {
        let found: BTreeSet<_> = files(rule.code, "bad")
            .iter()
            .flat_map(File::problems)
            .filter(|problem| problem.code == rule.code)
            .map(|problem| (problem.loss.is_none(), problem.loss))
            .collect();
        let declared: BTreeSet<_> = std::iter::once(rule.loss)
            .chain(rule.other_losses.iter().copied())
            .map(|loss| (loss.is_none(), loss))
            .collect();
        assert_eq!(found, declared, "{}", rule.code);
        assert_eq!(declared.first().map(|(_, loss)| *loss), Some(rule.loss), "{}", rule.code);
        assert_eq!(declared.len(), 1 + rule.other_losses.len(), "{}", rule.code);
    }
}

/// The rules and losses of the problems of a run with these members.
fn losses(members: &str) -> BTreeSet<(&'static str, Option<Loss>)> {
    problems(&with(members)).iter().map(|problem| (problem.code, problem.loss)).collect()
}

const ARTIFACT: &str = r#""output":true,"location":"registry.example/shop""#;

/// What SEI loses when: the members of a run, the rule that reports them, and the loss.
#[rustfmt::skip]
const LOST: [(&str, &str, Loss); 29] = [
    // The whole run.
    (r#"{"instance_guid":"ci-1"}"#, "guid-form", Loss::Run),
    (r#"{"instance_guid":"00000000-0000-0000-0000-000000000000"}"#, "guid-nil", Loss::Run),
    (r#"{"job_run_params":[{"type":null,"name":"A","value":"1"}]}"#, "param-incomplete", Loss::Run),
    (r#"{"job_run_params":[{"type":"StringParameterValue","value":"1"}]}"#, "param-incomplete", Loss::Run),
    (r#"{"job_run_params":[{"type":"StringParameterValue","name":"A"}]}"#, "param-incomplete", Loss::Run),
    (r#"{"build_number":null}"#, "build-number-missing", Loss::Run),
    (r#"{"scm_commit_ids":"64be72b2c1f7d2a33082f98a40a848880fcdcd5e"}"#, "wrong-type", Loss::Run),
    (r#"{"job_run":{"stages":[{"id":"1","durationInMillis":1,"log":"x"}]}}"#, "stage-log-form", Loss::Run),
    // This stage and all later ones.
    (r#"{"job_run":{"stages":[{"durationInMillis":1}]}}"#, "stage-id-missing", Loss::Stages),
    (r#"{"job_run":{"stages":[{"id":"1"}]}}"#, "stage-duration-missing", Loss::Stages),
    (r#"{"job_run":{"stages":[{"id":"1","durationInMillis":null}]}}"#, "stage-duration-missing", Loss::Stages),
    (r#"{"job_run":{"stages":[{"id":"1","durationInMillis":1,"steps":[{"id":"1"}]}]}}"#, "stage-duration-missing", Loss::Stages),
    (r#"{"job_run":{"stages":[{"id":"1","durationInMillis":1},{"id":"1","durationInMillis":1}]}}"#, "id-duplicate", Loss::Stages),
    // Stages and artifacts.
    (r#"{"trigger_chain":[{"type":"SCMTriggerCause"}]}"#, "trigger-incomplete", Loss::Stages),
    (r#"{"trigger_chain":[{"id":"SCMTrigger","type":null}]}"#, "trigger-incomplete", Loss::Stages),
    (r#"{"trigger_chain":[{"id":"a","type":"UpstreamCause","job_run_number":"4487150517"}]}"#, "trigger-number", Loss::Stages),
    // This artifact and all later ones; one step.
    (r#"{"artifacts":[{ARTIFACT,"type":"container","qualifier":"1.2"}]}"#, "artifact-name-missing", Loss::Artifacts),
    (r#"{"job_run":{"stages":[{"id":"1","durationInMillis":1,"steps":[{"durationInMillis":1}]}]}}"#, "stage-id-missing", Loss::Step),
    // One value.
    (r#"{"start_time":null}"#, "missing-field", Loss::Field),
    (r#"{"duration":null}"#, "missing-field", Loss::Field),
    (r#"{"duration":-1}"#, "duration-negative", Loss::Field),
    (r#"{"pipeline":"web","job_name":"site"}"#, "name-conflict", Loss::Field),
    // Pairs.
    (r#"{"artifacts":[{ARTIFACT,"name":"web","qualifier":"1.2"}]}"#, "artifact-incomplete", Loss::Pairing),
    (r#"{"artifacts":[{ARTIFACT,"type":"jar","name":"web","qualifier":"1.2"}]}"#, "artifact-type", Loss::Pairing),
    (r#"{"artifacts":[{ARTIFACT,"type":"container","name":"web","qualifier":"latest"}]}"#, "qualifier-mutable", Loss::Pairing),
    (r#"{"artifacts":[{ARTIFACT,"type":"container","name":"web","qualifier":"main"}]}"#, "qualifier-mutable", Loss::Pairing),
    (r#"{"artifacts":[{"output":true,"type":"container","name":"web","qualifier":"1.2"}]}"#, "artifact-incomplete", Loss::Pairing),
    // Metrics.
    (r#"{"result":"SUCCEEDED"}"#, "result-word", Loss::Count),
    (r#"{"cd":true,"ci":false,"phase_events":[{"phase":"CD","start_time":1751358600000,"end_time":1751358660000}]}"#, "phase-event", Loss::Count),
];

/// Near misses of the rows above: SEI keeps all of it.
#[rustfmt::skip]
const KEPT: [&str; 13] = [
    r#"{"instance_guid":"5A4A12D6-6A1B-4B51-9C9E-0A3A3A0F7F42"}"#,
    r#"{"job_run_params":[{"type":"StringParameterValue","name":"A","value":""}]}"#,
    r#"{"job_run_params":[]}"#,
    r#"{"build_number":4487150517}"#,
    r#"{"scm_commit_ids":["64be72b2c1f7d2a33082f98a40a848880fcdcd5e"]}"#,
    r#"{"job_run":{"stages":[{"id":"1","durationInMillis":0,"log":"0c9f1f0a-2f63-4a8e-9d55-3b1f7a6c2e10"}]}}"#,
    r#"{"job_run":{"stages":[{"id":"1","durationInMillis":1},{"id":"01","durationInMillis":1,"log":null}]}}"#,
    r#"{"trigger_chain":[{"id":"SCMTrigger","type":"SCMTriggerCause","job_run_number":null}]}"#,
    r#"{"trigger_chain":[{"id":"a","type":"UpstreamCause","job_run_number":"2147483647"}]}"#,
    r#"{"artifacts":[{ARTIFACT,"type":"container","name":"web","qualifier":"1"}]}"#,
    r#"{"artifacts":[{ARTIFACT,"type":"container","name":"web","qualifier":"latest-318"}]}"#,
    r#"{"ci":false,"cd":true,"artifacts":[{ARTIFACT,"type":"container","name":"web","qualifier":"1.2"}]}"#,
    r#"{"duration":"77000"}"#,
];

#[test]
fn each_row_of_the_table_of_losses_has_its_rule_and_its_loss() {
    for (members, code, loss) in LOST {
        let found = losses(&members.replace("ARTIFACT", ARTIFACT));
        assert!(found.contains(&(code, Some(loss))), "{members}: {found:?}");
    }
}

#[test]
fn near_misses_of_the_table_lose_nothing() {
    for members in KEPT {
        let found = losses(&members.replace("ARTIFACT", ARTIFACT));
        let lost: Vec<_> = found.iter().filter(|(_, loss)| loss.is_some()).collect();
        assert!(lost.is_empty(), "{members}: {lost:?}");
    }
}

#[test]
fn ids_of_stages_are_compared_as_they_are_stored() {
    let start = "é".repeat(50);
    let stages = |one: &str, other: &str| {
        let stage = |id: &str| format!(r#"{{"id":"{id}","durationInMillis":1}}"#);
        losses(&format!(r#"{{"job_run":{{"stages":[{},{}]}}}}"#, stage(one), stage(other)))
    };
    let duplicate = ("id-duplicate", Some(Loss::Stages));
    assert!(stages(&format!("{start}1"), &format!("{start}2")).contains(&duplicate));
    assert!(stages(&start, &format!("{start}2")).contains(&duplicate));
    let shorter: String = start.chars().skip(1).collect();
    assert!(!stages(&format!("{shorter}1"), &format!("{shorter}2")).contains(&duplicate));
}

#[test]
fn rules_from_the_backend_say_when_it_was_seen() {
    let is_dated = |source: &str| source.contains("seen in 20");
    for rule in rules() {
        assert_eq!(is_dated(rule.source), rule.evidence == Evidence::Seen, "{}: {}", rule.code, rule.source);
    }
}
