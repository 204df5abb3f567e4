//! What the keys do in a dialog: one table for all of them. Its border says as much as fits, the last line of the
//! screen the rest.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::app::draft_list::DraftListKind;
use crate::app::overlay::{Content, List, Overlay, Page, Prompt, PromptPurpose};
use crate::app::review::Readiness;
use crate::app::{Action, Model, Scene};
use crate::keymap::{Key, Keymap, Press};
use crate::text;

use super::{DrawContext, block};

/// Some keys and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    keys: String,
    word: &'static str,
    /// Whether they only scroll, which is of no use where all is in sight.
    scrolls: bool,
}

impl Hint {
    /// The columns it takes.
    fn width(&self) -> usize {
        text::width(&self.keys) + 1 + text::width(self.word)
    }
}

/// The hints of a dialog, most wanted first; the one that stays when there is no room is the last.
struct Hints<'a> {
    keymap: &'a Keymap,
    scene: Scene,
    known: Vec<Hint>,
}

impl Hints<'_> {
    /// What the preferred keys of actions do; nothing where one has none.
    fn on(mut self, actions: &[Action], word: &'static str) -> Self {
        let keys: Option<Vec<String>> =
            actions.iter().map(|action| self.keymap.label(self.scene, *action)).collect();
        let scrolls = word == "scroll";
        self.known.extend(keys.map(|keys| Hint { keys: keys.join(" "), word, scrolls }));
        self
    }

    /// What an action does, where it does something now.
    fn when(self, does: bool, action: Action, word: &'static str) -> Self {
        if does { self.on(&[action], word) } else { self }
    }

    fn enter(self, word: &'static str) -> Self {
        self.on(&[Action::Enter], word)
    }

    fn scroll(self) -> Self {
        self.on(&[Action::Up, Action::Down], "scroll")
    }

    /// What a character does.
    fn typed(mut self, keys: &str, word: &'static str) -> Self {
        self.known.push(Hint { keys: keys.to_owned(), word, scrolls: false });
        self
    }
}

/// What the keys do in a dialog.
pub(super) fn of(model: &Model, overlay: &Overlay, look: DrawContext<'_>) -> Vec<Hint> {
    let hints = Hints { keymap: look.keymap, scene: model.scene_of(overlay), known: Vec::new() };
    let hints = match overlay {
        Overlay::Pick(_, List::Drafts(drafts)) => on_draft_list(drafts.kind, hints),
        Overlay::Pick(_, List::Actions | List::Field { .. }) => hints.enter("do it"),
        Overlay::Pick(..) => hints.enter("choose"),
        Overlay::Prompt(Prompt { purpose: PromptPurpose::CreateInstance(_), .. }) => hints.enter("create"),
        Overlay::Prompt(_) => hints.enter("go on"),
        Overlay::Key { .. } => hints.typed("type", "or paste").enter("keep"),
        Overlay::Ask(question) if question.answers.len() < 2 => hints.enter("do it"),
        Overlay::Ask(_) => hints.on(&[Action::Up, Action::Down], "choose").enter("do it"),
        Overlay::Review { typed, .. } => before_send(model, model.readiness(&typed.text()), hints).scroll(),
        // It stands in a pane, and the last line of the screen says its keys.
        Overlay::Find(_) => return Vec::new(),
        Overlay::Waiting => return hints.on(&[Action::Help], "help").on(&[Action::Cancel], "stop").known,
        Overlay::Import(_) => {
            let marks = hints
                .enter("take")
                .typed(&Press::plain(Key::Char(' ')).to_string(), "mark")
                .typed("a", "all or none");
            return marks.typed("t", "type as text").on(&[Action::Cancel], "forget").known;
        }
        Overlay::Page(Page { content: content @ Content::Reply(_), .. }) if content.keys().is_empty() => {
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

fn on_draft_list(shelf: DraftListKind, hints: Hints<'_>) -> Hints<'_> {
    match shelf {
        DraftListKind::Drafts => hints
            .enter("open")
            .on(&[Action::RenameDraft], "rename")
            .on(&[Action::Duplicate], "duplicate")
            .on(&[Action::Remove], "delete")
            .on(&[Action::Trash], "deleted ones"),
        DraftListKind::Builds => hints.enter("begin its deployment"),
        DraftListKind::Trash => hints.enter("restore").on(&[Action::Trash], "drafts"),
    }
}

fn before_send<'a>(model: &Model, readiness: Readiness, hints: Hints<'a>) -> Hints<'a> {
    let is_again = model.is_sending_again();
    let hints = match readiness {
        Readiness::Blocked if is_again => hints,
        Readiness::Blocked => hints.enter("goes to the first error"),
        Readiness::NeedsKey => hints.enter("type the key"),
        Readiness::ReadOnly => hints,
        Readiness::NeedsName => hints.typed("type", "the name").enter("send"),
        Readiness::Ready => hints.enter("send"),
    };
    let may_choose = !is_again && matches!(readiness, Readiness::NeedsKey | Readiness::Ready);
    hints.when(may_choose, Action::ChooseEnvironment, "environment").when(
        model.has_changes(),
        Action::ShowChanges,
        "changes",
    )
}

/// Writes as many hints as fit on the lower border of a dialog, and the others in the last line of the screen.
pub(super) fn draw(look: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect, is_whole: bool) {
    let hints: Vec<&Hint> = look.hints.iter().filter(|hint| !(hint.scrolls && is_whole)).collect();
    let mut room = usize::from(area.width.saturating_sub(6));
    let (mut beside, mut below) = (Vec::new(), Vec::new());
    if let Some((close, others)) = hints.split_last() {
        room = room.saturating_sub(close.width());
        for hint in others {
            if below.is_empty() && hint.width() + 3 <= room {
                room -= hint.width() + 3;
                beside.push(*hint);
            } else {
                below.push(*hint);
            }
        }
        beside.push(close);
    }
    let words: Vec<String> = beside.iter().map(|hint| format!("{} {}", hint.keys, hint.word)).collect();
    if !words.is_empty() {
        let words = format!(" {} ", words.join(" · "));
        let x = area.right().saturating_sub(u16::try_from(text::width(&words)).unwrap_or(0) + 2);
        let room = usize::from(area.right().saturating_sub(area.x + 2));
        frame.buffer_mut().set_stringn(
            x.max(area.x + 1),
            area.bottom().saturating_sub(1),
            words,
            room,
            look.theme.dim(),
        );
    }
    let screen = frame.area();
    let last = Rect { y: screen.bottom().saturating_sub(1), height: 1, ..screen };
    Clear.render(last, frame.buffer_mut());
    let spans = below.iter().flat_map(|hint| {
        [
            Span::styled(format!(" {}", hint.keys), look.theme.accent()),
            Span::styled(format!(" {} ", hint.word), look.theme.dim()),
        ]
    });
    block::line(frame.buffer_mut(), last, Line::from(spans.collect::<Vec<_>>()), None);
}
