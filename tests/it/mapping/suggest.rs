//! Mappings guessed from one example.

use sei_compose::document::{Pointer, write_compact};
use sei_compose::import::mapping::{
    EACH, Guess, Mapping, MappingSuggestion, MappingTable, candidates, path_expression, suggest,
};

use super::value;

/// The sure guess for a field, or the unsure one with `?` in front.
fn guess(suggestion: &MappingSuggestion, table: MappingTable, key: &str) -> String {
    let is_it = |guess: &&Guess| guess.table == table && guess.key == key;
    suggestion.guesses.iter().find(is_it).map_or_else(
        || "-".to_owned(),
        |guess| format!("{}{}", if guess.is_sure { "" } else { "? " }, guess.expression),
    )
}

fn field(document: &str, key: &str) -> String {
    guess(&suggest(&value(document)), MappingTable::Fields, key)
}

/// A run of an invented tool whose members are nested and have usual names.
const FERRY: &str = r#"{
    "ferryVersion": 3, "kind": "FerryCrossing",
    "metadata": {"name": "checkout-release", "uid": "5c8f1a52-9f0e-4a38-9a44-1c1d2f3a4b5c"},
    "crossing": {"sequence": 418, "status": "LANDED_OK", "outcome": "succeeded", "queuedAt": 1679467400,
        "startedAt": 1679467494, "finishedAt": 1679467571, "elapsed": 77},
    "source": {"repository": {"cloneUrl": "https://git.shop.example/shop/checkout.git", "fullName": "shop/checkout"},
        "ref": "refs/heads/main", "commitSha": "6f1c2b3a4d5e6f708192a3b4c5d6e7f808192a3b"},
    "startedBy": {"login": "ann", "email": "ann@shop.example"}, "project": {"key": "SHOP"},
    "links": {"self": "https://ferry.shop.example/api/v1/crossings/418", "web": "https://ferry.shop.example/crossings/418"},
    "legs": [{"id": "a", "name": "build", "outcome": "succeeded", "startedAt": 1679467494, "finishedAt": 1679467500,
        "tasks": [{"label": "compile", "outcome": "succeeded", "elapsed": 3}]},
        {"id": "b", "name": "push", "outcome": "failed", "startedAt": 1679467500, "finishedAt": null}],
    "images": [{"image": "shop/checkout", "tag": "1.4.2", "digest": "sha256:0011"}],
    "inputs": {"REGION": "eu", "FAST": true},
    "cause": {"type": "push", "id": "77"}
}"#;

#[test]
fn each_field_of_a_nested_run_is_found_by_name_type_and_shape() {
    let suggestion = suggest(&value(FERRY));
    let found = |table, key| guess(&suggestion, table, key);
    let expected = [
        ("pipeline", ".metadata.name"),
        ("job_full_name", "? [.project.key, .metadata.name] | join(\"/\")"),
        ("result", ".crossing.outcome | result"),
        ("start_time", ".crossing.startedAt | time"),
        ("duration", ".crossing.elapsed | seconds"),
        ("build_number", ".crossing.sequence"),
        ("branch_name", ".source.ref | strings | ltrimstr(\"refs/heads/\")"),
        ("scm_commit_ids", ".source.commitSha"),
        ("repo_url", ".source.repository.cloneUrl"),
        ("user_id", ".startedBy.login"),
        ("web_url", ".links.web"),
        ("project_name", ".project.key"),
        ("execution_id", ".metadata.uid"),
    ];
    for (key, expression) in expected {
        assert_eq!(found(MappingTable::Fields, key), expression, "{key}");
    }
    let tables = [
        (MappingTable::Stage, EACH, ".legs[]?"),
        (MappingTable::Stage, "displayName", ".name"),
        (MappingTable::Stage, "result", ".outcome"),
        (MappingTable::Stage, "durationInMillis", "between(.startedAt; .finishedAt)"),
        (MappingTable::Step, EACH, ".tasks[]?"),
        (MappingTable::Step, "displayName", ".label"),
        (MappingTable::Step, "durationInMillis", ".elapsed | seconds"),
        (MappingTable::Artifact, EACH, ".images[]?"),
        (MappingTable::Artifact, "name", ".image"),
        (MappingTable::Artifact, "qualifier", ".tag"),
        (MappingTable::Artifact, "hash", ".digest"),
        (MappingTable::Artifact, "type", "\"container\""),
        (MappingTable::Parameter, EACH, ".inputs | objects | to_entries[]"),
        (MappingTable::Parameter, "name", ".key"),
        (MappingTable::Trigger, EACH, ".cause | objects"),
        (MappingTable::Trigger, "type", ".type"),
    ];
    for (table, key, expression) in tables {
        assert_eq!(found(table, key), expression, "{}.{key}", table.name());
    }
    assert_eq!(
        suggestion.detect.expression,
        "objects | .kind == \"FerryCrossing\" and has(\"ferryVersion\") and has(\"crossing\")"
    );
    assert_eq!(suggestion.detect.value, [true.into()]);
}

