//! curl commands as users paste them.

use sei_compose::document::{read, write_compact};
use sei_compose::import::mapping::MappingSet;
use sei_compose::import::{FoundKey, ImportKind, Imported, describe_all, import, import_with};

const URL: &str = "https://app.harness.io/gratis/sei/api/v1/custom-cicd";
const BODY: &str = r#"{"pipeline":"a","result":"SUCCESS"}"#;

/// Imports a command and asserts that its text needs no repairs.
fn clean(command: &str) -> Imported {
    let imported = import(command).unwrap();
    assert_eq!(describe_all(&imported.repairs), [""; 0], "{command}");
    imported
}

fn repaired(command: &str) -> (String, Vec<String>) {
    let imported = import(command).unwrap();
    (write_compact(&imported.document), describe_all(&imported.repairs))
}

#[test]
fn each_body_option_gives_the_same_document() {
    let quoted = BODY.replace('"', "\\\"");
    let doubled = BODY.replace('"', "\"\"");
    let commands = [
        format!("curl -d '{BODY}' {URL}"),
        format!("curl -sSLd '{BODY}' {URL}"),
        format!("curl -XPOST -d'{BODY}' --url {URL}"),
        format!("$ curl {URL} --data '{BODY}' | jq ."),
        format!("/usr/bin/curl {URL} \\\n  --data-raw '{BODY}' \\\n  --compressed"),
        format!("curl {URL} --data-binary \"{quoted}\""),
        format!("curl {URL} --json $'{BODY}'"),
        format!("curl {URL} -d @- <<'EOF'\n{BODY}\nEOF\n"),
        format!("curl {URL} -d \"$(cat <<EOF\n{BODY}\nEOF\n)\""),
        format!("curl {URL} -d @- <<< '{BODY}'"),
        format!("```bash\ncurl {URL} \\\n -d '{BODY}'\n```"),
        format!("curl.exe {URL} `\n  -H 'Content-Type: application/json' `\n  -d '{BODY}'"),
        format!("curl {URL} ^\n  -H \"Content-Type: application/json\" ^\n  -d \"{quoted}\""),
        format!("curl {URL} ^\r\n  -d \"{doubled}\""),
        format!("curl ^\"{URL}^\" ^\n --data-raw ^\"{}^\"", BODY.replace('"', "^\\^\"").replace('{', "^{")),
        format!("PS C:\\Users\\me> curl.exe {URL} `\n -d @'\n{BODY}\n'@"),
    ];
    for command in &commands {
        let imported = clean(command);
        assert_eq!(imported.kind, ImportKind::Curl, "{command}");
        assert_eq!(write_compact(&imported.document), BODY, "{command}");
        assert_eq!(imported.environment.as_deref(), Some("prod2"), "{command}");
    }
}

