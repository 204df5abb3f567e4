//! The words that tools have for how far something came and how it ended, and those of SEI for the same.

/// How something ended, or that it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Success,
    /// Went through, though not all of it was well.
    Unstable,
    Failure,
    Aborted,
    /// Was never begun.
    Skipped,
    Running,
    /// Waits, for a machine or for somebody.
    Waiting,
    /// Whatever this word means.
    Unknown,
}

/// A word of a tool, and what it means.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) word: String,
    pub(super) ending: Ending,
}

const WORDS: [(Ending, &[&str]); 7] = [
    (Ending::Success, &["success", "succeeded", "successful", "passed", "neutral", "fixed"]),
    (Ending::Unstable, &["unstable", "partiallysucceeded", "succeededwithissues"]),
    (
        Ending::Failure,
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
        Ending::Aborted,
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
    (Ending::Skipped, &["skipped", "not_built", "not_run", "not_executed", "none", "broken"]),
    (
        Ending::Running,
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
        Ending::Waiting,
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

/// Words that say success and failure and nothing else; of any other it is worth telling what stands for it.
const PLAIN: [&str; 6] = ["success", "succeeded", "successful", "passed", "failure", "failed"];

impl Verdict {
    /// What a word means.
    pub(super) fn of(word: &str) -> Self {
        let lower = word.to_ascii_lowercase();
        let known = WORDS.iter().find(|(_, words)| words.contains(&lower.as_str()));
        Self { word: word.to_owned(), ending: known.map_or(Ending::Unknown, |(ending, _)| *ending) }
    }

    /// What a state and a result mean together: a result counts only where the state is not one of work under way.
    pub(super) fn of_both(state: Option<String>, result: Option<String>) -> Option<Self> {
        // A state that says only that all is over means nothing without a result.
        let state = state.filter(|word| !["completed", "finished"].contains(&&*word.to_ascii_lowercase()));
        let state = state.map(|word| Self::of(&word));
        match state {
            Some(state) if state.is_open() => Some(state),
            state => result.map(|word| Self::of(&word)).or(state),
        }
    }

    /// Whether nothing has ended yet.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.ending, Ending::Running | Ending::Waiting)
    }

    /// Whether the word says no more and no less than the one that stands for it.
    pub(super) fn is_plain(&self) -> bool {
        PLAIN
            .iter()
            .chain(&["unstable", "aborted", "not_built"])
            .any(|word| word.eq_ignore_ascii_case(&self.word))
    }

    /// The result of a run.
    pub(super) fn of_run(&self) -> &str {
        match self.ending {
            Ending::Success => "SUCCESS",
            Ending::Unstable => "UNSTABLE",
            Ending::Failure => "FAILURE",
            Ending::Aborted => "ABORTED",
            Ending::Skipped => "NOT_BUILT",
            Ending::Running | Ending::Waiting | Ending::Unknown => &self.word,
        }
    }

    /// The result of a stage or step; none while there is none.
    pub(super) fn of_stage(&self) -> Option<&str> {
        match self.ending {
            Ending::Success => Some("succeeded"),
            Ending::Unstable => Some("succeededWithIssues"),
            Ending::Failure => Some("failed"),
            Ending::Aborted => Some("canceled"),
            Ending::Skipped => Some("skipped"),
            Ending::Running | Ending::Waiting => None,
            Ending::Unknown => Some(&self.word),
        }
    }

    /// How far a stage or step has come.
    pub(super) const fn state(&self) -> &'static str {
        match self.ending {
            Ending::Running => "inProgress",
            Ending::Waiting => "pending",
            Ending::Success
            | Ending::Unstable
            | Ending::Failure
            | Ending::Aborted
            | Ending::Skipped
            | Ending::Unknown => "completed",
        }
    }

    /// What a failure becomes that its tool was told to ignore.
    pub(super) fn tolerated(self) -> Self {
        if self.ending == Ending::Failure { Self { ending: Ending::Unstable, ..self } } else { self }
    }

    /// What the parts of something mean for the whole: it is not over before all of them are, and else the gravest counts.
    pub(super) fn gravest(parts: impl Iterator<Item = Self>) -> Option<Self> {
        parts.max_by_key(|verdict| match verdict.ending {
            Ending::Skipped => 0,
            Ending::Success => 1,
            Ending::Unknown => 2,
            Ending::Unstable => 3,
            Ending::Aborted => 4,
            Ending::Failure => 5,
            Ending::Waiting => 6,
            Ending::Running => 7,
        })
    }
}
