//! What can be asked of a form beside plain characters: the vocabulary the key table binds and the form engine obeys.
//!
//! One command may do different things in different fields (`Enter` ends a line in a text area and moves on elsewhere);
//! the form decides that, not the key table. Plain characters are never commands in a form.
//!
//! Some are commands of the program too ([`FormCommand::of`]): their keys stand in the binding table and can be rebound.
//! The rest are the keys every editor has ([`EDITING`]), the same everywhere.

use super::command::Command;
use super::key::Key;

/// Where the hands are in a form, so that keys can be resolved and the footer can say what works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldContext {
    /// A line of text, a number, a date, a time, a coded text.
    Text,
    /// A text of several lines: Enter and the arrows belong to it, Tab leaves it.
    Area,
    /// A score: digits and a few letters.
    Digits,
    /// A choice, chips, a checklist, yes or no, a body map: letters.
    Choice,
    /// A cell of repeating rows, of whatever kind.
    Rows,
    /// A list of completions is open over a field.
    Popup,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $id:literal $title:literal),+ $(,)?) => {
        /// A command to a form.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FormCommand { $($(#[$doc])* $name),+ }

        impl FormCommand {
            /// Every command.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            /// The stable name under which key settings refer to it.
            pub const fn id(self) -> &'static str { match self { $(Self::$name => $id),+ } }
            /// Its plain name for palette and help.
            pub const fn title(self) -> &'static str { match self { $(Self::$name => $title),+ } }
        }
    };
}

commands! {
    /// On to the next field; in a text area to its next open blank `***` first.
    Next "field.next" "next field",
    /// Back to the field before.
    Previous "field.previous" "previous field",
    /// On to the next section.
    NextSection "field.next_section" "next section",
    /// Back to the section before.
    PreviousSection "field.previous_section" "previous section",
    /// To the first field.
    First "field.first" "first field",
    /// To the last field.
    Last "field.last" "last field",
    /// To the next field that has something wrong.
    NextProblem "field.next_problem" "next problem",
    /// Complete the form.
    Complete "field.complete" "complete",
    /// Take the last visit's value over for the field.
    TakeField "field.take_field" "take over the last value",
    /// Take the last visit's values over for the blank fields of the section.
    TakeSection "field.take_section" "take over the section",
    /// Undo typing, then earlier changes in this form.
    Undo "field.undo" "undo typing",
    /// Redo what was undone.
    Redo "field.redo" "redo typing",
    /// Accept and go on; a new line in a text area; open what opens.
    Enter "field.enter" "accept",
    /// Close what is open over the field; otherwise not the form's.
    Back "field.back" "back",
    /// Blank the field.
    Clear "field.clear" "blank the field",
    /// Show completions of a coded text.
    Suggest "field.suggest" "completions",
    /// Left.
    Left "field.left" "left",
    /// Right.
    Right "field.right" "right",
    /// Up: a line in a text area, a row in rows, else the field above.
    Up "field.up" "up",
    /// Down.
    Down "field.down" "down",
    /// A word to the left.
    WordLeft "field.word_left" "word left",
    /// A word to the right.
    WordRight "field.word_right" "word right",
    /// Start of the line.
    LineStart "field.line_start" "start of line",
    /// End of the line.
    LineEnd "field.line_end" "end of line",
    /// Start of the text.
    TextStart "field.text_start" "start of text",
    /// End of the text.
    TextEnd "field.text_end" "end of text",
    /// Select one to the left.
    SelectLeft "field.select_left" "select left",
    /// Select one to the right.
    SelectRight "field.select_right" "select right",
    /// Select a line up.
    SelectUp "field.select_up" "select up",
    /// Select a line down.
    SelectDown "field.select_down" "select down",
    /// Select a word to the left.
    SelectWordLeft "field.select_word_left" "select word left",
    /// Select a word to the right.
    SelectWordRight "field.select_word_right" "select word right",
    /// Select to the start of the line.
    SelectLineStart "field.select_line_start" "select to start of line",
    /// Select to the end of the line.
    SelectLineEnd "field.select_line_end" "select to end of line",
    /// Select the whole text of the field.
    SelectAll "field.select_all" "select all",
    /// Delete to the left.
    Backspace "field.backspace" "delete left",
    /// Delete to the right.
    Delete "field.delete" "delete right",
    /// Delete a word to the left.
    DeleteWordLeft "field.delete_word_left" "delete word left",
    /// Delete a word to the right.
    DeleteWordRight "field.delete_word_right" "delete word right",
    /// Delete to the start of the line.
    DeleteLineStart "field.delete_line_start" "delete to start of line",
    /// Delete to the end of the line.
    DeleteLineEnd "field.delete_line_end" "delete to end of line",
    /// Cut the selection, or the line; it can be put back with [`FormCommand::PutBack`].
    Cut "field.cut" "cut",
    /// Copy the selection, or the line.
    Copy "field.copy" "copy",
    /// Put back what was cut or copied in this form.
    PutBack "field.put_back" "put back what was cut",
    /// Add a row below.
    RowAdd "field.row_add" "add a row",
    /// Delete the row.
    RowDelete "field.row_delete" "delete the row",
    /// Move the row up.
    RowUp "field.row_up" "move the row up",
    /// Move the row down.
    RowDown "field.row_down" "move the row down",
    /// Duplicate the row.
    RowDuplicate "field.row_duplicate" "duplicate the row",
    /// Scroll up, the focus stays.
    ScrollUp "field.scroll_up" "scroll up",
    /// Scroll down, the focus stays.
    ScrollDown "field.scroll_down" "scroll down",
}

