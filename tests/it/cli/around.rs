//! `import` of the variables of a CI job and of a checkout.

use snapbox::str;

use super::{Home, stderr, stdout};

/// Creates a checkout with these commit messages in the home.
fn checkout(home: &Home, commits: &[&str]) {
    git(home, &["init", "--quiet", "--initial-branch=main", "shop"]);
    for commit in commits {
        git(home, &["-C", "shop", "commit", "--quiet", "--allow-empty", "--message", commit]);
    }
}

/// Runs git without user configuration and returns its output.
fn git(home: &Home, words: &[&str]) -> String {
    let output = std::process::Command::new("git")
        .current_dir(home.path(""))
        .env("HOME", home.path(""))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"])
        .args(words)
        .output()
        .unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn import(home: &Home, words: &[&str]) -> snapbox::cmd::Command {
    let all = ["import", "--from"].into_iter().chain(words.iter().copied());
    home.command(all).env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", home.path(""))
}

#[test]
fn a_ci_job_gives_its_variables() {
    let home = Home::new();
    let command = import(&home, &["env"])
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_REPOSITORY", "acme/shop")
        .env("GITHUB_WORKFLOW", "Release")
        .env("GITHUB_RUN_ID", "9876543210")
        .env("GITHUB_TOKEN", "s3cret");
    let ended = command.assert().success();
    ended
        .stdout_eq(str![[r#"
{
  "pipeline": "Release",
  "job_full_name": "acme/shop/Release",
  "qualified_name": "Release",
  "build_number": 9876543210,
  "ci": true,
  "cd": false
}

"#]])
        .stderr_eq(str![[r#"
note: Not in the input: instance_name, instance_guid, result, start_time, duration, branch_name, scm_commit_ids, repo_url, job_run.
note: Imported as a CI build. If the run is a deployment, set ci to false and cd to true.
found input: the variables of a GitHub Actions job

"#]]);
}

#[test]
fn outside_a_ci_job_no_variables_are_found() {
    let home = Home::new();
    let ended = import(&home, &["env"]).assert().code(2);
    assert!(stderr(&ended).contains("No known CI system has set its variables here"));
    let ended = home.command(["import", "run.json", "--from", "env"]).assert().code(2);
    assert!(stderr(&ended).contains("--from env reads variables, not a file."));
}

#[test]
fn a_checkout_gives_remote_branch_and_commits_since_a_commit() {
    let home = Home::new();
    checkout(&home, &["one", "two", "three"]);
    git(&home, &["-C", "shop", "remote", "add", "origin", "https://mira:s3cret@git.example.com/shop.git"]);
    git(&home, &["-C", "shop", "tag", "v1", "HEAD~2"]);
    let ids = git(&home, &["-C", "shop", "log", "--format=%H", "--max-count=2"]);
    let ids: Vec<_> = ids.lines().collect();
    let ended = import(&home, &["git", "shop", "--since", "v1"]).assert().success();
    let expected = format!(
        "{{\n  \"branch_name\": \"main\",\n  \"scm_commit_ids\": [\n    \"{}\",\n    \"{}\"\n  ],\n  \
         \"repo_url\": \"https://git.example.com/shop.git\"\n}}\n",
        ids[0], ids[1]
    );
    assert_eq!(stdout(&ended), expected);
    assert!(stderr(&ended).contains("Credentials in the address of the remote were removed"));
    assert!(!stderr(&ended).contains("s3cret"));
    let ended = import(&home, &["git"]).current_dir(home.path("shop")).assert().success();
    assert!(stdout(&ended).contains(ids[0]) && !stdout(&ended).contains(ids[1]), "the last commit alone");
}

#[test]
fn a_detached_checkout_without_a_remote_is_reported() {
    let home = Home::new();
    checkout(&home, &["one"]);
    git(&home, &["-C", "shop", "checkout", "--quiet", "--detach"]);
    let ended = import(&home, &["git", "shop", "--since", "HEAD"]).assert().success();
    assert_eq!(stdout(&ended), "{}\n");
    ended.stderr_eq(str![[r#"
note: No branch is checked out, only a commit.
note: No commits since then.
note: The checkout has no remote.
note: A checkout has no other fields of a run: add the rest.
found input: a git checkout

"#]]);
}

#[test]
fn an_error_of_git_is_reported() {
    let home = Home::new();
    checkout(&home, &["one"]);
    for (words, expected) in [
        (["git", "nowhere", "--since", "x"], "nowhere may not be a checkout, or has no commits."),
        (
            ["git", "shop", "--since", "$(touch x)"],
            "git does not know “$(touch x)”, or could not list the commits after it",
        ),
        (["git", "shop", "--since", "no\u{202e}where"], "git does not know “no"),
    ] {
        let ended = import(&home, &words).assert().code(2);
        assert!(stderr(&ended).contains(expected), "{}", stderr(&ended));
        assert!(!stderr(&ended).contains('\u{202e}'));
    }
    let ended = import(&home, &["git", "shop", "--since=--output=x"]).assert().code(2);
    assert!(stderr(&ended).contains("--since needs a commit, a branch or a tag."));
    assert!(!home.path("shop/x").exists() && !home.path("x").exists());
}

#[test]
fn options_that_belong_to_another_source_are_refused() {
    let home = Home::new();
    for (words, expected) in [
        (["env", "--since", "v1"], "--since needs --from git."),
        (["git", "--jobs", "x"], "--jobs needs a CI run in a file."),
    ] {
        assert!(stderr(&import(&home, &words).assert().code(2)).contains(expected));
    }
}
