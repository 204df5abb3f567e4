//! Expressions for a value that the user chose.

use sei_compose::import::mapping::{Definition, EACH, Mapping, MappingTable, pick, suggest, tool_name};

use super::value;

const RUN: &str = r#"{"kennung": "FE-00417", "start": "2026-01-05T09:00:00Z", "ende": "2026-01-05T09:03:12Z",
    "epoch": 1767603600, "bereit": "soon", "fertig": true, "ausgang": 3, "art": "FerryRun",
    "teile": ["a", "b"], "liste": [{"x": 1}], "ort": {"a": 1, "b": "c"}, "leer": null,
    "legs": {"load": {"von": "2026-01-05T09:00:00Z", "bis": 1767603660}}}"#;

fn picked(definition: &Definition, (table, key): (MappingTable, &str), at: &str) -> Result<String, String> {
    pick(definition, &value(RUN), (table, key), &at.parse().unwrap())
}

fn field(key: &str, at: &str) -> Result<String, String> {
    picked(&Definition::default(), (MappingTable::Fields, key), at)
}

/// The value of an expression for the run.
fn evaluated(expression: &str) -> String {
    let mut definition = Definition::default();
    definition.set(MappingTable::Fields, "execution_id", Some(&format!("{expression} | tojson")));
    let values = Mapping::of("test", definition).values(&value(RUN)).unwrap();
    values.fields.first().map_or_else(String::new, |field| format!("{:?}", field.outputs))
}

#[test]
fn a_value_of_a_suggested_table_is_picked_inside_of_its_item() {
    let run = value(
        r#"{"name": "load", "legs": [{"name": "a", "state": "ok", "took": 1, "tasks": [{"name": "b", "state": "ok"}]}],
            "inputs": {"REGION": "eu"}}"#,
    );
    let definition = suggest(&run).definition("Loader");
    let picked = |table, key: &str, at: &str| pick(&definition, &run, (table, key), &at.parse().unwrap());
    assert_eq!(picked(MappingTable::Stage, "displayName", "/legs/0/state").as_deref(), Ok(".state"));
    assert_eq!(picked(MappingTable::Step, "displayName", "/legs/0/tasks/0/name").as_deref(), Ok(".name"));
    assert_eq!(picked(MappingTable::Parameter, "value", "/inputs/REGION").as_deref(), Ok(".value"));
}

#[test]
fn an_instant_as_duration_is_measured_from_the_start() {
    let mut definition = Definition::default();
    let duration = (MappingTable::Fields, "duration");
    let refused = picked(&definition, duration, "/ende").unwrap_err();
    assert!(refused.contains("map Started first, then choose this value again"), "{refused}");
    definition.set(MappingTable::Fields, "start_time", Some(".start | time"));
    assert_eq!(picked(&definition, duration, "/ende").as_deref(), Ok("between(.start; .ende)"));
    assert_eq!(picked(&definition, duration, "/epoch").as_deref(), Ok("between(.start; .epoch)"));
    assert!(picked(&definition, duration, "/start").unwrap_err().contains("choose the end"));
    assert_eq!(evaluated("between(.start; .ende)"), "Ok([Text(\"192000\")])");
    definition.set(MappingTable::Stage, EACH, Some(".legs | objects | to_entries[]"));
    definition.set(MappingTable::Stage, "startTime", Some(".value.von | time"));
    let stage = picked(&definition, (MappingTable::Stage, "durationInMillis"), "/legs/load/bis");
    assert_eq!(stage.as_deref(), Ok("between(.value.von; .value.bis)"));
    assert!(picked(&definition, duration, "/bereit").unwrap_err().contains("not the text “soon”"));
    assert!(picked(&definition, duration, "/fertig").unwrap_err().contains("not true or false"));
    assert_eq!(picked(&definition, duration, "/leer").as_deref(), Ok(".leer"));
}

