//! Tests of `catalog`.

use std::collections::BTreeSet;

use sei_compose::catalog::{
    Catalog, Evidence, Field, FieldRole, Group, Record, SCHEMA, Shape, Spelling, Widget, catalog,
};
use sei_compose::text::width;
use serde_json::{Value, json};

fn each_field() -> impl Iterator<Item = (&'static Record, &'static Field)> {
    catalog().records().flat_map(|(_, record)| record.fields.iter().map(move |field| (record, field)))
}

fn field(path: &str) -> Option<&'static Field> {
    catalog().field(path.split('/'))
}

/// Whether a value fits the shape of a field, with all nested values.
fn fits(value: &Value, shape: &Shape) -> bool {
    match shape {
        Shape::Text => value.is_string(),
        Shape::Integer => value.is_i64(),
        Shape::Boolean => value.is_boolean(),
        Shape::Map => value.is_object(),
        Shape::List(inner) => value.as_array().is_some_and(|list| list.iter().all(|one| fits(one, inner))),
        Shape::Record(id) => value.as_object().is_some_and(|object| {
            object.iter().all(|(key, inner)| {
                catalog().record(*id).field(key).is_some_and(|(field, _)| fits(inner, &field.shape))
            })
        }),
    }
}

#[test]
fn every_field_has_a_short_label_a_line_of_help_and_a_source() {
    for (record, field) in each_field() {
        let name = format!("{} {}", record.noun, field.name);
        assert!((1..=16).contains(&width(&field.label)), "{name}: label {:?}", field.label);
        assert!((20..=110).contains(&width(&field.help)), "{name}: help of {} columns", width(&field.help));
        assert!(field.help.ends_with('.'), "{name}: help is not a sentence");
        assert!(!field.source.is_empty(), "{name}: source");
        assert!(field.evidence != Evidence::Advice, "{name}: a field of the API is not our advice");
    }
}

#[test]
fn every_sample_is_json_of_its_fields_shape() {
    for (record, field) in each_field() {
        let sample: Value = serde_json::from_str(&field.sample).unwrap();
        assert!(fits(&sample, &field.shape), "{} {}: {}", record.noun, field.name, field.sample);
        assert!(!field.sample.contains('\n'));
    }
}

#[test]
fn only_choices_offer_words_and_the_sample_is_the_first() {
    for (record, field) in each_field() {
        let name = format!("{} {}", record.noun, field.name);
        assert_eq!(field.widget == Widget::Choice, !field.words.is_empty(), "{name}");
        if let Some(first) = field.words.first() {
            assert_eq!(field.sample, format!("\"{first}\""), "{name}");
        }
    }
}

#[test]
fn each_widget_fits_the_shape_of_its_field() {
    for (record, field) in each_field() {
        let good = match field.widget {
            Widget::Text | Widget::Choice => field.shape == Shape::Text,
            Widget::Time => matches!(field.shape, Shape::Text | Shape::Integer),
            Widget::Duration | Widget::Number => field.shape == Shape::Integer,
            Widget::Toggle | Widget::Kind => field.shape == Shape::Boolean,
            Widget::List => field.shape == Shape::List(Box::new(Shape::Text)),
            Widget::KeyValue => field.shape == Shape::Map,
            Widget::Tree | Widget::Table => matches!(field.shape, Shape::List(_) | Shape::Record(_)),
        };
        assert!(good, "{} {}: {:?} for {:?}", record.noun, field.name, field.widget, field.shape);
    }
}

#[test]
fn the_contract_is_in_the_catalog_name_by_name() {
    let required: Vec<_> = catalog().run().fields.iter().filter(|f| f.required).map(|f| &*f.name).collect();
    assert_eq!(
        required,
        [
            "pipeline",
            "job_full_name",
            "qualified_name",
            "result",
            "start_time",
            "duration",
            "instance_guid",
            "instance_name"
        ]
    );
    let legacy: BTreeSet<_> =
        each_field().filter_map(|(_, f)| Some((f.legacy.as_deref()?, f.name.as_str()))).collect();
    let known = [
        ("execution_parameters", "job_run_params"),
        ("jenkins_instance_guid", "instance_guid"),
        ("jenkins_instance_name", "instance_name"),
        ("jenkins_instance_url", "instance_url"),
        ("job_name", "pipeline"),
        ("job_normalized_full_name", "qualified_name"),
        ("triggered_by", "user_id"),
    ];
    assert_eq!(legacy, known.into_iter().collect());
    assert!(
        each_field().all(|(_, f)| f.nullable != f.required),
        "null is as good as absent, where that will do"
    );
    let lenient: Vec<_> = each_field().filter(|(_, f)| f.lenient).map(|(_, f)| &*f.name).collect();
    assert_eq!(lenient, ["module_name", "value"]);
    let counts: Vec<_> = catalog().records().map(|(_, r)| (r.noun.as_str(), r.fields.len())).collect();
    let expected = [
        ("job run", 28),
        ("stages", 1),
        ("stage", 8),
        ("step", 7),
        ("artifact", 8),
        ("parameter", 3),
        ("phase event", 8),
        ("trigger", 4),
    ];
    assert_eq!(counts, expected);
}

