//! The actions. Footer, help, palette, keymap and `docs/keys.md` are all rendered from this one
//! table.

/// Declares the actions once: variant, kebab-case name, area, one-line description.
macro_rules! actions {
    ($($variant:ident, $name:literal, $area:ident, $text:literal;)*) => {
        /// An action that the user can request by key, palette or command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $(#[doc = $text] $variant,)* }

        impl Action {
            /// All actions, in the order help shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, as used in `keys.toml` and the palette.
            pub const fn name(self) -> &'static str { match self { $(Self::$variant => $name,)* } }

            /// The description: one line.
            pub const fn text(self) -> &'static str { match self { $(Self::$variant => $text,)* } }

            /// The chapter of help that lists the action.
            pub const fn group(self) -> ActionGroup { match self { $(Self::$variant => ActionGroup::$area,)* } }
        }
    };
}

/// The chapters of help, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionGroup {
    /// Sending, keys, instances, replies.
    Send,
    /// Moving the focus.
    Move,
    /// Changing the document.
    Edit,
    /// Items of lists: stages, steps, artifacts and others.
    Item,
    /// Problems and fixes.
    Problem,
    /// Drafts and unsaved work.
    Draft,
    /// The screen and the program.
    Screen,
    /// The guided tour.
    Tour,
    /// Typing in a field.
    Type,
    /// Editing the payload as text.
    Text,
}

impl ActionGroup {
    /// All chapters, in order.
    pub const ALL: [Self; 10] = [
        Self::Send,
        Self::Problem,
        Self::Draft,
        Self::Move,
        Self::Item,
        Self::Edit,
        Self::Screen,
        Self::Tour,
        Self::Type,
        Self::Text,
    ];

    /// The chapter's heading, with an action in braces.
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
            Self::Text => "In the text editor ({edit-json})",
        }
    }
}

