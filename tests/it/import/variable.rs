//! The variables of CI jobs, and the data of a checkout.

use sei_compose::check::{Context, Severity, check};
use sei_compose::document::{Value, read, write_compact};
use sei_compose::import::{Checkout, CiTool, ImportKind, Imported, from_checkout, from_variables};

const SHA: &str = "9c1f0f7a4d3b6e2859f1c07d84b3a6e5d2908f41";

/// Each system, its variables, and the resulting fields except those that all systems have.
const SYSTEMS: [(CiTool, &str, &str); 9] = [
    (
        CiTool::GitHub,
        "GITHUB_ACTIONS=true GITHUB_WORKFLOW=Release GITHUB_REPOSITORY=acme/shop GITHUB_RUN_ID=9876543210 \
         GITHUB_RUN_NUMBER=4 GITHUB_HEAD_REF= GITHUB_REF_NAME=main GITHUB_SHA=SHA GITHUB_ACTOR=jo \
         GITHUB_TRIGGERING_ACTOR=mira GITHUB_SERVER_URL=https://github.com GITHUB_TOKEN=s3cret",
        r#"{"pipeline":"Release","job_full_name":"acme/shop/Release","build_number":9876543210,
            "repo_url":"https://github.com/acme/shop","user_id":"mira",
            "web_url":"https://github.com/acme/shop/actions/runs/9876543210"}"#,
    ),
    (
        CiTool::GitLab,
        "GITLAB_CI=true CI_PROJECT_NAME=shop CI_PROJECT_PATH=tools/shop CI_PIPELINE_IID=144 CI_COMMIT_BRANCH=main \
         CI_COMMIT_SHA=SHA CI_PROJECT_URL=https://gitlab.com/tools/shop GITLAB_USER_LOGIN=mira CI_JOB_STATUS=failed \
         CI_PIPELINE_URL=https://gitlab.com/tools/shop/-/pipelines/287 CI_PIPELINE_CREATED_AT=2025-07-01T08:30:00Z \
         CI_REPOSITORY_URL=https://gitlab-ci-token:s3cret@gitlab.com/tools/shop.git",
        r#"{"pipeline":"shop","job_full_name":"tools/shop","result":"FAILURE","start_time":1751358600000,
            "build_number":144,"repo_url":"https://gitlab.com/tools/shop","user_id":"mira",
            "web_url":"https://gitlab.com/tools/shop/-/pipelines/287"}"#,
    ),
    (
        CiTool::Jenkins,
        "JENKINS_URL=https://ci.example.com/ JOB_NAME=shop/nightly BUILD_NUMBER=318 GIT_BRANCH=origin/main \
         GIT_COMMIT=SHA GIT_URL=https://mira:s3cret@git.example.com/shop.git BUILD_USER_ID=mira \
         BUILD_URL=https://ci.example.com/job/shop/job/nightly/318/",
        r#"{"pipeline":"nightly","job_full_name":"shop/nightly","build_number":318,
            "repo_url":"https://git.example.com/shop.git","user_id":"mira",
            "web_url":"https://ci.example.com/job/shop/job/nightly/318/"}"#,
    ),
    (
        CiTool::Azure,
        "TF_BUILD=True BUILD_DEFINITIONNAME=shop-ci SYSTEM_TEAMPROJECT=Shop BUILD_BUILDID=4711 \
         BUILD_SOURCEBRANCH=refs/heads/main BUILD_SOURCEVERSION=SHA AGENT_JOBSTATUS=SucceededWithIssues \
         BUILD_REPOSITORY_URI=https://acme@dev.azure.com/acme/Shop/_git/shop BUILD_REQUESTEDFOR=Mira \
         BUILD_REQUESTEDFOREMAIL=mira@acme.example SYSTEM_COLLECTIONURI=https://dev.azure.com/acme/ \
         SYSTEM_PIPELINESTARTTIME=2025-07-01_08:30:00+00:00",
        r#"{"pipeline":"shop-ci","job_full_name":"Shop/shop-ci","result":"UNSTABLE","start_time":1751358600000,
            "build_number":4711,"repo_url":"https://dev.azure.com/acme/Shop/_git/shop","user_id":"mira@acme.example",
            "web_url":"https://dev.azure.com/acme/Shop/_build/results?buildId=4711","project_name":"Shop"}"#,
    ),
    (
        CiTool::CircleCi,
        "CIRCLECI=true CIRCLE_JOB=test CIRCLE_PROJECT_USERNAME=acme CIRCLE_PROJECT_REPONAME=shop CIRCLE_BUILD_NUM=101 \
         CIRCLE_BRANCH=main CIRCLE_SHA1=SHA CIRCLE_REPOSITORY_URL=git@github.com:acme/shop.git CIRCLE_USERNAME=mira \
         CIRCLE_BUILD_URL=https://circleci.com/gh/acme/shop/101",
        r#"{"pipeline":"test","job_full_name":"acme/shop/test","build_number":101,
            "repo_url":"git@github.com:acme/shop.git","user_id":"mira",
            "web_url":"https://circleci.com/gh/acme/shop/101"}"#,
    ),
    (
        CiTool::Bitbucket,
        "BITBUCKET_BUILD_NUMBER=55 BITBUCKET_REPO_SLUG=shop BITBUCKET_REPO_FULL_NAME=acme/shop BITBUCKET_BRANCH=main \
         BITBUCKET_COMMIT=SHA BITBUCKET_GIT_HTTP_ORIGIN=https://bitbucket.org/acme/shop BITBUCKET_EXIT_CODE=1",
        r#"{"pipeline":"shop","job_full_name":"acme/shop","result":"FAILURE","build_number":55,
            "repo_url":"https://bitbucket.org/acme/shop",
            "web_url":"https://bitbucket.org/acme/shop/addon/pipelines/home#!/results/55"}"#,
    ),
    (
        CiTool::Buildkite,
        "BUILDKITE=true BUILDKITE_PIPELINE_SLUG=shop BUILDKITE_ORGANIZATION_SLUG=acme BUILDKITE_BUILD_NUMBER=77 \
         BUILDKITE_BRANCH=main BUILDKITE_COMMIT=SHA BUILDKITE_REPO=https://github.com/acme/shop \
         BUILDKITE_BUILD_CREATOR=mira BUILDKITE_BUILD_URL=https://buildkite.com/acme/shop/builds/77 \
         BUILDKITE_COMMAND_EXIT_STATUS=0",
        r#"{"pipeline":"shop","job_full_name":"acme/shop","result":"SUCCESS","build_number":77,
            "repo_url":"https://github.com/acme/shop","user_id":"mira",
            "web_url":"https://buildkite.com/acme/shop/builds/77"}"#,
    ),
    (
        CiTool::TeamCity,
        "TEAMCITY_VERSION=2025 TEAMCITY_PROJECT_NAME=acme TEAMCITY_BUILDCONF_NAME=shop BUILD_NUMBER=9 \
         teamcity.build.branch=main BUILD_VCS_NUMBER=SHA BUILD_URL=https://tc.example.com/9",
        r#"{"pipeline":"shop","job_full_name":"acme/shop","build_number":9,"web_url":"https://tc.example.com/9"}"#,
    ),
    (
        CiTool::Drone,
        "DRONE=true DRONE_REPO_NAME=shop DRONE_REPO=acme/shop DRONE_BUILD_NUMBER=42 DRONE_SOURCE_BRANCH=main \
         DRONE_COMMIT_SHA=SHA DRONE_REPO_LINK=https://git.example.com/acme/shop DRONE_COMMIT_AUTHOR=mira \
         DRONE_BUILD_LINK=https://drone.example.com/acme/shop/42 DRONE_BUILD_STARTED=1751358600 \
         DRONE_BUILD_STATUS=success",
        r#"{"pipeline":"shop","job_full_name":"acme/shop","result":"SUCCESS","start_time":1751358600000,
            "build_number":42,"repo_url":"https://git.example.com/acme/shop","user_id":"mira",
            "web_url":"https://drone.example.com/acme/shop/42"}"#,
    ),
];

