//! Locks between programs, and the unsaved work that they protect.

use sei_compose::draft::{Leftover, Leftovers};
use sei_compose::world::recovery::{self, RecoverySlot};
use sei_compose::world::{Machine, World as _, journal, store};

use super::{draft, machine, names, put, save};

fn found(machine: &Machine) -> Leftovers {
    recovery::leftovers(machine).unwrap()
}

/// Creates the leftover of a killed program: its file without its lock.
fn killed(machine: &Machine, slot: RecoverySlot) {
    let file = recovery::folder(machine).join("1.json");
    let text = machine.read(&file).unwrap();
    drop(slot);
    put(&file, &text);
}

#[test]
fn a_lock_belongs_to_one_program_until_it_is_dropped_and_a_lock_file_alone_is_not_a_lock() {
    let (machine, home) = machine();
    let path = home.path().join("data/locks/a.lock");
    put(&path, "left by a program that was killed");
    let lock = machine.lock(&path).unwrap();
    assert!(lock.is_some() && machine.lock(&path).unwrap().is_none());
    drop(lock);
    assert!(!path.exists());
    assert!(machine.lock(&path).unwrap().is_some());
}

#[test]
fn unsaved_work_of_a_running_program_is_not_a_leftover() {
    let (machine, _home) = machine();
    let (first, second) = (RecoverySlot::take(&machine).unwrap(), RecoverySlot::take(&machine).unwrap());
    first.write(&machine, draft("", "[1]")).unwrap();
    second.write(&machine, draft("", "[2]")).unwrap();
    assert_eq!(found(&machine), Leftovers::default());
    killed(&machine, first);
    let left = found(&machine).found;
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].draft.clone(), left[0].written), (draft("", "[1]"), Some(machine.now())));
    let adopted = recovery::adopt(&machine, &left[0].id).unwrap();
    assert!(adopted.is_some());
    assert_eq!(found(&machine), Leftovers::default(), "a program owns it again");
    assert!(recovery::adopt(&machine, &left[0].id).unwrap().is_none());
    assert!(RecoverySlot::take(&machine).is_ok(), "there is always another place");
}

#[test]
fn saved_work_is_not_a_leftover() {
    let (machine, _home) = machine();
    let slot = RecoverySlot::take(&machine).unwrap();
    slot.write(&machine, draft("run", "[1]")).unwrap();
    save(&machine, &draft("run", "[1]")).unwrap();
    killed(&machine, slot);
    assert_eq!(found(&machine), Leftovers::default());
    assert!(!recovery::folder(&machine).join("1.json").exists());
}

#[test]
fn discarded_work_is_a_draft_in_the_trash() {
    let (machine, home) = machine();
    let slot = RecoverySlot::take(&machine).unwrap();
    slot.write(&machine, draft("run", "[1]")).unwrap();
    killed(&machine, slot);
    recovery::throw_away(&machine, "1").unwrap();
    assert_eq!(found(&machine), Leftovers::default());
    assert_eq!(machine.read(&home.path().join("data/trash/run.json")).unwrap(), draft("run", "[1]").write());
    assert!(names(&machine).is_empty());
}

#[test]
fn unreadable_work_is_set_aside_with_the_reason() {
    let (machine, home) = machine();
    put(&recovery::folder(&machine).join("1.json"), "{ half");
    let unreadable = found(&machine).unreadable;
    assert!(unreadable[0].contains("unreadable.json") && unreadable[0].contains("line 1"), "{unreadable:?}");
    let aside = home.path().join("data/recovery/set-aside");
    assert_eq!(machine.read(&aside.join("unreadable.json")).unwrap(), "{ half");
    assert!(machine.read(&aside.join("unreadable.txt")).unwrap().contains("The draft is not JSON"));
    assert_eq!(found(&machine), Leftovers::default());
}

/// Creates an object at a path.
#[cfg(unix)]
type Make = Box<dyn Fn(&std::path::Path)>;

/// All objects other than a file that can be at the path of a file; each function creates one.
#[cfg(unix)]
fn special_files(home: &std::path::Path) -> Vec<(&'static str, Make)> {
    use std::os::unix::fs::symlink;

    let (nothing, file, folder) = (home.join("nothing"), home.join("mine.txt"), home.join("folder"));
    put(&file, "mine");
    std::fs::create_dir_all(&folder).unwrap();
    let link = move |to: std::path::PathBuf| move |at: &std::path::Path| symlink(&to, at).unwrap();
    vec![
        ("a link to nothing", Box::new(link(nothing))),
        ("a link to a file", Box::new(link(file))),
        ("a link to a folder", Box::new(link(folder))),
        ("a link to a device", Box::new(link("/dev/null".into()))),
        ("a link to itself", Box::new(|at: &std::path::Path| symlink(at, at).unwrap())),
        (
            "a pipe",
            Box::new(|at: &std::path::Path| {
                assert!(std::process::Command::new("mkfifo").arg(at).status().unwrap().success());
            }),
        ),
        (
            "a socket",
            Box::new(|at: &std::path::Path| drop(std::os::unix::net::UnixListener::bind(at).unwrap())),
        ),
    ]
}

