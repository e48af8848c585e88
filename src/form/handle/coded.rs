//! Completion: things found over the field while one types. Free text is always allowed; in a coded field it stays without a
//! code.
//!
//! In a coded field the first find is chosen if it begins with what was typed. Everywhere else nothing is chosen until
//! somebody does: what was typed is never turned into something else by a key that also moves on.

use crate::action::form_command::FormCommand;
use crate::clinical::text::fold;
use crate::form::core::Popup;
use crate::form::def::Kind;
use crate::form::event::Out;
use crate::form::lookup::Hit;
use crate::form::read::store;
use crate::form::slot::Slot;

use super::Desk;

/// How many completions are offered.
const MOST_HITS: usize = 8;
/// Letters of prose before anything is offered.
const LEAST_OF_PROSE: usize = 3;

impl Desk<'_, '_> {
    /// Looks up what was typed, where the field is completed from anything.
    pub(super) fn look_up(&mut self, kind: &Kind, text: &str) {
        self.core.popup = None;
        if matches!(kind, Kind::Area { .. }) && self.offer_phrases() {
            return;
        }
        let Some(wanted) = self.sheet.wanted_at(self.core.pos) else { return };
        let of = match kind {
            Kind::Area { .. } => match self.last_words(text) {
                Some(of) => of,
                None => return,
            },
            _ => 0..text.len(),
        };
        let query = text.get(of.clone()).unwrap_or_default().trim();
        let hits = self.env.lookup.find(&wanted, query, MOST_HITS);
        let is_there = |hit: &Hit| hit.text == query;
        if hits.is_empty() || (!matches!(kind, Kind::Coded(_)) && hits.first().is_some_and(is_there) && hits.len() == 1)
        {
            return;
        }
        // The first is chosen only if it begins with what was typed: Enter must not turn free text into something that
        // merely resembles it.
        let begins = matches!(kind, Kind::Coded(_)) && hits.first().is_some_and(|hit| begins_with(&hit.text, query));
        self.core.popup = Some(Popup { hits, chosen: begins.then_some(0), of });
    }

    /// Offers the phrases whose word is being typed. One that is typed in full needs no list.
    fn offer_phrases(&mut self) -> bool {
        let Some((from, to, word)) = self.phrase_word() else { return false };
        let found = self.env.phrases.beginning(&word, MOST_HITS);
        let is_whole = found.len() == 1 && found[0].0 == word;
        if !found.is_empty() && !is_whole {
            let hit = |(word, title): (String, String)| {
                let mut hit = Hit::new(format!(".{word}"), word);
                hit.hint = title;
                hit
            };
            let hits = found.into_iter().map(hit).collect();
            self.core.popup = Some(Popup { hits, chosen: None, of: from..to });
        }
        true
    }

    /// The words at the end of prose that may name something: since the last sign, while the cursor is behind them. There
    /// the arrow down has nothing else to do.
    fn last_words(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let edit = self.core.edit.as_ref()?;
        if edit.at() != text.len() {
            return None;
        }
        let from = text.rfind(['.', ',', ';', ':', '(', '\n']).map_or(0, |at| at + 1);
        let gap = text[from..].len() - text[from..].trim_start().len();
        let of = from + gap..text.len();
        (text[of.clone()].trim_end().chars().count() >= LEAST_OF_PROSE).then_some(of)
    }

    /// Shows the completions of what stands there; where they are shown, goes down in them.
    pub(super) fn suggest(&mut self) -> Out {
        if self.core.popup.is_some() {
            return self.popup_command(FormCommand::Down).unwrap_or(Out::Same);
        }
        let Some(meta) = self.meta() else { return Out::Same };
        if self.sheet.wanted_at(self.core.pos).is_none() {
            return Out::Same;
        }
        let text = self.core.edit.as_ref().map(|edit| edit.text().to_owned()).unwrap_or_default();
        self.look_up(&meta.kind, &text);
        if self.core.popup.is_some() {
            return Out::Moved;
        }
        self.core.message = Some("nothing found: the text is kept as it is".to_owned());
        Out::Moved
    }

    /// Commands while completions are open; `None` lets the field have the command.
    pub(super) fn popup_command(&mut self, command: FormCommand) -> Option<Out> {
        let popup = self.core.popup.as_mut()?;
        let last = popup.hits.len().saturating_sub(1);
        match command {
            FormCommand::Down => popup.chosen = Some(popup.chosen.map_or(0, |at| (at + 1).min(last))),
            FormCommand::Up if popup.chosen.is_some() => {
                popup.chosen = popup.chosen.and_then(|at| at.checked_sub(1));
            }
            FormCommand::Enter => {
                let hit = popup.chosen.and_then(|at| popup.hits.get(at).cloned());
                let Some(hit) = hit else {
                    self.core.popup = None;
                    return None;
                };
                self.take_hit(&hit);
                return Some(Out::Changed);
            }
            _ => {
                // The list belongs to what was typed last: whoever moves on in prose is done with it.
                let is_area = self.core.edit.as_ref().is_some_and(crate::form::text::Edit::is_area);
                if is_area && command != FormCommand::Suggest {
                    self.core.popup = None;
                }
                return None;
            }
        }
        Some(Out::Moved)
    }

