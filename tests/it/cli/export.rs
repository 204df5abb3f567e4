//! `export`: the step on standard output, problems on standard error.

use sei_compose::export::{ExportTarget, export};
use sei_compose::import::import;
use sei_compose::wire::find;
use snapbox::str;

use super::{FAULTY, Home, asset, good_run, on_one_line, stderr, stdout};

#[test]
fn each_target_is_printed_as_the_app_shows_it() {
    let home = Home::new();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let run = import(&asset("samples/ci-run.json")).unwrap().document;
    for target in ExportTarget::ALL {
        let ended = home.run(["export", file, "--to", target.word(), "--env", "prod2"]).success();
        assert_eq!(stdout(&ended), export(target, find("prod2").unwrap(), &run));
        assert_eq!(stderr(&ended), "");
    }
}

#[test]
fn the_command_is_the_one_that_render_prints() {
    let home = Home::new();
    let file = home.put("run.json", &good_run());
    home.run(["export", file, "--to", "curl", "--env", "prod2"]).success().stdout_eq(str![[r#"
curl --request POST 'https://app.harness.io/gratis/sei/api/v1/custom-cicd' \
  --header "Authorization: ApiKey $HARNESS_SEI_API_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{"pipeline":"checkout","job_full_name":"shop/checkout","qualified_name":"checkout","instance_name":"Shop CI","instance_guid":"5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41","result":"SUCCESS","start_time":1767603600000,"duration":312000,"build_number":1482,"ci":true}'

"#]]);
    let printed = |arguments: [&str; 6]| stdout(&home.run(arguments).success());
    assert_eq!(
        printed(["export", file, "--to", "curl", "--env", "prod2"]),
        printed(["render", file, "--as", "curl", "--env", "prod2"])
    );
}

#[test]
fn a_script_keeps_the_run_and_asks_for_the_key() {
    let home = Home::new();
    let command = home.command(["export", "-", "--to", "sh", "--base-url", "https://sei.example.com/it's"]);
    command.stdin(on_one_line(&good_run())).assert().success().stdout_eq(str![[r##"
#!/bin/sh
# Sends one run to Harness SEI, byte for byte as composed. Needs curl and a shell with a built-in
# printf, such as bash, dash or busybox.
# Key: in the variable HARNESS_SEI_API_KEY. This file holds no key, and nothing prints the key.
# GUID: in the body, as instance_guid. SEI drops runs whose GUID belongs to no instance.
set -eu
{ set +x; } 2>/dev/null

url='https://sei.example.com/it'\''s/v1/custom-cicd'
scheme=ApiKey
body='{"pipeline":"checkout","job_full_name":"shop/checkout","qualified_name":"checkout","instance_name":"Shop CI","instance_guid":"5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41","result":"SUCCESS","start_time":1767603600000,"duration":312000,"build_number":1482,"ci":true}'

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

[ -n "${HARNESS_SEI_API_KEY-}" ] || fail 'HARNESS_SEI_API_KEY is not set. Set it to the API key.'

# curl reads key and body from pipes: no process list shows the key, and any body length works.
reply=$(
    printf '%s' "$body" | {
        printf 'Authorization: %s %s' "$scheme" "$HARNESS_SEI_API_KEY" | tr -d '\r\n' |
            curl --silent --show-error --globoff --connect-timeout 10 --max-time 60 \
                --header @- --header 'Content-Type: application/json' \
                --data-binary @/dev/fd/3 --write-out '%{http_code}' "$url"
    } 3<&0
) || fail 'No complete reply: SEI may or may not have the run.'

status=${reply#"${reply%???}"}
case $status in
2??) printf 'SEI has queued the run (HTTP %s).\n' "$status" ;;
*)
    # Text of a server must not control the terminal or the CI tool.
    printf '%s\n' "${reply%???}" | LC_ALL=C tr -d '\000-\010\013-\037\177' |
        sed -n -e 's/^/| /' -e 's/##/# #/g' -e '1,20p' >&2
    fail "SEI did not accept the run (HTTP $status)."
    ;;
esac

"##]]);
}

#[test]
fn a_step_takes_the_values_of_the_run_from_the_tool() {
    let home = Home::new();
    let file = home.put("run.json", &good_run());
    let printed = stdout(&home.run(["export", file, "--to", "gitlab-ci", "--env", "prod2"]).success());
    let members: Vec<&str> = printed
        .lines()
        .map(str::trim_start)
        .skip_while(|line| *line != "run=")
        .take_while(|line| !line.starts_with("body="))
        .collect();
    snapbox::assert_data_eq!(
        members.join("\n"),
        str![[r#"
run=
text pipeline "$name"
text job_full_name "$full_name"
text qualified_name "$name"
json instance_name '"Shop CI"'
# The GUID of the instance, from `sei-compose guid`.
json instance_guid '"5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41"'
text result "$result"
whole start_time "$start"
whole duration "$duration"
whole build_number "$number"
json ci true
# Optional; remove the # to send a field:
# text branch_name "$branch"
# list scm_commit_ids "$commit"
# text repo_url "$repository"
# text user_id "$user"
# text web_url "$page"

"#]]
    );
}

#[test]
fn an_export_needs_an_environment_with_an_address() {
    let home = Home::new();
    let file = home.put("run.json", &good_run());
    home.run(["export", file, "--to", "sh"]).code(2).stdout_eq("").stderr_eq(str![[r#"
sei-compose: No environment is chosen. `sei-compose env list` lists all environments. Choose one with --env NAME, set a default in config.toml, or pass --base-url URL where the command accepts it.

"#]]);
    home.run(["export", file, "--to", "sh", "--env", "sandbox"]).code(2).stdout_eq("").stderr_eq(str![[r#"
sei-compose: Sandbox has a new address at each start. Run `sei-compose sandbox`, and pass the printed address with --base-url.

"#]]);
    home.run(["export", file]).code(2).stdout_eq("");
    home.run(["export", file, "--to", "teamcity", "--env", "prod2"]).code(2).stdout_eq("");
}

#[test]
fn errors_of_the_run_are_reported_on_standard_error() {
    let home = Home::new();
    let file = home.put("run.json", FAULTY);
    let ended = home.run(["export", file, "--to", "sh", "--env", "prod2"]).success();
    ended.stderr_eq(str![[r#"
note: This run has 2 errors, which the export may repeat. `sei-compose check` lists all problems.

"#]]);
    home.command(["export", "-", "--to", "sh", "--env", "prod2"])
        .stdin("no JSON")
        .assert()
        .code(1)
        .stdout_eq("");
}

#[test]
fn the_address_of_a_sandbox_that_has_not_started_has_no_number_for_its_port() {
    let home = Home::new();
    let run = home.put("run.json", &asset("samples/ci-run.json"));
    let http = ["render", run, "--env", "sandbox", "--as", "http"];
    let curl = ["render", run, "--env", "sandbox", "--as", "curl"];
    for arguments in [&["env", "list"][..], &["env", "show", "sandbox"], &http, &curl] {
        let printed = stdout(&home.run(arguments.iter().copied()).success());
        assert!(printed.contains("127.0.0.1:PORT") && !printed.contains("127.0.0.1:0"), "{printed}");
    }
}