/// The keys of editing, as they are written; what the binding table binds is not among them.
pub const EDITING: &[(&str, FormCommand)] = &[
    ("Tab", FormCommand::Next),
    ("Shift-Tab", FormCommand::Previous),
    ("Enter", FormCommand::Enter),
    ("Up", FormCommand::Up),
    ("Down", FormCommand::Down),
    ("Left", FormCommand::Left),
    ("Right", FormCommand::Right),
    ("Home", FormCommand::LineStart),
    ("End", FormCommand::LineEnd),
    ("Ctrl-Home", FormCommand::TextStart),
    ("Ctrl-End", FormCommand::TextEnd),
    ("Ctrl-Left", FormCommand::WordLeft),
    ("Ctrl-Right", FormCommand::WordRight),
    ("Shift-Left", FormCommand::SelectLeft),
    ("Shift-Right", FormCommand::SelectRight),
    ("Shift-Up", FormCommand::SelectUp),
    ("Shift-Down", FormCommand::SelectDown),
    ("Ctrl-Shift-Left", FormCommand::SelectWordLeft),
    ("Ctrl-Shift-Right", FormCommand::SelectWordRight),
    ("Shift-Home", FormCommand::SelectLineStart),
    ("Shift-End", FormCommand::SelectLineEnd),
    ("Ctrl-A", FormCommand::SelectAll),
    ("Backspace", FormCommand::Backspace),
    ("Delete", FormCommand::Delete),
    ("Ctrl-W", FormCommand::DeleteWordLeft),
    ("Ctrl-Delete", FormCommand::DeleteWordRight),
    ("Ctrl-U", FormCommand::DeleteLineStart),
    ("Ctrl-X", FormCommand::Cut),
    ("Ctrl-C", FormCommand::Copy),
    ("Ctrl-V", FormCommand::PutBack),
    ("Ctrl-F", FormCommand::Suggest),
    ("Insert", FormCommand::RowAdd),
    ("Ctrl-N", FormCommand::RowAdd),
    ("Shift-Delete", FormCommand::RowDelete),
    ("Ctrl-R", FormCommand::RowDuplicate),
    ("Ctrl-Up", FormCommand::RowUp),
    ("Ctrl-Down", FormCommand::RowDown),
    ("Ctrl-PgUp", FormCommand::First),
    ("Ctrl-PgDn", FormCommand::Last),
];

