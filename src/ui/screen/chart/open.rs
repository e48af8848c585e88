//! What is open of a patient: what stands in the day's paperwork, in its order, then check-ins and tasks that are not due yet.

use chrono::NaiveDate;

use super::block::{Block, Line};
use crate::clinical::board::{Board, Item, ItemKey, Mark as State, What};
use crate::clinical::models::Chart;
use crate::clinical::task::{Owner, TaskKind};
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::clinical::vocab::Vocab;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::Words;

/// The block. It reads the same items as the board, so that the two never disagree.
pub fn block(chart: &Chart, board: &Board, today: NaiveDate) -> Block {
    let patient = chart.file.patient.id;
    let waits = waiting(board).filter(|item| item.patient_id() == Some(patient));
    let mut lines: Vec<Line> = waits.map(|item| of_item(item, today)).collect();
    let check_ins = chart.check_ins.iter().filter(|check_in| !stands(board, ItemKey::CheckIn(check_in.id)));
    lines.extend(check_ins.map(|check_in| {
        let tried = if check_in.attempts > 0 { format!(", no answer ×{}", check_in.attempts) } else { String::new() };
        let text = format!("check-in: {}{tried}", clean_line(&check_in.about));
        let right = due(Some(check_in.due), &check_in.owner, today);
        Line::Marked(sign(Some(check_in.due), today), Words::of(Role::Text, text), right)
    }));
    lines.extend(chart.tasks.iter().filter(|task| !stands(board, ItemKey::Task(task.id))).map(|task| {
        let kind = if task.kind == TaskKind::Task { String::new() } else { format!("{}: ", task.kind.label()) };
        let words = Words::of(Role::Text, format!("{kind}{}", clean_line(&task.what)));
        Line::Marked(sign(task.due, today), words, due(task.due, &task.owner, today))
    }));
    if lines.is_empty() {
        lines.push(Line::left(Words::of(Role::Second, "nothing")));
    }
    Block { keeps: 2, ..Block::new("Open", lines) }
}

fn waiting(board: &Board) -> impl Iterator<Item = &Item> {
    board.late.iter().filter(|item| !item.done && !item.decided)
}

/// Whether an item is among those that are open in the day's paperwork.
pub fn stands(board: &Board, key: ItemKey) -> bool {
    waiting(board).any(|item| item.key == key)
}

/// An item of the paperwork: what it is, what it is about, when it is due.
fn of_item(item: &Item, today: NaiveDate) -> Line {
    let text = clean_line(&item.text);
    let text = match item.key.what() {
        // These say themselves what they are.
        What::Task | What::Screen => text,
        What::Tomorrow => format!("{}: {text}", show_date(item.date)),
        what => format!("{}: {text}", what.word()),
    };
    let mark = if item.mark == State::WantsYou { Mark::Wants } else { Mark::ToCome };
    Line::Marked(mark, Words::of(Role::Text, text), due(item.due, &item.owner, today))
}

fn due(due: Option<NaiveDate>, owner: &Owner, today: NaiveDate) -> Words<'static> {
    let owner = if *owner == Owner::Me { Words::new() } else { Words::of(Role::Info, clean_line(&owner.to_string())) };
    match due {
        None => owner,
        Some(due) => {
            let role = if due < today { Role::Wants } else { Role::Second };
            let owner = if owner.is_empty() { owner } else { owner.gap(2) };
            owner.say(role, format!("due {}", show_date(due)))
        }
    }
}

fn sign(due: Option<NaiveDate>, today: NaiveDate) -> Mark {
    if due.is_some_and(|due| due < today) { Mark::Wants } else { Mark::ToCome }
}
