//! What the list does to the plan: what changed outside it is a piece of its next version, and the piece of a medicine
//! follows its line.

use chrono::NaiveDate;

use super::{DoseChange, Meant, Said, is_other_dose, is_same, meant, named};
use crate::clinical::id::{Ids, MedicationId};
use crate::clinical::models::StoppedMedicine;
use crate::clinical::patient::Medication;
use crate::clinical::plan::{ItemState, Modality, Plan, PlanItem, PlanItemDraft};
use crate::clinical::sig::{self, Sig};
use crate::clinical::text::fold;
use crate::clinical::time::Now;

/// What happened to a list since a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListSince {
    /// The day.
    pub from: NaiveDate,
    /// Doses that changed.
    pub changed: Vec<DoseChange>,
    /// What was stopped.
    pub stopped: Vec<StoppedMedicine>,
}

/// A piece that the list adds to the next version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfList {
    /// The line as it stood before; none where the medicine is new.
    pub was: Option<String>,
    /// The piece.
    pub item: PlanItemDraft,
}

/// What the list says since a plan was set and the plan does not speak of: pieces of its next version, so that the plan
/// shows what changed outside it.
pub fn of_list(plan: &Plan, list: &[Medication], since: &ListSince) -> Vec<OfList> {
    let ended = |state| matches!(state, ItemState::Stopped | ItemState::Completed | ItemState::Declined);
    let lines: Vec<Sig> = list.iter().map(Medication::sig).collect();
    let speaks = |line: &str, over: bool| {
        let sig = sig::read(line);
        // A piece that does not say which form it is speaks of every line, unless one of them is the one it has.
        let is_it = |piece: &Sig| {
            let has_form = |line: &Sig| is_same(line, piece) && line.form() == piece.form();
            is_same(piece, &sig)
                && !piece.is_other_form(&sig)
                && (piece.form() == sig.form() || !lines.iter().any(has_form))
        };
        let mut medicines = plan.items.iter().filter(|item| item.modality == Modality::Medication);
        medicines.any(|item| ended(item.state) == over && is_it(&named(&item.what)))
    };
    let piece = |id: MedicationId, what: &str, state| PlanItemDraft {
        piece: Some(uuid::Uuid::from(id).into()),
        modality: Some(Modality::Medication),
        what: what.to_owned(),
        state: Some(state),
        ..PlanItemDraft::default()
    };
    let mut out = Vec::new();
    for one in list.iter().filter(|one| !speaks(&one.line, false)) {
        let first = since.changed.iter().find(|change| change.medicine == one.id && change.on >= since.from);
        let was = first.map(|change| change.was.clone()).filter(|was| is_other_dose(was, &one.line));
        let is_new = one.started.is_some_and(|on| on >= since.from);
        let state = match (&was, is_new) {
            (_, true) => ItemState::Active,
            (Some(_), false) => ItemState::Changed,
            (None, false) => continue,
        };
        out.push(OfList { was: was.filter(|_| !is_new), item: piece(one.id, &one.line, state) });
    }
    let stopped = since.stopped.iter().filter(|one| one.stopped >= since.from);
    for one in stopped.filter(|one| !speaks(&one.line, true) && !list.iter().any(|other| other.id == one.id)) {
        let item = PlanItemDraft { why: one.reason.clone(), ..piece(one.id, &one.line, ItemState::Stopped) };
        out.push(OfList { was: Some(one.line.clone()), item });
    }
    out
}

/// Which piece of a plan that runs speaks of a line of the list.
fn piece_of(plan: &Plan, line: &str) -> Meant {
    let ended = |state| matches!(state, ItemState::Stopped | ItemState::Completed | ItemState::Declined);
    let runs = |item: &PlanItem| item.modality == Modality::Medication && !ended(item.state);
    let pieces: Vec<usize> = (0..plan.items.len()).filter(|at| runs(&plan.items[*at])).collect();
    let in_its_words = pieces.iter().position(|at| fold(&plan.items[*at].what) == fold(line));
    let sigs: Vec<Sig> = pieces.iter().map(|at| named(&plan.items[*at].what)).collect();
    match in_its_words.map_or_else(|| meant(&sigs, &sig::read(line), Said::AsItStands), Meant::At) {
        Meant::At(at) => Meant::At(pieces[at]),
        other => other,
    }
}

/// What is to be said where the list changes a medicine of which a plan has several pieces: none of them follows by itself.
pub fn plan_stays(plan: &Plan, line: &str) -> Option<String> {
    (piece_of(plan, line) == Meant::Several).then(|| {
        let name = sig::read(line).name;
        format!("the plan has several pieces of {name}: none was changed, look there")
    })
}

/// The next version of a plan in which the piece of a medicine follows the list: its new line, or that it was stopped. None
/// where the plan speaks of no such medicine, or says the same already.
pub fn plan_follows(plan: &Plan, before: &str, after: Option<&str>, (ids, now): (&mut Ids, Now)) -> Option<Plan> {
    let Meant::At(at) = piece_of(plan, before) else { return None };
    let mut next = plan.clone();
    let item = &mut next.items[at];
    match after {
        Some(line) if item.what == line => return None,
        Some(line) => {
            line.clone_into(&mut item.what);
            item.state = ItemState::Changed;
        }
        None => item.state = ItemState::Stopped,
    }
    next.id = ids.next(now.instant);
    next.version += 1;
    next.set_at = now.instant;
    next.visit = None;
    next.unchanged = false;
    // Each version has rows of its own: the one before keeps its items, its targets and what was offered.
    for item in &mut next.items {
        item.id = ids.next(now.instant);
    }
    for target in &mut next.targets {
        target.id = ids.next(now.instant);
    }
    for option in &mut next.options {
        option.id = ids.next(now.instant);
    }
    Some(next)
}
