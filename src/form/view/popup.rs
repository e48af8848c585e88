//! Completions: a short list under the words it completes, or above them where there is no room below. It stands still while
//! they are typed.

use crate::clinical::text::clean_line;
use crate::form::core::{Core, Popup};
use crate::form::text::width_of;

use super::line::Build;
use super::role::{HitArea, PopupView, Role, Target};

/// So many columns before the cursor the words begin that are completed.
pub(super) fn typed(core: &Core, popup: &Popup) -> u16 {
    let before = core.edit.as_ref().and_then(|edit| edit.text().get(popup.of.start..edit.at()));
    u16::try_from(before.map_or(0, width_of)).unwrap_or(0)
}

/// Places the list near a cell of the screen, within its size, behind so many lines that it does not cover. Where none are
/// left in view below the cell, its own last line says how one of it is taken.
pub(super) fn place(
    popup: &Popup,
    near: (u16, u16),
    said: u16,
    size: (u16, u16),
    enter: &str,
) -> Option<(PopupView, Vec<HitArea>)> {
    let text = |hit: &crate::form::lookup::Hit| (clean_line(&hit.text), clean_line(&hit.hint));
    let widest = popup.hits.iter().map(text).map(|(text, hint)| width_of(&text) + width_of(&hint) + 4).max()?;
    let how = match popup.chosen {
        None => " ↓ chooses".to_owned(),
        Some(_) => format!(" {enter} takes it"),
    };
    let widest = widest.max(width_of(&how) + 1);
    let width = u16::try_from(widest).unwrap_or(u16::MAX).min(size.0);
    let below = size.1.saturating_sub(near.1 + 1 + said);
    let count = u16::try_from(popup.hits.len()).unwrap_or(u16::MAX);
    let under = below >= count || below >= near.1;
    let room = if under { below } else { near.1 };
    let shown = count.min(room);
    if shown == 0 || width == 0 {
        return None;
    }
    let says = u16::from(room > shown && said == 0);
    let y = if under { near.1 + 1 + said } else { near.1 - shown - says };
    let x = near.0.min(size.0.saturating_sub(width));
    // The chosen one stays in view when there is less room than hits.
    let first = popup.chosen.map_or(0, |at| (at + 1).saturating_sub(usize::from(shown)));
    let mut lines = Vec::new();
    let mut hits = Vec::new();
    for (at, hit) in popup.hits.iter().enumerate().skip(first).take(usize::from(shown)) {
        let (text, hint) = text(hit);
        let mut line = Build::new(usize::from(width));
        let chosen = popup.chosen == Some(at);
        let role = if chosen { Role::PopupChosen } else { Role::Popup };
        line.put(if chosen { "▸" } else { " " }, role);
        line.put(&text, role);
        if !hint.is_empty() {
            line.put("  ", role);
            line.put(&hint, Role::PopupHint);
        }
        let rest = line.room();
        line.put(&" ".repeat(rest), role);
        let row = y + u16::try_from(lines.len()).unwrap_or(0);
        hits.push(HitArea { y: row, from: x, to: x + width, target: Target::Completion(at) });
        lines.push(line.done());
    }
    if says > 0 {
        let mut line = Build::new(usize::from(width));
        line.put(&how, Role::PopupHint);
        let rest = line.room();
        line.put(&" ".repeat(rest), Role::Popup);
        lines.push(line.done());
    }
    Some((PopupView { x, y, width, lines }, hits))
}
