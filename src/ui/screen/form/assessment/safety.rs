//! The strip of cautions beside the assessment: a complete PEG of today counts as soon as it is typed.

use chrono::NaiveDate;

use super::{A, AssessmentSubject};
use crate::clinical::caution::function_of;
use crate::clinical::models::AssessmentModel;
use crate::clinical::monitoring::Monitoring;
use crate::clinical::patient::PatientFile;
use crate::clinical::score::Peg;
use crate::ui::screen::form::safety::{From, Safety};

/// The fields that are about medicines: asked why, they answer with the strip.
pub const FIELDS: [&str; 8] =
    ["asks_opioid", "analgesia", "activity", "adverse", "used", "affect", "opioid_note", "side_effects"];

/// The newest complete score of function, and its day.
type Function = Option<(NaiveDate, u16)>;

/// A strip, with what it was reckoned from: reckoned again only where that changed.
#[derive(Debug)]
pub(super) struct Reckoned {
    function: Function,
    file: PatientFile,
    monitoring: Monitoring,
    strip: Safety,
}

impl AssessmentSubject {
    /// Says something of the strip of the patient's medicines.
    pub(super) fn safety<R>(&self, draft: &A, say: impl FnOnce(&Safety) -> R) -> R {
        let function = self.function(draft);
        match &self.strip {
            Some(reckoned) if reckoned.function == function => say(&reckoned.strip),
            _ => say(&self.strip_with(function)),
        }
    }

    /// Reckons the strip anew where something it is made from changed: every medicine is read for it, which takes longer
    /// than a frame.
    pub(super) fn reckon_strip(&mut self, draft: &A) {
        let (function, AssessmentModel { file, monitoring, .. }) = (self.function(draft), &self.model);
        let is_same = |old: &Reckoned| old.function == function && old.file == *file && old.monitoring == *monitoring;
        if !self.strip.as_ref().is_some_and(is_same) {
            let strip = self.strip_with(function);
            self.strip = Some(Reckoned { function, file: file.clone(), monitoring: monitoring.clone(), strip });
        }
    }

    fn function(&self, draft: &A) -> Function {
        let typed = draft.scores.peg().map(|peg| (self.today(), Peg::tenths(peg)));
        typed.or_else(|| function_of(&self.model.trend))
    }

    /// The day that typed dates are read from.
    fn today(&self) -> NaiveDate {
        self.reading.map_or(self.model.visit.date, |reading| reading.today)
    }

    fn strip_with(&self, function: Function) -> Safety {
        let model = &self.model;
        let (monitoring, own, today) = (&model.monitoring, self.own.as_slice(), self.today());
        Safety::of(From { file: &model.file, monitoring, function, own, today }, None)
    }
}
