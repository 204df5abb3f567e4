//! Runs in the formats of other APIs, plug-ins and older versions of the CI tools.

use sei_compose::document::{Value, write_compact};
use sei_compose::import::{CiTool, ImportKind, Imported, import, import_with_jobs};

/// One run in each of the formats.
pub(super) const fn samples() -> [&'static str; 7] {
    [NOTIFICATION, BLUE, BUILD, RELEASE, EVENT, TEAMCITY, WOODPECKER]
}

/// A value under a path, as JSON without quotes around a text; `-` if it is absent.
fn word(imported: &Imported, path: &str) -> String {
    let found = path.split('/').try_fold(&imported.document, |value, step| match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Object(object) => object.get(step),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    });
    found.map_or("-".to_owned(), |value| write_compact(value).trim_matches('"').to_owned())
}

fn words(imported: &Imported, paths: &str) -> String {
    paths.split(' ').map(|path| word(imported, path)).collect::<Vec<_>>().join(" ")
}

/// Name, result and duration of each stage or step in a list.
fn lines(imported: &Imported, list: &str) -> Vec<String> {
    let line = |index: usize| {
        let all = ["displayName", "result", "durationInMillis"];
        all.map(|name| word(imported, &format!("{list}/{index}/{name}"))).join(" ")
    };
    (0..1_000).map(line).take_while(|line| line != "- - -").collect()
}

fn stages(imported: &Imported) -> Vec<String> {
    lines(imported, "job_run/stages")
}

#[track_caller]
fn assert_note(imported: &Imported, part: &str) {
    assert!(imported.notes.iter().any(|note| note.contains(part)), "{part}: {:?}", imported.notes);
}

/// Imports a text with one part replaced; the text must contain the old part.
#[track_caller]
fn changed(text: &str, from: &str, to: &str) -> Imported {
    assert!(text.contains(from), "{from}");
    import(&text.replace(from, to)).unwrap()
}

#[track_caller]
fn assert_unfinished(imported: &Imported) {
    assert_eq!(words(imported, "result duration"), "- -");
    assert_note(imported, "This run is not over");
}

const NOTIFICATION: &str = r#"{"name":"web","display_name":"web","url":"job/shop/job/web/","build":{
    "full_url":"https://ci.example/job/shop/job/web/77/","number":77,"queue_id":9,"timestamp":1767603690000,
    "duration":90000,"phase":"FINALIZED","status":"FAILURE","url":"job/shop/job/web/77/",
    "scm":{"url":"https://git.example/shop/web.git","branch":"origin/main","commit":"3c9a6f","changes":[],"culprits":[]},
    "parameters":{"TARGET":"eu","DEPLOY_TOKEN":"s3cret"},"log":"","artifacts":{"web.jar":{"archive":"x"}}}}"#;

#[test]
fn an_event_of_the_notification_plugin_is_a_run_once_the_build_has_ended() {
    let imported = import(NOTIFICATION).unwrap();
    assert_eq!(imported.kind, ImportKind::Run(CiTool::Jenkins));
    let names = "pipeline job_full_name build_number result start_time duration branch_name scm_commit_ids/0";
    assert_eq!(words(&imported, names), "web shop/web 77 FAILURE 1767603600000 90000 main 3c9a6f");
    assert_eq!(word(&imported, "web_url"), "https://ci.example/job/shop/job/web/77/");
    assert_eq!(
        words(&imported, "job_run_params/0/name job_run_params/0/value job_run_params/1"),
        "TARGET eu -"
    );
    assert!(!write_compact(&imported.document).contains("s3cret"));
    assert_note(&imported, "The parameters with a secret are not imported: DEPLOY_TOKEN.");
    assert_note(&imported, "The files that the build archived are not imported: web.jar.");
    let completed = changed(NOTIFICATION, "FINALIZED", "COMPLETED");
    assert_eq!(words(&completed, "result duration"), "FAILURE 90000");
    let bare = changed(NOTIFICATION, "\"duration\":90000,", "");
    assert_eq!(words(&bare, "result start_time duration"), "FAILURE - -");
    assert_note(&bare, "The event is from 2026-01-05 09:01:30 UTC");
    for (phase, start) in [("STARTED", "1767603690000"), ("QUEUED", "-")] {
        let imported = changed(NOTIFICATION, "FINALIZED", phase);
        assert_unfinished(&imported);
        assert_eq!(word(&imported, "start_time"), start);
    }
    let branch = changed(NOTIFICATION, "origin/main", "origin/web");
    assert_eq!(words(&branch, "pipeline branch_name"), "shop web");
}

