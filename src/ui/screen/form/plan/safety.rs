//! The strip of cautions beside the plan, as the medicines would be once it is set.

use super::{P, PlanSubject, merged, tried_out};
use crate::clinical::caution::function_of;
use crate::clinical::medicine_change::{list_after, of_items};
use crate::clinical::plan::PlanItem;
use crate::ui::screen::form::safety::{From, Safety};

impl PlanSubject {
    /// The strip as it would be with these pieces of the plan.
    pub(super) fn safety_of(&self, items: &[PlanItem]) -> Safety {
        let model = &self.model;
        let known = &model.file.facts.medications;
        let after = list_after(known, &of_items(model.last.as_ref(), items, known.items()));
        let (monitoring, function) = (&model.monitoring, function_of(&model.trend));
        let (own, today) = (self.own.as_slice(), self.reading.today);
        Safety::of(From { file: &model.file, monitoring, function, own, today }, Some(&after))
    }

    /// The strip as it would be with what is typed.
    pub(super) fn safety(&self, draft: &P) -> Safety {
        self.safety_of(&tried_out(&merged(draft)))
    }
}
