//! A complete run composed with keys only.

use super::script::{GUID, Script};

#[test]
fn a_run_is_composed_sent_saved_and_reopened_by_keys_alone() {
    let mut script = Script::new();
    assert_eq!(script.json(), "{}");
    assert_eq!(script.model.counts().errors, 8, "an empty document misses all required fields at once");

    script.keys("down 'Acme CI' down down '4620' f6").settles();
    assert_eq!(script.value("/instance_guid"), format!("\"{GUID}\""));

    script.keys("alt-2 'shop/checkout' tab 'shop/checkout main' tab 'checkout' tab 's' tab");
    script.keys("'now' tab '1m 17s' tab '42' tab 'i' tab 'main'");
    assert_eq!(
        script.json(),
        concat!(
            r#"{"pipeline":"shop/checkout","job_full_name":"shop/checkout main","qualified_name":"checkout","#,
            r#""result":"SUCCESS","start_time":STARTED,"duration":77000,"build_number":42,"ci":true,"cd":false,"#,
            r#""branch_name":"main","instance_guid":"0f0e0d0c-0b0a-4908-8706-050403020100","instance_name":"Acme CI"}"#
        )
        .replace("STARTED", &script.value("/start_time"))
    );
    assert_eq!(script.model.counts().errors, 0, "{:?}", script.model.checks.problems);

    script.keys("f5").shows("Ready");
    script.keys("enter").settles();
    assert_eq!(script.overlays(), ["reply"]);
    script.shows("202");
    let body = &script.ledger.received()[0].body;
    assert_eq!(*body, script.json(), "what arrived is what was composed, byte for byte");

    script.keys("enter f4 ctrl-u 'nightly' enter").settles();
    assert_eq!(script.notice(), "Saved as “nightly”.");
    assert!(!script.model.is_unsaved());
    let composed = script.json();
    script.keys("ctrl-n enter");
    assert_eq!(script.json(), "{}");
    script.keys("f3").settles();
    script.keys("enter").settles();
    assert_eq!(script.json(), composed);
    script.keys("f10");
    assert!(script.has_quit());
}

#[test]
fn a_run_is_composed_without_control_or_alt() {
    let mut script = Script::new();
    script.keys("f9").picks("random-guid").settles();
    script.keys("tab 'Acme CI'").asks("go-job-run");
    script.keys("'web' tab 'web main' tab 'web' tab right tab '-15m' tab '90s' tab '7' tab right");
    assert_eq!(script.model.counts().errors, 0, "{:?}", script.model.checks.problems);
    script.keys("f5 enter").settles();
    assert_eq!(script.ledger.received().len(), 1);
}
