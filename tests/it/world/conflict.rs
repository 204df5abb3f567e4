//! Files that another program changes at the same time: nothing is lost, and each action happens
//! once.

use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Barrier;

use sei_compose::book::BookEntry;
use sei_compose::document::read;
use sei_compose::draft::{Draft, Fingerprint, Leftover};
use sei_compose::world::atomic::{self, Replace, WriteStep};
use sei_compose::world::book::BookFileError;
use sei_compose::world::store::{self, StoreError};
use sei_compose::world::{FileError, World as _, book, config};

use super::{draft, machine, names, put, save};

/// The number of concurrent attempts.
const MANY: usize = 10;

/// Runs an action in many threads at the same time.
fn at_once<T: Send>(act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(MANY);
    std::thread::scope(|scope| {
        let run = |number| {
            let (start, act) = (&start, &act);
            scope.spawn(move || {
                start.wait();
                act(number)
            })
        };
        let threads: Vec<_> = (0..MANY).map(run).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// Runs a command in many processes at the same time.
fn programs(home: &Path, arguments: impl Fn(usize) -> Vec<String>) -> Vec<Output> {
    let start = |number| {
        Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .args(arguments(number))
            .env("SEI_COMPOSE_CONFIG_DIR", home.join("config"))
            .env("SEI_COMPOSE_DATA_DIR", home.join("data"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let programs: Vec<_> = (0..MANY).map(start).collect();
    programs.into_iter().map(|program| program.wait_with_output().unwrap()).collect()
}

fn files(home: &Path, folder: &str) -> usize {
    std::fs::read_dir(home.join("data").join(folder)).map_or(0, Iterator::count)
}

#[test]
fn a_fingerprint_detects_every_change_and_is_read_from_its_text() {
    let texts =
        ["", "a", "b", "\0", "aaaaaaaa", "aaaaaaab", "aaaaaaaa\0", "aaaaaaaabbbbbbbb", "bbbbbbbbaaaaaaaa"];
    for (position, text) in texts.iter().enumerate() {
        let fingerprint = Fingerprint::of(text);
        assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        assert!(texts[..position].iter().all(|other| Fingerprint::of(other) != fingerprint), "{text:?}");
    }
    assert_eq!(Fingerprint::parse("+1"), None);
    // Files contain it: another version of the program must compute the same value.
    assert_eq!(Fingerprint::of("sei-compose").to_string(), "16e13b0e8565840c3f6ae312e30c1818");
}

#[test]
fn one_of_many_concurrent_renames_restores_and_saves_succeeds() {
    for round in 0..5 {
        let (machine, home) = machine();
        save(&machine, &draft("one", "[1]")).unwrap();
        let renamed = at_once(|number| store::rename_draft(&machine, "one", &format!("n{number}"), None));
        assert_eq!(renamed.iter().filter(|ended| ended.is_ok()).count(), 1, "round {round}: {renamed:?}");
        assert_eq!((files(home.path(), "drafts"), names(&machine).len()), (1, 1));
        let messages: Vec<_> =
            renamed.into_iter().filter_map(Result::err).map(|fault| fault.to_string()).collect();
        assert!(messages.iter().all(|text| text.starts_with("Unknown draft “one”.")), "{messages:?}");

        let name = names(&machine).remove(0);
        let deleted = at_once(|_| store::delete_draft(&machine, &name, None));
        assert_eq!(deleted.iter().filter(|ended| ended.is_ok()).count(), 1);
        let restored =
            at_once(|number| store::restore_draft(&machine, &name, Some(&format!("b{number}")), None));
        assert_eq!(restored.iter().filter(|ended| ended.is_ok()).count(), 1, "round {round}: {restored:?}");
        assert_eq!((files(home.path(), "drafts"), files(home.path(), "trash")), (1, 0));
        let name = names(&machine).remove(0);
        assert_eq!(store::load_draft(&machine, &name).unwrap().document, read("[1]").unwrap());

        let saved = at_once(|_| store::save_new_draft(&machine, &draft("new", "[\"first\"]")));
        assert_eq!(saved.iter().filter(|ended| ended.is_ok()).count(), 1);
        let base = store::load_draft(&machine, "new").unwrap().base;
        let saved = at_once(|number| {
            store::save_draft(&machine, &Draft { base, ..draft("new", &format!("[{number}]")) })
        });
        assert_eq!(saved.iter().filter(|ended| ended.is_ok()).count(), 1);
        let changed = |ended: &&Result<_, StoreError>| matches!(ended, Err(StoreError::Changed(_)));
        assert_eq!(saved.iter().filter(changed).count(), MANY - 1);
    }
}

#[test]
fn one_of_many_programs_that_rename_or_restore_a_draft_succeeds() {
    let (machine, home) = machine();
    let arguments = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    save(&machine, &draft("one", "[1]")).unwrap();
    let ended = programs(home.path(), |n| arguments(&["drafts", "rename", "one", &format!("n{n}")]));
    assert_eq!(ended.iter().filter(|output| output.status.success()).count(), 1);
    assert_eq!(files(home.path(), "drafts"), 1);
    let name = names(&machine).remove(0);
    store::delete_draft(&machine, &name, None).unwrap();
    let ended = programs(home.path(), |n| arguments(&["drafts", "restore", &name, "--as", &format!("b{n}")]));
    assert_eq!(ended.iter().filter(|output| output.status.success()).count(), 1);
    assert_eq!((files(home.path(), "drafts"), files(home.path(), "trash")), (1, 0));
    for output in ended.iter().filter(|output| !output.status.success()) {
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(&format!("The trash has no draft called “{name}”.")), "{stderr}");
    }
}

#[test]
fn one_of_many_moves_of_a_file_or_to_a_path_succeeds() {
    let (machine, home) = machine();
    let at = |name: &str| home.path().join(name);
    put(&at("one"), "text");
    let moved = at_once(|number| machine.move_file(&at("one"), &at(&format!("to{number}"))));
    assert_eq!(moved.iter().filter(|ended| ended.is_ok()).count(), 1);
    for number in 0..MANY {
        put(&at(&format!("from{number}")), &number.to_string());
    }
    let moved = at_once(|number| machine.move_file(&at(&format!("from{number}")), &at("goal")));
    assert_eq!(moved.iter().filter(|ended| ended.is_ok()).count(), 1);
    let left = (0..MANY).filter(|number| at(&format!("from{number}")).exists()).count();
    assert_eq!(left, MANY - 1, "the others are where they were");
}

/// Replaces a file. An editor saves it before these steps, in place or as another file.
fn replace_while_edited(steps: &[WriteStep], in_place: bool) -> (Result<(), FileError>, String, usize) {
    let (_machine, home) = machine();
    let path = home.path().join("data/run.json");
    put(&path, "old");
    let mut saves = 0;
    let ended = atomic::write(&path, "ours", Replace::Only(Fingerprint::of("old")), |step| {
        if steps.contains(&step) {
            saves += 1;
            let text = format!("editor {saves}");
            if in_place {
                std::fs::write(&path, text)?;
            } else {
                std::fs::write(home.path().join("editor"), text)?;
                std::fs::rename(home.path().join("editor"), &path)?;
            }
        }
        Ok(())
    });
    let other_files = std::fs::read_dir(path.parent().unwrap()).unwrap().count() - 1;
    (ended, std::fs::read_to_string(&path).unwrap(), other_files)
}

#[test]
fn an_editor_that_saves_during_a_write_loses_nothing() {
    for in_place in [true, false] {
        for step in [WriteStep::Make, WriteStep::Write, WriteStep::Sync, WriteStep::Rename] {
            let (ended, text, other_files) = replace_while_edited(&[step], in_place);
            assert!(matches!(ended, Err(FileError::Changed { .. })), "{step:?}: {ended:?}");
            assert_eq!((text.as_str(), other_files), ("editor 1", 0), "{step:?}");
        }
        let (ended, text, other_files) =
            replace_while_edited(&[WriteStep::Rename, WriteStep::Compare], in_place);
        assert!(matches!(ended, Err(FileError::Changed { .. })), "{ended:?}");
        assert_eq!((text.as_str(), other_files), ("editor 2", 0), "the newest of both is there");
        let (ended, text, _) = replace_while_edited(&[], in_place);
        assert!(ended.is_ok());
        assert_eq!(text, "ours");
        let (ended, text, other_files) = replace_while_edited(&[WriteStep::Compare], in_place);
        assert!(ended.is_ok(), "it saved after us: {ended:?}");
        assert_eq!((text.as_str(), other_files), ("editor 1", 0));
    }
}

#[test]
fn a_write_with_a_failed_comparison_restores_the_old_file() {
    let (_machine, home) = machine();
    let path = home.path().join("data/run.json");
    put(&path, "old");
    let fault = atomic::write(&path, "ours", Replace::Only(Fingerprint::of("old")), |step| {
        if step == WriteStep::Compare { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
    });
    assert!(fault.is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
}

#[test]
fn a_save_replaces_only_the_opened_file_and_reports_a_missing_one() {
    let (machine, home) = machine();
    save(&machine, &draft("web", "[77]")).unwrap();
    let path = home.path().join("data/drafts/web.json");
    let mut opened = store::load_draft(&machine, "web").unwrap();
    opened.document = read("[2]").unwrap();
    // An editor can keep the modification time, and change only the layout.
    for edited in [machine.read(&path).unwrap().replace("77", "99"), machine.read(&path).unwrap() + "\n"] {
        put(&path, &edited);
        let fault = store::save_draft(&machine, &opened).unwrap_err();
        assert!(matches!(fault, StoreError::Changed(_)), "{fault}");
        assert_eq!(machine.read(&path).unwrap(), edited);
    }
    let current = store::load_draft(&machine, "web").unwrap();
    let entry = store::save_draft(&machine, &Draft { document: read("[3]").unwrap(), ..current }).unwrap();
    assert_eq!(entry.base, store::load_draft(&machine, "web").unwrap().base);

    put(&path, "{ half");
    let fault = store::save_draft(&machine, &opened).unwrap_err().to_string();
    assert!(fault.contains("deleted or renamed") && fault.contains("not JSON"), "{fault}");
    assert_eq!(machine.read(&path).unwrap(), "{ half");
    std::fs::remove_file(&path).unwrap();
    let fault = store::save_draft(&machine, &opened).unwrap_err().to_string();
    assert_eq!(fault, "“web” was deleted or renamed by another program.");
    assert!(names(&machine).is_empty());
}

#[test]
fn a_replaced_version_goes_to_the_trash_if_the_user_saw_it() {
    let (machine, home) = machine();
    save(&machine, &draft("web", "[77]")).unwrap();
    let path = home.path().join("data/drafts/web.json");
    let edited = machine.read(&path).unwrap().replace("77", "99");
    put(&path, &edited);
    let shown = store::load_draft(&machine, "web").unwrap();
    let mine = Draft { document: read("[2]").unwrap(), ..shown };
    store::trash_copy(&machine, &mine).unwrap();
    store::save_draft(&machine, &mine).unwrap();
    let trash = store::list_trash(&machine).unwrap();
    let kept: Vec<_> = trash.iter().map(|entry| machine.read(&entry.path).unwrap()).collect();
    assert_eq!(kept, [edited]);
    // The user did not see the newer change: the save refuses it, and makes no copy.
    store::trash_copy(&machine, &mine).unwrap();
    assert_eq!(store::list_trash(&machine).unwrap().len(), 1);
}

#[test]
fn an_externally_renamed_file_is_saved_at_its_new_place() {
    let (machine, home) = machine();
    save(&machine, &draft("web", "[1]")).unwrap();
    let opened = store::load_draft(&machine, "web").unwrap();
    let folder = home.path().join("data/drafts");
    std::fs::rename(folder.join("web.json"), folder.join("elsewhere.json")).unwrap();
    let entry = store::save_draft(&machine, &opened).unwrap();
    assert_eq!((entry.path, files(home.path(), "drafts")), (folder.join("elsewhere.json"), 1));
}

#[test]
fn an_action_on_a_draft_applies_only_to_the_content_that_was_seen() {
    let (machine, home) = machine();
    save(&machine, &draft("web", "[77]")).unwrap();
    let seen = store::find(&machine, "web").unwrap().base;
    let path = home.path().join("data/drafts/web.json");
    let edited = machine.read(&path).unwrap().replace("77", "99");
    put(&path, &edited);
    let is_refused = |ended: Result<(), StoreError>| {
        assert!(matches!(ended, Err(StoreError::Changed(_))), "{ended:?}");
        assert_eq!(machine.read(&path).unwrap(), edited);
        assert_eq!((files(home.path(), "drafts"), files(home.path(), "trash")), (1, 0));
    };
    is_refused(store::rename_draft(&machine, "web", "other", seen).map(drop));
    is_refused(store::rename_draft(&machine, "web", "WEB", seen).map(drop));
    is_refused(store::duplicate_draft(&machine, "web", "other", seen).map(drop));
    is_refused(store::delete_draft(&machine, "web", seen).map(drop));
    let trashed = store::delete_draft(&machine, "web", store::find(&machine, "web").unwrap().base).unwrap();
    let fault = store::restore_draft(&machine, "web", None, seen).unwrap_err();
    assert!(matches!(fault, StoreError::Changed(_)), "{fault}");
    assert_eq!(machine.read(&trashed).unwrap(), edited);
}

#[test]
fn a_change_of_the_book_keeps_concurrent_changes_of_an_editor() {
    let (machine, _home) = machine();
    let entry = |number: u32| BookEntry {
        guid: format!("00000000-0000-4000-8000-{number:012}"),
        ..BookEntry::default()
    };
    let mut editors = 0;
    for is_first in [true, false] {
        let mut is_asked = 0;
        book::change(&machine, |book| {
            is_asked += 1;
            if is_asked < 3 {
                editors += 1;
                let mut other = book::load(&machine).unwrap();
                other.put(entry(100 + editors));
                put(&book::path(&machine), &other.write());
            }
            Ok::<_, BookFileError>(book.put(entry(u32::from(is_first))))
        })
        .unwrap();
        assert_eq!(is_asked, 3, "it is asked anew in what the editor wrote");
    }
    assert_eq!(book::load(&machine).unwrap().entries.len(), 6);
    let fault = book::change(&machine, |book| {
        editors += 1;
        put(&book::path(&machine), &book.write().replace('\n', &"\n".repeat(editors as usize)));
        Ok::<_, BookFileError>(book.put(entry(7)))
    });
    assert!(fault.unwrap_err().to_string().contains("was changed by another program"));
}

#[test]
fn rules_silenced_at_the_same_time_are_all_in_the_configuration() {
    let (machine, _home) = machine();
    let path = config::path(&machine);
    put(&path, "# mine\n[environments.eu]\nprotected = false\n");
    let codes: Vec<_> = sei_compose::check::rules().iter().map(|rule| rule.code).take(MANY).collect();
    at_once(|number| config::silence(&machine, codes[number]).unwrap());
    let config = config::load(&machine).unwrap();
    assert!(codes.iter().all(|code| config.silenced.iter().any(|silenced| silenced == code)), "{config:?}");
    assert!(machine.read(&path).unwrap().contains("# mine"));
}

#[test]
fn unsaved_work_stores_the_content_that_it_is_based_on() {
    let (machine, _home) = machine();
    save(&machine, &draft("web", "[1]")).unwrap();
    let opened = store::load_draft(&machine, "web").unwrap();
    let text = Leftover::write(opened.clone(), machine.now());
    let leftover = Leftover::read("1", &text).unwrap();
    assert_eq!((leftover.base(), opened.base.is_some()), (opened.base, true));
    assert!(!opened.write().contains("base"), "a draft itself does not hold it");
}
