//! The strip of a form's sections: which there are, which is open, which want something.

use ratatui::{layout::Rect, style::Modifier};

use super::{canvas::Canvas, canvas::inset, canvas::row, words::Words};
use crate::clinical::text::width;
use crate::ui::theme::{Mark, Role};

/// One section on the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tab<'a> {
    /// Its title.
    pub name: &'a str,
    /// A state to show behind the title: done, or wants something.
    pub mark: Option<Mark>,
}

/// The strip.
#[derive(Debug, Clone, Copy)]
pub struct Tabs<'a> {
    /// The sections.
    pub tabs: &'a [Tab<'a>],
    /// The open one.
    pub open: usize,
}

const GAP: usize = 2;

impl Tabs<'_> {
    /// Draws the strip; where not all fit, those around the open one, with a sign at each end that goes on.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = row(area, 0);
        canvas.clear(area);
        let glyphs = canvas.glyphs();
        let inside = inset(area, 1, 1);
        let (first, last) = self.window(inside.width);
        let mut x = 0;
        if first > 0 {
            x += canvas.text(inside, Role::Second, glyphs.left) + 1;
        }
        for (at, tab) in self.tabs.iter().enumerate().take(last).skip(first) {
            let role = if at == self.open { Role::Focus } else { Role::Second };
            let add = if at == self.open { Modifier::BOLD | Modifier::UNDERLINED } else { Modifier::empty() };
            let mut words = Words::new().say_with(role, add, tab.name);
            if let Some(mark) = tab.mark {
                words = words.gap(1).say(mark.role(), mark.glyph(canvas.look().signs));
            }
            x += canvas.words(inset(inside, x, 0), &words) + 2;
        }
        if last < self.tabs.len() {
            canvas.text(inset(inside, x.saturating_sub(1), 0), Role::Second, glyphs.right);
        }
    }

    /// The section a click in the area falls on.
    pub fn tab_at(&self, area: Rect, x: u16, y: u16) -> Option<usize> {
        let inside = inset(row(area, 0), 1, 1);
        if !inside.contains((x, y).into()) {
            return None;
        }
        let (first, last) = self.window(inside.width);
        let mut from = usize::from(inside.x) + if first > 0 { 2 } else { 0 };
        for at in first..last {
            let to = from + self.width(at);
            if (from..to).contains(&usize::from(x)) {
                return Some(at);
            }
            from = to + GAP;
        }
        None
    }

    fn width(&self, at: usize) -> usize {
        self.tabs.get(at).map_or(0, |tab| width(tab.name) + if tab.mark.is_some() { 2 } else { 0 })
    }

    /// The sections shown in a width: from, and one past the last. The open one is always among them.
    fn window(&self, columns: u16) -> (usize, usize) {
        let columns = usize::from(columns);
        let count = self.tabs.len();
        let open = self.open.min(count.saturating_sub(1));
        let fits = |first: usize, last: usize| {
            let ends = if first > 0 { 2 } else { 0 } + if last < count { 2 } else { 0 };
            let names: usize = (first..last).map(|at| self.width(at)).sum();
            names + GAP * (last - first).saturating_sub(1) + ends <= columns
        };
        let (mut first, mut last) = (open, (open + 1).min(count));
        loop {
            if last < count && fits(first, last + 1) {
                last += 1;
            } else if first > 0 && fits(first - 1, last) {
                first -= 1;
            } else {
                return (first, last);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABS: [Tab<'_>; 4] = [
        Tab { name: "Scores", mark: None },
        Tab { name: "Map", mark: Some(Mark::Done) },
        Tab { name: "History", mark: None },
        Tab { name: "Impression", mark: None },
    ];

    #[test]
    fn the_open_section_is_always_on_the_strip() {
        for columns in 0..60 {
            for open in 0..TABS.len() {
                let (first, last) = Tabs { tabs: &TABS, open }.window(columns);
                assert!((first..last).contains(&open), "{columns} {open}");
            }
        }
        assert_eq!(Tabs { tabs: &TABS, open: 0 }.window(60), (0, 4));
        assert_eq!(Tabs { tabs: &[], open: 0 }.window(60), (0, 0));
    }

    #[test]
    fn a_click_finds_its_section() {
        let tabs = Tabs { tabs: &TABS, open: 0 };
        let area = Rect::new(0, 3, 60, 1);
        for (x, y, expected) in [
            (1, 3, Some(0)),
            (6, 3, Some(0)),
            (7, 3, None),
            (9, 3, Some(1)),
            (13, 3, Some(1)),
            (16, 3, Some(2)),
            (1, 4, None),
        ] {
            assert_eq!(tabs.tab_at(area, x, y), expected, "{x},{y}");
        }
    }
}
