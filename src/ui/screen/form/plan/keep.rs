//! Keeping the plan unchanged, on purpose.

use crate::action::Write;
use crate::clinical::board::DayRecords;
use crate::clinical::draft::{DraftKey, PLAN_FORM};
use crate::clinical::id::PatientId;
use crate::clinical::models::PlanModel;
use crate::clinical::plan::Plan;
use crate::clinical::time::show_date;
use crate::ui::effect::Effect;
use crate::ui::env::Env;
use crate::ui::modal::{Choice, Choose, Modal};

/// What keeping the plan unchanged writes; `None` where there is no plan to keep.
pub fn keep(model: &PlanModel, env: &mut Env<'_>) -> Option<Vec<Effect>> {
    let last = model.last.as_ref()?;
    let plan = Plan {
        visit: model.visit.as_ref().map(|visit| visit.id),
        unchanged: true,
        items: last.items.clone(),
        targets: last.targets.clone(),
        options: last.options.clone(),
        ..Plan::new(env.ids.next(env.now.instant), last.patient, last.version + 1, env.now.instant)
    };
    let write = Write::SetPlan {
        plan,
        goals: model.file.facts.goals.clone(),
        answers: model.unanswered.clone(),
        booked: Vec::new(),
    };
    // What is typed in a plan above stays: it is kept before the form takes the record for its own.
    Some(vec![Effect::KeepDraft, Effect::write(write)])
}

/// What is said before a plan is kept unchanged while another one waits half-typed: none where none does.
pub fn waiting(patient: PatientId, records: &DayRecords) -> Option<String> {
    let draft = DraftKey::of(PLAN_FORM, patient);
    records.drafts.contains(&draft).then(|| "what was typed of the next plan waits, and stays".to_owned())
}

/// The question before a plan is kept, with what it keeps.
pub fn keep_choice(model: &PlanModel, effects: Vec<Effect>, env: &Env<'_>) -> Modal {
    let lines = model.last.iter().flat_map(|plan| &plan.items).map(|item| {
        let due = item.due.map(|due| format!("  {}", show_date(due))).unwrap_or_default();
        format!("{}{due}", item.what)
    });
    Modal::Choice(Choice {
        title: "Keep the plan unchanged".to_owned(),
        about: model.file.patient.list_name(),
        lines: lines.chain(waiting(model.file.patient.id, env.records)).collect(),
        options: vec![Choose::new('=', "keep it, as a version of its own", effects)],
        enter: true,
    })
}
