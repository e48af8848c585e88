//! The chosen line in full, below the panes: only where its row had to cut the name or the words.

use ratatui::layout::Rect;

use super::layout::Slot;
use super::pane::rows_of;
use super::paper::paper;
use super::phase::{Order, Phase};
use super::scene::Scene;
use crate::clinical::board::Item;
use crate::ui::chrome::names::Names;
use crate::ui::env::View;
use crate::ui::theme::Role;
use crate::ui::widget::pane::inside;
use crate::ui::widget::{Canvas, Words, inset};

/// Draws the chosen line in full where its row is cut.
pub fn render(canvas: &mut Canvas<'_>, area: Rect, scene: &Scene<'_>, view: &View<'_>, names: Names<'_>, order: Order) {
    let pane = scene.here();
    let (Some(item), Slot::Open(frame)) = (pane.item(), scene.layout.slots[pane.phase.at()]) else { return };
    let is_glanced_at = scene.layout.glance.width > 0;
    if !is_glanced_at && rows_of(pane, inside(frame), view, names, order).is_cut(item) {
        canvas.words(inset(area, 1, 1), &whole(item, pane.phase, view, names));
    }
}

/// Who it is and what it is about: what else stands in the row is never cut.
fn whole(item: &Item, phase: Phase, view: &View<'_>, names: Names<'_>) -> Words<'static> {
    let age = item.patient.as_ref().map(|patient| patient.age_sex(item.date)).unwrap_or_default();
    let (what, text) = match phase {
        Phase::Morning | Phase::Afternoon => (String::new(), item.text.clone()),
        Phase::Midday | Phase::Late => {
            let paper = paper(item, view);
            (paper.what, paper.text)
        }
    };
    let text = names.text(&text).into_owned();
    let parts = [(Role::Faint, what), (Role::Text, names.of_item(item)), (Role::Second, age), (Role::Second, text)];
    parts.into_iter().filter(|(_, part)| !part.is_empty()).fold(Words::new(), |words, (role, part)| {
        if words.is_empty() { Words::of(role, part) } else { words.gap(2).say(role, part) }
    })
}
