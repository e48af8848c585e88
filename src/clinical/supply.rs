//! What was prescribed last: how far it reaches, when it may be filled again, and how a refill request was answered.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::id::{PatientId, RefillId, TaskId};
use super::opioid::is_opioid;
use super::patient::{Medication, PatientFile};
use super::practice::Region;
use super::sig::Sig;
use super::vocab::Vocab;
use super::why::{Fact, Why};

/// A prescription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supply {
    /// When it was written.
    pub written: NaiveDate,
    /// For how many days it lasts.
    pub days: u16,
    /// How many pieces.
    pub quantity: Option<u32>,
    /// Who wrote it; none is the physician of this practice.
    pub prescriber: Option<String>,
    /// Before which day it is not filled again; none: not before it runs out.
    pub earliest: Option<NaiveDate>,
}

impl Supply {
    /// The day on which nothing is left: the first without a dose.
    pub fn runs_out(&self) -> NaiveDate {
        self.written.checked_add_days(Days::new(u64::from(self.days))).unwrap_or(self.written)
    }

    /// The first day on which it may be filled again.
    pub fn earliest_fill(&self) -> NaiveDate {
        self.earliest.unwrap_or_else(|| self.runs_out())
    }

    /// The same prescription written again on a day.
    #[must_use]
    pub fn again(&self, on: NaiveDate) -> Self {
        Self { written: on, earliest: None, ..self.clone() }
    }

    /// Why it runs out on that day.
    pub fn why(&self) -> Why {
        let quantity = self.quantity.map(|n| format!(" ({n} pieces)")).unwrap_or_default();
        Why::new(Fact::own(format!(
            "Runs out on {}: written {}, for {} days{quantity}; the day after the last dose. Counted as filled on the day it \
             was written; what was left of an earlier one is not counted: where it was filled early, it may reach further.",
            super::time::show_date(self.runs_out()),
            super::time::show_date(self.written),
            self.days
        )))
    }
}

/// For how many whole days a number of pieces lasts, taken at its most; none where that is not known.
pub fn days_for(quantity: u32, sig: &Sig) -> Option<u16> {
    let a_day = sig.pieces_a_day().filter(|n| *n > Exact::ZERO)?;
    let days = Exact::whole(i64::from(quantity)).over(a_day).ok()??.floor();
    u16::try_from(days).ok().filter(|days| (1..=730).contains(days))
}

/// The schedule of a medicine that is controlled in a region; none where it is not, or where nothing is known.
pub fn controlled(medicine: &Medication, region: Region) -> Option<&'static str> {
    let meant = medicine.sig().meant();
    let schedules = meant.into_iter().filter_map(|name| name.controlled_in(region.name()));
    schedules.into_iter().find(|schedule| !matches!(*schedule, "none" | "no" | "exempt"))
}

/// Medicines, those first that are missed first when they run out: opioids, then what else is controlled in a region, then
/// the others; each as they stood.
pub fn missed_first(medicines: &[Medication], region: Region) -> impl Iterator<Item = &Medication> {
    let mut medicines: Vec<&Medication> = medicines.iter().collect();
    medicines.sort_by_key(|one| (!is_opioid(one), controlled(one, region).is_none()));
    medicines.into_iter()
}

/// The controlled medicines of a patient in a few words, each with the day on which it runs out; none where there is none.
pub fn controlled_words(file: &PatientFile) -> Option<String> {
    let region = file.facts.opioid.region?;
    let medicines = file.facts.medications.items().iter().filter(|one| controlled(one, region).is_some());
    let words: Vec<String> = medicines
        .map(|one| {
            let name = one.sig().name;
            let until =
                one.supply.as_ref().map(|supply| format!(" runs out {}", super::time::show_date(supply.runs_out())));
            format!("{name}{}", until.unwrap_or_default())
        })
        .collect();
    (!words.is_empty()).then(|| format!("controlled: {}", words.join(", ")))
}

/// A supply that ends before the next visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningOut {
    /// The medicine.
    pub medicine: Medication,
    /// The day on which nothing is left.
    pub on: NaiveDate,
    /// The next visit, where one is booked.
    pub next_visit: Option<NaiveDate>,
}

impl RunningOut {
    /// A supply, where it ends before the next visit.
    pub fn of(medicine: Medication, next_visit: Option<NaiveDate>) -> Option<Self> {
        let on = medicine.supply.as_ref()?.runs_out();
        // What is given for a time only, and lasts for it, is not wanted again.
        if medicine.last_day.is_some_and(|last| last < on) {
            return None;
        }
        next_visit.is_none_or(|visit| visit > on).then_some(Self { medicine, on, next_visit })
    }

    /// In a line.
    pub fn line(&self) -> String {
        let visit = self.next_visit.map_or_else(
            || "no visit booked".to_owned(),
            |visit| format!("next visit {}", super::time::show_date(visit)),
        );
        format!("{} runs out {} · {visit}", self.medicine.sig().name, super::time::show_date(self.on))
    }
}

