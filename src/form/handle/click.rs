//! The mouse: a click goes where it points, and chooses what it hits.

use crate::clinical::answer::Answer;
use crate::form::event::{Out, Picker};
use crate::form::slot::Slot;
use crate::form::view::{self, Target};

use super::Desk;

impl Desk<'_, '_> {
    pub(super) fn click(&mut self, x: u16, y: u16) -> Out {
        self.core.pending = false;
        let view = view::view(self.sheet, self.core, self.env.size);
        let hit = view.hits.iter().rev().find(|hit| hit.y == y && (hit.from..hit.to).contains(&x));
        let Some(hit) = hit.copied() else { return Out::Same };
        match hit.target {
            Target::Field(key) if self.sheet.meta_at(key).is_some_and(|meta| meta.aside) => {
                Out::Open(Picker::Body, key)
            }
            Target::Field(key) => {
                self.go(key);
                Out::Moved
            }
            Target::Answer(key, value) => {
                self.go(key);
                self.note();
                if let Slot::Score(slot) = self.slot() {
                    *slot = Some(Answer::Given(value));
                }
                self.untake();
                Out::Changed
            }
            Target::Option(key, option) => {
                self.go(key);
                self.turn(option)
            }
            Target::Text(key, row, indent) => {
                let was_here = self.core.pos == key;
                self.go(key);
                if !was_here {
                    self.build_edit();
                }
                self.cursor_to(row, usize::from(x.saturating_sub(hit.from)).saturating_sub(indent));
                Out::Moved
            }
            Target::Completion(at) => self.take_completion(at),
        }
    }

    fn cursor_to(&mut self, row: usize, column: usize) {
        self.core.popup = None;
        if let Some(edit) = &mut self.core.edit {
            let at = edit.at_column(row, column);
            edit.put(at);
        }
    }

    fn take_completion(&mut self, at: usize) -> Out {
        let hit = self.core.popup.as_ref().and_then(|popup| popup.hits.get(at).cloned());
        let Some(hit) = hit else { return Out::Same };
        self.take_hit(&hit);
        Out::Changed
    }
}
