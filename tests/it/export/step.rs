//! Steps of pipelines: their form, and their requests with hostile variables of a CI tool.

use serde_json::Value as Yaml;

use sei_compose::document::{write_compact, write_pretty};
use sei_compose::wire::with_names;

use super::*;

const TOOLS: [ExportTarget; 4] = [
    ExportTarget::GitHubActions,
    ExportTarget::GitLabCi,
    ExportTarget::Jenkins,
    ExportTarget::AzurePipelines,
];

const SH: Shell = ("sh", &[]);

/// The start time of the run that the tools report, in milliseconds.
const BEGAN: i64 = 1_767_603_600_000;

/// The YAML of an export, parsed by a real parser.
fn parsed(text: &str) -> Yaml {
    serde_saphyr::from_str(text).map_err(|fault| format!("{fault}\n{text}")).unwrap()
}

/// The script of a step, as the tool passes it to a shell.
fn script_of(target: ExportTarget, text: &str) -> String {
    if target == ExportTarget::Jenkins {
        let inside = text.split_once("sh '''").unwrap().1;
        let (script, rest) = ungroovy(inside);
        assert!(rest.starts_with("'''") && !rest.contains("sh '''"), "{rest}");
        return script;
    }
    let yaml = parsed(text);
    let at = match target {
        ExportTarget::GitHubActions => "/jobs/report/steps/0/run",
        ExportTarget::GitLabCi => "/.sei-report/script/0",
        ExportTarget::AzurePipelines => "/0/bash",
        ExportTarget::Curl
        | ExportTarget::Shell
        | ExportTarget::Jenkins
        | ExportTarget::Propel
        | ExportTarget::Payload => "",
    };
    yaml.pointer(at).and_then(Yaml::as_str).unwrap().to_owned()
}

/// Reads the content of a Groovy text up to its `'''` and resolves the two possible escapes.
fn ungroovy(text: &str) -> (String, &str) {
    let mut script = String::new();
    let mut rest = text;
    while !rest.starts_with("'''") {
        let mut chars = rest.chars();
        let mut c = chars.next().unwrap();
        if c == '\\' {
            c = chars.next().unwrap();
            assert!(matches!(c, '\\' | '\''), "\\{c} is another escape to Groovy");
        }
        script.push(c);
        rest = chars.as_str();
    }
    (script, rest)
}

/// The variables of a successful run; every text is this one.
fn variables(target: ExportTarget, text: &str) -> Vec<(&'static str, String)> {
    let names: &[&str] = match target {
        ExportTarget::GitHubActions => &[
            "SEI_WORKFLOW",
            "SEI_BRANCH",
            "SEI_COMMIT",
            "SEI_ACTOR",
            "SEI_PAGE",
            "GITHUB_REPOSITORY",
            "GITHUB_SERVER_URL",
        ],
        ExportTarget::GitLabCi => &[
            "CI_PIPELINE_NAME",
            "CI_PROJECT_PATH",
            "CI_COMMIT_BRANCH",
            "CI_COMMIT_SHA",
            "CI_PROJECT_URL",
            "GITLAB_USER_LOGIN",
            "CI_PIPELINE_URL",
        ],
        ExportTarget::Jenkins => {
            &["JOB_NAME", "BRANCH_NAME", "GIT_COMMIT", "GIT_URL", "BUILD_USER_ID", "BUILD_URL"]
        }
        ExportTarget::AzurePipelines => &[
            "BUILD_DEFINITIONNAME",
            "SYSTEM_TEAMPROJECT",
            "BUILD_SOURCEBRANCH",
            "BUILD_SOURCEVERSION",
            "BUILD_REPOSITORY_URI",
            "BUILD_REQUESTEDFOREMAIL",
            "SYSTEM_COLLECTIONURI",
        ],
        ExportTarget::Curl | ExportTarget::Shell | ExportTarget::Propel | ExportTarget::Payload => &[],
    };
    let mut found: Vec<(&str, String)> = names.iter().map(|name| (*name, text.to_owned())).collect();
    let plain: &[(&str, &str)] = match target {
        ExportTarget::GitHubActions => &[
            ("SEI_RUN_ID", "4487150517"),
            ("SEI_CONCLUSION", "success"),
            ("SEI_STARTED", "2026-01-05T09:00:00Z"),
            ("SEI_ENDED", "2026-01-05T09:05:12Z"),
        ],
        ExportTarget::GitLabCi => &[
            ("CI_PIPELINE_IID", "4487150517"),
            ("SEI_OUTCOME", "success"),
            ("CI_PIPELINE_CREATED_AT", "2026-01-05T09:00:00Z"),
        ],
        ExportTarget::Jenkins => &[
            ("BUILD_NUMBER", "4487150517"),
            ("SEI_OUTCOME", "SUCCESS"),
            ("SEI_STARTED", "1767603600000"),
            ("SEI_DURATION", "312000"),
        ],
        ExportTarget::AzurePipelines => &[
            ("BUILD_BUILDID", "4487150517"),
            ("AGENT_JOBSTATUS", "Succeeded"),
            ("SYSTEM_PIPELINESTARTTIME", "2026-01-05 10:00:00+01:00"),
        ],
        ExportTarget::Curl | ExportTarget::Shell | ExportTarget::Propel | ExportTarget::Payload => &[],
    };
    found.extend(plain.iter().map(|(name, value)| (*name, (*value).to_owned())));
    found.push(("HARNESS_SEI_API_KEY", KEY.to_owned()));
    found
}

