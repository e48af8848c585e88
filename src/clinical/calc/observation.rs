//! Scales for those who cannot report: PAINAD, CPOT, FLACC. Kept apart from self-report; none is turned into another.
//!
//! Warden V et al., JAMDA, 2003; Gelinas C et al., 2006 and 2009; Merkel SI et al., Pediatr Nurs, 1997.

use super::{CalcError, shipped};
use crate::clinical::instrument::{Answers, Scored, score};

/// The scales, in the order in which they are answered.
pub const SCALES: [&str; 3] = ["painad", "cpot", "flacc"];

/// Scores each scale that was observed.
///
/// # Errors
/// `Missing` where none was; otherwise names the item, as `cpot.face`.
pub fn observation_scales(observed: &[(&str, Answers)]) -> Result<Vec<Scored<'static>>, CalcError> {
    if observed.is_empty() {
        return Err(CalcError::missing(SCALES.join(" or ")));
    }
    observed.iter().map(|(id, answers)| score(shipped(id)?, answers, None).map_err(|fault| fault.under(id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(pairs: &[(&str, i64)]) -> Answers {
        pairs.iter().map(|(id, value)| ((*id).to_owned(), *value)).collect()
    }

    #[test]
    fn each_scale_stands_by_itself() {
        let cpot = answers(&[("face", 1), ("body", 1), ("tone", 1), ("vent_or_voice", 0)]);
        let scored = observation_scales(&[("cpot", cpot)]).unwrap();
        assert_eq!((scored.len(), scored[0].band), (1, Some("significant pain")));
    }

    #[test]
    fn nothing_observed_is_no_answer_and_half_a_scale_is_named() {
        assert_eq!(observation_scales(&[]).unwrap_err(), CalcError::missing("painad or cpot or flacc"));
        let fault = observation_scales(&[("flacc", answers(&[("f", 1), ("l", 1), ("a", 1), ("c", 1)]))]).unwrap_err();
        assert_eq!(fault, CalcError::missing("flacc.c2"));
    }
}