const BLUE: &str = r#"{"_class":"io.jenkins.blueocean.rest.impl.pipeline.PipelineRunImpl","_links":{"self":{
    "href":"/blue/rest/organizations/jenkins/pipelines/shop/pipelines/web/branches/fix%252Fvat/runs/5/"}},
    "id":"5","organization":"jenkins","pipeline":"fix%2Fvat","state":"FINISHED","result":"UNSTABLE",
    "enQueueTime":"2026-01-05T08:59:58.000+0000","startTime":"2026-01-05T10:00:00.000+0100",
    "endTime":"2026-01-05T10:02:00.000+0100","durationInMillis":120000,"commitId":"3c9a6f",
    "changeSet":[{"commitId":"77aa01"}],"causes":[{"userId":"ida"}],"type":"WorkflowRun"}"#;
const NODES: &str = r#"[
    {"id":"6","displayName":"Build","state":"FINISHED","result":"SUCCESS","type":"STAGE","durationInMillis":30000,"startTime":"2026-01-05T10:00:10.000+0100","edges":[]},
    {"id":"9","displayName":"Test","state":"FINISHED","result":"UNSTABLE","type":"STAGE","durationInMillis":60000,"startTime":"2026-01-05T10:00:40.000+0100","edges":[]},
    {"id":"11","displayName":"unit","state":"FINISHED","result":"UNSTABLE","type":"PARALLEL","firstParent":"9","durationInMillis":59000,"startTime":null,"edges":[]},
    {"id":"20","displayName":"Deploy","state":"SKIPPED","result":"NOT_BUILT","type":"STAGE","durationInMillis":0,"startTime":null,"edges":[]}]"#;

#[test]
fn a_run_of_blue_ocean_is_read_with_and_without_its_nodes() {
    let imported = import(BLUE).unwrap();
    assert_eq!(imported.kind, ImportKind::Run(CiTool::Jenkins));
    let names = "pipeline job_full_name build_number result start_time duration branch_name user_id";
    assert_eq!(words(&imported, names), "web shop/web/fix%2Fvat 5 UNSTABLE 1767603600000 120000 fix/vat ida");
    assert_eq!(word(&imported, "scm_commit_ids"), "[\"3c9a6f\",\"77aa01\"]");
    assert_note(&imported, "The stages are in the nodes of the run");
    let expected = ["Build succeeded 30000", "Test succeededWithIssues 60000", "Deploy skipped 0"];
    let inside = BLUE.replace("\"type\":\"WorkflowRun\"", &format!("\"nodes\":{NODES}"));
    for whole in [import_with_jobs(BLUE, NODES), import(&inside), import(&format!("{BLUE}{NODES}"))] {
        let whole = whole.unwrap();
        assert_eq!(stages(&whole), expected);
        assert_eq!(lines(&whole, "job_run/stages/1/steps"), ["unit succeededWithIssues 59000"]);
        assert_eq!(word(&whole, "job_run/stages/0/startTime"), "2026-01-05T09:00:10Z");
    }
    for state in ["RUNNING", "QUEUED", "PAUSED"] {
        let text = BLUE.replace("\"UNSTABLE\"", "\"UNKNOWN\"");
        assert_unfinished(&changed(&text, "FINISHED", state));
    }
    let plain = changed(BLUE, "/branches/fix%252Fvat", "");
    assert_eq!(words(&plain, "pipeline job_full_name branch_name"), "web shop/web -");
}

const BUILD: &str = r#"{"build_num":812,"username":"acme","reponame":"shop","vcs_url":"https://github.com/acme/shop",
    "vcs_revision":"3c9a6f","branch":"main","status":"fixed","outcome":"success","lifecycle":"finished",
    "build_url":"https://circleci.com/gh/acme/shop/812","queued_at":"2026-01-05T08:59:00.000Z",
    "start_time":"2026-01-05T09:00:00.000Z","stop_time":"2026-01-05T09:01:30.500Z","build_time_millis":90500,
    "user":{"login":"ida"},"workflows":{"job_name":"unit","workflow_name":"main"},"build_parameters":{"CIRCLE_JOB":"unit","API_TOKEN":"s3cret"},
    "steps":[{"name":"Checkout","actions":[{"name":"Checkout","index":0,"status":"success","run_time_millis":500,
      "start_time":"2026-01-05T09:00:00.000Z","end_time":"2026-01-05T09:00:00.500Z"}]},
     {"name":"make","actions":[{"name":"make","index":0,"status":"success","run_time_millis":400},{"name":"make","index":1,"status":"failed","run_time_millis":900}]}]}"#;

