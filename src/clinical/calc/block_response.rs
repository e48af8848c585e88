//! How much relief a diagnostic block gave, and whether that counts as positive.
//!
//! Cohen SP et al., Reg Anesth Pain Med, 2020 (consensus, 50 percent); CMS coverage, 2021 (80 percent in two blocks).

use super::CalcError;
use super::error::within;
use crate::clinical::exact::Exact;
use crate::clinical::facts::procedures::{SuccessThreshold, procedures};
use crate::clinical::why::{Fact, Why};

/// The scores around a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The procedure.
    pub procedure: String,
    /// Pain before, 0 to 10, on the provoking movement.
    pub pre: Exact,
    /// Best pain inside the anaesthetic window, 0 to 10.
    pub best_in_window: Exact,
}

/// What a block showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Relief in percent, exact; below 0 it got worse. None where there was no pain before.
    pub percent: Option<Exact>,
    /// Reached the procedure's own threshold; none where there is none, or no percentage.
    pub positive: Option<bool>,
    /// Reached what the payer asks of each block; none where no payer's figure is known, or no percentage.
    pub payer_positive: Option<bool>,
    /// Blocks of this result the payer asks for.
    pub payer_blocks: Option<u32>,
    /// Started under 4: the percentage is unreliable.
    pub unreliable_low_start: bool,
    /// Why.
    pub why: Why,
}

/// Reads one block.
///
/// # Errors
/// Names an unknown procedure or a score outside 0 to 10.
pub fn block_response(read: &Read) -> Result<Response, CalcError> {
    let table = procedures();
    if table.get(&read.procedure).is_none() {
        return Err(CalcError::unknown("procedure", &read.procedure, "it is an id of the procedure catalogue"));
    }
    let pre = within("pre", read.pre, 0, 10)?;
    let best = within("best_in_window", read.best_in_window, 0, 10)?;
    let percent = pre.minus(best)?.times(Exact::HUNDRED)?.over(pre)?;
    let rule = &table.block_response;
    let text = format!("{}; {}; {}", rule.formula, rule.pre_zero, rule.min_pre_score_note);
    let mut why = Why::new(Fact::new(text, &rule.source, rule.verified));
    let (mut own, mut payer): (Option<&SuccessThreshold>, Option<&SuccessThreshold>) = (None, None);
    for threshold in table.thresholds(&read.procedure) {
        let slot = if threshold.blocks_required.is_some() { &mut payer } else { &mut own };
        slot.get_or_insert(threshold);
        let edge = threshold.percent_from;
        why.add(Fact::new(format!("{}: {edge} percent", threshold.label), &threshold.source, threshold.verified));
    }
    let reached = |threshold: Option<&SuccessThreshold>| Some(percent? >= threshold?.percent_from);
    Ok(Response {
        percent,
        positive: reached(own),
        payer_positive: reached(payer),
        payer_blocks: payer.and_then(|payer| payer.blocks_required),
        unreliable_low_start: pre < Exact::from(rule.min_pre_score),
        why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(procedure: &str, pre: i32, best: i32) -> Response {
        let (pre, best_in_window) = (Exact::from(pre), Exact::from(best));
        block_response(&Read { procedure: procedure.to_owned(), pre, best_in_window }).unwrap()
    }

    #[test]
    fn each_procedure_has_its_own_threshold() {
        for (procedure, pre, best, percent, positive, payer) in [
            ("mbb_lumbar", 10, 5, "50.0", Some(true), Some(false)),
            ("mbb_lumbar", 9, 5, "44.4", Some(false), Some(false)),
            ("mbb_cervical", 10, 2, "80.0", Some(true), Some(true)),
            ("mbb_thoracic", 9, 2, "77.8", Some(true), Some(false)),
            ("si_joint_injection", 8, 2, "75.0", Some(true), None),
            ("si_lateral_branch_block", 7, 2, "71.4", Some(false), None),
            ("scs_trial", 8, 4, "50.0", Some(true), None),
            ("block_gon", 8, 0, "100.0", None, None),
            ("mbb_lumbar", 5, 8, "-60.0", Some(false), Some(false)),
        ] {
            let answer = read(procedure, pre, best);
            assert_eq!(answer.percent.unwrap().show(1), percent, "{procedure}");
            assert_eq!((answer.positive, answer.payer_positive), (positive, payer), "{procedure} {percent}");
        }
    }

    #[test]
    fn a_start_under_four_is_unreliable_and_one_of_nought_cannot_be_read() {
        for (pre, unreliable) in [(3, true), (4, false), (0, true)] {
            assert_eq!(read("mbb_lumbar", pre, 0).unreliable_low_start, unreliable, "{pre}");
        }
        let none = read("mbb_lumbar", 0, 0);
        assert_eq!((none.percent, none.positive, none.payer_positive), (None, None, None));
    }

    #[test]
    fn unknown_procedures_and_scores_are_named() {
        let said = |procedure: &str, pre: i32, best: i32| {
            let (pre, best_in_window) = (Exact::from(pre), Exact::from(best));
            block_response(&Read { procedure: procedure.to_owned(), pre, best_in_window }).unwrap_err()
        };
        assert_eq!(said("mbb", 7, 2).field(), "procedure");
        assert_eq!(said("mbb_lumbar", 11, 2).field(), "pre");
        assert_eq!(said("mbb_lumbar", 7, -1).field(), "best_in_window");
    }
}
