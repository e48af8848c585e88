//! The shorthand line of a plan: `pt 6w; surg if <50% 4w; fu 6w` becomes dated items.
//!
//! ```text
//! line   = item { ";" item }
//! item   = [ state ] what { words } [ "if" condition ] [ "e" percent ] [ "#" number ] [ date ]
//!        | over what { words } [ date ] [ "because" why ]
//! over   = "stop" | "done" | "no" and their like: all behind because is the reason, elsewhere it is words like any other
//! state  = "start" | "continue" | over | "increase" and its like, before a medicine with the one dose it comes to
//! what   = [ "refer" | "handout" ] short word, usual word of plans, medicine, procedure; a level or a side may stand before
//!          it; anything else stays as text, marked
//! condition = [ "relief" | "pain" | "avg" | "peg" | procedure ] ( "<" | ">" | "<=" | ">=" ) number [ "%" ] | "no better"
//! date   = "6w" | "10d" | "3m" | [ "by" | "on" | "in" ] any date a date field reads
//! ```
//!
//! A date may end in `-` or `!`: where there is no clinic on it, the day before or that day all the same, not the next one.
//! `e60` is the relief expected of a procedure, `#2` the second problem. Nothing typed is lost: what no rule takes stays in
//! the words of its item. What may stand before the piece is in `lead`.

mod lead;

use chrono::NaiveDate;

use super::wake::Wakes;
use super::words::head;
use super::{ItemState, Modality, PlanItemDraft};
use crate::clinical::booked;
use crate::clinical::booking::{Booking, NoClinic};
use crate::clinical::medicine_change::{CHANGES, Meant, STARTS, Said, meant, named, retyped};
use crate::clinical::problem::{self, Problem};
use crate::clinical::sig::{self, Sig};
use crate::clinical::text::fold;
use crate::clinical::time::show_date;
use crate::clinical::typed::{DateSense, Reading, read_date};
use crate::clinical::vocab::Vocab;

/// One item of the line as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The item it becomes.
    pub item: PlanItemDraft,
    /// The words the program does not know; they stay in the item as text.
    pub unknown: String,
    /// What the first words stand for, where they were known.
    pub head: Option<String>,
    /// What was typed and cannot be, in words: `if` without a condition.
    pub fault: Option<String>,
    /// Whether it begins, by its first word: it takes the place of nothing that runs.
    pub begins: bool,
}

/// The most items one line is read into; more is no line.
const MOST: usize = 40;

/// Reads the line.
pub fn read(line: &str, reading: &Reading, problems: &[Problem]) -> Vec<Step> {
    let parts = line.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.take(MOST).map(|part| read_item(part, reading, problems)).collect()
}

fn read_item(text: &str, reading: &Reading, problems: &[Problem]) -> Step {
    let mut item = PlanItemDraft::default();
    let mut fault = None;
    let text = take_condition(text, &mut item, &mut fault);
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let begins = words.len() > 1 && STARTS.contains(&words[0].to_lowercase().as_str());
    lead::take_state(&mut words, &mut item);
    lead::take_reason(&mut words, &mut item);
    take_expected(&mut words, &mut item);
    take_problem(&mut words, &mut item, problems, &mut fault);
    take_date(&mut words, &mut item, reading);
    lead::take_change(&mut words, &mut item);
    let meant = lead::take_kind(&mut words);
    lead::put_places_last(&mut words);
    let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
    let known = lead::of_kind(meant, head(&borrowed), &borrowed);
    let rest = borrowed[known.as_ref().map_or(0, |head| head.words)..].join(" ");
    let is_procedure = known.as_ref().is_some_and(|head| head.modality == Modality::Interventional);
    let rest = if is_procedure { booked::levels_shown(&rest) } else { rest };
    let unknown = match &known {
        Some(head) if head.modality == Modality::Medication => String::new(),
        _ => rest.clone(),
    };
    item.what = match &known {
        Some(head) if rest.is_empty() => head.text.clone(),
        Some(head) => format!("{} {rest}", head.text),
        None => rest,
    };
    item.modality = Some(known.as_ref().map_or(Modality::Other, |head| head.modality));
    let may_book = item.due.is_some() && item.wakes.is_empty() && !item.state.is_some_and(ItemState::is_over);
    item.books = known.as_ref().and_then(|head| head.books).filter(|_| may_book);
    if item.what.is_empty() {
        fault = Some("say what".to_owned());
    }
    Step { item, unknown, head: known.map(|head| head.text), fault, begins }
}

