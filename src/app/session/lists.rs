//! Places to the screens without a form.

use super::load::{NotesAsked, TimelineAsked, TrendsAsked};
use super::open::Closed;
use super::{HITS, Session, Setting};
use crate::clinical::find::PatientName;
use crate::clinical::hit::TextHit;
use crate::clinical::id::PatientId;
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::chart::ChartScreen;
use crate::ui::screen::close::CloseScreen;
use crate::ui::screen::diagnostics::DiagnosticsScreen;
use crate::ui::screen::entries::EntriesScreen;
use crate::ui::screen::find::FindScreen;
use crate::ui::screen::import::ImportScreen;
use crate::ui::screen::jigsaw::JigsawScreen;
use crate::ui::screen::medicines::MedicinesScreen;
use crate::ui::screen::notes::{self, NotesScreen};
use crate::ui::screen::timeline::{self, TimelineScreen};
use crate::ui::screen::trends::TrendsScreen;
use crate::ui::screen::week::WeekScreen;

impl Session {
    pub(super) fn list_screen(&mut self, place: &Place, setting: &Setting) -> Result<Screen, Closed> {
        let (source, today) = (self.source(setting), self.now().today());
        Ok(match place {
            Place::Chart(patient) => {
                source.open(patient, |chart| ChartScreen::new(chart, self.over(*patient), today))?.into()
            }
            Place::Trends { patient, look } => {
                let asked = TrendsAsked { patient: *patient, from: TrendsScreen::wants(look, today) };
                source.open(&asked, |trends| TrendsScreen::new(trends, look, self.over(*patient), today))?.into()
            }
            Place::Timeline { patient, look } => {
                let (sought, over) = (look.sought.clone(), self.over(*patient));
                let asked = TimelineAsked { patient: *patient, sought, most: timeline::PAGE };
                let open = |(file, page)| TimelineScreen::new(file, page, look.clone(), over, today);
                source.open(&asked, open)?.into()
            }
            Place::Notes { patient, look } => {
                let asked = NotesAsked { patient: *patient, words: look.words.clone(), most: notes::PAGE };
                let open = |(file, page)| NotesScreen::new(file, page, look, self.over(*patient));
                source.open(&asked, open)?.into()
            }
            Place::Diagnostics { patient, visit } => {
                source.open(patient, |(file, tests)| DiagnosticsScreen::new(file, tests, *visit))?.into()
            }
            Place::Medicines(patient) => source.open(patient, MedicinesScreen::new)?.into(),
            Place::Jigsaw(patient) => source.open(patient, JigsawScreen::new)?.into(),
            Place::Week(date) => source.open(date, |days| WeekScreen::new(days, *date))?.into(),
            Place::Close(date) => source.open(date, |(records, now)| CloseScreen::new(records, now))?.into(),
            Place::Entries => source.open(&(), EntriesScreen::new)?.into(),
            Place::BringIn(patient) => self.bring_in_screen(*patient, setting)?,
            Place::Vitals(patient) => self.vitals_screen(*patient, setting)?,
            Place::Import(paths) => ImportScreen::new(paths.clone()).into(),
            Place::Find(text) => {
                let mut find = FindScreen::of(text);
                if find.searches_text() {
                    find.found(self.store.find_hits(text.trim(), HITS)?);
                }
                find.into()
            }
            // No other place is a list: `screen` names each.
            _ => return Err(Closed::Gone),
        })
    }

    /// Whose chart or form this one is opened over, where that is somebody else.
    fn over(&self, patient: PatientId) -> Option<String> {
        let below = self.stack.iter().rev().filter(|screen| !matches!(screen, Screen::Board(_)));
        let other = below.filter_map(|screen| screen.surface().patient()).find(|other| *other != patient)?;
        self.patients.get(other).map(PatientName::list_name)
    }

    /// The texts that were found, for the screen that asked.
    pub(super) fn found(&mut self, hits: Vec<TextHit>) {
        if let Some(Screen::Find(find)) = self.stack.last_mut() {
            find.found(hits);
        }
    }
}
