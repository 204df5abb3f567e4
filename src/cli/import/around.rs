//! What is around the program: the variables of a CI job, and the git checkout that it runs in.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use crate::cli::argument::{ImportArguments, ImportSource as Shape};
use crate::import::{self, Checkout, Imported};
use crate::text;
use crate::world::{CommandError, World};

/// Git answers at once; where it does not, something asks or hangs.
const LIMIT: Duration = Duration::from_secs(10);
/// More commits than these are the history of a repository, and not of a run.
const MOST_COMMITS: usize = 1000;

/// Reads what is no file, where that was asked for.
pub(super) fn read(arguments: &ImportArguments, world: &dyn World) -> anyhow::Result<Option<Imported>> {
    let is_git = arguments.from == Shape::Git;
    anyhow::ensure!(arguments.since.is_none() || is_git, "--since names a commit for --from git.");
    if arguments.from != Shape::Env && !is_git {
        return Ok(None);
    }
    anyhow::ensure!(arguments.jobs.is_none(), "--jobs belongs to the run of a CI tool in a file.");
    anyhow::ensure!(
        arguments.run.is_none() && !arguments.all,
        "--run and --all belong to an input with several runs of a CI tool."
    );
    let is_named = arguments.file != Path::new("-");
    if is_git {
        let folder = if is_named { arguments.file.as_path() } else { Path::new(".") };
        return checkout(folder, arguments.since.as_deref(), world).map(Some);
    }
    anyhow::ensure!(!is_named, "--from env reads variables, and no file.");
    let found = import::from_variables(&|name| world.variable(name));
    found.map(Some).context(
        "No CI system that we know has set its variables here: GitHub Actions, GitLab CI, Jenkins, Azure Pipelines, \
         CircleCI, Bitbucket, Buildkite, TeamCity or Drone.",
    )
}

fn checkout(folder: &Path, since: Option<&str>, world: &dyn World) -> anyhow::Result<Imported> {
    let place = folder.to_str().context("The name of the folder is no text.")?;
    let git = |words: &[&str]| world.run_program("git", &[&["-C", place], words].concat(), LIMIT);
    let head = match git(&["rev-parse", "--verify", "HEAD"]) {
        Ok(head) => head,
        Err(CommandError::Failed(code)) => anyhow::bail!(
            "git failed with exit code {code}: {} may be no checkout, or hold no commit.",
            text::visible(place)
        ),
        Err(fault) => anyhow::bail!("git {fault}."),
    };
    let commits = match since {
        None => head,
        Some(since) => {
            anyhow::ensure!(!since.starts_with('-'), "--since wants a commit, a branch or a tag.");
            let most = format!("--max-count={}", MOST_COMMITS + 1);
            let listed = git(&["rev-list", &most, "HEAD", "--not", since, "--"]);
            let why = || format!("git does not know “{}”, or could not go back to it", text::visible(since));
            listed.map_err(|fault| anyhow::anyhow!("{}: it {fault}.", why()))?
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