/// Imports from these variables, which are separated by blanks.
fn imported_from(set: &str) -> Option<Imported> {
    let variable = |name: &str| {
        let value = set.split(' ').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))?.1;
        Some(value.replace("SHA", SHA).replace('_', if name.ends_with("STARTTIME") { " " } else { "_" }))
    };
    from_variables(&variable)
}

#[test]
fn the_variables_of_each_system_become_the_matching_fields() {
    for (tool, set, expected) in SYSTEMS {
        let imported = imported_from(set).unwrap();
        assert_eq!(imported.kind, ImportKind::Variables(tool));
        let mut all = read(expected).unwrap().as_object().unwrap().clone();
        all.put("qualified_name", all.get("pipeline").unwrap().clone());
        all.put("branch_name", "main");
        all.put("scm_commit_ids", vec![Value::from(SHA)]);
        all.put("ci", true);
        all.put("cd", false);
        let document = imported.document.as_object().unwrap();
        for name in document.keys().chain(all.keys()) {
            assert_eq!(document.get(name), all.get(name), "{tool:?}: {name}");
        }
        assert!(!write_compact(&imported.document).contains("s3cret"));
    }
}

#[test]
fn variables_and_the_missing_fields_make_a_run_without_errors() {
    for (tool, set, _) in SYSTEMS {
        let mut run = imported_from(set).unwrap().document.as_object().unwrap().clone();
        run.put("instance_name", "ci");
        run.put("instance_guid", "5a4a12d6-6a1b-4b51-9c9e-0a3a3a0f7f42");
        run.put("duration", 77_000);
        for (name, value) in
            [("result", Value::from("SUCCESS")), ("start_time", Value::from(1_751_358_600_000))]
        {
            if !run.contains(name) {
                run.put(name, value);
            }
        }
        let problems = check(&Value::Object(run), &Context::default());
        let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{tool:?}: {errors:?}");
    }
}

