//! How the draft of a plan follows the record: a dose changed on the list, a version set elsewhere, a goal scored while it
//! waits. What was typed stays; a part of a piece that nobody touched stands as the record has it now.

use serde::{Deserialize, Serialize};

use super::{GoalDraft, PlanDraft, PlanItemDraft, TargetDraft};
use crate::clinical::follow_record::{self, follow, followed};

/// The plan as the record would begin it when a draft began, or last followed it: what differs was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanBegan {
    /// The pieces.
    pub items: Vec<PlanItemDraft>,
    /// The goals.
    pub goals: Vec<GoalDraft>,
    /// What is aimed at.
    pub targets: Vec<TargetDraft>,
}

impl PlanDraft {
    /// The same as it begins: nothing is typed yet.
    #[must_use]
    pub fn beginning(mut self) -> Self {
        let (items, goals, targets) = (self.items.clone(), self.goals.clone(), self.targets.clone());
        self.began = PlanBegan { items, goals, targets };
        self
    }

    /// Follows the record, in which a plan would `now` begin so; `over` are pieces that are over. A piece added to it
    /// meanwhile is added here, and one of which nothing is ahead any more goes, unless something was typed of it.
    pub fn follow(&mut self, now: &Self, over: &[PlanItemDraft]) {
        let now = PlanBegan { items: now.items.clone(), goals: now.goals.clone(), targets: now.targets.clone() };
        if now == self.began {
            return;
        }
        let began = std::mem::replace(&mut self.began, now);
        let now = &self.began;
        pieces(&mut self.items, &began.items, (&now.items, over));
        let texts = |goals: &[GoalDraft]| goals.iter().map(|goal| goal.text.clone()).collect::<Vec<_>>();
        follow_record::goals(&mut self.goals, &texts(&began.goals), &texts(&now.goals), |_| None);
        self.targets = followed(&self.targets, &began.targets, &now.targets);
    }
}

fn pieces(rows: &mut Vec<PlanItemDraft>, began: &[PlanItemDraft], (now, over): (&[PlanItemDraft], &[PlanItemDraft])) {
    let of = |list: &[PlanItemDraft], row: &PlanItemDraft| list.iter().find(|one| one.piece == row.piece).cloned();
    rows.retain_mut(|row| {
        let Some(was) = of(began, row).filter(|was| was.piece.is_some()) else { return true };
        let is_touched = *row != was;
        let is = of(now, row);
        let goes = is.is_none() && !is_touched;
        if let Some(is) = is.or_else(|| of(over, row)) {
            follow_piece(row, &was, is);
        }
        !goes
    });
    for one in now.iter().filter(|one| one.piece.is_some()) {
        if of(began, one).is_none() && of(rows, one).is_none() {
            rows.push(one.clone());
        }
    }
}

/// What was not touched of a piece stands as the record has it.
fn follow_piece(row: &mut PlanItemDraft, was: &PlanItemDraft, is: PlanItemDraft) {
    follow!(row, was, is => modality what state next_step due wakes books no_clinic booked expected_relief problem
        effect_percent outcome why);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::plan::{ItemState, Modality};

    fn piece(n: u128, what: &str, state: ItemState) -> PlanItemDraft {
        PlanItemDraft {
            piece: Some(uuid::Uuid::from_u128(n).into()),
            modality: Some(Modality::Medication),
            what: what.to_owned(),
            state: Some(state),
            ..PlanItemDraft::default()
        }
    }

    fn of_items(items: &[PlanItemDraft]) -> PlanDraft {
        PlanDraft { items: items.to_vec(), ..PlanDraft::default() }.beginning()
    }

    fn told(draft: &PlanDraft) -> Vec<(&str, Option<ItemState>, &str)> {
        draft.items.iter().map(|item| (item.what.as_str(), item.state, item.next_step.as_str())).collect()
    }

    #[test]
    fn a_piece_that_was_not_touched_follows_the_record_and_a_touched_one_in_what_was_not_typed() {
        use ItemState::{Active, Changed, Proposed, Stopped};
        let before = [
            piece(1, "oxycodone er 20 mg bid", Active),
            piece(2, "gabapentin 300 mg tid", Active),
            piece(3, "naproxen 500 mg bid", Active),
            piece(4, "duloxetine 30 mg daily", Active),
            piece(5, "tramadol 50 mg qid", Active),
        ];
        let mut draft = of_items(&before);
        draft.items[1].next_step = "ask about sleep".to_owned();
        draft.items[2].what = "naproxen 250 mg bid".to_owned();
        draft.items[4].next_step = "call".to_owned();
        draft.items.push(PlanItemDraft { what: "walk".to_owned(), ..PlanItemDraft::default() });
        // Meanwhile doses are changed on the list, two medicines are stopped, one is begun.
        let now = of_items(&[
            piece(1, "oxycodone er 30 mg bid", Changed),
            piece(2, "gabapentin 600 mg tid", Changed),
            piece(3, "naproxen 375 mg bid", Changed),
            piece(6, "morphine 10 mg prn", Proposed),
        ]);
        let over = [piece(4, "duloxetine 30 mg daily", Stopped), piece(5, "tramadol 50 mg qid", Stopped)];
        draft.follow(&now, &over);
        let once = draft.clone();
        draft.follow(&now, &over);
        assert_eq!(draft, once, "following twice changes nothing");
        assert_eq!(
            told(&draft),
            [
                ("oxycodone er 30 mg bid", Some(Changed), ""),
                ("gabapentin 600 mg tid", Some(Changed), "ask about sleep"),
                ("naproxen 250 mg bid", Some(Changed), ""),
                ("tramadol 50 mg qid", Some(Stopped), "call"),
                ("walk", None, ""),
                ("morphine 10 mg prn", Some(Proposed), ""),
            ]
        );
    }

    #[test]
    fn goals_and_aims_of_a_plan_follow_too() {
        let goal = |text: &str| GoalDraft { text: text.to_owned(), ..GoalDraft::default() };
        let aim = |aim: &str| TargetDraft { aim: aim.to_owned(), ..TargetDraft::default() };
        let with = |goals: &[&str], aims: &[&str]| {
            let (goals, targets) = (goals.iter().map(|text| goal(text)), aims.iter().map(|text| aim(text)));
            PlanDraft { goals: goals.collect(), targets: targets.collect(), ..PlanDraft::default() }.beginning()
        };
        let mut draft = with(&["walk", "sing"], &["-30%", "4"]);
        draft.goals.remove(1);
        draft.goals.push(goal("dance"));
        draft.targets.remove(0);
        draft.follow(&with(&["walk", "sing", "garden"], &["-30%", "4", "2"]), &[]);
        let words: Vec<&str> = draft.goals.iter().map(|goal| goal.text.as_str()).collect();
        assert_eq!(words, ["walk", "dance", "garden"]);
        assert_eq!(draft.targets.iter().map(|aim| aim.aim.as_str()).collect::<Vec<_>>(), ["4", "2"]);
    }
}
