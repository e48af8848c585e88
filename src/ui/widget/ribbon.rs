//! The day as a ribbon: the hours, one block per visit in the colour of its state, the now mark, the gaps.

use ratatui::{layout::Rect, style::Style};

use super::{canvas::Canvas, canvas::columns, canvas::inset, canvas::row};
use crate::ui::theme::{Mark, Role, Signs};

/// One visit, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// From.
    pub from: u16,
    /// To.
    pub to: u16,
    /// The colour of its state or kind.
    pub role: Role,
    /// The sign of its state, for terminals without colours or blocks.
    pub mark: Mark,
}

/// The ribbon.
#[derive(Debug, Clone, Copy)]
pub struct Ribbon<'a> {
    /// The visits.
    pub blocks: &'a [Block],
    /// Now, in minutes since midnight; nothing on another day.
    pub now: Option<u16>,
    /// The hours shown at least: the first, and the one after the last.
    pub hours: (u16, u16),
}

/// The hours of a usual day: from seven to the end of the hour that begins at six in the evening.
pub const USUAL: (u16, u16) = (7, 19);

impl Ribbon<'_> {
    /// Draws hours and blocks on two rows; where there is one row, the blocks.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let area = Rect { height: area.height.min(2), ..area };
        canvas.clear(area);
        let area = inset(area, 1, 1);
        if area.is_empty() {
            return;
        }
        let (from, to) = self.shown_hours();
        let blocks = row(area, area.height - 1);
        if area.height > 1 {
            self.paint_hours(canvas, row(area, 0), from, to);
        }
        if canvas.look().signs == Signs::Unicode && canvas.look().theme.fills_differ() {
            self.paint_halves(canvas, blocks, from, to);
        } else {
            self.paint_signs(canvas, blocks, from, to);
        }
        if let Some(x) = self.now_column(area.width, from, to) {
            let at = area.x + x;
            let sign = canvas.glyphs().now_in;
            let under = canvas.style(Role::Strong);
            canvas.put(at, blocks.y, sign, under);
        }
    }

    /// The minute of the day at a column of the area the ribbon is drawn in.
    pub fn minute_at(&self, area: Rect, x: u16) -> Option<u16> {
        let area = inset(area, 1, 1);
        let (from, to) = self.shown_hours();
        let into = u32::from(x.checked_sub(area.x).filter(|into| *into < area.width)?);
        let span = u32::from(to.saturating_sub(from)) * 60;
        // The middle of the column, so that a click on a short visit finds it.
        let minute = (2 * into + 1) * span / (2 * u32::from(area.width));
        u16::try_from(u32::from(from) * 60 + minute).ok()
    }

    /// From which hour to which: those wanted, wider where a visit lies outside.
    pub fn shown_hours(&self) -> (u16, u16) {
        let wanted = (self.hours.0.min(23), self.hours.1.clamp(self.hours.0.min(23) + 1, 24));
        self.blocks
            .iter()
            .fold(wanted, |(from, to), block| (from.min(block.from / 60), to.max(block.to.div_ceil(60).min(24))))
    }

    fn now_column(&self, width: u16, from: u16, to: u16) -> Option<u16> {
        let now = self.now?;
        ((from * 60..to * 60).contains(&now)).then(|| at(now, width, 1, from, to))
    }

    fn paint_hours(&self, canvas: &mut Canvas<'_>, area: Rect, from: u16, to: u16) {
        let now = self.now_column(area.width, from, to);
        let step = if area.width / (to - from).max(1) >= 4 { 1 } else { 3 };
        for hour in (from..to).filter(|hour| (hour - from).is_multiple_of(step)) {
            let x = at(hour * 60, area.width, 1, from, to);
            let free = now.is_none_or(|now| !(x..x + 2).contains(&now));
            if free && x + 2 <= area.width {
                let label = Rect { x: area.x + x, width: 2, ..area };
                canvas.text(label, Role::Faint, &format!("{hour:02}"));
            }
        }
        if let Some(x) = now {
            let sign = canvas.glyphs().now_over;
            canvas.sign(area.x + x, area.y, Role::Strong, sign);
        }
    }

    /// In half columns: a short visit keeps its length and two that follow each other keep their gap.
    fn paint_halves(&self, canvas: &mut Canvas<'_>, area: Rect, from: u16, to: u16) {
        let halves = self.slots(area.width, 2, from, to);
        let theme = canvas.look().theme;
        for (cell, pair) in (0..area.width).zip(halves.chunks(2)) {
            let fill = |at: usize| pair.get(at).copied().flatten().map(|block| theme.fill(block.role));
            let ground = canvas.style(Role::Text);
            let x = area.x + cell;
            match (fill(0), fill(1)) {
                (None, None) => {}
                (Some(left), None) => canvas.put(x, area.y, "▌", ground.fg(left)),
                (None, Some(right)) => canvas.put(x, area.y, "▐", ground.fg(right)),
                (Some(left), Some(right)) if left == right => canvas.put(x, area.y, "█", ground.fg(left)),
                (Some(left), Some(right)) => canvas.put(x, area.y, "▌", Style::new().fg(left).bg(right)),
            }
        }
    }

    /// In whole columns, each with the sign of the state.
    fn paint_signs(&self, canvas: &mut Canvas<'_>, area: Rect, from: u16, to: u16) {
        let signs = canvas.look().signs;
        for (cell, block) in (0..area.width).zip(self.slots(area.width, 1, from, to)) {
            if let Some(block) = block {
                canvas.sign(area.x + cell, area.y, block.role, block.mark.glyph(signs));
            }
        }
    }

    /// What each part of the ribbon shows, so many parts to a column. A visit takes at least one part; the last part
    /// of a longer one stays free, so that the next begins visibly.
    fn slots(&self, width: u16, parts: u16, from: u16, to: u16) -> Vec<Option<Block>> {
        let mut slots = vec![None; usize::from(width) * usize::from(parts)];
        for block in self.blocks {
            let start = usize::from(at(block.from, width, parts, from, to));
            let end = usize::from(at(block.to, width, parts, from, to));
            let end = if end > start + 1 { end - 1 } else { start + 1 };
            for slot in slots.iter_mut().take(end).skip(start) {
                *slot = Some(*block);
            }
        }
        slots
    }
}

