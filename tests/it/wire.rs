//! Tests of `wire`.

use std::io::Write;
use std::process::{Command, Stdio};

use sei_compose::document::{Value, read, write_compact};
use sei_compose::time::Duration;
use sei_compose::wire::{
    Door, Environment, Failure, FailureKind, Names, Origin, Outcome, Purpose, Reply, Request, Scheme, Secret,
    SecretError, as_curl, as_http, built_in, create_instance, dated, explain, find, guid_of, identity,
    job_run, outcome, with_names, wrap,
};

const RUN: &str = r#"{"pipeline":"Node.js CI","zebra":1.10,"job_full_name":"o'Brien \"x\" $HOME `id`","instance_guid":"89d2491c-764a-4f77-93d9-18e8ac7c7d9d","build_number":7}"#;

fn run() -> Value {
    read(RUN).unwrap()
}

fn prod2() -> Environment {
    find("prod2").unwrap().clone()
}

fn reply(status: u16, body: &str) -> Reply {
    Reply {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: None,
        body: body.to_owned(),
        truncated: false,
        elapsed: Duration::from_millis(12),
    }
}

fn failure(kind: FailureKind, sent: bool) -> Result<Reply, Failure> {
    Err(Failure { kind, sent, detail: "as reported".to_owned() })
}

// Environments and addresses.

#[test]
fn the_built_in_environments_are_all_there_with_their_addresses() {
    let table: Vec<(&str, String, &str, bool, bool)> = built_in()
        .iter()
        .map(|e| (e.id.as_str(), e.run_url(), e.scheme.word(), e.protected, e.legacy))
        .collect();
    let expected = [
        ("prod1", "https://app.harness.io/prod1/sei/api", "ApiKey", true, false),
        ("prod2", "https://app.harness.io/gratis/sei/api", "ApiKey", true, false),
        ("prod3", "https://app3.harness.io/sei/api", "ApiKey", true, false),
        ("eu", "https://accounts.eu.harness.io/sei/api", "ApiKey", true, false),
        ("gateway", "https://app.harness.io/gateway/sei/api", "ApiKey", true, false),
        ("prod0", "https://accounts.harness.io/sei/api", "ApiKey", true, false),
        ("prod4", "https://prod4.harness.io/sei/api", "ApiKey", true, false),
        ("prod6", "https://prod6.harness.io/sei/api", "ApiKey", true, false),
        ("levelops", "https://api.levelops.io", "Bearer", false, true),
        ("propelo", "https://api.propelo.ai", "Bearer", false, true),
        ("propelo-eu", "https://eu1.api.propelo.ai", "Bearer", false, true),
        ("propelo-asia", "https://asia1.api.propelo.ai", "Bearer", false, true),
        ("propelo-test", "https://testapi1.propelo.ai", "Bearer", false, true),
        ("sandbox", "http://127.0.0.1:0", "ApiKey", false, false),
    ]
    .map(|(id, base, scheme, protected, legacy)| {
        (id, format!("{base}/v1/custom-cicd"), scheme, protected, legacy)
    });
    assert_eq!(table, expected);
}

#[test]
fn each_built_in_base_is_one_that_a_person_may_type() {
    for environment in built_in() {
        assert_eq!(Environment::accepts_base(&environment.base).as_ref(), Ok(&environment.base));
        assert!(environment.guid_url().ends_with("/v1/cicd/instances"), "{}", environment.id);
        assert!(!environment.note.is_empty() && !environment.label.is_empty(), "{}", environment.id);
    }
    assert!(sei_compose::time::Timestamp::parse_rfc3339(&format!("{}T00:00:00Z", dated())).is_some());
}

#[test]
fn a_base_is_taken_however_it_was_pasted() {
    let plain = "https://app.harness.io/prod1/sei/api";
    for tail in ["", "/", "//", "/v1", "/v1/", "/v1/custom-cicd", "/v1/custom-cicd/", "/custom-cicd"] {
        assert_eq!(Environment::accepts_base(&format!("  {plain}{tail}\n")).as_deref(), Ok(plain), "{tail}");
    }
    assert_eq!(Environment::accepts_base(&format!("{plain}/v1/cicd/instances")).as_deref(), Ok(plain));
    assert_eq!(
        Environment::accepts_base("HTTPS://App.Harness.IO:443//prod1///sei/api").as_deref(),
        Ok(plain),
        "the same place in other letters"
    );
}

