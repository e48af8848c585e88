//! The last values are one key away in every field of a form with a history, and what was copied forward says so.

mod assessment;
mod scales;

use super::check_in::CheckInSubject;
use super::session::SessionSubject;
use super::{FormScreen, Subject};
use crate::clinical::answer::Answer;
use crate::clinical::check_in::CheckInDone;
use crate::clinical::models::{CheckInModel, SessionModel};
use crate::clinical::patient::YesNo;
use crate::clinical::procedure::{Outcome, Procedure, ProcedureSession, Side, Target};
use crate::clinical::visit::{VisitKind, VisitState, Way};
use crate::form::AnyForm;
use crate::ui::effect::Effect;
use crate::ui::screen::testing::World;

/// Goes through every field, asking each for its last value.
fn taken_over<S: Subject>(world: &mut World, subject: S) -> FormScreen<S> {
    let (screen, seen) = walked(world, subject);
    assert!(seen > 4, "{seen}");
    screen
}

/// The same, and how many places there were.
fn walked<S: Subject>(world: &mut World, subject: S) -> (FormScreen<S>, usize) {
    let mut screen = FormScreen::open(subject, None, &world.env());
    let mut seen = Vec::new();
    while !seen.contains(&screen.form.pos()) {
        let at = screen.form.pos();
        seen.push(at);
        world.press(&mut screen, "Ctrl-T");
        if screen.form.pos() == at {
            world.press(&mut screen, "Tab");
        }
    }
    (screen, seen.len())
}

/// What completing the form writes.
fn written<S: Subject>(world: &mut World, screen: &mut FormScreen<S>) -> crate::action::Write {
    let effects = world.press(screen, "Ctrl-S");
    let write = effects.into_iter().find_map(|effect| match effect {
        Effect::Write(write, _) => Some(*write),
        _ => None,
    });
    write.unwrap_or_else(|| panic!("{}", world.show(screen)))
}

/// The fields of a struct as JSON, without these.
fn fields(value: &impl serde::Serialize, but: &[&str]) -> serde_json::Value {
    let mut all = serde_json::to_value(value).unwrap();
    for field in but {
        all.as_object_mut().unwrap().remove(*field);
    }
    all
}

fn session(world: &mut World, model: &SessionModel) -> ProcedureSession {
    let mut target = |level: &str, side| Target {
        id: world.id(),
        level: level.to_owned(),
        side: Some(side),
        outcome: Outcome::Stopped,
        reason: "vasovagal".to_owned(),
    };
    let targets = vec![target("L4/5", Side::Left), target("L5/S1", Side::Right)];
    let procedure = Procedure { id: world.id(), name: "Zwq technique".to_owned(), targets, problem: None };
    ProcedureSession {
        id: world.id(),
        visit: world.id(),
        patient: model.file.patient.id,
        date: "2026-10-27".parse().unwrap(),
        completed_at: world.now.instant,
        procedures: vec![procedure],
        before: Some(Answer::Given(7)),
        after: Some(Answer::Given(3)),
        text: "Prone, monitored.".to_owned(),
    }
}

fn session_model(world: &mut World, planned: &str) -> SessionModel {
    let file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
    let id = world.visit("10:00", VisitKind::Procedure, VisitState::InRoom, &file, "facets", &[]);
    world.load();
    let visit = world.record(id).visit.clone();
    let mut model = SessionModel {
        visit,
        file,
        current: None,
        last: None,
        planned: Some(planned.to_owned()),
        planned_for: None,
        expected: None,
        check_in: None,
        plan: None,
        trend: Vec::new(),
    };
    model.last = Some(session(world, &model));
    model
}

#[test]
fn a_procedure_takes_over_everything_but_what_came_of_it() {
    let mut world = World::at("2026-11-24T10:14");
    let model = session_model(&mut world, "Zwq technique");
    let screen = taken_over(&mut world, SessionSubject { model: model.clone() });
    let draft = screen.form.value().clone();
    assert_eq!((draft.before, draft.after), (Some(Answer::Given(7)), Some(Answer::Given(3))));
    assert_eq!(draft.text, "Prone, monitored.");
    let typed_ahead = &draft.targets[0];
    assert_eq!(
        (typed_ahead.procedure.as_str(), typed_ahead.outcome),
        ("Zwq technique", None),
        "rows are there already"
    );
    let last = SessionSubject { model: model.clone() }.previous().unwrap().value.targets;
    let rows: Vec<_> = last.iter().map(|row| (row.level.as_str(), row.outcome, row.reason.as_str())).collect();
    assert_eq!(rows, [("L4/5", None, ""), ("L5/S1", None, "")]);

    // What was copied forward is said in the record, and marked when it is opened again.
    let mut draft = draft;
    draft.targets.iter_mut().for_each(|row| row.outcome = Some(Outcome::Done));
    screen.subject.carry(&mut draft, screen.form.taken());
    let effects = screen.subject.finish(&draft, &mut world.env()).unwrap();
    let text = effects.iter().find_map(|effect| match effect {
        Effect::Write(write, _) => match &**write {
            crate::action::Write::CompleteSession { session, .. } => Some(session.text.clone()),
            _ => None,
        },
        _ => None,
    });
    let text = text.unwrap();
    assert!(text.starts_with("Prone, monitored.\nCopied forward from 27 Oct 2026: "), "{text}");
    for part in ["pain before", "pain after", "what happened"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let kept = ProcedureSession { text, ..model.last.clone().unwrap() };
    let again = SessionSubject { model: SessionModel { current: Some(kept), ..model } };
    assert_eq!(again.start().text, "Prone, monitored.");
    assert!(again.carried().contains(&"text".to_owned()));
}

#[test]
fn a_check_in_takes_over_everything_but_what_is_asked_anew() {
    let mut world = World::at("2026-11-24T10:14");
    let file = world.patient("NGUYEN Linh 1988-05-09 F A-1042");
    let check_in = world.check_in("Facet joint injection", 0, &file);
    let last = CheckInDone {
        at: world.now.instant,
        way: Way::Video,
        pain: Some(Answer::Given(4)),
        relief_percent: Some(60),
        red_flag: Some(YesNo::No),
        understood: Some(YesNo::Yes),
        complication: "bruise".to_owned(),
        note: "Walks again.".to_owned(),
        next_contact: Some("2026-11-27".parse().unwrap()),
    };
    let last = Some(("2026-11-20".parse().unwrap(), last));
    let model = CheckInModel { check_in, file, session: None, expected: None, plan: None, trend: Vec::new(), last };
    let subject = CheckInSubject { model };
    let expected = subject.previous().unwrap().value;
    let mut screen = taken_over(&mut world, subject);
    let draft = screen.form.value();
    assert_eq!(fields(draft, &["carried"]), fields(&expected, &["carried"]));
    assert_eq!((draft.red_flag, draft.understood, draft.next_contact), (None, None, None));
    assert_eq!((draft.pain, draft.relief_percent, draft.way), (Some(Answer::Given(4)), Some(60), Some(Way::Video)));
    let effects = world.press(&mut screen, "Ctrl-S");
    let note = effects.iter().find_map(|effect| match effect {
        Effect::Write(write, _) => match &**write {
            crate::action::Write::PutCheckIn { check_in, .. } => check_in.done.as_ref().map(|done| done.note.clone()),
            _ => None,
        },
        _ => None,
    });
    let expected = "Walks again.\nCopied forward from 20 Nov 2026: pain now, relief, complication, anything else, how.";
    assert_eq!(note.as_deref(), Some(expected));
}
