//! The overlays as printed text, and their answers.

use crate::app::comparison::Comparison;
use crate::app::incoming::Incoming;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer, Page, Prompt, PromptPurpose, Question};
use crate::app::picker::Picker;
use crate::app::received_run;
use crate::app::review::{Readiness, ReviewLine};
use crate::app::suggestion::action_of;
use crate::app::{Action, Model, Msg, Pasted};
use crate::wire::{Explanation, Suggestion};

use super::answer::{chosen, is_yes};
use super::command::{command_for, with_commands};
use super::message;
use super::{Conversation, FieldState, NextStep};

/// A list prints at most this many lines; a typed part of a line finds the others.
const MOST: usize = 40;

/// A width in columns at which no line wraps.
const WIDE: usize = 10_000;

/// The question for the file of an export; Enter never repeats a name that failed.
const FILE: &str = "File to save it in (Enter cancels): ";

impl Conversation {
    /// Prints the topmost overlay and returns its question.
    pub(super) fn ask_overlay(&mut self, model: &Model, top: &Overlay) -> NextStep {
        match top {
            Overlay::Pick(picker, list) => self.pick(picker, list),
            Overlay::Ask(question) => self.ask(question),
            Overlay::Prompt(prompt) => self.prompt(prompt),
            Overlay::Key { fault, .. } => self.key(model, fault.as_deref()),
            Overlay::Review { fault, .. } => self.review(model, fault.as_deref()),
            Overlay::Import(incoming) => self.incoming(incoming),
            Overlay::Page(page) => self.page(model, &page.content),
            Overlay::Find(_) => closed(),
            Overlay::Mapper(mapper) => self.mapper(mapper.saved.is_some()),
            Overlay::Waiting => NextStep::Wait,
        }
    }

    /// The mapper needs a screen; a file does the same.
    fn mapper(&mut self, is_saved: bool) -> NextStep {
        self.say(if is_saved {
            "Edit the file of the mapping. `sei-compose mappings list` shows its folder."
        } else {
            "No reader or mapping recognizes this JSON. `sei-compose mappings suggest FILE` writes a mapping for it."
        });
        closed()
    }

    fn page(&mut self, model: &Model, content: &Content) -> NextStep {
        match content {
            Content::Reply(explanation) => self.reply(model, explanation),
            Content::Exported { target, lines } => {
                self.say(format!("{}:", target.label()));
                self.said.extend(lines.iter().cloned());
                NextStep::Line(FILE.to_owned())
            }
            Content::ReceivedRuns(overview) => {
                self.said.extend(received_run::rows(overview, WIDE).into_iter().filter_map(arrived));
                NextStep::Line("Enter continues, f chooses the next reply of the sandbox: ".to_owned())
            }
            Content::Text { title, lines } => {
                self.say(format!("{title}:"));
                self.said.extend(lines.iter().cloned());
                closed()
            }
            Content::Compare(comparison) => self.compare(comparison),
            Content::Help | Content::MapperHelp => closed(),
        }
    }

    fn pick(&mut self, picker: &Picker, list: &List) -> NextStep {
        self.say(format!("{}:", list.title()));
        let lines = picker.fitting();
        let left = lines.len().saturating_sub(MOST);
        for (index, line) in lines.take(MOST) {
            let note = if line.note.is_empty() { String::new() } else { format!(", {}", line.note) };
            self.say(format!("{}. {}{note}", index + 1, line.text));
        }
        if left > 0 {
            self.say(format!("And {left} more."));
        }
        NextStep::Line("Number or name (Enter cancels): ".to_owned())
    }

    fn ask(&mut self, question: &Question) -> NextStep {
        let end = if question.title.ends_with(['.', '?']) { "" } else { "." };
        self.say(format!("{}{end}", question.title));
        self.said.extend(question.lines.iter().map(|line| with_commands(line)));
        for (index, answer) in question.answers.iter().map(answer_label).enumerate() {
            self.say(format!("{}. {answer}", index + 1));
        }
        NextStep::Line(format!("Number [{}]: ", question.chosen + 1))
    }

    fn prompt(&mut self, prompt: &Prompt) -> NextStep {
        match &prompt.fault {
            Some(fault) => self.said.push(fault.clone()),
            None => self.said.extend(prompt.purpose.lines()),
        }
        if matches!(prompt.purpose, PromptPurpose::Export(_)) {
            return NextStep::Line(FILE.to_owned());
        }
        let typed = prompt.editor.text();
        let typed = if typed.is_empty() { typed } else { format!(" [{typed}]") };
        NextStep::Line(format!("{}{typed}: ", prompt.purpose.title()))
    }

    fn key(&mut self, model: &Model, fault: Option<&str>) -> NextStep {
        self.said.extend(fault.map(|fault| format!("Not usable: {fault}.")));
        let Some(target) = model.target() else { return closed() };
        let environment = &target.environment;
        NextStep::Hidden(format!(
            "API key for {}, sent to {} only (not shown; Enter alone cancels): ",
            environment.label,
            environment.host()
        ))
    }

