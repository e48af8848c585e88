//! The rolling total of injected steroid in methylprednisolone equivalents, done and planned.
//!
//! Standard equivalence tables; 200 mg a year and 400 mg in three years: Kerezoudis P et al., Pain Med, 2018 (an association
//! in women after the menopause, used as a caution).

use chrono::{Days, NaiveDate};

use super::CalcError;
use super::error::{above_zero, known};
use crate::clinical::exact::Exact;
use crate::clinical::facts::steroids::{Steroid, steroids};
use crate::clinical::time::show_date;
use crate::clinical::why::{Fact, Why};

/// A steroid that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// On which day.
    pub date: NaiveDate,
    /// Which.
    pub steroid: String,
    /// How much.
    pub dose_mg: Exact,
}

/// A steroid that is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Which.
    pub steroid: String,
    /// How much.
    pub dose_mg: Exact,
}

/// A total with the cautions it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Over twelve months.
    pub total_mg: Exact,
    /// 200 mg or more.
    pub caution: bool,
    /// Over three years.
    pub total_3y_mg: Exact,
    /// 400 mg or more over three years.
    pub caution_3y: bool,
}

/// The totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SteroidTotal {
    /// What was done.
    pub done: Sum,
    /// With what is planned; none where nothing is.
    pub projected: Option<Sum>,
    /// Doses within the twelve months.
    pub counted: usize,
    /// What is not in the total, in words.
    pub notes: Vec<String>,
    /// Why.
    pub why: Why,
}

/// Days of the three years: the twelve-month window three times.
const YEARS: u32 = 3;

/// Adds up what lies in the window before the reference date: after the day one window earlier, up to that date itself.
///
/// # Errors
/// Names the row: an unknown steroid, a dose out of range.
pub fn steroid_total(reference: NaiveDate, done: &[Given], planned: &[Planned]) -> Result<SteroidTotal, CalcError> {
    let table = steroids();
    let limit = table.limit("cumulative_12m").ok_or_else(|| CalcError::missing("cumulative_12m"))?;
    let window = limit.window_days.unwrap_or(365);
    let mut notes = Vec::new();
    let (mut year, mut three, mut counted) = (Exact::ZERO, Exact::ZERO, 0);
    for (index, given) in done.iter().enumerate() {
        let field = format!("done[{index}]");
        let (steroid, mg) = equivalent(&field, &given.steroid, given.dose_mg)?;
        if steroid.adds_to_total == Some(false) {
            notes.push(format!("{} on {} is not added: {}", steroid.name, show_date(given.date), steroid.notes));
            continue;
        }
        if given.date > reference {
            notes.push(format!("{} is after {} and not counted", show_date(given.date), show_date(reference)));
        }
        if is_within(given.date, reference, window) {
            year = year.plus(mg)?;
            counted += 1;
        }
        if is_within(given.date, reference, window * YEARS) {
            three = three.plus(mg)?;
        }
    }
    let sum = |total_mg: Exact, total_3y_mg: Exact| Sum {
        total_mg,
        caution: limit.caution_from_mg.is_some_and(|edge| total_mg >= edge),
        total_3y_mg,
        caution_3y: limit.caution_3y_from_mg.is_some_and(|edge| total_3y_mg >= edge),
    };
    let mut extra = Exact::ZERO;
    for (index, plan) in planned.iter().enumerate() {
        let (steroid, mg) = equivalent(&format!("planned[{index}]"), &plan.steroid, plan.dose_mg)?;
        if steroid.adds_to_total == Some(false) {
            notes.push(format!("{} is not added: {}", steroid.name, steroid.notes));
        } else {
            extra = extra.plus(mg)?;
        }
    }
    let projected = if planned.is_empty() { None } else { Some(sum(year.plus(extra)?, three.plus(extra)?)) };
    let used = done.iter().map(|given| given.steroid.as_str()).chain(planned.iter().map(|plan| plan.steroid.as_str()));
    Ok(SteroidTotal { done: sum(year, three), projected, counted, notes, why: why(used) })
}

fn is_within(date: NaiveDate, reference: NaiveDate, window_days: u32) -> bool {
    // A window that begins before the calendar does has no beginning.
    let after_start = reference.checked_sub_days(Days::new(window_days.into())).is_none_or(|start| date > start);
    after_start && date <= reference
}

/// A dose in methylprednisolone equivalents, by the exact ratio of the equivalence table.
pub fn equivalent(field: &str, id: &str, dose_mg: Exact) -> Result<(&'static Steroid, Exact), CalcError> {
    let table = steroids();
    let steroid = table.get(id).ok_or_else(|| {
        let names = known(table.steroid.iter().map(|steroid| steroid.id.as_str()));
        CalcError::unknown(format!("{field}.steroid"), id, names)
    })?;
    above_zero(&format!("{field}.dose_mg"), dose_mg, 10_000)?;
    let per_5 = |name: &str| table.equivalence.prednisone_5mg_equals_mg.get(name).copied();
    let (reference, own) = (per_5(&table.equivalence.reference), per_5(&steroid.equivalence));
    let ratio = match (reference, own) {
        (Some(reference), Some(own)) => reference.over(own)?,
        _ => None,
    };
    let ratio = ratio.ok_or_else(|| CalcError::unknown(format!("{field}.steroid"), id, "it has no equivalence"))?;
    Ok((steroid, dose_mg.times(ratio)?))
}

