//! The list and the plan say the same: a piece of the plan that changes a medicine changes the list, and a change of the
//! list changes the piece of the plan.

use super::id::{Ids, MedicationId};
use super::medicine::spelling;
use super::patient::{Known, Medication};
use super::plan::{ItemState, Modality, Plan, PlanItem, PlanItemDraft};
use super::sig::{self, Sig};
use super::text::clean_line;
use super::time::Now;

/// What a piece of a plan does to the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MedicineChange {
    /// A medicine that is not on the list: its line.
    Start(String),
    /// A medicine of the list in another dose.
    Change {
        /// Which.
        medicine: MedicationId,
        /// Its line before.
        before: String,
        /// Its line now.
        line: String,
    },
    /// A medicine of the list is stopped.
    Stop {
        /// Which.
        medicine: MedicationId,
        /// Its line.
        line: String,
        /// Why, as far as it is said.
        reason: String,
    },
}

const CHANGES: [&str; 10] =
    ["change", "raise", "increase", "reduce", "lower", "decrease", "titrate", "taper", "continue", "switch"];
const STARTS: [&str; 4] = ["start", "begin", "add", "new"];
const STOPS: [&str; 4] = ["stop", "end", "discontinue", "off"];

/// Whether two names mean the same medicine.
fn is_same(a: &Sig, b: &Sig) -> bool {
    let (one, two) = (a.meant(), b.meant());
    let meant = one.iter().any(|name| two.iter().any(|other| other.name == name.name));
    meant || (!a.name.is_empty() && spelling(&a.name) == spelling(&b.name))
}

/// What the words of a plan do to a list: `change gabapentin to 600`, `gabapentin 600 1-1-1`, `stop naproxen because of the
/// stomach`, `start duloxetine 30 mg daily`. None where they change nothing, or name no medicine.
pub fn of_plan(words: &str, list: &[Medication]) -> Option<MedicineChange> {
    let words = clean_line(words);
    let (first, rest) = words.split_once(' ').unwrap_or((words.as_str(), ""));
    let verb = first.to_lowercase();
    let said = |verbs: &[&str]| verbs.contains(&verb.as_str());
    let rest = if said(&CHANGES) || said(&STARTS) || said(&STOPS) { rest } else { words.as_str() };
    let (rest, reason) = rest.split_once(" because ").unwrap_or((rest, ""));
    // `to` says nothing of its own between a name and a dose.
    let bare = rest.replace(" to ", " ");
    let typed = sig::read(&bare);
    let of_list = list.iter().find(|one| is_same(&one.sig(), &typed));
    if said(&STOPS) {
        let one = of_list?;
        let reason = reason.trim_start_matches("of ").trim().to_owned();
        return Some(MedicineChange::Stop { medicine: one.id, line: one.line.clone(), reason });
    }
    let Some(one) = of_list else {
        let is_known = !typed.meant().is_empty() && !typed.strength.is_empty();
        return (is_known || said(&STARTS)).then(|| MedicineChange::Start(bare.trim().to_owned()));
    };
    if typed.strength.is_empty() {
        return None;
    }
    let line = retyped(&one.line, &bare, &typed);
    let same = sig::read(&line).reading() == one.sig().reading();
    (!same).then(|| MedicineChange::Change { medicine: one.id, before: one.line.clone(), line })
}

/// The line of a medicine in another dose: where only a strength is said, how often stays as it was.
fn retyped(line: &str, words: &str, typed: &Sig) -> String {
    if typed.often.is_some() || typed.dose.is_some() {
        return words.trim().to_owned();
    }
    sig::with_strength(line, &typed.strength_words()).unwrap_or_else(|| words.trim().to_owned())
}

/// A piece in which another dose of a medicine of the list is typed, and nothing of where it stands, changes that medicine.
pub fn changes_dose(items: &mut [PlanItemDraft], list: &[Medication]) {
    let open = items.iter_mut().filter(|item| item.modality == Some(Modality::Medication) && item.state.is_none());
    for item in open {
        if matches!(of_plan(&item.what, list), Some(MedicineChange::Change { .. })) {
            item.state = Some(ItemState::Changed);
        }
    }
}

