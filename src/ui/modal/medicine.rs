//! What follows from a prompt about a medicine: the reason why it is given, or why it is stopped.

use super::prompt::Purpose;
use crate::action::medicine::KeptReason;
use crate::action::{MedicineWrite, Write};
use crate::ui::effect::Effect;
use crate::ui::env::Env;

/// What is kept with the reason that was typed; an empty one is kept as none given.
pub(super) fn acts(purpose: &Purpose, text: &str, env: &mut Env<'_>) -> Vec<Effect> {
    match purpose {
        Purpose::Caution { write, patient, caution, draft: (form, subject) } => {
            let (id, on) = (env.ids.next(env.now.instant), env.now.today());
            let kept = KeptReason { id, caution: caution.clone(), reason: text.to_owned() };
            let reason = Write::Medicine(MedicineWrite::Reason { patient: *patient, kept, on });
            let drop = Effect::DropDraft { form: (*form).to_owned(), subject: subject.clone() };
            vec![Effect::write((**write).clone().with(vec![reason])), drop, Effect::Back]
        }
        Purpose::StopMedicine { patient, medicine, line, with } => {
            let write = MedicineWrite::Stop {
                patient: *patient,
                medicine: *medicine,
                line: line.clone(),
                on: env.now.today(),
                reason: text.to_owned(),
            };
            vec![Effect::write(Write::Medicine(write).with(with.clone()))]
        }
        _ => Vec::new(),
    }
}
