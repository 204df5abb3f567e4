//! Tests of `text`.

use proptest::prelude::*;
use sei_compose::keymap::Keymap;
use sei_compose::text::{
    Advice, Visible, base64, base64_decoded, bytes, closest, count, cut, fold, visible, visible_lines, width,
    wrap,
};
use sei_compose::wire::Environment;
use sei_compose::world::FileError;

#[test]
fn width_counts_the_columns_of_a_terminal() {
    for (text, columns) in [
        ("", 0),
        ("build", 5),
        ("größe", 5),
        ("e\u{301}", 1),
        ("日本", 4),
        ("👩‍🚀", 2),
        ("🇩🇪", 2),
        ("a\u{200b}b", 2),
    ] {
        assert_eq!(width(text), columns, "{text:?}");
    }
}

#[test]
fn a_folded_text_is_broken_after_spaces_and_keeps_each_of_them() {
    for (text, columns, expected) in [
        ("", (4, 4), vec![""]),
        ("  a  b", (10, 10), vec!["  a  b"]),
        ("echo  \"a b\"", (8, 6), vec!["echo  ", "\"a b\""]),
        ("abcdefgh", (3, 2), vec!["abc", "de", "fg", "h"]),
        ("日本語", (3, 1), vec!["日", "本", "語"]),
    ] {
        assert_eq!(fold(text, columns), expected, "{text:?} in {columns:?}");
    }
}

proptest! {
    #[test]
    fn a_folded_text_keeps_every_character(text in ".{0,80}", first in 1_usize..20, further in 1_usize..20) {
        let lines = fold(&text, (first, further));
        prop_assert_eq!(lines.concat(), text.as_str());
        for (index, line) in lines.iter().enumerate() {
            let room = if index == 0 { first } else { further };
            prop_assert!(width(line) <= room.max(2), "{:?}", lines);
        }
    }
}

#[test]
fn a_text_that_is_too_wide_is_cut_between_graphemes_and_ends_in_an_ellipsis() {
    for (text, columns, expected) in [
        ("nightly", 7, "nightly"),
        ("nightly", 6, "night…"),
        ("nightly", 1, "…"),
        ("nightly", 0, ""),
        ("", 0, ""),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("日本語", 6, "日本語"),
        ("e\u{301}a\u{300}xyz", 3, "e\u{301}a\u{300}…"),
        ("👩‍🚀👩‍🚀", 3, "👩‍🚀…"),
    ] {
        assert_eq!(cut(text, columns), expected, "{text:?} in {columns}");
    }
}

#[test]
fn lines_break_between_words_and_inside_only_those_that_are_too_long() {
    for (text, columns, expected) in [
        ("the run would land in 1970", 10, vec!["the run", "would land", "in 1970"]),
        ("one  two", 20, vec!["one two"]),
        ("one\n\ntwo\n", 20, vec!["one", "", "two"]),
        ("a abcdefgh b", 3, vec!["a", "abc", "def", "gh", "b"]),
        ("日本語", 5, vec!["日本", "語"]),
        ("日", 1, vec!["…"]),
        ("ab", 0, vec!["a", "b"]),
        ("", 5, vec![""]),
    ] {
        assert_eq!(wrap(text, columns), expected, "{text:?} in {columns}");
    }
}

#[test]
fn visible_text_cannot_control_a_terminal() {
    for (text, expected) in [
        ("plain ünïcode 日本 👩‍🚀", "plain ünïcode 日本 👩‍🚀"),
        ("\u{1b}[31mred\r\n", "␛[31mred␍␊"),
        ("a\tb\0\u{7f}", "a␉b␀␡"),
        ("\u{9b}2J", "⟨U+009B⟩2J"),
        ("user\u{202e}gnp.exe", "user⟨U+202E⟩gnp.exe"),
        ("\u{2066}x\u{2069}\u{200f}\u{2028}", "⟨U+2066⟩x⟨U+2069⟩⟨U+200F⟩⟨U+2028⟩"),
    ] {
        assert_eq!(visible(text), expected, "{text:?}");
    }
}

#[test]
fn the_nearest_word_is_found_and_a_distant_one_is_not() {
    let known = ["pipeline", "job_full_name", "result", "ci", "cd", "duration", "web_url", "theme"];
    for (word, expected) in [
        ("pipline", Some("pipeline")),
        ("pipelien", Some("pipeline")),
        ("jobFullName", Some("job_full_name")),
        ("RESULT", Some("result")),
        ("results", Some("result")),
        ("durration", Some("duration")),
        ("hteme", Some("theme")),
        ("htmee", None),
        ("CI", Some("ci")),
        ("ca", None),
        ("web-url", Some("web_url")),
        ("colors", None),
        ("", None),
        ("_", None),
    ] {
        assert_eq!(closest(word, known), expected, "{word}");
    }
    assert_eq!(closest("reslt", ["resalt", "result"]), Some("resalt"), "the first of equals");
    assert_eq!(closest("result", ["results", "result"]), Some("result"), "the nearer one");
}