/// What the medicines of a plan do to a list that its last version did not do already: doses that change, medicines that
/// are stopped or begun. What is only proposed does nothing.
pub fn of_items(last: Option<&Plan>, items: &[PlanItem], taken: &[Medication]) -> Vec<MedicineChange> {
    let said = |item: &PlanItem| {
        last.is_some_and(|last| last.items.iter().any(|old| old.what == item.what && old.state == item.state))
    };
    let new = items.iter().filter(|item| item.modality == Modality::Medication && !said(item));
    let change = |item: &PlanItem| {
        let words = match item.state {
            ItemState::Active | ItemState::Changed => item.what.clone(),
            ItemState::Stopped if item.what.to_lowercase().starts_with("stop ") => item.what.clone(),
            ItemState::Stopped => format!("stop {}", item.what),
            ItemState::Proposed | ItemState::Completed | ItemState::Declined => return None,
        };
        of_plan(&words, taken)
    };
    new.filter_map(change).collect()
}

/// A list as these changes would leave it.
pub fn list_after(known: &Known<Medication>, changes: &[MedicineChange]) -> Known<Medication> {
    if changes.is_empty() {
        return known.clone();
    }
    let mut items = known.items().to_vec();
    for (n, change) in (1_u128..).zip(changes) {
        match change {
            // An identity only to be told apart while it is tried out.
            MedicineChange::Start(line) => {
                items.push(Medication::new(uuid::Uuid::from_u128(n).into(), line.clone(), None));
            }
            MedicineChange::Change { medicine, line, .. } => {
                if let Some(item) = items.iter_mut().find(|item| item.id == *medicine) {
                    item.line.clone_from(line);
                }
            }
            MedicineChange::Stop { medicine, .. } => items.retain(|item| item.id != *medicine),
        }
    }
    let reviewed = match known {
        Known::Listed(_, on) => *on,
        Known::NoneOn(on) => Some(*on),
        Known::Unknown => None,
    };
    Known::Listed(items, reviewed)
}

