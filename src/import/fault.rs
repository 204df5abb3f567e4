//! Why an input cannot be imported.

use thiserror::Error;

use super::{CiTool, ImportKind, guess};
use crate::document::{SyntaxError, ValueKind};
use crate::draft::DraftError;
use crate::text::{self, Advice};

/// Why a text cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.advice())]
pub enum ImportError {
    /// The text is not JSON and cannot be repaired.
    Syntax(SyntaxError),
    /// The text is not JSON, and repairs did not reach its end.
    Beyond {
        /// The error of strict reading.
        fault: SyntaxError,
        /// The repairs that were made, and where they stopped.
        tried: Vec<String>,
    },
    /// The text inside a wrapped body is not JSON.
    Inside(Box<InputPart>),
    /// The body of a request cannot be read.
    Body(Box<InputPart>),
    /// An object with too few fields of a job run.
    Unlike(String),
    /// Text in a format that import does not read.
    Foreign {
        /// The format, with its article.
        seems: &'static str,
        /// Whether the text must not be shown, because it may hold a key.
        is_private: bool,
    },
    /// A draft that cannot be opened.
    Draft(DraftError),
    /// A list, perhaps of several runs.
    List(usize),
    /// JSON that cannot be a payload.
    NoObject(ValueKind),
    /// An instance set-up where a job run is needed; the text may hold a key and must not be shown.
    NoRun(ImportKind),
    /// A command whose body cannot be used; the text itself may hold a key and must not be shown.
    Command(String),
    /// The text with the jobs of a run is not JSON.
    Jobs(SyntaxError),
    /// Jobs, possibly of a known tool, next to an input that is not a run.
    NoTool(Option<CiTool>),
    /// A second input next to a run that does not hold its jobs.
    NoJobs(CiTool),
    /// The jobs of one tool next to the run of another.
    OtherTool {
        /// The tool of the run.
        run: CiTool,
        /// The tool of the jobs.
        jobs: CiTool,
    },
    /// The jobs of one run next to another run of the same tool.
    OtherRun {
        /// The tool of both.
        tool: CiTool,
        /// What identifies the run.
        run: String,
        /// What identifies the run of the jobs.
        jobs: String,
    },
    /// Values next to the run of a tool that are not a part of a run.
    Unread {
        /// The tool of the run.
        tool: CiTool,
        /// How many there are.
        count: usize,
        /// A sentence on the first one.
        first: String,
    },
    /// No run of the input has the requested number.
    NoSuchRun {
        /// The requested number.
        wanted: String,
        /// The numbers of some runs.
        known: String,
    },
    /// A mapping that cannot read the input.
    Mapping {
        /// The name of the mapping.
        name: String,
        /// What is wrong, one sentence each.
        faults: Vec<String>,
    },
    /// A mapping that finds no run in the input; the name of its tool.
    NoMappedRun(String),
    /// A satellite.yml that cannot be used; the text itself may hold a key and must not be shown.
    Satellite(String),
}

