//! Special cases of single CI tools, and the events that they post.

use sei_compose::document::{Value, write_compact};
use sei_compose::import::{Imported, from_variables, import};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/ci/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn field(imported: &Imported, name: &str) -> String {
    let value = imported.document.as_object().unwrap().get(name);
    value.map_or("-".to_owned(), |value| write_compact(value).trim_matches('"').to_owned())
}

fn fields(imported: &Imported, names: &str) -> String {
    names.split(' ').map(|name| field(imported, name)).collect::<Vec<_>>().join(" ")
}

/// The stages of the document.
fn stages(imported: &Imported) -> String {
    imported.document.as_object().unwrap().get("job_run").map(write_compact).unwrap_or_default()
}

#[test]
fn a_pull_request_build_has_the_source_and_not_the_merge() {
    let run = fixture("azure.json").replace("refs/heads/feature/tax", "refs/pull/7/merge");
    let with_source = run.replace(
        "\"sourceVersion\"",
        "\"triggerInfo\": {\"pr.sourceBranch\": \"refs/heads/feature/vat\", \"pr.sourceSha\": \"abc\"}, \"sourceVersion\"",
    );
    assert_eq!(fields(&import(&with_source).unwrap(), "branch_name scm_commit_ids"), "feature/vat [\"abc\"]");
    let imported = import(&run).unwrap();
    assert_eq!(field(&imported, "branch_name"), "refs/pull/7/merge");
    assert!(imported.notes.concat().contains("that of the merge of a pull request"));
    let variables = |name: &str| {
        let value = match name {
            "TF_BUILD" => "True",
            "BUILD_SOURCEBRANCH" => "refs/pull/7/merge",
            "BUILD_SOURCEVERSION" => "merge",
            "SYSTEM_PULLREQUEST_SOURCEBRANCH" => "refs/heads/feature/vat",
            "SYSTEM_PULLREQUEST_SOURCECOMMITID" => "abc",
            _ => return None,
        };
        Some(value.to_owned())
    };
    let imported = from_variables(&variables).unwrap();
    assert_eq!(fields(&imported, "branch_name scm_commit_ids"), "feature/vat [\"abc\"]");
}

#[test]
fn tasks_are_in_the_order_of_their_jobs_and_named_after_them() {
    let record = |id: &str, parent: &str, kind: &str, order: u8| {
        format!(
            "{{\"id\":\"{id}\",\"parentId\":\"{parent}\",\"type\":\"{kind}\",\"name\":\"{id}\",\"state\":\"completed\",\
             \"result\":\"succeeded\",\"order\":{order}}}"
        )
    };
    let records = [
        record("b1", "jb", "Task", 1),
        record("a2", "ja", "Task", 2),
        record("jb", "pb", "Job", 1),
        record("ja", "pa", "Job", 1),
        record("b2", "jb", "Task", 2),
        record("a1", "ja", "Task", 1),
        record("pb", "s", "Phase", 2),
        record("pa", "s", "Phase", 1),
        record("s", "", "Stage", 1),
    ];
    let imported = import(&format!("{{\"records\":[{}]}}", records.join(","))).unwrap();
    let all = stages(&imported);
    let places: Vec<_> =
        ["ja: a1", "ja: a2", "jb: b1", "jb: b2"].iter().map(|name| all.find(name).unwrap()).collect();
    assert!(places.is_sorted(), "{all}");
    let single = import(&fixture("azure.jobs.json")).unwrap();
    assert!(stages(&single).contains("\"displayName\":\"Restore\""), "one job: its name says nothing");
}

