//! Properties of any document and any edit.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use sei_compose::document::{
    Document, DocumentSize, Edit, JsonLine, Number, Object, Places, Pointer, Token, Value, apply, clear,
    compact_len, difference, line_count, line_of, lines, read, set, write_compact, write_pretty,
};

/// Few keys, so that duplicates, legacy names and keys of digits occur.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => select(vec!["a", "b", "3", "x/y", "~", "", "pipeline", "job_name", "themes"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,3})?"
            .prop_map(|text| Value::Number(Number::new(&text).unwrap())),
        any::<String>().prop_map(Value::Text),
        "[\\x00-\\x7f\\u{80}-\\u{ff}“😀]{0,8}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((key(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Every place of a document that a pointer can reach, the root first.
fn places(root: &Value) -> Vec<Pointer> {
    let mut found = vec![Pointer::root()];
    let mut next = 0;
    while let Some(here) = found.get(next).cloned() {
        let value = root.get(&here).unwrap();
        found.extend((0..value.as_array().map_or(0, <[Value]>::len)).map(|index| here.index(index)));
        found.extend(value.as_object().into_iter().flat_map(Object::keys).map(|key| here.key(key)));
        next += 1;
    }
    found
}

/// A random edit before its document is known.
#[derive(Debug, Clone)]
struct Wish {
    kind: u8,
    place: Index,
    position: Index,
    key: String,
    value: Value,
}

fn wish() -> impl Strategy<Value = Wish> {
    (0..6_u8, any::<Index>(), any::<Index>(), key(), value())
        .prop_map(|(kind, place, position, key, value)| Wish { kind, place, position, key, value })
}

impl Wish {
    /// The edit for a document; most edits apply, some do not.
    fn edit(&self, root: &Value) -> Edit {
        let all = places(root);
        let at = self.place.get(&all).clone();
        let target = root.get(&at).unwrap();
        let len = target.as_array().map_or(0, <[Value]>::len) + target.as_object().map_or(0, Object::len);
        let siblings = at.parent().and_then(|parent| root.get(&parent).cloned()).map_or(1, |holder| {
            holder.as_array().map_or(0, <[Value]>::len) + holder.as_object().map_or(0, Object::len)
        });
        let (key, value) = (self.key.clone(), self.value.clone());
        match self.kind {
            0 => Edit::Replace { at, value },
            1 | 2 => {
                let key = (target.as_object().is_some() || self.kind == 2).then_some(key);
                Edit::Insert { parent: at, index: self.position.index(len + 1), key, value }
            }
            3 => Edit::Remove { at },
            4 => Edit::Rename { at, key },
            _ => Edit::Move { at, to: self.position.index(siblings + 1) },
        }
    }
}

fn texts(lines: &[JsonLine]) -> Vec<String> {
    lines.iter().map(JsonLine::text).collect()
}

