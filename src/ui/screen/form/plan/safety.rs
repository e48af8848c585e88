//! The strip of cautions beside the plan, as the medicines would be once it is set.

use super::{P, PlanSubject, merged, tried_out};
use crate::clinical::caution::function_of;
use crate::clinical::medicine_change::{list_after, of_items, with_said};
use crate::clinical::patient::{Known, Medication};
use crate::clinical::plan::PlanItem;
use crate::ui::screen::form::safety::{From, Safety};

/// A strip, with the medicines it was reckoned from: reckoned again only where what is typed changes them. Where the record
/// itself is read again, the strip is thrown away with the model.
#[derive(Debug)]
pub struct Reckoned {
    after: Known<Medication>,
    strip: Safety,
}

impl PlanSubject {
    /// The strip as it would be with these pieces of the plan.
    pub(super) fn safety_of(&self, items: &[PlanItem]) -> Safety {
        self.strip_with(&self.list_with(items))
    }

    /// Says something of the strip as it would be with what is typed.
    pub(super) fn safety<R>(&self, draft: &P, say: impl FnOnce(&Safety) -> R) -> R {
        match &self.strip {
            Some(reckoned) => say(&reckoned.strip),
            None => say(&self.safety_of(&tried_out(&merged(draft)))),
        }
    }

    /// Reckons the strip anew where the medicines, as the plan would have them, are others than before: every medicine is read
    /// for it, which takes longer than a frame.
    pub(super) fn reckon_strip(&mut self, draft: &P) {
        let after = self.list_with(&tried_out(&merged(draft)));
        let is_same = |old: &Reckoned| old.after == after;
        if !self.strip.as_ref().is_some_and(is_same) {
            let strip = self.strip_with(&after);
            self.strip = Some(Reckoned { after, strip });
        }
    }

    /// The list as it would be with these pieces of the plan.
    fn list_with(&self, items: &[PlanItem]) -> Known<Medication> {
        let known = &self.model.file.facts.medications;
        let after = list_after(known, &of_items(self.model.last.as_ref(), items, known.items()));
        with_said(after, &self.model.said)
    }

    fn strip_with(&self, after: &Known<Medication>) -> Safety {
        let model = &self.model;
        let (monitoring, function) = (&model.monitoring, function_of(&model.trend));
        let (own, today) = (self.own.as_slice(), self.reading.today);
        Safety::of(From { file: &model.file, monitoring, function, own, today }, Some(after))
    }
}