#[test]
fn without_variables_of_a_system_nothing_is_read() {
    assert_eq!(imported_from("CI=true BUILD_NUMBER=3 GITHUB_ACTIONS=false"), None);
}

#[test]
fn contradictory_variables_are_reported() {
    let noted = |set: &str, words: &str| {
        let imported = imported_from(set).unwrap();
        assert!(imported.notes.iter().any(|note| note.contains(words)), "{:?}", imported.notes);
        imported.document.as_object().unwrap().clone()
    };
    let run = noted("TEAMCITY_VERSION=1 BUILD_NUMBER=1.2.3", "“1.2.3” is not a whole number");
    assert!(!run.contains("build_number"));
    noted("GITHUB_ACTIONS=true JENKINS_URL=x", "Variables of Jenkins are also set");
    noted(
        "GITHUB_ACTIONS=true",
        "Not in the input: instance_name, instance_guid, pipeline, job_full_name, result",
    );
    let run = noted("GITLAB_CI=true CI_JOB_STATUS=running", "This run is not over: GitLab CI says “running”");
    assert!(!run.contains("result"));
    noted("BUILDKITE=true BUILDKITE_COMMAND_EXIT_STATUS=0", "its result is the one so far");
}

#[test]
fn a_checkout_gives_its_remote_without_credentials() {
    let remotes = [
        ("https://mira:s3cret@git.example.com/shop.git", "https://git.example.com/shop.git"),
        ("https://s3cret@git.example.com/shop.git", "https://git.example.com/shop.git"),
        ("ssh://git:s3cret@git.example.com:22/shop.git", "ssh://git@git.example.com:22/shop.git"),
        ("https://a@b:s3cret@git.example.com", "https://git.example.com"),
        ("git@github.com:acme/shop.git", "git@github.com:acme/shop.git"),
    ];
    for (remote, clean) in remotes {
        let checkout = Checkout { remote: Some(remote.to_owned()), ..Checkout::default() };
        let imported = from_checkout(checkout);
        assert_eq!(imported.document.as_object().unwrap().get("repo_url").unwrap().as_text(), Some(clean));
        let is_noted = imported.notes.iter().any(|note| note.starts_with("Credentials"));
        assert_eq!(is_noted, remote != clean, "{remote}");
    }
}