actions! {
    Send, "send", Send, "Review the run, then send it";
    ChooseEnvironment, "choose-environment", Send, "Choose the environment to send to";
    EnterKey, "enter-key", Send, "Type the API key for this session";
    KeepKey, "keep-key", Send, "Store the typed API key in the system keyring";
    GenerateGuid, "generate-guid", Send, "Create an instance and fill in its GUID";
    ChooseInstance, "choose-instance", Send, "Choose an instance from the book and fill it in";
    VerifyInstance, "verify-instance", Send, "Ask SEI what it has of an instance";
    RandomGuid, "random-guid", Send, "Fill in a random GUID";
    ShowReply, "show-reply", Send, "Show the last reply again";
    Sandbox, "sandbox", Send, "Show the received runs, set the next reply";
    Journal, "journal", Send, "Show, resend or compare sent requests";
    Export, "export", Send, "Export the run as a command, a script or a pipeline step";

    NextProblem, "next-problem", Problem, "Go to the next problem";
    PreviousProblem, "previous-problem", Problem, "Go to the previous problem";
    Fix, "fix", Problem, "Fix the problem at this field";
    Explain, "explain-problem", Problem, "Explain this problem, or silence its rule";
    FixAll, "fix-all-safe", Problem, "Show and apply safe fixes (one undo step)";

    RestoreRules, "restore-rules", Problem, "Re-enable silenced rules";

    Import, "import", Draft, "Import a run, a curl command or satellite.yml";
    EditMapping, "edit-mapping", Draft, "Edit a mapping for the JSON of a tool";
    Save, "save", Draft, "Save the draft";
    SaveAs, "save-as", Draft, "Save under another name";
    Open, "open", Draft, "Open, rename, duplicate or delete a draft";
    Trash, "trash", Draft, "Show the trash or the draft list";
    New, "new", Draft, "Start a new draft, blank or from a template";
    ShowChanges, "changes", Draft, "Show the changes since the last save or accepted run";
    Revert, "revert", Draft, "Revert to the saved draft (one undo step)";
    Recover, "recover", Draft, "Show unsaved work of previous sessions";
    RenameDraft, "rename-draft", Draft, "Rename this draft";
    DeleteDraft, "delete-draft", Draft, "Move this draft to the trash";

    Next, "next", Move, "Next field";
    Previous, "previous", Move, "Previous field";
    Up, "up", Move, "Move up";
    Down, "down", Move, "Move down";
    PageUp, "page-up", Move, "One page up";
    PageDown, "page-down", Move, "One page down";
    First, "first", Move, "First field of the tab";
    Last, "last", Move, "Last field of the tab";
    Enter, "enter", Move, "Open, choose, confirm, or go to the next field";
    Cancel, "cancel", Move, "Close, or cancel the request";
    NextTab, "next-tab", Move, "Next tab";
    PreviousTab, "previous-tab", Move, "Previous tab";
    GoInstance, "go-instance", Move, "Tab 1, the instance";
    GoRun, "go-job-run", Move, "Tab 2, the job run";
    GoStages, "go-stages", Move, "Tab 3, stages and steps";
    GoArtifacts, "go-artifacts", Move, "Tab 4, artifacts, parameters and triggers";
    GoSend, "go-send", Move, "Tab 5, check list and sending";

    Add, "add-item", Item, "Add an item of the same kind";
    Duplicate, "duplicate-item", Item, "Duplicate this item";
    Remove, "remove-item", Item, "Remove this item";
    MoveUp, "move-item-up", Item, "Move this item up";
    MoveDown, "move-item-down", Item, "Move this item down";
    FoldAll, "fold-all", Item, "Collapse or expand all items";

    Undo, "undo", Edit, "Undo the last change";
    Redo, "redo", Edit, "Redo the last undone change";
    Clear, "clear-field", Edit, "Remove this field from the payload";
    SetNull, "set-null", Edit, "Set this field to null";
    SetEmpty, "set-empty", Edit, "Set this field to its empty value";
    RevertField, "revert-field", Edit, "Revert this field to its saved value";
    FieldMenu, "field-menu", Edit, "List the actions for this field";
    CopyValue, "copy-value", Text, "Copy the field value; in the text editor, the selection";
    CopyPointer, "copy-pointer", Edit, "Copy the JSON pointer of this field";
    CopyJson, "copy-json", Edit, "Copy the whole payload as JSON";
    CopyPreview, "copy-preview", Edit, "Copy the content of the payload pane";
    EditJson, "edit-json", Edit, "Edit the payload as text, or go back to the form";
    SelectAll, "select-all", Text, "Select all text of the payload";
    Cut, "cut", Text, "Cut the selected text of the payload";
    DropText, "drop-text", Edit, "Discard unparsed text and show the payload again";

    Help, "help", Screen, "Show all keys and explain this field";
    Palette, "palette", Screen, "Find any action by name";
    TogglePreview, "toggle-preview", Screen, "Switch between form and payload";
    PreviewForm, "preview-next", Screen, "Show the payload as JSON, request, curl, SEI or changes";
    ShowSimulation, "show-simulation", Screen, "Show what is stored and counts in metrics: deployment, lead time";
    Find, "find", Screen, "Search the payload pane";
    PreviewUp, "preview-up", Screen, "Scroll the payload up";
    PreviewDown, "preview-down", Screen, "Scroll the payload down";
    ToggleMouse, "toggle-mouse", Screen, "Turn mouse support on or off";
    Suspend, "suspend", Screen, "Suspend the program; fg in the shell resumes it";
    Quit, "quit", Screen, "Quit";

    Tour, "tour", Tour, "Start, close or continue the guided tour";
    TourAgain, "tour-again", Tour, "Restart the guided tour at its first step";
    TourSkip, "tour-skip", Tour, "Skip this step of the tour";
    TourBack, "tour-back", Tour, "Go back to the previous step";
    TourPaste, "tour-paste", Tour, "Paste the sample of this tour step";

    Left, "left", Type, "Left, or the previous choice";
    Right, "right", Type, "Right, or the next choice";
    WordLeft, "word-left", Type, "One word to the left";
    WordRight, "word-right", Type, "One word to the right";
    Home, "line-start", Type, "Start of the line";
    End, "line-end", Type, "End of the line";
    Backspace, "backspace", Type, "Delete before the cursor";
    Delete, "delete", Type, "Delete at the cursor; remove a collapsed item";
    DeleteWord, "delete-word", Type, "Delete the word before the cursor";
    DeleteLine, "delete-line", Type, "Delete the whole line";
    Indent, "indent", Text, "Insert two spaces";
    SelectLeft, "select-left", Text, "Select to the left";
    SelectRight, "select-right", Text, "Select to the right";
    SelectUp, "select-up", Text, "Select one line up";
    SelectDown, "select-down", Text, "Select one line down";
    SelectHome, "select-line-start", Text, "Select to the start of the line";
    SelectEnd, "select-line-end", Text, "Select to the end of the line";
    SelectWordLeft, "select-word-left", Text, "Select one word to the left";
    SelectWordRight, "select-word-right", Text, "Select one word to the right";
    SelectFirst, "select-first", Text, "Select to the start of the text";
    SelectLast, "select-last", Text, "Select to the end of the text";
}

impl Action {
    /// Whether the action moves the cursor, types or selects, which a list of actions cannot offer.
    pub fn is_typing(self) -> bool {
        let group = self.group();
        let is_command = matches!(self, Self::CopyValue | Self::SelectAll | Self::Cut);
        group == ActionGroup::Type || (group == ActionGroup::Text && !is_command)
    }

    /// The action with this stable name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}
