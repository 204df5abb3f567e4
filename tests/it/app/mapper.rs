//! The mapper: unknown JSON in, a mapping and a run out.

use sei_compose::app::overlay::Overlay;
use sei_compose::import::mapping::MappingTable;

use super::script::Script;

/// A run of an invented tool: nested, seconds, own words, stages as a map.
pub(crate) const RUN: &str = r#"{"execution": {"uid": "x-991", "seq": 4711,
    "flow": {"title": "checkout-deploy", "team": "shop"}, "verdict": "green",
    "timing": {"began": 1679467494, "tookSec": 77.5}, "initiator": {"mail": "ann@shop.example"},
    "vcs": {"branchName": "main", "head": "abcdef0123456789abcdef0123456789abcdef01"}},
    "phases": {"compile": {"sec": 30, "verdict": "green", "began": 1679467494},
               "ship": {"sec": 40, "verdict": "red", "began": 1679467530}}}"#;

pub(super) fn opened() -> Script {
    let mut script = Script::new();
    script.paste(RUN).settles();
    assert_eq!(script.overlays(), ["mapper"]);
    script
}

/// The expression of a field in the open mapper.
pub(super) fn expression(script: &Script, table: MappingTable, key: &str) -> String {
    let mapper = script.model.overlays.iter().find_map(|overlay| {
        let Overlay::Mapper(mapper) = overlay else { return None };
        Some(mapper)
    });
    mapper.unwrap().definition.expression(table, key).unwrap_or_default().to_owned()
}

/// Focuses the row with a label.
pub(super) fn row(script: &mut Script, label: &str) {
    script.keys("home");
    let labels = || -> Vec<String> {
        let Some(Overlay::Mapper(mapper)) = script.model.overlays.last() else { return Vec::new() };
        mapper.rows.iter().map(|row| row.label.clone()).collect()
    };
    let place = labels().iter().position(|known| known == label).unwrap();
    for _ in 0..place {
        script.keys("down");
    }
}

/// Focuses the line of the tree with a name, after the line with another name.
pub(super) fn line(script: &mut Script, name: &str, after: &str) {
    script.keys("home");
    let Some(Overlay::Mapper(mapper)) = script.model.overlays.last() else { return };
    let names: Vec<_> = mapper.tree.lines.iter().map(|line| line.name.as_str()).collect();
    let start = names.iter().position(|known| *known == after).unwrap();
    let place = names.iter().skip(start).position(|known| *known == name).unwrap() + start;
    for _ in 0..place {
        script.keys("down");
    }
}

#[test]
fn unknown_json_opens_the_mapper_with_guesses_and_live_values() {
    let mut script = opened();
    assert_eq!(expression(&script, MappingTable::Fields, "pipeline"), ".execution.flow.title");
    // A stage needs a duration too; its guess is shown as people write it.
    assert!(script.screen().contains("maybe 30s"), "{}", script.screen());
    let screen = script.keys("home").screen();
    for shown in ["checkout-deploy", "2023-03-22 06:44:54 UTC", "1m 17s 500ms", "SUCCESS", "4 of 5 required"]
    {
        assert!(screen.contains(shown), "{shown}: {screen}");
    }
    script.keys("f5");
    assert_eq!(script.overlays(), ["mapper", "Save the mapping?"]);
    script.keys("down enter").settles();
    assert_eq!(script.overlays().len(), 2);
    script.keys("enter").settles();
    assert_eq!(script.value("/start_time"), "1679467494000");
    assert_eq!(script.value("/build_number"), "4711");
}

#[test]
fn a_value_is_chosen_in_the_source_and_mapped_with_its_unit() {
    let mut script = opened();
    row(&mut script, "Started by");
    script.keys("enter");
    line(&mut script, "mail", "initiator");
    script.keys("enter").settles();
    assert_eq!(expression(&script, MappingTable::Fields, "user_id"), ".execution.initiator.mail");
    row(&mut script, "Duration");
    script.keys("enter");
    line(&mut script, "tookSec", "timing");
    script.keys("enter").settles();
    assert_eq!(expression(&script, MappingTable::Fields, "duration"), ".execution.timing.tookSec | seconds");
    assert!(script.screen().contains("ann@shop.example"));
}

#[test]
fn a_map_of_stages_is_mapped_once_and_shows_all_items() {
    let mut script = opened();
    row(&mut script, "Stages");
    script.keys("enter");
    line(&mut script, "sec", "compile");
    script.keys("enter").settles();
    assert_eq!(expression(&script, MappingTable::Stage, "each"), ".phases | objects | to_entries[]");
    assert_eq!(expression(&script, MappingTable::Stage, "displayName"), ".key");
    assert!(script.screen().contains("compile, ship"), "{}", script.screen());
    script.keys("f5 down enter enter").settles();
    assert!(script.value("/job_run").contains("\"displayName\":\"ship\""), "{}", script.value("/job_run"));
}

