//! Roland-Morris disability questionnaire at two times.
//!
//! Roland M, Morris R, Spine, 1983; change that matters: Ostelo RW et al., Spine, 2008.

use std::collections::BTreeSet;

use super::{CalcError, shipped};
use crate::clinical::exact::Exact;
use crate::clinical::instrument::{Answers, Change, change, score};

/// The statements a patient marked, by item or only counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// Item ids (`r01`…); an id that stands twice counts once.
    Items(BTreeSet<String>),
    /// How many, where only that is known.
    Count(i64),
}

/// The form before and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RmdqChange {
    /// Score before, 0 to 24.
    pub baseline: Exact,
    /// Score now.
    pub current: Exact,
    /// The change; positive when it fell.
    pub change: Change,
}

/// Compares two forms. A statement left unmarked counts as 0, which is the authors' rule.
///
/// # Errors
/// Names an unknown item or a count outside 0 to 24.
pub fn rmdq_change(baseline: &Marked, current: &Marked) -> Result<RmdqChange, CalcError> {
    let form = shipped("rmdq")?;
    let total = |field: &str, marked: &Marked| -> Result<Exact, CalcError> {
        match marked {
            Marked::Count(count) => {
                let most = i64::try_from(form.items.len()).unwrap_or(i64::MAX);
                super::error::within(field, Exact::whole(*count), 0, most)
            }
            Marked::Items(items) => {
                let answers: Answers = items.iter().map(|id| (id.clone(), 1)).collect();
                score(form, &answers, None).map(|scored| scored.total).map_err(|fault| fault.under(field))
            }
        }
    };
    let (baseline, current) = (total("baseline_marked", baseline)?, total("current_marked", current)?);
    let change = change(form, baseline, current)?
        .ok_or_else(|| CalcError::wrong_kind("baseline_marked", "a scale with a direction"))?;
    Ok(RmdqChange { baseline, current, change })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(count: usize) -> Marked {
        Marked::Items((1..=count).map(|i| format!("r{i:02}")).collect())
    }

    #[test]
    fn items_and_counts_give_the_same() {
        for (before, now) in [(14, 9), (24, 0), (0, 0), (3, 12)] {
            let by_items = rmdq_change(&items(before), &items(now)).unwrap();
            let count = |x: usize| Marked::Count(i64::try_from(x).unwrap());
            assert_eq!(by_items, rmdq_change(&count(before), &count(now)).unwrap());
        }
    }

    #[test]
    fn five_points_and_thirty_percent_are_the_edges() {
        for (before, now, points, share) in [
            (15, 10, true, Some(true)),
            (15, 11, false, Some(false)),
            (20, 15, true, Some(false)),
            (10, 7, false, Some(true)),
            (0, 0, false, None),
        ] {
            let change = rmdq_change(&Marked::Count(before), &Marked::Count(now)).unwrap().change;
            assert_eq!((change.important_absolute, change.important_percent), (Some(points), share), "{before} {now}");
        }
    }

    #[test]
    fn what_the_form_has_not_is_named() {
        let wrong = Marked::Items(["r25".to_owned()].into());
        assert!(rmdq_change(&wrong, &items(1)).unwrap_err().field().contains("baseline_marked.r25"));
        assert_eq!(rmdq_change(&items(1), &Marked::Count(25)).unwrap_err().field(), "current_marked");
    }
}