fn borrowed<'a>(variables: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    variables.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The document with the values of the variables above, without fields that no tool knows.
fn expected(target: ExportTarget, run: &Value, text: &str) -> Value {
    let is = |tools: &[ExportTarget]| tools.contains(&target);
    let name = if is(&[ExportTarget::Jenkins]) { text.rsplit('/').next().unwrap() } else { text };
    let both = format!("{text}/{text}");
    let full_name =
        if is(&[ExportTarget::GitHubActions, ExportTarget::AzurePipelines]) { both.as_str() } else { text };
    let repository = if is(&[ExportTarget::GitHubActions]) { both.as_str() } else { text };
    let of_azure = format!("{text}{text}/_build/results?buildId=4487150517").replace(' ', "%20");
    let page = if is(&[ExportTarget::AzurePipelines]) { of_azure.as_str() } else { text };
    let repository = repository.trim_end_matches('\n');
    let left_out = ["job_run", "artifacts", "job_run_params", "trigger_chain"];
    let members = run.as_object().unwrap().iter().filter(|(key, _)| !left_out.contains(key));
    let known = members.map(|(key, value)| {
        let value = match key {
            "pipeline" | "qualified_name" => Value::from(name),
            "job_full_name" => full_name.into(),
            "result" => "SUCCESS".into(),
            "start_time" => BEGAN.into(),
            "build_number" => 4_487_150_517.into(),
            "user_id" | "branch_name" => text.into(),
            "repo_url" => repository.into(),
            "web_url" => page.into(),
            "scm_commit_ids" => vec![Value::from(text)].into(),
            _ => value.clone(),
        };
        (key.to_owned(), value)
    });
    Value::Object(known.collect())
}

/// The document without its duration, and the duration, which some tools take from the clock.
fn without_duration(run: &Value) -> (Value, i64) {
    let object = run.as_object().unwrap();
    let rest: Object = object
        .iter()
        .filter(|(key, _)| *key != "duration")
        .map(|(key, value)| (key.to_owned(), value.clone()))
        .collect();
    (Value::Object(rest), object.get("duration").unwrap().as_i64().unwrap())
}

/// The request of a step in a shell with these variables.
fn sent(target: ExportTarget, environment: &Environment, run: &Value, shell: Shell, text: &str) -> Output {
    let script = script_of(target, &export(target, environment, run));
    run_in(shell, &script, &borrowed(&variables(target, text)))
}

#[test]
fn a_step_sends_the_document_with_the_values_of_hostile_variables() {
    let (sandbox, environment) = start();
    let run = with_constants(&sample());
    let shells = shells();
    for target in TOOLS {
        for (index, text) in HOSTILE.into_iter().enumerate() {
            let format = if index % 2 == 0 { BodyFormat::Flat } else { BodyFormat::Wrapped };
            let environment = Environment { format, ..environment.clone() };
            let shell = shells.get(index % shells.len()).copied().unwrap();
            let ended = sent(target, &environment, &run, shell, text);
            assert!(ended.status.success(), "{target:?} {shell:?} {text:?}: {}", printed(&ended));
            assert!(!printed(&ended).contains(KEY));
            let arrival = sandbox.received().pop().unwrap();
            assert_eq!(arrival.format, format);
            let (body, duration) = without_duration(&body_of(&arrival));
            let (expected, _) = without_duration(&expected(target, &run, text));
            assert_eq!(write_pretty(&body), write_pretty(&expected), "{target:?} {shell:?}");
            let is_known = matches!(target, ExportTarget::GitHubActions | ExportTarget::Jenkins);
            assert!(if is_known { duration == 312_000 } else { duration > 312_000 }, "{duration}");
        }
    }
}

