//! The key hints of all dialogs. The border of a dialog shows the hints that fit, the last line of
//! the screen the others.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::app::draft_list::DraftListKind;
use crate::app::mapper::Mapper;
use crate::app::overlay::{Content, List, Overlay, Page, Prompt, PromptPurpose};
use crate::app::review::Readiness;
use crate::app::{Action, Model, Scene};
use crate::keymap::{Key, Keymap, Press};
use crate::text;

use super::{DrawContext, block};

/// Keys and the word for what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    keys: String,
    word: String,
    /// Whether the keys only scroll; such a hint is hidden while all rows are visible.
    scrolls: bool,
}

impl Hint {
    fn width(&self) -> usize {
        text::width(&self.keys) + 1 + text::width(&self.word)
    }
}

/// Builds the hints of a dialog: most useful first, except the last hint, which is always shown.
struct Hints<'a> {
    keymap: &'a Keymap,
    scene: Scene,
    known: Vec<Hint>,
}

impl Hints<'_> {
    /// Adds a hint for the preferred keys of actions, unless one of them has no key.
    fn on(mut self, actions: &[Action], word: &str) -> Self {
        let keys: Option<Vec<String>> =
            actions.iter().map(|action| self.keymap.label(self.scene, *action)).collect();
        let scrolls = word == "scroll";
        self.known.extend(keys.map(|keys| Hint { keys: keys.join(" "), word: word.to_owned(), scrolls }));
        self
    }

    /// Adds a hint if its condition is true.
    fn when(self, condition: bool, action: Action, word: &'static str) -> Self {
        if condition { self.on(&[action], word) } else { self }
    }

    fn enter(self, word: &'static str) -> Self {
        self.on(&[Action::Enter], word)
    }

    fn scroll(self) -> Self {
        self.on(&[Action::Up, Action::Down], "scroll")
    }

    /// Adds a hint for typed characters.
    fn typed(mut self, keys: &str, word: &str) -> Self {
        self.known.push(Hint { keys: keys.to_owned(), word: word.to_owned(), scrolls: false });
        self
    }
}

/// The hints of a dialog.
pub(super) fn of(model: &Model, overlay: &Overlay, context: DrawContext<'_>) -> Vec<Hint> {
    let hints = Hints { keymap: context.keymap, scene: model.scene_of(overlay), known: Vec::new() };
    let hints = match overlay {
        Overlay::Pick(_, List::Drafts(drafts)) => on_draft_list(drafts.kind, hints),
        Overlay::Pick(_, List::Actions | List::Field { .. }) => hints.enter("run"),
        Overlay::Pick(_, List::Instances) => {
            hints.enter("choose").on(&[Action::VerifyInstance], "verify in SEI")
        }
        Overlay::Pick(..) => hints.enter("choose"),
        Overlay::Prompt(Prompt { purpose: PromptPurpose::CreateInstance(_), .. }) => hints.enter("create"),
        Overlay::Prompt(_) => hints.enter("confirm"),
        Overlay::Key { .. } => hints.typed("type", "or paste").enter("use"),
        Overlay::Ask(question) if question.answers.len() < 2 => hints.enter("confirm"),
        Overlay::Ask(_) => hints.on(&[Action::Up, Action::Down], "choose").enter("confirm"),
        Overlay::Review { typed, .. } => before_send(model, model.readiness(&typed.text()), hints).scroll(),
        // The search is a line of a pane; the footer shows its keys.
        Overlay::Find(_) => return Vec::new(),
        Overlay::Waiting => return hints.on(&[Action::Help], "help").on(&[Action::Cancel], "cancel").known,
        Overlay::Import(incoming) => {
            let hints = hints.enter("import");
            let hints = if incoming.is_mapped { hints.typed("m", "edit mapping") } else { hints };
            let marks = hints.typed(&space(), "select").typed("a", "all/none");
            return marks.typed("t", "insert as text").on(&[Action::Cancel], "cancel").known;
        }
        Overlay::Mapper(mapper) if mapper.editor.is_some() => {
            return hints.enter("map (empty: unmap)").on(&[Action::Cancel], "cancel").known;
        }
        Overlay::Mapper(mapper) => return on_mapper(mapper, context, hints).known,
        Overlay::Page(Page { content: reply @ Content::Reply(_), .. }) if reply.keys().is_empty() => {
            return hints.scroll().enter("close").known;
        }
        Overlay::Page(page) => {
            let own = page.content.keys().iter();
            own.fold(hints, |hints, (action, word)| hints.on(&[*action], word)).scroll()
        }
    };
    let is_review = matches!(overlay, Overlay::Review { .. });
    hints.on(&[Action::Cancel], if is_review { "back" } else { "close" }).known
}

