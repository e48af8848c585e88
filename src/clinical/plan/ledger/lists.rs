//! What the lists of the record add to the ledger: the medicines taken and stopped, referrals, handouts. What the plan or the
//! history speaks of already is completed there and stands once.

use super::{From, Standing, Treatments, Trial, came_of, highest, name_of};
use crate::clinical::education::HandoutGiven;
use crate::clinical::medicine_change::is_same_medicine;
use crate::clinical::models::StoppedMedicine;
use crate::clinical::patient::Medication;
use crate::clinical::plan::Modality;
use crate::clinical::referral::{Referral, Step};
use crate::clinical::since::Since;
use crate::clinical::text::fold;

/// Adds what the lists know.
pub(super) fn add(out: &mut Vec<Trial>, all: &Treatments) {
    for medicine in &all.taken {
        taken(out, medicine, all);
    }
    for medicine in &all.stopped {
        stopped(out, medicine, all);
    }
    for referral in &all.referrals {
        referred(out, referral);
    }
    for given in all.handouts.iter().rev() {
        handed_out(out, given);
    }
}

fn is_medicine(trial: &Trial, source: From, line: &str) -> bool {
    trial.source == source && trial.modality == Some(Modality::Medication) && is_same_medicine(&trial.what, line)
}

fn blank(modality: Modality, what: String, source: From) -> Trial {
    Trial {
        modality: Some(modality),
        what,
        from: None,
        to: None,
        best_dose: String::new(),
        effect_percent: None,
        expected_relief: None,
        why_stopped: String::new(),
        standing: Standing::Tried,
        source,
        problem: None,
        piece: None,
        story: Vec::new(),
    }
}

/// A medicine that is taken runs, whatever the plan says of it.
fn taken(out: &mut Vec<Trial>, medicine: &Medication, all: &Treatments) {
    let of_it = |change: &&crate::clinical::medicine_change::DoseChange| change.medicine == medicine.id;
    let changes: Vec<_> = all.doses.iter().filter(of_it).collect();
    let began = medicine.started.map(Since::Day);
    if let Some(trial) = out.iter_mut().find(|trial| is_medicine(trial, From::Plan, &medicine.line)) {
        trial.standing = Standing::Running;
        trial.to = None;
        trial.why_stopped.clear();
        trial.from = earlier(trial.from, began);
        trial.best_dose = highest(&[trial.best_dose.as_str(), medicine.line.as_str()]);
        return;
    }
    let first = changes.first().map_or(medicine.line.as_str(), |change| change.was.as_str());
    let mut story: Vec<_> = began.map(|on| (on, format!("medicines: {first} begun"))).into_iter().collect();
    story.extend(
        changes.iter().map(|change| (Since::Day(change.on), format!("medicines: {} to {}", change.was, change.became))),
    );
    let doses = changes.iter().flat_map(|change| [change.was.as_str(), change.became.as_str()]);
    let doses: Vec<&str> = doses.chain([medicine.line.as_str()]).collect();
    out.push(Trial {
        from: began,
        best_dose: highest(&doses),
        standing: Standing::Running,
        story,
        ..blank(Modality::Medication, name_of(&medicine.line), From::Medicines)
    });
}

fn earlier(one: Option<Since>, other: Option<Since>) -> Option<Since> {
    match (one, other) {
        (Some(one), Some(other)) if other.first_day() < one.first_day() => Some(other),
        (Some(one), _) => Some(one),
        (None, other) => other,
    }
}

