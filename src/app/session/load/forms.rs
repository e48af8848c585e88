//! The forms that stand beside more than a patient's file: a visit, what was found the last time, what was planned.

use super::super::open::Closed;
use super::{Load, Source};
use crate::clinical::id::{CheckInId, PatientId, VisitId};
use crate::clinical::models::{AssessmentModel, CheckInModel, PlanModel, SessionModel};
use crate::ui::screen::form::FormScreen;
use crate::ui::screen::form::assessment::AssessmentSubject;
use crate::ui::screen::form::check_in::CheckInSubject;
use crate::ui::screen::form::plan::PlanSubject;
use crate::ui::screen::form::session::SessionSubject;

impl Load for FormScreen<AssessmentSubject> {
    type Asked = VisitId;
    type Model = AssessmentModel;

    fn read(from: &Source<'_>, visit: &VisitId) -> Result<AssessmentModel, Closed> {
        Ok(from.store.assessment_model(*visit)?)
    }

    fn asked(&self) -> VisitId {
        self.subject().model.visit.id
    }

    fn renew(&mut self, model: AssessmentModel) {
        self.reload(|subject| subject.model = model);
    }
}

impl Load for FormScreen<PlanSubject> {
    type Asked = PatientId;
    type Model = PlanModel;

    fn read(from: &Source<'_>, patient: &PatientId) -> Result<PlanModel, Closed> {
        Ok(from.store.plan_model(*patient, from.now)?)
    }

    fn asked(&self) -> PatientId {
        self.subject().model.file.patient.id
    }

    fn renew(&mut self, model: PlanModel) {
        self.reload(|subject| subject.set_model(model));
    }
}

impl Load for FormScreen<SessionSubject> {
    type Asked = VisitId;
    type Model = SessionModel;

    fn read(from: &Source<'_>, visit: &VisitId) -> Result<SessionModel, Closed> {
        Ok(from.store.session_model(*visit)?)
    }

    fn asked(&self) -> VisitId {
        self.subject().model.visit.id
    }

    fn renew(&mut self, model: SessionModel) {
        self.reload(|subject| subject.model = model);
    }
}

impl Load for FormScreen<CheckInSubject> {
    type Asked = CheckInId;
    type Model = CheckInModel;

    fn read(from: &Source<'_>, check_in: &CheckInId) -> Result<CheckInModel, Closed> {
        Ok(from.store.check_in_model(*check_in)?)
    }

    fn asked(&self) -> CheckInId {
        self.subject().model.check_in.id
    }

    fn renew(&mut self, model: CheckInModel) {
        self.reload(|subject| subject.model = model);
    }
}
