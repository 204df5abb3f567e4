//! Replies, and their explanations.

use sei_compose::document::{Value, read, write_compact};
use sei_compose::wire::{
    Failure, FailureKind, Outcome, Reply, Request, create_instance, explain, find, guid_of, job_run, outcome,
    read_instance,
};

use super::{RUN, failure, prod2, reply, run};

#[test]
fn each_result_has_its_outcome_word_and_exit_code() {
    let of = |result: Result<Reply, Failure>| {
        let outcome = outcome(&result);
        (outcome.word(), outcome.exit_code())
    };
    assert_eq!(of(Ok(reply(202, "{}"))), ("accepted", 0));
    assert_eq!(of(Ok(reply(200, "{}"))), ("accepted", 0));
    for status in [301, 400, 401, 403, 404, 413, 429, 500, 503] {
        assert_eq!(of(Ok(reply(status, "{}"))), ("refused", 3), "{status}");
    }
    assert_eq!(of(Ok(reply(200, " <!DOCTYPE html><title>Login</title>"))), ("not-delivered", 4));
    assert_eq!(of(Ok(reply(407, ""))), ("not-delivered", 4));
    assert_eq!(of(Ok(reply(502, ""))), ("unknown", 5));
    assert_eq!(of(Ok(reply(504, ""))), ("unknown", 5));
    assert_eq!(of(failure(FailureKind::Connect, false)), ("not-delivered", 4));
    assert_eq!(of(failure(FailureKind::Timeout, true)), ("unknown", 5));
}

