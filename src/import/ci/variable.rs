//! The variables that CI systems set for their jobs, and the run that they describe.
//!
//! The variables are read one by one, by name: no other variable is read. Addresses that hold a
//! token by design are not among them.

use super::CiTool;
use super::run::Run;
use super::word::ResultWord;
use crate::import::{ImportKind, Imported};
use crate::text;
use crate::time::{EpochUnit, Timestamp};

/// Gives a variable by name.
#[derive(Clone, Copy)]
struct Variables<'v>(&'v dyn Fn(&str) -> Option<String>);

/// How a system is recognized, and its run read.
struct System {
    tool: CiTool,
    /// The variable that identifies the system, and its required value, if any.
    sign: (&'static str, Option<&'static str>),
    read: fn(Variables<'_>) -> Run,
}

/// Jenkins is last, because its variables are also set for agents that start other systems.
const SYSTEMS: [System; 9] = [
    System { tool: CiTool::GitHub, sign: ("GITHUB_ACTIONS", Some("true")), read: github },
    System { tool: CiTool::GitLab, sign: ("GITLAB_CI", Some("true")), read: gitlab },
    System { tool: CiTool::Azure, sign: ("TF_BUILD", Some("true")), read: azure },
    System { tool: CiTool::CircleCi, sign: ("CIRCLECI", Some("true")), read: circle },
    System { tool: CiTool::Bitbucket, sign: ("BITBUCKET_BUILD_NUMBER", None), read: bitbucket },
    System { tool: CiTool::Buildkite, sign: ("BUILDKITE", Some("true")), read: buildkite },
    System { tool: CiTool::Drone, sign: ("DRONE", Some("true")), read: drone },
    System { tool: CiTool::TeamCity, sign: ("TEAMCITY_VERSION", None), read: teamcity },
    System { tool: CiTool::Jenkins, sign: ("JENKINS_URL", None), read: jenkins },
];

/// Reads the run that the variables describe, if they are those of a CI job.
pub(in crate::import) fn import(variable: &dyn Fn(&str) -> Option<String>) -> Option<Imported> {
    let variables = Variables(variable);
    let is_set = |system: &&System| {
        let (name, value) = system.sign;
        let is_it = |word: &str| value.is_none_or(|value| word.eq_ignore_ascii_case(value));
        variables.text(name).is_some_and(|word| is_it(&word))
    };
    let mut found = SYSTEMS.iter().filter(is_set);
    let system = found.next()?;
    let mut run = (system.read)(variables);
    if run.verdict.is_some() {
        run.notes.push("The job is still running: its result is the one so far.".to_owned());
    }
    let others: Vec<_> = found.map(|other| other.tool.label()).collect();
    if !others.is_empty() {
        run.notes.push(format!("Variables of {} are also set and were ignored.", others.join(" and ")));
    }
    let (document, notes) = run.document(system.tool);
    Some(Imported { notes, ..Imported::bare(document, ImportKind::Variables(system.tool)) })
}

impl Variables<'_> {
    /// The first of the variables that is set; spaces separate the names.
    fn text(self, names: &str) -> Option<String> {
        let set =
            |name| (self.0)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        names.split(' ').find_map(set)
    }

