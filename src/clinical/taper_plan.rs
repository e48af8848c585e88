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
    /// A taper in steps of four weeks, by shares of the first dose, from the day on which it is planned. All doses are a day's;
    /// what else is agreed is set beside it.
    pub fn new(
        (id, patient): (TaperId, PatientId),
        drug: &str,
        (start, cut_tenths, unit): (Micrograms, u64, Micrograms),
        (first_day, kept_at): (NaiveDate, Instant),
    ) -> Self {
        Self {
            id,
            patient,
            visit: None,
            drug: drug.to_owned(),
            start,
            target: Micrograms::new(0),
            cut_kind: CutKind::OfStart,
            cut: cut_tenths,
            unit,
            step_days: 28,
            first_day,
            stop_points: BTreeSet::new(),
            pauses: Vec::new(),
            called: 0,
            called_at: None,
            ask_again: None,
            ended: None,
            kept_at,
        }
    }

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
        let dose = |dose: Option<u64>, field, words| dose.map(Micrograms::new).ok_or_else(|| needs(field, words));
        let start = dose(self.start, "start", "how much a day now?")?;
        let target = dose(self.target, "target", "down to how much? 0 is off")?;
        let unit = dose(self.unit, "unit", "the smallest difference that can be given")?;
        let step_days = self.step_days.ok_or_else(|| needs("step_days", "how many days is a step kept?"))?;
        let first_day = self.first_day.unwrap_or(today);
        let new = TaperPlan::new((id, patient), &drug, (start, cut, unit), (first_day, at));
        let plan = TaperPlan {
            id,
            patient,
            visit,
            drug,
            start,
            target,
            cut_kind,
            cut,
            unit,
            step_days,
            first_day,
            stop_points: read_stops(&self.stops, self.decimal.unwrap_or(Decimal::Point))
                .map_err(|why| ("stop", why))?,
            // What was done about it since stays.
            ..old.cloned().unwrap_or(new)
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
mod tests;
