//! The machine and the drafts on disk.

mod atomic;
mod book;
#[cfg(unix)]
mod command;
mod config;
mod conflict;
mod duplicate;
#[cfg(all(feature = "keyring", target_os = "linux"))]
mod keyring;
mod lock;
mod trash;

use std::path::Path;

use sei_compose::document::read;
use sei_compose::draft::Draft;
use sei_compose::time::Timestamp;
use sei_compose::world::store::{self, StoreError};
use sei_compose::world::{FileError, Folders, Machine, World};
use tempfile::TempDir;

/// A machine whose folders do not exist yet, with the guard of its home folder.
fn machine() -> (Machine, TempDir) {
    let home = TempDir::new().unwrap();
    let folders = Folders { config: home.path().join("config"), data: home.path().join("data") };
    (Machine::at(folders).pinned(at("2026-01-05T09:00:00Z")).seeded("a test"), home)
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn draft(name: &str, document: &str) -> Draft {
    Draft::new(name, read(document).unwrap())
}

/// Saves a draft and replaces any draft of its name.
fn save(machine: &Machine, draft: &Draft) -> Result<store::DraftEntry, StoreError> {
    let drafts = store::list_drafts(machine)?;
    let is_same = |entry: &&store::DraftEntry| entry.name.to_lowercase() == draft.name.to_lowercase();
    let there = drafts.iter().filter(|entry| entry.fault.is_none()).find(is_same);
    store::save_draft(machine, &Draft { base: there.and_then(|entry| entry.base), ..draft.clone() })
}

fn names(machine: &Machine) -> Vec<String> {
    store::list_drafts(machine).unwrap().into_iter().map(|entry| entry.name).collect()
}

fn put(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_pinned_random_source_repeats_its_sequence_and_never_a_value() {
    let (one, _home) = machine();
    let (two, _other) = machine();
    let first = one.new_uuid();
    assert_eq!(first, two.new_uuid());
    assert_ne!(first, one.new_uuid());
    assert_eq!(first.get_version_num(), 4);
    assert_eq!(first.get_variant(), uuid::Variant::RFC4122);
}

#[test]
fn a_written_file_is_private_and_no_temporary_file_remains() {
    let (machine, home) = machine();
    let path = home.path().join("data/deep/file.json");
    machine.write_atomic(&path, "one").unwrap();
    machine.write_atomic(&path, "two").unwrap();
    assert_eq!(machine.read(&path).unwrap(), "two");
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(mode(&home.path().join("data")), 0o700);
    }
}

#[test]
fn an_existing_file_is_never_replaced_without_a_request() {
    let (machine, home) = machine();
    let path = home.path().join("a");
    machine.write_new(&path, "first").unwrap();
    assert!(matches!(machine.write_new(&path, "second"), Err(FileError::Exists { .. })));
    let other = home.path().join("b");
    machine.write_new(&other, "other").unwrap();
    assert!(matches!(machine.move_file(&other, &path), Err(FileError::Exists { .. })));
    assert_eq!(machine.read(&path).unwrap(), "first");
}

#[test]
fn a_file_error_names_the_path_and_the_next_step() {
    let (machine, home) = machine();
    let missing = home.path().join("missing");
    let fault = machine.read(&missing).unwrap_err().to_string();
    assert_eq!(fault, format!("{} does not exist. Check the spelling of the path.", missing.display()));
    let folder = machine.read(home.path()).unwrap_err();
    assert!(matches!(folder, FileError::Folder { .. }), "{folder}");
    let binary = home.path().join("binary");
    std::fs::write(&binary, [b'a', 0xff]).unwrap();
    let fault = machine.read(&binary).unwrap_err();
    assert!(matches!(fault, FileError::NotText { offset: 1, .. }), "{fault}");
    put(&home.path().join("file"), "");
    let fault = machine.write_atomic(&home.path().join("file/inside"), "").unwrap_err();
    assert!(fault.to_string().contains(&home.path().join("file").display().to_string()), "{fault}");
}

#[cfg(unix)]
#[test]
fn an_endless_source_is_refused_where_a_file_is_required() {
    let (machine, home) = machine();
    let socket = home.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [Path::new("/dev/zero"), socket.as_path()] {
        let refused = machine.read_file(path).unwrap_err();
        assert!(matches!(refused, FileError::Stream { .. }), "{refused}");
    }
    let file = home.path().join("run.json");
    put(&file, "{}");
    assert_eq!(machine.read_file(&file).unwrap(), "{}");
    assert!(matches!(machine.read_file(home.path()), Err(FileError::Folder { .. })));
}

#[test]
fn a_saved_draft_is_read_with_the_time_of_saving() {
    let (machine, home) = machine();
    let saved = save(&machine, &draft("Nightly build", r#"{"b":1,"a":1.50}"#)).unwrap();
    assert_eq!(saved.path, home.path().join("data/drafts/nightly-build.json"));
    let loaded = store::load_draft(&machine, "nightly BUILD").unwrap();
    assert_eq!(loaded.saved, Some(at("2026-01-05T09:00:00Z")));
    assert_eq!(loaded.document, read(r#"{"b":1,"a":1.50}"#).unwrap());
    assert_eq!(store::list_drafts(&machine).unwrap(), [saved]);
}

#[test]
fn saving_again_replaces_the_draft_of_the_same_name() {
    let (machine, _home) = machine();
    save(&machine, &draft("one", "{}")).unwrap();
    save(&machine, &draft("ONE", "[1]")).unwrap();
    assert_eq!(names(&machine), ["ONE"]);
    assert_eq!(store::load_draft(&machine, "one").unwrap().document, read("[1]").unwrap());
}

#[test]
fn a_new_draft_needs_a_name_that_is_free_without_regard_to_case() {
    let (machine, _home) = machine();
    store::save_new_draft(&machine, &draft("Über", "{}")).unwrap();
    let fault = store::save_new_draft(&machine, &draft("über", "[]")).unwrap_err();
    assert_eq!(fault.to_string(), "A draft called “Über” already exists. Choose another name.");
    for (name, why) in [
        ("", "it is blank"),
        (" a", "it starts or ends with a space"),
        ("a\u{1b}b", "it contains a control character"),
        (&*"x".repeat(101), "it is longer than 100 characters"),
    ] {
        let fault = store::save_new_draft(&machine, &draft(name, "{}")).unwrap_err();
        assert!(fault.to_string().ends_with(&format!("is not a valid draft name: {why}.")), "{fault}");
    }
    assert_eq!(names(&machine), ["Über"]);
}

#[test]
fn names_that_share_a_file_stem_get_files_of_their_own() {
    let (machine, home) = machine();
    save(&machine, &draft("a/b", "1")).unwrap();
    let second = save(&machine, &draft("a b", "2")).unwrap();
    assert_eq!(second.path, home.path().join("data/drafts/a-b-2.json"));
    assert_eq!(store::load_draft(&machine, "a/b").unwrap().document, read("1").unwrap());
    assert_eq!(store::load_draft(&machine, "a b").unwrap().document, read("2").unwrap());
}

#[test]
fn drafts_are_listed_by_newest_first_and_unreadable_ones_last_with_their_fault() {
    let (machine, home) = machine();
    let folder = home.path().join("data/drafts");
    put(&folder.join("broken.json"), "{");
    put(&folder.join("future.json"), r#"{"format":"sei-compose-draft","version":7,"document":{}}"#);
    put(&folder.join("notes.txt"), "no draft");
    save(&machine, &draft("older", "{}")).unwrap();
    let machine = machine.pinned(at("2026-02-01T00:00:00Z"));
    save(&machine, &draft("newer", "{}")).unwrap();
    assert_eq!(names(&machine), ["newer", "older", "broken", "future"]);
    let faults: Vec<_> =
        store::list_drafts(&machine).unwrap().into_iter().filter_map(|entry| entry.fault).collect();
    assert!(faults[0].starts_with("The draft is not JSON: line 1, column 2"), "{}", faults[0]);
    assert!(faults[1].starts_with("The draft has format version 7"), "{}", faults[1]);
}

#[test]
fn an_unreadable_draft_is_never_overwritten_and_can_be_deleted() {
    let (machine, home) = machine();
    let broken = home.path().join("data/drafts/broken.json");
    put(&broken, "{ half");
    assert!(matches!(store::load_draft(&machine, "broken"), Err(StoreError::Unreadable { .. })));
    let saved = save(&machine, &draft("broken", "{}")).unwrap();
    assert_eq!(saved.path, home.path().join("data/drafts/broken-2.json"));
    assert_eq!(machine.read(&broken).unwrap(), "{ half");
    store::delete_draft(&machine, "broken", None).unwrap();
    let trashed = store::delete_draft(&machine, "broken", None).unwrap();
    assert_eq!(machine.read(&trashed).unwrap(), "{ half");
}

#[test]
fn a_renamed_draft_renames_its_file_and_keeps_its_time() {
    let (machine, home) = machine();
    save(&machine, &draft("old", "{}")).unwrap();
    save(&machine, &draft("taken", "{}")).unwrap();
    let machine = machine.pinned(at("2027-01-01T00:00:00Z"));
    let entry = store::rename_draft(&machine, "old", "New name", None).unwrap();
    assert_eq!(entry.path, home.path().join("data/drafts/new-name.json"));
    assert_eq!(entry.saved, Some(at("2026-01-05T09:00:00Z")));
    assert!(!home.path().join("data/drafts/old.json").exists());
    store::rename_draft(&machine, "New name", "new NAME", None).unwrap();
    assert!(matches!(store::rename_draft(&machine, "new name", "Taken", None), Err(StoreError::Taken(_))));
    assert_eq!(names(&machine), ["new NAME", "taken"]);
}

#[test]
fn a_copy_is_a_separate_draft() {
    let (machine, _home) = machine();
    save(&machine, &draft("one", "[1]")).unwrap();
    store::duplicate_draft(&machine, "one", "two", None).unwrap();
    store::delete_draft(&machine, "one", None).unwrap();
    assert_eq!(names(&machine), ["two"]);
    assert_eq!(store::load_draft(&machine, "two").unwrap().document, read("[1]").unwrap());
}

#[test]
fn the_trash_holds_several_deleted_drafts_of_one_name() {
    let (machine, home) = machine();
    for content in ["1", "2"] {
        save(&machine, &draft("one", content)).unwrap();
        store::delete_draft(&machine, "one", None).unwrap();
    }
    assert!(names(&machine).is_empty());
    let trash = |file: &str| machine.read(&home.path().join("data/trash").join(file)).unwrap();
    assert_eq!(Draft::read(&trash("one.json")).unwrap().document, read("1").unwrap());
    assert_eq!(Draft::read(&trash("one-2.json")).unwrap().document, read("2").unwrap());
}

#[test]
fn a_similar_name_is_suggested() {
    let (machine, _home) = machine();
    save(&machine, &draft("nightly", "{}")).unwrap();
    let fault = store::load_draft(&machine, "nightyl").unwrap_err().to_string();
    assert_eq!(fault, "Unknown draft “nightyl”. Did you mean “nightly”?");
}
