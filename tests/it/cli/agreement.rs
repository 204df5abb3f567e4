//! The app and `check` report the same problems and apply the same safe fixes, for every silenced
//! rule.

use sei_compose::app::{DiskReply, Msg};
use sei_compose::check::rules;
use sei_compose::document::{read, write_compact};
use serde_json::Value as Json;

use super::{Home, stdout};
use crate::app::script::{Script, corpus, corpus_documents};

/// A run with a safe fix of many rules, two equal members with one key among them.
const MIXED: &str = r#"{"job_name":"web ","pipelines":1,"result":"failed","start_time":1679467494,"duration":"77000",
  "build_number":"7","ci":"TRUE","cd":"false","instance_guid":"5a4a12d66a1b4b519c9e0a3a3a0f7f42","instance_name":"ci",
  "module_name":3,"user_id":"a","user_id":"a","repo_url":"https://ci:secret@git.example/shop/web",
  "scm_commit_ids":["64be72b2c1f7d2a33082f98a40a848880fcdcd5e","64be72b2c1f7d2a33082f98a40a848880fcdcd5e"],
  "job_run":{"stages":[{"durationInMillis":5},{"id":"2","id":"2","durationInMillis":1,"displayName":"“Build”"}]}}"#;

/// The problems and the fixed document of the app or the command.
#[derive(Debug, PartialEq)]
struct Verdict {
    problems: Vec<String>,
    fixed: String,
}

/// The verdict of the app on a document after a rule is silenced everywhere.
fn verdict_of_app(text: &str, code: &str) -> Verdict {
    let mut script = Script::on(text);
    script.receive(Msg::Disk(DiskReply::Silenced(Ok(code.to_owned()))));
    let found = |problem: &sei_compose::check::Problem| format!("{} {}", problem.code, problem.at);
    let mut problems: Vec<_> = script.model.checks.problems.iter().map(|problem| found(problem)).collect();
    problems.sort();
    script.keys("shift-f8");
    if !script.overlays().is_empty() {
        script.keys("enter");
    }
    Verdict { problems, fixed: script.json() }
}

/// The verdicts of the command, one document per line; `None` for a text that is not a payload.
fn verdicts_of_command(texts: &[String], config: &str) -> Vec<Option<Verdict>> {
    let home = Home::new();
    home.put("config/config.toml", config);
    let lines: String = texts.iter().map(|text| text.to_owned() + "\n").collect();
    // Two lines make a file of runs.
    let file = home.put("runs.ndjson", &(lines + "{}\n{}\n"));
    let answers = |more: &[&str]| {
        let arguments = ["check", file, "--format", "json"].into_iter().chain(more.iter().copied());
        let ended = home.command(arguments).env("SEI_COMPOSE_NOW", "2024-05-01T12:00:00Z").assert();
        stdout(&ended).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (found, fixed) = (answers(&[]), answers(&["--fix", "safe"]));
    assert_eq!((found.len(), fixed.len()), (texts.len() + 2, texts.len() + 2));
    let verdict = |(found, fixed): (String, String)| {
        let json: Json = serde_json::from_str(&found).unwrap();
        let word = |problem: &Json, key: &str| problem.get(key).unwrap().as_str().unwrap().to_owned();
        let name = |problem: &Json| format!("{} {}", word(problem, "code"), word(problem, "pointer"));
        let mut problems: Vec<_> =
            json.get("problems").unwrap().as_array().unwrap().iter().map(name).collect();
        problems.sort();
        // The document is last and verbatim: this parser keeps its numbers and duplicate keys.
        let fixed = read(&fixed).unwrap().as_object()?.get("document").map(write_compact)?;
        Some(Verdict { problems, fixed })
    };
    found.into_iter().zip(fixed).take(texts.len()).map(verdict).collect()
}

/// The documents of a rule's corpus, and the mixed one, on one line each.
fn documents_of(code: &str, all: &[(String, String)]) -> Vec<String> {
    let folder = format!("/corpus/{code}/");
    let own = all.iter().filter(|(name, _)| name.contains(&folder)).map(|(_, text)| text.as_str());
    own.chain([MIXED]).map(|text| write_compact(&read(text).unwrap())).collect()
}

#[test]
fn app_and_command_agree_on_problems_and_safe_fixes_whichever_rule_is_silenced() {
    let all = corpus_documents();
    let (mut compared, mut changed) = (0, 0);
    for rule in rules() {
        let documents = documents_of(rule.code, &all);
        let verdicts = verdicts_of_command(&documents, &format!("silenced = [\"{}\"]\n", rule.code));
        for (document, command) in documents.iter().zip(verdicts) {
            let Some(command) = command else { continue };
            let app = verdict_of_app(document, rule.code);
            assert_eq!(app, command, "{} silenced in {document}", rule.code);
            assert!(app.problems.iter().all(|problem| !problem.starts_with(&format!("{} ", rule.code))));
            compared += 1;
            changed += usize::from(app.fixed != *document);
        }
    }
    // The mixed document also has fixes of rules that are not silenced.
    assert!(compared > 200 && changed > rules().len(), "{compared} compared, {changed} of them fixed");
}

#[test]
fn a_rule_silenced_in_a_draft_fixes_nothing_in_the_app_either() {
    let mut script = Script::on(r#"{"pipeline":"web","result":"failed","duration":"77000"}"#);
    script.go("/result").keys("alt-w down down enter");
    assert_eq!(script.codes("/result"), [""; 0], "the rule is silent in this draft");
    script.keys("shift-f8").shows("duration").hides("FAILURE").keys("enter");
    assert_eq!((script.value("/result"), script.value("/duration")), ("\"failed\"".into(), "77000".into()));
}

#[test]
fn where_only_silenced_rules_have_a_safe_fix_the_app_says_that_none_is_left() {
    let mut script = Script::on(&corpus("result-word/bad.json"));
    script.receive(Msg::Disk(DiskReply::Silenced(Ok("result-word".to_owned()))));
    let before = script.json();
    script.keys("shift-f8");
    assert_eq!((script.overlays().len(), script.json()), (0, before), "{}", script.notice());
}

#[test]
fn the_safe_fixes_of_the_app_leave_one_of_two_equal_members_with_one_key() {
    let mut script = Script::on(
        r#"{"pipelines":"a","user_id":"a","user_id":"a","job_run":{"stages":[{"id":"1","id":"1"}]}}"#,
    );
    script.keys("shift-f8 enter");
    assert_eq!(script.json(), r#"{"pipelines":"a","user_id":"a","job_run":{"stages":[{"id":"1"}]}}"#);
}
