//! The implementation of [`World`] for this computer; four variables fix folders, clock and random
//! numbers.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use thiserror::Error;
use uuid::Uuid;

use super::atomic::{self, Replace};
use super::command;
use super::file::{self, Durability};
use super::inside;
use super::keyring;
use super::lock::{self, Lock};
use super::{CommandError, FileEntry, FileError, Folders, OpenFile, SystemKeyring, World};
use crate::draft::Fingerprint;
use crate::text::Advice;
use crate::time::Timestamp;

/// The variable that replaces the configuration folder.
const CONFIG_DIR: &str = "SEI_COMPOSE_CONFIG_DIR";
/// The variable that replaces the data folder.
const DATA_DIR: &str = "SEI_COMPOSE_DATA_DIR";
/// The variable that fixes the clock.
const NOW: &str = "SEI_COMPOSE_NOW";
/// The variable that seeds the random numbers.
const SEED: &str = "SEI_COMPOSE_SEED";

/// This computer, or a variant of it for demos and tests.
#[derive(Debug)]
pub struct Machine {
    folders: Folders,
    now: Option<Timestamp>,
    random: Option<AtomicU64>,
    keyring: SystemKeyring,
}

/// Why the program cannot run on this machine.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("{}", self.advice())]
pub enum MachineError {
    /// The platform has no folder for the files of the program.
    NoHome,
    /// The value of `SEI_COMPOSE_NOW` is not a time.
    Clock(String),
}

impl MachineError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::NoHome => Advice::new("This account has no home folder.")
                .hint(format!("Set {CONFIG_DIR} and {DATA_DIR} to folders that can be written.")),
            Self::Clock(text) => Advice::new(format!(
                "{NOW} is “{text}”, not an RFC 3339 time from 0000-01-01T00:00:00Z to 9999-12-30T22:00:00Z."
            ))
            .hint("Use a time such as 2023-03-22T06:44:54Z, or unset the variable."),
        }
    }
}

impl Machine {
    /// This computer with the settings of its environment variables.
    pub fn new() -> Result<Self, MachineError> {
        let mut machine = Self::at(find_folders().ok_or(MachineError::NoHome)?);
        machine.keyring = SystemKeyring::new(find_bus(), keyring::LIMIT);
        if let Some(text) = variable(NOW) {
            let now = Timestamp::parse_rfc3339(&text).ok_or(MachineError::Clock(text))?;
            machine = machine.pinned(now);
        }
        if let Some(seed) = variable(SEED) {
            machine = machine.seeded(&seed);
        }
        Ok(machine)
    }

    /// This computer with other folders, and without a keyring.
    pub fn at(folders: Folders) -> Self {
        let keyring = SystemKeyring::new(None, keyring::LIMIT);
        Self { folders, now: None, random: None, keyring }
    }

    /// Moves both folders into this one.
    #[must_use]
    pub fn in_folder(self, folder: &Path) -> Self {
        let (config, data) = (folder.join("config"), folder.join("data"));
        Self { folders: Folders { config, data }, ..self }
    }

    /// Uses a subfolder of the data folder for all files, to protect the files of the user.
    #[must_use]
    pub fn apart(self, name: &str) -> Self {
        let data = self.folders.data.join(name);
        Self { folders: Folders { config: data.join("config"), data }, ..self }
    }

    /// Fixes the clock at this time.
    #[must_use]
    pub fn pinned(self, now: Timestamp) -> Self {
        Self { now: Some(now), ..self }
    }

    /// Replaces the keyring.
    #[must_use]
    pub fn with_keyring(self, keyring: SystemKeyring) -> Self {
        Self { keyring, ..self }
    }

    /// Makes the random numbers the same in each run.
    #[must_use]
    pub fn seeded(self, seed: &str) -> Self {
        // FNV-1a spreads any seed, a number or a word, over the state.
        let state = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
            (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self { random: Some(AtomicU64::new(state)), ..self }
    }
}

impl Machine {
    /// As [`Self::require_folder_of`], and removes the permissions of other users from the folder.
    fn enter_folder_of(&self, path: &Path) -> Result<(), FileError> {
        self.require_folder_of(path)?;
        self.restrict_folder_of(path);
        Ok(())
    }

    /// Fails if the folder of a file inside the data folder is a symbolic link.
    fn require_folder_of(&self, path: &Path) -> Result<(), FileError> {
        inside::require_folders(file::folder_of(path), &self.folders.data)
    }

    /// Removes the permissions of other users from the folder of a file, if the folder belongs to
    /// the program: inside the data folder, or with the name of the program. Other folders may have
    /// other uses.
    fn restrict_folder_of(&self, path: &Path) {
        let Some(folder) = path.parent() else { return };
        let is_inside = folder != self.folders.data && folder.starts_with(&self.folders.data);
        if is_inside || folder.file_name().is_some_and(|name| name == "sei-compose") {
            file::restrict(folder, 0o700);
        }
    }
}

impl World for Machine {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(|| Timestamp::from_millis(jiff::Timestamp::now().as_millisecond()))
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that creates random numbers")]
    fn new_uuid(&self) -> Uuid {
        self.random.as_ref().map_or_else(Uuid::new_v4, |state| {
            let bytes = (u128::from(next_random(state)) << 64) | u128::from(next_random(state));
            uuid::Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid()
        })
    }

