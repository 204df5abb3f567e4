//! The runs of CI tools, pasted.

use super::script::{GOOD, Script};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/ci/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn a_pasted_run_is_offered_by_the_name_of_its_tool() {
    for (name, noun) in [
        ("github", "a run of GitHub Actions"),
        ("gitlab", "a run of GitLab CI"),
        ("jenkins", "a run of Jenkins"),
        ("azure", "a run of Azure Pipelines"),
        ("circleci", "a run of CircleCI"),
        ("buildkite", "a run of Buildkite"),
        ("bitbucket", "a run of Bitbucket Pipelines"),
        ("drone", "a run of Drone"),
    ] {
        let mut script = Script::new();
        script.go("/pipeline").paste(&fixture(&format!("{name}.json")));
        assert_eq!(script.overlays(), [noun]);
        assert_eq!(script.json(), "{}", "nothing before the answer");
    }
}

#[test]
fn a_pasted_run_and_its_jobs_are_imported_in_one_step_and_their_origin_is_shown() {
    let mut script = Script::new();
    script.go("/pipeline").paste(&(fixture("github.json") + &fixture("github.jobs.json"))).keys("enter");
    assert_eq!(script.value("/pipeline"), r#""Release""#);
    assert!(script.value("/job_run").contains("cargo test"));
    assert_eq!(script.model.origin("pipeline").as_deref(), Some("a run of GitHub Actions"));
    script.keys("ctrl-z");
    assert_eq!(script.json(), "{}");
}

#[test]
fn a_run_of_a_tool_removes_no_field_that_the_tool_does_not_know() {
    let themes = r#"["checkout"]"#;
    let mut script = Script::on(&GOOD.replacen('{', &format!("{{\"themes\":{themes},"), 1));
    let guid = script.value("/instance_guid");
    script.go("/pipeline").paste(&fixture("buildkite.json")).keys("enter");
    assert_eq!(script.value("/pipeline"), r#""shop""#);
    assert_eq!(script.value("/instance_guid"), guid);
    assert_eq!(script.value("/themes"), themes);
}
