//! A list that typing filters.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::Action;
use crate::app::editor::Editor;
use crate::app::overlay::OverlayAnswer;

/// Lines to choose from, filtered by the typed text.
#[derive(Debug, Clone, PartialEq)]
pub struct Picker {
    /// All lines, unfiltered.
    lines: Vec<PickerLine>,
    /// The answer of each line.
    answers: Vec<OverlayAnswer>,
    /// The typed text.
    pub filter: Editor,
    /// The indexes of the matching lines, the best first.
    fitting: Vec<usize>,
    /// The chosen position in `fitting`.
    chosen: usize,
}

/// One line of a picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickerLine {
    /// The text that is matched and shown first.
    pub text: String,
    /// The note next to the text.
    pub note: String,
}

impl PickerLine {
    /// A line with a note.
    pub fn new(text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { text: text.into(), note: note.into() }
    }
}

impl Picker {
    /// A picker of lines with their answers; `chosen` is the index of the chosen line.
    pub fn new(items: impl IntoIterator<Item = (PickerLine, OverlayAnswer)>, chosen: usize) -> Self {
        let (lines, answers): (Vec<PickerLine>, Vec<OverlayAnswer>) = items.into_iter().unzip();
        let fitting = (0..lines.len()).collect();
        let chosen = chosen.min(lines.len().saturating_sub(1));
        Self { chosen, lines, answers, filter: Editor::new(""), fitting }
    }

    /// The answer of a line, by its index among all lines.
    pub fn answer(&self, index: usize) -> Option<&OverlayAnswer> {
        self.answers.get(index)
    }

    /// The answers of all lines, in the same order.
    pub fn answers(&self) -> &[OverlayAnswer] {
        &self.answers
    }

    /// The index of the chosen line among all lines.
    pub fn chosen(&self) -> Option<usize> {
        self.fitting.get(self.chosen).copied()
    }

    /// The position of the chosen line among the matching lines.
    pub fn position(&self) -> usize {
        self.chosen
    }

    /// The matching lines, each with its index among all lines.
    pub fn fitting(&self) -> impl ExactSizeIterator<Item = (usize, &PickerLine)> {
        let none = &EMPTY;
        self.fitting.iter().map(move |index| (*index, self.lines.get(*index).unwrap_or(none)))
    }

    /// Types into the filter.
    pub fn type_text(&mut self, text: &str) {
        self.filter.insert_text(text);
        self.narrow();
    }

    /// Moves the choice or edits the filter; `false` if the action does neither.
    pub fn act(&mut self, action: Action) -> bool {
        let last = self.fitting.len().saturating_sub(1);
        #[expect(clippy::wildcard_enum_match_arm, reason = "a picker handles only moving and typing")]
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

    /// Chooses by position among the matching lines; `false` if there is none.
    pub fn choose(&mut self, position: usize) -> bool {
        let exists = position < self.fitting.len();
        if exists {
            self.chosen = position;
        }
        exists
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
        // If a line contains the exact text, lines that match scattered letters are dropped.
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
