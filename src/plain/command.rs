//! What can be asked for behind a colon, at any question: the commands of the conversation, and the actions by name.

use std::borrow::Cow;

use crate::app::row::{Tab, place};
use crate::app::{Action, ActionGroup, Model, Msg, Pasted, mention};
use crate::catalog::catalog;
use crate::document::{Pointer, write_pretty};
use crate::draft::INTEGRATION;
use crate::text;

use super::{Conversation, Direction, FieldState, Question};

/// A command of the conversation.
#[derive(Debug)]
pub(super) struct PlainCommand {
    /// Its name, without the colon.
    name: &'static str,
    /// What may stand behind it.
    rest: &'static str,
    /// One line that says what it does.
    text: &'static str,
    does: CommandEffect,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum CommandEffect {
    Act(Action),
    /// The first action; the second where words stand behind the command.
    Either(Action, Action),
    Help,
    Problems,
    Json,
    Go,
}

const fn command(
    name: &'static str,
    rest: &'static str,
    text: &'static str,
    does: CommandEffect,
) -> PlainCommand {
    PlainCommand { name, rest, text, does }
}

/// The commands, in the order of their help.
pub(super) const COMMANDS: &[PlainCommand] = &[
    command("help", "[all]", "List the commands; with all, every action of the app", CommandEffect::Help),
    command("problems", "", "List what is wrong", CommandEffect::Problems),
    command("fix", "", "Mend the problem of this field", CommandEffect::Act(Action::Fix)),
    command(
        "fix-all",
        "",
        "Show every safe fix, then apply them as one step",
        CommandEffect::Act(Action::FixAll),
    ),
    command(
        "explain",
        "",
        "Say why this is a problem, or silence its rule",
        CommandEffect::Act(Action::Explain),
    ),
    command("go", "FIELD", "Go to a field, to a tab, or to a problem by its number", CommandEffect::Go),
    command("json", "", "Show the payload", CommandEffect::Json),
    command("changes", "", "Show what changed since the last save", CommandEffect::Act(Action::ShowChanges)),
    command(
        "env",
        "[NAME]",
        "Choose the environment to send to",
        CommandEffect::Act(Action::ChooseEnvironment),
    ),
    command("key", "", "Type the API key for this session, unseen", CommandEffect::Act(Action::EnterKey)),
    command("guid", "", "Ask the environment for an instance GUID", CommandEffect::Act(Action::GenerateGuid)),
    command("send", "", "Review the run, then send it", CommandEffect::Act(Action::Send)),
    command("reply", "", "Tell the last reply again", CommandEffect::Act(Action::ShowReply)),
    command("save", "[NAME]", "Save the draft", CommandEffect::Either(Action::Save, Action::SaveAs)),
    command("open", "[NAME]", "Open a draft", CommandEffect::Act(Action::Open)),
    command("new", "[TEMPLATE]", "Start a new draft", CommandEffect::Act(Action::New)),
    command(
        "import",
        "[FILE]",
        "Take in a run, a curl command or a satellite.yml",
        CommandEffect::Act(Action::Import),
    ),
    command(
        "export",
        "[FORM]",
        "Export the run: a command, a script, a step",
        CommandEffect::Act(Action::Export),
    ),
    command("journal", "", "Look at what was sent", CommandEffect::Act(Action::Journal)),
    command("undo", "", "Undo the last change", CommandEffect::Act(Action::Undo)),
    command("redo", "", "Do it again", CommandEffect::Act(Action::Redo)),
    command("quit", "", "Leave", CommandEffect::Act(Action::Quit)),
];

/// The tabs, and the actions that go there.
const TABS: [(Tab, Action); 5] = [
    (Tab::Instance, Action::GoInstance),
    (Tab::Run, Action::GoRun),
    (Tab::Stages, Action::GoStages),
    (Tab::Artifacts, Action::GoArtifacts),
    (Tab::Send, Action::GoSend),
];

/// What the integration id, which is no field of the payload, is called.
const INTEGRATION_NAMES: [&str; 3] = [INTEGRATION, "integration id", "integration"];

/// Whether an action means something without a screen.
fn is_sayable(action: Action) -> bool {
    match action.group() {
        ActionGroup::Send | ActionGroup::Problem | ActionGroup::Draft | ActionGroup::Item => true,
        ActionGroup::Edit => !matches!(
            action,
            Action::CopyValue
                | Action::CopyPointer
                | Action::CopyJson
                | Action::CopyPreview
                | Action::FieldMenu
                | Action::EditJson
                | Action::SelectAll
                | Action::Cut
        ),
        ActionGroup::Move | ActionGroup::Screen | ActionGroup::Tour | ActionGroup::Type => {
            action == Action::Quit
        }
    }
}

/// The actions that can be asked for by name.
fn sayable() -> impl Iterator<Item = Action> {
    Action::ALL.iter().copied().filter(|action| is_sayable(*action))
}

/// How an action is asked for.
pub(super) fn spelled(action: Action) -> String {
    let own = COMMANDS.iter().find(|command| match command.does {
        CommandEffect::Act(does) | CommandEffect::Either(does, _) => does == action,
        CommandEffect::Help => action == Action::Help,
        CommandEffect::Problems | CommandEffect::Json | CommandEffect::Go => false,
    });
    let tabs = TABS.iter().find(|(_, go)| *go == action);
    match (own, tabs) {
        (Some(command), _) => format!(":{}", command.name),
        (None, Some((tab, _))) => format!(":go {}", tab.title().to_lowercase()),
        (None, None) if is_sayable(action) => format!(":{}", action.name()),
        (None, None) => format!("the app's {}", action.name()),
    }
}

/// A sentence with commands where it names actions in braces.
pub(super) fn with_commands(words: &str) -> String {
    let words = words.replace("{palette} ", ":");
    let words = mention::replace(&words, |_, action| spelled(action));
    words.replace(". the app's ", ". The app's ")
}

impl Conversation {
    /// Does what was asked for behind a colon.
    pub(super) fn command(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (given, name, rest) = (name, name.to_lowercase(), rest.trim());
        let does = COMMANDS.iter().find(|command| command.name == name).map(|command| command.does);
        let action = || Action::named(&name).filter(|action| is_sayable(*action));
        match does.or_else(|| action().map(CommandEffect::Act)) {
            Some(CommandEffect::Either(alone, _)) if rest.is_empty() => self.act(model, alone, rest),
            Some(CommandEffect::Act(action) | CommandEffect::Either(_, action)) => {
                self.act(model, action, rest)
            }
            Some(CommandEffect::Help) => self.help(rest == "all"),
            Some(CommandEffect::Problems) => {
                self.list_problems(model, usize::MAX);
                Vec::new()
            }
            Some(CommandEffect::Json) => {
                self.show_payload(model);
                Vec::new()
            }
            Some(CommandEffect::Go) => self.go(model, rest),
            // As it was typed: in other letters a key would not be known for one.
            None => self.unknown(given),
        }
    }