/// Where a minute of the day falls on a ribbon of so many columns with so many parts each.
fn at(minute: u16, width: u16, parts: u16, from: u16, to: u16) -> u16 {
    let span = u64::from(to.saturating_sub(from)).max(1) * 60;
    let into = u64::from(minute.saturating_sub(from * 60)).min(span);
    columns(usize::try_from(into * u64::from(width) * u64::from(parts) / span).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(from: u16, to: u16) -> Block {
        Block { from, to, role: Role::Done, mark: Mark::Done }
    }

    #[test]
    fn visits_that_follow_each_other_stay_apart() {
        let blocks = [block(8 * 60, 8 * 60 + 20), block(8 * 60 + 20, 8 * 60 + 40)];
        let slots = Ribbon { blocks: &blocks, now: None, hours: USUAL }.slots(120, 2, 7, 19);
        let shown: String = slots[20..36].iter().map(|slot| if slot.is_some() { '#' } else { '.' }).collect();
        assert_eq!(shown, "#####.######....");
    }

    #[test]
    fn the_ribbon_grows_for_a_visit_outside_the_usual_hours() {
        for (blocks, hours) in [
            (vec![], (7, 19)),
            (vec![block(6 * 60 + 30, 7 * 60)], (6, 19)),
            (vec![block(19 * 60, 19 * 60 + 10)], (7, 20)),
            (vec![block(23 * 60, 24 * 60 + 30)], (7, 24)),
        ] {
            assert_eq!(Ribbon { blocks: &blocks, now: None, hours: USUAL }.shown_hours(), hours);
        }
    }

    #[test]
    fn a_click_finds_the_minute() {
        let ribbon = Ribbon { blocks: &[], now: None, hours: (8, 18) };
        let area = Rect::new(4, 0, 102, 2);
        for (x, minute) in [(4, None), (5, Some(483)), (15, Some(543)), (104, Some(1077)), (105, None)] {
            assert_eq!(ribbon.minute_at(area, x), minute, "{x}");
        }
        assert_eq!(ribbon.minute_at(Rect::default(), 0), None);
    }

    #[test]
    fn the_shortest_visit_is_still_seen() {
        let blocks = [block(600, 600)];
        let slots = Ribbon { blocks: &blocks, now: None, hours: USUAL }.slots(20, 1, 7, 19);
        assert_eq!(slots.iter().flatten().count(), 1);
    }
}
