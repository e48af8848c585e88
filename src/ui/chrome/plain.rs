//! A screen as plain lines, for screen readers: no boxes, one line an item, what changed as one line at the cursor.

use ratatui::layout::Rect;

use super::foot::{Foot, message_words};
use crate::clinical::text::cut;
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::bar::{Bar, Item};
use crate::ui::widget::list::scroll;
use crate::ui::widget::{Canvas, Words, inset, row};

/// A screen as plain lines.
#[derive(Debug, Clone, Default)]
pub struct Linear {
    /// What stays on top: where this is, and of whom.
    pub head: Vec<String>,
    /// The items, one line each.
    pub rows: Vec<String>,
    /// Which one is under the hands; the cursor stands on it.
    pub chosen: Option<usize>,
}

impl Linear {
    /// Draws the lines. The message stands below the chosen line, where the reader is.
    pub fn paint(&self, canvas: &mut Canvas<'_>, area: Rect, foot: &Foot<'_>, view: &View<'_>) {
        canvas.clear(area);
        let wide = usize::from(area.width);
        let head: Vec<String> = self.head.iter().flat_map(|line| wrap(line, wide)).collect();
        let most = usize::from(area.height.saturating_sub(2));
        let mut down = 0;
        for line in head.iter().take(most) {
            canvas.text(row(area, down), Role::Text, line);
            down += 1;
        }
        let keys = u16::from(area.height > 2);
        let message: Vec<String> = message_words(view).iter().flat_map(|words| wrap(words, wide)).collect();
        let here = self.chosen.and_then(|at| self.rows.get(at));
        let more = here.map_or(0, |line| wrap(line, wide.saturating_sub(2)).len().saturating_sub(1));
        let room = usize::from(area.height.saturating_sub(down + keys)).saturating_sub(message.len() + more).max(1);
        let top = scroll(0, self.chosen.unwrap_or(0), room, self.rows.len());
        let shown = self.rows.iter().enumerate().skip(top).take(room);
        let mut say = |down: &mut u16, lines: &[String], role: Role, indent: u16| {
            for line in lines {
                if *down < area.height {
                    canvas.text(inset(row(area, *down), indent, 0), role, line);
                    *down += 1;
                }
            }
        };
        if self.chosen.is_none() {
            say(&mut down, &message, Role::Text, 0);
        }
        let mut cursor = None;
        for (at, line) in shown {
            if self.chosen != Some(at) {
                say(&mut down, std::slice::from_ref(line), Role::Text, 2);
                continue;
            }
            // The line under the hands is said whole: nobody hears what is cut off.
            cursor = Some(down);
            say(&mut down, &wrap(line, wide.saturating_sub(2)), Role::Strong, 2);
            say(&mut down, &message, Role::Text, 0);
        }
        if let Some(at) = cursor {
            let here = row(area, at);
            canvas.words(here, &Words::new().bold(Role::Focus, ">"));
            canvas.place_cursor(here.x, here.y);
        }
        if keys > 0 {
            canvas.text(row(area, area.height - 1), Role::Second, &foot.plain(area.width));
        }
    }
}

/// A patient band in lines: who, what must be known, where this is.
pub fn band_lines(band: &PatientBand<'_>) -> Vec<String> {
    said(band).into_iter().filter(|line| !line.is_empty()).collect()
}

/// The same in at most so many rows: who it is and where this is stand in any case, and what must be known says where it
/// goes on.
pub fn band_rows(band: &PatientBand<'_>, wide: usize, most: usize) -> Vec<String> {
    let rows = |line: String| if line.is_empty() { Vec::new() } else { wrap(&line, wide) };
    let [who, mut facts, place] = said(band).map(rows);
    let room = most.saturating_sub(who.len() + place.len());
    if facts.len() > room {
        facts.truncate(room);
        if let Some(last) = facts.last_mut() {
            *last = cut(&format!("{last} …"), wide);
        }
    }
    [who, facts, place].concat()
}

/// Who, what must be known, where this is.
fn said(band: &PatientBand<'_>) -> [String; 3] {
    let right = if band.right.is_empty() { String::new() } else { format!(", {}", band.right.plain()) };
    [join(&band.who, ", "), join(&band.facts, "; "), format!("{}{right}", join(&band.place, ", "))]
}

/// A title bar in one line.
pub fn bar_line(bar: &Bar<'_>) -> String {
    let right = bar.right.as_ref().map(|right| format!(", {}", right.words.plain())).unwrap_or_default();
    format!("{}{right}", join(&bar.items, ", "))
}

fn join(items: &[Item<'_>], between: &str) -> String {
    items.iter().map(|item| item.words.plain()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_and_where_stand_in_any_case_and_facts_say_that_they_go_on() {
        let item = |text: &'static str| Item::new(0, Words::of(Role::Text, text));
        let band = PatientBand {
            who: vec![item("OKAFOR Adaeze"), item("54 F")],
            facts: vec![item("allergy none"), item("anticoag apixaban"), item("kidney normal"), item("goal walk")],
            place: vec![item("Assessment"), item("visit of 20 Nov 2026")],
            right: Words::of(Role::Text, "8 min"),
        };
        let place = "Assessment, visit of 20 Nov 2026, 8 min";
        for (most, facts) in [
            (5, &["allergy none; anticoag apixaban; kidney", "normal; goal walk"][..]),
            (4, &["allergy none; anticoag apixaban; kidney", "normal; goal walk"]),
            (3, &["allergy none; anticoag apixaban; kidney…"]),
            (2, &[]),
        ] {
            let expected = [&["OKAFOR Adaeze, 54 F"][..], facts, &[place]].concat();
            assert_eq!(band_rows(&band, 40, most), expected, "{most}");
        }
    }
}
