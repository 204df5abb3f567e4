//! Runs of CI tools as they occur in practice: unfinished, retried, with the jobs of another run,
//! in pages and events.

use sei_compose::document::{Value, write_compact};
use sei_compose::import::{CiTool, ImportError, Imported, import, import_with_jobs};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/ci/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A fixture with replaced texts; the fixture must contain each old text.
fn with(name: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(fixture(name), |text, (from, to)| {
        assert!(text.contains(from), "{name} has no {from}");
        text.replace(from, to)
    })
}

fn at<'v>(imported: &'v Imported, path: &str) -> Option<&'v Value> {
    path.split('/').try_fold(&imported.document, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Object(object) => object.get(step),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    })
}

/// A value as JSON, without quotes around a text; `-` if it is absent.
fn word(imported: &Imported, path: &str) -> String {
    at(imported, path).map_or("-".to_owned(), |value| write_compact(value).trim_matches('"').to_owned())
}

fn words(imported: &Imported, paths: &str) -> String {
    paths.split(' ').map(|path| word(imported, path)).collect::<Vec<_>>().join(" ")
}

/// Name, result and duration of each stage.
fn stages(imported: &Imported) -> Vec<String> {
    let stages = at(imported, "job_run/stages").and_then(Value::as_array).unwrap_or_default();
    let line = |index| {
        ["displayName", "result", "durationInMillis"]
            .map(|name| word(imported, &format!("job_run/stages/{index}/{name}")))
            .join(" ")
    };
    (0..stages.len()).map(line).collect()
}

#[track_caller]
fn assert_note(imported: &Imported, part: &str) {
    assert!(imported.notes.iter().any(|note| note.contains(part)), "{part}: {:?}", imported.notes);
}

#[test]
fn an_unfinished_run_never_has_a_result_or_a_duration() {
    let cases = [
        with("github.json", &[("\"completed\"", "\"queued\"")]),
        with("gitlab.json", &[("\"failed\"", "\"waiting_for_resource\"")]),
        with("jenkins.json", &[("\"building\": false", "\"building\": true")]),
        with("jenkins.json", &[("\"building\": false", "\"inProgress\": true")]),
        with("azure.json", &[("\"completed\"", "\"cancelling\"")]),
        with("circleci.json", &[("\"failed\"", "\"failing\"")]),
        with("buildkite.json", &[("\"blocked\": false", "\"blocked\": true")]),
        with("buildkite.json", &[("\"passed\", \"blocked\"", "\"running\", \"blocked\"")]),
        with("bitbucket.json", &[("\"COMPLETED\"", "\"IN_PROGRESS\"")]),
        with(
            "drone.json",
            &[("\"number\": 42, \"status\": \"killed\"", "\"number\": 42, \"status\": \"blocked\"")],
        ),
    ];
    for text in cases {
        let imported = import(&text).unwrap();
        assert_eq!(words(&imported, "result duration"), "- -", "{text}");
        assert_note(&imported, "This run is not over");
    }
}

#[test]
fn running_jobs_have_no_result_and_no_duration() {
    let github = with(
        "github.jobs.json",
        &[(
            "\"conclusion\": \"skipped\",\n      \"started_at\": \"2025-07-01T08:35:06Z\"",
            "\"conclusion\": null,\n      \"started_at\": \"2025-07-01T08:35:00Z\"",
        )],
    )
    .replacen(
        "\"status\": \"completed\", \"conclusion\": null",
        "\"status\": \"in_progress\", \"conclusion\": null",
        1,
    )
    .replace(
        "\"name\": \"publish\", \"workflow_name\": \"Release\",\n      \"status\": \"completed\"",
        "\"name\": \"publish\", \"workflow_name\": \"Release\",\n      \"status\": \"in_progress\"",
    );
    let imported = import(&github).unwrap();
    assert_eq!(stages(&imported), ["build succeeded 300000", "publish - 0"]);
    assert_eq!(words(&imported, "result job_run/stages/1/state"), "- inProgress");
    assert_note(&imported, "This run is not over: GitHub Actions says “in_progress”");

    let jobs = with("gitlab.jobs.json", &[("\"failed\"", "\"running\"")]);
    let run = with("gitlab.json", &[("\"failed\"", "\"running\"")]);
    let imported = import_with_jobs(&run, &jobs).unwrap();
    assert_eq!(stages(&imported), ["build succeeded 49500", "test - 0"]);

    let steps = with(
        "bitbucket.jobs.json",
        &[(
            "\"COMPLETED\", \"result\": { \"name\": \"STOPPED\" }",
            "\"IN_PROGRESS\", \"stage\": { \"name\": \"PAUSED\" }",
        )],
    );
    let imported = import(&steps).unwrap();
    assert_eq!(stages(&imported), ["Build succeeded 60000", "Deploy - 0"]);
    assert_eq!(word(&imported, "job_run/stages/1/state"), "pending");
}

