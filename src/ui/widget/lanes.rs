//! What was done and changed, on the axis of a course: each event at its day, with its words where there is room.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::canvas::{Canvas, columns, row};
use super::words::Words;
use crate::clinical::text::{clean_line, cut, width};
use crate::clinical::trend::{Mark, MarkKind, Window};
use crate::ui::theme::{Glyphs, Role};

/// The longest words beside a sign.
const MOST: usize = 26;

/// Events in lanes below a course.
#[derive(Debug, Clone, Copy)]
pub struct Lanes<'a> {
    /// The events.
    pub marks: &'a [Mark],
    /// The stretch of time.
    pub window: Window,
    /// The day under the cursor: its events stand out.
    pub cursor: Option<NaiveDate>,
}

/// Where an event stands.
struct Placed<'a> {
    mark: &'a Mark,
    lane: u16,
    x: u16,
    /// Where its words stand, and what they are.
    label: Option<(u16, String)>,
}

/// The sign of a kind of event.
pub const fn sign(kind: MarkKind, glyphs: &Glyphs) -> &'static str {
    match kind {
        MarkKind::Procedure => glyphs.event,
        MarkKind::Started => glyphs.started,
        MarkKind::Changed => glyphs.changed,
        MarkKind::Stopped => glyphs.stopped,
    }
}

/// The colour of a kind of event.
pub const fn role(kind: MarkKind) -> Role {
    match kind {
        MarkKind::Procedure => Role::Procedure,
        MarkKind::Started | MarkKind::Changed | MarkKind::Stopped => Role::Info,
    }
}

impl Lanes<'_> {
    /// How many lanes are wanted so that every treatment has its own, at most so many.
    pub fn wanted(&self, plot: Rect, most: u16) -> u16 {
        columns(self.treatments(plot.width).len()).min(most)
    }

    /// Draws the lanes across a plot; `hide` goes over their words.
    pub fn paint(&self, canvas: &mut Canvas<'_>, plot: Rect, hide: impl Fn(&str) -> String) {
        for placed in self.placed(plot.width, plot.height) {
            let here = self.cursor == Some(placed.mark.date);
            let role = if here { Role::Focus } else { role(placed.mark.kind) };
            let line = row(plot, placed.lane);
            let sign = sign(placed.mark.kind, canvas.glyphs());
            canvas.sign(plot.x + placed.x, line.y, role, sign);
            if let Some((x, label)) = placed.label {
                let role = if here { Role::Focus } else { Role::Second };
                let at = Rect { x: plot.x + x, width: columns(width(&label)), ..line };
                canvas.words(at, &Words::of(role, hide(&label)));
            }
        }
    }

    /// What is in the stretch of time by treatment, each with its events, newest first; the treatment of the newest leads.
    fn treatments(&self, wide: u16) -> Vec<(String, Vec<(&Mark, u16)>)> {
        let mut out: Vec<(String, Vec<(&Mark, u16)>)> = Vec::new();
        let seen = self.marks.iter().rev().filter_map(|mark| Some((mark, self.window.column(mark.date, wide)?)));
        for (mark, x) in seen {
            let of = mark.treatment();
            match out.iter_mut().find(|(treatment, _)| *treatment == of) {
                Some((_, events)) => events.push((mark, x)),
                None => out.push((of, vec![(mark, x)])),
            }
        }
        out
    }

    /// A lane for each treatment, with its words once; those that find no lane of their own share the last, without words.
    fn placed(&self, wide: u16, lanes: u16) -> Vec<Placed<'_>> {
        let mut out = Vec::new();
        let Some(last) = lanes.checked_sub(1) else { return out };
        let treatments = self.treatments(wide);
        let shares = treatments.len() > usize::from(lanes);
        for (at, (_, events)) in treatments.iter().enumerate() {
            let lane = columns(at).min(last);
            let is_shared = shares && lane == last;
            let labels = if is_shared { vec![None; events.len()] } else { labels(events, wide) };
            for (&(mark, x), label) in events.iter().zip(labels) {
                out.push(Placed { mark, lane, x, label });
            }
        }
        out
    }
}

/// The words of a lane, its events newest first. What several say one after another stands once, where it began if there is
/// room; the newest words find room first, behind their sign or else before it.
fn labels(events: &[(&Mark, u16)], wide: u16) -> Vec<Option<(u16, String)>> {
    let said: Vec<String> = events.iter().map(|(mark, _)| words(mark)).collect();
    let mut out: Vec<Option<(u16, String)>> = vec![None; events.len()];
    // Columns that are taken, with one free on each side.
    let mut taken: Vec<(u16, u16)> = events.iter().map(|&(_, x)| (x, x + 1)).collect();
    for alike in (0..events.len()).collect::<Vec<_>>().chunk_by(|one, next| said[*one] == said[*next]) {
        let is_free = |x: u16, from: u16, long: u16| {
            let (from, to) = (from.saturating_sub(1), from + long + 1);
            to <= wide + 1 && taken.iter().all(|&(left, right)| right <= from || to <= left || left == x)
        };
        let room = |short: bool| {
            alike.iter().rev().find_map(|&at| {
                let (mark, x) = events[at];
                let words = if short { without_name(&said[at], &mark.treatment())? } else { said[at].as_str() };
                let long = columns(width(words));
                let mut places = [Some(x + 2), x.checked_sub(long + 1)].into_iter().flatten();
                Some((at, places.find(|&from| is_free(x, from, long))?, words.to_owned()))
            })
        };
        // Whose dose it is has been read once where the lane has words already.
        let is_named = out.iter().any(Option::is_some);
        if let Some((at, from, words)) = room(false).or_else(|| is_named.then(|| room(true))?) {
            taken.push((from, from + columns(width(&words))));
            out[at] = Some((from, words));
        }
    }
    out
}

