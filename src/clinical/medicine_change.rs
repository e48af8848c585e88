//! The list and the plan say the same: a piece of the plan that changes a medicine changes the list, and a change of the
//! list changes the piece of the plan.

use chrono::NaiveDate;

use super::id::{Ids, MedicationChangeId, MedicationId};
use super::medicine::spelling;
use super::models::StoppedMedicine;
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

/// A medicine of the list that was given otherwise from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoseChange {
    /// Identity.
    pub id: MedicationChangeId,
    /// Which medicine.
    pub medicine: MedicationId,
    /// Its line before.
    pub was: String,
    /// Its line since.
    pub became: String,
    /// From which day on.
    pub on: NaiveDate,
}

/// Whether two lines of one medicine say that it is given differently: another dose, another way, another medicine. Two
/// spellings of the same are no change.
pub fn is_other_dose(was: &str, became: &str) -> bool {
    if clean_line(was) == clean_line(became) {
        return false;
    }
    let (was, became) = (sig::read(was), sig::read(became));
    was.reading() != became.reading() || !is_same(&was, &became)
}

/// Changes of one day and medicine as one: from what stood in the morning to what stands in the evening; none where it
/// ended as it began.
pub fn by_day(changes: Vec<DoseChange>) -> Vec<DoseChange> {
    let mut out: Vec<DoseChange> = Vec::new();
    for change in changes {
        match out.iter_mut().find(|one| one.medicine == change.medicine && one.on == change.on) {
            // What goes on from where the last one ended; rows of one day have no order of their own.
            Some(one) if one.became == change.was => one.became = change.became,
            Some(one) if change.became == one.was => one.was = change.was,
            Some(_) | None => out.push(change),
        }
    }
    out.retain(|one| is_other_dose(&one.was, &one.became));
    out
}

