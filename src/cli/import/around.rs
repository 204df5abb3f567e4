//! Imports from the surroundings: the variables of a CI job, and a git checkout.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use crate::cli::argument::{ImportArguments, ImportFormat, ImportSource as Shape};
use crate::import::{self, Checkout, Imported};
use crate::text;
use crate::world::{CommandError, World};

/// Git normally answers at once; a longer wait means a prompt or a hang.
const LIMIT: Duration = Duration::from_secs(10);
/// The maximum number of commits of a run; more are the history of a repository.
const MOST_COMMITS: usize = 1000;

/// Imports with `--from env` or `--from git`; `None` for other kinds.
pub(super) fn read(arguments: &ImportArguments, world: &dyn World) -> anyhow::Result<Option<Imported>> {
    let is_git = arguments.from == ImportFormat::Known(Shape::Git);
    anyhow::ensure!(arguments.since.is_none() || is_git, "--since needs --from git.");
    if arguments.from != ImportFormat::Known(Shape::Env) && !is_git {
        return Ok(None);
    }
    anyhow::ensure!(arguments.jobs.is_none(), "--jobs needs a CI run in a file.");
    anyhow::ensure!(
        arguments.run.is_none() && !arguments.all,
        "--run and --all need an input with several CI runs."
    );
    let is_named = arguments.file != Path::new("-");
    if is_git {
        let folder = if is_named { arguments.file.as_path() } else { Path::new(".") };
        return checkout(folder, arguments.since.as_deref(), world).map(Some);
    }
    anyhow::ensure!(!is_named, "--from env reads variables, not a file.");
    let found = import::from_variables(&|name| world.variable(name));
    found.map(Some).context(
        "No known CI system has set its variables here: GitHub Actions, GitLab CI, Jenkins, Azure Pipelines, \
         CircleCI, Bitbucket, Buildkite, TeamCity or Drone.",
    )
}

fn checkout(folder: &Path, since: Option<&str>, world: &dyn World) -> anyhow::Result<Imported> {
    let place = folder.to_str().context("The name of the folder is not valid text.")?;
    let git = |words: &[&str]| world.run_program("git", &[&["-C", place], words].concat(), LIMIT);
    let head = match git(&["rev-parse", "--verify", "HEAD"]) {
        Ok(head) => head,
        Err(CommandError::Failed(code)) => anyhow::bail!(
            "git failed with exit code {code}: {} may not be a checkout, or has no commits.",
            text::visible(place)
        ),
        Err(fault) => anyhow::bail!("git {fault}."),
    };
    let commits = match since {
        None => head,
        Some(since) => {
            anyhow::ensure!(!since.starts_with('-'), "--since needs a commit, a branch or a tag.");
            let most = format!("--max-count={}", MOST_COMMITS + 1);
            let listed = git(&["rev-list", &most, "HEAD", "--not", since, "--"]);
            let why = || {
                format!(
                    "git does not know “{}”, or could not list the commits after it",
                    text::visible(since)
                )
            };
            listed.map_err(|fault| anyhow::anyhow!("{}: git {fault}.", why()))?
        }
    };
    let mut commits: Vec<_> = commits.lines().map(str::to_owned).collect();
    let has_more = commits.len() > MOST_COMMITS;
    commits.truncate(MOST_COMMITS);
    let line = |words: &[&str]| git(words).ok().and_then(|out| out.lines().next().map(str::to_owned));
    let remotes = git(&["remote"]).unwrap_or_default();
    let name = remotes.lines().find(|name| *name == "origin").or_else(|| remotes.lines().next());
    Ok(import::from_checkout(Checkout {
        remote: name.and_then(|name| line(&["remote", "get-url", "--", name])),
        branch: line(&["symbolic-ref", "--quiet", "--short", "HEAD"]),
        commits,
        has_more,
    }))
}
