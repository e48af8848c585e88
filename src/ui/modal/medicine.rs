//! What follows from a prompt about a medicine: the reason why it is given, or why it is stopped.

use super::prompt::Purpose;
use crate::action::medicine::KeptReason;
use crate::action::{MedicineWrite, Write};
use crate::clinical::medicine_change::is_same_medicine;
use crate::clinical::plan::{ItemState, Modality};
use crate::ui::effect::Effect;
use crate::ui::env::Env;

/// The plan that follows the list keeps the same reason.
fn with_reason(write: Write, line: &str, why: &str) -> Write {
    let Write::SetPlan { mut plan, goals, answers, booked } = write else { return write };
    for item in &mut plan.items {
        let is_it = item.modality == Modality::Medication && is_same_medicine(&item.what, line);
        if is_it && item.state == ItemState::Stopped && item.why.is_empty() {
            why.trim().clone_into(&mut item.why);
        }
    }
    Write::SetPlan { plan, goals, answers, booked }
}

/// What is kept with the reason that was typed; an empty one is kept as none given.
pub(super) fn acts(purpose: &Purpose, text: &str, env: &mut Env<'_>) -> Vec<Effect> {
    match purpose {
        Purpose::Caution { write, patient, caution, draft } => {
            let (id, on) = (env.ids.next(env.now.instant), env.now.today());
            let kept = KeptReason { id, caution: caution.clone(), reason: text.to_owned() };
            let reason = Write::Medicine(MedicineWrite::Reason { patient: *patient, kept, on });
            vec![Effect::complete((**write).clone().with(vec![reason]), draft.clone()), Effect::Back]
        }
        Purpose::StopMedicine { patient, medicine, line, with } => {
            let write = MedicineWrite::Stop {
                patient: *patient,
                medicine: *medicine,
                line: line.clone(),
                on: env.now.today(),
                reason: text.to_owned(),
            };
            let with = with.iter().map(|write| with_reason(write.clone(), line, text)).collect();
            vec![Effect::write(Write::Medicine(write).with(with))]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::plan::{Plan, PlanItem};
    use crate::ui::screen::testing::World;

    #[test]
    fn the_plan_keeps_the_reason_why_a_medicine_of_the_list_was_stopped() {
        let mut world = World::at("2026-11-24T10:14");
        let file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
        let mut item = |what: &str, state, why: &str| PlanItem {
            state,
            why: why.to_owned(),
            ..PlanItem::new(world.id(), Modality::Medication, what)
        };
        let items = vec![
            item("Gabapentin 300 mg", ItemState::Stopped, ""),
            item("Gabapentin 100 mg", ItemState::Stopped, "too weak"),
            item("Duloxetine 30 mg", ItemState::Active, ""),
        ];
        let at = world.now.instant;
        let plan = Plan { items, ..Plan::new(world.id(), file.patient.id, 2, at) };
        let write = Write::SetPlan { plan, goals: Vec::new(), answers: Vec::new(), booked: Vec::new() };
        let Write::SetPlan { plan, .. } = with_reason(write, "Neurontin 300 mg 1-1-1", " drowsy ") else {
            unreachable!("a plan stays a plan")
        };
        assert_eq!(plan.items.iter().map(|item| item.why.as_str()).collect::<Vec<_>>(), ["drowsy", "too weak", ""]);
    }
}