    fn review(&mut self, model: &Model, fault: Option<&str>) -> NextStep {
        let readiness = model.readiness("");
        if readiness == Readiness::NeedsKey && fault.is_none() {
            self.say("A key is needed first.");
            return NextStep::Do(vec![Msg::Act(Action::Enter)]);
        }
        if let Some(fault) = fault {
            self.say(fault);
        } else {
            self.say("Review.");
            self.said.extend(model.review().into_iter().filter_map(reviewed));
        }
        let label = model.target().map_or("", |target| target.environment.label.as_str());
        match readiness {
            Readiness::Blocked if !model.is_sending_again() => {
                self.say("Errors block the send.");
                self.direction = super::Direction::Fixing;
                self.row = None;
                NextStep::Do(vec![Msg::Act(Action::Enter)])
            }
            Readiness::Blocked | Readiness::ReadOnly => {
                self.say("Not sent: errors block the run, or the program was started read-only.");
                closed()
            }
            Readiness::NeedsKey => closed(),
            Readiness::NeedsName => {
                let id = model.target().map_or("", |target| target.environment.id.as_str());
                NextStep::Line(format!("{label} is protected. Type {id} to send, Enter goes back: "))
            }
            Readiness::Ready => NextStep::Line(format!("Send to {label}? [y/N]: ")),
        }
    }

    fn incoming(&mut self, incoming: &Incoming) -> NextStep {
        self.state = FieldState::Fresh;
        self.say(format!("This is {}.", incoming.noun));
        self.said.extend(incoming.notes.iter().cloned());
        for (index, part) in incoming.parts.iter().enumerate() {
            let mark = if part.is_wanted { "import" } else { "skip" };
            self.say(format!("{}. {mark} {}: {}", index + 1, part.change.place, part.change.words()));
        }
        NextStep::Line(
            "Enter imports these lines, a number switches a line to skip or import, t inserts the text, n cancels: "
                .to_owned(),
        )
    }

    fn reply(&mut self, model: &Model, explanation: &Explanation) -> NextStep {
        self.note_outcome(model);
        self.say(explanation.headline.clone());
        self.said.extend(explanation.meaning.iter().cloned());
        if !(explanation.next.is_empty() && explanation.suggestions.is_empty()) {
            self.say("Next steps:");
            self.said.extend(explanation.next.iter().map(|step| format!("- {step}")));
            self.said.extend(explanation.suggestions.iter().copied().map(next_step));
        }
        if explanation.field.is_some() {
            (self.direction, self.row) = (super::Direction::Fixing, None);
        }
        self.is_listed = true;
        NextStep::Do(vec![Msg::Act(Action::Enter)])
    }

    fn compare(&mut self, comparison: &Comparison) -> NextStep {
        self.say(format!("{}:", comparison.title));
        if comparison.changes.is_empty() {
            self.say("No differences.");
        }
        self.said
            .extend(comparison.changes.iter().map(|change| format!("{}: {}", change.place, change.words())));
        if comparison.untold > 0 {
            self.say(format!("And {} more places.", comparison.untold));
        }
        closed()
    }

    /// The messages for an answer to the topmost overlay.
    pub(super) fn answer_overlay(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let Some(top) = model.overlays.last() else { return Vec::new() };
        if line == "<" {
            return vec![Msg::Act(Action::Cancel)];
        }
        let enter = Msg::Act(Action::Enter);
        let typed = |line: &str| {
            let text = Pasted(line.to_owned());
            vec![Msg::Act(Action::DeleteLine), Msg::Paste(text), Msg::Act(Action::Enter)]
        };
        match (top, line) {
            (Overlay::Ask(question), line) => self.answer_ask(model, question, line),
            (Overlay::Import(_), "" | "y")
            | (Overlay::Page(Page { content: Content::ReceivedRuns(_), .. }), "f") => vec![enter],
            (Overlay::Import(_), "t") => {
                self.state = FieldState::Answered;
                vec![Msg::Type('t')]
            }
            (Overlay::Import(incoming), line) => self.toggle_parts(incoming, line),
            (Overlay::Prompt(prompt), "")
                if !prompt.editor.is_empty() && !matches!(prompt.purpose, PromptPurpose::Export(_)) =>
            {
                vec![enter]
            }
            (Overlay::Mapper(_), _) | (_, "") => vec![Msg::Act(Action::Cancel)],
            (Overlay::Pick(picker, _), line) => self.answer_pick(picker, line),
            // Pasted content is recognized by its format; any other line is a file name.
            (Overlay::Prompt(prompt), line)
                if matches!(prompt.purpose, PromptPurpose::Import | PromptPurpose::MappingExample(_))
                    && line.contains(['{', '\n']) =>
            {
                vec![Msg::Paste(Pasted(line.to_owned()))]
            }
            (Overlay::Prompt(_), line) => typed(line),
            (Overlay::Review { .. }, line) if model.needs_name() => typed(line),
            (Overlay::Review { .. }, line) if is_yes(line) => vec![enter],
            (Overlay::Page(Page { content: Content::Exported { .. }, .. }), line) => {
                std::iter::once(Msg::Act(Action::Save)).chain(typed(line)).collect()
            }
            (
                Overlay::Review { .. }
                | Overlay::Page(_)
                | Overlay::Find(_)
                | Overlay::Key { .. }
                | Overlay::Waiting,
                _,
            ) => vec![Msg::Act(Action::Cancel)],
        }
    }

