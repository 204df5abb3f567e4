//! The key of one environment while a command uses another environment: no command prints, stores
//! or sends it.

use sei_compose::document::{read, write_compact};
use sei_compose::sandbox::{self, SandboxSettings};

use super::KEY;
use super::home::{Home, Output, VARIABLE, run, run_with_key};
use super::search::{base64, hex, percent};

/// The key of the environment that the commands use.
const NEAR: &str = "near.5e1f77aa90c3d2b4";

/// This many characters of a key in a row are a leak.
const TOO_MANY: usize = 8;

/// Two environments at this address: `near`, and `far` with the planted key.
fn home(base: &str) -> Home {
    let home = Home::new();
    home.environments(base, &[("near", "env:NEAR_KEY"), ("far", "env:HARNESS_SEI_API_KEY")]);
    home
}

/// Runs a command with both keys; its output contains no part of them.
fn ran(home: &Home, arguments: &[&str], input: &str) -> Output {
    let output = home.run_with(arguments, &[(VARIABLE, KEY), ("NEAR_KEY", NEAR)], input);
    for part in KEY.as_bytes().windows(TOO_MANY).chain(NEAR.as_bytes().windows(TOO_MANY)) {
        let part = std::str::from_utf8(part).unwrap();
        for (stream, text) in [("printed", &output.out), ("said", &output.said)] {
            assert!(!text.contains(part), "{arguments:?} {stream} {part:?}:\n{text}");
        }
    }
    output
}

/// The encodings of the key, each as the content of a JSON string.
fn encodings() -> Vec<String> {
    let literal = serde_json::to_string(KEY).unwrap();
    vec![
        literal[1..literal.len() - 1].to_owned(),
        base64(KEY.as_bytes()),
        base64(format!("me:{KEY}").as_bytes()),
        percent(|_| false),
        hex(""),
        format!("\\\\u00{}", hex("\\\\u00")),
    ]
}

/// Runs each command that reads a payload, and checks that commands with output of the payload
/// refuse it.
fn read_by_all(home: &Home, text: &str) {
    let file = home.given("run.json", text);
    for format in ["human", "json", "github", "sarif"] {
        ran(home, &["check", &file, "--format", format, "--env", "near"], "");
    }
    for format in ["human", "json"] {
        ran(home, &["check", &file, "--fix", "safe", "--format", format], "");
        ran(home, &["send", &file, "--env", "near", "--format", format], "").exits(1, "Nothing was sent");
        ran(home, &["send", &file, "--env", "near", "--dry-run", "--format", format], "");
    }
    ran(home, &["import", "-"], text);
    for form in ["pretty", "compact", "wrapped", "legacy", "http", "curl"] {
        let rendered = ran(home, &["render", &file, "--as", form, "--env", "near"], "");
        assert!(rendered.code != 0 && rendered.out.is_empty(), "{form}: {}", rendered.out);
    }
    for target in ["curl", "sh", "github-actions", "gitlab-ci", "jenkins", "azure-pipelines", "propel"] {
        let exported = ran(home, &["export", &file, "--to", target, "--env", "near"], "");
        assert!(exported.code != 0 && exported.out.is_empty(), "{target}: {}", exported.out);
    }
}

#[test]
fn no_command_prints_a_key_of_a_payload_in_any_encoding() {
    let home = home("http://127.0.0.1:9");
    let key = &encodings()[0];
    for text in [
        format!("{{\"x\":\"{key}\",\"result\":5}}"),
        format!("{{\"{key}\":1,\"result\":\"{key}\"}}"),
        format!("{{\"start_time\":\"{key}\",\"qualified_name\":\"{key}\""),
        run().replace("\"main\"", &format!("\"{key}\"")),
    ] {
        read_by_all(&home, &text);
    }
    for key in &encodings()[1..] {
        let with_key = home.given("run.json", &format!("{{\"{key}\":\"{key}\",\"result\":\"{key}\"}}"));
        ran(&home, &["check", &with_key], "");
        ran(&home, &["check", &with_key, "--fix", "safe", "--format", "json"], "");
        ran(&home, &["send", &with_key, "--env", "near"], "");
        ran(&home, &["import", &with_key], "");
        ran(&home, &["render", &with_key], "").exits(2, "An API key is in");
    }
}

