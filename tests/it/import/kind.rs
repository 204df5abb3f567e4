//! Which texts are payloads, and what a refusal says about other texts.

use sei_compose::document::{read, write_compact};
use sei_compose::import::mapping::MappingSet;
use sei_compose::import::{ImportError, ImportKind, import, import_payload};

/// The document of a text, and its placeholders.
fn document_and_placeholders(text: &str) -> (String, String) {
    let imported = import(text);
    assert!(imported.is_ok(), "{text}: {imported:?}");
    let imported = imported.unwrap();
    let gaps = imported.notes.iter().find(|note| note.starts_with("Placeholders")).cloned();
    (write_compact(&imported.document), gaps.unwrap_or_default())
}

fn refused(text: &str) -> String {
    let imported = import(text);
    assert!(imported.is_err(), "{text}: {imported:?}");
    imported.unwrap_err().to_string()
}

#[test]
fn an_object_with_few_fields_of_a_run_is_not_a_payload() {
    let cases = [
        (r#"{"app":"cart","state":"green","rev":"v7"}"#, "none of its fields"),
        (
            r#"{"_class":"io.jenkins.blueocean.x","pipeline":"shop","result":"SUCCESS","id":"3","state":"FINISHED","type":"x"}"#,
            "Blue Ocean",
        ),
        (r#"{"jsonrpc":"2.0","id":1,"result":{"a":1}}"#, "none of its fields"),
        (r#"{"duration":3,"uuid":"a","stage":"b","agent":"c","queue":"d"}"#, "only 1 of its 5 fields"),
        (r#"{"apiVersion":"apps/v1","kind":"Deployment","spec":{},"status":{}}"#, "Kubernetes"),
        (r#"{"request_type":"ping","payload":{"zen":"a","hook_id":1}}"#, "none of its fields"),
    ];
    for (text, why) in cases {
        let said = refused(text);
        assert!(said.contains(why) && said.contains("Import reads"), "{text}: {said}");
        assert!(matches!(import(text), Err(ImportError::Unlike(_))), "{text}");
    }
}

#[test]
fn a_payload_with_enough_known_fields_keeps_unknown_ones() {
    for text in [
        r#"{"pipeline":"a","result":"ok","x":1.0,"y":[1]}"#,
        r#"{"job_name":"a","triggered_by":"b","x":{}}"#,
        r#"{"instance_guid":"a","x":1,"y":2,"z":3}"#,
        r#"{"pipeline":"a","result":"b","duration":1,"ci":true,"user_id":"c","p":1,"q":1,"r":1,"s":1,"t":1,"u":1}"#,
        "{}",
    ] {
        let imported = import(text).unwrap();
        assert_eq!(imported.kind, ImportKind::Payload, "{text}");
        assert_eq!(write_compact(&imported.document), text);
    }
}

#[test]
fn a_text_that_the_user_calls_a_payload_is_a_payload() {
    let text = r#"{"app":"cart","state":"green"}"#;
    assert_eq!(import_payload(text, &MappingSet::builtin()).unwrap().document, read(text).unwrap());
    assert!(
        import_payload("[1]", &MappingSet::builtin()).is_err()
            && import_payload("a: {}", &MappingSet::builtin()).is_err()
    );
}

#[test]
fn text_in_another_format_is_refused_with_the_name_of_the_format() {
    let cases = [
        ("kind: Deployment\nmetadata:\n  name: cart\nspec:\n  template: {}\n", "YAML"),
        ("on: push\njobs:\n  a:\n    steps: [{ result: x }]\n", "YAML"),
        ("pipeline {\n  agent any\n  stages { stage('a') { steps { sh 'x' } } }\n}\n", "Groovy"),
        ("import os\ndef main():\n    print({})\n", "Python"),
        ("const a = {};\nexport default a;\n", "JavaScript"),
        ("{\n  \"a\": {{ if .Failed }}\"x\"{{ end }}\n}", "Go template"),
        ("The braces {} of this text hold nothing.\nIt is prose.", "text without a payload"),
        ("<?xml version='1.0'?><run><a>{}</a></run>", "XML"),
    ];
    for (text, what) in cases {
        let said = refused(text);
        assert!(said.contains(what) && said.contains("Import reads"), "{text}: {said}");
    }
}

#[test]
fn an_object_in_a_program_is_read_and_its_expressions_are_placeholders() {
    let cases = [
        (
            "const run = {\n  pipeline: 'cart',\n  result: status,\n  build_number: Number(process.env.RUN),\n  \
             branch_name: `main`,\n  user_id: first + ', ' + last,\n};\n",
            r#"{"pipeline":"cart","result":"${status}","build_number":"${Number(process.env.RUN)}","branch_name":"main","user_id":"${first + ', ' + last}"}"#,
            "result, build_number, user_id",
        ),
        (
            "run = {\n    \"pipeline\": f\"cart-{n}\",\n    \"build_number\": int(os.environ[\"N\"]),\n    \"ci\": True,\n}\n",
            r#"{"pipeline":"${expression}","build_number":"${int(os.environ[\"N\"])}","ci":true}"#,
            "pipeline, build_number",
        ),
        (
            "const options = { method: 'POST', retries: 3 };\nconst body = { pipeline: 'cart', result: 'ok' };\n",
            r#"{"pipeline":"cart","result":"ok"}"#,
            "",
        ),
        (
            "{pipeline: 'cart', build_number: parseInt(n), user_id: $USER, result: $result}",
            r#"{"pipeline":"cart","build_number":"${parseInt(n)}","user_id":"${USER}","result":"${result}"}"#,
            "build_number, user_id, result",
        ),
    ];
    for (text, wanted, gaps) in cases {
        let (document, said) = document_and_placeholders(text);
        assert_eq!(document, wanted, "{text}");
        assert!(said.contains(gaps), "{text}: {said}");
    }
}

#[test]
fn expressions_of_ci_tools_and_shells_are_placeholders_with_and_without_quotes() {
    let url = "https://app.harness.io/gratis/sei/api/v1/custom-cicd";
    let cases = [
        ("\"duration\": ${{ inputs.time }}", "duration"),
        ("\"user_id\": \"${{ github.actor }}\"", "user_id"),
        ("\"build_number\": $CI_PIPELINE_IID", "build_number"),
        ("\"user_id\": \"$GITLAB_USER\"", "user_id"),
        ("\"build_number\": %BUILD_ID%", "build_number"),
        ("\"user_id\": \"by %USERNAME%\"", "user_id"),
        ("\"user_id\": \"$(git log -1 --format=%ae)\"", "user_id"),
        ("\"duration\": $(date +%s)", "duration"),
        ("\"user_id\": \"$env:USERNAME\"", "user_id"),
        ("\"user_id\": \"$([ $a = 0 ] && echo b)\"", "user_id"),
        ("\"user_id\": \"%s\"", "user_id"),
    ];
    for (member, field) in cases {
        let command = format!("  curl {url} -d '{{\n  \"result\": \"ok\",\n  {member}\n}}'");
        let (_, gaps) = document_and_placeholders(&command);
        assert_eq!(gaps, format!("Placeholders to fill in: {field}."), "{command}");
    }
}

#[test]
fn backslashes_before_quotes_are_read_as_windows_reads_them() {
    let url = "https://api.propelo.ai/v1/generic-requests";
    let wanted = r#"{"pipeline":"a \"b\"","result":"C:\\x"}"#;
    let inner = wanted.replace('\\', "\\\\").replace('"', "\\\"");
    let body = format!(r#"{{"request_type":"JenkinsPluginJobRunComplete","payload":"{inner}"}}"#);
    // Programs on Windows split arguments like this: backslashes are doubled only before a quote.
    let mut argument = String::new();
    let mut backslashes = 0;
    for c in body.chars() {
        if c == '"' {
            argument.push_str(&"\\".repeat(backslashes + 1));
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        argument.push(c);
    }
    let carets: String =
        argument.chars().flat_map(|c| if "\"\\{}".contains(c) { vec!['^', c] } else { vec![c] }).collect();
    assert_eq!(
        document_and_placeholders(&format!("curl ^\"{url}^\" ^\n  --data-raw ^\"{carets}^\"")).0,
        wanted
    );
    assert_eq!(document_and_placeholders(&format!("curl.exe {url} `\n  -d \"{argument}\"")).0, wanted);
}

#[test]
fn json_with_missing_backslashes_inside_quotes_is_read_as_intended() {
    let text = "{\n \"request_type\": \"JenkinsPluginJobRunComplete\",\n \"payload\": \"{\"job_name\": \"cart\", \"ci\": true,\n}\"\n}";
    assert_eq!(document_and_placeholders(text).0, r#"{"pipeline":"cart","ci":true}"#);
    let command = format!("curl https://api.propelo.ai/v1/generic-requests -d '{text}'");
    assert_eq!(document_and_placeholders(&command).0, r#"{"pipeline":"cart","ci":true}"#);
}

#[test]
fn a_refusal_names_the_line_in_the_affected_part() {
    let command = "curl https://app.harness.io/gratis/sei/api/v1/custom-cicd \\\n  -d '{\n  \"result\": \"ok\",\n  ? \n}'";
    let Err(ImportError::Body(part)) = import(command) else { panic!("a fault of the body") };
    assert_eq!((part.fault.line, part.line, part.text.as_bytes()[part.fault.offset]), (4, 2, b'?'));
    let wrapped = r#"{"request_type":"x","payload":"{\"result\": ? }"}"#;
    let Err(ImportError::Inside(part)) = import(wrapped) else { panic!("a fault inside") };
    assert_eq!(part.text.as_bytes()[part.fault.offset], b'?');
    let leaky = "curl https://app.harness.io/v1/custom-cicd -d '{\"result\" ? \n -H \"Authorization: ApiKey planted-1\"";
    let Err(ImportError::Body(part)) = import(leaky) else { panic!("a fault of the body") };
    assert_eq!(part.text, "");
}

#[test]
fn a_command_without_a_body_to_another_service_is_refused() {
    for text in [
        "curl https://ci.example.com/api/v1/repos/a/b/builds/1",
        "curl -s -u u:p \"${JENKINS_URL}/job/a/1/api/json\"",
        "steps:\n  - run: curl -sSf https://sh.example.com/install | sh\n",
    ] {
        let fault = import(text).unwrap_err().to_string();
        assert!(fault.starts_with("this command has no body and does not call SEI"), "{text}: {fault}");
    }
    let guid = "curl https://app.harness.io/gratis/sei/api/v1/custom-cicd -H 'Authorization: ApiKey <key>'";
    assert_eq!(import(guid).unwrap().environment.as_deref(), Some("prod2"));
}

#[test]
fn a_list_or_a_sequence_of_other_objects_is_refused() {
    for text in [r#"[{"url":"x","error":{}}]"#, "{\"id\":2,\"folder\":\"a\"}\n{\"id\":5,\"folder\":\"b\"}"] {
        let fault = import(text).unwrap_err().to_string();
        assert!(fault.contains("none of them is a job run or the run of a CI tool"), "{text}: {fault}");
    }
}

#[test]
fn a_refusal_names_the_kind_of_other_texts() {
    for (text, wanted) in [
        ("#![allow(x)]\nfn main() { run({}) }\n", "Rust"),
        ("# Changes\n\n- Fixed {a}\n- Added {b}\n", "text without a payload"),
        ("# made by x\n[package]\npackage = \"a\"\nname = \"b\"\n", "a list of settings"),
    ] {
        let fault = import(text).unwrap_err().to_string();
        assert!(fault.starts_with(&format!("this seems to be {wanted}")), "{text}: {fault}");
    }
}
