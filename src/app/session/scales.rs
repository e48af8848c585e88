//! Instruments: what the list to choose from shows, and what the form of one is made from.

use super::open::Closed;
use super::perform::Went;
use super::{Session, Setting};
use crate::action::{ScaleWrite, Write};
use crate::clinical::id::{InstrumentResultId, PatientId, VisitId};
use crate::clinical::instrument::{Again, Due, Entry, InstrumentResult, Seen, due};
use crate::clinical::patient::PatientFile;
use crate::clinical::score::Scores;
use crate::clinical::time::show_date;
use crate::clinical::visit::{Visit, VisitKind};
use crate::store::StoreError;
use crate::ui::env::Message;
use crate::ui::modal::{InstrumentLine, Instruments, Modal, Standing};
use crate::ui::place::Place;
use crate::ui::screen::Screen;
use crate::ui::screen::form::instrument::InstrumentModel;
use crate::ui::screen::form::page::PageModel;
use crate::ui::screen::form::vital::VitalSubject;

/// What is known of a patient before an instrument is chosen.
struct Known {
    file: PatientFile,
    visit: Option<Visit>,
    newest: Vec<InstrumentResult>,
    of_visit: Vec<InstrumentResult>,
    /// Why the patient is watched instead of asked, where that is so.
    not_rated: Option<&'static str>,
}

impl Session {
    /// Shows the instruments for a patient: what asks for something first, then what is due, then all.
    pub(super) fn choose_instrument(&mut self, patient: PatientId, visit: Option<VisitId>, setting: &Setting) {
        match self.instrument_lines(patient, visit, setting) {
            Ok(Some((name, lines))) => self.modals.push(Modal::Instruments(Box::new(Instruments::new(name, lines)))),
            Ok(None) => {}
            Err(error) => self.fail(&error, "nothing was changed"),
        }
    }

    fn instrument_lines(
        &self,
        patient: PatientId,
        visit: Option<VisitId>,
        setting: &Setting,
    ) -> Result<Option<(String, Vec<InstrumentLine>)>, StoreError> {
        let Some(file) = self.store.patient_file(patient)? else { return Ok(None) };
        let visit = self.visit_for(patient, visit)?;
        let of_visit = visit.as_ref().map_or(Ok(Vec::new()), |visit| self.store.results_of_visit(visit.id))?;
        let newest = self.store.newest_results(patient)?;
        let said = visit.as_ref().map_or(Ok(Vec::new()), |visit| self.store.scores_of_visit(visit.id))?;
        let mut typed = self.stack.iter().filter_map(|screen| match screen {
            Screen::Assessment(form) if form.subject().model.visit.patient == Some(patient) => {
                Some(form.value().scores)
            }
            _ => None,
        });
        // What is being typed stands for what was kept.
        let scores = typed.next_back().unwrap_or_else(|| Scores::of(&said));
        let not_rated = scores.not_rated_because(&file.patient, self.now().today());
        let known = Known { file, visit, newest, of_visit, not_rated };
        let (today, kind) = (self.now().today(), known.visit.as_ref().map_or(VisitKind::FollowUp, |visit| visit.kind));
        let seen: Vec<Seen> = known.newest.iter().map(Seen::of).collect();
        let due = due(&setting.instruments, &known.file, kind, today, &seen);
        let lines = setting.instruments.entries().map(|entry| line(&entry, &known, &due, today)).collect();
        let name = if self.names_hidden { String::new() } else { known.file.patient.list_name() };
        Ok(Some((name, lines)))
    }

    /// Confirms everything of a patient that was typed in ahead, as one act.
    pub(super) fn confirm_waiting(&mut self, patient: PatientId, setting: &Setting) -> Went {
        let waiting = match self.store.waiting(patient) {
            Ok(waiting) => waiting,
            Err(error) => {
                self.fail(&error, "nothing was changed");
                return Went::Stop;
            }
        };
        if waiting.count() == 0 {
            self.message = Message::refused("nothing that was typed in ahead waits to be confirmed");
            return Went::Stop;
        }
        let confirm = ScaleWrite::Confirm {
            patient,
            scores: waiting.scores.iter().map(|(_, score)| score.id).collect(),
            results: waiting.results.iter().map(|result| result.id).collect(),
            visits: waiting.visits(),
        };
        self.write(&Write::Scale(confirm), &[], setting)
    }

    /// The visit in which an instrument is given: the one that is open, else one of today.
    fn visit_for(&self, patient: PatientId, visit: Option<VisitId>) -> Result<Option<Visit>, StoreError> {
        match visit {
            Some(id) => self.store.visit(id),
            None => self.store.visit_of_day(patient, self.now().today()),
        }
    }

