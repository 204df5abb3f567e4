//! The texts of exports.

use sei_compose::wire::{as_curl, built_in, find, job_run};

use super::*;

fn prod2() -> Environment {
    find("prod2").unwrap().clone()
}

#[test]
fn each_target_has_its_own_texts() {
    for (index, target) in ExportTarget::ALL.into_iter().enumerate() {
        for other in &ExportTarget::ALL[index + 1..] {
            assert_ne!(target.word(), other.word());
            assert_ne!(target.file_name(), other.file_name());
        }
        assert!(!target.text().is_empty() && !target.label().is_empty());
    }
}

#[test]
fn every_export_says_where_the_key_and_the_guid_belong() {
    for target in ExportTarget::ALL {
        for environment in built_in() {
            let text = export(target, environment, &sample());
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{target:?}");
            assert!(text.contains(environment.base.trim_end_matches('/')), "{target:?} {text}");
            assert!(text.contains("5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41"), "{target:?}");
            assert!(target == ExportTarget::Propel || text.contains("HARNESS_SEI_API_KEY"), "{target:?}");
            assert!(target == ExportTarget::Propel || text.contains(environment.scheme.word()), "{target:?}");
            assert!(target == ExportTarget::Curl || text.contains("GUID"), "{target:?}");
        }
    }
}

#[test]
fn the_command_is_the_one_that_the_preview_shows() {
    assert_eq!(
        export(ExportTarget::Curl, &prod2(), &sample()),
        as_curl(&job_run(&prod2(), &sample())) + "\n"
    );
}

#[test]
fn a_propel_gets_the_guid_the_name_and_the_wrapped_body() {
    let text = export(ExportTarget::Propel, &prod2(), &sample());
    let wrapped = Environment { format: BodyFormat::Wrapped, ..prod2() };
    assert!(text.contains("jenkins_uuid") && text.contains("Shop CI"), "{text}");
    assert!(text.contains("https://app.harness.io/gratis/sei/api/v1/generic-requests\n"), "{text}");
    assert!(text.lines().any(|line| line == job_run(&wrapped, &sample()).body), "{text}");
    let legacy = read(r#"{"jenkins_instance_guid":"old","instance_name":" "}"#).unwrap();
    let text = export(ExportTarget::Propel, &prod2(), &legacy);
    assert!(text.contains("\n   old\n") && text.contains("the run has no instance_name yet"), "{text}");
}
