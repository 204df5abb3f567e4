//! Where a key is looked for, as plain data. Knows neither variables, commands nor files themselves.

use std::path::PathBuf;

/// A place to look for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// An environment variable, by its name.
    Variable(String),
    /// A command line of the platform's shell that prints the key.
    Command(String),
    /// The keyring of the system.
    Keyring,
    /// A file that holds the key and that nobody else may read.
    File(PathBuf),
}

impl KeySource {
    /// Reads `env:NAME`, `command:LINE`, `keyring` or `file:PATH`.
    pub fn read(text: &str) -> Option<Self> {
        if text.trim() == "keyring" {
            return Some(Self::Keyring);
        }
        let (kind, rest) = text.split_once(':')?;
        let rest = rest.trim();
        match kind.trim() {
            "env" if is_variable(rest) => Some(Self::Variable(rest.to_owned())),
            "command" if !rest.is_empty() => Some(Self::Command(rest.to_owned())),
            "file" if !rest.is_empty() => Some(Self::File(PathBuf::from(rest))),
            _ => None,
        }
    }

    /// How people are told of it. Of a command only the program is named: what follows may be nobody's business.
    pub fn description(&self) -> String {
        match self {
            Self::Variable(name) => name.clone(),
            Self::Command(line) => {
                format!("the command {}", line.split_whitespace().next().unwrap_or_default())
            }
            Self::Keyring => "the keyring".to_owned(),
            Self::File(path) => format!("the file {}", path.display()),
        }
    }

    /// The source in a sentence.
    pub fn named(&self) -> String {
        match self {
            Self::Variable(name) => format!("the variable {name}"),
            Self::Command(_) | Self::Keyring | Self::File(_) => self.description(),
        }
    }

    /// Whether looking there takes no time and disturbs nobody.
    pub const fn is_at_hand(&self) -> bool {
        matches!(self, Self::Variable(_))
    }
}

/// Whether a text can be the name of an environment variable.
pub fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
}
