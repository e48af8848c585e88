//! A taper: steps with dates from the dose now to the dose asked for, in whole micrograms.
//!
//! It never rises and ends where it was asked to. Rounding goes to what can be given, and where that makes a cut larger than
//! asked the step says so. At a stop point the taper lands on that very dose, to be looked at before going on. A pause keeps
//! a step longer and re-dates the rest. This plans dates and amounts; how fast is the physician's decision.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::CalcError;
use super::error::{above_zero, known};
use crate::clinical::dose::Micrograms;
use crate::clinical::exact::Exact;
use crate::clinical::facts::opioids::{Factor, InputUnit, opioids};
use crate::clinical::vocab::Vocab;
use crate::clinical::why::{Fact, Why};

/// How far each step falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// By a share of the dose at that time.
    PercentOfCurrent(Exact),
    /// By a share of the first dose.
    PercentOfStart(Exact),
    /// By the same amount.
    Fixed(Micrograms),
}

crate::vocab! {
    /// What the doses are counted in.
    pub enum Measure {
        /// Milligrams a day.
        MgPerDay "mg_per_day" "mg",
        /// Micrograms an hour, of a patch; kept with the same three decimals.
        McgPerHour "mcg_per_hour" "mcg/h",
    }
}

/// A step kept longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Which step, from 1.
    pub step: usize,
    /// How many days longer.
    pub days: u32,
}

/// What the taper is to be. All doses are a day's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaperInput {
    /// What the doses are counted in.
    pub measure: Measure,
    /// The dose now.
    pub start: Micrograms,
    /// The dose asked for; 0 is off.
    pub target: Micrograms,
    /// How far each step falls.
    pub cut: Cut,
    /// The smallest difference that can be given, as half a tablet.
    pub unit: Micrograms,
    /// Days each step is kept.
    pub step_days: u32,
    /// The day of the first lower dose.
    pub first_day: NaiveDate,
    /// Doses at which to stop and look.
    pub stop_points: BTreeSet<Micrograms>,
    /// Steps kept longer.
    pub pauses: Vec<Pause>,
    /// An id of the opioid table, to show what each step comes to.
    pub opioid: Option<String>,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// From this day.
    pub date: NaiveDate,
    /// This much a day.
    pub dose: Micrograms,
    /// How far it fell, in percent of the dose before.
    pub fell_percent: Exact,
    /// A point to stop and look before going on.
    pub is_stop_point: bool,
    /// Rounding made the cut larger than asked.
    pub is_larger_than_asked: bool,
    /// What it comes to in the opioid table.
    pub mme: Option<Exact>,
}

/// The steps, each lower than the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taper {
    /// The dose before the first step.
    pub start: Micrograms,
    /// The steps; the last is the dose asked for.
    pub steps: Vec<Step>,
    /// Why.
    pub why: Why,
}

/// More steps than this are no plan.
const MOST_STEPS: usize = 520;

impl Taper {
    /// The same with a step kept so many days longer: what comes after it is dated later, what came before stays.
    ///
    /// # Errors
    /// `OutOfRange` names a step that is none, or days that no calendar has.
    pub fn paused(mut self, pause: Pause) -> Result<Self, CalcError> {
        let last = self.steps.len();
        if pause.step == 0 || pause.step > last {
            return Err(CalcError::out_of_range("pauses.step", pause.step, format!("the steps are 1 to {last}")));
        }
        if pause.days == 0 || pause.days > 3_650 {
            return Err(CalcError::out_of_range("pauses.days", pause.days, "it is 1 to 3650"));
        }
        for step in self.steps.iter_mut().skip(pause.step) {
            step.date = later(step.date, pause.days)?;
        }
        Ok(self)
    }
}

/// Plans the steps.
///
/// # Errors
/// Names the input: a target not below the start, a unit or cut out of range, a stop point outside the taper, a pause of a
/// step that is none, an unknown opioid; a cut so small that the plan would have more than 520 steps.
pub fn taper(input: &TaperInput) -> Result<Taper, CalcError> {
    check(input)?;
    let factor = input.opioid.as_deref().map(factor).transpose()?;
    let (mut steps, mut dose, mut date) = (Vec::new(), input.start, input.first_day);
    while dose > input.target {
        if steps.len() == MOST_STEPS {
            let allowed = format!("with this cut and unit the plan would have more than {MOST_STEPS} steps");
            return Err(CalcError::out_of_range("cut", describe(input), allowed));
        }
        let asked = asked(input, dose)?;
        let next = next(input, dose, asked);
        let fell = dose.mg().minus(next.mg())?;
        steps.push(Step {
            date,
            dose: next,
            fell_percent: fell.times(Exact::HUNDRED)?.over(dose.mg())?.unwrap_or(Exact::ZERO),
            is_stop_point: input.stop_points.contains(&next),
            is_larger_than_asked: fell > asked,
            mme: factor.map(|factor| next.mg().times(factor.factor)).transpose()?,
        });
        date = later(date, input.step_days)?;
        dose = next;
    }
    let mut taper = Taper { start: input.start, steps, why: why(input, factor) };
    for pause in &input.pauses {
        taper = taper.paused(*pause)?;
    }
    Ok(taper)
}

