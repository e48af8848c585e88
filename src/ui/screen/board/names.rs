//! Whose names may be read: all, none (`F9`), or only that of whoever is in the room.

use std::collections::BTreeSet;

use crate::clinical::board::{Board, Item};
use crate::clinical::find::PatientIndex;
use crate::clinical::id::PatientId;
use crate::clinical::patient::Patient;
use crate::clinical::visit::VisitState;
use crate::ui::env::{Preferences, View};

/// What stands for a hidden name: the same for all, so that not even its length is told.
pub const HIDDEN: &str = "••••••";

/// Whose names may be read.
#[derive(Debug, Clone)]
pub enum Names<'a> {
    /// Everybody's.
    Shown,
    /// Only these patients'.
    Only(BTreeSet<PatientId>, &'a PatientIndex),
}

impl<'a> Names<'a> {
    /// As the settings and the day want it at this width.
    pub fn of(view: &View<'a>, columns: u16) -> Self {
        if view.names_hidden {
            return Self::Only(BTreeSet::new(), view.patients);
        }
        match guests(view.board, view.preferences, columns) {
            Some(guests) => Self::Only(guests, view.patients),
            None => Self::Shown,
        }
    }

    /// Whether this patient's name may be read.
    pub fn shows(&self, patient: PatientId) -> bool {
        match self {
            Self::Shown => true,
            Self::Only(who, _) => who.contains(&patient),
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

    /// Free text without the hidden names: every word that is a hidden patient's family name, or a given name beside
    /// one, is taken out.
    pub fn text(&self, text: &str) -> String {
        let Self::Only(who, index) = self else { return text.to_owned() };
        let mut out = String::with_capacity(text.len());
        let mut after_name = false;
        for piece in text.split_inclusive(' ') {
            let start = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
            let word = start.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
            let same = |name: &str| !word.is_empty() && name.split([' ', '-']).any(|part| same(part, word));
            let family = index.all().iter().any(|name| !who.contains(&name.id) && same(&name.family));
            let given = after_name && index.all().iter().any(|name| !who.contains(&name.id) && same(&name.given));
            if family && !given {
                out.push_str(&piece.replace(word, HIDDEN));
            } else if given {
                // Family and given name together are hidden as one.
                out.truncate(out.trim_end().len());
                out.push_str(&piece.replace(word, ""));
            } else {
                out.push_str(piece);
            }
            after_name = family || given;
        }
        out
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
    let upper = name.to_uppercase();
    word == name || word == upper || (name.chars().count() > 4 && word.to_uppercase() == upper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screen::testing::{World, who};

    #[test]
    fn free_text_tells_no_hidden_name() {
        let mut world = World::day();
        world.names_hidden = true;
        let hidden = Names::of(&world.view(), 120);
        for (text, shown) in [
            ("kept 10:13 NGUYEN Linh: score 6 → 7", "kept 10:13 ••••••: score 6 → 7"),
            ("call okafor about apixaban", "call •••••• about apixaban"),
            ("Okafor's daughter waits", "••••••'s daughter waits"),
            ("call the lab", "call the lab"),
            ("will hale the cab", "will hale the cab"),
        ] {
            assert_eq!(hidden.text(text), shown, "{text}");
        }
        let nguyen = who(&world, "Nguyen");
        assert!(!hidden.shows(nguyen));
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
