//! Questions: what a prompt over a screen asks, as data that holds nothing but identities. Under its question the half-typed
//! answer is kept as a draft, so that it is there when the same is asked again, and the question itself after a lock.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::modal::Purpose;
use super::modal::follow::FollowAsk;
use crate::clinical::board::ItemKey;
use crate::clinical::bring_in::Kind;
use crate::clinical::draft::{DraftKey, QUESTION_FORM};
use crate::clinical::id::{
    AssessmentId, DiagnosticId, InstrumentResultId, MedicationId, PatientId, ReferralId, TaperId, UrineTestId, VisitId,
};

/// What a prompt asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Which day to show.
    GoToDate,
    /// Where a visit is moved to.
    Move(VisitId),
    /// To which day an open item is carried.
    Carry(OfItem),
    /// Why an open item is closed.
    LetGo(OfItem),
    /// Why a visit is cancelled.
    Cancel(VisitId),
    /// Why a no-show is let go.
    LetVisitGo(VisitId),
    /// What was done about a red flag.
    RedFlag(AssessmentId, PatientId),
    /// What was done about an answer that must not wait.
    Screen(InstrumentResultId, PatientId),
    /// Why a medicine is given although something speaks against it: whose, and the caution.
    Caution(PatientId, String),
    /// Why a medicine is stopped.
    StopMedicine(PatientId, MedicationId),
    /// What was done about a result.
    ActOnResult(DiagnosticId),
    /// What was done about a urine test.
    ActOnUrine(UrineTestId),
    /// On which day the appointment of a referral is.
    BookReferral(ReferralId),
    /// What was done about the answer to a referral.
    ActOnReferral(ReferralId),
    /// How much longer the step of a taper is kept.
    PauseTaper(TaperId),
    /// Why a taper ends before its end.
    EndTaper(TaperId),
    /// Which schedule is read.
    ImportFile,
    /// Which of its days are looked at.
    ImportDays,
    /// How its titles name a patient.
    ImportPattern,
    /// What its mapping is called.
    SaveMapping,
    /// What a line that is brought in should say: whose, which, and as what it is read.
    MendLine(PatientId, usize, Option<Kind>),
    /// A line of one's own to bring in.
    NewLine(PatientId),
}

/// An open item that is asked about at the close of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfItem {
    /// Which item.
    pub item: ItemKey,
    /// The visit whose assessment or procedure it is.
    pub visit: Option<VisitId>,
    /// The day whose close it is.
    pub day: NaiveDate,
}

impl OfItem {
    /// An item, the visit whose it is, and the day of the close.
    pub const fn new(item: ItemKey, visit: Option<VisitId>, day: NaiveDate) -> Self {
        Self { item, visit, day }
    }
}

impl Question {
    /// What a prompt is for, as its question.
    pub fn of(purpose: &Purpose) -> Self {
        match purpose {
            Purpose::GoToDate => Self::GoToDate,
            Purpose::Move(visit) => Self::Move(visit.id),
            Purpose::Carry { item, visit, day } => Self::Carry(OfItem::new(*item, *visit, *day)),
            Purpose::LetGo { item, visit, day } => Self::LetGo(OfItem::new(*item, *visit, *day)),
            Purpose::Cancel(visit) => Self::Cancel(visit.id),
            Purpose::LetVisitGo(visit) => Self::LetVisitGo(visit.id),
            Purpose::RedFlag { assessment, patient } => Self::RedFlag(*assessment, *patient),
            Purpose::Screen { result, patient } => Self::Screen(*result, *patient),
            Purpose::Caution { patient, caution, .. } => Self::Caution(*patient, caution.clone()),
            Purpose::StopMedicine { patient, medicine, .. } => Self::StopMedicine(*patient, *medicine),
            Purpose::ActOnResult(test) => Self::ActOnResult(test.id),
            Purpose::Follow(ask) => match &**ask {
                FollowAsk::ActOnUrine(test) => Self::ActOnUrine(test.id),
                FollowAsk::BookReferral(referral) => Self::BookReferral(referral.id),
                FollowAsk::ActOnReferral(referral) => Self::ActOnReferral(referral.id),
                FollowAsk::PauseTaper(taper) => Self::PauseTaper(taper.id),
                FollowAsk::EndTaper(taper) => Self::EndTaper(taper.id),
            },
            Purpose::ImportFile => Self::ImportFile,
            Purpose::ImportDays(_) => Self::ImportDays,
            Purpose::ImportPattern(_) => Self::ImportPattern,
            Purpose::SaveMapping => Self::SaveMapping,
            Purpose::MendLine { patient, at, kind } => Self::MendLine(*patient, *at, *kind),
            Purpose::NewLine { patient } => Self::NewLine(*patient),
        }
    }

    /// Whether the answer is words of one's own. They stay though the question is left; a day, a time or a name that was
    /// left would only stand in the way of the next.
    pub const fn is_in_words(&self) -> bool {
        match self {
            Self::LetGo(_)
            | Self::Cancel(_)
            | Self::LetVisitGo(_)
            | Self::RedFlag(..)
            | Self::Screen(..)
            | Self::Caution(..)
            | Self::StopMedicine(..)
            | Self::ActOnResult(_)
            | Self::ActOnUrine(_)
            | Self::ActOnReferral(_)
            | Self::EndTaper(_)
            | Self::NewLine(_) => true,
            Self::GoToDate
            | Self::Move(_)
            | Self::Carry(_)
            | Self::BookReferral(_)
            | Self::PauseTaper(_)
            | Self::ImportFile
            | Self::ImportDays
            | Self::ImportPattern
            | Self::SaveMapping
            | Self::MendLine(..) => false,
        }
    }

