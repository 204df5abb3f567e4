//! Why an input cannot be imported.

use thiserror::Error;

use super::{CiTool, ImportKind, guess};
use crate::document::{SyntaxError, ValueKind};
use crate::draft::DraftError;
use crate::text;

/// Why a text cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The text is no JSON, and nothing that could be repaired.
    #[error("line {}, column {}: {}", .0.line, .0.column, .0.message)]
    Syntax(SyntaxError),
    /// The text is no JSON, and repairs did not lead to its end.
    #[error("line {}, column {}: {}", .fault.line, .fault.column, .fault.message)]
    Beyond {
        /// What strict reading says.
        fault: SyntaxError,
        /// What was tried, and where it ended.
        tried: Vec<String>,
    },
    /// The text inside a wrapped body is not JSON.
    #[error("the text under “payload” is not JSON: line {}, column {} of it: {}", .0.fault.line, .0.fault.column, .0.fault.message)]
    Inside(Box<InputPart>),
    /// The body of a request cannot be read.
    #[error("the body of this command cannot be read: line {}, column {}: {}", .0.fault.line, .0.fault.column, .0.fault.message)]
    Body(Box<InputPart>),
    /// An object with too few fields of a job run; see [`import_payload`].
    #[error("{0}")]
    Unlike(String),
    /// Text in a format that import does not read.
    #[error("this seems to be {seems}; {}", guess::READS)]
    Foreign {
        /// The format, with its article.
        seems: &'static str,
        /// Whether the text must not be shown.
        is_private: bool,
    },
    /// A draft that cannot be opened.
    #[error(transparent)]
    Draft(DraftError),
    /// A list, perhaps of several runs.
    #[error("this is a list of {}; give one job run, an object, at a time", text::count(*.0, "value", "values"))]
    List(usize),
    /// JSON, but nothing a payload could be.
    #[error("this is {0}; a job run is an object")]
    NoObject(ValueKind),
    /// What sets an instance up, where a job run is wanted; the text may hold a key and is not to be shown.
    #[error("this is {}, which sets an instance up; a job run is wanted here", .0.described())]
    NoRun(ImportKind),
    /// A command whose body cannot be used; the text itself may hold a key and is not to be shown.
    #[error("{0}")]
    Command(String),
    /// The text with the jobs of a run is no JSON.
    #[error("the jobs: line {}, column {}: {}", .0.line, .0.column, .0.message)]
    Jobs(SyntaxError),
    /// Jobs, here of a tool, beside something that is no run.
    #[error(
        "the file is not a run of a CI tool that can be read; {} belong to no run",
        .0.map_or_else(|| "the jobs beside it".to_owned(), |tool| format!("the jobs beside it, of {},", tool.label()))
    )]
    NoTool(Option<CiTool>),
    /// Something beside a run that is not its jobs.
    #[error("the file is {}, but the other file does not hold jobs of {}; give them as its API returns them", .0.described(), .0.label())]
    NoJobs(CiTool),
    /// The jobs of one tool beside the run of another.
    #[error("the file is {}, but the jobs are of {}; give the jobs of the same run", .run.described(), .jobs.label())]
    OtherTool {
        /// The tool of the run.
        run: CiTool,
        /// The tool of the jobs.
        jobs: CiTool,
    },
    /// The jobs of one run beside another run of the same tool.
    #[error(
        "this is {} ({}), but the jobs are of another one ({}); give the jobs of the same run",
        .tool.described(), text::visible(.run), text::visible(.jobs)
    )]
    OtherRun {
        /// The tool of both.
        tool: CiTool,
        /// What identifies the run.
        run: String,
        /// What the jobs say in its place.
        jobs: String,
    },
    /// Values next to the run of a tool that are not a part of a run.
    #[error(
        "this holds {}, and {} that import does not understand: {first}; import the run alone",
        .tool.described(), text::count(*.count, "other value", "other values")
    )]
    Unread {
        /// The tool of the run.
        tool: CiTool,
        /// How many there are.
        count: usize,
        /// A sentence on the first one.
        first: String,
    },
    /// No run of the input has the number that was asked for; some of those that have one.
    #[error(
        "the input holds no run {}; {}", text::visible(.wanted),
        if .known.is_empty() { "it is not a run of a CI tool, or none has a number".to_owned() } else { format!("it holds {known}") }
    )]
    NoSuchRun {
        /// The number that was asked for.
        wanted: String,
        /// The numbers of some runs.
        known: String,
    },
    /// A satellite.yml that cannot be used; the text itself may hold a key and is not to be shown.
    #[error("{0}")]
    Satellite(String),
}

/// A part of an input in which a fault is shown, such as the body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputPart {
    /// The fault: its offset is that in the part, its line and column are those that a message gives.
    pub fault: SyntaxError,
    /// The part; empty where showing it could leak a key.
    pub text: String,
    /// The line of the input on which the part starts.
    pub line: usize,
}

impl ImportError {
    /// Whether the jobs of a run are at fault, where they are in an input of their own.
    pub const fn is_of_jobs(&self) -> bool {
        matches!(self, Self::Jobs(_) | Self::NoJobs(_) | Self::OtherTool { .. } | Self::OtherRun { .. })
    }

    /// Whether the text must not be shown, for it may hold a key.
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
            | Self::NoObject(_) => false,
        }
    }

    /// The part of the input that the error is about, where it is not the whole input.
    pub fn part(&self) -> Option<&InputPart> {
        let (Self::Inside(part) | Self::Body(part)) = self else { return None };
        Some(part)
    }

    /// The fault of a text that may hold a key: its place, without a word of the text.
    pub(super) fn hidden(self) -> Self {
        #[expect(clippy::wildcard_enum_match_arm, reason = "all other errors repeat nothing of the text")]
        match self {
            Self::Syntax(fault) | Self::Beyond { fault, .. } => Self::Command(format!(
                "line {}, column {}: this is neither JSON nor a curl command that can be read; the text may hold a \
                 key, so it is not repeated",
                fault.line, fault.column
            )),
            Self::Foreign { seems, .. } => Self::Foreign { seems, is_private: true },
            other => other,
        }
    }
}
