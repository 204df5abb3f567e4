//! Runs of CI tools: the JSON of each in `tests/ci`, the resulting document, and hostile JSON.

use std::path::PathBuf;

use proptest::prelude::*;
use sei_compose::check::{Context, Severity, check};
use sei_compose::document::{Value, read, write_compact, write_pretty};
use sei_compose::import::{CiTool, ImportError, ImportKind, Imported, import, import_with_jobs};
use snapbox::{Assert, Data};

/// Each tool, the name of its files, and whether its jobs are in a separate file.
const TOOLS: [(CiTool, &str, bool); 8] = [
    (CiTool::GitHub, "github", true),
    (CiTool::GitLab, "gitlab", true),
    (CiTool::Jenkins, "jenkins", true),
    (CiTool::Azure, "azure", true),
    (CiTool::CircleCi, "circleci", true),
    (CiTool::Buildkite, "buildkite", false),
    (CiTool::Bitbucket, "bitbucket", true),
    (CiTool::Drone, "drone", false),
];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/ci").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

fn imported_from(stem: &str, has_jobs: bool) -> Imported {
    let run = text(&format!("{stem}.json"));
    let jobs = has_jobs.then(|| text(&format!("{stem}.jobs.json")));
    jobs.map_or_else(|| import(&run), |jobs| import_with_jobs(&run, &jobs)).unwrap()
}

/// The document with the instance fields, which no tool knows.
fn with_instance(document: &Value) -> Value {
    let mut object = document.as_object().unwrap().clone();
    object.put("instance_name", "ci");
    object.put("instance_guid", "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42");
    Value::Object(object)
}

fn member<'v>(imported: &'v Imported, name: &str) -> Option<&'v Value> {
    imported.document.as_object()?.get(name)
}

fn word<'v>(imported: &'v Imported, name: &str) -> Option<&'v str> {
    member(imported, name)?.as_text()
}

#[test]
fn the_run_of_each_tool_becomes_the_document_next_to_it() {
    for (tool, stem, has_jobs) in TOOLS {
        let imported = imported_from(stem, has_jobs);
        assert_eq!(imported.kind, ImportKind::Run(tool));
        let notes: Vec<_> = imported.notes.iter().map(|note| Value::Text(note.clone())).collect();
        let mut both = sei_compose::document::Object::default();
        both.push("document", imported.document);
        both.push("notes", notes);
        let expected = Data::read_from(&path(&format!("{stem}.expected.json")), None);
        let all = write_pretty(&Value::Object(both)) + "\n";
        Assert::new().action_env("SNAPSHOTS").eq(all, expected.raw());
    }
}