    /// Whether the answer is kept in the record; others only show something.
    pub const fn writes(&self) -> bool {
        match self {
            Self::GoToDate | Self::ImportFile | Self::ImportDays | Self::ImportPattern | Self::SaveMapping => false,
            Self::Move(_)
            | Self::Carry(_)
            | Self::LetGo(_)
            | Self::Cancel(_)
            | Self::LetVisitGo(_)
            | Self::RedFlag(..)
            | Self::Screen(..)
            | Self::Caution(..)
            | Self::StopMedicine(..)
            | Self::ActOnResult(_)
            | Self::ActOnUrine(_)
            | Self::BookReferral(_)
            | Self::ActOnReferral(_)
            | Self::PauseTaper(_)
            | Self::EndTaper(_)
            | Self::MendLine(..)
            | Self::NewLine(_) => true,
        }
    }

    /// The subject of its draft.
    pub fn subject(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The draft of its half-typed answer.
    pub fn draft_key(&self) -> DraftKey {
        DraftKey::of(QUESTION_FORM, self.subject())
    }

    /// The question of a draft's subject.
    pub fn read(subject: &str) -> Option<Self> {
        serde_json::from_str(subject).ok()
    }
}

/// A half-typed answer, as its draft holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// What the question was about, as the prompt said it.
    pub about: String,
    /// The line.
    pub text: String,
    /// Where the cursor stood, in bytes.
    pub cursor: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::input::Input;
    use crate::action::key::{Key, KeyCode};
    use crate::clinical::patient::PatientFile;
    use crate::ui::modal::Prompt;
    use crate::ui::screen::testing::World;

    fn types(prompt: &mut Prompt, text: &str, world: &mut World) {
        for c in text.chars() {
            prompt.input(&Input::Key(Key::char(c)), &mut world.env());
        }
    }

    #[test]
    fn a_question_is_known_again_by_the_subject_of_its_draft_and_by_no_other() {
        let mut world = World::day();
        let (assessment, patient): (AssessmentId, PatientId) = (world.id(), world.id());
        let (visit, result, other): (VisitId, InstrumentResultId, PatientId) = (world.id(), world.id(), world.id());
        let day = world.now.today();
        let item = |item| OfItem::new(item, Some(visit), day);
        let questions = [
            Question::GoToDate,
            Question::Move(visit),
            Question::Cancel(visit),
            Question::LetVisitGo(visit),
            Question::Carry(item(ItemKey::Plan(assessment))),
            Question::LetGo(item(ItemKey::Plan(assessment))),
            Question::LetGo(item(ItemKey::RedFlag(assessment))),
            Question::RedFlag(assessment, patient),
            Question::Screen(result, patient),
            Question::Caution(patient, "opioid and \"benzodiazepine\"".to_owned()),
            Question::Caution(other, "opioid and \"benzodiazepine\"".to_owned()),
            Question::StopMedicine(patient, world.id()),
            Question::EndTaper(world.id()),
            Question::MendLine(patient, 3, Some(Kind::Allergy)),
            Question::MendLine(patient, 3, None),
            Question::NewLine(patient),
            Question::NewLine(other),
        ];
        for (at, question) in questions.iter().enumerate() {
            let read = Question::read(&question.subject());
            assert_eq!(read.as_ref(), Some(question));
            assert!(!questions[..at].iter().any(|before| before.subject() == question.subject()), "{question:?}");
        }
        assert_eq!(Question::read(""), None);
        assert_eq!(Question::read("{\"of_a_later_version\":1}"), None);
    }

    #[test]
    fn a_half_typed_answer_comes_back_with_its_cursor() {
        let mut world = World::at("2026-11-24T10:14");
        let file: PatientFile = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
        let purpose = |assessment| Purpose::RedFlag { assessment, patient: file.patient.id };
        let assessment = world.id();
        let mut prompt = Prompt::new(purpose(assessment), "OKAFOR Adaeze");
        assert!(prompt.is_empty());
        types(&mut prompt, "sent for an MRI 🧑‍⚕️ today", &mut world);
        for _ in 0.." today".len() {
            prompt.input(&Input::Key(Key::of(KeyCode::Left)), &mut world.env());
        }
        let mut again = Prompt::new(purpose(assessment), "OKAFOR Adaeze");
        again.restore(&prompt.draft().body);
        assert_eq!(again.draft(), prompt.draft());
        types(&mut again, ",", &mut world);
        let typed: Typed = serde_json::from_str(&again.draft().body).unwrap();
        assert_eq!(typed.text, "sent for an MRI 🧑‍⚕️, today");
        again.restore("no draft at all");
        assert_eq!(serde_json::from_str::<Typed>(&again.draft().body).unwrap(), typed, "what is typed stays");
    }
}
