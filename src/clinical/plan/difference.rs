//! How a plan differs from the one before, in sentences.

use chrono::NaiveDate;

use super::{ItemState, PlanItem};
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;

/// How a plan differs from the one before, one sentence a difference; empty where nothing does.
///
/// A piece is known again by its identity, else by its words: `Gabapentin 300 to 600 mg three times daily`.
pub fn differences(before: &[PlanItem], after: &[PlanItem]) -> Vec<String> {
    let mut out = Vec::new();
    let mut known: Vec<&PlanItem> = Vec::new();
    for item in after {
        match before.iter().find(|old| is_same(old, item)) {
            None => out.push(format!("new: {} ({}, {})", item.what, item.modality.label(), item.state.label())),
            Some(old) => {
                known.push(old);
                changes(old, item, &mut out);
            }
        }
    }
    let gone = before.iter().filter(|old| !old.state.is_over() && !known.iter().any(|same| same.id == old.id));
    out.extend(gone.map(|old| format!("no longer in the plan: {}", old.what)));
    out
}

fn is_same(old: &PlanItem, new: &PlanItem) -> bool {
    old.piece == new.piece || old.modality == new.modality && fold(&old.what) == fold(&new.what)
}

fn changes(old: &PlanItem, new: &PlanItem, out: &mut Vec<String>) {
    let rewritten = fold(&old.what) != fold(&new.what);
    if rewritten {
        out.push(from_to(&old.what, &new.what));
    }
    if old.state != new.state && !(rewritten && new.state == ItemState::Changed) {
        let why = if new.why.is_empty() || !new.state.is_over() { String::new() } else { format!(", {}", new.why) };
        out.push(format!("{}: {} → {}{why}", new.what, old.state.label(), new.state.label()));
    }
    if old.effect_percent != new.effect_percent
        && let Some(percent) = new.effect_percent
    {
        out.push(format!("{}: relief {percent} %", new.what));
    }
    if fold(&old.next_step) != fold(&new.next_step) {
        let next = if new.next_step.is_empty() { "no next step" } else { &new.next_step };
        out.push(format!("{}: next, {next}", new.what));
    }
    if old.wakes != new.wakes {
        let wakes =
            new.wakes.map_or_else(|| "no longer asleep".to_owned(), |wakes| format!("sleeps until {}", wakes.show()));
        out.push(format!("{}: {wakes}", new.what));
    }
    if old.due != new.due {
        let when = |due: Option<NaiveDate>| due.map_or_else(|| "no date".to_owned(), show_date);
        out.push(format!("{}: {} → {}", new.what, when(old.due), when(new.due)));
    }
    if old.expected_relief != new.expected_relief
        && let Some(percent) = new.expected_relief
    {
        out.push(format!("{}: relief expected {percent} %", new.what));
    }
}

/// What was rewritten, said once: the words before and after that stayed stand around `300 to 600`.
fn from_to(old: &str, new: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let same = |a: &str, b: &str| fold(a) == fold(b);
    let shorter = before.len().min(after.len());
    let head = (0..shorter).take_while(|&at| same(before[at], after[at])).count();
    let tail =
        (0..shorter - head).take_while(|&at| same(before[before.len() - 1 - at], after[after.len() - 1 - at])).count();
    let (from, to) = (&before[head..before.len() - tail], &after[head..after.len() - tail]);
    if head == 0 || from.is_empty() || to.is_empty() {
        return format!("{old} becomes {new}");
    }
    let mut words: Vec<&str> = after[..head].to_vec();
    words.extend(from);
    words.push("to");
    words.extend(&after[head..]);
    words.join(" ")
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::Modality;
    use super::super::wake::Wakes;
    use super::*;
    use crate::clinical::id::Ids;
    use crate::clinical::time::Instant;

    fn item(ids: &mut Ids, what: &str, state: ItemState, next_step: &str) -> PlanItem {
        let id = ids.next(Instant::from_millis(0));
        PlanItem { state, next_step: next_step.to_owned(), ..PlanItem::new(id, Modality::Medication, what) }
    }

    #[test]
    fn the_difference_of_two_versions_reads_as_sentences() {
        let mut ids = Ids::seeded(3);
        let before = [
            item(&mut ids, "Gabapentin 300 mg", ItemState::Active, "raise"),
            item(&mut ids, "Naproxen", ItemState::Active, ""),
        ];
        let after = [
            item(&mut ids, "gabapentin 300 mg", ItemState::Changed, "600 mg in a week"),
            item(&mut ids, "Amitriptyline 10 mg", ItemState::Proposed, ""),
        ];
        assert_eq!(
            differences(&before, &after),
            [
                "gabapentin 300 mg: active → changed",
                "gabapentin 300 mg: next, 600 mg in a week",
                "new: Amitriptyline 10 mg (medication, proposed)",
                "no longer in the plan: Naproxen",
            ]
        );
        assert!(differences(&before, &before).is_empty());
    }

    #[test]
    fn a_piece_is_known_again_however_it_is_rewritten() {
        let mut ids = Ids::seeded(4);
        for (old, new, says) in [
            (
                "Gabapentin 300 mg three times daily",
                "Gabapentin 600 mg three times daily",
                "Gabapentin 300 to 600 mg three times daily",
            ),
            ("Gabapentin 300 mg once daily", "gabapentin 300 mg twice daily", "gabapentin 300 mg once to twice daily"),
            ("Gabapentin 300 mg", "Gabapentin 300 mg at night", "Gabapentin 300 mg becomes Gabapentin 300 mg at night"),
            ("Walk", "Swim", "Walk becomes Swim"),
        ] {
            let before = item(&mut ids, old, ItemState::Active, "");
            let after = PlanItem { what: new.to_owned(), state: ItemState::Changed, ..before.clone() };
            assert_eq!(differences(&[before], &[after]), [says]);
        }
    }

    #[test]
    fn what_ended_says_why_and_what_sleeps_until_when() {
        let mut ids = Ids::seeded(5);
        let before = item(&mut ids, "Naproxen", ItemState::Active, "");
        let mut after = before.clone();
        after.state = ItemState::Stopped;
        after.why = "stomach".to_owned();
        after.effect_percent = Some(20);
        assert_eq!(
            differences(std::slice::from_ref(&before), &[after]),
            ["Naproxen: active → stopped, stomach", "Naproxen: relief 20 %"]
        );
        let raised = PlanItem { what: "Naproxen 500 mg".to_owned(), state: ItemState::Stopped, ..before.clone() };
        let was = PlanItem { what: "Naproxen 250 mg".to_owned(), ..before.clone() };
        assert_eq!(
            differences(&[was], &[raised]),
            ["Naproxen 250 to 500 mg", "Naproxen 500 mg: active → stopped"],
            "that it was stopped is said beside its new words"
        );
        let mut after = before.clone();
        after.wakes = Wakes::read("<50%").ok();
        after.expected_relief = Some(60);
        assert_eq!(
            differences(&[before], &[after]),
            ["Naproxen: sleeps until relief < 50 %", "Naproxen: relief expected 60 %"]
        );
    }
}
