//! The data that SEI would store of a run: result, times, stages, and the artifacts that pair.

use sei_compose::document::{Value, read};
use sei_compose::sandbox::Seen;
use sei_compose::simulation::StoredRun;
use sei_compose::time::Duration;

use super::{TestSandbox, run_with, run_without};

/// A run with some fields replaced.
fn run_of(fields: &[(&str, &str)]) -> Value {
    let mut object = super::run().as_object().unwrap().clone();
    for (key, value) in fields {
        object.put(key, read(value).unwrap());
    }
    Value::Object(object)
}

impl TestSandbox {
    /// Posts a run and returns its entry in the list of runs.
    fn sees(&mut self, run: &Value) -> Seen {
        assert_eq!(self.flat(run).status, 202);
        self.ledger.overview().runs.swap_remove(0)
    }

    fn stores(&mut self, run: &Value) -> StoredRun {
        self.sees(run).stored.unwrap()
    }
}

#[test]
fn durations_are_whole_seconds_and_never_negative() {
    for (millis, shown) in [("77999", 77_000), ("999", 0), ("-5000", 0), ("0", 0)] {
        let stored = TestSandbox::new().stores(&run_with("duration", millis));
        assert_eq!(stored.duration, Some(Duration::from_millis(shown)), "{millis}");
    }
    assert_eq!(TestSandbox::new().stores(&run_without(&["duration"])).duration, Some(Duration::ZERO));
}

#[test]
fn a_dropped_run_stores_nothing() {
    let seen = TestSandbox::empty().sees(&super::run());
    assert_eq!((seen.stored, seen.pairs), (None, Vec::new()));
}

#[test]
fn the_first_result_and_duration_stay_and_a_nonempty_artifact_list_replaces_the_old_one() {
    let artifact = r#"[{"name":"web","qualifier":"1","type":"container","output":true}]"#;
    let mut sandbox = TestSandbox::new();
    sandbox.stores(&run_with("artifacts", artifact));
    let again =
        sandbox.stores(&run_of(&[("result", "\"FAILURE\""), ("duration", "9000"), ("artifacts", "[]")]));
    assert_eq!(
        (again.result.as_deref(), again.duration),
        (Some("SUCCESS"), Some(Duration::from_millis(77_000)))
    );
    assert_eq!(again.artifacts.len(), 1);
    let third = sandbox.stores(&run_with("artifacts", &artifact.replace("web", "api")));
    assert_eq!(third.artifacts[0].name, "api:1");
}

#[test]
fn a_stage_that_cannot_be_stored_drops_the_stages_after_it() {
    let good = |id: &str| format!(r#"{{"id":"{id}","durationInMillis":1}}"#);
    let table: [(&str, Vec<String>, usize); 6] = [
        ("all good", vec![good("1"), good("2")], 2),
        ("no id", vec![good("1"), r#"{"durationInMillis":1}"#.to_owned(), good("3")], 1),
        ("no duration", vec![r#"{"id":"1"}"#.to_owned(), good("2")], 0),
        (
            "a step without id, which is lost alone",
            vec![good("1"), r#"{"id":"2","durationInMillis":1,"steps":[{"durationInMillis":1}]}"#.to_owned()],
            2,
        ),
        ("an id twice", vec![good("1"), good("1"), good("2")], 2),
        ("a long id, which is cut", vec![good(&"x".repeat(51))], 1),
    ];
    for (what, stages, kept) in table {
        let run = run_with("job_run", &format!(r#"{{"stages":[{}]}}"#, stages.join(",")));
        let stored = TestSandbox::new().stores(&run);
        assert_eq!((stored.stages, stored.stages_sent), (kept, stages.len()), "{what}");
    }
    assert_eq!(TestSandbox::new().stores(&super::run()).stages_sent, 0);
}

/// A run of the build or of the deployment with one artifact.
fn with_artifact(number: &str, is_build: bool, artifact: &str) -> Value {
    let direction = if is_build { "output" } else { "input" };
    let artifact = format!(r#"[{{"{direction}":true,{artifact}}}]"#);
    let (ci, cd) = if is_build { ("true", "false") } else { ("false", "true") };
    run_of(&[("build_number", number), ("ci", ci), ("cd", cd), ("artifacts", &artifact)])
}

/// The build numbers of the runs that pair with the artifact of the newest run, after a build and a
/// deployment.
fn paired(made: &str, used: &str) -> Vec<Option<i64>> {
    let mut sandbox = TestSandbox::new();
    sandbox.sees(&with_artifact("1", true, made));
    let seen = sandbox.sees(&with_artifact("2", false, used));
    seen.pairs.iter().flatten().map(|run| run.build_number).collect()
}

#[test]
fn artifacts_pair_by_name_qualifier_and_location_or_by_hash_but_not_by_blanks() {
    let web = r#""type":"container","name":"web","qualifier":"1.2","location":"r.example/shop""#;
    for (made, used, pairs) in [
        (web, web.to_owned(), true),
        (web, web.replace("r.example", "elsewhere"), false),
        (web, web.replace("1.2", "1.3"), false),
        (web, web.replace("container", "archive"), false),
        (r#""type":"container","name":"web","qualifier":"1""#, web.replace("1.2", "1"), false),
        (
            r#""type":"container","name":"y","hash":"sha256:ab""#,
            r#""type":"container","name":"x","hash":"sha256:ab""#.to_owned(),
            true,
        ),
        (
            r#""type":"container","name":"web","hash":"""#,
            r#""type":"container","name":"web","hash":"""#.to_owned(),
            false,
        ),
    ] {
        assert_eq!(paired(made, &used), if pairs { vec![Some(1)] } else { Vec::new() }, "{made} {used}");
    }
}

#[test]
fn kind_and_direction_do_not_matter_and_a_previous_run_shows_a_later_pair() {
    let web = r#""type":"container","name":"web","qualifier":"1.2","location":"r.example/shop""#;
    let mut sandbox = TestSandbox::new();
    sandbox.sees(&with_artifact("1", true, web));
    sandbox.sees(&with_artifact("2", true, web));
    sandbox.sees(&with_artifact("3", false, web));
    let runs = sandbox.ledger.overview().runs;
    let numbers = |seen: &Seen| seen.pairs[0].iter().map(|run| run.build_number.unwrap()).collect::<Vec<_>>();
    assert_eq!(runs.iter().map(numbers).collect::<Vec<_>>(), [vec![1, 2], vec![1, 3], vec![2, 3]]);
}

#[test]
fn the_list_over_http_shows_the_stored_data() {
    let web = r#""type":"container","name":"web","qualifier":"1.2","location":"r.example/shop""#;
    let mut sandbox = TestSandbox::new();
    sandbox.sees(&with_artifact("1", true, web));
    sandbox.sees(&with_artifact("2", false, web));
    let listed = read(&sandbox.ask("GET", "/sandbox/runs", None, "").body).unwrap();
    let at = |pointer: &str| listed.get(&pointer.parse().unwrap()).cloned();
    assert_eq!(at("/runs/0/status"), Some(Value::from(202)));
    assert_eq!(at("/runs/0/stored/duration"), Some(Value::from(77_000)));
    assert_eq!(at("/runs/0/stored/artifacts/0/name"), Some(Value::from("web:1.2")));
    assert_eq!(at("/runs/0/stored/artifacts/0/pairs_with/0/build_number"), Some(Value::from(2)));
    assert_eq!(at("/runs/1/stored/stages_sent"), Some(Value::from(0)));
}
