//! Referrals, handouts and tapers as they are drawn, and what their keys ask for. Invented people only.

use chrono::NaiveDate;

use super::*;
use crate::action::{FollowWrite, Write};
use crate::clinical::dose::Micrograms;
use crate::clinical::models::MedicinesModel;
use crate::clinical::patient::{Known, Medication};
use crate::clinical::referral::{CareMember, PlannedReferral, Referral};
use crate::clinical::taper_plan::TaperPlan;
use crate::ui::screen::testing::{World, told};
use crate::ui::theme::{Look, Signs};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn world() -> (World, PatientFile) {
    let mut world = World::at("2026-11-24T10:14");
    let file = world.patient("Okafor Adaeze 1972-03-02 F A-1007");
    world.load();
    (world, file)
}

fn referral(world: &mut World, file: &PatientFile, to: &str) -> Referral {
    Referral {
        question: "anything to decompress?".to_owned(),
        sent: Some(day("2026-11-04")),
        due: Some(day("2026-11-18")),
        ..Referral::new(world.id(), file.patient.id, to, day("2026-11-03"))
    }
}

fn referrals(world: &mut World, file: &PatientFile) -> Listed {
    let at = world.now.instant;
    let sent = referral(world, file, "orthopaedics, spine");
    let booked = referral(world, file, "neurology").booked(day("2026-12-03"), day("2026-11-10"));
    let mut acted = referral(world, file, "physiotherapy").booked(day("2026-11-12"), day("2026-11-04"));
    acted.answer = "Walks longer; six more times.".to_owned();
    let acted = acted.stepped(day("2026-11-12"), at).unwrap().acted_on("goes on".to_owned(), at);
    let team = vec![CareMember {
        id: world.id(),
        name: "Dr. Omar Feld".to_owned(),
        role: "family doctor".to_owned(),
        reach: "555 0123 40, mornings".to_owned(),
    }];
    let planned = vec![PlannedReferral {
        item: world.id(),
        piece: world.id(),
        patient: file.patient.id,
        visit: None,
        what: "pain psychology".to_owned(),
        question: String::new(),
        on: day("2026-11-24"),
        due: None,
        wakes: None,
    }];
    Listed::Referrals(Referrals { referrals: vec![sent, booked, acted], team, planned })
}

fn taper(world: &mut World, file: &PatientFile) -> TaperPlan {
    let doses = (Micrograms::new(100_000), 250, Micrograms::new(25_000));
    let when = (day("2026-10-27"), world.now.instant);
    TaperPlan {
        stop_points: [Micrograms::new(50_000)].into(),
        called: 1,
        called_at: Some(world.now.instant),
        ..TaperPlan::new((world.id(), file.patient.id), "tapentadol", doses, when)
    }
}

fn given(world: &mut World, file: &PatientFile, topic: &str, teach_back: Option<bool>) -> HandoutGiven {
    HandoutGiven {
        id: world.id(),
        patient: file.patient.id,
        visit: None,
        topic: topic.to_owned(),
        on: day("2026-11-03"),
        by: "AR".to_owned(),
        teach_back,
        kept_at: world.now.instant,
    }
}

#[test]
fn the_lists_look_as_reviewed() {
    let (mut world, file) = world();
    let taper = taper(&mut world, &file);
    let handouts = vec![given(&mut world, &file, "pacing", Some(true)), given(&mut world, &file, "sleep", Some(false))];
    let referrals = referrals(&mut world, &file);
    let mut all = String::new();
    for listed in [referrals.clone(), Listed::Handouts(handouts), Listed::Tapers(vec![taper])] {
        let screen = FollowScreen::new(file.clone(), listed, None);
        for (width, height) in [(80, 24), (120, 40)] {
            world.size = (width, height);
            all += &format!("── {} {width}×{height}\n{}", lines::title(screen.listed()).0, world.show(&screen));
        }
    }
    world.size = (80, 24);
    let mut screen = FollowScreen::new(file, referrals, None);
    world.press(&mut screen, "j");
    world.names_hidden = true;
    all += &format!("── names hidden\n{}", world.show(&screen));
    world.names_hidden = false;
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    all += &format!("── ascii\n{}", world.show(&screen));
    world.preferences.plain = true;
    all += &format!("── plain\n{}", world.show(&screen));
    insta::assert_snapshot!("follow", all);
}