    pub(super) fn show_payload(&mut self, model: &Model) {
        self.say(write_pretty(model.document.value()).trim_end());
    }

    fn unknown(&mut self, name: &str) -> Vec<Msg> {
        let names = COMMANDS.iter().map(|command| command.name).chain(sayable().map(Action::name));
        let near =
            text::closest(name, names).map_or_else(String::new, |near| format!(" Did you mean :{near}?"));
        self.unclear(&format!(
            "There is no command :{}.{near} :help lists them; a value that begins with a colon is given with two.",
            text::visible(name)
        ))
    }

    /// An action, after leaving what stands above the form.
    fn act(&mut self, model: &Model, action: Action, rest: &str) -> Vec<Msg> {
        self.ahead = Some(Pasted(rest.to_owned())).filter(|_| !rest.is_empty());
        #[expect(clippy::wildcard_enum_match_arm, reason = "most actions need no note")]
        match action {
            Action::Fix if self.asked == Question::Row => self.state = FieldState::Answered,
            Action::GenerateGuid | Action::RandomGuid | Action::ChooseInstance => {
                self.wait_for_guid(model);
            }
            Action::NextProblem | Action::PreviousProblem => self.direction = Direction::Fixing,
            Action::Add | Action::Duplicate | Action::Remove | Action::MoveUp | Action::MoveDown => {
                self.row = None;
            }
            _ => {}
        }
        let closing = model.overlays.iter().map(|_| Msg::Act(Action::Cancel));
        closing.chain([Msg::Act(action)]).collect()
    }

    fn help(&mut self, is_all: bool) -> Vec<Msg> {
        self.say("At any question: Enter keeps what stands in brackets, - clears, < goes back, ? explains.");
        self.say(
            "A value that is one of these signs, or begins with a colon, is given with the sign doubled.",
        );
        for PlainCommand { name, rest, text, .. } in COMMANDS {
            let rest = if rest.is_empty() { Cow::Borrowed("") } else { Cow::Owned(format!(" {rest}")) };
            self.say(format!(":{name}{rest}: {text}."));
        }
        if is_all {
            for action in sayable() {
                self.say(format!(":{}: {}.", action.name(), action.text()));
            }
        } else {
            self.say("Other actions go by their names, such as :duplicate-item; :help all lists them.");
        }
        Vec::new()
    }

    /// To a tab, a problem, or a field.
    fn go(&mut self, model: &Model, wanted: &str) -> Vec<Msg> {
        let lower = wanted.to_lowercase();
        let closing = model.overlays.iter().map(|_| Msg::Act(Action::Cancel));
        let tab = TABS.into_iter().find(|(tab, _)| tab.title().to_lowercase() == lower);
        let there = if let Some((_, action)) = tab {
            self.tab = None;
            vec![Msg::Act(action), Msg::Act(Action::First)]
        } else if let Ok(number) = wanted.parse::<usize>() {
            self.focus_problem(model, number.saturating_sub(1))
        } else if INTEGRATION_NAMES.contains(&lower.as_str()) {
            self.direction = Direction::ToIntegration;
            vec![Msg::ScrollTo(Pointer::root().key(INTEGRATION))]
        } else if let Some(at) = find(model, &lower, wanted) {
            self.direction = Direction::On;
            if let Some(holder) = at.parent() {
                self.rare.insert(holder, true);
            }
            vec![Msg::ScrollTo(at)]
        } else {
            return self.unclear(&format!(
                "There is no field or tab “{}”. Give a name such as start_time, a path such as /job_run/stages/0/id, a \
                 tab such as stages, or the number of a problem.",
                text::visible(wanted)
            ));
        };
        (self.row, self.state) = (None, FieldState::Fresh);
        closing.chain(there).collect()
    }
}

/// The place that a name, a label or a path means.
fn find(model: &Model, lower: &str, wanted: &str) -> Option<Pointer> {
    if wanted.starts_with('/') {
        return wanted.parse().ok().filter(|at| crate::app::row::field_at(at).is_some());
    }
    let is_meant = |name: &str| name.to_lowercase() == lower;
    let mut fields = catalog().run().fields.iter();
    let field = fields.find(|field| {
        is_meant(&field.name) || is_meant(&field.label) || field.legacy.as_deref().is_some_and(is_meant)
    })?;
    Some(place(&Pointer::root(), field, model.document.value()))
}
