//! Choosing an instrument: what asks for something first, then what is due, then all; found as one types.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Rect;

use super::{Done, Reading, pressed, screen};
use crate::action::input::Input;
use crate::action::key::KeyCode;
use crate::clinical::figure;
use crate::clinical::instrument::Due;
use crate::clinical::vocab::Vocab;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::line::Line;
use crate::ui::place::Place;
use crate::ui::theme::Role;
use crate::ui::widget::list::{List, scroll};
use crate::ui::widget::modal::Modal as Frame;
use crate::ui::widget::{Canvas, Words, columns, inset, row};

/// How many instruments are in view.
const ROWS: u16 = 14;

/// Why an instrument stands where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A positive screen on which nothing was written.
    ToActOn,
    /// Waits to be confirmed.
    ToConfirm,
    /// For a patient who cannot report.
    Suits,
    /// Due.
    Due,
    /// Neither.
    Free,
    /// Not for this patient.
    NotFor,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentLine {
    /// Why it stands there.
    pub standing: Standing,
    /// Its name in a row.
    pub short: String,
    /// Its name.
    pub name: String,
    /// What is known: the last result, why it is due, why it is not for this patient.
    pub note: String,
    /// What Enter opens.
    pub place: Place,
    /// Why it is due, where it is.
    pub due: Option<Due>,
}

/// The list.
#[derive(Debug)]
pub struct Instruments {
    /// For whom, as lists name the patient.
    pub about: String,
    lines: Vec<InstrumentLine>,
    typed: Line,
    chosen: usize,
    top: usize,
    /// Why the chosen one is due, while it is read.
    why: Option<Reading>,
}

impl Instruments {
    /// The list for a patient; lines are brought in order.
    pub fn new(about: String, mut lines: Vec<InstrumentLine>) -> Self {
        lines.sort_by_key(|line| line.standing);
        Self { about, lines, typed: Line::default(), chosen: 0, top: 0, why: None }
    }

    fn found(&self) -> Vec<&InstrumentLine> {
        let text = self.typed.text().trim();
        if text.is_empty() {
            return self.lines.iter().collect();
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let wanted = plain(text);
        let mut buffer = Vec::new();
        let mut found: Vec<(u32, usize, &InstrumentLine)> = Vec::new();
        for (n, line) in self.lines.iter().enumerate() {
            let words = format!("{} {}", line.short, line.name);
            let mut score = pattern.score(Utf32Str::new(&words, &mut buffer), &mut matcher).unwrap_or(0);
            // `phq9` means PHQ-9, whatever stands between.
            if plain(&line.short).starts_with(&wanted) {
                score += 10_000;
            }
            if score > 0 {
                found.push((score, n, line));
            }
        }
        found.sort_by_key(|&(score, n, _)| (std::cmp::Reverse(score), n));
        found.into_iter().map(|(_, _, line)| line).collect()
    }

    /// Takes an input.
    pub fn input(&mut self, input: &Input, env: &Env<'_>) -> Done {
        if let Some(why) = &mut self.why {
            if matches!(why.input(input, env), Done::Close(_)) {
                self.why = None;
            }
            return Done::Stay;
        }
        let count = self.found().len();
        if let Some((x, y)) = pressed(input) {
            let list = List { count, top: self.top, chosen: Some(self.chosen) };
            let Some(at) = list.row_at(rows(self.frame().inside(screen(env))), x, y) else { return Done::Stay };
            if at == self.chosen {
                return self.open();
            }
            self.chosen = at;
        } else if let Input::Key(key) = input {
            match key.code {
                KeyCode::Esc => return Done::left(),
                KeyCode::Enter => return self.open(),
                KeyCode::F(2) => self.why = self.due().map(why),
                KeyCode::Down | KeyCode::Tab => self.chosen = (self.chosen + 1).min(count.saturating_sub(1)),
                KeyCode::Up | KeyCode::BackTab => self.chosen = self.chosen.saturating_sub(1),
                KeyCode::PgDn => self.chosen = (self.chosen + usize::from(ROWS)).min(count.saturating_sub(1)),
                KeyCode::PgUp => self.chosen = self.chosen.saturating_sub(usize::from(ROWS)),
                _ => {
                    self.typed.take(input);
                    self.chosen = 0;
                }
            }
        } else if self.typed.take(input) {
            self.chosen = 0;
        }
        self.top = scroll(self.top, self.chosen, usize::from(ROWS), self.found().len());
        Done::Stay
    }

    /// Why the chosen one is due; none where it is not.
    fn due(&self) -> Option<&Due> {
        self.found().get(self.chosen).and_then(|line| line.due.as_ref())
    }

    fn open(&self) -> Done {
        let place = self.found().get(self.chosen).map(|line| line.place.clone());
        place.map_or(Done::Stay, |place| Done::Close(vec![Effect::Open(place)]))
    }

    fn frame(&self) -> Frame<'_> {
        let note = Words::of(Role::Text, self.about.as_str());
        Frame { title: "Further scores", note, width: 74, height: ROWS + 3 }
    }