#[test]
fn sizes_and_counts_read_as_people_say_them() {
    for (n, expected) in [
        (0, "0 B"),
        (812, "812 B"),
        (1_000, "1.0 kB"),
        (1_849, "1.8 kB"),
        (1_850, "1.9 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (2_400_000, "2.4 MB"),
        (5_000_000_000, "5.0 GB"),
        (7_000_000_000_000, "7000.0 GB"),
    ] {
        assert_eq!(bytes(n), expected);
    }
    assert_eq!(count(1, "error", "errors"), "1 error");
    assert_eq!(count(0, "error", "errors"), "0 errors");
    assert_eq!(count(3, "entry", "entries"), "3 entries");
}

proptest! {
    #[test]
    fn cut_text_is_never_wider_than_asked(
        text in prop_oneof![any::<String>(), "[ab\u{301}\u{1f680}\u{200d}\u{600}\u{fe0f}\u{644}\u{627} ]{0,30}"], columns in 0_usize..30,
    ) {
        let shown = cut(&text, columns);
        prop_assert!(width(&shown) <= columns, "{shown:?} has {} columns", width(&shown));
        prop_assert_eq!(shown == text, width(&text) <= columns);
    }

    #[test]
    fn wrapped_lines_are_never_wider_than_asked_and_lose_no_letter(
        text in "[a-z\u{e4}\u{301}\u{65e5}\u{1f680}\u{5d0} \n]{0,60}", columns in 2_usize..20,
    ) {
        let lines = wrap(&text, columns);
        for line in &lines {
            prop_assert!(width(line) <= columns, "{line:?} has {} columns", width(line));
        }
        let letters = |text: &str| text.chars().filter(|c| !c.is_ascii_whitespace()).collect::<String>();
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
    }

    #[test]
    fn any_text_wraps_within_any_width(
        text in prop_oneof![any::<String>(), "[ab\u{301}\u{1f680}\u{200d}\u{600}\u{fe0f}\u{644}\u{627} ]{0,30}"], columns in 1_usize..30,
    ) {
        for line in wrap(&text, columns) {
            prop_assert!(width(&line) <= columns, "{line:?} has {} columns", width(&line));
        }
    }

    #[test]
    fn visible_text_holds_no_control_character_and_stays_as_it_is(text in any::<String>()) {
        let shown = visible(&text).into_owned();
        prop_assert!(!shown.chars().any(char::is_control));
        prop_assert_eq!(visible(&shown), shown.as_str());
    }

    #[test]
    fn a_known_word_is_its_own_nearest(word in "[a-z_]{3,20}") {
        prop_assume!(word.contains(char::is_alphabetic));
        prop_assert_eq!(closest(&word, [word.as_str()]), Some(word.as_str()));
    }
}

#[test]
fn base64_is_written_by_the_standard_and_read_leniently() {
    for (plain, encoded) in
        [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("me:a?>~ü", "bWU6YT8+fsO8")]
    {
        assert_eq!(base64(plain.as_bytes()), encoded, "{plain}");
        assert_eq!(base64_decoded(encoded).as_deref(), Some(plain), "{encoded}");
        let bare = encoded.trim_end_matches('=').replace('+', "-").replace('/', "_");
        assert_eq!(base64_decoded(&bare).as_deref(), Some(plain), "{bare}");
    }
    // Extra bits, an extra character, and padding that is too long.
    for (encoded, plain) in [("Zh==", "f"), ("Zm9vY", "foo"), ("Zm8===", "fo"), ("Y", "")] {
        assert_eq!(base64_decoded(encoded).as_deref(), Some(plain), "{encoded}");
    }
    for unreadable in ["Zm=v", "Zm9 v", "Zm9v!", "Zm9vü", "/w==", "$KEY"] {
        assert_eq!(base64_decoded(unreadable), None, "{unreadable}");
    }
}

proptest! {
    #[test]
    fn base64_is_its_own_inverse(text in ".{0,40}") {
        prop_assert_eq!(base64_decoded(&base64(text.as_bytes())), Some(text));
    }
}

#[test]
fn a_text_is_sanitized_when_it_becomes_the_type_that_sinks_accept() {
    let hostile = "a\u{1b}[31m\nb\u{202e}\t";
    assert_eq!(Visible::from(hostile.to_owned()), "a␛[31m\nb⟨U+202E⟩␉");
    assert_eq!(visible_lines(hostile), "a␛[31m\nb⟨U+202E⟩␉");
    assert_eq!(visible(hostile), "a␛[31m␊b⟨U+202E⟩␉");
    assert_eq!(Visible::from("plain\ntext".to_owned()), "plain\ntext");
    assert_eq!(format!("[{:>4}]", visible("é")), "[   é]");
}

#[test]
fn a_message_and_its_hint_are_joined_as_sentences_or_as_clauses() {
    let sentence = Advice::new("The file is gone.").hint("Save it again.");
    assert_eq!(sentence.to_string(), "The file is gone. Save it again.");
    assert_eq!(sentence.clause(), "The file is gone");
    let clause = Advice::new("the key is empty").hint("paste the whole key");
    assert_eq!(clause.to_string(), "the key is empty; paste the whole key");
    assert_eq!(Advice::new("nothing to do").to_string(), "nothing to do");
}

#[test]
fn the_hint_of_an_error_is_separate_from_what_is_wrong() {
    let errors = [
        FileError::Missing { path: "a.json".into() }.advice(),
        FileError::Folder { path: "drafts".into() }.advice(),
        Keymap::with(Some("[form]\nfly = \"f5\"")).unwrap_err().advice(),
        Environment::accepts_base("ftp://host").unwrap_err().advice(),
    ];
    for advice in errors {
        let hint = advice.hint.as_deref().unwrap_or("no hint");
        assert!(!advice.message.contains(hint), "{advice}");
        assert!(advice.to_string().ends_with(hint), "{advice}");
    }
}
