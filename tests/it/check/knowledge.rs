//! Rules that need more than the document: problems with that context, none without it.

use sei_compose::check::{Context, JobValues, KnownInstance, PreviousRun, check};

use super::corpus::{context_of, files};
use super::{context, parse, safe_fixes, with};

/// The rules that need context beyond one document.
const OF_KNOWLEDGE: [&str; 8] = [
    "guid-unknown",
    "guid-elsewhere",
    "instance-renamed",
    "run-already-sent",
    "result-case",
    "value-blanked",
    "job-change-ignored",
    "profile-excludes",
];

#[test]
fn unknown_facts_cause_no_problem() {
    for code in OF_KNOWLEDGE {
        for file in files(code, "bad") {
            let document = file.document().unwrap();
            let found = check(&document, &context());
            assert!(found.iter().all(|problem| problem.code != code), "{}", file.path.display());
            let known = context_of(code);
            assert_ne!(known.instances.len() + known.previous_runs.len() + known.uncounted.len(), 0);
        }
    }
}

#[test]
fn without_an_environment_an_instance_may_be_anywhere() {
    let mut known = context_of("guid-elsewhere");
    known.environment = None;
    for file in files("guid-elsewhere", "bad") {
        assert_eq!(check(&file.document().unwrap(), &known), []);
    }
}

#[test]
fn an_instance_without_a_known_environment_is_accepted() {
    let guid = "5A4A12D6-6A1B-4B51-9C9E-0A3A3A0F7F42".to_owned();
    let instance = KnownInstance { guid, name: "ci".to_owned(), url: None, environment: None };
    let known =
        Context { environment: Some("eu".to_owned()), instances: vec![instance], ..Context::default() };
    assert_eq!(check(&with("{}"), &known), []);
}

#[test]
fn a_first_run_without_a_number_differs_from_a_second_one() {
    let run = |accepted| PreviousRun {
        guid: "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42".to_owned(),
        full_name: "shop/web".to_owned(),
        build_number: None,
        result: "SUCCESS".to_owned(),
        accepted,
        job: None,
    };
    let codes = |previous: Vec<PreviousRun>| {
        let known = Context { previous_runs: previous.into(), ..Context::default() };
        let found = check(&with(r#"{"build_number": null}"#), &known);
        found.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(Vec::new()), ["build-number-missing"]);
    assert_eq!(codes(vec![run(false)]), ["build-number-missing"]);
    assert_eq!(codes(vec![run(true)]), ["build-number-missing", "run-already-sent"]);
}

#[test]
fn a_fixed_result_follows_the_previous_runs_and_causes_no_new_problem() {
    let run = |result: &str| PreviousRun {
        guid: "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42".to_owned(),
        full_name: "shop/web".to_owned(),
        build_number: Some(6),
        result: result.to_owned(),
        accepted: true,
        job: None,
    };
    let fixed = |word: &str, previous: Vec<PreviousRun>| {
        let known = Context { previous_runs: previous.into(), ..Context::default() };
        let (fixed, labels) = safe_fixes(&with(&format!(r#"{{"result": "{word}"}}"#)), &known);
        assert_eq!(check(&fixed, &known), [], "{word}");
        labels.join(", ").replace("/result: ", "")
    };
    for word in ["failed", "FAILED", "Failed"] {
        assert_eq!(fixed(word, Vec::new()), "FAILURE");
        assert_eq!(fixed(word, vec![run("success")]), "failure");
        assert_eq!(fixed(word, vec![run("success"), run("SUCCESS")]), "FAILURE");
    }
}

#[test]
fn the_last_number_has_no_next_one() {
    let run = PreviousRun {
        guid: "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42".to_owned(),
        full_name: "shop/web".to_owned(),
        build_number: Some(i64::MAX),
        result: "SUCCESS".to_owned(),
        accepted: true,
        job: None,
    };
    let known = Context { previous_runs: [run].into(), ..Context::default() };
    let found = check(&with(r#"{"build_number": 9223372036854775807}"#), &known);
    assert_eq!(found.iter().map(|p| (p.code, p.fixes.len())).collect::<Vec<_>>(), [("run-already-sent", 0)]);
}

/// A run of the clean job that SEI accepted, with these values.
fn run_of_job(build_number: i64, values: &str) -> PreviousRun {
    PreviousRun {
        guid: "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42".to_owned(),
        full_name: "shop/web".to_owned(),
        build_number: Some(build_number),
        result: "SUCCESS".to_owned(),
        accepted: true,
        job: Some(JobValues::of(&parse(values))),
    }
}

fn places_after(members: &str, previous: Vec<PreviousRun>) -> Vec<String> {
    let known = Context { previous_runs: previous.into(), ..Context::default() };
    check(&with(members), &known).iter().map(|problem| format!("{} {}", problem.at, problem.code)).collect()
}

#[test]
fn each_value_of_the_job_that_the_last_run_had_and_this_one_lacks_is_reported() {
    let all = r#"{"pipeline":"web","repo_url":"https://git.example/web.git","branch_name":"main","scm_user_id":"bob",
        "jenkins_instance_url":"https://ci.example/"}"#;
    let found = places_after("{}", vec![run_of_job(1, "{}"), run_of_job(2, all)]);
    let expected = ["/branch_name", "/instance_url", "/repo_url", "/scm_user_id"];
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, expected.map(|place| format!("{place} value-blanked")));
    // A value that a later run blanked is gone already.
    assert_eq!(places_after("{}", vec![run_of_job(1, all), run_of_job(2, "{}")]), [""; 0]);
    let mut refused = run_of_job(3, "{}");
    refused.accepted = false;
    assert_eq!(places_after("{}", vec![run_of_job(2, all), refused]), found);
    let current = all.replace("jenkins_instance_url", "instance_url");
    assert_eq!(places_after(&current, vec![run_of_job(2, all)]), [""; 0]);
}

#[test]
fn a_change_of_the_job_is_compared_with_its_first_run() {
    let first = || run_of_job(1, r#"{"job_name":"web","module_name":"checkout"}"#);
    let later = || run_of_job(2, r#"{"pipeline":"site"}"#);
    let ignored = "/pipeline job-change-ignored";
    assert_eq!(places_after(r#"{"pipeline":"site"}"#, vec![first(), later()]), [ignored]);
    assert_eq!(places_after("{}", vec![first(), later()]), [""; 0]);
    // The values of the first run are unknown in older journals.
    let old = PreviousRun { job: None, ..first() };
    assert_eq!(places_after(r#"{"pipeline":"site"}"#, vec![old, later()]), [""; 0]);
    assert_eq!(places_after(r#"{"module_name":"cart"}"#, vec![first()]), ["/module_name job-change-ignored"]);
}
