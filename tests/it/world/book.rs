//! The instance book with concurrent changes of several programs.

use std::process::{Command, Stdio};
use std::time::Duration;

use sei_compose::book::BookEntry;
use sei_compose::wire::find;
use sei_compose::world::{FileError, World as _, book};

use super::{machine, put};

#[test]
fn the_wait_for_a_lock_has_a_limit() {
    let (machine, home) = machine();
    let path = home.path().join("data/lock");
    let limit = Duration::from_millis(20);
    let lock = machine.wait_for_lock(&path, limit).unwrap();
    let refused = machine.wait_for_lock(&path, limit).unwrap_err();
    assert!(matches!(refused, FileError::Busy { .. }), "{refused}");
    assert!(refused.to_string().contains("another sei-compose"), "{refused}");
    drop(lock);
    machine.wait_for_lock(&path, limit).unwrap();
}

#[test]
fn concurrent_threads_lose_no_entry_of_the_book() {
    let (machine, _home) = machine();
    let environment = find("prod2").unwrap();
    let keep = |thread: u32| {
        for number in 0..10 {
            let guid = format!("00000000-0000-4000-8000-{thread:06}{number:06}");
            book::keep(&machine, environment, BookEntry { guid, ..BookEntry::default() }).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || keep(thread));
        }
    });
    assert_eq!(book::load(&machine).unwrap().entries.len(), 40);
}

#[test]
fn concurrent_programs_lose_no_entry_of_the_book() {
    let (machine, home) = machine();
    put(&home.path().join("config/config.toml"), "");
    let add = |number: u32| {
        Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .args(["instances", "add", &format!("00000000-0000-4000-8000-{number:012}"), "--name", "one"])
            .env("SEI_COMPOSE_CONFIG_DIR", home.path().join("config"))
            .env("SEI_COMPOSE_DATA_DIR", home.path().join("data"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let programs: Vec<_> = (0..12).map(add).collect();
    for mut program in programs {
        assert!(program.wait().unwrap().success());
    }
    assert_eq!(book::load(&machine).unwrap().entries.len(), 12);
}
