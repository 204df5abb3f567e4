//! Fixes: each removes its problem, also all safe ones together.

use std::path::PathBuf;

use sei_compose::check::{Context, check};
use sei_compose::document::{Document, Value, apply, write_compact};

use super::corpus::{context_of, whole_corpus};
use super::{CLEAN, context, parse, safe_fixes, spelled, with};

/// The documents of the corpus with their context.
fn documents() -> impl Iterator<Item = (PathBuf, Value, Context)> {
    whole_corpus().into_iter().filter_map(|file| {
        let document = file.document()?;
        Some((file.path, document, context_of(file.code)))
    })
}

#[test]
fn every_fix_of_the_corpus_applies_and_removes_its_problem() {
    for (path, document, context) in documents() {
        for problem in check(&document, &context) {
            for fix in &problem.fixes {
                let mut fixed = Document::new(document.clone());
                fixed.apply(&fix.label, fix.edits.clone(), None).unwrap();
                let left = check(fixed.value(), &context);
                let is_left = left.iter().any(|other| other.code == problem.code && other.at == problem.at);
                assert!(
                    !is_left,
                    "{}: {} leaves {} at {}",
                    path.display(),
                    fix.label,
                    problem.code,
                    problem.at
                );
            }
        }
    }
}

#[test]
fn safe_fixes_reach_a_point_where_none_is_left() {
    for (path, document, context) in documents() {
        let (fixed, _) = safe_fixes(&document, &context);
        let left = check(&fixed, &context);
        let safe: Vec<_> = left.iter().filter(|problem| problem.fixes.iter().any(|fix| fix.safe)).collect();
        assert!(safe.is_empty(), "{}: {safe:?}", path.display());
        assert_eq!(safe_fixes(&fixed, &context), (fixed, Vec::new()), "{}", path.display());
    }
}

#[test]
fn safe_fixes_leave_a_clean_document_untouched() {
    assert_eq!(safe_fixes(&parse(CLEAN), &context()), (parse(CLEAN), Vec::new()));
}

#[test]
fn safe_fixes_that_uncover_each_other_are_all_applied() {
    let document = parse(
        r#"{"job_name": "web", "jenkins_instance_name": "ci", "result": "failed", "start_time": "1751358600",
            "jenkins_instance_guid": "5a4a12d66a1b4b519c9e0a3a3a0f7f42", "duration": "77000", "build_number": "7",
            "ci": "TRUE", "cd": "false", "job_run": {"stages": [{"id": 1, "durationInMillis": 5},
            {"id": "1", "durationInMillis": 5}, {"durationInMillis": 5}]}}"#,
    );
    let (fixed, done) = safe_fixes(&document, &context());
    assert_eq!(spelled(&fixed), "");
    let expected = r#"{"pipeline":"web","job_full_name":"web","qualified_name":"web","instance_name":"ci","result":"FAILURE","start_time":1751358600000,"instance_guid":"5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42","duration":77000,"build_number":7,"ci":true,"cd":false,"job_run":{"stages":[{"id":"1","durationInMillis":5},{"id":"2","durationInMillis":5},{"durationInMillis":5,"id":"3"}]}}"#;
    assert_eq!(parse(&write_compact(&fixed)), parse(expected), "{done:#?}");
}

#[test]
fn assigned_ids_differ_from_each_other_and_from_existing_ones() {
    let document = with(
        r#"{"job_run": {"stages": [{"id": "3", "durationInMillis": 1}, {"durationInMillis": 1},
            {"id": "", "durationInMillis": 1}, {"id": "2", "durationInMillis": 1}, {"id": "3", "durationInMillis": 1}]}}"#,
    );
    let (fixed, done) = safe_fixes(&document, &context());
    assert_eq!(done.len(), 3);
    assert_eq!(spelled(&fixed), "");
}

