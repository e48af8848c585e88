//! Change of pain on the 0 to 10 numeric rating scale.
//!
//! Farrar JT et al., Pain, 2001; Dworkin RH et al. (IMMPACT), J Pain, 2008.

use super::{CalcError, shipped};
use crate::clinical::exact::Exact;
use crate::clinical::instrument::{Answers, Change, change, score};

/// Compares pain now with pain before, both 0 to 10.
///
/// The change is positive when pain fell. With a baseline of 0 there is no percentage.
///
/// # Errors
/// `OutOfRange` names `baseline` or `current` outside 0 to 10.
pub fn nrs_change(baseline: i64, current: i64) -> Result<Change, CalcError> {
    let scale = shipped("nrs_average")?;
    let total = |field: &str, value: i64| -> Result<Exact, CalcError> {
        let answers = Answers::from([("avg".to_owned(), value)]);
        score(scale, &answers, None).map(|scored| scored.total).map_err(|fault| fault.renamed(field))
    };
    let (baseline, current) = (total("baseline", baseline)?, total("current", current)?);
    change(scale, baseline, current)?.ok_or_else(|| CalcError::wrong_kind("baseline", "a scale with a direction"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_of_pain_is_positive() {
        for (baseline, current, absolute, percent) in [
            (8, 4, 4, Some("50.0")),
            (4, 8, -4, Some("-100.0")),
            (0, 3, -3, None),
            (0, 0, 0, None),
            (10, 0, 10, Some("100.0")),
        ] {
            let change = nrs_change(baseline, current).unwrap();
            assert_eq!(change.absolute, Exact::whole(absolute), "{baseline} {current}");
            assert_eq!(change.percent.map(|x| x.show(1)).as_deref(), percent, "{baseline} {current}");
        }
    }

    #[test]
    fn scores_outside_the_scale_are_named() {
        assert_eq!(nrs_change(11, 3).unwrap_err().to_string(), "baseline is 11: it lies between 0 and 10");
        assert_eq!(nrs_change(7, -1).unwrap_err().to_string(), "current is -1: it lies between 0 and 10");
    }
}
