//! Everything a person can name. Footer, help, palette, keymap and `docs/keys.md` are renderings of this one table.

/// Declares the actions once: variant, kebab-case name, area, one-line description.
macro_rules! actions {
    ($($variant:ident, $name:literal, $area:ident, $text:literal;)*) => {
        /// What a person can ask the program to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $(#[doc = $text] $variant,)* }

        impl Action {
            /// All actions, in the order help shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, as `keys.toml` and the palette spell it.
            pub const fn name(self) -> &'static str { match self { $(Self::$variant => $name,)* } }

            /// One line that says what it does.
            pub const fn text(self) -> &'static str { match self { $(Self::$variant => $text,)* } }

            /// The chapter of help it stands in.
            pub const fn group(self) -> ActionGroup { match self { $(Self::$variant => ActionGroup::$area,)* } }
        }
    };
}

/// The chapters of help, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionGroup {
    /// Sending and what belongs to it.
    Send,
    /// Moving about.
    Move,
    /// Changing the document.
    Edit,
    /// Stages, steps, artifacts and other items of lists.
    Item,
    /// What is wrong, and mending it.
    Problem,
    /// Keeping work.
    Draft,
    /// The screen and the program.
    Screen,
    /// The guided tour.
    Tour,
    /// Typing inside a field.
    Type,
}

impl ActionGroup {
    /// All chapters, in order.
    pub const ALL: [Self; 9] = [
        Self::Send,
        Self::Problem,
        Self::Draft,
        Self::Move,
        Self::Item,
        Self::Edit,
        Self::Screen,
        Self::Tour,
        Self::Type,
    ];

    /// The chapter's heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Send => "Sending",
            Self::Move => "Moving",
            Self::Edit => "Changing the document",
            Self::Item => "Stages, steps, artifacts, parameters, triggers",
            Self::Problem => "Problems",
            Self::Draft => "Drafts",
            Self::Screen => "Screen and program",
            Self::Tour => "Guided tour",
            Self::Type => "Typing in a field",
        }
    }
}

