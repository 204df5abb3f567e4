//! The CI tools whose runs import reads.

/// A CI tool whose runs can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CiTool {
    /// GitHub Actions.
    GitHub,
    /// GitLab CI.
    GitLab,
    /// Jenkins.
    Jenkins,
    /// Azure Pipelines.
    Azure,
    /// `CircleCI`.
    CircleCi,
    /// Buildkite.
    Buildkite,
    /// Bitbucket Pipelines.
    Bitbucket,
    /// Drone.
    Drone,
    /// `TeamCity`.
    TeamCity,
    /// Woodpecker.
    Woodpecker,
}

impl CiTool {
    /// The product name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub Actions",
            Self::GitLab => "GitLab CI",
            Self::Jenkins => "Jenkins",
            Self::Azure => "Azure Pipelines",
            Self::CircleCi => "CircleCI",
            Self::Buildkite => "Buildkite",
            Self::Bitbucket => "Bitbucket Pipelines",
            Self::Drone => "Drone",
            Self::TeamCity => "TeamCity",
            Self::Woodpecker => "Woodpecker",
        }
    }

    /// A phrase for a run of the tool, with an article.
    pub const fn described(self) -> &'static str {
        match self {
            Self::GitHub => "a run of GitHub Actions",
            Self::GitLab => "a run of GitLab CI",
            Self::Jenkins => "a run of Jenkins",
            Self::Azure => "a run of Azure Pipelines",
            Self::CircleCi => "a run of CircleCI",
            Self::Buildkite => "a run of Buildkite",
            Self::Bitbucket => "a run of Bitbucket Pipelines",
            Self::Drone => "a run of Drone",
            Self::TeamCity => "a run of TeamCity",
            Self::Woodpecker => "a run of Woodpecker",
        }
    }

    /// A phrase for the variables of a job of the tool.
    pub const fn variables(self) -> &'static str {
        match self {
            Self::GitHub => "the variables of a GitHub Actions job",
            Self::GitLab => "the variables of a GitLab CI job",
            Self::Jenkins => "the variables of a Jenkins job",
            Self::Azure => "the variables of an Azure Pipelines job",
            Self::CircleCi => "the variables of a CircleCI job",
            Self::Buildkite => "the variables of a Buildkite job",
            Self::Bitbucket => "the variables of a Bitbucket Pipelines job",
            Self::Drone => "the variables of a Drone job",
            Self::TeamCity => "the variables of a TeamCity job",
            Self::Woodpecker => "the variables of a Woodpecker job",
        }
    }
}
