//! What styles are for.

use serde::Deserialize;

/// What a style is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// Ordinary text, and the background of everything.
    Text,
    /// Text that matters less: line numbers, units, hints.
    Dim,
    /// Titles of panes, headings.
    Title,
    Border,
    /// The border and title of the pane that has the keys.
    Focus,
    /// The top line.
    Bar,
    /// A key's name in the footer and the help.
    Key,
    /// The row that is selected.
    Selected,
    /// The source line on which the thread of the last step stands.
    Cursor,
    /// A value that the last step changed.
    Changed,
    /// Letters that matched a filter.
    Match,
    /// Where the time stands on the timeline.
    Now,
    /// The narration line.
    Narration,
    /// The inside of an overlay, and a text field in it.
    Overlay,
    Field,
    /// Code in a story.
    Code,
    /// Thread states.
    New,
    Ready,
    Blocked,
    Waiting,
    Sleeping,
    Finished,
    Failed,
    /// How bad something is.
    Good,
    Warning,
    Error,
    /// Python source.
    Keyword,
    Constant,
    Number,
    String,
    Comment,
    Operator,
    Definition,
    Builtin,
    Name,
}

impl Slot {
    /// Every slot, in order.
    pub const ALL: [Slot; 35] = [
        Slot::Text,
        Slot::Dim,
        Slot::Title,
        Slot::Border,
        Slot::Focus,
        Slot::Bar,
        Slot::Key,
        Slot::Selected,
        Slot::Cursor,
        Slot::Changed,
        Slot::Match,
        Slot::Now,
        Slot::Narration,
        Slot::Overlay,
        Slot::Field,
        Slot::Code,
        Slot::New,
        Slot::Ready,
        Slot::Blocked,
        Slot::Waiting,
        Slot::Sleeping,
        Slot::Finished,
        Slot::Failed,
        Slot::Good,
        Slot::Warning,
        Slot::Error,
        Slot::Keyword,
        Slot::Constant,
        Slot::Number,
        Slot::String,
        Slot::Comment,
        Slot::Operator,
        Slot::Definition,
        Slot::Builtin,
        Slot::Name,
    ];

    /// As it is written in a theme.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Slot::Text => "text",
            Slot::Dim => "dim",
            Slot::Title => "title",
            Slot::Border => "border",
            Slot::Focus => "focus",
            Slot::Bar => "bar",
            Slot::Key => "key",
            Slot::Selected => "selected",
            Slot::Cursor => "cursor",
            Slot::Changed => "changed",
            Slot::Match => "match",
            Slot::Now => "now",
            Slot::Narration => "narration",
            Slot::Overlay => "overlay",
            Slot::Field => "field",
            Slot::Code => "code",
            Slot::New => "new",
            Slot::Ready => "ready",
            Slot::Blocked => "blocked",
            Slot::Waiting => "waiting",
            Slot::Sleeping => "sleeping",
            Slot::Finished => "finished",
            Slot::Failed => "failed",
            Slot::Good => "good",
            Slot::Warning => "warning",
            Slot::Error => "error",
            Slot::Keyword => "keyword",
            Slot::Constant => "constant",
            Slot::Number => "number",
            Slot::String => "string",
            Slot::Comment => "comment",
            Slot::Operator => "operator",
            Slot::Definition => "definition",
            Slot::Builtin => "builtin",
            Slot::Name => "name",
        }
    }
}