/// The run with hostile texts in all constant values and under unknown keys.
fn with_constants(run: &Value) -> Value {
    let mut run = run.as_object().unwrap().clone();
    run.put("instance_name", HOSTILE.concat());
    run.put("themes", HOSTILE.iter().map(|text| Value::from(*text)).collect::<Vec<_>>());
    for text in HOSTILE {
        run.push(text, text);
    }
    Value::Object(run)
}

fn body_of(arrival: &sandbox::ReceivedRun) -> Value {
    let body = read(&arrival.body).unwrap();
    match arrival.format {
        BodyFormat::Flat => body,
        BodyFormat::Wrapped => {
            read(body.as_object().unwrap().get("payload").unwrap().as_text().unwrap()).unwrap()
        }
    }
}

#[test]
fn every_step_runs_in_every_shell() {
    let (sandbox, environment) = start();
    for target in TOOLS {
        for shell in shells() {
            let ended = sent(target, &environment, &sample(), shell, HOSTILE[0]);
            assert!(ended.status.success(), "{target:?} {shell:?}: {}", printed(&ended));
        }
    }
    assert_eq!(sandbox.received().len(), TOOLS.len() * shells().len());
}

#[test]
fn yaml_steps_are_valid_yaml_and_hold_no_key_for_any_run() {
    let (_, environment) = start();
    for target in TOOLS {
        for run in [run_of(&HOSTILE), sample(), read("{}").unwrap(), read("[1]").unwrap()] {
            let text = export(target, &environment, &run);
            let script = script_of(target, &text);
            assert!(!text.contains(KEY) && !script.contains("${{") && !script.contains("$[["), "{text}");
            assert!(!script.contains("$(HARNESS") && !script.contains("$(System"), "{text}");
            let odd =
                |c: &char| *c != '\n' && !matches!(c, ' '..='~' | '“' | '”' | '…') && !c.is_alphanumeric();
            assert_eq!(text.chars().find(odd), None, "{target:?}");
        }
    }
}

#[test]
fn the_key_comes_from_a_secret_of_the_tool() {
    let (_, environment) = start();
    let yaml = |target| parsed(&export(target, &environment, &sample()));
    let github = yaml(ExportTarget::GitHubActions);
    let step = github.pointer("/jobs/report/steps/0/env/HARNESS_SEI_API_KEY").unwrap();
    assert_eq!(step, "${{ secrets.HARNESS_SEI_API_KEY }}");
    assert_eq!(github.pointer("/on/workflow_run/workflows/0").unwrap(), "checkout-service");
    let azure = yaml(ExportTarget::AzurePipelines);
    assert_eq!(azure.pointer("/0/env/HARNESS_SEI_API_KEY").unwrap(), "$(HARNESS_SEI_API_KEY)");
    let jenkins = export(ExportTarget::Jenkins, &environment, &sample());
    assert!(jenkins.contains("withCredentials([string(credentialsId:"), "{jenkins}");
    let gitlab = yaml(ExportTarget::GitLabCi);
    for (job, when, outcome) in
        [("sei-report-success", "on_success", "success"), ("sei-report-failure", "on_failure", "failure")]
    {
        let job = gitlab.get(job).unwrap();
        assert_eq!(
            (job["when"].as_str(), job["variables"]["SEI_OUTCOME"].as_str()),
            (Some(when), Some(outcome))
        );
        assert_eq!(job["extends"].as_str(), Some(".sei-report"));
    }
}

#[test]
fn a_result_that_sei_does_not_know_is_not_reported() {
    let (sandbox, environment) = start();
    for (target, variable, word) in [
        (ExportTarget::GitHubActions, "SEI_CONCLUSION", "cancelled"),
        (ExportTarget::GitLabCi, "SEI_OUTCOME", ""),
        (ExportTarget::Jenkins, "SEI_OUTCOME", "ABORTED"),
        (ExportTarget::AzurePipelines, "AGENT_JOBSTATUS", "Canceled"),
    ] {
        let script = script_of(target, &export(target, &environment, &sample()));
        let mut variables = variables(target, "x");
        variables.push((variable, word.to_owned()));
        let ended = run_in(SH, &script, &borrowed(&variables));
        assert!(ended.status.success() && printed(&ended).contains("Not sent"), "{}", printed(&ended));
    }
    assert_eq!(sandbox.received().len(), 0);
}