#[test]
fn rarely_used_fields_come_after_the_others_of_their_tab() {
    for (_, record) in catalog().records() {
        for group in [Group::Instance, Group::Run, Group::Stages, Group::Artifacts] {
            let expert: Vec<_> =
                record.fields.iter().filter(|f| f.group == group).map(|f| f.expert).collect();
            assert!(expert.is_sorted(), "{} {group:?}", record.noun);
        }
    }
}

#[test]
fn no_two_fields_share_a_name_and_only_the_kind_shares_a_label() {
    for (_, record) in catalog().records() {
        let names: Vec<_> =
            record.fields.iter().flat_map(|f| [Some(&f.name), f.legacy.as_ref()]).flatten().collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{}", record.noun);
        let labelled = || record.fields.iter().filter(|f| f.name != "cd").map(|f| &f.label);
        assert_eq!(labelled().collect::<BTreeSet<_>>().len(), labelled().count(), "{}", record.noun);
    }
}

#[test]
fn a_key_is_found_under_both_its_names() {
    let run = catalog().run();
    let (current, spelling) = run.field("pipeline").unwrap();
    assert_eq!((current.label.as_str(), spelling), ("Pipeline", Spelling::Current));
    let (legacy, spelling) = run.field("job_name").unwrap();
    assert_eq!((legacy.name.as_str(), spelling), ("pipeline", Spelling::Legacy));
    assert_eq!(run.position("job_name"), Some(0));
    assert!(run.position("start_time") < run.position("duration"));
    assert_eq!((run.field("pipelines"), run.position("pipelines")), (None, None));
}

#[test]
fn pointers_lead_to_fields_past_array_indexes() {
    let label = |path| field(path).map(|f| (f.group, f.label.as_str()));
    for (path, expected) in [
        ("artifacts/0/name", Some((Group::Artifacts, "Name"))),
        ("artifacts/name", Some((Group::Artifacts, "Name"))),
        ("artifacts/12", Some((Group::Artifacts, "Artifacts"))),
        ("artifacts/-/metadata/any key/0", Some((Group::Artifacts, "Metadata"))),
        ("scm_commit_ids/3", Some((Group::Run, "Commits"))),
        ("job_run/stages/1/steps/0/durationInMillis", Some((Group::Stages, "Duration"))),
        ("job_run/stages", Some((Group::Stages, "Stages"))),
        ("execution_parameters/0/value", Some((Group::Artifacts, "Value"))),
        ("trigger_chain/0/direct_parents/0/direct_parents/0/id", Some((Group::Artifacts, "Id"))),
        ("pipeline/0", None),
        ("job_run/0", None),
        ("artifacts/0/1", None),
        ("scm_commit_ids/x", None),
        ("themes/0/0", None),
        ("", None),
        ("stages", None),
    ] {
        assert_eq!(label(path), expected, "{path}");
    }
    assert_eq!(catalog().field([]), None);
}

#[test]
fn a_shape_refers_to_its_record_by_id() {
    let Some(Shape::List(element)) = field("artifacts").map(|f| &f.shape) else { unreachable!() };
    let Shape::Record(id) = **element else { unreachable!() };
    assert_eq!(catalog().record(id).noun, "artifact");
    let (first, run) = catalog().records().next().unwrap();
    assert_eq!((run, catalog().record(first)), (catalog().run(), catalog().run()));
}

