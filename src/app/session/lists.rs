//! The screens without a form: how each is loaded, and loaded again.

use super::open::Closed;
use super::{HITS, Session, Setting, followed};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::clinical::board::DayRecords;
use crate::clinical::hit::TextHit;
use crate::clinical::import::ask::{Asked, MappingAsked};
use crate::clinical::import::outcome::{ImportPlan, WithGone};
use crate::clinical::practice::Practice;
use crate::clinical::reflection::Reflection;
use crate::clinical::timeline::Read;
use crate::jobs::import::{self, ImportError, Request, Terms};
use crate::store::StoreError;
use crate::ui::effect::Effect;
use crate::ui::env::Message;
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::Surface;
use crate::ui::screen::chart::ChartScreen;
use crate::ui::screen::close::CloseScreen;
use crate::ui::screen::diagnostics::DiagnosticsScreen;
use crate::ui::screen::entries::EntriesScreen;
use crate::ui::screen::find::FindScreen;
use crate::ui::screen::import::ImportScreen;
use crate::ui::screen::import::asking::Basis;
use crate::ui::screen::jigsaw::JigsawScreen;
use crate::ui::screen::medicines::MedicinesScreen;
use crate::ui::screen::notes::{self, NotesScreen};
use crate::ui::screen::timeline::{self, TimelineScreen};
use crate::ui::screen::trends::TrendsScreen;
use crate::ui::screen::week::{WeekScreen, monday};

impl Session {
    pub(super) fn list_screen(&mut self, place: &Place, setting: &Setting) -> Result<Screen, Closed> {
        match place {
            Place::Chart(patient) => {
                let chart = self.store.chart(*patient)?;
                let over = self.over(*patient);
                Ok(Screen::Chart(Box::new(ChartScreen::new(chart, over, self.now().today()))))
            }
            Place::Trends { patient, look } => {
                let (over, today) = (self.over(*patient), self.now().today());
                let from = TrendsScreen::wants(look, today);
                let trends = self.store.trends(*patient, from, &setting.instruments)?;
                Ok(Screen::Trends(Box::new(TrendsScreen::new(trends, look, over, today))))
            }
            Place::Timeline { patient, look } => {
                let (over, today) = (self.over(*patient), self.now().today());
                let file = self.file_of(*patient)?;
                let page = self.store.timeline(*patient, &look.sought, &Read::default(), timeline::PAGE)?;
                Ok(Screen::Timeline(Box::new(TimelineScreen::new(file, page, look.clone(), over, today))))
            }
            Place::Notes { patient, look } => {
                let over = self.over(*patient);
                let file = self.file_of(*patient)?;
                let page = self.store.notes(*patient, &look.words, None, notes::PAGE)?;
                let mut screen = NotesScreen::new(file, page, look, over);
                if let Some(visit) = screen.lacks_note() {
                    screen.take_note(self.store.note(visit)?);
                }
                Ok(Screen::Notes(Box::new(screen)))
            }
            Place::Diagnostics { patient, visit } => {
                let file = self.file_of(*patient)?;
                let tests = self.store.diagnostics(*patient)?;
                Ok(Screen::Diagnostics(Box::new(DiagnosticsScreen::new(file, tests, *visit))))
            }
            Place::Vitals(patient) => self.vitals_screen(*patient, setting),
            Place::BringIn(patient) => self.bring_in_screen(*patient),
            Place::Medicines(patient) => {
                let model = self.store.medicines_model(*patient, self.now().today())?;
                Ok(Screen::Medicines(Box::new(MedicinesScreen::new(model))))
            }
            Place::Jigsaw(patient) => {
                let model = self.store.jigsaw_model(*patient, self.now())?;
                Ok(Screen::Jigsaw(Box::new(JigsawScreen::new(model))))
            }
            Place::Week(date) => {
                let days = self.store.week(monday(*date))?;
                Ok(Screen::Week(Box::new(WeekScreen::new(days, *date))))
            }
            Place::Find(text) => {
                let mut find = FindScreen::of(text);
                if find.searches_text() {
                    find.found(self.store.find_hits(text.trim(), HITS)?);
                }
                Ok(Screen::Find(Box::new(find)))
            }
            Place::Close(date) => {
                let records = self.records_of(*date, setting)?;
                Ok(Screen::Close(Box::new(CloseScreen::new(records, self.now()))))
            }
            Place::Import(paths) => Ok(Screen::Import(Box::new(ImportScreen::new(paths.clone())))),
            Place::Entries => Ok(Screen::Entries(Box::new(EntriesScreen::new(self.reflections()?)))),
            // No other place is a list: `screen` names each.
            _ => Err(Closed::Gone),
        }
    }

