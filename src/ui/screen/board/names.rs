//! Whose names may be read: all, none (`F9`), or only that of whoever is in the room.

use std::collections::BTreeSet;

use crate::clinical::board::{Board, Item};
use crate::clinical::find::PatientIndex;
use crate::clinical::id::PatientId;
use crate::clinical::patient::Patient;
use crate::clinical::visit::VisitState;
use crate::ui::chrome::names;
pub use crate::ui::chrome::names::HIDDEN;
use crate::ui::env::{Preferences, View};

/// Whose names may be read.
#[derive(Debug, Clone)]
pub enum Names<'a> {
    /// Everybody's.
    Shown,
    /// Only these patients'.
    Only {
        /// Whose.
        who: BTreeSet<PatientId>,
        /// The words of the names of everybody else on the board, as they are written.
        others: Vec<String>,
        /// The words of the names that may be read.
        readable: Vec<String>,
        /// Everybody.
        index: &'a PatientIndex,
    },
}

impl<'a> Names<'a> {
    /// As the settings and the day want it at this width.
    pub fn of(view: &View<'a>, columns: u16) -> Self {
        let who = if view.names_hidden {
            BTreeSet::new()
        } else {
            match guests(view.board, view.preferences, columns) {
                Some(guests) => guests,
                None => return Self::Shown,
            }
        };
        let patients = || view.board.items().filter_map(|item| item.patient.as_ref());
        let words = |patient: &Patient| {
            let words = patient.family.split_whitespace().chain(patient.given.split_whitespace());
            words.map(str::to_owned).collect::<Vec<_>>()
        };
        let readable = patients().filter(|patient| who.contains(&patient.id)).flat_map(words).collect();
        let others = patients().filter(|patient| !who.contains(&patient.id)).flat_map(words).collect();
        Self::Only { who, others, readable, index: view.patients }
    }

    /// Whether this patient's name may be read.
    pub fn shows(&self, patient: PatientId) -> bool {
        match self {
            Self::Shown => true,
            Self::Only { who, .. } => who.contains(&patient),
        }
    }

    /// The name of an item's patient as it may be read; empty for an item about nobody.
    pub fn of_item(&self, item: &Item) -> String {
        item.patient.as_ref().map_or_else(String::new, |patient| self.name(patient))
    }

    /// The name of a patient as it may be read.
    pub fn name(&self, patient: &Patient) -> String {
        if self.shows(patient.id) { patient.list_name() } else { HIDDEN.to_owned() }
    }

    /// What was typed about somebody on this board, without the hidden names of the others on it. Ordinary words that
    /// happen to be the name of somebody elsewhere stay.
    pub fn text(&self, text: &str) -> String {
        match self {
            Self::Shown => text.to_owned(),
            Self::Only { others, readable, .. } => names::replace(text, |word| {
                others.iter().any(|name| same(name, word)) && !readable.iter().any(|name| same(name, word))
            })
            .into_owned(),
        }
    }

    /// A message, which may name anybody, without the hidden names.
    pub fn message(&self, text: &str) -> String {
        match self {
            Self::Shown => text.to_owned(),
            Self::Only { readable, index, .. } => {
                let may_read = |word: &str| readable.iter().any(|name| same(name, word));
                names::in_text_but(text, index, may_read).into_owned()
            }
        }
    }
}

/// Who is in the room, where that hides all other names at this width.
fn guests(board: &Board, preferences: &Preferences, columns: u16) -> Option<BTreeSet<PatientId>> {
    if columns >= preferences.hide_names_below {
        return None;
    }
    let in_room = |item: &&Item| item.state == Some(VisitState::InRoom);
    let who: BTreeSet<PatientId> = board.items().filter(in_room).filter_map(Item::patient_id).collect();
    (!who.is_empty()).then_some(who)
}

/// Whether a word is this name, whatever its case; a short name only as it is written or in capitals, as it may be an
/// ordinary word.
fn same(name: &str, word: &str) -> bool {
    if word == name {
        return true;
    }
    let small = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    (capitals(word) || name.chars().count() > 4) && small(word) == small(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screen::testing::{World, who};

    #[test]
    fn free_text_tells_no_hidden_name_and_loses_no_other_word() {
        let mut world = World::day();
        world.names_hidden = true;
        world.patient("Neck Long");
        world.load();
        let hidden = Names::of(&world.view(), 120);
        for (text, shown) in [
            ("call okafor about apixaban", "call •••••• about apixaban"),
            ("Okafor's daughter waits", "••••••'s daughter waits"),
            ("neck, long history", "neck, long history"),
            ("will hale the cab", "will hale the cab"),
            ("HALE waits", "•••••• waits"),
        ] {
            assert_eq!(hidden.text(text), shown, "{text}");
        }
        assert_eq!(hidden.message("kept 10:13  LONG Neck: score 7"), "kept 10:13  •••••• ••••••: score 7");
        let nguyen = who(&world, "Nguyen");
        assert!(!hidden.shows(nguyen));
    }

    #[test]
    fn whoever_is_in_room_may_read_their_own_name() {
        let world = World::day();
        let names = Names::of(&world.view(), 80);
        assert_eq!(names.message("kept  NGUYEN Linh: score 7"), "kept  NGUYEN Linh: score 7");
        assert_eq!(names.message("kept  HALE Ruth: score 7"), "kept  •••••• ••••••: score 7");
    }

    #[test]
    fn a_visit_in_room_hides_the_others_on_a_narrow_screen() {
        let mut world = World::day();
        let (nguyen, hale) = (who(&world, "Nguyen"), who(&world, "Hale"));
        for (columns, below, hides) in [(80, 100, true), (100, 100, false), (80, 0, false), (120, 130, true)] {
            world.preferences.hide_names_below = below;
            let view = world.view();
            let names = Names::of(&view, columns);
            assert!(names.shows(nguyen));
            assert_eq!(!names.shows(hale), hides, "{columns} {below}");
        }
    }
}
