//! The user's `config.toml`: which environments there are, which one is meant by default, which rules are silenced.
//!
//! It never holds a key, only the name of the variable that does. Unknown settings are passed over with a note, wrong
//! ones are faults with their line, and all faults are told at once.

use std::path::{Path, PathBuf};

use thiserror::Error;
use toml_edit::{Document, Item};

use super::{FileError, World};
use crate::check;
use crate::text;
use crate::wire::{self, Environment};

mod environment;
mod setting;
mod silence;

use setting::ConfigReader;
pub use silence::silence;

/// What the program works with: the built-in environments as patched by the user, and the user's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Every environment there is, the built-in ones first.
    pub environments: Vec<Environment>,
    /// The environment chosen when nothing else is said, by id.
    pub default_environment: Option<String>,
    /// A file of certificates that are trusted besides those of the system; environments may have their own.
    pub ca_file: Option<PathBuf>,
    /// Codes of the rules that stay silent.
    pub silenced: Vec<String>,
    /// What was passed over, one sentence each.
    pub notes: Vec<String>,
}

/// Why the configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file holds faults.
    #[error("{}", listing(.path, .faults))]
    Faults {
        /// The file.
        path: PathBuf,
        /// All of them, by line.
        faults: Vec<ConfigFault>,
    },
    /// The file cannot be read.
    #[error(transparent)]
    File(FileError),
}

/// One thing wrong in the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong and what would be right.
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
            notes: Vec::new(),
        }
    }
}

impl Config {
    /// The environment with this id or label, without regard to case.
    pub fn environment(&self, name: &str) -> Option<&Environment> {
        let name = name.to_lowercase();
        let by_id = self.environments.iter().find(|environment| environment.id.to_lowercase() == name);
        by_id
            .or_else(|| self.environments.iter().find(|environment| environment.label.to_lowercase() == name))
    }

    /// The same with relative paths counted from the folder of the configuration.
    fn relative_to(mut self, folder: &Path) -> Self {
        let own = self.environments.iter_mut().map(|environment| &mut environment.ca_file);
        for path in own.chain([&mut self.ca_file]).flatten() {
            *path = folder.join(&*path);
        }
        self
    }

    /// The id of an environment that is spelled nearly so.
    pub fn near(&self, name: &str) -> Option<&str> {
        text::closest(name, self.environments.iter().map(|environment| environment.id.as_str()))
    }
}

/// The file of the configuration, there or not.
pub fn path(world: &dyn World) -> PathBuf {
    world.folders().config.join("config.toml")
}

/// Reads the configuration; without a file it is the built-in one.
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

/// Reads the text of a configuration.
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
            "environments" => environment::read(&mut reader, item, &mut config.environments),
            other => reader.pass_over(other, item),
        }
    }
    if let Some((name, item)) = default {
        match config.environment(&name).map(|environment| environment.id.clone()) {
            Some(id) => config.default_environment = Some(id),
            None => reader.fault(item, format!("default_environment “{name}” is no environment.")),
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
        reader.fault(item, "silenced should be a list of rule codes, like [\"names-mixed\"].".to_owned());
        return Vec::new();
    };
    let mut codes = Vec::new();
    for value in array {
        match value.as_str() {
            Some(code) if check::rule(code).is_some() => codes.push(code.to_owned()),
            Some(code) => {
                let near = text::closest(code, check::rules().iter().map(|rule| rule.code));
                let near = near.map_or_else(String::new, |near| format!(" Did you mean “{near}”?"));
                reader.note(item, &format!("silenced: “{}” is no rule.{near}", text::visible(code)));
            }
            None => reader.fault(item, "silenced should hold rule codes as text only.".to_owned()),
        }
    }
    codes
}
