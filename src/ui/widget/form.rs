//! Paints what the form engine drew: its lines of spans, each span's meaning in the colours of the theme.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::{Canvas, Words, columns, row};
use crate::form::text::width_of;
use crate::form::view::{FormView, Line, Role as Means, Span};
use crate::ui::chrome::names::Names;
use crate::ui::theme::{Role, Surface};

/// Draws a form into its area and places the cursor. Hidden names keep their width, so that the cursor stays true.
pub fn paint(view: &FormView, canvas: &mut Canvas<'_>, area: Rect, names: Names<'_>) {
    canvas.clear(area);
    for (down, line) in (0..area.height).zip(&view.lines) {
        let surface = if line.band && line.part.is_none() { Surface::Band } else { Surface::Ground };
        canvas.on(surface, |canvas| paint_line(canvas, row(area, down), line, names));
        if let Some(part) = line.part.clone().filter(|_| line.band) {
            canvas.on(Surface::Band, |canvas| paint_part(canvas, row(area, down), line, part, names));
        }
    }
    if let Some(popup) = &view.popup {
        for (down, line) in (0u16..).zip(&popup.lines) {
            let at = Rect {
                x: area.x.saturating_add(popup.x),
                y: area.y.saturating_add(popup.y).saturating_add(down),
                width: popup.width,
                height: 1,
            };
            // The whole row makes room: half-words beside what is offered would only be read into it.
            canvas.clear(Rect { x: area.x, width: area.width, ..at }.intersection(area));
            let chosen = line.spans.iter().any(|span| span.role == Means::PopupChosen);
            let surface = if chosen { Surface::Band } else { Surface::BarTop };
            canvas.on(surface, |canvas| paint_line(canvas, at.intersection(area), line, names));
        }
    }
    if view.above > 0 && area.height > 0 {
        hidden(canvas, row(area, 0), &format!("↑ {}", view.above));
    }
    if view.below > 0 && area.height > 1 {
        hidden(canvas, row(area, area.height - 1), &format!("↓ {}", view.below));
    }
    if let Some((x, y)) = view.cursor {
        canvas.place_cursor(area.x.saturating_add(x), area.y.saturating_add(y));
    }
}

/// How many lines are out of view, at the right end of a row, clear of what stands in it.
fn hidden(canvas: &mut Canvas<'_>, area: Rect, words: &str) {
    let wide = columns(words.chars().count()).saturating_add(2).min(area.width);
    let at = Rect { x: area.right().saturating_sub(wide), width: wide, ..area };
    canvas.clear(at);
    canvas.words_right(at, &Words::of(Role::Faint, words));
}

fn paint_line(canvas: &mut Canvas<'_>, area: Rect, line: &Line, names: Names<'_>) {
    canvas.clear(area);
    canvas.words(area, &words_of(&line.spans, names));
}

/// The part of a line that lies in these columns; a span begins where they begin.
fn paint_part(canvas: &mut Canvas<'_>, area: Rect, line: &Line, part: Range<u16>, names: Names<'_>) {
    let mut x = 0;
    let mut spans = Vec::new();
    for span in &line.spans {
        if part.contains(&columns(x)) {
            spans.push(span.clone());
        }
        x += width_of(&span.text);
    }
    let at = Rect { x: area.x.saturating_add(part.start), width: part.end.saturating_sub(part.start), ..area };
    let at = at.intersection(area);
    canvas.clear(at);
    canvas.words(at, &words_of(&spans, names));
}

fn words_of<'a>(spans: &'a [Span], names: Names<'_>) -> Words<'a> {
    spans.iter().fold(Words::new(), |words, span| {
        let (role, add) = look(span);
        words.say_with(role, add, names.masked(&span.text))
    })
}

fn look(span: &Span) -> (Role, Modifier) {
    let none = Modifier::empty();
    let bold = Modifier::BOLD;
    match span.role {
        Means::Text | Means::Label | Means::Scale | Means::Popup | Means::Computed => (Role::Text, none),
        Means::Second | Means::Title => (Role::Second, none),
        Means::LabelFocus | Means::Chosen | Means::PopupChosen => (Role::Strong, bold),
        Means::Faint | Means::ScaleOff | Means::PopupHint => (Role::Faint, none),
        Means::Ghost => (Role::Faint, Modifier::ITALIC),
        Means::Key | Means::Cell => (Role::Focus, bold),
        Means::Pain(level) | Means::Mark(level) => (Role::Pain(level), none),
        Means::PainChosen(level) => (Role::Pain(level), bold),
        Means::Warn | Means::Wants => (Role::Wants, none),
        Means::Error => (Role::Danger, none),
        Means::Info | Means::Taken => (Role::Info, none),
        Means::Selected => (Role::Text, Modifier::REVERSED),
        Means::Blank => (Role::Wants, bold),
    }
}
