//! `simulate` and `profile`: the report, its JSON, the journal, profiles and pairs.

use sei_compose::document::{Value, read};
use snapbox::str;

use super::{Home, asset, stdout};
use crate::sandbox::known;

const BUILD: &str = include_str!("../../simulation/dora-ci.json");
const DEPLOYMENT: &str = include_str!("../../simulation/dora-cd.json");

impl Home {
    /// The JSON that a simulation prints.
    fn simulated(&self, arguments: &[&str]) -> Value {
        let all = ["simulate"].iter().chain(arguments).chain(&["--format", "json"]).copied();
        read(&stdout(&self.command(all).assert().success())).unwrap()
    }
}

/// The member at a pointer as JSON text; empty if absent.
fn at(json: &Value, pointer: &str) -> String {
    let found = json.get(&pointer.parse().unwrap());
    found.map_or_else(String::new, sei_compose::document::write_compact)
}

#[test]
fn the_report_is_short_and_aligned() {
    let home = Home::new();
    home.put("cd.json", DEPLOYMENT);
    home.command(["simulate", "cd.json"]).assert().success().stdout_eq(str![[r#"
Stored: bank/payments/deploy-production #88
  ✓  Run        stored as a new run
  ✓  Stages     1 of 1
  ✓  Artifacts  1 of 1
     Ends       2026-01-06 10:01:06 UTC (1m 6s)

Lost: nothing

Counts
  ?  Deployments      depends: The run counts if the profile's filters accept its status “SUCCESS”,
                      instance “Bank CI”, job “bank/payments/deploy-production”. ci and cd have no
                      effect.
  ?  Change failures  depends: The run counts in the total if the profile's deployment filters
                      accept it, and as a failure if its failure filters do. Filters compare the
                      exact status, here “SUCCESS”.
  ?  Lead time        depends: The run counts if the profile's filters accept it and SEI's source
                      control integration has its 1 commit. The history of an integration usually
                      reaches back 30 days.

Pairs
  ✓  Artifact 1  “payments-service:2026.1.6-512” pairs by name+qualifier+location or by hash

Changed: 1 value
     duration  66500 → 66000, cut to whole seconds

Job after this run
     pipeline      “payments-deploy”
     repo_url      “https://git.bank.example/payments/service…”
     branch_name   “main”
     scm_user_id   “iduarte”
     instance_url  “https://ci.bank.example”

"#]]);
}

#[test]
fn the_report_names_each_loss_with_its_place_and_rule() {
    let home = Home::new();
    let run = DEPLOYMENT
        .replace("1767693600000", "1767693600")
        .replace(r#""id": "1", "displayName""#, r#""displayName""#);
    home.put("cd.json", &run);
    home.command(["simulate", "cd.json"]).assert().success().stdout_eq(str![[r#"
Stored: bank/payments/deploy-production #88
  ✓  Run        stored as a new run
  ✗  Stages     0 of 1
  ✓  Artifacts  1 of 1
     Ends       1970-01-21 11:02:39.600 UTC (1m 6s)

Lost: 2 causes
  ✗  stages  “Roll out” has no id: this stage is lost.
             /job_run/stages/0/id stage-id-missing
  ✗  field   The run starts at 1970-01-21 11:01:33.600 UTC: no current report includes the run.
             /start_time start-time-unit

Counts
  ✗  Deployments      no: The run starts at 1970-01-21 11:01:33.600 UTC: no current report includes
                      the run.
  ✗  Change failures  no: The run starts at 1970-01-21 11:01:33.600 UTC: no current report includes
                      the run.
  ✗  Lead time        no: The run starts at 1970-01-21 11:01:33.600 UTC: no current report includes
                      the run.

Pairs
  ✓  Artifact 1  “payments-service:2026.1.6-512” pairs by name+qualifier+location or by hash

Changed: 1 value
     duration  66500 → 66000, cut to whole seconds

Job after this run
     pipeline      “payments-deploy”
     repo_url      “https://git.bank.example/payments/service…”
     branch_name   “main”
     scm_user_id   “iduarte”
     instance_url  “https://ci.bank.example”

"#]]);
}

#[test]
fn the_json_has_the_documented_members() {
    let home = Home::new();
    home.put("cd.json", &DEPLOYMENT.replace("\"name\": \"payments-service\",", ""));
    let json = home.simulated(&["cd.json"]);
    assert_eq!(at(&json, "/identity/build_number"), "88");
    assert_eq!(at(&json, "/identity/status"), "\"new\"");
    assert_eq!(at(&json, "/stored/run"), "true");
    assert_eq!([at(&json, "/stored/stages"), at(&json, "/stored/artifacts")], ["1", "0"]);
    assert_eq!(at(&json, "/changes/0/pointer"), "\"/duration\"");
    assert_eq!([at(&json, "/changes/0/sent"), at(&json, "/changes/0/stored")], ["66500", "66000"]);
    assert_eq!(at(&json, "/losses/0/loss"), "\"artifacts\"");
    assert_eq!(at(&json, "/losses/0/pointer"), "\"/artifacts/0/name\"");
    for metric in ["deployment_frequency", "change_failure_rate", "lead_time"] {
        assert_eq!(at(&json, &format!("/counts/{metric}/answer")), "\"depends\"");
        assert!(!at(&json, &format!("/counts/{metric}/because")).is_empty());
    }
    assert_eq!(at(&json, "/pairs"), "", "nothing is known about pairs");
}

#[test]
fn drafts_and_other_inputs_of_import_are_simulated_too() {
    let home = Home::new();
    home.put(
        "data/drafts/nightly.json",
        &format!(r#"{{"format":"sei-compose-draft","version":1,"name":"nightly","document":{BUILD}}}"#),
    );
    assert_eq!(at(&home.simulated(&["data/drafts/nightly.json"]), "/identity/build_number"), "512");
    let body = BUILD.replace('\'', "");
    home.put("curl.txt", &format!("curl https://app.harness.io/gratis/sei/api/v1/custom-cicd -d '{body}'"));
    assert_eq!(at(&home.simulated(&["curl.txt"]), "/identity/build_number"), "512");
    home.put("no.txt", "no run at all");
    home.command(["simulate", "no.txt"]).assert().code(1).stdout_eq("");
}

#[test]
fn a_run_in_the_journal_makes_a_repeat_decides_job_values_and_pairs() {
    let (home, sandbox) = (Home::new(), known::start());
    home.put("config/config.toml", &format!("[environments.local]\nbase = \"{}\"\n", sandbox.url()));
    let run = asset("samples/ci-run.json");
    home.put("run.json", &run);
    let send = ["send", "run.json", "--env", "local", "--yes", "--force-warnings"];
    home.command(send).env("HARNESS_SEI_API_KEY", "any").assert().success();
    let again = home.simulated(&["run.json", "--env", "local"]);
    assert_eq!([at(&again, "/identity/status"), at(&again, "/stored/run")], ["\"repeat\"", "false"]);
    assert_eq!(at(&again, "/losses/0/code"), "\"run-already-sent\"");
    assert_eq!(at(&home.simulated(&["run.json"]), "/identity/status"), "\"new\"", "in another environment");
    let next = run.replace("1482", "1483").replace("\"branch_name\": \"main\",", "");
    home.put("next.json", &next);
    let next = home.simulated(&["next.json", "--env", "local"]);
    assert_eq!(at(&next, "/identity/status"), "\"new\"");
    assert_eq!(at(&next, "/losses/0/pointer"), "\"/branch_name\"");
    assert_eq!([at(&next, "/pairs/answer"), at(&next, "/pairs/by")], ["true", "\"name+qualifier+location\""]);
}

#[test]
fn two_runs_are_compared_and_a_caret_marks_the_difference() {
    let home = Home::new();
    home.put("ci.json", BUILD);
    home.put("cd.json", DEPLOYMENT);
    let paired = home.simulated(&["cd.json", "--pair", "ci.json"]);
    assert_eq!(at(&paired, "/pairs/answer"), "true");
    assert_eq!(at(&paired, "/pairs/by"), "\"name+qualifier+location\"");
    let spoiled = DEPLOYMENT.replace("images.bank.example/payments\"", "images.bank.example/Payments\"");
    home.put("cd.json", &spoiled.replace("9a1f0c5be", "9a1f0c5bf"));
    let other = home.simulated(&["cd.json", "--pair", "ci.json"]);
    assert_eq!(at(&other, "/pairs/answer"), "false");
    assert_eq!(at(&other, "/pairs/difference/position"), "20");
    let report = stdout(&home.command(["simulate", "cd.json", "--pair", "ci.json"]).assert().success());
    let part = report.split_once("Pair with").unwrap().1;
    snapbox::assert_data_eq!(
        part,
        str![[r#"
 ci.json: no
  ✗  The location differs. SEI pairs by name and qualifier alone only if your account turned that
     on.
     this run    images.bank.example/Payments
     other run   images.bank.example/payments
                                     ^
     Fix: copy the identity of the other run:
       /artifacts/0/location = “images.bank.example/payments”

"#]]
    );
}

#[test]
fn a_profile_decides_where_the_run_counts() {
    let home = Home::new();
    home.put("cd.json", DEPLOYMENT);
    home.put("config/profile.toml", "[deployment_frequency]\nstatus = [\"success\"]\n");
    let json = home.simulated(&["cd.json"]);
    assert_eq!(at(&json, "/counts/deployment_frequency/answer"), "\"no\"");
    let checked = stdout(&home.run(["check", "cd.json"]));
    let hint = "hint[profile-excludes]: The run does not count as a deployment. The status is “SUCCESS”, and the \
                profile wants “success”. Upper and lower case differ.";
    assert!(checked.contains(hint), "{checked}");
    assert_eq!(at(&json, "/counts/deployment_frequency/pointer"), "\"/result\"");
    home.put("own.toml", "[deployment_frequency]\nstatus = [\"SUCCESS\"]\n");
    let json = home.simulated(&["cd.json", "--profile", "own.toml"]);
    assert_eq!(at(&json, "/counts/deployment_frequency/answer"), "\"yes\"");
    home.put("config/config.toml", "[environments.eu.profile.deployment_frequency]\njob = [\"other\"]\n");
    let json = home.simulated(&["cd.json", "--env", "eu"]);
    assert!(at(&json, "/counts/deployment_frequency/because").contains("The job is"));
}

#[test]
fn a_faulty_profile_is_reported_and_does_not_block() {
    let home = Home::new();
    home.put("cd.json", DEPLOYMENT);
    home.put("config/profile.toml", "[deployment_frequency]\n\nstatus = 5\n");
    home.command(["simulate", "cd.json", "--format", "json"]).assert().success().stderr_eq(str![[r#"
note: [HOME]/config/profile.toml:3: status should be a list of texts, such as ["SUCCESS"], not 5.
The profile is not used.

"#]]);
    home.command(["render", "cd.json", "--as", "compact"]).assert().success().stderr_eq("");
    // A file that is named on the command line must be usable.
    let named = ["simulate", "cd.json", "--profile", "config/profile.toml"];
    home.command(named).assert().code(2).stderr_eq(str![[r#"
sei-compose: config/profile.toml:3: status should be a list of texts, such as ["SUCCESS"], not 5.

"#]]);
}

#[test]
fn the_filters_of_a_team_become_the_profile() {
    let home = Home::new();
    home.command(["profile", "show"]).assert().success().stdout_eq("").stderr_eq(str![[r#"
No profile: [HOME]/config/profile.toml does not exist. `sei-compose profile import FILE` reads the filters of an SEI 2.0 team; docs/simulation.md describes the file.

"#]]);
    home.put(
        "filters.json",
        r#"{"groupedFilters":{"CD":[
            {"filterKey":"PROJECT","operator":"EQUALS","values":["payments"],"applicableMetrics":["DF","CFR"]},
            {"filterKey":"ENVIRONMENT","operator":"EQUALS","values":["prod"],"applicableMetrics":["CFR"]}]}}"#,
    );
    home.command(["profile", "import", "filters.json"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
kind = "teams"

[deployment_frequency]
project = ["payments"]

[change_failure_rate.total]
project = ["payments"]
environment = ["prod"]

"#]])
        .stderr_eq(str![[r#"
Saved as [HOME]/config/profile.toml.
note: 1 filter never matches a custom run: environment.

"#]]);
    home.command(["profile", "show"]).assert().success().stdout_eq(str![[r#"
deployment_frequency: project is payments
change_failure_rate.total: project is payments
change_failure_rate.total: environment is prod

"#]]);
    home.command(["profile", "import", "filters.json"]).assert().code(2).stderr_eq(str![[r#"
sei-compose: [HOME]/config/profile.toml exists. Add --yes to replace the profile, or remove the file first.

"#]]);
    home.command(["profile", "import", "filters.json", "--yes"]).assert().success();
    home.put("other.json", "{}");
    home.command(["profile", "import", "other.json", "--yes"]).assert().code(2).stderr_eq(str![[r#"
sei-compose: other.json:1: The JSON has no “groupedFilters”: save the reply of GET v2/teams/TEAM/integration_filters.

"#]]);
}

#[test]
fn a_key_in_the_run_is_not_printed() {
    const KEY: &str = "planted-key-0123456789abcdef";
    let home = Home::new();
    let run = DEPLOYMENT.replace("ines.duarte", KEY).replace("payments-service", KEY);
    home.put("cd.json", &run);
    home.put("ci.json", BUILD);
    for format in ["human", "json"] {
        let arguments = ["simulate", "cd.json", "--pair", "ci.json", "--format", format];
        let ended = home.command(arguments).env("HARNESS_SEI_API_KEY", KEY).assert().success();
        let printed = format!("{}{}", stdout(&ended), String::from_utf8_lossy(&ended.get_output().stderr));
        assert!(!printed.contains(KEY.get(..12).unwrap()), "{printed}");
    }
}

/// Profiles and whether the schema accepts them; so does the reader.
const PROFILES: [(&str, bool); 12] = [
    ("", true),
    ("kind = \"teams\"\n[deployment_frequency]\nstatus = [\"SUCCESS\"]\n", true),
    ("[deployment_frequency]\nstatus = \"SUCCESS\"\ncfr_status = true\n", true),
    ("[lead_time]\nstatus = { is_not = [\"ABORTED\"] }\nservice = [\"a\"]\n", true),
    ("[change_failure_rate.total]\n[change_failure_rate.failures]\nstatus = [\"FAILURE\"]\n", true),
    ("kind = \"profile\"\n", false),
    ("name = \"a\"\n", false),
    ("[deployment_frequency]\nstatus = 5\n", false),
    ("[deployment_frequency]\nstatus = [5]\n", false),
    ("[deployment_frequency]\ncfr_status = \"yes\"\n", false),
    ("[change_failure_rate.all]\n", false),
    ("deployment_frequency = 5\n", false),
];

#[test]
fn the_schema_of_a_profile_and_its_reader_accept_the_same_files() {
    let home = Home::new();
    home.put("cd.json", DEPLOYMENT);
    let schema = serde_json::from_str(&stdout(&home.run(["schema", "profile"]).success())).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (text, is_valid) in PROFILES {
        let file: serde_json::Value = toml_edit::de::from_str(text).unwrap();
        assert_eq!(validator.is_valid(&file), is_valid, "schema: {text}");
        home.put("profile.toml", text);
        let ended = home.run(["simulate", "cd.json", "--profile", "profile.toml"]);
        assert_eq!(ended.get_output().status.success(), is_valid, "reader: {text}");
    }
}
