//! Where each field stands: pure arithmetic from struct, state and size, used by drawing, scrolling and the mouse alike.
//!
//! Only heights are computed for what is out of view; lines are built for what is in view.

use std::ops::Range;

use crate::clinical::text::clean_line;
use crate::form::core::Core;
use crate::form::def::{Kind, Standing};
use crate::form::key::Key;
use crate::form::problem::{Cause, Level, Problem, problems};
use crate::form::sheet::Sheet;
use crate::form::slot::Slot;
use crate::form::text::{Wrap, width_of};

use super::help::help_lines;
use super::role::{Line, Role};

/// Columns left of labels.
pub(super) const MARGIN: usize = 2;
/// Columns that the name of what an item belongs to takes at most.
const LONGEST_NAME: usize = 18;
/// Columns between label and value.
const GAP: usize = 2;

/// From this width on two texts that belong together stand beside each other.
const ABREAST_FROM: usize = 100;

/// The columns of a field: all of them, or its half where two texts stand beside each other. In plain lines every field has
/// lines of its own.
pub(super) fn columns_of(sheet: &dyn Sheet, core: &Core, field: usize, width: usize) -> Range<usize> {
    let goes_with_last = |field: usize| {
        field < sheet.fields()
            && sheet.meta(field).standing == Standing::Abreast
            && sheet.shown(field)
            && sheet.shown(field.saturating_sub(1))
    };
    let half = width / 2;
    match (width >= ABREAST_FROM && !core.in_words, goes_with_last(field), goes_with_last(field + 1)) {
        (true, true, _) => half..width,
        (true, false, true) => 0..half,
        _ => 0..width,
    }
}

/// The width at which the text of an area is wrapped, in a form of a width: one column stays free for the cursor.
pub(crate) fn area_width(sheet: &dyn Sheet, core: &Core, field: usize, width: u16) -> usize {
    text_width(columns_of(sheet, core, field, usize::from(width)).len())
}

/// The width at which text in so many columns is wrapped.
pub(super) fn text_width(columns: usize) -> usize {
    columns.saturating_sub(MARGIN + 2).max(1)
}

/// A form laid out.
pub(crate) struct Layout {
    pub blocks: Vec<Block>,
    pub width: usize,
    /// The column of values.
    pub value_x: usize,
    height: usize,
}

/// A title or a field, with what is said under it.
pub(crate) struct Block {
    pub y: usize,
    /// Its columns.
    pub columns: Range<usize>,
    pub what: What,
    /// Lines of the field itself.
    pub main: usize,
    /// Those of them that stand above its text.
    pub head: usize,
    /// Lines of problems and help under it.
    pub under: Vec<Line>,
    pub focused: bool,
}

/// What a block shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// The title of a section, with a line above it unless it is the first.
    Title(usize),
    Field(usize),
}

impl Block {
    pub fn height(&self) -> usize {
        self.main + self.under.len()
    }
}

/// Lays a form out.
pub(crate) fn layout(sheet: &mut dyn Sheet, core: &Core, size: (u16, u16)) -> Layout {
    let width = usize::from(size.0);
    let value_x = value_column(sheet, width);
    let mut found = problems(sheet, &core.bad, &core.reading);
    found.retain(|problem| problem.cause != Cause::Blank || core.tried);
    let focus = sheet.find(core.pos);
    let mut blocks: Vec<Block> = Vec::new();
    let mut y = 0;
    for section in 0..sheet.sections().len() {
        let fields = sheet.sections()[section].from..sheet.sections()[section].to;
        if !fields.clone().any(|field| sheet.shown(field)) {
            continue;
        }
        let titled = usize::from(!sheet.sections()[section].title.is_empty());
        let main = usize::from(!blocks.is_empty()) + titled;
        blocks.push(Block {
            y,
            columns: 0..width,
            what: What::Title(section),
            main,
            head: 0,
            under: Vec::new(),
            focused: false,
        });
        y += main;
        for field in fields {
            if !sheet.shown(field) {
                continue;
            }
            let focused = focus == Some(field);
            let columns = columns_of(sheet, core, field, width);
            let (beside, width) = (columns.start > 0, columns.len());
            let mut main = main_height(sheet, core, field, focused, (width, size.1));
            let mut under = super::rows::in_full(sheet, core, field, focused, width);
            under.extend(super::said::lines(&sheet.below(field), width));
            under.extend(problem_lines(&found, sheet.key(field), width));
            // What is wrong here and was also said as an answer to a key is read once.
            let key = sheet.key(field);
            let mut here = found.iter().filter(|problem| problem.key.field() == key);
            if focused && !here.any(|problem| core.message.as_deref() == Some(problem.text.as_str())) {
                under.extend(help_lines(sheet, core, field, width));
            }
            let head = usize::from(!sheet.meta(field).label.is_empty() && stands_under(&sheet.meta(field).kind));
            let mut from = y;
            if let Some(left) = blocks.last_mut().filter(|_| beside) {
                // Both are as high as the higher one.
                main = main.max(left.main);
                left.main = main;
                from = left.y;
                y = y.max(left.y + left.height());
            }
            let block = Block { y: from, columns, what: What::Field(field), main, head, under, focused };
            y = y.max(from + block.height());
            blocks.push(block);
        }
    }
    Layout { blocks, width, value_x, height: y }
}

