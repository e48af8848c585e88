//! A screen as plain lines, for screen readers: no boxes, one line an item, what changed as one line at the cursor.

use ratatui::layout::Rect;

use super::foot::{Foot, message_words};
use crate::clinical::text::cut;
use crate::ui::env::View;
use crate::ui::modal::reading::wrap;
use crate::ui::theme::Role;
use crate::ui::widget::band::PatientBand;
use crate::ui::widget::bar::{Bar, Item};
use crate::ui::widget::list::first_in_view;
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
        let end = area.height.saturating_sub(keys);
        let room = usize::from(end.saturating_sub(down)).saturating_sub(message.len());
        // Lines are said whole: nobody hears what is cut off. Far ahead of the hands none is broken in vain.
        let chosen = self.chosen.unwrap_or(0);
        let until = (chosen + usize::from(area.height) + 1).min(self.rows.len());
        let from = chosen.saturating_sub(usize::from(area.height));
        let broken = |line: &String| match wrap(line, wide.saturating_sub(2)) {
            lines if lines.is_empty() => vec![String::new()],
            lines => lines,
        };
        let rows: Vec<Vec<String>> = self.rows.get(from..until).unwrap_or_default().iter().map(broken).collect();
        let heights: Vec<usize> = rows.iter().map(Vec::len).collect();
        let top = first_in_view(&heights, chosen - from, room);
        let shown = rows.iter().enumerate().skip(top).map(|(at, lines)| (at + from, lines));
        let mut say = |down: &mut u16, lines: &[String], role: Role, indent: u16| {
            for line in lines {
                if *down < end {
                    canvas.text(inset(row(area, *down), indent, 0), role, line);
                    *down += 1;
                }
            }
        };
        if self.chosen.is_none() {
            say(&mut down, &message, Role::Text, 0);
        }
        let mut cursor = None;
        for (at, lines) in shown {
            if self.chosen != Some(at) {
                say(&mut down, lines, Role::Text, 2);
                continue;
            }
            cursor = Some(down);
            say(&mut down, lines, Role::Strong, 2);
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
