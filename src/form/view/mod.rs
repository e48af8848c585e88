//! Drawing a form, without knowing on what: a pure function of struct, state and size. `ui` paints the roles.

mod area;
mod ask;
mod field;
mod help;
mod layout;
mod line;
mod popup;
mod role;
mod rows;
mod said;
mod score;
mod typed;

pub(crate) use layout::{Layout, area_width, layout};
pub use role::{FormView, HitArea, Line, PopupView, Role, SectionView, Span, Target};

use super::core::Core;
use super::def::Kind;
use super::sheet::Sheet;
use field::{Drawn, Place};
use layout::{Block, MARGIN, What};
use line::Build;

/// So many lines under a field are kept in view beside what is offered.
const MOST_SAID: u16 = 3;

/// Draws what is visible of a form.
pub(crate) fn view(sheet: &mut dyn Sheet, core: &Core, size: (u16, u16)) -> FormView {
    let layout = layout(sheet, core, size);
    let height = usize::from(size.1);
    let top = core.top;
    let mut view = FormView {
        above: top.min(layout.height()),
        below: layout.height().saturating_sub(top + height),
        ..FormView::default()
    };
    let bottom = (top + height).min(layout.height());
    view.lines = vec![Line::default(); bottom.saturating_sub(top)];
    for block in &layout.blocks {
        if block.y + block.height() <= top || block.y >= bottom {
            continue;
        }
        let drawn = draw_block(sheet, core, &layout, block);
        place(&mut view, drawn, block, (top, layout.width));
    }
    if let (Some(popup), Some(near)) = (&core.popup, view.cursor) {
        let said = said_below(&layout, near, top);
        // Its words stand under those that were typed, behind the column of the mark.
        let from = (near.0.saturating_sub(popup::typed(core, popup) + 1), near.1);
        let Some((popup, hits)) = popup::place(popup, from, said, size, &core.names.enter) else { return view };
        view.popup = Some(popup);
        view.hits.extend(hits);
    }
    view
}

/// So many lines below the cursor belong to its field and are not to be covered: what is wrong with it, what its keys do.
/// Where they are many, as under a row with others below it, only those next to it are meant.
fn said_below(layout: &Layout, near: (u16, u16), top: usize) -> u16 {
    let focused = layout.blocks.iter().find(|block| block.focused);
    let end = focused.map_or(0, |block| (block.y + block.height()).saturating_sub(top));
    let below = end.saturating_sub(usize::from(near.1) + 1);
    u16::try_from(below).ok().filter(|below| *below <= MOST_SAID).unwrap_or(0)
}

fn draw_block(sheet: &mut dyn Sheet, core: &Core, layout: &Layout, block: &Block) -> Drawn {
    match block.what {
        What::Title(section) => title(sheet, core, layout, section, block.main),
        What::Field(field) => {
            let (value_x, width, main) = (layout.value_x, block.columns.len(), block.main);
            field::draw(sheet, &Place { core, field, focused: block.focused, value_x, width, main })
        }
    }
}

/// A section's title; over scores with the names of their columns.
fn title(sheet: &mut dyn Sheet, core: &Core, layout: &Layout, section: usize, lines: usize) -> Drawn {
    let info = &sheet.sections()[section];
    let (title, fields) = (info.title.clone(), info.from..info.to);
    let mut drawn = Drawn { lines: vec![Line::default(); lines], ..Drawn::default() };
    let Some(last) = drawn.lines.last_mut().filter(|_| !title.is_empty()) else { return drawn };
    let mut line = Build::new(layout.width);
    line.at(MARGIN);
    line.put(&title, Role::Title);
    let mut scores = fields.filter(|field| sheet.shown(*field) && matches!(sheet.meta(*field).kind, Kind::Score(_)));
    if !core.in_words && scores.any(|field| core.ghosts.get(field).is_some_and(Option::is_some)) {
        let columns = score::columns(sheet, layout.value_x, layout.width, &core.ghosts);
        if line.x() + 4 < columns.now {
            line.put_to(columns.now, "now", Role::Text);
            line.put_to(columns.last, "last", Role::Faint);
        }
    }
    *last = line.done();
    drawn
}

/// Puts the lines of a block into the view, as far as they are visible.
fn place(view: &mut FormView, drawn: Drawn, block: &Block, (top, layout_width): (usize, usize)) {
    let row = |line: usize| (block.y + line).checked_sub(top).filter(|row| *row < view.lines.len());
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let left = block.columns.start;
    let point = |(x, line): (usize, usize)| Some((small(left + x), small(row(line)?)));
    if block.focused {
        view.cursor = drawn.cursor.and_then(point);
        view.focus = point(drawn.focus);
    }
    let hits = drawn.hits.into_iter().filter_map(|(line, range, target)| {
        Some(HitArea { y: small(row(line)?), from: small(left + range.start), to: small(left + range.end), target })
    });
    view.hits.extend(hits.collect::<Vec<_>>());
    let lines = drawn.lines.into_iter().chain(block.under.iter().cloned());
    for (at, line) in lines.enumerate() {
        if let Some(row) = (block.y + at).checked_sub(top)
            && let Some(place) = view.lines.get_mut(row)
        {
            let part = (block.columns.len() < layout_width).then(|| small(left)..small(block.columns.end));
            place.put_from(left, Line { part: line.band.then_some(part).flatten(), ..line });
        }
    }
}

/// The line of the focused field, counted from its first, on which the hands are.
pub(crate) fn focus_line(sheet: &mut dyn Sheet, core: &Core) -> usize {
    let Some(field) = sheet.find(core.pos) else { return 0 };
    let label = usize::from(!sheet.meta(field).label.is_empty());
    match sheet.meta(field).kind {
        Kind::Area { .. } => {
            core.edit.as_ref().map_or(0, |edit| label + edit.wrap().row_of(edit.at()).saturating_sub(edit.top()))
        }
        Kind::Checklist => label + core.option,
        Kind::Rows => match sheet.rows(field).map(|rows| rows.len()) {
            None | Some(0) => label,
            Some(_) => label + 1 + usize::from(core.pos.row),
        },
        _ => 0,
    }
}
