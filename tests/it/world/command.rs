//! Commands that print a key, and commands that hang.

use std::sync::mpsc::channel;
use std::time::Duration;

use sei_compose::world::{CommandError, World as _};

use super::machine;

/// Only a process that was not stopped takes this long.
const HANGING: Duration = Duration::from_mins(1);

#[test]
fn a_command_is_stopped_at_its_time_limit() {
    let (machine, _home) = machine();
    let limit = Duration::from_millis(50);
    for line in ["exec sleep 600", "echo key; exec >&-; exec sleep 600"] {
        assert_eq!(machine.run_command(line, limit), Err(CommandError::Late(limit)), "{line}");
    }
    assert_eq!(machine.run_command("echo key; read answer; echo $answer", HANGING), Ok("key\n\n".to_owned()));
}

#[test]
fn child_processes_end_with_their_command() {
    let (machine, home) = machine();
    let pipe = home.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (sender, receiver) = channel();
    let reader = pipe.clone();
    // The pipe ends when no process can write to it.
    std::thread::spawn(move || sender.send(std::fs::read_to_string(reader).unwrap()));
    let limit = Duration::from_secs(1);
    let line = format!("(echo started; exec sleep 600) >{} & wait", pipe.display());
    assert_eq!(machine.run_command(&line, limit), Err(CommandError::Late(limit)));
    // On a very slow machine, a process that has not written yet would block the reader.
    drop(std::fs::File::options().read(true).write(true).open(&pipe).unwrap());
    assert!(receiver.recv_timeout(HANGING).is_ok(), "the child of the command lives on");
}
