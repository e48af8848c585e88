//! The list beside the figure: one line a region, its side spelled out, now and then, and what became of it.

use chrono::NaiveDate;

use crate::clinical::body::{Change, Line, Mark};
use crate::clinical::time::show_date;
use crate::ui::theme::{Look, Mark as Sign, Role};
use crate::ui::widget::Words;
use crate::ui::widget::body::pain;
use crate::ui::widget::columns::{Column, Laid, lay};

/// Code, side and site, what else is known, how much now, what became of it, how much then.
const COLUMNS: [Column; 6] = [
    Column::fixed(3, 0),
    Column::between(14, 30, 0).after(1),
    Column::rest(12, 4).after(2),
    Column::fixed(2, 0).right().after(1),
    Column::fixed(5, 1).after(1),
    Column::fixed(2, 2).right().after(1),
];

/// The columns of the list at a width.
pub fn columns(width: u16) -> Laid {
    lay(&COLUMNS, width)
}

/// The heads of the last columns.
pub fn heads(then: Option<NaiveDate>) -> Words<'static> {
    let words = Words::of(Role::Second, "now");
    match then {
        Some(date) => words.gap(1).say(Role::Faint, show_date(date)),
        None => words,
    }
}

/// The cells of one line.
pub fn cells(line: &Line<'_>, look: Look) -> [Words<'static>; 6] {
    let hurts = line.now.is_some_and(Mark::hurts);
    let name = if hurts || line.now.is_none() { Role::Text } else { Role::Second };
    [
        Words::of(Role::Second, line.region.code()),
        Words::of(name, line.region.words()),
        Words::of(Role::Faint, line.now.map(Mark::details).unwrap_or_default()),
        now(line),
        change(line, look),
        match line.last {
            Some(mark) => Words::of(Role::Faint, mark.number()),
            None if line.change.is_some() => Words::of(Role::Faint, "–"),
            None => Words::new(),
        },
    ]
}

fn now(line: &Line<'_>) -> Words<'static> {
    match line.now {
        Some(mark) if mark.hurts() => Words::new().bold(pain(mark.intensity), mark.number()),
        Some(_) => Words::of(Role::Done, "0"),
        None => Words::of(Role::Wants, "?"),
    }
}

/// What became of it, in few columns; what was taken over as it stood says so.
fn change(line: &Line<'_>, look: Look) -> Words<'static> {
    let sign = |sign: Sign, by: u8| {
        let role = if sign == Sign::Worse && by >= 5 { Role::Wants } else { sign.role() };
        Words::of(role, format!("{}{by}", sign.glyph(look.signs)))
    };
    let is_carried = line.now.is_some_and(|mark| mark.carried);
    match line.change {
        Some(Change::New) => Words::new().bold(Role::Wants, "NEW"),
        Some(Change::Gone) => Words::of(Role::Done, "gone"),
        Some(Change::Worse(by)) => sign(Sign::Worse, by),
        Some(Change::Better(by)) => sign(Sign::Better, by),
        None | Some(Change::Same | Change::Still) if is_carried => Words::of(Role::Info, "taken"),
        Some(Change::Same) => Words::of(Role::Second, "="),
        None | Some(Change::Still) => Words::new(),
        Some(Change::NotAsked) => Words::of(Role::Wants, "ask"),
    }
}
