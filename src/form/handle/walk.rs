//! Moving the focus: by field, by row, by section, to problems; and what happens on leaving and arriving.

use std::ops::Range;

use crate::action::form_command::FormCommand;
use crate::form::def::Kind;
use crate::form::event::Out;
use crate::form::key::Key;
use crate::form::view;

use super::Desk;

impl Desk<'_, '_> {
    /// Moves the focus. Leaving a field ends what was open in it.
    pub(super) fn go(&mut self, to: Key) {
        if to == self.core.pos {
            return;
        }
        self.leave();
        if !self.in_focus(to) {
            self.drop_blank_rows();
        }
        self.core.pos = to;
        self.core.edit = None;
        self.core.option = 0;
        self.core.noted = false;
    }

    pub(super) fn leave(&mut self) {
        self.core.popup = None;
        self.core.pending = false;
        self.code_if_exact();
    }

    /// On to the next place; false at the end.
    pub(super) fn advance(&mut self) -> bool {
        self.step(1)
    }

    /// On after an answer. Behind the last cell of the last row the hands stay: Enter there begins another row.
    pub(super) fn advance_after_answer(&mut self) -> bool {
        let stops = self.sheet.stops();
        let next = stops.iter().position(|key| *key == self.core.pos).and_then(|at| stops.get(at + 1)).copied();
        match next {
            Some(next) if !self.is_in_rows() || self.in_focus(next) => {
                self.go(next);
                true
            }
            _ => false,
        }
    }

    fn step(&mut self, by: isize) -> bool {
        let stops = self.sheet.stops();
        let Some(at) = stops.iter().position(|key| *key == self.core.pos) else { return false };
        let Some(to) = at.checked_add_signed(by).and_then(|at| stops.get(at)) else { return false };
        self.go(*to);
        true
    }

    fn moved(&mut self, did: bool) -> Out {
        let had_popup = self.core.popup.take().is_some();
        if did || had_popup { Out::Moved } else { Out::Same }
    }

    pub(super) fn tab(&mut self) -> Out {
        if let Some(out) = self.area_tab() {
            return out;
        }
        let did = self.advance();
        self.moved(did)
    }
    pub(super) fn previous(&mut self) -> Out {
        let did = self.step(-1);
        self.moved(did)
    }
    pub(super) fn first(&mut self) -> Out {
        let to = self.sheet.stops().first().copied();
        self.go_to(to)
    }
    pub(super) fn last(&mut self) -> Out {
        let to = self.sheet.stops().last().copied();
        self.go_to(to)
    }
    fn go_to(&mut self, to: Option<Key>) -> Out {
        match to {
            Some(to) if to != self.core.pos => {
                self.go(to);
                Out::Moved
            }
            _ => Out::Same,
        }
    }

    /// On to the next field, over the rest of the rows.
    pub(super) fn walk_to_next_field(&mut self) -> Out {
        let here = self.core.pos.field();
        let stops = self.sheet.stops();
        let next = stops.iter().rposition(|key| key.field() == here).and_then(|at| stops.get(at + 1)).copied();
        self.go_to(next)
    }
    fn walk_to_field_before(&mut self) -> Out {
        let here = self.core.pos.field();
        let stops = self.sheet.stops();
        let before = stops.iter().position(|key| key.field() == here).and_then(|at| at.checked_sub(1));
        // Of rows above, the first cell of the last row.
        let to = before.and_then(|at| {
            let last = stops[at];
            stops.iter().find(|key| key.field() == last.field() && key.row == last.row).copied()
        });
        self.go_to(to)
    }

    /// What is left of a command once the field did not want it.
    pub(super) fn walk_command(&mut self, command: FormCommand) -> Out {
        match command {
            FormCommand::Enter => {
                if let Some(out) = self.enter_in_rows() {
                    return out;
                }
                let did = self.advance();
                self.moved(did)
            }
            FormCommand::Down => self.vertical(1),
            FormCommand::Up => self.vertical(-1),
            FormCommand::Left if self.is_in_rows() => self.previous(),
            FormCommand::Right if self.is_in_rows() => self.tab(),
            FormCommand::TextStart => self.first(),
            FormCommand::TextEnd => self.last(),
            _ => Out::Same,
        }
    }

    fn is_in_rows(&mut self) -> bool {
        self.sheet.find(self.core.pos).is_some_and(|field| matches!(self.sheet.meta(field).kind, Kind::Rows))
    }

    fn vertical(&mut self, by: i32) -> Out {
        if self.is_in_rows()
            && let Some(row) = u16::try_from(i32::from(self.core.pos.row) + by).ok()
        {
            let want = self.core.pos.at(row, self.core.pos.col);
            let stops = self.sheet.stops();
            let in_row = || stops.iter().filter(|key| key.field() == want.field() && key.row == row);
            if let Some(to) = in_row().find(|key| **key == want).or_else(|| in_row().next()) {
                return self.go_to(Some(*to));
            }
        }
        if by < 0 { self.walk_to_field_before() } else { self.walk_to_next_field() }
    }

    /// The fields of the section (with its groups) a field belongs to.
    pub(super) fn section_of(&self, field: usize) -> Range<usize> {
        let tabs = tabs(self.sheet);
        tabs.into_iter().find(|range| range.contains(&field)).unwrap_or(0..self.sheet.fields())
    }

