//! Text areas: Enter and the arrows belong to the text, dot-phrases unfold, Tab goes to the next blank and then leaves.

use crate::action::form_command::FormCommand;
use crate::form::event::Out;
use crate::form::phrases::{BLANK, filled, word_before};
use crate::form::read::words;

use super::Desk;

/// What follows the word of a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Blank,
    Nothing,
}

impl Desk<'_, '_> {
    pub(super) fn area_command(&mut self, command: FormCommand) -> Option<Out> {
        if command == FormCommand::Enter {
            if self.unfold(After::Nothing) {
                return Some(Out::Changed);
            }
            return Some(self.type_text("\n"));
        }
        self.edit_command(command)
    }

    pub(super) fn area_char(&mut self, c: char) -> Out {
        if c == ' ' && self.unfold(After::Blank) {
            return Out::Changed;
        }
        self.type_text(c.encode_utf8(&mut [0; 4]))
    }

    /// Tab within an area: unfold the phrase, go to the next open blank; `None` if there is neither.
    pub(super) fn area_tab(&mut self) -> Option<Out> {
        if self.unfold(After::Nothing) {
            return Some(Out::Changed);
        }
        let edit = self.core.edit.as_mut().filter(|edit| edit.is_area())?;
        let from = edit.selection().map_or(edit.at(), |range| range.end);
        let at = from + edit.text().get(from..)?.find(BLANK)?;
        edit.select(at, at + BLANK.len());
        Some(Out::Moved)
    }

    /// If a phrase's word ends at the cursor, puts the phrase in its place as one step of undo; the cursor goes to its
    /// first blank.
    fn unfold(&mut self, after: After) -> bool {
        let Some((at, end, word)) = self.phrase_word() else { return false };
        self.unfold_word(at..end, &word, after)
    }

    /// Puts a phrase in place of what was typed of its word.
    pub(super) fn unfold_chosen(&mut self, of: std::ops::Range<usize>, word: &str) {
        self.unfold_word(of, word, After::Nothing);
        self.core.popup = None;
    }

    fn unfold_word(&mut self, of: std::ops::Range<usize>, word: &str, after: After) -> bool {
        let at = of.start;
        let Some(phrase) = self.env.phrases.text(word) else { return false };
        let mut text = filled(&phrase, |name| self.named(name));
        let blank = text.find(BLANK);
        if after == After::Blank && blank.is_none() {
            text.push(' ');
        }
        self.note_visit();
        let Some(edit) = &mut self.core.edit else { return false };
        edit.close_step();
        edit.replace(of, &text);
        edit.close_step();
        if let Some(blank) = blank {
            edit.select(at + blank, at + blank + BLANK.len());
        }
        self.changed_text();
        true
    }

    /// What the word before the cursor would unfold to, for the line under the field.
    pub(super) fn phrase_hint(&self) -> Option<String> {
        let (_, _, word) = self.phrase_word()?;
        let phrase = self.env.phrases.text(&word)?;
        Some(format!(".{word}  {}", crate::clinical::text::clean_line(&phrase)))
    }

    /// The dot-word that ends at the cursor: where it begins and ends, and the word.
    pub(super) fn phrase_word(&self) -> Option<(usize, usize, String)> {
        let edit = self.core.edit.as_ref().filter(|edit| edit.is_area() && edit.selection().is_none())?;
        // A word is short: no need to look through the whole text.
        let mut from = edit.at().saturating_sub(64);
        while !edit.text().is_char_boundary(from) {
            from += 1;
        }
        let (at, word) = word_before(edit.text().get(from..edit.at())?)?;
        Some((from + at, edit.at(), word.to_owned()))
    }

    /// A value by name: a field of this form, else the chart's.
    fn named(&mut self, name: &str) -> Option<String> {
        let field = (0..self.sheet.fields()).find(|field| self.sheet.meta(*field).id == name);
        let Some(field) = field else { return self.env.phrases.value(name) };
        let kind = self.sheet.meta(field).kind.clone();
        let reading = self.core.reading;
        let mut text = words(&mut self.sheet.slot(field), &kind, &reading);
        if let crate::form::def::Kind::Num(spec) = kind
            && !text.is_empty()
            && !spec.unit.is_empty()
        {
            text = format!("{text} {}", spec.unit);
        }
        if text.is_empty() { self.env.phrases.value(name) } else { Some(text) }
    }
}
