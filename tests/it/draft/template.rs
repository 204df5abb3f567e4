//! Templates, and the deployment of a build.

use sei_compose::check::{Context, check};
use sei_compose::document::{Value, read, write_compact};
use sei_compose::draft::template::{DEPLOYMENT, TEMPLATES, Template, deployment_of, is_deployable};

fn codes(document: &Value) -> Vec<&'static str> {
    let mut codes: Vec<_> =
        check(document, &Context::default()).into_iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn each_template_has_a_name_of_its_own_and_is_read() {
    for template in &TEMPLATES {
        assert_eq!(Template::named(template.id), Some(template));
        let is_blank = template.document() == Value::empty_object();
        assert_eq!(is_blank, template.id == "blank", "{}", template.id);
        assert_ne!(template.id, DEPLOYMENT);
    }
    let mut ids = TEMPLATES.map(|template| template.id);
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair.first() != pair.last()));
}

#[test]
fn an_example_has_no_problems_and_a_template_lacks_only_user_values() {
    for template in &TEMPLATES {
        let found = codes(&template.document());
        if template.label.starts_with("Example") {
            assert_eq!(found, [""; 0], "{}", template.id);
        } else {
            let lacking = [
                "artifact-incomplete",
                "build-number-missing",
                "ci-cd-missing",
                "missing-field",
                "stage-duration-missing",
            ];
            let other: Vec<_> = found.iter().filter(|code| !lacking.contains(code)).collect();
            assert!(other.is_empty(), "{}: {other:?}", template.id);
        }
    }
}

const BUILD: &str = r#"{"job_name":"web","job_full_name":"shop/web","result":"SUCCESS","start_time":1714560000000,"duration":77000,"build_number":12345678901234567890123,"jenkins_instance_guid":"6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8","instance_name":"Acme CI","ci":true,"cd":false,"scm_commit_ids":["64be72b2c1f7d2a33082f98a40a848880fcdcd5e"],"artifacts":[{"input":true,"output":false,"type":"container","name":"base"},{"output":true,"type":"container","location":"registry.example/shop","name":"web","qualifier":"1.2","hash":"sha256:00","metadata":{"a":"b"},"color":"red"}],"trigger_chain":[{"id":"SCMTrigger","type":"SCMTriggerCause"}],"color":"red"}"#;

#[test]
fn a_deployment_uses_the_artifacts_of_the_build_and_names_it_as_its_trigger() {
    let build = read(BUILD).unwrap();
    assert!(is_deployable(&build));
    let run = deployment_of(&build);
    let part = |name: &str| run.as_object().unwrap().get(name).map(write_compact);
    assert_eq!(
        part("artifacts").unwrap(),
        r#"[{"output":false,"type":"container","location":"registry.example/shop","name":"web","qualifier":"1.2","hash":"sha256:00","metadata":{"a":"b"},"color":"red","input":true}]"#
    );
    assert_eq!(
        part("trigger_chain").unwrap(),
        r#"[{"id":"shop/web","type":"UpstreamCause","job_run_number":"12345678901234567890123"}]"#
    );
    assert_eq!((part("ci").as_deref(), part("cd").as_deref()), (Some("false"), Some("true")));
    assert_eq!(
        part("jenkins_instance_guid").unwrap(),
        r#""6f1f3c52-5d0e-4c8a-9b7e-2f4d1a90c3e8""#,
        "under the name it had"
    );
    for own in ["job_name", "job_full_name", "result", "start_time", "duration", "build_number", "color"] {
        assert_eq!(part(own), None, "{own} is not the deployment's");
    }
    let order: Vec<_> = run.as_object().unwrap().keys().collect();
    let named = order.iter().position(|key| *key == "instance_name");
    assert!(named < order.iter().position(|key| *key == "artifacts"), "{order:?}");
}

#[test]
fn a_deployment_with_a_name_and_times_has_no_problems() {
    let build = Template::named("example").unwrap().document();
    let mut run = deployment_of(&build).as_object().unwrap().clone();
    let missing = codes(&Value::Object(run.clone()));
    assert_eq!(missing, ["build-number-missing", "missing-field"]);
    for name in ["pipeline", "job_full_name", "qualified_name"] {
        run.put(name, Value::Text("shop/checkout-service/deploy".to_owned()));
    }
    run.put("result", Value::Text("SUCCESS".to_owned()));
    for (name, number) in [("start_time", "1767607200000"), ("duration", "60000"), ("build_number", "7")] {
        run.put(name, read(number).unwrap());
    }
    assert_eq!(codes(&Value::Object(run)), [""; 0]);
}

#[test]
fn a_document_that_is_not_a_build_still_gives_a_deployment() {
    for odd in [
        "null",
        "[]",
        "{}",
        r#"{"artifacts":7,"job_full_name":" "}"#,
        r#"{"artifacts":[7,{"output":"yes"}]}"#,
    ] {
        let build = read(odd).unwrap();
        assert!(!is_deployable(&build), "{odd}");
        assert_eq!(write_compact(&deployment_of(&build)), r#"{"ci":false,"cd":true}"#, "{odd}");
    }
}