/// The first key of an editing command, as it is written.
pub fn key_of(command: FormCommand) -> Option<&'static str> {
    EDITING.iter().find(|(_, bound)| *bound == command).map(|(key, _)| *key)
}

impl FormCommand {
    /// What a command of the program asks of a form; `None` if it is not for forms.
    pub const fn of(command: Command) -> Option<Self> {
        Some(match command {
            Command::Complete => Self::Complete,
            Command::TakeOver => Self::TakeField,
            Command::TakeOverSection => Self::TakeSection,
            Command::SectionBack => Self::PreviousSection,
            Command::SectionOn => Self::NextSection,
            Command::NextProblem => Self::NextProblem,
            Command::UndoTyping => Self::Undo,
            Command::RedoTyping => Self::Redo,
            Command::Back => Self::Back,
            _ => return None,
        })
    }

    /// The editing command of a key.
    pub fn of_key(key: Key) -> Option<Self> {
        // Compared as written: a key reads the same however it was made.
        let written = key.plain().to_string();
        EDITING.iter().find(|(name, _)| *name == written).map(|(_, command)| *command)
    }

    /// Whether it changes what the form holds, rather than moving, selecting or looking.
    pub const fn edits(self) -> bool {
        match self {
            Self::Complete
            | Self::TakeField
            | Self::TakeSection
            | Self::Undo
            | Self::Redo
            | Self::Clear
            | Self::Suggest
            | Self::Backspace
            | Self::Delete
            | Self::DeleteWordLeft
            | Self::DeleteWordRight
            | Self::DeleteLineStart
            | Self::DeleteLineEnd
            | Self::Cut
            | Self::PutBack
            | Self::RowAdd
            | Self::RowDelete
            | Self::RowUp
            | Self::RowDown
            | Self::RowDuplicate => true,
            Self::Next
            | Self::Previous
            | Self::NextSection
            | Self::PreviousSection
            | Self::First
            | Self::Last
            | Self::NextProblem
            | Self::Enter
            | Self::Back
            | Self::Left
            | Self::Right
            | Self::Up
            | Self::Down
            | Self::WordLeft
            | Self::WordRight
            | Self::LineStart
            | Self::LineEnd
            | Self::TextStart
            | Self::TextEnd
            | Self::SelectLeft
            | Self::SelectRight
            | Self::SelectUp
            | Self::SelectDown
            | Self::SelectWordLeft
            | Self::SelectWordRight
            | Self::SelectLineStart
            | Self::SelectLineEnd
            | Self::SelectAll
            | Self::Copy
            | Self::ScrollUp
            | Self::ScrollDown => false,
        }
    }

    /// The keys of an editing command, as they are shown.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        EDITING.iter().filter(move |(_, command)| *command == self).map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Context;
    use crate::action::command::COMMANDS;
    use crate::action::key::Chord;
    use std::collections::BTreeSet;

    #[test]
    fn every_editing_key_is_one_of_its_own_and_no_command_of_the_program() {
        let mut seen = BTreeSet::new();
        for (name, command) in EDITING {
            assert!(name.parse::<Chord>().is_ok_and(|chord| chord.key().types().is_none()), "{name}");
            assert!(seen.insert(*name), "{name} stands twice");
            assert_eq!(FormCommand::of_key(name.parse::<Chord>().unwrap().key()), Some(*command), "{name}");
            let here = COMMANDS.iter().filter(|info| matches!(info.context, Context::Form | Context::Anywhere));
            for info in here {
                assert!(!info.keys.contains(name), "{name} is {}", info.id);
            }
        }
    }

    #[test]
    fn every_command_has_its_own_name_and_title() {
        let ids: BTreeSet<_> = FormCommand::ALL.iter().map(|c| c.id()).collect();
        let titles: BTreeSet<_> = FormCommand::ALL.iter().map(|c| c.title()).collect();
        assert_eq!(ids.len(), FormCommand::ALL.len());
        assert_eq!(titles.len(), FormCommand::ALL.len());
        assert!(ids.iter().all(|id| id.starts_with("field.")));
    }
}
