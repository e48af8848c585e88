//! A month as a grid of days, weeks from Monday.

use chrono::{Datelike, Days, NaiveDate};
use ratatui::{layout::Rect, style::Modifier};

use super::{canvas::Canvas, canvas::row, words::Words};
use crate::clinical::time::MONTHS;
use crate::ui::theme::{Role, Surface};

/// A month with one day chosen.
#[derive(Debug, Clone, Copy)]
pub struct Month {
    /// The day under the hands; its month is shown.
    pub chosen: NaiveDate,
    /// Today.
    pub today: NaiveDate,
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

impl Month {
    /// The columns the grid takes.
    pub const WIDTH: u16 = 24;
    /// The rows it takes: title, weekdays, up to six weeks.
    pub const HEIGHT: u16 = 8;

    /// Draws the month, each day in the role `role` gives it, a count beside it where there is one. Today is
    /// underlined, the chosen day lies on the band.
    pub fn paint(self, canvas: &mut Canvas<'_>, area: Rect, role: impl Fn(NaiveDate) -> Role) {
        let area = Rect { width: area.width.min(Self::WIDTH), height: area.height.min(Self::HEIGHT), ..area };
        canvas.clear(area);
        let title = format!("{} {}", MONTHS[self.chosen.month0() as usize], self.chosen.year());
        canvas.words_centred(row(area, 0), &Words::new().bold(Role::Strong, title));
        let heads = std::iter::once("wk").chain(DAYS);
        for (at, head) in (0..).zip(heads) {
            canvas.text(cell(area, at, 1), Role::Faint, head);
        }
        for (down, monday) in (2..Self::HEIGHT).zip(self.mondays()) {
            let week = format!("{:>2}", monday.iso_week().week());
            canvas.text(cell(area, 0, down), Role::Faint, &week);
            for (at, date) in (1..).zip(monday.iter_days().take(7)) {
                if date.month() == self.chosen.month() {
                    self.paint_day(canvas, cell(area, at, down), date, role(date));
                }
            }
        }
    }

    fn paint_day(self, canvas: &mut Canvas<'_>, area: Rect, date: NaiveDate, role: Role) {
        let day = format!("{:>2}", date.day());
        let today = if date == self.today { Modifier::UNDERLINED | Modifier::BOLD } else { Modifier::empty() };
        let chosen = date == self.chosen;
        canvas.on(if chosen { Surface::Band } else { Surface::Ground }, |canvas| {
            let role = if chosen { Role::Strong } else { role };
            canvas.words(area, &Words::new().say_with(role, today, day));
        });
    }

    /// The day a click falls on.
    pub fn day_at(self, area: Rect, x: u16, y: u16) -> Option<NaiveDate> {
        let week = usize::from(y.checked_sub(area.y)?.checked_sub(2)?);
        let day = x.checked_sub(area.x)?.checked_sub(4)?;
        if day / 3 > 6 || day % 3 == 2 || x >= area.right() || y >= area.bottom() {
            return None;
        }
        let monday = self.mondays().nth(week)?;
        let date = monday.checked_add_days(Days::new(u64::from(day / 3)))?;
        (date.month() == self.chosen.month()).then_some(date)
    }

    /// The Monday of each week the month touches.
    fn mondays(self) -> impl Iterator<Item = NaiveDate> {
        let (year, month) = (self.chosen.year(), self.chosen.month());
        let first = self.chosen.with_day(1).unwrap_or(self.chosen);
        let monday = first.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(first);
        monday
            .iter_weeks()
            .take_while(move |monday| *monday <= first || (monday.year(), monday.month()) == (year, month))
    }
}

/// The cell of a column (0 is the week's number) and a row of the grid.
fn cell(area: Rect, column: u16, down: u16) -> Rect {
    let line = row(area, down);
    let x = if column == 0 { 0 } else { 1 + column * 3 };
    let width = 2.min(area.width.saturating_sub(x));
    Rect { x: area.x.saturating_add(x), width, ..line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn month(text: &str) -> Month {
        Month { chosen: day(text), today: day("2026-11-24") }
    }

    #[test]
    fn a_month_has_its_four_to_six_weeks() {
        for (chosen, weeks, first) in
            [("2026-11-24", 6, "2026-10-26"), ("2027-02-01", 4, "2027-02-01"), ("2026-12-31", 5, "2026-11-30")]
        {
            let mondays: Vec<_> = month(chosen).mondays().collect();
            assert_eq!((mondays.len(), mondays[0]), (weeks, day(first)), "{chosen}");
        }
    }

    #[test]
    fn a_click_finds_its_day() {
        let area = Rect::new(0, 0, Month::WIDTH, Month::HEIGHT);
        let month = month("2026-11-24");
        for (x, y, expected) in [
            (22, 2, Some("2026-11-01")),
            (4, 3, Some("2026-11-02")),
            (5, 3, Some("2026-11-02")),
            (6, 3, None),
            (7, 3, Some("2026-11-03")),
            (4, 2, None),
            (4, 7, Some("2026-11-30")),
            (7, 7, None),
            (0, 3, None),
            (4, 0, None),
        ] {
            assert_eq!(month.day_at(area, x, y), expected.map(day), "{x},{y}");
        }
    }
}