    /// Whose chart or form this one is opened over, where that is somebody else.
    fn over(&self, patient: crate::clinical::id::PatientId) -> Option<String> {
        let below = self.stack.iter().rev().filter(|screen| !matches!(screen, Screen::Board(_)));
        let other = below.filter_map(|screen| screen.surface().patient()).find(|other| *other != patient)?;
        self.patients.get(other).map(crate::clinical::find::PatientName::list_name)
    }

    /// Every reflection, newest first.
    fn reflections(&self) -> Result<Vec<Reflection>, StoreError> {
        let mut all = Vec::new();
        for date in self.store.reflection_days()? {
            all.extend(self.store.reflection(date)?);
        }
        all.sort_by_key(|reflection| std::cmp::Reverse(reflection.date));
        Ok(all)
    }

    /// The records of a day: those of the board where it shows that day.
    fn records_of(&self, date: NaiveDate, setting: &Setting) -> Result<DayRecords, StoreError> {
        if date == self.date() {
            return Ok(self.day.records.clone());
        }
        self.store.board_records(date, self.now(), followed(&setting.preferences))
    }

    pub(super) fn refresh_list(&self, screen: &mut Screen, setting: &Setting) -> Result<(), StoreError> {
        match screen {
            Screen::Chart(chart) => {
                let patient = chart.model().file.patient.id;
                chart.set_model(self.store.chart(patient)?);
            }
            Screen::Trends(trends) => {
                let model = self.store.trends(trends.subject(), trends.wanted(), &setting.instruments)?;
                trends.set_model(model);
            }
            Screen::Timeline(list) => {
                if let Some(file) = self.store.patient_file(list.subject())? {
                    let again = list.again();
                    let page = self.store.timeline(list.subject(), list.sought(), &Read::default(), again)?;
                    list.set_model(file, page);
                }
            }
            Screen::Notes(list) => {
                if let Some(file) = self.store.patient_file(list.subject())? {
                    let page = self.store.notes(list.subject(), list.words(), None, list.again())?;
                    list.set_model(file, page);
                    if let Some(visit) = list.lacks_note() {
                        list.take_note(self.store.note(visit)?);
                    }
                }
            }
            Screen::Diagnostics(list) => {
                if let Some(file) = self.store.patient_file(list.subject())? {
                    let tests = self.store.diagnostics(list.subject())?;
                    list.set_model(file, tests);
                }
            }
            Screen::BringIn(sheet) => self.refresh_sheet(sheet)?,
            Screen::Monitoring(screen) => {
                if let Some(file) = self.store.patient_file(screen.subject())? {
                    screen.set_model(file, self.store.monitoring(screen.subject())?);
                }
            }
            Screen::Medicines(list) => {
                let model = self.store.medicines_model(list.subject(), self.now().today())?;
                list.set_model(model);
            }
            Screen::Jigsaw(jigsaw) => jigsaw.set_model(self.store.jigsaw_model(jigsaw.subject(), self.now())?),
            Screen::Follow(screen) => self.refresh_follow(screen)?,
            Screen::Entries(entries) => entries.set_model(self.reflections()?),
            Screen::Close(close) => close.set_model(self.records_of(close.date(), setting)?, self.now()),
            Screen::Week(week) => {
                if let Place::Week(date) = week.place() {
                    **week = WeekScreen::new(self.store.week(monday(date))?, date);
                }
            }
            // The board is computed again with the day; a search and the preview of an import show what they were asked; the
            // forms that stand beside more than a file are loaded again by `refresh_top`, the others by `refresh_file`.
            Screen::Board(_)
            | Screen::Find(_)
            | Screen::Import(_)
            | Screen::Assessment(_)
            | Screen::Plan(_)
            | Screen::Procedure(_)
            | Screen::CheckIn(_)
            | Screen::Diagnostic(_)
            | Screen::Check(_)
            | Screen::Urine(_)
            | Screen::Medicine(_)
            | Screen::OpioidContext(_)
            | Screen::Referral(_)
            | Screen::CareTeam(_)
            | Screen::Taper(_)
            | Screen::Patient(_)
            | Screen::Visit(_)
            | Screen::Page(_)
            | Screen::Instrument(_)
            | Screen::Vital(_)
            | Screen::Refill(_)
            | Screen::Task(_)
            | Screen::Reflection(_)
            | Screen::Practice(_) => {}
        }
        Ok(())
    }

    /// Reads what the screen on top lacks.
    pub(super) fn load_more(&mut self, setting: &Setting) {
        let Some(mut screen) = self.stack.pop() else { return };
        let read = match &mut screen {
            Screen::Timeline(list) => self.more_of_timeline(list),
            Screen::Notes(list) => self.more_of_notes(list),
            other => self.refresh_list(other, setting),
        };
        self.stack.push(screen);
        if let Err(error) = read {
            self.fail(&error, "what is shown is not all there is");
        }
    }

