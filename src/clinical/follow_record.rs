//! How drafts follow the record: what they began from may change while they wait, by a plan set meanwhile or a list brought
//! in. What was typed stays; what was not stands as the record has it now. Lists by their rows here, and those of an
//! assessment (problems, treatments tried, goals) by what their rows are known by.

use serde::{Deserialize, Serialize};

use super::history::{TreatmentDraft, TreatmentTried};
use super::patient::Goal;
use super::plan::GoalDraft;
use super::problem::{Problem, ProblemDraft};
use super::text::fold;

/// Lets fields of a draft that were not touched since it `began` stand as they are `now`.
macro_rules! follow {
    ($draft:expr, $began:expr, $now:expr => $($field:ident)+) => {$(
        if $draft.$field == $began.$field {
            $draft.$field = $now.$field;
        }
    )+};
}
pub(super) use follow;

/// The rows of a list that was edited from `began` on, where the record meanwhile came to hold `now`.
pub(super) fn followed<T: Clone + PartialEq>(rows: &[T], began: &[T], now: &[T]) -> Vec<T> {
    let was_taken_out = |row: &T| began.contains(row) && !now.contains(row);
    let was_added = |row: &&T| !began.contains(row) && !rows.contains(row);
    let kept = rows.iter().filter(|row| !was_taken_out(row));
    kept.chain(now.iter().filter(was_added)).cloned().collect()
}

/// The lists of a patient as the record had them when a draft began, or last followed them: what differs was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListsBegan {
    /// Problems.
    pub problems: Vec<ProblemDraft>,
    /// Treatments tried.
    pub treatments: Vec<TreatmentDraft>,
    /// Goals.
    pub goals: Vec<Goal>,
}

impl ListsBegan {
    /// The lists as they stand.
    pub fn of(problems: &[Problem], tried: &[TreatmentTried], goals: &[Goal]) -> Self {
        Self {
            problems: problems.iter().map(ProblemDraft::of).collect(),
            treatments: tried.iter().map(TreatmentDraft::of).collect(),
            goals: goals.to_vec(),
        }
    }
}

/// Problems by their identity. One that a row names already in the same words is not added beside it.
pub(super) fn problems(rows: &mut Vec<ProblemDraft>, began: &[ProblemDraft], now: &[ProblemDraft]) {
    let of = |list: &[ProblemDraft], row: &ProblemDraft| list.iter().find(|one| one.id == row.id).cloned();
    rows.retain_mut(|row| {
        if row.id.is_none() {
            return true;
        }
        // It is one again where its end was taken back.
        row.ended &= of(now, row).is_none();
        let typed = ProblemDraft { now: None, ..row.clone() };
        if of(began, row).is_none_or(|was| was != typed) {
            return true;
        }
        if let Some(is) = of(now, row) {
            *row = ProblemDraft { now: row.now, ..is };
            return true;
        }
        // How much it hurts was said of it here: that stays, the problem does not come back.
        row.ended = row.now.is_some();
        row.ended
    });
    for one in now {
        let says = |row: &ProblemDraft| {
            row.id == one.id
                || row.id.is_none() && fold(&row.condition.text) == fold(&one.condition.text) && row.side == one.side
        };
        if of(began, one).is_none() && !rows.iter().any(says) {
            rows.push(one.clone());
        }
    }
}

/// Treatments by their words.
pub(super) fn treatments(rows: &mut Vec<TreatmentDraft>, began: &[TreatmentDraft], now: &[TreatmentDraft]) {
    let is_same = |one: &TreatmentDraft, other: &TreatmentDraft| fold(&one.what) == fold(&other.what);
    let mut new: Vec<&TreatmentDraft> = now.iter().filter(|one| !began.contains(one)).collect();
    rows.retain_mut(|row| {
        if now.contains(row) || !began.contains(row) {
            return true;
        }
        let Some(at) = new.iter().position(|one| is_same(one, row)) else { return false };
        *row = new.remove(at).clone();
        true
    });
    let was = |one: &TreatmentDraft| began.iter().any(|was| is_same(was, one));
    let added: Vec<_> = new.into_iter().filter(|one| !was(one) && !rows.iter().any(|row| is_same(row, one))).collect();
    rows.extend(added.into_iter().cloned());
}

