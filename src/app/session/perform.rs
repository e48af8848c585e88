//! Effects, carried out in order. The first that fails ends the list: a form whose record could not be kept stays open with
//! every character.

use zeroize::Zeroizing;

use super::{DRAFT_WAITS, KeptOf, Outward, Session, Setting};
use crate::action::write::VisitChange;
use crate::action::{Context, Write};
use crate::clinical::draft::DraftKey;
use crate::clinical::find::PatientIndex;
use crate::clinical::id::{PatientId, VisitId};
use crate::clinical::summary::{Section, summary};
use crate::clinical::text::capital;
use crate::clinical::time::{show_time, wall};
use crate::clinical::visit::VisitState;
use crate::store::{Draft, StoreError};
use crate::ui::effect::Effect;
use crate::ui::env::Message;
use crate::ui::modal::Modal;
use crate::ui::place::Place;
use crate::ui::screen::Screen;

/// Whether a change can make, change or take away a patient's name.
fn touches_names(write: &Write) -> bool {
    match write {
        Write::PutPatient { .. } | Write::Import(_) | Write::Many(..) => true,
        Write::BookVisit { new_patient, .. } => new_patient.is_some(),
        Write::Together(_, parts) => parts.iter().any(touches_names),
        _ => false,
    }
}

/// The visit of a patient who has just walked in.
fn walk_in(write: &Write) -> Option<VisitId> {
    match write {
        Write::BookVisit { visit, .. } => (visit.state == VisitState::Here).then_some(visit.id),
        Write::Together(_, parts) => parts.iter().find_map(walk_in),
        _ => None,
    }
}

/// How leaving what was typed went, since it was last asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Leaving {
    /// It was kept each time.
    #[default]
    Kept,
    /// It was said that it could not be kept.
    Refused,
}

/// Whether the rest of a list of effects still holds.
pub(super) enum Went {
    On,
    Stop,
}

impl Session {
    pub(super) fn perform(&mut self, effects: Vec<Effect>, setting: &Setting) {
        self.perform_all(effects, setting);
    }

    /// The same, and whether all of them were carried out.
    pub(super) fn perform_all(&mut self, effects: Vec<Effect>, setting: &Setting) -> Went {
        for effect in effects {
            if matches!(self.perform_one(effect, setting), Went::Stop) {
                return Went::Stop;
            }
        }
        Went::On
    }

    fn perform_one(&mut self, effect: Effect, setting: &Setting) -> Went {
        match effect {
            Effect::Write(write, typed) => return self.write(&write, &typed, setting),
            Effect::Open(place) => self.open_place(place, setting),
            Effect::Replace(place) => {
                self.close_top(setting);
                self.open_place(place, setting);
            }
            Effect::Back => self.close_top(setting),
            Effect::Show(modal) => self.show(*modal),
            Effect::DraftChanged if self.is_read_only() => {
                self.message = Message::refused(super::READ_ONLY);
            }
            Effect::DraftChanged => {
                // Why a key did nothing is answered by the next one that did something.
                if matches!(self.message, Message::Refused(_)) {
                    self.message = Message::None;
                }
                let now = self.now().instant;
                self.draft_due.get_or_insert(now.plus_millis(DRAFT_WAITS));
            }
            Effect::KeepDraft => {
                if let Err(error) = self.keep_drafts() {
                    self.fail(&error, "what you typed is still on the screen");
                    return Went::Stop;
                }
            }
            Effect::DropDraft(key) => {
                if let Err(error) = self.store.drop_draft(&key) {
                    self.fail(&error, "the draft is still there");
                }
            }
            Effect::ChooseInstrument { patient, visit } => self.choose_instrument(patient, visit, setting),
            Effect::CallTaper(taper) => self.call_taper(taper, setting),
            Effect::ConfirmWaiting(patient) => return self.confirm_waiting(patient, setting),
            Effect::Give(given) => {
                let effects = self.with_env(setting, |screen, env| screen.surface_mut().give(given, env));
                return self.perform_all(effects.unwrap_or_default(), setting);
            }
            Effect::LoadMore => self.load_more(setting),
            Effect::ShowDay(date) => self.show_day(date, setting),
            Effect::CopyOut { visit, section } => return self.copy_out(visit, section, setting),
            Effect::FindText(text) => self.find_text(&text),
            Effect::ReadSchedule(asked) => self.read_schedule(Some(*asked), setting),
            Effect::SaveMapping(name) => self.save_mapping(&name, setting),
            Effect::ReadLastSchedule => self.read_last_schedule(setting),
            Effect::ReadLines(text) => self.read_lines(&text, setting),
            Effect::ReadLine { at, kind, line } => self.read_line(at, kind, line, setting),
            Effect::ListEmpty(list) => self.on_sheet(setting, |sheet, _| sheet.ask(list)),
            Effect::ApplyImport { prune } => self.apply_import(prune, setting),
            Effect::Say(words) => self.message = Message::Said(words),
            Effect::Refuse(words) => self.message = Message::refused(words),
            Effect::Run(command) => self.run(command, setting),
        }
        Went::On
    }

