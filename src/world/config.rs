//! The user's `config.toml`: environments, the default environment and silenced rules.
//!
//! The file never contains a key, only the name of a variable with the key. Unknown settings are
//! ignored with a note; wrong settings are faults with their line, and all faults are reported
//! together.

use std::path::{Path, PathBuf};

use thiserror::Error;
use toml_edit::{Document, Item};

use super::{FileError, World};
use crate::check;
use crate::simulation::Profiles;
use crate::text;
use crate::wire::{self, Environment};

mod environment;
mod profile;
mod setting;
mod silence;

pub use profile::read_profile;
use setting::ConfigReader;
pub use silence::silence;

/// The settings: the built-in environments with the user's changes, and the user's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// All environments, the built-in ones first.
    pub environments: Vec<Environment>,
    /// The id of the default environment.
    pub default_environment: Option<String>,
    /// A file with additional trusted certificates; environments may have their own.
    pub ca_file: Option<PathBuf>,
    /// Codes of the silenced rules.
    pub silenced: Vec<String>,
    /// The profiles, with the filters of SEI's metrics.
    pub profiles: Profiles,
    /// One sentence for each ignored setting.
    pub notes: Vec<String>,
}

/// Why the configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file has faults.
    #[error("{}", listing(.path, .faults))]
    Faults {
        /// The path of the file.
        path: PathBuf,
        /// All faults, sorted by line.
        faults: Vec<ConfigFault>,
    },
    /// The file cannot be read.
    #[error(transparent)]
    File(FileError),
}

/// A fault in the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    /// The line number, from 1.
    pub line: usize,
    /// What is wrong, and the valid form.
    pub message: String,
}

fn listing(path: &Path, faults: &[ConfigFault]) -> String {
    let lines: Vec<_> =
        faults.iter().map(|fault| format!("{}:{}: {}", path.display(), fault.line, fault.message)).collect();
    lines.join("\n")
}

impl Default for Config {
    fn default() -> Self {
        Self {
            environments: wire::built_in().to_vec(),
            default_environment: None,
            ca_file: None,
            silenced: Vec::new(),
            profiles: Profiles::default(),
            notes: Vec::new(),
        }
    }
}

impl Config {
    /// The environment with this id or label, ignoring case.
    pub fn environment(&self, name: &str) -> Option<&Environment> {
        let name = name.to_lowercase();
        let by_id = self.environments.iter().find(|environment| environment.id.to_lowercase() == name);
        by_id
            .or_else(|| self.environments.iter().find(|environment| environment.label.to_lowercase() == name))
    }

    /// Makes relative paths relative to the folder of the configuration.
    fn relative_to(mut self, folder: &Path) -> Self {
        let own = self.environments.iter_mut().map(|environment| &mut environment.ca_file);
        for path in own.chain([&mut self.ca_file]).flatten() {
            *path = folder.join(&*path);
        }
        self
    }

    /// The id with the closest spelling, for a suggestion.
    pub fn near(&self, name: &str) -> Option<&str> {
        text::closest(name, self.environments.iter().map(|environment| environment.id.as_str()))
    }
}

/// The path of `config.toml`, which may not exist.
pub fn path(world: &dyn World) -> PathBuf {
    world.folders().config.join("config.toml")
}

/// Reads the configuration; a missing file gives the built-in settings.
pub fn load(world: &dyn World) -> Result<Config, ConfigError> {
    let path = path(world);
    match world.read(&path) {
        Ok(text) => match read(&text) {
            Ok(config) => Ok(config.relative_to(&world.folders().config)),
            Err(faults) => Err(ConfigError::Faults { path, faults }),
        },
        Err(FileError::Missing { .. }) => Ok(Config::default()),
        Err(fault) => Err(ConfigError::File(fault)),
    }
}

/// Reads the text of `config.toml`.
pub fn read(text: &str) -> Result<Config, Vec<ConfigFault>> {
    let mut reader = ConfigReader::new(text);
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(fault) => {
            let at = fault.span().map_or(0, |span| span.start);
            return Err(vec![ConfigFault {
                line: reader.line(at),
                message: fault.message().trim().to_owned(),
            }]);
        }
    };
    let mut config = Config::default();
    let mut default = None;
    for (key, item) in document.iter() {
        match key {
            "default_environment" => default = reader.text(key, item).map(|name| (name, item)),
            "ca_file" => config.ca_file = reader.text(key, item).map(PathBuf::from),
            "silenced" => config.silenced = read_silenced(&mut reader, item),
            "environments" => environment::read(&mut reader, item, &mut config),
            other => reader.ignore(other, item),
        }
    }
    if let Some((name, item)) = default {
        let found = config.environment(&name);
        match found.map(|environment| (environment.id.clone(), environment.retired_note())) {
            Some((_, Some(why))) => reader.note(item, &format!("default_environment is ignored. {why}")),
            Some((id, None)) => config.default_environment = Some(id),
            None => reader.fault(item, format!("default_environment “{name}” is not a known environment.")),
        }
    }
    for environment in &mut config.environments {
        environment.ca_file = environment.ca_file.take().or_else(|| config.ca_file.clone());
    }
    config.notes = reader.notes;
    if reader.faults.is_empty() {
        return Ok(config);
    }
    reader.faults.sort_by_key(|fault| fault.line);
    Err(reader.faults)
}

fn read_silenced(reader: &mut ConfigReader<'_>, item: &Item) -> Vec<String> {
    let Some(array) = item.as_array() else {
        reader.fault(item, "silenced should be a list of rule codes, such as [\"names-mixed\"].".to_owned());
        return Vec::new();
    };
    let mut codes = Vec::new();
    for value in array {
        match value.as_str() {
            Some(code) if check::rule(code).is_some() => codes.push(code.to_owned()),
            Some(code) => {
                let near = text::closest(code, check::rules().iter().map(|rule| rule.code));
                let near = near.map_or_else(String::new, |near| format!(" Did you mean “{near}”?"));
                reader.note(item, &format!("silenced: “{}” is not a rule.{near}", text::visible(code)));
            }
            None => reader.fault(item, "silenced should contain only rule codes as text.".to_owned()),
        }
    }
    codes
}
