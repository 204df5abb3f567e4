//! The rows of the form as questions, and the rows to skip.

use crate::app::entry::{self, FieldEntry};
use crate::app::row::summary::summary;
use crate::app::row::{FormRow, Role, Tab};
use crate::app::{self, Action, Model, Msg};
use crate::catalog::{FieldRole, RecordId, catalog};
use crate::check::Severity;
use crate::document::{Pointer, Token, Value};
use crate::text;

use super::{Conversation, Direction, FieldState, NextStep, PlainQuestion, message};

/// The longest value in a question, in columns.
const LONGEST: usize = 160;

/// A question lists at most this many choices; `?` lists all.
const CHOICES: usize = 9;

impl Conversation {
    /// The question of the row that has the focus.
    pub(super) fn on_form(&mut self, model: &Model) -> NextStep {
        let Some(row) = model.focused() else { return NextStep::Wait };
        if model.form.tab == Tab::Send {
            return self.check_list(model);
        }
        if self.direction == Direction::ForGuid && has_guid(model) && guid(model) != self.old_guid.as_deref()
        {
            self.direction = Direction::On;
            return NextStep::Do(vec![Msg::Act(Action::GoRun), Msg::Act(Action::First)]);
        }
        if self.tab.replace(model.form.tab) != Some(model.form.tab) {
            self.row = None;
            self.say(format!(
                "Tab {} of {}, {}.",
                model.form.tab.position() + 1,
                Tab::ALL.len(),
                model.form.tab.title()
            ));
        }
        if self.state == FieldState::Answered
            && let Some(next) = self.answered(model, row)
        {
            return next;
        }
        if let Some(next) = self.skip(model, row) {
            return next;
        }
        if self.row.as_ref() != Some(row) {
            self.open_field(model, row);
        }
        self.asked = PlainQuestion::Row;
        NextStep::Line(question(model, row))
    }

    /// Prints the parsed answer and its problems; without errors and warnings, goes to the next
    /// question.
    fn answered(&mut self, model: &Model, row: &FormRow) -> Option<NextStep> {
        self.state = FieldState::Fresh;
        self.row = Some(row.clone());
        let given = self.given.take();
        if let (Some(given), Some(entry), Some(value)) = (given, model.entry_of(row), model.value_of(row))
            && entry::shown(entry, value) != given.0
            && matches!(
                entry,
                FieldEntry::Instant | FieldEntry::IsoInstant | FieldEntry::Duration | FieldEntry::Choice
            )
        {
            let reading = entry::reading(entry, Some(value)).map_or_else(String::new, |r| format!(", {r}"));
            self.say(format!("Read as {}{reading}.", entry::shown(entry, value)));
        }
        if self.print_problems(model) {
            return None;
        }
        // The missing input for a GUID is complete: request the GUID again.
        let is_for_guid = row.role == Role::Integration || row.at.last().is_some_and(is_name);
        if self.direction == Direction::ForGuid && is_for_guid {
            return Some(NextStep::Do(vec![Msg::Act(Action::GenerateGuid)]));
        }
        Some(NextStep::Do(self.on()))
    }

    /// Prints the problems of the focused row; returns whether one is more than a hint.
    fn print_problems(&mut self, model: &Model) -> bool {
        let here = model.problems_here();
        let here: Vec<_> = here.iter().filter_map(|index| model.checks.problems.get(*index)).collect();
        let lines: Vec<String> = here.iter().map(|problem| message::here(problem)).collect();
        self.said.extend(lines);
        if here.iter().any(|problem| !problem.fixes.is_empty()) {
            self.state = FieldState::Fixable;
        }
        here.iter().any(|problem| problem.severity != Severity::Hint)
    }

    fn open_field(&mut self, model: &Model, row: &FormRow) {
        self.row = Some(row.clone());
        self.state = FieldState::Fresh;
        let above = model.focus_index().checked_sub(1).and_then(|index| model.form.rows.get(index));
        if let Some(FormRow { role: Role::Heading(words), .. }) = above {
            self.say(format!("{words}."));
        }
        let shows_problems = self.direction == Direction::Fixing || model.form.left.contains(&row.at);
        if shows_problems || model.value_of(row).is_some() {
            self.print_problems(model);
        }
    }

    /// The step that replaces the question of a row, if any.
    fn skip(&mut self, model: &Model, row: &FormRow) -> Option<NextStep> {
        let is_fixing = self.direction == Direction::Fixing;
        let is_skipped = match row.role {
            Role::Button(Action::GenerateGuid) if !has_guid(model) && self.direction != Direction::Back => {
                self.asked = PlainQuestion::Guid;
                let label = model.chosen().map_or("", |chosen| chosen.environment.label.as_str());
                return Some(NextStep::Line(format!(
                    "Get the instance GUID now? 1 asks {label}, 2 generates a random one, 3 chooses from the \
                     book, Enter continues: "
                )));
            }
            Role::Integration => {
                has_guid(model)
                    && !is_fixing
                    && !matches!(self.direction, Direction::ForGuid | Direction::ToIntegration)
            }
            Role::Field if !is_fixing && is_rare(model, row) => match self.rare.get(&holder(row)) {
                Some(is_wanted) => !is_wanted,
                None if self.direction == Direction::Back => true,
                None => return Some(self.ask_rare(model, row)),
            },
            Role::Field | Role::Kind | Role::Other | Role::Item(_) | Role::Add(_) => false,
            Role::Button(_) | Role::Heading(_) | Role::Problem(_) => true,
        };
        if is_skipped && self.direction == Direction::Back && !is_first(model) {
            return Some(NextStep::Do(vec![Msg::Act(Action::Previous)]));
        }
        is_skipped.then(|| {
            self.direction = Direction::On;
            NextStep::Do(vec![Msg::Act(Action::Next)])
        })
    }

