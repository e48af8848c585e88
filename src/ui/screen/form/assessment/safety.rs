//! The strip of cautions beside the assessment: a complete PEG of today counts as soon as it is typed.

use super::{A, AssessmentSubject};
use crate::clinical::caution::function_of;
use crate::clinical::score::Peg;
use crate::ui::screen::form::safety::{From, Safety};

/// The fields that are about medicines: asked why, they answer with the strip.
pub const FIELDS: [&str; 8] =
    ["asks_opioid", "analgesia", "activity", "adverse", "used", "affect", "opioid_note", "side_effects"];

impl AssessmentSubject {
    /// The strip of the patient's medicines on the day that typed dates are read from.
    pub(super) fn safety(&self, draft: &A) -> Safety {
        let model = &self.model;
        let today = self.reading.map_or(model.visit.date, |reading| reading.today);
        let typed = draft.scores.peg().map(|peg| (today, Peg::tenths(peg)));
        let function = typed.or_else(|| function_of(&model.trend));
        let (monitoring, own) = (&model.monitoring, self.own.as_slice());
        Safety::of(From { file: &model.file, monitoring, function, own, today }, None)
    }
}
