//! Replaces action names in braces, such as `{send}`, by keys or commands.
//!
//! `{send}` is the key in the scene that shows the text; `{dialog.enter}` names another scene.

use super::{Action, Scene};

/// Replaces each mentioned action by the result of `spell`; other braces stay. The scene is `None`
/// unless the text names one.
pub fn replace(words: &str, spell: impl Fn(Option<Scene>, Action) -> String) -> String {
    let mut replaced = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        replaced.push_str(before);
        if let Some(((scene, action), tail)) =
            after.split_once('}').and_then(|(name, tail)| Some((read(name)?, tail)))
        {
            replaced.push_str(&spell(scene, action));
            rest = tail;
        } else {
            replaced.push('{');
            rest = after;
        }
    }
    replaced.push_str(rest);
    replaced
}

fn read(name: &str) -> Option<(Option<Scene>, Action)> {
    match name.split_once('.') {
        Some((scene, action)) => Some((Some(Scene::named(scene)?), Action::named(action)?)),
        None => Some((None, Action::named(name)?)),
    }
}
