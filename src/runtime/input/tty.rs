//! The reader of the terminal on Unix: waits for bytes and collects them into batches.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read as _};
use std::os::fd::{AsFd as _, AsRawFd as _};
use std::time::{Duration, Instant};

use filedescriptor::{POLLIN, poll, pollfd};

use super::TerminalInput;
use super::burst;
use super::parser::{ESCAPE_STARTED, Parser};
use super::token::InputToken;

/// How long to wait for more bytes after several tokens, or after the first tokens of a burst.
const GAP: Duration = Duration::from_millis(2);
/// The longest gap between bytes of one burst. Typing is ten times slower.
const JOINED: Duration = Duration::from_millis(1);
/// The wait in a long text: its writer may have to wait until the terminal accepts more bytes.
const LONG_GAP: Duration = Duration::from_millis(20);
/// The least number of bytes for the long gap.
const LONG: usize = 1_024;

/// The only reader of the terminal.
pub(in crate::runtime) struct Keyboard {
    tty: File,
    parser: Parser,
    buffer: Vec<u8>,
    last: Option<Last>,
}

impl std::fmt::Debug for Keyboard {
    /// Does not print the buffer, which may hold a typed API key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyboard").field("parser", &self.parser).finish_non_exhaustive()
    }
}

/// The previous batch.
#[derive(Debug, Clone, Copy)]
struct Last {
    /// The time of its last bytes.
    at: Instant,
    printed: usize,
}

impl Keyboard {
    /// Opens standard input if that is a terminal, else the terminal of the process.
    pub(in crate::runtime) fn open() -> io::Result<Self> {
        let stdin = io::stdin();
        let tty = if stdin.is_terminal() {
            // Not the buffered reader of the library: its buffer could keep bytes from this reader.
            File::from(stdin.as_fd().try_clone_to_owned()?)
        } else {
            File::open("/dev/tty")?
        };
        Ok(Self { tty, parser: Parser::default(), buffer: vec![0; 4_096], last: None })
    }

    /// Waits for input; the result is empty if the bytes were not input.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(in crate::runtime) fn inputs(&mut self) -> io::Result<Vec<TerminalInput>> {
        let mut tokens = Vec::new();
        let mut bytes = 0;
        let mut before = 0;
        loop {
            let (wait, is_for_parser) = self.wait(&tokens, bytes);
            let Some(count) = self.read(wait)? else {
                if is_for_parser {
                    tokens.extend(self.parser.expire());
                }
                break;
            };
            let now = now();
            if bytes == 0 {
                before = self.before(now);
            }
            bytes += count;
            tokens.extend(self.parser.feed(self.buffer.get(..count).unwrap_or_default()));
            self.last = Some(Last { at: now, printed: before + burst::printed(&tokens) });
            let is_settled = self.parser.patience().is_none_or(|patience| patience > ESCAPE_STARTED);
            if is_settled && before == 0 && burst::is_single(&tokens) {
                // Single keys are delivered without delay.
                break;
            }
        }
        Ok(burst::resolve(tokens, before))
    }

    /// Waits for tokens, without looking for pastes.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(in crate::runtime) fn tokens(&mut self) -> io::Result<Vec<InputToken>> {
        Ok(match self.read(self.parser.patience())? {
            Some(count) => self.parser.feed(self.buffer.get(..count).unwrap_or_default()),
            None => self.parser.expire(),
        })
    }

    /// How long to wait for more bytes, and whether the parser needs them.
    fn wait(&self, tokens: &[InputToken], bytes: usize) -> (Option<Duration>, bool) {
        let patience = self.parser.patience();
        let gap = if bytes < LONG { GAP } else { LONG_GAP };
        match patience {
            _ if tokens.is_empty() => (patience, true),
            Some(patience) if patience <= ESCAPE_STARTED => (Some(patience.max(gap)), true),
            Some(_) | None => (Some(gap), false),
        }
    }

    /// The number of delivered printable characters of a burst that continues now.
    fn before(&self, now: Instant) -> usize {
        self.last.filter(|last| now.duration_since(last.at) <= JOINED).map_or(0, |last| last.printed)
    }

    /// Waits for bytes and reads them into the buffer; `None` after the wait.
    fn read(&mut self, wait: Option<Duration>) -> io::Result<Option<usize>> {
        loop {
            let mut polled = [pollfd { fd: self.tty.as_raw_fd(), events: POLLIN, revents: 0 }];
            match poll(&mut polled, wait) {
                Ok(0) => return Ok(None),
                Ok(_) => {}
                Err(filedescriptor::Error::Poll(error)) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(io::Error::other(error)),
            }
            match self.tty.read(&mut self.buffer) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => return Ok(Some(count)),
                Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a gap between bytes is not a time of day")]
fn now() -> Instant {
    Instant::now()
}
