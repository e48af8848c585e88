//! What is asked over the screens: the answer that is being typed is kept like that of a form, under its question. It is
//! there again when the same is asked again, and after a lock or a kill the question is open as it was.

use super::perform::Went;
use super::{DRAFT_WAITS, READ_ONLY, Session, Setting, commands};
use crate::action::Command;
use crate::action::input::Input;
use crate::clinical::draft::{DraftKey, QUESTION_FORM};
use crate::clinical::id::{MedicationId, PatientId};
use crate::store::{Draft, StoreError};
use crate::ui::effect::Effect;
use crate::ui::env::Message;
use crate::ui::modal::follow::FollowAsk;
use crate::ui::modal::{Done, Modal, Prompt, Purpose};
use crate::ui::question::{OfItem, Question, Typed};
use crate::ui::screen::form::medicine::plan_after;

/// The machine's own row of the question that is open over the screens, as the subject of its draft.
const ASKED: &str = "question";

/// What was last written of the open question: its subject, and the body of its draft. Empty where none is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    subject: String,
    body: String,
}

/// Whether an input is text.
fn types(input: &Input) -> bool {
    match input {
        Input::Key(key) => key.types().is_some(),
        Input::Paste(_) => true,
        _ => false,
    }
}

impl Session {
    /// Shows a modal; a question with the answer as it was half typed before.
    pub(super) fn show(&mut self, mut modal: Modal) {
        if let Modal::Prompt(prompt) = &mut modal {
            match self.store.draft(&prompt.question().draft_key()) {
                Ok(Some(draft)) => prompt.restore(&draft.body),
                Ok(None) => {}
                Err(error) => self.fail(&error, "what you typed here before is still in the record"),
            }
        }
        self.modals.push(modal);
    }

    /// Gives an input to the modal that was on top: a barrier, but for what works over everything.
    pub(super) fn modal_input(&mut self, mut modal: Modal, input: &Input, setting: &Setting) {
        if let Input::Key(key) = input
            && let Some(command) = commands::over_modal(&setting.keymap, *key)
        {
            self.modals.push(modal);
            self.run(command, setting);
            return;
        }
        if self.is_read_only()
            && types(input)
            && let Modal::Prompt(prompt) = &modal
            && prompt.question().writes()
        {
            self.message = Message::refused(READ_ONLY);
            self.modals.push(modal);
            return;
        }
        // Why a key was no answer is answered by the next one.
        if matches!(self.message, Message::Refused(_)) && matches!(input, Input::Key(_)) {
            self.message = Message::None;
        }
        let done = self.with_env(setting, |_, env| modal.input(input, env));
        match (done, modal) {
            (Some(Done::Unanswered(why)), modal) => {
                self.message = Message::refused(why);
                self.modals.push(modal);
            }
            (Some(Done::Stay) | None, modal) => {
                if matches!(modal, Modal::Prompt(_)) {
                    let now = self.now().instant;
                    self.draft_due.get_or_insert(now.plus_millis(DRAFT_WAITS));
                }
                self.modals.push(modal);
            }
            (Some(Done::Close(effects)), Modal::Prompt(prompt)) if effects.is_empty() => self.leave(&prompt),
            (Some(Done::Close(mut effects)), modal) => {
                // An answer that is written ends its draft with what it writes.
                if let Modal::Prompt(prompt) = &modal
                    && let Some(typed) = effects.iter_mut().find_map(Effect::typed_mut)
                {
                    typed.push(prompt.question().draft_key());
                }
                // What could not be kept is asked on, with every character.
                let asks = matches!(modal, Modal::Prompt(_) | Modal::QuickScore(_));
                match (self.perform_all(effects, setting), modal) {
                    (Went::Stop, modal) if asks => {
                        let now = self.now().instant;
                        self.draft_due.get_or_insert(now.plus_millis(DRAFT_WAITS));
                        self.modals.push(modal);
                    }
                    (Went::On, Modal::Prompt(prompt)) => self.answered(&prompt),
                    _ => {}
                }
            }
        }
    }

    /// A question that was left: words stay until it is asked again.
    fn leave(&mut self, prompt: &Prompt) {
        if self.is_read_only() {
            return;
        }
        if prompt.is_empty() || !prompt.question().is_in_words() {
            return self.answered(prompt);
        }
        let saved_at = self.now().instant;
        let body = prompt.draft();
        let kept =
            self.store.put_draft(&Draft { key: body.key, saved_at, body: body.body }).and_then(|()| self.keep_asked());
        self.message = match kept {
            Ok(()) => Message::Said(format!("{}: what you typed is kept until this is asked again", prompt.title())),
            Err(error) => return self.fail(&error, "what you typed here may not be kept"),
        };
    }

    /// Of a question that was answered, or left without words, no draft is left.
    fn answered(&mut self, prompt: &Prompt) {
        if self.is_read_only() {
            return;
        }
        let dropped = self.store.drop_draft(&prompt.question().draft_key());
        if let Err(error) = dropped.and_then(|()| self.keep_asked()) {
            self.fail(&error, "only what was typed may come back when this is asked again");
        }
    }