#[test]
fn the_run_of_each_tool_has_no_error_with_its_instance() {
    for (_, stem, has_jobs) in TOOLS {
        let document = with_instance(&imported_from(stem, has_jobs).document);
        let problems = check(&document, &Context::default());
        let errors: Vec<_> = problems.iter().filter(|one| one.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{stem}: {errors:?}");
        let fields =
            ["pipeline", "job_full_name", "result", "start_time", "duration", "build_number", "job_run"];
        for field in fields.into_iter().chain(["branch_name", "scm_commit_ids", "repo_url", "user_id"]) {
            assert!(document.as_object().unwrap().contains(field), "{stem}: {field}");
        }
    }
}

#[test]
fn a_run_and_its_jobs_can_be_in_one_text() {
    for (_, stem, _) in TOOLS.into_iter().filter(|(_, _, has_jobs)| *has_jobs) {
        let (run, jobs) = (text(&format!("{stem}.json")), text(&format!("{stem}.jobs.json")));
        let expected = imported_from(stem, true);
        assert_eq!(import(&format!("{run}{jobs}")).unwrap(), expected, "{stem}");
        if read(&jobs).is_ok() {
            assert_eq!(import(&format!("[{run},{jobs}]")).unwrap(), expected, "{stem}");
            assert_eq!(import(&format!("{{\"a\":{run},\"b\":{jobs}}}")).unwrap(), expected, "{stem}");
            assert_eq!(import(&format!("{{\"jobs\":{jobs},\"run\":{run}}}")).unwrap(), expected, "{stem}");
        }
    }
}

#[test]
fn jobs_alone_give_their_fields_and_name_the_missing_ones() {
    for (tool, stem, _) in TOOLS.into_iter().filter(|(_, _, has_jobs)| *has_jobs) {
        let imported = import(&text(&format!("{stem}.jobs.json"))).unwrap();
        assert_eq!(imported.kind, ImportKind::Run(tool), "{stem}");
        assert!(member(&imported, "job_run").is_some(), "{stem}");
        let missing = imported.notes.iter().find(|note| note.starts_with("Not in the input: "));
        assert!(missing.unwrap().contains("result") || member(&imported, "result").is_some(), "{stem}");
    }
    let numbered = import(&text("github.json")).unwrap().notes.concat();
    assert!(numbered.contains("build_number is the id of the run, not its number "), "{numbered}");
    let github = import(&text("github.jobs.json")).unwrap();
    assert!(!github.notes.concat().contains("not its number"));
    assert_eq!(word(&github, "pipeline"), Some("Release"));
}

#[test]
fn an_unfinished_run_has_no_result_and_a_note() {
    let run = text("github.json").replace("\"completed\"", "\"in_progress\"").replace("\"success\"", "null");
    let imported = import(&run).unwrap();
    assert_eq!((member(&imported, "result"), member(&imported, "duration")), (None, None));
    assert!(imported.notes[0].starts_with("This run is not over: GitHub Actions says “in_progress”."));
    let building = text("jenkins.json").replace("\"UNSTABLE\"", "null");
    let imported = import(&building).unwrap();
    assert_eq!((member(&imported, "result"), member(&imported, "duration")), (None, None));
}

#[test]
fn unknown_words_are_kept_and_reported() {
    let run = text("gitlab.json").replace("\"failed\"", "\"melted\"");
    let jobs = text("gitlab.jobs.json").replace("\"failed\"", "\"frozen\"");
    let imported = import_with_jobs(&run, &jobs).unwrap();
    assert_eq!(word(&imported, "result"), Some("melted"));
    assert!(imported.notes[0].contains("“melted”"), "{:?}", imported.notes);
    assert!(imported.notes[1].contains("frozen"), "{:?}", imported.notes);
    assert!(write_compact(&imported.document).contains("\"result\":\"frozen\""));
}

#[test]
fn no_secret_of_a_run_is_imported() {
    let imported = imported_from("jenkins", true);
    assert_eq!(word(&imported, "repo_url"), Some("https://git.example.com/acme/shop.git"));
    let all = write_compact(&imported.document);
    assert!(!all.contains("s3cret") && !all.contains("TOKEN"), "{all}");
    assert!(imported.notes.iter().any(|note| note.contains("TOKEN is not imported")), "{:?}", imported.notes);
}

#[test]
fn each_stage_has_its_own_id() {
    let run = text("drone.json").replace("\"number\": 2,", "\"number\": 1,");
    let document = with_instance(&import(&run).unwrap().document);
    let problems = check(&document, &Context::default());
    assert!(!problems.iter().any(|problem| problem.severity == Severity::Error), "{problems:?}");
    assert!(write_compact(&document).contains(r#""id":"2","displayName":"test""#));
}

#[test]
fn a_payload_with_field_names_of_a_tool_stays_a_payload() {
    for (_, stem, _) in TOOLS {
        let mut run = read(&text(&format!("{stem}.json"))).unwrap().as_object().unwrap().clone();
        run.put("job_full_name", "shop/web");
        let payload = write_compact(&Value::Object(run));
        let imported = import(&payload).unwrap();
        assert_eq!(imported.kind, ImportKind::Payload, "{stem}");
        assert_eq!(write_compact(&imported.document), payload);
    }
}

#[test]
fn the_newest_finished_run_of_several_is_imported_with_a_note() {
    let run = text("gitlab.json");
    let other = run.replace("287", "286");
    for all in [
        format!("[{run},{other}]"),
        format!("{run}{other}"),
        format!("{{\"total_count\":2,\"runs\":[{run},{other}]}}"),
    ] {
        let imported = import(&all).unwrap();
        assert!(
            imported.notes[0].starts_with("The input has 2 runs. Imported the newest finished run: 144.")
        );
        assert!(word(&imported, "web_url").unwrap().ends_with("/287"));
    }
}

#[test]
fn ten_thousand_jobs_are_read_in_linear_time() {
    let job = |id: usize| {
        format!(
            "{{\"id\":{id},\"name\":\"a\",\"stage\":\"s{id}\",\"status\":\"x{id}\",\"ref\":\"main\",\"pipeline\":{{\"id\":287}}}}"
        )
    };
    let jobs: Vec<_> = (0..10_000).map(job).collect();
    let imported = import_with_jobs(&text("gitlab.json"), &format!("[{}]", jobs.join(","))).unwrap();
    let stages = member(&imported, "job_run").unwrap().as_object().unwrap().get("stages").unwrap();
    assert_eq!(stages.as_array().unwrap().len(), 10_000);
    assert_eq!(imported.notes[0].matches(", ").count(), 7, "a few unknown words are reported");
}

#[test]
fn jobs_that_belong_to_no_run_are_refused() {
    assert_eq!(import_with_jobs("{\"pipeline\":\"a\"}", "[]").unwrap_err(), ImportError::NoTool(None));
    let fault = import_with_jobs(&text("github.json"), "{\"jobs\": [").unwrap_err();
    assert!(fault.to_string().starts_with("the jobs: line 1"), "{fault}");
}

#[test]
fn a_run_with_a_syntax_error_is_repaired_like_any_other_text() {
    let imported = import(&text("github.json").replace("\n}", ",\n}")).unwrap();
    assert_eq!(imported.kind, ImportKind::Run(CiTool::GitHub));
    assert_eq!(imported.repairs.len(), 1);
}

/// Values that no tool would write.
const HOSTILE: [&str; 14] = [
    "null",
    "true",
    "\"\"",
    "\"x\"",
    "[]",
    "{}",
    "[[[{}]]]",
    "-1",
    "0.5",
    "9223372036854775807",
    "-9223372036854775808",
    "1e400",
    "\"9999-12-31T23:59:59.999999999Z\"",
    "\"-00:00\\u0000\\u202e%zz%\"",
];

/// Replaces values, or removes members.
fn changed(value: &Value, at: &mut impl FnMut() -> u32) -> Value {
    let roll = at();
    if roll.is_multiple_of(8) {
        let hostile = HOSTILE.get(roll as usize / 8 % HOSTILE.len()).unwrap();
        return read(hostile).unwrap();
    }
    match value {
        Value::Array(items) => {
            let mut items: Vec<_> = items.iter().map(|item| changed(item, at)).collect();
            if roll % 8 == 1 {
                items.extend(items.clone());
            }
            Value::Array(items)
        }
        Value::Object(object) => {
            let mut members = Vec::new();
            for (key, member) in object.iter() {
                if !at().is_multiple_of(16) {
                    members.push((key.to_owned(), changed(member, at)));
                }
            }
            Value::Object(members.into_iter().collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_runs_are_read_or_refused(
        tool in 0..TOOLS.len(), rolls in prop::collection::vec(any::<u32>(), 1..300), swap in any::<bool>(),
    ) {
        let (_, stem, has_jobs) = TOOLS[tool];
        let mut rolls = rolls.into_iter().cycle();
        let mut at = || rolls.next().unwrap();
        let mut mutate = |name: String| {
            let all: Vec<_> = text(&name).split("\n}\n{").map(str::to_owned).collect();
            let whole = if all.len() == 1 { all[0].clone() } else { format!("{}\n}}", all[0]) };
            write_compact(&changed(&read(&whole).unwrap(), &mut at))
        };
        let run = mutate(format!("{stem}.json"));
        let jobs = if has_jobs { mutate(format!("{stem}.jobs.json")) } else { "[]".to_owned() };
        let (first, second) = if swap { (&jobs, &run) } else { (&run, &jobs) };
        for imported in [import(first), import(&format!("{run}\n{jobs}")), import_with_jobs(first, second)] {
            let Ok(imported) = imported else { continue };
            let again = read(&write_compact(&imported.document));
            prop_assert_eq!(again.as_ref(), Ok(&imported.document));
            if matches!(imported.kind, ImportKind::Run(_)) {
                let problems = check(&with_instance(&imported.document), &Context::default());
                let stage = problems.iter().find(|problem| {
                    ["stage-id-missing", "id-duplicate", "stage-duration-missing"].contains(&problem.code)
                });
                prop_assert!(stage.is_none(), "{:?}", stage);
            }
        }
    }
}
