//! What SEI makes of a run: one row for each loss of the backend, and its place and rule.

mod agreement;
mod pair;
mod profile;

use sei_compose::check::{self, JobValues, Loss};
use sei_compose::document::{Value, read};
use sei_compose::simulation::{
    InstanceFact, JobHistory, PreviousFact, RunStatus, Simulation, SimulationFacts, simulate,
};
use sei_compose::wire::BodyFormat;

/// A run without any loss: two stages with two steps each, two artifacts.
pub(crate) fn run() -> Value {
    read(
        r#"{"pipeline":"web","job_full_name":"shop/web","qualified_name":"shop/web","instance_name":"Shop CI",
            "instance_guid":"89d2491c-764a-4f77-93d9-18e8ac7c7d9d","start_time":1767603600000,"duration":77000,
            "result":"SUCCESS","build_number":7,"ci":true,"cd":false,"repo_url":"https://git.shop.example/web.git",
            "branch_name":"main","scm_user_id":"mira","instance_url":"https://ci.shop.example",
            "scm_commit_ids":["8d6f2b0c4a917e35d1c8f7a6b95e402d3c1f8e70"],
            "job_run_params":[{"type":"StringParameterValue","name":"target","value":"prod"}],
            "trigger_chain":[{"id":"SCMTrigger","type":"SCMTriggerCause"}],
            "job_run":{"stages":[
              {"id":"s1","displayName":"Build","result":"SUCCESS","durationInMillis":5000,
               "steps":[{"id":"a","displayName":"Compile","durationInMillis":1},
                        {"id":"b","displayName":"Test","durationInMillis":1}]},
              {"id":"s2","displayName":"Deploy","result":"SUCCESS","durationInMillis":5000,
               "steps":[{"id":"a","displayName":"Push","durationInMillis":1},
                        {"id":"b","displayName":"Switch","durationInMillis":1}]}]},
            "artifacts":[
              {"output":true,"type":"container","location":"r.example/shop","name":"web","qualifier":"1.2"},
              {"output":true,"type":"container","location":"r.example/shop","name":"api","qualifier":"3.4"}]}"#,
    )
    .unwrap()
}

/// The run with the value at a pointer replaced, or removed by an empty text.
pub(crate) fn run_with(pointer: &str, json: &str) -> Value {
    changed(&run(), pointer, json)
}

fn changed(run: &Value, pointer: &str, json: &str) -> Value {
    let at = pointer.parse().unwrap();
    let mut run = run.clone();
    let edits = if json.is_empty() {
        vec![sei_compose::document::Edit::Remove { at }]
    } else {
        sei_compose::document::set(&run, &at, read(json).unwrap())
    };
    for edit in edits {
        sei_compose::document::apply(&mut run, &edit).unwrap();
    }
    run
}

/// The facts about a run whose instance is known and that was not sent before.
pub(crate) fn new() -> SimulationFacts<'static> {
    SimulationFacts {
        instance: InstanceFact::Known,
        previous: PreviousFact::None,
        ..SimulationFacts::default()
    }
}

/// Each loss as `loss pointer code`.
fn losses(simulation: &Simulation) -> Vec<String> {
    simulation
        .losses
        .iter()
        .map(|lost| {
            let rule = check::rule(lost.code);
            let has_loss = |rule: &check::Rule| {
                rule.loss == Some(lost.loss) || rule.other_losses.contains(&Some(lost.loss))
            };
            // A trigger loses stages and artifacts at once; its rule names the larger loss.
            let is_trigger = lost.code.starts_with("trigger-") && lost.loss == Loss::Artifacts;
            assert!(rule.is_some_and(|rule| is_trigger || has_loss(rule)), "{lost:?}");
            format!("{} {} {}", lost.loss.word(), lost.at, lost.code)
        })
        .collect()
}

/// The numbers of stored stages, steps and artifacts.
fn kept(simulation: &Simulation) -> [usize; 3] {
    let stored = &simulation.stored;
    [stored.stages, stored.steps, stored.artifacts.len()]
}