actions! {
    Send, "send", Send, "Review the run, then send it";
    ChooseEnvironment, "choose-environment", Send, "Choose the environment to send to";
    EnterKey, "enter-key", Send, "Type the API key for this session";
    KeepKey, "keep-key", Send, "Keep the typed API key in the keyring of the system";
    GenerateGuid, "generate-guid", Send, "Ask the environment for an instance GUID and fill it in";
    ChooseInstance, "choose-instance", Send, "Choose an instance from the book and fill it in";
    RandomGuid, "random-guid", Send, "Fill in a random GUID made on this machine";
    ShowReply, "show-reply", Send, "Show the last reply again";
    Sandbox, "sandbox", Send, "See what arrived at the sandbox, choose its next answer";
    Journal, "journal", Send, "Look at what was sent, send it again, compare it";
    Export, "export", Send, "Export the run: a command, a script, a step of a pipeline";

    NextProblem, "next-problem", Problem, "Go to the next problem";
    PreviousProblem, "previous-problem", Problem, "Go to the problem before";
    Fix, "fix", Problem, "Mend the problem at this field";
    Explain, "explain-problem", Problem, "Say why this is a problem, what each fix does, or silence its rule";
    FixAll, "fix-all-safe", Problem, "Show every safe fix, then apply them as one step";

    RestoreRules, "restore-rules", Problem, "Report the rules again that this draft silences";

    Import, "import", Draft, "Take in a run, a curl command or a satellite.yml";
    Save, "save", Draft, "Save the draft";
    SaveAs, "save-as", Draft, "Save under another name";
    Open, "open", Draft, "Open, rename, duplicate or delete a draft";
    Trash, "trash", Draft, "Show the trash, or the drafts again";
    New, "new", Draft, "Start a new draft, blank or from a template";
    ShowChanges, "changes", Draft, "Show what changed since the last save or accepted run";
    Revert, "revert", Draft, "Go back to what was saved, as one step";
    Recover, "recover", Draft, "Look at unsaved work that earlier programs left behind";
    RenameDraft, "rename-draft", Draft, "Rename this draft";
    DeleteDraft, "delete-draft", Draft, "Move this draft to the trash";

    Next, "next", Move, "Next field";
    Previous, "previous", Move, "Field before";
    Up, "up", Move, "Up";
    Down, "down", Move, "Down";
    PageUp, "page-up", Move, "A page up";
    PageDown, "page-down", Move, "A page down";
    First, "first", Move, "First field of the tab";
    Last, "last", Move, "Last field of the tab";
    Enter, "enter", Move, "Open, choose, confirm or move on";
    Cancel, "cancel", Move, "Close, or stop what is running";
    NextTab, "next-tab", Move, "Next tab";
    PreviousTab, "previous-tab", Move, "Tab before";
    GoInstance, "go-instance", Move, "Tab 1, the instance";
    GoRun, "go-job-run", Move, "Tab 2, the job run";
    GoStages, "go-stages", Move, "Tab 3, stages and steps";
    GoArtifacts, "go-artifacts", Move, "Tab 4, artifacts, parameters and triggers";
    GoSend, "go-send", Move, "Tab 5, the check list and sending";

    Add, "add-item", Item, "Add another of the same kind";
    Duplicate, "duplicate-item", Item, "Duplicate this one";
    Remove, "remove-item", Item, "Remove this one";
    MoveUp, "move-item-up", Item, "Move it up";
    MoveDown, "move-item-down", Item, "Move it down";
    FoldAll, "fold-all", Item, "Fold all to one line each, or unfold all";

    Undo, "undo", Edit, "Undo the last change";
    Redo, "redo", Edit, "Do it again";
    Clear, "clear-field", Edit, "Take this field out of the payload";
    SetNull, "set-null", Edit, "Set this field to null";
    SetEmpty, "set-empty", Edit, "Set this field to its empty value";
    RevertField, "revert-field", Edit, "Put this field back to its saved value";
    FieldMenu, "field-menu", Edit, "List what can be done with this field";
    CopyValue, "copy-value", Edit, "Copy the value of this field, or what is selected in the text";
    CopyPointer, "copy-pointer", Edit, "Copy the JSON pointer of this field";
    CopyJson, "copy-json", Edit, "Copy the whole payload as JSON";
    CopyPreview, "copy-preview", Edit, "Copy what the payload pane shows";
    EditJson, "edit-json", Edit, "Edit the payload as text, or go back to the form";
    SelectAll, "select-all", Edit, "Select the whole payload as text";
    Cut, "cut", Edit, "Cut what is selected in the payload as text";
    DropText, "drop-text", Edit, "Drop text that does not parse, and show the payload again";

    Help, "help", Screen, "All keys, and what this field means";
    Palette, "palette", Screen, "Find any action by name";
    TogglePreview, "toggle-preview", Screen, "Form or payload, where both do not fit";
    PreviewForm, "preview-next", Screen, "Show the payload as JSON, request, curl, or what changed in it";
    Find, "find", Screen, "Search the payload pane";
    PreviewUp, "preview-up", Screen, "Scroll the payload up";
    PreviewDown, "preview-down", Screen, "Scroll the payload down";
    ToggleMouse, "toggle-mouse", Screen, "Mouse to the program, or back to the terminal for selecting";
    Suspend, "suspend", Screen, "Back to the shell for a while; its fg returns";
    Quit, "quit", Screen, "Leave";

    Tour, "tour", Tour, "Start the guided tour, put it away, or go on with it";
    TourAgain, "tour-again", Tour, "Start the guided tour over, at its first step";
    TourSkip, "tour-skip", Tour, "Skip this step of the tour";
    TourBack, "tour-back", Tour, "Back to the step before";
    TourPaste, "tour-paste", Tour, "Paste what this step of the tour is about";

    Left, "left", Type, "Left, or the choice before";
    Right, "right", Type, "Right, or the next choice";
    WordLeft, "word-left", Type, "A word to the left";
    WordRight, "word-right", Type, "A word to the right";
    Home, "line-start", Type, "Start of the line";
    End, "line-end", Type, "End of the line";
    Backspace, "backspace", Type, "Delete before the cursor";
    Delete, "delete", Type, "Delete at the cursor; on a folded item, remove it";
    DeleteWord, "delete-word", Type, "Delete the word before the cursor";
    DeleteLine, "delete-line", Type, "Delete the whole line";
    Indent, "indent", Type, "Two spaces, in the payload as text";
    SelectLeft, "select-left", Type, "Select to the left, in the payload as text";
    SelectRight, "select-right", Type, "Select to the right";
    SelectUp, "select-up", Type, "Select a line up";
    SelectDown, "select-down", Type, "Select a line down";
    SelectHome, "select-line-start", Type, "Select to the start of the line";
    SelectEnd, "select-line-end", Type, "Select to the end of the line";
    SelectWordLeft, "select-word-left", Type, "Select a word to the left";
    SelectWordRight, "select-word-right", Type, "Select a word to the right";
    SelectFirst, "select-first", Type, "Select to the start of the text";
    SelectLast, "select-last", Type, "Select to the end of the text";
}

impl Action {
    /// The action of a stable name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}