#[test]
fn an_allowed_failure_is_a_warning() {
    let run = fixture("buildkite.json").replace("\"broken\"", "\"failed\", \"soft_failed\": true");
    assert!(
        stages(&import(&run).unwrap()).contains(r#""displayName":"lint","result":"succeededWithIssues""#)
    );
    let run = fixture("drone.json").replace(
        "\"status\": \"killed\", \"exit_code\"",
        "\"status\": \"failure\", \"errignore\": true, \"exit_code\"",
    );
    assert!(
        stages(&import(&run).unwrap()).contains(r#""displayName":"test","result":"succeededWithIssues""#)
    );
}

#[test]
fn all_spellings_of_a_timeout_are_failures() {
    for (name, from, to) in [
        ("circleci.jobs.json", "\"status\": \"failed\"", "\"status\": \"timedout\""),
        ("github.jobs.json", "\"conclusion\": \"skipped\"", "\"conclusion\": \"timed_out\""),
        ("circleci.jobs.json", "\"status\": \"failed\"", "\"status\": \"terminated-unknown\""),
    ] {
        let imported = import(&fixture(name).replace(from, to)).unwrap();
        assert!(stages(&imported).contains("\"failed\""), "{name} {to}");
    }
}

#[test]
fn a_pipeline_without_vcs_has_branch_and_commit_in_its_parameters() {
    let workflow = fixture("circleci.json");
    let pipeline = |parameters: &str| {
        format!(
            "{workflow}{{\"id\":\"5034460f-c7c4-4c43-9457-de07e2029e7b\",\"number\":25,\"project_slug\":\"gh/acme/shop\",\
             \"trigger_parameters\":{{{parameters}}}}}"
        )
    };
    let github = r#""github_app":{"branch":"dev","commit_sha":"abc","repo_url":"https://git.example/a/b","user_username":"jo"}"#;
    let gitlab = r#""gitlab":{"branch":"dev","commit_sha":"abc","web_url":"https://git.example/a/b","user_username":"jo"}"#;
    for parameters in [github, gitlab] {
        let imported = import(&pipeline(parameters)).unwrap();
        let names = "branch_name scm_commit_ids repo_url user_id";
        assert_eq!(fields(&imported, names), "dev [\"abc\"] https://git.example/a/b jo");
        assert!(!imported.notes.concat().contains("import both together"));
    }
    let tag = import(&pipeline("")).unwrap();
    assert!(tag.notes.concat().contains("Its pipeline names no branch."), "{:?}", tag.notes);
}

#[test]
fn a_link_names_the_repository_before_its_subpage() {
    for (link, name, address) in [
        ("https://lab.example/a/b/c/-/merge_requests/4", "a/b/c", "https://lab.example/a/b/c"),
        ("https://lab.example/a/b/c/commit/5", "a/b/c", "https://lab.example/a/b/c"),
        ("https://git.example/a/commits/pull/7", "a/commits", "https://git.example/a/commits"),
        ("https://bb.example/projects/A/repos/c/commits/5", "A/c", "https://bb.example/projects/A/repos/c"),
        ("https://git.example/a/b/c", "-", "-"),
    ] {
        let run = fixture("drone.json")
            .replace("https://git.example.com/acme/shop/compare/9c1f0f7a4d3b...50f0acb76a40", link);
        assert_eq!(fields(&import(&run).unwrap(), "job_full_name repo_url"), format!("{name} {address}"));
    }
}

#[test]
fn a_run_is_recognized_by_few_selected_fields() {
    let page = "https://git.example/acme/shop/actions/runs/44";
    for text in [
        format!(r#"{{"conclusion":"failure","name":"Docs","status":"completed","url":"{page}"}}"#),
        format!(
            r#"{{"databaseId":44,"headBranch":"main","name":"Docs","conclusion":"failure","url":"{page}"}}"#
        ),
        format!(r#"{{"id":44,"name":"Docs","conclusion":"failure","html_url":"{page}"}}"#),
    ] {
        let imported = import(&text).unwrap();
        assert_eq!(
            fields(&imported, "job_full_name build_number result"),
            "acme/shop/Docs 44 FAILURE",
            "{text}"
        );
    }
    let jenkins =
        r#"{"number":3,"result":"SUCCESS","timestamp":1770112800000,"url":"https://ci.example/job/docs/3/"}"#;
    assert_eq!(fields(&import(jenkins).unwrap(), "pipeline result"), "docs SUCCESS");
}

#[test]
fn in_a_multibranch_project_the_pipeline_is_the_project() {
    let run = fixture("jenkins.json")
        .replace("/job/nightly%20build/318", "/job/docs/job/fix%252Fvat/318")
        .replace("hudson.model.Cause$UserIdCause", "jenkins.branch.BranchIndexingCause")
        .replace("refs/remotes/origin/main", "detached");
    let names = "pipeline job_full_name branch_name";
    assert_eq!(fields(&import(&run).unwrap(), names), "docs shop/docs/fix%2Fvat fix/vat");
    let plain = fixture("jenkins.json");
    assert_eq!(fields(&import(&plain).unwrap(), names), "nightly build shop/nightly build main");
    let variables = |name: &str| {
        let value = match name {
            "JENKINS_URL" => "https://ci.example/",
            "JOB_NAME" => "shop/docs/PR-4",
            "BRANCH_NAME" => "PR-4",
            "CHANGE_BRANCH" => "fix/vat",
            _ => return None,
        };
        Some(value.to_owned())
    };
    assert_eq!(fields(&from_variables(&variables).unwrap(), names), "docs shop/docs/PR-4 fix/vat");
}

#[test]
fn the_run_in_an_event_is_read_like_a_run_of_the_api() {
    let around =
        |name: &str, run: &str, rest: &str| format!("{{\"action\":\"completed\",\"{name}\":{run},{rest}}}");
    let github = fixture("github.json");
    let rest = r#""workflow":{"id":3,"name":"Release","state":"active"},"repository":{"full_name":"acme/shop"},
        "organization":{"login":"acme"},"installation":{"id":1},"sender":{"login":"jo"}"#;
    assert_eq!(import(&around("workflow_run", &github, rest)).unwrap(), import(&github).unwrap());
    let azure = fixture("azure.json");
    let rest = r#""subscriptionId":"0","eventType":"build.complete","message":{"text":"ok"},"resourceVersion":"2.0""#;
    assert_eq!(import(&around("resource", &azure, rest)).unwrap(), import(&azure).unwrap());
    let buildkite = fixture("buildkite.json");
    let pipeline = "\"pipeline\": { \"slug\": \"shop\", \"repository\": \"git@github.com:acme/shop.git\" }";
    let bare = buildkite.replace(&format!("{pipeline},"), "");
    assert_ne!(bare, buildkite);
    assert_eq!(import(&around("build", &bare, pipeline)).unwrap(), import(&buildkite).unwrap());
    let repository = r#""event":"build","repo":{"slug":"acme/shop","namespace":"acme","name":"shop","link":"https://git.example.com/acme/shop"}"#;
    let drone = fixture("drone.json");
    let event = import(&around("build", &drone, repository)).unwrap();
    assert_eq!(event.document, import(&drone).unwrap().document);
}

#[test]
fn the_event_of_a_workflow_and_of_one_job_are_read() {
    let circle = r#"{"type":"workflow-completed","id":"e1","happened_at":"2026-02-03T10:05:00Z",
        "workflow":{"id":"w1","name":"test","status":"failed","created_at":"2026-02-03T10:00:00Z","stopped_at":"2026-02-03T10:04:00Z"},
        "pipeline":{"id":"p1","number":12,"vcs":{"branch":"dev","revision":"abc","origin_repository_url":"https://git.example/a/b"}},
        "project":{"id":"j1","name":"b","slug":"gh/a/b"},"organization":{"id":"o","name":"a"}}"#;
    let imported = import(circle).unwrap();
    let names = "job_full_name build_number result duration branch_name repo_url";
    assert_eq!(fields(&imported, names), "a/b/test 12 FAILURE 240000 dev https://git.example/a/b");
    let jobs: Value = sei_compose::document::read(&fixture("github.jobs.json")).unwrap();
    let job = write_compact(&jobs.as_object().unwrap().get("jobs").unwrap().as_array().unwrap()[0]);
    let event = format!(
        "{{\"action\":\"completed\",\"workflow_job\":{job},\"sender\":{{\"login\":\"jo\"}},\"a\":1,\"b\":2}}"
    );
    let imported = import(&event).unwrap();
    assert_eq!(fields(&imported, "pipeline build_number result"), "Release 9876543210 -");
    assert!(stages(&imported).contains("cargo test"));
}

#[test]
fn the_event_of_a_run_of_azure_and_of_a_job_of_circleci_are_read() {
    let azure = r#"{"eventType":"ms.vss-pipelines.run-state-changed-event","id":"e","resource":{"run":{"id":61,
        "pipeline":{"id":2,"name":"docs"},"state":"completed","result":"canceled","createdDate":"2026-02-03T10:00:00Z",
        "finishedDate":"2026-02-03T10:02:00Z","resources":{"repositories":{"self":{"refName":"refs/heads/dev","version":"abc"}}}},
        "pipeline":{"id":2}},"resourceVersion":"5.1"}"#;
    let names = "pipeline build_number result duration branch_name scm_commit_ids";
    assert_eq!(fields(&import(azure).unwrap(), names), "docs 61 ABORTED 120000 dev [\"abc\"]");
    let running = azure.replace("\"completed\"", "\"inProgress\"");
    assert_eq!(fields(&import(&running).unwrap(), "result duration"), "- -");
    let circle = r#"{"type":"job-completed","job":{"id":"x","name":"lint","number":7,"status":"failed",
        "started_at":"2026-02-03T10:00:00Z","stopped_at":"2026-02-03T10:00:30Z"},"workflow":{"id":"w","name":"test"},
        "pipeline":{"id":"p","number":12},"project":{"slug":"gh/a/b"}}"#;
    let imported = import(circle).unwrap();
    assert_eq!(fields(&imported, "job_full_name build_number result"), "a/b/test 12 -");
    assert!(stages(&imported).contains(r#""displayName":"lint","result":"failed""#));
}

#[test]
fn gitlab_hooks_have_their_own_field_names() {
    let pipeline = r#"{"object_kind":"pipeline","object_attributes":{"id":31,"iid":3,"name":null,"ref":"dev","tag":false,
        "sha":"abc","status":"success","created_at":"2026-02-03 10:00:00 UTC","finished_at":"2026-02-03 10:03:00 UTC",
        "duration":150,"variables":[{"key":"TOKEN","value":"s3cret"}],"url":"https://lab.example/a/b/c/-/pipelines/31"},
        "merge_request":null,"user":{"username":"jo"},
        "project":{"id":1,"name":"c","web_url":"https://lab.example/a/b/c","path_with_namespace":"a/b/c"},
        "commit":{"id":"abc"},"builds":[
        {"id":9,"stage":"test","name":"unit","status":"failed","allow_failure":true,"started_at":"2026-02-03 10:01:00 +0000","finished_at":"2026-02-03 10:02:00 UTC","duration":60.0},
        {"id":8,"stage":"build","name":"make","status":"success","started_at":"2026-02-03 10:00:00 UTC","finished_at":"2026-02-03 10:01:00 UTC","duration":60.0}]}"#;
    let imported = import(pipeline).unwrap();
    let names = "pipeline job_full_name build_number result start_time duration branch_name user_id web_url";
    assert_eq!(
        fields(&imported, names),
        "c a/b/c 3 SUCCESS 1770112800000 150000 dev jo https://lab.example/a/b/c/-/pipelines/31"
    );
    let all = stages(&imported);
    assert!(all.find("make") < all.find("unit") && all.contains("succeededWithIssues"), "{all}");
    assert!(!write_compact(&imported.document).contains("s3cret"));
    assert!(imported.notes.concat().contains("The variables of the pipeline are not imported: TOKEN."));
    let running = pipeline.replacen("\"success\"", "\"running\"", 1);
    assert_eq!(fields(&import(&running).unwrap(), "result duration"), "- -");
    let job = r#"{"object_kind":"build","ref":"dev","sha":"abc","build_id":9,"build_name":"unit","build_stage":"test",
        "build_status":"success","build_started_at":"2026-02-03 10:01:00 UTC","build_finished_at":"2026-02-03 10:02:00 UTC",
        "build_duration":60.0,"build_allow_failure":false,"pipeline_id":31,"user":{"username":"jo"},
        "repository":{"name":"c","homepage":"https://lab.example/a/b/c"}}"#;
    let imported = import(job).unwrap();
    assert_eq!(
        fields(&imported, "job_full_name result web_url"),
        "a/b/c - https://lab.example/a/b/c/-/pipelines/31"
    );
    assert!(stages(&imported).contains(r#""displayName":"test","result":"succeeded""#));
}

#[test]
fn the_unit_of_a_time_follows_from_its_size() {
    // One program counts seconds. Its fork counts milliseconds in the same fields.
    for (unit, expected) in [(1_i64, 1_767_603_600_000_i64), (1_000, 1_767_603_600_000)] {
        let (began, ended) = (1_767_603_600 * unit, 1_767_603_690 * unit);
        let text = format!(
            r#"{{"id":5,"number":21,"status":"success","event":"push","after":"3c9a","link":"","started":{began},
                "finished":{ended},"source":"main","target":"main","author_login":"ida",
                "stages":[{{"number":1,"name":"unit","status":"success","started":{began},"stopped":{ended}}}]}}"#
        );
        let run = sei_compose::import::import(&text).unwrap().document;
        let root = sei_compose::document::Pointer::root;
        let number = |name: &str| run.get(&root().key(name)).and_then(sei_compose::document::Value::as_i64);
        assert_eq!((number("start_time"), number("duration")), (Some(expected), Some(90_000)));
        let stage = root().key("job_run").key("stages").index(0).key("startTime");
        assert_eq!(
            run.get(&stage).and_then(sei_compose::document::Value::as_text),
            Some("2026-01-05T09:00:00Z")
        );
    }
}

