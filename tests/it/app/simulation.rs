//! The simulation in the payload pane: it follows the document, and its lines lead to fields.

use sei_compose::app::Msg;
use sei_compose::app::model::PreviewForm;

use sei_compose::simulation::{FilterKey, FilterOperator, FilterSet, Profile, ProfileFilter};

use super::script::{GOOD, Script};

/// A script whose payload pane shows the simulation.
fn simulated(json: &str) -> Script {
    let mut script = Script::on(json);
    script.keys("f11 f11 f11");
    assert_eq!(script.model.payload.preview.form, PreviewForm::Simulation);
    script
}

/// A good run with a stage without an id.
fn losing() -> String {
    GOOD.replacen('{', r#"{"job_run":{"stages":[{"displayName":"Build","durationInMillis":1}]},"#, 1)
}

#[test]
fn the_simulation_follows_the_document() {
    let mut script = simulated(GOOD);
    script.shows("SEI · nothing lost").shows("stored as a new run").shows("Lost: nothing");
    script.go("/build_number").keys("ctrl-u").shows("SEI · 1 loss").shows("is run 0");
    script.types("8").shows("SEI · nothing lost");
}

#[test]
fn nothing_is_simulated_while_another_view_is_shown() {
    let mut script = Script::on(&losing());
    assert!(script.model.pane_rows().is_empty());
    script.keys("f11 f11 f11").shows("Lost: ");
    assert!(!script.model.pane_rows().is_empty());
    script.keys("f11 f11");
    assert_eq!(script.model.payload.preview.form, PreviewForm::Json);
    assert!(script.model.pane_rows().is_empty());
}

#[test]
fn a_line_leads_to_its_field_on_a_narrow_screen() {
    let mut script = simulated(&losing());
    script.sized(80, 24).keys("f12").shows("Enter its field").shows("“Build” has no id");
    script.keys("home enter");
    script.shows("Stages");
    assert_eq!(script.model.focused().unwrap().at.to_string(), "/job_run/stages/0/id");
}

#[test]
fn the_last_line_is_reached_and_the_first_returns_to_the_title() {
    let mut script = simulated(&losing());
    script.sized(80, 24).keys("f12 end").shows("Job after this run").hides("Stored: ");
    script.keys("home").shows("Stored: ");
    script.keys("down down up up").shows("Stored: ").keys("pagedown pageup").shows("Stored: ");
}

#[test]
fn a_click_on_a_line_leads_to_its_field() {
    let mut script = simulated(&losing());
    script.sized(140, 40);
    let screen = script.screen();
    let row = screen.lines().position(|line| line.contains("“Build” has no id")).unwrap();
    script.receive(Msg::Click { column: 100, row: u16::try_from(row).unwrap() });
    assert_eq!(script.model.focused().unwrap().at.to_string(), "/job_run/stages/0/id");
}

#[test]
fn a_sent_run_becomes_a_repeat() {
    let mut script = simulated(GOOD);
    script.shows("stored as a new run").keys("f5 enter").settles();
    script.keys("esc").shows("repeat: SEI keeps the first run");
}

#[test]
fn the_simulation_is_copied_as_text() {
    let mut script = simulated(GOOD);
    script.asks("copy-preview").settles();
    assert!(script.clipboard.starts_with("Stored: "), "{}", script.clipboard);
}

#[test]
fn the_check_list_and_the_review_say_whether_the_run_counts() {
    let mut script = Script::on(GOOD);
    script.hides("Deployments").asks("go-send").shows("[ Deployments ]  depends on the profile (Enter: why)");
    script.keys("f5").shows("Deployments  depends on the profile: the simulation");
    script.keys("esc alt-s").shows("SEI · nothing lost").shows("No profile is loaded.");
}

#[test]
fn the_check_list_says_why_a_run_does_not_count() {
    let mut script = Script::on(&GOOD.replacen('{', r#"{"job_run_params":[{"name":"a"}],"#, 1));
    script.sized(80, 24).asks("go-send").shows("does not count: SEI does not store the run.");
}

#[test]
fn the_palette_finds_the_simulation_by_the_words_of_its_questions() {
    for words in ["count", "deployment", "metric", "lead time", "simulation", "stored"] {
        let mut script = Script::on(GOOD);
        script.keys("f9").types(words).shows("counts in metrics: deployment");
    }
}

#[test]
fn one_key_shows_the_simulation_and_returns_to_the_form() {
    let mut script = Script::on(GOOD);
    script.sized(80, 24).keys("alt-s").shows("SEI · nothing lost");
    script.keys("alt-s").hides("SEI · nothing lost").shows("Instance GUID");
}

/// A profile that counts the deployments of a status.
fn counting(status: &str) -> Profile {
    let filter = ProfileFilter {
        key: FilterKey::Status,
        operator: FilterOperator::Is,
        values: vec![status.to_owned()],
    };
    Profile { deployment_frequency: Some(FilterSet(vec![filter])), ..Profile::default() }
}

#[test]
fn with_a_profile_the_check_list_answers_for_the_chosen_environment() {
    let mut script = Script::on(GOOD);
    let ids: Vec<_> =
        script.model.sending.environments.iter().map(|choice| choice.environment.id.clone()).collect();
    let base = script.model.sending.environments.first().unwrap().environment.base.clone();
    let other = script.model.sending.environments.get_mut(1).unwrap();
    other.environment.base = base;
    let (first, second) = (ids.first().unwrap().clone(), ids.get(1).unwrap().clone());
    script.model.payload.profiles.of_environments =
        vec![(first, counting("success")), (second, counting("failure"))];
    script.model.sending.environment = 0;
    assert_eq!(script.model.deployment_words(), None, "no view shows the answer");
    script.asks("go-send").shows("[ Deployments ]  counts");
    // The same host with other filters.
    script.model.sending.environment = 1;
    script.keys("down").shows("[ Deployments ]  does not count: The status is “succ");
    script.asks("go-instance");
    assert_eq!(script.model.deployment_words(), None, "no view shows the answer");
}