#[test]
fn the_suggested_mapping_reads_its_example() {
    let run = value(FERRY);
    let mapping = Mapping::of("ferry", suggest(&run).definition("Ferry"));
    assert_eq!(mapping.faults(), []);
    assert!(mapping.detects(&run));
    let mapped = mapping.map(&run).unwrap();
    assert_eq!(mapped.faults, []);
    let document = write_compact(&mapped.document);
    let parts = [
        r#""pipeline":"checkout-release""#,
        r#""result":"SUCCESS","start_time":1679467494000,"duration":77000,"build_number":418"#,
        r#""branch_name":"main""#,
        r#"{"name":"REGION","value":"eu","type":"string"}"#,
        r#""displayName":"push","result":"failed","state":"completed","durationInMillis":0"#,
    ];
    for part in parts {
        assert!(document.contains(part), "{part}: {document}");
    }
}

#[test]
fn a_path_is_quoted_where_jq_needs_quotes() {
    let path = Pointer::root().key("a").key("b-c").index(0).key("d e");
    assert_eq!(path_expression(path.tokens()), ".a[\"b-c\"][0][\"d e\"]");
    assert_eq!(path_expression(Pointer::root().index(2).tokens()), ".[2]");
    assert_eq!(path_expression(&[]), ".");
}

#[test]
fn candidates_are_offered_best_first_with_their_values() {
    let run = value(FERRY);
    let times = candidates(&run, MappingTable::Fields, "start_time");
    let expressions: Vec<_> = times.iter().map(|guess| guess.expression.as_str()).collect();
    assert_eq!(expressions, [".crossing.startedAt | time", ".crossing.queuedAt | time"]);
    assert_eq!(times.first().map(|guess| guess.value.clone()), Some(vec![1_679_467_494_000.into()]));
    let names = candidates(&run, MappingTable::Step, "displayName");
    assert_eq!(names.first().map(|guess| guess.value.clone()), Some(vec!["compile".into()]));
}

