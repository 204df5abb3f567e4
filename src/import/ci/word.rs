//! The words of tools for states and results, and those of SEI for the same.

/// The result of a run or stage, or that it has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum RunEnd {
    Success,
    /// Ended, but not without problems.
    Unstable,
    Failure,
    Aborted,
    /// Never started.
    Skipped,
    Running,
    /// Waits for a machine or a person.
    Waiting,
    /// A word without a known meaning.
    Unknown,
}

/// A word of a tool, and what it means.
#[derive(Debug, Clone)]
pub(in crate::import) struct ResultWord {
    pub(in crate::import) word: String,
    pub(in crate::import) ending: RunEnd,
}

const WORDS: [(RunEnd, &[&str]); 7] = [
    (RunEnd::Success, &["success", "succeeded", "successful", "passed", "neutral", "fixed"]),
    (RunEnd::Unstable, &["unstable", "partiallysucceeded", "succeededwithissues"]),
    (
        RunEnd::Failure,
        &[
            "failure",
            "failed",
            "error",
            "timed_out",
            "timedout",
            "timeout",
            "startup_failure",
            "infrastructure_fail",
            "terminated-unknown",
            "unauthorized",
            "rejected",
        ],
    ),
    (
        RunEnd::Aborted,
        &[
            "aborted",
            "cancelled",
            "canceled",
            "killed",
            "stopped",
            "abandoned",
            "stale",
            "expired",
            "declined",
        ],
    ),
    (RunEnd::Skipped, &["skipped", "not_built", "not_run", "not_executed", "none", "broken"]),
    (
        RunEnd::Running,
        &[
            "running",
            "in_progress",
            "inprogress",
            "failing",
            "canceling",
            "cancelling",
            "building",
            "started",
            "timing_out",
        ],
    ),
    (
        RunEnd::Waiting,
        &[
            "queued",
            "pending",
            "created",
            "waiting",
            "waiting_for_resource",
            "waiting_for_callback",
            "preparing",
            "scheduled",
            "requested",
            "action_required",
            "manual",
            "blocked",
            "waiting_on_dependencies",
            "on_hold",
            "notstarted",
            "not_running",
            "ready",
            "postponed",
            "paused",
            "paused_pending_input",
            "halted",
            "assigned",
            "accepted",
            "limited",
            "limiting",
            "platform_limited",
            "platform_limiting",
            "reserved",
        ],
    ),
];

/// Words of other tools; some mean something else in a tool with a reader.
const COMMON_WORDS: [(RunEnd, &[&str]); 6] = [
    (
        RunEnd::Success,
        &[
            "ok",
            "okay",
            "pass",
            "green",
            "complete",
            "completed",
            "done",
            "finished",
            "good",
            "healthy",
            "deployed",
        ],
    ),
    (
        RunEnd::Unstable,
        &["warning", "partial", "yellow", "partialsuccess", "completedwitherrors", "ignorefailed"],
    ),
    (
        RunEnd::Failure,
        &[
            "fail",
            "red",
            "bad",
            "err",
            "ko",
            "crash",
            "crashed",
            "fault",
            "broke",
            "unsuccessful",
            "errored",
            "approvalrejected",
            "internalerror",
            "internal_error",
        ],
    ),
    (
        RunEnd::Aborted,
        &["abort", "cancel", "interrupted", "terminated", "superseded", "removed", "discarded", "deleted"],
    ),
    (RunEnd::Skipped, &["skip", "ignored", "omitted", "notexecuted", "disabled"]),
    (
        RunEnd::Running,
        &["active", "executing", "processing", "ongoing", "started", "working", "deploying", "new", "init"],
    ),
];

/// Words for plain success and failure; a note shows what any other word became.
const PLAIN: [&str; 6] = ["success", "succeeded", "successful", "passed", "failure", "failed"];

/// The letters and digits of a word, in lower case.
fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_lowercase())
}

