//! The journal: its lines, also after crashes and from newer programs.

use sei_compose::check::PreviousRun;
use sei_compose::document::read as json;
use sei_compose::journal::{self, AttemptEnd, Journal, JournalEntry};
use sei_compose::time::{Duration, Timestamp};
use sei_compose::wire::{
    BodyFormat, Environment, Failure, FailureKind, Outcome, Reply, RequestPurpose, create_instance, job_run,
};
use sei_compose::world::{Folders, Machine, World};
use tempfile::TempDir;

mod disk;
#[cfg(unix)]
mod kill;
mod repeat;

const NOON: Timestamp = Timestamp::from_millis(1_767_614_400_000);

const RUN: &str = r#"{"job_name":"web","job_full_name":"shop/web","build_number":7,"result":"SUCCESS","instance_guid":"6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8","note":"☃ \"quoted\"\nline"}"#;

fn environment(id: &str, base: &str) -> Environment {
    Environment::custom(id, "Mine", base).unwrap()
}

fn prod() -> Environment {
    environment("mine", "https://sei.example/sei/api")
}

fn started(id: &str, environment: &Environment) -> JournalEntry {
    JournalEntry::start(id.to_owned(), NOON, &environment.id, &job_run(environment, &json(RUN).unwrap()))
}

fn accepted() -> Reply {
    Reply {
        status: 202,
        content_type: None,
        retry_after: None,
        verdict: None,
        body: "{\"response_type\":\"x\"}".to_owned(),
        truncated: false,
        elapsed: Duration::from_millis(40),
    }
}

fn failed(sent: bool) -> Failure {
    Failure { kind: FailureKind::Reset, sent, detail: "connection reset".to_owned() }
}

fn ended(id: &str, result: &Result<Reply, Failure>) -> String {
    AttemptEnd::of(NOON, result, 1).closing(id)
}

fn outcomes(journal: &Journal) -> Vec<&'static str> {
    journal.entries.iter().map(|entry| entry.outcome().word()).collect()
}

fn previous(journal: &Journal, environment: Option<&Environment>) -> Vec<PreviousRun> {
    let sent: Vec<_> = journal.sent_runs().collect();
    journal::previous_runs(&sent, environment)
}

#[test]
fn an_entry_is_read_as_it_was_written() {
    for format in [BodyFormat::Flat, BodyFormat::Wrapped] {
        let environment = Environment { format, ..prod() };
        let entry = started("one", &environment);
        assert_eq!((entry.purpose, entry.format), (RequestPurpose::JobRun, Some(format)));
        assert_eq!(entry.identity.to_string(), "shop/web #7");
        assert_eq!(entry.document(), json(RUN).ok(), "{format:?}");
        let ending = AttemptEnd::of(NOON, &Ok(accepted()), 3);
        let read = journal::read(&(entry.opening() + &ending.closing("one")));
        assert_eq!(read.entries, [JournalEntry { ending: Some(ending), ..entry }]);
        assert_eq!(read.unreadable, 0);
    }
    let request = create_instance(&prod(), "4620", "Shop CI", None);
    let entry = JournalEntry::start("two".to_owned(), NOON, "mine", &request);
    assert_eq!(journal::read(&entry.opening()).entries, [entry]);
}

#[test]
fn a_body_is_read_byte_for_byte_and_only_text_is_a_body() {
    let request = create_instance(&prod(), "4620", "\u{1b} \"quoted\" \\ ☃ \u{2028}\n", None);
    let entry = JournalEntry::start("one".to_owned(), NOON, "mine", &request);
    let opening = entry.opening();
    let read = journal::read(&opening);
    let body = &read.entries.first().unwrap().body;
    assert_eq!(body.text(), request.body);
    assert_eq!(format!("{body:?}"), format!("{:?}", request.body));
    let text = serde_json::to_string(&request.body).unwrap();
    for other in ["7", "{}", "null", "[\"x\"]"] {
        let read = journal::read(&opening.replace(&text, other));
        let is_absent = other == "null";
        assert_eq!((read.entries.len(), read.unreadable), (usize::from(is_absent), usize::from(!is_absent)));
    }
}

#[test]
fn each_line_is_json_by_itself_and_says_its_version() {
    let text = started("one", &prod()).opening() + &ended("one", &Ok(accepted()));
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 2);
    for line in lines {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["journal"], journal::VERSION);
    }
}

#[test]
fn the_outcome_follows_from_the_end_and_without_one_it_is_unknown() {
    let table = [
        (ended("id", &Ok(accepted())), Outcome::Accepted),
        (ended("id", &Err(failed(false))), Outcome::NotDelivered),
        (ended("id", &Err(failed(true))), Outcome::Unknown),
        (ended("another", &Ok(accepted())), Outcome::Unknown),
        (String::new(), Outcome::Unknown),
    ];
    for (end, outcome) in table {
        let read = journal::read(&(started("id", &prod()).opening() + &end));
        assert_eq!(read.entries.first().unwrap().outcome(), outcome, "{end}");
    }
}

