//! The strip of cautions beside the plan, as the medicines would be once it is set.

use std::collections::BTreeMap;

use super::{P, PlanSubject, merged, tried_out};
use crate::clinical::caution::function_of;
use crate::clinical::medicine::spelling;
use crate::clinical::medicine_change::{list_after, of_items};
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

/// The list with the classes that were said of names before: what the plan would begin is checked as it will be once it
/// stands on the list, and its class is not asked again.
fn with_said(list: Known<Medication>, said: &BTreeMap<String, String>) -> Known<Medication> {
    let Known::Listed(mut items, reviewed) = list else { return list };
    for item in items.iter_mut().filter(|item| item.class.is_none()) {
        let sig = item.sig();
        if sig.meant().is_empty() {
            item.class = said.get(&spelling(&sig.name)).cloned();
        }
    }
    Known::Listed(items, reviewed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    #[test]
    fn what_a_plan_begins_has_the_class_that_was_once_said_of_its_name() {
        let mut ids = Ids::seeded(7);
        let said = BTreeMap::from([
            (spelling("Benzolinium"), "benzodiazepine".to_owned()),
            (spelling("tramadol"), "laxative".to_owned()),
        ]);
        for (line, own, class) in [
            ("benzolinium 2 mg at night", None, Some("benzodiazepine")),
            ("Benzolinium 2 mg", Some("z_drug"), Some("z_drug")),
            ("nonsuchone 2 mg", None, None),
            ("tramadol 50 mg", None, None),
        ] {
            let one = Medication::new(ids.next(Instant::from_millis(0)), line, None);
            let one = Medication { class: own.map(str::to_owned), ..one };
            let list = with_said(Known::Listed(vec![one], None), &said);
            assert_eq!(list.items()[0].class.as_deref(), class, "{line}");
        }
    }
}
