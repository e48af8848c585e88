//! What every screen has around it: the band that names the patient or the bar that names the screen, the line that
//! says what was kept, the keys at the foot; and all of it as plain lines for screen readers.

pub mod band;
pub mod foot;
pub mod names;
pub mod plain;

use ratatui::layout::Rect;

pub use band::{band, fact};
pub use foot::{Foot, long_message, message_line};
pub use plain::Linear;

use super::env::View;
use super::theme::{Mark, Role, Surface};
use super::widget::bar::{Bar, Item};
use super::widget::{Words, mark, row};
use crate::action::Context;
use crate::clinical::practice::Region;
use crate::clinical::time::{show_day, show_day_short, show_time, wall};
use crate::clinical::visit::{Visit, VisitState};

/// The parts of a screen, from the top down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The band or bar on top.
    pub top: Rect,
    /// The screen's own.
    pub body: Rect,
    /// The line that says what was kept.
    pub message: Rect,
    /// The keys.
    pub foot: Rect,
}

/// The parts of a screen with so many rows on top. In a low terminal the message goes first, then the keys, then the top.
pub fn parts(area: Rect, top: u16) -> Parts {
    let foot = u16::from(area.height > top + 1);
    let message = u16::from(area.height > top + foot + 1);
    let top = top.min(area.height.saturating_sub(1));
    let body = area.height.saturating_sub(top + foot + message);
    let part = |from: u16, height: u16| Rect { y: area.y.saturating_add(from), height, ..area };
    Parts {
        top: part(0, top),
        body: part(top, body),
        message: part(top + body, message),
        foot: part(top + body + message, foot),
    }
}

/// The least columns and rows on which the board is laid out. A form goes on in fewer rows, but in fewer columns it could no
/// longer say whose it is.
pub const LEAST: (u16, u16) = (40, 10);

/// Says that there is no room, instead of a screen.
pub fn too_small(canvas: &mut super::widget::Canvas<'_>, area: Rect) {
    let (columns, rows) = LEAST;
    let lines = [
        format!("daysheet needs {columns} columns and {rows} rows."),
        format!("Here are {} and {}.", area.width, area.height),
        "Nothing is lost.".to_owned(),
    ];
    let lines = lines.iter().flat_map(|line| super::modal::reading::wrap(line, usize::from(area.width)));
    for (down, line) in (0..area.height).zip(lines) {
        canvas.text(row(area, down), Role::Second, &line);
    }
}

/// Draws what every screen has around its own: the bar on top, the line that says what was kept, the keys. What is left is
/// the screen's.
pub fn around(
    canvas: &mut super::widget::Canvas<'_>,
    area: Rect,
    bar: &Bar<'_>,
    foot: &Foot<'_>,
    context: Context,
    view: &View<'_>,
) -> Parts {
    let parts = parts(area, 1);
    bar.paint(canvas, parts.top);
    message_line(canvas, parts.message, context, view);
    foot.paint(canvas, parts.foot);
    parts
}

/// The bar of a screen that is about no one patient: what it is, what is said about it, the day and the time.
pub fn title_bar<'a>(title: &'a str, items: Vec<Item<'a>>, view: &View<'_>) -> Bar<'a> {
    let lead = std::iter::once(Item::new(0, Words::new().bold(Role::Focus, title)));
    bar_of(lead.chain(items).collect(), view)
}

/// A bar of these items, the day and the time at its right.
pub fn bar_of<'a>(mut all: Vec<Item<'a>>, view: &View<'_>) -> Bar<'a> {
    all.extend(standing(view));
    let (day, time) = (view.now.today(), show_time(view.now.time()));
    let long = Words::of(Role::Second, show_day(day)).gap(2).bold(Role::Strong, time.clone());
    let short = Words::of(Role::Second, show_day_short(day, day)).gap(2).bold(Role::Strong, time);
    Bar { surface: Surface::BarTop, items: all, right: Some(Item::new(4, long).or(short)) }
}

/// How long a patient is in room, of how many minutes planned; the time where nobody of this visit is.
pub fn in_room(visit: &Visit, view: &View<'_>) -> Words<'static> {
    let since = visit.in_room_at.filter(|_| visit.state == VisitState::InRoom && visit.date == view.now.today());
    let Some(since) = since else { return Words::of(Role::Second, show_time(view.now.time())) };
    let minutes = (view.now.wall() - wall(since, view.now.zone)).num_minutes().max(0);
    mark(Mark::InRoom).gap(1).say(Role::Focus, format!("{minutes} min of {}", visit.minutes))
}

/// That it is the demo, and whose tables it shows: a figure of another region is not the same number.
pub fn in_demo(view: &View<'_>) -> &'static str {
    match view.practice.region {
        Region::Us => "demo US",
        Region::Uk => "demo UK",
        Region::De => "demo DE",
        Region::Other => "demo, no region",
    }
}

/// What must be said of the record wherever one is: that it is the demo, that it can only be read.
pub fn standing(view: &View<'_>) -> Vec<Item<'static>> {
    let mut items = Vec::new();
    if view.demo {
        items.push(Item::new(5, Words::of(Role::Info, in_demo(view))));
    }
    if view.read_only {
        items.push(Item::new(1, Words::new().bold(Role::Wants, "only reading")));
    }
    items
}

/// A line across the body with a title in it: what follows belongs together.
pub fn heading(canvas: &mut super::widget::Canvas<'_>, area: Rect, title: &str, note: &Words<'_>) {
    let area = row(area, 0);
    canvas.clear(area);
    let used = canvas.words(area, &Words::new().bold(Role::Second, title));
    let left = super::widget::inset(area, used.saturating_add(2), 0);
    canvas.words(left, note);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_the_last_to_go() {
        for (height, expected) in [
            (24, (2, 20, 1, 1)),
            (4, (2, 1, 0, 1)),
            (3, (2, 1, 0, 0)),
            (2, (1, 1, 0, 0)),
            (1, (0, 1, 0, 0)),
            (0, (0, 0, 0, 0)),
        ] {
            let parts = parts(Rect::new(0, 0, 80, height), 2);
            let heights = (parts.top.height, parts.body.height, parts.message.height, parts.foot.height);
            assert_eq!(heights, expected, "{height}");
        }
    }
}
