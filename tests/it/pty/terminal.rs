//! A terminal with the built program. Tests send keys and wait for screen content, never for time.

use std::fs::File;
use std::io::{Read as _, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use portable_pty::{Child, ChildKiller, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;

/// The limit for all waits; long enough for a busy machine.
const HANGING: Duration = Duration::from_mins(3);

/// The program is idle after this time without output: longer than its wait for the rest of a key.
const QUIET: Duration = Duration::from_millis(40);

/// After this time, input is sent even if the program still draws or reads nothing.
const RESTLESS: Duration = Duration::from_secs(5);

/// Separate folders for one test.
pub(super) struct Home(TempDir);

impl Home {
    pub(super) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A file in these folders.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// The document of a saved draft.
    pub(super) fn draft(&self, name: &str) -> serde_json::Value {
        self.draft_in("data", name)
    }

    /// The document of a saved draft in another data folder.
    pub(super) fn draft_in(&self, data: &str, name: &str) -> serde_json::Value {
        let path = self.0.path().join(data).join("drafts").join(format!("{name}.json"));
        let draft: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        draft["document"].clone()
    }

    /// The program in a terminal of 120x36.
    pub(super) fn open(&self, arguments: &[&str]) -> Terminal {
        self.open_with(arguments, &[])
    }

    pub(super) fn open_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Terminal {
        Terminal::start(self.command(arguments, variables))
    }

    pub(super) fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> CommandBuilder {
        let folder = |name: &str| -> PathBuf { self.0.path().join(name) };
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sei-compose"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", self.0.path());
        command.env("SEI_COMPOSE_CONFIG_DIR", folder("config"));
        command.env("SEI_COMPOSE_DATA_DIR", folder("data"));
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(self.0.path());
        command.args(arguments);
        command
    }
}

pub(super) const fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// The output of the program so far.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    exit: Option<portable_pty::ExitStatus>,
}

type Shared = Arc<(Mutex<Seen>, Condvar)>;

/// The program in its terminal.
pub(super) struct Terminal {
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal outlives the program and stays readable.
    _slave: Box<dyn SlavePty + Send>,
    /// The program's side of the terminal, to see unread input.
    unread: File,
    keyboard: Box<dyn Write + Send>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    process: u32,
    seen: Shared,
    /// The terminal modes before the program started.
    before: String,
}

impl Terminal {
    pub(super) fn start(command: CommandBuilder) -> Self {
        Self::start_sized(command, (120, 36))
    }

