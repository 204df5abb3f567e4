//! Replies of the terminal to queries of a previous program: whole, split, late, cut.

use sei_compose::runtime::input::TerminalInput;

use super::{Sender, inputs, key, keys, pasted};

/// Replies of terminals.
pub(super) const REPLIES: &[&[u8]] = &[
    // Colors, ended by BEL and by ST.
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    b"\x1b]10;rgb:cdcd/d6d6/f4f4\x1b\\",
    b"\x1b]12;rgba:ffff/ffff/ffff/ffff\x1b\\",
    b"\x1b]4;1;rgb:f3f3/8b8b/a8a8\x07",
    // The clipboard, a window title, an icon label, a file, the size of a cell.
    b"\x1b]52;c;SGVsbG8sIHdvcmxkCg==\x07",
    b"\x1b]lsei-compose: a title with \xc3\xa9\x1b\\",
    b"\x1b]Licon\x1b\\",
    b"\x1b]1337;ReportCellSize=17.0;8.0;2.0\x1b\\",
    b"\x1b]99;i=1:p=?;p=title,body\x1b\\",
    // Version, terminfo capability, setting, unit id.
    b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1bP1+r544e=787465726d2d323536636f6c6f72\x1b\\",
    b"\x1bP0+r\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP!|7E565445\x1b\\",
    // Graphics, and two kinds of strings that no known terminal sends.
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^privacy message\x1b\\",
    b"\x1bXstart of string\x07\x1b\\",
    // Device attributes, status, modes, cursor, window, keyboard, color scheme.
    b"\x1b[?62;1;4;22c",
    b"\x1b[>41;390;0c",
    b"\x1b[=0;0c",
    b"\x1b[0n",
    b"\x1b[?997;1n",
    b"\x1b[?2026;2$y",
    b"\x1b[4;1$y",
    b"\x1b[24;80R",
    b"\x1b[1;1R",
    b"\x1b[1;80R",
    b"\x1b[?24;80;1R",
    b"\x1b[8;24;80t",
    b"\x1b[48;24;80;480;640t",
    b"\x1b[4;480;640t",
    b"\x1b[?1u",
    b"\x1b[>4;2m",
    b"\x1b[2;1;1;112;112;1;0x",
    b"\x1b[?1;0;256S",
    // 8-bit forms.
    b"\x9b?62;1c",
    b"\x9d11;rgb:1e1e/1e1e/2e2e\x07",
    b"\x9d11;rgb:1e1e/1e1e/2e2e\x9c",
    b"\x90>|XTerm(390)\x9c",
    "\u{9b}0n".as_bytes(),
    // An end of a string without a string.
    b"\x1b\\",
];

#[test]
fn a_reply_presses_nothing_and_types_nothing() {
    for reply in REPLIES {
        assert_eq!(inputs(reply), [], "{}", reply.escape_ascii());
    }
}

#[test]
fn a_key_after_a_reply_counts_and_one_in_the_same_read_does_not() {
    for reply in REPLIES {
        let mut sender = Sender::default();
        assert_eq!(sender.read(reply).read(b"\x07").inputs(), keys("ctrl-g"), "{}", reply.escape_ascii());
        for key in [b"\x07".as_slice(), b"\r", b"\x1b[15~", b"\x1bx", b"\x1b[<0;5;2M"] {
            assert_eq!(inputs(&[reply, key].concat()), [], "{}", reply.escape_ascii());
            assert_eq!(inputs(&[key, reply].concat()), [], "{}", reply.escape_ascii());
        }
        assert_eq!(inputs(&[b"a", *reply, b"b"].concat()), pasted("ab"), "{}", reply.escape_ascii());
    }
}

#[test]
fn a_split_reply_is_still_one_reply() {
    for reply in REPLIES {
        for cut in 0..=reply.len() {
            let (first, second) = reply.split_at(cut);
            let found = Sender::default().read(first).pause(10).read(second).pause(60_000).inputs();
            assert_eq!(found, [], "{} cut at {cut}", reply.escape_ascii());
        }
        let mut sender = Sender::default();
        for byte in *reply {
            sender.read(&[*byte]).pause(10);
        }
        assert_eq!(sender.pause(60_000).inputs(), [], "{}", reply.escape_ascii());
    }
}