fn why<'a>(used: impl Iterator<Item = &'a str>) -> Why {
    let table = steroids();
    let rule = format!("{} {}", table.equivalence.formula, table.equivalence.caveat);
    let mut why = Why::new(Fact::new(rule, &table.equivalence.source, table.equivalence.verified));
    why.add(Fact::new(&table.window.rule, &table.window.source, table.window.verified));
    if let Some(limit) = table.limit("cumulative_12m") {
        let note = limit.note.as_deref().unwrap_or_default();
        why.add(Fact::new(format!("{}. {note}", limit.label), &limit.source, limit.verified));
    }
    for steroid in used.filter_map(|id| table.get(id)) {
        let factor = steroid.to_methylprednisolone.show(2);
        why.add(Fact::new(
            format!("{}: × {factor}. {}", steroid.name, steroid.notes),
            &steroid.source,
            steroid.verified,
        ));
    }
    why
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Exact {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn given(date: &str, steroid: &str, mg: &str) -> Given {
        Given { date: day(date), steroid: steroid.to_owned(), dose_mg: n(mg) }
    }

    fn total(done: &[Given]) -> SteroidTotal {
        steroid_total(day("2026-11-21"), done, &[]).unwrap()
    }

    #[test]
    fn the_worked_examples_of_the_table_come_out() {
        for example in &steroids().worked_example {
            let done: Vec<Given> = example
                .inputs
                .iter()
                .map(|dose| Given { date: day("2026-11-01"), steroid: dose.steroid.clone(), dose_mg: dose.dose_mg })
                .collect();
            let expected = example.expected_methylprednisolone_mg;
            assert_eq!(total(&done).done.total_mg.show(1), expected.show(1), "{}", example.id);
        }
    }

    #[test]
    fn the_window_opens_the_day_after_and_closes_with_the_day_itself() {
        for (date, counted, in_three_years) in [
            ("2025-11-20", 0, true),
            ("2025-11-21", 0, true),
            ("2025-11-22", 1, true),
            ("2026-11-21", 1, true),
            ("2026-11-22", 0, false),
            ("2023-11-23", 0, true),
            ("2023-11-22", 0, false),
            ("0001-01-01", 0, false),
        ] {
            let answer = total(&[given(date, "methylprednisolone_acetate", "80")]);
            assert_eq!(answer.counted, counted, "{date}");
            assert_eq!(answer.done.total_3y_mg > Exact::ZERO, in_three_years, "{date}");
        }
    }

    #[test]
    fn cautions_begin_exactly_at_their_figure() {
        let dose = |mg: &str| given("2026-06-01", "triamcinolone_acetonide", mg);
        for (mg, caution) in [("199.999", false), ("200", true), ("200.001", true)] {
            assert_eq!(total(&[dose(mg)]).done.caution, caution, "{mg}");
        }
        let old = |mg: &str| given("2024-06-01", "triamcinolone_acetonide", mg);
        for (mg, caution) in [("399.999", false), ("400", true)] {
            let answer = total(&[old(mg)]).done;
            assert_eq!((answer.caution, answer.caution_3y), (false, caution), "{mg}");
        }
    }

    #[test]
    fn thirds_add_up_exactly() {
        let dose = given("2026-06-01", "dexamethasone_phosphate", "12.5");
        let answer = total(&[dose.clone(), dose.clone(), dose]);
        assert_eq!(answer.done.total_mg, n("200"), "3 x 12.5 x 16/3 is exactly 200");
        assert!(answer.done.caution);
    }

    #[test]
    fn planned_doses_stand_apart_and_tablets_are_not_added() {
        let done =
            [given("2026-06-01", "methylprednisolone_acetate", "160"), given("2026-07-01", "prednisone_oral", "50")];
        let plan = [Planned { steroid: "betamethasone_mix".to_owned(), dose_mg: n("6") }];
        let answer = steroid_total(day("2026-11-21"), &done, &plan).unwrap();
        assert_eq!((answer.done.total_mg, answer.done.caution, answer.counted), (n("160"), false, 1));
        let projected = answer.projected.unwrap();
        assert_eq!((projected.total_mg, projected.caution), (n("200"), true));
        assert_eq!(answer.notes.len(), 1);
        assert_eq!(total(&done).projected, None);
    }

    #[test]
    fn unknown_steroids_and_doses_are_named() {
        let said = |given: Given| steroid_total(day("2026-11-21"), &[given], &[]).unwrap_err();
        assert_eq!(said(given("2026-01-01", "cortisone", "5")).field(), "done[0].steroid");
        assert_eq!(said(given("2026-01-01", "hydrocortisone", "0")).field(), "done[0].dose_mg");
        let plan = [Planned { steroid: "depo".to_owned(), dose_mg: n("40") }];
        assert_eq!(steroid_total(day("2026-11-21"), &[], &plan).unwrap_err().field(), "planned[0].steroid");
    }
}