#[test]
fn the_samples_of_one_tab_make_a_consistent_payload() {
    let of = |path: &str| serde_json::from_str::<Value>(&field(path).unwrap().sample).unwrap();
    let commits = of("scm_commit_ids");
    assert!(commits.as_array().unwrap().iter().all(|id| id.as_str().is_some_and(|id| id.len() == 40)));
    assert!(uuid::Uuid::parse_str(of("instance_guid").as_str().unwrap()).is_ok());
    assert_eq!(of("artifacts/hash").as_str().unwrap().len(), "sha256:".len() + 64);
    assert_ne!(of("ci"), of("cd"));
    assert!(of("job_run/stages/durationInMillis").as_i64() < of("duration").as_i64());
    assert!(
        of("job_run/stages/steps/durationInMillis").as_i64() < of("job_run/stages/durationInMillis").as_i64()
    );
}

/// The schema with one change at a place.
fn schema_with(pointer: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    change(schema.pointer_mut(pointer).unwrap());
    schema.to_string()
}

#[test]
fn an_unknown_keyword_is_refused_at_any_place() {
    for place in [
        "",
        "/properties/pipeline",
        "/properties/themes/items",
        "/$defs/stage",
        "/$defs/stage/properties/id",
        "/allOf/0/anyOf/1",
    ] {
        let broken = schema_with(place, |schema| schema["oneOf"] = json!([]));
        let error = Catalog::from_schema(&broken).unwrap_err();
        assert_eq!(error.at, format!("{place}/oneOf"));
        assert!(error.to_string().contains("unknown field `oneOf`"), "{error}");
    }
    let broken = schema_with("/properties/ci/x-sei", |ours| ours["color"] = json!("red"));
    let error = Catalog::from_schema(&broken).unwrap_err();
    assert_eq!(error.at, "/properties/ci/x-sei/color");
    assert!(error.fault.contains("unknown field `color`"), "{error}");
}

#[test]
fn an_incomplete_or_contradictory_schema_is_refused() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, &str); 20] = [
        (
            "/properties/ci/x-sei",
            |v| v["widget"] = json!("dial"),
            "/properties/ci/x-sei/widget\" is not supported: unknown variant `dial`",
        ),
        (
            "/properties/ci/x-sei",
            |v| v["evidence"] = json!("rumour"),
            "/properties/ci/x-sei/evidence\" is not supported: unknown variant `rumour`",
        ),
        (
            "/properties/ci/x-sei",
            |v| v["group"] = json!("attic"),
            "/properties/ci/x-sei/group\" is not supported: unknown variant `attic`",
        ),
        ("/properties/ci", |v| v["type"] = json!("number"), "no known type"),
        ("/properties/ci", |v| v["type"] = json!(["boolean", "string"]), "only text"),
        ("/properties/ci", |v| v["examples"] = json!([]), "no example"),
        (
            "/properties/ci",
            |v| v["title"] = json!(1),
            "/properties/ci/title\" is not supported: invalid type: integer `1`",
        ),
        (
            "/properties/themes",
            |v| v["items"] = json!({"type": "list"}),
            "items/type\" is not supported: unknown variant `list`",
        ),
        ("/properties/job_run/anyOf/0", |v| v["$ref"] = json!("#/$defs/act"), "does not exist"),
        ("/properties/ci/x-sei", |v| v["expert"] = json!("yes"), "ci/x-sei/expert\" is not supported"),
        ("/properties/ci/x-sei", |v| drop(v.as_object_mut().unwrap().remove("source")), "field `source`"),
        ("/properties/ci", |v| drop(v.as_object_mut().unwrap().remove("x-sei")), "no x-sei"),
        ("/$defs/step/x-sei", |v| drop(v.as_object_mut().unwrap().remove("noun")), "field `noun`"),
        ("/$defs/step", |v| v["type"] = json!("array"), "/$defs/step/type\" is not supported"),
        ("/$defs/step", |v| v["$defs"] = json!({"a": v.clone()}), "/$defs/step\" has $defs"),
        (
            "/properties/job_name",
            |v| v["$ref"] = json!("#/properties/job"),
            "not the legacy name of a property above",
        ),
        ("/properties/job_run/anyOf/1", |v| v["type"] = json!("string"), "is not null"),
        ("/properties/triggered_by", |v| v["$ref"] = json!("#/properties/pipeline"), "a second legacy name"),
        ("", |v| v["required"] = json!(["pipelines"]), "requires \"pipelines\""),
        ("/allOf/0/anyOf/1", |v| v["required"] = json!(["job"]), "under other names"),
    ];
    for (place, change, fault) in cases {
        let error = Catalog::from_schema(&schema_with(place, change)).unwrap_err();
        assert!(error.to_string().contains(fault), "{error}");
    }
    let fault = |text: &str| Catalog::from_schema(text).unwrap_err().to_string();
    assert!(fault("{").contains("is not JSON"));
    assert!(fault(&format!("{SCHEMA} 1")).contains("is not JSON"));
    let twice = SCHEMA.replacen("\"properties\": {", "\"properties\": {\"a\": {}, \"a\": {},", 1);
    assert!(fault(&twice).contains("duplicate member `a`"), "{}", fault(&twice));
}

