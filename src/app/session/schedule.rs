//! The preview of an import: read, read again as something else is asked, and written.

use std::path::{Path, PathBuf};

use super::perform::Went;
use super::{Session, Setting};
use crate::clinical::import::ask::{Asked, MappingAsked};
use crate::clinical::import::outcome::{Action, ImportPlan, WithGone};
use crate::clinical::practice::Practice;
use crate::jobs::import::{self, ImportError, Request, Terms};
use crate::ui::effect::Effect;
use crate::ui::env::Message;
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::import::asking::Basis;

impl Session {
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

    /// Reads the schedule of the preview on top again, where one was read: an act was taken back or done again over it.
    pub(super) fn follow_schedule(&mut self, setting: &Setting) {
        if let Some(Screen::Import(screen)) = self.stack.last()
            && screen.plan().is_some()
        {
            self.read_schedule(None, setting);
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

    /// Imports the schedule of last time again: what changed there is applied. Where a line was left or refused, or a
    /// visit is gone from the schedule, the preview stays to tell it.
    pub(super) fn read_last_schedule(&mut self, setting: &Setting) {
        match import::last(&self.store) {
            Ok(Some(request)) if !request.files.is_empty() => {
                // Over another preview: one is enough.
                let over = matches!(self.stack.last(), Some(Screen::Import(_)));
                let place = Place::Import(request.files);
                self.perform(vec![if over { Effect::Replace(place) } else { Effect::Open(place) }], setting);
                if !matches!(self.stack.last(), Some(Screen::Import(_))) {
                    return;
                }
                if request.asked != Asked::default() {
                    self.read_schedule(Some(request.asked), setting);
                }
                self.import_again(setting);
            }
            Ok(_) => self.message = Message::refused("nothing was imported yet: choose a schedule first"),
            Err(error) => self.fail(&error, "nothing was changed"),
        }
    }

    fn import_again(&mut self, setting: &Setting) {
        if let Went::Stop = self.write_import(WithGone::Keep, setting) {
            return;
        }
        self.read_schedule(None, setting);
        let Some(Screen::Import(screen)) = self.stack.last() else { return };
        let is_told =
            |plan: &ImportPlan| plan.gone.is_empty() && plan.lines.iter().all(|line| line.action == Action::Unchanged);
        if screen.plan().is_some_and(is_told) {
            self.perform(vec![Effect::Back], setting);
        }
    }

    /// Writes exactly what the preview shows, as one act, and goes back.
    pub(super) fn apply_import(&mut self, prune: bool, setting: &Setting) {
        let gone = if prune { WithGone::Cancel } else { WithGone::Keep };
        if let Went::On = self.write_import(gone, setting) {
            self.perform(vec![Effect::Back], setting);
        }
    }

    /// Writes what the preview shows, as one act.
    fn write_import(&mut self, gone: WithGone, setting: &Setting) -> Went {
        let Some(Screen::Import(screen)) = self.stack.last() else { return Went::Stop };
        let Some(plan) = screen.plan() else { return Went::Stop };
        let request = Request { files: screen.paths().to_vec(), asked: screen.asked().clone() };
        let act = import::act(plan, gone);
        let mut effects: Vec<Effect> = act.into_iter().map(Effect::write).collect();
        if effects.is_empty() {
            effects.push(Effect::Say("the schedule changes nothing".to_owned()));
        }
        if let Err(error) = import::remember(&mut self.store, &request) {
            self.fail(&error, "nothing was imported");
            return Went::Stop;
        }
        self.perform_all(effects, setting)
    }
}