#[test]
fn shell_escapes_are_decoded() {
    let command = format!(r#"curl {URL} -d $'{{"pipeline":"it\'s \u00e9 \ud83d\ude80 \x41\\n"}}'"#);
    assert_eq!(write_compact(&clean(&command).document), r#"{"pipeline":"it's é 🚀 A\n"}"#);
}

#[test]
fn several_parts_of_a_body_are_joined_as_curl_joins_them() {
    let command = format!("curl {URL} --json '{{\"pipeline\":' --json '\"a\"}}'");
    assert_eq!(write_compact(&clean(&command).document), r#"{"pipeline":"a"}"#);
}

#[test]
fn a_key_is_stored_separately_and_cookies_are_dropped() {
    let command = format!(
        "curl {URL} -H 'Authorization: ApiKey planted-4f2a' -H 'Cookie: s=planted-9c1d' -H 'X-Trace: 1' \
         -u me:planted-77aa -k -d '{BODY}'"
    );
    let imported = clean(&command);
    let FoundKey::Given(key) = &imported.key else { panic!("a key") };
    assert_eq!((key.expose(), key.origin().to_string().as_str()), ("planted-4f2a", "https://app.harness.io"));
    assert_eq!(
        imported.dropped,
        ["a user and password", "-k, which accepts any certificate", "a cookie", "the header X-Trace"]
    );
    assert!(!format!("{imported:?}").contains("planted"));
}

#[test]
fn a_key_without_an_address_is_dropped() {
    let imported = clean(&format!("curl '' -H 'Authorization: Bearer planted-4f2a' -d '{BODY}'"));
    assert_eq!(imported.key, FoundKey::None);
    assert_eq!(imported.dropped, ["a key without an address"]);
}

#[test]
fn a_placeholder_is_not_a_key() {
    for word in
        ["ApiKey <KEY>", "Bearer $TOKEN", "ApiKey ${SEI_KEY}", "Bearer YOUR_ACCESS_TOKEN", "ApiKey ***"]
    {
        let imported = clean(&format!("curl {URL} -H \"Authorization: {word}\" -d '{BODY}'"));
        assert_eq!(imported.key, FoundKey::Placeholder, "{word}");
    }
}

#[test]
fn an_address_outside_the_built_in_environments_becomes_a_base() {
    let imported = clean(&format!("curl http://127.0.0.1:8999/v1/custom-cicd -d '{BODY}'"));
    assert_eq!(imported.environment, None);
    assert_eq!(imported.base.as_deref(), Some("http://127.0.0.1:8999"));
    assert_eq!(
        imported.notes,
        [
            "http://127.0.0.1:8999 belongs to no built-in environment: --base-url http://127.0.0.1:8999 sends there."
        ]
    );
}

#[test]
fn a_file_is_requested_and_never_read() {
    let command = format!("curl {URL} -d @run.json");
    let imported = clean(&command);
    assert_eq!(imported.asks, ["run.json"]);
    let imported = import_with(&command, &[("run.json", BODY)], &MappingSet::builtin()).unwrap();
    assert_eq!((imported.asks.len(), write_compact(&imported.document).as_str()), (0, BODY));
}

#[test]
fn a_guid_request_sets_up_the_instance() {
    let command = "curl https://app.harness.io/prod1/sei/api/v1/cicd/instances \
                   -d '{\"integration_id\":4692,\"name\":\"Shop CI\",\"type\":\"jenkins\"}'";
    let imported = clean(command);
    assert_eq!(imported.kind, ImportKind::Instance);
    assert_eq!(imported.integration.as_deref(), Some("4692"));
    assert_eq!(imported.environment.as_deref(), Some("prod1"));
    assert_eq!(imported.document, read(r#"{"instance_name":"Shop CI"}"#).unwrap());
}

#[test]
fn typing_and_copying_mistakes_are_repaired_and_reported() {
    let cases = [
        (format!("curl {URL} -d '{BODY}"), "an unclosed quote was closed"),
        (format!("curl {URL} —data '{BODY}'"), "a dash of another kind was read as the dash of an option"),
        (format!("curl {URL} –d '{BODY}'"), "a dash of another kind was read as the dash of an option"),
        (format!("curl {URL}\n  -d '{BODY}'"), "a missing line continuation was added"),
        (format!("curl {URL} \\  \n  -d '{BODY}'"), "spaces after a line continuation were removed"),
        (format!("curl {URL} \\ # here\n  -d '{BODY}'"), "a comment was removed"),
        (format!("curl {URL} -d ‘{BODY}’"), "curly quotes became straight quotes"),
        (format!("curl {URL} -d \"{BODY}\""), "quotes inside double quotes were read as quotes of the JSON"),
        (format!("curl {URL} -H 'Accept: */*\n  -d '{BODY}'"), "an unclosed quote was closed"),
        (format!("Send this:\ncurl {URL} -d '{BODY}'"), "text before the command was skipped"),
        (format!("curl {URL} -d '{BODY}'\nAnd look."), "text after the command was skipped"),
    ];
    for (command, what) in &cases {
        let (document, repairs) = repaired(command);
        assert_eq!(document, BODY, "{command}");
        assert!(repairs.iter().any(|repair| repair.contains(what)), "{command}: {repairs:?}");
    }
}

#[test]
fn a_repair_in_a_body_is_reported_at_its_place_in_the_whole_command() {
    let command = format!("curl {URL} \\\n  -d '{{\n  \"pipeline\": \"a\",\n}}'");
    let imported = import(&command).unwrap();
    assert_eq!(imported.repairs.first().and_then(|repair| repair.place), Some((3, 18)));
}

#[test]
fn an_error_in_a_body_is_reported_without_the_surrounding_text() {
    let command =
        format!("curl {URL} -H 'Authorization: ApiKey planted-4f2a' -d 'planted: {{\"pipeline\" ?'");
    let fault = import(&command).unwrap_err();
    assert!(fault.is_private() && !fault.to_string().contains("planted"), "{fault}");
}
