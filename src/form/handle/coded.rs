//! Coded texts: completion over the field; free text is allowed and stays without a code.

use crate::action::form_command::FormCommand;
use crate::form::core::Popup;
use crate::form::def::Kind;
use crate::form::event::Out;
use crate::form::lookup::Hit;
use crate::form::read::store;
use crate::form::slot::Slot;
use crate::form::spec::Source;

use super::Desk;

/// How many completions are offered.
const MOST_HITS: usize = 8;

impl Desk<'_, '_> {
    /// Looks up what was typed. The first hit is chosen only if it begins with it: Enter must not turn free text into
    /// something that merely resembles it.
    pub(super) fn complete_from(&mut self, source: Source, text: &str) {
        let query = text.trim();
        self.core.popup = None;
        if query.is_empty() {
            return;
        }
        let hits = self.env.lookup.find(source, query, MOST_HITS);
        if !hits.is_empty() {
            let begins = hits.first().is_some_and(|hit| begins_with(&hit.text, query));
            self.core.popup = Some(Popup { hits, chosen: begins.then_some(0) });
        }
    }

    /// Shows the completions of what stands there.
    pub(super) fn suggest(&mut self) -> Out {
        let Some(meta) = self.meta() else { return Out::Same };
        let Kind::Coded(source) = meta.kind else { return Out::Same };
        let text = self.core.edit.as_ref().map(|edit| edit.text().to_owned()).unwrap_or_default();
        self.complete_from(source, &text);
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
            FormCommand::Up => popup.chosen = popup.chosen.and_then(|at| at.checked_sub(1)),
            FormCommand::Enter => {
                let hit = popup.chosen.and_then(|at| popup.hits.get(at).cloned());
                let Some(hit) = hit else {
                    self.core.popup = None;
                    return None;
                };
                self.accept(&hit);
                self.advance();
                return Some(Out::Changed);
            }
            _ => return None,
        }
        Some(Out::Moved)
    }

    pub(super) fn accept(&mut self, hit: &Hit) {
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
        let Some(Kind::Coded(source)) = self.meta().map(|meta| meta.kind) else { return };
        let Slot::Coded(coded) = self.slot() else { return };
        if coded.code.is_some() || coded.is_blank() {
            return;
        }
        let text = coded.text.trim().to_lowercase();
        let mut same = self.env.lookup.find(source, &text, MOST_HITS);
        same.retain(|hit| hit.text.to_lowercase() == text);
        if let [hit] = same.as_slice()
            && let Slot::Coded(coded) = self.slot()
        {
            coded.text.clone_from(&hit.text);
            coded.code = Some(hit.code.clone());
            self.core.dirty = true;
        }
    }
}

fn begins_with(text: &str, start: &str) -> bool {
    text.to_lowercase().starts_with(&start.to_lowercase())
}
