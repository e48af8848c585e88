//! What is written of one visit: scores and assessment, plan, procedure, check-in, task.

use chrono::{Datelike, Days, NaiveDate};

use super::course::about;
use super::dice::Dice;
use super::people::Person;
use super::words;
use crate::action::Write;
use crate::action::write::TaskChange;
use crate::clinical::answer::Answer;
use crate::clinical::asked::Asked;
use crate::clinical::assessment::{Assessment, RedFlags};
use crate::clinical::check_in::{CheckIn, CheckInDone};
use crate::clinical::id::{AssessmentId, PieceId, PlanId, SessionId, part_of};
use crate::clinical::patient::YesNo;
use crate::clinical::plan::target::{Aim, Measured, PlanTarget};
use crate::clinical::plan::{Books, ItemState, Modality, Plan, PlanItem, PlanOption};
use crate::clinical::procedure::{Outcome, Procedure, ProcedureSession, Target, usual_check_in};
use crate::clinical::provenance::{Given, How, Provenance, ReportedBy, initials_of};
use crate::clinical::red_flag::FlagAnswer;
use crate::clinical::score::{Score, ScoreItem, Scores};
use crate::clinical::task::{Owner, Task};
use crate::clinical::time::Instant;
use crate::clinical::visit::{Visit, VisitKind, Way};

/// A visit of a patient that is booked, with its reason.
pub fn booking(
    dice: &mut Dice,
    person: &Person,
    (date, start): (NaiveDate, chrono::NaiveTime),
    (kind, minutes): (VisitKind, u16),
    at: Instant,
) -> Visit {
    let mut visit = Visit::booked(dice.id(at), Some(person.patient.id), date, start, kind);
    visit.minutes = minutes;
    visit.reason = Some(match kind {
        VisitKind::Procedure => {
            let (name, level, sided) = person.course.procedure;
            let side = if sided { about(" {side}", person.side) } else { String::new() };
            format!("{name} {level}{side}")
        }
        VisitKind::New | VisitKind::FollowUp | VisitKind::Block => person.course.reason.to_owned(),
    });
    visit
}

/// How much it hurts this patient on a day: their own level, in waves of months, and the day's chance.
pub fn pain_on(dice: &mut Dice, person: &Person, date: NaiveDate) -> u8 {
    let month = date.month0() + u32::from(person.pain) * 5;
    let wave = [0, 1, 1, 2, 1, 0, 0, 1, 2, 2, 1, 0][usize::try_from(month % 12).unwrap_or(0)];
    (person.pain + wave + dice.between(0, 2)).saturating_sub(2).min(10)
}

/// How what is asked in a visit is given: by the patient, spoken or on the phone.
pub fn given(way: Way, at: Instant) -> Provenance {
    let how = if way == Way::InPerson { How::Spoken } else { How::Phone };
    Given { how, by: ReportedBy::Patient }.at(at, initials_of(words::PHYSICIAN))
}

/// The answers of one visit, as a patient with this much pain gives them.
pub fn scores(dice: &mut Dice, pain: u8, at: Instant, way: Way) -> (Scores, Vec<Score>) {
    use ScoreItem::{Average, Least, Now, PegActivity, PegEnjoyment, PegPain, Worst};
    let mut near = |from: u8, to: u8| (pain + dice.between(from, to)).saturating_sub(1).min(10);
    let (now, peg) = (near(0, 2), [near(0, 2), near(0, 3), near(0, 3)]);
    let worst = pain.max(now).saturating_add(dice.between(0, 2)).min(10);
    let least = pain.min(now).saturating_sub(dice.between(1, 3));
    let mut answers = vec![(Now, now), (Average, pain), (Worst, worst), (Least, least)];
    if !dice.percent(15) {
        answers.extend([PegPain, PegEnjoyment, PegActivity].into_iter().zip(peg));
    }
    let given = given(way, at);
    let declined = if dice.percent(3) { Some(dice.below(answers.len())) } else { None };
    let (mut whole, mut rows) = (Scores::default(), Vec::with_capacity(answers.len()));
    for (n, (item, value)) in answers.into_iter().enumerate() {
        let answer = if declined == Some(n) { Answer::Declined } else { Answer::Given(value) };
        *whole.slot(item) = Some(answer);
        rows.push(Score::new(dice.id(at), item, answer, given.clone()));
    }
    (whole, rows)
}

