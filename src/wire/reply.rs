//! Replies and failures, and the four outcomes.
//!
//! Plain data: the texts for people are in `explain`.

use uuid::Uuid;

use crate::document;
use crate::time::Duration;

/// The header with a sandbox's verdict on a run; the real service never reports one.
pub const VERDICT_HEADER: &str = "sei-sandbox-verdict";

/// The end of the message of a fault that was set in a sandbox.
pub const AS_ASKED: &str = ", as this sandbox was set to answer";

/// The start of the reason for a dropped run without a known instance.
pub const NO_INSTANCE: &str = "No instance";

/// The part of the reason that marks a run whose build number the sandbox already has.
pub const SEEN_BEFORE: &str = "was stored before: SEI keeps the first result and duration";

/// The word for a run that is not stored.
pub const DROPPED: &str = "dropped";

/// The words that start a verdict.
const FATES: [&str; 3] = ["kept", "altered", DROPPED];

/// An answer from the server, with a size limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The unchanged `Retry-After` header: seconds or a date.
    pub retry_after: Option<String>,
    /// The verdict of a sandbox, from its [`VERDICT_HEADER`].
    pub verdict: Option<String>,
    /// The start of the body; bytes that are not UTF-8 are replaced.
    pub body: String,
    /// Whether the body was longer, or incomplete.
    pub truncated: bool,
    /// From the start of the request to the end of the answer.
    pub elapsed: Duration,
}

impl Reply {
    /// Whether the body is a web page: SEI never sends one, so a machine in between answered.
    pub fn is_page(&self) -> bool {
        let starts = |word: &str| {
            self.body.trim_start().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        self.content_type.as_deref().is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
            || starts("<!doctype html")
            || starts("<html")
    }

    /// The first word of the verdict: `kept`, `altered` or `dropped`; the reasons follow it.
    pub fn fate(&self) -> Option<&'static str> {
        let verdict = self.verdict.as_deref()?;
        let first = verdict.split(':').next().unwrap_or_default().trim();
        FATES.into_iter().find(|fate| *fate == first)
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Why a request has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The host name could not be resolved.
    Name,
    /// No connection: refused, unreachable.
    Connect,
    /// No encrypted connection: the server has no TLS, or the handshake failed.
    Tls,
    /// The file of extra certificates cannot be used.
    Authority,
    /// A certificate from an authority that this machine does not trust.
    Issuer,
    /// A certificate for other names than the host's.
    Host,
    /// A certificate that is expired or not valid yet.
    Dates,
    /// No answer within the time limit.
    Timeout,
    /// The connection broke.
    Reset,
    /// A proxy in between refused the request.
    Proxy,
    /// The user canceled the request.
    Cancelled,
    /// Any other failure, for example a request that could not be built.
    Other,
}

/// A request without an answer, and whether the server may have received it.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The kind of fault.
    pub kind: FailureKind,
    /// Whether a part of the body was sent: then the server may have accepted the request.
    pub sent: bool,
    /// The original error message, without a key.
    pub detail: String,
}

/// The outcome of a request, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The server accepted the request.
    Accepted,
    /// The server refused the request.
    Refused,
    /// The request did not reach the server.
    NotDelivered,
    /// The server may have accepted the request, or not.
    Unknown,
}

impl Outcome {
    /// The word in machine-readable output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::NotDelivered => "not-delivered",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word; older journals call the outcome `not-delivered` `no-answer`.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = if word == "no-answer" { Self::NotDelivered.word() } else { word };
        [Self::Accepted, Self::Refused, Self::NotDelivered, Self::Unknown]
            .into_iter()
            .find(|outcome| outcome.word() == word)
    }

    /// The exit code of the command line.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Refused => 3,
            Self::NotDelivered => 4,
            Self::Unknown => 5,
        }
    }
}

/// Classifies the result of a request.
pub fn outcome(result: &Result<Reply, Failure>) -> Outcome {
    match result {
        // A web page or a proxy's own status means that SEI never saw the request.
        Ok(reply) if reply.status == 407 || (reply.is_success() && reply.is_page()) => Outcome::NotDelivered,
        Ok(reply) if reply.is_success() => Outcome::Accepted,
        // A gateway without a readable answer does not know the outcome.
        Ok(Reply { status: 502 | 504, .. }) => Outcome::Unknown,
        Ok(_) => Outcome::Refused,
        Err(failure) if failure.sent => Outcome::Unknown,
        Err(_) => Outcome::NotDelivered,
    }
}

/// The instance GUID in a successful answer, unchanged.
pub fn guid_of(reply: &Reply) -> Option<String> {
    if !reply.is_success() {
        return None;
    }
    let body = document::read(&reply.body).ok()?;
    let id = body.as_object()?.get("id")?.as_text()?;
    Uuid::parse_str(id).ok().map(|_| id.to_owned())
}