#[cfg(unix)]
#[test]
fn a_lock_never_follows_a_link_or_a_pipe_and_the_message_says_what_to_remove() {
    for place in ["data/.instances.lock", "data/.drafts.lock", "data/locks/a.lock", "data/recovery/1.lock"] {
        let (machine, home) = machine();
        for (what, make) in special_files(home.path()) {
            let path = home.path().join(place);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            make(&path);
            let limit = std::time::Duration::from_secs(5);
            for refused in [machine.lock(&path).map(drop), machine.wait_for_lock(&path, limit).map(drop)] {
                let fault = refused.unwrap_err().to_string();
                assert!(fault.starts_with(&path.display().to_string()), "{what} at {place}: {fault}");
                assert!(fault.contains("should be a lock file, but is a "), "{what} at {place}: {fault}");
                assert!(fault.ends_with("Remove it and try again."), "{what} at {place}: {fault}");
            }
            assert!(path.symlink_metadata().is_ok(), "{what} stays where it is");
            std::fs::remove_file(&path).unwrap();
        }
        assert_eq!(std::fs::read_to_string(home.path().join("mine.txt")).unwrap(), "mine");
        assert!(!home.path().join("nothing").exists());
        assert_eq!(std::fs::read_dir(home.path().join("folder")).unwrap().count(), 0);
        std::fs::create_dir_all(home.path().join(place)).unwrap();
        let fault = machine.lock(&home.path().join(place)).unwrap_err().to_string();
        assert!(fault.contains("but is a folder"), "{fault}");
    }
}

#[cfg(unix)]
#[test]
fn a_lock_folder_must_be_a_folder_but_the_data_folder_can_be_a_link() {
    for folder in ["locks", "recovery"] {
        let (machine, home) = machine();
        let path = home.path().join("data").join(folder);
        for (what, make) in special_files(home.path()) {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            make(&path);
            let fault = machine.lock(&path.join("1.lock")).unwrap_err().to_string();
            assert!(fault.starts_with(&format!("{} should be a folder", path.display())), "{what}: {fault}");
            std::fs::remove_file(&path).unwrap();
        }
        assert_eq!(std::fs::read_dir(home.path().join("folder")).unwrap().count(), 0);
    }
    let (machine, home) = machine();
    std::fs::create_dir_all(home.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(home.path().join("elsewhere"), home.path().join("data")).unwrap();
    assert!(machine.lock(&home.path().join("data/locks/a.lock")).unwrap().is_some());
}

#[cfg(unix)]
#[test]
fn unsaved_work_is_saved_next_to_a_lock_that_is_a_link() {
    let (machine, home) = machine();
    let folder = recovery::folder(&machine);
    std::fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(home.path().join("nothing"), folder.join("1.lock")).unwrap();
    let slot = RecoverySlot::take(&machine).unwrap();
    slot.write(&machine, draft("web", "[1]")).unwrap();
    assert!(folder.join("2.json").exists() && !home.path().join("nothing").exists());
    drop(slot);
    put(&folder.join("1.json"), &Leftover::write(draft("other", "[2]"), machine.now()));
    let Leftovers { found: others, unreadable: set_aside, faults } = found(&machine);
    assert_eq!(others.len(), 1, "what another lock guards is found");
    assert!(set_aside[0].contains("1.lock should be a lock file"), "{set_aside:?}");
    assert!(folder.join("1.json").exists() && faults.is_empty(), "{faults:?}");
    std::fs::remove_file(folder.join("1.json")).unwrap();
    let faults = found(&machine).faults;
    assert!(faults.len() == 1 && faults[0].contains("1.lock should be a lock file"), "{faults:?}");

    std::fs::remove_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(home.path(), &folder).unwrap();
    let fault = RecoverySlot::take(&machine).unwrap_err().to_string();
    assert!(fault.contains("recovery should be a folder, but is a symbolic link"), "{fault}");
}

#[cfg(unix)]
#[test]
fn a_data_subfolder_that_is_a_link_is_not_followed() {
    let (machine, home) = machine();
    let data = home.path().join("data");
    let outside = home.path().join("outside");
    let refused = |fault: &dyn std::fmt::Display, folder: &str| {
        let words = format!("{folder} should be a folder, but is a symbolic link. Remove it");
        assert!(fault.to_string().contains(&words), "{fault}");
    };
    store::save_new_draft(&machine, &draft("web", "[1]")).unwrap();
    std::fs::rename(data.join("drafts"), &outside).unwrap();
    std::os::unix::fs::symlink(&outside, data.join("drafts")).unwrap();
    refused(&store::list_drafts(&machine).unwrap_err(), "drafts");
    refused(&store::load_draft(&machine, "web").unwrap_err(), "drafts");
    refused(&store::save_new_draft(&machine, &draft("new", "[2]")).unwrap_err(), "drafts");
    refused(&store::delete_draft(&machine, "web", None).unwrap_err(), "drafts");
    std::fs::remove_file(data.join("drafts")).unwrap();
    std::fs::rename(&outside, data.join("drafts")).unwrap();

    std::fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, data.join("trash")).unwrap();
    refused(&store::delete_draft(&machine, "web", None).unwrap_err(), "trash");
    refused(&store::list_trash(&machine).unwrap_err(), "trash");
    refused(&store::trash_draft(&machine, &draft("web", "[1]")).unwrap_err(), "trash");
    assert!(store::load_draft(&machine, "web").is_ok());

    std::os::unix::fs::symlink(&outside, data.join("journal")).unwrap();
    let file = journal::folder(&machine).join("2026-01.ndjson");
    refused(&journal::all(&machine).unwrap_err(), "journal");
    refused(&machine.append(&file, "x").unwrap_err(), "journal");
    refused(&machine.append_soon(&file, "x").unwrap_err(), "journal");
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
}
