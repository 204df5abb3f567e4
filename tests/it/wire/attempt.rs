//! Retries: which results are retried, how long the waits are, and the outcome of several attempts.

use sei_compose::document::read;
use sei_compose::time::{Duration, Timestamp};
use sei_compose::wire::{
    AttemptProgress, AttemptStage, Cause, Failure, FailureKind, Outcome, Patience, Reply, asked, cause,
    create_instance, job_run, outcome, settle,
};

use super::{failure, prod2, reply};

/// A result, its outcome and exit code, and whether a request with and one without an identity is
/// retried.
type Row = (Result<Reply, Failure>, Outcome, u8, bool, bool);

fn table() -> Vec<Row> {
    use FailureKind::{Cancelled, Connect, Dates, Host, Issuer, Name, Other, Proxy, Reset, Timeout, Tls};
    use Outcome::{Accepted, NotDelivered, Refused, Unknown};
    let mut rows = vec![
        (Ok(reply(408, "")), Refused, 3, true, false),
        (Ok(reply(429, "")), Refused, 3, true, true),
        (Ok(reply(502, "")), Unknown, 5, true, false),
        (Ok(reply(503, "")), Refused, 3, true, true),
        (Ok(reply(504, "")), Unknown, 5, true, false),
        (Ok(reply(407, "")), NotDelivered, 4, false, false),
        (Ok(reply(200, "<html>")), NotDelivered, 4, false, false),
        (failure(Connect, false), NotDelivered, 4, true, true),
        (failure(Timeout, false), NotDelivered, 4, true, true),
        (failure(Timeout, true), Unknown, 5, false, false),
        (failure(Reset, true), Unknown, 5, false, false),
        (failure(Other, true), Unknown, 5, false, false),
        (failure(Cancelled, true), Unknown, 5, false, false),
    ];
    let final_answers = [301, 307, 400, 401, 403, 404, 409, 413, 422, 425, 500, 501, 505];
    rows.extend(final_answers.map(|status| (Ok(reply(status, "")), Refused, 3, false, false)));
    rows.extend([200, 202, 204].map(|status| (Ok(reply(status, "")), Accepted, 0, false, false)));
    let nothing_sent = [Name, Tls, Issuer, Host, Dates, Proxy, Cancelled, Other, Reset];
    rows.extend(nothing_sent.map(|kind| (failure(kind, false), NotDelivered, 4, false, false)));
    rows
}

#[test]
fn each_result_has_one_outcome_and_one_exit_code_and_is_final_or_not() {
    for (end, expected, exit, with_identity, without) in table() {
        assert_eq!(outcome(&end), expected, "{end:?}");
        assert_eq!(outcome(&end).exit_code(), exit, "{end:?}");
        assert_eq!(cause(&end, true).is_some(), with_identity, "with an identity: {end:?}");
        assert_eq!(cause(&end, false).is_some(), without, "without one: {end:?}");
    }
}

#[test]
fn a_possibly_accepted_request_is_repeated_only_if_the_server_keeps_one() {
    for (end, ..) in table() {
        assert!(outcome(&end) != Outcome::Unknown || cause(&end, false).is_none(), "{end:?}");
    }
}

