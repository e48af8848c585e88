//! Change between two scores: points and percent, by the direction of the instrument, against published thresholds.
//!
//! Thresholds: Dworkin RH et al. (IMMPACT), J Pain, 2008: 30 percent important, 50 percent substantial; smallest change that
//! matters: each instrument's own entry.

use crate::clinical::calc::CalcError;
use crate::clinical::exact::Exact;
use crate::clinical::facts::instruments::{AcceptableState, Direction, Excluded, Instrument, Mcic, instruments};
use crate::clinical::why::{Fact, Why};

/// A change between two scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Improvement in points; below 0 it is worse.
    pub absolute: Exact,
    /// Improvement in percent of the baseline; none where the baseline is 0.
    pub percent: Option<Exact>,
    /// Improved by 30 percent or more.
    pub responder_30: bool,
    /// Improved by 50 percent or more.
    pub substantial_50: bool,
    /// Worse by 30 percent or more.
    pub worse_30: bool,
    /// Whether the change in points matters; none where no figure is published.
    pub important_absolute: Option<bool>,
    /// Whether the change in percent matters; none where no figure is published or there is no percentage.
    pub important_percent: Option<bool>,
    /// Why.
    pub why: Why,
}

/// Compares two scores of an instrument.
///
/// Reckoned exactly; thresholds are met at the exact figure, ends included. With a baseline of 0 there is no percentage and
/// no threshold of one is met. A scale whose aim is 0 has no better direction and gives none.
pub fn change(instrument: &Instrument, baseline: Exact, current: Exact) -> Result<Option<Change>, CalcError> {
    let scale = Scale {
        id: &instrument.id,
        name: &instrument.name,
        direction: instrument.direction,
        source: &instrument.source,
        verified: instrument.verified,
        mcic: instrument.mcic.as_ref(),
        mcic_notes: instrument.mcic_notes.as_deref(),
        mcic_verified: instrument.mcic_verified,
    };
    reckon(&scale, baseline, current)
}

/// The same for totals typed from a licensed form.
pub(super) fn change_of_form(form: &Excluded, baseline: Exact, current: Exact) -> Result<Option<Change>, CalcError> {
    let scale = Scale {
        id: &form.id,
        name: &form.name,
        direction: form.direction.unwrap_or(Direction::HigherIsWorse),
        source: &form.source,
        verified: form.verified,
        mcic: form.mcic.as_ref(),
        mcic_notes: form.mcic_scope.as_deref(),
        mcic_verified: None,
    };
    reckon(&scale, baseline, current)
}

/// What a change is reckoned by.
struct Scale<'a> {
    id: &'a str,
    name: &'a str,
    direction: Direction,
    source: &'a str,
    verified: bool,
    mcic: Option<&'a Mcic>,
    mcic_notes: Option<&'a str>,
    mcic_verified: Option<bool>,
}

/// The figures of a change, without their reasons: for lines that are written anew with every key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Improvement in points; below 0 it is worse.
    pub absolute: Exact,
    /// Improvement in percent of the baseline; none where the baseline is 0.
    pub percent: Option<Exact>,
    /// Improved by 30 percent or more.
    pub responder_30: bool,
    /// Improved by 50 percent or more.
    pub substantial_50: bool,
    /// Worse by 30 percent or more.
    pub worse_30: bool,
}

/// The thresholds of relief and worsening that hold for an instrument, as the table calls them.
const SUBSTANTIAL: &str = "immpact_substantial";
const WORSENING: &str = "important_worsening";

fn moderate(id: &str) -> &'static str {
    if id == "peg" { "peg_30" } else { "immpact_moderate" }
}

/// The figures of [`change`].
///
/// # Errors
/// Scores that cannot be reckoned with.
pub fn figures(instrument: &Instrument, baseline: Exact, current: Exact) -> Result<Option<Figures>, CalcError> {
    figures_of(&instrument.id, instrument.direction, baseline, current)
}

fn figures_of(id: &str, direction: Direction, baseline: Exact, current: Exact) -> Result<Option<Figures>, CalcError> {
    let absolute = match direction {
        Direction::HigherIsWorse => baseline.minus(current)?,
        Direction::HigherIsBetter => current.minus(baseline)?,
        Direction::ZeroIsTarget => return Ok(None),
    };
    let percent = absolute.times(Exact::HUNDRED)?.over(baseline)?;
    let reached = |id: &str| {
        instruments().responder(id).zip(percent).is_some_and(|(threshold, percent)| {
            threshold.percent_from.is_none_or(|edge| percent >= edge)
                && threshold.percent_to.is_none_or(|edge| percent <= edge)
        })
    };
    Ok(Some(Figures {
        absolute,
        percent,
        responder_30: reached(moderate(id)),
        substantial_50: reached(SUBSTANTIAL),
        worse_30: is_worse(percent) && reached(WORSENING),
    }))
}

fn is_worse(percent: Option<Exact>) -> bool {
    percent.is_some_and(|percent| percent < Exact::ZERO)
}

