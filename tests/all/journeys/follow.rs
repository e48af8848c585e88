//! The long follow-up: a PDMP check in one key, a urine test through its states, a referral from letter to acted on, a taper
//! with a pause, a handout; all undoable.

use daysheet::clinical::monitoring::urine::Step;
use daysheet::clinical::patient::{Facts, Known, Medication};

use super::*;
use daysheet::action::Write;

/// One patient who takes an opioid, in a practice that follows PDMP and urine tests.
fn office() -> Office {
    let office = Office::with(&[("09:00", "OKAFOR", "back, left leg", VisitKind::FollowUp)]);
    office.set("[monitoring]\npdmp = 90\nurine = 365\n");
    let mut store = office.store(Mode::Write);
    let id = patients(&store)[0].0;
    let patient = store.patient_file(id).unwrap().unwrap().patient;
    let medicine = Medication::new(ids().next(now().instant), "tapentadol 50 mg 1-0-1", None);
    let facts = Facts { medications: Known::Listed(vec![medicine], Some(today())), ..Facts::default() };
    store.commit(Write::PutPatient { patient, facts: Some(facts), is_new: false }, now()).unwrap();
    store.close().unwrap();
    office
}

fn quit(mut day: Session) {
    day.keys("Q");
    assert_eq!(day.exit_code(), 0);
}

#[test]
fn a_pdmp_check_takes_one_key_and_a_urine_test_goes_through_its_states() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("4");
    day.wait_for("as expected");
    day.keys("d");
    day.wait_for("OKAFOR Test: checked PDMP");
    day.keys("u");
    day.wait_for("undid: checked PDMP");
    day.keys("U");
    day.wait_for("did again: checked PDMP");

    day.keys("W");
    day.wait_for("Checks");
    day.keys("jd");
    day.wait_for("ordered urine test");
    day.keys("d");
    day.wait_for("urine sample taken");
    day.keys("d");
    day.wait_for("urine result came");
    day.keys("<Esc>4");
    day.wait_until("unread in Late", |screen| screen.lines().any(|line| line.contains("unread")));
    // What was found is typed in, drug by drug of that day's list.
    day.keys("<Home>d");
    day.wait_for("Urine test");
    day.keys("<PgDn><Tab><Tab>n");
    day.wait_for("listed: unexpected");
    day.keys("<Tab><Tab>y<Ctrl-S>");
    day.wait_for("read urine test: unexpected: tapentadol not found");
    day.keys("4<Home>d");
    day.wait_for("Done about the urine test");
    day.keys("talked it through, again in a month<Enter>");
    day.wait_for("acted on urine test");
    day.keys("u");
    day.wait_for("undid: acted on urine test");
    day.keys("U");
    day.wait_for("did again: acted on urine test");
    day.keys("1p");
    day.wait_for("unexpected: tapentadol not found");
    day.keys("<Esc>");
    quit(day);
    let store = office.store(Mode::Read);
    let model = store.monitoring(patients(&store)[0].0).unwrap();
    assert_eq!(model.checks.len(), 1);
    assert_eq!(
        model.urine.iter().map(daysheet::clinical::monitoring::urine::UrineTest::step).collect::<Vec<_>>(),
        [Step::Settled]
    );
}

/// Takes the last act back and does it again, both by name.
fn back_and_again(day: &mut Session, act: &str) {
    day.keys("u");
    day.wait_for(&format!("undid: {act}"));
    day.keys("U");
    day.wait_for(&format!("did again: {act}"));
}

#[test]
fn a_referral_goes_from_the_letter_to_acted_on_and_every_act_of_it_is_taken_back_and_done_again() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("1F");
    day.wait_for("nobody was referred yet");
    day.keys("n");
    day.wait_for("New referral");
    day.keys("orthopaedics<Tab>decompress?<Ctrl-S>");
    day.wait_for("wrote referral to orthopaedics");
    back_and_again(&mut day, "wrote referral to orthopaedics");
    day.keys("d");
    day.wait_for("referral to orthopaedics: sent");
    back_and_again(&mut day, "referral to orthopaedics: sent");
    day.keys("d");
    day.wait_for("Appointment on");
    day.keys("+2w<Enter>");
    day.wait_for("referral to orthopaedics: booked");
    day.wait_for("8 Dec 2026");
    day.keys("d");
    day.wait_for("The appointment is on 8 Dec 2026");
    day.keys("u");
    day.wait_for("undid: referral to orthopaedics: booked");
    day.keys("d");
    day.wait_for("Appointment on");
    day.keys("today<Enter>");
    day.wait_for("referral to orthopaedics: booked");
    back_and_again(&mut day, "referral to orthopaedics: booked");
    day.keys("d");
    day.wait_for("referral to orthopaedics: seen, no answer");
    back_and_again(&mut day, "referral to orthopaedics: seen, no answer");
    day.keys("d");
    day.wait_for("referral to orthopaedics: answer read");
    back_and_again(&mut day, "referral to orthopaedics: answer read");
    // The ledger knows it, though no plan speaks of it.
    day.keys("J");
    day.wait_until("running in the jigsaw", |screen| screen.lines().any(|line| line.contains("▶ orthopaedics")));
    day.keys("<Esc>");
    day.wait_for("answer read");
    day.keys("<Esc>4");
    day.wait_until("to act on in Late", |screen| {
        screen.lines().any(|line| line.contains("orthopaedics") && line.contains("act"))
    });
    day.keys("d");
    day.wait_for("Done about the answer");
    day.keys("no operation; told<Enter>");
    day.wait_for("acted on referral to orthopaedics");
    back_and_again(&mut day, "acted on referral to orthopaedics");
    quit(day);
    let store = office.store(Mode::Read);
    let referrals = store.referrals(patients(&store)[0].0).unwrap().referrals;
    assert_eq!(referrals[0].action, "no operation; told");
}

