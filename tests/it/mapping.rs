//! Mappings: jq expressions that read the JSON of a tool.

use sei_compose::document::{self, Value, write_compact};
use sei_compose::import::mapping::{Definition, EACH, Mapping, MappingSet, MappingTable, pick};
use sei_compose::import::{ImportError, import, import_run, import_with, list_runs};

mod function;
mod jq;
mod pick;
mod safety;
mod schema;
mod suggest;

/// A mapping with fields of the run, one a line, as in `pipeline = '.a'`.
fn mapping(text: &str) -> Mapping {
    match Mapping::read("shipper", &format!("name = \"Shipper\"\n{text}")) {
        Ok(mapping) => mapping,
        Err(faults) => unreachable!("{faults:?}"),
    }
}

fn value(text: &str) -> Value {
    document::read(text).unwrap()
}

/// The payload of a run and the faults of its fields.
fn mapped(text: &str, run: &str) -> (String, Vec<String>) {
    let mapped = mapping(text).map(&value(run)).unwrap();
    (write_compact(&mapped.document), mapped.faults.iter().map(ToString::to_string).collect())
}

fn faults(text: &str) -> Vec<String> {
    let faults = match Mapping::read("shipper", text) {
        Ok(mapping) => mapping.faults(),
        Err(faults) => faults,
    };
    faults.iter().map(|fault| format!("{}: {fault}", fault.line)).collect()
}

#[test]
fn a_nested_tool_with_seconds_and_own_words_becomes_a_payload() {
    let text = r#"
        [fields]
        pipeline = '.deployment.app'
        build_number = '.deployment.id'
        result = '.deployment.outcome | result'
        start_time = '.deployment.began | time'
        duration = '.deployment.took | seconds'
        user_id = '.deployment.by.number'
        scm_commit_ids = '.deployment.commits[].sha'
        repo_url = '"https://ann:secret@git.shop.example/shop/checkout.git"'
        [stage]
        each = '.phases | to_entries[]'
        displayName = '.key'
        result = '.value.outcome'
        startTime = '.value.at | time'
        durationInMillis = '.value.took | seconds'
        [stage.step]
        each = '.value.tasks[]?'
        displayName = '"\($stage.key): \(.)"'
        [artifact]
        each = '.images[]'
        name = '. / ":" | .[0]'
        qualifier = '. / ":" | .[1]'
        type = '"container"'
        [parameter]
        each = '$run.deployment.vars | to_entries[]'
        name = '.key'
        value = '.value | tostring'
        type = '"string"'
    "#;
    let run = r#"{"deployment": {"id": 9912, "app": "checkout", "outcome": "Passed", "began": 1679467494.25, "took": 77.5,
        "by": {"number": 7}, "commits": [{"sha": "a1"}, {"sha": "b2"}], "vars": {"REGION": "eu", "FAST": true}},
        "phases": {"build": {"took": 30, "outcome": "ok", "at": "2023-03-22T06:44:54Z", "tasks": ["compile", "pack"]},
                   "push": {"outcome": "broken-pipe"}}, "images": ["shop/checkout:1.4.2"]}"#;
    let (document, faults) = mapped(text, run);
    assert!(faults.is_empty(), "{faults:?}");
    let expected = [
        r#"{"pipeline":"checkout","job_full_name":"checkout","qualified_name":"checkout","result":"SUCCESS","#,
        r#""start_time":1679467494250,"duration":77500,"build_number":9912,"scm_commit_ids":["a1","b2"],"#,
        r#""repo_url":"https://git.shop.example/shop/checkout.git","user_id":"7","job_run":{"stages":["#,
        r#"{"id":"1","displayName":"build","result":"succeeded","state":"completed","durationInMillis":30000,"#,
        r#""startTime":"2023-03-22T06:44:54Z","steps":["#,
        r#"{"id":"1","displayName":"build: compile","durationInMillis":0},"#,
        r#"{"id":"2","displayName":"build: pack","durationInMillis":0}]},"#,
        r#"{"id":"2","displayName":"push","result":"broken-pipe","state":"completed","durationInMillis":0}]},"#,
        r#""artifacts":[{"name":"shop/checkout","qualifier":"1.4.2","type":"container"}],"#,
        r#""job_run_params":[{"name":"REGION","value":"eu","type":"string"},"#,
        r#"{"name":"FAST","value":"true","type":"string"}]}"#,
    ];
    assert_eq!(document, expected.concat());
}

