//! Actions that a text mentions in braces, so that whoever shows the text can put in a key or command.
//!
//! `{send}` is the key in the scene where the text is shown; `{dialog.enter}` is the key in another scene.

use super::{Action, Scene};

/// Replaces each mentioned action by what `spell` makes of it and the scene in front of it, if any; other braces stay.
pub fn replace(words: &str, spell: impl Fn(Option<Scene>, Action) -> String) -> String {
    let mut replaced = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        replaced.push_str(before);
        if let Some(((scene, action), behind)) =
            after.split_once('}').and_then(|(name, behind)| Some((read(name)?, behind)))
        {
            replaced.push_str(&spell(scene, action));
            rest = behind;
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