fn check(input: &TaperInput) -> Result<(), CalcError> {
    let unit = input.measure.label();
    if input.target >= input.start {
        let allowed = format!("it lies below the start of {} {unit}", input.start);
        return Err(CalcError::out_of_range("target_mg", input.target, allowed));
    }
    if input.unit.get() == 0 || input.unit > input.start {
        let allowed = format!("it is above 0 and at most the start of {} {unit}", input.start);
        return Err(CalcError::out_of_range("unit_mg", input.unit, allowed));
    }
    if input.step_days == 0 || input.step_days > 365 {
        return Err(CalcError::out_of_range("step_days", input.step_days, "it is 1 to 365"));
    }
    match input.cut {
        Cut::PercentOfCurrent(percent) => above_zero("cut_percent", percent, 100).map(drop)?,
        Cut::PercentOfStart(percent) => above_zero("cut_percent_of_start", percent, 100).map(drop)?,
        Cut::Fixed(amount) if amount.get() == 0 => {
            return Err(CalcError::out_of_range("cut_mg", amount, "it is above 0"));
        }
        Cut::Fixed(_) => {}
    }
    let outside = |stop: &&Micrograms| **stop <= input.target || **stop >= input.start;
    if let Some(stop) = input.stop_points.iter().find(outside) {
        return Err(CalcError::out_of_range("stop_points_mg", stop, "it lies between the target and the start"));
    }
    Ok(())
}

/// How far the cut asked for falls from this dose, in milligrams, exact.
fn asked(input: &TaperInput, dose: Micrograms) -> Result<Exact, CalcError> {
    let share = |of: Micrograms, percent: Exact| -> Result<Exact, CalcError> {
        Ok(of.mg().times(percent)?.over(Exact::HUNDRED)?.unwrap_or(Exact::ZERO))
    };
    match input.cut {
        Cut::PercentOfCurrent(percent) => share(dose, percent),
        Cut::PercentOfStart(percent) => share(input.start, percent),
        Cut::Fixed(amount) => Ok(amount.mg()),
    }
}

/// The next dose: as asked, to the nearest unit (half way goes to the gentler cut), always lower than before, never past a
/// stop point or the target.
fn next(input: &TaperInput, dose: Micrograms, asked: Exact) -> Micrograms {
    let unit = input.unit.get();
    let wanted = dose.mg().minus(asked).unwrap_or(Exact::ZERO).most(Exact::ZERO);
    let half_up = wanted.over(input.unit.mg()).ok().flatten().and_then(|units| units.plus(Exact::decimal(5, 1)).ok());
    let nearest =
        half_up.and_then(|units| u64::try_from(units.floor()).ok()).map_or(0, |units| units.saturating_mul(unit));
    let one_lower = (dose.get().saturating_sub(1) / unit) * unit;
    let next = Micrograms::new(nearest.min(one_lower)).max(input.target);
    let stop = input.stop_points.range(..dose).next_back();
    stop.map_or(next, |stop| next.max(*stop))
}

fn later(date: NaiveDate, days: u32) -> Result<NaiveDate, CalcError> {
    let calendar = || CalcError::out_of_range("first_day", date, "the calendar ends before the taper does");
    date.checked_add_days(Days::new(days.into())).ok_or_else(calendar)
}

fn factor(id: &str) -> Result<&'static Factor, CalcError> {
    let by_mouth = |factor: &&Factor| factor.input_unit == InputUnit::MgPerDay;
    opioids().factor(id).filter(by_mouth).ok_or_else(|| {
        let names = opioids().factor.iter().filter(by_mouth).map(|factor| factor.id.as_str());
        CalcError::unknown("opioid", id, format!("it has no factor in mg a day; {}", known(names)))
    })
}

fn describe(input: &TaperInput) -> String {
    match input.cut {
        Cut::PercentOfCurrent(percent) => format!("{percent} percent of the dose before"),
        Cut::PercentOfStart(percent) => format!("{percent} percent of the first dose"),
        Cut::Fixed(amount) => format!("{amount} {}", input.measure.label()),
    }
}

fn why(input: &TaperInput, factor: Option<&Factor>) -> Why {
    let unit = input.measure.label();
    let mut why = Why::new(Fact::own(format!(
        "Each step falls by {}, rounded to the nearest {} {unit} and by no less, never below {} {unit} and never past a stop point; every {} days",
        describe(input),
        input.unit,
        input.target,
        input.step_days
    )));
    if let Some(factor) = factor {
        why.add(Fact::new(format!("{}: × {}", factor.drug, factor.factor), &factor.source, factor.verified));
        let warning = &opioids().not_for_conversion;
        why.add(Fact::new(&warning.text, &warning.source, warning.verified));
    }
    why
}

#[cfg(test)]
mod tests;
