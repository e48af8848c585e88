//! A form as plain lines, for screen readers: whose it is, which section, then a line a field; what changed is said on the
//! line below the one under the hands.

use super::{FormScreen, Parts, Subject};
use crate::form::{AnyForm, Line, Role as Means, SectionView, Span};
use crate::ui::chrome;
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::bar::Item;
use crate::ui::widget::form as painter;
use crate::ui::widget::{Canvas, Words, row};

impl<S: Subject> FormScreen<S> {
    /// Draws the form in lines.
    pub(super) fn render_plain(&self, parts: &Parts, canvas: &mut Canvas<'_>, view: &View<'_>) {
        let heading = std::iter::once(Item::new(0, self.subject.heading(view)));
        let place: Vec<Item<'_>> = heading.chain(self.subject.told(view)).collect();
        let wide = usize::from(parts.band.width);
        let lines = match self.subject.file() {
            Some(file) => {
                let right = self.subject.visit().map_or_else(Words::new, |visit| chrome::in_room(visit, view));
                let band = chrome::band(file, place, right, view);
                chrome::plain::band_rows(&band, wide, usize::from(parts.band.height))
            }
            None => wrap(&chrome::plain::bar_line(&chrome::bar_of(place, view)), wide),
        };
        for (down, line) in (0..parts.band.height).zip(&lines) {
            canvas.text(row(parts.band, down), Role::Text, line);
        }
        let section = section_line(&self.sections());
        let headline = self.subject.headline(self.form.value());
        let said: Vec<String> = [section, headline].into_iter().flatten().collect();
        canvas.text(parts.tabs, Role::Text, &said.join("; "));
        if let Some((role, words)) = self.subject.notice(self.form.value(), view) {
            canvas.text(parts.notice, role, &words);
        }
        let mut form = self.form.view((parts.form.width, parts.form.height));
        let here = form.cursor.or(form.focus);
        if let Some((_, down)) = here {
            let at = usize::from(down).saturating_add(1).min(form.lines.len());
            let said = chrome::foot::message_words(view).map(|text| (Means::Info, text));
            // What is offered stands in lines of its own: nothing of the form is painted over.
            let offered = form.popup.take().map(|popup| popup.lines).unwrap_or_default();
            let offered = offered.iter().map(|line| (Means::Text, offer(line)));
            let lines = said.into_iter().chain(offered);
            let lines = lines.map(|(role, text)| Line { spans: vec![Span { text, role }], band: false, part: None });
            form.lines.splice(at..at, lines.collect::<Vec<_>>());
        }
        painter::paint(&form, canvas, parts.form, view.names());
        if let Some((x, y)) = here {
            let (x, y) = (parts.form.x.saturating_add(x), parts.form.y.saturating_add(y));
            canvas.sign(parts.form.x, y, Role::Focus, ">");
            canvas.place_cursor(x, y);
        }
        canvas.text(parts.footer, Role::Second, &self.foot(view).plain(parts.footer.width));
    }
}

/// One of what is offered, the chosen one with the sign of the line under the hands.
fn offer(line: &Line) -> String {
    let chosen = line.spans.iter().any(|span| span.role == Means::PopupChosen);
    let text = line.text();
    let text = text.trim_start_matches(['▸', ' ']).trim_end();
    format!("{} offered: {text}", if chosen { ">" } else { " " })
}

/// Which section is open, and how far it is: `section 2 of 7, Where, 1 of 3 answered, 1 wrong`.
fn section_line(sections: &[SectionView]) -> Option<String> {
    let at = sections.iter().position(|section| section.current).filter(|_| sections.len() > 1)?;
    let section = &sections[at];
    let (answered, of) = section.answered;
    let wrong = if section.errors > 0 { format!(", {} wrong", section.errors) } else { String::new() };
    Some(format!("section {} of {}, {}, {answered} of {of} answered{wrong}", at + 1, sections.len(), section.name))
}
