//! Vital signs that stay with a patient: weight and height, each with its date and how it came about.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::{PatientId, VisitId, VitalId};
use super::provenance::{GivenDraft, Provenance};
use super::time::{age_in_months, age_in_years, show_age, show_date};

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
    /// Whose weight it is, by the birth date, and the day it is where no other is typed: what a weight is doubted by.
    #[serde(skip)]
    pub born: Option<(NaiveDate, NaiveDate)>,
    /// The fields taken over from the last time, set when the form is completed.
    #[serde(skip)]
    pub carried: Vec<String>,
}

/// From which age in months on which weights in kilograms are not doubted.
///
/// No chart of growth and no judgement on anybody's nutrition: limits so wide that beyond them a slip is likelier than a
/// weight, that of the unit, of a digit or of the patient.
///
/// Source: a rule of this product, 22 November 2026.
const NOT_DOUBTED: [(u32, u32, u32); 8] =
    [(0, 0, 9), (3, 2, 15), (12, 4, 25), (24, 6, 40), (60, 8, 80), (120, 12, 150), (180, 20, 300), (216, 25, 300)];

/// The weights in kilograms that are not doubted at an age in months: from, to.
pub fn not_doubted(age_months: u32) -> (u32, u32) {
    let reached = NOT_DOUBTED.iter().rev().find(|(from, ..)| *from <= age_months);
    reached.map_or((0, 300), |&(_, least, most)| (least, most))
}

/// What is asked about a weight that can hardly be right at the age on the day it was taken; none where it can.
pub fn doubt_weight(grams: u32, birth: NaiveDate, on: NaiveDate) -> Option<String> {
    let (least, most) = not_doubted(age_in_months(birth, on));
    if (least * 1000..=most * 1000).contains(&grams) {
        return None;
    }
    let age = age_in_words(birth, on);
    let weight = show(VitalKind::Weight, grams);
    Some(format!("{weight} at {age}: is it the unit, a digit, the patient? {least} to {most} kg are not doubted"))
}

fn age_in_words(birth: NaiveDate, on: NaiveDate) -> String {
    let unit = if age_in_years(birth, on) >= 2 { " years" } else { "" };
    format!("{}{unit}", show_age(birth, on))
}

/// Why a weight is doubted, or is not: the limits at the age, and what they are.
pub fn why_doubted(birth: NaiveDate, on: NaiveDate) -> String {
    let (least, most) = not_doubted(age_in_months(birth, on));
    let age = age_in_words(birth, on);
    format!(
        "At {age} a weight from {least} to {most} kg is taken without a question.\nThe limits are a rule of this product of \
         22 Nov 2026 and no chart of growth: beyond them a slip of the unit, of a digit or of the patient is likelier than a \
         weight."
    )
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
    fn a_weight_that_can_hardly_be_right_at_the_age_is_doubted() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let on = day("2026-11-24");
        for (birth, grams, doubted) in [
            ("2024-11-24", 200_000, Some("6 to 40 kg")),
            ("2025-08-24", 200_000, Some("4 to 25 kg")),
            ("2025-08-24", 10_200, None),
            ("2026-11-10", 1_200, None),
            ("2026-11-10", 9_100, Some("0 to 9 kg")),
            ("1986-11-24", 3_000, Some("25 to 300 kg")),
            ("1986-11-24", 25_000, None),
            ("1986-11-24", 24_999, Some("25 to 300 kg")),
            ("1986-11-24", 300_000, None),
            ("1986-11-24", 300_001, Some("25 to 300 kg")),
            ("2010-03-04", 150_001, None),
            ("2013-03-04", 150_001, Some("12 to 150 kg")),
            ("2013-03-04", 11_999, Some("12 to 150 kg")),
        ] {
            let told = doubt_weight(grams, day(birth), on);
            assert_eq!(told.is_some(), doubted.is_some(), "{birth} {grams}: {told:?}");
            assert!(doubted.is_none_or(|range| told.is_some_and(|told| told.contains(range))), "{birth} {grams}");
        }
        let told = doubt_weight(200_000, day("2025-08-24"), on);
        assert!(told.is_some_and(|told| told.starts_with("200 kg at 15 months: ")));
    }

    #[test]
    fn what_is_not_doubted_only_grows_with_the_age() {
        let mut last = not_doubted(0);
        for months in 1..1200 {
            let now = not_doubted(months);
            assert!(now.0 >= last.0 && now.1 >= last.1, "{months}");
            last = now;
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