#[test]
fn the_host_is_short_enough_for_a_status_line() {
    assert_eq!(prod2().host(), "app.harness.io/gratis");
    assert_eq!(Environment::sandbox("http://127.0.0.1:8080/").unwrap().host(), "127.0.0.1:8080");
    assert_eq!(find("levelops").unwrap().host(), "api.levelops.io");
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for here in ["http://127.0.0.1:1", "http://127.9.9.9", "http://localhost:8080", "http://[::1]:9/x"] {
        assert!(Environment::accepts_base(here).is_ok(), "{here}");
    }
    for away in ["http://app.harness.io", "http://128.0.0.1", "http://localhost.example.com", "http://[::2]"]
    {
        let fault = Environment::accepts_base(away).unwrap_err().to_string();
        assert!(fault.contains("https"), "{fault}");
    }
}

#[test]
fn a_base_that_cannot_be_used_says_what_to_write() {
    let fault = |base: &str| Environment::accepts_base(base).unwrap_err().to_string();
    assert_eq!(
        fault("app.harness.io/sei"),
        "“app.harness.io/sei” names no protocol; write https://app.harness.io/sei"
    );
    assert!(fault("ftp://x.example").contains("“ftp”"));
    assert!(fault("").contains("no address"));
    assert!(fault("https://x.example/?a=1").contains("“?a=1”"));
    assert!(fault("https://x.example/#top").contains("“#top”"));
    assert!(fault("https://x .example").contains("space"));
    assert!(fault("https://").contains("not a web address"));
}

#[test]
fn credentials_in_a_base_are_refused_without_repeating_them() {
    for base in ["https://user:hunter2@x.example", "https://hunter2@x.example/v1", "user:hunter2@x.example"] {
        let fault = Environment::accepts_base(base).unwrap_err().to_string();
        assert!(fault.contains('@') && !fault.contains("hunter2"), "{fault}");
    }
}

#[test]
fn an_environment_of_ones_own_joins_paths_with_one_slash() {
    let own = Environment::custom("mine", "Mine", "https://sei.example.com/a/").unwrap();
    assert_eq!(own.url("/v1/custom-cicd"), "https://sei.example.com/a/v1/custom-cicd");
    let raw = Environment { base: "https://sei.example.com/a/v1/".to_owned(), ..own };
    assert_eq!(raw.guid_url(), "https://sei.example.com/a/v1/cicd/instances");
}

// The key.

const KEY: &str = "sei-planted-key-7f3a";

#[test]
fn a_key_loses_what_a_copy_brought_along() {
    let bare = [
        format!("  {KEY}\r\n"),
        format!("ApiKey {KEY}"),
        format!("apikey  {KEY}"),
        format!("Bearer {KEY}"),
        format!("Authorization: ApiKey {KEY}"),
    ];
    for text in bare {
        assert_eq!(prod2().key(text.as_str()).unwrap().expose(), KEY, "{text}");
    }
}

#[test]
fn a_text_that_cannot_be_a_key_is_refused_without_repeating_it() {
    let fault = |text: &str| prod2().key(text).unwrap_err();
    assert_eq!(fault("  \n"), SecretError::Empty);
    assert_eq!(fault("Bearer"), SecretError::Empty);
    for (text, what) in [
        ("planted\nkey", "a line break at character 8"),
        ("planted key", "a space at character 8"),
        ("planted“key”", "a curly quote at character 8"),
        ("planted\u{1b}key", "a control character at character 8"),
        ("plantedkéy", "a character outside ASCII at character 9"),
    ] {
        let said = fault(text).to_string();
        assert!(said.contains(what), "{said}");
        assert!(!said.contains("planted"), "{said}");
    }
    assert!(fault(&"x".repeat(9000)).to_string().contains("9000"));
}

#[test]
fn a_key_shows_nothing_of_itself() {
    let key = prod2().key(KEY).unwrap();
    assert_eq!(format!("{key:?}"), "Secret(…)");
    assert_eq!(format!("{key:#?}"), "Secret(…)");
    assert!(key.matches(KEY) && !key.matches("sei-planted-key-7f3b") && !key.matches("sei"));
}

#[test]
fn a_key_belongs_to_one_protocol_host_and_port() {
    let key = Secret::new(KEY, Origin::of("https://app.harness.io").unwrap()).unwrap();
    assert!(key.belongs_to("https://app.harness.io:443/prod1/sei/api/v1/custom-cicd"));
    for elsewhere in [
        "http://app.harness.io/",
        "https://app.harness.io:8443/",
        "https://app3.harness.io/",
        "https://app.harness.io.example.com/",
        "https://app.harness.io@example.com/",
        "app.harness.io",
        "",
    ] {
        assert!(!key.belongs_to(elsewhere), "{elsewhere}");
    }
}

// Requests.

