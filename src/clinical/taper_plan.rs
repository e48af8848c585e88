//! A patient's taper: what was planned, the pauses since, and the call that belongs to each step.
//!
//! The steps are never kept: they are computed from what was asked for ([`super::calc::taper`]), so that a pause re-dates the
//! rest and nothing can disagree. How fast is the physician's decision.

mod drug;
mod listed;
mod stops;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::drug::{dose_of_all, drug_of, is_patch};
pub use self::drug::{is_form_open, unit_words};
pub use self::listed::Follows;
use self::stops::read_stops;
use super::calc::CalcError;
use super::calc::taper::{Cut, Measure, Pause, Taper, TaperInput, taper};
use super::dose::Micrograms;
use super::exact::Exact;
use super::id::{PatientId, TaperId, VisitId};
use super::opioid::is_opioid;
use super::patient::Medication;
use super::sig;
use super::text::clean_line;
use super::time::{Instant, show_date, show_day_month};
use super::typed::Decimal;

crate::vocab! {
    /// What each cut is a share of, or that it is an amount.
    pub enum CutKind {
        /// Percent of the dose at that time.
        OfCurrent "of_current" "percent of the dose then",
        /// Percent of the first dose.
        OfStart "of_start" "percent of the first dose",
        /// The same amount in milligrams.
        Amount "amount" "mg each time",
    }
}

/// A taper as the record keeps it. All doses are a day's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaperPlan {
    /// Identity.
    pub id: TaperId,
    /// Of whom.
    pub patient: PatientId,
    /// The visit in which it was agreed.
    pub visit: Option<VisitId>,
    /// Which medicine, in its plain name or as it was typed.
    pub drug: String,
    /// The dose before it.
    pub start: Micrograms,
    /// The dose asked for; 0 is off.
    pub target: Micrograms,
    /// What each cut is.
    pub cut_kind: CutKind,
    /// How much: tenths of a percent, or micrograms.
    pub cut: u64,
    /// The smallest difference that can be given.
    pub unit: Micrograms,
    /// Days each step is kept.
    pub step_days: u32,
    /// The day of the first lower dose.
    pub first_day: NaiveDate,
    /// Doses at which to stop and look.
    pub stop_points: BTreeSet<Micrograms>,
    /// Steps kept longer, in the order in which that was decided.
    pub pauses: Vec<(usize, u32)>,
    /// How many steps' calls were made.
    pub called: usize,
    /// When the last call was made.
    pub called_at: Option<Instant>,
    /// From when on it is asked again what became of the list, where the last call left it in another dose.
    pub ask_again: Option<NaiveDate>,
    /// Why it ended before its end.
    pub ended: Option<String>,
    /// When it was planned.
    pub kept_at: Instant,
}

impl TaperPlan {
    /// What the steps are computed from.
    pub fn input(&self) -> TaperInput {
        let percent = Exact::decimal(i64::try_from(self.cut).unwrap_or(i64::MAX), 1);
        TaperInput {
            measure: if is_patch(&self.drug) { Measure::McgPerHour } else { Measure::MgPerDay },
            start: self.start,
            target: self.target,
            cut: match self.cut_kind {
                CutKind::OfCurrent => Cut::PercentOfCurrent(percent),
                CutKind::OfStart => Cut::PercentOfStart(percent),
                CutKind::Amount => Cut::Fixed(Micrograms::new(self.cut)),
            },
            unit: self.unit,
            step_days: self.step_days,
            first_day: self.first_day,
            stop_points: self.stop_points.clone(),
            pauses: self.pauses.iter().map(|&(step, days)| Pause { step, days }).collect(),
            opioid: None,
        }
    }

    /// The steps with their dates.
    ///
    /// # Errors
    /// As [`taper`]: of a plan that was kept there is none.
    pub fn steps(&self) -> Result<Taper, CalcError> {
        taper(&self.input())
    }

    /// The step that holds on a day, from 1; 0 before the first.
    pub fn step_on(&self, day: NaiveDate) -> usize {
        self.steps().map_or(0, |taper| taper.steps.iter().filter(|step| step.date <= day).count())
    }

