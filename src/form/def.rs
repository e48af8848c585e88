//! What a form is: sections of fields bound to one struct, and the rules over it. Data, no behaviour.

use std::borrow::Cow;

use super::lookup::Wanted;
use super::problem::Level;
use super::slot::{At, Slot};
use super::spec::{DateSpec, NumSpec, ScoreSpec, Source};
use super::view::Span;

/// A form: a table of fields bound to `T`.
pub struct FormDef<T> {
    pub(crate) id: &'static str,
    pub(crate) ver: u16,
    pub(crate) sections: Vec<Section>,
    pub(crate) fields: Vec<Field<T>>,
    pub(crate) rules: Vec<Rule<T>>,
    pub(crate) migrate: Option<Migrate>,
    /// Whether labels are sentences, and take up to half of the width.
    pub(crate) long_labels: bool,
}

/// Turns the JSON of an older draft's value (with the version it has) into today's shape.
pub type Migrate = fn(u16, serde_json::Value) -> serde_json::Value;

/// A titled group of fields.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// The name in the strip of sections; none continues the section before.
    pub tab: Option<Cow<'static, str>>,
    pub title: Cow<'static, str>,
    /// The first of its fields, and the first behind them.
    pub from: usize,
    pub to: usize,
}

/// One field: what it is, and where it lives.
pub struct Field<T> {
    pub(crate) meta: Meta,
    pub(crate) ix: usize,
    pub(crate) at: At<T>,
    pub(crate) show: fn(&T) -> bool,
    pub(crate) beside: Option<fn(&T) -> String>,
    pub(crate) below: Option<Below<T>>,
    pub(crate) completes: Option<fn(&T) -> Option<Wanted>>,
    /// Of the items under one id: which are there.
    pub(crate) show_item: Option<fn(&T, usize) -> bool>,
    /// Of the items under one id: the label, where it follows from the struct.
    pub(crate) label_item: Option<fn(&T, usize) -> String>,
}

/// What is read from a struct, with the last visit's beside it, said under a field.
pub type Below<T> = fn(&T, Option<&T>) -> Vec<Span>;

/// What is known of a field without its struct.
#[derive(Debug, Clone)]
pub struct Meta {
    /// Its name in drafts and rules; never changes once released.
    pub id: &'static str,
    /// Its label.
    pub label: Cow<'static, str>,
    /// Its kind.
    pub kind: Kind,
    /// Columns of its value; 0 takes what the kind usually needs.
    pub width: u16,
    /// Must it be answered before the form is complete?
    pub required: bool,
    /// The faint line under the field while it has the focus; empty takes that of the kind.
    pub help: &'static str,
    /// What leaving the field blank means, in a word or two: it stands in the empty field.
    pub blank: &'static str,
    /// Is what completes it only its beginning: a medicine before its dose?
    pub goes_on: bool,
    /// What the label leaves out, said in full under the field while it has the focus; for labels made at run time.
    pub detail: Cow<'static, str>,
    /// Shown and taken over with its section, but passed over by the focus: a chord or a click opens it.
    pub aside: bool,
    /// What becomes of what does not fit of its rows.
    pub overflow: Overflow,
    /// Where it stands to the field before it.
    pub standing: Standing,
}

/// Where a field stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Below it.
    Below,
    /// Beside it, where there is room: two texts that are read together.
    Abreast,
}

/// What becomes of what does not fit of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// It is cut; the hands bring it in view.
    Cut,
    /// It is said below the rows.
    Below,
}

/// The kinds of fields.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One line of text.
    Line,
    /// Text of several lines; grows with what it holds.
    Area {
        /// Lines it has at least.
        rows: u16,
    },
    /// A number with unit and range.
    Num(Cow<'static, NumSpec>),
    /// A score.
    Score(ScoreSpec),
    /// Yes, no or not asked.
    Flag,
    /// A question of a list, answered yes, no or not asked; its words take the whole line.
    Ask,
    /// A date, typed freely.
    Date(DateSpec),
    /// A time, typed freely.
    Time,
    /// One of a closed set, by letter.
    Pick,
    /// Any of a closed set, by letter, on one line.
    Chips,
    /// Any of a closed set, one a line.
    Checklist,
    /// Opens a screen of its own.
    Body,
    /// A text with completion from a list.
    Coded(Source),
    /// Repeating rows.
    Rows,
    /// Words only; never has the focus.
    Note,
}

/// A rule over the whole struct.
pub struct Rule<T> {
    pub(crate) id: &'static str,
    pub(crate) level: Level,
    pub(crate) test: Test<T>,
}

/// How a rule looks at the struct.
pub(crate) enum Test<T> {
    /// One sentence about the field, or none.
    Whole(fn(&T) -> Option<String>),
    /// Sentences about rows of a field, each with the row's number from 0 and the column's id.
    Rows(RowTest<T>),
}