/// A pause like on a slow network. If it comes directly after ESC or the byte after ESC, the parser
/// has already delivered this much as a key; then only this key can remain of the reply.
#[test]
fn the_rest_of_a_reply_can_come_late() {
    for reply in REPLIES.iter().filter(|reply| reply.starts_with(b"\x1b")) {
        for cut in 3..reply.len() {
            let (first, second) = reply.split_at(cut);
            let found = Sender::default().read(first).pause(2_000).read(second).pause(60_000).inputs();
            assert_eq!(found, [], "{} cut at {cut}", reply.escape_ascii());
        }
    }
    for reply in &REPLIES[..4] {
        let found = Sender::default().read(&reply[..1]).pause(2_000).read(&reply[1..]).inputs();
        assert_eq!(found, key("esc"), "{}", reply.escape_ascii());
        let found = Sender::default().read(&reply[..2]).pause(2_000).read(&reply[2..]).inputs();
        assert_eq!(found, key("alt-]"), "{}", reply.escape_ascii());
    }
}

#[test]
fn the_rest_of_a_reply_without_its_start_presses_nothing() {
    for reply in REPLIES {
        for cut in 1..reply.len() {
            let found = inputs(&reply[cut..]);
            let is_harmless = |input: &TerminalInput| match input {
                TerminalInput::Paste(_) => true,
                // The last bytes of a reply, such as `m`, are characters and not commands. A single
                // BEL is also the byte of a key.
                TerminalInput::Press(press) => (!press.ctrl && !press.alt) || reply[cut..] == *b"\x07",
                TerminalInput::Click { .. } | TerminalInput::Wheel { .. } => false,
            };
            assert!(found.iter().all(is_harmless), "{}: {found:?}", reply[cut..].escape_ascii());
        }
    }
}

#[test]
fn a_cut_reply_does_not_block_the_keyboard() {
    for reply in REPLIES.iter().filter(|reply| reply.len() > 4) {
        let cut = &reply[..reply.len() - 2];
        // A key with its own sequence ends the reply at once.
        let mut sender = Sender::default();
        assert_eq!(sender.read(cut).read(b"\x1b[15~").inputs().len(), 0, "{}", cut.escape_ascii());
        assert_eq!(sender.read(b"\x1b[15~").inputs(), keys("f5"), "{}", cut.escape_ascii());
        // CAN and SUB end the reply, and so does a timeout.
        for cancel in [b"\x18", b"\x1a"] {
            let mut sender = Sender::default();
            assert_eq!(sender.read(cut).read(cancel).inputs(), [], "{}", cut.escape_ascii());
            assert_eq!(sender.read(b"x").inputs(), keys("x"), "{}", cut.escape_ascii());
        }
        let mut sender = Sender::default();
        assert_eq!(sender.read(cut).pause(5_000).read(b"x").inputs(), keys("x"), "{}", cut.escape_ascii());
    }
}

#[test]
fn the_first_keys_of_a_reply_are_keys_when_nothing_follows() {
    for (name, bytes) in [("alt-]", b"\x1b]"), ("alt-P", b"\x1bP"), ("alt-X", b"\x1bX"), ("alt-_", b"\x1b_")]
    {
        let mut sender = Sender::default();
        assert_eq!(sender.read(bytes).pause(200).inputs(), key(name));
        assert_eq!(sender.read(b"4").read(b"6").read(b"\r").inputs(), keys("'46' enter"), "after {name}");
        assert_eq!(sender.read(b"4620, later").inputs(), pasted("4620, later"), "after {name}");
    }
    // After Esc, text that only resembles a sequence is text.
    for text in ["[1, 2]", "[{\"a\":1}]", "]0", "Path", "_Go", "Project"] {
        let mut sender = Sender::default();
        sender.read(b"\x1b").pause(200).inputs();
        let found = sender.read(text.as_bytes()).inputs();
        let typed = keys(&format!("'{text}'"));
        assert!(found == pasted(text) || found == typed, "{text}: {found:?}");
    }
}

#[test]
fn a_string_without_an_end_is_not_stored() {
    let mut sender = Sender::default();
    sender.read(b"\x1b]52;c;");
    for _ in 0..100 {
        sender.read(&[b'A'; 4_096]);
    }
    assert!(format!("{:?}", sender.parser).contains("stored: 0,"), "{:?}", sender.parser);
    assert_eq!(sender.read(b"\x07").read(b"x").inputs(), keys("x"));
    let mut sender = Sender::default();
    sender.read(b"\x1b[");
    for _ in 0..100 {
        sender.read(&[b'1'; 4_096]);
    }
    assert!(format!("{:?}", sender.parser).contains("stored: 64,"), "{:?}", sender.parser);
    assert_eq!(sender.read(b"~").read(b"x").inputs(), keys("x"));
}
