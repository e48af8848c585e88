//! Lists brought in: the sheet of a patient, and how its lines are read.

use super::open::Closed;
use super::{Session, Setting};
use crate::clinical::bring_in::{Kind, Read};
use crate::clinical::draft::{BRING_IN_FORM, DraftKey};
use crate::clinical::id::PatientId;
use crate::clinical::typed::Reading;
use crate::format::bring_in;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::screen::Screen;
use crate::ui::screen::bring_in::BringInScreen;

impl Session {
    /// The sheet of a patient, with what waits on it.
    pub(super) fn bring_in_screen(&self, patient: PatientId, setting: &Setting) -> Result<Screen, Closed> {
        let draft = self.store.draft(&DraftKey::of(BRING_IN_FORM, patient))?;
        let body = draft.as_ref().map(|draft| draft.body.as_str());
        Ok(self.source(setting).open(&patient, |model| BringInScreen::new(model, body))?.into())
    }

    /// Reads a paste, or a line that was typed, into rows of the sheet on top.
    pub(super) fn read_lines(&mut self, text: &str, setting: &Setting) {
        let rows = bring_in::read(text, &self.habits());
        self.on_sheet(setting, |sheet, env| sheet.add(rows, env));
    }

    /// Reads a row of the sheet on top again, in other words or as another kind.
    pub(super) fn read_line(&mut self, at: usize, kind: Option<Kind>, line: String, setting: &Setting) {
        let habits = self.habits();
        let read = if let Some(kind) = kind {
            bring_in::read_as(kind, &line, &habits)
        } else {
            let row = bring_in::read(&line, &habits).into_iter().next();
            row.map_or_else(|| Read::Text(line.clone()), |row| row.read)
        };
        self.on_sheet(setting, |sheet, _| sheet.mend(at, line, read));
    }

    pub(super) fn habits(&self) -> Reading {
        Reading::of(self.practice.region, self.clock.now().wall())
    }

    /// Asks something of the sheet on top, and performs what it answers.
    pub(super) fn on_sheet(
        &mut self,
        setting: &Setting,
        ask: impl FnOnce(&mut BringInScreen, &mut Env<'_>) -> Vec<Effect>,
    ) {
        let effects = self.with_env(setting, |screen, env| match screen {
            Screen::BringIn(sheet) => ask(sheet, env),
            _ => Vec::new(),
        });
        self.perform(effects.unwrap_or_default(), setting);
    }
}
