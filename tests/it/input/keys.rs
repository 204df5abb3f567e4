//! Every key, as each kind of terminal sends it.

use sei_compose::runtime::input::TerminalInput;

use super::{Sender, inputs, key, keys, pasted};

/// The bytes of a terminal, and the key.
const KEYS: &[(&str, &[u8])] = &[
    // Plain bytes.
    ("a", b"a"),
    ("é", "é".as_bytes()),
    ("漢", "漢".as_bytes()),
    ("😀", "😀".as_bytes()),
    ("enter", b"\r"),
    ("tab", b"\t"),
    ("backspace", b"\x7f"),
    ("esc", b"\x1b"),
    ("ctrl-space", b"\0"),
    ("ctrl-g", b"\x07"),
    ("ctrl-h", b"\x08"),
    ("ctrl-j", b"\n"),
    ("ctrl-z", b"\x1a"),
    ("ctrl-4", b"\x1c"),
    ("ctrl-7", b"\x1f"),
    // Alt as ESC.
    ("alt-x", b"\x1bx"),
    ("alt-P", b"\x1bP"),
    ("alt-O", b"\x1bO"),
    ("alt-[", b"\x1b["),
    ("alt-]", b"\x1b]"),
    ("alt-é", "\x1bé".as_bytes()),
    ("alt-enter", b"\x1b\r"),
    ("alt-backspace", b"\x1b\x7f"),
    ("ctrl-alt-a", b"\x1b\x01"),
    // Arrows and their neighbors: xterm, application mode, rxvt.
    ("up", b"\x1b[A"),
    ("down", b"\x1bOB"),
    ("home", b"\x1b[H"),
    ("home", b"\x1b[1~"),
    ("home", b"\x1b[7~"),
    ("end", b"\x1bOF"),
    ("end", b"\x1b[4~"),
    ("end", b"\x1b[8~"),
    ("insert", b"\x1b[2~"),
    ("delete", b"\x1b[3~"),
    ("pageup", b"\x1b[5~"),
    ("pagedown", b"\x1b[6~"),
    ("shift-tab", b"\x1b[Z"),
    ("shift-tab", b"\x1b[1;2Z"),
    ("ctrl-shift-left", b"\x1b[1;6D"),
    ("alt-up", b"\x1b[1;3A"),
    ("alt-up", b"\x1b\x1b[A"),
    ("alt-up", b"\x1b\x1bOA"),
    ("ctrl-right", b"\x1b[5C"),
    ("ctrl-right", b"\x1bOc"),
    ("ctrl-right", b"\x1bO5C"),
    ("shift-down", b"\x1b[b"),
    ("ctrl-home", b"\x1b[1;5H"),
    ("ctrl-home", b"\x1b[7^"),
    ("ctrl-end", b"\x1b[1;5F"),
    ("ctrl-shift-end", b"\x1b[8@"),
    ("shift-delete", b"\x1b[3;2~"),
    ("shift-delete", b"\x1b[3$"),
    ("ctrl-insert", b"\x1b[2;5~"),
    ("alt-delete", b"\x1b[3;3~"),
    ("ctrl-pageup", b"\x1b[5;5~"),
    // Function keys: xterm, vt220, the Linux console, rxvt, kitty.
    ("f1", b"\x1bOP"),
    ("f1", b"\x1b[11~"),
    ("f1", b"\x1b[[A"),
    ("f1", b"\x1b[P"),
    ("f2", b"\x1b[[B"),
    ("f3", b"\x1bOR"),
    ("f3", b"\x1b[13~"),
    ("f4", b"\x1bOS"),
    ("f5", b"\x1b[15~"),
    ("f5", b"\x1b[[E"),
    ("f6", b"\x1b[17~"),
    ("f10", b"\x1b[21~"),
    ("f11", b"\x1b[23~"),
    ("f12", b"\x1b[24~"),
    ("shift-f1", b"\x1b[1;2P"),
    ("shift-f1", b"\x1bO2P"),
    ("shift-f1", b"\x1b[25~"),
    ("shift-f3", b"\x1b[1;2R"),
    ("shift-f3", b"\x1b[28~"),
    ("shift-f7", b"\x1b[18;2~"),
    ("shift-f7", b"\x1b[33~"),
    ("shift-f8", b"\x1b[34~"),
    ("shift-f11", b"\x1b[23$"),
    ("ctrl-f7", b"\x1b[18^"),
    ("alt-f7", b"\x1b[18;3~"),
    ("alt-f7", b"\x1b\x1b[18~"),
    ("shift-f1", b"\x1b[57376u"),
    // modifyOtherKeys, and the keyboard protocol of kitty.
    ("ctrl-s", b"\x1b[27;5;115~"),
    ("alt-s", b"\x1b[27;3;115~"),
    ("ctrl-tab", b"\x1b[27;5;9~"),
    ("ctrl-s", b"\x1b[115;5u"),
    ("ctrl-s", b"\x1b[115;5:1u"),
    ("ctrl-s", b"\x1b[115;5:2u"),
    ("ctrl-s", b"\x1b[83;6u"),
    ("A", b"\x1b[97;2u"),
    ("!", b"\x1b[49:33;2u"),
    ("é", b"\x1b[233u"),
    ("enter", b"\x1b[13u"),
    ("esc", b"\x1b[27u"),
    ("ctrl-backspace", b"\x1b[127;5u"),
    ("shift-tab", b"\x1b[9;2u"),
    ("ctrl-space", b"\x1b[32;5u"),
    ("ctrl-up", b"\x1b[1;5:1A"),
    // The keypad.
    ("enter", b"\x1bOM"),
    ("7", b"\x1bOw"),
    ("*", b"\x1bOj"),
    ("0", b"\x1b[57399u"),
    ("enter", b"\x1b[57414u"),
    ("delete", b"\x1b[57426u"),
    ("left", b"\x1b[57417u"),
];

