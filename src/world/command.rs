//! Runs a command line of the platform's shell, or a program, with a time limit, and returns the
//! output.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use thiserror::Error;

/// The maximum size of the output in bytes.
const MAX_OUTPUT: u64 = 64 * 1024;
/// The interval of checks whether a command has ended after it closed its output.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Why a command gave no output; never contains the output.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// The command could not be started.
    #[error("could not be started: {0}")]
    Start(String),
    /// The command took too long and was stopped.
    #[error("did not answer within {} s and was stopped", .0.as_secs())]
    Late(Duration),
    /// The exit code is not 0.
    #[error("failed with exit code {0}")]
    Failed(i32),
    /// A signal ended the command.
    #[error("was stopped by a signal")]
    Stopped,
    /// The output is not UTF-8.
    #[error("printed text that is not UTF-8")]
    NotText,
}

/// The output of a command, which has no input; its standard error is discarded.
pub(super) fn run(mut command: Command, limit: Duration) -> Result<String, CommandError> {
    let start = |fault: std::io::Error| CommandError::Start(fault.to_string());
    // A separate process group, so that child processes end with the command.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(start)?;
    let (sender, receiver) = channel();
    // A second sender: the channel stays open, and waiting for the reader takes its full time.
    let spare_sender = sender.clone();
    if let Some(out) = child.stdout.take() {
        let reader = move || {
            let mut bytes = Vec::new();
            let read = out.take(MAX_OUTPUT).read_to_end(&mut bytes).map(|_length| bytes);
            sender.send(read.unwrap_or_default()).ok();
        };
        std::thread::Builder::new().name("command".to_owned()).spawn(reader).map_err(start)?;
    }
    let ended = collect(&mut child, &receiver, limit);
    drop(spare_sender);
    if ended.is_err() {
        stop(&mut child);
    }
    String::from_utf8(ended?).map_err(|_bytes| CommandError::NotText)
}

fn collect(
    child: &mut Child,
    receiver: &Receiver<Vec<u8>>,
    limit: Duration,
) -> Result<Vec<u8>, CommandError> {
    let bytes = receiver.recv_timeout(limit).map_err(|_late| CommandError::Late(limit))?;
    let mut waited = Duration::ZERO;
    while waited < limit {
        match child.try_wait().map_err(|fault| CommandError::Start(fault.to_string()))? {
            Some(status) if status.success() => return Ok(bytes),
            Some(status) => return Err(status.code().map_or(CommandError::Stopped, CommandError::Failed)),
            None => {
                waited += POLL_INTERVAL;
                if receiver.recv_timeout(POLL_INTERVAL) == Err(RecvTimeoutError::Disconnected) {
                    break;
                }
            }
        }
    }
    Err(CommandError::Late(limit))
}

/// Ends the shell, and on Unix all its child processes.
fn stop(child: &mut Child) {
    // The system reuses the process id only after `wait`.
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        rustix::process::kill_process_group(group, rustix::process::Signal::KILL).ok();
    }
    child.kill().ok();
    child.wait().ok();
}

/// A command line for the shell of the platform.
pub(super) fn shell(line: &str) -> Command {
    let (program, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    self::program(program, &[option, line])
}

/// A program with its arguments, started without a shell.
pub(super) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments);
    command
}