    fn whole(self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    fn instant(self, name: &str) -> Option<Timestamp> {
        super::lookup::instant(&self.text(name)?)
    }

    fn verdict(self, name: &str) -> Option<ResultWord> {
        self.text(name).map(|word| ResultWord::of(&word))
    }

    /// The result of an exit code.
    fn exit(self, name: &str) -> Option<ResultWord> {
        self.whole(name).map(|code| ResultWord::of(if code == 0 { "success" } else { "failure" }))
    }

    fn list(self, name: &str) -> Vec<String> {
        self.text(name).into_iter().collect()
    }

    /// The values of variables with `/` between them, where all are set.
    fn path(self, names: &str) -> Option<String> {
        names.split(' ').map(|name| self.text(name)).collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
    }
}

fn github(set: Variables<'_>) -> Run {
    let repository = set.path("GITHUB_SERVER_URL GITHUB_REPOSITORY");
    let page = repository.as_ref().zip(set.text("GITHUB_RUN_ID"));
    Run {
        pipeline: set.text("GITHUB_WORKFLOW"),
        full_name: set.path("GITHUB_REPOSITORY GITHUB_WORKFLOW"),
        // Not the run number, because a restarted run keeps it.
        number: set.whole("GITHUB_RUN_ID"),
        branch: set.text("GITHUB_HEAD_REF GITHUB_REF_NAME"),
        commits: set.list("GITHUB_SHA"),
        user: set.text("GITHUB_TRIGGERING_ACTOR GITHUB_ACTOR"),
        page: page.map(|(address, id)| format!("{address}/actions/runs/{id}")),
        repository,
        ..Run::default()
    }
}

fn gitlab(set: Variables<'_>) -> Run {
    Run {
        pipeline: set.text("CI_PIPELINE_NAME CI_PROJECT_NAME"),
        full_name: set.text("CI_PROJECT_PATH"),
        number: set.whole("CI_PIPELINE_IID"),
        verdict: set.verdict("CI_JOB_STATUS"),
        start: set.instant("CI_PIPELINE_CREATED_AT"),
        branch: set.text("CI_COMMIT_BRANCH CI_MERGE_REQUEST_SOURCE_BRANCH_NAME CI_COMMIT_REF_NAME"),
        commits: set.list("CI_COMMIT_SHA"),
        repository: set.text("CI_PROJECT_URL"),
        user: set.text("GITLAB_USER_LOGIN"),
        page: set.text("CI_PIPELINE_URL"),
        ..Run::default()
    }
}

fn jenkins(set: Variables<'_>) -> Run {
    let full_name = set.text("JOB_NAME");
    let branch = set.text("GIT_BRANCH").map(|name| name.strip_prefix("origin/").unwrap_or(&name).to_owned());
    // Only a multibranch project sets the name of the branch.
    let is_multibranch = set.text("BRANCH_NAME").is_some();
    let (pipeline, _) =
        full_name.as_deref().map(|name| super::jenkins::names(name, is_multibranch)).unwrap_or_default();
    Run {
        pipeline,
        full_name,
        number: set.whole("BUILD_NUMBER"),
        branch: set.text("CHANGE_BRANCH BRANCH_NAME").or(branch),
        commits: set.list("GIT_COMMIT"),
        repository: set.text("GIT_URL"),
        user: set.text("BUILD_USER_ID"),
        page: set.text("BUILD_URL"),
        ..Run::default()
    }
}

fn azure(set: Variables<'_>) -> Run {
    // For a pull request, branch and commit of a build are those of a merge that exists only for
    // the build.
    let branch = set.text("SYSTEM_PULLREQUEST_SOURCEBRANCH BUILD_SOURCEBRANCH");
    let project = set.text("SYSTEM_TEAMPROJECT");
    let page = |project: &String| {
        let collection = set.text("SYSTEM_COLLECTIONURI SYSTEM_TEAMFOUNDATIONCOLLECTIONURI")?;
        let (collection, project) = (collection.trim_end_matches('/'), project.replace(' ', "%20"));
        Some(format!("{collection}/{project}/_build/results?buildId={}", set.text("BUILD_BUILDID")?))
    };
    Run {
        pipeline: set.text("BUILD_DEFINITIONNAME"),
        full_name: set.path("SYSTEM_TEAMPROJECT BUILD_DEFINITIONNAME"),
        number: set.whole("BUILD_BUILDID"),
        verdict: set.verdict("AGENT_JOBSTATUS"),
        start: set.instant("SYSTEM_PIPELINESTARTTIME"),
        branch: branch.map(|name| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned()),
        commits: set.list("SYSTEM_PULLREQUEST_SOURCECOMMITID BUILD_SOURCEVERSION"),
        repository: set.text("BUILD_REPOSITORY_URI"),
        user: set.text("BUILD_REQUESTEDFOREMAIL BUILD_REQUESTEDFOR"),
        page: project.as_ref().and_then(page),
        project,
        ..Run::default()
    }
}

fn circle(set: Variables<'_>) -> Run {
    Run {
        pipeline: set.text("CIRCLE_JOB"),
        full_name: set.path("CIRCLE_PROJECT_USERNAME CIRCLE_PROJECT_REPONAME CIRCLE_JOB"),
        number: set.whole("CIRCLE_BUILD_NUM"),
        branch: set.text("CIRCLE_BRANCH"),
        commits: set.list("CIRCLE_SHA1"),
        repository: set.text("CIRCLE_REPOSITORY_URL"),
        user: set.text("CIRCLE_USERNAME"),
        page: set.text("CIRCLE_BUILD_URL"),
        ..Run::default()
    }
}

fn bitbucket(set: Variables<'_>) -> Run {
    let origin = set.text("BITBUCKET_GIT_HTTP_ORIGIN");
    let number = set.whole("BITBUCKET_BUILD_NUMBER");
    let page = origin.as_ref().zip(number);
    Run {
        pipeline: set.text("BITBUCKET_REPO_SLUG"),
        full_name: set.text("BITBUCKET_REPO_FULL_NAME"),
        number,
        verdict: set.exit("BITBUCKET_EXIT_CODE"),
        branch: set.text("BITBUCKET_BRANCH"),
        commits: set.list("BITBUCKET_COMMIT"),
        page: page.map(|(origin, number)| format!("{origin}/addon/pipelines/home#!/results/{number}")),
        repository: origin,
        ..Run::default()
    }
}

fn buildkite(set: Variables<'_>) -> Run {
    // A build of the latest commit names no commit.
    let commits = set.text("BUILDKITE_COMMIT").filter(|commit| commit != "HEAD");
    Run {
        pipeline: set.text("BUILDKITE_PIPELINE_SLUG"),
        full_name: set.path("BUILDKITE_ORGANIZATION_SLUG BUILDKITE_PIPELINE_SLUG"),
        number: set.whole("BUILDKITE_BUILD_NUMBER"),
        verdict: set.exit("BUILDKITE_COMMAND_EXIT_STATUS"),
        branch: set.text("BUILDKITE_BRANCH"),
        commits: commits.into_iter().collect(),
        repository: set.text("BUILDKITE_REPO"),
        user: set.text("BUILDKITE_BUILD_CREATOR"),
        page: set.text("BUILDKITE_BUILD_URL"),
        ..Run::default()
    }
}

fn teamcity(set: Variables<'_>) -> Run {
    let mut notes = Vec::new();
    if let (Some(word), None) = (set.text("BUILD_NUMBER"), set.whole("BUILD_NUMBER")) {
        notes.push(format!(
            "The build number “{}” is not a whole number and was skipped.",
            text::visible(&word)
        ));
    }
    Run {
        pipeline: set.text("TEAMCITY_BUILDCONF_NAME"),
        full_name: set.path("TEAMCITY_PROJECT_NAME TEAMCITY_BUILDCONF_NAME"),
        number: set.whole("BUILD_NUMBER"),
        branch: set.text("teamcity.build.branch"),
        commits: set.list("BUILD_VCS_NUMBER"),
        page: set.text("BUILD_URL"),
        notes,
        ..Run::default()
    }
}

fn drone(set: Variables<'_>) -> Run {
    let started = set.whole("DRONE_BUILD_STARTED").filter(|seconds| *seconds > 0);
    Run {
        pipeline: set.text("DRONE_REPO_NAME"),
        full_name: set.text("DRONE_REPO"),
        number: set.whole("DRONE_BUILD_NUMBER"),
        verdict: set.verdict("DRONE_BUILD_STATUS"),
        start: started.and_then(|seconds| EpochUnit::Seconds.instant(seconds)),
        branch: set.text("DRONE_SOURCE_BRANCH DRONE_COMMIT_BRANCH"),
        commits: set.list("DRONE_COMMIT_SHA"),
        repository: set.text("DRONE_REPO_LINK"),
        user: set.text("DRONE_COMMIT_AUTHOR"),
        page: set.text("DRONE_BUILD_LINK"),
        ..Run::default()
    }
}
