//! The mapper from a paste to a saved mapping: saving, words of results, refusals and help.

use sei_compose::app;
use sei_compose::app::overlay::Overlay;
use sei_compose::import::mapping::MappingTable;

use super::mapper::{RUN, expression, line, opened, row};
use super::script::Script;

#[test]
fn an_import_from_the_mapper_asks_whether_to_save_the_mapping() {
    let mut script = opened();
    script.keys("f5");
    assert_eq!(script.overlays(), ["mapper", "Save the mapping?"]);
    script.shows("With a saved mapping, later runs of the tool are imported without");
    script.keys("down down enter");
    assert_eq!(script.overlays(), ["mapper"]);
    script.keys("f5 enter").settles();
    assert!(script.screen().contains("my-tool"), "{}", script.screen());
    script.keys("enter").settles();
    assert!(script.notice().contains("Mapping saved as “my-tool”"), "{}", script.notice());
    assert!(script.screen().contains("Mapping saved as “my-tool”"), "{}", script.screen());
    script.keys("enter").settles();
    assert!(script.overlays().is_empty(), "{:?}", script.overlays());
    assert_eq!(script.value("/build_number"), "4711");
    script.paste(&RUN.replace("4711", "4712")).settles();
    assert_eq!(script.overlays(), ["a run of my-tool"]);
}

#[test]
fn a_saved_mapping_is_imported_without_a_question_and_a_taken_name_is_not_suggested() {
    let mut script = opened();
    script.keys("f4 enter").settles();
    script.keys("f5").settles();
    assert_eq!(script.overlays(), ["mapper", "a run of my-tool"]);
    script.keys("esc esc");
    script
        .paste("{\"ferryVersion\": 2, \"crossings\": {\"title\": \"a\"}, \"outcome\": \"passed\"}")
        .settles();
    script.keys("f4").settles();
    assert!(script.screen().contains("ferry"), "{}", script.screen());
    script.keys("enter esc").settles();
    let mut script = opened();
    script.files.insert("my-tool.toml".to_owned());
    script.keys("f5 enter").types("not/a name").keys("enter").settles();
    assert!(script.screen().contains("is not a name for a mapping"), "{}", script.screen());
    script.keys("ctrl-u").types("my-tool").keys("enter").settles();
    assert_eq!(script.overlays().last(), Some(&"Replace the mapping?"));
    script.keys("down enter").settles();
    assert_eq!(script.overlays().last(), Some(&"a run of my-tool"));
}

#[test]
fn words_of_the_tool_become_results_one_by_one() {
    let mut script = Script::new();
    let run = RUN.replace("\"green\"", "\"went_fine\"").replace("\"red\"", "\"sank\"");
    script.paste(&run).settles();
    script.keys("enter");
    line(&mut script, "verdict", "flow");
    script.keys("enter").settles();
    // The row keeps the focus: its word is set next.
    assert!(script.screen().contains("set “went_fine”"), "{}", script.screen());
    assert!(script.screen().contains("“went_fine” is not a result that SEI knows"), "{}", script.screen());
    script.types(" ");
    assert_eq!(script.overlays(), ["mapper", "Set a result"]);
    script.keys("enter").settles();
    assert_eq!(
        expression(&script, MappingTable::Fields, "result"),
        ".execution.verdict | result({\"went_fine\": \"SUCCESS\"})"
    );
    assert!(!script.screen().contains("set “"), "{}", script.screen());
    row(&mut script, "Stages");
    script.keys("enter");
    line(&mut script, "sec", "compile");
    script.keys("enter").settles();
    stage_row(&mut script, "Result");
    script.keys("enter");
    line(&mut script, "verdict", "compile");
    script.keys("enter").settles();
    stage_row(&mut script, "Result");
    assert!(script.screen().contains("set “went_fine”"), "{}", script.screen());
    script.types(" ").keys("enter").settles();
    assert!(script.screen().contains("set “sank”"), "{}", script.screen());
    script.types(" ").keys("down enter").settles();
    assert_eq!(
        expression(&script, MappingTable::Stage, "result"),
        ".value.verdict | result({\"went_fine\": \"SUCCESS\", \"sank\": \"FAILURE\"})"
    );
    script.keys("f5 down enter enter").settles();
    assert!(script.value("/job_run").contains("\"result\":\"failed\""), "{}", script.value("/job_run"));
}

/// Focuses the row of a stage with a label.
fn stage_row(script: &mut Script, label: &str) {
    script.keys("home");
    let place = mapper_rows(script)
        .iter()
        .position(|(table, known)| *table == MappingTable::Stage && known == label)
        .unwrap();
    for _ in 0..place {
        script.keys("down");
    }
}

