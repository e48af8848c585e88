//! Names out of sight: whose may be read, and what stands for the others. This is the one way for every screen.
//!
//! While all names are hidden (`F9`), no word that is part of any patient's name is shown, wherever it stands. While a
//! patient is in room and the screen is narrow, the lists show no other name by themselves; a chart, a form or a question
//! that was asked for names its patient all the same.

use std::borrow::Cow;

use crate::clinical::board::{Board, Item};
use crate::clinical::find::PatientIndex;
use crate::clinical::id::PatientId;
use crate::clinical::patient::Patient;
use crate::clinical::text::{fold, width};
use crate::clinical::time::MONTHS;
use crate::clinical::visit::VisitState;
use crate::ui::env::View;

/// What stands for a hidden name.
pub const HIDDEN: &str = "••••••";

/// Whose names may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hides {
    Nobody,
    /// Everybody but who is in room.
    Others,
    Everybody,
}

/// Whose names may be read on a screen.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    hides: Hides,
    board: &'a Board,
    guests: &'a [Patient],
    patients: &'a PatientIndex,
}

impl<'a> Names<'a> {
    /// As `F9`, the settings and the day want it at the width of the screen.
    pub fn of(view: &View<'a>) -> Self {
        let narrow = view.columns < view.preferences.hide_names_below;
        let hides = match view.names_hidden {
            true => Hides::Everybody,
            false if narrow && !view.guests.is_empty() => Hides::Others,
            false => Hides::Nobody,
        };
        Self { hides, board: view.board, guests: view.guests, patients: view.patients }
    }

    /// Whether a patient's name may be read in a list.
    pub fn shows(&self, patient: PatientId) -> bool {
        match self.hides {
            Hides::Nobody => true,
            Hides::Others => self.guests.iter().any(|guest| guest.id == patient),
            Hides::Everybody => false,
        }
    }

    /// Whether any name may be out of sight in a list.
    pub fn hide_some(&self) -> bool {
        self.hides != Hides::Nobody
    }

    /// The name of a patient in a list, or what stands for it.
    pub fn name(&self, patient: &Patient) -> String {
        if self.shows(patient.id) { patient.list_name() } else { HIDDEN.to_owned() }
    }

    /// The name of a patient who may not be in the record yet: none are shown where any are hidden.
    pub fn stranger(&self, name: String) -> String {
        if self.hide_some() && !name.is_empty() { HIDDEN.to_owned() } else { name }
    }

    /// The name of an item's patient in a list; empty for an item about nobody.
    pub fn of_item(&self, item: &Item) -> String {
        item.patient.as_ref().map_or_else(String::new, |patient| self.name(patient))
    }

    /// What was typed about somebody, in a list. For who is in room, the names of the others on the board are hidden as
    /// they are written: ordinary words that happen to be a name stay.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.hides {
            Hides::Nobody => Cow::Borrowed(text),
            Hides::Everybody => self.asked(text),
            Hides::Others => {
                let is_hidden = |word: &str| self.is_of_another(word) && !self.is_of_a_guest(word);
                replace(text, |word| self.patients.has_name(word) && is_hidden(word), |_| HIDDEN.to_owned())
            }
        }
    }

    /// A message of the program, which may name anybody.
    pub fn message<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.hides {
            Hides::Nobody => Cow::Borrowed(text),
            Hides::Everybody => self.asked(text),
            Hides::Others => {
                let is_hidden = |word: &str| self.patients.has_name(word) && !self.is_of_a_guest(word);
                replace(text, is_hidden, |_| HIDDEN.to_owned())
            }
        }
    }

    /// What was asked for by whoever sits here: a chart, a form, a question. Only while all names are hidden is there
    /// none in it.
    pub fn asked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.veiled(text, |_| HIDDEN.to_owned())
    }

    /// The same, each word hidden in its own width: for text in which a cursor stands.
    pub fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.veiled(text, |word| "•".repeat(width(word)))
    }

    fn veiled<'t>(&self, text: &'t str, with: impl Fn(&str) -> String) -> Cow<'t, str> {
        if self.hides != Hides::Everybody {
            return Cow::Borrowed(text);
        }
        replace(text, |word| self.patients.has_name(word), with)
    }

    /// Whether a word is, as it is written, part of the name of somebody on the board.
    fn is_of_another(&self, word: &str) -> bool {
        patients(self.board).any(|patient| words(patient).any(|name| same(name, word)))
    }

    fn is_of_a_guest(&self, word: &str) -> bool {
        let is = |name: &str| same(name, word) || name.split('-').any(|part| same(part, word));
        self.guests.iter().any(|patient| words(patient).any(is))
    }
}

fn patients(board: &Board) -> impl Iterator<Item = &Patient> {
    board.items().filter_map(|item| item.patient.as_ref())
}

/// Who is in room on a board of today.
pub fn guests(board: &Board) -> Vec<Patient> {
    let in_room = |item: &&Item| item.state == Some(VisitState::InRoom) && item.date == board.date;
    board.items().filter(in_room).filter_map(|item| item.patient.clone()).collect()
}

