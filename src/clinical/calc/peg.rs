//! The PEG scale at two times: means, change and response.
//!
//! Krebs EE et al., J Gen Intern Med, 2009; response from 30 percent: CDC, 2022.

use super::{CalcError, shipped};
use crate::clinical::exact::Exact;
use crate::clinical::instrument::{Answers, Change, change, score};

/// PEG before and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PegChange {
    /// Mean before, 0 to 10, exact.
    pub baseline: Exact,
    /// Mean now.
    pub current: Exact,
    /// The change; positive when it fell.
    pub change: Change,
}

/// Compares two PEG forms, each with the items `p`, `e` and `g`.
///
/// # Errors
/// `Missing`, `Unknown` or `OutOfRange` name the item, as `baseline.p`.
pub fn peg_change(baseline: &Answers, current: &Answers) -> Result<PegChange, CalcError> {
    let peg = shipped("peg")?;
    let before = score(peg, baseline, None).map_err(|fault| fault.under("baseline"))?;
    let now = score(peg, current, None).map_err(|fault| fault.under("current"))?;
    let mut change = change(peg, before.total, now.total)?
        .ok_or_else(|| CalcError::wrong_kind("baseline", "a scale with a direction"))?;
    change.why.add_all(&now.why);
    Ok(PegChange { baseline: before.total, current: now.total, change })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(p: i64, e: i64, g: i64) -> Answers {
        Answers::from([("p".to_owned(), p), ("e".to_owned(), e), ("g".to_owned(), g)])
    }

    #[test]
    fn thirty_percent_is_met_at_exactly_thirty() {
        for (before, now, percent, responder) in [
            (form(10, 10, 10), form(7, 7, 7), "30.0", true),
            (form(10, 10, 9), form(7, 7, 7), "27.6", false),
            (form(8, 7, 9), form(5, 5, 6), "33.3", true),
            (form(1, 1, 1), form(2, 2, 2), "-100.0", false),
        ] {
            let answer = peg_change(&before, &now).unwrap();
            assert_eq!(answer.change.percent.unwrap().show(1), percent);
            assert_eq!(answer.change.responder_30, responder, "{percent}");
        }
        let from_nought = peg_change(&form(0, 0, 0), &form(0, 0, 1)).unwrap();
        assert_eq!((from_nought.change.percent, from_nought.current.show(2)), (None, "0.33".to_owned()));
    }

    #[test]
    fn all_three_items_are_needed_at_both_times() {
        let mut two = form(5, 5, 5);
        two.remove("e");
        assert_eq!(peg_change(&form(8, 8, 8), &two).unwrap_err(), CalcError::missing("current.e"));
        two.remove("g");
        assert_eq!(peg_change(&two, &form(8, 8, 8)).unwrap_err(), CalcError::missing("baseline.e, baseline.g"));
    }
}
