//! The journal on disk: private, limited in size, and safe for several programs at once.

use sei_compose::journal::{REMEMBERED, Repeat};
use sei_compose::wire::Request;
use sei_compose::world::journal::Attempt;
use sei_compose::world::{World, journal};

use super::*;

fn start(machine: &Machine, request: &Request) -> Attempt {
    journal::claim(machine, "mine", request, Repeat::Always).unwrap().start(machine).unwrap()
}

#[test]
fn an_attempt_is_in_a_private_file_before_the_send_and_complete_after_it() {
    let (machine, _home) = machine();
    let request = job_run(&prod(), &json(RUN).unwrap());
    let attempt = start(&machine, &request);
    assert_eq!(outcomes(&journal::all(&machine).unwrap()), ["unknown"]);
    journal::end(&machine, attempt, &Ok(accepted()), 1).unwrap();
    assert_eq!(outcomes(&journal::all(&machine).unwrap()), ["accepted"]);
    let file = journal::folder(&machine).join("2026-01.ndjson");
    assert!(file.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    }
}

#[test]
fn an_end_is_in_the_month_of_its_start() {
    let (machine, home) = machine();
    let attempt = start(&machine, &job_run(&prod(), &json(RUN).unwrap()));
    let folders = machine.folders().clone();
    let later = Machine::at(folders).pinned(Timestamp::parse_rfc3339("2026-02-01T00:00:00Z").unwrap());
    journal::end(&later, attempt, &Ok(accepted()), 1).unwrap();
    assert_eq!(std::fs::read_dir(home.path().join("data/journal")).unwrap().count(), 1);
    assert_eq!(outcomes(&journal::recent(&later).unwrap()), ["accepted"]);
}

#[test]
fn the_newest_thousand_are_read_across_months_and_the_rest_stays_on_disk() {
    let (machine, _home) = machine();
    let folder = journal::folder(&machine);
    let text = |from: usize, to: usize| -> String {
        (from..to).map(|n| started(&n.to_string(), &prod()).opening()).collect()
    };
    machine.append(&folder.join("2025-11.ndjson"), &text(0, 900)).unwrap();
    machine.append(&folder.join("2025-12.ndjson"), &text(900, 1_500)).unwrap();
    machine.append(&folder.join("2026-01.ndjson"), &text(1_500, 1_600)).unwrap();
    let recent = journal::recent(&machine).unwrap();
    assert_eq!(recent.entries.len(), REMEMBERED);
    assert_eq!((recent.entries.first().unwrap().id.as_str(), recent.unreadable), ("600", 0));
    assert_eq!(recent.entries.last().unwrap().id, "1599");
    let all = journal::all(&machine).unwrap();
    assert_eq!(
        all.entries.iter().map(|entry| entry.id.parse().unwrap()).collect::<Vec<usize>>(),
        (0..1_600).collect::<Vec<_>>()
    );
}

#[test]
fn only_the_end_of_a_long_month_is_read_and_from_the_start_of_a_line() {
    let (machine, home) = machine();
    let path = home.path().join("file");
    machine.append(&path, "first\nsecond\n").unwrap();
    machine.append(&path, "thïrd\n").unwrap();
    let table = [
        (100, "first\nsecond\nthïrd\n"),
        (20, "first\nsecond\nthïrd\n"),
        (19, "second\nthïrd\n"),
        (14, "second\nthïrd\n"),
        (13, "thïrd\n"),
        (4, ""),
        (0, ""),
    ];
    for (bytes, text) in table {
        assert_eq!(machine.read_end(&path, bytes).unwrap(), text, "{bytes} bytes");
    }
    std::fs::write(&path, b"a\xff\nb\n").unwrap();
    assert_eq!(machine.read_end(&path, 100).unwrap(), "a\u{fffd}\nb\n");
}

#[test]
fn programs_that_append_at_the_same_time_do_not_mix_their_lines() {
    let (machine, _home) = machine();
    let request = job_run(&prod(), &json(RUN).unwrap());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let attempt = start(&machine, &request);
                    journal::end(&machine, attempt, &Ok(accepted()), 1).unwrap();
                }
            });
        }
    });
    let all = journal::all(&machine).unwrap();
    assert_eq!((outcomes(&all), all.unreadable), (vec!["accepted"; 100], 0));
    assert_ne!(new_id(&machine), new_id(&machine));
}