/// What is said of a treatment beside its name: the dose.
fn without_name<'a>(words: &'a str, treatment: &str) -> Option<&'a str> {
    let rest = words.get(treatment.len()..).filter(|_| words.to_lowercase().starts_with(&treatment.to_lowercase()))?;
    Some(rest.trim()).filter(|rest| !rest.is_empty())
}

/// What stands beside a sign.
fn words(mark: &Mark) -> String {
    let what = clean_line(&mark.what);
    cut(what.split(", pain ").next().unwrap_or_default(), MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(date: &str, kind: MarkKind, what: &str) -> Mark {
        Mark { date: date.parse().unwrap(), roughly: None, kind, what: what.to_owned(), visit: None }
    }

    /// The lanes as text, so many columns wide.
    fn drawn(marks: &[Mark], wide: u16, most: u16) -> Vec<String> {
        let window = Window { from: "2026-01-01".parse().unwrap(), to: "2026-12-31".parse().unwrap() };
        let lanes = Lanes { marks, window, cursor: None };
        let rows = lanes.wanted(Rect::new(0, 0, wide, 9), most);
        let mut out = vec![vec![' '; usize::from(wide)]; usize::from(rows)];
        for placed in lanes.placed(wide, rows) {
            out[usize::from(placed.lane)][usize::from(placed.x)] = '#';
            for (at, letter) in placed.label.into_iter().flat_map(|(x, label)| {
                label.chars().enumerate().map(|(at, letter)| (usize::from(x) + at, letter)).collect::<Vec<_>>()
            }) {
                assert_eq!(out[usize::from(placed.lane)][at], ' ', "words over something in lane {}", placed.lane);
                out[usize::from(placed.lane)][at] = letter;
            }
        }
        out.into_iter().map(|line| line.into_iter().collect::<String>().trim_end().to_owned()).collect()
    }

    #[test]
    fn each_treatment_has_one_lane_and_says_its_name_once() {
        use MarkKind::{Changed, Procedure, Started};
        let marks = [
            mark("2026-01-10", Procedure, "patch both feet, pain 4 → 2"),
            mark("2026-03-01", Started, "duloxetine 30 mg"),
            mark("2026-04-10", Procedure, "patch both feet, pain 5 → 2"),
            mark("2026-05-01", Changed, "duloxetine 60 mg"),
            mark("2026-12-20", Procedure, "patch both feet, pain 4 → 1"),
        ];
        let lines = drawn(&marks, 60, 4);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert_eq!(lines[0].matches("patch both feet").count(), 1, "{lines:?}");
        assert_eq!(lines[0].matches('#').count(), 3, "{lines:?}");
        assert_eq!(lines[1].matches('#').count(), 2, "{lines:?}");
        assert!(lines[1].contains("# duloxetine 60 mg"), "{lines:?}");
    }

    #[test]
    fn a_dose_stands_where_it_began_and_the_newest_is_always_read() {
        use MarkKind::{Changed, Started, Stopped};
        let raised = [
            mark("2026-02-01", Started, "gabapentin 300 mg"),
            mark("2026-11-20", Changed, "gabapentin 600 mg"),
            mark("2026-12-28", Stopped, "gabapentin 600 mg"),
        ];
        let lines = drawn(&raised, 60, 4);
        assert!(lines[0].contains("# gabapentin 300 mg"), "{lines:?}");
        let narrow = drawn(&raised[..2], 40, 4);
        assert!(narrow[0].contains("# 300 mg") && narrow[0].contains("gabapentin 600 mg"), "{narrow:?}");
        assert!(lines[0].contains("gabapentin 600 mg #"), "{lines:?}");
        let close =
            [mark("2026-06-01", Started, "gabapentin 300 mg"), mark("2026-06-20", Changed, "gabapentin 600 mg")];
        let lines = drawn(&close, 60, 4);
        assert!(lines[0].contains("gabapentin 300 mg #") && lines[0].contains("# gabapentin 600 mg"), "{lines:?}");
        assert!(drawn(&close, 12, 4)[0].trim().chars().all(|c| c == '#' || c == ' '), "no room for words");
    }

    #[test]
    fn what_finds_no_lane_of_its_own_is_still_marked_on_the_last() {
        let marks: Vec<Mark> =
            (1..=5).map(|n| mark(&format!("2026-0{n}-15"), MarkKind::Started, &format!("drug{n} given"))).collect();
        let lines = drawn(&marks, 60, 3);
        assert_eq!(lines.len(), 3);
        assert_eq!(lines.iter().map(|line| line.matches('#').count()).sum::<usize>(), 5, "{lines:?}");
        assert!(lines[0].contains("drug5") && lines[1].contains("drug4") && !lines[2].contains("drug"), "{lines:?}");
    }
}