    fn variable(&self, name: &str) -> Option<String> {
        variable(name)
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    fn has_variable(&self, name: &str) -> bool {
        std::env::var_os(name).is_some()
    }

    fn folders(&self) -> &Folders {
        &self.folders
    }

    fn read(&self, path: &Path) -> Result<String, FileError> {
        file::read(path)
    }

    fn read_file(&self, path: &Path) -> Result<String, FileError> {
        file::read_file(path)
    }

    fn open(&self, path: &Path) -> Result<OpenFile, FileError> {
        file::open(path)
    }

    fn write_atomic(&self, path: &Path, text: &str) -> Result<(), FileError> {
        self.enter_folder_of(path)?;
        atomic::write(path, text, Replace::Yes, |_| Ok(()))
    }

    fn write_new(&self, path: &Path, text: &str) -> Result<(), FileError> {
        self.enter_folder_of(path)?;
        atomic::write(path, text, Replace::No, |_| Ok(()))
    }

    fn replace(&self, path: &Path, old: Fingerprint, text: &str) -> Result<(), FileError> {
        self.enter_folder_of(path)?;
        atomic::write(path, text, Replace::Only(old), |_| Ok(()))
    }

    fn write_shared(&self, path: &Path, text: &str) -> Result<(), FileError> {
        file::write_shared(path, text)
    }

    fn make_runnable(&self, path: &Path) {
        file::make_runnable(path);
    }

    fn append(&self, path: &Path, text: &str) -> Result<(), FileError> {
        self.enter_folder_of(path)?;
        file::append(path, text, Durability::Synced)
    }

    fn append_soon(&self, path: &Path, text: &str) -> Result<(), FileError> {
        self.require_folder_of(path)?;
        file::append(path, text, Durability::Deferred)
    }

    fn read_end(&self, path: &Path, bytes: u64) -> Result<String, FileError> {
        self.require_folder_of(path)?;
        file::read_end(path, bytes)
    }

    fn list(&self, folder: &Path) -> Result<Vec<FileEntry>, FileError> {
        inside::require_folders(folder, &self.folders.data)?;
        file::list(folder)
    }

    fn move_file(&self, from: &Path, to: &Path) -> Result<(), FileError> {
        self.require_folder_of(from)?;
        self.require_folder_of(to)?;
        file::move_file(from, to)
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        self.require_folder_of(path)?;
        file::remove(path)
    }

    fn mode(&self, path: &Path) -> Result<Option<u32>, FileError> {
        file::mode(path)
    }

    fn run_command(&self, line: &str, limit: std::time::Duration) -> Result<String, CommandError> {
        command::run(command::shell(line), limit)
    }

    fn run_program(
        &self,
        program: &str,
        arguments: &[&str],
        limit: std::time::Duration,
    ) -> Result<String, CommandError> {
        command::run(command::program(program, arguments), limit)
    }

    fn lock(&self, path: &Path) -> Result<Option<Lock>, FileError> {
        lock::take(path, &self.folders.data)
    }

    fn wait_for_lock(&self, path: &Path, limit: std::time::Duration) -> Result<Lock, FileError> {
        lock::wait(path, &self.folders.data, limit)
    }

    fn keyring(&self) -> &SystemKeyring {
        &self.keyring
    }

    fn exists(&self, path: &Path) -> bool {
        file::exists(path)
    }
}

/// One step of `SplitMix64`.
fn next_random(state: &AtomicU64) -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut z = state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The address of the session bus: the variable of the login session, else the standard path.
fn find_bus() -> Option<String> {
    let default = || {
        let path = Path::new(&variable("XDG_RUNTIME_DIR")?).join("bus");
        Some(format!("unix:path={}", path.exists().then(|| path.to_str().map(str::to_owned))??))
    };
    variable("DBUS_SESSION_BUS_ADDRESS").or_else(default)
}

fn find_folders() -> Option<Folders> {
    let home = directories::ProjectDirs::from("", "", "sei-compose");
    let choose = |name, default: fn(&directories::ProjectDirs) -> &Path| -> Option<PathBuf> {
        let named = variable(name).map(PathBuf::from);
        let path = named.or_else(|| home.as_ref().map(|dirs| default(dirs).to_path_buf()))?;
        Some(std::path::absolute(&path).unwrap_or(path))
    };
    Some(Folders {
        config: choose(CONFIG_DIR, directories::ProjectDirs::config_dir)?,
        data: choose(DATA_DIR, directories::ProjectDirs::data_dir)?,
    })
}
