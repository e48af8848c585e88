//! The list and the plan say the same: a piece of the plan that changes a medicine changes the list, and a change of the
//! list changes the piece of the plan.

mod meant;
mod of_list;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(super) use self::meant::{Meant, Said, meant};
pub use self::of_list::{ListSince, OfList, of_list, plan_follows, plan_stays};

use self::meant::is_as_often;
use super::facts::medicine_names::Name;
use super::id::{MedicationChangeId, MedicationId, PieceId};
use super::medicine::spelling;
use super::patient::{Known, Medication};
use super::plan::{ItemState, Modality, Plan, PlanItem, PlanItemDraft};
use super::sig::{self, Sig};
use super::text::{clean_line, fold};

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

/// Words that say that the dose of a medicine changes; the dose says in which direction.
pub(super) const CHANGES: [&str; 15] = [
    "change",
    "switch",
    "titrate",
    "uptitrate",
    "increase",
    "inc",
    "raise",
    "up",
    "reduce",
    "decrease",
    "dec",
    "lower",
    "down",
    "wean",
    "taper",
];
/// Words that say that a medicine goes on.
const GOES_ON: [&str; 2] = ["continue", "cont"];
pub(super) const STARTS: [&str; 4] = ["start", "begin", "add", "new"];
const STOPS: [&str; 4] = ["stop", "end", "discontinue", "off"];

/// Whether the words behind such a verb leave open which dose it comes to: by how much it changes, two doses, or two
/// medicines. Nothing is guessed there.
pub(super) fn leaves_dose_open(words: &[&str]) -> bool {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_unit = |word: &str| matches!(word.to_lowercase().as_str(), "mg" | "mcg" | "µg" | "g" | "ml");
    let is_step = |word: &str| word.strip_prefix(['+', '-', '−', '±']).is_some_and(is_number);
    let at_word = |(at, word): (usize, &&str)| {
        let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let next = words.get(at + 1).copied().unwrap_or_default();
        match word.to_lowercase().as_str() {
            "by" => !next.eq_ignore_ascii_case("mouth"),
            "from" => is_number(next),
            // `every 4 to 6 h` is how often, `1 to 2 tablets` how many.
            "to" if is_number(next) => is_number(before(1)) && is_dose_range(words, at) || is_unit(before(1)),
            "to" => at > 0 && !super::medicine::meant_by(next).is_empty(),
            word => word.ends_with('%') || word.contains(['→', '>']) || is_step(word),
        }
    };
    words.iter().enumerate().any(at_word)
}

/// Whether the numbers around a `to` are doses, and not how often or how many pieces.
fn is_dose_range(words: &[&str], to: usize) -> bool {
    let often = to.checked_sub(2).and_then(|at| words.get(at)).is_some_and(|word| word.eq_ignore_ascii_case("every"));
    let behind = words.get(to + 2).map(|word| word.to_lowercase()).unwrap_or_default();
    let pieces = ["h", "hour", "tab", "cap", "pill", "piece", "drop", "puff", "spray", "time", "day", "week"];
    !often && !pieces.iter().any(|piece| behind.starts_with(piece))
}

/// Whether two names mean the same medicine.
fn is_same(a: &Sig, b: &Sig) -> bool {
    let (one, two) = (a.meant(), b.meant());
    let meant = one.iter().any(|name| two.iter().any(|other| other.name == name.name));
    meant || (!a.name.is_empty() && spelling(&a.name) == spelling(&b.name))
}

/// Whether two lines name the same medicine, in whatever dose and under whatever name.
pub fn is_same_medicine(one: &str, other: &str) -> bool {
    is_same(&named(one), &named(other))
}

/// A medicine as a line names it, read once where it is compared with many.
#[derive(Debug, Clone)]
pub struct Named {
    meant: Vec<&'static Name>,
    spelled: String,
}

impl Named {
    /// By the words of a list or of a plan.
    pub fn of(line: &str) -> Self {
        let sig = named(line);
        Self { meant: sig.meant(), spelled: if sig.name.is_empty() { String::new() } else { spelling(&sig.name) } }
    }

    /// Whether both name the same medicine, in whatever dose and under whatever name.
    pub fn is_same(&self, other: &Self) -> bool {
        let meant = self.meant.iter().any(|name| other.meant.iter().any(|other| other.name == name.name));
        meant || (!self.spelled.is_empty() && self.spelled == other.spelled)
    }
}

/// What words do to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum OnList {
    Nothing,
    Change(MedicineChange),
    /// They may be meant so or so: nothing is changed, and this is said.
    Unclear(String),
}

/// What is known of words beside what they say.
#[derive(Debug, Clone, Copy)]
enum Piece<'a> {
    /// Nothing.
    Words,
    /// They begin a medicine.
    Begins,
    /// What the same piece said in the last version.
    Was(&'a str),
}

/// What the words of a plan do to a list: `change gabapentin to 600`, `gabapentin 600 1-1-1`, `stop naproxen because of the
/// stomach`, `start duloxetine 30 mg daily`. None where they change nothing, or name no medicine, or leave open which.
pub fn of_plan(words: &str, list: &[Medication]) -> Option<MedicineChange> {
    match on_list(words, list, Piece::Words) {
        OnList::Change(change) => Some(change),
        OnList::Nothing | OnList::Unclear(_) => None,
    }
}