#[test]
fn a_failed_run_is_reported_in_the_spelling_of_the_draft() {
    let (sandbox, environment) = start();
    let lower = read(&write_compact(&sample()).replace("\"SUCCESS\"", "\"success\"")).unwrap();
    for (target, variable, word) in [
        (ExportTarget::GitHubActions, "SEI_CONCLUSION", "timed_out"),
        (ExportTarget::GitLabCi, "SEI_OUTCOME", "failure"),
        (ExportTarget::Jenkins, "SEI_OUTCOME", "UNSTABLE"),
        (ExportTarget::AzurePipelines, "AGENT_JOBSTATUS", "Failed"),
    ] {
        for (run, spelling) in [(&sample(), "FAILURE"), (&lower, "failure")] {
            let script = script_of(target, &export(target, &environment, run));
            let mut variables = variables(target, "x");
            variables.push((variable, word.to_owned()));
            let ended = run_in(SH, &script, &borrowed(&variables));
            assert!(ended.status.success(), "{}", printed(&ended));
            let body = read(&sandbox.received().pop().unwrap().body).unwrap();
            assert_eq!(body.as_object().unwrap().get("result").unwrap().as_text(), Some(spelling));
        }
    }
}

#[test]
fn an_invalid_start_time_stops_the_step_and_sends_nothing() {
    let (sandbox, environment) = start();
    for (target, variable) in [
        (ExportTarget::GitHubActions, "SEI_STARTED"),
        (ExportTarget::GitLabCi, "CI_PIPELINE_CREATED_AT"),
        (ExportTarget::AzurePipelines, "SYSTEM_PIPELINESTARTTIME"),
    ] {
        for hostile in ["", "soon", "a[$(touch marker)]", "2026-01-05"] {
            let script = script_of(target, &export(target, &environment, &sample()));
            let mut variables = variables(target, "x");
            variables.push((variable, hostile.to_owned()));
            let ended = run_in(SH, &script, &borrowed(&variables));
            assert_eq!(ended.status.code(), Some(1), "{}", printed(&ended));
            assert!(printed(&ended).contains("readable time"), "{}", printed(&ended));
        }
    }
    assert_eq!(sandbox.received().len(), 0);
}

#[test]
fn a_token_in_the_address_of_the_repository_is_removed() {
    let (sandbox, environment) = start();
    for (target, variable) in [
        (ExportTarget::GitLabCi, "CI_PROJECT_URL"),
        (ExportTarget::Jenkins, "GIT_URL"),
        (ExportTarget::AzurePipelines, "BUILD_REPOSITORY_URI"),
    ] {
        let script = script_of(target, &export(target, &environment, &sample()));
        let mut variables = variables(target, "x");
        variables.push((variable, "https://me:to@ken@git.example/shop?a@b".to_owned()));
        assert!(run_in(SH, &script, &borrowed(&variables)).status.success());
        let body = sandbox.received().pop().unwrap().body;
        assert!(body.contains("\"https://git.example/shop?a@b\"") && !body.contains("ken"), "{body}");
    }
}

#[test]
fn empty_fields_are_removed_and_required_ones_added() {
    let (sandbox, environment) = start();
    let run = read(r#"{"jenkins_instance_guid":"g","instance_name":"n","branch_name":"b"}"#).unwrap();
    let environment = Environment { names: FieldNames::Legacy, ..environment };
    let script = script_of(ExportTarget::Jenkins, &export(ExportTarget::Jenkins, &environment, &run));
    let mut variables = variables(ExportTarget::Jenkins, "a/b");
    variables.push(("BRANCH_NAME", String::new()));
    let ended = run_in(SH, &script, &borrowed(&variables));
    assert!(ended.status.success(), "{}", printed(&ended));
    assert_eq!(
        sandbox.received().pop().unwrap().body,
        r#"{"jenkins_instance_guid":"g","jenkins_instance_name":"n","job_name":"b","job_full_name":"a/b","job_normalized_full_name":"b","result":"SUCCESS","start_time":1767603600000,"duration":312000,"build_number":4487150517}"#
    );
    assert!(with_names(&run, FieldNames::Legacy).as_object().unwrap().contains("jenkins_instance_name"));
}

#[test]
fn a_step_without_a_guid_asks_for_it_and_sends_nothing() {
    let (sandbox, environment) = start();
    for run in [r#"{"pipeline":"x"}"#, r#"{"instance_guid":" "}"#, r#"{"instance_guid":null}"#] {
        for target in TOOLS {
            let ended = sent(target, &environment, &read(run).unwrap(), SH, "x");
            assert_eq!(ended.status.code(), Some(1));
            assert!(printed(&ended).contains("The GUID of the instance is missing"), "{}", printed(&ended));
        }
    }
    assert_eq!(sandbox.received().len(), 0);
}