fn reckon(scale: &Scale<'_>, baseline: Exact, current: Exact) -> Result<Option<Change>, CalcError> {
    let Some(figures) = figures_of(scale.id, scale.direction, baseline, current)? else { return Ok(None) };
    let Figures { absolute, percent, responder_30, substantial_50, worse_30 } = figures;
    let table = instruments();
    let mut why = Why::new(Fact::new(
        format!("{}: {}; {}", scale.name, table.change.formula_percent, table.change.undefined_when),
        scale.source,
        scale.verified,
    ));
    let thresholds = [Some(moderate(scale.id)), Some(SUBSTANTIAL), is_worse(percent).then_some(WORSENING)];
    for threshold in thresholds.into_iter().flatten().filter_map(|id| table.responder(id)) {
        let edge = threshold.percent_from.or(threshold.percent_to).unwrap_or(Exact::ZERO);
        why.add(Fact::new(format!("{}: {edge} percent", threshold.label), &threshold.source, threshold.verified));
    }
    let mcic = scale.mcic;
    if let Some(mcic) = mcic {
        let points = mcic.absolute.map(|x| format!("{x} points")).unwrap_or_default();
        let share = mcic.percent.map(|x| format!("{x} percent")).unwrap_or_default();
        let both = [points, share].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" or ");
        let notes = scale.mcic_notes.map(|note| format!(". {note}")).unwrap_or_default();
        why.add(Fact::new(
            format!("Smallest change that matters: {both}{notes}"),
            mcic.source.as_deref().unwrap_or(scale.source),
            scale.mcic_verified.unwrap_or(scale.verified),
        ));
    }
    Ok(Some(Change {
        absolute,
        percent,
        responder_30,
        substantial_50,
        worse_30,
        important_absolute: mcic.and_then(|mcic| mcic.absolute).map(|edge| absolute >= edge),
        important_percent: mcic.and_then(|mcic| mcic.percent).and_then(|edge| Some(percent? >= edge)),
        why,
    }))
}

/// The states patients call acceptable that a score has reached.
pub fn acceptable(instrument: &str, score: Exact) -> impl Iterator<Item = &'static AcceptableState> {
    let states = instruments().acceptable_state.iter();
    states.filter(move |state| state.instrument == instrument && score <= Exact::from(state.at_or_below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: &str, baseline: i32, current: i32) -> Change {
        change(instruments().get(id).unwrap(), Exact::from(baseline), Exact::from(current)).unwrap().unwrap()
    }

    #[test]
    fn thresholds_are_met_at_the_exact_figure() {
        for (baseline, current, percent, responder, substantial) in [
            (10, 7, "30.0", true, false),
            (7, 5, "28.6", false, false),
            (10, 5, "50.0", true, true),
            (3, 2, "33.3", true, false),
            (9, 5, "44.4", true, false),
            (4, 5, "-25.0", false, false),
            (5, 5, "0.0", false, false),
        ] {
            let change = of("nrs_average", baseline, current);
            assert_eq!(change.percent.unwrap().show(1), percent, "{baseline} {current}");
            assert_eq!((change.responder_30, change.substantial_50), (responder, substantial), "{baseline} {current}");
        }
    }

    #[test]
    fn a_baseline_of_nought_has_no_percentage() {
        let change = of("nrs_average", 0, 3);
        assert_eq!((change.absolute, change.percent), (Exact::whole(-3), None));
        assert!(!change.responder_30 && !change.worse_30);
        assert_eq!((change.important_absolute, change.important_percent), (Some(false), None));
    }

    #[test]
    fn the_direction_says_what_is_better() {
        let recovered = of("aldrete_modified", 6, 9);
        assert_eq!(recovered.absolute, Exact::whole(3));
        assert!(of("nrs_average", 6, 9).worse_30);
        assert!(!of("nrs_average", 10, 12).worse_30);
        let rass = instruments().get("rass").unwrap();
        assert_eq!(change(rass, Exact::from(-2), Exact::ZERO), Ok(None));
    }

    #[test]
    fn the_smallest_change_that_matters_is_each_instruments_own() {
        for (id, baseline, current, points, share) in [
            ("rmdq", 15, 10, Some(true), Some(true)),
            ("rmdq", 20, 15, Some(true), Some(false)),
            ("rmdq", 10, 6, Some(false), Some(true)),
            ("phq9", 15, 10, Some(true), None),
            ("gad7", 10, 7, Some(false), None),
            ("cows", 20, 5, None, None),
        ] {
            let change = of(id, baseline, current);
            assert_eq!(
                (change.important_absolute, change.important_percent),
                (points, share),
                "{id} {baseline} {current}"
            );
        }
    }

    #[test]
    fn acceptable_states_are_named() {
        let reached = |id: &'static str, score: i32| {
            acceptable(id, Exact::from(score)).map(|state| state.id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(reached("nrs_average", 4), ["pass_nrs"]);
        assert_eq!(reached("nrs_average", 0), ["pass_nrs", "recovered_nrs"]);
        assert_eq!(reached("rmdq", 3), [""; 0]);
    }
}