#[test]
fn no_part_of_a_key_in_a_cut_line_is_printed() {
    let home = home("http://127.0.0.1:9");
    let literal = serde_json::to_string(KEY).unwrap();
    let key = &literal[1..literal.len() - 1];
    for before in (0..160).step_by(31) {
        let (before, after) = ("a".repeat(before), "z".repeat(200));
        let texts = [
            format!("{{\"result\":\"{before}{key}{after}\",\"build_number\":\"{before}{key}\"}}"),
            format!("{{\"{before}{key}{after}\":1,\"start_time\":\"{before} {key}\"}}"),
            format!("{{\"a\":{before}{key}{after}"),
            format!("{{\"pipeline\":\"a\"}} {before}{KEY}{after}"),
            format!(
                "{{\"a\":1}}\n{{\"result\":\"{before}{key}{after}\"}}\n{{\"start_time\":\"{before}{key}\"}}\n"
            ),
        ];
        for text in texts {
            let file = home.given("run.json", &text);
            for format in ["human", "json", "github"] {
                ran(&home, &["check", &file, "--format", format], "");
            }
            ran(&home, &["check", &file, "--fix", "safe"], "");
            ran(&home, &["send", &file, "--env", "near"], "");
            ran(&home, &["import", &file], "");
        }
    }
}

#[test]
fn a_document_is_printed_with_a_redacted_key_and_a_note() {
    let home = home("http://127.0.0.1:9");
    let with_key = home.given("held.json", &run_with_key());
    let imported = ran(&home, &["import", &with_key], "");
    imported.exits(0, "contained an API key");
    let expected = read(&run().replace("\"main\"", "\"••••••\"")).unwrap();
    assert_eq!(write_compact(&read(&imported.out).unwrap()), write_compact(&expected));
    let fixed = ran(&home, &["check", &with_key, "--fix", "safe"], "");
    fixed.exits(fixed.code, "contained an API key");
    assert!(read(&fixed.out).is_ok() && fixed.out.contains("\"••••••\""), "{}", fixed.out);
    // A command with its own key, which is also in its body.
    let body = run().replace("\"main\"", "\"sesame-5512aa7f\"");
    let header = "Authorization: ApiKey sesame-5512aa7f";
    let command = format!("curl http://127.0.0.1:9/v1/custom-cicd -H '{header}' -d '{body}'");
    let imported = ran(&home, &["import", "-"], &command);
    assert!(!imported.out.contains("sesame") && !imported.said.contains("sesame"), "{}", imported.out);
    // A draft that was saved with the key before the program knew the key.
    let draft = ["drafts", "show", "old"];
    let save = home.run_with(&["import", &home.given("plain.json", &run()), "--save", "old"], &[], "");
    let path = save.out.trim();
    let text = std::fs::read_to_string(path).unwrap().replace("\"main\"", "\"near.5e1f77aa90c3d2b4\"");
    std::fs::write(path, text).unwrap();
    let shown = ran(&home, &draft, "");
    shown.exits(0, "contained an API key");
    assert!(shown.out.contains("\"••••••\""), "{}", shown.out);
    ran(&home, &["drafts", "new", "deployment", "--from", "old"], "");
}

#[test]
fn a_credential_in_any_option_of_a_command_is_neither_printed_nor_saved_nor_sent() {
    let sandbox = sandbox::start(0, SandboxSettings::default()).unwrap();
    let home = home(&sandbox.url());
    let with_key = run().replace("\"main\"", "\"sesame-5512aa7f\"");
    let url = format!("{}/v1/custom-cicd", sandbox.url());
    for option in [
        "--oauth2-bearer sesame-5512aa7f",
        "-u me:sesame-5512aa7f",
        "-ume:sesame-5512aa7f",
        "--user=me:sesame-5512aa7f",
        "--proxy-user me:sesame-5512aa7f",
        "-b 'a=1; session=sesame-5512aa7f'",
        "-x http://me:sesame-5512aa7f@127.0.0.1:3128",
        "--url http://me:sesame-5512aa7f@127.0.0.1:9/v1/custom-cicd",
    ] {
        let command = home.given("command", &format!("curl {option} {url} -d '{with_key}'"));
        let runs = [
            (0, vec!["import", &command]),
            (2, vec!["import", &command, "--save", "planted"]),
            (1, vec!["send", &command, "--env", "near", "--yes"]),
            (2, vec!["render", &command, "--as", "http", "--env", "near"]),
            (2, vec!["export", &command, "--to", "sh", "--env", "near"]),
        ];
        for (code, arguments) in runs {
            let output = ran(&home, &arguments, "");
            assert_eq!(output.code, code, "{option} {arguments:?}\n{}", output.said);
            assert!(!(output.out + &output.said).contains("sesame"), "{option} {arguments:?}");
        }
    }
    assert!(sandbox.received().is_empty());
    ran(&home, &["drafts", "list"], "").exits(0, "");
    ran(&home, &["journal", "list"], "").exits(0, "No matching entries");
}