fn mapper_rows(script: &Script) -> Vec<(MappingTable, String)> {
    let Some(Overlay::Mapper(mapper)) = script.model.overlays.last() else { return Vec::new() };
    mapper.rows.iter().map(|row| (row.table, row.label.clone())).collect()
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_what_to_choose() {
    let mut script = opened();
    row(&mut script, "Pipeline");
    script.keys("enter");
    line(&mut script, "flow", "execution");
    script.keys("enter").settles();
    assert!(
        script
            .screen()
            .contains("Pipeline holds one value, not an object with 2 fields: choose a value in it."),
        "{}",
        script.screen()
    );
    assert_eq!(expression(&script, MappingTable::Fields, "pipeline"), ".execution.flow.title");
}

#[test]
fn the_source_for_a_field_of_a_stage_starts_in_the_stages() {
    let mut script = opened();
    row(&mut script, "Stages");
    script.keys("enter");
    line(&mut script, "sec", "compile");
    script.keys("enter").settles();
    stage_row(&mut script, "Description");
    script.keys("tab home tab enter down enter").settles();
    assert_eq!(expression(&script, MappingTable::Stage, "displayDescription"), ".value.sec");
}

#[test]
fn the_runs_of_a_list_are_chosen_and_then_each_is_an_example() {
    let mut script = Script::new();
    let run = |number: i64| {
        format!(
            r#"{{"no": {number}, "outcome": "landed", "startedAt": "2026-01-05T09:00:00Z", "took": "3m 12s"}}"#
        )
    };
    script
        .paste(r#"{"page": "one of one", "ships": [{"name": "a", "loaded": "yes"}, {"name": "b"}]}"#)
        .settles();
    assert!(words(&script.screen()).contains("If each item of “ships” is a run"), "{}", script.screen());
    script.keys("esc");
    let text = format!("{{\"tool\": \"Ferry CI\", \"vessels\": [{}, {}]}}", run(17), run(18));
    script.paste(&text).settles();
    row(&mut script, "Runs");
    script.keys("ctrl-u enter").settles();
    assert!(!script.screen().contains("run 1 of"), "{}", script.screen());
    row(&mut script, "Runs");
    script.keys("enter");
    line(&mut script, "vessels", "tool");
    script.keys("enter").settles();
    assert_eq!(script.overlays(), ["mapper"]);
    assert!(script.screen().contains("run 1 of 2"), "{}", script.screen());
    assert_eq!(expression(&script, MappingTable::Top, "runs"), "(.vessels[])? // .");
    assert_eq!(expression(&script, MappingTable::Fields, "start_time"), ".startedAt | time");
    assert_eq!(expression(&script, MappingTable::Fields, "duration"), ".took | duration");
    script.keys("f4").settles();
    assert!(script.screen().contains("ferry-ci"), "{}", script.screen());
    script.keys("enter").settles();
    script.keys("esc");
    script.paste(&text).settles();
    assert_eq!(script.overlays(), ["Import a run"]);
}

#[test]
fn escape_in_the_source_goes_back_to_the_fields() {
    let mut script = opened();
    script.keys("tab esc");
    assert_eq!(script.overlays(), ["mapper"]);
    script.keys("esc");
    assert!(script.overlays().is_empty());
}

#[test]
fn a_typed_expression_shows_the_functions_and_its_whole_fault() {
    for size in [(60, 20), (80, 24), (120, 36)] {
        let mut script = opened();
        script.sized(size.0, size.1);
        row(&mut script, "Branch");
        script.keys("ctrl-u").settles();
        let screen = script.screen();
        for shown in ["time  seconds  minutes  duration", "between(a; b)", "result(words)", "slug"] {
            assert!(screen.contains(shown), "{shown}: {screen}");
        }
        script.types(".a | resutl").settles();
        let screen = words(&script.screen());
        assert!(screen.contains("did you mean result?"), "{screen}");
        script.keys("esc").settles();
        assert_eq!(expression(&script, MappingTable::Fields, "branch_name"), ".execution.vcs.branchName");
    }
}

/// The words of a screen, without borders and line breaks.
fn words(screen: &str) -> String {
    screen.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn home_and_end_go_to_the_first_and_last_row_which_explains_itself() {
    let mut script = opened();
    script.keys("end");
    assert!(
        words(&script.screen()).contains("The runs in the whole JSON: choose their list"),
        "{}",
        script.screen()
    );
    script.keys("up");
    assert!(words(&script.screen()).contains("True for the runs of this tool"), "{}", script.screen());
    script.keys("ctrl-home ctrl-end");
    assert!(words(&script.screen()).contains("The runs in the whole JSON"), "{}", script.screen());
}

#[test]
fn required_fields_of_mapped_stages_count() {
    let mut script = opened();
    assert!(script.screen().contains("4 of 5 required"), "{}", script.screen());
    script.types(" ").settles();
    assert!(script.screen().contains("5 of 5 required"), "{}", script.screen());
    script.sized(100, 30);
    row(&mut script, "Stages");
    script.keys("ctrl-u enter").settles();
    assert!(script.screen().contains("4 of 4 required"), "{}", script.screen());
    row(&mut script, "Kind CI");
    script.types("true").keys("enter").settles();
    row(&mut script, "Kind CD");
    script.types("false").keys("enter").settles();
    let screen = words(&script.screen());
    assert!(screen.contains("The payload has no problems. The instance is filled in"), "{screen}");
}

#[test]
fn help_in_the_mapper_is_about_the_mapper() {
    let mut script = opened();
    script.keys("f1");
    let screen = script.screen();
    for shown in ["Help: map a tool", "Choose a value of the source", "^U"] {
        assert!(screen.contains(shown), "{shown}: {screen}");
    }
    script.keys("end");
    assert!(script.screen().contains("slug"), "{}", script.screen());
    script.keys("esc");
    assert_eq!(script.overlays(), ["mapper"]);
}

#[test]
fn a_saved_mapping_is_confirmed_on_any_screen() {
    for size in [(60, 20), (80, 24), (120, 36)] {
        let mut script = opened();
        script.sized(size.0, size.1);
        script.keys("f4 enter").settles();
        assert!(script.screen().contains("Mapping saved as “my-tool”"), "{size:?}: {}", script.screen());
        script.keys("f5").settles();
        assert!(script.screen().contains("m edit mapping"), "{size:?}: {}", script.screen());
    }
}

#[test]
fn a_mapping_is_edited_from_the_palette_with_a_pasted_example() {
    let mut script = Script::new();
    script.keys("f9").types("mapping").keys("enter").settles();
    assert!(script.notice().contains("You have no mapping yet"), "{}", script.notice());
    script.paste(RUN).settles();
    script.keys("f4 enter esc").settles();
    script.keys("f9").types("mapping").keys("enter").settles();
    assert_eq!(script.overlays(), ["Edit a mapping"]);
    script.keys("enter").settles();
    script.paste("{\"other\": {\"unlike\": 1}, \"the\": \"example of the mapping\"}").settles();
    assert_eq!(script.overlays(), ["mapper"]);
    assert_eq!(expression(&script, MappingTable::Fields, "pipeline"), ".execution.flow.title");
}

#[test]
fn a_changed_mapping_is_on_disk_until_it_is_saved_or_closed() {
    let changed = || {
        let mut script = Script::new();
        script.paste(RUN).settles();
        assert_eq!(script.work.mapping, None, "a guess alone is not work");
        row(&mut script, "Project");
        script.types(".execution.uid").keys("enter").settles();
        let kept = script.work.mapping.clone().unwrap();
        assert!(kept.write().contains(".execution.uid"), "{}", kept.write());
        script
    };
    let mut saved = changed();
    saved.keys("f4").types("my-flow").keys("enter").settles();
    let mut closed = changed();
    closed.keys("esc down enter").settles();
    assert_eq!((saved.work.mapping, closed.work.mapping), (None, None));
    // What is typed is on disk too, before Enter.
    let mut typed = changed();
    row(&mut typed, "Branch");
    typed.types(".execution.vcs.bra").settles();
    let kept = *typed.work.mapping.unwrap();
    assert!(kept.write().contains(".execution.vcs.bra"), "{}", kept.write());
    // The next session reads runs with it, and opening the mapper does not remove it.
    let mut next = Script::new();
    app::restore_mapping(&mut next.model, kept.clone());
    next.work.mapping = Some(Box::new(kept));
    assert!(next.notice().contains("is back"), "{}", next.notice());
    next.paste(RUN).settles();
    assert!(
        next.overlays().first().is_some_and(|title| title.starts_with("a run of")),
        "{:?}",
        next.overlays()
    );
    next.keys("m").settles();
    next.keys("esc").settles();
    assert!(next.work.mapping.is_some());
}

#[test]
fn the_name_of_a_built_in_mapping_is_used_only_after_a_question() {
    let mut script = Script::new();
    script.paste(RUN).settles();
    script.keys("f4 ctrl-u").types("tekton").keys("enter").settles();
    assert_eq!(script.overlays().last(), Some(&"Replace the mapping?"));
    script.keys("down enter").settles();
    assert!(script.notice().contains("tekton"), "{}", script.notice());
}

#[test]
fn a_word_is_set_for_runs_and_stages_at_once() {
    let mut script = Script::new();
    let run = RUN.replace("\"verdict\": \"green\"", "\"verdict\": \"went_fine\"");
    script.paste(&run).settles();
    row(&mut script, "Result");
    script.types(" ").keys("enter").settles();
    let table = r#"result({"went_fine": "SUCCESS"})"#;
    for table_of in [MappingTable::Fields, MappingTable::Stage] {
        let own = expression(&script, table_of, "result");
        assert!(own.ends_with(table), "{table_of:?}: {own}");
    }
}
