//! The change of scores against the last and the first visit, as lines under them, and why.

use super::A;
use crate::clinical::figure::{self, Account};
use crate::clinical::response::{Measure, Response, responses};
use crate::form::Field;
use crate::form::build::note;

/// How many lines there are at most under the scores.
const MOST: usize = 4;

/// The lines under the scores of the visit.
pub fn of_scores() -> Vec<Field<A>> {
    let one = |ix| {
        note("response", "")
            .item(ix)
            .show_item(|v: &A, ix| ix < score_lines(v).len())
            .label_item(|v, ix| score_lines(v).into_iter().nth(ix).unwrap_or_default())
    };
    (0..MOST).map(one).collect()
}

/// The lines under the pain of each problem.
pub fn of_problems() -> Vec<Field<A>> {
    let one = |ix| {
        note("problem_response", "")
            .item(ix)
            .show_item(|v: &A, ix| ix < problem_lines(v).len())
            .label_item(|v, ix| problem_lines(v).into_iter().nth(ix).unwrap_or_default())
    };
    (0..crate::clinical::problem::MOST).map(one).collect()
}

fn found(draft: &A) -> Vec<Response> {
    responses(&draft.beside.response, &draft.scores, &draft.problem_values()).unwrap_or_default()
}

fn score_lines(draft: &A) -> Vec<String> {
    let found = found(draft);
    let whole = found.iter().filter(|response| !matches!(response.measure, Measure::Problem(_)));
    whole.flat_map(|response| response.sentences("→", "−")).take(MOST).collect()
}

/// The first comparison of each problem: with its pain before the procedure that treated it, else with the last visit.
fn problem_lines(draft: &A) -> Vec<String> {
    let found = found(draft);
    let own = found.iter().filter(|response| matches!(response.measure, Measure::Problem(_)));
    own.filter_map(|response| response.sentences("→", "−").into_iter().next()).collect()
}

/// Why the changes are what they are: of pain as a whole and of PEG, or of the problems.
pub fn why(draft: &A, of_problems: Of) -> Option<String> {
    let found = found(draft);
    let wanted =
        |response: &&Response| matches!(response.measure, Measure::Problem(_)) == (of_problems == Of::Problems);
    let accounts: Vec<Account> = found.iter().filter(wanted).filter_map(figure::response).collect();
    (!accounts.is_empty()).then(|| figure::pages(&accounts))
}

/// Of which scores one asks why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Pain as a whole, and PEG.
    Scores,
    /// The pain of each problem.
    Problems,
}
