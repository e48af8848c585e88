//! A patient's screen in two halves: a list above, what its chosen line says below.

use ratatui::layout::Rect;

use crate::ui::chrome::parts;
use crate::ui::widget::columns;

/// The rows of the band that names the patient.
pub(super) const TOP: u16 = 2;

/// The panes of both halves.
pub(super) struct Areas {
    /// The list.
    pub list: Rect,
    /// What stands below it.
    pub text: Rect,
}

/// The list takes what it holds, at most half.
pub(super) fn areas(area: Rect, count: usize) -> Areas {
    let body = parts(area, TOP).body;
    let wanted = columns(count.max(1)).saturating_add(2);
    let list = if body.height < 8 { body.height } else { wanted.min(body.height / 2).max(3) };
    Areas {
        list: Rect { height: list, ..body },
        text: Rect { y: body.y.saturating_add(list), height: body.height - list, ..body },
    }
}

/// What a pane leaves within its frame; no rows where the frame has no room.
pub(super) fn inside(pane: Rect) -> Rect {
    if pane.width < 4 || pane.height < 2 {
        return Rect { height: 0, ..pane };
    }
    Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width - 2, height: pane.height - 2 }
}