    /// From which day on something is due: the call of the first step nobody called about, or to ask again what became of
    /// the list. None once all was done or it ended.
    pub fn open_from(&self) -> Option<NaiveDate> {
        if self.ended.is_some() {
            return None;
        }
        self.next_call().into_iter().chain(self.ask_again).min()
    }

    /// The day of the first step that nobody called about; none once all were made.
    pub fn next_call(&self) -> Option<NaiveDate> {
        self.steps().ok()?.steps.get(self.called).map(|step| step.date)
    }

    /// Whether on this day the list is asked about again, and no further call is due yet.
    pub fn is_asked_again(&self, on: NaiveDate) -> bool {
        self.ask_again.is_some() && self.next_call().is_none_or(|next| next > on)
    }

    /// The same with the call of the next step made.
    #[must_use]
    pub fn with_call(&self, at: Instant) -> Self {
        Self { called: self.called + 1, called_at: Some(at), ask_again: None, ..self.clone() }
    }

    /// The same where the list was left in another dose: it is asked again on the next day.
    #[must_use]
    pub fn asked_again(&self, today: NaiveDate) -> Self {
        Self { ask_again: today.succ_opt(), ..self.clone() }
    }

    /// The same with the step of this day kept so many days longer: what comes after it is dated later.
    ///
    /// # Errors
    /// A pause before the first step, after the last, or of no days, in words.
    pub fn paused(&self, day: NaiveDate, days: u32) -> Result<Self, String> {
        let step = self.step_on(day);
        if step == 0 {
            return Err("it has not begun: change its first day".to_owned());
        }
        let mut paused = self.clone();
        paused.pauses.push((step, days));
        let taper = paused.steps().map_err(|why| in_words(&why))?;
        if step == taper.steps.len() {
            return Err("the last step is reached: there is nothing to date later".to_owned());
        }
        Ok(paused)
    }

    /// What its doses are in: a patch is counted by its rate, everything else by the day.
    pub fn unit_words(&self) -> &'static str {
        unit_words(&self.drug)
    }

    /// In a few words: `tapentadol · step 2 of 5: 75 mg a day from 1 Dec`.
    pub fn line(&self) -> String {
        let Ok(taper) = self.steps() else { return self.drug.clone() };
        let count = taper.steps.len();
        match taper.steps.get(self.called.min(count.saturating_sub(1))) {
            Some(step) => {
                let n = (self.called + 1).min(count);
                let from = show_day_month(step.date);
                format!("{} · step {n} of {count}: {} {} from {from}", self.drug, step.dose, self.unit_words())
            }
            None => self.drug.clone(),
        }
    }

    /// What the summary of a visit says: the whole plan, a line a step.
    pub fn lines(&self) -> Vec<String> {
        let Ok(taper) = self.steps() else { return Vec::new() };
        let last = taper.steps.last().map_or(self.target, |step| step.dose);
        let unit = self.unit_words();
        let mut out = vec![format!("Taper of {}: {} to {last} {unit}.", self.drug, self.start)];
        out.extend(taper.steps.iter().map(|step| {
            let stop = if step.is_stop_point { ", stop and look" } else { "" };
            format!("- from {}: {} {unit}{stop}.", show_date(step.date), step.dose)
        }));
        out.extend(self.ended.as_ref().map(|why| format!("Ended: {}.", clean_line(why))));
        out
    }
}

/// A taper as a form edits it. Doses are micrograms, percents tenths.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaperDraft {
    /// Which medicine.
    pub drug: String,
    /// The dose a day before it.
    pub start: Option<u64>,
    /// The dose asked for.
    pub target: Option<u64>,
    /// What each cut is.
    pub cut_kind: Option<CutKind>,
    /// How much in percent, in tenths.
    pub percent: Option<u32>,
    /// How much in milligrams.
    pub amount: Option<u64>,
    /// The smallest difference that can be given.
    pub unit: Option<u64>,
    /// Days each step is kept.
    pub step_days: Option<u32>,
    /// The day of the first lower dose.
    pub first_day: Option<NaiveDate>,
    /// Doses at which to stop and look, as they are typed.
    pub stops: String,
    /// How the region writes numbers; none takes a comma as parting two.
    #[serde(skip)]
    pub decimal: Option<Decimal>,
}

