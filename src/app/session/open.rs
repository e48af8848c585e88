//! Places to screens. What they show is read by `load`: when they are opened, and again after a change.

use super::{Session, Setting};
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::patient::PatientFile;
use crate::clinical::reflection::prompts;
use crate::store::StoreError;
use crate::ui::env::Message;
use crate::ui::modal::Modal;
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::form::FormScreen;
use crate::ui::screen::form::Subject;
use crate::ui::screen::form::assessment::AssessmentSubject;
use crate::ui::screen::form::check_in::CheckInSubject;
use crate::ui::screen::form::diagnostic::DiagnosticSubject;
use crate::ui::screen::form::instrument::InstrumentSubject;
use crate::ui::screen::form::page::PageSubject;
use crate::ui::screen::form::patient::PatientSubject;
use crate::ui::screen::form::plan::PlanSubject;
use crate::ui::screen::form::practice::PracticeSubject;
use crate::ui::screen::form::reflection::ReflectionSubject;
use crate::ui::screen::form::session::SessionSubject;
use crate::ui::screen::form::task::TaskSubject;
use crate::ui::screen::form::visit::{Purpose, VisitSubject};

/// The machine's own row in which the open places are kept.
pub(super) const PLACES: &str = "places";

/// Why a place could not be opened.
pub(super) enum Closed {
    /// What it was about is no longer there: undone, or never kept.
    Gone,
    /// The record did not answer.
    Failed(StoreError),
}

impl From<StoreError> for Closed {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl Session {
    /// Opens a place over what is there. What was typed underneath is kept first.
    pub(super) fn open_place(&mut self, place: Place, setting: &Setting) {
        if let Err(error) = self.keep_typed() {
            return self.fail(&error, "what you typed is still on the screen");
        }
        if matches!(place, Place::Board(_)) {
            return;
        }
        // Why something was not possible there is nothing to be read here.
        if matches!(self.message, Message::Refused(_)) {
            self.message = Message::None;
        }
        match self.screen(place, setting) {
            Ok(screen) => {
                let reads = matches!(&screen, Screen::Import(import) if !import.paths().is_empty());
                self.stack.push(screen);
                self.draft_kept = None;
                if reads {
                    self.read_schedule(None, setting);
                }
                self.with_env(setting, |screen, env| screen.surface_mut().day_changed(env));
                if let Err(error) = self.keep_drafts() {
                    self.fail(&error, "only the way back to this screen was not kept");
                }
            }
            Err(Closed::Gone) => self.message = Message::refused("it is no longer there"),
            Err(Closed::Failed(error)) => self.fail(&error, "nothing was changed"),
        }
    }

    pub(super) fn form<S: Subject>(&mut self, subject: S, setting: &Setting) -> Result<FormScreen<S>, Closed> {
        let draft = self.store.draft(&subject.draft_key())?;
        // The screen underneath lends its place to the env, no more.
        let screen = self.with_env(setting, |_, env| {
            FormScreen::open(subject, draft.as_ref().map(|draft| draft.body.as_str()), env)
        });
        let screen = screen.ok_or(Closed::Gone)?;
        if let Some(page) = screen.homeless() {
            self.modals.push(Modal::Reading(page));
        }
        Ok(screen)
    }

    /// The file of a patient who must be there.
    pub(super) fn file_of(&self, patient: PatientId) -> Result<PatientFile, Closed> {
        self.store.patient_file(patient)?.ok_or(Closed::Gone)
    }

    /// The file of a patient, where one is meant.
    pub(super) fn file_if(&self, patient: Option<PatientId>) -> Result<Option<PatientFile>, StoreError> {
        Ok(patient.map(|id| self.store.patient_file(id)).transpose()?.flatten())
    }

    /// Reads the physician's own code sets, once; a faulty one is told and not used.
    fn read_code_sets(&mut self, setting: &Setting) {
        if std::mem::replace(&mut self.code_sets_read, true) {
            return;
        }
        let (sets, faults) = crate::app::code_sets::load(&setting.paths.code_sets());
        self.code_sets = sets;
        if let Some(first) = faults.first() {
            let more = if faults.len() > 1 { format!("; {} more", faults.len() - 1) } else { String::new() };
            self.message = Message::failed(format!("{first}{more}"));
        }
    }

    fn assessment(&mut self, visit: VisitId, setting: &Setting) -> Result<FormScreen<AssessmentSubject>, Closed> {
        let model = self.source(setting).read::<FormScreen<AssessmentSubject>>(&visit)?;
        self.read_code_sets(setting);
        let reading = self.habits();
        self.form(AssessmentSubject::new(model, reading, setting.preferences.clocks.clone()), setting)
    }