#[test]
fn a_key_of_another_environment_goes_to_no_server_and_into_no_journal() {
    let sandbox = sandbox::start(0, SandboxSettings::default()).unwrap();
    let home = home(&sandbox.url());
    for key in encodings() {
        let with_key = home.given("held.json", &run().replace("\"main\"", &format!("\"{key}\"")));
        for extra in [&[][..], &["--dry-run"]] {
            let arguments = [&["send", &with_key, "--env", "near"][..], extra].concat();
            ran(&home, &arguments, "").exits(1, "is in branch_name");
        }
    }
    let good = home.given("run.json", &run());
    let address = format!("{}/{}", sandbox.url(), percent(|_| false));
    ran(&home, &["send", &good, "--env", "near", "--base-url", &address], "").exits(1, "is in the address");
    ran(&home, &["render", &good, "--as", "curl", "--env", "near", "--base-url", &address], "")
        .exits(2, "the address");
    ran(&home, &["export", &good, "--to", "sh", "--env", "near", "--base-url", &address], "")
        .exits(2, "the address");
    let guid = ["guid", "--env", "near", "--integration-id", "1", "--name"];
    ran(&home, &[&guid[..], &[KEY]].concat(), "").exits(2, "is in");
    ran(&home, &[&guid[..], &["Shop", "--guid-path", KEY]].concat(), "").exits(2, "is in the address");
    assert!(sandbox.received().is_empty() && sandbox.instances().is_empty());
    ran(&home, &["journal", "list"], "").exits(0, "No matching entries");
    ran(&home, &["send", &good, "--env", "near"], "").exits(0, "202");
    assert_eq!(sandbox.received().len(), 1);
}

/// The key as an argument: alone, within a word, and encoded.
fn as_arguments() -> [String; 3] {
    [KEY.to_owned(), format!("a{KEY}z"), base64(KEY.as_bytes())]
}

#[test]
fn a_key_given_as_an_argument_is_not_stored() {
    let home = home("http://127.0.0.1:9");
    let good = home.given("run.json", &run());
    ran(&home, &["drafts", "new", "good"], "").exits(0, "Saved");
    let number = "11111111-1111-1111-1111-111111111111";
    for key in as_arguments().each_ref().map(String::as_str) {
        for arguments in [
            &["drafts", "new", key][..],
            &["drafts", "rename", "good", key],
            &["drafts", "duplicate", "good", key],
            &["drafts", "restore", "good", "--as", key],
            &["import", &good, "--save", key],
            &["demo", "--record", key],
            &["instances", "add", number, "--name", key],
            &["instances", "add", number, "--name", "a", "--note", key],
            &["instances", "add", number, "--name", "a", "--url", key],
            &["instances", "add", number, "--name", "a", "--integration-id", key],
            &["instances", "add", key, "--name", "a"],
        ] {
            ran(&home, arguments, "").exits(2, "contains an API key");
        }
    }
    // A name that contains the key since before the program knew it can be changed.
    assert_eq!(home.run_with(&["drafts", "new", "near.5e1f77aa90c3d2b4"], &[], "").code, 0);
    ran(&home, &["drafts", "list"], "").exits(0, "••••••");
    ran(&home, &["drafts", "rename", NEAR, "better"], "").exits(0, "better");
}

