//! The program's files: whether they can be read and written, and who else may read them.

use std::path::Path;

use super::DoctorLine;
use crate::keymap::Keymap;
use crate::text;
use crate::world::config::{self, Config, ConfigError};
use crate::world::{World, book, mapping, profile, store};

/// The mode bits that give access to other users, and those that let them write.
const OTHERS: u32 = 0o077;
const OTHERS_WRITE: u32 = 0o022;

pub(super) fn findings(world: &dyn World, config: &Result<Config, ConfigError>) -> Vec<DoctorLine> {
    let mut findings = configuration(world, config);
    findings.push(keys(world));
    findings.push(profile(world));
    findings.push(mappings(world));
    findings.push(folder(world));
    findings.push(modes(world));
    findings.push(match store::list_drafts(world) {
        Err(fault) => DoctorLine::problem("drafts", fault.to_string()),
        Ok(drafts) => match drafts.iter().filter(|draft| draft.fault.is_some()).count() {
            0 => DoctorLine::fine("drafts", text::count(drafts.len(), "draft", "drafts")),
            broken => DoctorLine::warning(
                "drafts",
                format!(
                    "{} cannot be read; `sei-compose drafts list` says why.",
                    text::count(broken, "draft", "drafts")
                ),
            ),
        },
    });
    findings.push(match book::load(world) {
        Ok(book) => DoctorLine::fine(
            "instances",
            text::count(book.entries.len(), "instance", "instances") + " in the book",
        ),
        Err(fault) => DoctorLine::problem("instances", fault.to_string()),
    });
    findings
}

fn configuration(world: &dyn World, config: &Result<Config, ConfigError>) -> Vec<DoctorLine> {
    let path = config::path(world);
    match config {
        Ok(_) if !world.exists(&path) => {
            vec![DoctorLine::fine(
                "config",
                format!("{} does not exist; the built-in settings apply", path.display()),
            )]
        }
        Ok(config) if config.notes.is_empty() => {
            vec![DoctorLine::fine("config", format!("{} is valid", path.display()))]
        }
        Ok(config) => config.notes.iter().map(|note| DoctorLine::warning("config", note)).collect(),
        Err(fault) => fault.to_string().lines().map(|line| DoctorLine::problem("config", line)).collect(),
    }
}

fn keys(world: &dyn World) -> DoctorLine {
    let path = world.folders().config.join("keys.toml");
    if !world.exists(&path) {
        return DoctorLine::fine(
            "keys",
            format!("{} does not exist; the built-in keys apply", path.display()),
        );
    }
    let read = world.read(&path).map_err(|fault| fault.to_string());
    let understood = read
        .and_then(|text| Keymap::with(Some(&text)).map_err(|fault| format!("{}: {fault}", path.display())));
    match understood {
        Ok(_) => DoctorLine::fine("keys", format!("{} is valid", path.display())),
        Err(fault) => DoctorLine::problem("keys", fault),
    }
}

fn profile(world: &dyn World) -> DoctorLine {
    let path = profile::path(world);
    match profile::load(world) {
        Ok(None) => DoctorLine::fine(
            "profile",
            format!(
                "{} does not exist; simulations say on what it depends whether a run counts",
                path.display()
            ),
        ),
        Ok(Some(_)) => DoctorLine::fine("profile", format!("{} is valid", path.display())),
        Err(fault) => DoctorLine::warning("profile", format!("not used: {fault}")),
    }
}

fn mappings(world: &dyn World) -> DoctorLine {
    let set = mapping::load(world);
    let unread: Vec<_> = set.unread.iter().map(|unread| text::visible(&unread.id).into_owned()).collect();
    if unread.is_empty() {
        let own = set.all().filter(|mapping| !mapping.is_builtin).count();
        return DoctorLine::fine("mappings", format!("{own} of your own"));
    }
    let names = unread.join(", ");
    DoctorLine::warning("mappings", format!("not used: {names}; `sei-compose mappings list` says why"))
}

/// Whether the data folder is writable.
fn folder(world: &dyn World) -> DoctorLine {
    let folder = &world.folders().data;
    let trial = folder.join(format!(".doctor-{}", world.new_uuid()));
    match world.write_new(&trial, "").and_then(|()| world.remove(&trial)) {
        Ok(()) => DoctorLine::fine("data", format!("{} can be written", folder.display())),
        Err(fault) => DoctorLine::problem("data", fault.to_string()),
    }
}

fn modes(world: &dyn World) -> DoctorLine {
    let opens = |path: &Path, bits: u32| {
        let mode = world.mode(path).ok().flatten()?;
        (mode & bits != 0).then(|| format!("{} has mode {:04o}", path.display(), mode & 0o7777))
    };
    let folders = world.folders();
    let mut open: Vec<_> = opens(&config::path(world), OTHERS_WRITE).into_iter().collect();
    // A folder that the user chose may have other uses: ignore it.
    let is_own = folders.data.file_name().is_some_and(|name| name == "sei-compose");
    let own = is_own.then(|| folders.data.clone());
    open.extend(own.into_iter().chain([store::drafts_folder(world)]).filter_map(|path| opens(&path, OTHERS)));
    let files = world.list(&store::drafts_folder(world)).unwrap_or_default();
    let files = files.into_iter().map(|file| file.path).chain([book::path(world)]);
    open.extend(files.filter_map(|path| opens(&path, OTHERS)));
    match open.as_slice() {
        [] => DoctorLine::fine("modes", "other users cannot read the drafts or write the settings"),
        [one] => {
            DoctorLine::warning("modes", format!("{one}; remove the permissions of other users with chmod."))
        }
        [one, rest @ ..] => DoctorLine::warning(
            "modes",
            format!("{one}, and {} more; remove the permissions of other users with chmod.", rest.len()),
        ),
    }
}