    fn answer_ask(&mut self, model: &Model, question: &Question, line: &str) -> Vec<Msg> {
        let answers = question.answers.iter().map(answer_label);
        let index = if line.is_empty() { Ok(question.chosen) } else { chosen(answers, line) };
        match index {
            Ok(index) if question.answers.get(index).is_some_and(is_copy) => {
                self.show_payload(model);
                vec![Msg::Act(Action::Cancel)]
            }
            Ok(index) => moved(question.chosen, index, Msg::Act(Action::Enter)),
            Err(words) => self.unclear(&words),
        }
    }

    fn answer_pick(&mut self, picker: &Picker, line: &str) -> Vec<Msg> {
        // Some lines, such as environments, end with an id in parentheses.
        let lines = picker.fitting();
        let id_of = |text: &'_ str| text.rsplit_once('(').map(|(_, id)| id.trim_end_matches(')').to_owned());
        let texts: Vec<&str> = lines.map(|(_, line)| line.text.as_str()).collect();
        let of_id = texts.iter().position(|text| id_of(text).is_some_and(|id| id.eq_ignore_ascii_case(line)));
        match of_id.map_or_else(|| chosen(texts.iter().copied(), line), Ok) {
            Ok(index) => moved(picker.position(), index, Msg::Act(Action::Enter)),
            Err(words) => self.unclear(&words),
        }
    }

    /// Selects or deselects parts by their numbers.
    fn toggle_parts(&mut self, incoming: &Incoming, line: &str) -> Vec<Msg> {
        if ["n", "no"].contains(&line) {
            return vec![Msg::Act(Action::Cancel)];
        }
        let numbers: Option<Vec<usize>> = line
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .map(|word| word.parse::<usize>().ok()?.checked_sub(1).filter(|n| *n < incoming.parts.len()))
            .collect();
        let Some(numbers) = numbers else {
            return self.unclear("Answer with Enter, line numbers, t, or n.");
        };
        let mut from = incoming.focus;
        let mut msgs = Vec::new();
        for number in numbers {
            msgs.extend(moved(from, number, Msg::Type(' ')));
            from = number;
        }
        msgs
    }
}

/// Whether the key prompt is open above a review that needs a key.
pub(super) fn is_review_without_key(model: &Model) -> bool {
    matches!(model.overlays.as_slice(), [.., Overlay::Review { .. }, Overlay::Key { .. }])
        && model.readiness("") == Readiness::NeedsKey
}

/// Whether an answer copies the payload; plain mode prints the payload instead.
fn is_copy((_, answer): &(String, OverlayAnswer)) -> bool {
    *answer == OverlayAnswer::Do(Action::CopyJson)
}

fn answer_label(answer: &(String, OverlayAnswer)) -> &str {
    if is_copy(answer) { "Show the payload" } else { &answer.0 }
}

/// Closes the overlay without a question.
fn closed() -> NextStep {
    NextStep::Do(vec![Msg::Act(Action::Cancel)])
}

/// Moves from one line to another, then sends `then`.
fn moved(from: usize, to: usize, then: Msg) -> Vec<Msg> {
    let step = if to < from { Action::Up } else { Action::Down };
    let steps = std::iter::repeat_n(Msg::Act(step), from.abs_diff(to));
    steps.chain([then]).collect()
}

fn reviewed(line: ReviewLine) -> Option<String> {
    Some(match line {
        ReviewLine::Fact("", what) | ReviewLine::Alarm(what) | ReviewLine::Text(what) => what,
        ReviewLine::Fact(name, what) => format!("{name}: {what}"),
        ReviewLine::Problem(severity, place, loss, what) => {
            format!("{severity}, {place}{} {what}", message::with_loss(loss))
        }
        ReviewLine::Change(change) => format!("{}: {}", change.place, change.words()),
        ReviewLine::Gap => return None,
    })
}

/// The next step after a reply, as a command.
fn next_step(suggestion: Suggestion) -> String {
    let (action, words) = action_of(suggestion);
    // The text after the semicolon is about keys.
    let words = words.split(';').next().unwrap_or_default().replace("type sandbox: ", "");
    format!("- {} {words}", command_for(action))
}

fn arrived(row: received_run::ReceivedRow) -> Option<String> {
    Some(match row {
        received_run::ReceivedRow::Run(verdict, name) => format!("{name}: {}", verdict.word()),
        received_run::ReceivedRow::Note(words) => with_commands(&words),
        received_run::ReceivedRow::Fact(words) | received_run::ReceivedRow::Reason(words) => words,
        received_run::ReceivedRow::Gap => return None,
    })
}
