//! Tests of `check`.

use std::collections::BTreeSet;

use corpus::{File, context_of, whole_corpus};
use sei_compose::catalog::catalog;
use sei_compose::check::{
    CheckSession, Context, Loss, Problem, Rule, Severity, Silenced, check, count, raw, rule, rules,
};
use sei_compose::document::{Object, Value, read, write_compact};
use sei_compose::time::Timestamp;

mod agreement;
mod corpus;
mod fix;
mod incremental;
mod knowledge;
mod loss;
pub(crate) mod mutation;
mod property;
mod text;

/// The smallest document without a problem.
const CLEAN: &str = r#"{
  "pipeline": "web", "job_full_name": "shop/web", "qualified_name": "web", "instance_name": "ci",
  "instance_guid": "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42", "start_time": 1751358600000, "duration": 77000,
  "result": "SUCCESS", "build_number": 7, "ci": true, "cd": false
}"#;

fn context() -> Context {
    Context { now: Timestamp::parse_rfc3339("2025-07-01T12:00:00Z"), ..Context::default() }
}

fn parse(text: &str) -> Value {
    read(text).unwrap()
}

/// The clean document with these members; a null member is removed.
fn with(members: &str) -> Value {
    let mut clean = parse(CLEAN).as_object().unwrap().clone();
    for (key, value) in parse(members).as_object().unwrap().iter() {
        clean.put(key, value.clone());
    }
    Value::Object(clean)
}

fn problems(document: &Value) -> Vec<Problem> {
    check(document, &context())
}

/// The document after all safe fixes, with the labels of the fixes.
fn safe_fixes(document: &Value, context: &Context) -> (Value, Vec<String>) {
    CheckSession::new(document, context, Silenced::default()).safe_fixes()
}

fn codes(document: &Value) -> Vec<&'static str> {
    problems(document).iter().map(|problem| problem.code).collect()
}

fn places(document: &Value) -> Vec<String> {
    problems(document).iter().map(|problem| format!("{} {}", problem.at, problem.code)).collect()
}

/// The diagnostics in the format of the corpus.
fn spelled(document: &Value) -> String {
    spell(&problems(document))
}

fn spell(problems: &[Problem]) -> String {
    let mut lines = Vec::new();
    for problem in problems {
        let loss = problem.loss.map_or("-", Loss::word);
        lines.push(format!("{} {} {loss} {}", problem.severity, problem.code, problem.at));
        lines.push(format!("  {}", problem.message));
        lines.extend(
            problem
                .fixes
                .iter()
                .map(|fix| format!("  {} {}", if fix.safe { "safe:" } else { "fix:" }, fix.label)),
        );
    }
    lines.iter().map(|line| line.to_owned() + "\n").collect()
}

#[test]
fn codes_are_kebab_case_and_unique_and_found_by_name() {
    let codes: BTreeSet<_> = rules().iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), rules().len());
    for rule in rules() {
        assert!(rule.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.code);
        assert_eq!(sei_compose::check::rule(rule.code), Some(rule));
        for words in [rule.meaning, rule.why] {
            assert!(words.ends_with('.') && !words.contains("  "), "{}: {words}", rule.code);
        }
        assert!(rule.fix.is_empty() || rule.fix.ends_with('.'), "{}: {}", rule.code, rule.fix);
    }
    assert_eq!(rule("no-such-rule"), None);
}

/// The codes of the problems of an example: alone, and among the members of a clean run.
fn codes_of_example(code: &str, example: &str) -> [Vec<&'static str>; 2] {
    problems_of_example(code, example).map(|found| found.iter().map(|problem| problem.code).collect())
}

fn problems_of_example(code: &str, example: &str) -> [Vec<Problem>; 2] {
    let text = format!("{{{example}}}");
    let faults: Vec<_> = raw(&text).into_iter().map(|fault| fault.problem).collect();
    let Ok(mut members) = read(&text) else { return [faults.clone(), faults] };
    if example.starts_with(r#""stages""#) {
        members = Value::Object(Object::from_iter([("job_run".to_owned(), members)]));
    }
    [with(&write_compact(&members)), members]
        .map(|document| faults.iter().cloned().chain(check(&document, &context_of(code))).collect())
}

#[test]
fn each_rule_reports_its_example_and_not_its_good_example() {
    for rule in rules() {
        // Alone, an older name does not conflict with the current name of the clean run.
        let is_reported =
            codes_of_example(rule.code, rule.example).iter().any(|codes| codes.contains(&rule.code));
        assert!(is_reported || TOO_LONG_TO_SHOW.contains(&rule.code), "{}: {}", rule.code, rule.example);
        let [in_a_run, _] = codes_of_example(rule.code, rule.good);
        assert!(!in_a_run.contains(&rule.code), "{}: {}", rule.code, rule.good);
    }
}