#[test]
fn each_run_of_a_list_can_be_the_example_and_be_imported() {
    let mut script = Script::new();
    let other = RUN.replace("4711", "4712").replace("checkout-deploy", "stock-deploy");
    script.paste(&format!("[{RUN}, {other}]")).settles();
    assert!(script.screen().contains("run 1 of 2"), "{}", script.screen());
    script.keys("ctrl-pagedown").settles();
    assert!(script.screen().contains("run 2 of 2"), "{}", script.screen());
    assert!(script.screen().contains("stock-deploy"), "{}", script.screen());
    script.keys("ctrl-pagedown").settles();
    assert!(script.screen().contains("run 1 of 2"), "{}", script.screen());
    script.keys("ctrl-pageup").settles();
    script.keys("f5 down enter enter").settles();
    assert_eq!(script.value("/build_number"), "4712");
}

#[test]
fn a_duration_with_units_is_chosen_as_one() {
    let mut script = Script::new();
    script.paste(&RUN.replace("\"tookSec\": 77.5", "\"worked\": \"PT1M17S\"")).settles();
    row(&mut script, "Duration");
    script.keys("enter");
    line(&mut script, "worked", "timing");
    script.keys("enter").settles();
    assert_eq!(expression(&script, MappingTable::Fields, "duration"), ".execution.timing.worked | duration");
    script.keys("home");
    assert!(script.screen().contains("1m 17s"), "{}", script.screen());
}

#[test]
fn an_expression_is_typed_with_a_live_result_and_can_be_cancelled_and_removed() {
    let mut script = opened();
    row(&mut script, "Project");
    script.types(".execution.flow.tea").settles();
    assert!(script.screen().contains("no value"), "{}", script.screen());
    script.types("m").settles();
    assert!(script.screen().contains("shop"));
    script.keys("esc").settles();
    assert_eq!(script.overlays(), ["mapper"]);
    script.types(".execution.flow.team | nope").settles();
    assert!(script.screen().contains("uses nope, which is not a known function"), "{}", script.screen());
    script.keys("ctrl-u").types(".execution.uid").keys("enter").settles();
    assert_eq!(expression(&script, MappingTable::Fields, "project_name"), ".execution.uid");
    row(&mut script, "Project");
    script.types(" | slug").keys("enter").settles();
    assert_eq!(expression(&script, MappingTable::Fields, "project_name"), ".execution.uid | slug");
    row(&mut script, "Project");
    script.types("x").keys("ctrl-u enter").settles();
    assert_eq!(expression(&script, MappingTable::Fields, "project_name"), "");
}

#[test]
fn a_saved_mapping_reads_the_next_run_of_the_tool() {
    let mut script = opened();
    script.keys("f4").types("my-flow").keys("enter").settles();
    assert!(script.notice().contains("my-flow"), "{}", script.notice());
    script.keys("esc").settles();
    assert!(script.overlays().is_empty(), "{:?}", script.overlays());
    script.paste(&RUN.replace("4711", "4712")).settles();
    assert_eq!(script.overlays(), ["a run of my-flow"]);
    script.types("m").settles();
    assert_eq!(script.overlays(), ["mapper"]);
    script.keys("esc").settles();
    script.paste(&RUN.replace("4711", "4712")).settles();
    script.keys("enter").settles();
    assert_eq!(script.value("/build_number"), "4712");
}

#[test]
fn changes_are_not_lost_and_no_file_is_replaced_unasked() {
    let mut script = opened();
    row(&mut script, "Project");
    script.types(".execution.uid").keys("enter").settles();
    script.keys("esc");
    assert_eq!(script.overlays().len(), 2);
    script.keys("enter").settles();
    assert_eq!(script.overlays(), ["mapper"]);
    script.files.insert("taken.toml".to_owned());
    script.keys("f4").types("taken").keys("enter").settles();
    assert_eq!(script.overlays().last(), Some(&"Replace the mapping?"));
    script.keys("down enter").settles();
    assert!(script.notice().contains("taken"), "{}", script.notice());
    script.keys("f4").settles();
    assert_eq!(script.overlays(), ["mapper"]);
    script.keys("esc");
    assert!(script.overlays().is_empty());
}

#[test]
fn short_json_payloads_and_known_tools_never_open_the_mapper() {
    for text in
        ["{\"a\": 1}", "[1, 2, 3]", "{}", "plain text", "{\"pipeline\": \"a\", \"result\": \"SUCCESS\"}"]
    {
        let mut script = Script::new();
        script.paste(text).settles();
        assert!(!script.overlays().contains(&"mapper"), "{text}");
    }
}
