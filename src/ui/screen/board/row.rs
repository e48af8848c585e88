//! One line of a pane: only what decides the next move, in columns that line up across the panes.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::names::{HIDDEN, Names};
use super::pane::sign_words;
use super::phase::{Order, Phase};
use crate::clinical::board::{Flag, Item, ItemKey};
use crate::clinical::task::Owner;
use crate::clinical::time::{show_day_month, show_time};
use crate::clinical::visit::{VisitState, Way};
use crate::clinical::vocab::Vocab;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::columns::{Column, Laid, lay};
use crate::ui::widget::spark::{change, score, spark};
use crate::ui::widget::{Canvas, Words, columns};

/// What the rows of a pane are drawn with.
pub struct Rows<'a> {
    /// The day.
    pub view: &'a View<'a>,
    /// Whose names may be read.
    pub names: &'a Names<'a>,
    /// The pane.
    pub phase: Phase,
    /// How visits are listed.
    pub order: Order,
    /// The columns of a row.
    pub width: u16,
}

/// The cells of a spark line.
const SPARK: u16 = 4;

/// How wide names are: the same in every pane of a width, so that what follows lines up.
const fn name_width(width: u16) -> u16 {
    match width {
        ..60 => 14,
        60..90 => 16,
        90.. => 24,
    }
}

/// Sign, time, name, age and sex, reason, spark line, score, change, flags.
fn visit_columns(width: u16) -> Laid {
    let flags = if width >= 90 { 30 } else { 15 };
    lay(
        &[
            Column::fixed(1, 0),
            Column::fixed(5, 2),
            Column::between(12, name_width(width), 0),
            Column::between(3, 4, 5),
            Column::rest(9, 4),
            Column::fixed(SPARK, 6),
            Column::fixed(2, 1).right(),
            Column::between(2, 3, 3),
            Column::between(9, flags, 1),
        ],
        width,
    )
}

/// Sign, time, name, age and sex, what is planned, flags: a procedure is not told by its scores.
fn procedure_columns(width: u16) -> Laid {
    let flags = if width >= 90 { 30 } else { 13 };
    lay(
        &[
            Column::fixed(1, 0),
            Column::fixed(5, 2),
            Column::between(12, name_width(width), 0),
            Column::between(3, if width < 60 { 3 } else { 4 }, 5),
            Column::rest(9, 3),
            Column::fixed(0, 9).after(0),
            Column::fixed(0, 9).after(0),
            Column::fixed(0, 9).after(0),
            Column::between(9, flags, 1),
        ],
        width,
    )
}

/// Sign, what it is, name; the text and the note at the right share the rest.
fn paper_columns(width: u16) -> Laid {
    lay(
        &[Column::fixed(1, 0), Column::fixed(8, 3), Column::between(12, name_width(width), 0), Column::rest(9, 2)],
        width,
    )
}

impl Rows<'_> {
    /// Draws the row of an item.
    pub fn paint(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        match self.phase {
            Phase::Morning | Phase::Afternoon => self.visit(canvas, line, item, is_chosen),
            Phase::Midday | Phase::Late => self.paper(canvas, line, item, is_chosen),
        }
    }

    fn visit(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        let laid = match self.phase {
            Phase::Afternoon => procedure_columns(self.width),
            Phase::Morning | Phase::Midday | Phase::Late => visit_columns(self.width),
        };
        let quiet = item.state.is_some_and(|state| !state.is_live());
        let second = if quiet { Role::Faint } else { Role::Second };
        let look = canvas.look();
        let procedure = matches!(item.key, ItemKey::Procedure(_));
        let time = if procedure && self.order == Order::ByClock && !quiet { Role::Procedure } else { second };
        laid.write(canvas, line, 0, &sign_words(item));
        laid.write(canvas, line, 1, &Words::of(time, item.start.map(show_time).unwrap_or_default()));
        laid.write(canvas, line, 2, &self.name(item, is_chosen));
        let age = item.patient.as_ref().map(|patient| patient.age_sex(item.date)).unwrap_or_default();
        laid.write(canvas, line, 3, &Words::of(second, age));
        let reason = laid.area(line, 4);
        let flags = laid.area(line, 8);
        let spans = procedure && item.scores.is_empty() && laid.shows(4) && laid.shows(8);
        let wide = if spans { flags.x.saturating_sub(reason.x + 1) } else { reason.width };
        canvas.words(Rect { width: wide, ..reason }, &Words::of(second, self.names.text(&item.text)));
        if !quiet && !spans {
            let scores: Vec<Option<u8>> = item.scores.iter().copied().map(Some).collect();
            laid.write(canvas, line, 5, &spark(look, &scores, usize::from(SPARK)));
            if item.score.is_some() {
                laid.write(canvas, line, 6, &score(item.score));
                laid.write(canvas, line, 7, &change(look, item.score, item.scores.iter().rev().nth(1).copied()));
            }
        }
        let mut decides = decides(item, self.view);
        if procedure && self.order == Order::ByClock && !quiet {
            decides.push((Role::Procedure, "procedure".to_owned()));
        }
        canvas.words(flags, &fitting(&decides, flags.width));
    }

    fn paper(&self, canvas: &mut Canvas<'_>, line: Rect, item: &Item, is_chosen: bool) {
        let laid = paper_columns(self.width);
        let paper = paper(item, self.view);
        laid.write(canvas, line, 0, &sign_words(item));
        laid.write(canvas, line, 1, &Words::of(paper.what_role, paper.what));
        let text = self.names.text(&paper.text);
        let second = if item.done { Role::Faint } else { Role::Second };
        let (name, rest) = (laid.area(line, 2), laid.area(line, 3));
        let end = if laid.shows(3) { rest.right() } else { name.right() };
        let note = columns(paper.note.width()).min(end.saturating_sub(name.x) / 2);
        canvas.words_right(Rect { x: end.saturating_sub(note), width: note, ..name }, &paper.note);
        let end = if note > 0 { end.saturating_sub(note + 2) } else { end };
        let until = |from: Rect| Rect { width: end.saturating_sub(from.x), ..from };
        if item.patient.is_some() {
            laid.write(canvas, line, 2, &self.name(item, is_chosen));
            canvas.words(until(rest), &Words::of(second, text));
        } else {
            canvas.words(until(name), &Words::of(name_role(item, is_chosen), text));
        }
    }

    fn name(&self, item: &Item, is_chosen: bool) -> Words<'static> {
        match &item.patient {
            Some(patient) if !self.names.shows(patient.id) => Words::of(Role::Faint, HIDDEN),
            Some(patient) => Words::of(name_role(item, is_chosen), patient.list_name()),
            None => Words::of(Role::Wants, "patient?"),
        }
    }
}

