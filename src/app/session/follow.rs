//! Places of the long follow-up to their screens.

use super::open::Closed;
use super::{Session, Setting};
use crate::clinical::id::{PatientId, TaperId, VisitId};
use crate::store::StoreError;
use crate::ui::env::Message;
use crate::ui::place::FollowPlace;
use crate::ui::screen::Screen;
use crate::ui::screen::follow::{FollowScreen, Listed, step};
use crate::ui::screen::form::check::CheckSubject;
use crate::ui::screen::form::referral::{ReferralSubject, TeamSubject};
use crate::ui::screen::form::taper::TaperSubject;
use crate::ui::screen::form::urine::UrineSubject;
use crate::ui::screen::monitoring::MonitoringScreen;

impl Session {
    pub(super) fn follow_screen(&mut self, place: &FollowPlace, setting: &Setting) -> Result<Screen, Closed> {
        let today = self.clock.now().today();
        Ok(match place.clone() {
            FollowPlace::Monitoring { patient, visit } => {
                let model = self.store.monitoring(patient)?;
                Screen::Monitoring(Box::new(MonitoringScreen::new(self.file_of(patient)?, model, visit)))
            }
            FollowPlace::Check(id) => {
                let check = self.store.check(id)?.ok_or(Closed::Gone)?;
                let (file, kind, visit) = (self.file_of(check.patient)?, check.kind, check.visit);
                Screen::Check(Box::new(self.form(CheckSubject { check: Some(check), kind, file, visit }, setting)?))
            }
            FollowPlace::NewCheck { patient, visit, kind } => {
                let file = self.file_of(patient)?;
                Screen::Check(Box::new(self.form(CheckSubject { check: None, kind, file, visit }, setting)?))
            }
            FollowPlace::Urine(id) => {
                let test = self.store.urine_test(id)?.ok_or(Closed::Gone)?;
                let (file, visit) = (self.file_of(test.patient)?, test.visit);
                Screen::Urine(Box::new(self.form(UrineSubject { test: Some(test), file, visit, today }, setting)?))
            }
            FollowPlace::NewUrine { patient, visit } => {
                let file = self.file_of(patient)?;
                Screen::Urine(Box::new(self.form(UrineSubject { test: None, file, visit, today }, setting)?))
            }
            FollowPlace::Referrals { patient, visit } => {
                self.follow_list(patient, Listed::Referrals(self.store.referrals(patient)?), visit)?
            }
            FollowPlace::Handouts { patient, visit } => {
                self.follow_list(patient, Listed::Handouts(self.store.handouts(patient)?), visit)?
            }
            FollowPlace::Tapers { patient, visit } => {
                self.follow_list(patient, Listed::Tapers(self.store.tapers(patient)?), visit)?
            }
            FollowPlace::Referral(id) => {
                let referral = self.store.referral(id)?.ok_or(Closed::Gone)?;
                let (file, visit) = (self.file_of(referral.patient)?, referral.visit);
                let subject = ReferralSubject { referral: Some(referral), plan: None, file, visit };
                Screen::Referral(Box::new(self.form(subject, setting)?))
            }
            FollowPlace::NewReferral { patient, visit, plan } => {
                let file = self.file_of(patient)?;
                let plan = plan.map(|item| self.store.planned_referral(item)).transpose()?.flatten();
                let visit = visit.or_else(|| plan.as_ref().and_then(|plan| plan.visit));
                Screen::Referral(Box::new(self.form(ReferralSubject { referral: None, plan, file, visit }, setting)?))
            }
            FollowPlace::CareTeam(patient) => {
                let team = self.store.referrals(patient)?.team;
                let file = self.file_of(patient)?;
                Screen::CareTeam(Box::new(self.form(TeamSubject { team, file }, setting)?))
            }
            FollowPlace::Taper(id) => {
                let taper = self.store.taper(id)?.ok_or(Closed::Gone)?;
                let (file, visit, today) = (self.file_of(taper.patient)?, taper.visit, self.now().today());
                let decimal = self.habits().decimal;
                let subject = TaperSubject { taper: Some(taper), file, visit, today, decimal };
                Screen::Taper(Box::new(self.form(subject, setting)?))
            }
            FollowPlace::NewTaper { patient, visit } => {
                let (file, today) = (self.file_of(patient)?, self.now().today());
                let decimal = self.habits().decimal;
                Screen::Taper(Box::new(self.form(TaperSubject { taper: None, file, visit, today, decimal }, setting)?))
            }
        })
    }

    fn follow_list(&self, patient: PatientId, listed: Listed, visit: Option<VisitId>) -> Result<Screen, Closed> {
        Ok(Screen::Follow(Box::new(FollowScreen::new(self.file_of(patient)?, listed, visit))))
    }

    /// The call of the next step of a taper, with what the list of medicines says of it.
    pub(super) fn call_taper(&mut self, id: TaperId, setting: &Setting) {
        let today = self.now().today();
        let found = self.store.taper(id).and_then(|taper| {
            let model = taper.as_ref().map(|taper| self.store.medicines_model(taper.patient, today)).transpose()?;
            Ok(taper.zip(model))
        });
        match found {
            Ok(Some((taper, model))) => {
                let effects = self.with_env(setting, |_, env| step::call(&taper, &model, env));
                self.perform(effects.unwrap_or_default(), setting);
            }
            Ok(None) => self.message = Message::refused("this taper is gone"),
            Err(error) => self.fail(&error, "nothing was changed"),
        }
    }

    /// Loads a list of the long follow-up again.
    pub(super) fn refresh_follow(&self, screen: &mut FollowScreen) -> Result<(), StoreError> {
        let patient = screen.subject();
        let Some(file) = self.store.patient_file(patient)? else { return Ok(()) };
        let listed = match screen.listed() {
            Listed::Referrals(_) => Listed::Referrals(self.store.referrals(patient)?),
            Listed::Handouts(_) => Listed::Handouts(self.store.handouts(patient)?),
            Listed::Tapers(_) => Listed::Tapers(self.store.tapers(patient)?),
        };
        screen.set_model(file, listed);
        Ok(())
    }
}