impl TaperDraft {
    /// The draft of a taper, to change it.
    pub fn of(plan: &TaperPlan) -> Self {
        let percent = plan.cut_kind != CutKind::Amount;
        Self {
            drug: plan.drug.clone(),
            start: Some(plan.start.get()),
            target: Some(plan.target.get()),
            cut_kind: Some(plan.cut_kind),
            percent: percent.then(|| u32::try_from(plan.cut).unwrap_or(u32::MAX)),
            amount: (!percent).then_some(plan.cut),
            unit: Some(plan.unit.get()),
            step_days: Some(plan.step_days),
            first_day: Some(plan.first_day),
            stops: plan.stop_points.iter().rev().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            decimal: None,
        }
    }

    /// The draft of a new taper of the one opioid of a list: its name and what it comes to now, on all its lines.
    pub fn of_list(list: &[Medication]) -> Self {
        let opioids: Vec<&Medication> = list.iter().filter(|one| is_opioid(one)).collect();
        let mut names: Vec<String> = opioids.iter().map(|one| drug_of(&one.line)).collect();
        names.dedup();
        let [only] = names.as_slice() else { return Self::default() };
        // Given at once and over hours, it is one medicine, and tapered from both.
        Self { drug: only.clone(), start: dose_of_all(&opioids), ..Self::default() }
    }

    /// The dose now of the medicine that is named, by all its lines on the list, or those in the form that is named.
    pub fn listed_dose(&self, list: &[Medication]) -> Option<u64> {
        let (named, typed) = (drug_of(&self.drug), sig::read(&self.drug));
        let is_it = |one: &&Medication| {
            let release = one.sig().release;
            !named.is_empty() && drug_of(&one.line) == named && typed.release.is_none_or(|said| release == Some(said))
        };
        dose_of_all(&list.iter().filter(is_it).collect::<Vec<_>>())
    }

    /// The plan, valid: its steps can be computed.
    ///
    /// # Errors
    /// The field that is missing or does not fit, and what to say there.
    pub fn finish(
        &self,
        old: Option<&TaperPlan>,
        (id, patient, visit): (TaperId, PatientId, Option<VisitId>),
        (today, at): (NaiveDate, Instant),
    ) -> Result<TaperPlan, (&'static str, String)> {
        let typed = clean_line(&self.drug);
        if typed.is_empty() {
            return Err(("drug", "which medicine?".to_owned()));
        }
        if is_form_open(&typed) {
            let both =
                "it comes as a patch and otherwise: add patch (then mcg/h), or tablets, sublingual (then mg a day)";
            return Err(("drug", both.to_owned()));
        }
        let drug = drug_of(&typed);
        let needs = |field: &'static str, words: &str| (field, words.to_owned());
        let cut_kind = self.cut_kind.ok_or_else(|| needs("cut_kind", "by percent, or by an amount?"))?;
        let cut = match cut_kind {
            CutKind::Amount => self.amount.ok_or_else(|| needs("amount", "how many milligrams each time?"))?,
            CutKind::OfCurrent | CutKind::OfStart => {
                u64::from(self.percent.ok_or_else(|| needs("percent", "how many percent each time?"))?)
            }
        };
        let plan = TaperPlan {
            id,
            patient,
            visit,
            drug,
            start: Micrograms::new(self.start.ok_or_else(|| needs("start", "how much a day now?"))?),
            target: Micrograms::new(self.target.ok_or_else(|| needs("target", "down to how much? 0 is off"))?),
            cut_kind,
            cut,
            unit: Micrograms::new(self.unit.ok_or_else(|| needs("unit", "the smallest difference that can be given"))?),
            step_days: self.step_days.ok_or_else(|| needs("step_days", "how many days is a step kept?"))?,
            first_day: self.first_day.unwrap_or(today),
            stop_points: read_stops(&self.stops, self.decimal.unwrap_or(Decimal::Point))
                .map_err(|why| ("stop", why))?,
            pauses: old.map(|old| old.pauses.clone()).unwrap_or_default(),
            called: old.map_or(0, |old| old.called),
            called_at: old.and_then(|old| old.called_at),
            ask_again: old.and_then(|old| old.ask_again),
            ended: old.and_then(|old| old.ended.clone()),
            kept_at: old.map_or(at, |old| old.kept_at),
        };
        plan.steps().map_err(|why| (field_of(why.field()), in_words(&why)))?;
        Ok(plan)
    }

