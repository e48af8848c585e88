//! A patient's medicines: the list, what its opioids come to in a day, what it asks to be thought of, and how far the
//! supply reaches.

mod draw;
pub mod meter;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::Surface;
use super::cursor::Cursor;
use super::pager::{Pager, Pages};
use crate::action::input::Input;
use crate::action::{Command, Context, MedicineWrite, Write};
use crate::clinical::caution::{self, Strip};
use crate::clinical::exposure::Exposure;
use crate::clinical::figure;
use crate::clinical::id::PatientId;
use crate::clinical::medicine_change::plan_stays;
use crate::clinical::models::MedicinesModel;
use crate::clinical::monitoring::rule::OwnRule;
use crate::clinical::patient::Medication;
use crate::ui::effect::Effect;
use crate::ui::env::{Env, View};
use crate::ui::modal::prompt::Purpose;
use crate::ui::modal::{Modal, Prompt, Reading};
use crate::ui::place::Place;
use crate::ui::screen::form::medicine::plan_after;
use crate::ui::widget::Canvas;

/// A patient's medicines.
#[derive(Debug)]
pub struct MedicinesScreen {
    model: MedicinesModel,
    exposure: Exposure,
    pager: Pager,
}

/// The strip of a patient's medicines on a day, by the physician's own clocks of monitoring.
pub fn strip_of(model: &MedicinesModel, own: &[OwnRule], today: NaiveDate) -> Strip {
    let MedicinesModel { file, function, monitoring, .. } = model;
    caution::strip(&caution::Input { file, function: *function, monitoring, own, today })
}

impl MedicinesScreen {
    /// These medicines.
    pub fn new(model: MedicinesModel) -> Self {
        let exposure = Exposure::of(&model.file.facts.medications, &model.file.facts.opioid);
        Self { model, exposure, pager: Pager::default() }
    }

    /// The medicines as they are now; the chosen one stays chosen, a new one is chosen.
    pub fn set_model(&mut self, model: MedicinesModel) {
        let chosen = self.chosen().map(|one| one.id);
        let items = model.file.facts.medications.items();
        let before = self.items();
        let new = items.iter().position(|one| !before.iter().any(|old| old.id == one.id));
        let new = new.filter(|_| before.len() < items.len());
        let at = new.or_else(|| items.iter().position(|one| Some(one.id) == chosen));
        let at = at.unwrap_or_else(|| self.pager.cursor.at.min(items.len().saturating_sub(1)));
        self.exposure = Exposure::of(&model.file.facts.medications, &model.file.facts.opioid);
        self.model = model;
        self.pager.cursor = super::cursor::Cursor::new(at);
    }

    /// Whose they are.
    pub const fn subject(&self) -> PatientId {
        self.model.file.patient.id
    }

    fn items(&self) -> &[Medication] {
        self.model.file.facts.medications.items()
    }

    fn chosen(&self) -> Option<&Medication> {
        self.items().get(self.pager.cursor.at)
    }

    fn pages(&self, env: &Env<'_>) -> Pages {
        let area = Rect::new(0, 0, env.size.0, env.size.1);
        let count = self.items().len();
        let (rows, text) = (draw::list_rows(area, count), draw::text_area(area, count));
        let day = (&*env.preferences.clocks, env.now.today());
        let lines = draw::lines(self, day, usize::from(text.width)).len();
        Pages { rows, count, text, lines }
    }

    fn stop(&self, env: &mut Env<'_>) -> Option<Effect> {
        let one = self.chosen()?;
        let with = plan_after(&self.model, &one.line, None, env);
        let purpose = Purpose::StopMedicine { patient: self.subject(), medicine: one.id, line: one.line.clone(), with };
        let stays = self.model.plan.as_ref().and_then(|plan| plan_stays(plan, &one.line));
        let stays = stays.map(|words| format!(" · {words}")).unwrap_or_default();
        let about = format!("{} · {}{stays}", self.model.file.patient.list_name(), one.line);
        Some(Effect::show(Modal::Prompt(Box::new(Prompt::new(purpose, about)))))
    }

    /// Every figure on the screen, with its inputs, the rule, and the source with its date.
    fn why(&self, env: &Env<'_>) -> Effect {
        let mut lines = vec![figure::mme(&self.exposure).map_or_else(|| self.exposure.headline(), |mme| mme.page())];
        lines.push(String::new());
        lines.push(strip_of(&self.model, &env.preferences.clocks, env.now.today()).page());
        for one in self.items() {
            if let Some(account) = figure::supply(one) {
                lines.push(String::new());
                lines.push(account.page());
            }
        }
        Effect::show(Modal::Reading(Reading::new("Why: medicines", &lines.join("\n"))))
    }
}

impl Surface for MedicinesScreen {
    fn place(&self) -> Place {
        Place::Medicines(self.subject())
    }

    fn cursor(&mut self) -> Option<&mut Cursor> {
        Some(&mut self.pager.cursor)
    }

    fn context(&self) -> Context {
        Context::Medicines
    }

    fn command(&mut self, command: Command, env: &mut Env<'_>) -> Option<Vec<Effect>> {
        let pages = self.pages(env);
        if self.pager.command(command, &pages) {
            return Some(Vec::new());
        }
        if let Some(why) = self.cannot(command, env) {
            return Some(vec![Effect::refuse(why)]);
        }
        let patient = self.subject();
        Some(match command {
            Command::NewMedicine => vec![Effect::Open(Place::Medicine { patient, medicine: None })],
            Command::Open => {
                let medicine = Some(self.chosen()?.id);
                vec![Effect::Open(Place::Medicine { patient, medicine })]
            }
            Command::StopMedicine => vec![self.stop(env)?],
            Command::MedicinesReviewed => {
                let write = MedicineWrite::Review { patient, on: env.now.today() };
                vec![Effect::write(Write::Medicine(write))]
            }
            Command::OpioidContext => vec![Effect::Open(Place::OpioidContext(patient))],
            Command::Plan => vec![Effect::Open(Place::Plan(patient))],
            Command::Why => vec![self.why(env)],
            _ => return None,
        })
    }

    fn cannot(&self, command: Command, _env: &Env<'_>) -> Option<String> {
        let why = match (command, self.chosen()) {
            (Command::Open | Command::StopMedicine, None) => "no medicine is on the list",
            (Command::Medicines, _) => "these are the patient's medicines",
            (Command::CopyOut | Command::CopySection, _) => "medicines are copied out with the summary of a visit",
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Vec<Effect> {
        let Some(mouse) = env.mouse(input) else { return Vec::new() };
        let pages = self.pages(env);
        self.pager.mouse(mouse, &pages).follow(self, env)
    }

    fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        draw::paint(self, canvas, area, view);
    }

    fn patient(&self) -> Option<PatientId> {
        Some(self.subject())
    }

    fn patient_for_undo(&self) -> Option<PatientId> {
        self.patient()
    }
}
