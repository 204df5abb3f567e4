//! Whether a run was sent before: under one claim, and with any other content of the journal.

use sei_compose::journal::{AttemptState, PreviousAttempt, Repeat, RunKey};
use sei_compose::wire::Request;
use sei_compose::world::journal::{self, Attempt, ClaimError};

use super::*;

fn request(number: i64) -> Request {
    job_run(&prod(), &json(&RUN.replace(":7,", &format!(":{number},"))).unwrap())
}

/// An attempt, or the previous attempt that prevents it; `None` if a file is at fault.
fn claim(machine: &Machine, request: &Request, repeat: Repeat) -> Result<Attempt, Option<PreviousAttempt>> {
    match journal::claim(machine, "mine", request, repeat) {
        Ok(claim) => Ok(claim.start(machine).unwrap()),
        Err(ClaimError::Repeated(previous)) => Err(Some(previous)),
        Err(ClaimError::File(_)) => Err(None),
    }
}

fn end(machine: &Machine, attempt: Attempt, result: &Result<Reply, Failure>) {
    journal::end(machine, attempt, result, 1).unwrap();
}

fn reply(status: u16) -> Reply {
    Reply { status, ..accepted() }
}

#[test]
fn a_claim_lasts_until_the_end_is_written() {
    let (machine, _home) = machine();
    let first = claim(&machine, &request(7), Repeat::Never).unwrap();
    for repeat in [Repeat::Never, Repeat::AfterPrevious] {
        let previous = claim(&machine, &request(7), repeat).unwrap_err().unwrap();
        assert_eq!((previous.standing, previous.process), (AttemptState::InFlight, Some(std::process::id())));
        assert_eq!(previous.started, Some(NOON));
    }
    let other = claim(&machine, &request(8), Repeat::Never).unwrap();
    end(&machine, other, &Ok(reply(202)));
    end(&machine, first, &Ok(reply(202)));
    assert_eq!(
        claim(&machine, &request(7), Repeat::Never).unwrap_err().unwrap().standing,
        AttemptState::Accepted
    );
    let again = claim(&machine, &request(7), Repeat::AfterPrevious).unwrap();
    let meanwhile = claim(&machine, &request(7), Repeat::Always).unwrap();
    end(&machine, meanwhile, &Ok(reply(202)));
    end(&machine, again, &Ok(reply(202)));
    assert!(claim(&machine, &request(9), Repeat::Never).is_ok());
}

#[test]
fn only_a_possibly_accepted_attempt_prevents_another() {
    let dropped = Reply { verdict: Some("dropped: unknown".to_owned()), ..accepted() };
    let table = [
        (Ok(reply(202)), Some(AttemptState::Accepted)),
        (Ok(reply(400)), None),
        (Ok(reply(401)), None),
        (Err(failed(false)), None),
        (Err(failed(true)), Some(AttemptState::Unknown)),
        (Ok(dropped), Some(AttemptState::Accepted)),
    ];
    for (result, standing) in table {
        let (machine, _home) = machine();
        let attempt = claim(&machine, &request(7), Repeat::Never).unwrap();
        end(&machine, attempt, &result);
        let next = claim(&machine, &request(7), Repeat::Never);
        assert_eq!(next.err().map(|previous| previous.unwrap().standing), standing, "{result:?}");
    }
}

#[test]
fn an_acceptance_counts_after_any_number_of_later_refusals() {
    let (machine, _home) = machine();
    for code in [202, 400, 503] {
        let attempt = claim(&machine, &request(7), Repeat::AfterPrevious).unwrap();
        end(&machine, attempt, &Ok(reply(code)));
    }
    assert_eq!(
        claim(&machine, &request(7), Repeat::Never).unwrap_err().unwrap().standing,
        AttemptState::Accepted
    );
}

#[test]
fn a_claim_with_an_unfinished_attempt_leaves_the_outcome_unknown() {
    let (machine, _home) = machine();
    drop(claim(&machine, &request(7), Repeat::Never).unwrap());
    let previous = claim(&machine, &request(7), Repeat::Never).unwrap_err().unwrap();
    assert_eq!((previous.standing, previous.process), (AttemptState::Unknown, Some(std::process::id())));
}

#[test]
fn a_dropped_claim_leaves_no_file_and_no_entry() {
    let (machine, home) = machine();
    drop(journal::claim(&machine, "mine", &request(7), Repeat::Never).unwrap());
    assert_eq!(std::fs::read_dir(home.path().join("data/sending")).unwrap().count(), 0);
    assert!(journal::all(&machine).unwrap().entries.is_empty());
    assert!(claim(&machine, &request(7), Repeat::Never).is_ok());
}