#[test]
fn a_list_or_an_object_is_refused_where_one_value_is_needed() {
    for (key, at, expected) in [
        ("pipeline", "/teile", "holds one value, not a list of 2 items: choose one of its items."),
        ("pipeline", "/liste", "holds one value, not a list of 1 item: choose a value in one of its items."),
        ("pipeline", "/ort", "holds one value, not an object with 2 fields: choose a value in it."),
        ("build_number", "/ort", "choose a value in it."),
        ("duration", "/teile", "choose one of its items."),
        ("scm_commit_ids", "/liste", "holds a list of single values, not a list of 1 item"),
        ("scm_commit_ids", "/ort", "holds a list of single values, not an object"),
    ] {
        let refused = field(key, at).unwrap_err();
        assert!(refused.contains(expected), "{key} {at}: {refused}");
    }
    assert_eq!(field("scm_commit_ids", "/teile").as_deref(), Ok(".teile[]?"));
    assert_eq!(field("pipeline", "/teile/1").as_deref(), Ok(".teile[1]"));
    let stages = picked(&Definition::default(), (MappingTable::Stage, EACH), "/kennung").unwrap_err();
    assert!(stages.contains("needs a list of objects, not the text “FE-00417”"), "{stages}");
}

#[test]
fn a_build_number_is_the_digits_at_the_end_of_a_text() {
    let expression = field("build_number", "/kennung").unwrap();
    assert_eq!(expression, r#".kennung | tostring | capture("(?<n>[0-9]+)$").n | tonumber"#);
    assert_eq!(evaluated(&expression), "Ok([Text(\"417\")])");
    let refused = field("build_number", "/bereit").unwrap_err();
    assert!(refused.contains("needs a number, not the text “soon”"), "{refused}");
    assert_eq!(field("build_number", "/ausgang").as_deref(), Ok(".ausgang"));
}

#[test]
fn a_result_code_becomes_a_word_that_can_be_set() {
    let expression = field("result", "/ausgang").unwrap();
    assert_eq!(evaluated(&expression), "Ok([Text(\"\\\"3\\\"\")])");
}

#[test]
fn what_recognizes_a_run_is_chosen_as_a_condition_and_the_runs_as_a_list() {
    let detect = |at| picked(&Definition::default(), (MappingTable::Top, "detect"), at);
    assert_eq!(detect("/art").as_deref(), Ok("objects | .art == \"FerryRun\""));
    assert_eq!(detect("/ort").as_deref(), Ok("objects | .ort != null"));
    let mut definition = Definition::default();
    let runs = (MappingTable::Top, "runs");
    assert_eq!(picked(&definition, runs, "/liste").as_deref(), Ok("(.liste[])? // ."));
    assert!(picked(&definition, runs, "/art").unwrap_err().contains("needs a list of runs, not the text"));
    definition.set(MappingTable::Top, "runs", Some(".liste[]"));
    let refused = picked(&definition, runs, "/liste").unwrap_err();
    assert!(refused.contains("type an expression"), "{refused}");
}

#[test]
fn the_name_of_a_tool_is_guessed_from_the_example() {
    for (run, expected) in [
        (r#"{"tool": "Ferry CI", "a": 1}"#, Some("ferry-ci")),
        (r#"{"tool": "https://ferry.example", "a": 1}"#, None),
        (r#"{"meta": {"buildSystem": "ferry"}}"#, Some("ferry")),
        (r#"{"kind": "FerryCrossing"}"#, Some("ferry-crossing")),
        (r#"{"_class": "org.ferry.CrossingRun"}"#, Some("crossing-run")),
        (r#"{"kind": "Build", "ferryVersion": 3}"#, Some("ferry")),
        (r#"{"kind": "Build", "apiVersion": 3}"#, None),
    ] {
        assert_eq!(tool_name(&value(run)).as_deref(), expected, "{run}");
    }
    assert!(suggest(&value(RUN)).detect.is_sure);
}

#[test]
fn the_values_of_one_stage_are_not_those_of_the_run() {
    let run = r#"{"firing": {"lit_at": 1718087300, "cooled_at": 1718088054, "phases": {
        "fetch": {"began": 1718087400, "ended": 1718087432, "went": "ok"},
        "shape": {"began": 1718087432, "ended": 1718087810, "went": "ok"}}}}"#;
    let inside = |definition: &str| definition.contains("phases.fetch");
    assert!(
        !inside(&suggest(&value(run)).definition("a").write()),
        "{}",
        suggest(&value(run)).definition("a").write()
    );
    let other = run.replace("phases", "ovens_used");
    assert!(!suggest(&value(&other)).definition("a").write().contains("ovens_used.fetch"));
}