#[test]
fn a_202_says_queued_and_what_to_check() {
    let request = job_run(&prod2(), &run());
    let said = explain(&request, &prod2(), &Ok(reply(202, "{}")));
    assert_eq!(said.outcome, Outcome::Accepted);
    assert!(said.headline.contains("queued, not stored"), "{}", said.headline);
    let next = said.next.join("\n");
    assert!(next.contains("o'Brien") && next.contains("#7"), "{next}");
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
fn an_ordinary_word_in_a_400_is_not_read_as_a_field() {
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
    for cause in ["SEI_ENABLE_CUSTOM_CICD", "SEI Admin", "SEI Ingestion", "allowlist"] {
        assert!(forbidden.contains(cause), "{cause}");
    }
    assert!(said(404).contains("app.harness.io/gratis"));
    assert!(said(413).contains(&format!("{} B", request.body.len())));
    assert!(said(302).contains("not followed"));
    assert!(said(500).contains("server error"));
    assert!(said(504).contains("may have been queued"));
    assert!(said(418).contains("did not accept"));
}

#[test]
fn a_failure_at_a_retired_host_says_that_it_is_retired() {
    let environment = find("propelo").unwrap();
    let request = job_run(environment, &run());
    for result in [Ok(reply(404, "")), failure(FailureKind::Name, false)] {
        let said = explain(&request, environment, &result);
        assert!(
            said.meaning.iter().chain(&said.next).any(|line| line.contains("The host is retired")),
            "{said:?}"
        );
    }
}

#[test]
fn a_429_says_when_to_retry() {
    let request = job_run(&prod2(), &run());
    let with = |after: &str| Reply { retry_after: Some(after.to_owned()), ..reply(429, "") };
    let next = |after: &str| explain(&request, &prod2(), &Ok(with(after))).next.join(" ");
    assert!(next("7").contains("after 7 s"));
    assert!(next("Wed, 21 Oct 2026 07:28:00 GMT").contains("21 Oct"));
    assert!(!next("\u{1b}[2J").contains('\u{1b}'));
}

#[test]
fn an_invalid_retry_after_is_not_repeated() {
    let request = job_run(&prod2(), &run());
    for after in ["-5", "NaN", "", "soon", "99999999999999999999999", "\u{1b}[2JGMT"] {
        let answer = Reply { retry_after: Some(after.to_owned()), ..reply(503, "") };
        let next = explain(&request, &prod2(), &Ok(answer)).next.join(" ");
        assert!(
            next.contains("in a minute") && (after.is_empty() || !next.contains(after)),
            "{after:?}: {next}"
        );
    }
}

#[test]
fn a_web_page_is_recognized_and_named_by_its_title() {
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
fn the_text_of_a_server_is_sanitized_and_cut() {
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
        FailureKind::Issuer,
        FailureKind::Host,
        FailureKind::Dates,
        FailureKind::Timeout,
        FailureKind::Reset,
        FailureKind::Proxy,
        FailureKind::Cancelled,
        FailureKind::Other,
    ] {
        assert!(meaning(kind, false).contains("Nothing was sent."), "{kind:?}");
        let doubtful = meaning(kind, true);
        assert!(
            doubtful.contains("may have accepted it") && !doubtful.contains("Nothing was sent"),
            "{kind:?}"
        );
    }
}

#[test]
fn sending_again_is_safe_only_for_a_run_with_a_number() {
    let again = |body: &str| {
        let request: Request = job_run(&prod2(), &read(body).unwrap());
        explain(&request, &prod2(), &failure(FailureKind::Timeout, true)).next.join(" ")
    };
    assert!(again(RUN).contains("is safe"));
    assert!(!again(r#"{"pipeline":"x"}"#).contains("is safe"));
}

#[test]
fn a_gateway_error_does_not_suggest_a_blind_resend() {
    for status in [502, 504] {
        let next = |body: &str| {
            let request = job_run(&prod2(), &read(body).unwrap());
            explain(&request, &prod2(), &Ok(reply(status, ""))).next.join(" ")
        };
        assert!(next(RUN).contains("is safe"), "{status}");
        assert!(next("{}").contains("Check SEI before you send again"), "{status}");
    }
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

#[test]
fn the_wrong_guid_path_is_reported_with_the_other_path() {
    let asked = |path: &str, answer: Reply| {
        let mut environment = prod2();
        path.clone_into(&mut environment.guid_path);
        let said = explain(&create_instance(&environment, "4620", "CI", None), &environment, &Ok(answer));
        [said.meaning.join(" "), said.next.join(" ")].join(" ")
    };
    let (usual, older) = ("v1/cicd/instances", "v1/custom-cicd");
    let said = asked(older, reply(400, r#"{"payload":"job_name/pipeline field is missing in request"}"#));
    assert!(said.contains("accepts runs") && said.contains("--guid-path v1/cicd/instances"), "{said}");
    assert!(asked(usual, reply(404, "")).contains("guid_path = \"v1/custom-cicd\""));
    assert!(asked(usual, reply(404, "")).contains("[environments.prod2]"));
    assert!(!asked(usual, reply(404, r#"{"message":"no such integration"}"#)).contains("custom-cicd"));
    assert!(!asked(usual, reply(400, r#"{"message":"id is not a UUID"}"#)).contains("custom-cicd"));
}

#[test]
fn the_answer_to_a_request_for_an_instance_is_explained() {
    const GUID: &str = "89d2491c-764a-4f77-93d9-18e8ac7c7d9d";
    let request = read_instance(&prod2(), GUID);
    assert_eq!(request.url, format!("https://app.harness.io/gratis/sei/api/v1/cicd/instances/{GUID}"));
    assert_eq!((request.method(), request.is_repeatable()), ("GET", true));
    let said = |status: u16, body: &str| {
        let said = explain(&request, &prod2(), &Ok(reply(status, body)));
        [vec![said.headline], said.meaning, said.next].concat().join("\n")
    };
    let found = format!(r#"{{"id":"{GUID}","name":"CI\u001b[2J","integration_id":4620,"type":"jenkins"}}"#);
    let words = said(200, &found);
    assert!(words.contains("has the instance") && words.contains("Integration id: 4620"), "{words}");
    assert!(!words.contains('\u{1b}') && !words.contains("hide its jobs"), "{words}");
    assert!(said(200, &format!(r#"{{"id":"{GUID}","type":null}}"#)).contains("hide its jobs"));
    for body in ["", "[]", "{}", "null", r#"{"id":null}"#, "not JSON"] {
        assert!(said(200, body).contains("the answer is not an instance"), "{body}");
    }
    assert!(said(404, r#"{"message":"Instance not found."}"#).contains("does not have the instance"));
    assert!(said(404, "").contains("unknown path"));
    assert!(said(401, "").contains("the key was not accepted"));
    assert!(said(403, "").contains("SEI Admin"));
    assert!(said(500, "").contains("SEI also answers 500 to a key that it does not know"));
    for status in [400, 422, 502, 504] {
        let words = said(status, "");
        assert!(!words.contains("queued") && !words.contains("the run"), "{words}");
    }
}