    /// Draws the list.
    ///
    /// ```text
    /// ╭ Further scores ─────────────── OKAFOR Adaeze ╮
    /// │ phq▏                                         │
    /// │ ● PHQ-9      due: PHQ-2 positive on 20 Nov   │
    /// │   GAD-7      last 28 Oct: 12 moderate        │
    /// ╰──────────────────────────────────────────────╯
    /// ```
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let inside = self.frame().paint(canvas, area);
        self.typed.widget("a name: phq9, back, sleep…").paint(canvas, row(inside, 0));
        let found = self.found();
        let list = List { count: found.len(), top: self.top, chosen: Some(self.chosen) };
        list.paint(canvas, rows(inside), |canvas, area, n| {
            let Some(line) = found.get(n) else { return };
            let (sign, role) = match line.standing {
                Standing::ToActOn => ("● ", Role::Danger),
                Standing::ToConfirm | Standing::Due | Standing::Suits => ("● ", Role::Wants),
                Standing::Free | Standing::NotFor => ("  ", Role::Faint),
            };
            let name = if line.standing == Standing::NotFor { Role::Faint } else { Role::Text };
            canvas.words(inset(area, 1, 0), &Words::of(role, sign));
            canvas.text(inset(area, 3, area.width.saturating_sub(20)), name, &line.short);
            let note = Words::of(if role == Role::Faint { Role::Second } else { role }, line.note.as_str());
            let wide = columns(note.width()).min(area.width / 2 + 4);
            canvas.text(inset(area, 17, wide + 3), Role::Second, &line.name);
            canvas.words_right(inset(area, area.width.saturating_sub(wide + 1), 1), &note);
        });
        let foot = row(inside, inside.height.saturating_sub(1));
        match found.get(self.chosen) {
            Some(line) => {
                let why = if line.due.is_some() { " · F2 why it is due" } else { "" };
                canvas.text(foot, Role::Second, &format!("Enter opens {}{why}", line.name))
            }
            None => canvas.text(foot, Role::Second, "no instrument has this name"),
        };
        canvas.words_right(foot, &list.hidden(ROWS));
        if let Some(why) = &self.why {
            why.render(canvas, area, view);
        }
    }
}

/// Why an instrument is due, to read.
fn why(due: &Due) -> Reading {
    let account = figure::instrument_due(due);
    Reading::new(format!("Why: {}", account.figure.label()), &account.page())
}

/// Where the instruments are listed.
fn rows(inside: Rect) -> Rect {
    Rect { y: inside.y.saturating_add(2), height: inside.height.saturating_sub(3), ..inside }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(standings: &[(&str, Standing)]) -> Instruments {
        let lines = standings.iter().map(|(short, standing)| InstrumentLine {
            standing: *standing,
            short: (*short).to_owned(),
            name: format!("the {short} scale"),
            note: String::new(),
            place: Place::Entries,
            due: None,
        });
        Instruments::new("OKAFOR Adaeze".to_owned(), lines.collect())
    }

    #[test]
    fn the_chosen_one_says_why_it_is_due() {
        let mut world = crate::ui::screen::testing::World::day();
        let mut modal = list(&[("GAD-7", Standing::Free), ("RMDQ", Standing::Due)]);
        modal.lines[0].due = Some(Due {
            instrument: "rmdq".to_owned(),
            name: "RMDQ".to_owned(),
            because: "last on 27 Oct 2026, again after 28 days".to_owned(),
            why: crate::clinical::why::Why::new(crate::clinical::why::Fact::own("again after its days")),
        });
        let f2 = Input::Key(crate::action::key::Key::of(KeyCode::F(2)));
        modal.input(&f2, &world.env());
        assert!(modal.why.as_ref().is_some_and(|why| why.text.contains("again after its days")));
        // Any key closes it, and the list is where it was.
        modal.input(&Input::Key(crate::action::key::Key::of(KeyCode::Esc)), &world.env());
        assert!(modal.why.is_none() && modal.chosen == 0);
        modal.chosen = 1;
        modal.input(&f2, &world.env());
        assert!(modal.why.is_none(), "what is not due says nothing");
    }

    #[test]
    fn what_lies_out_of_sight_is_counted() {
        let world = crate::ui::screen::testing::World::day();
        for (count, says) in [(14, None), (15, Some("↓ 1")), (30, Some("↓ 16"))] {
            let modal = list(&vec![("GAD-7", Standing::Free); count]);
            let area = Rect::new(0, 0, 80, 24);
            let mut buf = ratatui::buffer::Buffer::empty(area);
            modal.render(&mut Canvas::new(&mut buf, crate::ui::theme::Look::default()), area, &world.view());
            let drawn = crate::ui::screen::testing::text(&buf);
            assert_eq!(drawn.contains('↓'), says.is_some(), "{drawn}");
            assert!(says.is_none_or(|says| drawn.contains(says)), "{drawn}");
        }
    }

    #[test]
    fn what_asks_for_something_stands_first_and_the_rest_is_found_by_name() {
        let mut modal = list(&[
            ("GAD-7", Standing::Free),
            ("ORT-OUD", Standing::NotFor),
            ("PHQ-9", Standing::Due),
            ("PHQ-2", Standing::ToActOn),
        ]);
        let names = |modal: &Instruments| modal.found().iter().map(|line| line.short.clone()).collect::<Vec<_>>();
        assert_eq!(names(&modal), ["PHQ-2", "PHQ-9", "GAD-7", "ORT-OUD"]);
        for (typed, first) in
            [("phq9", Some("PHQ-9")), ("gad", Some("GAD-7")), ("ortoud", Some("ORT-OUD")), ("xyz", None)]
        {
            modal.typed = Line::new(typed);
            assert_eq!(names(&modal).first().map(String::as_str), first, "{typed}");
        }
    }
}