    /// Keeps what is typed in the question over the screens, and which one is open.
    pub(super) fn keep_asked(&mut self) -> Result<(), StoreError> {
        let open = self.modals.iter().rev().find_map(|modal| match modal {
            Modal::Prompt(prompt) => Some(prompt.draft()),
            _ => None,
        });
        let asked = open.map_or_else(Asked::default, |draft| Asked { subject: draft.key.subject, body: draft.body });
        if asked == self.asked_kept {
            return Ok(());
        }
        if !asked.subject.is_empty() {
            let (key, body) = (DraftKey::of(QUESTION_FORM, &asked.subject), asked.body.clone());
            let saved_at = self.now().instant;
            self.store.put_draft(&Draft { key, saved_at, body })?;
        }
        if asked.subject != self.asked_kept.subject {
            self.store.keep_machine_value(ASKED, &asked.subject)?;
        }
        self.asked_kept = asked;
        Ok(())
    }

    /// Asks what was asked when the program ended or the record was locked.
    pub(super) fn ask_again(&mut self, setting: &Setting) {
        let Ok(Some(subject)) = self.store.machine_value(ASKED) else { return };
        let Some(question) = Question::read(&subject) else { return };
        let Ok(Some(draft)) = self.store.draft(&DraftKey::of(QUESTION_FORM, &subject)) else { return };
        let about = serde_json::from_str::<Typed>(&draft.body).map(|typed| typed.about).unwrap_or_default();
        self.asked_kept = Asked { subject, body: draft.body };
        match self.purpose(&question, setting) {
            Ok(Some(purpose)) => self.show(Modal::Prompt(Box::new(Prompt::new(purpose, about)))),
            Ok(None) => self.complete_again(setting),
            Err(error) => self.fail(&error, "what you typed is there when this is asked again"),
        }
    }

    /// A question that a form asks while it is completed is asked by the form: what it would do without asking it does not.
    fn complete_again(&mut self, setting: &Setting) {
        let effects = self.with_env(setting, |screen, env| screen.surface_mut().command(Command::Complete, env));
        let shows = effects.flatten().into_iter().flatten().filter(|effect| matches!(effect, Effect::Show(_)));
        self.perform(shows.collect(), setting);
    }

    /// What a question needs to be asked again; none where its screen has to ask it, or what it was about is gone.
    fn purpose(&mut self, question: &Question, setting: &Setting) -> Result<Option<Purpose>, StoreError> {
        let visit = |id| Ok::<_, StoreError>(self.store.visit(id)?.map(Box::new));
        let follow = |ask| Purpose::Follow(Box::new(ask));
        Ok(match question {
            Question::GoToDate => Some(Purpose::GoToDate),
            Question::Move(id) => visit(*id)?.map(Purpose::Move),
            Question::Cancel(id) => visit(*id)?.map(Purpose::Cancel),
            Question::LetVisitGo(id) => visit(*id)?.map(Purpose::LetVisitGo),
            Question::Carry(OfItem { item, visit, day }) => {
                Some(Purpose::Carry { item: *item, visit: *visit, day: *day })
            }
            Question::LetGo(OfItem { item, visit, day }) => {
                Some(Purpose::LetGo { item: *item, visit: *visit, day: *day })
            }
            Question::RedFlag(assessment, patient) => {
                Some(Purpose::RedFlag { assessment: *assessment, patient: *patient })
            }
            Question::Screen(result, patient) => Some(Purpose::Screen { result: *result, patient: *patient }),
            Question::StopMedicine(patient, medicine) => self.stopping(*patient, *medicine, setting)?,
            Question::ActOnResult(id) => {
                let found = self.store.diagnostic_model(*id);
                found.ok().map(|(test, _)| Purpose::ActOnResult(Box::new(test)))
            }
            Question::ActOnUrine(id) => self.store.urine_test(*id)?.map(FollowAsk::ActOnUrine).map(follow),
            Question::BookReferral(id) => self.store.referral(*id)?.map(FollowAsk::BookReferral).map(follow),
            Question::ActOnReferral(id) => self.store.referral(*id)?.map(FollowAsk::ActOnReferral).map(follow),
            Question::PauseTaper(id) => self.store.taper(*id)?.map(FollowAsk::PauseTaper).map(follow),
            Question::EndTaper(id) => self.store.taper(*id)?.map(FollowAsk::EndTaper).map(follow),
            Question::ImportFile => Some(Purpose::ImportFile),
            Question::MendLine(patient, at, kind) => {
                Some(Purpose::MendLine { patient: *patient, at: *at, kind: *kind })
            }
            Question::NewLine(patient) => Some(Purpose::NewLine { patient: *patient }),
            Question::Caution(..) | Question::ImportDays | Question::ImportPattern | Question::SaveMapping => None,
        })
    }

    fn stopping(
        &mut self,
        patient: PatientId,
        medicine: MedicationId,
        setting: &Setting,
    ) -> Result<Option<Purpose>, StoreError> {
        let model = self.store.medicines_model(patient, self.now().today())?;
        let listed = model.file.facts.medications.items().iter().find(|one| one.id == medicine);
        let Some(line) = listed.map(|one| one.line.clone()) else { return Ok(None) };
        let with = self.with_env(setting, |_, env| plan_after(&model, &line, None, env)).unwrap_or_default();
        Ok(Some(Purpose::StopMedicine { patient, medicine, line, with }))
    }
}
