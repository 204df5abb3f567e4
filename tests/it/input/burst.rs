//! Input that arrives in one read: keys, or a paste.

use sei_compose::runtime::input::burst::resolve;
use sei_compose::runtime::input::parser::Parser;

use super::{inputs, keys, pasted};

#[test]
fn long_text_in_one_read_is_a_paste_and_short_text_is_typed() {
    for text in ["", "y", "ab", "abc"] {
        assert_eq!(inputs(text.as_bytes()), keys(&format!("'{text}'")), "{text}");
    }
    assert_eq!(inputs(b"y\r"), keys("'y' enter"));
    assert_eq!(inputs(b"abc\t"), keys("'abc' tab"));
    for text in ["abcd", "a b ", "漢字です", "abcd\r", "a\rb", "a\tb", "\rb", "aaa\rbbb\rccc\r4620\r\rddd\r"]
    {
        assert_eq!(inputs(text.as_bytes()), pasted(text), "{text:?}");
    }
}

#[test]
fn repeated_keys_and_fast_keys_stay_keys() {
    assert_eq!(inputs(b"\r\r\r"), keys("enter enter enter"));
    assert_eq!(inputs(b"\t\t"), keys("tab tab"));
    assert_eq!(inputs(b"\x7f\x7f\x7f\x7f\x7f"), keys("backspace backspace backspace backspace backspace"));
    assert_eq!(inputs(b"\x1b[B\x1b[B\x1b[B"), keys("down down down"));
    assert_eq!(inputs(b"\x1b[21~\x1b[B\r"), keys("f10 down enter"));
    assert_eq!(inputs(b"\x1a\x1a"), keys("ctrl-z ctrl-z"));
    assert_eq!(inputs(b"\x13\r"), keys("ctrl-s enter"));
    assert_eq!(inputs(b"x\x1b[Dx\x1b[D"), keys("'x' left 'x' left"));
}

#[test]
fn keys_with_an_escape_sequence_count_next_to_text() {
    assert_eq!(inputs(b"abcdef\x1bOS"), [pasted("abcdef"), keys("f4")].concat());
    assert_eq!(inputs(b"\x15abcdef\x7f"), [keys("ctrl-u"), pasted("abcdef"), keys("backspace")].concat());
}

#[test]
fn control_characters_in_text_are_not_keys() {
    assert_eq!(inputs(b"aaaa\x07bbbb"), pasted("aaaabbbb"));
    assert_eq!(inputs(b"3\x07"), pasted("3"));
    assert_eq!(inputs(b"\x11quit\x03"), pasted("quit"));
    assert_eq!(inputs(b"text\x1bx"), pasted("text"));
    assert_eq!(inputs(b"ab\x1b"), pasted("ab"));
    assert_eq!(inputs(b"\x07\x13"), [], "a user does not press two commands at once");
    assert_eq!(inputs(b"\x1ba\x1bx"), []);
}

/// A slow writer sends one byte at a time. The first is typed before the parser knows about the
/// others.
#[test]
fn bytes_within_a_millisecond_continue_the_typed_text() {
    let rest = |bytes: &[u8], before| resolve(Parser::default().feed(bytes), before);
    assert_eq!(rest(b"aa\rbbb\r", 1), pasted("aa\rbbb\r"));
    assert_eq!(rest(b"\rb", 1), pasted("\rb"));
    assert_eq!(rest(b"b", 1), keys("'b'"));
    assert_eq!(rest(b"\r", 1), keys("enter"));
    assert_eq!(rest(b"d", 3), pasted("d"));
    assert_eq!(rest(b"\x07", 1), [], "a BEL in a text");
    assert_eq!(rest(b"\x1bOS", 1), keys("f4"));
}