#[test]
fn a_build_of_the_older_api_of_circleci_is_one_job() {
    let imported = import(BUILD).unwrap();
    assert_eq!(imported.kind, ImportKind::Run(CiTool::CircleCi));
    let names = "pipeline job_full_name build_number result start_time duration branch_name user_id repo_url";
    assert_eq!(
        words(&imported, names),
        "unit acme/shop/unit 812 SUCCESS 1767603600000 90500 main ida https://github.com/acme/shop"
    );
    assert_eq!(stages(&imported), ["Checkout succeeded 500", "make failed 900"]);
    assert_eq!(lines(&imported, "job_run/stages/1/steps"), ["make 1 succeeded 400", "make 2 failed 900"]);
    assert_note(&imported, "The parameters of the build are not imported: API_TOKEN.");
    assert_note(&imported, "one job of the workflow main");
    for lifecycle in ["running", "queued", "scheduled", "not_running"] {
        assert_unfinished(&changed(BUILD, "\"finished\"", &format!("\"{lifecycle}\"")));
    }
    let text = BUILD.replace("\"success\",\"lifecycle", "\"timedout\",\"lifecycle");
    assert_eq!(word(&import(&text).unwrap(), "result"), "FAILURE");
}

const RELEASE: &str = r#"{"id":48,"name":"Release-12","status":"active","createdOn":"2026-01-05T08:00:00Z",
    "createdBy":{"displayName":"Ida","uniqueName":"ida@acme.example"},"releaseDefinition":{"id":3,"name":"web to cloud"},
    "projectReference":{"id":"p","name":"Shop"},"_links":{"web":{"href":"https://dev.azure.com/acme/p/_release?releaseId=48"}},
    "variables":{"REGION":{"value":"eu"}},
    "artifacts":[{"alias":"_web","type":"Build","definitionReference":{"version":{"id":"9","name":"2026.1"},
      "branch":{"id":"refs/heads/main","name":"refs/heads/main"},"sourceVersion":{"id":"3c9a6f"}}}],
    "environments":[{"id":71,"releaseId":48,"name":"Test","status":"succeeded","deploySteps":[
      {"id":1,"attempt":1,"status":"failed","queuedOn":"2026-01-05T08:30:00Z","lastModifiedOn":"2026-01-05T08:31:00Z","releaseDeployPhases":[]},
      {"id":2,"attempt":2,"status":"succeeded","queuedOn":"2026-01-05T08:59:50Z","lastModifiedOn":"2026-01-05T09:05:00Z","releaseDeployPhases":[
       {"id":5,"name":"Agent","status":"succeeded","deploymentJobs":[{"job":{"id":1,"name":"Agent","status":"succeeded"},"tasks":[
        {"id":2,"name":"Fetch","status":"succeeded","startTime":"2026-01-05T09:00:00Z","finishTime":"2026-01-05T09:00:20Z"},
        {"id":3,"name":"Deploy","status":"succeeded","startTime":"2026-01-05T09:00:20Z","finishTime":"2026-01-05T09:01:00Z"}]}]}]}]},
     {"id":72,"releaseId":48,"name":"Live","status":"rejected","deploySteps":[
      {"id":4,"attempt":1,"status":"failed","queuedOn":"2026-01-05T09:02:00Z","lastModifiedOn":"2026-01-05T09:03:00Z","releaseDeployPhases":[]}]}]}"#;