proptest! {
    #[test]
    fn a_written_document_reads_back_equal(value in value()) {
        prop_assert_eq!(&read(&write_pretty(&value)).unwrap(), &value);
        prop_assert_eq!(&read(&write_compact(&value)).unwrap(), &value);
    }

    #[test]
    fn other_parsers_accept_the_written_text(value in value()) {
        let ours = write_compact(&value);
        let theirs: Result<Box<serde_json::value::RawValue>, _> = serde_json::from_str(&ours);
        prop_assert!(theirs.is_ok(), "{}", ours);
    }

    #[test]
    fn the_parser_refuses_exactly_what_another_strict_parser_refuses(text in "[\\[\\]{}:,\"\\\\ \\n0-9a-fnrtulse.+-]{0,12}") {
        let theirs: Result<Box<serde_json::value::RawValue>, _> = serde_json::from_str(&text);
        prop_assert_eq!(read(&text).is_ok(), theirs.is_ok());
    }

    #[test]
    fn reading_any_text_gives_a_value_or_an_error_with_its_place(text in any::<String>()) {
        if let Err(error) = read(&text) {
            prop_assert!(error.offset <= text.len() && text.is_char_boundary(error.offset));
            prop_assert!(error.line >= 1 && error.column >= 1);
        }
    }

    #[test]
    fn counts_are_those_of_the_real_text(value in value()) {
        prop_assert_eq!(line_count(&value), write_pretty(&value).lines().count());
        prop_assert_eq!(compact_len(&value), write_compact(&value).len());
        let extent = DocumentSize::of(&value);
        prop_assert_eq!((extent.bytes, extent.lines), (compact_len(&value), line_count(&value)));
    }

    #[test]
    fn a_window_of_lines_is_that_part_of_the_pretty_text(value in value(), from in 0..30_usize, count in 0..30_usize) {
        let pretty = write_pretty(&value);
        let expected: Vec<&str> = pretty.lines().skip(from).take(count).collect();
        prop_assert_eq!(texts(&lines(&value, from, count)), expected);
    }

    #[test]
    fn the_line_of_a_place_shows_that_place(value in value(), place in any::<Index>()) {
        let at = place.get(&places(&value)).clone();
        let line = line_of(&value, &at).unwrap();
        let shown = lines(&value, line, 1);
        prop_assert_eq!(&shown[0].at, &at);
        if let Some(Token::Key(key)) = at.last() {
            prop_assert_eq!(read(&shown[0].tokens[0].1).unwrap(), Value::from(key.as_str()));
        }
    }

    #[test]
    fn a_place_is_located_with_exactly_its_text(value in value()) {
        for text in [write_pretty(&value), write_compact(&value)] {
            let spans = Places::read(&text).unwrap();
            for at in places(&value) {
                let span = spans.find(&at).unwrap();
                prop_assert_eq!(&read(text.get(span.value).unwrap()).unwrap(), value.get(&at).unwrap());
                let key = span.key.map(|key| read(text.get(key).unwrap()).unwrap());
                let is_member = at.parent().is_some_and(|parent| value.get(&parent).unwrap().as_object().is_some());
                prop_assert_eq!(key, is_member.then(|| Value::from(at.last().unwrap().word().as_ref())));
            }
        }
    }

    #[test]
    fn a_pointer_parses_back_from_its_text(keys in prop::collection::vec(key(), 0..5)) {
        let at = keys.iter().fold(Pointer::root(), |at, key| at.key(key));
        prop_assert_eq!(at.to_string().parse::<Pointer>().unwrap(), at);
    }

    #[test]
    fn an_edit_and_its_inverse_leave_the_document_as_it_was(first in value(), wish in wish()) {
        let mut value = first.clone();
        let edit = wish.edit(&first);
        if let Ok(inverse) = apply(&mut value, &edit) {
            let second = value.clone();
            let again = apply(&mut value, &inverse).unwrap();
            prop_assert_eq!(&value, &first);
            apply(&mut value, &again).unwrap();
            prop_assert_eq!(&value, &second);
        } else {
            prop_assert_eq!(&value, &first);
        }
    }

    #[test]
    fn undoing_all_gives_the_first_document_and_redoing_all_the_last(
        first in value(),
        steps in prop::collection::vec((prop::collection::vec(wish(), 0..4), prop::option::of(0..2_u64)), 0..8),
    ) {
        let mut document = Document::new(first.clone());
        for (wishes, group) in steps {
            let mut scratch = document.value().clone();
            let mut edits = Vec::new();
            for wish in wishes {
                let edit = wish.edit(&scratch);
                if apply(&mut scratch, &edit).is_ok() {
                    edits.push(edit);
                }
            }
            document.apply("Step", edits, group).unwrap();
            prop_assert_eq!(document.value(), &scratch);
        }
        let last = document.clone();
        while document.undo().is_some() {}
        prop_assert_eq!(document.value(), &first);
        prop_assert!(!document.is_changed());
        while document.redo().is_some() {}
        prop_assert_eq!(document.value(), last.value());
        prop_assert_eq!(document.revision(), last.revision());
    }

    #[test]
    fn a_set_value_is_present_and_a_cleared_one_is_absent(first in value(), wish in wish(), tail in prop::collection::vec(key(), 0..3)) {
        let at = tail.iter().fold(wish.place.get(&places(&first)).clone(), |at, key| at.key(key));
        let mut value = first.clone();
        for edit in set(&first, &at, wish.value.clone()) {
            apply(&mut value, &edit).unwrap();
        }
        // An index beyond the end of a list appends, so the place itself may stay empty.
        let appended = places(&value).iter().any(|place| value.get(place) == Some(&wish.value));
        prop_assert!(value.get(&at) == Some(&wish.value) || appended);
        if !at.is_root() {
            let mut cleared = first.clone();
            let holder = at.parent().unwrap();
            for edit in clear(&first, &at) {
                apply(&mut cleared, &edit).unwrap();
            }
            let is_list = first.get(&holder).is_some_and(|value| value.as_array().is_some());
            prop_assert!(is_list || cleared.get(&at).is_none());
        }
    }

    #[test]
    fn a_difference_turns_one_document_into_the_other(old in value(), new in value(), wish in wish()) {
        let mut near = old.clone();
        if apply(&mut near, &wish.edit(&old)).is_err() {
            near = new.clone();
        }
        for target in [&new, &near] {
            let mut value = old.clone();
            for edit in difference(&old, target) {
                apply(&mut value, &edit).unwrap();
            }
            prop_assert_eq!(&value, target);
        }
    }
}
