//! What a problem costs: the part of a run that SEI loses or stores wrongly.

use std::fmt;

/// What SEI loses because of a problem, the most first. Problems of style lose nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// The whole run: refused, dropped, or merged into another run.
    Run,
    /// A stage and all later stages.
    Stages,
    /// An artifact and all later artifacts.
    Artifacts,
    /// One step.
    Step,
    /// The value of a field: dropped, cut or replaced.
    Field,
    /// The pair of a build with its deployment.
    Pairing,
    /// A place in the metrics: the run is stored, but filters or dates skip it.
    Count,
}

impl Loss {
    /// Every loss, the largest first.
    pub const ALL: [Self; 7] =
        [Self::Run, Self::Stages, Self::Artifacts, Self::Step, Self::Field, Self::Pairing, Self::Count];

    /// The word in problem lists and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Stages => "stages",
            Self::Artifacts => "artifacts",
            Self::Step => "step",
            Self::Field => "field",
            Self::Pairing => "pairing",
            Self::Count => "count",
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