    pub(super) fn next_section(&mut self) -> Out {
        let to = self.section_ahead();
        self.go_to_section(to)
    }
    /// A section that is not wholly in view is shown from its title on, as much of it as there is room for.
    pub(super) fn go_to_section(&mut self, to: Option<Key>) -> Out {
        let out = self.go_to(to);
        let layout = view::layout(self.sheet, self.core, self.env.size);
        let section = to.and_then(|key| self.sheet.find(key)).map(|field| self.section_of(field));
        let height = usize::from(self.env.size.1);
        if section.is_some_and(|section| layout.bottom_of(&section) > self.core.top + height) {
            // The last line there is: the focus and its title bring it back to where they are.
            self.core.top = usize::MAX;
        }
        out
    }
    fn section_ahead(&mut self) -> Option<Key> {
        let here = self.sheet.find(self.core.pos)?;
        let starts: Vec<_> = tabs(self.sheet).into_iter().filter(|range| range.start > here).collect();
        starts.into_iter().find_map(|range| self.first_stop_in(&range))
    }
    pub(super) fn previous_section(&mut self) -> Out {
        let to = self.section_behind();
        self.go_to_section(to)
    }
    fn section_behind(&mut self) -> Option<Key> {
        let here = self.sheet.find(self.core.pos)?;
        let before: Vec<_> = tabs(self.sheet).into_iter().filter(|range| range.end <= here).collect();
        before.into_iter().rev().find_map(|range| self.first_stop_in(&range))
    }
    fn first_stop_in(&mut self, range: &Range<usize>) -> Option<Key> {
        self.sheet.stops().into_iter().find(|key| self.sheet.find(*key).is_some_and(|field| range.contains(&field)))
    }

    pub(super) fn next_problem(&mut self) -> Out {
        self.core.tried = true;
        let stops = self.sheet.stops();
        let place = |key: Key| {
            stops.iter().position(|stop| *stop == key).or_else(|| stops.iter().position(|s| s.field() == key.field()))
        };
        let here = place(self.core.pos).unwrap_or(0);
        let found = self.problems();
        let serious = found.iter().filter(|problem| problem.level != crate::form::problem::Level::Info);
        let mut placed: Vec<_> = serious.filter_map(|problem| Some((place(problem.key)?, problem))).collect();
        placed.sort_by_key(|(at, _)| *at);
        let next = placed.iter().find(|(at, _)| *at > here).or_else(|| placed.first());
        match next {
            Some((at, problem)) => {
                let (to, text) = (stops[*at], problem.text.clone());
                self.go(to);
                self.core.message = Some(text);
            }
            None => self.core.message = Some("nothing is wrong or missing".to_owned()),
        }
        Out::Moved
    }

    /// Brings the focus to a place that is there, and the editor in step with it.
    pub(crate) fn settle(&mut self) {
        let stops = self.sheet.stops();
        if !stops.contains(&self.core.pos) {
            let here = (self.sheet.find(self.core.pos).unwrap_or(0), self.core.pos.row, self.core.pos.col);
            let place = |key: &&Key| (self.sheet.find(**key).unwrap_or(0), key.row, key.col) >= here;
            let to = stops.iter().find(place).or(stops.last()).copied();
            if let Some(to) = to {
                self.go(to);
            }
        }
        if self.core.edit.is_none() {
            self.build_edit();
        }
        let width = self.area_width();
        if let Some(edit) = &mut self.core.edit {
            edit.wrap_at(width);
        }
    }

    /// The width at which areas are wrapped.
    pub(super) fn area_width(&self) -> usize {
        let field = self.sheet.find(self.core.pos).unwrap_or(0);
        view::area_width(self.sheet, self.core, field, self.env.size.0)
    }

    /// Moves the first visible line so that the focused field, with what is said under it, is in view.
    pub(crate) fn scroll_to_focus(&mut self) {
        let layout = view::layout(self.sheet, self.core, self.env.size);
        let rows = layout.focus_rows();
        if let Some(edit) = self.core.edit.as_mut().filter(|edit| edit.is_area()) {
            edit.show_cursor_in(rows);
        }
        let line = view::focus_line(self.sheet, self.core);
        self.core.top = layout.top_for_focus(self.core, line, usize::from(self.env.size.1));
        self.note_seen(&layout);
    }

    /// Notes which questions were in view: only those can be answered without going to each.
    fn note_seen(&mut self, layout: &view::Layout) {
        for field in layout.in_view(self.core.top, usize::from(self.env.size.1)) {
            if matches!(self.sheet.meta(field).kind, Kind::Ask) {
                self.core.seen.insert(self.sheet.key(field));
            }
        }
    }

    pub(super) fn scroll(&mut self, by: isize) -> Out {
        let layout = view::layout(self.sheet, self.core, self.env.size);
        let most = layout.height().saturating_sub(usize::from(self.env.size.1));
        let to = self.core.top.saturating_add_signed(by).min(most);
        let moved = to != self.core.top;
        self.core.top = to;
        self.note_seen(&layout);
        if moved { Out::Moved } else { Out::Same }
    }
}

/// The sections of the strip, as ranges of fields: a group without a name of its own belongs to the one before.
pub(crate) fn tabs(sheet: &dyn crate::form::sheet::Sheet) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for section in sheet.sections() {
        match out.last_mut() {
            Some(last) if section.tab.is_none() => last.end = section.to,
            _ => out.push(section.from..section.to),
        }
    }
    out
}
