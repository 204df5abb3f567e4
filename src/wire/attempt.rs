//! Trying again: which ends of an attempt are worth another, how long to wait before it, what all of them amount to.
//!
//! Decisions about plain data; the clock and the dice are the caller's. Whoever waits and sends is not known here.

use std::fmt;

use crate::time::{Duration, Timestamp, parse_instant};

use super::reply::{Failure, FailureKind, Outcome, Reply, outcome};

/// Why a request is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// No connection came about, so nothing had left.
    Connection,
    /// The server, or a gateway before it, answered with this status.
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

/// Whether an attempt ended in a way that may pass, and that may be repeated without harm.
///
/// After no connection, 429 and 503 nothing was taken. After 408, 502 and 504 something may have been, so only a
/// request of which the server keeps one (`is_repeatable`) goes again. Everything else is final.
pub fn cause(result: &Result<Reply, Failure>, is_repeatable: bool) -> Option<Cause> {
    match result {
        Ok(reply) => {
            let passes = match reply.status {
                429 | 503 => true,
                408 | 502 | 504 => is_repeatable,
                _ => false,
            };
            passes.then_some(Cause::Status(reply.status))
        }
        Err(failure) => {
            let is_connecting = matches!(failure.kind, FailureKind::Connect | FailureKind::Timeout);
            (is_connecting && !failure.sent).then_some(Cause::Connection)
        }
    }
}

/// What several attempts amount to: a doubtful end of an earlier one stands, unless a later one settles the matter.
///
/// Acceptance settles it, and so does a refusal that is not about the moment, since it judges the same body. A doubt
/// of the later one replaces the earlier; a cancel keeps its kind and takes over the doubt.
pub fn settle(doubt: Option<Result<Reply, Failure>>, last: Result<Reply, Failure>) -> Result<Reply, Failure> {
    let Some(doubt) = doubt else { return last };
    let is_final = match outcome(&last) {
        Outcome::Accepted | Outcome::Unknown => true,
        Outcome::Refused => {
            last.as_ref().is_ok_and(|reply| reply.status < 500) && cause(&last, true).is_none()
        }
        Outcome::NoAnswer => false,
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
    /// Attempts in all.
    pub attempts: u32,
    /// The first wait, doubled from one to the next.
    pub first: Duration,
    /// No wait is longer; a server that asks for a longer one is not tried again.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 4, first: Duration::from_millis(500), longest: Duration::from_millis(30_000) }
    }
}

impl Patience {
    /// How long to wait after an attempt, counted from 1, before the next; none when there is to be no other.
    ///
    /// `asked` is what the server wants at least. The `dice` spread the waits, so that programs that failed together do
    /// not come back together.
    pub fn wait(&self, attempt: u32, asked: Option<Duration>, dice: u64) -> Option<Duration> {
        if attempt >= self.attempts || asked.is_some_and(|asked| asked > self.longest) {
            return None;
        }
        let doubled = self.first * (1 << attempt.saturating_sub(1).min(20));
        let half = doubled.min(self.longest).millis().max(0) / 2;
        let part = i64::try_from(thrown(dice, attempt) % (half.unsigned_abs() + 1)).unwrap_or(0);
        let least = asked.unwrap_or_default().max(Duration::from_millis(half));
        Some((least + Duration::from_millis(part)).min(self.longest))
    }
}

/// A number of its own for each attempt.
const fn thrown(dice: u64, attempt: u32) -> u64 {
    let mixed = (dice ^ (attempt as u64).rotate_right(8)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 32)
}

/// How long the server asks to stay away, from a `Retry-After` in seconds or as a date; a date gone by asks for nothing.
pub fn asked(reply: &Reply, now: Timestamp) -> Option<Duration> {
    let text = reply.retry_after.as_deref()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds: i64 = text.parse().unwrap_or(i64::MAX);
        return Some(Duration::from_millis(1_000) * seconds);
    }
    let until = parse_instant(text, now)?;
    Some((until - now).max(Duration::ZERO))
}

/// Where a request is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptProgress {
    /// The attempt under way or just ended, from 1.
    pub attempt: u32,
    /// How many there may be.
    pub of: u32,
    /// What is going on.
    pub stage: AttemptStage,
}

/// What is going on with an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptStage {
    /// A connection is being made.
    Connecting,
    /// The body is leaving or has left.
    Sent,
    /// The attempt ended, and another follows after a wait.
    Waiting {
        /// How long.
        wait: Duration,
        /// Why another is needed.
        cause: Cause,
    },
}

impl AttemptProgress {
    /// The stage in one line, this long after it began.
    pub fn words(&self, since: Duration) -> String {
        let Self { attempt, of, .. } = self;
        let which = if *attempt > 1 { format!(", attempt {attempt} of {of}") } else { String::new() };
        match self.stage {
            AttemptStage::Connecting => format!("Connecting{which}"),
            AttemptStage::Sent => format!("Sent, waiting for the answer{which}"),
            AttemptStage::Waiting { wait, cause } => {
                let left = (wait - since).max(Duration::ZERO);
                let seconds = (left + Duration::from_millis(999)).whole_seconds();
                format!(
                    "Attempt {} of {of} in {}, because of {cause}",
                    attempt.saturating_add(1),
                    seconds.human()
                )
            }
        }
    }
}
