//! What a drawn form is made of: lines of spans that say what they mean. The theme decides how that looks.

use std::ops::Range;

use crate::form::key::Key;
use crate::form::text::width_of;

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Plain text and values.
    Text,
    /// The label of a field.
    Label,
    /// The label of the focused field.
    LabelFocus,
    /// The title of a section.
    Title,
    /// Explains: units, words of an answer.
    Second,
    /// Can be ignored: help, dates, column names.
    Faint,
    /// A value of the last visit where nothing stands yet; never data.
    Ghost,
    /// A key to press.
    Key,
    /// A digit of the scale up to the value, with its level of pain from 0 to 10.
    Pain(u8),
    /// The chosen digit and the value itself, with its level of pain.
    PainChosen(u8),
    /// A digit of a scale that is not pain, up to the value.
    Scale,
    /// The chosen one, of a scale or a choice.
    Chosen,
    /// A digit of the scale beyond the value.
    ScaleOff,
    /// The bar before the chosen digit, with its level of pain (0 where the scale is not pain).
    Mark(u8),
    /// A jump of 5 or more, and what else wants a look.
    Warn,
    /// What must be put right before the form is complete.
    Error,
    /// A word by the way.
    Info,
    /// Taken over from the last visit.
    Taken,
    /// Computed, or read from what was typed.
    Computed,
    /// Something is wanted here.
    Wants,
    /// Selected text.
    Selected,
    /// An open blank in a text.
    Blank,
    /// The cell that has the focus.
    Cell,
    /// A completion.
    Popup,
    /// The completion Enter takes.
    PopupChosen,
    /// A word beside a completion.
    PopupHint,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its text, without control characters.
    pub text: String,
    /// What it means.
    pub role: Role,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its pieces from left to right.
    pub spans: Vec<Span>,
    /// Does it belong to the soft band of the focus?
    pub band: bool,
    /// The columns that the band takes, where it does not take all of them.
    pub part: Option<Range<u16>>,
}

impl Line {
    /// Puts a line into this one from a column on; at the first column it takes its place.
    pub(super) fn put_from(&mut self, column: usize, line: Self) {
        if column == 0 {
            *self = line;
            return;
        }
        let stands: usize = self.spans.iter().map(|span| width_of(&span.text)).sum();
        if stands < column {
            self.spans.push(Span { text: " ".repeat(column - stands), role: Role::Text });
        }
        self.spans.extend(line.spans);
        if line.band {
            (self.band, self.part) = (true, line.part);
        }
    }

    /// The text of the line, for tests and for the plain mode.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// A drawn form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormView {
    /// The visible lines, at most as many as there is room for.
    pub lines: Vec<Line>,
    /// Where the text cursor stands (column, row), in fields edited as text.
    pub cursor: Option<(u16, u16)>,
    /// Where the focused field or cell begins (column, row), if it is in view.
    pub focus: Option<(u16, u16)>,
    /// What a click hits; later ones lie above earlier ones.
    pub hits: Vec<HitArea>,
    /// Completions, to be drawn over the lines.
    pub popup: Option<PopupView>,
    /// Lines out of view above.
    pub above: usize,
    /// Lines out of view below.
    pub below: usize,
}

/// A place a click can hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitArea {
    /// Row.
    pub y: u16,
    /// First column.
    pub from: u16,
    /// First column behind it.
    pub to: u16,
    /// What is there.
    pub target: Target,
}

/// What a click hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A field or a cell.
    Field(Key),
    /// An answer on a scale.
    Answer(Key, u8),
    /// An option of a choice.
    Option(Key, usize),
    /// Text of the focused field: the wrapped row, and the column that lies at `from`.
    Text(Key, usize, usize),
    /// A completion.
    Completion(usize),
}

/// Completions over the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopupView {
    /// Left column.
    pub x: u16,
    /// Top row.
    pub y: u16,
    /// Width of all its lines.
    pub width: u16,
    /// One line each.
    pub lines: Vec<Line>,
}

/// What a strip of sections shows of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionView {
    /// Its name.
    pub name: String,
    /// Its first field, to go to.
    pub first: Option<Key>,
    /// Has it the focus?
    pub current: bool,
    /// Is anything in it answered?
    pub touched: bool,
    /// Whether everything that stands in it stood there before anything was entered.
    pub carried: bool,
    /// How many of its fields are answered, of how many.
    pub answered: (usize, usize),
    /// What blocks completing in it; blanks count once completing was tried.
    pub errors: usize,
    /// What wants a look.
    pub warnings: usize,
}