#[test]
fn the_example_of_a_rule_has_the_loss_that_the_rule_names_first() {
    let differs = |rule: &&Rule| {
        let found = problems_of_example(rule.code, rule.example);
        let mut own = found.iter().flatten().filter(|problem| problem.code == rule.code);
        own.clone().next().is_some() && !own.any(|problem| problem.loss == rule.loss)
    };
    let others: Vec<&str> = rules().iter().filter(differs).map(|rule| rule.code).collect();
    assert_eq!(others, [""; 0]);
}

/// Rules whose examples need more context than one document.
const TOO_LONG_TO_SHOW: [&str; 2] = ["commit-many", "too-large"];

#[test]
fn an_empty_document_lacks_the_eight_required_fields_and_nothing_else() {
    let found = problems(&Value::empty_object());
    let mut absent: Vec<_> = found.iter().map(|problem| problem.at.to_string()).collect();
    let mut in_catalog: Vec<_> =
        catalog().run().fields.iter().filter(|f| f.required).map(|f| format!("/{}", f.name)).collect();
    // Without times, SEI keeps the run.
    in_catalog.sort_by_key(|name| ["/start_time", "/duration"].contains(&name.as_str()));
    assert_eq!(absent, in_catalog);
    absent.sort();
    let expected = [
        "/duration",
        "/instance_guid",
        "/instance_name",
        "/job_full_name",
        "/pipeline",
        "/qualified_name",
        "/result",
        "/start_time",
    ];
    assert_eq!(absent, expected);
    assert!(
        found.iter().all(|problem| problem.code == "missing-field" && problem.severity == Severity::Error)
    );
}

#[test]
fn the_complete_examples_of_the_documentation_have_no_errors() {
    for name in ["node-js-ci.json", "pipeline-2.json"] {
        let text = std::fs::read_to_string(corpus::folder().join("whole").join(name)).unwrap();
        let counts = count(&problems(&parse(&text)));
        assert_eq!(counts.errors, 0, "{name}: {}", spelled(&parse(&text)));
    }
}

#[test]
fn the_clean_document_has_no_problem_at_all() {
    assert_eq!(spelled(&parse(CLEAN)), "");
}

#[test]
fn the_samples_of_the_catalog_make_a_run_without_errors() {
    let mut run = Object::default();
    for field in &catalog().run().fields {
        run.put(&field.name, parse(&field.sample));
    }
    assert_eq!(count(&problems(&Value::Object(run.clone()))).errors, 0, "{}", spelled(&Value::Object(run)));
}

#[test]
fn problems_are_sorted_by_severity_loss_and_place_and_absent_fields_come_first() {
    let document = parse(
        r#"{"ci": true, "nonsense": 1, "result": "FAILED", "duration": -1, "cd": true,
            "artifacts": [{"type": "jar", "name": " x"}], "job_name": "web", "instance_name": "ci",
            "instance_guid": "x", "start_time": 1751358600000, "qualified_name": "web"}"#,
    );
    assert_eq!(
        places(&document),
        [
            // Errors: run, field, count.
            "/job_full_name missing-field",
            "/instance_guid guid-form",
            "/duration duration-negative",
            "/result result-word",
            // Warnings: run, field, pairing, nothing.
            "/build_number build-number-missing",
            "/artifacts/0/name stray-space",
            "/artifacts/0/qualifier artifact-incomplete",
            "/ci ci-cd-both",
            // Hints: field, pairing, nothing.
            "/nonsense unknown-field",
            "/artifacts/0/type artifact-type",
            "/artifacts/0/output artifact-direction",
            "/job_name legacy-name",
            "/job_name names-mixed",
        ]
    );
}

