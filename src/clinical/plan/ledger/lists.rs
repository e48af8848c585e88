//! What the lists of the record add to the ledger: the medicines taken and stopped, referrals, handouts. What the plan or the
//! history speaks of already is completed there and stands once.

use chrono::NaiveDate;

use super::{From, Standing, Treatments, Trial, came_of, highest, name_of};
use crate::clinical::education::HandoutGiven;
use crate::clinical::medicine_change::{DoseChange, Named};
use crate::clinical::models::StoppedMedicine;
use crate::clinical::patient::Medication;
use crate::clinical::plan::Modality;
use crate::clinical::referral::{Referral, Step};
use crate::clinical::since::Since;
use crate::clinical::text::fold;

/// Adds what the lists know.
pub(super) fn add(out: &mut Vec<Trial>, all: &Treatments) {
    // Each line is read once: to read a medicine takes long.
    let is_medicine = |trial: &&Trial| trial.modality == Some(Modality::Medication);
    let named: Vec<Option<Named>> =
        out.iter().map(|trial| Some(trial).filter(is_medicine).map(|trial| Named::of(&trial.what))).collect();
    let listed: Vec<(&Medication, Named)> = all.taken.iter().map(|one| (one, Named::of(&one.line))).collect();
    for (medicine, name) in &listed {
        taken(out, &named, (medicine, name), all);
    }
    for medicine in &all.stopped {
        stopped(out, &named, medicine, &listed);
    }
    for referral in &all.referrals {
        referred(out, referral);
    }
    for given in all.handouts.iter().rev() {
        handed_out(out, given);
    }
}

/// The last trial of a medicine of which something is so: what was begun again stands behind what failed.
fn last_of<'a>(
    out: &'a mut [Trial],
    named: &[Option<Named>],
    (source, name): (From, &Named),
    is_so: impl Fn(&Trial) -> bool,
) -> Option<&'a mut Trial> {
    let is_it = |known: &Option<Named>| known.as_ref().is_some_and(|known| known.is_same(name));
    let mut all = out.iter_mut().zip(named).rev();
    all.find(|(trial, known)| trial.source == source && is_it(known) && is_so(trial)).map(|(trial, _)| trial)
}

/// Whether a trial ended before the list has the medicine begun.
fn ended_before(trial: &Trial, began: Option<NaiveDate>) -> bool {
    trial.to.and_then(Since::first_day).zip(began).is_some_and(|(to, began)| to < began)
}

/// A medicine that is taken runs, whatever the plan says of it; what failed before it was begun again stays as it was.
fn taken(out: &mut Vec<Trial>, named: &[Option<Named>], (medicine, name): (&Medication, &Named), all: &Treatments) {
    let of_it = |change: &&DoseChange| change.medicine == medicine.id;
    let changes: Vec<_> = all.doses.iter().filter(of_it).collect();
    let began = medicine.started.map(Since::Day);
    // Of the plan: what is planned, what runs, and what left it without a reason while it went on.
    let goes_on = |trial: &Trial| match trial.standing {
        Standing::Planned | Standing::Sleeping | Standing::Running => true,
        Standing::Tried | Standing::Helped | Standing::NotHelped => {
            trial.why_stopped.is_empty() && !ended_before(trial, medicine.started)
        }
        Standing::Given | Standing::Declined | Standing::Never | Standing::NotAsked | Standing::Harmed => false,
    };
    if let Some(trial) = last_of(out, named, (From::Plan, name), goes_on) {
        trial.standing = Standing::Running;
        trial.to = None;
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
        ..Trial::new(Some(Modality::Medication), name_of(&medicine.line), From::Medicines)
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
fn stopped(out: &mut Vec<Trial>, named: &[Option<Named>], medicine: &StoppedMedicine, listed: &[(&Medication, Named)]) {
    let (line, on) = (medicine.line.as_str(), Since::Day(medicine.stopped));
    let because = if medicine.reason.is_empty() { String::new() } else { format!(", {}", medicine.reason) };
    let end = (on, format!("medicines: {line} stopped{because}"));
    let name = Named::of(line);
    let rows = || listed.iter().filter(|(_, other)| other.is_same(&name)).map(|(one, _)| one);
    let is_begun_again = rows().any(|one| one.started.is_some_and(|from| from > medicine.stopped));
    // Something planned was planned on a day, though it has not begun.
    let opened = |trial: &Trial| trial.from.or_else(|| trial.story.first().map(|(on, _)| *on));
    let of_its_time = |trial: &Trial| {
        opened(trial).is_none_or(|from| from.first_day() <= on.first_day())
            && !ended_before(trial, medicine.started)
            && !(is_begun_again && trial.standing == Standing::Running)
    };
    if let Some(trial) = last_of(out, named, (From::Plan, &name), of_its_time) {
        let is_open = trial.standing == Standing::Running || trial.standing.is_ahead();
        if is_open && rows().next().is_some() {
            trial.story.push(end);
            trial.story.sort_by_key(|(on, _)| on.first_day());
            return;
        }
        if is_open {
            trial.standing = came_of(None, trial.effect_percent);
            trial.to = Some(on);
            trial.story.push(end);
        }
        keep_reason(trial, medicine);
        return;
    }
    let same_year =
        |trial: &Trial| trial.to.is_none_or(|to| to.show().ends_with(&medicine.stopped.format("%Y").to_string()));
    if let Some(trial) = last_of(out, named, (From::History, &name), same_year) {
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
        ..Trial::new(Some(Modality::Medication), name_of(line), From::Medicines)
    });
}

fn keep_reason(trial: &mut Trial, medicine: &StoppedMedicine) {
    if trial.why_stopped.is_empty() {
        trial.why_stopped.clone_from(&medicine.reason);
    }
}

/// A referral of the plan tells how far its piece has come; one without a piece stands for itself.
fn referred(out: &mut Vec<Trial>, referral: &Referral) {
    let said = |on: Option<NaiveDate>, words: String| on.map(|on| (Since::Day(on), words));
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
        if trial.standing == Standing::Running || trial.standing.is_ahead() {
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
        ..Trial::new(Some(Modality::Referral), referral.to.clone(), From::Referral)
    });
}

/// A handout that was given. Not said back is to be explained again.
fn handed_out(out: &mut Vec<Trial>, given: &HandoutGiven) {
    let on = Since::Day(given.on);
    let line = (on, format!("handout given: {}, {}", given.title(), given.teach_back_words()));
    let standing = if given.teach_back == Some(false) { Standing::Planned } else { Standing::Given };
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
        if trial.source == From::Handout || trial.standing.is_ahead() {
            trial.standing = standing;
        }
        return;
    }
    out.push(Trial {
        from: Some(on),
        to: Some(on),
        standing,
        story: vec![line],
        ..Trial::new(Some(Modality::Education), given.title(), From::Handout)
    });
}
