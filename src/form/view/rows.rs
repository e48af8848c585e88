//! Repeating rows: the column names, one line per row, the focused cell marked.

use crate::clinical::text::{clean_line, cut};
use crate::clinical::typed::Reading;
use crate::form::core::{Core, Ghost};
use crate::form::def::{Kind, Meta, Overflow};
use crate::form::key::Key;
use crate::form::read::words;
use crate::form::rows::Rows;
use crate::form::sheet::{Sheet, small};
use crate::form::text::width_of;

use super::field::{Drawn, Place, ghost_words, head};
use super::layout::MARGIN;
use super::line::Build;
use super::role::{Line, Role, Target};
use super::typed::edit_line;

/// Rows of which more is said below than this are not read at a glance.
const IN_FULL: usize = 8;

/// What does not fit of the rows, a paragraph each; of rows with the hands in them only of the one where the hands are.
pub(super) fn in_full(sheet: &mut dyn Sheet, core: &Core, field: usize, focused: bool, width: usize) -> Vec<Line> {
    if sheet.meta(field).overflow == Overflow::Cut {
        return Vec::new();
    }
    let Some(rows) = sheet.rows(field) else { return Vec::new() };
    let metas: Vec<&'static Meta> = (0..rows.cols()).filter_map(|col| rows.meta(col)).collect();
    let shown = |rows: &mut (dyn Rows + '_), row: usize, col: usize, kind: &Kind| {
        let text =
            if rows.shown(row, col) { words(&mut rows.cell(row, col), kind, &core.reading) } else { String::new() };
        clean_line(&text)
    };
    let held: Vec<Option<usize>> = (0..metas.len()).map(|col| held(rows, col, metas[col], &core.reading)).collect();
    let focus = if focused { usize::from(core.pos.col) } else { 0 };
    let columns = columns(&metas, &held, focus, width.saturating_sub(MARGIN + NUMBER + GAP));
    let mut out = Vec::new();
    let wanted = |row: &usize| !focused || *row == usize::from(core.pos.row);
    for row in (0..rows.len()).filter(wanted).take(IN_FULL) {
        let mut parts = Vec::new();
        for (col, meta) in metas.iter().enumerate() {
            let text = shown(rows, row, col, &meta.kind);
            let fits = columns.iter().any(|column| column.col == col && width_of(&text) <= column.width);
            let is_here = focused && col == usize::from(core.pos.col) && core.edit.is_some();
            if !text.is_empty() && !fits && !is_here {
                parts.push(format!("{} {text}", meta.label));
            }
        }
        if !parts.is_empty() {
            let line = format!("{}  {}", row + 1, parts.join(" · "));
            out.extend(super::help::paragraph(&line, Role::Second, MARGIN, width));
        }
    }
    out
}

/// Columns for the row's number.
const NUMBER: usize = 3;
/// Columns between cells.
const GAP: usize = 2;

/// The rows of a field.
pub(super) fn rows(sheet: &mut dyn Sheet, place: &Place<'_>, meta: &Meta, key: Key) -> Drawn {
    let mut drawn = Drawn::default();
    let ghost = place.core.ghosts.get(place.field).and_then(Option::as_ref);
    let Some(rows) = sheet.rows(place.field) else { return drawn };
    if !meta.label.is_empty() {
        head(&mut drawn, place, meta, key, ghost, rows.is_empty());
    }
    if rows.is_empty() {
        empty(&mut drawn, place, key, ghost);
        return drawn;
    }
    let metas: Vec<&'static Meta> = (0..rows.cols()).filter_map(|col| rows.meta(col)).collect();
    let focus = if place.focused { usize::from(place.core.pos.col) } else { 0 };
    let held: Vec<Option<usize>> =
        (0..metas.len()).map(|col| held(rows, col, metas[col], &place.core.reading)).collect();
    let columns = columns(&metas, &held, focus, place.width.saturating_sub(MARGIN + NUMBER + GAP));
    drawn.lines.push(names(&metas, &held, &columns, place.width));
    for row in 0..rows.len() {
        row_line(&mut drawn, place, rows, row, key, &columns);
    }
    drawn
}

