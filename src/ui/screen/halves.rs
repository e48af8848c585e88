//! A patient's screen in two halves: a list above, what its chosen line says below.

use ratatui::layout::Rect;

use crate::ui::chrome::parts;
use crate::ui::widget::columns;
pub(super) use crate::ui::widget::pane::inside;

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