#[test]
fn the_unit_of_a_duration_comes_from_its_name_its_fraction_or_the_times() {
    let cases = [
        (r#"{"durationMs": 5}"#, ".durationMs"),
        (r#"{"elapsed_seconds": 90000}"#, ".elapsed_seconds | seconds"),
        (r#"{"took": 12.5}"#, ".took | seconds"),
        (r#"{"durationNanos": 12000000000}"#, ".durationNanos | numbers | . / 1000000 | floor"),
        (r#"{"runtime": "00:12:41"}"#, ".runtime | duration"),
        (r#"{"elapsed": "PT3M12S"}"#, ".elapsed | duration"),
        (r#"{"total_time": "1h 2m"}"#, ".total_time | duration"),
        (r#"{"took": "3 fortnights"}"#, "-"),
        (r#"{"duration": 20000, "start": 1679467494, "end": 1679467514}"#, ".duration"),
        (r#"{"duration": 20000, "start": 1679467494, "end": 1679487494}"#, ".duration | seconds"),
        (r#"{"duration": 5, "start": 1679467494, "end": 1679467794}"#, ".duration | minutes"),
        (r#"{"queueDuration": 5, "start": 1679467494, "end": 1679467794}"#, "between(.start; .end)"),
        (r#"{"duration": 20000}"#, "? .duration"),
        (r#"{"duration": 200}"#, ".duration | seconds"),
    ];
    for (run, expected) in cases {
        assert_eq!(field(run, "duration"), expected, "{run}");
    }
}

#[test]
fn a_finished_word_is_preferred_and_a_missing_one_is_trusted_by_name() {
    let cases = [
        (r#"{"status": "completed", "conclusion": "failure"}"#, ".conclusion | result"),
        (r#"{"status": "running", "conclusion": null}"#, ".conclusion | result"),
        (r#"{"state": "passed", "health": "sunny"}"#, ".state | result"),
        (r#"{"passed": true}"#, ".passed | result"),
        (
            r#"{"buildstatus": 0}"#,
            "? .buildstatus | if . == null then empty elif . == 0 then \"SUCCESS\" else \"FAILURE\" end",
        ),
        (r#"{"previous": {"status": "passed"}}"#, "? .previous.status | result"),
        (r#"{"untrackable_result": false}"#, "-"),
        (
            r#"{"status": {"conditions": [{"type": "Synced", "status": "True"}, {"type": "Succeeded", "status": "False"}]}}"#,
            "first(.status.conditions[]? | select(.type == \"Succeeded\")) | if .status == \"True\" then \"SUCCESS\" elif \
             .status == \"False\" then \"FAILURE\" else empty end",
        ),
    ];
    for (run, expected) in cases {
        assert_eq!(field(run, "result"), expected, "{run}");
    }
}

/// The expression for the runs of a document, and the sure pipeline and result of its run.
fn runs(document: &str) -> [String; 3] {
    let suggestion = suggest(&value(document));
    let found = |key| guess(&suggestion, MappingTable::Fields, key);
    [suggestion.runs.expression.clone(), found("pipeline"), found("result")]
}

#[test]
fn the_runs_of_a_page_a_list_and_a_wrapper_are_found() {
    let run =
        r#"{"pier": "north", "job": "load", "outcome": "ok", "startedAt": "2026-01-05T09:00:00Z", "id": 7}"#;
    let fields = [".job", ".outcome | result"];
    let cases = [
        (run.to_owned(), "."),
        (format!("[{run}, {run}]"), "."),
        (format!("{{\"crossings\": [{run}], \"total\": 1}}"), "(.crossings[])? // ."),
        (format!("{{\"data\": {{\"list\": [{run}], \"next\": null}}}}"), "(.data.list[])? // ."),
        (format!("{{\"data\": {{\"crossing\": {run}}}}}"), "(.data.crossing)? // ."),
        // The status is that of the request.
        (format!("{{\"status\": \"SUCCESS\", \"requestId\": \"a\", \"data\": {run}}}"), "(.data)? // ."),
    ];
    for (document, expected) in cases {
        assert_eq!(runs(&document), [expected, fields[0], fields[1]], "{document}");
        let document = value(&document);
        let mapping = Mapping::of("pier", suggest(&document).definition("Pier"));
        assert!(mapping.detects(&document), "{document:?}");
        assert_eq!(mapping.list(&document).unwrap().runs.first().unwrap().name.as_deref(), Some("load"));
    }
}

#[test]
fn a_wrapper_with_a_list_next_to_the_run_stays_the_run() {
    let run = r#"{"voyage": {"name": "load", "result": "ok", "started_at": 1679467494, "done_at": 1679467500},
        "blocks": [{"name": "a", "result": "ok", "jobs": [{"name": "b", "result": "failed"}]}]}"#;
    let suggestion = suggest(&value(run));
    assert_eq!(suggestion.runs.expression, ".");
    let found = |table, key| guess(&suggestion, table, key);
    assert_eq!(found(MappingTable::Fields, "duration"), "between(.voyage.started_at; .voyage.done_at)");
    assert_eq!(found(MappingTable::Stage, EACH), ".blocks[]?");
    assert_eq!(found(MappingTable::Step, EACH), ".jobs[]?");
}

#[test]
fn the_stages_may_be_the_members_of_an_object() {
    let run = r#"{"name": "load", "phases": {"build": {"state": "ok", "seconds": 4, "tasks": {"compile": {"state": "ok"}}},
        "push": {"state": "failed", "seconds": 5}}}"#;
    let suggestion = suggest(&value(run));
    let found = |table, key| guess(&suggestion, table, key);
    assert_eq!(found(MappingTable::Stage, EACH), ".phases | objects | to_entries[]");
    assert_eq!(found(MappingTable::Stage, "displayName"), ".key");
    assert_eq!(found(MappingTable::Stage, "result"), ".value.state");
    assert_eq!(found(MappingTable::Step, EACH), ".value.tasks | objects | to_entries[]");
    let mapping = Mapping::of("loader", suggestion.definition("Loader"));
    let document = write_compact(&mapping.map(&value(run)).unwrap().document);
    assert!(document.contains(r#""displayName":"push","result":"failed""#), "{document}");
}

#[test]
fn a_list_of_other_things_is_not_the_stages() {
    for list in ["conditions", "commits", "history", "artifacts", "previousBuilds"] {
        let run = format!(
            r#"{{"name": "load", "{list}": [{{"type": "Ready", "status": "success", "time": "2026-01-05T09:00:00Z"}}]}}"#
        );
        let found = guess(&suggest(&value(&run)), MappingTable::Stage, EACH);
        assert!(found == "-" || found.starts_with('?'), "{list}: {found}");
    }
}

#[test]
fn images_and_parameters_are_read_in_their_usual_shapes() {
    let run = r#"{"name": "load", "images": ["registry.shop.example:5000/team/app:1.2@sha256:00ff", "tool"],
        "env": ["REGION=eu=1", "EMPTY="], "extra_vars": "{\"a\": 1}", "cause": "manual"}"#;
    let suggestion = suggest(&value(run));
    let mapping = Mapping::of("loader", suggestion.definition("Loader"));
    let document = write_compact(&mapping.map(&value(run)).unwrap().document);
    let parts = [
        r#"{"name":"app","qualifier":"1.2","location":"registry.shop.example:5000/team","type":"container","hash":"sha256:00ff"}"#,
        r#"{"name":"tool","type":"container"}"#,
        r#"{"name":"a","value":"1","type":"string"}"#,
        r#""trigger_chain":[{"type":"manual"}]"#,
    ];
    for part in parts {
        assert!(document.contains(part), "{part}: {document}");
    }
    let run = r#"{"name": "load", "env": ["REGION=eu=1", "EMPTY="]}"#;
    let mapping = Mapping::of("loader", suggest(&value(run)).definition("Loader"));
    let document = write_compact(&mapping.map(&value(run)).unwrap().document);
    assert!(document.contains(r#"{"name":"REGION","value":"eu=1","type":"string"}"#), "{document}");
}

#[test]
fn commits_come_from_a_list_where_there_is_one() {
    let id = "6f1c2b3a4d5e6f708192a3b4c5d6e7f808192a3b";
    let cases = [
        (format!(r#"{{"commit": "{id}"}}"#), ".commit"),
        (format!(r#"{{"sha": "{id}", "commits": [{{"id": "{id}", "author": "a"}}]}}"#), ".commits[]? | .id"),
        (format!(r#"{{"changes": ["{id}"]}}"#), ".changes[]?"),
        (
            format!(r#"{{"revision": "main@sha1:{id}"}}"#),
            ".revision | strings | capture(\"(?<id>[0-9a-f]{40})\") | .id",
        ),
        (format!(r#"{{"parent": {{"commit": "{id}"}}}}"#), "? .parent.commit"),
    ];
    for (run, expected) in cases {
        assert_eq!(field(&run, "scm_commit_ids"), expected, "{run}");
    }
}

#[test]
fn values_of_other_kinds_are_not_taken_for_their_name() {
    let cases = [
        (r#"{"name": "5c8f1a52-9f0e-4a38-9a44-1c1d2f3a4b5c"}"#, "pipeline"),
        (r#"{"branch": "https://git.example/a"}"#, "branch_name"),
        (r#"{"ref": "refs/tags/v1"}"#, "branch_name"),
        (r#"{"number": 1679467494000}"#, "build_number"),
        (r#"{"startedAt": "soon"}"#, "start_time"),
        (r#"{"status": 5}"#, "branch_name"),
    ];
    for (run, key) in cases {
        assert_eq!(field(run, key), "-", "{run}");
    }
}

#[test]
fn each_expression_suits_a_run_without_its_members() {
    let definition = suggest(&value(FERRY)).definition("Ferry");
    let mapping = Mapping::of("ferry", definition);
    for run in ["{}", r#"{"kind": "FerryCrossing"}"#, r#"{"crossing": null, "source": null, "inputs": null}"#]
    {
        let mapped = mapping.map(&value(run)).unwrap();
        assert_eq!(mapped.faults, [], "{run}");
    }
    for document in ["{}", "[]", "5", "null", "\"a\"", r#"{"kind": 5}"#] {
        assert!(!mapping.detects(&value(document)), "{document}");
    }
}

#[test]
fn a_suggestion_for_anything_can_be_compiled() {
    for document in [
        "{}",
        "[]",
        "null",
        "5",
        r#"{"": {"a b": [{"": null}]}}"#,
        r#"[[{"name": "a"}]]"#,
        r#"{"a'b": "passed", "\"": 1}"#,
    ] {
        let suggestion = suggest(&value(document));
        let mapping = Mapping::of("any", suggestion.definition("Any"));
        assert_eq!(mapping.faults(), [], "{document}");
        let _: Vec<Guess> = candidates(&value(document), MappingTable::Fields, "result");
    }
}

#[test]
fn a_start_has_many_names_and_a_creation_is_the_next_best() {
    let cases = [
        ("beganAt", ".beganAt | time"),
        ("started_on", ".started_on | time"),
        ("startedat", ".startedat | time"),
        ("Start-Date", ".[\"Start-Date\"] | time"),
        ("createdAt", ".createdAt | time"),
        ("enqueued_at", ".enqueued_at | time"),
        ("finishedAt", "-"),
    ];
    for (name, expected) in cases {
        let run = format!(r#"{{"{name}": "2026-01-05T09:00:00Z"}}"#);
        let found = field(&run, "start_time");
        assert!(found == expected || (expected == "-" && found.starts_with('?')), "{name}: {found}");
    }
    let both = r#"{"created": 1679467400, "started": null}"#;
    assert_eq!(field(both, "start_time"), ".started | time");
}

#[test]
fn names_of_another_language_are_guessed_by_their_values() {
    let run = r#"{"lauf": {"nummer": 418, "ergebnis": "KILLED", "anfang": "2026-01-05T09:00:00Z",
        "schluss": "2026-01-05T09:10:00Z"}, "quelle": {"adresse": "https://git.shop.example/shop/kasse.git",
        "kennung": "abcdef0123456789abcdef0123456789abcdef01", "zweig": "haupt"},
        "abschnitte": [{"bezeichnung": "bauen", "anfang": "2026-01-05T09:00:00Z", "schluss": "2026-01-05T09:04:00Z",
        "ergebnis": "green"}, {"bezeichnung": "ausrollen", "anfang": "2026-01-05T09:04:00Z",
        "schluss": "2026-01-05T09:10:00Z", "ergebnis": "red"}]}"#;
    for (key, expected) in [
        ("result", ".lauf.ergebnis | result"),
        ("start_time", ".lauf.anfang | time"),
        ("duration", "between(.lauf.anfang; .lauf.schluss)"),
        ("scm_commit_ids", ".quelle.kennung"),
        ("repo_url", ".quelle.adresse"),
    ] {
        assert_eq!(field(run, key), expected, "{key}");
    }
    let mapped = Mapping::of("a", suggest(&value(run)).definition("a")).map(&value(run)).unwrap();
    assert!(mapped.faults.is_empty(), "{:?}", mapped.faults);
    let document = write_compact(&mapped.document);
    assert!(
        document.contains(r#"{"id":"1","displayName":"bauen","result":"succeeded","state":"completed","durationInMillis":240000"#),
        "{document}"
    );
    // Names that are known are trusted, and a date that is not the end is not taken for it.
    let known = r#"{"start": "2026-01-05T09:00:00Z", "expires_at": "2026-02-05T09:00:00Z", "fin": 5}"#;
    assert_eq!(field(known, "duration"), "-");
    let unclear = r#"{"anfang": "2026-01-05T09:00:00Z", "wort": "green", "zweites": "red"}"#;
    assert_eq!(field(unclear, "result"), "? .wort | result");
}

#[test]
fn a_run_in_one_member_is_recognized_by_the_members_of_that() {
    let run = r#"{"job": {"ticket": "bld-1", "outcome": "went_fine", "started": 1679467494, "who": "ann"}}"#;
    let suggestion = suggest(&value(run));
    assert_eq!(
        suggestion.detect.expression,
        r#"objects | has("job") and (.job | objects | has("ticket") and has("outcome") and has("started") and has("who"))"#
    );
    let mapping = Mapping::of("a", suggestion.definition("a"));
    assert!(mapping.detects(&value(run)));
    for other in [r#"{"job": {"name": "other"}}"#, r#"{"job": "x"}"#, r#"{"job": null}"#, "{}"] {
        assert!(!mapping.detects(&value(other)), "{other}");
    }
}