    /// The plan as it would be, with the pauses it has already; none while something is missing.
    pub fn tried_out(&self, old: Option<&TaperPlan>, today: NaiveDate) -> Option<TaperPlan> {
        let mut ids = super::id::Ids::seeded(1);
        let at = Instant::from_millis(0);
        self.finish(old, (ids.next(at), ids.next(at), None), (today, at)).ok()
    }
}

/// What does not fit, as a form says it: the field is seen, its name as an input is not wanted.
fn in_words(why: &CalcError) -> String {
    match why {
        CalcError::OutOfRange { field, given, .. } if field == "pauses.step" => {
            format!("step {given} is kept longer, and the taper would have fewer steps")
        }
        CalcError::OutOfRange { given, allowed, .. } => format!("{given} does not fit: {allowed}"),
        other => other.to_string(),
    }
}

/// The field of the form that an input of the calculator is typed in.
fn field_of(input: &str) -> &'static str {
    match input {
        "target_mg" => "target",
        "unit_mg" => "unit",
        "step_days" => "step_days",
        "cut_percent" | "cut_percent_of_start" | "cut" => "percent",
        "cut_mg" => "amount",
        "stop_points_mg" => "stop",
        "first_day" => "first_day",
        _ => "start",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;

    const AT: Instant = Instant::from_millis(1_795_000_000_000);

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn draft() -> TaperDraft {
        TaperDraft {
            drug: "Palexia 50 mg".to_owned(),
            start: Some(100_000),
            target: Some(0),
            cut_kind: Some(CutKind::OfStart),
            percent: Some(250),
            unit: Some(25_000),
            step_days: Some(28),
            first_day: Some(day("2026-12-01")),
            ..TaperDraft::default()
        }
    }

    fn made(draft: &TaperDraft) -> Result<TaperPlan, &'static str> {
        let mut ids = Ids::seeded(3);
        let who = (ids.next(AT), ids.next(AT), None);
        draft.finish(None, who, (day("2026-11-24"), AT)).map_err(|(field, _)| field)
    }

    fn dates(plan: &TaperPlan) -> Vec<String> {
        plan.steps().unwrap().steps.iter().map(|step| format!("{} {}", step.date, step.dose)).collect()
    }

    #[test]
    fn a_taper_has_steps_with_dates_and_a_call_at_each() {
        let plan = made(&draft()).unwrap();
        assert_eq!(plan.drug, "tapentadol");
        assert_eq!(dates(&plan), ["2026-12-01 75", "2026-12-29 50", "2027-01-26 25", "2027-02-23 0"]);
        assert_eq!((plan.open_from(), plan.step_on(day("2026-11-30"))), (Some(day("2026-12-01")), 0));
        assert_eq!(plan.line(), "tapentadol · step 1 of 4: 75 mg a day from 1 Dec");
        let called = plan.with_call(AT);
        assert_eq!((called.open_from(), called.called), (Some(day("2026-12-29")), 1));
        let done = (0..3).fold(called, |plan, _| plan.with_call(AT));
        assert_eq!(done.open_from(), None);
        assert_eq!(TaperPlan { ended: Some("pain".to_owned()), ..plan }.open_from(), None);
    }

    #[test]
    fn a_pause_dates_the_rest_later_and_the_call_with_it() {
        let plan = made(&draft()).unwrap();
        assert!(plan.paused(day("2026-11-30"), 14).is_err(), "not begun");
        let paused = plan.with_call(AT).paused(day("2026-12-10"), 14).unwrap();
        assert_eq!(dates(&paused), ["2026-12-01 75", "2027-01-12 50", "2027-02-09 25", "2027-03-09 0"]);
        assert_eq!(paused.open_from(), Some(day("2027-01-12")));
        let nothing = paused.paused(day("2026-12-10"), 0);
        assert_eq!(nothing.unwrap_err(), "0 does not fit: it is 1 to 3650");
        // Changed so that it has fewer steps, the step that is kept longer is none any more.
        let late = plan.paused(day("2027-01-30"), 7).unwrap();
        let (at, who) = ((day("2026-11-24"), AT), (late.id, late.patient, None));
        let fewer = TaperDraft { percent: Some(1_000), ..draft() }.finish(Some(&late), who, at);
        assert_eq!(fewer.unwrap_err().1, "step 3 is kept longer, and the taper would have fewer steps");
        assert!(paused.paused(day("2027-04-01"), 7).is_err(), "nothing is left");
    }

    #[test]
    fn what_is_missing_or_does_not_fit_is_said_at_its_field() {
        for (draft, field) in [
            (TaperDraft { drug: " ".to_owned(), ..draft() }, "drug"),
            (TaperDraft { start: None, ..draft() }, "start"),
            (TaperDraft { target: Some(100_000), ..draft() }, "target"),
            (TaperDraft { cut_kind: None, ..draft() }, "cut_kind"),
            (TaperDraft { percent: None, ..draft() }, "percent"),
            (TaperDraft { percent: Some(0), ..draft() }, "percent"),
            (TaperDraft { cut_kind: Some(CutKind::Amount), ..draft() }, "amount"),
            (TaperDraft { unit: Some(0), ..draft() }, "unit"),
            (TaperDraft { step_days: Some(0), ..draft() }, "step_days"),
            (TaperDraft { stops: "100".to_owned(), ..draft() }, "stop"),
            (TaperDraft { stops: "half".to_owned(), ..draft() }, "stop"),
        ] {
            assert_eq!(made(&draft), Err(field));
        }
        assert!(draft().tried_out(None, day("2026-11-24")).is_some());
    }

    #[test]
    fn a_name_that_is_a_patch_and_something_else_says_which() {
        let named = |drug: &str| TaperDraft { drug: drug.to_owned(), ..draft() };
        for drug in ["Temgesic", "Belbuca 150", "fentanyl", "buprenorphine 8 mg daily"] {
            assert_eq!(made(&named(drug)), Err("drug"), "{drug}");
        }
        for (typed, drug, unit) in [
            ("Butrans", "buprenorphine patch", "mcg/h"),
            ("Durogesic 25 mcg/h", "fentanyl patch", "mcg/h"),
            ("buprenorphine sl 8 mg", "buprenorphine sublingual", "mg a day"),
            ("buprenorphine tablets", "buprenorphine tablets", "mg a day"),
            ("Actiq lozenge", "fentanyl lozenge", "mg a day"),
            ("Palexia", "tapentadol", "mg a day"),
        ] {
            let plan = made(&named(typed)).unwrap_or_else(|field| panic!("{typed}: {field}"));
            assert_eq!((plan.drug.as_str(), plan.unit_words()), (drug, unit), "{typed}");
            let again = made(&TaperDraft::of(&plan)).map(|plan| plan.drug);
            assert_eq!(again.as_deref(), Ok(drug), "{typed}: changed later, it is not asked again");
        }
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let plan = made(&TaperDraft { stops: "50".to_owned(), ..draft() }).unwrap().with_call(AT);
        let who = (plan.id, plan.patient, plan.visit);
        assert_eq!(TaperDraft::of(&plan).finish(Some(&plan), who, (day("2026-12-24"), AT)), Ok(plan));
    }

    #[test]
    fn it_lands_on_several_stop_points_however_they_are_typed() {
        for typed in ["75 50", "50, 75", "75;50", "75 mg, 50 mg"] {
            let plan = made(&TaperDraft { stops: typed.to_owned(), percent: Some(400), ..draft() }).unwrap();
            assert_eq!(dates(&plan), ["2026-12-01 75", "2026-12-29 50", "2027-01-26 0"], "{typed}");
            let stops: Vec<bool> = plan.steps().unwrap().steps.iter().map(|step| step.is_stop_point).collect();
            assert_eq!(stops, [true, true, false], "{typed}");
            assert_eq!(TaperDraft::of(&plan).stops, "75 50");
        }
    }

    #[test]
    fn a_patch_is_tapered_by_its_rate_and_a_new_taper_begins_with_the_dose_of_the_list() {
        let mut ids = Ids::seeded(3);
        let mut list = |lines: &[&str]| -> Vec<Medication> {
            lines.iter().map(|line| Medication::new(ids.next(AT), *line, None)).collect()
        };
        for (lines, drug, start, unit) in [
            (&["oxycodone er 20 mg bid", "gabapentin 300 1-1-1"][..], "oxycodone", Some(40_000), "mg a day"),
            (&["fentanyl patch 12.5 mcg/h q72h"], "fentanyl patch", Some(12_500), "mcg/h"),
            (&["morphine 10 mg/5 ml 2.5 ml q4h"], "morphine", Some(30_000), "mg a day"),
            (&["oxycodone 5 mg as needed"], "oxycodone", None, "mg a day"),
            (&["oxycodone er 20 mg bid", "tramadol 50 mg qid"], "", None, "mg a day"),
            (&["gabapentin 300 1-1-1"], "", None, "mg a day"),
            (&["acetaminophen/codeine 300/30 q6h"], "codeine/acetaminophen", Some(120_000), "mg a day"),
            (&["Norco 10/325 q6h"], "hydrocodone/acetaminophen", Some(40_000), "mg a day"),
            (&["oxycodone er 20 mg bid", "oxycodone ir 5 mg q6h"], "oxycodone", Some(60_000), "mg a day"),
            (&["oxycodone er 20 mg bid", "oxycodone 5 mg prn"], "oxycodone", None, "mg a day"),
        ] {
            let list = list(lines);
            let draft = TaperDraft::of_list(&list);
            assert_eq!((draft.drug.as_str(), draft.start, unit_words(&draft.drug)), (drug, start, unit), "{lines:?}");
            let typed = TaperDraft { drug: lines[0].to_owned(), ..TaperDraft::default() };
            assert_eq!(typed.listed_dose(&list).is_some(), !lines[0].contains("as needed"), "{lines:?}");
        }
        let both = list(&["oxycodone er 20 mg bid", "oxycodone ir 5 mg q6h"]);
        for (typed, dose) in [("oxycodone", 60_000), ("oxycodone er", 40_000), ("oxycodone ir", 20_000)] {
            let typed = TaperDraft { drug: typed.to_owned(), ..TaperDraft::default() };
            assert_eq!(typed.listed_dose(&both), Some(dose), "{}", typed.drug);
        }
        let patch =
            TaperDraft { drug: "Fentanyl patch".to_owned(), start: Some(50_000), unit: Some(12_500), ..draft() };
        let plan = made(&patch).unwrap();
        assert_eq!(dates(&plan), ["2026-12-01 37.5", "2026-12-29 25", "2027-01-26 12.5", "2027-02-23 0"]);
        assert_eq!(plan.line(), "fentanyl patch · step 1 of 4: 37.5 mcg/h from 1 Dec");
        assert!(plan.lines()[0].ends_with("50 to 0 mcg/h."), "{:?}", plan.lines());
        let why = plan.steps().unwrap().why.first().rule.clone();
        assert!(why.contains("to the nearest 12.5 mcg/h") && !why.contains(" mg"), "{why}");
    }
}
