//! The body map on the cover: where it hurts in words, what hurts most first, and what is new and gone. Where there is room
//! the figure stands beside the words, never instead of them.

use ratatui::layout::Rect;

use super::block::{Block, Line};
use crate::clinical::body::widespread::widespread;
use crate::clinical::models::Chart;
use crate::clinical::text::clean_line;
use crate::clinical::time::show_date;
use crate::ui::theme::Role;
use crate::ui::widget::Canvas;
use crate::ui::widget::Words;
use crate::ui::widget::body::{BodyFigure, columns_of, fitting};
use crate::ui::widget::pane::Pane;

/// The block; none where no region was ever asked about.
pub fn block(chart: &Chart) -> Option<Block> {
    let map = chart.map.as_ref()?;
    let mut lines = vec![Line::text(Role::Text, "", clean_line(&map.map.in_short()))];
    let since =
        chart.map_before.as_ref().and_then(|before| Some((before.date, map.map.changes_in_short(&before.map)?)));
    lines.extend(
        since.map(|(on, changes)| Line::text(Role::Info, format!("since {}: ", show_date(on)), clean_line(&changes))),
    );
    let body = chart.assessment.as_ref().filter(|assessment| assessment.date == map.date).map(|found| &found.body);
    // The figures of widespread pain, where anything beyond the map was asked.
    if let Some(found) = body.and_then(widespread).filter(|found| found.severity.is_some()) {
        lines.push(Line::text(Role::Second, "", found.line()));
    }
    Some(Block { under: show_date(map.date), ..Block::new("Body map", lines) })
}

/// The rows a figure takes beside the cover with its frame, out of so many columns and rows; none where none fits.
pub fn rows(chart: &Chart, columns: u16, rows: u16) -> Option<u16> {
    let map = chart.map.as_ref()?;
    map.map.hurting().next()?;
    fitting(columns.saturating_sub(2), rows.saturating_sub(2), false).map(|size| size.rows() + 2)
}

/// Draws the figure in its frame.
pub fn paint(chart: &Chart, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(map) = &chart.map else { return };
    let note = Words::of(Role::Second, show_date(map.date));
    let inside = Pane { name: "Body map", note, ..Pane::default() }.paint(canvas, area);
    let Some(size) = fitting(inside.width, inside.height, false) else { return };
    let left = (inside.width - columns_of(size)) / 2;
    let place = Rect { x: inside.x + left, width: inside.width - left, ..inside };
    let last = chart.map_before.as_ref().map(|before| &before.map);
    BodyFigure { size, map: &map.map, last, chosen: None, target: None }.paint(canvas, place);
}
