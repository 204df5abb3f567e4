//! What the review says before a send: where, through which door, how much, and what stands in the way.

use crate::app::comparison::DescribedChange;
use crate::app::model::{EnvironmentChoice, Model};
use crate::app::pane::place_of;
use crate::app::row::value_of;
use crate::catalog::FieldRole;
use crate::check::Severity;
use crate::document::{self, Value};
use crate::text;
use crate::wire::{self, BodyFormat, Environment, FieldNames, Request};

mod subject;
mod target;

pub use subject::{Again, PreviousSent, Since};

/// How many changes are listed; a key shows all.
const MOST_CHANGES: usize = 4;

/// The most problems that are told one by one: nobody reads more, and a screen is drawn from them at each key.
const MOST: usize = 500;

/// The rule that knows a run which SEI has already.
pub const SENT_BEFORE: &str = "run-already-sent";

/// Whether a run can go out now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Errors block it.
    Blocked,
    /// Nothing may be sent in this session.
    ReadOnly,
    /// There is no key yet.
    NeedsKey,
    /// The name of the protected environment has to be typed.
    NeedsName,
    /// It can go.
    Ready,
}

/// A line of the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewLine {
    /// A name and what it is.
    Fact(&'static str, String),
    /// Something in the way, or to be looked at: its severity, its place, its sentence.
    Problem(Severity, String, String),
    /// Something to see before all else.
    Alarm(String),
    /// A place that differs from the run that was accepted last.
    Change(DescribedChange),
    /// A sentence.
    Text(String),
    /// Nothing.
    Gap,
}

impl Model {
    /// The request that sending now would make.
    pub fn request(&self) -> Option<Request> {
        Some(wire::job_run(&self.chosen()?.environment, self.document.value()))
    }

    /// Whether the chosen environment wants its name typed before a send.
    pub fn needs_name(&self) -> bool {
        self.readiness_but_name() == Readiness::Ready
            && self.target().is_some_and(|target| target.environment.protected)
    }

    fn readiness_but_name(&self) -> Readiness {
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

    /// Whether a run can go out, given the name typed in the review.
    pub fn readiness(&self, typed: &str) -> Readiness {
        let Some(chosen) = self.target() else { return Readiness::NeedsKey };
        let readiness = self.readiness_but_name();
        let is_named = !self.needs_name() || typed.trim() == chosen.environment.id;
        if readiness == Readiness::Ready && !is_named { Readiness::NeedsName } else { readiness }
    }

    /// The review as lines.
    pub fn review(&self) -> Vec<ReviewLine> {
        let Some(chosen) = self.target() else { return Vec::new() };
        let environment = &chosen.environment;
        let again = self.again().map(|again| &again.request);
        let door = match again.map_or(environment.format, Request::body_format) {
            BodyFormat::Flat => "flat: the body is the run itself",
            BodyFormat::Wrapped => {
                "wrapped: the run travels as JSON text inside the body, unchecked by the server"
            }
        };
        let names = match environment.names {
            _ if again.is_some() => "as they were sent",
            FieldNames::Unchanged => "each field as it is written here",
            FieldNames::Current => "each field under its current name",
            FieldNames::Legacy => "each field under its legacy name",
        };
        let mut lines = self.alarms();
        lines.extend([
            ReviewLine::Fact("Environment", format!("{}  ({})", environment.label, environment.id)),
            ReviewLine::Fact(
                "URL",
                format!("POST {}", again.map_or_else(|| environment.run_url(), |sent| sent.url.clone())),
            ),
            ReviewLine::Fact("Door", door.to_owned()),
            ReviewLine::Fact("Names", names.to_owned()),
            ReviewLine::Fact("Key", self.key_words(chosen)),
            ReviewLine::Fact("Body", text::bytes(self.body_len(environment))),
            ReviewLine::Fact("Run", self.identity()),
        ]);
        lines.extend(self.review_changes());
        lines.push(ReviewLine::Gap);
        lines.extend(self.review_problems());
        lines
    }

    /// How long the body is that would be sent; most often that of the document, which was measured when it was checked.
    fn body_len(&self, environment: &Environment) -> usize {
        match (self.again(), environment.format, environment.names) {
            (Some(again), _, _) => again.request.body.len(),
            (None, BodyFormat::Flat, FieldNames::Unchanged) => self.checks.size.bytes,
            (None, BodyFormat::Flat | BodyFormat::Wrapped, _) => {
                wire::job_run(environment, self.document.value()).body.len()
            }
        }
    }

    /// Where the key comes from, or why there is none.
    fn key_words(&self, chosen: &EnvironmentChoice) -> String {
        match (&chosen.key, &chosen.fault) {
            (Some(source), _) => format!("{} from {source}", chosen.environment.scheme.word()),
            (None, _) if self.is_seeking() => "is being looked up …".to_owned(),
            (None, Some(fault)) => format!("unusable: {fault}"),
            (None, None) => match &chosen.not_found {
                Some(why) => format!("none. {why}"),
                None => "none yet; it is asked for next".to_owned(),
            },
        }
    }

    /// What SEI will know the run by.
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
        let of = |severity: Severity| {
            let of = self.outgoing_problems();
            of.filter(move |problem| problem.severity == severity && problem.code != SENT_BEFORE)
        };
        let mut all = of(Severity::Error).chain(of(Severity::Warning));
        let told = all.by_ref().take(MOST);
        let mut lines: Vec<ReviewLine> = told
            .map(|problem| {
                let words = text::visible(&problem.message).into_owned();
                ReviewLine::Problem(problem.severity, place_of(problem), words)
            })
            .collect();
        let untold = all.count();
        if untold > 0 {
            lines.push(ReviewLine::Fact("", format!("… and {untold} more")));
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

    /// Whether the review says that the run was sent before.
    pub(crate) fn is_sent_before(&self) -> bool {
        self.outgoing_problems().any(|problem| problem.code == SENT_BEFORE)
    }

    /// What is to be seen first: the entry in place of the document, and a run that SEI has already.
    fn alarms(&self) -> Vec<ReviewLine> {
        let again = self.again().map(|_| {
            ReviewLine::Text(
                "Once more, byte for byte, as the journal has it; the document stays.".to_owned(),
            )
        });
        let sent = self.outgoing_problems().find(|problem| problem.code == SENT_BEFORE);
        let sent = sent.map(|problem| ReviewLine::Alarm(format!("Already sent. {}", problem.message)));
        let mut lines: Vec<ReviewLine> = again.into_iter().chain(sent).collect();
        if !lines.is_empty() {
            lines.push(ReviewLine::Gap);
        }
        lines
    }

    /// What is new since the last accepted run of the job, as far as a glance takes it in.
    fn review_changes(&self) -> Vec<ReviewLine> {
        let earlier = match self.since() {
            Since::Looking => return vec![ReviewLine::Fact("Changes", "…".to_owned())],
            Since::First => {
                return vec![ReviewLine::Fact(
                    "Changes",
                    "the journal has no accepted run of this job here".to_owned(),
                )];
            }
            Since::Run(earlier) => earlier,
        };
        let PreviousSent { name, comparison } = &**earlier;
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
