//! Requests of programs other than curl, and bodies that are piped into a command.

use sei_compose::document::write_compact;
use sei_compose::import::{FoundKey, ImportError, ImportKind, Imported, import};

const URL: &str = "https://app.harness.io/gratis/sei/api/v1/custom-cicd";
const BODY: &str = r#"{"pipeline":"cart","build_number":12}"#;

fn imported_from(text: &str) -> Imported {
    let imported = import(text);
    assert!(imported.is_ok(), "{text}: {imported:?}");
    imported.unwrap()
}

/// A request of each program, with a key.
fn requests() -> Vec<String> {
    let quoted = BODY.replace('"', "\\\"");
    let ticked = BODY.replace('"', "`\"");
    vec![
        format!(
            "await fetch(\"{URL}\", {{\n  \"credentials\": \"include\",\n  \"headers\": {{\n    \"authorization\": \
             \"ApiKey planted-31c9\"\n  }},\n  \"body\": \"{quoted}\",\n  \"method\": \"POST\"\n}});"
        ),
        format!(
            "fetch('{URL}', {{method: 'POST', headers: {{'Authorization': 'ApiKey planted-31c9'}}, body: \
             JSON.stringify({{pipeline: 'cart', build_number: 12}})}})"
        ),
        format!(
            "const run = {{ pipeline: 'cart', build_number: 12 }};\naxios.post('{URL}', run, {{ headers: {{ \
             Authorization: 'ApiKey planted-31c9' }} }});"
        )
        .replace("axios.post('", "fetch('")
        .replace("run, {", "{ body: JSON.stringify(run),"),
        format!(
            "Invoke-WebRequest -UseBasicParsing -Uri \"{URL}\" `\n-Method \"POST\" `\n-Headers @{{\n\"authority\"=\"app.harness.io\"\n  \
             \"authorization\"=\"ApiKey planted-31c9\"\n}} `\n-ContentType \"application/json\" `\n-Body \"{ticked}\""
        ),
        format!(
            "$body = @'\n{BODY}\n'@\n$h = @{{ 'x-api-key' = 'planted-31c9' }}\nInvoke-RestMethod -Method Post -Uri {URL} \
             -Headers $h -Body $body"
        ),
        format!(
            "irm {URL} -Method Post -Headers @{{Authorization='ApiKey planted-31c9'}} -Body (@{{ pipeline = 'cart'; \
             build_number = 12 }} | ConvertTo-Json)"
        ),
        format!("http POST {URL} Authorization:'ApiKey planted-31c9' pipeline=cart build_number:=12"),
        format!("http POST {URL} Authorization: ApiKey planted-31c9 pipeline=cart build_number:=12"),
        format!("xh post {URL} 'authorization:ApiKey planted-31c9' --raw '{BODY}'"),
        format!("$ echo '{BODY}' | http {URL} \"Authorization: ApiKey planted-31c9\""),
        format!("wget -qO- --header='Authorization: ApiKey planted-31c9' --post-data '{BODY}' {URL}"),
        format!(
            "wget --method=POST --body-data='{BODY}' \\\n  --header 'Authorization: ApiKey planted-31c9' {URL}"
        ),
        format!(
            "import requests\n\nrequests.post(\n    '{URL}',\n    headers={{'Authorization': 'ApiKey planted-31c9'}},\n    \
             json={{'pipeline': 'cart', 'build_number': 12}},\n)\n"
        ),
        format!(
            "payload = {{\"pipeline\": \"cart\", \"build_number\": 12}}\nheaders = {{\"Authorization\": \"ApiKey \
             planted-31c9\"}}\nr = requests.post(\"{URL}\", headers=headers, data=json.dumps(payload))\n"
        ),
    ]
}

#[test]
fn the_request_of_each_program_gives_its_body_environment_and_key() {
    for text in requests() {
        let imported = imported_from(&text);
        assert_eq!(write_compact(&imported.document), BODY, "{text}");
        assert_eq!(imported.kind, ImportKind::Request, "{text}");
        assert_eq!(imported.environment.as_deref(), Some("prod2"), "{text}");
        let FoundKey::Given(key) = &imported.key else { panic!("a key: {text}") };
        assert_eq!(key.expose(), "planted-31c9");
        assert!(imported.credentials.iter().any(|known| known.matches("planted-31c9")), "{text}");
        assert!(!imported.credentials.iter().any(|known| known.matches("app.harness.io")), "{text}");
        assert!(!format!("{imported:?}").contains("planted"), "{text}");
    }
}