fn name_role(item: &Item, is_chosen: bool) -> Role {
    let quiet = item.state.is_some_and(|state| !state.is_live());
    match (is_chosen, quiet, item.done) {
        (true, _, _) => Role::Strong,
        (false, true, _) => Role::Faint,
        (false, false, true) => Role::Second,
        (false, false, false) => Role::Text,
    }
}

/// What a line of plans or paperwork says beside the name.
pub struct Paper {
    /// What it is, in a word.
    pub what: String,
    /// How that word looks.
    pub what_role: Role,
    /// What it is about.
    pub text: String,
    /// What presses, at the right.
    pub note: Words<'static>,
}

/// What a line of plans or paperwork says.
pub fn paper(item: &Item, view: &View<'_>) -> Paper {
    let day = view.board.date;
    let records = view.records;
    let mut out = Paper {
        what: item.key.what().word().to_owned(),
        what_role: Role::Faint,
        text: item.text.clone(),
        note: Words::new(),
    };
    match item.key {
        ItemKey::Plan(_) => {
            let start = item.visit.and_then(|id| records.visit(id)).and_then(|record| record.visit.start);
            out.what = match start {
                Some(start) if item.date == day => show_time(start),
                _ => show_day_month(item.date),
            };
            out.note = plan_note(item);
        }
        ItemKey::RedFlag(_) => {
            out.what_role = Role::Danger;
            out.note = Words::of(Role::Danger, "act");
        }
        ItemKey::CheckIn(id) => {
            let check_in = records.check_ins.iter().map(|(check_in, _)| check_in).find(|check_in| check_in.id == id);
            if let Some(check_in) = check_in {
                out.text.clone_from(&check_in.about);
                if check_in.attempts > 0 && !item.done {
                    out.note = Words::of(Role::Wants, format!("no answer ×{}", check_in.attempts));
                }
            }
        }
        ItemKey::Task(id) => {
            if let Some((task, _)) = records.tasks.iter().find(|(task, _)| task.id == id) {
                task.kind.label().clone_into(&mut out.what);
                out.text.clone_from(&task.what);
            }
        }
        ItemKey::Tomorrow(_) => {
            if let Some(start) = item.start {
                out.note = Words::of(Role::Second, show_time(start));
            }
        }
        ItemKey::Aftermath(_) => {
            let first = item.flags.first().filter(|flag| matches!(flag, Flag::Anticoagulant(_)));
            out.note = first.map_or_else(Words::new, |flag| {
                let (role, words) = flag_words(flag, item.key);
                Words::of(role, words)
            });
        }
        ItemKey::Assessment(_) | ItemKey::Procedure(_) | ItemKey::Copy(_) => {}
    }
    if out.note.is_empty() {
        out.note = due_note(item, day);
    }
    out
}

fn plan_note(item: &Item) -> Words<'static> {
    let mut words = Words::new();
    if item.draft {
        words = words.say(Role::Wants, "draft").gap(2);
    }
    if item.done {
        return words.say(Role::Faint, "set");
    }
    if item.score.is_some() { words.join(score(item.score)) } else { words }
}

