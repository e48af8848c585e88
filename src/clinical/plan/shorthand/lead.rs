//! What may stand before a piece, as it is usually typed: how it goes on, that it is a letter or a handout, a level or a
//! side; and the conditions in words.

use super::super::ledger::HELPED_FROM;
use super::super::wake::Wakes;
use super::super::words::{Head, head};
use super::super::{ItemState, Modality, PlanItemDraft};
use crate::clinical::medicine_change::{CHANGES, leaves_dose_open};
use crate::clinical::text::capital;

/// Where the piece stands, by the word before it.
pub(super) fn take_state(words: &mut Vec<String>, item: &mut PlanItemDraft) {
    if words.len() < 2 {
        return;
    }
    item.state = match words[0].to_lowercase().as_str() {
        "start" | "begin" | "add" | "continue" | "cont" => Some(ItemState::Active),
        "stop" | "discontinue" => Some(ItemState::Stopped),
        "done" | "completed" | "finished" => Some(ItemState::Completed),
        "no" | "declined" | "declines" | "refused" | "refuses" => Some(ItemState::Declined),
        _ => return,
    };
    words.remove(0);
}

/// `stop ibuprofen because of the stomach`: why it is over.
pub(super) fn take_reason(words: &mut Vec<String>, item: &mut PlanItemDraft) {
    let at = words.iter().position(|word| word.eq_ignore_ascii_case("because")).filter(|at| *at > 0);
    let Some(at) = at.filter(|_| item.state.is_some_and(ItemState::is_over)) else { return };
    let why = words.split_off(at);
    let of = usize::from(why.get(1).is_some_and(|word| word.eq_ignore_ascii_case("of")));
    item.why = why[1 + of..].join(" ");
}

/// `increase gabapentin to 600 mg`: a medicine of the list in another dose. Without a dose the word stays, it is all there
/// is; by how much alone, or from what to what, is no dose either.
pub(super) fn take_change(words: &mut Vec<String>, item: &mut PlanItemDraft) {
    let says = words.first().is_some_and(|word| CHANGES.contains(&word.to_lowercase().as_str()));
    if !says || item.state.is_some() {
        return;
    }
    let typed: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    if leaves_dose_open(&typed) {
        return;
    }
    // `to` says nothing of its own before a dose; between numbers it is a range.
    let is_between = |at: usize| at.checked_sub(1).is_some_and(|at| is_dose(&typed[at]));
    let is_said = |(at, word): &(usize, &str)| !word.eq_ignore_ascii_case("to") || is_between(*at);
    let rest: Vec<&str> = typed.iter().copied().enumerate().filter(is_said).map(|(_, word)| word).collect();
    if head(&rest).is_some_and(|head| head.modality == Modality::Medication) && rest.iter().any(is_dose) {
        *words = rest.into_iter().map(str::to_owned).collect();
        item.state = Some(ItemState::Changed);
    }
}

fn is_dose(word: &&str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// `refer to …` is a letter, `handout …` is education, whatever comes behind.
pub(super) fn take_kind(words: &mut Vec<String>) -> Option<Modality> {
    if words.len() < 2 {
        return None;
    }
    let kind = match words[0].to_lowercase().as_str() {
        "refer" | "ref" | "referral" => Modality::Referral,
        "handout" | "education" | "edu" | "teach" => Modality::Education,
        _ => return None,
    };
    words.remove(0);
    if words.len() > 1 && matches!(words[0].to_lowercase().as_str(), "to" | "for" | "on" | "about") {
        words.remove(0);
    }
    if words.len() > 1 && matches!(words[0].to_lowercase().as_str(), "the" | "a" | "an") {
        words.remove(0);
    }
    Some(kind)
}

/// What the words mean where it was said which kind of piece they are.
pub(super) fn of_kind(kind: Option<Modality>, known: Option<Head>, words: &[&str]) -> Option<Head> {
    let Some(kind) = kind else { return known };
    match known {
        Some(head) if head.modality == kind => Some(head),
        // A letter to the physiotherapist keeps the name it has; a handout about sleep is no sleep routine.
        Some(head) if kind == Modality::Referral => Some(Head { modality: kind, books: None, ..head }),
        // To whom and about what is said in whatever words: all of them are its name.
        _ => Some(Head { modality: kind, text: capital(&words.join(" ")), books: None, words: words.len() })
            .filter(|head| head.words > 0),
    }
}

/// `l5 tfesi left`: a level or a side before what is done goes behind it.
pub(super) fn put_places_last(words: &mut [String]) {
    let before = words.iter().take_while(|word| is_place(&word.to_lowercase())).count();
    if before == 0 || before == words.len() {
        return;
    }
    let rest: Vec<&str> = words[before..].iter().map(String::as_str).collect();
    if let Some(head) = head(&rest).filter(|head| head.modality == Modality::Interventional) {
        words[..before + head.words].rotate_left(before);
    }
}

fn is_place(word: &str) -> bool {
    let is_level = |word: &str| {
        let number = word.strip_prefix(['c', 't', 'l', 's']).unwrap_or(word);
        !number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let levels = || word.starts_with(['c', 't', 'l', 's']) && word.split(['/', '-']).all(is_level);
    matches!(word, "left" | "right" | "both" | "bilateral" | "bilat" | "l" | "r") || levels()
}

/// A condition as it is usually said: `mbb > 80 %` looks at the relief, and `no better` is relief below what counts as help.
pub(super) fn condition(typed: &str) -> Option<Wakes> {
    let said = typed.to_lowercase();
    if matches!(
        said.as_str(),
        "no better"
            | "not better"
            | "no relief"
            | "no help"
            | "no effect"
            | "not helped"
            | "it fails"
            | "fails"
            | "failed"
    ) {
        return Wakes::read(&format!("<{HELPED_FROM}%")).ok();
    }
    if let Ok(wakes) = Wakes::read(typed) {
        return Some(wakes);
    }
    let at = typed.find(['<', '>'])?;
    let before: Vec<&str> = typed[..at].split_whitespace().collect();
    head(&before).filter(|head| head.modality == Modality::Interventional)?;
    Wakes::read(&typed[at..]).ok()
}