/// A medicine that was taken once. The plan or the history may say the same already.
fn stopped(out: &mut Vec<Trial>, medicine: &StoppedMedicine, all: &Treatments) {
    let (line, on) = (medicine.line.as_str(), Since::Day(medicine.stopped));
    let because = if medicine.reason.is_empty() { String::new() } else { format!(", {}", medicine.reason) };
    let end = (on, format!("medicines: {line} stopped{because}"));
    let is_taken = all.taken.iter().any(|one| is_same_medicine(&one.line, line));
    let began_before = |trial: &Trial| trial.from.is_none_or(|from| from.first_day() <= on.first_day());
    let of_plan = out.iter_mut().find(|trial| is_medicine(trial, From::Plan, line));
    if let Some(trial) = of_plan.filter(|trial| began_before(trial)) {
        if is_taken {
            return;
        }
        if matches!(trial.standing, Standing::Running | Standing::Planned) {
            trial.standing = came_of(None, trial.effect_percent);
            trial.to = Some(on);
            trial.story.push(end);
        }
        keep_reason(trial, medicine);
        return;
    }
    let same_year =
        |trial: &Trial| trial.to.is_none_or(|to| to.show().ends_with(&medicine.stopped.format("%Y").to_string()));
    let of_history = out.iter_mut().find(|trial| is_medicine(trial, From::History, line) && same_year(trial));
    if let Some(trial) = of_history {
        if trial.to.is_none() {
            trial.to = Some(on);
            trial.story.push(end);
        }
        keep_reason(trial, medicine);
        return;
    }
    let began = medicine.started.map(Since::Day);
    out.push(Trial {
        from: began,
        to: Some(on),
        best_dose: highest(&[line]),
        why_stopped: medicine.reason.clone(),
        story: began.map(|on| (on, format!("medicines: {line} begun"))).into_iter().chain([end]).collect(),
        ..blank(Modality::Medication, name_of(line), From::Medicines)
    });
}

fn keep_reason(trial: &mut Trial, medicine: &StoppedMedicine) {
    if trial.why_stopped.is_empty() {
        trial.why_stopped.clone_from(&medicine.reason);
    }
}

/// A referral of the plan tells how far its piece has come; one without a piece stands for itself.
fn referred(out: &mut Vec<Trial>, referral: &Referral) {
    let said = |on: Option<chrono::NaiveDate>, words: String| on.map(|on| (Since::Day(on), words));
    let answer = if referral.answer.is_empty() { String::new() } else { format!(": {}", referral.answer) };
    let seen = format!("referral to {}: seen{answer}", referral.to);
    let mut story: Vec<_> = [
        said(Some(referral.written), format!("referral to {}: written", referral.to)),
        said(referral.sent, format!("referral to {}: sent", referral.to)),
        said(referral.seen, seen),
    ]
    .into_iter()
    .flatten()
    .collect();
    let standing = match referral.step() {
        Step::Written => Standing::Planned,
        Step::Sent | Step::Booked | Step::Seen | Step::Read => Standing::Running,
        // Nobody was seen: nothing was tried.
        Step::LetGo if referral.seen.is_none() => return,
        Step::ActedOn | Step::LetGo => Standing::Tried,
    };
    if !referral.action.is_empty() {
        let last = referral.seen.or(referral.appointment).or(referral.sent).unwrap_or(referral.written);
        story.push((Since::Day(last), format!("done about it: {}", referral.action)));
    }
    let from = Some(Since::Day(referral.sent.unwrap_or(referral.written)));
    let of_plan = out.iter_mut().find(|trial| trial.piece.is_some() && trial.piece == referral.piece);
    if let Some(trial) = of_plan {
        trial.story.extend(story);
        if matches!(trial.standing, Standing::Planned | Standing::Running) {
            trial.standing = standing;
        }
        trial.from = trial.from.or(from.filter(|_| standing != Standing::Planned));
        return;
    }
    out.push(Trial {
        from,
        to: referral.seen.map(Since::Day).filter(|_| standing == Standing::Tried),
        standing,
        story,
        ..blank(Modality::Referral, referral.to.clone(), From::Referral)
    });
}

/// A handout that was given. Not said back is to be explained again.
fn handed_out(out: &mut Vec<Trial>, given: &HandoutGiven) {
    let on = Since::Day(given.on);
    let line = (on, format!("handout given: {}, {}", given.title(), given.teach_back_words()));
    let standing = if given.teach_back == Some(false) { Standing::Planned } else { Standing::Tried };
    let named = fold(&given.topic.replace('_', " "));
    let is_it = |trial: &&mut Trial| match trial.source {
        From::Handout => trial.what == given.title(),
        From::Plan => trial.modality == Some(Modality::Education) && fold(&trial.what).starts_with(&named),
        From::History | From::Procedure | From::Elsewhere | From::Medicines | From::Referral => false,
    };
    if let Some(trial) = out.iter_mut().find(is_it) {
        trial.story.push(line);
        trial.from = trial.from.or(Some(on));
        if trial.source == From::Handout {
            trial.to = Some(on);
        }
        if trial.source == From::Handout || trial.standing == Standing::Planned {
            trial.standing = standing;
        }
        return;
    }
    out.push(Trial {
        from: Some(on),
        to: Some(on),
        standing,
        story: vec![line],
        ..blank(Modality::Education, given.title(), From::Handout)
    });
}
