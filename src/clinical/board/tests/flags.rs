//! The flags of a row, and what a case of tomorrow misses.

use super::made::{Made, TODAY, day};
use crate::clinical::board::flags::missing_for;
use crate::clinical::board::{Flag, ItemKey};
use crate::clinical::patient::{Allergy, Antithrombotic, Capacity, Kidney, Known, PatientFile, Pregnancy, YesNo};
use crate::clinical::visit::VisitKind::{Block, FollowUp, Procedure};
use crate::clinical::visit::VisitState::{Booked, Cancelled, NoShow};

fn flags(made: &Made, key: ItemKey) -> Vec<Flag> {
    made.item(key).unwrap().flags
}

#[test]
fn each_fact_has_its_flag_and_unknown_is_not_none() {
    type Change = fn(&mut Made, &mut PatientFile);
    let cases: [(&str, Change, &[Flag]); 9] = [
        ("nothing known", |_, _| {}, &[]),
        ("none asked", |_, file| file.facts.allergies = Known::NoneOn(day(TODAY)), &[]),
        (
            "an allergy",
            |made, file| {
                let id = made.id();
                file.facts.allergies =
                    Known::Listed(vec![Allergy { id, substance: "latex".to_owned(), reaction: None }], None);
            },
            &[Flag::Allergy],
        ),
        ("pregnant", |_, file| file.patient.pregnancy = Some((Pregnancy::Yes, day(TODAY))), &[Flag::Pregnant]),
        ("possibly", |_, file| file.patient.pregnancy = Some((Pregnancy::Possible, day(TODAY))), &[Flag::Pregnant]),
        ("not pregnant", |_, file| file.patient.pregnancy = Some((Pregnancy::No, day(TODAY))), &[]),
        ("dialysis", |_, file| file.patient.kidney = Some((Kidney::Dialysis, day(TODAY))), &[Flag::Kidney]),
        ("interpreter", |_, file| file.patient.interpreter = Some(YesNo::Yes), &[Flag::Interpreter]),
        ("somebody decides", |_, file| file.patient.capacity = Some(Capacity::Lacks), &[Flag::Decides]),
    ];
    for (name, change, expected) in cases {
        let mut made = Made::at("10:14");
        let mut file = made.patient("Okafor");
        change(&mut made, &mut file);
        let id = made.visit_of(&file, "10:00", FollowUp, Booked);
        assert_eq!(flags(&made, ItemKey::Assessment(id)), expected, "{name}");
    }
}

#[test]
fn antithrombotics_nobody_asked_about_are_a_flag_of_procedures_alone() {
    let mut made = Made::at("10:14");
    let drug = Antithrombotic { id: made.id(), drug: "apixaban".to_owned(), dose: None };
    for (known, follow_up, procedure) in [
        (Known::Unknown, vec![], vec![Flag::AnticoagulantUnknown]),
        (Known::NoneOn(day(TODAY)), vec![], vec![]),
        (
            Known::Listed(vec![drug], None),
            vec![Flag::Anticoagulant("apixaban".to_owned())],
            vec![Flag::Anticoagulant("apixaban".to_owned())],
        ),
    ] {
        let mut made = Made::at("10:14");
        let mut file = made.patient("Okafor");
        file.facts.antithrombotics = known.clone();
        let visit = made.visit_of(&file, "10:00", FollowUp, Booked);
        let session = made.visit_of(&file, "14:00", Procedure, Booked);
        assert_eq!(flags(&made, ItemKey::Assessment(visit)), follow_up, "{known:?}");
        assert_eq!(flags(&made, ItemKey::Procedure(session)), procedure, "{known:?}");
    }
}

