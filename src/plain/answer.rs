//! Answers to questions of the form as messages.

use crate::app::entry::FieldEntry;
use crate::app::overlay::{Overlay, Prompt, PromptPurpose};
use crate::app::row::{FormRow, Role};
use crate::app::{Action, Model, Msg, Pasted};
use crate::document;
use crate::text;

use super::row::{choices, guid, is_first};
use super::{Conversation, Direction, FieldState, PlainQuestion, message};

impl Conversation {
    /// The messages for a line: a command, the start of a longer text, or an answer.
    pub(super) fn answer(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let line = line.trim();
        let line = match line.strip_prefix(':') {
            // A doubled colon starts a value.
            Some(rest) if rest.starts_with(':') => rest,
            Some(rest) => return self.command(model, rest),
            None if self.starts_text(model, line) => {
                self.say("That starts a longer text: a line with only a dot ends it.");
                self.text = Some(Pasted(line.to_owned()));
                return Vec::new();
            }
            None => line,
        };
        match self.asked.clone() {
            PlainQuestion::Row => self.answer_row(model, line),
            PlainQuestion::Overlay => self.answer_overlay(model, line),
            PlainQuestion::List => self.answer_list(model, line),
            PlainQuestion::Unparsed => Vec::new(),
            PlainQuestion::Guid => self.answer_guid(model, line),
            PlainQuestion::Rare(_) if line == "<" => self.back(model),
            PlainQuestion::Rare(at) => {
                self.rare.insert(at, is_yes(line));
                Vec::new()
            }
        }
    }

    /// Adds a line to a longer text; the closing dot returns the messages for the text.
    pub(super) fn read_on(&mut self, model: &Model, text: Pasted, line: &str) -> Vec<Msg> {
        if line != "." {
            self.text = Some(Pasted(text.0 + "\n" + line));
            return Vec::new();
        }
        if is_import(model) {
            return vec![Msg::Paste(text)];
        }
        self.state = FieldState::Answered;
        vec![Msg::Fill(text)]
    }

    /// Whether more lines follow: a pasted payload or command arrives line by line.
    fn starts_text(&self, model: &Model, line: &str) -> bool {
        let takes_text = match self.asked {
            PlainQuestion::Row => model.form.editor.is_some(),
            PlainQuestion::Overlay => is_import(model),
            PlainQuestion::List | PlainQuestion::Unparsed | PlainQuestion::Guid | PlainQuestion::Rare(_) => {
                false
            }
        };
        let is_open = line.starts_with('{') && document::read(line).is_err();
        let is_command = line.starts_with("curl") && line.ends_with(['\\', '^', '`']);
        takes_text && (is_open || is_command || (is_import(model) && line.ends_with(':')))
    }

    fn answer_row(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let Some(row) = model.focused() else { return Vec::new() };
        match line {
            "?" => {
                self.explain(model, row);
                return Vec::new();
            }
            "<" => return self.back(model),
            "f" | "F" if self.state == FieldState::Fixable => {
                self.state = FieldState::Answered;
                return vec![Msg::Act(Action::Fix)];
            }
            "f" | "F" => return self.unclear("Nothing to fix here; ff is the value f."),
            _ => {}
        }
        let is_choice = matches!(row.role, Role::Item(_) | Role::Add(_));
        match (row.role, line) {
            (Role::Item(_), "x") => vec![Msg::Act(Action::Remove)],
            (Role::Item(_), "d") => vec![Msg::Act(Action::Duplicate)],
            (Role::Item(_), line) if is_yes(line) => {
                self.direction = Direction::On;
                vec![Msg::Act(Action::Right), Msg::Act(Action::Next)]
            }
            (Role::Item(_), "" | "n" | "no") => {
                let folds = model.form.open.contains(&row.at).then_some(Msg::Act(Action::Left));
                folds.into_iter().chain(self.on()).collect()
            }
            (Role::Add(_), line) if is_yes(line) => {
                self.direction = Direction::On;
                vec![Msg::Act(Action::Enter)]
            }
            (_, "") | (Role::Add(_), "n" | "no") => self.keep(model, row),
            _ if is_choice => self.unclear("Answer y or n; ? lists the other answers."),
            (_, "-") => {
                let clears = Msg::Act(Action::Clear);
                std::iter::once(clears).chain(self.on()).collect()
            }
            (_, line) => self.fill(model, row, undoubled(line)),
        }
    }

    /// Keeps the value and goes to the next question.
    fn keep(&mut self, model: &Model, row: &FormRow) -> Vec<Msg> {
        if row.field().is_some_and(|field| field.required) && model.value_of(row).is_none() {
            self.say("Skipped for now; SEI needs this field.");
        }
        self.on()
    }

