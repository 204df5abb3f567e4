//! With other keys in `keys.toml`, no text on screen names a default key.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sei_compose::app::tour::steps;
use sei_compose::app::{Action, Msg, Scene, start_tour};
use sei_compose::keymap::press::{Named, read_all};
use sei_compose::keymap::{Key, KeySpelling, Keymap, Press};

use super::script::{GOOD, Script, corpus, draft};

/// Keys whose names are also words or symbols on screen.
const AMBIGUOUS: [Named; 8] =
    [Named::Tab, Named::Insert, Named::Home, Named::End, Named::Up, Named::Down, Named::Left, Named::Right];

fn built_in() -> Keymap {
    Keymap::built_in().unwrap()
}

fn table(scene: Scene) -> &'static str {
    let names = ["form", "json", "picker", "prompt", "find", "dialog"];
    names.into_iter().find(|name| Scene::named(name) == Some(scene)).unwrap()
}

/// A keymap in which each action of each scene has its own key and no default key.
fn remapped() -> Keymap {
    let letters = (0x1e00..=0x1eff).chain(0x430..=0x52f).filter_map(char::from_u32);
    let mut letters = letters.filter(|letter| letter.is_lowercase());
    let built_in = built_in();
    let actions: Vec<(Scene, Action)> =
        built_in.bindings().iter().map(|binding| (binding.scene, binding.action)).collect();
    let mut known = Vec::new();
    let mut patch = String::new();
    for scene in [Scene::Form, Scene::Json, Scene::Picker, Scene::Prompt, Scene::Find, Scene::Dialog] {
        writeln!(patch, "[{}]", table(scene)).unwrap();
        for pair in actions.iter().filter(|(of, _)| *of == scene) {
            if !known.contains(pair) {
                known.push(*pair);
                writeln!(patch, "{} = [\"alt-{}\"]", pair.1.name(), letters.next().unwrap()).unwrap();
            }
        }
    }
    Keymap::with(Some(&patch)).unwrap()
}

/// The names of the default keys, short and long.
fn default_names() -> BTreeSet<String> {
    let is_clear = |press: &Press| match press.key {
        Key::Named(named) => press.ctrl || press.alt || press.shift || !AMBIGUOUS.contains(&named),
        Key::Char(_) | Key::F(_) => true,
    };
    let built_in = built_in();
    let presses = built_in.bindings().iter().map(|binding| binding.press).filter(is_clear);
    presses.flat_map(|press| [press.spell(KeySpelling::Short), press.spell(KeySpelling::Long)]).collect()
}

/// The default keymap, a remapped one, and the names of the keys that must not be on screen.
struct Walk {
    usual: Keymap,
    remapped: Keymap,
    names: BTreeSet<String>,
}

impl Walk {
    fn new() -> Self {
        Self { usual: built_in(), remapped: remapped(), names: default_names() }
    }

    fn on(&self, json: &str) -> Script {
        let mut script = Script::on(json);
        script.drafts.insert("nightly".to_owned(), draft("nightly", GOOD));
        script.keymap = self.remapped.clone();
        script
    }

    /// Panics if the screen names a default key.
    fn check(&self, script: &Script, whence: &str) {
        let screen = script.screen();
        let is_part = |character: char| character.is_alphanumeric();
        for name in &self.names {
            for (at, _) in screen.match_indices(name.as_str()) {
                let before = screen.get(..at).unwrap().chars().next_back().is_some_and(is_part);
                let after = screen.get(at + name.len()..).unwrap().chars().next().is_some_and(is_part);
                assert!(before || after, "{name} is named after {whence}:\n{screen}");
            }
        }
    }

    /// Presses the remapped keys for a line of default keys and checks the screen after each group.
    fn press(&self, script: &mut Script, line: &str) {
        for group in line.split(' ') {
            for press in read_all(group).unwrap() {
                if let Some(msg) = self.usual.message(script.model.scene(), press) {
                    script.receive(msg);
                }
            }
            self.check(script, line);
        }
    }
}

/// Payloads without problems, with one, with items and without anything.
fn payloads() -> [String; 4] {
    let faulty = GOOD.replace("\"success\"", "\"succes\"");
    [GOOD.to_owned(), faulty, corpus("whole/pipeline-2.json"), "{}".to_owned()]
}

