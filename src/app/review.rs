//! The review before a send: the target, the format, the size, the changes and the problems.

use crate::app::comparison::DescribedChange;
use crate::app::model::{EnvironmentChoice, Model, TYPED};
use crate::app::pane::{loss_word, place_of};
use crate::app::row::value_of;
use crate::catalog::FieldRole;
use crate::check::{Problem, Severity};
use crate::document::{self, Value};
use crate::text;
use crate::wire::{self, BodyFormat, Environment, FieldNames, KeyNote, Request};

mod subject;
mod target;

pub use subject::{Again, PreviousSent, Since};

/// The most changes that are listed; a key shows all.
const MOST_CHANGES: usize = 4;

/// The most problems that are listed. The screen is drawn from them at each key, so the number is
/// limited.
const MOST: usize = 500;

/// The code of the rule about a run that SEI has already.
pub const SENT_BEFORE: &str = "run-already-sent";

/// Whether the run can be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Errors block the send.
    Blocked,
    /// This session may not send.
    ReadOnly,
    /// The key is not known yet.
    NeedsKey,
    /// The id of the protected environment must be typed.
    NeedsName,
    /// The run can be sent.
    Ready,
}

/// A line of the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewLine {
    /// A label and its value.
    Fact(&'static str, String),
    /// A problem: its severity, its place, the word of its loss, its message.
    Problem(Severity, String, &'static str, String),
    /// A warning above everything else.
    Alarm(String),
    /// A change since the last accepted run.
    Change(DescribedChange),
    /// A sentence.
    Text(String),
    /// An empty line.
    Gap,
}

impl Model {
    /// The request for the document.
    pub fn request(&self) -> Option<Request> {
        Some(wire::job_run(&self.chosen()?.environment, self.document.value()))
    }

    /// Whether the id of the target environment must be typed before a send.
    pub fn needs_name(&self) -> bool {
        self.readiness_without_name() == Readiness::Ready
            && self.target().is_some_and(|target| target.environment.protected)
    }

    fn readiness_without_name(&self) -> Readiness {
        if self.settings.read_only {
            Readiness::ReadOnly
        } else if self.outgoing_counts().errors > 0 {
            Readiness::Blocked
        } else if self.target().is_none_or(|target| target.key.is_none()) {
            Readiness::NeedsKey
        } else {
            Readiness::Ready
        }
    }

    /// Whether the run can be sent, with the id typed in the review.
    pub fn readiness(&self, typed: &str) -> Readiness {
        let Some(chosen) = self.target() else { return Readiness::NeedsKey };
        let readiness = self.readiness_without_name();
        let is_named = !self.needs_name() || typed.trim() == chosen.environment.id;
        if readiness == Readiness::Ready && !is_named { Readiness::NeedsName } else { readiness }
    }

    /// The review as lines.
    pub fn review(&self) -> Vec<ReviewLine> {
        let Some(chosen) = self.target() else { return Vec::new() };
        let environment = &chosen.environment;
        let again = self.again().map(|again| &again.request);
        let format = match again.map_or(environment.format, Request::body_format) {
            BodyFormat::Flat => "flat: the body is the run",
            BodyFormat::Wrapped => {
                "wrapped: the body holds the run as JSON text, which the server does not check"
            }
        };
        let names = match environment.names {
            _ if again.is_some() => "as sent before",
            FieldNames::Unchanged => "unchanged",
            FieldNames::Current => "current field names",
            FieldNames::Legacy => "legacy field names",
        };
        let mut lines = self.alarms();
        lines.extend([
            ReviewLine::Fact("Environment", format!("{} ({})", environment.label, environment.id)),
            ReviewLine::Fact(
                "URL",
                format!("POST {}", again.map_or_else(|| environment.run_url(), |sent| sent.url.clone())),
            ),
            ReviewLine::Fact("Format", format.to_owned()),
            ReviewLine::Fact("Names", names.to_owned()),
            ReviewLine::Fact("Key", self.key_words(chosen)),
            ReviewLine::Fact("Body", text::bytes(self.body_len(environment))),
            ReviewLine::Fact("Run", self.identity()),
        ]);
        lines.extend(self.review_count());
        lines.extend(self.review_changes());
        lines.push(ReviewLine::Gap);
        lines.extend(self.review_problems());
        lines
    }

    /// Whether the run counts as a deployment; a resend is decided by the first run.
    fn review_count(&self) -> Option<ReviewLine> {
        if self.is_sending_again() {
            return None;
        }
        let why = if self.is_deployment_open() { ": the simulation shows why" } else { "" };
        Some(ReviewLine::Fact("Deployments", format!("{}{why}", self.deployment_words()?)))
    }

    /// The size of the body in bytes; the size of an unchanged document is known from the checks.
    fn body_len(&self, environment: &Environment) -> usize {
        match (self.again(), environment.format, environment.names) {
            (Some(again), _, _) => again.request.body.len(),
            (None, BodyFormat::Flat, FieldNames::Unchanged) => self.checks.size.bytes,
            (None, BodyFormat::Flat | BodyFormat::Wrapped, _) => {
                wire::job_run(environment, self.document.value()).body.len()
            }
        }
    }

    /// The source of the key, or why no key is known.
    fn key_words(&self, chosen: &EnvironmentChoice) -> String {
        let form = if chosen.key_note == Some(KeyNote::Sei) { ", an SEI key by its form" } else { "" };
        match (&chosen.key, &chosen.fault) {
            (Some(source), _) if source == TYPED => {
                format!("{}, typed this session{form}", chosen.environment.scheme.word())
            }
            (Some(source), _) => format!("{} from {source}{form}", chosen.environment.scheme.word()),
            (None, _) if self.is_seeking() => "looking it up …".to_owned(),
            (None, Some(fault)) => format!("unusable: {fault}"),
            (None, None) => match &chosen.not_found {
                Some(why) => format!("none. {why}"),
                None => "none yet: type it in the next step".to_owned(),
            },
        }
    }

    /// The name and number that identify the run in SEI.
    pub fn identity(&self) -> String {
        let root = self.again().map_or_else(|| self.document.value(), |again| &again.run);
        let part = |role| {
            let value = value_of(root, role)?;
            Some(match value {
                Value::Text(text) => text::visible(text).into_owned(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    document::write_compact(value)
                }
            })
        };
        let name = part(FieldRole::FullName).unwrap_or_else(|| "no full name yet".to_owned());
        match part(FieldRole::BuildNumber) {
            Some(number) => format!("{name} #{number}"),
            None => format!("{name}, no build number"),
        }
    }

    fn review_problems(&self) -> Vec<ReviewLine> {
        let is_listed = |problem: &&Problem| problem.severity < Severity::Hint && problem.code != SENT_BEFORE;
        let mut all = self.outgoing_problems().filter(is_listed);
        let listed = all.by_ref().take(MOST);
        let mut lines: Vec<ReviewLine> = listed
            .map(|problem| {
                let words = text::visible(&problem.message).into_owned();
                ReviewLine::Problem(problem.severity, place_of(problem), loss_word(problem), words)
            })
            .collect();
        let more = all.count();
        if more > 0 {
            lines.push(ReviewLine::Fact("", format!("… and {more} more")));
        }
        if lines.is_empty() {
            let words = if self.is_sent_before() {
                "No errors, no other warnings."
            } else {
                "No errors, no warnings."
            };
            lines.push(ReviewLine::Text(words.to_owned()));
        }
        lines
    }

    /// Whether a problem says that the run was sent before.
    pub(crate) fn is_sent_before(&self) -> bool {
        self.outgoing_problems().any(|problem| problem.code == SENT_BEFORE)
    }

    /// The first lines: that a journal entry is resent, that SEI has the run already, and why the
    /// environment may refuse any run.
    fn alarms(&self) -> Vec<ReviewLine> {
        let again = self.again().map(|_| {
            ReviewLine::Text(
                "Resend from the journal, byte for byte; the document does not change.".to_owned(),
            )
        });
        let sent = self.outgoing_problems().find(|problem| problem.code == SENT_BEFORE);
        let sent = sent.map(|problem| ReviewLine::Alarm(format!("Already sent. {}", problem.message)));
        let target = self.target();
        let retired = target.and_then(|target| target.environment.retired_note());
        let key = target.and_then(|target| target.key_note.as_ref()).filter(|note| note.is_warning());
        let refused = retired.into_iter().chain(key.map(KeyNote::sentence)).map(ReviewLine::Alarm);
        let mut lines: Vec<ReviewLine> = again.into_iter().chain(sent).chain(refused).collect();
        if !lines.is_empty() {
            lines.push(ReviewLine::Gap);
        }
        lines
    }

    /// The first changes since the last accepted run of the job.
    fn review_changes(&self) -> Vec<ReviewLine> {
        let previous = match self.since() {
            Since::Looking => return vec![ReviewLine::Fact("Changes", "…".to_owned())],
            Since::First => {
                return vec![ReviewLine::Fact(
                    "Changes",
                    "no accepted run of this job in this environment".to_owned(),
                )];
            }
            Since::Run(previous) => previous,
        };
        let PreviousSent { name, comparison } = &**previous;
        let count = comparison.count();
        if count == 0 {
            return vec![ReviewLine::Fact("Changes", format!("none since {name}"))];
        }
        let mut lines = vec![ReviewLine::Fact("Changes", format!("{count} since {name}"))];
        lines.extend(comparison.changes.iter().take(MOST_CHANGES).cloned().map(ReviewLine::Change));
        if count > MOST_CHANGES {
            lines.push(ReviewLine::Fact("", format!("… and {} more", count - MOST_CHANGES)));
        }
        lines
    }
}
