//! Places of the long follow-up to their screens.

use super::load::FollowAsked;
use super::open::Closed;
use super::{Session, Setting};
use crate::clinical::id::{PatientId, TaperId, VisitId};
use crate::ui::env::Message;
use crate::ui::place::FollowPlace;
use crate::ui::screen::Screen;
use crate::ui::screen::follow::{FollowList, FollowScreen, step};
use crate::ui::screen::form::check::CheckSubject;
use crate::ui::screen::form::referral::{ReferralSubject, TeamSubject};
use crate::ui::screen::form::taper::TaperSubject;
use crate::ui::screen::form::urine::UrineSubject;
use crate::ui::screen::monitoring::MonitoringScreen;

impl Session {
    pub(super) fn follow_screen(&mut self, place: &FollowPlace, setting: &Setting) -> Result<Screen, Closed> {
        let today = self.now().today();
        Ok(match place.clone() {
            FollowPlace::Monitoring { patient, visit } => {
                let open = |(file, model)| MonitoringScreen::new(file, model, visit);
                self.source(setting).open(&patient, open)?.into()
            }
            FollowPlace::Check(id) => {
                let check = self.store.check(id)?.ok_or(Closed::Gone)?;
                let (file, kind, visit) = (self.file_of(check.patient)?, check.kind, check.visit);
                self.form(CheckSubject { check: Some(check), kind, file, visit }, setting)?.into()
            }
            FollowPlace::NewCheck { patient, visit, kind } => {
                let file = self.file_of(patient)?;
                self.form(CheckSubject { check: None, kind, file, visit }, setting)?.into()
            }
            FollowPlace::Urine(id) => {
                let test = self.store.urine_test(id)?.ok_or(Closed::Gone)?;
                let (file, visit) = (self.file_of(test.patient)?, test.visit);
                self.form(UrineSubject { test: Some(test), file, visit, today }, setting)?.into()
            }
            FollowPlace::NewUrine { patient, visit } => {
                let file = self.file_of(patient)?;
                self.form(UrineSubject { test: None, file, visit, today }, setting)?.into()
            }
            FollowPlace::Referrals { patient, visit } => {
                self.follow_list((patient, visit), FollowList::Referrals, setting)?
            }
            FollowPlace::Handouts { patient, visit } => {
                self.follow_list((patient, visit), FollowList::Handouts, setting)?
            }
            FollowPlace::Tapers { patient, visit } => {
                self.follow_list((patient, visit), FollowList::Tapers, setting)?
            }
            FollowPlace::Referral(id) => {
                let referral = self.store.referral(id)?.ok_or(Closed::Gone)?;
                let (file, visit) = (self.file_of(referral.patient)?, referral.visit);
                let subject = ReferralSubject { referral: Some(referral), plan: None, file, visit };
                self.form(subject, setting)?.into()
            }
            FollowPlace::NewReferral { patient, visit, plan } => {
                let file = self.file_of(patient)?;
                let plan = plan.map(|item| self.store.planned_referral(item)).transpose()?.flatten();
                let visit = visit.or_else(|| plan.as_ref().and_then(|plan| plan.visit));
                self.form(ReferralSubject { referral: None, plan, file, visit }, setting)?.into()
            }
            FollowPlace::CareTeam(patient) => {
                let team = self.store.referrals(patient)?.team;
                let file = self.file_of(patient)?;
                self.form(TeamSubject { team, file }, setting)?.into()
            }
            FollowPlace::Taper(id) => {
                let taper = self.store.taper(id)?.ok_or(Closed::Gone)?;
                let (file, visit) = (self.file_of(taper.patient)?, taper.visit);
                let decimal = self.habits().decimal;
                let subject = TaperSubject { taper: Some(taper), file, visit, today, decimal };
                self.form(subject, setting)?.into()
            }
            FollowPlace::NewTaper { patient, visit } => {
                let file = self.file_of(patient)?;
                let decimal = self.habits().decimal;
                self.form(TaperSubject { taper: None, file, visit, today, decimal }, setting)?.into()
            }
        })
    }

    fn follow_list(
        &self,
        (patient, visit): (PatientId, Option<VisitId>),
        list: FollowList,
        setting: &Setting,
    ) -> Result<Screen, Closed> {
        let open = |(file, listed)| FollowScreen::new(file, listed, visit);
        Ok(self.source(setting).open(&FollowAsked { patient, list }, open)?.into())
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
}