    /// One act: kept, said, and everything it touches loaded again. The drafts in which it was typed end with it.
    pub(super) fn write(&mut self, write: &Write, typed: &[DraftKey], setting: &Setting) -> Went {
        let now = self.clock.now();
        let copied_out = matches!(write, Write::ChangeVisit { change: VisitChange::CopiedOut, .. });
        let kept = match self.store.commit_typed(write, now, typed) {
            Ok(kept) => kept,
            Err(error) => {
                self.fail(&error, "nothing was changed, and what you typed is still here");
                return Went::Stop;
            }
        };
        if let Some(screen) = self.stack.last_mut() {
            screen.surface_mut().kept();
        }
        if touches_names(write) {
            self.reload_names();
        }
        let at = show_time(wall(kept.at, self.practice.zone).time());
        let act = if kept.changed { kept.act } else { "nothing was changed".to_owned() };
        let said = |act: &str| if copied_out { act.to_owned() } else { format!("kept {at}  {act}") };
        let named = match kept.patient {
            Some(patient) => format!("{}: {act}", self.name_of(patient)),
            None => act.clone(),
        };
        if kept.changed {
            self.kept_of =
                kept.patient.map(|patient| KeptOf { patient, named: said(&named), without_name: said(&act) });
            self.message = Message::Kept(said(&named));
        } else {
            self.message = Message::Said(named);
        }
        if let (Some(visit), Some(Screen::Board(board))) = (walk_in(write), self.stack.first_mut()) {
            board.choose_when_there(visit);
        }
        self.undo_asked = None;
        self.reload(setting);
        Went::On
    }

    fn name_of(&self, patient: PatientId) -> String {
        if self.names_hidden {
            return "a patient".to_owned();
        }
        let name = self.patients.get(patient).map(crate::clinical::find::PatientName::list_name);
        name.unwrap_or_else(|| "a new patient".to_owned())
    }

    /// Says a failure: what happened, what is safe, what to do.
    pub(super) fn fail(&mut self, error: &StoreError, safe: &str) {
        self.message = Message::failed(format!("{error} {}. {}", capital(safe), error.advice()));
    }

    /// Loads every patient's name again: one was made, changed, or taken back.
    pub(super) fn reload_names(&mut self) {
        match self.store.patient_names() {
            Ok(names) => self.patients = PatientIndex::new(names),
            Err(error) => self.fail(&error, "a new name may not be found yet"),
        }
    }

    /// Loads again what a change may have touched: the day, the names, the screens on the stack.
    pub(super) fn reload(&mut self, setting: &Setting) {
        let now = self.clock.now();
        let date = self.date();
        match super::Day::load(&self.store, date, now, &setting.preferences) {
            Ok(day) => self.day = day,
            Err(error) => self.fail(&error, "what is shown may be old"),
        }
        if let Ok(Some(practice)) = self.store.practice() {
            self.clock.set_zone(practice.zone);
            self.practice = practice;
        }
        self.refresh_top(setting);
        self.with_env(setting, |screen, env| screen.surface_mut().day_changed(env));
    }

    /// A window that only reads shows what the one that writes has written since. Asking costs a page's number.
    pub(super) fn follow_writer(&mut self, setting: &Setting) {
        let Ok(version) = (if self.is_read_only() { self.store.version_of_others() } else { return }) else { return };
        if self.version_seen.replace(version).is_some_and(|seen| seen != version) {
            self.reload_names();
            self.reload(setting);
        }
    }

    fn show_day(&mut self, date: chrono::NaiveDate, setting: &Setting) {
        // What is typed in the screens above is kept first: where that fails they stay, and so does the day.
        if let Err(error) = self.keep_typed() {
            return self.fail(&error, "what you typed is still on the screen");
        }
        let now = self.clock.now();
        match super::Day::load(&self.store, date, now, &setting.preferences) {
            Ok(day) => {
                self.day = day;
                self.stack.truncate(1);
                self.with_env(setting, |screen, env| screen.surface_mut().day_changed(env));
                if let Err(error) = self.keep_drafts() {
                    self.fail(&error, "only the way back to this day was not kept");
                }
            }
            Err(error) => self.fail(&error, "the day before it is still shown"),
        }
    }

    /// Keeps what was typed in every open form, and where one was.
    pub fn keep_drafts(&mut self) -> Result<(), StoreError> {
        self.draft_due = None;
        if self.is_read_only() {
            return Ok(());
        }
        let saved_at = self.now().instant;
        let kept = (|| {
            for body in self.stack.iter().filter_map(|screen| screen.surface().draft()) {
                let draft = Draft { key: body.key, saved_at, body: body.body };
                self.store.put_draft(&draft)?;
            }
            self.keep_asked()?;
            let places = serde_json::to_string(&self.places()).unwrap_or_default();
            if places != self.places_kept {
                self.store.keep_machine_value(super::open::PLACES, &places)?;
                self.places_kept = places;
            }
            if let Some(Screen::Board(board)) = self.stack.first()
                && board.by_clock() != self.by_clock_kept
            {
                let kept = serde_json::to_string(&board.by_clock()).unwrap_or_default();
                self.store.keep_machine_value(super::BY_CLOCK, &kept)?;
                self.by_clock_kept = board.by_clock();
            }
            Ok(())
        })();
        if kept.is_err() {
            // It stays on the screen, and is tried again.
            self.draft_due = Some(saved_at.plus_millis(2_000));
        }
        kept
    }