impl ResultWord {
    /// What a word means.
    pub(in crate::import) fn of(word: &str) -> Self {
        let lower = word.to_ascii_lowercase();
        let known = WORDS.iter().find(|(_, words)| words.contains(&lower.as_str()));
        Self { word: word.to_owned(), ending: known.map_or(RunEnd::Unknown, |(ending, _)| *ending) }
    }

    /// What a word of an unknown tool means: in any spelling, and also where the word is common but
    /// of no tool with a reader.
    pub(in crate::import) fn of_any_tool(word: &str) -> Self {
        let known = WORDS
            .iter()
            .chain(&COMMON_WORDS)
            .find(|(_, words)| words.iter().any(|known| letters(known).eq(letters(word))));
        Self { word: word.to_owned(), ending: known.map_or(RunEnd::Unknown, |(ending, _)| *ending) }
    }

    /// Combines a state and a result: the result counts only where the state is not open.
    pub(in crate::import) fn of_both(state: Option<String>, result: Option<String>) -> Option<Self> {
        // A state that says only that all is over means nothing without a result.
        let state = state.filter(|word| !["completed", "finished"].contains(&&*word.to_ascii_lowercase()));
        let state = state.map(|word| Self::of(&word));
        match state {
            Some(state) if state.is_open() => Some(state),
            state => result.map(|word| Self::of(&word)).or(state),
        }
    }

    /// Whether the run or stage has not ended.
    pub(in crate::import) fn is_open(&self) -> bool {
        matches!(self.ending, RunEnd::Running | RunEnd::Waiting)
    }

    /// Whether the SEI word has the same meaning.
    pub(in crate::import) fn is_plain(&self) -> bool {
        PLAIN
            .iter()
            .chain(&["unstable", "aborted", "not_built"])
            .any(|word| word.eq_ignore_ascii_case(&self.word))
    }

    /// The result of a run.
    pub(in crate::import) fn of_run(&self) -> &str {
        match self.ending {
            RunEnd::Success => "SUCCESS",
            RunEnd::Unstable => "UNSTABLE",
            RunEnd::Failure => "FAILURE",
            RunEnd::Aborted => "ABORTED",
            RunEnd::Skipped => "NOT_BUILT",
            RunEnd::Running | RunEnd::Waiting | RunEnd::Unknown => &self.word,
        }
    }

    /// The result of a stage or step; `None` before the end.
    pub(in crate::import) fn of_stage(&self) -> Option<&str> {
        match self.ending {
            RunEnd::Success => Some("succeeded"),
            RunEnd::Unstable => Some("succeededWithIssues"),
            RunEnd::Failure => Some("failed"),
            RunEnd::Aborted => Some("canceled"),
            RunEnd::Skipped => Some("skipped"),
            RunEnd::Running | RunEnd::Waiting => None,
            RunEnd::Unknown => Some(&self.word),
        }
    }

    /// The state of a stage or step.
    pub(in crate::import) const fn state(&self) -> &'static str {
        match self.ending {
            RunEnd::Running => "inProgress",
            RunEnd::Waiting => "pending",
            RunEnd::Success
            | RunEnd::Unstable
            | RunEnd::Failure
            | RunEnd::Aborted
            | RunEnd::Skipped
            | RunEnd::Unknown => "completed",
        }
    }

    /// Turns a failure that the tool ignores into a warning.
    pub(in crate::import) fn tolerated(self) -> Self {
        if self.ending == RunEnd::Failure { Self { ending: RunEnd::Unstable, ..self } } else { self }
    }

    /// The result of a whole from its parts: it is open while a part is open, and otherwise the
    /// gravest counts.
    pub(in crate::import) fn gravest(parts: impl Iterator<Item = Self>) -> Option<Self> {
        parts.max_by_key(|verdict| match verdict.ending {
            RunEnd::Skipped => 0,
            RunEnd::Success => 1,
            RunEnd::Unknown => 2,
            RunEnd::Unstable => 3,
            RunEnd::Aborted => 4,
            RunEnd::Failure => 5,
            RunEnd::Waiting => 6,
            RunEnd::Running => 7,
        })
    }
}