    fn plan(&mut self, patient: PatientId, setting: &Setting) -> Result<FormScreen<PlanSubject>, Closed> {
        let model = self.source(setting).read::<FormScreen<PlanSubject>>(&patient)?;
        let reading = self.habits();
        let (hours, own) = (setting.preferences.hours(), setting.preferences.clocks.clone());
        self.form(PlanSubject::new(model, reading, own, hours), setting)
    }

    fn screen(&mut self, place: Place, setting: &Setting) -> Result<Screen, Closed> {
        Ok(match place {
            Place::Board(_) => return Err(Closed::Gone),
            Place::Assessment(visit) => self.assessment(visit, setting)?.into(),
            Place::RedFlags(visit) => {
                let mut form = self.assessment(visit, setting)?;
                self.with_env(setting, |_, env| form.go_to_red_flags(env));
                form.into()
            }
            Place::BodyMap { visit, at } => {
                let mut form = self.assessment(visit, setting)?;
                self.with_env(setting, |_, env| form.open_map(at, env));
                form.into()
            }
            Place::Plan(patient) => self.plan(patient, setting)?.into(),
            Place::Procedure(visit) => {
                let model = self.source(setting).read::<FormScreen<SessionSubject>>(&visit)?;
                self.form(SessionSubject { model }, setting)?.into()
            }
            Place::CheckIn(id) => {
                let model = self.source(setting).read::<FormScreen<CheckInSubject>>(&id)?;
                self.form(CheckInSubject { model }, setting)?.into()
            }
            Place::Page(visit) => {
                let model = self.page_model(visit, setting)?;
                self.form(PageSubject { model }, setting)?.into()
            }
            Place::Instrument { patient, visit, instrument, result } => {
                let model = self.instrument_model((patient, visit), (&instrument, result), setting)?;
                self.form(InstrumentSubject { model }, setting)?.into()
            }
            Place::Patient(id) => {
                let file = id.map(|id| self.file_of(id)).transpose()?;
                self.form(PatientSubject { file, typed: None }, setting)?.into()
            }
            Place::NewPatient(name) => {
                let form = self.form(PatientSubject { file: None, typed: Some(name) }, setting)?;
                if let Some(other) = form.is_another() {
                    self.message = Message::refused(other);
                }
                form.into()
            }
            Place::NewVisit { date, start, patient, instead_of } => {
                let file = self.file_if(patient)?;
                let missed = instead_of.map(|id| self.store.visit(id)).transpose()?.flatten();
                let purpose = Purpose::New { date, start, instead_of: missed.map(Box::new) };
                self.form(VisitSubject { purpose, file }, setting)?.into()
            }
            Place::Visit(id) | Place::FromBlock(id) => {
                let visit = self.store.visit(id)?.ok_or(Closed::Gone)?;
                let file = self.file_if(visit.patient)?;
                let purpose = match place {
                    Place::FromBlock(_) => Purpose::FromBlock(Box::new(visit)),
                    _ => Purpose::Edit(Box::new(visit)),
                };
                self.form(VisitSubject { purpose, file }, setting)?.into()
            }
            Place::NewTask(patient) => {
                let file = self.file_if(patient)?;
                self.form(TaskSubject { task: None, file }, setting)?.into()
            }
            Place::Task(id) => self.task_screen(id, setting)?,
            Place::Diagnostic(id) => {
                let (test, file) = self.store.diagnostic_model(id)?;
                let (visit, earlier) = (test.visit, self.store.last_diagnostics(file.patient.id)?);
                let subject = DiagnosticSubject { test: Some(test), file, visit, earlier };
                self.form(subject, setting)?.into()
            }
            Place::NewDiagnostic { patient, visit } => {
                let file = self.file_of(patient)?;
                let earlier = self.store.last_diagnostics(patient)?;
                let subject = DiagnosticSubject { test: None, file, visit, earlier };
                self.form(subject, setting)?.into()
            }
            Place::Follow(place) => self.follow_screen(&place, setting)?,
            Place::Medicine { .. } | Place::OpioidContext(_) => self.medicine_screen(&place, setting)?,
            Place::Reflection(date) => {
                let current = self.store.reflection(date)?;
                let prompts = prompts(&self.day.board);
                self.form(ReflectionSubject { date, current, prompts }, setting)?.into()
            }
            Place::Practice => {
                let practice = self.practice.clone();
                self.form(PracticeSubject { practice }, setting)?.into()
            }
            list @ (Place::Week(_)
            | Place::Chart(_)
            | Place::Trends { .. }
            | Place::Timeline { .. }
            | Place::Notes { .. }
            | Place::Jigsaw(_)
            | Place::Diagnostics { .. }
            | Place::Medicines(_)
            | Place::Vitals(_)
            | Place::BringIn(_)
            | Place::Close(_)
            | Place::Entries
            | Place::Find(_)
            | Place::Import(_)) => return self.list_screen(&list, setting),
        })
    }
}
