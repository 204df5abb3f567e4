//! A list to choose from by typing a part of it.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::Action;
use crate::app::editor::Editor;
use crate::app::overlay::OverlayAnswer;

/// Lines to choose from, filtered by what is typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Picker {
    /// The lines: what is matched, and what stands beside it.
    lines: Vec<PickerLine>,
    /// What each line does when it is chosen.
    answers: Vec<OverlayAnswer>,
    /// What was typed.
    pub filter: Editor,
    /// Indexes into `lines` that fit, best first.
    fitting: Vec<usize>,
    /// Which of `fitting` is chosen.
    chosen: usize,
}

/// One line of a picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickerLine {
    /// The text that is matched and shown first.
    pub text: String,
    /// What stands beside it.
    pub note: String,
}

impl PickerLine {
    /// A line with a note beside it.
    pub fn new(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into() }
    }
}

impl Picker {
    /// A picker over items, each a line and what it does, with one of them chosen.
    pub fn new(items: impl IntoIterator<Item = (PickerLine, OverlayAnswer)>, chosen: usize) -> Self {
        let (lines, answers): (Vec<PickerLine>, Vec<OverlayAnswer>) = items.into_iter().unzip();
        let fitting = (0..lines.len()).collect();
        let chosen = chosen.min(lines.len().saturating_sub(1));
        Self { chosen, lines, answers, filter: Editor::new(""), fitting }
    }

    /// What the line at an index among all lines does.
    pub fn answer(&self, index: usize) -> Option<&OverlayAnswer> {
        self.answers.get(index)
    }

    /// What all lines do, in the order of the lines.
    pub fn answers(&self) -> &[OverlayAnswer] {
        &self.answers
    }

    /// The index of the chosen line among all lines.
    pub fn chosen(&self) -> Option<usize> {
        self.fitting.get(self.chosen).copied()
    }

    /// The position of the chosen line among those that fit.
    pub fn position(&self) -> usize {
        self.chosen
    }

    /// The lines that fit, with their index among all lines.
    pub fn fitting(&self) -> impl ExactSizeIterator<Item = (usize, &PickerLine)> {
        let none = &EMPTY;
        self.fitting.iter().map(move |index| (*index, self.lines.get(*index).unwrap_or(none)))
    }

    /// Types into the filter.
    pub fn type_text(&mut self, text: &str) {
        self.filter.insert_text(text);
        self.narrow();
    }

    /// Moves the choice or edits the filter; whether it was one of the two.
    pub fn act(&mut self, action: Action) -> bool {
        let last = self.fitting.len().saturating_sub(1);
        #[expect(clippy::wildcard_enum_match_arm, reason = "a picker knows only moving and typing")]
        match action {
            Action::Up | Action::Previous => {
                self.chosen = if self.chosen == 0 { last } else { self.chosen - 1 };
            }
            Action::Down | Action::Next => {
                self.chosen = if self.chosen >= last { 0 } else { self.chosen + 1 };
            }
            Action::PageUp => self.chosen = self.chosen.saturating_sub(10),
            Action::PageDown => self.chosen = (self.chosen + 10).min(last),
            Action::First => self.chosen = 0,
            Action::Last => self.chosen = last,
            _ => {
                let acted = self.filter.act(action);
                if acted {
                    self.narrow();
                }
                return acted;
            }
        }
        true
    }

    /// Chooses by position among the lines that fit; whether there is one.
    pub fn choose(&mut self, position: usize) -> bool {
        let is_there = position < self.fitting.len();
        if is_there {
            self.chosen = position;
        }
        is_there
    }

    fn narrow(&mut self) {
        let wanted = self.filter.text();
        self.chosen = 0;
        if wanted.is_empty() {
            self.fitting = (0..self.lines.len()).collect();
            return;
        }
        let pattern = Pattern::parse(&wanted, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| {
                let both = format!("{} {}", line.text, line.note);
                let on_text = pattern.score(Utf32Str::new(&line.text, &mut buffer), &mut matcher);
                let score = on_text.map(|score| score.saturating_mul(2));
                score
                    .or_else(|| pattern.score(Utf32Str::new(&both, &mut buffer), &mut matcher))
                    .map(|s| (s, index))
            })
            .collect();
        // Where something holds the very words, scattered letters are no answer.
        let holds = |index: usize| {
            self.lines.get(index).is_some_and(|line| {
                format!("{} {}", line.text, line.note).to_lowercase().contains(&wanted.to_lowercase())
            })
        };
        if scored.iter().any(|(_, index)| holds(*index)) {
            scored.retain(|(_, index)| holds(*index));
        }
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        self.fitting = scored.into_iter().map(|(_, index)| index).collect();
    }
}

static EMPTY: PickerLine = PickerLine { text: String::new(), note: String::new() };