#[test]
fn a_field_whose_expression_fails_is_left_out_and_named_with_the_value_that_it_met() {
    let text = "[fields]\npipeline = '.app'\nbranch_name = '.ref.name'\nstart_time = '.at | time'\nuser_id = '.users[]'\n";
    let (document, faults) = mapped(text, r#"{"app": "a", "ref": 5, "at": "soon", "users": ["x", "y"]}"#);
    assert_eq!(document, r#"{"pipeline":"a","job_full_name":"a","qualified_name":"a"}"#);
    assert_eq!(
        faults,
        [
            "fields.branch_name: “.ref.name” cannot index 5 with \"name\".",
            "fields.start_time: “.at | time” \"soon\" is not an instant.",
            "fields.user_id: “.users[]” gives 2 values, but the field holds one; choose one, for example with first(…).",
        ]
    );
}

#[test]
fn a_table_whose_items_fail_is_named_once() {
    let text = "[stage]\neach = '.jobs[]'\ndurationInMillis = '.took.ms'\n";
    let (document, faults) = mapped(text, r#"{"jobs": [{"took": 1}, {"took": 2}]}"#);
    assert!(document.contains(r#""id":"2","displayName":"2","durationInMillis":0"#), "{document}");
    assert_eq!(faults, ["stage.durationInMillis: “.took.ms” cannot index 1 with \"ms\"."]);
    let (document, faults) = mapped(text, r#"{"jobs": 4}"#);
    assert_eq!((document.as_str(), faults.len()), ("{}", 1), "{faults:?}");
}

#[test]
fn each_fault_of_a_file_names_its_line_and_the_way_out() {
    let text = "name = \"\"\ndetects = 'true'\n[fields]\nresults = '.a'\npipeline = 7\n[stage]\nresult = '.b'\n[steps]\n";
    assert_eq!(
        faults(text),
        [
            "1: name should be text in quotes and not blank.",
            "2: “detects” is not a field of a mapping. Did you mean detect?",
            "4: “results” is not a field of [fields]. Did you mean result?",
            "5: pipeline should be a jq expression in quotes.",
            "6: [stage] needs each: the expression that gives its items.",
            "8: [steps] is not a table of a mapping: the tables are fields, stage, stage.step, artifact, parameter, trigger.",
        ]
    );
    assert_eq!(faults("name = 'a'\n[fields\n").len(), 1);
    assert_eq!(faults("[fields]\npipeline = '.a'\n"), ["1: name is missing: the name of the tool."]);
    assert_eq!(
        faults("name = 'a'\n[fields]\npipeline = '.a | frist'\nresult = '.b $c'\nuser_id = '$who'\n"),
        ["4: fields.result: “.b $c” is not jq: unexpected text at “$c”."]
    );
    assert_eq!(
        faults("name = 'a'\n[fields]\npipeline = '.a | frist'\nuser_id = '$who'\n"),
        [
            "3: fields.pipeline: “.a | frist” uses frist, which is not a known function; did you mean first?",
            "4: fields.user_id: “$who” uses $who, which is not a known variable.",
        ]
    );
}

#[test]
fn a_list_page_has_its_runs_and_the_newest_finished_one_is_imported() {
    let text = "detect = '.took != null'\nruns = '.deployments[]? // .'\n[fields]\npipeline = '.app'\n\
                build_number = '.id'\nresult = '.outcome | result'\nstart_time = '.at | time'\n";
    let page = r#"{"deployments": [{"id": 1, "app": "a", "took": 1, "outcome": "ok", "at": 1679467494},
        {"id": 2, "app": "a", "took": 1, "outcome": "failed", "at": 1679467500},
        {"id": 3, "app": "a", "took": 0, "outcome": "running", "at": 1679467600}]}"#;
    let mapping = mapping(text);
    assert!(mapping.detects(&value(page)));
    assert!(!mapping.detects(&value(r#"{"deployments": [{"id": 1}]}"#)));
    let imported = mapping.import(&value(page), None).unwrap();
    assert_eq!(imported.document.as_object().unwrap().get("build_number"), Some(&value("2")));
    assert!(imported.notes.iter().any(|note| note.contains("3 runs")), "{:?}", imported.notes);
    let third = mapping.import(&value(page), Some("#3")).unwrap();
    assert_eq!(third.document.as_object().unwrap().get("result"), None);
    assert!(mapping.import(&value(page), Some("4")).unwrap_err().to_string().contains("its runs: 1, 2, 3"));
    assert_eq!(mapping.list(&value(page)).unwrap().newest, 1);
}

#[test]
fn a_mapping_that_is_written_reads_the_same_again() {
    let text = "name = \"A \\\"b\\\"\"\ndocs = \"https://docs.example\"\ndetect = '''.a == \"x'y\"'''\n\
                [fields]\npipeline = '.a'\n[stage]\neach = '.b[]'\nid = '.c'\n[stage.step]\neach = '.d[]'\n";
    let read = Definition::read(text).unwrap();
    let again = Definition::read(&read.write()).unwrap();
    let plain = |definition: &Definition| {
        let entries = definition.entries.iter();
        entries.map(|entry| (entry.path(), entry.expression.clone())).collect::<Vec<_>>()
    };
    assert_eq!((&read.label, &read.docs, plain(&read)), (&again.label, &again.docs, plain(&again)));
}

#[test]
fn a_value_that_was_picked_once_gives_no_fault_on_a_run_without_it() {
    let run =
        value(r#"{"jobs": [{"name": "a"}], "phases": {"build": {"took": 3}}, "commits": [{"sha": "a1"}]}"#);
    let picks = [
        (MappingTable::Stage, EACH, "/jobs/0/name", ".jobs[]?"),
        (MappingTable::Artifact, EACH, "/phases/build/took", ".phases | objects | to_entries[]"),
        (MappingTable::Fields, "scm_commit_ids", "/commits/0/sha", ".commits[]?.sha"),
    ];
    let mut definition = Definition { label: "Any".to_owned(), ..Definition::default() };
    for (table, key, at, expected) in picks {
        let picked = pick(&definition, &run, (table, key), &at.parse().unwrap()).unwrap();
        assert_eq!(picked, expected);
        definition.set(table, key, Some(&picked));
    }
    let mapping = Mapping::of("any", definition);
    for other in ["{}", r#"{"jobs": null, "phases": [], "commits": 3}"#] {
        assert_eq!(mapping.map(&value(other)).unwrap().faults, [], "{other}");
    }
}

#[test]
fn a_mapping_of_the_user_comes_before_the_reader_of_a_tool_also_for_lines() {
    let own = "name = \"Mine\"\ndetect = '.build_num != null'\n[fields]\npipeline = '\"mine\"'\nbuild_number = '.build_num'\n";
    let set = MappingSet::with_files([("mine", own)]);
    let run = r#"{"build_num": 7, "vcs_url": "https://git.example/a", "reponame": "a", "status": "success", "lifecycle": "finished"}"#;
    let lines = format!("{run}\n{}\n", run.replace('7', "8"));
    for text in [run, lines.as_str(), &format!("[{run}]")] {
        assert_eq!(import_with(text, &[], &set).unwrap().tool.as_deref(), Some("Mine"), "{text}");
        assert_ne!(import(text).unwrap().tool.as_deref(), Some("Mine"), "{text}");
        let list = list_runs(text, &set).unwrap();
        assert!(list.runs.iter().all(|run| run.name.as_deref() == Some("mine")), "{text}");
    }
    assert!(import_run(&lines, None, "7", &set).is_ok());
}

#[test]
fn a_changed_mapping_keeps_the_comments_of_its_file() {
    let text = "# Ours.\nname = 'Ferry'\n\n[fields]\n# The job.\npipeline = '.a' # as in the list\nbranch_name = '.b'\n";
    let mut definition = Definition::read(text).unwrap();
    assert_eq!(definition.write_into(text), text);
    definition.set(MappingTable::Fields, "branch_name", None);
    definition.set(MappingTable::Fields, "user_id", Some(".c"));
    definition.set(MappingTable::Stage, EACH, Some(".d[]"));
    let written = definition.write_into(text);
    for line in [
        "# Ours.\n",
        "# The job.\npipeline = '.a' # as in the list\n",
        "user_id = \".c\"",
        "[stage]\neach = \".d[]\"",
    ] {
        assert!(written.contains(line), "{line}: {written}");
    }
    assert!(!written.contains("branch_name"), "{written}");
    assert_eq!(Definition::read(&written).unwrap().write(), definition.write());
}

#[test]
fn a_document_without_a_value_of_a_run_is_not_a_run_of_the_tool() {
    let mapping = mapping("[fields]\npipeline = '.a'\nbranch_name = '.b'\nci = 'true'\n");
    assert!(mapping.import(&value(r#"{"a": "shop"}"#), None).is_ok());
    let refused = mapping.import(&value(r#"{"b": "main"}"#), None);
    assert!(matches!(refused, Err(ImportError::NoMappedRun(_))), "{refused:?}");
}