#[test]
fn an_older_name_is_replaced_also_where_the_current_one_is_duplicated() {
    let mut document = parse(r#"{"jenkins_instance_name":"a","instance_name":null,"instance_name":null}"#);
    let problems = check(&document, &Context::default());
    let conflict = problems.iter().find(|problem| problem.code == "name-conflict").unwrap();
    for edit in &conflict.fixes.first().unwrap().edits {
        apply(&mut document, edit).unwrap();
    }
    assert_eq!(write_compact(&document), r#"{"instance_name":null,"instance_name":"a"}"#);
}

/// The document after the fix whose label starts with some words.
#[track_caller]
fn after_fix(document: &Value, code: &str, label: &str) -> Value {
    let found = check(document, &context());
    let problem = found.iter().find(|problem| problem.code == code).unwrap();
    let fix = problem.fixes.iter().find(|fix| fix.label.starts_with(label)).unwrap();
    let mut fixed = Document::new(document.clone());
    fixed.apply(&fix.label, fix.edits.clone(), None).unwrap();
    fixed.value().clone()
}

#[test]
fn a_run_with_both_phases_is_split_into_a_build_and_a_deployment() {
    let sha = "9c1f0f7a4d3b6e2859f1c07d84b3a6e5d2908f41";
    let image = r#"{"type":"container","location":"registry.example/shop","name":"web","qualifier":"7","output":true}"#;
    let both = with(&format!(
        r#"{{"ci":true,"cd":true,"phase_events":[
        {{"phase":"CI","start_time":1751358600000,"end_time":1751358620000,"result":"SUCCESS","scm_commit_ids":["{sha}"],"artifacts":[{image}]}},
        {{"phase":"CD","environment":"test","start_time":1751358620000,"end_time":1751358640000,"result":"SUCCESS"}},
        {{"phase":"CD","environment":"live","start_time":1751358640000,"end_time":1751358677000,"result":"FAILURE"}}]}}"#
    ));
    assert_eq!(super::codes(&both), ["phase-split"]);
    let field = |run: &Value, name: &str| write_compact(run.as_object().unwrap().get(name).unwrap());
    let line = |run: &Value| {
        ["ci", "cd", "job_full_name", "result", "start_time", "duration"]
            .map(|name| field(run, name))
            .join(" ")
    };
    let build = after_fix(&both, "phase-split", "keep the CI phases");
    assert_eq!(line(&build), "true false \"shop/web\" \"SUCCESS\" 1751358600000 20000");
    assert_eq!(field(&build, "artifacts"), format!("[{image}]"));
    let deployment = after_fix(&both, "phase-split", "keep the CD phases");
    assert_eq!(line(&deployment), "false true \"shop/web/cd\" \"FAILURE\" 1751358620000 57000");
    assert_eq!(field(&deployment, "phase_events").matches("\"phase\"").count(), 2);
    assert!(!deployment.as_object().unwrap().contains("artifacts"));
    for run in [build, deployment] {
        assert!(!super::codes(&run).iter().any(|code| code.starts_with("phase-")), "{}", write_compact(&run));
    }
}

#[test]
fn an_image_reference_is_split_into_the_fields_of_an_artifact() {
    let digest = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
    for (name, location, expected) in [
        ("ghcr.io/acme/payments:742", "", "ghcr.io/acme payments 742 -".to_owned()),
        (&*format!("ghcr.io/acme/payments:742@{digest}"), "", format!("ghcr.io/acme payments 742 {digest}")),
        (&*format!("docker.io/library/redis@{digest}"), "", format!("docker.io/library redis - {digest}")),
        ("localhost:5000/x:1", "", "localhost:5000 x 1 -".to_owned()),
        ("10.0.0.7:5000/a/b/c:v2.0-rc.1", "", "10.0.0.7:5000/a/b c v2.0-rc.1 -".to_owned()),
        ("payments:742", "", "- payments 742 -".to_owned()),
        ("acme/payments:742", "", "acme payments 742 -".to_owned()),
        ("acme/payments:742", "ghcr.io", "ghcr.io acme/payments 742 -".to_owned()),
        ("acme/payments:742", "ghcr.io/acme", "ghcr.io/acme payments 742 -".to_owned()),
        ("ghcr.io/acme/payments:742", "ghcr.io", "ghcr.io acme/payments 742 -".to_owned()),
    ] {
        let location =
            if location.is_empty() { String::new() } else { format!(r#","location":"{location}""#) };
        let run = with(&format!(
            r#"{{"artifacts":[{{"type":"container","output":true,"name":"{name}"{location}}}]}}"#
        ));
        let fixed = after_fix(&run, "image-reference", "split: ");
        let artifact = &fixed.as_object().unwrap().get("artifacts").unwrap().as_array().unwrap()[0];
        let field = |name| artifact.as_object().unwrap().get(name).and_then(Value::as_text).unwrap_or("-");
        let all = ["location", "name", "qualifier", "hash"].map(field).join(" ");
        assert_eq!(all, expected, "{name}");
        assert!(!super::codes(&fixed).contains(&"image-reference"), "{name}");
    }
    // Values of the other fields are never overwritten.
    for other in [r#""location":"mirror.example""#, r#""qualifier":"9""#, r#""hash":"sha256:00""#] {
        let run = with(&format!(
            r#"{{"artifacts":[{{"type":"container","output":true,"name":"ghcr.io/a/b:742@{digest}",{other}}}]}}"#
        ));
        let found = check(&run, &context());
        let problem = found.iter().find(|problem| problem.code == "image-reference").unwrap();
        assert!(problem.fixes.is_empty(), "{other}");
    }
    for name in [
        "payments",
        "acme/payments",
        "ghcr.io/acme/payments",
        "localhost:5000",
        "https://ghcr.io/acme/x:1",
        "a b:1",
        "payments:",
        ":742",
        "a:b:c",
        "payments@742",
        "C:/build/x.zip",
        "acme//x:1",
        "mail@acme.example",
    ] {
        let run = with(&format!(r#"{{"artifacts":[{{"type":"container","output":true,"name":"{name}"}}]}}"#));
        assert!(!super::codes(&run).contains(&"image-reference"), "{name}");
    }
}
