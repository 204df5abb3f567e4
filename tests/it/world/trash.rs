//! The trash, and restoring from it.

use sei_compose::document::read;
use sei_compose::world::World as _;
use sei_compose::world::store::{self, StoreError};

use super::{draft, machine, names, put, save};

#[test]
fn a_draft_is_restored_unchanged_from_the_trash() {
    let (machine, home) = machine();
    let text = draft("Nightly", "[1]").write().replace("\"name\"", "\"tone\": \"red\",\n  \"name\"");
    put(&home.path().join("data/drafts/nightly.json"), &text);
    store::delete_draft(&machine, "nightly", None).unwrap();
    assert_eq!(names(&machine), [""; 0]);
    let entry = store::restore_draft(&machine, "nightly", None, None).unwrap();
    assert_eq!((entry.name.as_str(), entry.path), ("Nightly", home.path().join("data/drafts/nightly.json")));
    assert_eq!(machine.read(&home.path().join("data/drafts/nightly.json")).unwrap(), text);
    assert!(store::list_trash(&machine).unwrap().is_empty());
}

#[test]
fn drafts_deleted_under_one_name_are_distinguished_and_not_replaced() {
    let (machine, _home) = machine();
    for document in ["[1]", "[2]", "[3]"] {
        save(&machine, &draft("web", document)).unwrap();
        if document != "[3]" {
            store::delete_draft(&machine, "web", None).unwrap();
        }
    }
    let trash: Vec<String> =
        store::list_trash(&machine).unwrap().into_iter().map(|entry| entry.name).collect();
    assert_eq!(trash, ["web", "web.json"]);
    let taken = store::restore_draft(&machine, "web.json", None, None).unwrap_err();
    assert!(matches!(&taken, StoreError::Taken(name) if name == "web"), "{taken}");
    store::restore_draft(&machine, "web.json", Some("web b"), None).unwrap();
    assert_eq!(store::load_draft(&machine, "web b").unwrap().document, read("[1]").unwrap());
    assert_eq!(store::load_draft(&machine, "web").unwrap().document, read("[3]").unwrap());
    assert_eq!(store::list_trash(&machine).unwrap().len(), 1);
}

#[test]
fn an_unreadable_file_is_restored_unchanged() {
    let (machine, home) = machine();
    put(&home.path().join("data/drafts/odd.json"), "no draft");
    store::delete_draft(&machine, "odd", None).unwrap();
    let fault = store::restore_draft(&machine, "odd", Some("even"), None).unwrap_err();
    assert!(matches!(fault, StoreError::Unreadable { .. }), "{fault}");
    store::restore_draft(&machine, "odd", None, None).unwrap();
    assert_eq!(machine.read(&home.path().join("data/drafts/odd.json")).unwrap(), "no draft");
}

#[test]
fn an_unknown_name_in_the_trash_is_reported_with_the_nearest() {
    let (machine, _home) = machine();
    save(&machine, &draft("nightly", "[1]")).unwrap();
    store::delete_draft(&machine, "nightly", None).unwrap();
    let fault = store::restore_draft(&machine, "nightyl", None, None).unwrap_err();
    assert_eq!(fault.to_string(), "The trash has no draft called “nightyl”. Did you mean “nightly”?");
    assert!(store::restore_draft(&machine, "nightly", Some(" "), None).is_err());
    assert_eq!(store::list_trash(&machine).unwrap().len(), 1, "a refused name leaves it there");
}
