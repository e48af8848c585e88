//! What follows from a prompt about a medicine: the reason why it is given, or why it is stopped.

use super::prompt::Purpose;
use crate::action::MedicineWrite;
use crate::action::medicine::KeptReason;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::screen::form::medicine::{MEDICINE_FORM, together};

/// What is kept with the reason that was typed; an empty one is kept as none given.
pub(super) fn acts(purpose: &Purpose, text: &str, env: &mut Env<'_>) -> Vec<Effect> {
    match purpose {
        Purpose::Caution { write, caution, with, draft } => {
            let mut write = (**write).clone();
            let id = env.ids.next(env.now.instant);
            if let MedicineWrite::Put { reason, .. } = &mut write {
                *reason = Some(KeptReason { id, caution: caution.clone(), reason: text.to_owned() });
            }
            let drop = Effect::DropDraft { form: MEDICINE_FORM.to_owned(), subject: draft.clone() };
            vec![Effect::write(together(write, with.clone())), drop, Effect::Back]
        }
        Purpose::StopMedicine { patient, medicine, line, with } => {
            let write = MedicineWrite::Stop {
                patient: *patient,
                medicine: *medicine,
                line: line.clone(),
                on: env.now.today(),
                reason: text.to_owned(),
            };
            vec![Effect::write(together(write, with.clone()))]
        }
        _ => Vec::new(),
    }
}
