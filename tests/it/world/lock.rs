//! Locks between programs, and the unsaved work that they guard.

use sei_compose::draft::Leftovers;
use sei_compose::world::recovery::{self, Slot};
use sei_compose::world::store;
use sei_compose::world::{Machine, World as _};

use super::{draft, machine, names, put};

fn found(machine: &Machine) -> Leftovers {
    recovery::left_behind(machine).unwrap()
}

/// What a program leaves behind that is killed: its file without its lock.
fn killed(machine: &Machine, slot: Slot) {
    let file = recovery::folder(machine).join("1.json");
    let text = machine.read(&file).unwrap();
    drop(slot);
    put(&file, &text);
}

#[test]
fn a_lock_is_one_programs_until_it_is_dropped_and_a_file_that_lies_there_is_none() {
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
fn work_of_a_program_that_runs_is_no_leftover() {
    let (machine, _home) = machine();
    let (first, second) = (Slot::take(&machine).unwrap(), Slot::take(&machine).unwrap());
    first.write(&machine, draft("", "[1]")).unwrap();
    second.write(&machine, draft("", "[2]")).unwrap();
    assert_eq!(found(&machine), Leftovers::default());
    killed(&machine, first);
    let left = found(&machine).found;
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].draft.clone(), left[0].written), (draft("", "[1]"), Some(machine.now())));
    let adopted = recovery::adopt(&machine, &left[0].id).unwrap();
    assert!(adopted.is_some());
    assert_eq!(found(&machine), Leftovers::default(), "it is somebody's again");
    assert!(recovery::adopt(&machine, &left[0].id).unwrap().is_none());
    assert!(Slot::take(&machine).is_ok(), "there is always another place");
}

#[test]
fn work_that_was_saved_before_the_end_is_no_leftover() {
    let (machine, _home) = machine();
    let slot = Slot::take(&machine).unwrap();
    slot.write(&machine, draft("run", "[1]")).unwrap();
    store::save_draft(&machine, &draft("run", "[1]")).unwrap();
    killed(&machine, slot);
    assert_eq!(found(&machine), Leftovers::default());
    assert!(!recovery::folder(&machine).join("1.json").exists());
}

#[test]
fn work_thrown_away_is_a_draft_in_the_trash() {
    let (machine, home) = machine();
    let slot = Slot::take(&machine).unwrap();
    slot.write(&machine, draft("run", "[1]")).unwrap();
    killed(&machine, slot);
    recovery::throw_away(&machine, "1").unwrap();
    assert_eq!(found(&machine), Leftovers::default());
    assert_eq!(machine.read(&home.path().join("data/trash/run.json")).unwrap(), draft("run", "[1]").write());
    assert!(names(&machine).is_empty());
}

#[test]
fn work_that_cannot_be_read_is_set_aside_with_the_reason() {
    let (machine, home) = machine();
    put(&recovery::folder(&machine).join("1.json"), "{ half");
    let told = found(&machine).set_aside;
    assert!(told[0].contains("unreadable.json") && told[0].contains("line 1"), "{told:?}");
    let aside = home.path().join("data/recovery/set-aside");
    assert_eq!(machine.read(&aside.join("unreadable.json")).unwrap(), "{ half");
    assert!(machine.read(&aside.join("unreadable.txt")).unwrap().contains("The draft is not JSON"));
    assert_eq!(found(&machine), Leftovers::default());
}
