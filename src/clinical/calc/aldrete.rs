//! Readiness for discharge assessment by the modified Aldrete score.
//!
//! Aldrete JA, J Clin Anesth, 1995: 9 or more is ready.

use super::{CalcError, shipped};
use crate::clinical::instrument::{Answers, Scored, score};

/// A recovery score and whether it is enough.
#[derive(Debug, Clone)]
pub struct Recovery {
    /// The score.
    pub scored: Scored<'static>,
    /// Whether it is in the band that is ready.
    pub ready: bool,
}

/// Scores one look at a recovering patient. All five items are needed.
///
/// # Errors
/// Names the item.
pub fn aldrete(answers: &Answers) -> Result<Recovery, CalcError> {
    let scored = score(shipped("aldrete_modified")?, answers, None)?;
    Ok(Recovery { ready: scored.severity == Some(0), scored })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_is_ready_and_eight_is_not() {
        let items = ["activity", "respiration", "circulation", "consciousness", "saturation"];
        for (points, ready) in [
            ([2, 2, 2, 2, 2], true),
            ([2, 2, 2, 2, 1], true),
            ([2, 2, 2, 1, 1], false),
            ([2, 2, 2, 2, 0], false),
            ([0; 5], false),
        ] {
            let answers: Answers = items.iter().zip(points).map(|(id, value)| ((*id).to_owned(), value)).collect();
            assert_eq!(aldrete(&answers).unwrap().ready, ready, "{points:?}");
        }
        assert_eq!(
            aldrete(&Answers::from([("activity".to_owned(), 3)])).unwrap_err().field(),
            "respiration, circulation, consciousness, saturation"
        );
    }
}
