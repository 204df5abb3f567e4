//! Exports of the run: chosen, read, copied, saved in a file.

use sei_compose::app::{Effect, Msg, SandboxMsg};
use sei_compose::export::{ExportTarget, export};
use sei_compose::wire::Environment;

use super::script::{GOOD, Script};

fn exported(script: &Script, target: ExportTarget) -> String {
    let environment: &Environment = &script.model.chosen().unwrap().environment;
    export(target, environment, script.model.document.value())
}

#[test]
fn each_target_is_shown_and_copied_whole() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2");
    for target in ExportTarget::ALL {
        script.keys("alt-p");
        assert_eq!(script.overlays(), ["Export as"]);
        script.picks(target.label());
        assert_eq!(script.overlays(), ["exported"]);
        assert!(script.screen().contains(target.label()), "{}", script.screen());
        script.keys("enter").settles();
        assert_eq!(script.clipboard, exported(&script, target));
        assert!(
            script.notice().starts_with("Asked the terminal to copy the export for "),
            "{}",
            script.notice()
        );
        assert_eq!(script.overlays(), [""; 0]);
    }
    assert_eq!(script.asks("export").overlays(), ["Export as"], "the palette finds it too");
}

#[test]
fn an_existing_file_is_replaced_only_after_a_confirmation() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").keys("alt-p").picks("github").keys("f4");
    assert_eq!(script.overlays(), ["exported", "Save export as file"]);
    assert!(script.screen().contains("sei-report.yml"), "{}", script.screen());
    script.keys("enter").settles();
    let wanted = "Saved for GitHub Actions: sei-report.yml. Add the file to .github/workflows and the key to the \
                  secret HARNESS_SEI_API_KEY.";
    assert_eq!(script.notice(), wanted);
    assert_eq!(script.overlays(), [""; 0]);

    script.keys("alt-p").picks("github").keys("f4 enter").settles();
    assert_eq!(script.overlays(), ["File exists"]);
    script.keys("enter").settles();
    assert_eq!(script.overlays(), ["Save export as file"], "keeping it asks for another name");
    script.keys("ctrl-u 'other.yml' enter").settles();
    assert!(script.files.contains("other.yml") && script.notice().contains(": other.yml. "));

    script.keys("alt-p").picks("github").keys("f4 enter").settles();
    script.keys("down enter");
    let effects = script.effects();
    let [Effect::SaveExport { path, replace: true, run, .. }] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!((path.as_str(), &**run), ("sei-report.yml", script.model.document.value()));
}

#[test]
fn after_a_write_error_the_path_is_asked_for_again_with_the_reason() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").keys("alt-p").picks("jenkins").keys("f4 ctrl-u '/nowhere/x' enter").settles();
    assert_eq!(script.notice(), "The folder /nowhere does not exist.");
    assert_eq!(script.overlays(), ["Save export as file"]);
    script.keys("ctrl-u enter");
    assert!(script.screen().contains("Type a file name."), "{}", script.screen());
    script.keys("esc");
    assert_eq!(script.overlays(), [""; 0]);
}

#[test]
fn only_an_export_for_the_sandbox_of_the_program_warns_that_the_sandbox_ends() {
    let words = "which stops with the program";
    let mut script = Script::on(GOOD);
    script.keys("alt-p").picks("curl").hides(words).keys("esc");
    let chosen = script.model.sending.environment;
    script.model.sending.environments[chosen].environment.base = "http://127.0.0.1:0".to_owned();
    script.receive(Msg::Sandbox(SandboxMsg::Sandbox(Ok(Box::new(
        Environment::sandbox("http://127.0.0.1:4620").unwrap(),
    )))));
    script.keys("alt-p").picks("curl").shows(words);
}

#[test]
fn without_an_address_nothing_is_exported() {
    let mut script = Script::on(GOOD);
    let chosen = script.model.sending.environment;
    script.model.sending.environments[chosen].environment.base = "http://127.0.0.1:0".to_owned();
    script.keys("alt-p");
    assert!(script.notice().starts_with("An export needs the address"), "{}", script.notice());
    assert_eq!(script.overlays(), [""; 0]);
}

#[test]
fn a_read_only_session_copies_and_writes_nothing() {
    let mut script = Script::on(GOOD);
    script.model.settings.read_only = true;
    script.keys("alt-p").picks("curl").keys("f4");
    assert!(script.notice().starts_with("Read-only"), "{}", script.notice());
    assert_eq!(script.effects(), []);
}

#[test]
fn the_view_scrolls_to_its_end_and_closes() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").sized(60, 20).keys("alt-p").picks("gitlab");
    let top = script.screen();
    for _ in 0..40 {
        script.keys("pagedown");
    }
    assert!(script.screen().contains("sei-report-failure"), "{}", script.screen());
    script.keys("home");
    assert_eq!(script.screen(), top);
    script.keys("esc");
    assert_eq!(script.overlays(), [""; 0]);
}
