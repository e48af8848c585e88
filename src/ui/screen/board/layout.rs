//! Where everything on the board stands: one pure function of the size and of how much each pane holds, which drawing,
//! scrolling and the mouse all ask.

use ratatui::layout::Rect;

use super::phase::{Order, Phase};
use crate::ui::chrome::LEAST;
use crate::ui::widget::pane::inside;

/// From this many columns and rows all four panes are open beside each other.
const FOUR: (u16, u16) = (108, 27);
/// From this many columns the selected patient is shown at a glance.
const GLANCE: u16 = 150;
/// Below this many rows the folded panes share one line.
const STRIP: u16 = 17;
/// From this many rows on folding is by what fits, pane by pane.
const TALL: u16 = 30;
/// From this many rows the day ribbon is shown.
const RIBBON: u16 = 22;

/// What the layout is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The screen.
    pub area: Rect,
    /// Lines each pane would show.
    pub lines: [usize; 4],
    /// The pane under the hands.
    pub focus: Phase,
    /// How visits are listed.
    pub order: Order,
    /// Lines of notice below the ribbon.
    pub notices: u16,
}

/// How a pane is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Slot {
    /// Not at all: its items stand elsewhere, or the strip counts them.
    #[default]
    Nowhere,
    /// In a frame.
    Open(Rect),
    /// As its title line.
    Folded(Rect),
}

/// Where everything stands. What is not shown has an empty area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// Whether the screen is too small for a board.
    pub too_small: bool,
    /// The header of the day.
    pub header: Rect,
    /// The day ribbon.
    pub ribbon: Rect,
    /// What must be said of the day.
    pub notices: Rect,
    /// The panes.
    pub slots: [Slot; 4],
    /// All folded panes on one line, where rows are scarce.
    pub strip: Rect,
    /// The line of the evening.
    pub evening: Rect,
    /// The selected patient at a glance.
    pub glance: Rect,
    /// The chosen line in full, where its row is cut.
    pub whole: Rect,
    /// What was just kept.
    pub message: Rect,
    /// The keys.
    pub footer: Rect,
}

impl Layout {
    /// The inside of an open pane; empty where it is not open.
    pub fn inside(&self, phase: Phase) -> Rect {
        match self.slots[phase.at()] {
            Slot::Open(area) => inside(area),
            Slot::Folded(area) => Rect { height: 0, ..area },
            Slot::Nowhere => Rect::default(),
        }
    }

    /// The pane at a cell of the screen, open or folded.
    pub fn phase_at(&self, x: u16, y: u16) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| match self.slots[phase.at()] {
            Slot::Open(area) | Slot::Folded(area) => area.contains((x, y).into()),
            Slot::Nowhere => false,
        })
    }
}

/// Lays the board out.
pub fn layout(asked: &Asked) -> Layout {
    let area = asked.area;
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return Layout { too_small: true, ..Layout::default() };
    }
    let strip = area.height < STRIP;
    let four = area.width >= FOUR.0 && area.height >= FOUR.1;
    let mut cut = Cut { area };
    let mut out = Layout { header: cut.top(1), footer: cut.bottom(1), message: cut.bottom(1), ..Layout::default() };
    if area.height >= 30 || (!strip && !four && slack(asked) >= 2) {
        out.whole = cut.bottom(1);
    }
    if strip {
        out.strip = cut.bottom(1);
    } else {
        out.evening = cut.bottom(1);
    }
    out.ribbon = cut.top(if area.height >= RIBBON { 2 } else { 0 });
    out.notices = cut.top(asked.notices.min(cut.area.height / 4));
    if area.width >= GLANCE && four {
        let wide = (area.width / 100 * 24 + area.width % 100 * 24 / 100).clamp(38, 56);
        out.glance = Rect { x: cut.area.right() - wide, width: wide, ..cut.area };
        cut.area.width -= wide;
    }
    if four {
        out.slots = two_by_two(asked, cut.area);
    } else if strip {
        out.slots[asked.focus.shown(asked.order).at()] = Slot::Open(cut.area);
    } else {
        out.slots = stack(asked, cut.area);
    }
    out
}

/// Takes rows off an area, from the top or from the bottom.
struct Cut {
    area: Rect,
}

impl Cut {
    fn top(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.area.height);
        let taken = Rect { height: rows, ..self.area };
        self.area.y += rows;
        self.area.height -= rows;
        taken
    }
    fn bottom(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.area.height);
        self.area.height -= rows;
        Rect { y: self.area.bottom(), height: rows, ..self.area }
    }
}

/// The rows a pane wants with its frame: at least one line.
fn wanted(asked: &Asked, phase: Phase) -> u16 {
    u16::try_from(asked.lines[phase.at()].max(1)).unwrap_or(u16::MAX - 2).saturating_add(2)
}