#[test]
fn a_classic_release_is_a_deployment_with_its_environments_as_stages() {
    let imported = import(RELEASE).unwrap();
    assert_eq!(imported.kind, ImportKind::Run(CiTool::Azure));
    let names = "pipeline job_full_name build_number result start_time duration ci cd branch_name user_id project_name";
    assert_eq!(
        words(&imported, names),
        "web to cloud Shop/web to cloud 48 FAILURE 1767603600000 180000 false true main ida@acme.example Shop"
    );
    assert_eq!(stages(&imported), ["Test succeeded 60000", "Live failed 60000"]);
    assert_eq!(
        lines(&imported, "job_run/stages/0/steps"),
        ["Fetch succeeded 20000", "Deploy succeeded 40000"]
    );
    assert_note(&imported, "Test was deployed 2 times");
    assert_note(&imported, "The artifacts of the release are not imported: _web 2026.1.");
    assert_note(&imported, "The variables of the release are not imported: REGION.");
    assert_note(&imported, "Imported as a CD deployment");
    let short = import(
        r#"{"id":49,"name":"Release-13","createdOn":"2026-01-05T09:00:00Z","releaseDefinition":{"name":"web"}}"#,
    );
    assert_eq!(words(&short.unwrap(), "pipeline build_number result start_time"), "web 49 - 1767603600000");
    for open in ["inProgress", "queued", "scheduled"] {
        assert_unfinished(&changed(RELEASE, "\"rejected\"", &format!("\"{open}\"")));
    }
    assert_unfinished(&changed(RELEASE, "\"rejected\"", "\"notStarted\""));
    let text = RELEASE.replace("\"rejected\"", "\"notStarted\"").replace("\"active\"", "\"abandoned\"");
    assert_eq!(word(&import(&text).unwrap(), "result"), "SUCCESS");
    let text = RELEASE.replace("\"rejected\"", "\"notStarted\"").replacen("\"succeeded\"", "\"canceled\"", 1);
    assert_eq!(word(&import(&text).unwrap(), "result"), "ABORTED");
    let partial = changed(RELEASE, "\"rejected\"", "\"partiallySucceeded\"");
    assert_eq!(word(&partial, "result"), "UNSTABLE");
}

const EVENT: &str = r#"{"eventType":"ms.vss-release.deployment-completed-event","id":"e","resource":{"environment":{"id":71,
        "releaseId":48,"name":"Live","status":"succeeded","deploySteps":[{"attempt":1,"queuedOn":"2026-01-05T09:00:00Z",
        "lastModifiedOn":"2026-01-05T09:04:00Z"}],"releaseDefinition":{"id":3,"name":"web"}},"project":{"id":"p","name":"Shop"}},
        "resourceVersion":"3.0-preview.1"}"#;

#[test]
fn the_event_of_one_deployment_is_read() {
    let event = EVENT;
    let imported = import(event).unwrap();
    let names = "job_full_name build_number result duration cd";
    assert_eq!(words(&imported, names), "Shop/web 48 SUCCESS 240000 true");
    assert_unfinished(&changed(event, "\"succeeded\"", "\"inProgress\""));
}

const TEAMCITY: &str = r#"{"id":9107,"buildTypeId":"Shop_Web","number":"318","status":"SUCCESS","state":"finished",
    "branchName":"refs/heads/main","webUrl":"https://tc.example/viewLog.html?buildId=9107","statusText":"Tests passed: 4",
    "buildType":{"id":"Shop_Web","name":"Web","projectName":"Shop"},
    "queuedDate":"20260105T085900+0000","startDate":"20260105T100000+0100","finishDate":"20260105T100130+0100",
    "triggered":{"type":"user","user":{"username":"ida"}},
    "properties":{"property":[{"name":"env.TOKEN","value":"s3cret"},{"name":"region","value":"eu"}]},
    "revisions":{"count":1,"revision":[{"version":"3c9a6f","vcsBranchName":"refs/heads/main","vcs-root-instance":{"name":"https://git.example/shop/web.git#refs/heads/main"}}]},
    "snapshot-dependencies":{"count":1,"build":[{"id":9100,"buildTypeId":"Shop_Api"}]}}"#;

#[test]
fn a_build_of_teamcity_is_read() {
    let imported = import(TEAMCITY).unwrap();
    assert_eq!(imported.kind, ImportKind::Run(CiTool::TeamCity));
    let names = "pipeline job_full_name build_number result start_time duration branch_name scm_commit_ids/0 repo_url user_id";
    assert_eq!(
        words(&imported, names),
        "Web Shop/Web 318 SUCCESS 1767603600000 90000 main 3c9a6f https://git.example/shop/web.git ida"
    );
    assert!(!write_compact(&imported.document).contains("s3cret"));
    assert_note(&imported, "The parameters of the build are not imported: env.TOKEN, region.");
    assert_note(&imported, "The builds that it depends on are not imported: Shop_Api.");
    for state in ["running", "queued"] {
        assert_unfinished(&changed(TEAMCITY, "\"finished\"", &format!("\"{state}\"")));
    }
    let version = changed(TEAMCITY, "\"318\"", "\"1.4.318\"");
    assert_eq!(word(&version, "build_number"), "9107");
    assert_note(&version, "its number 1.4.318 is not a whole number");
    let canceled = changed(TEAMCITY, "\"SUCCESS\"", "\"UNKNOWN\",\"canceledInfo\":{\"text\":\"stop\"}");
    assert_eq!(word(&canceled, "result"), "ABORTED");
    let page = import(&format!("{{\"count\":1,\"href\":\"/x\",\"build\":[{TEAMCITY}]}}")).unwrap();
    assert_eq!(page.document, imported.document);
}