    /// The same before something that must not lose what was typed. Where nothing is typed nothing is lost: a disk that is
    /// full keeps nobody from looking, from going back, or from locking.
    pub fn keep_typed(&mut self) -> Result<(), StoreError> {
        match self.keep_drafts() {
            Err(error) if self.holds_typed() => {
                self.leaving = Leaving::Refused;
                Err(error)
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Whether it was said of something typed that it could not be kept, since this was last asked.
    pub fn was_unkept(&mut self) -> bool {
        std::mem::take(&mut self.leaving) == Leaving::Refused
    }

    /// Whether words stand in a form or a question that are no record yet.
    pub fn holds_typed(&self) -> bool {
        self.stack.iter().any(|screen| screen.surface().draft().is_some())
            || self.modals.iter().any(|modal| matches!(modal, Modal::Prompt(_)))
    }

    /// What stands above the keys. What was kept of one patient is said without the name over another: two names do not stand
    /// on one screen. In a form, where nothing else is to be said of its patient, it is when the draft was kept.
    pub(super) fn shown(&self) -> Message {
        let draft = self.draft_kept.filter(|_| self.on_form()).map(|at| {
            let at = show_time(wall(at, self.practice.zone).time());
            Message::Draft(format!("draft kept {at}"))
        });
        let of_another = self.kept_of.as_ref().filter(|kept| self.is_over_another(kept.patient));
        match (&self.message, of_another) {
            (Message::Kept(said) | Message::Said(said), Some(kept)) if *said == kept.named => {
                draft.unwrap_or_else(|| Message::Said(kept.without_name.clone()))
            }
            (Message::None, _) => draft.unwrap_or_default(),
            (said, _) => said.clone(),
        }
    }

    fn is_over_another(&self, patient: PatientId) -> bool {
        let about = |screen: &Screen| match screen.surface().context() {
            Context::Form | Context::BodyMap => screen.surface().patient(),
            _ => screen.surface().patient_for_undo(),
        };
        self.top().and_then(about).is_some_and(|here| here != patient)
    }

    /// Notes that what is typed was kept as a draft. True where the line above the keys says so now.
    pub fn say_draft_kept(&mut self) -> bool {
        let before = self.shown();
        self.draft_kept = Some(self.now().instant);
        before != self.shown()
    }

    /// Closes the screen on top; what was typed in it is kept first, and where that fails it stays.
    pub(super) fn close_top(&mut self, setting: &Setting) {
        if self.stack.len() < 2 {
            return;
        }
        if !self.is_read_only()
            && let Err(error) = self.keep_typed()
        {
            self.fail(&error, "what you typed is still on the screen");
            return;
        }
        self.stack.pop();
        // Why something was not possible there is nothing to be read here.
        if matches!(self.message, Message::Refused(_)) {
            self.message = Message::None;
        }
        self.draft_kept = None;
        self.reload(setting);
        if let Err(error) = self.keep_drafts() {
            self.fail(&error, "only the way back to this screen was not kept");
        }
    }

    fn copy_out(&mut self, visit: VisitId, section: Option<Section>, setting: &Setting) -> Went {
        let now = self.clock.now();
        let model = match self.store.visit_summary(visit) {
            Ok(model) => model,
            Err(error) => {
                self.fail(&error, "nothing was copied");
                return Went::Stop;
            }
        };
        let text = Zeroizing::new(summary(&model, section));
        let name = model.file.patient.list_name();
        if section.is_none() && !self.is_read_only() {
            let mut changed = model.visit;
            changed.copied_at = Some(now.instant);
            let write = Write::ChangeVisit { visit: changed, change: VisitChange::CopiedOut };
            if let Went::Stop = self.write(&write, &[], setting) {
                return Went::Stop;
            }
        }
        let name = if self.names_hidden { "the summary".to_owned() } else { name };
        self.outward.push(Outward::Copy(text, format!("copied {}  {name}", show_time(now.time()))));
        Went::On
    }

    fn find_text(&mut self, text: &str) {
        match self.store.find_hits(text, super::HITS) {
            Ok(hits) => self.found(hits),
            Err(error) => self.fail(&error, "nothing was changed"),
        }
    }

    /// Opens the places that were open when the program ended or the record was locked, home first.
    pub(super) fn reopen_places(&mut self, setting: &Setting) {
        let Ok(Some(kept)) = self.store.machine_value(super::open::PLACES) else { return };
        let places: Vec<Place> = serde_json::from_str(&kept).unwrap_or_default();
        if places.len() > 1 {
            self.read_names();
        }
        for place in places.into_iter().skip(1) {
            let before = self.stack.len();
            self.open_place(place, setting);
            if self.stack.len() == before {
                break;
            }
        }
        self.message = Message::None;
        self.places_kept = kept;
    }
}