#[test]
fn other_credentials_of_a_request_are_dropped_and_redacted() {
    let cases = [
        format!("requests.post('{URL}', data='{BODY}', auth=('me', 'planted-31c9'))"),
        format!("requests.post('{URL}', data='{BODY}', cookies={{'sid': 'planted-31c9'}})"),
        format!("http -a me:planted-31c9 POST {URL} --raw '{BODY}'"),
        format!("wget --password planted-31c9 --post-data='{BODY}' {URL}"),
        format!("fetch('{URL}', {{headers: {{cookie: 'sid=planted-31c9'}}, body: '{BODY}'}})"),
    ];
    for text in cases {
        let imported = imported_from(&text);
        assert_eq!(write_compact(&imported.document), BODY, "{text}");
        assert!(imported.credentials.iter().any(|known| known.matches("planted-31c9")), "{text}");
        assert!(!imported.dropped.is_empty() && imported.key == FoundKey::None, "{text}");
    }
}

#[test]
fn expressions_in_the_request_of_a_program_are_placeholders() {
    let cases = [
        format!("fetch(`{URL}`, {{body: JSON.stringify({{pipeline: 'cart', build_number: run.id}})}})"),
        format!("requests.post('{URL}', json={{'pipeline': 'cart', 'build_number': int(n)}})"),
        format!(
            "irm {URL} -Method Post -Body (@{{pipeline='cart'; build_number=$env:BUILD}} | ConvertTo-Json)"
        ),
        format!("http POST {URL} pipeline=cart build_number=$BUILD_NUMBER"),
        format!(
            "wget --post-data=\"{{\\\"pipeline\\\":\\\"cart\\\",\\\"build_number\\\":$(date +%s)}}\" {URL}"
        ),
    ];
    for text in cases {
        let imported = imported_from(&text);
        let wanted = "Placeholders to fill in: build_number.".to_owned();
        assert!(imported.notes.contains(&wanted), "{text}: {:?}", imported.notes);
    }
}

#[test]
fn a_piped_body_is_read_from_the_same_text() {
    let pretty = "{\n  \"pipeline\": \"cart\",\n  \"build_number\": 12\n}";
    let cases = [
        format!("echo '{BODY}' | curl {URL} -d @-"),
        format!("$ echo -n '{pretty}' | curl {URL} --data-binary @-"),
        format!("printf '%s\\n' '{BODY}' | curl {URL} -d @-"),
        format!("printf '{{\"pipeline\":\"%s\",\"build_number\":%d}}' cart 12 | \\\n  curl {URL} --json @-"),
        format!("cat <<EOF | curl {URL} \\\n  -d @-\n{pretty}\nEOF\n"),
        format!("cat <<'END' | jq -c . | curl {URL} -d @-\n{pretty}\nEND\n"),
        format!("jq -n '{pretty}' | curl {URL} -d @-"),
        format!(
            "jq -nc --arg p cart --argjson n 12 \\\n  '{{\"pipeline\": $p, \"build_number\": $n}}' | curl {URL} -d @-"
        ),
        format!("'{BODY}' | curl.exe {URL} -d '@-'"),
        format!("echo '{BODY}' | /usr/bin/curl {URL} -T -"),
        format!("RUN='{BODY}'\necho \"$RUN\" | curl {URL} -d @-"),
        format!("export RUN='{BODY}'\ncurl {URL} -d \"${{RUN}}\""),
        format!("$run = @'\n{pretty}\n'@\ncurl.exe {URL} -d $run"),
    ];
    for text in cases {
        let imported = imported_from(&text);
        assert_eq!(write_compact(&imported.document), BODY, "{text}");
        let repairs = imported.repairs.iter().filter(|repair| !repair.what.starts_with("text before"));
        assert_eq!((imported.asks.len(), repairs.count()), (0, 0), "{text}: {:?}", imported.repairs);
    }
}

#[test]
fn a_body_that_another_command_prints_is_refused_with_a_next_step() {
    for text in [format!("./body.sh | curl {URL} -d @-"), format!("cat run.json | curl {URL} -d @-")] {
        let Err(ImportError::Command(why)) = import(&text) else { panic!("{text}") };
        assert!(why.contains("the body comes from another command"), "{why}");
    }
    assert_eq!(imported_from(&format!("curl {URL} -d @-")).asks, ["-"]);
}

#[test]
fn a_request_without_a_body_is_not_an_empty_run() {
    for text in [format!("Invoke-RestMethod -Uri {URL}"), format!("const r = await fetch('{URL}');")] {
        assert!(import(&text).is_err(), "{text}");
    }
}
