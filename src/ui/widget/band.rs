//! The band that names the patient: two lines on top that never scroll away.

use ratatui::layout::Rect;

use super::{
    bar::{Item, fitting, write_items},
    canvas::{Canvas, columns, inset, row},
    words::Words,
};
use crate::ui::theme::{Role, Surface};

/// Who this is about, what can hurt, and where we are.
#[derive(Debug, Clone, Default)]
pub struct PatientBand<'a> {
    /// Name, age and sex, birth date, record number: the name at rank 0.
    pub who: Vec<Item<'a>>,
    /// Allergies, antithrombotic, MME…: what does not fit on the first line goes to the second. What can hurt has rank
    /// 0 and stays longest.
    pub facts: Vec<Item<'a>>,
    /// Which form, which problem, since when: the form first.
    pub place: Vec<Item<'a>>,
    /// At the right of the second line: how long already. It gives way to what has rank 0.
    pub right: Words<'a>,
}

impl PatientBand<'_> {
    /// Draws the band on up to two lines. What had no room is counted at the end (`+2`): nothing goes unsaid.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = Rect { height: area.height.min(2), ..area };
        canvas.on(Surface::BarTop, |canvas| {
            canvas.clear(area);
            let first = inset(row(area, 0), 1, 1);
            let (who, hidden_who) = fitting(&self.who, 2, first.width);
            let used = write_items(canvas, first, &who, 2);
            let facts_at = inset(first, used.saturating_add(3), 0);
            let (here, later) = self.split(facts_at.width, area.height > 1);
            let (shown, hidden_facts) = fitting(here, 3, facts_at.width);
            write_items(canvas, facts_at, &shown, 3);
            if area.height < 2 {
                return;
            }
            self.second(canvas, inset(row(area, 1), 1, 1), later, hidden_who + hidden_facts);
        });
    }

    /// The facts for the first line, and those for the second, where there is one: cut where the first that does not
    /// fit stands, so that the order stays.
    fn split(&self, width: u16, second: bool) -> (&[Item<'_>], &[Item<'_>]) {
        if !second {
            return (&self.facts, &[]);
        }
        let mut used = 0;
        for (at, item) in self.facts.iter().enumerate() {
            let gap = if at == 0 { 0 } else { 3 };
            used += gap + item.words.width();
            if used > usize::from(width) {
                return self.facts.split_at(at);
            }
        }
        (&self.facts, &[])
    }

    fn second(&self, canvas: &mut Canvas<'_>, area: Rect, later: &[Item<'_>], hidden: usize) {
        let (form, others) = self.place.split_at(self.place.len().min(1));
        let items: Vec<Item<'_>> = form.iter().chain(later).chain(others).cloned().collect();
        let needed: usize = items.iter().filter(|item| item.rank == 0).map(|item| item.words.width() + 3).sum();
        let right = columns(self.right.width());
        let keeps_right = right > 0 && needed + usize::from(right) + MORE <= usize::from(area.width);
        let left = inset(area, 0, if keeps_right { right.saturating_add(3) } else { 0 });
        let (mut shown, mut gone) = fitting(&items, 3, left.width);
        if gone + hidden > 0 {
            (shown, gone) = fitting(&items, 3, inset(left, 0, columns(MORE)).width);
        }
        let used = write_items(canvas, left, &shown, 3);
        if gone + hidden > 0 {
            let gap = if used > 0 { 2 } else { 0 };
            let more = Words::of(Role::Wants, format!("+{}", gone + hidden));
            canvas.words(inset(left, used.saturating_add(gap), 0), &more);
        }
        if keeps_right {
            canvas.words_right(area, &self.right);
        }
    }
}

/// The columns of the count of what had no room, with its gap.
const MORE: usize = 5;
