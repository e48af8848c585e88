//! Medicines: a dose that changes with the meter moving, a free-typed benzodiazepine beside an opioid, a plan that would bring
//! both, and all taken back.

use daysheet::clinical::practice::Region;

use super::*;

/// An office where the tables of opioids hold.
fn office() -> Office {
    let office = Office::with_follow_ups(&[("09:00", "OKAFOR", "back, left leg")]);
    let mut store = office.store(Mode::Write);
    let mut practice = store.practice().unwrap().unwrap();
    practice.region = Region::Us;
    store.commit(daysheet::action::Write::PutPractice(practice), now()).unwrap();
    store.close().unwrap();
    office
}

/// Types a medicine as one line and keeps it.
fn add(day: &mut Session, line: &str) {
    day.keys("n");
    day.wait_for("New medicine");
    day.keys(line);
}

/// The next plan of a patient who was given oxycodone, 60 mg of morphine a day.
fn planning_beside_oxycodone(office: &Office) -> Session {
    let mut day = office.open_board(LARGE);
    day.keys("M");
    day.wait_for("nobody has asked");
    add(&mut day, "oxycodone er 20 mg bid<Ctrl-S>");
    day.wait_for("MME 60 · CDC 2022");
    day.keys("<Esc>");
    day.wait_for("Midday");
    day.keys("P");
    day.wait_for("Plan 2");
    day
}

#[test]
fn a_dose_changes_with_the_meter_moving_and_is_taken_back() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("M");
    day.wait_for("nobody has asked");
    add(&mut day, "oxycodone er 20 mg bid");
    day.wait_for("20 mg · extended release · twice a day · 40 mg a day");
    day.wait_for("reaches the mark at 50");
    day.keys("<Ctrl-S>");
    day.wait_for("OKAFOR Test: new medicine oxycodone er 20 mg bid");
    day.wait_for("MME 60 · CDC 2022");
    day.wait_for("no naloxone");

    // The meter moves before anything is kept.
    day.keys("<Enter>");
    day.wait_for("Prescription");
    day.keys("<Ctrl-A>oxycodone er 30 mg bid");
    day.wait_for("MME 60 → 90, reaches the mark at 90");
    // What belongs to another way of giving is refused at the field.
    day.keys("<Ctrl-A>oxycodone er 30 mcg/h bid<Ctrl-S>");
    day.wait_for("not in micrograms an hour");
    day.keys("<Ctrl-A>oxycodone er 30 mg bid<Ctrl-S>");
    day.wait_for("MME 90 · CDC 2022");
    day.keys("u");
    day.wait_for("undid: changed oxycodone er 20 mg bid to oxycodone er 30 mg bid for OKAFOR Test");
    day.wait_for("MME 60 · CDC 2022");
    day.keys("u");
    day.wait_for("undid: new medicine oxycodone er 20 mg bid for OKAFOR Test");
    day.wait_for("nobody has asked");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_free_typed_benzodiazepine_beside_an_opioid_is_asked_about_once_and_taken_back() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("M");
    day.wait_for("nobody has asked");
    add(&mut day, "oxycodone er 20 mg bid<Ctrl-S>");
    day.wait_for("OKAFOR Test: new medicine");
    add(&mut day, "benzolinium 1 mg at night");
    day.wait_for("not recognised");
    day.wait_for("1 of 2 medicines not checked");
    // Its class is asked once; the caution is there before anything is kept, and one reason is asked for.
    day.keys("<Tab>b");
    day.wait_for("opioid + benzodiazepine");
    day.keys("<Ctrl-S>");
    day.wait_for("Kept, because");
    day.keys("taper agreed<Enter>");
    day.wait_for("OKAFOR Test: new medicine benzolinium 1 mg at night");
    day.wait_for("kept 24 Nov 2026: taper agreed");
    // Changed again on the same day, nothing is asked a second time.
    day.keys("<Enter>");
    day.wait_for("Prescription");
    day.keys("<Ctrl-A>benzolinium 2 mg at night<Ctrl-S>");
    day.wait_for("OKAFOR Test: changed benzolinium 1 mg at night");
    day.keys("u");
    day.wait_for("undid: changed benzolinium 1 mg at night");
    day.keys("u");
    day.wait_for("undid: new medicine benzolinium 1 mg at night for OKAFOR Test");
    day.wait_for_no("benzolinium 1 mg at night   ");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_plan_shows_what_its_medicines_would_come_to_and_asks_once_before_it_is_set() {
    let office = office();
    let mut day = planning_beside_oxycodone(&office);
    // The strip stands beside the form, and moves with what is typed.
    day.wait_for("no laxative");
    day.keys("oxycodone er 30 mg bid; start lorazepam 1 mg at night");
    day.wait_for("MME 60 → 90, reaches the mark at 90");
    day.wait_for("opioid + benzodiazepine");
    day.keys("<Ctrl-S>");
    day.wait_for("Kept, because");
    // Esc keeps everything typed; nothing is set.
    day.keys("<Esc>");
    day.wait_for("start lorazepam");
    day.keys("<Ctrl-S>");
    day.wait_for("Kept, because");
    day.keys("sleep, two weeks<Enter>");
    day.wait_for("OKAFOR Test: set plan 2");
    day.keys("M");
    day.wait_for("Lorazepam 1 mg at night");
    day.wait_for("MME 90 · CDC 2022");
    day.wait_for("sleep, two weeks");
    day.keys("u");
    day.wait_for("undid: set plan 2");
    day.wait_for("MME 60 · CDC 2022");
    day.wait_for_no("Lorazepam");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn the_parts_of_a_medicine_change_its_line_and_a_refill_is_answered_in_a_letter() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("M");
    day.wait_for("nobody has asked");
    add(&mut day, "oxycodone er 20 mg bid");
    // The parts stand below the line and say the same: changed there, it changes the line.
    day.wait_for("extended release");
    day.keys("<PgDn>");
    day.wait_for("line and parts say the same");
    day.keys("<Tab><Tab><Ctrl-A>10 mg");
    day.wait_for("oxycodone er 10 mg bid");
    day.keys("<PgDn><Tab>56");
    day.wait_for("28 days, runs out 22 Dec 2026");
    day.keys("<Ctrl-S>");
    day.wait_for("OKAFOR Test: new medicine oxycodone er 10 mg bid");
    day.keys("<Esc>");
    day.wait_for("Midday");
    day.keys("+");
    day.wait_for("Catch a call or task");
    day.keys("oxycodone<Tab>okaf");
    day.wait_for("OKAFOR Test");
    day.keys("<Enter><Tab><Tab>f");
    day.wait_for("refill");
    day.keys("<Ctrl-S>");
    // It opens with supply, PDMP, urine test, next visit and the figure; a letter answers.
    day.wait_for("Refill · oxycodone");
    day.wait_for("written 24 Nov 2026 for 28 days, runs out 22 Dec 2026");
    day.wait_for("no PDMP recorded · no urine test read");
    day.wait_for("next visit 24 Nov 2026");
    day.wait_for("MME 30 · CDC 2022");
    day.keys("<Tab>o<Ctrl-S>");
    day.wait_for("no wants a reason");
    day.keys("too early<Ctrl-S>");
    day.wait_for("OKAFOR Test: refill: no");
    day.keys("u");
    day.wait_for("undid: refill: no for OKAFOR Test");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_medicine_that_was_added_over_an_open_form_of_the_patient_stays_when_the_form_is_kept() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("p");
    day.wait_for("2 Trends");
    day.keys("e");
    day.wait_for("family name");
    day.keys("<Tab><Tab><Tab><Tab><Tab>0151 22");
    day.wait_for("0151 22");
    day.keys("<Ctrl-]>");
    day.wait_for("nobody has asked");
    add(&mut day, "oxycodone er 20 mg bid<Ctrl-S>");
    day.wait_for("MME 60 · CDC 2022");
    day.keys("<Esc>");
    day.wait_for("family name");
    day.wait_for("0151 22");
    day.keys("<Ctrl-S>");
    day.wait_for("changed the patient's data");
    day.keys("M");
    day.wait_for("oxycodone er 20 mg bid");
    day.wait_for("MME 60 · CDC 2022");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    let store = office.store(Mode::Read);
    let patient = store.patient_names().unwrap()[0].id;
    let file = store.patient_file(patient).unwrap().unwrap();
    assert_eq!(file.patient.phone.as_deref(), Some("0151 22"));
}

