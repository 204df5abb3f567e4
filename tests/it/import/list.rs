//! Inputs with several runs.

use std::time::Instant;

use sei_compose::document::write_compact;
use sei_compose::import::mapping::MappingSet;
use sei_compose::import::{ImportError, RunList, import, import_run, import_with_jobs, list_runs};

fn fixture(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/ci/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A tool, the name of its list, the parts of its fixture that differ between runs, and the numbers
/// of the runs.
struct Case(
    &'static str,
    &'static str,
    [&'static str; 3],
    [&'static str; 3],
    [&'static str; 2],
    [&'static str; 3],
);

const DAYS: [&str; 3] = ["2025-07-01", "2025-07-02", "2025-07-03"];
const SECONDS: [&str; 3] = ["1751358", "1751458", "1751558"];

const CASES: [Case; 8] = [
    Case(
        "github",
        "workflow_runs",
        ["9876543210", "71", "72"],
        DAYS,
        ["\"completed\"", "\"in_progress\""],
        ["9876543210", "71", "72"],
    ),
    Case(
        "azure",
        "value",
        ["\"id\": 4711", "\"id\": 71", "\"id\": 72"],
        DAYS,
        ["\"completed\"", "\"inProgress\""],
        ["4711", "71", "72"],
    ),
    Case(
        "circleci",
        "items",
        ["_number\": 25", "_number\": 71", "_number\": 72"],
        DAYS,
        ["\"failed\"", "\"running\""],
        ["25", "71", "72"],
    ),
    Case(
        "jenkins",
        "builds",
        ["318", "319", "320"],
        SECONDS,
        ["\"building\": false", "\"building\": true"],
        ["318", "319", "320"],
    ),
    Case(
        "buildkite",
        "builds",
        ["\"number\": 77", "\"number\": 78", "\"number\": 79"],
        DAYS,
        ["\"state\": \"passed\", \"blocked\"", "\"state\": \"running\", \"blocked\""],
        ["77", "78", "79"],
    ),
    Case(
        "bitbucket",
        "values",
        ["10}\", \"build_number\": 55", "11}\", \"build_number\": 56", "12}\", \"build_number\": 57"],
        DAYS,
        ["\"COMPLETED\"", "\"IN_PROGRESS\""],
        ["55", "56", "57"],
    ),
    Case(
        "drone",
        "builds",
        ["\"id\": 100207, \"number\": 42", "\"id\": 8, \"number\": 43", "\"id\": 9, \"number\": 44"],
        SECONDS,
        ["\"number\": 44, \"status\": \"killed\"", "\"number\": 44, \"status\": \"running\""],
        ["42", "43", "44"],
    ),
    Case(
        "gitlab",
        "pipelines",
        ["\"id\": 287, \"iid\": 144", "\"id\": 288, \"iid\": 145", "\"id\": 289, \"iid\": 146"],
        DAYS,
        ["\"status\": \"failed\"", "\"status\": \"running\""],
        ["144", "145", "146"],
    ),
];

impl Case {
    /// An unfinished run, the run of the fixture, and a newer one.
    fn runs(&self) -> [String; 3] {
        let Self(stem, _, ids, dates, states, _) = self;
        let run = fixture(&format!("{stem}.json"));
        let at = |index: usize| {
            assert!(run.contains(ids[0]) && run.contains(dates[0]), "{stem}");
            let (id, date) = (ids.get(index).unwrap(), dates.get(index).unwrap());
            run.replace(ids[0], id).replace(dates[0], date)
        };
        let open = at(2);
        assert!(open.contains(states[0]), "{stem}");
        [open.replace(states[0], states[1]), at(0), at(1)]
    }

    /// The same runs in each form of input.
    fn texts(&self) -> Vec<String> {
        let runs = self.runs();
        let lines = runs.each_ref().map(|run| run.lines().collect::<String>());
        let all = runs.join(",");
        let Self(_, name, ..) = self;
        vec![
            format!("[{all}]"),
            format!("{{\"total\":3,\"{name}\":[{all}],\"next\":null}}"),
            format!("[{{\"{name}\":[{},{}]}},{{\"{name}\":[{}]}}]", runs[0], runs[1], runs[2]),
            format!("{{\"{name}\":[{}]}}\n{{\"{name}\":[{},{}]}}", runs[0], runs[1], runs[2]),
            lines.join("\n"),
            format!("{}\r\n\r\n{}\r\n{}\r\n", lines[0], lines[1], lines[2]),
            runs.concat(),
        ]
    }
}

fn list(text: &str) -> RunList {
    list_runs(text, &MappingSet::builtin()).unwrap()
}

#[test]
fn each_list_form_of_each_tool_lists_its_runs() {
    for case in &CASES {
        let Case(stem, _, _, _, _, numbers) = case;
        let run = import(&case.runs()[2]).unwrap();
        for text in case.texts() {
            let list = list(&text);
            assert_eq!(list.unread, [""; 0], "{stem}");
            let listed: Vec<_> = list.runs.iter().map(|run| run.number.clone().unwrap_or_default()).collect();
            assert_eq!(listed, [numbers[2], numbers[0], numbers[1]], "{text}");
            let over: Vec<_> = list.runs.iter().map(|run| run.is_over).collect();
            assert_eq!((over, list.newest), (vec![false, true, true], 2), "{stem}");
            assert!(list.runs.iter().all(|run| run.start.is_some() && run.result.is_some()), "{stem}");
            let newest = list.runs[2].read.as_ref().unwrap();
            assert_eq!(write_compact(&newest.document), write_compact(&run.document), "{stem}");
        }
    }
}

#[test]
fn an_import_reads_the_newest_finished_run_and_says_so() {
    for case in &CASES {
        let Case(stem, _, _, _, _, numbers) = case;
        let run = import(&case.runs()[2]).unwrap();
        for text in case.texts() {
            let imported = import(&text).unwrap();
            let note = format!(
                "The input has 3 runs. Imported the newest finished run: {}. `import --run NUMBER` imports another \
                 one, `import --all` prints all.",
                numbers[1]
            );
            assert_eq!(imported.notes[0], note, "{text}");
            assert_eq!(imported.document, run.document, "{stem}");
        }
    }
}

#[test]
fn a_run_is_chosen_by_its_number_and_an_unknown_number_is_refused() {
    for case in &CASES {
        let Case(stem, _, _, _, _, numbers) = case;
        for text in case.texts() {
            for (run, number) in case.runs().iter().zip([numbers[2], numbers[0], numbers[1]]) {
                let imported = import_run(&text, None, number, &MappingSet::builtin()).unwrap();
                assert_eq!(imported, import(run).unwrap(), "{stem} {number}");
            }
            let fault = import_run(&text, None, "31", &MappingSet::builtin()).unwrap_err();
            let [one, two, three] = [numbers[2], numbers[0], numbers[1]];
            assert_eq!(
                fault.to_string(),
                format!("the input has no run 31; its runs: {one}, {two}, {three}")
            );
        }
    }
    for text in ["{\"pipeline\":\"a\"}", "[]", "{\"message\":\"Not Found\"}"] {
        assert!(
            matches!(import_run(text, None, "9", &MappingSet::builtin()), Err(ImportError::NoSuchRun { .. })),
            "{text}"
        );
    }
}

#[test]
fn the_number_of_a_run_can_be_the_number_that_its_tool_shows() {
    let [open, run, newer] = CASES[0].runs();
    let text = format!("[{open},{run},{newer}]").replacen("\"run_number\": 412", "\"run_number\": 413", 1);
    assert_eq!(
        import_run(&text, None, "#413", &MappingSet::builtin()).unwrap(),
        import_run(&text, None, "72", &MappingSet::builtin()).unwrap()
    );
    let imported = import_run(&text, None, "412", &MappingSet::builtin()).unwrap();
    assert!(
        imported.notes[0].starts_with("2 runs have the number 71. Imported the newest one"),
        "{:?}",
        imported.notes
    );
}

#[test]
fn each_run_of_a_list_gets_its_own_jobs() {
    let job = |id: u32, pipeline: u32| {
        format!(
            "{{\"id\":{id},\"name\":\"j{id}\",\"stage\":\"s\",\"status\":\"success\",\"ref\":\"main\",\
             \"pipeline\":{{\"id\":{pipeline}}}}}"
        )
    };
    let [_, run, newer] = CASES[7].runs();
    let jobs = format!("[{},{},{}]", job(1, 287), job(2, 288), job(3, 287));
    let list = list(&format!("[{run},{newer}]{jobs}"));
    let steps = |index: usize| {
        write_compact(&list.runs[index].read.as_ref().unwrap().document).matches("Name\":\"j").count()
    };
    assert_eq!((list.runs.len(), steps(0), steps(1)), (2, 2, 1));
    // Without a number, the import reads the run of the jobs.
    let of_older = format!("[{}]", job(1, 287));
    let imported = import_with_jobs(&format!("[{run},{newer}]"), &of_older).unwrap();
    assert!(write_compact(&imported.document).contains("\"build_number\":144"));
    let imported =
        import_run(&format!("[{run},{newer}]"), Some(&jobs), "145", &MappingSet::builtin()).unwrap();
    assert!(write_compact(&imported.document).contains("\"j2\""));
}

#[test]
fn several_states_of_one_run_are_one_run() {
    let [open, run, newer] = CASES[4].runs();
    let early = newer.replace("\"state\": \"passed\", \"blocked\"", "\"state\": \"running\", \"blocked\"");
    for text in [format!("{early}{newer}"), format!("{newer}{early}"), format!("[{newer},{newer}]")] {
        let list = list(&text);
        assert_eq!((list.runs.len(), list.runs[0].is_over), (1, true), "{text}");
        assert!(!import(&text).unwrap().notes[0].contains("runs"), "{text}");
    }
    assert_eq!(list(&format!("[{open},{run}]")).runs.len(), 2);
}

#[test]
fn the_builds_of_a_job_of_jenkins_are_listed_with_its_last_ones() {
    let [open, run, newer] = CASES[3].runs();
    let text = format!(
        "{{\"_class\":\"hudson.model.FreeStyleProject\",\"name\":\"x\",\"lastBuild\":{open},\
         \"lastCompletedBuild\":{newer},\"builds\":[{open},{newer},{run}]}}"
    );
    let list = list(&text);
    assert_eq!(list.runs.len(), 3);
    assert_eq!(list.runs[list.newest].number.as_deref(), Some("319"));
}

#[test]
fn runs_of_several_tools_are_one_list() {
    let text = format!("{}{}", fixture("github.json"), fixture("buildkite.json"));
    let list = list(&text);
    assert_eq!((list.runs.len(), list.unread.len()), (2, 0));
    assert!(import_run(&text, None, "77", &MappingSet::builtin()).is_ok());
}

#[test]
fn unreadable_parts_of_a_list_are_reported() {
    let [open, run, _] = CASES[0].runs().map(|run| run.lines().collect::<String>());
    let cut = list(&format!("{run}\n{{\"id\": 5,\n{open}\n"));
    assert_eq!(cut.runs.len(), 2);
    assert!(cut.unread[0].starts_with("line 2 is not JSON: column 10"), "{:?}", cut.unread);
    let mixed = list(&format!("{{\"workflow_runs\":[{run},{{\"message\":\"x\"}},{open}]}}"));
    assert_eq!(
        (mixed.runs.len(), &*mixed.unread[0]),
        (2, "item 2 of the list is not a run or a part of one")
    );
    assert!(list_runs("{\"pipeline\":\"a\"}", &MappingSet::builtin()).is_none());
    assert!(list_runs("not JSON", &MappingSet::builtin()).is_none());
}

#[test]
fn a_thousand_runs_with_their_jobs_are_listed_quickly() {
    let [_, run, _] = CASES[7].runs();
    let run = |id: usize| run.replace("\"id\": 287, \"iid\": 144", &format!("\"id\": {id}, \"iid\": {id}"));
    let job = |id: usize| {
        format!(
            "{{\"id\":{id},\"name\":\"a\",\"stage\":\"s\",\"status\":\"success\",\"ref\":\"main\",\"pipeline\":{{\"id\":{id}}}}}"
        )
    };
    let runs: Vec<_> = (1..=1000).map(run).collect();
    let jobs: Vec<_> = (1..=1000).map(job).collect();
    let text = format!("[{}]\n[{}]", runs.join(","), jobs.join(","));
    let start = Instant::now();
    assert_eq!(list(&text).runs.len(), 1000);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
