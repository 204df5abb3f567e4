//! Tests of `keymap`: the table, the patch of the user, and its use in the runtime.

use std::collections::HashSet;

use proptest::prelude::*;
use sei_compose::app::model::{Notice, Tone};
use sei_compose::app::overlay::{List, Overlay, OverlayAnswer};
use sei_compose::app::{Action, ActionGroup, Scene};
use sei_compose::keymap::press::{Key, Named};
use sei_compose::keymap::{KEYMAP, Keymap, KeymapError, Press};

use crate::app::script::Script;

const SCENES: [Scene; 6] =
    [Scene::Form, Scene::Json, Scene::Picker, Scene::Prompt, Scene::Find, Scene::Dialog];

fn built_in() -> Keymap {
    Keymap::built_in().unwrap()
}

/// The actions that the palette lists.
fn palette() -> Vec<Action> {
    let mut script = Script::new();
    script.keys("f9");
    let Some(Overlay::Pick(picker, List::Actions)) = script.model.overlays.last() else {
        return Vec::new();
    };
    let action = |answer: &OverlayAnswer| {
        if let OverlayAnswer::Screen(action) = answer { Some(*action) } else { None }
    };
    picker.answers().iter().filter_map(action).collect()
}

/// The keys of the asset, each with its table and action.
fn written() -> Vec<(String, String, String)> {
    let asset: toml_edit::DocumentMut = KEYMAP.parse().unwrap();
    let mut keys = Vec::new();
    for (scene, table) in asset.iter().filter(|(name, _)| *name != "footer") {
        for (action, list) in table.as_table().unwrap() {
            for key in list.as_array().unwrap() {
                keys.push((scene.to_owned(), action.to_owned(), key.as_str().unwrap().to_owned()));
            }
        }
    }
    keys
}

#[test]
fn each_action_has_a_name_of_its_own_in_kebab_case() {
    let names: HashSet<_> = Action::ALL.iter().map(|action| action.name()).collect();
    assert_eq!(names.len(), Action::ALL.len());
    for action in Action::ALL {
        let name = action.name();
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert_eq!(Action::named(name), Some(*action));
    }
    assert_eq!(Action::named("dance"), None);
}

#[test]
fn each_action_says_what_it_does_on_one_short_line() {
    for action in Action::ALL {
        let text = action.text();
        assert!((2..=66).contains(&text.chars().count()), "{}: {text}", action.name());
        assert!(text.starts_with(char::is_uppercase) && !text.ends_with('.'), "{}: {text}", action.name());
    }
}

#[test]
fn each_action_is_in_a_chapter_of_help() {
    let listed: usize = ActionGroup::ALL
        .iter()
        .map(|area| Action::ALL.iter().filter(|action| action.group() == *area).count())
        .sum();
    assert_eq!(listed, Action::ALL.len());
    for area in ActionGroup::ALL {
        assert!(!area.title().is_empty());
        assert!(Action::ALL.iter().any(|action| action.group() == area), "{area:?} is empty");
    }
}

#[test]
fn each_action_has_a_key_in_the_form_or_a_line_in_the_palette() {
    let (keymap, palette) = (built_in(), palette());
    assert!(palette.len() > 30);
    for action in Action::ALL {
        let has_key = [Scene::Form, Scene::Json].map(|scene| keymap.presses(scene, *action).next().is_some());
        assert!(has_key.contains(&true) || palette.contains(action), "{} is out of reach", action.name());
    }
}

#[test]
fn each_action_is_reached_without_control_or_alt() {
    let (keymap, palette) = (built_in(), palette());
    let is_plain = |press: Press| !press.ctrl && !press.alt;
    assert!(keymap.presses(Scene::Form, Action::Palette).any(is_plain), "the palette itself");
    for action in Action::ALL {
        let has_plain_key =
            [Scene::Form, Scene::Json].iter().any(|scene| keymap.presses(*scene, *action).any(is_plain));
        // Text editing in a field needs only the keys of every keyboard.
        let is_shortcut = [
            Action::WordLeft,
            Action::WordRight,
            Action::DeleteWord,
            Action::DeleteLine,
            Action::SelectWordLeft,
            Action::SelectWordRight,
            Action::SelectFirst,
            Action::SelectLast,
        ];
        assert!(
            has_plain_key || palette.contains(action) || is_shortcut.contains(action),
            "{} wants Control or Alt",
            action.name()
        );
    }
}