fn on_list(words: &str, list: &[Medication], piece: Piece<'_>) -> OnList {
    let words = clean_line(words);
    let (first, rest) = words.split_once(' ').unwrap_or((words.as_str(), ""));
    let verb = first.to_lowercase();
    let said = |verbs: &[&str]| verbs.contains(&verb.as_str());
    let is_verb = said(&CHANGES) || said(&GOES_ON) || said(&STARTS) || said(&STOPS);
    let rest = if is_verb { rest } else { words.as_str() };
    let (rest, reason) = rest.split_once(" because ").unwrap_or((rest, ""));
    // `to` says nothing of its own between a name and a dose.
    let bare = rest.replace(" to ", " ");
    let typed = sig::read(&bare);
    let lines: Vec<Sig> = list.iter().map(Medication::sig).collect();
    let of_drug = || lines.iter().position(|line| is_same(line, &typed)).map(|at| list[at].line.as_str());
    let as_it_was = match piece {
        Piece::Was(was) => list.iter().position(|one| fold(&one.line) == fold(was)),
        Piece::Words | Piece::Begins => None,
    };
    // A piece that stood in the words of a line goes on meaning it, unless it says another form now.
    let as_it_was =
        as_it_was.filter(|at| is_same(&lines[*at], &typed) && !lines[*at].is_other_form(&typed)).map(Meant::At);
    let which = |said: Said| as_it_was.unwrap_or_else(|| meant(&lines, &typed, said));
    if said(&STOPS) {
        let one = match which(Said::AsItStands) {
            Meant::At(at) => &list[at],
            Meant::Several => return OnList::Unclear(several(&typed)),
            Meant::Nothing => return of_drug().map_or(OnList::Nothing, |line| OnList::Unclear(other_form(line))),
        };
        let reason = reason.trim_start_matches("of ").trim().to_owned();
        return OnList::Change(MedicineChange::Stop { medicine: one.id, line: one.line.clone(), reason });
    }
    if (of_drug().is_some() || said(&CHANGES)) && leaves_dose_open(&rest.split(' ').collect::<Vec<_>>()) {
        return OnList::Nothing;
    }
    let is_known = !typed.strength.is_empty() && (of_drug().is_some() || !typed.meant().is_empty());
    if matches!(piece, Piece::Begins) && !said(&STARTS) && !is_known {
        return OnList::Nothing;
    }
    if said(&STARTS) || matches!(piece, Piece::Begins) {
        return begun(&bare, &typed, (list, &lines));
    }
    let one = match which(Said::AsItComesTo) {
        Meant::At(at) => &list[at],
        Meant::Several if typed.strength.is_empty() => return OnList::Nothing,
        Meant::Several => return OnList::Unclear(several(&typed)),
        Meant::Nothing => {
            return match of_drug() {
                Some(line) if said(&CHANGES) => OnList::Unclear(other_form(line)),
                _ if !is_known => OnList::Nothing,
                _ => begun(&bare, &typed, (list, &lines)),
            };
        }
    };
    if typed.strength.is_empty() {
        return OnList::Nothing;
    }
    let line = retyped(&one.line, &bare, &typed);
    if sig::read(&line).reading() == one.sig().reading() {
        return OnList::Nothing;
    }
    OnList::Change(MedicineChange::Change { medicine: one.id, before: one.line.clone(), line })
}

/// A medicine that begins never changes a line: it is another line, unless it stands there already. Where the list has it
/// in another dose nobody said which of the two holds.
fn begun(words: &str, typed: &Sig, (list, lines): (&[Medication], &[Sig])) -> OnList {
    let mut near = None;
    for (one, line) in list.iter().zip(lines).filter(|(_, line)| is_same(line, typed) && !line.is_other_form(typed)) {
        let a_day = || line.daily().ok().is_some_and(|daily| typed.daily().ok() == Some(daily));
        let says_no_more = typed.often.is_none() && typed.dose.is_none() && line.strength == typed.strength;
        let is_it = typed.strength.is_empty() || line.reading() == typed.reading() || says_no_more || a_day();
        if is_it {
            return OnList::Nothing;
        }
        if line.form() == typed.form() || is_as_often(line, typed) {
            near = Some(one);
        }
    }
    match near {
        Some(one) => OnList::Unclear(format!("{} is on the list: say change, or stop it first", clean_line(&one.line))),
        None => OnList::Change(MedicineChange::Start(words.trim().to_owned())),
    }
}

fn several(typed: &Sig) -> String {
    format!("{} is on the list more than once: say which, with er, ir or its form", clean_line(&typed.name))
}

fn other_form(line: &str) -> String {
    format!("the list has {} only: say which is meant, with er, ir or its form", clean_line(line))
}