/// The rows that stay empty in the open pane while the others are folded.
fn slack(asked: &Asked) -> u16 {
    let focus = asked.focus.shown(asked.order);
    let folded = u16::try_from(Phase::panes(asked.order).len()).unwrap_or(u16::MAX);
    let ribbon = if asked.area.height >= RIBBON { 2 } else { 0 };
    let others = folded.saturating_add(asked.notices).saturating_add(ribbon + 3);
    asked.area.height.saturating_sub(others).saturating_sub(wanted(asked, focus))
}

/// Two rows of two panes; by the clock, one tall pane beside two. Heights follow what the panes hold, whatever is under
/// the hands, so that nothing jumps.
fn two_by_two(asked: &Asked, area: Rect) -> [Slot; 4] {
    // The rows of visits, on the left, have more columns than those of paper: on a wide screen they get more room.
    let half = area.width.div_ceil(2) + u16::from(area.width >= 110);
    let left = if area.width > 120 { area.width / 100 * 54 + area.width % 100 * 54 / 100 } else { half };
    let (left, right) = (Rect { width: left, ..area }, Rect { x: area.x + left, width: area.width - left, ..area });
    let want = |phase| wanted(asked, phase);
    let mut slots = [Slot::Nowhere; 4];
    if asked.order == Order::ByClock {
        let (upper, lower) = share(area.height, want(Phase::Midday), want(Phase::Late));
        slots[Phase::Morning.at()] = Slot::Open(left);
        slots[Phase::Midday.at()] = Slot::Open(Rect { height: upper, ..right });
        slots[Phase::Late.at()] = Slot::Open(Rect { y: area.y + upper, height: lower, ..right });
        return slots;
    }
    // Beside each other the panes stand in line, as long as that hides nothing; else each side shares its own rows.
    let upper = want(Phase::Morning).max(want(Phase::Midday));
    let lower = want(Phase::Afternoon).max(want(Phase::Late));
    let in_line = upper.saturating_add(lower) <= area.height;
    if !in_line && let Some(heights) = three(asked, area.height) {
        let mut y = area.y;
        for (phase, height) in [Phase::Morning, Phase::Midday, Phase::Afternoon].into_iter().zip(heights) {
            slots[phase.at()] = Slot::Open(Rect { y, height, ..left });
            y += height;
        }
        slots[Phase::Late.at()] = Slot::Open(right);
        return slots;
    }
    for (first, second, side) in [(Phase::Morning, Phase::Afternoon, left), (Phase::Midday, Phase::Late, right)] {
        let (upper, lower) =
            if in_line { share(area.height, upper, lower) } else { share(area.height, want(first), want(second)) };
        slots[first.at()] = Slot::Open(Rect { height: upper, ..side });
        slots[second.at()] = Slot::Open(Rect { y: area.y + upper, height: lower, ..side });
    }
    slots
}

/// The heights of three panes over each other, where plans over paper would hide lines and beside the paper nothing is
/// hidden of the three: what would stand empty is used.
fn three(asked: &Asked, rows: u16) -> Option<[u16; 3]> {
    let [morning, midday, afternoon] =
        [Phase::Morning, Phase::Midday, Phase::Afternoon].map(|phase| wanted(asked, phase));
    let is_hidden = midday.saturating_add(wanted(asked, Phase::Late)) > rows;
    let over = rows.checked_sub(morning.saturating_add(midday).saturating_add(afternoon))?;
    // What is over goes to the visits, the odd row to those of the afternoon.
    is_hidden.then(|| [morning + over / 2, midday, afternoon + over.div_ceil(2)])
}

/// Shares rows between two: each gets what it wants and half of the rest; where there is not enough, the one that wants
/// less than half gets it, the other what is left.
fn share(rows: u16, upper: u16, lower: u16) -> (u16, u16) {
    let total = upper.saturating_add(lower);
    let upper = if total <= rows {
        upper + (rows - total) / 2
    } else if upper <= rows / 2 {
        upper
    } else if lower <= rows / 2 {
        rows - lower
    } else {
        rows / 2
    };
    (upper, rows - upper)
}

