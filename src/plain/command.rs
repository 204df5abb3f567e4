//! Commands after a colon, at any question: the commands of plain mode, and the actions by name.

use std::borrow::Cow;

use crate::app::row::{Tab, place};
use crate::app::{Action, ActionGroup, Model, Msg, Pasted, mention};
use crate::catalog::catalog;
use crate::document::{Pointer, write_pretty};
use crate::draft::INTEGRATION;
use crate::text;

use super::{Conversation, Direction, FieldState, PlainQuestion};

/// A command of plain mode.
#[derive(Debug)]
pub(super) struct PlainCommand {
    /// Without the colon.
    name: &'static str,
    /// The argument, as the help shows it.
    rest: &'static str,
    /// The description in the help, without the period.
    text: &'static str,
    does: CommandEffect,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum CommandEffect {
    Act(Action),
    /// The first action without an argument, the second action with an argument.
    Either(Action, Action),
    Help,
    Problems,
    Json,
    Go,
}

impl CommandEffect {
    /// Whether the command is the one for an action.
    fn is_for(self, action: Action) -> bool {
        match self {
            Self::Act(does) | Self::Either(does, _) => does == action,
            Self::Help => action == Action::Help,
            Self::Problems | Self::Json | Self::Go => false,
        }
    }
}

const fn command(
    name: &'static str,
    rest: &'static str,
    text: &'static str,
    does: CommandEffect,
) -> PlainCommand {
    PlainCommand { name, rest, text, does }
}

/// The commands, in the order of the help.
pub(super) const COMMANDS: &[PlainCommand] = &[
    command(
        "help",
        "[all]",
        "List the commands; with all, also the other actions that work here",
        CommandEffect::Help,
    ),
    command("problems", "", "List the problems", CommandEffect::Problems),
    command("fix", "", "Fix the problem at this field", CommandEffect::Act(Action::Fix)),
    command("fix-all", "", "Show and apply safe fixes (one undo step)", CommandEffect::Act(Action::FixAll)),
    command(
        "explain",
        "",
        "Explain the problem of this field, or silence its rule",
        CommandEffect::Act(Action::Explain),
    ),
    command("go", "FIELD", "Go to a field, to a tab, or to a problem by its number", CommandEffect::Go),
    command("json", "", "Show the payload", CommandEffect::Json),
    command(
        "changes",
        "",
        "Show the changes since the last save or accepted run",
        CommandEffect::Act(Action::ShowChanges),
    ),
    command(
        "env",
        "[NAME]",
        "Choose the environment to send to",
        CommandEffect::Act(Action::ChooseEnvironment),
    ),
    command(
        "key",
        "",
        "Type the API key for this session, without echo",
        CommandEffect::Act(Action::EnterKey),
    ),
    command("guid", "", "Create an instance and fill in its GUID", CommandEffect::Act(Action::GenerateGuid)),
    command("send", "", "Review the run, then send it", CommandEffect::Act(Action::Send)),
    command("reply", "", "Show the last reply again", CommandEffect::Act(Action::ShowReply)),
    command("save", "[NAME]", "Save the draft", CommandEffect::Either(Action::Save, Action::SaveAs)),
    command("open", "[NAME]", "Open a draft", CommandEffect::Act(Action::Open)),
    command("new", "[TEMPLATE]", "Start a new draft", CommandEffect::Act(Action::New)),
    command(
        "import",
        "[FILE]",
        "Import a run, a curl command or satellite.yml",
        CommandEffect::Act(Action::Import),
    ),
    command(
        "export",
        "[FORM]",
        "Export the run as a command, a script or a pipeline step",
        CommandEffect::Act(Action::Export),
    ),
    command("journal", "", "List the sent requests", CommandEffect::Act(Action::Journal)),
    command("undo", "", "Undo the last change", CommandEffect::Act(Action::Undo)),
    command("redo", "", "Redo the last undone change", CommandEffect::Act(Action::Redo)),
    command("quit", "", "Quit", CommandEffect::Act(Action::Quit)),
];

/// The tabs, and the actions that open them.
const TABS: [(Tab, Action); 5] = [
    (Tab::Instance, Action::GoInstance),
    (Tab::Run, Action::GoRun),
    (Tab::Stages, Action::GoStages),
    (Tab::Artifacts, Action::GoArtifacts),
    (Tab::Send, Action::GoSend),
];

/// The names of the integration id, which is not a field of the payload.
const INTEGRATION_NAMES: [&str; 3] = [INTEGRATION, "integration id", "integration"];

/// Whether an action works without a screen.
fn is_plain(action: Action) -> bool {
    match action.group() {
        ActionGroup::Send | ActionGroup::Problem | ActionGroup::Draft | ActionGroup::Item => true,
        ActionGroup::Edit => !matches!(
            action,
            Action::CopyPointer
                | Action::CopyJson
                | Action::CopyPreview
                | Action::FieldMenu
                | Action::EditJson
        ),
        ActionGroup::Move
        | ActionGroup::Screen
        | ActionGroup::Tour
        | ActionGroup::Type
        | ActionGroup::Text => action == Action::Quit,
    }
}

/// The actions that are commands by name.
fn plain_actions() -> impl Iterator<Item = Action> {
    Action::ALL.iter().copied().filter(|action| is_plain(*action))
}

/// The command for an action, such as `:send`.
pub(super) fn command_for(action: Action) -> String {
    let own = COMMANDS.iter().find(|command| command.does.is_for(action));
    let tabs = TABS.iter().find(|(_, go)| *go == action);
    match (own, tabs) {
        (Some(command), _) => format!(":{}", command.name),
        (None, Some((tab, _))) => format!(":go {}", tab.title().to_lowercase()),
        (None, None) if is_plain(action) => format!(":{}", action.name()),
        (None, None) => format!("the app's {}", action.name()),
    }
}

/// Replaces the actions in braces by their commands.
pub(super) fn with_commands(words: &str) -> String {
    let words = words.replace("{palette} ", ":");
    let words = mention::replace(&words, |_, action| command_for(action));
    words.replace(". the app's ", ". The app's ")
}

impl Conversation {
    /// The messages for the text after a colon.
    pub(super) fn command(&mut self, model: &Model, line: &str) -> Vec<Msg> {
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (given, name, rest) = (name, name.to_lowercase(), rest.trim());
        let does = COMMANDS.iter().find(|command| command.name == name).map(|command| command.does);
        let action = || Action::named(&name).filter(|action| is_plain(*action));
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
            // Unchanged case: otherwise a key would not be recognized and redacted.
            None => self.unknown(given),
        }
    }

