//! What helps while one types: completion, phrases, a name passed on, a free time proposed; and what a draft holds that the
//! form has no field for any more.

use super::*;
use daysheet::clinical::draft::{ASSESSMENT_FORM, DraftKey};
use daysheet::clinical::medicine;
use daysheet::clinical::patient::Known;
use daysheet::clinical::time::show_time;
use daysheet::store::Draft;

#[test]
fn a_medicine_is_completed_by_its_brand_and_known_to_the_hold_table() {
    let office = Office::with(&[("08:00", "Okafor", "TFESI L5 left", VisitKind::Procedure)]);
    let mut day = office.open_board(LARGE);
    day.keys("3p");
    day.wait_for("OKAFOR Test");
    day.keys("e");
    day.wait_for("Antithrombotics");
    day.keys("<PgDn><PgDn><PgDn>");
    day.wait_for("l listed, reviewed today");
    day.keys("leliq");
    day.wait_for("Eliquis (apixaban)");
    // What is typed stays until something is chosen.
    day.keys("<Down><Enter>5 mg twice daily");
    day.wait_for("apixaban, anticoagulant by mouth");
    day.keys("<Enter>a herb from home");
    day.wait_for("not recognised, not checked; hold unknown");
    day.keys("<Ctrl-S>");
    day.wait_for("kept 09:00");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);

    let store = office.store(Mode::Read);
    let id = store.patient_names().unwrap()[0].id;
    let file = store.patient_file(id).unwrap().unwrap();
    let Known::Listed(listed, Some(_)) = &file.facts.antithrombotics else {
        panic!("{:?}", file.facts.antithrombotics);
    };
    let known: Vec<(&str, usize)> =
        listed.iter().map(|one| (one.drug.as_str(), medicine::antithrombotics_meant_by(&one.drug).len())).collect();
    assert_eq!(known, [("Eliquis (apixaban)", 1), ("a herb from home", 0)]);
}

#[test]
fn phrases_unfold_with_what_the_chart_knows_and_faulty_ones_are_told_at_the_start() {
    let office = Office::with_follow_ups(&[("08:00", "OKAFOR", "back, left leg")]);
    office.set("");
    let own = "mine = \"For {reason}, PEG {peg}, last seen {last}. Wants ***.\"\nbroken = 7\n";
    std::fs::write(office.home.path().join("phrases.toml"), own).unwrap();
    let mut day = office.open_board(LARGE);
    day.wait_for("phrases.toml, line 2, column 10");
    day.keys("<Enter>");
    day.wait_for("PEG, past week");
    // Five scores that are not asked here, then PEG.
    day.keys("<Tab><Tab><Tab><Tab>666<PgDn><PgDn>");
    day.wait_for("History: what changed");
    day.keys(".mi");
    day.wait_for("For {reason}");
    day.keys("ne ");
    day.wait_for("For back, left leg, PEG 6.0, last seen 27 Oct 2026. Wants");
    day.keys("to garden<Tab>");
    day.wait_for("Wants to garden.");
    day.keys("<Ctrl-P>phrases");
    day.wait_for("what a dot and a word become");
    day.keys("<Enter>");
    day.wait_for("line 2, column 10");
    day.wait_for(".mine");
    day.keys("<Esc><Esc>");
    day.wait_for("Morning · Assessments");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn text_without_a_field_is_shown_and_stays_until_the_form_is_complete() {
    let office = Office::with(&[("08:00", "Okafor", "back", VisitKind::FollowUp)]);
    {
        let mut store = office.store(Mode::Write);
        let visit = store.board_records(today(), now(), true).unwrap().visits[0].visit.id;
        let body = r#"{"form":"assessment","ver":1,"value":{"history":"slept badly","withdrawn":"ice helped"},
            "bad":[[{"id":"no longer there"},"about seven","not a number"]]}"#;
        let key = DraftKey::of(ASSESSMENT_FORM, visit);
        store.put_draft(&Draft { key, saved_at: now().instant, body: body.to_owned() }).unwrap();
        store.close().unwrap();
    }
    let mut day = office.open_board(LARGE);
    for _ in 0..2 {
        day.keys("<Enter>");
        day.wait_for("Typed earlier");
        day.wait_for("ice helped");
        day.wait_for("about seven");
        day.keys("<Esc>");
        day.wait_for("slept badly");
        // Going on with the form loses neither.
        day.keys("7<Esc>");
        day.wait_for("Morning · Assessments");
    }
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_new_patient_from_find_has_the_name_that_was_looked_for() {
    let office = Office::new();
    let mut day = office.open_board(LARGE);
    day.keys("/");
    day.wait_for("Find");
    day.keys("Adaeze Okafor<Enter>");
    day.wait_for("New patient");
    day.wait_for("Okafor");
    day.keys("<Ctrl-S>");
    day.wait_for("kept 09:00");
    day.keys("<Esc>Q");
    assert_eq!(day.exit_code(), 0);
    assert_eq!(patients(&office.store(Mode::Read)).pop().unwrap().1, "OKAFOR Adaeze");
}

#[test]
fn a_planned_procedure_is_booked_at_the_first_free_time_of_its_day() {
    let office = Office::with(&[
        ("08:00", "Okafor", "back", VisitKind::FollowUp),
        ("13:30", "Hale", "knee", VisitKind::Procedure),
        ("15:30", "Ng", "hip", VisitKind::Procedure),
    ]);
    let mut day = office.open_board(LARGE);
    day.keys("P");
    day.wait_for("Will be set");
    // A procedure in a week, on a weekday whose procedures begin at 13:30.
    day.keys("<Tab>iTFESI L5 left<Tab>p<Tab>+1w<Tab>p");
    day.wait_for("TFESI L5 left books Tue 1 Dec 2026 13:30");
    day.keys("<Ctrl-S>");
    day.wait_for("booked procedure 1 Dec 2026 13:30");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let store = office.store(Mode::Read);
    let booked = store.board_records(today() + chrono::Days::new(7), now(), true).unwrap().visits;
    assert_eq!(booked.iter().filter_map(|one| one.visit.start).map(show_time).collect::<Vec<_>>(), ["13:30"]);
}