#[test]
fn each_key_is_read_as_every_terminal_sends_it() {
    for (name, bytes) in KEYS {
        assert_eq!(inputs(bytes), key(name), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_key_in_single_bytes_is_the_same_key() {
    for (name, bytes) in KEYS {
        let mut sender = Sender::default();
        for byte in *bytes {
            sender.read(&[*byte]).pause(10);
        }
        assert_eq!(sender.pause(60_000).inputs(), key(name), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_key_release_and_an_unknown_key_are_ignored() {
    let none: [&[u8]; 9] = [
        b"\x1b[115;5:3u",
        b"\x1b[1;5:3A",
        b"\x1b[15;1:3~",
        b"\x1b[57441;2u",
        b"\x1b[57358u",
        // Super and a character.
        b"\x1b[115;9u",
        b"\x1b[57388u",
        // The window gets and loses the focus.
        b"\x1b[I",
        b"\x1b[O",
    ];
    for bytes in none {
        assert_eq!(inputs(bytes), [], "{}", bytes.escape_ascii());
        // They do not disturb other input: keys next to them count.
        assert_eq!(inputs(&[bytes, b"\x1b[15~"].concat()), key("f5"), "{}", bytes.escape_ascii());
    }
}

#[test]
fn each_mouse_report_is_read() {
    let click = |column, row| vec![TerminalInput::Click { column, row }];
    let wheel = |down| vec![TerminalInput::Wheel { column: 4, row: 1, down }];
    let table: [(&[u8], Vec<TerminalInput>); 19] = [
        (b"\x1b[<0;5;2M", click(4, 1)),
        (b"\x1b[<4;5;2M", click(4, 1)),
        (b"\x1b[<0;300;200M", click(299, 199)),
        (b"\x1b[<0;5;2m", vec![]),
        (b"\x1b[<1;5;2M", vec![]),
        (b"\x1b[<2;5;2M", vec![]),
        (b"\x1b[<32;5;2M", vec![]),
        (b"\x1b[<35;5;2M", vec![]),
        (b"\x1b[<64;5;2M", wheel(false)),
        (b"\x1b[<65;5;2M", wheel(true)),
        (b"\x1b[<66;5;2M", vec![]),
        (b"\x1b[<0;0;0M", vec![]),
        (b"\x1b[<256;5;2M", vec![]),
        (b"\x1b[<0;-5;2M", vec![]),
        (b"\x1b[<0;99999999999;2M", vec![]),
        (b"\x1b[M %\"", click(4, 1)),
        (b"\x1b[M#%\"", vec![]),
        (b"\x1b[Ma%\"", wheel(true)),
        (b"\x1b[32;5;2M", click(4, 1)),
    ];
    for (bytes, expected) in table {
        assert_eq!(inputs(bytes), expected, "{}", bytes.escape_ascii());
    }
    // Columns above 95 are bytes that start a character in UTF-8, or that are not valid UTF-8.
    assert_eq!(inputs(b"\x1b[M \xe3\xff"), click(194, 222));
    assert_eq!(inputs(b"\x1b[M \x9b\x90"), click(122, 111));
}

#[test]
fn a_bracketed_paste_stays_whole_with_any_content_and_any_split() {
    let text = "a\x11\x03\x1b[21~\t\x1b]11;?\x07\x1b[200~ é\u{9b}1m\x1b[201";
    let bytes = format!("\x1b[200~{text}\x1b[201~").into_bytes();
    for cut in 0..=bytes.len() {
        let (first, second) = bytes.split_at(cut);
        let mut sender = Sender::default();
        let found = sender.read(first).pause(10).read(second).inputs();
        assert_eq!(found, pasted(text), "cut at {cut}");
    }
    assert_eq!(inputs(b"\x1b[200~\xff\xfeend\x1b[201~"), pasted("\u{fffd}\u{fffd}end"));
    let both = [pasted("one"), keys("enter")].concat();
    assert_eq!(inputs(b"\x1b[200~one\x1b[201~\r"), both);
}

#[test]
fn a_bracketed_paste_without_an_end_waits_for_it() {
    let mut sender = Sender::default();
    sender.read(b"\x1b[200~one").pause(600_000).read(b"\x1b[21~\r").pause(600_000);
    assert_eq!(sender.inputs(), []);
    assert_eq!(sender.read(b"\x1b[201~").inputs(), pasted("one\x1b[21~\r"));
    assert_eq!(sender.read(b"x").inputs(), keys("x"));
}

#[test]
fn a_split_character_is_joined_and_invalid_bytes_are_dropped() {
    for character in ["é", "漢", "😀"] {
        for cut in 1..character.len() {
            let (first, second) = character.as_bytes().split_at(cut);
            let mut sender = Sender::default();
            assert_eq!(sender.read(first).pause(10).read(second).inputs(), key(character));
        }
    }
    let invalid: [&[u8]; 8] =
        [b"\xff", b"\x80", b"\xc3", b"\xe2\x82", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8"];
    for bytes in invalid {
        assert_eq!(inputs(bytes), [], "{}", bytes.escape_ascii());
        // The text around it is kept, but no part of it is a key.
        let around = [b"a", bytes, b"b"].concat();
        assert_eq!(inputs(&around), pasted("ab"), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_paste_does_not_print_its_text() {
    let shown = format!("{:?}", inputs(b"\x1b[200~secret\x1b[201~"));
    assert!(!shown.contains("secret"), "{shown}");
}