#[test]
fn the_workflow_of_an_event_names_a_run_without_a_name() {
    let text = "{\"action\":\"completed\",\"workflow_run\":{\"id\":5,\"name\":\"\",\"head_sha\":\"a\",\"conclusion\":\"success\",\
                \"status\":\"completed\",\"run_number\":3,\"html_url\":\"https://github.com/a/b/actions/runs/5\"},\
                \"workflow\":{\"id\":1,\"name\":\"Nightly\",\"path\":\"x.yml\",\"state\":\"active\",\"badge_url\":\"u\"}}";
    let imported = sei_compose::import::import(text).unwrap();
    assert!(
        sei_compose::document::write_compact(&imported.document)
            .contains("\"job_full_name\":\"a/b/Nightly\"")
    );
}

#[test]
fn a_jenkins_build_is_recognized_without_its_address() {
    let text = "{\"builds\":[{\"_class\":\"x.WorkflowRun\",\"displayName\":\"#8\",\"duration\":28750,\"number\":8,\
                \"result\":\"SUCCESS\",\"timestamp\":1707813909983},{\"displayName\":\"#7\",\"duration\":9,\"number\":7,\
                \"result\":\"FAILURE\",\"timestamp\":1707813814665}]}";
    let list =
        sei_compose::import::list_runs(text, &sei_compose::import::mapping::MappingSet::builtin()).unwrap();
    let numbers: Vec<_> = list.runs.iter().map(|run| run.number.as_deref()).collect();
    assert_eq!((numbers, list.newest), (vec![Some("8"), Some("7")], 0));
}
