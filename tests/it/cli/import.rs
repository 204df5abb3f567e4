//! `import` of texts that are not a payload yet, and the other commands on them.

use snapbox::str;

use super::{Home, good_run, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

/// A command with a trailing comma, a legacy name, a key and a cookie.
fn pasted() -> String {
    let body = good_run().replace("\"pipeline\"", "\"job_name\"").replace("\"ci\": true", "\"ci\": true,");
    format!(
        "$ curl https://app.harness.io/gratis/sei/api/v1/custom-cicd \\\n  -H 'Authorization: ApiKey {KEY}' \\\n  \
         -H 'Cookie: session={KEY}' \\\n  --data '{body}'\n"
    )
}

#[test]
fn a_faulty_command_gives_the_document_and_what_was_repaired() {
    let home = Home::new();
    let ended = home.command(["import", "-"]).stdin(pasted()).assert().success();
    assert_eq!(stdout(&ended), good_run() + "\n");
    ended.stderr_eq(str![[r#"
repaired: line 14, column 13: a trailing comma was removed (,)
repaired: 1 legacy name became current: job_name → pipeline
note: Not imported: a cookie.
found input: a curl command
found environment: prod2
found: a key for https://app.harness.io, which is not saved: enter the key in the app, or set its variable before you start the program

"#]]);
}

#[test]
fn a_key_in_the_input_is_in_no_file_and_no_output() {
    let home = Home::new();
    let ended = home.command(["import", "--save", "one"]).stdin(pasted()).assert().success();
    let draft = std::fs::read_to_string(home.path("data/drafts/one.json")).unwrap();
    assert!(draft.contains("\"environment\": \"prod2\""), "{draft}");
    for command in ["import", "check", "render"] {
        let broken = pasted().replace("\"result\":", "\"result\" ?");
        for text in [pasted(), broken] {
            let ended = home.command([command, "-"]).stdin(text).assert();
            assert!(!(stdout(&ended) + &stderr(&ended)).contains(KEY), "{command}");
        }
    }
    assert!(!(draft + &stdout(&ended) + &stderr(&ended)).contains(KEY));
}

#[test]
fn a_repaired_input_is_sent_only_after_a_confirmation() {
    let home = Home::new();
    let send = |more: &[&str]| {
        let arguments =
            ["send", "-", "--base-url", "http://127.0.0.1:9"].into_iter().chain(more.iter().copied());
        let ended = home.command(arguments).env("HARNESS_SEI_API_KEY", KEY).stdin(pasted()).assert();
        (ended.get_output().status.code(), stderr(&ended))
    };
    let (code, said) = send(&[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("repaired: line 14") && said.contains("The input was repaired"), "{said}");
    assert_eq!(send(&["--yes"]).0, Some(4));
    assert_eq!(send(&["--dry-run"]).0, Some(0));
}

#[test]
fn check_calls_json_with_faults_an_error_and_says_that_it_can_be_repaired() {
    let home = Home::new();
    let text = good_run().replace("\"ci\": true", "\"ci\": true,");
    let ended = home.command(["check", "-"]).stdin(text).assert().code(1);
    assert!(stdout(&ended).starts_with("error[syntax]"), "{}", stdout(&ended));
    ended.stderr_eq(str![[r#"
note: The text is readable after 1 kind of repair; `sei-compose import` lists them and prints the payload.

"#]]);
    let ended = home.command(["check", "-"]).stdin(pasted()).assert().success();
    assert_eq!(stdout(&ended), "standard input: no problems\n");
}

#[test]
fn a_file_is_read_only_with_permission() {
    let home = Home::new();
    home.put("run.json", &good_run());
    let command = "curl https://app.harness.io/gratis/sei/api/v1/custom-cicd -d @run.json";
    let ended = home.command(["import"]).stdin(command).assert().code(2);
    assert!(stderr(&ended).contains("Add --allow-file"), "{}", stderr(&ended));
    home.command(["check", "-"]).stdin(command).assert().code(1);
    let ended = home.command(["import", "--allow-file"]).stdin(command).assert().success();
    assert_eq!(stdout(&ended), good_run() + "\n");
}

#[test]
fn a_request_that_creates_an_instance_is_not_a_run() {
    let home = Home::new();
    let file = "satellite:\n  api_key: planted-key-7f3a\n  url: 'https://app.harness.io/prod1/sei/api'\n\
                integrations:\n  - id: '4692'\n    application: custom\n";
    for command in ["check", "render", "send"] {
        let ended = home.command([command, "-"]).stdin(file).assert().code(1);
        let said = stdout(&ended) + &stderr(&ended);
        assert!(said.contains("this is a satellite.yml") && !said.contains(KEY), "{said}");
    }
    home.command(["import", "--save", "new"]).stdin(file).assert().success();
    let draft = std::fs::read_to_string(home.path("data/drafts/new.json")).unwrap();
    assert!(draft.contains("\"integration_id\": \"4692\"") && draft.contains("\"prod1\""), "{draft}");
}

#[test]
fn an_input_must_be_of_the_named_kind() {
    let home = Home::new();
    for (from, code) in [("auto", 0), ("curl", 0), ("satellite", 2), ("payload", 2)] {
        home.command(["import", "--from", from]).stdin(pasted()).assert().code(code);
    }
}

#[test]
fn an_unreadable_input_is_reported_with_the_tried_formats() {
    let home = Home::new();
    home.command(["import"]).stdin("{\n  \"pipeline\": 'a',\n  ? \n}").assert().code(1).stderr_eq(str![[
        r#"
error[syntax]: expected a value for "pipeline", found a single quote (JSON text needs double quotes).
 --> standard input:2:15
  |
2 |   "pipeline": 'a',
  |               ^
  |
  = note: SEI refuses a body that it cannot read. The documentation's samples have such faults:
          curly quotes, an extra or missing comma, a doubled brace [evidence: doc]
tried: line 2, column 15: quotes of another kind were read as double ones ('a' → "a")
tried: then stopped at line 3, column 3: expected a key, found ?

"#
    ]]);
}

fn fixture(name: &str) -> String {
    format!("{}/tests/ci/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_run_of_a_ci_tool_is_imported_with_the_jobs_of_another_file() {
    let home = Home::new();
    let (run, jobs) = (fixture("github.json"), fixture("github.jobs.json"));
    let ended = home.command(["import", &run, "--from", "github", "--jobs", &jobs]).assert().success();
    assert!(stdout(&ended).contains("\"displayName\": \"cargo test\""));
    ended.stderr_eq(str![[r#"
note: Not in the input: instance_name, instance_guid.
note: Imported as a CI build. If the run is a deployment, set ci to false and cd to true.
note: build_number is the id of the run, not its number 412: GitHub counts numbers per workflow.
found input: a run of GitHub Actions

"#]]);
}

#[test]
fn a_run_of_another_tool_than_the_named_one_is_refused() {
    let home = Home::new();
    let ended = home.command(["import", &fixture("gitlab.json"), "--from", "github"]).assert().code(2);
    ended.stderr_eq(str![[r#"
sei-compose: This is a run of GitLab CI, not a run of GitHub Actions. Remove --from to import it.

"#]]);
}

#[test]
fn a_run_of_a_ci_tool_is_checked_like_any_payload() {
    let home = Home::new();
    let ended = home.command(["check", &fixture("buildkite.json")]).assert().code(1);
    let all = stdout(&ended) + &stderr(&ended);
    assert!(all.contains("instance_guid") && !all.contains("not JSON"), "{all}");
}

#[test]
fn a_refusal_shows_the_refused_body_and_never_an_empty_line() {
    let home = Home::new();
    let text = "curl https://app.harness.io/gratis/sei/api/v1/custom-cicd \\\n  -H 'Authorization: ApiKey planted-key-7f3a' \\\n  \
                -d '{\n  \"pipeline\": \"a\",\n  ?\n}'";
    let ended = home.command(["import", "-"]).stdin(text).assert().code(1).stdout_eq("");
    let said = stderr(&ended);
    assert!(said.contains("(its payload):5:3") && said.contains("5 |   ?") && !said.contains(KEY), "{said}");
    let text = "see Authorization: planted-key-7f3a {";
    let ended = home.command(["import", "-"]).stdin(text).assert().code(1).stdout_eq("");
    assert!(!stderr(&ended).contains("1 |") && !stderr(&ended).contains(KEY), "{}", stderr(&ended));
}

#[test]
fn a_text_that_is_not_a_payload_is_neither_printed_nor_saved_but_can_be_checked() {
    let home = Home::new();
    for text in ["{\"app\":\"cart\",\"state\":\"green\"}", "kind: Job\nspec: {}\n", "Hello {}"] {
        home.command(["import", "--save", "x"]).stdin(text).assert().code(1).stdout_eq("");
    }
    home.command(["drafts", "show", "x"]).assert().code(2);
    let ended = home.command(["check", "-"]).stdin("{\"app\":\"cart\",\"state\":\"green\"}").assert().code(1);
    assert!(stdout(&ended).contains("missing"), "{}", stdout(&ended));
}

/// A fixture of a CI tool.
fn of_ci(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/ci/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Two builds of Buildkite, the older one first.
fn builds() -> String {
    let build = of_ci("buildkite.json");
    let newer = build.replace("\"number\": 77", "\"number\": 78").replace("2025-07-01", "2025-07-02");
    format!("[{build},{newer}]")
}

#[test]
fn a_run_of_a_list_is_chosen_by_number() {
    let home = Home::new();
    let file = home.put("builds.json", &builds());
    let ended = home.run(["import", file]).success();
    assert!(stdout(&ended).contains("\"build_number\": 78"));
    let note = "note: The input has 2 runs. Imported the newest finished run: 78. `import --run NUMBER` imports another \
                one, `import --all` prints all.";
    assert_eq!(stderr(&ended).lines().next(), Some(note));
    let ended = home.run(["import", file, "--run", "77"]).success();
    assert!(stdout(&ended).contains("\"build_number\": 77"));
    assert!(!stderr(&ended).contains("--all"));
    home.run(["import", file, "--run", "9"]).code(1).stdout_eq("").stderr_eq(str![[r#"
error[import]: the input has no run 9; its runs: 77, 78.
 --> builds.json:1:1
  |
1 | [{
  | ^

"#]]);
    home.run(["import", file, "--run", "77", "--save", "one"]).success();
    assert!(
        std::fs::read_to_string(home.path("data/drafts/one.json")).unwrap().contains("\"build_number\": 77")
    );
}

#[test]
fn all_runs_of_a_list_are_printed_each_in_a_line() {
    let home = Home::new();
    let file = home.put("builds.json", &builds());
    let ended = home.run(["import", file, "--all"]).success();
    let lines: Vec<serde_json::Value> =
        stdout(&ended).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|run| run["build_number"].as_i64()).collect::<Vec<_>>(),
        [Some(77), Some(78)]
    );
    ended.stderr_eq(str![[r#"
note: Not in the input: instance_name, instance_guid.
note: Imported as a CI build. If the run is a deployment, set ci to false and cd to true.
2 runs printed.

"#]]);
    let bad = home.put("bad.json", &builds().replacen("[{", "[{\"message\": \"x\"},{", 1));
    let ended = home.run(["import", bad, "--all"]).code(1);
    assert_eq!(stdout(&ended).lines().count(), 2);
    assert!(stderr(&ended).contains("error: item 1 of the list is not a run or a part of one."));
    assert!(stderr(&ended).ends_with("2 runs printed, 1 value not.\n"));
    home.run(["import", bad]).code(1).stdout_eq("");
    for more in [["--run", "77"], ["--save", "x"], ["--jobs", "x"]] {
        home.run(["import", file, "--all"].into_iter().chain(more)).code(2).stdout_eq("");
    }
    let payload = home.put("payload.json", &good_run());
    home.run(["import", payload, "--all"]).code(2).stdout_eq("");
    let none = home.put("none.json", "{\"message\": \"Not Found\"}");
    home.run(["import", none, "--all"]).code(1).stdout_eq("");
    home.run(["import", "--from", "env", "--all"]).code(2).stdout_eq("");
}

#[test]
fn a_refused_file_of_jobs_is_named_and_no_rule_is_reported() {
    let home = Home::new();
    let run = home.put("run.json", &of_ci("github.json"));
    let jobs = home.put("jobs.json", &of_ci("bitbucket.jobs.json"));
    home.run(["import", run, "--jobs", jobs]).code(1).stdout_eq("").stderr_eq(str![[r#"
error[import]: the file is a run of GitHub Actions, but the jobs are of Bitbucket Pipelines; use the jobs of the same run.
 --> jobs.json:1:1
  |
1 | {
  | ^

"#]]);
    let cut = home.put("cut.json", "{\"jobs\": [\n");
    home.run(["import", run, "--jobs", cut]).code(1).stdout_eq("").stderr_eq(str![[r#"
error[import]: the jobs: line 2, column 1: expected a value as item 1, found the end of the text.
 --> cut.json:1:10
  |
1 | {"jobs": [
  |          ^

"#]]);
    let other = home.put("other.json", "{\"pipeline\": \"shop\"}");
    let ended = home.run(["import", other, "--jobs", jobs]).code(1).stdout_eq("");
    let said = stderr(&ended);
    assert!(
        said.starts_with("error[import]: the file is not a run") && said.contains("other.json:1"),
        "{said}"
    );
}

#[test]
fn a_refusal_shows_a_line_of_the_refused_body() {
    const URL: &str = "https://app.harness.io/gratis/sei/api/v1/custom-cicd";
    let home = Home::new();
    let cases = [
        ("curl URL -d '{\n  \"pipeline\": \"a\",\n  \"job_full_name\" ? \"x\"\n}'\n", "4 | }"),
        (
            "cat > b.json <<EOF\n{\n  \"pipeline\": \"a\",\n  \"ci\" ? 3\n}\nEOF\ncurl URL -d @b.json\n",
            "\"ci\" ? 3",
        ),
        (
            "curl URL -d @- <<EOF\n{\n  \"pipeline\": \"a\",\n  \"build_number\" ? 3\n}\nEOF\n",
            "\"build_number\" ? 3",
        ),
        (
            "fetch(\"URL\", {\n  \"body\": \"{\\\"pipeline\\\": \\\"a\\\", \\\"ci\\\" ? 3}\"\n});\n",
            "\"ci\" ? 3}",
        ),
        (
            "httpRequest url: 'URL',\n  requestBody: JsonOutput.toJson([\n    pipeline: 'a',\n    ci ? 3\n  ])\n",
            "ci ? 3",
        ),
        ("steps:\n  - run: |\n      curl URL -d '{\"pipeline\": \"a\", \"ci\" ? 1}'\n", "\"ci\" ? 1}"),
        ("bash -c 'curl URL -d \"{\\\"pipeline\\\": \\\"a\\\", \\\"ci\\\" ? 1}\"'\n", "\"ci\" ? 1}"),
        ("\n\nHello you\nall\n", "3 | Hello you"),
        ("\n\n[{\"a\": 1}]\n", "3 | [{\"a\": 1}]"),
        ("\n{\"pipeline\": \"a\",\n  \"ci\" ? 3}\n\n", "3 |   \"ci\" ? 3}"),
    ];
    for (text, line) in cases {
        let ended = home.command(["import", "-"]).stdin(text.replace("URL", URL)).assert();
        let said = stderr(&ended);
        let shown: Vec<_> = said
            .lines()
            .filter(|line| line.split_once(" | ").is_some_and(|(n, _)| n.trim().parse::<u32>().is_ok()))
            .collect();
        assert!(shown.iter().any(|shown| shown.contains(line)), "{text}\n{said}");
        assert!(
            shown.iter().all(|line| line.split_once(" | ").is_some_and(|(_, text)| !text.trim().is_empty())),
            "{said}"
        );
    }
}
