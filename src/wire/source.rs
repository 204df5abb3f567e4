//! The sources of a key, as plain data; this module reads none of them.

use std::path::PathBuf;

/// A source of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// An environment variable, by its name.
    Variable(String),
    /// A command line for the platform's shell that prints the key.
    Command(String),
    /// The keyring of the system.
    Keyring,
    /// A file that holds the key and that only its owner can read.
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

    /// The source for the screen; only the program of a command, because arguments may be private.
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

    /// Whether a read is instant and asks the user nothing.
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