/// Looks over the rows of a field: what is wrong, row by row (number from 0, column id, sentence).
pub type RowTest<T> = fn(&T) -> Vec<(usize, &'static str, String)>;

impl<T> FormDef<T> {
    /// An empty form with its name and version.
    pub fn new(id: &'static str, ver: u16) -> Self {
        Self { id, ver, sections: Vec::new(), fields: Vec::new(), rules: Vec::new(), migrate: None, long_labels: false }
    }
    /// A section under its title.
    #[must_use]
    pub fn section(self, title: impl Into<Cow<'static, str>>, fields: Vec<Field<T>>) -> Self {
        let title = title.into();
        self.section_as(title.clone(), title, fields)
    }
    /// A section with a short name for the strip and a longer title.
    #[must_use]
    pub fn section_as(
        mut self,
        tab: impl Into<Cow<'static, str>>,
        title: impl Into<Cow<'static, str>>,
        fields: Vec<Field<T>>,
    ) -> Self {
        self.put(Some(tab.into()), title.into(), fields);
        self
    }
    /// A titled group that continues the section before it; an empty title makes only a gap.
    #[must_use]
    pub fn group(mut self, title: impl Into<Cow<'static, str>>, fields: Vec<Field<T>>) -> Self {
        self.put(None, title.into(), fields);
        self
    }
    fn put(&mut self, tab: Option<Cow<'static, str>>, title: Cow<'static, str>, fields: Vec<Field<T>>) {
        let from = self.fields.len();
        self.fields.extend(fields);
        self.sections.push(Section { tab, title, from, to: self.fields.len() });
    }
    /// A rule whose sentence stands at a field. `Error` blocks completing, `Warn` and `Info` block nothing.
    #[must_use]
    pub fn rule(mut self, id: &'static str, level: Level, test: fn(&T) -> Option<String>) -> Self {
        self.rules.push(Rule { id, level, test: Test::Whole(test) });
        self
    }
    /// A rule over the rows of a field; its sentences name the row.
    #[must_use]
    pub fn row_rule(mut self, id: &'static str, level: Level, test: RowTest<T>) -> Self {
        self.rules.push(Rule { id, level, test: Test::Rows(test) });
        self
    }
    /// How drafts of older versions are brought to this one; without it, members that are missing take their default.
    #[must_use]
    pub fn migrate(mut self, migrate: Migrate) -> Self {
        self.migrate = Some(migrate);
        self
    }
    /// Labels are sentences: they take up to half of the width. For questionnaires, whose scales are short.
    #[must_use]
    pub const fn long_labels(mut self) -> Self {
        self.long_labels = true;
        self
    }
    /// The form's name.
    pub const fn id(&self) -> &'static str {
        self.id
    }
}

fn always<T>(_: &T) -> bool {
    true
}

