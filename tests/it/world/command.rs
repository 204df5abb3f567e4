//! Commands that print a key, and those that never come to it.

use std::sync::mpsc::channel;
use std::time::Duration;

use sei_compose::world::{CommandError, World as _};

use super::machine;

/// Only a process that lives on takes this long.
const HANGING: Duration = Duration::from_mins(1);

#[test]
fn a_command_is_stopped_when_it_takes_too_long() {
    let (machine, _home) = machine();
    let limit = Duration::from_millis(50);
    for line in ["exec sleep 600", "echo key; exec >&-; exec sleep 600"] {
        assert_eq!(machine.run_command(line, limit), Err(CommandError::Late(limit)), "{line}");
    }
    assert_eq!(machine.run_command("echo key; read answer; echo $answer", HANGING), Ok("key\n\n".to_owned()));
}

#[test]
fn what_a_command_started_ends_with_it() {
    let (machine, home) = machine();
    let pipe = home.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (sender, receiver) = channel();
    let reader = pipe.clone();
    // Ends when nobody is left who could write.
    std::thread::spawn(move || sender.send(std::fs::read_to_string(reader).unwrap()));
    let limit = Duration::from_secs(1);
    let line = format!("(echo started; exec sleep 600) >{} & wait", pipe.display());
    assert_eq!(machine.run_command(&line, limit), Err(CommandError::Late(limit)));
    // A machine so slow that nobody has written yet would leave the reader waiting.
    drop(std::fs::File::options().read(true).write(true).open(&pipe).unwrap());
    assert!(receiver.recv_timeout(HANGING).is_ok(), "the child of the command lives on");
}