fn words(patient: &Patient) -> impl Iterator<Item = &str> {
    patient.family.split_whitespace().chain(patient.given.split_whitespace())
}

/// Whether a word is this name, whatever its case; a short name only as it is written or in capitals, as it may be an
/// ordinary word.
fn same(name: &str, word: &str) -> bool {
    if word == name {
        return true;
    }
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    (capitals(word) || name.chars().count() > 4) && fold(word) == fold(name)
}

/// Text in which every word that is a name is hidden. A word with an apostrophe or a hyphen is asked for as a whole,
/// then up to it: `Okafor's`. A single letter is no name, nor is the month of a date.
fn replace(text: &str, is_name: impl Fn(&str) -> bool, with: impl Fn(&str) -> String) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut after_number = false;
    for piece in text.split_inclusive(|c: char| !is_of_a_name(c)) {
        let word = piece.trim_end_matches(|c: char| !is_of_a_name(c));
        let first = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_hidden = |part: &&str| part.chars().nth(1).is_some() && is_name(part);
        let is_month = after_number && MONTHS.contains(&word);
        let hidden = [word, first].into_iter().find(|part| !is_month && is_hidden(part)).unwrap_or_default();
        if !hidden.is_empty() {
            out.push_str(&with(hidden));
        }
        out.push_str(&piece[hidden.len()..]);
        after_number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    }
    Cow::Owned(out)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}

#[cfg(test)]
mod tests {
    use crate::clinical::visit::{VisitKind, VisitState};
    use crate::ui::screen::testing::{World, who};

    #[test]
    fn while_all_names_are_hidden_no_word_of_a_name_is_shown_anywhere() {
        let mut world = World::day();
        world.names_hidden = true;
        for name in ["Neck Long", "Müller-Öz Jörg", "O'Hara C", "May Ann", "Süßmilch-Apfelwind Orlando"] {
            world.patient(name);
        }
        world.load();
        let view = world.view();
        let names = view.names();
        for (text, shown) in [
            ("kept 10:13  OKAFOR Adaeze: score 6 → 7", "kept 10:13  •••••• ••••••: score 6 → 7"),
            ("MÜLLER-ÖZ jörg, O'HARA c", "•••••• ••••••, •••••• c"),
            ("call okafor about apixaban", "call •••••• about apixaban"),
            ("Okafor's daughter waits", "••••••'s daughter waits"),
            ("neck, long history", "••••••, •••••• history"),
            ("SÜSSMILCH-APFELWIND Orlando", "•••••• ••••••"),
            ("Apfelwind, or suessmilch", "••••••, or suessmilch"),
            ("plan 2 of 3 May 2026, call may", "plan 2 of 3 May 2026, call ••••••"),
            ("nobody here", "nobody here"),
            ("", ""),
        ] {
            assert_eq!(names.text(text), shown);
            assert_eq!(names.message(text), shown);
            assert_eq!(names.asked(text), shown);
        }
        assert_eq!(names.masked("Okafor's daughter"), "••••••'s daughter");
        assert_eq!(names.masked("jörg, May"), "••••, •••");
        assert!(!names.shows(who(&world, "Nguyen")));
    }

    #[test]
    fn for_who_is_in_room_lists_name_no_other_and_lose_no_other_word() {
        let mut world = World::day();
        world.size.0 = 80;
        world.patient("Neck Long");
        world.load();
        let view = world.view();
        let names = view.names();
        for (text, shown) in [
            ("call okafor about apixaban", "call •••••• about apixaban"),
            ("Nguyen's daughter waits", "Nguyen's daughter waits"),
            ("neck, long history", "neck, long history"),
            ("will hale the cab", "will hale the cab"),
            ("HALE waits", "•••••• waits"),
        ] {
            assert_eq!(names.text(text), shown, "{text}");
            assert_eq!(names.asked(text), text, "what was asked for stays");
        }
        assert_eq!(names.message("kept  NGUYEN Linh: score 7"), "kept  NGUYEN Linh: score 7");
        assert_eq!(names.message("kept  HALE Ruth: score 7"), "kept  •••••• ••••••: score 7");
    }

    #[test]
    fn who_is_in_room_keeps_a_double_name_whole() {
        let mut world = World::day();
        world.size.0 = 80;
        let guest = world.patient("Süßmilch-Apfelwind Orlando");
        world.visit("10:10", VisitKind::FollowUp, VisitState::InRoom, &guest, "feet", &[]);
        world.load();
        let said = "SÜSSMILCH-APFELWIND Orlando is in room";
        assert_eq!(world.view().names().message(said), said);
    }

    #[test]
    fn a_visit_in_room_hides_the_others_on_a_narrow_screen() {
        let mut world = World::day();
        let (nguyen, hale) = (who(&world, "Nguyen"), who(&world, "Hale"));
        for (columns, below, hides) in [(80, 100, true), (100, 100, false), (80, 0, false), (120, 130, true)] {
            world.preferences.hide_names_below = below;
            world.size.0 = columns;
            let view = world.view();
            let names = view.names();
            assert!(names.shows(nguyen));
            assert_eq!(!names.shows(hale), hides, "{columns} {below}");
        }
    }
}
