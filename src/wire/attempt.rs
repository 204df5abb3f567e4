//! Retries: which results are worth a retry, how long to wait, and the outcome of all attempts.
//!
//! Decides on plain data. The caller provides the clock and the random numbers.

use std::fmt;

use crate::time::{Duration, Timestamp, parse_instant};

use super::reply::{Failure, FailureKind, Outcome, Reply, outcome};

/// Why a request is retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No connection was made, so nothing was sent.
    Connection,
    /// The server, or a gateway in front of it, answered with this status.
    Status(u16),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection => f.write_str("no connection"),
            Self::Status(status) => write!(f, "status {status}"),
        }
    }
}

/// The cause for a retry, if the failure may be temporary and a retry does no harm.
///
/// Without a connection, or after 429 or 503, the server stored nothing. After 408, 502 or 504 it
/// may have stored the request, so only a repeatable request (`is_repeatable`) is retried. Every
/// other result is final.
pub fn cause(result: &Result<Reply, Failure>, is_repeatable: bool) -> Option<Cause> {
    match result {
        Ok(reply) => {
            let is_temporary = match reply.status {
                429 | 503 => true,
                408 | 502 | 504 => is_repeatable,
                _ => false,
            };
            is_temporary.then_some(Cause::Status(reply.status))
        }
        Err(failure) => {
            let is_connecting = matches!(failure.kind, FailureKind::Connect | FailureKind::Timeout);
            (is_connecting && !failure.sent).then_some(Cause::Connection)
        }
    }
}

/// Combines the results of several attempts: an unknown outcome stays unless a later result is
/// final.
///
/// Acceptance is final, and so is a permanent refusal, because it applies to the same body. A later
/// unknown outcome replaces the previous one. A cancellation keeps its kind and stays unknown.
pub fn settle(doubt: Option<Result<Reply, Failure>>, last: Result<Reply, Failure>) -> Result<Reply, Failure> {
    let Some(doubt) = doubt else { return last };
    let is_final = match outcome(&last) {
        Outcome::Accepted | Outcome::Unknown => true,
        Outcome::Refused => {
            last.as_ref().is_ok_and(|reply| reply.status < 500) && cause(&last, true).is_none()
        }
        Outcome::NotDelivered => false,
    };
    match last {
        last if is_final => last,
        Err(failure) if failure.kind == FailureKind::Cancelled => Err(Failure { sent: true, ..failure }),
        _ => doubt,
    }
}

/// How often a request is tried, and how long the waits between are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Total number of attempts, the first one included.
    pub attempts: u32,
    /// The first wait; each further wait is twice as long.
    pub first: Duration,
    /// The longest wait; a server that asks for more gets no retry.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 4, first: Duration::from_millis(500), longest: Duration::from_millis(30_000) }
    }
}

impl Patience {
    /// How long to wait after an attempt, counted from 1; `None` if no attempt follows.
    ///
    /// `asked` is the shortest wait that the server accepts. `random` spreads the waits, so that
    /// programs that failed together do not retry together.
    pub fn wait(&self, attempt: u32, asked: Option<Duration>, random: u64) -> Option<Duration> {
        if attempt >= self.attempts || asked.is_some_and(|asked| asked > self.longest) {
            return None;
        }
        let doubled = self.first * (1 << attempt.saturating_sub(1).min(20));
        let half = doubled.min(self.longest).millis().max(0) / 2;
        let part = i64::try_from(mixed(random, attempt) % (half.unsigned_abs() + 1)).unwrap_or(0);
        let least = asked.unwrap_or_default().max(Duration::from_millis(half));
        Some((least + Duration::from_millis(part)).min(self.longest))
    }
}

/// A different number for each attempt.
const fn mixed(random: u64, attempt: u32) -> u64 {
    let mixed = (random ^ (attempt as u64).rotate_right(8)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 32)
}

/// The wait that the server asks for in `Retry-After`, in seconds or as a date; zero for a past
/// date.
pub fn asked(reply: &Reply, now: Timestamp) -> Option<Duration> {
    let text = reply.retry_after.as_deref()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds: i64 = text.parse().unwrap_or(i64::MAX);
        return Some(Duration::from_millis(1_000) * seconds);
    }
    let until = parse_instant(text, now)?;
    Some((until - now).max(Duration::ZERO))
}

/// Which attempt of a request is running, and its stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptProgress {
    /// The running or last finished attempt, from 1.
    pub attempt: u32,
    /// The highest possible number of attempts.
    pub of: u32,
    /// The stage of this attempt.
    pub stage: AttemptStage,
}

/// The stage of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptStage {
    /// The client is connecting.
    Connecting,
    /// The client is sending, or has sent, the body.
    Sent,
    /// The attempt ended, and a retry follows after a wait.
    Waiting {
        /// The length of the wait.
        wait: Duration,
        /// Why a retry is needed.
        cause: Cause,
    },
}

impl AttemptProgress {
    /// The stage in one line; `since` is the time since the stage started.
    pub fn words(&self, since: Duration) -> String {
        let Self { attempt, of, .. } = self;
        let which = if *attempt > 1 { format!(", attempt {attempt} of {of}") } else { String::new() };
        match self.stage {
            AttemptStage::Connecting => format!("Connecting{which}"),
            AttemptStage::Sent => format!("Sent, waiting for the answer{which}"),
            AttemptStage::Waiting { wait, cause } => {
                let left = (wait - since).max(Duration::ZERO);
                let seconds = (left + Duration::from_millis(999)).whole_seconds();
                format!("Attempt {} of {of} in {}: {cause}", attempt.saturating_add(1), seconds.human())
            }
        }
    }
}