crate::vocab! {
    /// How a refill request is answered.
    pub enum RefillAnswer {
        /// As it is written.
        AsIs "as_is" "as is",
        /// Enough to reach the next visit.
        Bridge "bridge" "bridge to visit",
        /// Only after a visit.
        NeedsVisit "needs_visit" "needs a visit",
        /// No, with the reason.
        No "no" "no",
    }
}

/// A refill request, answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refill {
    /// Identity.
    pub id: RefillId,
    /// The request.
    pub task: TaskId,
    /// Whose.
    pub patient: PatientId,
    /// Which medicine, as its line stood.
    pub medicine: String,
    /// How it was answered.
    pub answer: RefillAnswer,
    /// For how many days, where something was written.
    pub days: Option<u16>,
    /// The reason.
    pub reason: String,
    /// On which day.
    pub on: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::sig::read;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_supply_runs_out_on_the_first_day_without_a_dose() {
        let supply = Supply { written: day("2026-11-03"), days: 28, quantity: None, prescriber: None, earliest: None };
        assert_eq!(supply.runs_out(), day("2026-12-01"));
        assert_eq!(supply.earliest_fill(), day("2026-12-01"));
        let early = Supply { earliest: Some(day("2026-11-29")), ..supply.clone() };
        assert_eq!(early.earliest_fill(), day("2026-11-29"));
        assert_eq!(early.again(day("2026-11-29")).earliest_fill(), day("2026-12-27"));
    }

    #[test]
    fn a_supply_is_told_where_it_ends_before_the_next_visit() {
        let mut ids = crate::clinical::id::Ids::seeded(2);
        let mut one =
            Medication::new(ids.next(crate::clinical::time::Instant::from_millis(0)), "oxycodone er 20 mg bid", None);
        assert_eq!(RunningOut::of(one.clone(), None), None, "nothing is known of a supply");
        one.supply =
            Some(Supply { written: day("2026-11-03"), days: 28, quantity: None, prescriber: None, earliest: None });
        for (visit, told) in
            [(None, true), (Some("2026-12-02"), true), (Some("2026-12-01"), false), (Some("2026-11-28"), false)]
        {
            assert_eq!(RunningOut::of(one.clone(), visit.map(day)).is_some(), told, "{visit:?}");
        }
        for (last_day, told) in [("2026-11-30", false), ("2026-12-01", true), ("2026-12-20", true)] {
            let course = Medication { last_day: Some(day(last_day)), ..one.clone() };
            assert_eq!(RunningOut::of(course, None).is_some(), told, "a course until {last_day}");
        }
        for (region, schedule) in
            [(Region::Us, Some("II")), (Region::Uk, Some("2")), (Region::De, Some("yes")), (Region::Other, None)]
        {
            assert_eq!(controlled(&one, region), schedule, "{region:?}");
        }
        one.line = "ibuprofen 400 mg tid".to_owned();
        assert_eq!(controlled(&one, Region::Us), None);
    }

    #[test]
    fn opioids_are_missed_first_then_what_is_controlled() {
        let mut ids = crate::clinical::id::Ids::seeded(2);
        let lines =
            ["ibuprofen 400 mg tid", "diazepam 5 mg", "tramadol 50 mg tid", "naproxen 500 mg", "oxycodone 5 mg"];
        let now = crate::clinical::time::Instant::from_millis(0);
        let medicines = lines.map(|line| Medication::new(ids.next(now), line, None));
        let names = |region| missed_first(&medicines, region).map(|one| one.sig().name).collect::<Vec<_>>();
        assert_eq!(names(Region::Us), ["tramadol", "oxycodone", "diazepam", "ibuprofen", "naproxen"]);
        assert_eq!(names(Region::Other), ["tramadol", "oxycodone", "ibuprofen", "diazepam", "naproxen"]);
    }

    #[test]
    fn a_quantity_lasts_whole_days_at_its_most() {
        for (line, quantity, days) in [
            ("oxycodone 5 mg 1 tab qid", 120, Some(30)),
            ("oxycodone 5 mg 1-2 tabs q6h prn", 120, Some(15)),
            ("oxycodone 5 mg 1-2 tabs q6h prn max 6/day", 120, Some(20)),
            ("gabapentin 300 1-1-1", 100, Some(33)),
            ("gabapentin 300 2-2-2", 90, Some(15)),
            ("fentanyl patch 25 mcg/h q72h", 10, Some(30)),
            ("buprenorphine patch 10 mcg/h weekly", 4, Some(28)),
            ("naproxen 500 mg as needed", 20, None),
            ("gabapentin 300 1-1-1", 2, None),
        ] {
            assert_eq!(days_for(quantity, &read(line)), days, "{line}");
        }
    }
}