#[test]
fn a_complete_run_is_stored_whole() {
    let simulation = simulate(&run(), &new());
    assert_eq!(losses(&simulation), [""; 0]);
    assert_eq!(kept(&simulation), [2, 4, 2]);
    assert_eq!((simulation.status, simulation.is_stored), (RunStatus::New, Some(true)));
    assert_eq!(simulation.changes, []);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn each_cause_loses_what_the_backend_loses() {
    const LONG: &str = "release-of-the-shop-in-the-region-of-europe-central-";
    let [one, two] = ["a", "b"].map(|end| format!("\"{LONG}{end}\""));
    let table: [(&str, &str, &[&str], [usize; 3]); 18] = [
        // The whole run.
        ("/instance_guid", "\"c9a73c1b\"", &["run /instance_guid guid-form"], [0; 3]),
        ("/job_run_params/0/type", "null", &["run /job_run_params/0/type param-incomplete"], [0; 3]),
        ("/job_run_params/0/name", "", &["run /job_run_params/0/name param-incomplete"], [0; 3]),
        ("/job_run_params/0/value", "", &["run /job_run_params/0/value param-incomplete"], [0; 3]),
        ("/build_number", "", &["run /build_number build-number-missing"], [2, 4, 2]),
        // A stage and all later ones.
        ("/job_run/stages/0/id", "", &["stages /job_run/stages/0/id stage-id-missing"], [0, 0, 2]),
        ("/job_run/stages/1/id", "null", &["stages /job_run/stages/1/id stage-id-missing"], [1, 2, 2]),
        (
            "/job_run/stages/1/durationInMillis",
            "null",
            &["stages /job_run/stages/1/durationInMillis stage-duration-missing"],
            [1, 2, 2],
        ),
        (
            "/job_run/stages/0/steps/1/durationInMillis",
            "",
            &["stages /job_run/stages/0/steps/1/durationInMillis stage-duration-missing"],
            [0, 0, 2],
        ),
        ("/job_run/stages/1/id", "\"s1\"", &["stages /job_run/stages/1/id id-duplicate"], [1, 4, 2]),
        // One step.
        (
            "/job_run/stages/0/steps/0/id",
            "",
            &["step /job_run/stages/0/steps/0/id stage-id-missing"],
            [2, 3, 2],
        ),
        // Stages and artifacts.
        (
            "/trigger_chain/0/id",
            "",
            &[
                "stages /trigger_chain/0/id trigger-incomplete",
                "artifacts /trigger_chain/0/id trigger-incomplete",
            ],
            [0; 3],
        ),
        (
            "/trigger_chain/0/type",
            "null",
            &[
                "stages /trigger_chain/0/type trigger-incomplete",
                "artifacts /trigger_chain/0/type trigger-incomplete",
            ],
            [0; 3],
        ),
        (
            "/trigger_chain/0/job_run_number",
            "\"14487150517\"",
            &[
                "stages /trigger_chain/0/job_run_number trigger-number",
                "artifacts /trigger_chain/0/job_run_number trigger-number",
            ],
            [0; 3],
        ),
        // An artifact and all later ones.
        ("/artifacts/0/name", "", &["artifacts /artifacts/0/name artifact-name-missing"], [2, 4, 0]),
        // Pairs.
        ("/artifacts/0/type", "", &["pairing /artifacts/0/type artifact-incomplete"], [2, 4, 2]),
        ("/artifacts/0/type", "\"jar\"", &["pairing /artifacts/0/type artifact-type"], [2, 4, 2]),
        (
            "/artifacts/1/qualifier",
            "\"latest\"",
            &["pairing /artifacts/1/qualifier qualifier-mutable"],
            [2, 4, 2],
        ),
    ];
    for (pointer, json, expected, stored) in table {
        let run = run_with(pointer, json);
        let simulation = simulate(&run, &new());
        assert_eq!(losses(&simulation), expected, "{pointer} {json}");
        let problems = check::check(&run, &check::Context::default());
        for lost in &simulation.losses {
            let is_same = |problem: &&check::Problem| problem.code == lost.code && problem.at == lost.at;
            assert!(problems.iter().any(|problem| is_same(&problem)), "no rule reports {lost:?}");
        }
        assert_eq!(kept(&simulation), stored, "{pointer} {json}");
    }
    let twins = changed(&run_with("/job_run/stages/0/id", &one), "/job_run/stages/1/id", &two);
    let simulation = simulate(&twins, &new());
    assert_eq!(kept(&simulation), [1, 4, 2], "ids with the same first 50 characters");
    assert!(losses(&simulation).contains(&"stages /job_run/stages/1/id id-duplicate".to_owned()));
}

#[test]
fn a_run_of_an_unknown_instance_is_lost_only_if_all_instances_are_known() {
    let with = |instance| SimulationFacts { instance, ..new() };
    for instance in [InstanceFact::Unknown, InstanceFact::Known] {
        assert_eq!(losses(&simulate(&run(), &with(instance))), [""; 0]);
    }
    let missing = simulate(&run(), &with(InstanceFact::Missing));
    assert_eq!(losses(&missing), ["run /instance_guid guid-unknown"]);
    assert!(missing.is_dropped() && kept(&missing) == [0; 3]);
    let elsewhere = simulate(&run(), &with(InstanceFact::Elsewhere("eu")));
    assert_eq!(losses(&elsewhere), ["run /instance_guid guid-elsewhere"]);
}

#[test]
fn a_repeat_keeps_the_first_result_and_adds_its_stages_and_artifacts() {
    let facts = SimulationFacts { previous: PreviousFact::Sent, ..new() };
    let simulation = simulate(&run(), &facts);
    assert_eq!(losses(&simulation), ["run /build_number run-already-sent"]);
    assert_eq!((simulation.status, simulation.is_stored), (RunStatus::Repeat, Some(false)));
    assert!(!simulation.is_dropped());
    assert_eq!(kept(&simulation), [2, 4, 2]);
}

#[test]
fn a_run_without_a_number_is_stored_if_it_is_known_to_be_the_first() {
    let run = run_with("/build_number", "");
    let with = |previous| simulate(&run, &SimulationFacts { previous, ..new() });
    assert_eq!(with(PreviousFact::None).is_stored, Some(true));
    assert_eq!(with(PreviousFact::Unknown).is_stored, None);
    assert_eq!(with(PreviousFact::Sent).is_stored, Some(false));
}

#[test]
fn the_last_post_decides_values_of_the_job_and_an_absent_value_becomes_blank() {
    let values = JobValues::of(&run());
    let facts = SimulationFacts { job: JobHistory { first: None, last: Some(&values) }, ..new() };
    for field in ["repo_url", "branch_name", "scm_user_id", "instance_url"] {
        let simulation = simulate(&run_with(&format!("/{field}"), ""), &facts);
        let blanked = simulation.job.iter().find(|value| value.name == field).unwrap();
        assert!(blanked.before.is_some() && blanked.after.is_none(), "{field}");
        assert_eq!(losses(&simulation), [format!("field /{field} value-blanked")]);
        let changed = simulate(&run_with(&format!("/{field}"), "\"other\""), &facts);
        let value = changed.job.iter().find(|value| value.name == field).unwrap();
        assert_eq!(value.after.as_deref(), Some("other"));
        assert_eq!(losses(&changed), [""; 0]);
    }
    for field in ["pipeline", "module_name"] {
        let first = JobValues::of(&run_with(&format!("/{field}"), "\"first\""));
        let facts = SimulationFacts { job: JobHistory { first: Some(&first), last: None }, ..new() };
        let simulation = simulate(&run_with(&format!("/{field}"), "\"later\""), &facts);
        let value = simulation.job.iter().find(|value| value.name == field).unwrap();
        assert_eq!(value.after.as_deref(), Some("first"));
        assert_eq!(losses(&simulation), [format!("field /{field} job-change-ignored")]);
    }
}

#[test]
fn each_missing_required_field_refuses_the_flat_run() {
    for field in ["pipeline", "instance_name", "instance_guid", "job_full_name", "qualified_name", "result"] {
        let run = run_with(&format!("/{field}"), "");
        let flat = simulate(&run, &new());
        assert_eq!(losses(&flat), [format!("run /{field} missing-field")]);
        let wrapped = simulate(&run, &SimulationFacts { format: BodyFormat::Wrapped, ..new() });
        let is_identity = ["instance_guid", "job_full_name"].contains(&field);
        assert_eq!(wrapped.is_dropped(), is_identity, "{field}");
    }
}

#[test]
fn values_that_sei_cannot_read_lose_the_run_and_others_are_converted() {
    for (pointer, json, is_lost) in [
        ("/scm_commit_ids", "\"8d6f2b0c\"", true),
        ("/duration", "\"77000\"", false),
        ("/duration", "\"long\"", true),
        ("/build_number", "\"12\"", false),
        ("/ci", "\"true\"", false),
        ("/ci", "\"maybe\"", true),
        ("/result", "{}", true),
        ("/result", "1", false),
        ("/job_run", "[]", true),
        ("/job_run/stages/0/log", "\"output\"", true),
        ("/job_run/stages/0/log", "\"89d2491c-764a-4f77-93d9-18e8ac7c7d9d\"", false),
        ("/artifacts/0/output", "\"yes\"", true),
    ] {
        let simulation = simulate(&run_with(pointer, json), &new());
        assert_eq!(simulation.is_dropped(), is_lost, "{pointer} {json}: {:?}", losses(&simulation));
    }
}

#[test]
fn stored_values_that_differ_are_listed_with_their_place() {
    let table = [
        ("/duration", "77999", "/duration 77999 77000"),
        ("/duration", "-5", "/duration -5 0"),
        ("/job_run/stages/0/result", "\"succeeded\"", "/job_run/stages/0/result \"succeeded\" \"SUCCEEDED\""),
        ("/job_run_params/0/value", "1", "/job_run_params/0/value 1 \"1\""),
    ];
    for (pointer, json, expected) in table {
        let simulation = simulate(&run_with(pointer, json), &new());
        let show = |value: &Value| sei_compose::document::write_compact(value);
        let changes: Vec<String> = simulation
            .changes
            .iter()
            .map(|change| {
                format!("{} {} {}", change.at, show(change.sent.as_ref().unwrap()), show(&change.stored))
            })
            .collect();
        assert_eq!(changes, [expected]);
    }
    let name = "x".repeat(51);
    let simulation = simulate(&run_with("/job_run/stages/0/displayName", &format!("\"{name}\"")), &new());
    assert_eq!(simulation.changes[0].stored, Value::from(name.get(..50).unwrap()));
    assert_eq!(losses(&simulation), ["field /job_run/stages/0/displayName name-cut"]);
}

#[test]
fn a_start_in_seconds_counts_nowhere() {
    let simulation = simulate(&run_with("/start_time", "1767603600"), &new());
    assert_eq!(losses(&simulation), ["field /start_time start-time-unit"]);
    assert_eq!(simulation.counts.deployment_frequency.answer.word(), "no");
}

#[test]
fn check_and_simulation_lose_the_same_for_the_words_of_results() {
    let long = "\"succeeded after the second attempt\"";
    for (pointer, json) in [
        ("/result", "\"FAILED\""),
        ("/result", "\"UNSTABLE\""),
        ("/result", "\"green\""),
        ("/result", "\"Success\""),
        ("/result", "\"failure\""),
        ("/job_run/stages/0/result", long),
        ("/job_run/stages/1/state", long),
        ("/job_run/stages/0/steps/0/result", long),
        ("/job_run/stages/0/steps/1/state", "\"thirty characters is the most!\""),
    ] {
        let run = run_with(pointer, json);
        let simulation = simulate(&run, &new());
        let problems = check::check(&run, &check::Context::default());
        let is_about_words = |problem: &&check::Problem| ["result-word", "word-long"].contains(&problem.code);
        let reported: Vec<String> = problems
            .iter()
            .filter(is_about_words)
            .map(|problem| format!("{} {} {}", problem.loss.unwrap(), problem.at, problem.code))
            .collect();
        assert_eq!(losses(&simulation), reported, "{pointer} {json}");
        assert_eq!(kept(&simulation), [2, 4, 2], "{pointer} {json}: the stage is kept");
        // How SEI stores a word that is too long is unknown.
        let is_changed = simulation.changes.iter().any(|change| change.at.to_string() == pointer);
        assert!(json != long || !is_changed, "{pointer}: {:?}", simulation.changes);
    }
}

#[test]
fn with_a_profile_only_its_filters_decide_about_the_result() {
    let run = run_with("/result", "\"FAILED\"");
    let profile = sei_compose::world::config::read_profile("[deployment_frequency]\nstatus = [\"FAILED\"]\n");
    let facts = SimulationFacts { profile: Some(&profile.unwrap()), ..new() };
    let simulation = simulate(&run, &facts);
    assert_eq!(losses(&simulation), [""; 0]);
    assert_eq!(simulation.counts.deployment_frequency.answer.word(), "yes");
}
