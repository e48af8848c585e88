//! What was done and changed, on the axis of a course: each event at its day, with its words where there is room.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::canvas::{Canvas, columns, row};
use super::words::Words;
use crate::clinical::text::{clean_line, cut, width};
use crate::clinical::trend::{Mark, MarkKind, Window};
use crate::ui::theme::{Glyphs, Role};

/// The longest words beside a sign.
const MOST: usize = 26;

/// Events in lanes below a course.
#[derive(Debug, Clone, Copy)]
pub struct Lanes<'a> {
    /// The events.
    pub marks: &'a [Mark],
    /// The stretch of time.
    pub window: Window,
    /// The day under the cursor: its events stand out.
    pub cursor: Option<NaiveDate>,
}

/// Where an event stands.
struct Placed<'a> {
    mark: &'a Mark,
    lane: u16,
    x: u16,
    label: Option<(u16, String)>,
}

/// The sign of a kind of event.
pub const fn sign(kind: MarkKind, glyphs: &Glyphs) -> &'static str {
    match kind {
        MarkKind::Procedure => glyphs.event,
        MarkKind::Started => glyphs.started,
        MarkKind::Changed => glyphs.changed,
        MarkKind::Stopped => glyphs.stopped,
    }
}

/// The colour of a kind of event.
pub const fn role(kind: MarkKind) -> Role {
    match kind {
        MarkKind::Procedure => Role::Procedure,
        MarkKind::Started | MarkKind::Changed | MarkKind::Stopped => Role::Info,
    }
}

impl Lanes<'_> {
    /// How many lanes are wanted so that every event has its words, at most so many.
    pub fn wanted(&self, plot: Rect, most: u16) -> u16 {
        let placed = self.placed(plot.width, most);
        placed.iter().map(|placed| placed.lane + 1).max().unwrap_or(0)
    }

    /// Draws the lanes across a plot; `hide` goes over their words.
    pub fn paint(&self, canvas: &mut Canvas<'_>, plot: Rect, hide: impl Fn(&str) -> String) {
        for placed in self.placed(plot.width, plot.height) {
            let here = self.cursor == Some(placed.mark.date);
            let role = if here { Role::Focus } else { role(placed.mark.kind) };
            let line = row(plot, placed.lane);
            let sign = sign(placed.mark.kind, canvas.glyphs());
            canvas.sign(plot.x + placed.x, line.y, role, sign);
            if let Some((x, label)) = placed.label {
                let role = if here { Role::Focus } else { Role::Second };
                let at = Rect { x: plot.x + x, width: columns(width(&label)), ..line };
                canvas.words(at, &Words::of(role, hide(&label)));
            }
        }
    }

    /// The newest find their place first: their words stand, where older ones are signs only.
    fn placed(&self, wide: u16, lanes: u16) -> Vec<Placed<'_>> {
        let mut free: Vec<Vec<bool>> = vec![vec![true; usize::from(wide)]; usize::from(lanes)];
        let mut out = Vec::new();
        let seen = self.marks.iter().rev().filter_map(|mark| Some((mark, self.window.column(mark.date, wide)?)));
        for (mark, x) in seen {
            let label = words(mark);
            let long = columns(width(&label));
            // Behind its sign, or before it where the plot ends: from where it takes room, where the words begin, to where.
            let behind = (x + 2 + long <= wide).then_some((x, x + 2, x + long + 3));
            let before = x.checked_sub(long + 1).map(|at| (at.saturating_sub(1), at, x + 2));
            let is_free = |lane: u16, from: u16, end: u16| {
                (from..end.min(wide)).all(|column| free[usize::from(lane)][usize::from(column)])
            };
            let found = (0..lanes).find_map(|lane| {
                let spots = [behind, before].into_iter().flatten();
                spots.into_iter().find(|(from, _, end)| is_free(lane, *from, *end)).map(|spot| (lane, spot))
            });
            let lane = found.map(|(lane, _)| lane);
            let lane = lane.or_else(|| (0..lanes).rev().find(|lane| free[usize::from(*lane)][usize::from(x)]));
            let Some(lane) = lane else { continue };
            let (from, end) = found.map_or((x, x + 1), |(_, (from, _, end))| (from, end));
            free[usize::from(lane)][usize::from(from)..usize::from(end.min(wide))].fill(false);
            let placed = Placed { mark, lane, x, label: found.map(|(_, (_, at, _))| (at, label)) };
            out.push(placed);
        }
        out
    }
}

/// What stands beside a sign.
fn words(mark: &Mark) -> String {
    let what = clean_line(&mark.what);
    cut(what.split(", pain ").next().unwrap_or_default(), MOST)
}
