//! Maps keys to actions, from the embedded keymap and the `keys.toml` of the user.
//!
//! The keymap knows scenes and actions, not how a terminal reports keys.

use toml_edit::{DocumentMut, Item};

use crate::app::{Action, Msg, Scene, mention};
use crate::text::Advice;

pub mod press;

pub use press::{Key, KeySpelling, Press};

/// The text of the embedded keymap.
pub const KEYMAP: &str = include_str!("../assets/keymap.toml");

/// The bindings of keys to actions in each scene, and the words of the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
    footer: Vec<(Action, String)>,
}

/// The action of one key in one scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// The scene in which the key has this action.
    pub scene: Scene,
    /// The key with its modifiers.
    pub press: Press,
    /// The action that the key runs.
    pub action: Action,
}

/// The reason why a keymap cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.advice())]
pub enum KeymapError {
    /// The text is not TOML; holds the message of the parser.
    Toml(String),
    /// A table has an unknown name.
    Scene(String),
    /// An entry names an unknown action.
    Action(String),
    /// A text is not a key.
    Press(String),
    /// The value of this name has the wrong type.
    Shape(String),
}

impl KeymapError {
    /// The message, and a hint about valid values.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Toml(fault) => Advice::new(format!("the keymap is not TOML: {fault}")),
            Self::Scene(name) => Advice::new(format!("[{name}] is not a scene"))
                .hint("use form, json, picker, prompt, find, dialog or footer"),
            Self::Action(name) => {
                Advice::new(format!("“{name}” is not an action")).hint("docs/keys.md lists all actions")
            }
            Self::Press(name) => Advice::new(format!("“{name}” is not a key"))
                .hint("write keys like f5, ctrl-s, alt-1, shift-tab, pageup, delete, up"),
            Self::Shape(name) => {
                Advice::new(format!("“{name}” needs a list of keys, such as [\"f5\", \"ctrl-s\"]"))
            }
        }
    }
}

impl Keymap {
    /// The embedded keymap without a patch.
    pub fn built_in() -> Result<Self, KeymapError> {
        Self::with(None)
    }

    /// The embedded keymap, patched by the text of a `keys.toml`.
    pub fn with(patch: Option<&str>) -> Result<Self, KeymapError> {
        let mut keymap = Self { bindings: Vec::new(), footer: Vec::new() };
        keymap.add(KEYMAP)?;
        if let Some(patch) = patch {
            keymap.add(patch)?;
        }
        Ok(keymap)
    }

    /// Adds bindings from a text. A patch replaces all keys of an action, and the action of each
    /// key.
    fn add(&mut self, text: &str) -> Result<(), KeymapError> {
        let document: DocumentMut =
            text.parse().map_err(|error: toml_edit::TomlError| KeymapError::Toml(error.to_string()))?;
        // The embedded keymap replaces nothing, and is read at each start.
        let is_patch = !self.bindings.is_empty();
        for (name, table) in document.iter() {
            let table = table.as_table_like().ok_or_else(|| KeymapError::Shape(name.to_owned()))?;
            if name == "footer" {
                self.footer = footer(table)?;
                continue;
            }
            let scene = Scene::named(name).ok_or_else(|| KeymapError::Scene(name.to_owned()))?;
            for (name, keys) in table.iter() {
                let action = Action::named(name).ok_or_else(|| KeymapError::Action(name.to_owned()))?;
                let presses = presses(name, keys)?;
                if is_patch {
                    self.bindings.retain(|old| {
                        old.scene != scene || (old.action != action && !presses.contains(&old.press))
                    });
                }
                self.bindings.extend(presses.into_iter().map(|press| Binding { scene, press, action }));
            }
        }
        Ok(())
    }

    /// The action of a key in a scene.
    pub fn resolve(&self, scene: Scene, press: Press) -> Option<Action> {
        self.bindings
            .iter()
            .find(|binding| binding.scene == scene && binding.press == press)
            .map(|binding| binding.action)
    }

    /// The message of a key in a scene: its action, else the character that the key types.
    pub fn message(&self, scene: Scene, press: Press) -> Option<Msg> {
        if let Some(action) = self.resolve(scene, press) {
            return Some(Msg::Act(action));
        }
        match press.key {
            Key::Char(character) if !press.ctrl && !press.alt => Some(Msg::Type(character)),
            Key::Char(_) | Key::F(_) | Key::Named(_) => None,
        }
    }

    /// The keys of an action in a scene, the preferred key first.
    pub fn presses(&self, scene: Scene, action: Action) -> impl Iterator<Item = Press> {
        self.bindings
            .iter()
            .filter(move |binding| binding.scene == scene && binding.action == action)
            .map(|binding| binding.press)
    }

    /// The preferred key of an action in a scene, in the short spelling of screens.
    pub fn label(&self, scene: Scene, action: Action) -> Option<String> {
        self.spelled(scene, action, KeySpelling::Short)
    }

    fn spelled(&self, scene: Scene, action: Action, spelling: KeySpelling) -> Option<String> {
        self.presses(scene, action).next().map(|press| press.spell(spelling))
    }

    /// A text with its placeholders replaced by keys, as [`mention`] describes.
    ///
    /// An action without a key in the scene `shown` gets its key of the form, else its name in the
    /// palette.
    pub fn with_keys(&self, words: &str, shown: Scene, spelling: KeySpelling) -> String {
        let in_palette = |action: Action| {
            let key = self.spelled(Scene::Form, Action::Palette, spelling);
            let key = key.map_or_else(String::new, |key| format!(" ({key})"));
            format!("“{}” in the actions{key}", action.text())
        };
        mention::replace(words, |named, action| {
            let scenes = named.map_or([shown, Scene::Form], |scene| [scene, scene]);
            let mut keys = scenes.into_iter().filter_map(|scene| self.spelled(scene, action, spelling));
            keys.next().unwrap_or_else(|| in_palette(action))
        })
    }

    /// The actions of the footer with their words, most important first.
    pub fn footer(&self) -> &[(Action, String)] {
        &self.footer
    }

    /// The bindings of all scenes, in the order of the files.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

fn presses(name: &str, keys: &Item) -> Result<Vec<Press>, KeymapError> {
    let list = keys.as_array().ok_or_else(|| KeymapError::Shape(name.to_owned()))?;
    list.iter()
        .map(|key| {
            let text = key.as_str().ok_or_else(|| KeymapError::Shape(name.to_owned()))?;
            Press::read(text).ok_or_else(|| KeymapError::Press(text.to_owned()))
        })
        .collect()
}

fn footer(table: &dyn toml_edit::TableLike) -> Result<Vec<(Action, String)>, KeymapError> {
    table
        .iter()
        .map(|(name, word)| {
            let action = Action::named(name).ok_or_else(|| KeymapError::Action(name.to_owned()))?;
            let word = word.as_str().ok_or_else(|| KeymapError::Shape(name.to_owned()))?;
            Ok((action, word.to_owned()))
        })
        .collect()
}