#[test]
fn the_flat_door_takes_the_document_byte_for_byte() {
    let request = job_run(&prod2(), &run());
    assert_eq!(request.body, RUN);
    assert_eq!(request.url, "https://app.harness.io/gratis/sei/api/v1/custom-cicd");
    assert_eq!((request.purpose, request.scheme), (Purpose::JobRun, Scheme::ApiKey));
}

#[test]
fn the_wrapped_door_takes_the_document_as_a_string() {
    let environment = Environment { door: Door::Wrapped, ..prod2() };
    let request = job_run(&environment, &read(r#"{"pipeline":"a\"b","duration":1.0}"#).unwrap());
    assert_eq!(
        request.body,
        r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"{\"pipeline\":\"a\\\"b\",\"duration\":1.0}"}"#
    );
    assert_eq!(request.url, "https://app.harness.io/gratis/sei/api/v1/generic-requests");
    assert_eq!(write_compact(&request.run().unwrap()), r#"{"pipeline":"a\"b","duration":1.0}"#);
    assert_eq!(wrap(&run()), read(&job_run(&environment, &run()).body).unwrap());
}

#[test]
fn a_guid_is_asked_for_with_the_type_and_an_id_only_when_chosen() {
    let request = create_instance(&prod2(), "4620", "my \"CI\"", None);
    assert_eq!(request.body, r#"{"integration_id":"4620","name":"my \"CI\"","type":"jenkins"}"#);
    assert_eq!(request.url, "https://app.harness.io/gratis/sei/api/v1/cicd/instances");
    assert_eq!(request.purpose, Purpose::CreateInstance);
    let chosen = create_instance(&prod2(), "4620", "CI", Some("89d2491c-764a-4f77-93d9-18e8ac7c7d9d"));
    assert!(chosen.body.ends_with(r#","type":"jenkins","id":"89d2491c-764a-4f77-93d9-18e8ac7c7d9d"}"#));
}

#[test]
fn respelling_keeps_order_and_values_and_unknown_fields() {
    let legacy = with_names(&run(), Names::Legacy);
    assert_eq!(
        write_compact(&legacy),
        RUN.replace("\"pipeline\"", "\"job_name\"").replace("\"instance_guid\"", "\"jenkins_instance_guid\"")
    );
    assert_eq!(with_names(&legacy, Names::Current), run());
    assert_eq!(with_names(&legacy, Names::AsWritten), legacy);
}

#[test]
fn respelling_never_makes_a_field_twice() {
    let both = read(r#"{"pipeline":"a","job_name":"b"}"#).unwrap();
    assert_eq!(with_names(&both, Names::Current), both);
    assert_eq!(with_names(&both, Names::Legacy), both);
    let list = read("[1]").unwrap();
    assert_eq!(with_names(&list, Names::Legacy), list);
}

#[test]
fn the_identity_is_read_under_either_name() {
    let legacy = identity(&with_names(&run(), Names::Legacy));
    assert_eq!(legacy, identity(&run()));
    assert_eq!(legacy.instance_guid.as_deref(), Some("89d2491c-764a-4f77-93d9-18e8ac7c7d9d"));
    assert_eq!(legacy.build_number, Some(7));
    assert_eq!(identity(&read("3").unwrap()), sei_compose::wire::Identity::default());
}

// Renderings.

#[test]
fn a_request_reads_as_http_with_its_key_dotted() {
    let request = create_instance(&prod2(), "1", "é", None);
    let expected = "POST /gratis/sei/api/v1/cicd/instances HTTP/1.1\nHost: app.harness.io\n\
         Authorization: ApiKey ••••••\nContent-Type: application/json\nAccept: application/json\n\
         Accept-Encoding: gzip\nUser-Agent: sei-compose/0.1.0\nContent-Length: 51\n\n{\"integration_id\":\"1\",\"name\":\"é\",\"type\":\"jenkins\"}";
    assert_eq!(as_http(&request), expected);
    assert_eq!(request.body.len(), 51);
}

/// Runs a shell text with a `curl` that prints its arguments, each ended by a NUL.
fn arguments(shell_text: &str) -> Vec<String> {
    let mut shell = Command::new("sh")
        .env_clear()
        .env("HARNESS_SEI_API_KEY", "the key")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let script = format!("curl() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{shell_text}\n");
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let printed = shell.wait_with_output().unwrap();
    assert!(printed.status.success());
    let text = String::from_utf8(printed.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn a_real_shell_gives_curl_the_exact_bytes_whatever_they_are() {
    let hostile = [
        "it's $(reboot) `id` $HOME ${X} !! \\ \\\\ \" '' ''' \\n % * ? ~ # & ; | > <",
        "'",
        "''",
        "-- @/etc/passwd",
        "line\nbreak\ttab\rreturn \u{1b}[31m\u{7f}",
        "naïve 🦀 \u{202e} \u{2028}",
        "",
    ];
    for text in hostile {
        for door in [Door::Flat, Door::Wrapped] {
            let environment = Environment { door, ..prod2() };
            let mut fields = run().as_object().unwrap().clone();
            fields.push(text, text);
            let request = job_run(&environment, &Value::Object(fields));
            let given = arguments(&as_curl(&request));
            let expected = [
                "--request",
                "POST",
                &request.url,
                "--header",
                "Authorization: ApiKey the key",
                "--header",
                "Content-Type: application/json",
                "--data-raw",
                &request.body,
            ];
            assert_eq!(given, expected, "{text:?}");
        }
    }
}

// What came back.

#[test]
fn each_end_has_its_outcome_word_and_exit_code() {
    let of = |result: Result<Reply, Failure>| {
        let outcome = outcome(&result);
        (outcome.word(), outcome.exit_code())
    };
    assert_eq!(of(Ok(reply(202, "{}"))), ("accepted", 0));
    assert_eq!(of(Ok(reply(200, "{}"))), ("accepted", 0));
    for status in [301, 400, 401, 403, 404, 413, 429, 500, 502, 503] {
        assert_eq!(of(Ok(reply(status, "{}"))), ("refused", 3), "{status}");
    }
    assert_eq!(of(Ok(reply(200, " <!DOCTYPE html><title>Login</title>"))), ("no-answer", 4));
    assert_eq!(of(Ok(reply(407, ""))), ("no-answer", 4));
    assert_eq!(of(Ok(reply(504, ""))), ("unknown", 5));
    assert_eq!(of(failure(FailureKind::Connect, false)), ("no-answer", 4));
    assert_eq!(of(failure(FailureKind::Timeout, true)), ("unknown", 5));
}

#[test]
fn a_202_says_queued_and_what_to_look_for() {
    let request = job_run(&prod2(), &run());
    let said = explain(&request, &prod2(), &Ok(reply(202, "{}")));
    assert_eq!(said.outcome, Outcome::Accepted);
    assert!(said.headline.contains("queued, not stored"), "{}", said.headline);
    let next = said.next.join("\n");
    assert!(next.contains("o'Brien") && next.contains("number 7"), "{next}");
    assert!(next.contains("89d2491c-764a-4f77-93d9-18e8ac7c7d9d"), "{next}");
    assert_eq!(said.field, None);
}

#[test]
fn a_400_points_at_the_field_the_server_names() {
    let cases = [
        (RUN, "jenkins_instance_name/instance_name field is missing in request", "/instance_name"),
        (RUN, "job_name/pipeline field is missing in request", "/pipeline"),
        (r#"{"job_name":null}"#, "job_name/pipeline field is missing in request", "/job_name"),
        (RUN, "result field is missing in request", "/result"),
        (RUN, "job_normalized_full_name/qualified_name field is missing in request", "/qualified_name"),
        (RUN, "Cannot read start_time as a long", "/start_time"),
        (RUN, "Unrecognised value (through reference chain: Run[\"duration\"])", "/duration"),
    ];
    for (body, sentence, pointer) in cases {
        let request = job_run(&prod2(), &read(body).unwrap());
        let answer = reply(400, &format!("{{\"payload\":{}}}", write_compact(&Value::from(sentence))));
        let said = explain(&request, &prod2(), &Ok(answer));
        assert_eq!(said.outcome, Outcome::Refused);
        assert_eq!(said.field.map(|at| at.to_string()).as_deref(), Some(pointer), "{sentence}");
        assert!(said.meaning.iter().any(|line| line.contains(sentence)), "{:?}", said.meaning);
    }
}

#[test]
fn an_ordinary_word_in_a_400_is_not_taken_for_a_field() {
    let request = job_run(&prod2(), &run());
    let said = explain(&request, &prod2(), &Ok(reply(400, r#"{"message":"the result of this cd is bad"}"#)));
    assert_eq!(said.field, None);
}

#[test]
fn each_refusal_names_its_likely_cause() {
    let request = job_run(&prod2(), &run());
    let said = |status: u16| {
        let said = explain(&request, &prod2(), &Ok(reply(status, "")));
        assert!(said.headline.contains(&status.to_string()), "{}", said.headline);
        assert!(!said.next.is_empty(), "{status}");
        [said.headline, said.meaning.join(" "), said.next.join(" ")].join(" ")
    };
    assert!(said(401).contains("expired"));
    let forbidden = said(403);
    for cause in ["SEI_ENABLE_CUSTOM_CICD", "SEI Admin", "SEI Ingestion", "allow-list"] {
        assert!(forbidden.contains(cause), "{cause}");
    }
    assert!(said(404).contains("app.harness.io/gratis"));
    assert!(said(413).contains(&format!("{} B", request.body.len())));
    assert!(said(302).contains("not followed"));
    assert!(said(500).contains("server's side"));
    assert!(said(504).contains("may have been queued"));
    assert!(said(418).contains("did not take"));
}

#[test]
fn a_retired_host_that_knows_nothing_says_so() {
    let environment = find("propelo").unwrap();
    let request = job_run(environment, &run());
    for result in [Ok(reply(404, "")), failure(FailureKind::Name, false)] {
        let said = explain(&request, environment, &result);
        assert!(said.meaning.iter().chain(&said.next).any(|line| line.contains("retired name")), "{said:?}");
    }
}

#[test]
fn a_429_tells_when_to_come_back() {
    let request = job_run(&prod2(), &run());
    let with = |after: &str| Reply { retry_after: Some(after.to_owned()), ..reply(429, "") };
    let next = |after: &str| explain(&request, &prod2(), &Ok(with(after))).next.join(" ");
    assert!(next("7").contains("after 7 s"));
    assert!(next("Wed, 21 Oct 2026 07:28:00 GMT").contains("21 Oct"));
    assert!(!next("\u{1b}[2J").contains('\u{1b}'));
}

#[test]
fn a_web_page_is_recognised_and_named_by_its_title() {
    let request = job_run(&prod2(), &run());
    let page = "<html><head><TITLE>\n Corporate  proxy\u{1b}[31m </TITLE></head>";
    for status in [200, 403, 502] {
        let said = explain(&request, &prod2(), &Ok(reply(status, page)));
        assert!(said.headline.contains("web page"), "{}", said.headline);
        let meaning = said.meaning.join(" ");
        assert!(meaning.contains("Corporate proxy") && !meaning.contains('\u{1b}'), "{meaning}");
    }
}

#[test]
fn a_servers_words_are_shown_safely_and_cut() {
    let request = job_run(&prod2(), &run());
    let body = format!("\u{1b}]0;owned\u{7}\u{202e}{}", "long ".repeat(1000));
    let said = explain(&request, &prod2(), &Ok(reply(500, &body)));
    let all = said.meaning.join(" ");
    assert!(all.contains("owned"));
    assert!(!all.chars().any(|c| c.is_control() || c == '\u{202e}'), "{all:?}");
    assert!(all.chars().count() < 600, "{}", all.len());
}

#[test]
fn a_failure_says_whether_anything_was_sent() {
    let request = job_run(&prod2(), &run());
    let meaning = |kind, sent| explain(&request, &prod2(), &failure(kind, sent)).meaning.join(" ");
    for kind in [
        FailureKind::Name,
        FailureKind::Connect,
        FailureKind::Tls,
        FailureKind::Timeout,
        FailureKind::Reset,
        FailureKind::Proxy,
        FailureKind::Cancelled,
        FailureKind::Other,
    ] {
        assert!(meaning(kind, false).contains("Nothing was sent."), "{kind:?}");
        let doubtful = meaning(kind, true);
        assert!(doubtful.contains("may have taken it") && !doubtful.contains("Nothing was sent"), "{kind:?}");
    }
}

#[test]
fn sending_again_is_called_safe_only_for_a_run_with_a_number() {
    let again = |body: &str| {
        let request: Request = job_run(&prod2(), &read(body).unwrap());
        explain(&request, &prod2(), &failure(FailureKind::Timeout, true)).next.join(" ")
    };
    assert!(again(RUN).contains("is safe"));
    assert!(!again(r#"{"pipeline":"x"}"#).contains("is safe"));
}

#[test]
fn a_guid_is_read_from_a_good_answer_only() {
    let guid = "89d2491c-764a-4f77-93d9-18e8ac7c7d9d";
    let body = format!("{{\"id\":\"{guid}\"}}");
    assert_eq!(guid_of(&reply(200, &body)).as_deref(), Some(guid));
    assert_eq!(guid_of(&reply(400, &body)), None);
    assert_eq!(guid_of(&reply(200, r#"{"id":"4620"}"#)), None);
    assert_eq!(guid_of(&reply(200, "<html>")), None);
    let request = create_instance(&prod2(), "4620", "CI", None);
    assert!(explain(&request, &prod2(), &Ok(reply(200, &body))).headline.contains(guid));
    assert!(explain(&request, &prod2(), &Ok(reply(200, "{}"))).headline.contains("no GUID"));
}
