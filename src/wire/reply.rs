//! What came back, or why nothing did, and which of four outcomes that is.
//!
//! Plain data: the words for people are in `explain`.

use uuid::Uuid;

use crate::document;
use crate::time::Duration;

/// The header in which a sandbox says what SEI would have made of a run; the real service never says.
pub const VERDICT_HEADER: &str = "sei-sandbox-verdict";

/// How the words of a fault end that a sandbox was asked for.
pub const AS_ASKED: &str = ", as this sandbox was asked";

/// How the reason begins for dropping a run that no instance of the sandbox has sent.
pub const NO_INSTANCE: &str = "No instance";

/// What the reason says of a run whose build number the sandbox has seen.
pub const SEEN_BEFORE: &str = "was stored before and the first one stays";

/// The word for a run that is not stored.
pub const DROPPED: &str = "dropped";

/// The words that a verdict begins with.
const FATES: [&str; 3] = ["kept", "altered", DROPPED];

/// An answer of the server, bounded in size.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Retry-After` header, as sent: seconds or a date.
    pub retry_after: Option<String>,
    /// What a sandbox says it made of the run, from its [`VERDICT_HEADER`].
    pub verdict: Option<String>,
    /// The start of the body; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// Whether the body was longer, or broke off.
    pub truncated: bool,
    /// From the start of the request to the end of the answer.
    pub elapsed: Duration,
}

impl Reply {
    /// Whether the body is a web page: SEI never sends one, so something in between answered.
    pub fn is_page(&self) -> bool {
        let starts = |word: &str| {
            self.body.trim_start().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        self.content_type.as_deref().is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
            || starts("<!doctype html")
            || starts("<html")
    }

    /// The word of the verdict: whether the run is kept, altered or dropped; the rest of the line are reasons.
    pub fn fate(&self) -> Option<&'static str> {
        let verdict = self.verdict.as_deref()?;
        let first = verdict.split(':').next().unwrap_or_default().trim();
        FATES.into_iter().find(|fate| *fate == first)
    }

    /// Whether the status says yes.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// What kept an answer from coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The host name could not be resolved.
    Name,
    /// No connection: refused, unreachable.
    Connect,
    /// No encrypted connection: no TLS there, or none that both sides speak.
    Tls,
    /// The file of extra certificates cannot be used.
    Authority,
    /// A certificate that nobody this machine trusts has signed.
    Issuer,
    /// A certificate for other names than the host's.
    Host,
    /// A certificate that is not valid today.
    Dates,
    /// Nothing within the time allowed.
    Timeout,
    /// The connection broke.
    Reset,
    /// A proxy in between said no.
    Proxy,
    /// The person did not want it any more.
    Cancelled,
    /// Anything else, a request that could not be built among it.
    Other,
}

/// Why there is no answer, and whether the request may have arrived all the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The kind of fault.
    pub kind: FailureKind,
    /// Whether the body had begun to leave: then the server may have taken it.
    pub sent: bool,
    /// The fault in the words of whoever reported it, never with a key in it.
    pub detail: String,
}

/// What became of a request, as scripts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The server took it.
    Accepted,
    /// The server said no.
    Refused,
    /// It did not reach the server.
    NoAnswer,
    /// It may or may not have been taken.
    Unknown,
}

impl Outcome {
    /// The word in machine-readable output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::NoAnswer => "no-answer",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Accepted, Self::Refused, Self::NoAnswer, Self::Unknown]
            .into_iter()
            .find(|outcome| outcome.word() == word)
    }

    /// The exit code of the command line.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Accepted => 0,
            Self::Refused => 3,
            Self::NoAnswer => 4,
            Self::Unknown => 5,
        }
    }
}

/// Sorts an answer, or its absence.
pub fn outcome(result: &Result<Reply, Failure>) -> Outcome {
    match result {
        // A web page or a proxy's own status means that SEI never saw the request.
        Ok(reply) if reply.status == 407 || (reply.is_success() && reply.is_page()) => Outcome::NoAnswer,
        Ok(reply) if reply.is_success() => Outcome::Accepted,
        // A gateway that got no answer, or none it could read, does not know either.
        Ok(Reply { status: 502 | 504, .. }) => Outcome::Unknown,
        Ok(_) => Outcome::Refused,
        Err(failure) if failure.sent => Outcome::Unknown,
        Err(_) => Outcome::NoAnswer,
    }
}

/// The instance GUID in a successful answer, as the server spells it.
pub fn guid_of(reply: &Reply) -> Option<String> {
    if !reply.is_success() {
        return None;
    }
    let body = document::read(&reply.body).ok()?;
    let id = body.as_object()?.get("id")?.as_text()?;
    Uuid::parse_str(id).ok().map(|_| id.to_owned())
}