#[test]
fn no_action_leads_to_a_screen_that_names_a_default_key() {
    let walk = Walk::new();
    let [_, faulty, whole, blank] = payloads();
    for (json, before) in [(&faulty, ""), (&whole, "alt-3 enter"), (&blank, ""), (&faulty, "alt-e")] {
        for action in Action::ALL {
            let mut script = walk.on(json);
            walk.press(&mut script, before);
            script.receive(Msg::Act(*action)).settles();
            walk.check(&script, action.name());
            if !script.model.overlays.is_empty() {
                walk.press(&mut script, "f1 esc space 'zzzz' enter");
                script.settles();
                walk.check(&script, &format!("{}, enter", action.name()));
            }
        }
    }
}

#[test]
fn no_row_of_the_form_names_a_default_key() {
    let walk = Walk::new();
    for json in payloads() {
        let mut script = walk.on(&json);
        for (columns, rows) in [(120, 36), (80, 24)] {
            script.sized(columns, rows);
            for tab in 1..=5 {
                walk.press(&mut script, &format!("alt-{tab} ctrl-home alt-f"));
                for _ in 0..script.model.form.rows.len().min(12) {
                    walk.press(&mut script, "f1 pagedown esc down");
                }
            }
            walk.press(
                &mut script,
                "alt-1 f7 f8 f12 f11 f12 ctrl-f 'x' down esc alt-e 'x' ctrl-c f5 alt-e f5",
            );
        }
    }
}

#[test]
fn a_request_under_way_and_its_reply_name_no_default_key() {
    let walk = Walk::new();
    for status in ["202", "401", "404", "500"] {
        let mut script = walk.on(GOOD);
        walk.press(&mut script, "f5 enter f5 f6 f1 esc");
        let ticket = script.ticket();
        let reply = super::script::reply(status.parse().unwrap(), "{}");
        let network = sei_compose::app::NetworkMsg::Replied { ticket, result: Ok(reply) };
        script.receive(Msg::Network(network));
        for (columns, rows) in [(120, 36), (50, 12)] {
            script.sized(columns, rows);
            walk.check(&script, status);
            walk.press(&mut script, "pagedown pagedown pagedown");
        }
    }
}

#[test]
fn no_card_of_the_tour_names_a_default_key() {
    let walk = Walk::new();
    let openings =
        ["", "f2", "ctrl-k", "f9", "f9 'sandbox' enter", "f5", "alt-o", "shift-f8", "alt-e", "alt-3"];
    for position in 0..steps().len() {
        for (json, is_real) in [(GOOD, false), ("{}", true)] {
            for opening in openings {
                let mut script = walk.on(json);
                if is_real {
                    script.model.sending.environment = 0;
                }
                start_tour(&mut script.model, position);
                walk.press(&mut script, opening);
                script.settles();
                script.wait(30_000).receive(Msg::Wake);
                walk.check(&script, &format!("step {position}, {opening}"));
            }
        }
    }
}

#[test]
fn a_text_names_the_key_of_the_scene_that_it_is_about() {
    let walk = Walk::new();
    let mut script = walk.on(GOOD);
    let key = |scene, action| walk.remapped.label(scene, action).unwrap();
    walk.press(&mut script, "f5");
    script.shows(&format!("{} sends the run", key(Scene::Dialog, Action::Enter)));
    walk.press(&mut script, "esc f9 'zzzz'");
    script.shows(&format!("{} widens the search", key(Scene::Picker, Action::Backspace)));
    walk.press(&mut script, "esc alt-e");
    script.shows(&format!("{} goes to the field", key(Scene::Json, Action::Cancel)));
    start_tour(&mut script.model, 0);
    script.shows(&format!("Press {} to go back", key(Scene::Json, Action::Cancel)));
}

#[test]
fn the_line_of_tabs_shows_the_keys_of_the_tabs() {
    let mut script = Script::new();
    for (keys, shown) in [
        (["ctrl-1", "ctrl-2", "ctrl-3", "ctrl-4", "ctrl-5"], "    ^1 Instance"),
        (["f1", "f2", "f3", "f4", "f5"], "    F1 Instance"),
        (["alt-1", "alt-2", "alt-3", "alt-4", "alt-7"], "     1 Instance"),
        (["alt-1", "alt-2", "alt-3", "alt-4", "alt-5"], " Alt-1 Instance"),
    ] {
        let actions = ["go-instance", "go-job-run", "go-stages", "go-artifacts", "go-send"];
        let lines = actions.iter().zip(keys).map(|(action, key)| format!("{action} = [\"{key}\"]\n"));
        script.keymap = Keymap::with(Some(&format!("[form]\n{}", lines.collect::<String>()))).unwrap();
        let screen = script.screen();
        assert!(screen.lines().nth(1).unwrap().starts_with(shown), "{shown}\n{screen}");
    }
}
