//! Atomic writes: a file has the old or the new content, and files of others stay unchanged.

use std::io;
use std::path::Path;

use sei_compose::world::atomic::{self, Replace, WriteStep};
use sei_compose::world::store;
use sei_compose::world::{FileError, World as _};

use super::{draft, machine, names, put, save};

/// Text that is long enough for several writes.
fn long(letter: &str) -> String {
    letter.repeat(300_000)
}

/// The steps of a complete write.
fn steps(path: &Path) -> Vec<WriteStep> {
    let mut steps = Vec::new();
    atomic::write(path, &long("b"), Replace::Yes, |step| {
        steps.push(step);
        Ok(())
    })
    .unwrap();
    steps
}

fn leftovers(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count() - 1
}

#[test]
fn a_write_that_fails_at_any_step_leaves_the_old_or_the_new_file() {
    let (_machine, home) = machine();
    let path = home.path().join("data/drafts/run.json");
    let all = steps(&path);
    assert!(
        all.len() > 8 && all.ends_with(&[WriteStep::Sync, WriteStep::Rename, WriteStep::SyncFolder]),
        "{all:?}"
    );
    for (position, failing) in all.iter().enumerate() {
        put(&path, &long("a"));
        let mut done = 0;
        let fault = atomic::write(&path, &long("b"), Replace::Yes, |_| {
            done += 1;
            if done > position { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
        })
        .unwrap_err();
        let wanted = if *failing == WriteStep::SyncFolder { "b" } else { "a" };
        assert!(std::fs::read_to_string(&path).unwrap() == long(wanted), "{failing:?} at {position}");
        assert!(
            fault.to_string().contains("drafts") && fault.to_string().contains("Free some space"),
            "{fault}"
        );
        assert_eq!(leftovers(path.parent().unwrap()), 0, "{failing:?}");
    }
}

/// A killed program does no more steps: the content before each step is the final content.
#[test]
fn a_write_that_is_killed_before_any_step_leaves_the_old_or_the_new_file() {
    let (machine, home) = machine();
    let path = home.path().join("data/drafts/run.json");
    save(&machine, &draft("run", "[1]")).unwrap();
    let (old, new) = (std::fs::read_to_string(&path).unwrap(), draft("run", "[2]").write());
    let mut seen = 0;
    atomic::write(&path, &new, Replace::Yes, |step| {
        seen += 1;
        let wanted = if step == WriteStep::SyncFolder { &new } else { &old };
        assert_eq!(&std::fs::read_to_string(&path).unwrap(), wanted, "{step:?}");
        assert_eq!(names(&machine), ["run"], "a partial file is not a draft");
        Ok(())
    })
    .unwrap();
    assert_eq!(seen, 5);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_neither_followed_nor_replaced() {
    let (machine, home) = machine();
    let (target, link) = (home.path().join("target.json"), home.path().join("data/drafts/linked.json"));
    put(&target, &draft("linked", "[1]").write());
    put(&home.path().join("data/drafts/other.json"), &draft("other", "[1]").write());
    std::os::unix::fs::symlink(&target, &link).unwrap();
    for refused in [machine.write_atomic(&link, "new"), machine.append(&link, "new")] {
        let fault = refused.unwrap_err();
        assert!(matches!(fault, FileError::Link { .. }), "{fault}");
    }
    let listed = store::list_drafts(&machine).unwrap();
    let fault = listed.iter().find(|entry| entry.name == "linked").unwrap().fault.clone().unwrap();
    assert!(fault.contains("is a symbolic link"), "{fault}");
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&target).unwrap(), draft("linked", "[1]").write());
}

#[cfg(unix)]
#[test]
fn the_next_write_makes_open_file_modes_private() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt as _;

    let (machine, home) = machine();
    let path = home.path().join("data/drafts/run.json");
    let log = home.path().join("data/journal/2026-01.ndjson");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    for path in [&path, &log] {
        put(path, "");
        std::fs::set_permissions(path, Permissions::from_mode(0o666)).unwrap();
        std::fs::set_permissions(path.parent().unwrap(), Permissions::from_mode(0o777)).unwrap();
    }
    let data = home.path().join("data");
    std::fs::set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
    machine.write_atomic(&path, "new").unwrap();
    machine.append(&log, "new").unwrap();
    for path in [&path, &log] {
        assert_eq!((mode(path), mode(path.parent().unwrap())), (0o600, 0o700));
    }
    assert_eq!(mode(&data), 0o755, "a folder that a person named is the person's");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_never_replaced_by_a_file() {
    use std::os::unix::fs::FileTypeExt as _;

    let (machine, home) = machine();
    let pipe = home.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(matches!(machine.write_atomic(&pipe, "text"), Err(FileError::Stream { .. })));
    assert!(std::fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo(), "it is a pipe still");
}

#[test]
fn only_old_temporary_files_of_killed_programs_are_removed() {
    let (machine, home) = machine();
    let data = home.path().join("data");
    let day = std::time::Duration::from_hours(25);
    let stale =
        ["", "drafts", "trash", "recovery", "recovery/set-aside", "journal"].map(|folder| data.join(folder));
    let now = std::time::UNIX_EPOCH
        + std::time::Duration::from_millis(u64::try_from(machine.now().millis()).unwrap());
    let write = |path: &std::path::Path, at: std::time::SystemTime| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
        std::fs::File::options().append(true).open(path).unwrap().set_modified(at).unwrap();
    };
    let others = [".new-", ".new-abc", ".new-aB3xY9.kept", ".new-my plan", "new-aB3xY9", "aB3xY9.json"];
    for folder in &stale {
        write(&folder.join(".new-aB3xY9"), now - day);
        write(&folder.join(".new-fresh1"), now);
        for name in &others {
            write(&folder.join(name), now - day);
        }
    }
    write(&home.path().join("elsewhere"), now - day);
    #[cfg(unix)]
    std::os::unix::fs::symlink(home.path().join("elsewhere"), data.join("drafts/.new-linked")).unwrap();
    sei_compose::world::sweep::sweep(&machine);
    for folder in &stale {
        assert!(!folder.join(".new-aB3xY9").exists(), "{}", folder.display());
        assert!(folder.join(".new-fresh1").exists(), "{}", folder.display());
        assert!(others.iter().all(|name| folder.join(name).exists()), "{}", folder.display());
    }
    #[cfg(unix)]
    assert!(data.join("drafts/.new-linked").exists());
}