fn space() -> String {
    Press::plain(Key::Char(' ')).to_string()
}

fn on_mapper<'a>(mapper: &Mapper, context: DrawContext<'_>, hints: Hints<'a>) -> Hints<'a> {
    /// The most columns of a word of the tool.
    const WIDEST: usize = 20;
    let hints = if mapper.is_in_tree {
        hints.enter("map this value").on(&[Action::Left, Action::Right], "fold")
    } else if let Some(word) = mapper.unknown_word() {
        let word = text::cut(&context.shown(word), WIDEST).into_owned();
        hints.typed(&space(), &format!("set “{word}”")).enter("choose value").typed("type", "jq")
    } else {
        let is_guess = |row| mapper.expression(row).is_none() && mapper.guess(row).is_some();
        let hints = hints.enter("choose value").typed("type", "jq");
        if mapper.focused().is_some_and(is_guess) { hints.typed(&space(), "take guess") } else { hints }
    };
    let hints = if mapper.is_in_tree { hints } else { hints.on(&[Action::Next], "source") };
    let hints = hints.on(&[Action::Send], "import").on(&[Action::Save], "save mapping");
    let hints = if mapper.runs.len() > 1 { hints.on(&[Action::NextTab], "next run") } else { hints };
    let hints = hints.on(&[Action::Help], "help");
    hints.on(&[Action::Cancel], if mapper.is_in_tree { "fields" } else { "close" })
}

fn on_draft_list(kind: DraftListKind, hints: Hints<'_>) -> Hints<'_> {
    match kind {
        DraftListKind::Drafts => hints
            .enter("open")
            .on(&[Action::RenameDraft], "rename")
            .on(&[Action::Duplicate], "duplicate")
            .on(&[Action::Remove], "delete")
            .on(&[Action::Trash], "trash"),
        DraftListKind::Builds => hints.enter("create deployment"),
        DraftListKind::Trash => hints.enter("restore").on(&[Action::Trash], "drafts"),
    }
}

fn before_send<'a>(model: &Model, readiness: Readiness, hints: Hints<'a>) -> Hints<'a> {
    let is_again = model.is_sending_again();
    let hints = match readiness {
        Readiness::Blocked if is_again => hints,
        Readiness::Blocked => hints.enter("go to the first error"),
        Readiness::NeedsKey => hints.enter("type the key"),
        Readiness::ReadOnly => hints,
        Readiness::NeedsName => hints.typed("type", "the id").enter("send"),
        Readiness::Ready => hints.enter("send"),
    };
    let may_choose = !is_again && matches!(readiness, Readiness::NeedsKey | Readiness::Ready);
    hints.when(may_choose, Action::ChooseEnvironment, "environment").when(
        model.has_changes(),
        Action::ShowChanges,
        "changes",
    )
}

/// Draws the hints that fit on the lower border of a dialog, and the others in the last line of the
/// screen.
pub(super) fn draw(context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect, is_whole: bool) {
    let hints: Vec<&Hint> = context.hints.iter().filter(|hint| !(hint.scrolls && is_whole)).collect();
    let mut room = usize::from(area.width.saturating_sub(6));
    let (mut fitting, mut rest) = (Vec::new(), Vec::new());
    if let Some((close, others)) = hints.split_last() {
        room = room.saturating_sub(close.width());
        for hint in others {
            if rest.is_empty() && hint.width() + 3 <= room {
                room -= hint.width() + 3;
                fitting.push(*hint);
            } else {
                rest.push(*hint);
            }
        }
        fitting.push(close);
    }
    let words: Vec<String> = fitting.iter().map(|hint| format!("{} {}", hint.keys, hint.word)).collect();
    if !words.is_empty() {
        let words = format!(" {} ", words.join(" · "));
        let x = area.right().saturating_sub(u16::try_from(text::width(&words)).unwrap_or(0) + 2);
        let room = usize::from(area.right().saturating_sub(area.x + 2));
        frame.buffer_mut().set_stringn(
            x.max(area.x + 1),
            area.bottom().saturating_sub(1),
            words,
            room,
            context.theme.dim(),
        );
    }
    let screen = frame.area();
    let last = Rect { y: screen.bottom().saturating_sub(1), height: 1, ..screen };
    Clear.render(last, frame.buffer_mut());
    let spans = rest.iter().flat_map(|hint| {
        [
            Span::styled(format!(" {}", hint.keys), context.theme.accent()),
            Span::styled(format!(" {} ", hint.word), context.theme.dim()),
        ]
    });
    block::line(frame.buffer_mut(), last, Line::from(spans.collect::<Vec<_>>()), None);
}