#[test]
fn each_key_of_the_asset_is_read_and_bound() {
    let keymap = built_in();
    let written = written();
    assert_eq!(written.len(), keymap.bindings().len(), "a key was taken away by another line");
    for (scene, action, key) in written {
        let press = Press::read(&key).unwrap();
        let found = keymap.bindings().iter().find(|binding| {
            format!("{:?}", binding.scene).to_lowercase() == scene
                && binding.press == press
                && binding.action.name() == action
        });
        assert!(found.is_some(), "[{scene}] {action} = {key}");
    }
}

#[test]
fn no_key_asks_for_two_actions_in_one_scene() {
    let keymap = built_in();
    let mut seen = HashSet::new();
    for binding in keymap.bindings() {
        assert!(seen.insert((binding.scene, binding.press)), "{:?} {}", binding.scene, binding.press);
        assert_eq!(keymap.resolve(binding.scene, binding.press), Some(binding.action));
    }
}

#[test]
fn no_two_keys_of_a_scene_look_alike_on_the_screen() {
    let mut seen = HashSet::new();
    for binding in built_in().bindings() {
        assert!(
            seen.insert((binding.scene, binding.press.to_string())),
            "{:?} {}",
            binding.scene,
            binding.press
        );
    }
}

#[test]
fn no_bare_character_is_bound_so_that_all_can_be_typed() {
    for binding in built_in().bindings() {
        let is_typed = matches!(binding.press.key, Key::Char(_)) && !binding.press.ctrl && !binding.press.alt;
        assert!(!is_typed, "{:?} {}", binding.scene, binding.press);
    }
}

#[test]
fn every_scene_can_be_left_and_confirmed() {
    let keymap = built_in();
    for scene in SCENES {
        assert_eq!(keymap.resolve(scene, Press::plain(Key::Named(Named::Esc))), Some(Action::Cancel));
        assert_eq!(keymap.resolve(scene, Press::plain(Key::Named(Named::Enter))), Some(Action::Enter));
    }
}

#[test]
fn the_footer_offers_actions_that_have_keys_in_few_words() {
    let keymap = built_in();
    assert!(!keymap.footer().is_empty());
    for (action, word) in keymap.footer() {
        assert!(keymap.label(Scene::Form, *action).is_some(), "{} has no key", action.name());
        assert!((1..=14).contains(&word.chars().count()), "{word}");
    }
}

#[test]
fn a_patch_replaces_single_lines() {
    let keymap = Keymap::with(Some("[form]\nsave = [\"ctrl-x\"]\nundo = [\"f8\"]\n")).unwrap();
    let press = |text| Press::read(text).unwrap();
    assert_eq!(keymap.resolve(Scene::Form, press("ctrl-x")), Some(Action::Save));
    assert_eq!(keymap.resolve(Scene::Form, press("ctrl-s")), None, "the former keys are free");
    assert_eq!(keymap.resolve(Scene::Form, press("f8")), Some(Action::Undo), "taken from fix");
    assert_eq!(keymap.label(Scene::Form, Action::Fix), None);
    assert_eq!(keymap.label(Scene::Form, Action::Save).unwrap(), "^X");
    assert_eq!(keymap.resolve(Scene::Form, press("f5")), Some(Action::Send), "all else as it was");
    assert_eq!(keymap.resolve(Scene::Picker, press("f2")), Some(Action::RenameDraft));
}

#[test]
fn a_patch_can_unbind_a_key_and_change_the_footer() {
    let keymap = Keymap::with(Some("[form]\nquit = []\n[footer]\nsave = \"keep\"\n")).unwrap();
    assert_eq!(keymap.label(Scene::Form, Action::Quit), None);
    assert_eq!(keymap.footer(), [(Action::Save, "keep".to_owned())]);
    assert_eq!(Keymap::with(Some("")).unwrap(), built_in());
}

#[test]
fn a_faulty_patch_is_refused_by_name() {
    for (patch, words) in [
        ("[form]\ndance = [\"f5\"]", "“dance” is not an action"),
        ("[garden]\nsave = [\"f5\"]", "[garden] is not a scene"),
        ("[form]\nsave = [\"hyper-q\"]", "“hyper-q” is not a key"),
        ("[form]\nsave = [\"f25\"]", "“f25” is not a key"),
        ("[form]\nsave = [\"ctrl-\"]", "“ctrl-” is not a key"),
        ("[form]\nsave = \"f5\"", "“save” needs a list of keys"),
        ("[form]\nsave = [5]", "“save” needs a list of keys"),
        ("form = 1", "“form” needs"),
        ("[footer]\ndance = \"dance\"", "“dance” is not an action"),
        ("[form", "the keymap is not TOML"),
    ] {
        let error = Keymap::with(Some(patch)).unwrap_err();
        assert!(error.to_string().contains(words), "{patch}: {error}");
    }
    assert_eq!(
        Keymap::with(Some("[form]\ndance = []")).unwrap_err(),
        KeymapError::Action("dance".to_owned())
    );
}