/// Goals by their words; `was` gives the goal behind words the draft began with.
pub(super) fn goals(rows: &mut Vec<GoalDraft>, began: &[String], now: &[String], was: impl Fn(&str) -> Option<Goal>) {
    let is = |row: &GoalDraft, text: &String| row.text.trim() == text;
    rows.retain_mut(|row| {
        let stands = now.iter().any(|now| is(row, now));
        if stands {
            row.ended = None;
        }
        if stands || !began.iter().any(|was| is(row, was)) {
            return true;
        }
        // How far it is reached was said of it here: that stays, the goal does not come back.
        row.ended = was(row.text.trim()).filter(|_| row.reached.is_some());
        row.reached.is_some()
    });
    for text in now {
        if !began.contains(text) && !rows.iter().any(|row| is(row, text)) {
            rows.push(GoalDraft { text: text.clone(), ..GoalDraft::default() });
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::clinical::answer::Answer;
    use crate::clinical::assessment::AssessmentDraft;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    const AT: Instant = Instant::from_millis(0);

    fn problem(ids: &mut Ids, condition: &str) -> Problem {
        Problem::new(ids.next(AT), condition)
    }

    fn tried(ids: &mut Ids, what: &str, best_dose: &str) -> TreatmentTried {
        let what = what.to_owned();
        TreatmentTried { what, best_dose: best_dose.to_owned(), ..TreatmentTried::new(ids.next(AT)) }
    }

    #[test]
    fn the_lists_of_a_draft_follow_the_record_and_keep_what_was_typed() {
        let mut ids = Ids::seeded(3);
        let problems = ["Sciatica", "Knee pain", "Headache", "Neck pain"].map(|one| problem(&mut ids, one)).to_vec();
        let treatments = [tried(&mut ids, "gabapentin", "900 mg"), tried(&mut ids, "TENS", "")].to_vec();
        let goal = |ids: &mut Ids, text: &str| Goal { id: ids.next(AT), text: text.to_owned(), since: NaiveDate::MIN };
        let goals = ["walk", "garden", "sing"].map(|text| goal(&mut ids, text)).to_vec();
        let mut draft = AssessmentDraft::default().with_lists(&problems, &treatments, &goals);
        // Typed here: a place, a pain, one taken out, one more; an effect; a goal scored, one taken out.
        draft.problems[0].place = "leg".to_owned();
        draft.problems[1].now = Some(Answer::Given(4));
        draft.problems.remove(2);
        draft.problems.push(ProblemDraft { condition: super::super::coded::Coded::free("gout"), ..<_>::default() });
        draft.treatments[0].effect_percent = Some(30);
        draft.goals[0].reached = Some(Answer::Given(3));
        draft.goals.remove(1);
        // Meanwhile: a problem ended, one changed, two brought in, one of them in words that stand here already.
        let mut now = problems.clone();
        now.remove(3);
        now[1].place = "left knee".to_owned();
        now.extend(["Fibromyalgia", "Gout"].map(|one| problem(&mut ids, one)));
        let mut treated = treatments.clone();
        treated[1].best_dose = "daily".to_owned();
        treated.push(tried(&mut ids, "acupuncture", ""));
        let aims = [goals[0].clone(), goals[1].clone(), goal(&mut ids, "dance")];
        draft.follow(&now, &treated, &aims);
        let once = draft.clone();
        draft.follow(&now, &treated, &aims);
        assert_eq!(draft, once, "following twice changes nothing");
        let told: Vec<_> = draft.problems.iter().map(|one| (one.condition.text.as_str(), one.place.as_str())).collect();
        assert_eq!(told, [("Sciatica", "leg"), ("Knee pain", "left knee"), ("gout", ""), ("Fibromyalgia", "")]);
        assert_eq!(draft.problems[1].now, Some(Answer::Given(4)));
        let told: Vec<_> = draft.treatments.iter().map(|one| (one.what.as_str(), one.best_dose.as_str())).collect();
        assert_eq!(told, [("gabapentin", "900 mg"), ("TENS", "daily"), ("acupuncture", "")]);
        assert_eq!(draft.treatments[0].effect_percent, Some(30));
        let told: Vec<_> = draft.goals.iter().map(|one| (one.text.as_str(), one.reached)).collect();
        assert_eq!(told, [("walk", Some(Answer::Given(3))), ("dance", None)]);
    }

    #[test]
    fn what_ended_elsewhere_while_it_was_scored_keeps_its_score_and_does_not_come_back() {
        let mut ids = Ids::seeded(5);
        let problems = ["Sciatica", "Knee pain"].map(|one| problem(&mut ids, one)).to_vec();
        let goal = Goal { id: ids.next(AT), text: "walk".to_owned(), since: NaiveDate::MIN };
        let goals = [goal.clone()];
        let mut draft = AssessmentDraft::default().with_lists(&problems, &[], &goals);
        draft.problems[0].now = Some(Answer::Given(4));
        draft.goals[0].reached = Some(Answer::Given(10));
        draft.follow(&problems[1..], &[], &[]);
        assert_eq!((draft.problems[0].ended, draft.problems[0].now), (true, Some(Answer::Given(4))));
        assert_eq!((draft.goals[0].ended.as_ref(), draft.goals[0].reached), (Some(&goal), Some(Answer::Given(10))));
        assert!(draft.problems[0].label().contains("ended"), "{}", draft.problems[0].label());
        // Its end is taken back: it is one again.
        draft.follow(&problems, &[], &goals);
        assert_eq!((draft.problems[0].ended, draft.goals[0].ended.as_ref()), (false, None));
    }

    #[test]
    fn a_draft_in_which_nothing_was_typed_has_the_lists_of_the_record_again() {
        let mut ids = Ids::seeded(4);
        let problems = ["Sciatica", "Knee pain"].map(|one| problem(&mut ids, one)).to_vec();
        let treatments = [tried(&mut ids, "TENS", "")].to_vec();
        let mut draft = AssessmentDraft::default().with_lists(&problems, &treatments, &[]);
        let more = problem(&mut ids, "Headache");
        draft.follow(&[problems[1].clone(), more.clone()], &[], &[]);
        assert_eq!(draft, AssessmentDraft::default().with_lists(&[problems[1].clone(), more], &[], &[]));
    }
}
