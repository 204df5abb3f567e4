//! Bodies that the same text writes, builds or passes on: files, variables, `jq`, Groovy, and
//! nested shells.

use sei_compose::document::write_compact;
use sei_compose::import::{ImportKind, import};

const URL: &str = "https://app.harness.io/gratis/sei/api/v1/custom-cicd";

/// Name, text, and document; `URL` is the address.
const CASES: &[(&str, &str, &str)] = &[
    (
        "a here-document of cat",
        r#"cat > body.json <<EOF
{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12, "branch_name": "main"}
EOF
curl -X POST URL -H "Content-Type: application/json" -d @body.json
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12,"branch_name":"main"}"#,
    ),
    (
        "echo",
        r#"echo '{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12}' > out/body.json
curl -X POST URL --data-binary "@out/body.json"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "Out-File with a here-string in a variable",
        r#"$body = @'
{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12}
'@
$body | Out-File -FilePath body.json -Encoding utf8
Invoke-RestMethod -Method Post -Uri URL -InFile body.json -ContentType 'application/json'
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "Set-Content",
        r#"Set-Content -Path payload.json -Value '{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12}'
curl.exe -X POST URL -d "@payload.json"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "a here-document before the file, and an upload",
        r#"cat <<'EOF' > payload.json
{
  "pipeline": "web", "job_full_name": "shop/web",
  "build_number": ${BUILD_NUMBER}
}
EOF
curl -sS -X POST URL -T payload.json
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":"${BUILD_NUMBER}"}"#,
    ),
    (
        "a map of Groovy",
        r#"def response = httpRequest httpMode: 'POST', contentType: 'APPLICATION_JSON',
    url: 'URL',
    customHeaders: [[name: 'Authorization', value: "ApiKey ${KEY}"]],
    requestBody: JsonOutput.toJson([
        pipeline: 'web', job_full_name: 'shop/web',
        build_number: 12, ci: true, branch_name: env.BRANCH_NAME,
        scm_commit_ids: ['0a1b2c3d4e5f60718293a4b5c6d7e8f901234567'],
        duration: currentBuild.duration,
    ])
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12,"ci":true,"branch_name":"${env.BRANCH_NAME}","scm_commit_ids":["0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"],"duration":"${currentBuild.duration}"}"#,
    ),
    (
        "a map of Groovy in a variable",
        r#"stage('Report') {
  steps {
    script {
      def payload = [pipeline: "web", job_full_name: "shop/web", build_number: env.BUILD_NUMBER as Integer, job_run: [stages: [[id: "1", displayName: "Build", durationInMillis: 1000]]]]
      httpRequest(url: "URL", httpMode: 'POST', requestBody: groovy.json.JsonOutput.toJson(payload))
    }
  }
}
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":"${env.BUILD_NUMBER as Integer}","job_run":{"stages":[{"id":"1","displayName":"Build","durationInMillis":1000}]}}"#,
    ),
    (
        "nested quotes of PowerShell",
        r#"powershell -Command "Invoke-RestMethod -Method Post -Uri 'URL' -Body '{\"pipeline\":\"web\",\"job_full_name\":\"shop/web\",\"build_number\":12}' -ContentType 'application/json'"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "jq in a variable",
        r#"PAYLOAD=$(jq -n \
  --arg pipeline "web" \
  --arg full "shop/web" \
  '{pipeline: $pipeline, "job_full_name": $full, build_number: 12}')
curl -X POST URL -d "$PAYLOAD"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "tee",
        r#"cat <<EOF | tee body.json
{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12}
EOF
curl URL --json @body.json
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "the last of two files",
        r#"cat > other.json <<EOF
{"pipeline": "nope", "job_full_name": "shop/nope"}
EOF
cat > body.json <<EOF
{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12}
EOF
wget --post-file=body.json URL
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "printf, and a file as standard input",
        r#"printf '%s' '{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12}' > body.json
http POST URL < body.json
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "Out-File",
        r#"'{"pipeline": "web", "job_full_name": "shop/web", "build_number": 12}' | Out-File body.json