#[test]
fn a_failed_job_does_not_end_a_stage_with_a_running_job() {
    let job = |id: u8, name: &str, status: &str| {
        format!(
            "{{\"id\":{id},\"name\":\"{name}\",\"stage\":\"test\",\"status\":\"{status}\",\"ref\":\"main\",\
             \"duration\":3,\"pipeline\":{{\"id\":287,\"status\":\"running\"}}}}"
        )
    };
    let imported = import(&format!("[{},{}]", job(1, "a", "failed"), job(2, "b", "running"))).unwrap();
    assert_eq!(stages(&imported), ["test - 0"]);
}

#[test]
fn a_zero_date_is_not_a_time() {
    let gh = r#"{"databaseId": 70, "workflowName": "Docs", "status": "completed", "conclusion": "success",
        "createdAt": "2026-02-03T10:00:00Z", "startedAt": "0001-01-01T00:00:00Z", "updatedAt": "2026-02-03T10:01:00Z"}"#;
    assert_eq!(words(&import(gh).unwrap(), "start_time duration"), "1770112800000 60000");
    let azure = with("azure.json", &[("2025-07-01T08:34:10.5Z", "0001-01-01T00:00:00")]);
    assert_eq!(word(&import(&azure).unwrap(), "duration"), "-");
    let azure = with("azure.json", &[("2025-07-01T08:30:00.1234567Z", "0001-01-01T00:00:00+00:00")]);
    assert_eq!(word(&import(&azure).unwrap(), "start_time"), "1751358552123");
    let buildkite = with(
        "buildkite.json",
        &[("2025-07-01T08:30:00.000Z\",\n  \"finished", "1970-01-01T00:00:00Z\",\n  \"finished")],
    );
    assert_eq!(word(&import(&buildkite).unwrap(), "start_time"), "1751358590000");
    let drone = with("drone.json", &[("\"started\": 1751358600", "\"started\": -62135596800")]);
    assert_eq!(words(&import(&drone).unwrap(), "start_time duration"), "- -");
}

#[test]
fn jobs_of_another_run_are_refused_with_the_names_of_both_runs() {
    let timeline = "\"id\": \"c9a73c1b-0000-4000-8000-000000000000\",";
    let cases = [
        ("github", with("github.jobs.json", &[("9876543210", "9876543211")]), "9876543210", "9876543211"),
        ("gitlab", with("gitlab.jobs.json", &[("287", "300")]), "287", "300"),
        ("jenkins", with("jenkins.jobs.json", &[("318", "317")]), "318", "317"),
        (
            "jenkins",
            with("jenkins.jobs.json", &[("nightly%20build", "docs")]),
            "shop/nightly build",
            "shop/docs",
        ),
        (
            "azure",
            with(
                "azure.jobs.json",
                &[(timeline, "\"url\": \"https://dev.azure.com/a/b/_apis/build/builds/12/timeline/x\",")],
            ),
            "4711",
            "12",
        ),
        (
            "bitbucket",
            with(
                "bitbucket.jobs.json",
                &[("\"name\": \"", "\"pipeline\": { \"uuid\": \"{9}\" }, \"name\": \"")],
            ),
            "0010}",
            "{9}",
        ),
        (
            "circleci",
            with("circleci.jobs.json", &[("gh/acme/shop", "gh/acme/docs")]),
            "gh/acme/shop",
            "gh/acme/docs",
        ),
        ("circleci", with("circleci.jobs.json", &[("5034460f", "6034460f")]), "5034460f", "6034460f"),
    ];
    for (stem, jobs, run, other) in cases {
        let whole = fixture(&format!("{stem}.json"));
        let fault = import_with_jobs(&whole, &jobs).unwrap_err();
        assert!(matches!(fault, ImportError::OtherRun { .. }), "{stem}: {fault}");
        let sentence = fault.to_string();
        assert!(sentence.contains(run) && sentence.contains(other), "{sentence}");
        assert_eq!(import(&format!("{whole}{jobs}")).unwrap_err(), fault);
    }
}

