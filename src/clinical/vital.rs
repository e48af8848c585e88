//! Vital signs that stay with a patient: weight and height, each with its date and how it came about.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{PatientId, VisitId, VitalId};
use super::provenance::{GivenDraft, Provenance};
use super::time::show_date;

crate::vocab! {
    /// What was measured.
    pub enum VitalKind {
        /// Weight, in grams.
        Weight "weight" "weight",
        /// Height, in millimetres.
        Height "height" "height",
    }
}

/// One measure, taken once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vital {
    /// Identity.
    pub id: VitalId,
    /// Of whom.
    pub patient: PatientId,
    /// In which visit; none where it was taken outside of one.
    pub visit: Option<VisitId>,
    /// On which day of the practice.
    pub date: NaiveDate,
    /// What.
    pub kind: VitalKind,
    /// How much: grams, or millimetres.
    pub value: u32,
    /// The day on which it was measured, where it was copied forward from there and not measured anew.
    pub copied_from: Option<NaiveDate>,
    /// When, how, from whom, by whom.
    pub given: Provenance,
}

impl Vital {
    /// As it is shown: `14.2 kg`, `168 cm`.
    pub fn show(&self) -> String {
        show(self.kind, self.value)
    }

    /// The day on which it was measured.
    pub fn measured(&self) -> NaiveDate {
        self.copied_from.unwrap_or(self.date)
    }

    /// With its day: `14.2 kg on 3 Nov 2026`, and that it was copied forward.
    pub fn told(&self) -> String {
        let copied = self.copied_from.map(|_| format!(", copied forward on {}", show_date(self.date)));
        format!("{} on {}{}", self.show(), show_date(self.measured()), copied.unwrap_or_default())
    }
}

/// A measure as it is shown: `14.2 kg`, `168 cm`.
pub fn show(kind: VitalKind, value: u32) -> String {
    let (unit, per_unit) = match kind {
        VitalKind::Weight => ("kg", 1000),
        VitalKind::Height => ("cm", 10),
    };
    let tenths = (u64::from(value) * 10 + per_unit / 2) / per_unit;
    if tenths.is_multiple_of(10) {
        return format!("{} {unit}", tenths / 10);
    }
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

/// The newest weight of a patient, as the band shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// In grams.
    pub grams: u32,
    /// When it was measured.
    pub on: NaiveDate,
}

impl Weight {
    /// As it is shown: `14.2 kg`.
    pub fn show(self) -> String {
        show(VitalKind::Weight, self.grams)
    }
}

/// Weight and height as a form edits them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VitalDraft {
    /// Weight in tenths of a kilogram.
    pub weight_hg: Option<u32>,
    /// Weight in tenths of a pound.
    pub weight_tenth_lb: Option<u32>,
    /// Height in millimetres.
    pub height_mm: Option<u32>,
    /// When; blank is today.
    pub date: Option<NaiveDate>,
    /// How.
    pub given: GivenDraft,
    /// The fields taken over from the last time, set when the form is completed.
    #[serde(skip)]
    pub carried: Vec<String>,
}

/// Grams of so many tenths of a pound, rounded. One pound is 453.592 37 g by definition.
///
/// Source: international yard and pound agreement, 1959.
pub fn grams_of_tenth_pounds(tenths: u32) -> u32 {
    let micrograms_per_tenth: u64 = 45_359_237;
    u32::try_from((u64::from(tenths) * micrograms_per_tenth + 500_000) / 1_000_000).unwrap_or(u32::MAX)
}

/// Tenths of a pound that so many grams are, rounded.
pub fn tenth_pounds_of_grams(grams: u32) -> u32 {
    let micrograms_per_tenth: u64 = 45_359_237;
    let tenths = (u64::from(grams) * 1_000_000 + micrograms_per_tenth / 2) / micrograms_per_tenth;
    u32::try_from(tenths).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_shown_with_one_decimal_where_it_says_something() {
        for (kind, value, shown) in [
            (VitalKind::Weight, 14_200, "14.2 kg"),
            (VitalKind::Weight, 70_000, "70 kg"),
            (VitalKind::Weight, 3_449, "3.4 kg"),
            (VitalKind::Weight, 3_450, "3.5 kg"),
            (VitalKind::Height, 1_685, "168.5 cm"),
            (VitalKind::Height, 520, "52 cm"),
        ] {
            assert_eq!(show(kind, value), shown);
        }
    }

    #[test]
    fn pounds_become_grams_exactly_to_the_gram() {
        for (tenths, grams) in [(1_000, 45_359), (10, 454), (0, 0), (1_543, 69_989)] {
            assert_eq!(grams_of_tenth_pounds(tenths), grams, "{tenths}");
        }
    }

    #[test]
    fn pounds_typed_come_back_as_they_were_typed() {
        for tenths in [1, 7, 44, 225, 1_543, 1_999, 4_405, 11_000] {
            assert_eq!(tenth_pounds_of_grams(grams_of_tenth_pounds(tenths)), tenths);
        }
    }
}
