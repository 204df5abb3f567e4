//! The sandbox and the simulation agree on runs with random changes.

use proptest::prelude::*;
use sei_compose::check::{Context, KnownInstance};
use sei_compose::document::{Value, write_compact};
use sei_compose::sandbox::{Asked, SandboxLog, SandboxSettings, Verdict, answer};
use sei_compose::simulation::{SimulationFacts, simulate, stored_identity};
use uuid::Uuid;

use crate::check::mutation::{changed, changes, good};

/// The GUID of the good run.
fn guid() -> String {
    stored_identity(&good()).instance_guid.unwrap()
}

/// A sandbox with the instance of the good run.
fn sandbox() -> SandboxLog {
    let mut log = SandboxLog::default();
    let body = format!(r#"{{"integration_id":"4620","name":"CI","type":"jenkins","id":"{}"}}"#, guid());
    assert_eq!(post(&mut log, "/v1/cicd/instances", &body), 200);
    log
}

fn post(log: &mut SandboxLog, path: &str, body: &str) -> u16 {
    let authorization = Some("ApiKey any");
    let asked = Asked { method: "POST", path, authorization, fault: None, body };
    answer(log, &SandboxSettings::default(), &asked, || Uuid::from_u128(42)).status
}

fn context() -> Context {
    let instance = KnownInstance { guid: guid(), name: "CI".to_owned(), url: None, environment: None };
    Context { instances: vec![instance], all_known: true, ..Context::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_sandbox_and_the_simulation_agree(changes in changes(3)) {
        let run: Value = changed(&changes);
        let context = context();
        let simulation = simulate(&run, &SimulationFacts::of(&context, &stored_identity(&run)));
        let mut log = sandbox();
        if post(&mut log, "/v1/custom-cicd", &write_compact(&run)) == 400 {
            prop_assert!(simulation.is_dropped());
            return Ok(());
        }
        let Some(received) = log.received().last() else {
            // A run that asks for an instance GUID is one.
            prop_assert!(run.as_object().is_some_and(|run| run.contains("integration_id")));
            return Ok(());
        };
        prop_assert_eq!(received.verdict == Verdict::Dropped, simulation.is_dropped());
        prop_assert_eq!(&received.identity, &simulation.identity);
        if let Some(stored) = &received.stored {
            prop_assert_eq!(stored, &simulation.stored);
        }
        for reason in &received.reasons {
            prop_assert!(simulation.losses.iter().any(|lost| lost.message == *reason), "{}", reason);
        }
    }
}