/// One column for all values: behind the longest label, but never more than a third of the width; where labels are
/// sentences, more than half of it, and beside the longest scale there is still room.
fn value_column(sheet: &mut dyn Sheet, width: usize) -> usize {
    let labels = (0..sheet.fields()).filter(|field| has_label_column(&sheet.meta(*field).kind));
    // Names of what an item belongs to are cut rather than narrow every scale.
    let wide =
        |field: usize| width_of(&sheet.label(field)).min(if sheet.is_named(field) { LONGEST_NAME } else { usize::MAX });
    let longest = labels.map(wide).max().unwrap_or(0);
    if sheet.long_labels() {
        let most = width.saturating_sub(super::score::least_width(sheet) + MARGIN + GAP);
        return MARGIN + longest.clamp(6, 56).min(most.max(width / 3).max(6)) + GAP;
    }
    MARGIN + longest.clamp(6, 24).min((width / 3).max(6)) + GAP
}

/// Does the value stand beside the label?
pub(super) const fn has_label_column(kind: &Kind) -> bool {
    !matches!(kind, Kind::Area { .. } | Kind::Rows | Kind::Checklist | Kind::Note | Kind::Ask)
}

/// Does the value stand under the label?
const fn stands_under(kind: &Kind) -> bool {
    !has_label_column(kind) && !matches!(kind, Kind::Ask)
}

fn main_height(sheet: &mut dyn Sheet, core: &Core, field: usize, focused: bool, size: (usize, u16)) -> usize {
    let meta = sheet.meta(field);
    let label = usize::from(!meta.label.is_empty());
    match meta.kind {
        Kind::Area { rows } => label + area_rows(sheet, core, field, rows, focused, size),
        Kind::Ask => super::ask::lines(&meta.label, size.0),
        Kind::Score(_) => 1 + usize::from(sheet.beside(field).is_some()),
        Kind::Checklist => match sheet.slot(field) {
            Slot::Multi(multi) => label + multi.count(),
            _ => 1,
        },
        Kind::Rows => match sheet.rows(field).map(|rows| rows.len()) {
            None | Some(0) => label + 1,
            Some(rows) => label + 1 + rows,
        },
        _ => 1,
    }
}

/// Rows of an area: as many as its text takes, between what it asks for and what the screen has room for.
fn area_rows(sheet: &mut dyn Sheet, core: &Core, field: usize, least: u16, focused: bool, size: (usize, u16)) -> usize {
    let most = usize::from(size.1).saturating_sub(4).max(1);
    let least = usize::from(least).clamp(1, most);
    let rows = match (&core.edit, sheet.slot(field)) {
        (Some(edit), _) if focused && edit.wrap().width() == text_width(size.0) => edit.wrap().rows().len(),
        (_, Slot::Text(text)) => Wrap::head(text, text_width(size.0), most).rows().len(),
        _ => 1,
    };
    rows.clamp(least, most)
}

/// What is wrong at a field, in words, wrapped.
fn problem_lines(found: &[Problem], key: Key, width: usize) -> Vec<Line> {
    let here = found.iter().filter(|problem| problem.key.field() == key);
    here.flat_map(|problem| {
        let (mark, role) = match problem.level {
            Level::Error => ("⚠ ", Role::Error),
            Level::Warn => ("● ", Role::Warn),
            Level::Info => ("· ", Role::Info),
        };
        super::help::paragraph(&format!("{mark}{}", clean_line(&problem.text)), role, MARGIN, width)
    })
    .collect()
}

impl Layout {
    /// Lines of the whole form.
    pub const fn height(&self) -> usize {
        self.height
    }
    /// The block that has the focus, with its place in the list.
    pub fn focus(&self) -> Option<(usize, &Block)> {
        self.blocks.iter().enumerate().find(|(_, block)| block.focused)
    }
    /// Lines of the focused field that hold text, for an area.
    pub fn focus_rows(&self) -> usize {
        self.focus().map_or(1, |(_, block)| block.main.saturating_sub(block.head))
    }
    /// The line behind the last of these fields.
    pub fn bottom_of(&self, fields: &std::ops::Range<usize>) -> usize {
        let of = |block: &&Block| matches!(block.what, What::Field(field) if fields.contains(&field));
        self.blocks.iter().filter(of).map(|block| block.y + block.height()).max().unwrap_or(0)
    }
    /// The fields that are wholly in view from this line on.
    pub fn in_view(&self, top: usize, height: usize) -> impl Iterator<Item = usize> + '_ {
        let whole = move |block: &&Block| block.y >= top && block.y + block.main <= top + height;
        self.blocks.iter().filter(whole).filter_map(|block| match block.what {
            What::Field(field) => Some(field),
            What::Title(_) => None,
        })
    }
    /// The first visible line that brings the focus in view with the least movement.
    pub fn top_for_focus(&self, core: &Core, focus_line: usize, height: usize) -> usize {
        let most = self.height.saturating_sub(height);
        let Some((at, block)) = self.focus() else { return core.top.min(most) };
        let (mut from, mut to) = (block.y, block.y + block.height());
        // The title belongs to the first field under it.
        if let Some(title) = at.checked_sub(1).and_then(|at| self.blocks.get(at))
            && matches!(title.what, What::Title(_))
            && to - title.y <= height
        {
            from = title.y;
        }
        if to - from > height {
            from = block.y + focus_line.min(block.height().saturating_sub(1));
            to = from + 1;
        }
        core.top.min(from).max(to.saturating_sub(height)).min(most.max(to.saturating_sub(height)))
    }
}
