//! Every screen over the made-up practice: what it shows after a change is what it would show opened anew.

use chrono_tz::Europe::Berlin;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::action::{Keymap, Write};
use crate::app::clock::Clock;
use crate::app::made_up::{Size, fill};
use crate::app::paths::Paths;
use crate::app::session::{Session, Setting};
use crate::clinical::id::{Ids, PatientId};
use crate::clinical::instrument::Catalogue;
use crate::clinical::reflection::{Reflection, ReflectionText};
use crate::clinical::time::{Instant, instant};
use crate::clinical::visit::VisitKind;
use crate::store::Store;
use crate::ui::env::Preferences;
use crate::ui::place::{FollowPlace, NotesLook, Place, TimelineLook, TrendsLook};
use crate::ui::theme::Look;
use crate::ui::widget::Canvas;

const SIZE: (u16, u16) = (160, 50);
/// The name a patient is given while the screen is open.
const NEW_NAME: &str = "Qwertz";

fn moment() -> Instant {
    instant("2026-11-24T10:14:00".parse().unwrap(), Berlin)
}

fn setting() -> Setting {
    let nowhere = std::path::PathBuf::from("nowhere");
    Setting {
        keymap: Keymap::default(),
        preferences: Preferences::default(),
        paths: Paths { record: nowhere.clone(), settings: nowhere.clone(), own: nowhere.clone(), runtime: nowhere },
        instruments: Catalogue::default(),
        demo: false,
        size: SIZE,
    }
}

fn session(setting: &Setting) -> Session {
    let clock = Clock::still(moment(), Berlin);
    let mut store = Store::in_memory(Ids::seeded(5), moment()).unwrap();
    fill(&mut store, 1, Size { patients: 72, days: 8, visits_a_day: 2 }, clock.now()).unwrap();
    let mut session = Session::open(store, None, clock, Ids::seeded(9), setting).unwrap();
    session.read_names();
    session
}

/// What stands on the screen above the line of messages.
fn shown(session: &Session, setting: &Setting) -> String {
    let area = Rect::new(0, 0, SIZE.0, SIZE.1);
    let mut buf = Buffer::empty(area);
    session.render(&mut Canvas::new(&mut buf, Look::default()), area, setting);
    let row = |y| (0..SIZE.0).map(|x| buf[(x, y)].symbol().to_owned()).collect::<String>() + "\n";
    (0..SIZE.1 - 2).map(row).collect()
}

/// A place, and the patient whose name stands there.
struct Found {
    place: Place,
    patient: PatientId,
}

/// One place of every kind of screen that stands on a patient.
fn places(session: &Session) -> Vec<Found> {
    let records = &session.day.records;
    let of = |kind| {
        let visit = records.visits.iter().map(|record| &record.visit).find(|visit| visit.kind == kind).unwrap();
        (visit.id, visit.patient.unwrap())
    };
    let ((seen, patient), (treated, treated_patient)) = (of(VisitKind::FollowUp), of(VisitKind::Procedure));
    let (check_in, called) = records.check_ins.first().unwrap();
    let visit = Some(seen);
    let of_patient = [
        Place::Week(records.date),
        Place::Close(records.date),
        Place::Chart(patient),
        Place::Trends { patient, look: TrendsLook::default() },
        Place::Timeline { patient, look: TimelineLook::default() },
        Place::Notes { patient, look: NotesLook::default() },
        Place::Jigsaw(patient),
        Place::Medicines(patient),
        Place::Diagnostics { patient, visit },
        Place::BringIn(patient),
        Place::Follow(FollowPlace::Monitoring { patient, visit }),
        Place::Follow(FollowPlace::Referrals { patient, visit }),
        Place::Follow(FollowPlace::Handouts { patient, visit }),
        Place::Follow(FollowPlace::Tapers { patient, visit }),
        Place::Assessment(seen),
        Place::Plan(patient),
        Place::Vitals(patient),
        Place::OpioidContext(patient),
        Place::Medicine { patient, medicine: None },
        Place::NewDiagnostic { patient, visit },
        Place::Follow(FollowPlace::NewUrine { patient, visit }),
        Place::Follow(FollowPlace::NewReferral { patient, visit, plan: None }),
        Place::Follow(FollowPlace::NewTaper { patient, visit }),
        Place::Follow(FollowPlace::CareTeam(patient)),
    ];
    let mut all: Vec<Found> = of_patient.into_iter().map(|place| Found { place, patient }).collect();
    all.push(Found { place: Place::Procedure(treated), patient: treated_patient });
    all.push(Found { place: Place::CheckIn(check_in.id), patient: called.patient.id });
    all
}

/// Gives a patient another name, as another window could.
fn rename(session: &mut Session, patient: PatientId, family: &str) {
    let mut patient = session.store.patient_file(patient).unwrap().unwrap().patient;
    family.clone_into(&mut patient.family);
    let write = Write::PutPatient { patient, facts: None, is_new: false };
    session.store.commit(write, session.clock.now()).unwrap();
    session.reload_names();
}

#[test]
fn a_screen_shows_after_a_change_what_it_would_show_opened_anew() {
    let setting = setting();
    let mut session = session(&setting);
    for Found { place, patient } in places(&session) {
        let name = session.store.patient_file(patient).unwrap().unwrap().patient.family;
        session.open_place(place.clone(), &setting);
        assert_eq!(session.stack.len(), 2, "{place:?} is open");
        let before = shown(&session, &setting);
        rename(&mut session, patient, NEW_NAME);
        session.reload(&setting);
        let after = shown(&session, &setting);
        assert_ne!(before, after, "{place:?} follows the record");
        session.stack.pop();
        session.open_place(place.clone(), &setting);
        assert_eq!(after, shown(&session, &setting), "{place:?}");
        session.stack.pop();
        rename(&mut session, patient, &name);
        session.reload(&setting);
    }
}

#[test]
fn earlier_reflections_are_loaded_again_as_they_are_opened() {
    let setting = setting();
    let mut session = session(&setting);
    session.open_place(Place::Entries, &setting);
    assert!(!shown(&session, &setting).contains("│ 24 Nov 2026"));
    let (date, now) = (session.date(), session.now());
    let text = ReflectionText { text: "The long stairs.".to_owned(), ..ReflectionText::default() };
    let reflection = Reflection { id: session.ids.next(now.instant), date, text };
    session.store.commit(Write::PutReflection(reflection), now).unwrap();
    session.reload(&setting);
    let after = shown(&session, &setting);
    assert!(after.contains("│ 24 Nov 2026") && after.contains("2 of 5"), "{after}");
    session.stack.pop();
    session.open_place(Place::Entries, &setting);
    // Opened anew the newest is read; what was read when another came was left before the eyes.
    let anew = shown(&session, &setting);
    assert!(anew.contains("│ 24 Nov 2026") && anew.contains("1 of 5"), "{anew}");
}
