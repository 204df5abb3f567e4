//! A program in a pseudo-terminal, with the time of each output.

use std::io::{Read as _, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The limit for all waits.
const HANGING: Duration = Duration::from_secs(30);

/// The program is idle after this time without output.
const QUIET: Duration = Duration::from_millis(8);

/// A program in its terminal.
pub(crate) struct Subject {
    _master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    bytes: usize,
    started: Instant,
}

impl Subject {
    /// Starts a program in a terminal of 120x36.
    pub(crate) fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 36, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let now = Instant::now();
                if sender.send((now, buffer.iter().take(count).copied().collect())).is_err() {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let screen = vt100::Parser::new(36, 120, 0);
        Self { _master: pair.master, keyboard, child, output, screen, bytes: 0, started }
    }

    /// The number of bytes of output so far.
    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The time from `start` until the screen showed a fact.
    pub(crate) fn until(&mut self, start: Instant, fact: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let mut newest = start;
        while !fact(self.screen.screen()) {
            match self.output.recv_timeout(HANGING) {
                Ok((at, bytes)) => {
                    newest = at;
                    self.take(&bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let screen = self.screen.screen().contents();
                    assert!(fact(self.screen.screen()), "waited in vain; the screen:\n{screen}");
                }
            }
        }
        newest.saturating_duration_since(start)
    }

    fn take(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len();
        self.screen.process(bytes);
    }

    /// Processes output until the program is idle.
    pub(crate) fn settle(&mut self) {
        while let Ok((_at, bytes)) = self.output.recv_timeout(QUIET) {
            self.take(&bytes);
        }
    }

    /// The time from the start of the process to a frame with this text.
    pub(crate) fn ready(&mut self, text: &str) -> Duration {
        let took = self.until(self.started, |screen| screen.contents().contains(text));
        self.settle();
        took
    }

    pub(crate) fn send(&mut self, text: &str) -> Instant {
        let start = Instant::now();
        self.keyboard.write_all(text.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
        start
    }

    /// Sends keys and waits until all output is drawn.
    pub(crate) fn press(&mut self, keys: &str) {
        self.send(keys);
        let (_at, bytes) = self.output.recv_timeout(HANGING).unwrap();
        self.take(&bytes);
        self.settle();
    }

    /// Types the last character of a text; returns the time until the screen shows it after the
    /// others.
    pub(crate) fn key(&mut self, typed: &str) -> Duration {
        let start = self.send(typed.get(typed.len() - 1..).unwrap());
        let took = self.until(start, |screen| screen.contents().contains(typed));
        self.settle();
        took
    }

    /// Quits the program; returns the time until its end.
    pub(crate) fn leave(mut self) -> Duration {
        let start = self.send("\x1b[21~");
        self.child.wait().unwrap();
        start.elapsed()
    }

    /// Kills the program.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn tasks(&self, file: &str) -> Vec<String> {
        let id = self.child.process_id().unwrap();
        let tasks = std::fs::read_dir(format!("/proc/{id}/task")).unwrap();
        tasks.filter_map(|task| std::fs::read_to_string(task.unwrap().path().join(file)).ok()).collect()
    }

    /// The number of wake-ups of its threads.
    pub(crate) fn wakes(&self) -> u64 {
        let of = |status: &String| number_after(status, "\nvoluntary_ctxt_switches:");
        self.tasks("status").iter().map(of).sum()
    }

    /// The processor time of its threads.
    pub(crate) fn processor(&self) -> Duration {
        let of = |stat: &String| stat.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0);
        Duration::from_nanos(self.tasks("schedstat").iter().map(of).sum())
    }

    /// Its resident memory, in KiB.
    pub(crate) fn resident(&self) -> u64 {
        let id = self.child.process_id().unwrap();
        number_after(&std::fs::read_to_string(format!("/proc/{id}/status")).unwrap(), "VmRSS:")
    }
}

fn number_after(text: &str, name: &str) -> u64 {
    let rest = text.split(name).nth(1).unwrap_or_default();
    rest.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