/// A completed assessment of a visit.
pub fn assessment(
    dice: &mut Dice,
    person: &Person,
    visit: &Visit,
    treated: Option<SessionId>,
    at: Instant,
) -> (Assessment, Vec<Score>) {
    let pain = pain_on(dice, person, visit.date);
    let (scores, rows) = scores(dice, pain, at, visit.way);
    let course = person.course;
    let text = |text: &str| about(text, person.side);
    let id = dice.id(at);
    let asked = super::asked::asked(person, id, pain, (at, visit.way), visit.date, treated);
    let assessment = Assessment {
        scores,
        place: text(course.place),
        body: super::body::body(person, visit, pain),
        history: course.history(dice, person.side),
        examination: if visit.way == Way::InPerson { text(dice.pick(course.examinations)) } else { String::new() },
        impression: text(dice.pick(course.impressions)),
        red_flags: red_flags(dice, &asked),
        asked: Box::new(asked),
        ..Assessment::new(id, visit.id, person.patient.id, visit.date, at)
    };
    (assessment, rows)
}

/// As a whole: none present where all that were due were asked.
fn red_flags(dice: &mut Dice, asked: &Asked) -> Option<RedFlags> {
    let was_asked = !dice.percent(8);
    let all = !asked.red_flags.iter().any(|(_, answer)| *answer == FlagAnswer::NotAsked);
    (was_asked && all).then_some(RedFlags::NonePresent)
}

/// What a plan is made from.
#[derive(Debug)]
pub struct PlanFor<'a> {
    /// The visit in which it is set.
    pub visit: &'a Visit,
    /// The assessment it answers.
    pub answers: AssessmentId,
    /// Which version it is.
    pub version: u32,
    /// Whether it keeps the version before.
    pub unchanged: bool,
    /// A procedure visit it books.
    pub books: Option<Visit>,
}

/// A version of a plan.
pub fn plan(dice: &mut Dice, person: &Person, plan: PlanFor<'_>, at: Instant) -> Write {
    let PlanFor { visit, answers, version, unchanged, books } = plan;
    let id: PlanId = dice.id(at);
    let states = [ItemState::Active, ItemState::Active, ItemState::Changed, ItemState::Proposed];
    let mut items = Vec::new();
    if !unchanged {
        let skipped = dice.below(person.course.items.len() + 1);
        for (n, &(modality, what, next)) in person.course.items.iter().enumerate().filter(|(n, _)| *n != skipped) {
            let booked = books.as_ref().filter(|_| modality == Modality::Interventional);
            items.push(PlanItem {
                state: match (modality, states[dice.below(states.len())]) {
                    // Its answer came long ago: in a practice of thousands nothing of it is open.
                    (Modality::Referral, _) => ItemState::Completed,
                    // The next one is ahead; those that were done stand as procedures of their own.
                    (Modality::Interventional, _) => ItemState::Proposed,
                    // What was begun goes on: a piece is no proposal twice.
                    (_, ItemState::Proposed) if version == 1 => ItemState::Proposed,
                    _ => ItemState::Active,
                },
                next_step: about(next, person.side),
                due: booked.map(|visit| visit.date),
                piece: piece_of(person, n),
                expected_relief: (modality == Modality::Interventional).then_some([50, 60, 70, 80][n % 4]),
                books: booked.map(|_| Books::Procedure),
                booked: booked.map(|visit| visit.id),
                problem: person.problem.as_ref().map(|problem| problem.id),
                ..PlanItem::new(dice.id(at), modality, &about(what, person.side))
            });
        }
    }
    let plan = Plan { visit: Some(visit.id), unchanged, items, ..Plan::new(id, person.patient.id, version, at) };
    let mut plan = plan;
    if !unchanged && version % 2 == 1 {
        aims(dice, &mut plan, visit.date, at);
    }
    let goals = person.facts.goals.clone();
    Write::SetPlan { plan, goals, answers: vec![answers], booked: books.into_iter().collect() }
}

