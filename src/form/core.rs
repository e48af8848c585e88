//! The state of a form beside its struct: where the focus is, the one editor, texts that could not be read.

use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::clinical::typed::Reading;

use super::event::KeyNames;
use super::key::Key;
use super::lookup::Hit;
use super::sheet::{Bad, Side};
use super::text::Edit;

/// Everything but the struct.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "facts of the moment, independent of one another")]
pub(crate) struct Core {
    /// The focus, and nothing else is.
    pub pos: Key,
    /// The editor of the focused field, if it is edited as text.
    pub edit: Option<Edit>,
    /// Texts that could not be read, by field.
    pub bad: BTreeMap<Key, Bad>,
    /// Fields whose value was taken over from the last visit.
    pub taken: BTreeSet<Key>,
    /// What each field held before anything was entered, as [`super::read::whole`] reads it; empty where nothing was
    /// brought along.
    pub carried: Vec<String>,
    /// Completions over the field.
    pub popup: Option<Popup>,
    /// The option under the cursor, in chips and checklists.
    pub option: usize,
    /// A `1` stands that a `0` would make ten.
    pub pending: bool,
    /// Has this visit to a text field been noted for undo?
    pub noted: bool,
    /// A word about the last key, shown under the field.
    pub message: Option<String>,
    /// What the word before the cursor would unfold to.
    pub hint: Option<String>,
    /// Something changed on leaving a field.
    pub dirty: bool,
    /// Questions that were in view.
    pub seen: BTreeSet<Key>,
    /// Completing was tried: blanks are shown at their fields.
    pub tried: bool,
    /// First line of the form that is visible.
    pub top: usize,
    /// Counts the changes.
    pub rev: u64,
    /// Texts of the draft whose field is no longer there.
    pub homeless: Vec<String>,
    /// What was cut or copied.
    pub clip: String,
    pub reading: Reading,
    pub names: KeyNames,
    /// Scales and marks are said in words, for screen readers.
    pub in_words: bool,
    /// The last visit's values, by field number.
    pub ghosts: Vec<Option<Ghost>>,
}

/// Completions over a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Popup {
    pub hits: Vec<Hit>,
    /// The one that Enter takes.
    pub chosen: Option<usize>,
    /// Where in the text the words stand that were looked up.
    pub of: Range<usize>,
}

/// A value of the last visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ghost {
    pub words: String,
    pub score: Option<u8>,
    pub date: NaiveDate,
}

impl Core {
    pub fn new(pos: Key, reading: Reading) -> Self {
        Self {
            pos,
            edit: None,
            bad: BTreeMap::new(),
            taken: BTreeSet::new(),
            carried: Vec::new(),
            popup: None,
            option: 0,
            pending: false,
            noted: false,
            message: None,
            hint: None,
            dirty: false,
            seen: BTreeSet::new(),
            tried: false,
            top: 0,
            rev: 0,
            homeless: Vec::new(),
            clip: String::new(),
            reading,
            names: KeyNames::default(),
            in_words: false,
            ghosts: Vec::new(),
        }
    }
    pub fn side(&self) -> Side {
        Side { pos: self.pos, bad: self.bad.clone(), taken: self.taken.clone() }
    }
}