#[test]
fn a_key_given_as_an_argument_is_not_printed() {
    let home = home("http://127.0.0.1:9");
    let good = home.given("run.json", &run());
    ran(&home, &["drafts", "new", "good"], "").exits(0, "Saved");
    let number = "11111111-1111-1111-1111-111111111111";
    for key in as_arguments().each_ref().map(String::as_str) {
        let assigned = format!("--format={key}");
        for arguments in [
            &[key][..],
            &["--env", key],
            &["--base-url", key],
            &["--screenshot", "text", "--keys", key],
            &["--screenshot", "text", "--size", key],
            &["check", key],
            &["check", &good, "--env", key],
            &["check", &good, "--format", key],
            &["check", &good, &assigned],
            &["check", &good, "--fix", key],
            &["send", &good, "--env", key],
            &["send", &good, "--base-url", key],
            &["send", key],
            &["send", &good, "--key", key],
            &["send", &good, key],
            &["guid", "--integration-id", key, "--name", "a", "--env", "near"],
            &["guid", "--integration-id", "1", "--name", "a", "--guid", key],
            &["render", &good, "--as", key],
            &["render", key],
            &["export", &good, "--to", key],
            &["import", key],
            &["import", &good, "--from", key],
            &["import", &good, "--jobs", key],
            &["import", "--from", "git", "--since", key],
            &["import", "--from", "git", key],
            &["fields", key],
            &["explain", key],
            &["drafts", key],
            &["drafts", "show", key],
            &["drafts", "new", "other", "--template", key],
            &["drafts", "new", "other", "--from", key],
            &["drafts", "rename", key, "better"],
            &["drafts", "delete", key],
            &["drafts", "path", key],
            &["instances", "add", number, "--name", "a", "--env", key],
            &["instances", "remove", key],
            &["journal", "show", key],
            &["journal", "list", "--last", key],
            &["env", "show", key],
            &["env", "test", key],
            &["key", "where", "--env", key],
            &["doctor", "--env", key],
            &["sandbox", "--port", key],
            &["sandbox", "--fault", key],
            &["completions", key],
            &["demo", "--speed", key],
        ] {
            let ended = ran(&home, arguments, "");
            assert!(ended.code == 2, "{arguments:?}: {}\n{}", ended.out, ended.said);
        }
        ran(&home, &["journal", "list", "--job", key, "--env", key], "");
    }
}

#[test]
fn the_password_of_an_address_is_not_repeated() {
    let home = home("http://127.0.0.1:9");
    let good = home.given("run.json", &run());
    for address in [
        "https://me:hunter2@sei.example",
        "https://me:hun/ter2@sei.example",
        "https://me:x?hunter2@sei.example",
        "https://me:hunter2%40sei.example",
        "me:hunter2@sei.example",
        "https://sei.example/?token=hunter2",
    ] {
        for arguments in [
            &["send", &good, "--env", "near"][..],
            &["render", &good, "--as", "curl", "--env", "near"],
            &["export", &good, "--to", "sh", "--env", "near"],
            &["guid", "--integration-id", "1", "--name", "a", "--env", "near"],
            &["env", "test", "near"],
            &["doctor", "--env", "near"],
            &["--screenshot", "text"],
        ] {
            let by_option = ran(&home, &[arguments, &["--base-url", address]].concat(), "");
            by_option.exits(2, "--base-url cannot be used");
            let variables = [(VARIABLE, KEY), ("SEI_COMPOSE_BASE_URL", address)];
            let by_variable = home.run_with(arguments, &variables, "");
            by_variable.exits(2, "SEI_COMPOSE_BASE_URL cannot be used");
            for said in [by_option.said, by_variable.said] {
                assert!(!said.contains("hunter2") && !said.contains("ter2"), "{said}");
            }
        }
    }
}

#[test]
fn a_command_that_cannot_be_read_is_refused_without_its_headers() {
    let home = home("http://127.0.0.1:9");
    // No environment has this key.
    let header = "Authorization: ApiKey sesame-5512aa7f";
    for command in [
        format!("curl -H '{header}' https://x.example -d 'a=1'"),
        format!("sudo -u ci curl -H '{header}' https://x.example"),
        format!("curl -H '{header}' https://x.example -d '{{\"a\" sesame'"),
        format!("POST /v1/custom-cicd HTTP/1.1\n{header}\n\npipeline=a"),
        format!("-H '{header}' -d pipeline"),
        "set COOKIE=sesame-5512aa7f".to_owned(),
    ] {
        let file = home.given("command", &command);
        for arguments in
            [&["import", &file][..], &["check", &file], &["send", &file, "--env", "near"], &["render", &file]]
        {
            let ended = ran(&home, arguments, "");
            assert!(ended.code == 1, "{command}\n{}{}", ended.out, ended.said);
            let all = ended.out + &ended.said;
            assert!(!all.contains("sesame-5") && !all.contains("512aa7f"), "{arguments:?} {command}\n{all}");
        }
    }
}