#[test]
fn keys_are_shown_with_their_common_names() {
    for (written, shown) in [
        ("ctrl-s", "^S"),
        ("alt-1", "Alt-1"),
        ("shift-f7", "⇧F7"),
        ("shift-tab", "⇧Tab"),
        ("ctrl-pagedown", "^PgDn"),
        ("alt-up", "Alt-↑"),
        ("delete", "Del"),
        ("f12", "F12"),
    ] {
        assert_eq!(Press::read(written).unwrap().to_string(), shown);
    }
}

#[test]
fn help_shows_every_action_with_its_keys() {
    let mut script = Script::new();
    script.sized(120, 200).keys("f1");
    let (screen, keymap) = (script.screen(), built_in());
    for action in Action::ALL {
        assert!(screen.contains(action.text()), "{} is not in\n{screen}", action.name());
        if let Some(label) = keymap.label(Scene::Form, *action) {
            assert!(screen.contains(&label), "{label} is not in\n{screen}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_the_key_parser_panic(text in ".{0,12}") {
        Press::read(&text);
    }

    #[test]
    fn no_patch_makes_the_keymap_parser_panic(text in "[\\[\\]a-z=\" ,\n-]{0,60}") {
        Keymap::with(Some(&text)).ok();
    }
}

/// BEL (Ctrl-G) ends many terminal replies; a reply that arrives byte by byte looks like typing.
#[test]
fn no_action_has_the_byte_that_ends_a_reply_of_the_terminal() {
    let keymap = built_in();
    let bel = Press::read("ctrl-g").unwrap();
    for scene in SCENES {
        assert_eq!(keymap.message(scene, bel), None, "{scene:?}");
    }
}

#[test]
fn keys_pressed_one_after_the_other_are_read_with_the_text_in_between() {
    let plain = |key| Press::plain(key);
    let read = sei_compose::keymap::press::read_all("f5  ctrl-s 'a f5' tab").unwrap();
    let typed = "a f5".chars().map(|character| plain(Key::Char(character)));
    let keys = [plain(Key::F(5)), Press::read("ctrl-s").unwrap()].into_iter().chain(typed);
    assert_eq!(read, keys.chain([Press::read("tab").unwrap()]).collect::<Vec<_>>());
    assert_eq!(sei_compose::keymap::press::read_all(""), Ok(Vec::new()));
    let why = sei_compose::keymap::press::read_all("f5 entre").unwrap_err();
    assert!(why.contains("“entre” is not a key"), "{why}");
}

/// The text of a notice as the screen shows it.
fn drawn(script: &mut Script, words: &str) -> String {
    script.model.notice = Some(Notice { text: words.to_owned().into(), tone: Tone::Note });
    script.screen()
}

#[test]
fn every_action_that_a_message_names_in_braces_is_drawn_as_its_key_or_its_name() {
    for keys in ["", "[form]\nsave = []\nundo = []\npalette = []\n"] {
        let mut script = Script::new();
        script.keymap = Keymap::with(Some(keys)).unwrap();
        for action in Action::ALL {
            let screen = drawn(&mut script, &format!("Now {{{}}} helps.", action.name()));
            assert!(screen.contains("Now ") && !screen.contains(&format!("{{{}", action.name())), "{screen}");
        }
    }
    let screen = drawn(&mut Script::new(), "{copy-json} copies it.");
    assert!(screen.contains("“Copy the whole payload as JSON” in the actions (F9) copies it."), "{screen}");
}

#[test]
fn messages_name_actions_in_braces_only_where_keys_replace_them() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = 0;
    for (path, text) in crate::tidy::sources("src") {
        let starts = text.match_indices('{').map(|(at, _)| text.get(at + 1..).unwrap());
        let names = starts.filter_map(|rest| Some(rest.split_once('}')?.0));
        let is_name = |name: &&str| {
            name.contains('-') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        for name in names.filter(is_name) {
            found += 1;
            assert!(Action::named(name).is_some(), "{}: the action {name} does not exist", path.display());
            // The app draws the messages of the runtime.
            let is_drawn = ["src/app", "src/ui", "src/plain", "src/runtime/effect.rs"]
                .iter()
                .any(|folder| path.starts_with(root.join(folder)));
            assert!(is_drawn, "{}: nothing replaces {{{name}}} here", path.display());
        }
    }
    assert!(found > 5, "{found}");
}