#[test]
fn two_of_the_day_with_one_family_name_are_a_name_alert() {
    for (one, other, state, alert) in [
        ("Okafor", "OKAFOR", Booked, true),
        ("Müller", "Muller", Booked, true),
        ("Okafor", "Okafor-Berg", Booked, false),
        ("Okafor", "Okafor", NoShow, false),
        ("", "", Booked, false),
    ] {
        let mut made = Made::at("10:14");
        let (first, second) = (made.patient(one), made.patient(other));
        let id = made.visit_of(&first, "10:00", FollowUp, Booked);
        made.visit_of(&second, "14:00", FollowUp, state);
        assert_eq!(flags(&made, ItemKey::Assessment(id)).contains(&Flag::NameAlert), alert, "{one} {other} {state:?}");
    }
    let mut made = Made::at("10:14");
    let same = made.patient("Okafor");
    let id = made.visit_of(&same, "10:00", FollowUp, Booked);
    made.visit_of(&same, "14:00", Procedure, Booked);
    assert!(!flags(&made, ItemKey::Assessment(id)).contains(&Flag::NameAlert), "twice the same patient");
}

#[test]
fn an_overlap_is_shown_on_both() {
    for (other, kind, state, overlap) in [
        ("10:10", FollowUp, Booked, true),
        ("10:20", FollowUp, Booked, false),
        ("10:10", FollowUp, Cancelled, false),
        ("10:10", Block, Booked, true),
    ] {
        let mut made = Made::at("09:00");
        let id = made.visit("10:00", FollowUp, Booked);
        made.visit(other, kind, state);
        assert_eq!(
            flags(&made, ItemKey::Assessment(id)).contains(&Flag::Overlap),
            overlap,
            "{other} {kind:?} {state:?}"
        );
    }
}

#[test]
fn the_frame_of_a_session_overlaps_with_nothing() {
    let mut made = Made::at("09:00");
    let (one, _) = (made.visit("10:00", FollowUp, Booked), made.visit("10:20", FollowUp, Booked));
    let frame = made.visit("08:00", Block, Booked);
    made.record(frame).visit.minutes = 240;
    assert!(!flags(&made, ItemKey::Assessment(one)).contains(&Flag::Overlap));
}

#[test]
fn who_was_found_by_the_bare_name_is_to_be_confirmed() {
    let mut made = Made::at("09:00");
    let id = made.visit("10:00", FollowUp, Booked);
    made.record(id).visit.patient_confirmed = false;
    assert_eq!(flags(&made, ItemKey::Assessment(id)), [Flag::PatientUnconfirmed]);
}

#[test]
fn the_most_urgent_flag_stands_first() {
    let mut made = Made::at("09:00");
    let mut file = made.patient("Okafor");
    let drug = Antithrombotic { id: made.id(), drug: "apixaban".to_owned(), dose: None };
    file.facts.antithrombotics = Known::Listed(vec![drug], None);
    file.patient.interpreter = Some(YesNo::Yes);
    file.patient.pregnancy = Some((Pregnancy::Yes, day(TODAY)));
    let id = made.visit_of(&file, "10:00", FollowUp, Booked);
    made.record(id).red_flag = true;
    assert_eq!(
        flags(&made, ItemKey::Assessment(id)),
        [Flag::RedFlag, Flag::Anticoagulant("apixaban".to_owned()), Flag::Pregnant, Flag::Interpreter]
    );
}

#[test]
fn a_case_of_tomorrow_says_what_it_misses() {
    for (kind, asked, reason, planned, sure, missing) in [
        (FollowUp, false, None, None, true, vec!["birth date"]),
        (Procedure, true, Some("TFESI"), None, true, vec!["birth date"]),
        (Procedure, true, None, Some("TFESI"), true, vec!["birth date"]),
        (
            Procedure,
            false,
            None,
            None,
            false,
            vec!["who it is", "birth date", "which procedure", "antithrombotics unasked", "allergies unasked"],
        ),
    ] {
        let mut made = Made::at("09:00");
        let id = made.visit("10:00", kind, Booked);
        let record = made.record(id);
        record.visit.reason = reason.map(str::to_owned);
        record.planned = planned.map(str::to_owned);
        record.visit.patient_confirmed = sure;
        if asked {
            let facts = &mut record.file.as_mut().unwrap().facts;
            facts.allergies = Known::NoneOn(day(TODAY));
            facts.antithrombotics = Known::NoneOn(day(TODAY));
        }
        assert_eq!(missing_for(record), missing, "{kind:?} {reason:?}");
    }
}