const WOODPECKER: &str = r#"{"id":41,"number":6,"event":"push","status":"failure","created":1767603590,"started":1767603600,
        "finished":1767603690,"commit":"3c9a6f","branch":"main","ref":"refs/heads/main","author":"ida",
        "forge_url":"https://git.example/shop/web/commit/3c9a6f","variables":{"KEY":"v"},
        "workflows":[{"id":1,"pipeline_id":41,"pid":1,"name":"test","state":"failure","started":1767603601,"finished":1767603690,
          "children":[{"id":2,"pid":2,"ppid":1,"name":"clone","state":"success","started":1767603601,"finished":1767603605},
            {"id":3,"pid":3,"ppid":1,"name":"unit","state":"failure","start_time":1767603605,"end_time":1767603690}]}]}"#;

#[test]
fn a_pipeline_of_woodpecker_is_read() {
    let pipeline = WOODPECKER;
    let imported = import(pipeline).unwrap();
    assert_eq!(imported.kind, ImportKind::Run(CiTool::Woodpecker));
    let names = "job_full_name build_number result start_time duration branch_name scm_commit_ids/0 repo_url";
    assert_eq!(
        words(&imported, names),
        "shop/web 6 FAILURE 1767603600000 90000 main 3c9a6f https://git.example/shop/web"
    );
    assert_eq!(stages(&imported), ["test failed 89000"]);
    assert_eq!(lines(&imported, "job_run/stages/0/steps"), ["clone succeeded 4000", "unit failed 85000"]);
    assert_note(&imported, "The variables of the pipeline are not imported: KEY.");
    for (from, to) in [
        ("\"failure\",\"created", "\"blocked\",\"created"),
        ("\"failure\",\"created", "\"pending\",\"created"),
    ] {
        assert_unfinished(&changed(pipeline, from, to));
    }
}

#[test]
fn a_manifest_of_artifacts_fills_the_artifacts_and_nothing_else() {
    let image = r#"{"type":"container","location":"registry.example/shop","name":"web","qualifier":"318","output":true}"#;
    let jar =
        r#"{"type":"jar","location":"repo.example/libs","name":"core","qualifier":"2.1","hash":"sha256:00"}"#;
    for (text, count) in [
        (format!("{{\"artifact\":{image}}}"), 1),
        (format!("{{\"schemaVersion\":1,\"build\":{{\"id\":4}},\"artifact\":{image}}}"), 1),
        (format!("{{\"artifacts\":[{image},{jar}]}}"), 2),
        (format!("{{\"generatedAt\":\"2026\",\"job\":\"x\",\"tool\":\"y\",\"artifacts\":[{jar}]}}"), 1),
        (format!("{{\"branch_name\":\"main\",\"build\":4,\"artifact\":{image}}}"), 1),
        (image.to_owned(), 1),
    ] {
        let imported = import(&text).unwrap();
        assert_eq!(imported.kind, ImportKind::Manifest, "{text}");
        assert!(!imported.kind.is_whole());
        let object = imported.document.as_object().unwrap();
        assert_eq!(
            (object.len(), object.get("artifacts").unwrap().as_array().unwrap().len()),
            (1, count),
            "{text}"
        );
        assert_eq!(
            imported.notes.len() > 1,
            text.contains("\"build\"") || text.contains("\"job\""),
            "{text}"
        );
    }
    let sized = image.replace("\"output\"", "\"size\":9,\"output\"");
    assert_note(&import(&format!("{{\"artifact\":{sized}}}")).unwrap(), "not a field of an artifact: size.");
    // Artifacts of other tools have names. A payload with artifacts stays a payload.
    for text in [
        "{\"total_count\":1,\"artifacts\":[{\"id\":4,\"name\":\"report\",\"size_in_bytes\":9}],\"x\":1}"
            .to_owned(),
        "{\"artifact\":{\"name\":\"report\",\"url\":\"https://x.example/4\"}}".to_owned(),
        "{\"name\":\"web\",\"location\":\"Berlin\",\"country\":\"DE\"}".to_owned(),
    ] {
        assert!(import(&text).is_err(), "{text}");
    }
    let named = format!("{{\"job_full_name\":\"web\",\"artifact\":{image}}}");
    assert_eq!(import(&named).unwrap().kind, ImportKind::Payload);
    let payload = format!("{{\"pipeline\":\"web\",\"artifacts\":[{image}]}}");
    assert_eq!(import(&payload).unwrap().kind, ImportKind::Payload);
}

