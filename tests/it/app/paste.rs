//! Pasted text: into the field, never as keys; an import is shown first.

use sei_compose::app::overlay::Overlay;
use sei_compose::app::{
    DiskEffect, DiskReply, Effect, EnvironmentChoice, KeyEffect, Msg, NetworkEffect, Pasted,
};
use sei_compose::wire::Environment;

use super::script::{GOOD, Script};

const CURL: &str = "curl -X POST 'https://app.harness.io/gratis/sei/api/v1/custom-cicd' \\\n  -H 'Authorization: ApiKey abc123secret' \\\n  --data-raw '{\"pipeline\":\"web\",\"branch_name\":“main”,}'\n";

const SATELLITE: &str = "satellite:\n  tenant: foo\n  api_key: <key>\n  url: https://testapi.propelo.ai\nintegrations:\n  - id: 4620\n    application: custom-cicd\n";

#[test]
fn pasted_text_goes_into_the_field_without_the_line_breaks_around_it() {
    let mut script = Script::new();
    script.go("/pipeline").paste("\nweb shop\r\n");
    assert_eq!(script.value("/pipeline"), r#""web shop""#);
    assert_eq!(script.focus(), "/pipeline", "a line break is not Enter");
    script.keys("ctrl-z");
    assert_eq!(script.json(), "{}", "one step");
}

#[test]
fn pasted_json_is_shown_before_it_is_imported_as_one_step() {
    let mut script = Script::new();
    script.go("/pipeline").paste(GOOD);
    assert_eq!(script.overlays(), ["a payload"]);
    assert_eq!(script.json(), "{}", "nothing before the answer");
    script.keys("enter");
    assert_eq!(script.json(), GOOD, "to the order of its keys");
    script.keys("ctrl-z");
    assert_eq!(script.json(), "{}");
}

#[test]
fn pasted_json_can_be_typed_into_the_field_or_discarded() {
    let mut script = Script::new();
    script.go("/pipeline").paste(r#"{"ci":true}"#).keys("'t'");
    assert_eq!(script.json(), r#"{"pipeline":"{\"ci\":true}"}"#);
    script.go("/branch_name").paste(r#"{"ci":true}"#).keys("esc");
    assert_eq!(script.value("/branch_name"), "");
}

#[test]
fn a_wrapped_body_is_unwrapped() {
    let mut script = Script::new();
    let wrapped = r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"{\"pipeline\":\"web\"}"}"#;
    script.paste(wrapped).shows("wrapped body").keys("enter");
    assert_eq!(script.json(), r#"{"pipeline":"web"}"#);
}

#[test]
fn text_that_only_looks_like_json_stays_text() {
    let mut script = Script::new();
    script.go("/pipeline").paste("{not json");
    assert!(script.overlays().is_empty());
    assert_eq!(script.value("/pipeline"), r#""{not json""#);
}

#[test]
fn a_paste_over_an_item_or_button_changes_nothing() {
    let mut script = Script::on(r#"{"artifacts":[{"name":"a"}]}"#);
    let before = script.json();
    script.go("/artifacts/0").paste("text").keys("down").paste("text").keys("alt-5").paste("text");
    assert_eq!(script.json(), before);
}

/// These characters press the focused element when they are typed.
#[test]
fn a_paste_presses_no_button_changes_no_toggle_and_chooses_nothing() {
    const REFUSED: &str = "Text cannot be pasted here";
    for text in [" ", "y", "1", "i", "d", "q", "t", "a", " \r"] {
        let mut script = Script::on(r#"{"artifacts":[{"name":"a"}]}"#);
        let before = script.json();
        // Every row without text on every tab.
        for tab in 1..=5 {
            script.keys(&format!("alt-{tab} ctrl-home"));
            for _row in 0..script.model.form.rows.len() {
                if script.model.form.editor.is_none() {
                    script.paste(text);
                    assert!(script.notice().starts_with(REFUSED), "{text:?} on {}", script.focus());
                    assert!(script.overlays().is_empty(), "{text:?} on {}", script.focus());
                }
                script.keys("down");
            }
        }
        assert_eq!(script.json(), before, "{text:?}");
        let sends =
            |effect: &Effect| matches!(effect, Effect::Network(NetworkEffect::Post { .. }) | Effect::NewGuid);
        assert!(!script.effects().iter().any(sends), "{text:?}");
        // The dialogs above the form.
        for key in ["f1", "f5"] {
            script.keys(key).paste(text);
            assert!(script.notice().starts_with(REFUSED), "{text:?} over {:?}", script.overlays());
            assert_eq!(script.overlays().len(), 1, "{text:?}");
            script.keys("esc");
        }
        script.paste(r#"{"pipeline":"web"}"#).shows("2 of 2 selected").paste(text).shows("2 of 2 selected");
    }
}

#[test]
fn pasted_text_goes_into_an_open_prompt_on_one_line() {
    let mut script = Script::new();
    script.keys("f4 ctrl-u").paste("night\nly\n").keys("enter").settles();
    assert_eq!(script.model.draft.file.name.as_deref(), Some("night ly"));
}

#[test]
fn a_pasted_curl_command_gives_the_run_and_lists_the_repairs() {
    let mut script = Script::new();
    script.guard("abc123secret").paste(CURL);
    script.shows("a curl command").shows("Repaired: line 3").shows("environment").shows("key");
    script.shows("[ ] environment").keys("' ' enter");
    assert!(script.notice().contains("the environment, now"), "{}", script.notice());
    assert_eq!(script.json(), r#"{"pipeline":"web","branch_name":"main"}"#);
    assert_eq!(script.model.chosen().unwrap().environment.id, "prod2");
    let kept = |effect: &Effect| matches!(effect, Effect::Key(KeyEffect::KeepKey { environment, .. }) if environment == "prod2");
    assert!(script.effects().iter().any(kept), "the key is kept for the session");
    assert_eq!(script.model.chosen().unwrap().key.as_deref(), Some("the import, this session"));
}

#[test]
fn only_marked_parts_are_imported() {
    let mut script = Script::on(r#"{"branch_name":"dev","pipeline":"old","themes":["a"]}"#);
    script.paste(r#"{"pipeline":"web","branch_name":"main"}"#);
    script.shows("3 of 3 selected").keys("' ' down down ' '").shows("1 of 3 selected").keys("enter");
    assert_eq!(script.json(), r#"{"branch_name":"main","pipeline":"old","themes":["a"]}"#);
    script.keys("ctrl-z");
    assert_eq!(script.json(), r#"{"branch_name":"dev","pipeline":"old","themes":["a"]}"#);
}

#[test]
fn an_import_keeps_the_instance() {
    let guid = r#"{"instance_guid":"6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8","pipeline":"old"}"#;
    let mut script = Script::on(guid);
    script.paste(r#"{"pipeline":"web"}"#).keys("enter");
    assert_eq!(script.json(), guid.replace("old", "web"));
}

#[test]
fn a_satellite_yml_sets_the_integration_and_does_not_change_the_run() {
    let mut script = Script::on(GOOD);
    script.paste(SATELLITE).shows("integration id").keys("enter");
    assert_eq!(script.model.draft.integration, "4620");
    assert_eq!(script.json(), GOOD);
}

#[test]
fn a_satellite_yml_without_usable_parts_is_reported_with_its_host_and_the_skipped_key() {
    let mut script = Script::on(GOOD);
    let text = SATELLITE.replace("<key>", "abc123secret").replace("testapi.propelo.ai", "sei.example.com");
    "4620".clone_into(&mut script.model.draft.integration);
    script.paste(&text);
    assert_eq!(script.overlays(), [""; 0]);
    let wanted = "This is a satellite.yml. Skipped: an API key for https://sei.example.com. No environment here has that address.";
    assert!(script.notice().starts_with(wanted), "{}", script.notice());
    assert!(!script.notice().contains("abc123secret"));
}

#[test]
fn a_key_is_imported_only_with_its_environment_where_a_host_has_several() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").guard("abc123secret");
    let text = SATELLITE.replace("<key>", "abc123secret");
    script.paste(&text.replace("testapi.propelo.ai", "app.harness.io/prod1/sei/api"));
    script
        .shows("[ ] environment")
        .shows("[ ] key")
        .shows("The API key is not selected: it belongs to another environment.");
    script.keys("' '").shows("[x] environment").shows("[x] key");
    script.keys("' '").shows("[ ] environment").shows("[ ] key").keys("enter");
    assert!(script.notice().starts_with("Imported the integration id from"), "{}", script.notice());
    let has_key = |id: &str| {
        let mut all = script.model.sending.environments.iter();
        all.any(|known| known.environment.id == id && known.key.is_some())
    };
    assert!(!has_key("prod1") && !has_key("prod2"));
    // The key of the chosen environment is marked.
    script.paste(&text.replace("testapi.propelo.ai", "app.harness.io/gratis/sei/api")).shows("[x] key");
    // An unknown address is another environment too.
    script.keys("esc").paste(&text.replace("testapi.propelo.ai", "app.harness.io/prod9/sei/api"));
    script.shows("[ ] key");
}

#[test]
fn a_field_shows_its_origin_until_it_is_changed() {
    let mut script = Script::new();
    script.paste(r#"{"pipeline":"web","branch_name":"main"}"#).keys("enter");
    script.go("/branch_name").shows("From a payload.");
    script.keys("'2'").hides("From a payload.");
    script.go("/pipeline").shows("From a payload.");
}

#[test]
fn importing_again_does_not_change_typed_values() {
    let mut script = Script::new();
    script.paste(r#"{"pipeline":"web","branch_name":"main"}"#).keys("enter");
    script.go("/branch_name").keys("ctrl-u 'mine' tab");
    script.paste(r#"{"pipeline":"web2","branch_name":"other"}"#).shows("1 of 2 selected").keys("enter");
    assert_eq!(script.json(), r#"{"pipeline":"web2","branch_name":"mine"}"#);
}

#[test]
fn a_file_is_read_when_it_is_named() {
    let mut script = Script::new();
    script.asks("import").types("run.json").keys("enter");
    let wanted = Effect::Disk(DiskEffect::ReadFiles { names: vec!["run.json".to_owned()], command: None });
    assert_eq!(script.effects(), [wanted]);
    let files = vec![("run.json".to_owned(), Pasted(GOOD.to_owned()))];
    script.receive(Msg::Disk(DiskReply::FilesRead { command: None, result: Ok(files) })).keys("enter");
    assert_eq!(script.json(), GOOD);
    script.receive(Msg::Disk(DiskReply::FilesRead {
        command: None,
        result: Err("The file x does not exist.".to_owned()),
    }));
    assert_eq!(script.notice(), "The file x does not exist.");
}

#[test]
fn a_command_with_its_body_in_a_file_reads_the_file_only_after_a_confirmation() {
    let mut script = Script::new();
    let command = "curl https://app.harness.io/gratis/sei/api/v1/custom-cicd -d @body.json";
    script.paste(command);
    assert_eq!(script.overlays(), ["The body is in a file"]);
    assert!(script.effects().is_empty(), "nothing is read unasked");
    script.keys("up enter");
    let wanted = Effect::Disk(DiskEffect::ReadFiles {
        names: vec!["body.json".to_owned()],
        command: Some(Pasted(command.to_owned())),
    });
    assert_eq!(script.effects(), [wanted]);
    let files = vec![("body.json".to_owned(), Pasted(GOOD.to_owned()))];
    script
        .receive(Msg::Disk(DiskReply::FilesRead {
            command: Some(Pasted(command.to_owned())),
            result: Ok(files),
        }))
        .keys("enter");
    assert_eq!(script.json(), GOOD);
}

#[test]
fn values_that_are_not_new_are_not_offered() {
    let mut script = Script::on(GOOD);
    script.paste(GOOD);
    assert!(script.overlays().is_empty());
    assert!(script.notice().contains("already has all its values"), "{}", script.notice());
}

#[test]
fn a_command_is_not_pasted_into_the_text_of_the_payload_with_its_key() {
    let mut script = Script::on(GOOD);
    script.keys("alt-e").paste(CURL).hides("abc123secret");
    assert!(script.notice().contains("may contain a key"), "{}", script.notice());
    assert_eq!(script.json(), GOOD);
    assert!(!format!("{:?}", script.model.draft_now()).contains("abc123secret"));
}

#[test]
fn a_key_for_an_unknown_address_is_skipped_and_not_typed_either() {
    let text = SATELLITE.replace("<key>", "planted-4f2a");
    let mut script = Script::on(GOOD);
    script.guard("planted-4f2a").paste(&text);
    script.shows("the nearest by name is").shows("propelo-test (testapi1.propelo.ai)");
    script.shows("Skipped: an API key for https://testapi.propelo.ai. No environment here has that address.");
    script.hides("for this session");
    script.keys("t");
    assert!(!script.json().contains("planted"), "{}", script.json());
}

#[test]
fn a_key_for_a_custom_environment_is_offered_without_naming_built_in_ones() {
    let text = SATELLITE.replace("<key>", "planted-4f2a");
    let mut script = Script::on(GOOD);
    let own = Environment::custom("ours", "Ours", "https://testapi.propelo.ai").unwrap();
    script.model.sending.environments.push(EnvironmentChoice::without_key(own));
    script.paste(&text);
    script.hides("no built-in").shows("for this session, for https://testapi.propelo.ai");
}

#[test]
fn a_credential_of_any_option_of_a_pasted_command_is_redacted_in_its_run() {
    for option in ["--oauth2-bearer planted-4f2a", "-ume:planted-4f2a", "--cookie 'a=1; s=planted-4f2a'"] {
        let mut script = Script::on(GOOD);
        script.guard("planted-4f2a").paste(&format!(
            "curl https://app.harness.io/gratis/sei/api/v1/custom-cicd {option} \
             -d '{{\"pipeline\":\"planted-4f2a\",\"result\":\"SUCCESS\"}}'"
        ));
        script.shows("a curl command").shows("The run contained a key").keys("enter");
        assert!(script.json().contains("\"pipeline\":\"••••••\""), "{option}: {}", script.json());
    }
}

/// Three builds of Buildkite: one of the first of July, a newer one, and one that is running.
fn builds() -> String {
    let path = format!("{}/tests/ci/buildkite.json", env!("CARGO_MANIFEST_DIR"));
    let build = std::fs::read_to_string(path).unwrap();
    let at = |number: &str, day: &str| {
        build.replace("\"number\": 77", &format!("\"number\": {number}")).replace("2025-07-01", day)
    };
    let running = at("79", "2025-07-03")
        .replace("\"state\": \"passed\", \"blocked\"", "\"state\": \"running\", \"blocked\"");
    format!("[{},{},{running}]", at("77", "2025-07-01"), at("78", "2025-07-02"))
}

#[test]
fn one_of_several_runs_in_an_input_is_chosen() {
    let mut script = Script::new();
    script.paste(&builds());
    assert_eq!(script.overlays(), ["Import a run"]);
    let lines: Vec<_> = match script.model.overlays.last() {
        Some(Overlay::Pick(picker, _)) => {
            picker.fitting().map(|(_, line)| format!("{} | {}", line.text, line.note)).collect()
        }
        _ => Vec::new(),
    };
    assert_eq!(
        lines,
        [
            "79  2025-07-03 08:30 UTC  running (not finished) | acme/shop",
            "78  2025-07-02 08:30 UTC  passed | acme/shop",
            "77  2025-07-01 08:30 UTC  passed | acme/shop",
        ]
    );
    script.keys("enter");
    assert_eq!(script.overlays(), ["a run of Buildkite"]);
    script.keys("enter");
    assert_eq!(script.value("/build_number"), "78");
}

#[test]
fn the_chosen_run_is_imported_and_esc_changes_nothing() {
    let mut script = Script::new();
    let before = script.json();
    script.paste(&builds()).keys("esc");
    assert!(script.overlays().is_empty());
    assert_eq!(script.json(), before);
    script.asks("import").types("builds.json").keys("enter");
    let files = vec![("builds.json".to_owned(), Pasted(builds()))];
    script.receive(Msg::Disk(DiskReply::FilesRead { command: None, result: Ok(files) }));
    assert_eq!(script.overlays(), ["Import a run"]);
    script.keys("down enter enter");
    assert_eq!(script.value("/build_number"), "77");
    script.paste(&builds()).keys("up enter").shows("not over").keys("enter");
    assert_eq!(script.value("/build_number"), "79");
}

#[test]
fn the_import_of_another_run_replaces_the_stages_and_keeps_the_instance() {
    let stage = r#""job_run":{"stages":[{"id":"1","name":"old"}]}"#;
    let old = GOOD.replace(r#""ci":true"#, &format!(r#"{stage},"ci":true"#));
    let mut script = Script::on(&old);
    let run = r#"{"id":902,"run_number":42,"name":"build","status":"completed","conclusion":"failure",
        "head_branch":"main","head_sha":"9d6f2b0c4a917e35d1c8f7a6b95e402d3c1f8e70",
        "html_url":"https://github.com/shop/api/actions/runs/902","run_started_at":"2026-11-29T10:00:05Z",
        "updated_at":"2026-11-29T10:04:05Z","repository":{"full_name":"shop/api"}}"#;
    script.paste(run).keys("enter");
    let json = script.json();
    assert!(!json.contains("old") && json.contains("Acme CI"), "{json}");
    assert_eq!(script.keys("ctrl-z").json(), old, "one step");
}

#[test]
fn a_harness_environment_is_offered_in_place_of_a_retired_host() {
    let curl = "curl https://api.levelops.io/v1/custom-cicd -H 'Authorization: Bearer planted-4f2a' \
                -d '{\"pipeline\":\"shop\",\"result\":\"SUCCESS\"}'";
    let mut script = Script::on(GOOD);
    script.guard("planted-4f2a").paste(curl);
    script.shows("levelops is retired: the Propelo platform ended on 2025-03-31.");
    script.shows("Select the line “environment”").shows("Harness PROD2").hides("--env").hides("[x] key");
    script.keys("' ' enter");
    assert_eq!(script.model.chosen().unwrap().environment.id, "prod2");
    // A Harness environment stays.
    let mut script = Script::on(GOOD);
    script.guard("planted-4f2a").sends_to("eu").paste(curl);
    script.shows("The environment stays Harness EU.").hides("] environment").hides("[x] key");
    script.keys("enter");
    assert_eq!(script.model.chosen().unwrap().environment.id, "eu");
}