#[test]
fn the_embedded_schema_names_its_dialect_for_editors() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(Catalog::from_schema(SCHEMA).as_ref(), Ok(catalog()));
}

#[test]
fn each_role_is_on_one_field_of_each_kind_of_record_that_has_it() {
    for role in FieldRole::ALL {
        let holders: Vec<_> = each_field().filter(|(_, field)| field.role == Some(*role)).collect();
        let kinds: Vec<_> = holders.iter().map(|(record, _)| record.kind).collect();
        assert_eq!(kinds, role.records(), "{}", role.word());
        for (_, field) in holders {
            let names: Vec<_> = std::iter::once(&*field.name).chain(field.legacy.as_deref()).collect();
            assert_eq!(role.names().collect::<Vec<_>>(), names, "{}", role.word());
            assert_eq!((role.name(), role.legacy()), (&*field.name, field.legacy.as_deref()));
        }
    }
    let words: BTreeSet<_> = FieldRole::ALL.iter().map(|role| role.word()).collect();
    assert_eq!(words.len(), FieldRole::ALL.len());
}

#[test]
fn a_schema_without_one_of_the_roles_is_refused() {
    let defs: Value = serde_json::from_str(SCHEMA).unwrap();
    let parts = defs["$defs"].as_object().unwrap().keys().map(|name| format!("/$defs/{name}"));
    let mut removed = 0;
    for record in std::iter::once(String::new()).chain(parts) {
        for (name, field) in defs.pointer(&format!("{record}/properties")).unwrap().as_object().unwrap() {
            let Some(role) = field["x-sei"]["role"].as_str() else { continue };
            let broken = schema_with(&format!("{record}/properties/{name}/x-sei"), |notes| {
                notes.as_object_mut().unwrap().remove("role");
            });
            let error = Catalog::from_schema(&broken).unwrap_err();
            assert_eq!(error.at, record);
            assert_eq!(error.fault, format!("has no field with the role \"{role}\""));
            removed += 1;
        }
    }
    assert_eq!(removed, FieldRole::ALL.iter().map(|role| role.records().len()).sum::<usize>());
}

#[test]
fn a_role_that_is_unknown_repeated_or_out_of_place_is_refused() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, &str, &str); 7] = [
        ("/properties/ci/x-sei", |v| v["role"] = json!("cy"), "/properties/ci/x-sei/role", "variant `cy`"),
        (
            "/properties/cfr_status/x-sei",
            |v| v["role"] = json!("cd"),
            "/properties/cfr_status/x-sei/role",
            "also the role of \"cd\"",
        ),
        (
            "/properties/cfr_status/x-sei",
            |v| v["role"] = json!("stage-id"),
            "/properties/cfr_status/x-sei/role",
            "not a role for this kind",
        ),
        ("/$defs/step/x-sei", |v| v["noun"] = json!("stp"), "/$defs/step/x-sei/noun", "variant `stp`"),
        ("/$defs/step/x-sei", |v| v["noun"] = json!("stage"), "/$defs/step", "the role \"steps\""),
        (
            "/$defs/step/properties",
            |v| {
                let id = v.as_object_mut().unwrap().remove("id").unwrap();
                v["key"] = id;
            },
            "",
            "fields of different names with the role \"stage-id\"",
        ),
        (
            "/$defs",
            |v| {
                v.as_object_mut().unwrap().remove("step");
                v["stage"]["properties"]["steps"]["items"]["$ref"] = json!("#/$defs/stage");
            },
            "",
            "too few or too many records with the role \"stage-id\"",
        ),
    ];
    for (place, change, at, fault) in cases {
        let error = Catalog::from_schema(&schema_with(place, change)).unwrap_err();
        assert_eq!(error.at, at, "{error}");
        assert!(error.fault.contains(fault), "{error}");
    }
}