#[test]
fn jobs_next_to_a_run_must_be_jobs_of_the_same_tool() {
    let run = fixture("github.json");
    let fault = import_with_jobs(&run, &fixture("bitbucket.jobs.json")).unwrap_err();
    assert_eq!(fault, ImportError::OtherTool { run: CiTool::GitHub, jobs: CiTool::Bitbucket });
    assert_eq!(
        fault.to_string(),
        "the file is a run of GitHub Actions, but the jobs are of Bitbucket Pipelines; use the jobs of the same run"
    );
    for jobs in ["{\"message\": \"Not Found\"}", "[{\"name\": \"x\"}]", "{\"pipeline\": \"shop\"}", &run] {
        assert_eq!(import_with_jobs(&run, jobs).unwrap_err(), ImportError::NoJobs(CiTool::GitHub), "{jobs}");
    }
    for file in ["{\"job\": {\"name\": \"Docs\"}}", "[]", "{\"pipeline\": \"shop\"}"] {
        let fault = import_with_jobs(file, &fixture("gitlab.jobs.json")).unwrap_err();
        assert_eq!(fault, ImportError::NoTool(Some(CiTool::GitLab)));
        assert!(fault.to_string().contains("of GitLab CI"), "{fault}");
    }
    for jobs in ["[]", "{\"total_count\": 0, \"jobs\": []}"] {
        assert_eq!(import_with_jobs(&run, jobs).unwrap(), import(&run).unwrap());
    }
    let azure = fixture("azure.json");
    assert_eq!(import_with_jobs(&azure, "{\"records\": []}").unwrap(), import(&azure).unwrap());
}

#[test]
fn a_repeated_run_with_its_jobs_gives_the_jobs() {
    let run = fixture("github.json");
    let again = format!(
        "{{\"databaseId\": 9876543210, \"status\": \"completed\", {}",
        fixture("github.jobs.json").trim().get(1..).unwrap()
    );
    let again = again.replace("\"run_id\": 9876543210, ", "").replace("_at\"", "At\"");
    let again = again
        .replace("\"startedAt\"", "\"databaseId\": 5, \"startedAt\"")
        .replace("completed_At", "completedAt");
    assert_eq!(stages(&import_with_jobs(&run, &again).unwrap()).len(), 2);
    let other = again.replace("9876543210", "1");
    assert!(matches!(import_with_jobs(&run, &other), Err(ImportError::OtherRun { .. })));
}

#[test]
fn jobs_of_one_run_are_imported_from_jobs_of_several_runs() {
    let own = fixture("gitlab.jobs.json");
    let own = own.trim().trim_matches(['[', ']']);
    let other = own.replace("287", "300").replace("\"id\": 100", "\"id\": 110");
    let imported = import_with_jobs(&fixture("gitlab.json"), &format!("[{other},{own}]")).unwrap();
    assert_eq!(stages(&imported).len(), 2);
    assert_note(
        &imported,
        "The jobs are of 2 runs; only those of run 287 are imported, not 3 entries of other runs.",
    );
    let jobs = fixture("github.jobs.json");
    let several = format!("{jobs}{}", jobs.replace("9876543210", "11"));
    let imported = import(&several).unwrap();
    assert_eq!((word(&imported, "build_number"), stages(&imported).len()), ("9876543210".to_owned(), 2));
    assert_note(&imported, "The input has 2 runs. Imported the newest run: 9876543210.");
    // The API repeats the whole pipeline in each job; this pipeline is not the imported run.
    let whole = "\"pipeline\": { \"id\": 287, \"sha\": \"abc\", \"ref\": \"main\", \"status\": \"failed\", \
                 \"web_url\": \"https://lab.example/a/b/-/pipelines/287\" }";
    let full = fixture("gitlab.jobs.json").replace("\"pipeline\": { \"id\": 287 }", whole);
    assert!(full.contains("lab.example"));
    for text in [full.clone(), format!("{{\"jobs\":{full}}}")] {
        let imported = import(&text).unwrap();
        assert_eq!(stages(&imported).len(), 2);
        assert_eq!(words(&imported, "job_full_name result"), "a/b FAILURE");
    }
    assert_eq!(stages(&import_with_jobs(&fixture("gitlab.json"), &full).unwrap()).len(), 2);
    let flow = fixture("jenkins.jobs.json");
    let imported = import(&format!("[{},{flow}]", flow.replace("318", "319"))).unwrap();
    assert_eq!(word(&imported, "build_number"), "319");
    assert_note(&imported, "The input has 2 runs. Imported the newest finished run: 319.");
}

