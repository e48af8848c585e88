//! Repeating rows: the column names, one line per row, the focused cell marked.

use crate::form::def::{Kind, Meta};
use crate::form::key::Key;
use crate::form::read::words;
use crate::form::sheet::{Sheet, small};
use crate::form::text::width_of;

use super::field::{Drawn, Place, label};
use super::layout::MARGIN;
use super::line::Build;
use super::role::{Role, Target};
use super::typed::edit_line;

/// Columns for the row's number.
const NUMBER: usize = 3;
/// Columns between cells.
const GAP: usize = 2;

/// The rows of a field.
pub(super) fn rows(sheet: &mut dyn Sheet, place: &Place<'_>, meta: &Meta, key: Key) -> Drawn {
    let mut drawn = Drawn::default();
    let core = place.core;
    let ghost = core.ghosts.get(place.field).and_then(Option::as_ref);
    let Some(rows) = sheet.rows(place.field) else { return drawn };
    if !meta.label.is_empty() {
        let mut line = label(place, meta, meta.required && rows.is_empty());
        if core.taken.contains(&key)
            && let Some(ghost) = ghost
        {
            line.gap(2);
            let date = super::field::ghost_date(ghost.date, core.reading.today);
            line.put(&format!("as on {date}"), Role::Taken);
        }
        drawn.hits.push((0, 0..place.width, Target::Field(key)));
        drawn.lines.push(line.done());
    }
    if rows.is_empty() {
        let mut line = Build::new(place.width);
        line.at(MARGIN);
        match ghost {
            Some(ghost) => {
                let date = super::field::ghost_date(ghost.date, core.reading.today);
                line.put(&format!("{} · {date}", ghost.words), Role::Ghost)
            }
            None => line.put("none yet", Role::Faint),
        };
        drawn.focus = (MARGIN, drawn.lines.len());
        drawn.hits.push((drawn.lines.len(), 0..place.width, Target::Field(key)));
        let mut line = line.done();
        line.band = place.focused;
        drawn.lines.push(line);
        return drawn;
    }
    let metas: Vec<&'static Meta> = (0..rows.cols()).filter_map(|col| rows.meta(col)).collect();
    let focus_col = if place.focused { usize::from(core.pos.col) } else { 0 };
    let columns = columns(&metas, focus_col, place.width.saturating_sub(MARGIN + NUMBER));
    let mut names = Build::new(place.width);
    for column in &columns {
        let name = match &metas[column.col].kind {
            Kind::Num(spec) if !spec.unit.is_empty() => format!("{} {}", metas[column.col].label, spec.unit),
            _ => metas[column.col].label.to_string(),
        };
        names.put_at(MARGIN + NUMBER + column.x, &crate::clinical::text::cut(&name, column.width), Role::Faint);
    }
    drawn.lines.push(names.done());
    for row in 0..rows.len() {
        let y = drawn.lines.len();
        let here = place.focused && usize::from(core.pos.row) == row;
        let mut line = Build::new(place.width);
        line.at(MARGIN);
        line.put(&(row + 1).to_string(), Role::Faint);
        for column in &columns {
            let cell = key.at(small(row), small(column.col));
            let x = MARGIN + NUMBER + column.x;
            if !rows.shown(row, column.col) {
                continue;
            }
            drawn.hits.push((y, x..x + column.width, Target::Field(cell)));
            line.at(x);
            let kind = &metas[column.col].kind;
            let text = words(&mut rows.cell(row, column.col), kind, &core.reading);
            if here && column.col == focus_col {
                drawn.focus = (x, y);
                match &core.edit {
                    Some(edit) => {
                        let room = column.width.min(line.room());
                        drawn.cursor = edit_line(&mut line, edit, room).map(|x| (x, y));
                        drawn.hits.push((y, x..x + column.width, Target::Text(cell, 0, 0)));
                    }
                    None => {
                        line.put(&crate::clinical::text::cut(&text, column.width), Role::Cell);
                    }
                }
                let rest = (x + column.width).saturating_sub(line.x()).min(line.room());
                line.put(&" ".repeat(rest), Role::Cell);
                continue;
            }
            match core.bad.get(&cell) {
                Some(bad) => line.put(&crate::clinical::text::cut(&bad.text, column.width), Role::Error),
                None => line.put(&crate::clinical::text::cut(&text, column.width), Role::Text),
            };
        }
        let beside = (0..rows.cols()).filter_map(|col| rows.beside(row, col)).collect::<Vec<_>>().join(" · ");
        if !beside.is_empty() {
            line.gap(GAP);
            line.put(&crate::clinical::text::clean_line(&beside), Role::Computed);
        }
        let mut line = line.done();
        line.band = here;
        drawn.lines.push(line);
    }
    drawn
}

/// A column that is in view.
struct Column {
    col: usize,
    x: usize,
    width: usize,
}

/// The columns that fit, from one on that brings the focused one in view; texts share what is left.
fn columns(metas: &[&'static Meta], focus: usize, room: usize) -> Vec<Column> {
    let wanted: Vec<usize> = metas.iter().map(|meta| wanted(meta)).collect();
    let span = |range: std::ops::Range<usize>| wanted[range].iter().map(|width| width + GAP).sum::<usize>();
    let mut first = 0;
    let all = span(0..metas.len()).saturating_sub(GAP) <= room;
    while !all && first < focus && span(first..(focus + 1).min(metas.len())).saturating_sub(GAP) > room {
        first += 1;
    }
    let mut out = Vec::new();
    let mut x = 0;
    for (col, width) in wanted.iter().enumerate().skip(first) {
        if x >= room {
            break;
        }
        let width = (*width).min(room - x);
        out.push(Column { col, x, width });
        x += width + GAP;
    }
    let stretch: Vec<usize> = (0..out.len()).filter(|at| stretches(metas[out[*at].col])).collect();
    let left = room.saturating_sub(x.saturating_sub(GAP));
    if all && !stretch.is_empty() && left > 0 {
        let (each, mut more) = (left / stretch.len(), left % stretch.len());
        for at in stretch {
            let grow = each + usize::from(more > 0);
            more = more.saturating_sub(1);
            out[at].width += grow;
            for later in &mut out[at + 1..] {
                later.x += grow;
            }
        }
    }
    out
}

fn stretches(meta: &Meta) -> bool {
    meta.width == 0 && matches!(meta.kind, Kind::Line | Kind::Coded(_))
}

fn wanted(meta: &Meta) -> usize {
    let usual = match &meta.kind {
        Kind::Line | Kind::Coded(_) | Kind::Chips | Kind::Checklist => 14,
        Kind::Area { .. } => 20,
        Kind::Num(spec) => 6 + width_of(spec.unit).min(4),
        Kind::Score(_) | Kind::Flag => 4,
        Kind::Date(_) => 11,
        Kind::Time => 5,
        Kind::Pick | Kind::Body => 12,
        Kind::Rows | Kind::Note => 0,
    };
    let width = if meta.width > 0 { usize::from(meta.width) } else { usual };
    width.max(width_of(&meta.label).min(12))
}