#[test]
fn threads_that_claim_one_run_at_the_same_time_get_one_claim() {
    let (machine, _home) = machine();
    let claims: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| match claim(&machine, &request(7), Repeat::Never) {
                    Ok(attempt) => {
                        end(&machine, attempt, &Ok(reply(202)));
                        1
                    }
                    Err(_) => 0,
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(claims, 1);
}

#[test]
fn requests_with_the_same_server_and_identity_are_one_run() {
    let key = |environment: &Environment, run: &str| {
        let request = job_run(environment, &json(run).unwrap());
        RunKey::of(&JournalEntry::start(String::new(), NOON, &environment.id, &request)).unwrap()
    };
    let own = key(&prod(), RUN);
    let wrapped = Environment { format: BodyFormat::Wrapped, ..prod() };
    let renamed = Environment { id: "other".to_owned(), ..prod() };
    let same = [
        key(&wrapped, RUN),
        key(&renamed, RUN),
        key(&prod(), &RUN.replace("6f1f3c52", " 6F1F3C52").replace("SUCCESS", "FAILURE")),
        key(&prod(), &RUN.replace("shop/web", " shop/web\\n")),
        key(&prod(), &RUN.replace("instance_guid", "jenkins_instance_guid")),
    ];
    for other in same {
        assert_eq!((&other, other.file_name()), (&own, own.file_name()));
    }
    let other_server = environment("mine", "https://sei.example:444/sei/api");
    let different = [
        key(&other_server, RUN),
        key(&prod(), &RUN.replace(":7,", ":70,")),
        key(&prod(), &RUN.replace("shop/web", "shop/Web")),
        key(&prod(), &RUN.replace("6f1f", "7f1f")),
        key(&prod(), &RUN.replace("instance_guid", "x")),
    ];
    for other in different {
        assert!(other != own && other.file_name() != own.file_name(), "{other:?}");
    }
    let unnamed = |note: &str| key(&prod(), &format!("{{\"job_full_name\":\"a\",\"note\":\"{note}\"}}"));
    assert_eq!(unnamed("x"), unnamed("x"));
    assert_ne!(unnamed("x"), unnamed("y"));
    let zero = RUN.replace("\"build_number\":7,", "");
    assert_eq!(key(&prod(), &zero), key(&prod(), &RUN.replace(":7,", ":0,")));
    let instance = create_instance(&prod(), "1", "n", None);
    assert_eq!(RunKey::of(&JournalEntry::start(String::new(), NOON, "mine", &instance)), None);
}

#[test]
fn all_names_of_a_server_are_one_server() {
    let key = |base: &str| {
        let request = job_run(&environment("mine", base), &json(RUN).unwrap());
        RunKey::of(&JournalEntry::start(String::new(), NOON, "mine", &request)).unwrap()
    };
    for names in [
        &["http://127.0.0.1:8999", "http://localhost:8999", "http://LocalHost:8999/", "http://[::1]:8999/v1"]
            [..],
        &["http://127.0.0.1", "http://127.1:80", "http://localhost", "http://[0:0:0:0:0:0:0:1]"],
        &["https://localhost./api", "https://127.0.0.1:443/api", "https://[::ffff:127.0.0.1]/api/"],
        &[
            "https://sei.example/sei/api",
            "https://SEI.Example:443/sei/api",
            "https://sei.example./sei/api/v1",
        ],
    ] {
        for name in names {
            assert_eq!(key(name), key(names[0]), "{name}");
            assert_eq!(key(name).file_name(), key(names[0]).file_name(), "{name}");
        }
    }
    for other in [
        "http://127.0.0.1:8998",
        "https://127.0.0.1:8999",
        "http://127.0.0.2:8999",
        "http://127.0.0.1:8999/API",
        "https://127.0.0.1.sei.example:8999",
        "https://localhost.sei.example:8999",
    ] {
        assert_ne!(key(other), key("http://localhost:8999"), "{other}");
    }
}

#[test]
fn attempts_are_found_with_any_characters_in_their_names() {
    for name in
        ["a \\\"quoted\\\" name", "ends in a quote\\\"", "tab\\there", "☃ \\u0001", "back\\\\slash\\\\"]
    {
        let run = RUN.replace("shop/web", name);
        let request = job_run(&prod(), &json(&run).unwrap());
        let entry = JournalEntry::start("one".to_owned(), NOON, "mine", &request);
        let text = started("zero", &prod()).opening()
            + &entry.opening()
            + "\n{\"journal\":1,\"event\":\"beg\n"
            + &ended("one", &Ok(accepted()))
            + &ended("zero", &Ok(accepted()));
        let found = RunKey::of(&entry).unwrap().attempts(&text);
        assert_eq!(found.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["one"], "{name}");
        assert_eq!(found[0].outcome(), Outcome::Accepted);
    }
}