#[test]
fn a_dose_that_changes_while_a_plan_is_half_typed_stays_and_so_does_what_was_typed() {
    let office = office();
    let mut day = planning_beside_oxycodone(&office);
    day.keys("pt 6w<Ctrl-S>");
    day.wait_for("OKAFOR Test: set plan 2");
    day.keys("P");
    day.wait_for("Plan 3");
    day.keys("acu 6w");
    day.wait_for("complementary: Acupuncture");
    // The plan speaks of the medicine: its dose sets a version of the plan too.
    day.keys("<Ctrl-]>");
    day.wait_for("MME 60 · CDC 2022");
    day.keys("<Enter>");
    day.wait_for("Prescription");
    day.keys("<Ctrl-A>oxycodone er 30 mg bid<Ctrl-S>");
    day.wait_for("MME 90 · CDC 2022");
    day.keys("<Esc>");
    day.wait_for("Plan 4");
    day.wait_for("complementary: Acupuncture");
    day.wait_for("oxycodone er 30 mg bid");
    day.keys("<Esc>");
    day.wait_for("Midday");
    day.keys("P");
    day.wait_for("complementary: Acupuncture");
    day.keys("<Ctrl-S>");
    day.wait_for("OKAFOR Test: set plan 4");
    day.keys("M");
    day.wait_for("oxycodone er 30 mg bid");
    day.wait_for("MME 90 · CDC 2022");
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
    assert!(office.store(Mode::Read).drafts().unwrap().iter().all(|draft| draft.key.form != "plan"));
}