#[test]
fn a_referral_goes_on_in_one_key_and_a_planned_one_is_written() {
    let (mut world, file) = world();
    let listed = referrals(&mut world, &file);
    let mut screen = FollowScreen::new(file, listed, None);
    for (keys, expected) in [
        ("d", "open Follow"),
        ("x", "prompt Close, because"),
        ("t", "open Follow"),
        ("b", "refuse: only a taper is paused"),
        ("j d", "prompt Appointment on"),
        ("x", "prompt Close, because"),
        (
            "j d",
            "refuse: the appointment is on 3 Dec 2026: seen can be noted from then on; if it was earlier, change it first",
        ),
        ("j d", "refuse: nothing of this is open"),
        ("Enter", "open Follow"),
        ("n", "open Follow"),
    ] {
        assert_eq!(told(&world.press(&mut screen, keys)), [expected], "{keys}");
    }
}

#[test]
fn a_handout_is_given_with_teach_back_in_two_keys() {
    let (mut world, file) = world();
    let mut screen = FollowScreen::new(file, Listed::Handouts(Vec::new()), None);
    let effects = world.press(&mut screen, "j d");
    let Effect::Show(modal) = &effects[0] else { panic!("{effects:?}") };
    let crate::ui::modal::Modal::Choice(choice) = &**modal else { panic!() };
    let Effect::Write(write, _) = &choice.options[0].effects[0] else { panic!() };
    let Write::Follow(FollowWrite::Handout(given)) = &**write else { panic!() };
    assert_eq!((given.topic.as_str(), given.teach_back, given.on), ("exercise", Some(true), world.now.today()));
    assert_eq!(
        told(&world.press(&mut screen, "n")),
        ["refuse: the handouts are those shipped: one is given, none is made"]
    );
}

#[test]
fn a_taper_is_called_about_paused_and_ended() {
    let (mut world, file) = world();
    let taper = taper(&mut world, &file);
    let mut screen = FollowScreen::new(file, Listed::Tapers(vec![taper]), None);
    for (keys, expected) in
        [("b", "prompt Keep this step longer by"), ("x", "prompt End the taper, because"), ("n", "open Follow")]
    {
        assert_eq!(told(&world.press(&mut screen, keys)), [expected], "{keys}");
    }
    assert!(matches!(world.press(&mut screen, "d").as_slice(), [Effect::CallTaper(_)]));
}

fn medicines(file: PatientFile) -> MedicinesModel {
    MedicinesModel {
        file,
        stopped: Vec::new(),
        next_visit: None,
        function: None,
        plan: None,
        refills: Vec::new(),
        said: std::collections::BTreeMap::new(),
        monitoring: crate::clinical::monitoring::Monitoring::default(),
    }
}

/// What a call asks: the line of the list, the key of each answer and what follows.
fn asked(effects: &[Effect]) -> Option<Vec<(char, Vec<String>)>> {
    let [Effect::Show(modal)] = effects else { return None };
    let crate::ui::modal::Modal::Choice(choice) = &**modal else { return None };
    Some(choice.options.iter().map(|option| (option.key, told(&option.effects))).collect())
}

#[test]
fn a_list_that_was_left_at_a_call_is_asked_about_again_until_it_follows() {
    let (mut world, mut file) = world();
    let today = world.now.today();
    let planned = taper(&mut world, &file);
    let mut model = |line: &str, world: &mut World| {
        file.facts.medications = Known::Listed(vec![Medication::new(world.id(), line, None)], None);
        medicines(file.clone())
    };
    // Two calls were made; after the second the list stays at the dose of the first, for now.
    let left = planned.with_call(world.now.instant).asked_again(today);
    assert_eq!(left.open_from(), today.succ_opt());
    let behind = model("tapentadol 75 mg daily", &mut world);
    let asked = asked(&step::call(&left, &behind, &mut world.env())).expect("it is asked again");
    let again = "write: taper of tapentadol: the list looked at again";
    assert_eq!(asked[0].0, 'l');
    assert!(asked[0].1[0].starts_with(again), "{asked:?}");
    assert_eq!(asked.last().map(|(key, _)| *key), Some('-'));
    // Once the list follows, the next key is the next call.
    let follows = model("tapentadol 50 mg daily", &mut world);
    let effects = told(&step::call(&left, &follows, &mut world.env()));
    assert!(effects[0].contains("25 mg a day"), "{effects:?}");
}