#[test]
fn a_taper_is_planned_called_about_and_paused_and_a_handout_given() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("1G");
    day.wait_for("no taper was planned yet");
    day.keys("n");
    day.wait_for("New taper");
    // The medicine of the list and its dose a day stand there already.
    day.wait_for("tapentadol");
    day.keys("<Tab><Tab>0<Tab>m25<Tab>25<Tab>14");
    day.wait_for("5 Jan 2027");
    day.keys("<Ctrl-S>");
    day.wait_for("planned taper of tapentadol");
    day.wait_for("8 Dec 2026  50 mg a day");
    // 75 mg a day cannot be divided as 50 mg 1-0-1 was: the list is changed by hand, or stays.
    day.keys("d");
    day.wait_for("The list says tapentadol 50 mg 1-0-1.");
    day.keys("-");
    day.wait_for("called about taper of tapentadol");
    day.keys("b");
    day.wait_for("Keep this step longer by");
    day.keys("14<Enter>");
    day.wait_for("paused taper of tapentadol");
    day.wait_for("22 Dec 2026  50 mg a day");
    // Changed, with the pause it has; why its dates are what they are stands beside it.
    day.keys("<Enter>");
    day.wait_for("each step");
    day.keys("<F2>");
    day.wait_for("step 1 kept 14 days longer");
    day.keys("<Esc>");
    day.wait_for_no("step 1 kept 14 days longer");
    day.keys("<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>50<Ctrl-S>");
    day.wait_for("changed taper of tapentadol");
    day.wait_for("−33.3 %, stop and look");
    day.keys("x");
    day.wait_for("End the taper, because");
    day.keys("pain is back<Enter>");
    day.wait_for("ended taper of tapentadol");
    day.wait_for("ended: pain is back");
    // Every act is taken back by its name, newest first, and done again in the order it was done.
    let acts =
        ["ended", "changed", "paused", "called about", "planned"].map(|act| format!("{act} taper of tapentadol"));
    for act in &acts {
        day.keys("u");
        day.wait_for(&format!("undid: {act} for OKAFOR Test"));
    }
    day.wait_for("no taper was planned yet");
    for act in acts.iter().rev() {
        day.keys("U");
        day.wait_for(&format!("did again: {act} for OKAFOR Test"));
    }
    day.wait_for("ended: pain is back");
    for act in &acts[..3] {
        day.keys("u");
        day.wait_for(&format!("undid: {act} for OKAFOR Test"));
    }
    day.wait_for("8 Dec 2026  50 mg a day");
    day.keys("<Esc>H");
    day.wait_for("Pacing: doing a little, often");
    day.keys("d");
    day.wait_for("say it back");
    day.keys("y");
    day.wait_for("gave handout: Pacing");
    day.wait_for("said back");
    day.keys("<Esc>");
    quit(day);
    let store = office.store(Mode::Read);
    let patient = patients(&store)[0].0;
    assert!(store.tapers(patient).unwrap()[0].pauses.is_empty());
    assert_eq!(store.handouts(patient).unwrap()[0].teach_back, Some(true));
}

#[test]
fn the_call_of_a_step_changes_the_list_with_it_as_one_act() {
    let office = office();
    let mut day = office.open_board(LARGE);
    day.keys("1G");
    day.wait_for("no taper was planned yet");
    day.keys("n");
    day.wait_for("New taper");
    day.keys("<Tab><Tab>0<Tab>m50<Tab>25<Tab>14<Ctrl-S>");
    day.wait_for("planned taper of tapentadol");
    day.wait_for("50 mg a day");
    day.keys("d");
    day.wait_for("l  called, and now tapentadol 25 mg 1-0-1  Enter");
    day.keys("l");
    day.wait_for("called about taper of tapentadol");
    day.keys("M");
    day.wait_for("tapentadol 25 mg 1-0-1");
    day.keys("<Esc>d");
    day.wait_for("called, and stopped on the list");
    day.keys("<Enter>M");
    day.wait_for("no opioid");
    for list in ["tapentadol 25 mg 1-0-1", "tapentadol 50 mg 1-0-1"] {
        day.keys("u");
        day.wait_for("undid: called about taper of tapentadol for OKAFOR Test");
        day.wait_for(list);
    }
    day.keys("U");
    day.wait_for("did again: called about taper of tapentadol");
    day.wait_for("tapentadol 25 mg 1-0-1");
    day.keys("<Esc>");
    quit(day);
}

#[test]
fn a_handout_is_printed_by_its_name_without_a_record() {
    let home = crate::driver::Home::new();
    let printed = home.run(&["print", "handout", "naloxone"], "");
    assert!(printed.status.success());
    assert!(String::from_utf8_lossy(&printed.stdout).starts_with("Naloxone: the emergency spray\n="));
    let names = home.run(&["print", "handout"], "");
    assert!(String::from_utf8_lossy(&names.stdout).lines().count() >= 15);
    let unknown = home.run(&["print", "handout", "dancing"], "");
    assert_eq!(unknown.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no handout is called dancing"));
}