/// Done, whose it is, or how long it has waited.
fn due_note(item: &Item, day: NaiveDate) -> Words<'static> {
    if item.done {
        return Words::of(Role::Faint, "done");
    }
    if item.owner != Owner::Me {
        return Words::of(Role::Info, item.owner.to_string());
    }
    match item.due {
        Some(due) if due < day => Words::of(Role::Wants, format!("since {}", show_day_month(due))),
        Some(due) if due > day => Words::of(Role::Faint, format!("by {}", show_day_month(due))),
        _ => Words::new(),
    }
}

/// What decides the next move: what can hurt, where the patient is, then everything else; most urgent first.
pub fn decides(item: &Item, view: &View<'_>) -> Vec<(Role, String)> {
    let can_hurt = |flag: &&Flag| matches!(flag, Flag::RedFlag | Flag::Anticoagulant(_) | Flag::Pregnant);
    let quiet = item.state.is_some_and(|state| !state.is_live());
    let flags = |wanted: bool| {
        item.flags.iter().filter(move |flag| can_hurt(flag) == wanted).map(|flag| flag_words(flag, item.key))
    };
    let mut out: Vec<(Role, String)> = Vec::new();
    if !quiet {
        out.extend(flags(true));
    }
    out.extend(where_now(item));
    let way = item.visit.and_then(|id| view.records.visit(id)).map(|record| record.visit.way);
    if let Some(way) = way.filter(|way| *way != Way::InPerson && !quiet) {
        out.push((Role::Info, way.label().to_owned()));
    }
    if item.draft && !item.done {
        out.push((Role::Wants, "draft".to_owned()));
    }
    if !quiet {
        out.extend(flags(false));
    }
    out
}

/// Where the patient is, or when it will start.
fn where_now(item: &Item) -> Option<(Role, String)> {
    match item.state? {
        VisitState::InRoom => {
            let minutes = item.in_room_min.map_or_else(|| "in room".to_owned(), |minutes| format!("{minutes} min"));
            Some((Role::Focus, minutes))
        }
        VisitState::Here => Some((Role::Info, "here".to_owned())),
        VisitState::Booked => item.expected.map(|time| (Role::Second, format!("~{}", show_time(time)))),
        VisitState::Left => None,
        state @ (VisitState::NoShow | VisitState::Cancelled) => Some((Role::Faint, state.label().to_owned())),
    }
}

/// A flag in words. A procedure names the antithrombotic.
pub fn flag_words(flag: &Flag, key: ItemKey) -> (Role, String) {
    let (role, words) = match flag {
        Flag::RedFlag => (Role::Danger, "red flag"),
        Flag::Anticoagulant(drug) if matches!(key, ItemKey::Procedure(_)) => {
            return (Role::Danger, format!("⚠ {drug}"));
        }
        Flag::Anticoagulant(_) => (Role::Danger, "anticoag"),
        Flag::AnticoagulantUnknown => (Role::Wants, "anticoag?"),
        Flag::Pregnant => (Role::Danger, "pregnant"),
        Flag::Allergy => (Role::Danger, "allergy"),
        Flag::Kidney => (Role::Danger, "kidney"),
        Flag::PatientUnconfirmed => (Role::Wants, "patient?"),
        Flag::NameAlert => (Role::Wants, "same name"),
        Flag::Interpreter => (Role::Info, "interpreter"),
        Flag::Decides => (Role::Info, "proxy"),
        Flag::Overlap => (Role::Wants, "overlap"),
        Flag::Missing(what) => return (Role::Wants, what.clone()),
    };
    (role, words.to_owned())
}

/// As many of them as fit, and how many did not.
fn fitting(all: &[(Role, String)], width: u16) -> Words<'static> {
    let room = usize::from(width);
    let mut words = Words::new();
    for (at, (role, text)) in all.iter().enumerate() {
        let rest = all.len() - at - 1;
        let more = if rest > 0 { 2 + rest.to_string().len() } else { 0 };
        let gap = if at > 0 { 2 } else { 0 };
        let next = words.width() + gap + crate::clinical::text::width(text);
        if at > 0 && next + more > room {
            let count = format!(" +{}", rest + 1);
            return if words.width() + count.len() <= room { words.say(Role::Faint, count) } else { words };
        }
        words = words.gap(gap).say(*role, text.clone());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_cut_by_what_fits_and_the_rest_is_counted() {
        let all = |words: &[&str]| words.iter().map(|word| (Role::Text, (*word).to_owned())).collect::<Vec<_>>();
        for (words, width, shown) in [
            (&["anticoag", "allergy"][..], 20, "anticoag  allergy"),
            (&["anticoag", "allergy"], 14, "anticoag +1"),
            (&["anticoag", "allergy", "kidney"], 19, "anticoag +2"),
            (&["anticoag", "allergy", "kidney"], 20, "anticoag  allergy +1"),
            (&["interpreter"], 9, "interpreter"),
            (&["interpreter", "x"], 13, "interpreter"),
            (&["interpreter", "x"], 14, "interpreter  x"),
            (&["anticoag", "x"], 9, "anticoag"),
            (&[], 9, ""),
        ] {
            assert_eq!(fitting(&all(words), width).plain(), shown, "{width}");
        }
    }
}