#[test]
fn at_one_place_errors_come_before_warnings_and_hints() {
    let document = parse(&CLEAN.replace(r#""pipeline": "web""#, r#""job_name": "<REPO_NAME>""#));
    assert_eq!(
        places(&document),
        ["/job_name placeholder", "/job_name legacy-name", "/job_name names-mixed"]
    );
}

#[test]
fn a_value_with_one_fault_is_not_reported_for_the_consequences() {
    for (members, expected) in [
        (r#"{"start_time": "1679467494"}"#, vec!["/start_time wrong-type"]),
        (r#"{"duration": "-5"}"#, vec!["/duration wrong-type"]),
        (r#"{"start_time": "${START}"}"#, vec!["/start_time placeholder"]),
        (r#"{"instance_guid": "<GUID>"}"#, vec!["/instance_guid placeholder"]),
        (r#"{"instance_guid": ""}"#, vec!["/instance_guid blank-value"]),
        (r#"{"instance_guid": "  "}"#, vec!["/instance_guid blank-value"]),
        (r#"{"instance_guid": " 5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42"}"#, vec!["/instance_guid stray-space"]),
        (r#"{"result": "<RESULT>"}"#, vec!["/result placeholder"]),
        (r#"{"build_number": "x"}"#, vec!["/build_number wrong-type"]),
        (r#"{"build_number": -1.5}"#, vec!["/build_number build-number-range"]),
        (r#"{"ci": "true", "cd": true}"#, vec!["/ci wrong-type"]),
        (r#"{"artifacts": [7]}"#, vec!["/artifacts/0 wrong-type"]),
        (
            r#"{"job_run": {"stages": [{"id": 1, "durationInMillis": "5"}]}}"#,
            vec!["/job_run/stages/0/id wrong-type", "/job_run/stages/0/durationInMillis wrong-type"],
        ),
    ] {
        assert_eq!(places(&with(members)), expected, "{members}");
    }
}

#[test]
fn null_in_an_optional_field_counts_as_absent() {
    for field in catalog().run().fields.iter().filter(|field| !field.required) {
        let name = field.name.as_str();
        let found = places(&with(&format!(r#"{{"{name}": null}}"#)));
        let allowed = ["build_number"].contains(&name);
        assert_eq!(found.is_empty(), !allowed, "{name}: {found:?}");
    }
}

#[test]
fn a_root_that_is_not_an_object_is_one_error() {
    for text in ["[]", "null", "7", "\"x\"", "true"] {
        assert_eq!(places(&parse(text)), [" wrong-type"], "{text}");
    }
}

#[test]
fn of_duplicate_keys_the_last_is_checked() {
    let document =
        read(&CLEAN.replace(r#""result": "SUCCESS","#, r#""result": "FAILED", "result": "SUCCESS","#));
    assert_eq!(spelled(&document.unwrap()), "");
    let document =
        read(&CLEAN.replace(r#""result": "SUCCESS","#, r#""result": "SUCCESS", "result": "FAILED","#));
    assert_eq!(places(&document.unwrap()), ["/result result-word"]);
}

#[test]
fn without_a_clock_a_run_in_the_future_is_not_a_problem() {
    let document = with(r#"{"start_time": 1790000000000}"#);
    assert_eq!(codes(&document), ["start-time-range"]);
    assert_eq!(check(&document, &Context::default()), []);
}

#[test]
fn clocks_may_differ_by_five_minutes() {
    let now = context().now.unwrap().millis();
    assert_eq!(codes(&with(&format!(r#"{{"start_time": {}}}"#, now + 300_000))), [""; 0]);
    assert_eq!(codes(&with(&format!(r#"{{"start_time": {}}}"#, now + 300_001))), ["start-time-range"]);
}

#[test]
fn messages_never_show_a_password() {
    let document = with(
        r#"{"repo_url": "https://bob:hunter2@git.example/x ", "web_url": "x https://glpat-hunter2@h/ y",
            "hash": "https://bob:hunter2@git.example", "pipelines": "https://bob:hunter2@git.example",
            "start_time": "https://bob:hunter2@git.example", "result": "ftp://bob:hunter2@git.example"}"#,
    );
    let text = spelled(&document);
    assert!(text.contains("url-credentials - /repo_url") && text.contains("•••@git.example"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn messages_are_one_line_that_fits() {
    for File { path, text, code } in whole_corpus() {
        for problem in (File { path: path.clone(), text, code }).problems() {
            let width = sei_compose::text::width(&problem.message);
            assert!(width <= 110, "{}: {width} columns: {}", path.display(), problem.message);
            assert!(!problem.message.contains('\n') && problem.message.ends_with(['.', '?']));
        }
    }
}

#[test]
fn steps_of_different_stages_may_share_an_id() {
    let stage = |id: &str| {
        format!(r#"{{"id": "{id}", "durationInMillis": 1, "steps": [{{"id": "1", "durationInMillis": 1}}]}}"#)
    };
    let document = with(&format!(r#"{{"job_run": {{"stages": [{}, {}]}}}}"#, stage("1"), stage("2")));
    assert_eq!(spelled(&document), "");
}

#[test]
fn problems_are_counted_by_severity() {
    let counts = count(&problems(&with(r#"{"result": "FAILED", "duration": 5, "ci": null, "cd": null}"#)));
    assert_eq!((counts.errors, counts.warnings, counts.hints), (1, 1, 1));
}