#[test]
fn a_call_asks_what_becomes_of_the_list_only_where_it_says_another_dose() {
    let called = "write: called about taper of tapentadol";
    for (line, first) in [
        ("tapentadol 50 mg daily", None),
        ("tramadol 50 mg qid", None),
        ("tapentadol 25 mg 1-1-1", Some('e')),
        ("tapentadol 100 mg daily", Some('l')),
    ] {
        let (mut world, mut file) = world();
        let taper = taper(&mut world, &file);
        file.facts.medications = Known::Listed(vec![Medication::new(world.id(), line, None)], None);
        let model = medicines(file);
        let effects = step::call(&taper, &model, &mut world.env());
        let options = asked(&effects);
        assert_eq!(options.as_ref().map(|options| options[0].0), first, "{line}");
        let Some(options) = options else {
            assert_eq!(told(&effects), [called], "{line}");
            continue;
        };
        assert!(format!("{effects:?}").contains("OKAFOR Adaeze"), "whom it is about: {effects:?}");
        assert!(options.iter().all(|(_, effects)| effects[0] == called), "one act whatever is chosen: {options:?}");
        assert_eq!(options.last().map(|(key, _)| *key), Some('-'));
        if first == Some('l') {
            assert!(format!("{effects:?}").contains("tapentadol 50 mg daily"), "{effects:?}");
        }
    }
}

/// What is read when one asks why.
fn why(world: &mut World, screen: &mut FollowScreen) -> String {
    let effects = world.press(screen, "i");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let crate::ui::modal::Modal::Reading(page) = &**modal else { panic!("{modal:?}") };
    page.text.clone()
}

#[test]
fn a_taper_and_a_referral_say_why_their_dates_are_what_they_are() {
    let (mut world, file) = world();
    let plan = taper(&mut world, &file);
    let mut tapers = FollowScreen::new(file.clone(), Listed::Tapers(vec![plan]), None);
    assert!(why(&mut world, &mut tapers).contains("Each step falls by"));
    let listed = referrals(&mut world, &file);
    let mut screen = FollowScreen::new(file.clone(), listed, None);
    assert_eq!(told(&world.press(&mut screen, "i")), ["refuse: nothing is computed here"], "it is not written yet");
    world.press(&mut screen, "Down");
    assert!(why(&mut world, &mut screen).contains("an answer to come within 14 days"));
    let mut handouts = FollowScreen::new(file, Listed::Handouts(Vec::new()), None);
    assert_eq!(told(&world.press(&mut handouts, "i")), ["refuse: nothing is computed here"]);
}

#[test]
fn without_anything_it_says_so_and_every_size_is_drawn() {
    let (mut world, file) = world();
    let full = referrals(&mut world, &file);
    let full = FollowScreen::new(file.clone(), full, None);
    for listed in [Listed::Referrals(Referrals::default()), Listed::Tapers(Vec::new())] {
        let mut screen = FollowScreen::new(file.clone(), listed, None);
        world.size = (80, 24);
        assert!(world.show(&screen).contains(lines::title(screen.listed()).1));
        assert_eq!(told(&world.press(&mut screen, "d")), ["refuse: there is nothing here yet"]);
        for width in [0, 1, 2, 3, 20, 80, 200] {
            for height in [0, 1, 2, 3, 5, 9, 60] {
                world.size = (width, height);
                world.draw(&screen);
                world.draw(&full);
            }
        }
    }
}