#[test]
fn a_line_that_was_cut_off_anywhere_damages_no_other_line() {
    let (first, last) = (started("one", &prod()).opening(), started("two", &prod()).opening());
    for cut in (1..first.len()).filter(|cut| first.is_char_boundary(*cut)) {
        let partial = first.get(..cut).unwrap();
        let read = journal::read(&format!("{partial}{last}{}", ended("two", &Ok(accepted()))));
        let ids: Vec<&str> = read.entries.iter().map(|entry| entry.id.as_str()).collect();
        let is_whole = cut >= first.len() - 1;
        assert_eq!(ids, if is_whole { vec!["one", "two"] } else { vec!["two"] }, "cut at {cut}");
        assert_eq!(read.unreadable, usize::from(!is_whole && cut > 1), "cut at {cut}");
    }
}

#[test]
fn lines_of_a_newer_program_are_counted_and_unknown_keys_are_skipped() {
    let old = started("one", &prod()).opening();
    let newer = old.replace("\"journal\":1", "\"journal\":2");
    let more = old.replace("\"journal\":1", "\"journal\":1,\"mood\":{\"good\":[1]}");
    let read = journal::read(&format!("{newer}{more}{{}}\n[]\nnonsense\n"));
    assert_eq!((read.entries.len(), read.unreadable), (1, 4));
}

#[test]
fn two_entries_of_one_id_are_two() {
    let twice = started("one", &prod()).opening() + &ended("one", &Ok(accepted()));
    let read = journal::read(&format!("{twice}{twice}{}", started("one", &prod()).opening()));
    assert_eq!(outcomes(&read), ["accepted", "accepted", "unknown"]);
}

#[test]
fn the_rules_receive_only_runs_sent_to_the_same_environment_and_address() {
    let moved = environment("mine", "https://other.example/sei/api");
    let near = environment("mine", "https://sei.example/sei/api2");
    let local = environment("mine", "http://127.0.0.1:8999");
    let places = [prod(), environment("theirs", &prod().base), moved, near, local];
    let text: String = places
        .iter()
        .enumerate()
        .map(|(index, place)| {
            started(&index.to_string(), place).opening() + &ended(&index.to_string(), &Ok(accepted()))
        })
        .collect();
    let read = journal::read(&text);
    assert_eq!(read.entries.len(), 5);
    for place in &places {
        assert_eq!(previous(&read, Some(place)).len(), 1, "{}", place.base);
    }
    assert_eq!(previous(&read, None).len(), 4, "a run that stayed on this machine does not count elsewhere");
}

#[test]
fn a_refused_run_is_not_a_previous_run_and_an_unknown_outcome_is_not_accepted() {
    let refused = Ok(Reply { status: 400, ..accepted() });
    let table = [
        (Ok(accepted()), Some(true)),
        (refused, None),
        (Err(failed(false)), None),
        (Err(failed(true)), Some(false)),
    ];
    for (result, is_accepted) in table {
        let read = journal::read(&(started("id", &prod()).opening() + &ended("id", &result)));
        let runs = previous(&read, Some(&prod()));
        assert_eq!(runs.first().map(|run| run.accepted), is_accepted, "{result:?}");
    }
}

#[test]
fn a_long_reply_is_saved_in_part() {
    let long = Ok(Reply { body: "☃".repeat(100_000), ..accepted() });
    assert_eq!(AttemptEnd::of(NOON, &long, 1).reply, "☃".repeat(2_000));
}

/// A machine with its own home folder.
fn machine() -> (Machine, TempDir) {
    let home = TempDir::new().unwrap();
    let folders = Folders { config: home.path().join("config"), data: home.path().join("data") };
    (Machine::at(folders).pinned(NOON), home)
}

fn new_id(machine: &Machine) -> String {
    machine.new_uuid().to_string()
}

#[test]
fn the_newest_entries_are_the_last_ones_of_the_whole_journal() {
    let started = |id: usize, version: u32| {
        let record = "\"at\":\"2026-01-05T09:00:00.000Z\",\"environment\":\"a\",\"url\":\"http://a\"";
        format!(
            "\n{{\"journal\":{version},\"event\":\"begun\",\"id\":\"{id}\",{record},\"purpose\":\"job-run\",\
             \"body\":\"{{\\\"event\\\":\\\"begun\\\"}}\"}}\n"
        )
    };
    let ended = |id: usize| {
        let record = "\"at\":\"2026-01-05T09:00:01.000Z\",\"outcome\":\"accepted\"";
        format!("\n{{\"journal\":1,\"event\":\"ended\",\"id\":\"{id}\",{record}}}\n")
    };
    let good: String = (0..50).map(|id| started(id, 1) + &ended(id)).collect();
    let broken: String =
        (0..50).map(|id| started(id, if id % 3 == 0 { 99 } else { 1 }) + "{\"jour\n").collect();
    let late: String = (0..50).map(|id| started(id, 1)).chain((0..50).map(ended)).collect();
    for text in [&good, &broken, &late, "", "\n", good.get(1..).unwrap(), good.trim_end()] {
        let whole = sei_compose::journal::read(text).entries;
        for least in [0, 1, 7, 50, 60] {
            let newest = sei_compose::journal::read_newest(text, least).entries;
            assert!(newest.len() >= least.min(whole.len()), "{least} of {}", whole.len());
            assert_eq!(newest, whole[whole.len() - newest.len()..]);
        }
    }
    assert_eq!(sei_compose::journal::read_newest(&good, 7).entries.len(), 7);
}

#[test]
fn the_format_of_an_older_journal_is_read() {
    let text = started("1", &prod()).opening().replace("\"format\"", "\"door\"");
    let entry = journal::read(&text).entries.pop().unwrap();
    assert_eq!(entry.format, Some(BodyFormat::Flat));
}