#[test]
fn the_last_attempt_of_a_job_counts() {
    let retried = |text: &str, wanted: &[&str]| {
        let imported = import(text).unwrap();
        assert_eq!(stages(&imported), wanted);
        assert_note(&imported, "Previous attempts are not imported, only the last one of a job: lint.");
    };
    let github = |attempt: u8, conclusion: &str| {
        format!(
            "{{\"id\":{attempt},\"run_id\":7,\"run_attempt\":{attempt},\"name\":\"lint\",\"status\":\"completed\",\
             \"conclusion\":\"{conclusion}\",\"steps\":[]}}"
        )
    };
    retried(
        &format!("{{\"jobs\":[{},{}]}}", github(2, "success"), github(1, "failure")),
        &["lint succeeded 0"],
    );
    let gitlab = |id: u8, status: &str| {
        format!(
            "{{\"id\":{id},\"name\":\"lint\",\"stage\":\"check\",\"status\":\"{status}\",\"ref\":\"main\",\
             \"duration\":{id},\"pipeline\":{{\"id\":5,\"status\":\"success\"}}}}"
        )
    };
    let jobs = format!("[{},{}]", gitlab(4, "failed"), gitlab(6, "success"));
    retried(&jobs, &["check succeeded 0"]);
    let buildkite = with(
        "buildkite.json",
        &[(
            "\"jobs\": [",
            "\"jobs\": [ { \"id\": \"e\", \"type\": \"script\", \"name\": \"lint\", \"state\": \"failed\", \"retried\": true },",
        )],
    );
    retried(&buildkite, &["make succeeded 60000", "lint skipped 0"]);
    let circle = with("circleci.jobs.json", &[("\"compile\"", "\"lint\""), ("\"test\"", "\"lint\"")]);
    let circle = circle.replacen("\"success\"", "\"retried\"", 1);
    retried(&circle, &["lint failed 59000"]);
    let bitbucket = with(
        "bitbucket.jobs.json",
        &[("\"Build\"", "\"lint\""), ("\"Deploy\",", "\"lint\", \"run_number\": 2,")],
    );
    retried(&bitbucket, &["lint canceled 129000"]);
    let azure = with(
        "azure.jobs.json",
        &[
            ("\"name\": \"Build\"", "\"name\": \"lint\", \"identifier\": \"l\", \"attempt\": 1"),
            ("\"name\": \"Deploy\"", "\"name\": \"lint\", \"identifier\": \"l\", \"attempt\": 2"),
        ],
    );
    retried(&azure, &["lint skipped 0"]);
}

#[test]
fn all_jobs_of_the_same_name_in_one_attempt_are_kept() {
    let steps = with("bitbucket.jobs.json", &[("\"Deploy\"", "\"Build\"")]);
    assert_eq!(stages(&import(&steps).unwrap()).len(), 2);
}

#[test]
fn a_page_of_a_list_is_read_with_any_other_members() {
    let page = |name: &str, run: &str| {
        format!(
            "{{\"page\":1,\"size\":9,\"limit\":5,\"next\":\"https://x.example/2\",\"prev\":null,\"{name}\":[{run}]}}"
        )
    };
    for (name, stem) in
        [("values", "bitbucket"), ("workflow_runs", "github"), ("value", "azure"), ("items", "circleci")]
    {
        let run = fixture(&format!("{stem}.json"));
        assert_eq!(import(&page(name, &run)).unwrap(), import(&run).unwrap(), "{stem}");
    }
}

#[test]
fn a_list_of_jobs_with_further_pages_gets_a_note() {
    let note = "The list of jobs is incomplete";
    assert_note(
        &import(&with("github.jobs.json", &[("\"total_count\": 2", "\"total_count\": 140")])).unwrap(),
        note,
    );
    assert_note(
        &import(&with("circleci.jobs.json", &[("_token\": null", "_token\": \"abc\"")])).unwrap(),
        note,
    );
    assert_note(
        &import(&with("bitbucket.jobs.json", &[("\"page\": 1", "\"next\": \"https://x.example/2\"")]))
            .unwrap(),
        note,
    );
    let imported = import(&fixture("github.jobs.json")).unwrap();
    assert!(!imported.notes.concat().contains(note));
}

#[test]
fn a_run_next_to_an_unknown_value_is_refused() {
    let run = fixture("drone.json");
    let payload = "{\"pipeline\": \"shop\", \"job_full_name\": \"a/shop\"}";
    for other in ["{\"message\": \"ok\"}", payload, "{\"id\": 1, \"path\": \"a/b\"}"] {
        for text in [format!("{run}{other}"), format!("{other}\n{run}"), format!("[{run},{other}]")] {
            let fault = import(&text).unwrap_err();
            assert!(matches!(fault, ImportError::Unread { count: 1, .. }), "{text}: {fault}");
        }
    }
    let fault = import(&format!("{{\"builds\": [{run}, {{\"message\": \"ok\"}}]}}")).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "this holds a run of Drone, and 1 other value that import does not understand: item 2 of the list is not a run \
         or a part of one; import the run alone"
    );
}
