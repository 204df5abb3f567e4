//! `render`, `guid --local`, `schema`, `fields`, `env`, `completions` and `man`.

use sei_compose::document::{read, write_compact, write_pretty};
use sei_compose::wire::built_in;
use snapbox::str;

use super::{Home, asset, stdout};

const RUN: &str = r#"{"pipeline":"it's","build_number":4487150517,"x":1.10}"#;

#[test]
fn a_payload_is_rendered_in_six_forms() {
    let home = Home::new();
    home.put("config/config.toml", "default_environment = \"prod2\"\n");
    let render = |form: &str| home.command(["render", "-", "--as", form]).stdin(RUN).assert().success();
    let pretty = "{\n  \"pipeline\": \"it's\",\n  \"build_number\": 4487150517,\n  \"x\": 1.10\n}\n";
    render("pretty").stdout_eq(pretty);
    render("compact").stdout_eq(format!("{RUN}\n"));
    render("wrapped").stdout_eq(str![[r#"
{"request_type":"JenkinsPluginJobRunComplete","payload":"{\"pipeline\":\"it's\",\"build_number\":4487150517,\"x\":1.10}"}

"#]]);
    render("legacy").stdout_eq(str![[r#"
{
  "job_name": "it's",
  "build_number": 4487150517,
  "x": 1.10
}

"#]]);
    render("http").stdout_eq(str![[r#"
POST /gratis/sei/api/v1/custom-cicd HTTP/1.1
Host: app.harness.io
Authorization: ApiKey ••••••
Content-Type: application/json
Accept: application/json
Accept-Encoding: gzip
User-Agent: sei-compose/0.1.0
Content-Length: 54

{"pipeline":"it's","build_number":4487150517,"x":1.10}

"#]]);
    render("curl").stdout_eq(str![[r#"
curl --request POST 'https://app.harness.io/gratis/sei/api/v1/custom-cicd' \
  --header "Authorization: ApiKey $HARNESS_SEI_API_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{"pipeline":"it'\''s","build_number":4487150517,"x":1.10}'

"#]]);
}

#[test]
fn the_request_to_each_built_in_environment_shows_its_address_and_scheme() {
    let home = Home::new();
    for environment in built_in() {
        let ended =
            home.command(["render", "-", "--as", "http", "--env", &environment.id]).stdin(RUN).assert();
        let request = stdout(&ended.success());
        let url = environment.run_url().replacen(":0/", ":PORT/", 1);
        let (host, path) = url.split_once("://").unwrap().1.split_once('/').unwrap();
        assert!(request.starts_with(&format!("POST /{path} HTTP/1.1\nHost: {host}\n")), "{request}");
        assert!(request.contains(&format!("\nAuthorization: {} ", environment.scheme.word())), "{request}");
    }
}

#[test]
fn another_host_is_used_for_one_run_by_option_or_variable() {
    let home = Home::new();
    let base = "https://sei.example.com/api/";
    let ended =
        home.command(["render", "-", "--as", "http", "--base-url", base]).stdin(RUN).assert().success();
    assert!(stdout(&ended).starts_with("POST /api/v1/custom-cicd HTTP/1.1\nHost: sei.example.com\n"));
    let command = home.command(["render", "-", "--as", "http"]).stdin(RUN);
    let ended = command.env("SEI_COMPOSE_BASE_URL", base).assert().success();
    assert!(stdout(&ended).contains("Host: sei.example.com\n"));
    let plain = ["render", "-", "--as", "http", "--base-url", "http://sei.example.com"];
    home.command(plain).stdin(RUN).assert().code(2).stdout_eq("");
}

#[test]
fn a_pinned_random_source_gives_the_same_local_guid() {
    let home = Home::new();
    home.run(["guid", "--local"]).success().stdout_eq(str![[r#"
b89cce27-9e7f-4f80-bf01-489c302043b7

"#]]);
}

#[test]
fn the_schema_is_printed_as_in_the_assets() {
    let printed = stdout(&Home::new().run(["schema"]).success());
    assert_eq!(printed, asset("job-run.schema.json"));
}

#[test]
fn a_field_is_explained_by_path_or_by_name() {
    let home = Home::new();
    home.run(["fields", "/job_run/stages/0/durationInMillis"]).success().stdout_eq(str![[r#"
Field       durationInMillis
Part of     stage
Also in     step
Label       Duration
Type        whole number
Required    yes
Sample      180000
Known from  known behavior of the backend (seen)

How long the stage took, in milliseconds. SEI cannot store a stage without it.

"#]]);
    let explained = |path: &str| stdout(&home.run(["fields", path]).success());
    assert_eq!(explained("start_time"), explained("/start_time"));
    assert_eq!(explained("job_name"), explained("pipeline"));
    assert_eq!(explained("artifacts.0.qualifier"), explained("qualifier"));
    home.run(["fields", "start_tiem"]).code(2).stderr_eq(str![[r#"
sei-compose: Unknown field “start_tiem”. Did you mean “start_time”? `sei-compose fields` lists all fields.

"#]]);
}

#[test]
fn every_field_of_the_catalog_is_listed() {
    let listed = stdout(&Home::new().run(["fields"]).success());
    for (_, record) in sei_compose::catalog::catalog().records() {
        for field in &record.fields {
            assert!(listed.lines().any(|line| line.split(' ').next() == Some(&field.name)), "{}", field.name);
        }
    }
}

#[test]
fn environments_are_listed_with_custom_ones() {
    let home = Home::new();
    let own = "default_environment = \"mine\"\n[environments.mine]\nbase = \"https://sei.example.com\"\n";
    home.put("config/config.toml", &format!("{own}key_variable = \"MINE_KEY\"\nprotected = true\n"));
    let listed = stdout(&home.run(["env", "list"]).success());
    assert_eq!(listed, stdout(&home.run(["env"]).success()));
    let sandbox = stdout(&home.run(["env", "show", "sandbox"]).success());
    assert!(sandbox.contains("http://127.0.0.1:PORT, port chosen at start"), "{sandbox}");
    assert_eq!(listed.lines().count(), built_in().len() + 2);
    let shown = home.command(["env", "show", "MINE"]).env("MINE_KEY", "planted-key").assert().success();
    shown.stdout_eq(str![[r#"
Id           mine
Label        mine
Base         https://sei.example.com
Job runs     https://sei.example.com/v1/custom-cicd
Instances    https://sei.example.com/v1/cicd/instances
Scheme       ApiKey
Format       flat
Field names  unchanged
Protected    yes
Retired      no
Key          MINE_KEY, set
CA file      -
Note         Your own.

"#]]);
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let home = Home::new();
    for arguments in
        [["completions", "bash"].as_slice(), &["completions", "zsh"], &["completions", "fish"], &["man"]]
    {
        let printed = stdout(&home.run(arguments.iter().copied()).success());
        for command in ["check", "render", "send", "guid", "sandbox", "drafts"] {
            assert!(printed.contains(command), "{arguments:?} {command}");
        }
    }
}

#[test]
fn the_samples_have_their_intended_problems() {
    let home = Home::new();
    let good = home.put("good.json", &asset("samples/ci-run.json"));
    home.run(["check", good, "--strict"]).success().stdout_eq("good.json: no problems\n");
    let first = home.put("first.json", &asset("samples/first-run.json"));
    let report = stdout(&home.run(["check", first, "--format", "json"]).code(1));
    for code in ["missing-field", "start-time-unit", "result-word", "stage-id-missing", "artifact-incomplete"]
    {
        assert!(report.contains(&format!("\"code\":\"{code}\"")), "{code}: {report}");
    }
    for sample in ["samples/ci-run.json", "samples/first-run.json"] {
        let value = read(&asset(sample)).unwrap();
        assert_eq!(read(&write_pretty(&value)).unwrap(), read(&write_compact(&value)).unwrap());
    }
}

#[test]
fn a_key_that_cannot_be_used_is_not_called_set() {
    let home = Home::new();
    for (key, why) in [("planted key", "a space at character 8"), ("ApiKey ", "the key is empty")] {
        let shown = stdout(&home.command(["env", "show", "prod2"]).env("HARNESS_SEI_API_KEY", key).assert());
        assert!(shown.contains("not a usable key") && shown.contains(why), "{shown}");
        assert!(!shown.contains("planted"), "{shown}");
    }
}