#[test]
fn a_run_with_a_number_and_a_chosen_guid_can_be_repeated() {
    let run = |body: &str| job_run(&prod2(), &read(body).unwrap()).is_repeatable();
    assert!(run(r#"{"build_number":7}"#));
    assert!(!run(r#"{"build_number":null}"#) && !run("{}") && !run("[7]"));
    let mut wrapped = prod2();
    wrapped.format = sei_compose::wire::BodyFormat::Wrapped;
    assert!(job_run(&wrapped, &read(r#"{"build_number":7}"#).unwrap()).is_repeatable());
    assert!(!create_instance(&prod2(), "1", "CI", None).is_repeatable());
    assert!(create_instance(&prod2(), "1", "CI", Some("x")).is_repeatable());
}

fn millis(duration: Option<Duration>) -> Option<i64> {
    duration.map(Duration::millis)
}

#[test]
fn waits_double_with_random_variation_by_half() {
    let patience = Patience::default();
    for (attempt, least, most) in [(1, 250, 500), (2, 500, 1_000), (3, 1_000, 2_000)] {
        let mut waits: Vec<i64> = (0..200_u64)
            .map(|dice| millis(patience.wait(attempt, None, dice * 0x1234_5678_9abc)).unwrap())
            .collect();
        assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{attempt}: {waits:?}");
        waits.sort_unstable();
        waits.dedup();
        assert!(waits.len() > 100, "{} different waits", waits.len());
        assert!(waits[waits.len() - 1] - waits[0] > (most - least) * 3 / 4, "{waits:?}");
    }
    assert_eq!(patience.wait(4, None, 1), None, "four attempts and no more");
    let endless = Patience { attempts: u32::MAX, ..patience };
    assert!(millis(endless.wait(4_000_000_000, None, u64::MAX)).unwrap() <= 30_000);
}

#[test]
fn a_retry_after_is_respected_or_ends_the_retries() {
    let wait =
        |seconds: i64| millis(Patience::default().wait(1, Some(Duration::from_millis(seconds * 1_000)), 3));
    for seconds in [1, 7, 29] {
        assert!((seconds * 1_000..=seconds * 1_000 + 250).contains(&wait(seconds).unwrap()), "{seconds}");
    }
    assert_eq!(wait(30), Some(30_000));
    assert_eq!(wait(31), None, "coming back before the time would be no use");
    assert!(wait(0).unwrap() >= 250, "a wait of zero still has a minimum");
}

#[test]
fn retry_after_is_read_as_seconds_or_as_a_date() {
    let now = Timestamp::parse_rfc3339("2026-01-05T10:00:00Z").unwrap();
    let cases = [
        (Some("7"), Some(7_000)),
        (Some(" 0 "), Some(0)),
        (Some("99999999999999999999"), Some(i64::MAX)),
        (Some("Mon, 05 Jan 2026 10:00:20 GMT"), Some(20_000)),
        (Some("Mon, 05 Jan 2026 09:00:00 GMT"), Some(0)),
        (Some("soon"), None),
        (Some("-5"), None),
        (Some(""), None),
        (None, None),
    ];
    for (text, expected) in cases {
        let reply = Reply { retry_after: text.map(str::to_owned), ..reply(503, "") };
        assert_eq!(millis(asked(&reply, now)), expected, "{text:?}");
    }
}

#[test]
fn an_unknown_outcome_stays_until_a_later_attempt_settles_it() {
    let doubt = || Some(Ok(reply(504, "doubt")));
    for last in
        [Ok(reply(202, "")), Ok(reply(400, "")), Ok(reply(401, "")), failure(FailureKind::Reset, true)]
    {
        assert_eq!(settle(doubt(), last.clone()), last);
    }
    for last in [
        Ok(reply(503, "")),
        Ok(reply(429, "")),
        Ok(reply(500, "")),
        Ok(reply(407, "")),
        failure(FailureKind::Connect, false),
        failure(FailureKind::Tls, false),
    ] {
        assert_eq!(settle(doubt(), last.clone()), doubt().unwrap(), "{last:?}");
        assert_eq!(settle(None, last.clone()), last);
    }
    let called_off = settle(doubt(), failure(FailureKind::Cancelled, false));
    assert_eq!(called_off, failure(FailureKind::Cancelled, true));
}

#[test]
fn each_stage_is_described_in_one_line() {
    let words =
        |attempt, stage, since| AttemptProgress { attempt, of: 4, stage }.words(Duration::from_millis(since));
    assert_eq!(words(1, AttemptStage::Connecting, 0), "Connecting");
    assert_eq!(words(2, AttemptStage::Connecting, 0), "Connecting, attempt 2 of 4");
    assert_eq!(words(1, AttemptStage::Sent, 0), "Sent, waiting for the answer");
    let wait = Duration::from_millis(2_040);
    let busy = AttemptStage::Waiting { wait, cause: Cause::Status(503) };
    assert_eq!(words(1, busy, 1_000), "Attempt 2 of 4 in 2s: status 503");
    let gone = AttemptStage::Waiting { wait, cause: Cause::Connection };
    assert_eq!(words(3, gone, 9_000), "Attempt 4 of 4 in 0s: no connection");
}