/// A piece of this patient's plan is the same in every version.
fn piece_of(person: &Person, n: usize) -> PieceId {
    let letter = ["a", "b", "c", "d", "e", "f"][n % 6];
    PieceId::from(part_of(person.patient.id, &format!("pie{letter}")))
}

/// What a plan aims at, and what was offered for it.
fn aims(dice: &mut Dice, plan: &mut Plan, from: NaiveDate, at: Instant) {
    let by = later(from, 84);
    plan.targets = vec![PlanTarget { id: dice.id(at), of: Measured::Peg, aim: Aim::To(35), from: None, by }];
    let mut option = |what: &str, chosen, why: &str| PlanOption {
        id: dice.id(at),
        what: what.to_owned(),
        chosen,
        why: why.to_owned(),
    };
    plan.options = vec![
        option("go on as it is", YesNo::No, "sleep is not good enough"),
        option("exercise first, procedure if that is not enough", YesNo::Yes, "wants to try without a needle"),
    ];
}

/// A completed procedure with the check-in it makes due; the check-in is done where a moment is given.
pub fn session(dice: &mut Dice, person: &Person, visit: &Visit, at: Instant, checked: Option<Instant>) -> Write {
    let (name, level, sided) = person.course.procedure;
    let before = pain_on(dice, person, visit.date).max(2);
    let after = before.saturating_sub(dice.between(1, 5));
    let outcome = if dice.percent(4) { Outcome::Partly } else { Outcome::Done };
    let reason = if outcome == Outcome::Partly { "pain on the second needle".to_owned() } else { String::new() };
    let side = sided.then_some(person.side);
    let targets = level.split(", ").map(|level| Target {
        id: dice.id(at),
        level: level.to_owned(),
        side,
        outcome,
        reason: reason.clone(),
    });
    let targets = targets.collect();
    let session = ProcedureSession {
        id: dice.id(at),
        visit: visit.id,
        patient: person.patient.id,
        date: visit.date,
        completed_at: at,
        procedures: vec![Procedure {
            id: dice.id(at),
            name: name.to_owned(),
            targets,
            problem: person.problem.as_ref().map(|problem| problem.id),
        }],
        before: Some(Answer::Given(before)),
        after: Some(Answer::Given(after)),
        text: dice.pick(words::PROCEDURE_TEXTS).to_owned(),
    };
    let check_in = CheckIn {
        id: dice.id(at),
        patient: person.patient.id,
        session: Some(session.id),
        visit: Some(visit.id),
        about: format!("{}, {}", session.summary(), crate::clinical::time::show_date(visit.date)),
        due: usual_check_in(visit.date),
        owner: if dice.percent(30) { Owner::Nurse } else { Owner::Me },
        attempts: dice.between(0, 2),
        done: checked.map(|at| check_in_done(dice, after, at)),
        let_go: None,
    };
    Write::CompleteSession { session, check_in: Some(check_in), again: false }
}

/// What a check-in found, the day after pain was so.
pub fn check_in_done(dice: &mut Dice, pain: u8, at: Instant) -> CheckInDone {
    CheckInDone {
        at,
        way: Way::Phone,
        pain: Some(Answer::Given(pain)),
        relief_percent: Some(dice.between(2, 9) * 10),
        red_flag: Some(YesNo::No),
        understood: Some(YesNo::Yes),
        complication: String::new(),
        note: dice.pick(words::CHECK_INS).to_owned(),
        next_contact: None,
    }
}

/// A task out of a visit, done where a moment is given.
pub fn task(dice: &mut Dice, person: &Person, visit: &Visit, at: Instant, done_at: Option<Instant>) -> Write {
    let (kind, what) = words::TASKS[dice.below(words::TASKS.len())];
    let task = Task {
        id: dice.id(at),
        patient: Some(person.patient.id),
        visit: Some(visit.id),
        kind,
        what: what.to_owned(),
        due: Some(later(visit.date, u64::from(dice.between(1, 5)))),
        owner: words::owner(dice.below(5)),
        caught_at: at,
        done_at,
        result: if done_at.is_some() { "done".to_owned() } else { String::new() },
        let_go: None,
    };
    Write::PutTask { task, change: if done_at.is_some() { TaskChange::Done } else { TaskChange::Caught } }
}

/// So many days later.
pub fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}
