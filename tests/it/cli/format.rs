//! `check --format github` and `--format sarif`.

use sei_compose::check::rules;
use serde_json::{Value, json};
use snapbox::str;

use super::{FAULTY, Home, good_run, on_one_line, stderr, stdout};

fn sarif(home: &Home, arguments: &[&str]) -> Value {
    let words = ["check", "--format", "sarif"].into_iter().chain(arguments.iter().copied());
    serde_json::from_str(&stdout(&home.run(words))).unwrap()
}

fn results(log: &Value) -> &Vec<Value> {
    log.pointer("/runs/0/results").and_then(Value::as_array).unwrap()
}

#[test]
fn a_workflow_gets_an_annotation_for_each_problem() {
    let home = Home::new();
    let text = FAULTY.replace("\"ci\": true", "\"zeta\": 1,\n  \"zeta\": 1");
    let file = home.put("run.json", &text);
    home.run(["check", file, "--format", "github"])
        .code(1)
        .stderr_eq("run.json: 3 errors, 2 hints\n")
        .stdout_eq(str![[r#"
::error file=run.json,line=8,col=17,endLine=8,endColumn=27,title=start-time-unit::1767603600 is in seconds: SEI shows January 1970.%0Afix: ×1000 → 2026-01-05 09:00:00 UTC
::error file=run.json,line=12,col=3,endLine=12,endColumn=9,title=duplicate-key::“zeta” appears twice in one object: SEI uses the last.%0Afix: keep one zeta%0Afirst at line 11, column 3
::error file=run.json,line=7,col=13,endLine=7,endColumn=21,title=result-word::“succes” is neither SUCCESS nor FAILURE: usual filters skip it.%0Afix: SUCCESS
::notice file=run.json,line=12,col=3,endLine=12,endColumn=9,title=unknown-field::“zeta” is not a documented field: sent, but SEI most likely ignores it.
::notice file=run.json,line=1,col=1,endLine=1,endColumn=2,title=ci-cd-missing::Neither ci nor cd is set: the documentation expects one true, the other false.%0Afix: set CI (build)%0Afix: set CD (deployment)

"#]]);
}

#[test]
fn special_characters_of_a_workflow_command_are_escaped() {
    let home = Home::new();
    let broken = "{\"a\": 1,}";
    let table = [
        ("plain.json", "plain.json"),
        ("./here.json", "here.json"),
        ("in folder/é.json", "in folder/é.json"),
        ("100%.json", "100%25.json"),
        ("a,b.json", "a%2Cb.json"),
        ("c:d.json", "c%3Ad.json"),
        ("line\nbreak.json", "line%0Abreak.json"),
        ("re\rturn.json", "re%0Dturn.json"),
        ("%0A.json", "%250A.json"),
    ];
    for (name, escaped) in table {
        let file = home.put(name, broken);
        let printed = stdout(&home.run(["check", file, "--format", "github"]).code(1));
        let expected = format!(
            "::error file={escaped},line=1,col=8,endLine=1,endColumn=9,title=syntax::a trailing comma "
        );
        assert!(printed.starts_with(&expected), "{printed}");
        assert_eq!(printed.lines().count(), 1, "{printed}");
    }
    // A message keeps its colons and commas.
    for (value, escaped) in
        [("50%", "“50%25”"), ("a,b: c", "“a,b: c”"), ("::error::", "“::error::”"), ("x\\ny\\r", "“x␊y␍”")]
    {
        let text = FAULTY.replace("succes", value);
        let ended = home.command(["check", "-", "--format", "github"]).stdin(text).assert().code(1);
        let printed = stdout(&ended);
        assert!(printed.contains(escaped) && printed.lines().all(|line| line.starts_with("::")), "{printed}");
    }
}

#[test]
fn standard_input_has_no_file_to_annotate() {
    let ended = Home::new().command(["check", "-", "--format", "github"]).stdin("{").assert().code(1);
    ended.stdout_eq(str![[r#"
::error title=syntax::standard input:1:2: expected a key in double quotes or }, found the end of the text.

"#]]);
}

#[test]
fn a_log_holds_the_rules_and_a_result_for_each_problem() {
    let home = Home::new();
    let file = home.put("run.json", &FAULTY.replace("\"ci\": true", "\"buildnumber\": 1,\n  \"ci\": true"));
    let log = sarif(&home, &[file]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": true }]));
    let listed = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(listed.len(), rules().len());
    for (rule, listed) in rules().iter().zip(listed) {
        assert_eq!(listed["id"], rule.code);
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(listed[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{listed}");
        }
    }
    for result in results(&log) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules()[index].code, result["ruleId"]);
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "run.json");
    }
    let time = results(&log).iter().find(|result| result["ruleId"] == "start-time-unit").unwrap();
    let region = json!({ "startLine": 8, "startColumn": 17, "endLine": 8, "endColumn": 27 });
    assert_eq!(time["level"], "error");
    assert_eq!(time["locations"][0]["physicalLocation"]["region"], region);
    assert_eq!(time["properties"], json!({ "evidence": "doc", "pointer": "/start_time", "loss": "field" }));
    let replacement = json!({ "deletedRegion": region, "insertedContent": { "text": "1767603600000" } });
    assert_eq!(time["fixes"][0]["artifactChanges"][0]["replacements"], json!([replacement]));
    let name = results(&log).iter().find(|result| result["ruleId"] == "unknown-field").unwrap();
    assert_eq!(name["level"], "note");
    let rule = listed.iter().find(|rule| rule["id"] == "legacy-name").unwrap();
    assert_eq!(rule["properties"].get("loss"), None);
}

#[test]
fn columns_of_a_log_are_counted_in_utf_16_also_for_a_draft() {
    let home = Home::new();
    let document = FAULTY.replace("  \"result\"", "  \"🎉語\": 1, \"result\"");
    let draft = format!(
        "{{\"format\": \"sei-compose-draft\", \"version\": 1, \"name\": \"d\",\n\"document\": {document}}}"
    );
    let file = home.put("d.json", &draft);
    let log = sarif(&home, &[file]);
    let word = results(&log).iter().find(|result| result["ruleId"] == "result-word").unwrap();
    let region = &word["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region, &json!({ "startLine": 8, "startColumn": 23, "endLine": 8, "endColumn": 31 }));
    assert_eq!(word["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"], *region);
}

#[test]
fn applying_the_fixes_of_a_log_by_hand_gives_the_output_of_the_fix_option() {
    let home = Home::new();
    let text = good_run().replace("1767603600000", "1767603600").replace("312000", "\"312000\"");
    let log = sarif(&home, &[home.put("run.json", &text)]);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for result in results(&log) {
        let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        let number =
            |name: &str| usize::try_from(replacement["deletedRegion"][name].as_u64().unwrap()).unwrap() - 1;
        let content = replacement["insertedContent"]["text"].as_str().unwrap();
        lines[number("startLine")].replace_range(number("startColumn")..number("endColumn"), content);
    }
    let fixed = stdout(&home.run(["check", "run.json", "--fix", "safe"]).success());
    assert_eq!(lines.join("\n") + "\n", fixed);
}

#[test]
fn names_of_files_and_messages_follow_the_log_format() {
    let home = Home::new();
    let broken = "{\"a\": 1}}";
    for (name, uri) in [
        ("./run.json", "run.json"),
        ("in folder/é.json", "in%20folder/%C3%A9.json"),
        ("100%.json", "100%25.json"),
        ("c:d.json", "c%3Ad.json"),
        ("a#b?.json", "a%23b%3F.json"),
    ] {
        let log = sarif(&home, &[home.put(name, broken)]);
        assert_eq!(results(&log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], uri);
        // A brace starts a placeholder in a message.
        assert!(
            results(&log)[0]["message"]["text"].as_str().unwrap().ends_with("found }}."),
            "{}",
            results(&log)[0]
        );
    }
    let path = home.path("run.json");
    let log = sarif(&home, &[path.to_str().unwrap()]);
    let uri =
        results(&log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.starts_with("file:///"), "{uri}");
    let link = FAULTY.replace("succes", "[here](http://x)");
    let log = sarif(&home, &[home.put("run.json", &link)]);
    let word = results(&log).iter().find(|result| result["ruleId"] == "result-word").unwrap();
    let text = word["message"]["text"].as_str().unwrap();
    assert!(text.contains("\\[here\\](http://x)"), "{text}");
}

#[test]
fn a_log_is_complete_also_where_a_file_could_not_be_read() {
    let home = Home::new();
    let line = on_one_line(FAULTY);
    let file = home.put("runs.ndjson", &format!("{line}\n{line}\n"));
    let words = ["check", "--format", "sarif", file, "absent.json", file];
    let ended = home.run(words).code(2);
    let log: Value = serde_json::from_str(&stdout(&ended)).unwrap();
    assert_eq!(results(&log).len(), 8);
    assert_eq!(log["runs"][0]["invocations"], json!([{ "executionSuccessful": false }]));
    assert!(stderr(&ended).contains("absent.json does not exist"), "{}", stderr(&ended));
    let lines: Vec<_> = results(&log)
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [1, 1, 2, 2, 1, 1, 2, 2]);
}

#[test]
fn both_places_of_a_key_are_in_every_format() {
    let home = Home::new();
    let file = home
        .put("run.json", &good_run().replace("\"ci\": true", "\"ci\": true,\n  \"pipeline\": \"checkout\""));
    let log = sarif(&home, &[file]);
    let related = &results(&log)[0]["relatedLocations"][0];
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 2);
    let annotation = stdout(&home.run(["check", file, "--format", "github"]).code(1));
    assert!(
        annotation.contains("file=run.json,line=12,") && annotation.contains("%0Afirst at line 2, column 3"),
        "{annotation}"
    );
    let report = stdout(&home.run(["check", file, "--format", "json"]).code(1));
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["problems"][0]["related"], json!({ "line": 2, "column": 3, "message": "first here" }));
}