#[test]
fn any_set_of_the_fields_of_gh_run_view_is_a_run() {
    for (text, expected) in [
        (r#"{"conclusion":"failure","headSha":"3c9a6f"}"#, "- - FAILURE 3c9a6f"),
        (
            r#"{"headBranch":"main","workflowName":"Docs","status":"completed","conclusion":"success"}"#,
            "Docs - SUCCESS -",
        ),
        (r#"{"url":"https://github.com/acme/shop/actions/runs/91","number":7,"event":"push"}"#, "- 91 - -"),
        (r#"{"attempt":1,"status":"in_progress","conclusion":"","number":7}"#, "- - - -"),
        (r#"{"databaseId":91,"displayTitle":"Fix","conclusion":"cancelled"}"#, "- 91 ABORTED -"),
        (r#"{"updatedAt":"2026-01-05T09:01:00Z","headSha":"3c9a6f"}"#, "- - - 3c9a6f"),
    ] {
        let imported = import(text).unwrap();
        assert_eq!(imported.kind, ImportKind::Run(CiTool::GitHub), "{text}");
        assert_eq!(words(&imported, "pipeline build_number result scm_commit_ids/0"), expected, "{text}");
    }
    let numbered = import(r#"{"number":7,"headSha":"3c9a6f","conclusion":"success"}"#).unwrap();
    assert_note(&numbered, "The number 7 of the run is not imported");
    for text in [
        r#"{"name":"lint","status":"completed","conclusion":"success"}"#,
        r#"{"status":"ok","number":4,"x":1}"#,
    ] {
        assert!(import(text).is_err(), "{text}");
    }
}

#[test]
fn events_without_a_run_are_refused_with_their_name() {
    for (text, wanted) in [
        (
            r#"{"actor":{"nickname":"ida"},"repository":{"full_name":"acme/shop"},"commit_status":{"name":"unit","key":"k","state":"SUCCESSFUL","url":"https://ci.example/4","type":"build","created_on":"2026-01-05T09:00:00Z"}}"#,
            "a commit status event of Bitbucket, which is not a run",
        ),
        (r#"{"push":{"changes":[]},"actor":{},"repository":{}}"#, "a push event of Bitbucket"),
        (
            r#"{"action":"completed","check_run":{"id":1,"status":"completed"},"repository":{},"sender":{}}"#,
            "a check run event of GitHub",
        ),
        (
            r#"{"object_kind":"push","project":{"id":1},"commits":[]}"#,
            "an event of GitLab that is not about a pipeline or a job",
        ),
        (r#"{"ref":"refs/heads/main","pusher":{},"repository":{},"commits":[]}"#, "a push event of GitHub"),
    ] {
        let fault = import(text).unwrap_err().to_string();
        assert!(fault.contains(wanted) && fault.contains("Import reads"), "{fault}");
        assert!(!fault.contains('\n'));
    }
}

#[test]
fn a_pipeline_of_bitbucket_is_read_with_its_steps_in_one_text_or_two() {
    let pipeline = r#"{"type":"pipeline","uuid":"{1}","build_number":12,"creator":{"nickname":"ida"},"repository":{"full_name":"acme/shop"},
        "target":{"ref_name":"main","commit":{"hash":"3c9a6f"}},"state":{"name":"COMPLETED","result":{"name":"FAILED"}},
        "created_on":"2026-01-05T09:00:00Z","completed_on":"2026-01-05T09:01:00Z"}"#;
    let steps = r#"{"page":1,"values":[{"uuid":"{2}","name":"unit","state":{"name":"COMPLETED","result":{"name":"FAILED"}},
        "started_on":"2026-01-05T09:00:05Z","completed_on":"2026-01-05T09:00:50Z","duration_in_seconds":45}]}"#;
    for imported in [import_with_jobs(pipeline, steps), import(&format!("{pipeline}{steps}"))] {
        let imported = imported.unwrap();
        assert_eq!(words(&imported, "job_full_name result duration"), "acme/shop FAILURE 60000");
        assert_eq!(stages(&imported), ["unit failed 45000"]);
    }
}