iwr URL -Method POST -InFile body.json
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "jq into a file",
        r#"jq -n '{pipeline: "web", job_full_name: "shop/web", build_number: ($ENV.N|tonumber)}' > body.json
curl URL -d @body.json
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":"${expression}"}"#,
    ),
    (
        "the named arguments of jq",
        r"jq --null-input --arg pipeline web --arg job_full_name shop/web '$ARGS.named' | curl URL -d @-
",
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "short members of jq",
        r"jq -n --arg pipeline web --arg job_full_name shop/web --argjson build_number 12 '{$pipeline, $job_full_name, $build_number}' | curl URL -d @-
",
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":12}"#,
    ),
    (
        "jq in the option",
        r#"curl -X POST URL -d "$(jq -n --arg p web '{pipeline: $p, job_full_name: "shop/web"}')"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "bash -c",
        r#"bash -c 'curl -X POST URL -d "{\"pipeline\": \"web\", \"job_full_name\": \"shop/web\"}"'
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "cmd /c",
        r#"C:\> cmd /c curl -X POST URL -d "{\"pipeline\": \"web\", \"job_full_name\": \"shop/web\"}"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "pwsh -Command with a table",
        r#"pwsh -NoProfile -Command "& { Invoke-RestMethod -Uri URL -Method Post -Body (@{pipeline='web'; job_full_name='shop/web'; build_number=7} | ConvertTo-Json) }"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":7}"#,
    ),
    (
        "a step of a workflow",
        r#"          - run: curl -X POST URL -d '{"pipeline": "web", "job_full_name": "shop/web", "build_number": ${{ github.run_number }}}'
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":"${{ github.run_number }}"}"#,
    ),
    (
        "a script of YAML",
        r#"  script:
    - curl -X POST URL -d "{\"pipeline\": \"web\", \"job_full_name\": \"shop/web\", \"branch_name\": \"$CI_COMMIT_BRANCH\"}"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","branch_name":"$CI_COMMIT_BRANCH"}"#,
    ),
    (
        "a step of Jenkins",
        r#"sh 'curl -X POST URL -d \'{"pipeline": "web", "job_full_name": "shop/web"}\''
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "a step of Jenkins with escapes",
        r#"sh "curl -X POST URL -d '{\"pipeline\": \"web\", \"job_full_name\": \"shop/web\", \"build_number\": ${BUILD_NUMBER}}'"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":"${BUILD_NUMBER}"}"#,
    ),
    (
        "bat with two levels of escapes",
        r#"bat """curl -X POST URL -d "{\\"pipeline\\": \\"web\\", \\"job_full_name\\": \\"shop/web\\"}" """
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "a Dockerfile",
        r#"RUN sudo curl -X POST URL -d '{"pipeline": "web", "job_full_name": "shop/web"}'
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "echo of cmd",
        r#"@echo off
echo {"pipeline": "web", "job_full_name": "shop/web", "build_number": 3} > body.json
curl -X POST URL -d @body.json
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":3}"#,
    ),
    (
        "writeFile",
        r#"writeFile file: 'body.json', text: """{
  "pipeline": "web", "job_full_name": "shop/web", "build_number": ${env.BUILD_NUMBER}
}"""
sh 'curl -X POST URL -d @body.json'
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":"${env.BUILD_NUMBER}"}"#,
    ),
    (
        "expressions of jq",
        r#"jq -n '{pipeline: "web", job_full_name: "shop/web", build_number: (env.N|tonumber), start_time: (now*1000|floor), branch_name: env.B}' | curl URL -d @-
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":"${expression}","start_time":"${expression}","branch_name":"${env.B}"}"#,
    ),
    (
        "read with a here-document",
        r#"read -r -d '' BODY <<EOF
{"pipeline": "web", "job_full_name": "shop/web"}
EOF
curl URL -d "$BODY"
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "echo of cmd into a pipe",
        r#"echo {"pipeline": "web", "job_full_name": "shop/web"} | curl URL -d @-
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web"}"#,
    ),
    (
        "writeJSON",
        r#"pipeline {
  post { always { script {
    def runs = [
      'pipeline': env.JOB_BASE_NAME,
      "job_full_name": "${env.JOB_NAME}",
      result: currentBuild.currentResult,
      build_number: 42,
      cd: false, ci: true,
      environment_variables: [:],
      job_run: [stages: [
        [id: '1', displayName: 'Build', durationInMillis: 1200, steps: [[id: 's1', displayName: params['X']]]],
      ]],
    ]
    httpRequest authentication: 'sei', url: 'URL', httpMode: 'POST', contentType: 'APPLICATION_JSON', requestBody: writeJSON(returnText: true, json: runs)
  } } }
}
"#,
        r#"{"pipeline":"${env.JOB_BASE_NAME}","job_full_name":"${env.JOB_NAME}","result":"${currentBuild.currentResult}","build_number":42,"cd":false,"ci":true,"environment_variables":{},"job_run":{"stages":[{"id":"1","displayName":"Build","durationInMillis":1200,"steps":[{"id":"s1","displayName":"${params['X']}"}]}]}}"#,
    ),
    (
        "a text of Groovy",
        r#"httpRequest url: "URL", httpMode: 'POST', requestBody: """{
  "pipeline": "web", "job_full_name": "${env.JOB_NAME}", "build_number": ${env.BUILD_NUMBER}
}"""
"#,
        r#"{"pipeline":"web","job_full_name":"${env.JOB_NAME}","build_number":"${expression}"}"#,
    ),
    (
        "httpRequest with parentheses",
        r#"httpRequest(
  url: "URL",
  requestBody: '{"pipeline": "web", "job_full_name": "shop/web", "build_number": 3}'
)
"#,
        r#"{"pipeline":"web","job_full_name":"shop/web","build_number":3}"#,
    ),
];

#[test]
fn each_body_in_the_text_is_found() {
    for (what, text, wanted) in CASES {
        let text = text.replace("URL", URL);
        let imported = import(&text).unwrap_or_else(|fault| panic!("{what}: {fault}"));
        assert_eq!(write_compact(&imported.document), *wanted, "{what}");
        assert!(
            matches!(imported.kind, ImportKind::Curl | ImportKind::Request),
            "{what}: {:?}",
            imported.kind
        );
        assert_eq!(imported.environment.as_deref(), Some("prod2"), "{what}");
        assert!(imported.asks.is_empty(), "{what}");
    }
}

#[test]
fn a_file_that_the_text_does_not_write_is_requested() {
    for text in [
        "curl URL -d @body.json",
        "cat > other.json <<EOF\n{\"pipeline\":\"a\"}\nEOF\ncurl URL -d @body.json",
        "envsubst < body.tpl > body.json\ncurl URL -d @body.json",
        "jq .x all.json > body.json\ncurl URL -d @body.json",
        "cat > mybody.json <<EOF\n{\"pipeline\":\"a\"}\nEOF\ncurl URL -d @body.json",
        "curl URL -d @- < body.json",
        "http POST URL < body.json",
    ] {
        let imported = import(&text.replace("URL", URL)).unwrap();
        assert_eq!(imported.asks, ["body.json"], "{text}");
        assert_eq!(write_compact(&imported.document), "{}", "{text}");
    }
}

#[test]
fn appended_text_belongs_to_the_file() {
    let text = format!(
        "echo {{ > b.json\necho \"pipeline\": \"a\", >> b.json\necho '\"job_full_name\": \"x/a\" }}' >> b.json\n\
         curl {URL} -d @b.json"
    );
    let imported = import(
        &text
            .replace("echo \"pipeline\": \"a\",", "echo '\"pipeline\": \"a\",'")
            .replace("echo {", "echo '{'"),
    );
    assert_eq!(write_compact(&imported.unwrap().document), r#"{"pipeline":"a","job_full_name":"x/a"}"#);
}

#[test]
fn a_groovy_request_without_a_run_is_refused() {
    let text =
        "httpRequest url: 'https://chat.example/x', requestBody: JsonOutput.toJson([text: 'hi', room: 4])";
    assert!(import(text).is_err());
}