impl ImportError {
    /// What is wrong, and what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Syntax(fault) | Self::Beyond { fault, .. } => Advice::new(fault.to_string()),
            Self::Inside(part) => {
                let SyntaxError { line, column, message, .. } = &part.fault;
                Advice::new(format!(
                    "the text under “payload” is not JSON: its line {line}, column {column}: {message}"
                ))
            }
            Self::Body(part) => {
                Advice::new(format!("the body of this command cannot be read: {}", part.fault))
            }
            Self::Unlike(why) | Self::Command(why) | Self::Satellite(why) => Advice::new(why.as_str()),
            Self::Foreign { seems, .. } => Advice::new(format!("this seems to be {seems}. {}", guess::READS)),
            Self::Draft(fault) => fault.advice(),
            Self::List(count) => {
                Advice::new(format!("this is a list of {}", text::count(*count, "value", "values")))
                    .hint("import one job run, an object, at a time")
            }
            Self::NoObject(kind) => Advice::new(format!("this is {kind}")).hint("a job run is an object"),
            Self::NoRun(kind) => {
                Advice::new(format!("this is {}, which sets up an instance", kind.described()))
                    .hint("a job run is needed here")
            }
            Self::Jobs(fault) => Advice::new(format!("the jobs: {fault}")),
            Self::NoTool(tool) => {
                let of = tool.map_or_else(String::new, |tool| format!(" of {}", tool.label()));
                Advice::new(format!(
                    "the file is not a run of a known CI tool; the jobs{of} belong to no run"
                ))
            }
            Self::NoJobs(tool) => Advice::new(format!(
                "the file is {}, but the other file has no jobs of {}",
                tool.described(),
                tool.label()
            ))
            .hint("save them as its API returns them"),
            Self::OtherTool { run, jobs } => {
                Advice::new(format!("the file is {}, but the jobs are of {}", run.described(), jobs.label()))
                    .hint("use the jobs of the same run")
            }
            Self::OtherRun { tool, run, jobs } => Advice::new(format!(
                "this is {} ({}), but the jobs are of another run ({})",
                tool.described(),
                text::visible(run),
                text::visible(jobs)
            ))
            .hint("use the jobs of the same run"),
            Self::Unread { tool, count, first } => Advice::new(format!(
                "this holds {}, and {} that import does not understand: {first}",
                tool.described(),
                text::count(*count, "other value", "other values")
            ))
            .hint("import the run alone"),
            Self::Mapping { name, faults } => Advice::new(format!(
                "the mapping {} cannot read this: {}",
                text::visible(name),
                text::visible(faults.join(" ").trim_end_matches('.'))
            )),
            Self::NoMappedRun(label) => Advice::new(format!("this has no run of {}", text::visible(label)))
                .hint("choose another mapping, or change its `runs`"),
            Self::NoSuchRun { wanted, known } => {
                let known = if known.is_empty() {
                    "no run of a CI tool in it has a number".to_owned()
                } else {
                    format!("its runs: {known}")
                };
                Advice::new(format!("the input has no run {}", text::visible(wanted))).hint(known)
            }
        }
    }
}

/// A part of an input in which a fault is shown, such as the body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputPart {
    /// The fault: the offset is one in the part, line and column are those for the message.
    pub fault: SyntaxError,
    /// The part; empty where showing it could leak a key.
    pub text: String,
    /// The line of the input on which the part starts.
    pub line: usize,
}

impl ImportError {
    /// Whether the error is about a separate input with the jobs of a run.
    pub const fn is_of_jobs(&self) -> bool {
        matches!(self, Self::Jobs(_) | Self::NoJobs(_) | Self::OtherTool { .. } | Self::OtherRun { .. })
    }

    /// Whether the text must not be shown, because it may hold a key.
    pub const fn is_private(&self) -> bool {
        match self {
            Self::Command(_) | Self::Satellite(_) | Self::NoRun(_) | Self::Body(_) => true,
            Self::Foreign { is_private, .. } => *is_private,
            Self::Syntax(_)
            | Self::Beyond { .. }
            | Self::Inside(_)
            | Self::Unlike(_)
            | Self::Draft(_)
            | Self::List(_)
            | Self::Jobs(_)
            | Self::NoTool(_)
            | Self::NoJobs(_)
            | Self::OtherTool { .. }
            | Self::OtherRun { .. }
            | Self::Unread { .. }
            | Self::NoSuchRun { .. }
            | Self::Mapping { .. }
            | Self::NoMappedRun(_)
            | Self::NoObject(_) => false,
        }
    }

    /// Whether the text is JSON that no reader knows, for which a mapping can be made.
    pub const fn is_unknown_json(&self) -> bool {
        matches!(self, Self::Unlike(_) | Self::List(_))
    }

    /// The part of the input that the error is about, where it is not the whole input.
    pub fn part(&self) -> Option<&InputPart> {
        let (Self::Inside(part) | Self::Body(part)) = self else { return None };
        Some(part)
    }

    /// The error without the text, which may hold a key.
    pub(super) fn hidden(self) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "all other errors repeat nothing of the text")]
        match self {
            Self::Syntax(fault) | Self::Beyond { fault, .. } => Self::Command(format!(
                "line {}, column {}: this is neither JSON nor a readable curl command; the text may hold a key and \
                 is not shown",
                fault.line, fault.column
            )),
            Self::Foreign { seems, .. } => Self::Foreign { seems, is_private: true },
            other => other,
        }
    }
}