/// Takes `if …` out; what stands behind the condition comes back with what stood before.
fn take_condition(text: &str, item: &mut PlanItemDraft, fault: &mut Option<String>) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(at) = words.iter().position(|word| word.eq_ignore_ascii_case("if")) else { return text.to_owned() };
    // The longest run of words that reads as a condition: `< 50 %` is three.
    let longest = (at + 2..=words.len().min(at + 6)).rev();
    for end in longest {
        let typed = words[at + 1..end].join(" ");
        if let Some(wakes) = lead::condition(&typed) {
            item.wakes = wakes.typed();
            return [&words[..at], &words[end..]].concat().join(" ");
        }
    }
    *fault = Some("after if comes a condition: <50%, pain>5, peg>4".to_owned());
    text.to_owned()
}

/// `e60`, `e 60` or `exp 60%`: the relief that is expected.
fn take_expected(words: &mut Vec<String>, item: &mut PlanItemDraft) {
    let percent = |text: &str| {
        let digits = text.trim_end_matches('%');
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u8>().ok()).flatten()
    };
    let percent = |text: &str| percent(text).filter(|percent| *percent <= 100);
    for at in 1..words.len() {
        let word = words[at].to_lowercase();
        if let Some(found) = word.strip_prefix('e').and_then(percent) {
            item.expected_relief = Some(found);
            words.remove(at);
            return;
        }
        let next = words.get(at + 1).map(String::as_str).and_then(percent);
        if let (true, Some(found)) = (matches!(word.as_str(), "e" | "exp" | "expect"), next) {
            item.expected_relief = Some(found);
            words.drain(at..=at + 1);
            return;
        }
    }
}

