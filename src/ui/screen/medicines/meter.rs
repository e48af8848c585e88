//! The meter: what opioids come to in a day, with the marks of the table. Shown beside the list and beside the form of a
//! medicine, where it moves while one types.

use ratatui::layout::Rect;

use crate::clinical::exact::Exact;
use crate::clinical::exposure::{Exposure, show};
use crate::clinical::practice::Region;
use crate::ui::theme::Role;
use crate::ui::widget::{Canvas, columns, inset};

/// The columns the bar wants at most.
const WIDE: u16 = 48;

/// Where a figure lies on the bar.
fn place(value: Exact, full: Exact, width: u16) -> u16 {
    let share = value.times(Exact::whole(i64::from(width))).ok().and_then(|x| x.over(full).ok().flatten());
    share.and_then(|share| u16::try_from(share.floor()).ok()).unwrap_or(width).min(width)
}

/// Draws the bar on one line: how far it is filled, and its marks with their figures.
pub fn paint(exposure: &Exposure, region: Region, canvas: &mut Canvas<'_>, area: Rect) {
    let marks = exposure.marks(region);
    let (Some(total), Some(last)) = (exposure.total(), marks.last()) else { return };
    // The bar reaches a third beyond the last mark, or as far as the figure.
    let beyond = last.at.times(Exact::whole(4)).ok().and_then(|x| x.over(Exact::whole(3)).ok().flatten());
    let full = beyond.unwrap_or(last.at).most(total);
    let label = show(total);
    let bar = Rect {
        width: area.width.min(WIDE).saturating_sub(columns(label.len() + 2)),
        height: area.height.min(1),
        ..area
    };
    if bar.width < 12 || bar.height == 0 {
        return;
    }
    let filled = place(total, full, bar.width);
    let reached = marks.iter().filter(|mark| mark.reached).count();
    let role = match reached {
        0 => Role::Focus,
        1 if marks.len() > 1 => Role::Wants,
        _ => Role::Danger,
    };
    let glyphs = canvas.glyphs();
    canvas.rule(bar, Role::Border, glyphs.rest);
    canvas.rule(Rect { width: filled, ..bar }, role, glyphs.full);
    for mark in &marks {
        let at = place(mark.at, full, bar.width);
        let text = mark.at.plain();
        canvas.text(inset(bar, at, 0), if mark.reached { role } else { Role::Second }, &text);
    }
    canvas.text(inset(area, bar.width + 2, 0), Role::Strong, &label);
}
