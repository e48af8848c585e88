//! How first run is drawn: with room as a page, in a small terminal as what is under the hands, with what is wrong below it.

use ratatui::layout::Rect;

use super::{FIELDS, Field, Setup};
use crate::clinical::practice::Region;
use crate::clinical::text::width;
use crate::clinical::vocab::Vocab;
use crate::ui::modal::reading::wrap;
use crate::ui::screen::gate::strength::{Strength, strength};
use crate::ui::theme::Role;
use crate::ui::widget::{Canvas, Words, inset, row};

/// Below this not everything stands on one page.
const PAGE: (u16, u16) = (80, 24);

const NOTE: &str = "The record is one encrypted file that belongs to you. Whoever has the file and the passphrase can read it; \
                    a forgotten passphrase is final, nobody can help.";

/// Columns of the labels.
const LABELS: u16 = 14;
/// From so few columns on a value stands below its label.
const NARROW: u16 = 44;

impl Setup {
    /// Draws the screen.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.clear(area);
        if area.width < PAGE.0 || area.height < PAGE.1 {
            self.small(canvas, area);
        } else {
            self.page(canvas, area);
        }
    }

    fn page(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let wide = area.width.min(76);
        let left = (area.width - wide) / 2;
        let column = Rect { width: wide, ..inset(area, left, 0) };
        let top = area.height.saturating_sub(18) / 3;
        let at = |down: u16| row(column, top + down);
        heading(canvas, at(0));
        canvas.text(at(1), Role::Faint, &self.file);
        for (n, &field) in (0u16..).zip(&FIELDS) {
            let line = at(3 + 2 * n);
            self.label(canvas, line, field);
            self.value(canvas, inset(line, LABELS, 0), field);
            if field == Field::Passphrase {
                self.hint(canvas, Rect { y: line.y + 1, ..inset(line, LABELS, 0) });
            }
        }
        let mut down = 14;
        for line in wrap(NOTE, usize::from(wide)) {
            canvas.text(at(down), Role::Faint, &line);
            down += 1;
        }
        for line in wrap(self.words.as_deref().unwrap_or_default(), usize::from(wide)) {
            down += 1;
            canvas.text(at(down), Role::Wants, &line);
        }
        foot(canvas, area);
    }

    /// What is under the hands comes first, then what is wrong with it, then that the terminal is small; what is left goes
    /// to the fields around it and to the note.
    fn small(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let wide = usize::from(area.width);
        let has_foot = area.height > 2;
        let room = area.height - u16::from(has_foot);
        let narrow = area.width < NARROW;
        let wrong = wrap(self.words.as_deref().unwrap_or_default(), wide);
        let wrong: Vec<String> = wrong.into_iter().filter(|line| !line.is_empty()).collect();
        let high = |field: Field| 1 + u16::from(narrow) + u16::from(field == Field::Passphrase);
        let under = high(self.focus).min(room);
        let wrong_rows = lines(&wrong).min(room - under);
        let mut left = room - under - wrong_rows;
        let (columns, rows) = PAGE;
        let said =
            format!("Made for {columns}×{rows} and more; here are {}×{}. Nothing is lost.", area.width, area.height);
        let said = wrap(&said, wide);
        let said_rows = if lines(&said) <= left { lines(&said) } else { 0 };
        left -= said_rows;
        let (mut first, mut last) = (self.at(), self.at());
        // The fields before it, that the physician sees what was answered; then those after it.
        while first > 0 && high(FIELDS[first - 1]) <= left {
            first -= 1;
            left -= high(FIELDS[first]);
        }
        while last + 1 < FIELDS.len() && high(FIELDS[last + 1]) <= left {
            last += 1;
            left -= high(FIELDS[last]);
        }
        let mut y = area.y;
        let mut next = |rows: u16| {
            let line = Rect { y, height: 1, ..area };
            y += rows;
            line
        };
        if left > 0 {
            heading(canvas, next(1));
            left -= 1;
        }
        for line in said.iter().take(usize::from(said_rows)) {
            canvas.text(next(1), Role::Second, line);
        }
        for &field in &FIELDS[first..=last] {
            let line = next(1);
            self.label(canvas, line, field);
            let value = if narrow && under > 1 { inset(next(1), 1, 0) } else { inset(line, LABELS, 0) };
            self.value(canvas, value, field);
            if field == Field::Passphrase && room > 2 {
                self.hint(canvas, Rect { y: next(1).y, ..value });
            }
            if field == self.focus {
                for line in wrong.iter().take(usize::from(wrong_rows)) {
                    canvas.text(next(1), Role::Wants, line);
                }
            }
        }
        for line in wrap(NOTE, wide).iter().take(usize::from(left)) {
            canvas.text(next(1), Role::Faint, line);
        }
        if has_foot {
            foot(canvas, area);
        }
    }

    fn at(&self) -> usize {
        FIELDS.iter().position(|field| *field == self.focus).unwrap_or(0)
    }

    fn label(&self, canvas: &mut Canvas<'_>, line: Rect, field: Field) {
        let label = match field {
            Field::Name => "your name",
            Field::Region => "region",
            Field::Zone => "zone",
            Field::Passphrase => "passphrase",
            Field::Again => "once more",
        };
        canvas.text(line, if self.is_focused(field) { Role::Focus } else { Role::Second }, label);
    }

    fn is_focused(&self, field: Field) -> bool {
        self.focus == field && !self.busy
    }

    fn value(&self, canvas: &mut Canvas<'_>, value: Rect, field: Field) {
        let focused = self.is_focused(field);
        match field {
            Field::Name | Field::Zone => {
                let line = if field == Field::Name { &self.name } else { &self.zone };
                if focused {
                    line.widget("").paint(canvas, value);
                } else {
                    canvas.text(value, Role::Text, line.text());
                }
            }
            Field::Region => _ = canvas.words(value, &self.regions(focused, value.width)),
            Field::Passphrase => self.passphrase.paint(canvas, value, focused),
            Field::Again if self.busy => _ = canvas.text(value, Role::Faint, "making the record…"),
            Field::Again => self.again.paint(canvas, value, focused),
        }
    }

    /// The regions; where they have no room the chosen one, with the keys of all.
    fn regions(&self, focused: bool, room: u16) -> Words<'static> {
        let keys = ["u", "k", "g", "e"];
        let mut words = Words::new();
        for (key, region) in keys.into_iter().zip(Region::ALL) {
            words = words.say(Role::Focus, if focused { key } else { "" });
            words = if *region == self.region {
                words.bold(Role::Strong, format!("[{}]", region.label()))
            } else {
                words.say(Role::Faint, format!(" {} ", region.label()))
            };
            words = words.gap(1);
        }
        if words.width() <= usize::from(room) + 1 {
            return words;
        }
        let chosen = Words::new().bold(Role::Strong, format!("[{}]", self.region.label()));
        if focused { chosen.gap(1).say(Role::Focus, keys.join(" ")) } else { chosen }
    }

    fn hint(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let hint = strength(self.passphrase.text());
        let role = match hint {
            Strength::Blank | Strength::Weak => Role::Wants,
            Strength::Fair => Role::Second,
            Strength::Strong => Role::Done,
        };
        canvas.text(line, role, hint.words());
    }
}

fn lines(text: &[String]) -> u16 {
    u16::try_from(text.len()).unwrap_or(u16::MAX)
}

fn heading(canvas: &mut Canvas<'_>, line: Rect) {
    canvas.words(line, &Words::new().bold(Role::Focus, "daysheet").say(Role::Second, "  a new record"));
}

/// The keys, in as many words as there is room for.
fn foot(canvas: &mut Canvas<'_>, area: Rect) {
    let line = row(area, area.height.saturating_sub(1));
    let keys = |next: &'static str| {
        let words = Words::new().bold(Role::Focus, " Enter").say(Role::Second, next);
        let words = words.bold(Role::Focus, "Shift-Tab").say(Role::Second, " back  ");
        words.bold(Role::Focus, "Ctrl-Q").say(Role::Second, " quit")
    };
    let few = Words::new().bold(Role::Focus, " Ctrl-Q").say(Role::Second, " quit");
    let all = [keys(" next, at the end make the record  "), keys(" next  ")];
    let fits = |words: &&Words<'_>| width(&words.plain()) <= usize::from(area.width);
    canvas.words(line, all.iter().find(fits).unwrap_or(&few));
}