fn take_problem(words: &mut Vec<String>, item: &mut PlanItemDraft, problems: &[Problem], fault: &mut Option<String>) {
    let Some(at) = words.iter().position(|word| word.strip_prefix('#').is_some_and(is_number)) else { return };
    let number = words[at][1..].parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    match number.and_then(|number| problems.get(number)) {
        Some(found) => {
            item.problem = problem::reference(problems, Some(found.id));
            words.remove(at);
        }
        None => *fault = Some(format!("there is no problem {}", words[at])),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The date: the last words that read as one, with the little word before them.
fn take_date(words: &mut Vec<String>, item: &mut PlanItemDraft, reading: &Reading) {
    for count in (1..=3).rev() {
        let Some(from) = words.len().checked_sub(count).filter(|from| *from > 0) else { continue };
        let typed = words[from..].join(" ").to_lowercase();
        let (typed, no_clinic) = match typed.strip_suffix(['!', '-']) {
            Some(before) if typed.ends_with('!') => (before.to_owned(), Some(NoClinic::Same)),
            Some(before) => (before.to_owned(), Some(NoClinic::Before)),
            None => (typed, None),
        };
        let is_said = || is_little(&words[from - 1], &["by", "on", "until"]);
        if !is_dated(&typed) || (may_be_strength(&typed) && !is_said() && is_medicine(&words[..from])) {
            continue;
        }
        let Some(date) = date_of(&typed, reading) else { continue };
        (item.due, item.no_clinic) = (Some(date), no_clinic);
        words.truncate(from);
        let little = |word: &String| is_little(word, &["by", "on", "in", "until", "at", "for"]);
        if words.len() > 1 && words.last().is_some_and(little) {
            words.pop();
        }
        return;
    }
    take_date_within(words, item, reading);
}

fn is_little(word: &str, little: &[&str]) -> bool {
    little.contains(&word.to_lowercase().as_str())
}

/// Whether figures alone may be how strong a medicine is: `8/2`, `7.5`, `1-0-1`. A span has its unit, a month its name; and
/// a date of three parts is one in ISO form, with its year of four digits, or with its dots.
fn may_be_strength(typed: &str) -> bool {
    if typed.chars().any(char::is_alphabetic) {
        return false;
    }
    let parts: Vec<&str> = typed.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let has_year = parts.len() == 3 && parts.iter().any(|part| part.len() == 4);
    let is_dotted = typed.matches('.').count() >= 2;
    !has_year && !is_dotted
}

/// Whether the words before it name a medicine, a verb of its dose aside; a word that is started or changed and that nobody
/// knows may be one.
fn is_medicine(words: &[String]) -> bool {
    let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
    let changes = borrowed.first().is_some_and(|word| CHANGES.contains(&word.to_lowercase().as_str()));
    let rest = if changes { &borrowed[1..] } else { &borrowed[..] };
    match head(rest) {
        Some(head) => head.modality == Modality::Medication,
        None => rest.len() == 1 || changes || !sig::read(&rest.join(" ")).meant().is_empty(),
    }
}

/// `fu 3m phone`: a span of weeks or months behind the first word of what is seen or done on a date.
fn take_date_within(words: &mut Vec<String>, item: &mut PlanItemDraft, reading: &Reading) {
    let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
    if head(&borrowed).is_none_or(|head| head.books.is_none()) {
        return;
    }
    let is_span = |word: &str| {
        let digits = word.trim_end_matches(['d', 'w', 'm']);
        digits.len() + 1 == word.len() && is_number(digits)
    };
    let Some(at) = (1..words.len()).rev().find(|at| is_span(&words[*at].to_lowercase())) else { return };
    if let Some(date) = date_of(&words[at].to_lowercase(), reading) {
        item.due = Some(date);
        words.remove(at);
    }
}

/// Digits alone, a level or a dose are no date: `l4 5`, `300 mg`.
fn is_dated(typed: &str) -> bool {
    let has = |test: fn(char) -> bool| typed.chars().any(test);
    let separated = typed.contains(['.', '/', '-', '+']) && has(|c| c.is_ascii_digit());
    separated || has(char::is_alphabetic)
}

fn date_of(typed: &str, reading: &Reading) -> Option<NaiveDate> {
    // `x6w`: for six weeks.
    let typed =
        typed.strip_prefix(['x', '×']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(typed);
    let date = read_date(typed, reading, DateSense::Ahead).ok()?;
    (date >= reading.today).then_some(date)
}

impl Step {
    /// How it was read: `physical therapy: Physiotherapy “pool” · 5 Jan 2027`; what it books with day and time, where they
    /// are known.
    pub fn show(&self, booking: Option<&Booking>) -> String {
        let item = &self.item;
        let modality = item.modality.map_or("?", Vocab::label);
        let what = match (&self.head, self.unknown.is_empty()) {
            (Some(head), false) => format!("{head} “{}”", self.unknown),
            (Some(_), true) => item.what.clone(),
            (None, _) => format!("“{}”", item.what),
        };
        let mut out = vec![format!("{modality}: {what}")];
        out.extend(item.state.map(|state| state.label().to_owned()));
        if let Ok(wakes) = Wakes::read(&item.wakes) {
            out.push(format!("sleeps until {}", wakes.show()));
        }
        out.extend(item.due.map(|due| match (item.books, booking) {
            (Some(_), Some(booking)) => match booking.others("the next without a sign", "with - behind it", "with !") {
                others if others.is_empty() => format!("books {}", booking.says()),
                others => format!("books {} ({others})", booking.says()),
            },
            (Some(_), None) => format!("books {}", show_date(due)),
            (None, _) if item.wakes.is_empty() => show_date(due),
            (None, _) => format!("or {}", show_date(due)),
        }));
        out.extend(item.expected_relief.map(|percent| format!("expects {percent} %")));
        if !item.problem.text.is_empty() {
            out.push(format!("for {}", item.problem.text));
        }
        if !item.why.is_empty() {
            out.push(format!("because {}", item.why));
        }
        out.extend(self.fault.clone());
        out.join(" · ")
    }
}

/// The line as it is typed for an item: it reads back to the same. For help and tests.
pub fn typed(item: &PlanItemDraft) -> String {
    let mut out = Vec::new();
    out.extend(match item.state {
        Some(ItemState::Active) => Some("start".to_owned()),
        Some(ItemState::Stopped) => Some("stop".to_owned()),
        Some(ItemState::Completed) => Some("done".to_owned()),
        Some(ItemState::Declined) => Some("no".to_owned()),
        Some(ItemState::Proposed | ItemState::Changed) | None => None,
    });
    out.push(item.what.clone());
    if !item.wakes.is_empty() {
        out.push(format!("if {}", item.wakes));
    }
    out.extend(item.expected_relief.map(|percent| format!("e{percent}")));
    out.extend(item.due.map(|due| due.format("%Y-%m-%d").to_string()));
    out.join(" ")
}

/// Puts what was read among the items. A piece that is there already is changed, never doubled: a medicine by what it is and
/// in which form, anything else by what it stands for.
pub fn apply(items: &mut Vec<PlanItemDraft>, steps: Vec<Step>) {
    items.retain(|item| !item.is_blank());
    for step in steps {
        let at = if step.item.modality == Some(Modality::Medication) {
            same_medicine(items, &step)
        } else {
            items.iter().position(|item| is_same(item, &step))
        };
        match at {
            Some(at) => change(&mut items[at], step),
            None => items.push(step.item),
        }
    }
}

/// The piece of the medicine that is meant; none where it may be one of several, or where a dose begins beside one that
/// runs: whoever sets the plan says which of them holds.
fn same_medicine(items: &[PlanItemDraft], step: &Step) -> Option<usize> {
    let may_be = |item: &PlanItemDraft| {
        item.modality == Some(Modality::Medication) && !(item.books.is_some() && item.booked.is_some())
    };
    let pieces: Vec<usize> = (0..items.len()).filter(|at| may_be(&items[*at])).collect();
    let sigs: Vec<Sig> = pieces.iter().map(|at| named(&items[*at].what)).collect();
    let typed = named(&step.item.what);
    let said = if step.item.state.is_some_and(ItemState::is_over) { Said::AsItStands } else { Said::AsItComesTo };
    let Meant::At(at) = meant(&sigs, &typed, said) else { return None };
    let runs = matches!(items[pieces[at]].state, Some(ItemState::Active | ItemState::Changed));
    let is_other = !typed.strength.is_empty() && typed.reading() != sigs[at].reading();
    (!(step.begins && runs && is_other)).then(|| pieces[at])
}

fn is_same(item: &PlanItemDraft, step: &Step) -> bool {
    if item.modality != step.item.modality || item.books.is_some() && item.booked.is_some() {
        return false;
    }
    let (have, new) = (fold(&item.what), fold(&step.item.what));
    have == new || step.unknown.is_empty() && step.head.as_ref().is_some_and(|head| have.starts_with(&fold(head)))
}

fn change(item: &mut PlanItemDraft, step: Step) {
    let new = step.item;
    let says_more = !step.unknown.is_empty()
        || new.modality == Some(Modality::Medication) && new.what.split_whitespace().count() > 1;
    let is_medicine = new.modality == Some(Modality::Medication);
    let typed = if is_medicine { named(&new.what) } else { Sig::default() };
    // A form behind the name says which one is meant, and nothing new of it.
    let says_dose = !typed.strength.is_empty() || typed.often.is_some() || !typed.unread.is_empty();
    let rewritten = says_more && fold(&item.what) != fold(&new.what) && (!is_medicine || says_dose);
    if rewritten && is_medicine {
        // `increase gabapentin to 600 mg`: how often stays as it was.
        item.what = retyped(&item.what, &new.what, &typed);
    } else if rewritten {
        item.what = new.what;
    }
    let was_running = matches!(item.state, Some(ItemState::Active | ItemState::Changed));
    item.state = new.state.or(if rewritten && was_running { Some(ItemState::Changed) } else { item.state });
    item.due = new.due.or(item.due);
    if !new.wakes.is_empty() {
        item.wakes = new.wakes;
    }
    item.books = new.books.or(item.books);
    item.no_clinic = new.no_clinic.or(item.no_clinic);
    item.expected_relief = new.expected_relief.or(item.expected_relief);
    if !new.problem.is_blank() {
        item.problem = new.problem;
    }
    if !new.why.is_empty() {
        item.why = new.why;
    }
}

#[cfg(test)]
mod tests;