    /// Takes a find, and goes on to the next field unless there is more to type here.
    pub(super) fn take_hit(&mut self, hit: &Hit) {
        let meta = self.meta();
        let stays = meta.is_some_and(|meta| meta.goes_on || matches!(meta.kind, Kind::Area { .. }));
        if matches!(self.slot(), Slot::Coded(_)) {
            self.accept(hit);
        } else {
            self.accept_words(hit, stays);
        }
        if !stays {
            self.advance();
        }
    }

    /// Puts the words of a find in place of those that were looked up.
    fn accept_words(&mut self, hit: &Hit, stays: bool) {
        self.note_visit();
        let Some(popup) = self.core.popup.take() else { return };
        if hit.text.starts_with('.') && self.env.phrases.text(&hit.code).is_some() {
            return self.unfold_chosen(popup.of, &hit.code);
        }
        let Some(edit) = &mut self.core.edit else { return };
        let text = if stays && !edit.is_area() { format!("{} ", hit.text) } else { hit.text.clone() };
        let of = popup.of.start.min(edit.text().len())..popup.of.end.min(edit.text().len());
        edit.close_step();
        edit.replace(of, &text);
        edit.close_step();
        self.changed_text();
        self.core.popup = None;
        self.fill(hit);
    }

    fn accept(&mut self, hit: &Hit) {
        self.note_visit();
        self.core.popup = None;
        if let Slot::Coded(coded) = self.slot() {
            coded.text.clone_from(&hit.text);
            coded.code = Some(hit.code.clone());
        }
        let key = self.core.pos;
        self.core.bad.remove(&key);
        self.untake();
        self.core.edit = None;
        self.fill(hit);
    }

    /// Fills other cells of the row, or other fields, where nothing stands and nothing was typed.
    fn fill(&mut self, hit: &Hit) {
        let reading = self.core.reading;
        for (id, text) in &hit.fill {
            let Some(key) = self.key_beside(id) else { continue };
            let Some(meta) = self.sheet.meta_at(key) else { continue };
            if self.core.bad.contains_key(&key) {
                continue;
            }
            let mut slot = self.sheet.slot_at(key);
            // What does not fit is left out: the list is only a help.
            if slot.is_blank() && meta.kind.is_text() && store(&mut slot, &meta.kind, text, &reading).is_err() {
                slot.clear();
            }
        }
    }

    /// A field by id, looked for in the same row first.
    fn key_beside(&mut self, id: &str) -> Option<crate::form::key::Key> {
        let pos = self.core.pos;
        let field = self.sheet.find(pos)?;
        if let Some(rows) = self.sheet.rows(field) {
            let col = (0..rows.cols()).find(|col| rows.meta(*col).is_some_and(|meta| meta.id == id))?;
            return Some(pos.at(pos.row, crate::form::sheet::small(col)));
        }
        let field = (0..self.sheet.fields()).find(|field| self.sheet.meta(*field).id == id)?;
        Some(self.sheet.key(field))
    }

    /// On leaving: a text that is exactly one of the list gets its code.
    pub(super) fn code_if_exact(&mut self) {
        let Some(Kind::Coded(_)) = self.meta().map(|meta| meta.kind) else { return };
        let Some(wanted) = self.sheet.wanted_at(self.core.pos) else { return };
        let Slot::Coded(coded) = self.slot() else { return };
        if coded.code.is_some() || coded.is_blank() {
            return;
        }
        let text = coded.text.trim().to_owned();
        let mut same = self.env.lookup.find(&wanted, &text, MOST_HITS);
        same.retain(|hit| fold(&hit.text) == fold(&text));
        if let [hit] = same.as_slice()
            && let Slot::Coded(coded) = self.slot()
        {
            coded.text.clone_from(&hit.text);
            coded.code = Some(hit.code.clone());
            self.core.dirty = true;
        }
    }
}

/// In whatever case, with or without accents, as the lists are searched. Signs alone begin nothing.
fn begins_with(text: &str, start: &str) -> bool {
    let folded = fold(start);
    start.is_empty() || (!folded.is_empty() && fold(text).starts_with(&folded))
}