    fn more_of_timeline(&self, list: &mut TimelineScreen) -> Result<(), StoreError> {
        let page = self.store.timeline(list.subject(), list.sought(), list.read(), timeline::PAGE)?;
        list.take(page);
        Ok(())
    }

    fn more_of_notes(&self, list: &mut NotesScreen) -> Result<(), StoreError> {
        if list.lacks_lines() {
            let page = self.store.notes(list.subject(), list.words(), list.after(), notes::PAGE)?;
            list.take(page);
        }
        if let Some(visit) = list.lacks_note() {
            list.take_note(self.store.note(visit)?);
        }
        Ok(())
    }

    /// Reads the schedule of the preview on top, as asked where something else is asked now, and shows what an import
    /// would do.
    pub(super) fn read_schedule(&mut self, asked: Option<Asked>, setting: &Setting) {
        let Some(Screen::Import(screen)) = self.stack.last_mut() else { return };
        if let Some(asked) = asked {
            screen.ask(asked);
        }
        let (paths, asked) = (screen.paths().to_vec(), screen.asked().clone());
        let planned = self.plan_import(&paths, &asked, setting);
        let Some(Screen::Import(screen)) = self.stack.last_mut() else { return };
        match planned {
            Ok((plan, basis)) => screen.set_plan(plan, basis),
            Err(error) => screen.failed(format!("{error}. Nothing was changed.")),
        }
    }

    fn plan_import(
        &mut self,
        paths: &[PathBuf],
        asked: &Asked,
        setting: &Setting,
    ) -> Result<(ImportPlan, Basis), ImportError> {
        let now = self.now();
        let folder = setting.paths.mappings();
        let terms = Self::terms(asked, &self.practice, &folder, setting);
        let planned = import::plan(&self.store, paths, terms, &mut self.ids, now)?;
        let saved = import::mappings::all(&folder).0.into_iter().map(|saved| saved.name).collect();
        let by = planned.by.into_iter().flatten().next();
        Ok((planned.plan, Basis { window: asked.window(now.today()), by, saved }))
    }

    fn terms<'a>(asked: &'a Asked, practice: &'a Practice, mappings: &'a Path, setting: &Setting) -> Terms<'a> {
        Terms { asked, practice, usual_minutes: setting.preferences.usual_minutes, mappings }
    }

    /// Saves what was recognised in the schedule on top as a mapping, and reads it by that.
    pub(super) fn save_mapping(&mut self, name: &str, setting: &Setting) {
        let Some(Screen::Import(screen)) = self.stack.last() else { return };
        let (Some(path), asked) = (screen.paths().first().cloned(), screen.asked().clone()) else { return };
        let folder = setting.paths.mappings();
        let terms = Self::terms(&asked, &self.practice, &folder, setting);
        match import::save_mapping(&path, name, terms, self.now()) {
            Ok(_) => {
                let asked =
                    Asked { mapping: MappingAsked::Named(name.trim().to_owned()), patterns: Vec::new(), ..asked };
                self.read_schedule(Some(asked), setting);
                self.message = Message::Said(format!("saved: the next file like it is read by {}", name.trim()));
            }
            Err(error) => self.message = Message::refused(error.to_string()),
        }
    }

    /// Opens the preview of the schedule that was imported last.
    pub(super) fn read_last_schedule(&mut self, setting: &Setting) {
        match import::last(&self.store) {
            Ok(Some(request)) if !request.files.is_empty() => {
                let before = self.stack.len();
                self.perform(vec![Effect::Open(Place::Import(request.files))], setting);
                if self.stack.len() > before && request.asked != Asked::default() {
                    self.read_schedule(Some(request.asked), setting);
                }
            }
            Ok(_) => self.message = Message::refused("nothing was imported yet: choose a schedule first"),
            Err(error) => self.fail(&error, "nothing was changed"),
        }
    }

    /// Writes exactly what the preview shows, as one act, and goes back.
    pub(super) fn apply_import(&mut self, prune: bool, setting: &Setting) {
        let Some(Screen::Import(screen)) = self.stack.last() else { return };
        let Some(plan) = screen.plan() else { return };
        let gone = if prune { WithGone::Cancel } else { WithGone::Keep };
        let request = Request { files: screen.paths().to_vec(), asked: screen.asked().clone() };
        let act = import::act(plan, gone);
        let mut effects: Vec<Effect> = act.into_iter().map(Effect::write).collect();
        if effects.is_empty() {
            effects.push(Effect::Say("the schedule changes nothing".to_owned()));
        }
        if let Err(error) = import::remember(&mut self.store, &request) {
            return self.fail(&error, "nothing was imported");
        }
        effects.push(Effect::Back);
        self.perform(effects, setting);
    }

    /// The texts that were found, for the screen that asked.
    pub(super) fn found(&mut self, hits: Vec<TextHit>) {
        if let Some(Screen::Find(find)) = self.stack.last_mut() {
            find.found(hits);
        }
    }
}
