//! Goals in the patient's words, scored at each visit: 0 not at all, 10 as wished.

use chrono::NaiveDate;

use crate::clinical::answer::Answer;
use crate::clinical::id::{GoalId, GoalScoreId};
use crate::clinical::patient::Goal;
use crate::clinical::time::show_date;

/// How far a goal was reached on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalScore {
    /// Identity.
    pub id: GoalScoreId,
    /// Which goal.
    pub goal: GoalId,
    /// On which day.
    pub date: NaiveDate,
    /// 0 not at all, 10 as wished.
    pub answer: Answer,
}

/// The scores of a goal, oldest first.
pub fn scores_of(goal: GoalId, scores: &[GoalScore]) -> Vec<&GoalScore> {
    let mut of: Vec<&GoalScore> = scores.iter().filter(|score| score.goal == goal).collect();
    of.sort_by_key(|score| score.date);
    of
}

/// How a goal goes: `3, 5, 7 of 10 (24 Nov 2026)`; `not scored yet` where it was never.
pub fn progress(goal: &Goal, scores: &[GoalScore]) -> String {
    let of = scores_of(goal.id, scores);
    let Some(last) = of.last() else { return "not scored yet".to_owned() };
    let first = of.len().saturating_sub(5);
    let shown: Vec<String> = of[first..].iter().map(|score| score.answer.show()).collect();
    format!("{} of 10 ({})", shown.join(", "), show_date(last.date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    #[test]
    fn a_goal_shows_its_last_scores_in_the_order_of_their_days() {
        let mut ids = Ids::seeded(9);
        let at = Instant::from_millis(0);
        let date = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let goal = Goal { id: ids.next(at), text: "peel an apple".to_owned(), since: date(1) };
        assert_eq!(progress(&goal, &[]), "not scored yet");
        let mut scores: Vec<GoalScore> = [(5, Answer::Given(4)), (1, Answer::Given(2)), (9, Answer::Declined)]
            .map(|(day, answer)| GoalScore { id: ids.next(at), goal: goal.id, date: date(day), answer })
            .into();
        assert_eq!(progress(&goal, &scores), format!("2, 4, {} of 10 (9 Nov 2026)", Answer::Declined.show()));
        for score in &mut scores {
            score.goal = ids.next(at);
        }
        assert_eq!(progress(&goal, &scores), "not scored yet");
    }
}