impl<T> Field<T> {
    /// A field of a kind; the functions in `form::build` are shorter.
    pub const fn new(id: &'static str, label: &'static str, kind: Kind, at: At<T>) -> Self {
        let meta = Meta {
            id,
            label: Cow::Borrowed(label),
            kind,
            width: 0,
            required: false,
            help: "",
            blank: "",
            goes_on: false,
            aside: false,
            overflow: Overflow::Cut,
            standing: Standing::Below,
            detail: Cow::Borrowed(""),
        };
        Self {
            meta,
            ix: 0,
            at,
            show: always::<T>,
            beside: None,
            below: None,
            completes: None,
            show_item: None,
            label_item: None,
        }
    }
    /// Must be answered before the form is complete.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.meta.required = true;
        self
    }
    /// Is there only while this holds.
    #[must_use]
    pub const fn show(mut self, show: fn(&T) -> bool) -> Self {
        self.show = show;
        self
    }
    /// Computed text beside the field; an empty text shows nothing.
    #[must_use]
    pub const fn beside(mut self, beside: fn(&T) -> String) -> Self {
        self.beside = Some(beside);
        self
    }
    /// Words under the field, wrapped, each with its meaning; `\n` ends a line. They are there whenever the field is.
    #[must_use]
    pub const fn below(mut self, below: Below<T>) -> Self {
        self.below = Some(below);
        self
    }
    /// What a text may be completed from while it is typed. What was typed stays unless something is chosen.
    #[must_use]
    pub const fn completes(mut self, completes: fn(&T) -> Option<Wanted>) -> Self {
        self.completes = Some(completes);
        self
    }
    /// What completes the text is only its beginning: the hands stay in the field.
    #[must_use]
    pub const fn goes_on(mut self) -> Self {
        self.meta.goes_on = true;
        self
    }
    /// What does not fit of its rows is said below them.
    #[must_use]
    pub const fn in_full(mut self) -> Self {
        self.meta.overflow = Overflow::Below;
        self
    }
    /// Columns of the value.
    #[must_use]
    pub const fn width(mut self, width: u16) -> Self {
        self.meta.width = width;
        self
    }
    /// The faint line under the field while it has the focus.
    #[must_use]
    pub const fn help(mut self, help: &'static str) -> Self {
        self.meta.help = help;
        self
    }
    /// What leaving it blank means, in a word or two: it stands in the empty field, and under it.
    #[must_use]
    pub const fn blank(mut self, meaning: &'static str) -> Self {
        self.meta.blank = meaning;
        self
    }
    /// What the label leaves out, in full.
    #[must_use]
    pub fn explained(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.meta.detail = detail.into();
        self
    }
    /// Is passed over by the focus, so that typing goes from the field before to the one behind.
    #[must_use]
    pub const fn aside(mut self) -> Self {
        self.meta.aside = true;
        self
    }
    /// A text that is read together with the text field before it in its section: it stands beside that where there is room.
    #[must_use]
    pub const fn abreast(mut self) -> Self {
        self.meta.standing = Standing::Abreast;
        self
    }
    /// The number of the item, in forms made at run time.
    #[must_use]
    pub const fn item(mut self, ix: usize) -> Self {
        self.ix = ix;
        self
    }
    /// Of the items under one id, those are there for which this holds.
    #[must_use]
    pub const fn show_item(mut self, show: fn(&T, usize) -> bool) -> Self {
        self.show_item = Some(show);
        self
    }
    /// A label that follows from the struct: the name of what the item belongs to.
    #[must_use]
    pub const fn label_item(mut self, label: fn(&T, usize) -> String) -> Self {
        self.label_item = Some(label);
        self
    }
    /// A label made at run time.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.meta.label = label.into();
        self
    }
    /// What is known of the field.
    pub const fn meta(&self) -> &Meta {
        &self.meta
    }
    /// Its slot in a struct.
    pub fn slot<'a>(&self, value: &'a mut T) -> Slot<'a> {
        (self.at)(value, self.ix)
    }
    /// Is it there?
    pub fn is_shown(&self, value: &T) -> bool {
        (self.show)(value) && self.show_item.is_none_or(|show| show(value, self.ix))
    }
    /// Its label.
    pub fn label_of(&self, value: &T) -> Cow<'static, str> {
        self.label_item.map_or_else(|| self.meta.label.clone(), |label| Cow::Owned(label(value, self.ix)))
    }
    /// What it is completed from.
    pub fn wanted(&self, value: &T) -> Option<Wanted> {
        match (self.completes, &self.meta.kind) {
            (Some(completes), _) => completes(value),
            (None, Kind::Coded(source)) => Some((*source).into()),
            _ => None,
        }
    }
    /// The computed text beside it.
    pub fn beside_of(&self, value: &T) -> Option<String> {
        self.beside.map(|beside| beside(value)).filter(|text| !text.is_empty())
    }
}

impl Kind {
    /// The name of the kind, for messages of the checks.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Line => "Line",
            Self::Area { .. } => "Area",
            Self::Num(_) => "Num",
            Self::Score(_) => "Score",
            Self::Flag => "Flag",
            Self::Ask => "Ask",
            Self::Date(_) => "Date",
            Self::Time => "Time",
            Self::Pick => "Pick",
            Self::Chips => "Chips",
            Self::Checklist => "Checklist",
            Self::Body => "Body",
            Self::Coded(_) => "Coded",
            Self::Rows => "Rows",
            Self::Note => "Note",
        }
    }
    /// Is it edited as text?
    pub const fn is_text(&self) -> bool {
        matches!(self, Self::Line | Self::Area { .. } | Self::Num(_) | Self::Date(_) | Self::Time | Self::Coded(_))
    }
    /// Does this slot fit the kind?
    pub const fn fits(&self, slot: &Slot<'_>) -> bool {
        matches!(
            (self, slot),
            (Self::Line | Self::Area { .. }, Slot::Text(_))
                | (Self::Num(_), Slot::Num(_) | Slot::Exact(_))
                | (Self::Score(_), Slot::Score(_))
                | (Self::Flag | Self::Ask, Slot::Flag(_))
                | (Self::Date(_), Slot::Date(_))
                | (Self::Time, Slot::Time(_))
                | (Self::Pick, Slot::Pick(_))
                | (Self::Chips | Self::Checklist, Slot::Multi(_))
                | (Self::Body, Slot::Other(_) | Slot::Multi(_))
                | (Self::Coded(_), Slot::Coded(_))
                | (Self::Rows, Slot::Rows(_))
                | (Self::Note, Slot::Nothing)
        )
    }
}