/// Panes under each other: the one under the hands is open; the others too where all of them fit, on a tall screen each
/// one that fits; else they are folded to their title lines.
fn stack(asked: &Asked, area: Rect) -> [Slot; 4] {
    let focus = asked.focus.shown(asked.order);
    let panes = Phase::panes(asked.order);
    let folded = u16::try_from(panes.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let mut spare = area.height.saturating_sub(folded).saturating_sub(wanted(asked, focus));
    let mut rows = [1u16; 4];
    let all: u16 = panes.iter().map(|phase| wanted(asked, *phase)).fold(0, u16::saturating_add);
    for &phase in panes.iter().filter(|phase| **phase != focus) {
        let more = wanted(asked, phase) - 1;
        if more <= spare && (all <= area.height || asked.area.height >= TALL) {
            spare -= more;
            rows[phase.at()] = wanted(asked, phase);
        }
    }
    let others: u16 = panes.iter().filter(|phase| **phase != focus).map(|phase| rows[phase.at()]).sum();
    rows[focus.at()] = area.height.saturating_sub(others);
    let mut slots = [Slot::Nowhere; 4];
    let mut y = area.y;
    for &phase in panes {
        let height = rows[phase.at()].min(area.bottom().saturating_sub(y));
        let place = Rect { y, height, ..area };
        slots[phase.at()] =
            if phase == focus || rows[phase.at()] > 1 { Slot::Open(place) } else { Slot::Folded(place) };
        y += height;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(width: u16, height: u16, lines: [usize; 4], focus: Phase, order: Order) -> Asked {
        Asked { area: Rect::new(0, 0, width, height), lines, focus, order, notices: 1 }
    }

    fn parts(layout: &Layout) -> Vec<Rect> {
        let slots = layout.slots.iter().filter_map(|slot| match slot {
            Slot::Open(area) | Slot::Folded(area) => Some(*area),
            Slot::Nowhere => None,
        });
        let rest = [layout.header, layout.ribbon, layout.notices, layout.strip, layout.evening, layout.glance];
        slots.chain(rest).chain([layout.message, layout.footer]).filter(|area| !area.is_empty()).collect()
    }

    #[test]
    fn at_every_size_nothing_overlaps_nothing_leaves_the_screen_and_the_focus_is_open() {
        for width in (0..170).step_by(3) {
            for height in 0..60 {
                for order in [Order::ByPhase, Order::ByClock] {
                    for focus in Phase::ALL {
                        for lines in [[0; 4], [9, 5, 4, 8], [60, 1, 60, 90]] {
                            let layout = layout(&asked(width, height, lines, focus, order));
                            let parts = parts(&layout);
                            let screen = Rect::new(0, 0, width, height);
                            for (at, part) in parts.iter().enumerate() {
                                assert_eq!(screen.intersection(*part), *part, "{width}×{height}");
                                let apart = parts[..at].iter().all(|other| !other.intersects(*part));
                                assert!(apart, "{width}×{height} {focus:?} {order:?} {lines:?} {layout:?}");
                            }
                            let inside = layout.inside(focus.shown(order));
                            assert!(layout.too_small || inside.height > 0, "{width}×{height} {layout:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn panes_take_height_by_what_they_hold() {
        for (rows, upper, lower, expected) in [
            (33, 12, 9, (18, 15)),
            (20, 30, 5, (15, 5)),
            (20, 5, 30, (5, 15)),
            (20, 30, 30, (10, 10)),
            (0, 3, 3, (0, 0)),
        ] {
            assert_eq!(share(rows, upper, lower), expected, "{rows} {upper} {lower}");
        }
    }

    #[test]
    fn plans_stand_over_the_procedures_where_over_the_paper_they_would_hide_some_of_it() {
        for (height, lines, moved) in [
            (50, [15, 6, 7, 35], true),
            // Nothing is hidden beside each other.
            (50, [15, 6, 7, 20], false),
            // The visits need the room themselves.
            (50, [25, 6, 12, 35], false),
        ] {
            let layout = layout(&asked(160, height, lines, Phase::Late, Order::ByPhase));
            let inside = Phase::ALL.map(|phase| layout.inside(phase));
            let late = layout.inside(Phase::Late);
            assert_eq!(layout.inside(Phase::Midday).x == late.x, !moved, "{lines:?} {inside:?}");
            if moved {
                let panes = [Phase::Morning, Phase::Midday, Phase::Afternoon, Phase::Late];
                let all =
                    panes.iter().zip(lines).all(|(phase, lines)| usize::from(layout.inside(*phase).height) >= lines);
                assert!(all, "{lines:?} {inside:?}");
            }
        }
    }

    #[test]
    fn one_pane_is_open_at_80_by_24_and_all_where_they_fit() {
        let open = |height, lines| {
            let layout = layout(&asked(80, height, lines, Phase::Midday, Order::ByPhase));
            layout.slots.map(|slot| matches!(slot, Slot::Open(_)))
        };
        assert_eq!(open(24, [9, 5, 4, 8]), [false, true, false, false]);
        assert_eq!(open(50, [9, 5, 4, 8]), [true; 4]);
        assert_eq!(open(32, [40, 2, 0, 40]), [false, true, true, false]);
        assert_eq!(open(24, [2, 1, 0, 1]), [true; 4]);
    }

    #[test]
    fn the_patient_at_a_glance_comes_from_150_columns() {
        for (width, shown) in [(149, false), (150, true), (160, true)] {
            let layout = layout(&asked(width, 50, [9, 5, 4, 8], Phase::Late, Order::ByPhase));
            assert_eq!(!layout.glance.is_empty(), shown, "{width}");
        }
    }
}