    pub(super) fn show_payload(&mut self, model: &Model) {
        self.say(write_pretty(model.document.value()).trim_end());
    }

    fn unknown(&mut self, name: &str) -> Vec<Msg> {
        let names = COMMANDS.iter().map(|command| command.name).chain(plain_actions().map(Action::name));
        let near =
            text::closest(name, names).map_or_else(String::new, |near| format!(" Did you mean :{near}?"));
        self.unclear(&format!(
            "No command is called :{}.{near} :help lists the commands; a value that starts with a colon needs two colons.",
            text::visible(name)
        ))
    }

    /// Closes all overlays, then runs an action.
    fn act(&mut self, model: &Model, action: Action, rest: &str) -> Vec<Msg> {
        self.argument = Some(Pasted(rest.to_owned())).filter(|_| !rest.is_empty());
        #[expect(clippy::wildcard_enum_match_arm, reason = "most actions need no note")]
        match action {
            Action::Fix if self.asked == PlainQuestion::Row => self.state = FieldState::Answered,
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
        self.say("At a field: Enter keeps the value in brackets, `-` clears, `<` goes back, `?` explains.");
        self.say("To enter one of these symbols, or a value that starts with a colon, double the symbol.");
        for PlainCommand { name, rest, text, .. } in COMMANDS {
            let rest = if rest.is_empty() { Cow::Borrowed("") } else { Cow::Owned(format!(" {rest}")) };
            self.say(format!(":{name}{rest}: {text}."));
        }
        if is_all {
            let is_listed = |action: Action| COMMANDS.iter().any(|command| command.does.is_for(action));
            for action in plain_actions().filter(|action| !is_listed(*action)) {
                self.say(format!(":{}: {}.", action.name(), action.text()));
            }
        } else {
            self.say("Other actions are commands too, such as :duplicate-item; :help all lists them.");
        }
        Vec::new()
    }

    /// Goes to a tab, a problem or a field.
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
                "No field or tab is called “{}”. Enter a name such as start_time, a path such as \
                 /job_run/stages/0/id, a tab such as stages, or the number of a problem.",
                text::visible(wanted)
            ));
        };
        (self.row, self.state) = (None, FieldState::Fresh);
        closing.chain(there).collect()
    }
}

/// The place of the field with this name, label or path.
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