    fn fill(&mut self, model: &Model, row: &FormRow, line: &str) -> Vec<Msg> {
        let typed = |letter: char| vec![Msg::Type(letter)];
        let lower = line.to_lowercase();
        let msgs = match (row.role, model.entry_of(row)) {
            (Role::Kind, _) => match lower.as_str() {
                "1" | "ci" => typed('i'),
                "2" | "cd" => typed('d'),
                _ => return self.unclear("Answer 1 for CI, 2 for CD, - for neither."),
            },
            (_, Some(FieldEntry::Toggle)) => match lower.as_str() {
                "y" | "yes" | "true" | "1" => typed('y'),
                "n" | "no" | "false" | "0" => typed('n'),
                _ => return self.unclear("Answer y or n, or - for neither."),
            },
            (_, Some(FieldEntry::Choice)) => {
                let words = row.field().map_or(&[] as &[String], |field| field.words.as_slice());
                let number = line.parse::<usize>().ok().and_then(|number| words.get(number.checked_sub(1)?));
                vec![Msg::Fill(Pasted(number.map_or(line, String::as_str).to_owned()))]
            }
            _ => vec![Msg::Fill(Pasted(line.to_owned()))],
        };
        self.state = FieldState::Answered;
        self.given = Some(Pasted(line.to_owned()));
        msgs
    }

    fn explain(&mut self, model: &Model, row: &FormRow) {
        self.said.extend(message::about(model, row));
        if model.entry_of(row) == Some(FieldEntry::Choice)
            && let Some(field) = row.field()
        {
            self.say(format!("Values: {}.", choices(&field.words)));
        }
    }

    pub(super) fn unclear(&mut self, words: &str) -> Vec<Msg> {
        self.say(words);
        Vec::new()
    }

    fn back(&mut self, model: &Model) -> Vec<Msg> {
        if is_first(model) {
            return self.unclear("This is the first question.");
        }
        self.direction = Direction::Back;
        self.state = FieldState::Fresh;
        self.row = None;
        vec![Msg::Act(Action::Previous)]
    }

    /// Goes to the run tab as soon as the GUID changes.
    pub(super) fn wait_for_guid(&mut self, model: &Model) {
        self.direction = Direction::ForGuid;
        self.old_guid = guid(model).map(str::to_owned);
    }

    fn answer_guid(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let action = match line {
            "" | "n" | "no" => return self.on(),
            "<" => {
                self.direction = Direction::Back;
                return vec![Msg::Act(Action::Previous)];
            }
            "1" => Action::GenerateGuid,
            "2" => Action::RandomGuid,
            "3" => Action::ChooseInstance,
            _ => return self.unclear("Answer 1, 2 or 3, or press Enter."),
        };
        self.wait_for_guid(model);
        vec![Msg::Act(action)]
    }
}

pub(super) fn is_yes(line: &str) -> bool {
    ["y", "yes"].iter().any(|yes| line.eq_ignore_ascii_case(yes))
}

/// The value of a doubled sign, which is the sign itself.
fn undoubled(line: &str) -> &str {
    match line {
        "??" => "?",
        "--" => "-",
        "<<" => "<",
        "ff" => "f",
        other => other,
    }
}

/// Whether the import prompt is open.
fn is_import(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(Overlay::Prompt(Prompt { purpose: PromptPurpose::Import, .. })))
}

/// The index of the line that an answer names: by number, by text, or by a unique part of the text.
pub(super) fn chosen<'a>(
    lines: impl Iterator<Item = &'a str> + Clone,
    answer: &str,
) -> Result<usize, String> {
    let count = lines.clone().count();
    if let Ok(number) = answer.parse::<usize>()
        && (1..=count).contains(&number)
    {
        return Ok(number - 1);
    }
    let lower = answer.to_lowercase();
    if let Some(index) = lines.clone().position(|line| line.to_lowercase() == lower) {
        return Ok(index);
    }
    let holds = |(_, line): &(usize, &str)| line.to_lowercase().contains(&lower);
    let mut fitting = lines.enumerate().filter(holds).map(|(index, _)| index);
    match (fitting.next(), fitting.count()) {
        (Some(index), 0) => Ok(index),
        (Some(_), more) => {
            Err(format!("“{}” matches {} lines; enter a number.", text::visible(answer), more + 1))
        }
        (None, _) => Err(format!("No line matches “{}”.", text::visible(answer))),
    }
}
