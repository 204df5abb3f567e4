//! Runs a command line of the platform's shell, or a program, for its output, for so long and no longer.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use thiserror::Error;

/// More output than this is none that was asked for.
const LONGEST: u64 = 64 * 1024;
/// How often a command that closed its output is asked whether it has ended.
const PAUSE: Duration = Duration::from_millis(5);

/// Why a command gave nothing; never tells its output.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// It could not be started.
    #[error("could not be started: {0}")]
    Start(String),
    /// It took too long and was stopped.
    #[error("gave no answer within {} s and was stopped", .0.as_secs())]
    Late(Duration),
    /// It said that it failed.
    #[error("failed with exit code {0}")]
    Failed(i32),
    /// A signal ended it.
    #[error("was stopped by a signal")]
    Stopped,
    /// What it printed is no text.
    #[error("printed what is no UTF-8 text")]
    NotText,
}

/// The output of a command. It cannot ask anything: it has no input, and what it says beside is not shown.
pub(super) fn run(mut command: Command, limit: Duration) -> Result<String, CommandError> {
    let start = |fault: std::io::Error| CommandError::Start(fault.to_string());
    // A group of its own, so that what it starts can be ended with it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(start)?;
    let (sender, receiver) = channel();
    // Kept, so that waiting for a word that never comes takes its time.
    let spare = sender.clone();
    if let Some(out) = child.stdout.take() {
        let reader = move || {
            let mut bytes = Vec::new();
            let read = out.take(LONGEST).read_to_end(&mut bytes).map(|_length| bytes);
            sender.send(read.unwrap_or_default()).ok();
        };
        std::thread::Builder::new().name("command".to_owned()).spawn(reader).map_err(start)?;
    }
    let ended = collect(&mut child, &receiver, limit);
    drop(spare);
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
                waited += PAUSE;
                if receiver.recv_timeout(PAUSE) == Err(RecvTimeoutError::Disconnected) {
                    break;
                }
            }
        }
    }
    Err(CommandError::Late(limit))
}

/// Ends the shell, and on unix all that it started. Some of them may have ended by themselves meanwhile.
fn stop(child: &mut Child) {
    // Until it is waited for, its number is nobody else's.
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        rustix::process::kill_process_group(group, rustix::process::Signal::KILL).ok();
    }
    child.kill().ok();
    child.wait().ok();
}

/// A line that the shell of the platform is to read.
pub(super) fn shell(line: &str) -> Command {
    let (program, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    self::program(program, &[option, line])
}

/// A program with its arguments, which no shell reads.
pub(super) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments);
    command
}