    fn ask_rare(&mut self, model: &Model, row: &FormRow) -> NextStep {
        let at = holder(row);
        let rest = model.form.rows.iter().skip(model.focus_index());
        let count = rest.filter(|row| holder(row) == at && is_rare(model, row)).count();
        self.asked = PlainQuestion::Rare(at);
        let fields = text::count(count, "rarely needed field", "rarely needed fields");
        NextStep::Line(format!("Go through {fields} as well? [y/N]: "))
    }
}

/// Whether the focused row is the first question.
pub(super) fn is_first(model: &Model) -> bool {
    model.form.tab == Tab::Instance
        && model.form.rows.iter().take(model.focus_index()).all(|row| !row.takes_focus())
}

fn has_guid(model: &Model) -> bool {
    guid(model).is_some()
}

/// The GUID in the payload, unless it is blank.
pub(super) fn guid(model: &Model) -> Option<&str> {
    FieldRole::InstanceGuid.names().find_map(|name| {
        let value = model.document.value().get(&Pointer::root().key(name));
        value.and_then(Value::as_text).filter(|text| !text.trim().is_empty())
    })
}

fn is_name(token: &Token) -> bool {
    FieldRole::InstanceName.names().any(|name| name == token.word())
}

fn is_rare(model: &Model, row: &FormRow) -> bool {
    row.role == Role::Field && row.field().is_some_and(|field| field.expert) && model.value_of(row).is_none()
}

/// The place of the record that contains a row.
pub(super) fn holder(row: &FormRow) -> Pointer {
    row.at.parent().unwrap_or_else(Pointer::root)
}

fn question(model: &Model, row: &FormRow) -> String {
    match row.role {
        Role::Kind => {
            let current = app::kind(model.document.value()).unwrap_or("neither");
            format!("Kind (1 CI, 2 CD) [{current}]: ")
        }
        Role::Item(id) => item(model, row, id),
        Role::Add(id) => {
            let noun = &catalog().record(id).noun;
            match row.at.last().and_then(Token::as_index) {
                Some(0) | None => format!("Add {}? [y/N]: ", text::with_article(noun)),
                Some(_) => format!("Add another {noun}? [y/N]: "),
            }
        }
        Role::Integration => format!("Integration id{}: ", current(&model.draft.integration)),
        Role::Field | Role::Other | Role::Heading(_) | Role::Button(_) | Role::Problem(_) => {
            field(model, row)
        }
    }
}

fn field(model: &Model, row: &FormRow) -> String {
    let entry = model.entry_of(row);
    let value = model.value_of(row);
    let shown = match (entry, value) {
        (Some(FieldEntry::Toggle), Some(Value::Bool(is_on))) => if *is_on { "yes" } else { "no" }.to_owned(),
        (Some(_), Some(Value::Null)) => "null".to_owned(),
        (Some(_), Some(Value::Text(text))) if text.is_empty() => "empty text".to_owned(),
        (Some(entry), value) => entry::to_text(entry, value),
        (None, _) => String::new(),
    };
    let Some(field) = row.field() else {
        let name = row.at.last().map_or_else(String::new, |token| token.word().into_owned());
        return format!("{name} (as JSON){}: ", current(&shown));
    };
    let required = field.required.then(|| "required".to_owned());
    let choices = match entry {
        Some(FieldEntry::Choice) if field.words.len() <= CHOICES => Some(choices(&field.words)),
        Some(FieldEntry::Choice) => Some("? lists the values".to_owned()),
        Some(FieldEntry::Toggle) => Some("y or n".to_owned()),
        Some(FieldEntry::Raw) => Some("as JSON".to_owned()),
        Some(_) | None => None,
    };
    let details: Vec<String> = required.into_iter().chain(choices).collect();
    let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join("; ")) };
    format!("{}{details}{}: ", field.label, current(&shown))
}

/// The words with their numbers.
pub(super) fn choices(words: &[String]) -> String {
    let numbered = words.iter().enumerate().map(|(index, word)| format!("{} {word}", index + 1));
    numbered.collect::<Vec<_>>().join(", ")
}

fn current(shown: &str) -> String {
    if shown.is_empty() { String::new() } else { format!(" [{}]", text::cut(shown, LONGEST)) }
}

fn item(model: &Model, row: &FormRow, id: RecordId) -> String {
    let index = row.at.last().and_then(Token::as_index).unwrap_or_default();
    let list = row.at.parent().and_then(|list| model.document.value().get(&list)?.as_array());
    let Some((value, list)) = model.value_of(row).zip(list) else { return String::new() };
    let summary = summary(id, value, index);
    let words: Vec<String> = std::iter::once(summary.name).chain(summary.facts).collect();
    let mut noun = catalog().record(id).noun.clone();
    if let Some(first) = noun.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{noun} {} of {}: {}. Go through it? [y/N]: ", index + 1, list.len(), words.join(", "))
}