/// The one line of rows without a row: what the last visit held, or that there is none.
fn empty(drawn: &mut Drawn, place: &Place<'_>, key: Key, ghost: Option<&Ghost>) {
    let mut line = Build::new(place.width);
    line.at(MARGIN);
    match ghost {
        Some(ghost) => {
            let words = ghost_words(&ghost.words, ghost.date, place.core.reading.today, line.room());
            line.put(&words, Role::Ghost)
        }
        None => line.put("none yet", Role::Faint),
    };
    drawn.focus = (MARGIN, drawn.lines.len());
    drawn.hits.push((drawn.lines.len(), 0..place.width, Target::Field(key)));
    let mut line = line.done();
    line.band = place.focused;
    drawn.lines.push(line);
}

/// The names of the columns, with their units, and a sign at each end where there are more.
fn names(metas: &[&'static Meta], held: &[Option<usize>], columns: &[Column], width: usize) -> Line {
    let mut names = Build::new(width);
    let is_any = |mut cols: std::ops::Range<usize>| cols.any(|col| held[col].is_some());
    let in_view = |col: &usize| columns.iter().any(|column| column.col == *col);
    let last = columns.last().map_or(0, |last| last.col);
    if (0..last).any(|col| held[col].is_some() && !in_view(&col)) {
        names.put_at(MARGIN, "‹", Role::Faint);
    }
    for column in columns {
        let meta = metas[column.col];
        names.put_at(MARGIN + NUMBER + column.x, &cut(&heading(meta), column.width), Role::Faint);
    }
    if columns.last().is_some_and(|last| is_any(last.col + 1..metas.len())) {
        names.put_at(width.saturating_sub(1), "›", Role::Faint);
    }
    names.done()
}

/// The name of a column, with its unit.
fn heading(meta: &Meta) -> String {
    match &meta.kind {
        Kind::Num(spec) if !spec.unit.is_empty() => format!("{} {}", meta.label, spec.unit),
        _ => meta.label.to_string(),
    }
}

fn row_line(
    drawn: &mut Drawn,
    place: &Place<'_>,
    rows: &mut (dyn Rows + '_),
    row: usize,
    key: Key,
    columns: &[Column],
) {
    let y = drawn.lines.len();
    let here = place.focused && usize::from(place.core.pos.row) == row;
    let mut line = Build::new(place.width);
    line.at(MARGIN);
    line.put(&(row + 1).to_string(), Role::Faint);
    for column in columns {
        if !rows.shown(row, column.col) {
            continue;
        }
        let (Some(meta), cell) = (rows.meta(column.col), key.at(small(row), small(column.col))) else { continue };
        let x = MARGIN + NUMBER + column.x;
        drawn.hits.push((y, x..x + column.width, Target::Field(cell)));
        line.at(x);
        let text = words(&mut rows.cell(row, column.col), &meta.kind, &place.core.reading);
        if place.focused && place.core.pos == cell {
            drawn.focus = (x, y);
            focused_cell(drawn, place, &mut line, column, cell, &text);
        } else if let Some(bad) = place.core.bad.get(&cell) {
            line.put(&cut(&bad.text, column.width), Role::Error);
        } else {
            line.put(&cut(&text, column.width), Role::Text);
        }
    }
    let beside = (0..rows.cols()).filter_map(|col| rows.beside(row, col)).collect::<Vec<_>>().join(" · ");
    if !beside.is_empty() {
        line.gap(GAP);
        line.put(&clean_line(&beside), Role::Computed);
    }
    let mut line = line.done();
    line.band = here;
    drawn.lines.push(line);
}

fn focused_cell(drawn: &mut Drawn, place: &Place<'_>, line: &mut Build, column: &Column, cell: Key, text: &str) {
    let (x, y) = drawn.focus;
    if let Some(edit) = &place.core.edit {
        // The cursor behind the last letter stands in the gap: a text that fits its column is not moved for it.
        let room = (column.width + 1).min(line.room());
        drawn.cursor = edit_line(line, edit, room).map(|x| (x, y));
        drawn.hits.push((y, x..x + column.width, Target::Text(cell, 0, 0)));
    } else {
        // A cell without a cursor is marked before it, also where it is blank.
        line.mark_before(Role::Cell);
        line.put(&cut(text, column.width), Role::Cell);
    }
}

/// A column that is in view.
struct Column {
    col: usize,
    x: usize,
    width: usize,
}

/// The widest a text and a choice grow where columns do not all fit.
const MOST: usize = 44;
const PICKED: usize = 20;
/// The widest that what a row is about takes while other columns are in view.
const NAME: usize = 24;

/// How wide the widest cell of a column is; none where no row shows it.
fn held(rows: &mut (dyn Rows + '_), col: usize, meta: &Meta, reading: &Reading) -> Option<usize> {
    let cells = (0..rows.len()).filter(|row| rows.shown(*row, col)).collect::<Vec<_>>();
    let wide = |row: usize| width_of(&words(&mut rows.cell(row, col), &meta.kind, reading));
    cells.into_iter().map(wide).max()
}

/// The columns that fit, from one on that brings the focused one in view; texts share what is left. Where they do not all
/// fit, each takes what it holds, so that a blank one does not cut its neighbour; its name is never cut.
fn columns(metas: &[&'static Meta], held: &[Option<usize>], focus: usize, room: usize) -> Vec<Column> {
    let mut wanted: Vec<usize> = metas.iter().map(|meta| wanted(meta)).collect();
    let sum = |wanted: &[usize]| wanted.iter().filter(|width| **width > 0).map(|width| width + GAP).sum::<usize>();
    let is_cut = |(wanted, held): (&usize, &Option<usize>)| held.is_some_and(|held| held > *wanted);
    let all = sum(&wanted).saturating_sub(GAP) <= room && !wanted.iter().zip(held).any(is_cut);
    if !all {
        for (col, width) in wanted.iter_mut().enumerate() {
            let usual = *width;
            let least = width_of(&heading(metas[col]));
            let most = match metas[col].kind {
                _ if is_text(metas[col]) => MOST.max(usual),
                Kind::Pick => PICKED.max(usual),
                _ => usual,
            };
            *width = held[col].map_or(0, |held| held.clamp(least, most.max(least)));
            if col == focus {
                *width = (*width).max(usual);
            }
        }
        // What is over goes to those that are still cut.
        let mut over = room.saturating_sub(sum(&wanted).saturating_sub(GAP));
        for (width, held) in wanted.iter_mut().zip(held) {
            let grow = held.unwrap_or(0).saturating_sub(*width).min(over);
            *width += grow;
            over -= grow;
        }
    }
    let focus = focus.min(metas.len().saturating_sub(1));
    let span = |range: std::ops::Range<usize>| sum(&wanted[range]);
    let mut first = first_in_view(focus, 0, room, &span);
    let mut out = Vec::new();
    let mut x = 0;
    // What the row is about stays in view.
    let name = metas.iter().position(|meta| is_text(meta)).filter(|name| *name < first);
    if let Some((name, width)) = name.map(|name| (name, wanted[name].min(NAME)))
        && width + GAP + wanted[focus] <= room
    {
        out.push(Column { col: name, x, width });
        x = width + GAP;
        first = first_in_view(focus, first, room - x, &span);
    }
    for (col, width) in wanted.iter().enumerate().skip(first).filter(|(_, width)| **width > 0) {
        if x >= room {
            break;
        }
        let width = (*width).min(room - x);
        // A column of which not even the name can be read is left to the sign that there are more.
        if width < width_of(&heading(metas[col])) && col != focus && !out.is_empty() {
            break;
        }
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

/// The first column from one on with which the focused one is in view.
fn first_in_view(focus: usize, from: usize, room: usize, span: &dyn Fn(std::ops::Range<usize>) -> usize) -> usize {
    (from..focus).find(|first| span(*first..focus + 1).saturating_sub(GAP) <= room).unwrap_or(focus.max(from))
}

fn stretches(meta: &Meta) -> bool {
    meta.width == 0 && is_text(meta)
}

const fn is_text(meta: &Meta) -> bool {
    matches!(meta.kind, Kind::Line | Kind::Coded(_))
}

fn wanted(meta: &Meta) -> usize {
    let usual = match &meta.kind {
        Kind::Line | Kind::Coded(_) | Kind::Chips | Kind::Checklist => 14,
        Kind::Area { .. } => 20,
        Kind::Num(spec) => 6 + width_of(spec.unit).min(4),
        Kind::Score(_) | Kind::Flag | Kind::Ask => 4,
        Kind::Date(_) => 11,
        Kind::Time => 5,
        Kind::Pick | Kind::Body => 12,
        Kind::Rows | Kind::Note => 0,
    };
    let width = if meta.width > 0 { usize::from(meta.width) } else { usual };
    width.max(width_of(&heading(meta)))
}