/// The next version of a plan in which the piece of a medicine follows the list: its new line, or that it was stopped. None
/// where the plan speaks of no such medicine, or says the same already.
pub fn plan_follows(plan: &Plan, before: &str, after: Option<&str>, (ids, now): (&mut Ids, Now)) -> Option<Plan> {
    let old = sig::read(before);
    let ended = |state| matches!(state, ItemState::Stopped | ItemState::Completed | ItemState::Declined);
    let of_medicine = |what: &str| {
        let verb = what.split(' ').next().unwrap_or_default().to_lowercase();
        let bare =
            if CHANGES.contains(&verb.as_str()) { what.split_once(' ').map_or("", |(_, rest)| rest) } else { what };
        is_same(&sig::read(&bare.replace(" to ", " ")), &old)
    };
    let at = plan
        .items
        .iter()
        .position(|item| item.modality == Modality::Medication && !ended(item.state) && of_medicine(&item.what))?;
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
    for item in &mut next.items {
        item.id = ids.next(now.instant);
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::time::Instant;

    fn list(ids: &mut Ids) -> Vec<Medication> {
        let mut one = |line: &str| Medication::new(ids.next(Instant::from_millis(0)), line, None);
        vec![one("gabapentin 300 mg 1-1-1"), one("naproxen 500 mg as needed"), one("Neurolinium 5 mg at night")]
    }

    #[test]
    fn the_words_of_a_plan_change_the_list() {
        let mut ids = Ids::seeded(7);
        let list = list(&mut ids);
        let change = |at: usize, line: &str| MedicineChange::Change {
            medicine: list[at].id,
            before: list[at].line.clone(),
            line: line.to_owned(),
        };
        for (words, expected) in [
            ("change gabapentin to 600", Some(change(0, "gabapentin 600 mg 1-1-1"))),
            ("Raise Neurontin to 600 mg", Some(change(0, "gabapentin 600 mg 1-1-1"))),
            ("gabapentin 600 bid", Some(change(0, "gabapentin 600 bid"))),
            ("gabapentin 300 mg 1-1-1", None),
            ("gabapentin", None),
            ("change neurolinium to 10 mg", Some(change(2, "Neurolinium 10 mg at night"))),
            (
                "stop naproxen because of the stomach",
                Some(MedicineChange::Stop {
                    medicine: list[1].id,
                    line: list[1].line.clone(),
                    reason: "the stomach".to_owned(),
                }),
            ),
            ("stop duloxetine", None),
            ("start duloxetine 30 mg daily", Some(MedicineChange::Start("duloxetine 30 mg daily".to_owned()))),
            ("duloxetine 30 mg daily", Some(MedicineChange::Start("duloxetine 30 mg daily".to_owned()))),
            ("walk every day", None),
            ("", None),
        ] {
            assert_eq!(of_plan(words, &list), expected, "{words}");
        }
    }

    #[test]
    fn what_a_plan_would_do_is_seen_on_the_list_before_it_is_set() {
        let mut ids = Ids::seeded(7);
        let list = list(&mut ids);
        let item = |what: &str, state| PlanItem {
            state,
            ..PlanItem::new(uuid::Uuid::from_u128(1).into(), Modality::Medication, what)
        };
        let lines = |items: &[PlanItem], last: Option<&Plan>| {
            let known = Known::Listed(list.clone(), None);
            let after = list_after(&known, &of_items(last, items, &list));
            after.items().iter().map(|one| one.line.clone()).collect::<Vec<_>>()
        };
        let untouched: Vec<&str> = list.iter().map(|one| one.line.as_str()).collect();
        let change = [item("gabapentin 600 mg 1-1-1", ItemState::Changed)];
        for (items, expected) in [
            (&[item("gabapentin 300 mg 1-1-1", ItemState::Active)][..], untouched.clone()),
            (&change, vec!["gabapentin 600 mg 1-1-1", untouched[1], untouched[2]]),
            (&[item("naproxen 500 mg", ItemState::Stopped)], vec![untouched[0], untouched[2]]),
            (
                &[item("morphine er 30 mg bid", ItemState::Active)],
                vec![untouched[0], untouched[1], untouched[2], "morphine er 30 mg bid"],
            ),
            (&[item("morphine er 30 mg bid", ItemState::Proposed)], untouched.clone()),
        ] {
            assert_eq!(lines(items, None), expected, "{items:?}");
        }
        let at = Instant::from_millis(0);
        let said = Plan { items: change.to_vec(), ..Plan::new(ids.next(at), ids.next(at), 1, at) };
        assert_eq!(lines(&change, Some(&said)), untouched, "what the last version said the same does nothing");
        let unknown = list_after(&Known::Unknown, &[MedicineChange::Start("morphine er 30 mg bid".to_owned())]);
        assert!(matches!(unknown, Known::Listed(items, None) if items.len() == 1), "it joins, and nobody reviewed it");
    }

    #[test]
    fn a_dose_typed_of_a_medicine_of_the_list_changes_it_and_anything_else_is_only_proposed() {
        let list = list(&mut Ids::seeded(7));
        for (what, state, expected) in [
            ("gabapentin 600 mg 1-1-1", None, Some(ItemState::Changed)),
            ("gabapentin 600 mg 1-1-1", Some(ItemState::Proposed), Some(ItemState::Proposed)),
            ("gabapentin 300 mg 1-1-1", None, None),
            ("duloxetine 30 mg daily", None, None),
        ] {
            let modality = Some(Modality::Medication);
            let item = PlanItemDraft { what: what.to_owned(), modality, state, ..PlanItemDraft::default() };
            let mut items = [item];
            changes_dose(&mut items, &list);
            assert_eq!(items[0].state, expected, "{what} {state:?}");
        }
    }
}