    /// The form of a patient's weight and height.
    pub(super) fn vitals_screen(&mut self, patient: PatientId, setting: &Setting) -> Result<Screen, Closed> {
        let file = self.store.patient_file(patient)?.ok_or(Closed::Gone)?;
        let earlier = self.store.vitals(patient)?;
        let visit = self.store.visit_of_day(patient, self.now().today())?.map(|visit| visit.id);
        let (region, today) = (self.practice.region, self.now().today());
        Ok(self.form(VitalSubject { file, earlier, visit, region, today }, setting)?.into())
    }

    /// What the form of a page is made from.
    pub(super) fn page_model(&self, visit: VisitId, setting: &Setting) -> Result<PageModel, Closed> {
        let ask = self.store.page_ask(visit, &setting.instruments)?;
        let visit = self.store.visit(visit)?.ok_or(Closed::Gone)?;
        let waiting = self.store.waiting(ask.file.patient.id)?;
        let note = self.store.page_note(visit.id)?;
        Ok(PageModel { ask, visit, waiting, note })
    }

    /// What the form of an instrument is made from.
    pub(super) fn instrument_model(
        &self,
        (patient, visit): (PatientId, Option<VisitId>),
        (instrument, result): (&str, Option<InstrumentResultId>),
        setting: &Setting,
    ) -> Result<InstrumentModel, Closed> {
        let entry = setting.instruments.get(instrument).ok_or(Closed::Gone)?;
        let file = self.store.patient_file(patient)?.ok_or(Closed::Gone)?;
        let visit = visit.map_or(Ok(None), |visit| self.store.visit(visit))?;
        let all = self.store.instrument_results(patient, instrument)?;
        let current = match result {
            Some(id) => Some(all.iter().find(|one| one.id == id).ok_or(Closed::Gone)?.clone()),
            None => None,
        };
        let date = match (&current, &visit) {
            (Some(current), _) => current.date,
            (None, Some(visit)) => visit.date,
            (None, None) => self.now().today(),
        };
        let at = current.as_ref().map(|current| (current.date, current.given.at));
        let is_earlier = |one: &InstrumentResult| {
            Some(one.id) != result
                && !one.waiting
                && one.date <= date
                && at.is_none_or(|at| (one.date, one.given.at) < at)
        };
        let earlier = all.into_iter().filter(is_earlier).collect();
        Ok(InstrumentModel { file, visit, instrument: entry.into(), current, earlier, date })
    }
}

fn line(entry: &Entry<'_>, known: &Known, due: &[Due], today: chrono::NaiveDate) -> InstrumentLine {
    let id = entry.id();
    let newest = known.newest.iter().find(|result| result.instrument == id);
    let of_visit = known.of_visit.iter().rev().find(|result| result.instrument == id);
    let open = newest.filter(|result| result.is_open());
    let waits = newest.filter(|result| result.waiting);
    let is_due = due.iter().find(|due| due.instrument == id);
    let not_for = entry.not_for(known.file.patient.birth_date, today);
    let last = newest.map(|result| {
        let band = if result.band.is_empty() { String::new() } else { format!(" {}", result.band) };
        let day = if result.date == today { "today".to_owned() } else { show_date(result.date) };
        format!("{}{band}, {day}", result.shown)
    });
    let suits = known.not_rated.filter(|_| entry.is_observed());
    let (standing, note) = match (open, waits, is_due, not_for, suits) {
        (Some(open), ..) => (Standing::ToActOn, format!("to act on: {}, {}", open.short(), show_date(open.date))),
        (_, Some(_), ..) => (Standing::ToConfirm, format!("to confirm: {}", last.clone().unwrap_or_default())),
        (_, _, Some(due), ..) => (Standing::Due, format!("due: {}", due.because)),
        (.., Some(not_for), _) => (Standing::NotFor, not_for.to_owned()),
        (.., Some(why)) => (Standing::Suits, why.to_owned()),
        _ => (Standing::Free, last.clone().unwrap_or_default()),
    };
    // What asks for something is opened as it stands; so are the answers of this visit, but for what is measured anew.
    let again = open.or(waits).or(of_visit.filter(|_| entry.again() == Again::Same));
    let visit = match again {
        Some(result) => result.visit,
        None => known.visit.as_ref().map(|visit| visit.id),
    };
    InstrumentLine {
        standing,
        short: entry.short(),
        name: entry.name().to_owned(),
        note,
        due: is_due.cloned(),
        place: Place::Instrument {
            patient: known.file.patient.id,
            visit,
            instrument: id.to_owned(),
            result: again.map(|result| result.id),
        },
    }
}