/// The line with which a medicine began, where it was changed since.
pub fn first_line(changes: &[DoseChange], medicine: MedicationId) -> Option<&str> {
    changes.iter().find(|change| change.medicine == medicine).map(|change| change.was.as_str())
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
    let speaks = |line: &str, over: bool| {
        let sig = sig::read(line);
        let mut medicines = plan.items.iter().filter(|item| item.modality == Modality::Medication);
        medicines.any(|item| ended(item.state) == over && is_same(&named(&item.what), &sig))
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

/// The medicine that the words of a piece name, its verb aside.
fn named(what: &str) -> Sig {
    let verb = what.split(' ').next().unwrap_or_default().to_lowercase();
    let bare = if CHANGES.contains(&verb.as_str()) { what.split_once(' ').map_or("", |(_, rest)| rest) } else { what };
    sig::read(&bare.replace(" to ", " "))
}

/// The next version of a plan in which the piece of a medicine follows the list: its new line, or that it was stopped. None
/// where the plan speaks of no such medicine, or says the same already.
pub fn plan_follows(plan: &Plan, before: &str, after: Option<&str>, (ids, now): (&mut Ids, Now)) -> Option<Plan> {
    let old = sig::read(before);
    let ended = |state| matches!(state, ItemState::Stopped | ItemState::Completed | ItemState::Declined);
    let of_medicine = |what: &str| is_same(&named(what), &old);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::time::Instant;
    use crate::clinical::vocab::Vocab;

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
    fn the_piece_of_a_plan_follows_the_list() {
        let mut ids = Ids::seeded(8);
        let now = Now { instant: Instant::from_millis(0), zone: chrono_tz::UTC };
        let mut plan = Plan::new(ids.next(now.instant), ids.next(now.instant), 3, now.instant);
        let mut item = |what: &str, modality, state| PlanItem {
            state,
            ..PlanItem::new(ids.next(Instant::from_millis(0)), modality, what)
        };
        plan.items = vec![
            item("Gabapentin 300 mg three times a day", Modality::Medication, ItemState::Active),
            item("naproxen 500 mg", Modality::Medication, ItemState::Stopped),
            item("walk", Modality::SelfCare, ItemState::Active),
        ];
        for (name, before, after, expected) in [
            (
                "another dose",
                "gabapentin 300 mg 1-1-1",
                Some("gabapentin 600 mg 1-1-1"),
                Some(("gabapentin 600 mg 1-1-1", ItemState::Changed)),
            ),
            (
                "stopped",
                "gabapentin 300 mg 1-1-1",
                None,
                Some(("Gabapentin 300 mg three times a day", ItemState::Stopped)),
            ),
            (
                "by its brand",
                "Neurontin 300 mg 1-1-1",
                None,
                Some(("Gabapentin 300 mg three times a day", ItemState::Stopped)),
            ),
            ("said already", "gabapentin 300 mg", Some("Gabapentin 300 mg three times a day"), None),
            ("no piece of it", "duloxetine 30 mg", Some("duloxetine 60 mg"), None),
            ("the piece is over", "naproxen 500 mg", None, None),
        ] {
            let next = plan_follows(&plan, before, after, (&mut ids, now));
            let found = next.as_ref().map(|next| (next.items[0].what.as_str(), next.items[0].state));
            assert_eq!(found, expected, "{name}");
            let Some(next) = next else { continue };
            assert_eq!((next.version, next.visit, next.unchanged), (4, None, false), "{name}");
            assert_eq!(next.items[1..].iter().map(|item| &item.what).collect::<Vec<_>>(), ["naproxen 500 mg", "walk"]);
            for (old, new) in plan.items.iter().zip(&next.items) {
                assert!(old.id != new.id && old.piece == new.piece, "{name}: the same piece in a row of its own");
            }
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

    #[test]
    fn what_the_list_alone_changed_is_a_piece_of_the_next_plan() {
        let mut ids = Ids::seeded(7);
        let at = Instant::from_millis(0);
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        let mut one = |line: &str| Medication::new(ids.next(at), line, None);
        let mut list = vec![one("gabapentin 600 mg 1-1-1"), one("duloxetine 60 mg daily"), one("naproxen 500 mg bid")];
        let gone = one("tramadol 50 mg qid");
        list[2].started = Some(day(20));
        let change = |medicine: &Medication, was: &str, on| DoseChange {
            id: uuid::Uuid::from_u128(9).into(),
            medicine: medicine.id,
            was: was.to_owned(),
            became: medicine.line.clone(),
            on,
        };
        let since = ListSince {
            from: day(3),
            changed: vec![
                change(&list[0], "gabapentin 300 mg 1-1-1", day(12)),
                change(&list[1], "duloxetine 30 mg daily", day(1)),
            ],
            stopped: vec![StoppedMedicine {
                id: gone.id,
                line: gone.line.clone(),
                started: None,
                stopped: day(15),
                reason: "dizzy".to_owned(),
            }],
        };
        let item = |what: &str, state| PlanItem {
            state,
            ..PlanItem::new(uuid::Uuid::from_u128(1).into(), Modality::Medication, what)
        };
        let told = |items: Vec<PlanItem>| {
            let plan = Plan { items, ..Plan::new(Ids::seeded(1).next(at), Ids::seeded(2).next(at), 1, at) };
            let pieces = of_list(&plan, &list, &since);
            let words = |piece: OfList| {
                let was = piece.was.map(|was| format!("{was} -> ")).unwrap_or_default();
                format!("{was}{} {}", piece.item.what, piece.item.state.unwrap().label())
            };
            pieces.into_iter().map(words).collect::<Vec<_>>()
        };
        assert_eq!(
            told(Vec::new()),
            [
                "gabapentin 300 mg 1-1-1 -> gabapentin 600 mg 1-1-1 changed",
                "naproxen 500 mg bid active",
                "tramadol 50 mg qid -> tramadol 50 mg qid stopped"
            ],
            "what changed before the plan was set is none of it"
        );
        let spoken = vec![
            item("raise gabapentin to 600 mg", ItemState::Changed),
            item("Naproxen 500 mg bid", ItemState::Active),
            item("tramadol", ItemState::Stopped),
        ];
        assert_eq!(told(spoken), [""; 0], "what the plan speaks of already is not added");
    }

    #[test]
    fn changes_of_one_day_are_one_and_a_spelling_is_none() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        let change = |was: &str, became: &str, on| DoseChange {
            id: uuid::Uuid::from_u128(9).into(),
            medicine: uuid::Uuid::from_u128(1).into(),
            was: was.to_owned(),
            became: became.to_owned(),
            on,
        };
        let told = |changes: Vec<DoseChange>| {
            by_day(changes)
                .into_iter()
                .map(|one| format!("{} {}-{}", one.on.format("%d"), one.was, one.became))
                .collect::<Vec<_>>()
        };
        let (a, b, c) = ("gabapentin 300 tid", "gabapentin 600 tid", "gabapentin 900 tid");
        assert_eq!(told(vec![change(a, b, day(3)), change(b, c, day(3))]), [format!("03 {a}-{c}")]);
        assert_eq!(told(vec![change(b, c, day(3)), change(a, b, day(3))]), [format!("03 {a}-{c}")]);
        assert_eq!(told(vec![change(a, b, day(3)), change(b, a, day(3))]), [""; 0]);
        assert_eq!(told(vec![change(a, b, day(3)), change(b, c, day(4))]).len(), 2);
        for (was, became, other) in [
            (a, b, true),
            (a, "Gabapentin 300 mg tid", false),
            (a, "gabapentin 300 bid", true),
            (a, "pregabalin 300 tid", true),
            ("something", "something else", true),
        ] {
            assert_eq!(is_other_dose(was, became), other, "{was} {became}");
        }
    }
}