/// The line of a medicine in another dose: where only a strength is said, how often stays as it was.
pub(super) fn retyped(line: &str, words: &str, typed: &Sig) -> String {
    if typed.often.is_some() || typed.dose.is_some() || typed.strength.is_empty() {
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
    let before = last.map(|last| last.items.as_slice()).unwrap_or_default();
    let said = |item: &PlanItem| before.iter().any(|old| old.what == item.what && old.state == item.state);
    let new = items.iter().filter(|item| item.modality == Modality::Medication && !said(item));
    let change = |item: &PlanItem| {
        let words = if item.state == ItemState::Stopped { stop_words(item) } else { item.what.clone() };
        match of_piece((Some(item.piece), &words, item.state), before, taken) {
            OnList::Change(change) => Some(change),
            OnList::Nothing | OnList::Unclear(_) => None,
        }
    };
    new.filter_map(change).collect()
}

/// What a piece does to a list, by what the same piece said in the last version.
fn of_piece(
    (piece, words, state): (Option<PieceId>, &str, ItemState),
    before: &[PlanItem],
    taken: &[Medication],
) -> OnList {
    if matches!(state, ItemState::Proposed | ItemState::Completed | ItemState::Declined) {
        return OnList::Nothing;
    }
    let runs = |old: &&PlanItem| matches!(old.state, ItemState::Active | ItemState::Changed);
    let piece = match before.iter().find(|old| Some(old.piece) == piece).filter(runs) {
        Some(old) => Piece::Was(&old.what),
        None if state == ItemState::Active => Piece::Begins,
        None => Piece::Words,
    };
    on_list(words, taken, piece)
}

/// A piece that is stopped, as words of a plan, with its reason.
fn stop_words(item: &PlanItem) -> String {
    let what = as_stopped(&item.what);
    if item.why.trim().is_empty() || what.contains(" because ") {
        what
    } else {
        format!("{what} because {}", item.why.trim())
    }
}

fn as_stopped(what: &str) -> String {
    let said = what.to_lowercase().starts_with("stop ");
    if said { what.to_owned() } else { format!("stop {what}") }
}

/// Why a piece of a plan that means to change the list leaves it as it is; none where it changes it, says what the list says
/// already, or means nothing of the kind. What the last version said the same, `before`, is not asked about again.
pub fn leaves_list(item: &PlanItemDraft, before: &[PlanItem], list: &[Medication]) -> Option<String> {
    let what = clean_line(&item.what);
    let verb = what.split(' ').next().unwrap_or_default().to_lowercase();
    let changes = CHANGES.contains(&verb.as_str());
    let state = item.state.or_else(|| changes.then_some(ItemState::Changed))?;
    let said = before.iter().any(|old| old.what == what && old.state == state);
    if what.is_empty() || said {
        return None;
    }
    let typed = named(&what);
    // What nobody has sorted is one where it names a medicine that is to change.
    let is_medicine = match item.modality {
        Some(Modality::Medication) => true,
        Some(Modality::Other) | None => changes && !typed.meant().is_empty(),
        Some(_) => false,
    };
    if !is_medicine {
        return None;
    }
    let listed = list.iter().find(|one| is_same(&one.sig(), &typed));
    let words = if state == ItemState::Stopped { as_stopped(&what) } else { what.clone() };
    match of_piece((item.piece, &words, state), before, list) {
        OnList::Change(_) => return None,
        OnList::Unclear(why) => return Some(why),
        OnList::Nothing => {}
    }
    match state {
        ItemState::Proposed | ItemState::Completed | ItemState::Declined => None,
        ItemState::Stopped => Some(format!("{} is not on the list of medicines: nothing is stopped there", typed.name)),
        ItemState::Active | ItemState::Changed => {
            let open = leaves_dose_open(&what.split(' ').collect::<Vec<_>>());
            match listed {
                Some(one) if open || (typed.strength.is_empty() && state == ItemState::Changed) => {
                    Some(format!("the list stays at {}: type the dose it comes to", one.line))
                }
                Some(_) => None,
                None => Some(format!("{} joins no list of medicines: type its dose", typed.name)),
            }
        }
    }
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

/// The medicine that the words of a piece name, its verb aside.
pub(super) fn named(what: &str) -> Sig {
    let verb = what.split(' ').next().unwrap_or_default().to_lowercase();
    let is_verb = CHANGES.contains(&verb.as_str()) || GOES_ON.contains(&verb.as_str());
    let bare = if is_verb { what.split_once(' ').map_or("", |(_, rest)| rest) } else { what };
    sig::read(&bare.replace(" to ", " "))
}

/// The list with the classes that were said of names before, by how names are spelled: what a plan would begin is checked
/// as it will be once it stands on the list, and its class is not asked again. A name that is known needs none said.
pub fn with_said(list: Known<Medication>, said: &BTreeMap<String, String>) -> Known<Medication> {
    let Known::Listed(mut items, reviewed) = list else { return list };
    for item in items.iter_mut().filter(|item| item.class.is_none()) {
        let sig = item.sig();
        if sig.meant().is_empty() {
            item.class = said.get(&spelling(&sig.name)).cloned();
        }
    }
    Known::Listed(items, reviewed)
}

#[cfg(test)]
mod tests;
