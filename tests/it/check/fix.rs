//! Fixes: each mends its problem, the safe ones all together.

use std::path::PathBuf;

use sei_compose::check::{Context, check};
use sei_compose::document::{Document, Value, apply, write_compact};

use super::corpus::{context_of, whole_corpus};
use super::{CLEAN, context, parse, safe_fixes, spelled, with};

/// The documents of the corpus, with what is known besides them.
fn documents() -> impl Iterator<Item = (PathBuf, Value, Context)> {
    whole_corpus().into_iter().filter_map(|file| {
        let document = file.document()?;
        Some((file.path, document, context_of(file.code)))
    })
}

#[test]
fn every_fix_of_the_corpus_applies_and_mends_its_problem() {
    for (path, document, context) in documents() {
        for problem in check(&document, &context) {
            for fix in &problem.fixes {
                let mut mended = Document::new(document.clone());
                mended.apply(&fix.label, fix.edits.clone(), None).unwrap();
                let left = check(mended.value(), &context);
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
        let (mended, _) = safe_fixes(&document, &context);
        let left = check(&mended, &context);
        let safe: Vec<_> = left.iter().filter(|problem| problem.fixes.iter().any(|fix| fix.safe)).collect();
        assert!(safe.is_empty(), "{}: {safe:?}", path.display());
        assert_eq!(safe_fixes(&mended, &context), (mended, Vec::new()), "{}", path.display());
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
    let (mended, done) = safe_fixes(&document, &context());
    assert_eq!(spelled(&mended), "");
    let expected = r#"{"pipeline":"web","job_full_name":"web","qualified_name":"web","instance_name":"ci","result":"FAILURE","start_time":1751358600000,"instance_guid":"5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42","duration":77000,"build_number":7,"ci":true,"cd":false,"job_run":{"stages":[{"id":"1","durationInMillis":5},{"id":"2","durationInMillis":5},{"durationInMillis":5,"id":"3"}]}}"#;
    assert_eq!(parse(&write_compact(&mended)), parse(expected), "{done:#?}");
}

#[test]
fn assigned_ids_are_unlike_each_other_and_those_that_are_there() {
    let document = with(
        r#"{"job_run": {"stages": [{"id": "3", "durationInMillis": 1}, {"durationInMillis": 1},
            {"id": "", "durationInMillis": 1}, {"id": "2", "durationInMillis": 1}, {"id": "3", "durationInMillis": 1}]}}"#,
    );
    let (mended, done) = safe_fixes(&document, &context());
    assert_eq!(done.len(), 3);
    assert_eq!(spelled(&mended), "");
}

#[test]
fn an_older_name_is_taken_over_also_where_the_current_one_stands_twice() {
    let mut document = parse(r#"{"jenkins_instance_name":"a","instance_name":null,"instance_name":null}"#);
    let problems = check(&document, &Context::default());
    let conflict = problems.iter().find(|problem| problem.code == "name-conflict").unwrap();
    for edit in &conflict.fixes.first().unwrap().edits {
        apply(&mut document, edit).unwrap();
    }
    assert_eq!(write_compact(&document), r#"{"instance_name":null,"instance_name":"a"}"#);
}