    /// The program in a terminal of so many columns and rows.
    pub(super) fn start_sized(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let before = format!("{:?}", pair.master.get_termios().unwrap());
        let parser = vt100::Parser::new(rows, columns, 0);
        let seen: Shared =
            Arc::new((Mutex::new(Seen { parser, bytes: Vec::new(), exit: None }), Condvar::new()));
        watch_screen(&*pair.master, &seen);
        let flags = i32::try_from(rustix::fs::OFlags::NOCTTY.bits()).unwrap();
        let slave = pair.master.tty_name().unwrap();
        let unread = File::options().read(true).custom_flags(flags).open(slave).unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let (killer, process) = (child.clone_killer(), child.process_id().unwrap());
        watch_end(child, &seen);
        Self { master: pair.master, _slave: pair.slave, unread, keyboard, killer, process, seen, before }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// Waits until `fact` is true for the output; fails the test after the limit.
    fn wait(&self, what: &str, mut fact: impl FnMut(&Seen) -> bool) {
        let (seen, waited) =
            self.seen.1.wait_timeout_while(self.seen(), HANGING, |seen| !fact(seen)).unwrap();
        let screen = seen.parser.screen().contents();
        drop(seen);
        assert!(!waited.timed_out(), "waited in vain for {what}; the screen:\n{screen}");
    }

    /// Waits until the screen shows a text.
    pub(super) fn see(&self, text: &str) {
        self.wait(&format!("“{text}”"), |seen| seen.parser.screen().contents().contains(text));
    }

    /// Waits until the screen no longer shows a text.
    pub(super) fn see_no_more(&self, text: &str) {
        self.wait(&format!("no “{text}”"), |seen| !seen.parser.screen().contents().contains(text));
    }

    /// Waits for a fact about the screen.
    pub(super) fn see_that(&self, what: &str, fact: impl Fn(&vt100::Screen) -> bool) {
        self.wait(what, |seen| fact(seen.parser.screen()));
    }

    /// Waits for a fact about the bytes written to the terminal.
    pub(super) fn wait_for_bytes(&self, what: &str, fact: impl Fn(&[u8]) -> bool) {
        self.wait(what, |seen| fact(&seen.bytes));
    }

    pub(super) fn screen(&self) -> String {
        self.seen().parser.screen().contents()
    }

    /// All bytes written to the terminal.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    /// Sends bytes as a terminal does.
    pub(super) fn send(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Sends text as a separate burst: short text is keys, longer text is an unbracketed paste.
    pub(super) fn type_text(&mut self, text: &str) {
        self.settle();
        self.send(text.as_bytes());
        self.settle();
    }

    /// Sends the bytes of one key and waits for the next frame. The program drops a control
    /// character that arrives together with text, so this waits until earlier input and this key
    /// are processed.
    pub(super) fn key(&mut self, bytes: &[u8]) {
        self.settle();
        let before = self.seen().bytes.len();
        self.send(bytes);
        self.wait("a frame after a key", |seen| seen.bytes.len() > before);
        self.settle();
    }

    /// Waits until the program has read all input and draws nothing for a while.
    fn settle(&self) {
        #[expect(clippy::disallowed_methods, reason = "a program that never rests has to end the wait")]
        let now = std::time::Instant::now;
        let start = now();
        let (mut drawn, mut since) = (self.seen().bytes.len(), start);
        while since.elapsed() < QUIET && start.elapsed() < RESTLESS {
            std::thread::sleep(Duration::from_millis(2));
            let seen = self.seen();
            if seen.exit.is_some() {
                return;
            }
            let is_read = rustix::io::ioctl_fionread(&self.unread).unwrap() == 0;
            if !is_read || seen.bytes.len() != drawn {
                (drawn, since) = (seen.bytes.len(), now());
            }
        }
    }

    /// Types text key by key.
    pub(super) fn type_keys(&mut self, text: &str) {
        for character in text.chars() {
            self.key(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    /// Types text into a line and presses Enter when the text is before the cursor.
    pub(super) fn answer(&mut self, text: &str) {
        self.type_text(text);
        self.see_that(&format!("“{text}” before the cursor"), |screen| {
            let (row, column) = screen.cursor_position();
            screen.contents_between(row, 0, row, column).ends_with(text)
        });
        self.send(b"\r");
    }

    /// Presses a key when the screen names it.
    pub(super) fn press(&mut self, key: &str) {
        self.see(key);
        self.send(sequence(key));
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    pub(super) fn resize(&self, columns: u16, rows: u16) {
        self.seen().parser.screen_mut().set_size(rows, columns);
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// The id of the program's process.
    pub(super) const fn process(&self) -> u32 {
        self.process
    }

    pub(super) fn signal(&self, name: &str) {
        let id = self.process.to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// The peak memory of the program so far, in bytes.
    #[cfg(target_os = "linux")]
    pub(super) fn peak_memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process)).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// The command line of the program, which every user of the machine can read.
    #[cfg(target_os = "linux")]
    pub(super) fn command_line(&self) -> Vec<u8> {
        std::fs::read(format!("/proc/{}/cmdline", self.process)).unwrap()
    }

    /// The number of bytes that the program has read so far, from any file.
    #[cfg(target_os = "linux")]
    pub(super) fn bytes_read(&self) -> u64 {
        let report = std::fs::read_to_string(format!("/proc/{}/io", self.process)).unwrap();
        report.lines().find_map(|line| line.strip_prefix("rchar: ")).unwrap().parse().unwrap()
    }

    /// Waits until the program is stopped: an earlier signal to continue would be lost.
    pub(super) fn see_it_stopped(&self) {
        let id = self.process.to_string();
        let is_stopped = || {
            let report = Command::new("ps").args(["-o", "state=", "-p", &id]).output().unwrap();
            report.stdout.trim_ascii_start().starts_with(b"T")
        };
        until("a program that is stopped", is_stopped);
    }

    /// Waits for the end of the program; returns its exit code.
    pub(super) fn exit(&self) -> u32 {
        self.wait("the end of the program", |seen| seen.exit.is_some());
        self.seen().exit.as_ref().unwrap().exit_code()
    }

    /// Checks that the program has set up the terminal.
    pub(super) fn assert_set_up(&self) {
        self.wait("a terminal that is taken", |seen| {
            let screen = seen.parser.screen();
            screen.alternate_screen() && screen.bracketed_paste() && is_mouse_taken(screen)
        });
        assert_ne!(self.modes(), self.before, "raw mode");
    }

    /// Checks that the terminal is restored.
    pub(super) fn assert_restored(&self) {
        self.wait("a terminal that is left as it was found", |seen| {
            let screen = seen.parser.screen();
            !screen.alternate_screen()
                && !screen.bracketed_paste()
                && !is_mouse_taken(screen)
                && !screen.hide_cursor()
        });
        assert_eq!(self.modes(), self.before);
        // The last bytes may not have reached the screen yet.
        for (on, off) in [
            ("?1049h", "?1049l"),
            ("?2004h", "?2004l"),
            ("?1000h", "?1000l"),
            ("?1006h", "?1006l"),
            ("?25l", "?25h"),
        ] {
            self.wait(off, |seen| last(&seen.bytes, on) < last(&seen.bytes, off));
        }
    }

    /// Checks that only text was written, and that the terminal is restored.
    pub(super) fn assert_untouched(&self) {
        assert!(!self.bytes().contains(&0x1b), "{}", String::from_utf8_lossy(&self.bytes()));
        assert_eq!(self.modes(), self.before);
    }

    fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Kills the program after a failed test; otherwise it has ended already.
        self.killer.kill().ok();
    }
}

/// Waits for a fact without an event, such as the content of files.
pub(super) fn until(what: &str, fact: impl Fn() -> bool) {
    #[expect(clippy::disallowed_methods, reason = "a fact that never comes has to end the test")]
    let start = std::time::Instant::now();
    while !fact() {
        assert!(start.elapsed() < HANGING, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn is_mouse_taken(screen: &vt100::Screen) -> bool {
    screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
}

/// The last position of a control sequence.
fn last(bytes: &[u8], sequence: &str) -> Option<usize> {
    bytes.windows(sequence.len()).rposition(|window| window == sequence.as_bytes())
}

fn watch_screen(master: &dyn MasterPty, seen: &Shared) {
    let mut reader = master.try_clone_reader().unwrap();
    let seen = Arc::clone(seen);
    std::thread::spawn(move || {
        let mut buffer = [0; 1 << 14];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let mut now = seen.0.lock().unwrap();
            now.parser.process(&buffer[..count]);
            now.bytes.extend_from_slice(&buffer[..count]);
            drop(now);
            seen.1.notify_all();
        }
    });
}

fn watch_end(mut child: Box<dyn Child + Send + Sync>, seen: &Shared) {
    let seen = Arc::clone(seen);
    std::thread::spawn(move || {
        let status = child.wait().unwrap();
        seen.0.lock().unwrap().exit = Some(status);
        seen.1.notify_all();
    });
}

/// The bytes of a key.
pub(super) fn sequence(key: &str) -> &'static [u8] {
    match key {
        "F1" => b"\x1bOP",
        "F2" => b"\x1bOQ",
        "F3" => b"\x1bOR",
        "F4" => b"\x1bOS",
        "F5" => b"\x1b[15~",
        "F6" => b"\x1b[17~",
        "F7" => b"\x1b[18~",
        "F8" => b"\x1b[19~",
        "F9" => b"\x1b[20~",
        "F10" => b"\x1b[21~",
        "F11" => b"\x1b[23~",
        "F12" => b"\x1b[24~",
        "Enter" => b"\r",
        "Esc" => b"\x1b",
        _ => panic!("no sequence for {key}"),
    }
}
