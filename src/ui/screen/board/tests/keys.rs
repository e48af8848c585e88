//! What each key asks for, key by key.

use crate::action::input::Input;
use crate::action::key::Key;
use crate::action::write::{CheckInChange, VisitChange};
use crate::action::{Command, Write};
use crate::clinical::board::{Item, ItemKey, What};
use crate::clinical::patient::{Known, Medication};
use crate::clinical::practice::Region;
use crate::clinical::supply::Supply;
use crate::clinical::visit::{Aftermath, Visit, VisitKind, VisitState};
use crate::ui::effect::Effect;
use crate::ui::modal::{Done, Modal};
use crate::ui::place::Place;
use crate::ui::screen::Surface;
use crate::ui::screen::board::phase::Phase;
use crate::ui::screen::board::{At, BoardScreen};
use crate::ui::screen::testing::{World, told, who};

pub fn opened(world: &mut World) -> BoardScreen {
    let mut screen = BoardScreen::new(world.records.date, [false; 7]);
    screen.day_changed(&mut world.env());
    screen
}

/// The board with an item of a patient under the hands; an empty name is the item about nobody.
pub fn on(world: &mut World, what: What, family: &str) -> BoardScreen {
    let mut screen = opened(world);
    let of = |item: &&Item| {
        let name = item.patient.as_ref().map_or("", |patient| patient.family.as_str());
        item.key.what() == what && name == family
    };
    let found = world.board.items().find(of).unwrap_or_else(|| panic!("{family}"));
    let (key, patient) = (found.key, found.patient_id());
    screen.focus = match what {
        What::Assessment => Phase::Morning,
        What::Plan => Phase::Midday,
        What::Procedure => Phase::Afternoon,
        _ => Phase::Late,
    };
    screen.at[screen.focus.at()] = At { key: Some(key), patient, ..At::default() };
    screen.whose = super::super::phase::Whose::Everybodys;
    screen.settle(&world.env());
    screen
}

fn name(world: &mut World, screen: &BoardScreen) -> String {
    let env = world.env();
    screen.chosen(&env).map(Item::name).unwrap_or_default()
}

/// What a key asks for on an item of the full day.
fn asks(what: What, family: &str, key: &str) -> String {
    let mut world = World::day();
    let mut screen = on(&mut world, what, family);
    told(&world.press(&mut screen, key)).join("; ")
}

#[test]
fn enter_opens_what_is_selected() {
    for (what, family, opens) in [
        (What::Assessment, "Nguyen", "open Assessment"),
        (What::Plan, "Santos", "open Plan"),
        (What::Procedure, "Marsh", "open Procedure"),
        (What::CheckIn, "Amari", "open CheckIn"),
        (What::Task, "Stolz", "open Task"),
        (What::Task, "", "open Task"),
        (What::Copy, "Okafor", "copy out"),
        (What::RedFlag, "Tanaka", "prompt Done about the red flag"),
        (What::Aftermath, "Kovac", "choice What follows? · KOVAC Ana [bdlgr]"),
        (What::Assessment, "Kovac", "choice What follows? · 11:20 KOVAC Ana [bdlgr]"),
        (What::Tomorrow, "Ibsen", "open Patient"),
    ] {
        assert_eq!(asks(what, family, "Enter"), opens, "{what:?} {family}");
    }
}

#[test]
fn enter_on_tomorrows_case_goes_to_what_is_missing() {
    let mut world = World::day();
    world.change(|records| records.tomorrow[0].visit.reason = None);
    let mut screen = on(&mut world, What::Tomorrow, "Ibsen");
    assert_eq!(told(&world.press(&mut screen, "Enter")), ["open Visit"]);
    world.change(|records| records.tomorrow[0].visit.patient_confirmed = false);
    let mut screen = on(&mut world, What::Tomorrow, "Ibsen");
    assert_eq!(told(&world.press(&mut screen, "Enter")), ["choice Who is it? · IBSEN Nora [yo]"]);
}

#[test]
fn a_case_of_a_later_clinic_day_is_named_by_its_date() {
    let mut world = World::day();
    world.size = (160, 50);
    let late_row = |world: &mut World| {
        let mut screen = BoardScreen::new(world.records.date, [false; 7]);
        screen.day_changed(&mut world.env());
        let shown = world.show(&screen);
        shown.lines().filter(|line| line.contains("IBSEN")).map(str::to_owned).collect::<String>()
    };
    let row = late_row(&mut world);
    assert!(row.contains("tomorrow") && !row.contains("Dec"), "{row}");
    world.change(|records| records.tomorrow[0].visit.date = "2026-12-01".parse().unwrap());
    let row = late_row(&mut world);
    assert!(row.contains("next day") && row.contains("1 Dec") && !row.contains("tomorrow"), "{row}");
}

fn changed(effects: &[Effect]) -> (Visit, VisitChange) {
    let [Effect::Write(write, _)] = effects else { panic!("{effects:?}") };
    let Write::ChangeVisit { visit, change } = &**write else { panic!("{write:?}") };
    (visit.clone(), *change)
}

/// Answers a choice or prompt that was shown with keys, one character each; `\n` is Enter.
pub fn answered(world: &mut World, effects: Vec<Effect>, keys: &str) -> Vec<Effect> {
    let [Effect::Show(_)] = effects.as_slice() else { panic!("{effects:?}") };
    let Some(Effect::Show(mut modal)) = effects.into_iter().next() else { panic!("it shows") };
    for key in keys.chars() {
        let key = if key == '\n' { Key::of(crate::action::key::KeyCode::Enter) } else { Key::char(key) };
        if let Done::Close(effects) = modal.input(&Input::Key(key), &mut world.env()) {
            return effects;
        }
    }
    panic!("not answered: {keys}")
}

#[test]
fn space_moves_the_patient_one_step_on_and_stamps_the_time() {
    for (family, state) in [("Diallo", VisitState::Here), ("Hale", VisitState::InRoom), ("Nguyen", VisitState::Left)] {
        let mut world = World::day();
        let mut screen = on(&mut world, What::Assessment, family);
        let effects = world.press(&mut screen, "Space");
        let (visit, change) = changed(&effects);
        assert_eq!((visit.state, change), (state, VisitChange::Advanced), "{family}");
        let stamp = [visit.here_at, visit.in_room_at, visit.left_at].into_iter().flatten().max();
        assert_eq!(stamp, Some(world.now.instant), "{family}");
    }
}

#[test]
fn what_is_not_possible_says_why() {
    for (what, family, key, why) in [
        (What::Assessment, "Okafor", "Space", "OKAFOR Adaeze has left; there is no step beyond."),
        (What::Assessment, "Kovac", "Space", "KOVAC Ana: no-show. The visit must be booked again first."),
        (What::Task, "", "Space", "There is no visit behind this line."),
        (What::Assessment, "Nguyen", "m", "NGUYEN Linh is in room: the visit has begun and is not moved."),
        (What::Assessment, "Okafor", "m", "OKAFOR Adaeze was here: the visit is over and is not moved."),
        (What::Assessment, "Kovac", "m", "KOVAC Ana: no-show. The visit must be booked again first."),
        (What::Assessment, "Okafor", "x", "OKAFOR Adaeze was seen: this visit holds a record."),
        (What::Assessment, "Kovac", "s", "KOVAC Ana: no-show."),
        (What::Tomorrow, "Ibsen", "s", "Only a visit of this day takes a score."),
        (
            What::Assessment,
            "Nguyen",
            "=",
            "No plan of NGUYEN Linh is due: it is kept unchanged once an assessment is complete.",
        ),
        (What::Plan, "Brandt", "=", "The plan of BRANDT Elke is set."),
        (What::Assessment, "Nguyen", "d", "An assessment is done when it is complete."),
        (What::CheckIn, "Amari", "d", "A check-in is done when it is made."),
        (What::Assessment, "Nguyen", "r", "This is no check-in: there is nobody to answer."),
        (What::Assessment, "Nguyen", "y", "Nothing is recorded yet in the visit of NGUYEN Linh."),
        (What::Task, "", "p", "This line is about nobody."),
        (What::Assessment, "Nguyen", "f", "NGUYEN Linh is confirmed."),
    ] {
        assert_eq!(asks(what, family, key), format!("refuse: {why}"), "{what:?} {family} {key}");
    }
}

#[test]
fn a_day_that_lies_ahead_cannot_begin() {
    let mut world = World::day();
    world.now = World::at("2026-11-23T09:00").now;
    world.load();
    let mut screen = on(&mut world, What::Assessment, "Diallo");
    let ahead = "refuse: DIALLO Awa is booked for Tue 24 Nov 2026: a day that lies ahead cannot begin.";
    assert_eq!(told(&world.press(&mut screen, "Space")), [ahead]);
    assert_eq!(
        told(&world.press(&mut screen, "s")),
        ["refuse: DIALLO Awa is booked for 24 Nov 2026; there is nothing to score yet."]
    );
    assert_eq!(
        told(&world.press(&mut screen, "c")),
        ["refuse: Tue 24 Nov 2026 lies ahead: it can be closed when it has come."]
    );
    assert_eq!(told(&world.press(&mut screen, "x")), ["choice Not coming · 10:40 DIALLO Awa [cw]"], "no no-show yet");
}

#[test]
fn on_an_empty_board_only_what_needs_no_item_is_possible() {
    let mut world = World::at("2026-11-24T10:14");
    let mut screen = opened(&mut world);
    for key in ["Enter", "Space", "s", "e", "m", "x", "v", "p", "P", "J", "y", "i"] {
        let told = told(&world.press(&mut screen, key));
        assert_eq!(told, ["refuse: Nothing is selected in this pane: n books a visit."], "{key}");
    }
    for (key, asked) in [("n", "open NewVisit"), ("+", "open NewTask"), ("5", "open Reflection"), ("w", "open Week")] {
        assert_eq!(told(&world.press(&mut screen, key)), [asked], "{key}");
    }
    assert_eq!(told(&world.press(&mut screen, "T")), ["refuse: nobody is booked on this day"]);
    assert_eq!(told(&world.press(&mut screen, "b")), ["refuse: There is no block of time on this day."]);
    assert_eq!(told(&world.press(&mut screen, "o")), ["refuse: Nobody else has anything on this board."]);
}

#[test]
fn each_key_has_its_own_place() {
    for (what, family, key, asked) in [
        (What::Assessment, "Nguyen", "e", "open Visit"),
        (What::Task, "Stolz", "e", "open Task"),
        (What::CheckIn, "Amari", "e", "open CheckIn"),
        (What::Assessment, "Diallo", "m", "prompt Move to"),
        (What::Task, "Stolz", "m", "prompt Carry to"),
        (What::Assessment, "Nguyen", "v", "choice Kind of visit · 10:00 NGUYEN Linh [np]"),
        (What::Assessment, "Nguyen", "s", "score NGUYEN Linh"),
        (What::Assessment, "Nguyen", "p", "open Chart"),
        (What::Assessment, "Nguyen", "P", "open Plan"),
        (What::Assessment, "Nguyen", "R", "open Procedure"),
        (What::Task, "Stolz", "d", "write: referral done: no answer from neurosurgery for 21 days"),
        (What::Copy, "Okafor", "y", "copy out"),
        (What::Copy, "Okafor", "Y", "choice Copy out a section · OKAFOR Adaeze [wsnbhgoetmirpfdc]"),
        (What::Copy, "Okafor", "z", "write: copy not needed"),
        (What::Assessment, "Nguyen", "i", "read Why · NGUYEN Linh"),
        (What::Assessment, "Nguyen", "b", "open FromBlock"),
        (What::Assessment, "Nguyen", "c", "open Close"),
        (What::Assessment, "Nguyen", "g", "prompt Go to date"),
        (What::Assessment, "Nguyen", "<", "show 2026-11-23"),
        (What::Assessment, "Nguyen", ",", "show 2026-11-23"),
        (What::Assessment, "Nguyen", ">", "show 2026-11-25"),
        (What::Assessment, "Nguyen", "t", "show 2026-11-24"),
    ] {
        assert_eq!(asks(what, family, key), asked, "{what:?} {family} {key}");
    }
}

#[test]
fn what_works_everywhere_is_left_to_the_app() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    for command in
        [Command::Undo, Command::Redo, Command::Help, Command::Palette, Command::Find, Command::Back, Command::Quit]
    {
        assert!(screen.command(command, &mut world.env()).is_none(), "{command:?}");
    }
}

#[test]
fn not_coming_names_the_patient_and_offers_what_is_true_of_the_state() {
    for (family, options) in [("Diallo", "ncw"), ("Hale", "cwr"), ("Nguyen", "r"), ("Kovac", "r")] {
        let shown = asks(What::Assessment, family, "x");
        let patient = family.to_uppercase();
        assert!(shown.contains(&patient) && shown.ends_with(&format!("[{options}]")), "{shown}");
    }
    let mut world = World::day();
    let mut screen = on(&mut world, What::Assessment, "Diallo");
    let choice = world.press(&mut screen, "x");
    let (visit, change) = changed(&answered(&mut world, choice, "n"));
    assert_eq!((visit.state, visit.aftermath, change), (VisitState::NoShow, Aftermath::Open, VisitChange::NoShow));
    let mut screen = on(&mut world, What::Assessment, "Kovac");
    let choice = world.press(&mut screen, "x");
    let (visit, change) = changed(&answered(&mut world, choice, "r"));
    let expected = (VisitState::Booked, Aftermath::NotNeeded, VisitChange::Reinstated);
    assert_eq!((visit.state, visit.aftermath, change), expected);
}

#[test]
fn cancelled_asks_why_and_wrong_day_asks_where_to() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Assessment, "Diallo");
    let choice = world.press(&mut screen, "x");
    let prompt = answered(&mut world, choice, "c");
    let (visit, change) = changed(&answered(&mut world, prompt, "flu\n"));
    assert_eq!(
        (visit.state, visit.end_reason.as_deref(), change),
        (VisitState::Cancelled, Some("flu"), VisitChange::Cancelled)
    );
    let choice = world.press(&mut screen, "x");
    let prompt = answered(&mut world, choice, "w");
    let (visit, change) = changed(&answered(&mut world, prompt, "+1d\n"));
    assert_eq!((visit.date.to_string().as_str(), change), ("2026-11-25", VisitChange::Moved));
}

#[test]
fn whoever_is_here_and_moves_to_another_day_is_booked_there() {
    for (typed, state) in [("+1d\n", VisitState::Booked), ("1100\n", VisitState::Here)] {
        let mut world = World::day();
        let mut screen = on(&mut world, What::Assessment, "Hale");
        let prompt = world.press(&mut screen, "m");
        let (visit, _) = changed(&answered(&mut world, prompt, typed));
        assert_eq!(visit.state, state, "{typed}");
    }
}

#[test]
fn what_follows_a_no_show_is_decided_with_the_opioid_in_view_first() {
    let mut world = World::day();
    let mut file = world.records.to_follow[0].file.clone();
    let mut lines: Vec<Medication> = ["vitamin C 500 mg 1-0-0", "pregabalin 75 mg 1-0-1", "oxycodone er 10 mg bid"]
        .into_iter()
        .map(|line| Medication::new(world.id(), line, None))
        .collect();
    let written = "2026-11-01".parse().unwrap();
    lines[2].supply = Some(Supply { written, days: 26, quantity: None, prescriber: None, earliest: None });
    file.facts.medications = Known::Listed(lines, None);
    file.facts.opioid.region = Some(Region::Us);
    world.change(|records| {
        for record in records.visits.iter_mut().filter(|record| record.visit.patient == Some(file.patient.id)) {
            record.file = Some(file.clone());
        }
        records.to_follow[0].file = file;
    });
    let mut screen = on(&mut world, What::Aftermath, "Kovac");
    let effects = world.press(&mut screen, "Enter");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Choice(choice) = &**modal else { panic!("{modal:?}") };
    let said = choice.lines.join(" ");
    let at = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    assert!(at("oxycodone er 10 mg bid (until 27 Nov 2026)") < at("pregabalin"), "{said}");
    assert!(at("pregabalin") < at("vitamin C"), "{said}");
}

#[test]
fn what_follows_a_no_show_says_first_what_is_at_stake() {
    let mut world = World::day();
    let mut file = world.records.to_follow[0].file.clone();
    world.takes(&mut file, "warfarin");
    world.change(|records| {
        records.to_follow[0].file = file.clone();
        for record in records.visits.iter_mut().filter(|record| record.visit.patient == Some(file.patient.id)) {
            record.file = Some(file.clone());
        }
    });
    let mut screen = on(&mut world, What::Aftermath, "Kovac");
    let effects = world.press(&mut screen, "Enter");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Choice(choice) = &**modal else { panic!("{modal:?}") };
    assert_eq!(
        choice.lines,
        ["no-show on Tue 24 Nov 2026", "antithrombotic: warfarin; is it held?", "medicines: nobody has asked"]
    );
    for (key, follows) in [
        ("b", vec!["open NewVisit"]),
        ("d", vec!["write: follows the no-show: rebooked"]),
        ("l", vec!["write: follows the no-show: letter"]),
        ("g", vec!["prompt Let go, because"]),
        ("r", vec!["write: booked again as it was"]),
    ] {
        let choice = world.press(&mut screen, "Enter");
        assert_eq!(told(&answered(&mut world, choice, key)), follows, "{key}");
    }
}

#[test]
fn the_kind_changes_in_place() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Assessment, "Nguyen");
    let choice = world.press(&mut screen, "v");
    let (visit, change) = changed(&answered(&mut world, choice, "p"));
    assert_eq!((visit.kind, visit.state, change), (VisitKind::Procedure, VisitState::InRoom, VisitChange::KindChanged));
}

#[test]
fn who_an_import_proposed_is_confirmed_or_chosen() {
    let mut world = World::day();
    world.change(|records| records.visits[7].visit.patient_confirmed = false);
    let mut screen = on(&mut world, What::Assessment, "Diallo");
    let choice = world.press(&mut screen, "f");
    let (visit, change) = changed(&answered(&mut world, choice, "y"));
    assert!(visit.patient_confirmed && change == VisitChange::PatientConfirmed);
    let choice = world.press(&mut screen, "f");
    assert_eq!(told(&answered(&mut world, choice, "o")), ["open Visit"]);
}

#[test]
fn a_plan_is_kept_unchanged_after_what_is_kept_was_shown() {
    // In the room, where the assessment was completed, as well as at midday.
    for line in [What::Plan, What::Assessment] {
        let mut world = World::day();
        let mut screen = on(&mut world, line, "Okafor");
        let effects = world.press(&mut screen, "=");
        let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
        let Modal::Choice(choice) = &**modal else { panic!("{modal:?}") };
        assert_eq!(choice.about, "OKAFOR Adaeze");
        assert_eq!(choice.lines, ["medication: gabapentin 300 mg three times", "medication: graded walking"]);
        let kept = answered(&mut world, effects, "\n");
        let [Effect::Write(write, _)] = kept.as_slice() else { panic!("{kept:?}") };
        let Write::SetPlan { plan, answers, booked, .. } = &**write else { panic!("{write:?}") };
        assert_eq!((plan.version, plan.unchanged, plan.items.len(), answers.len(), booked.len()), (4, true, 2, 1, 0));
    }
    let mut world = World::day();
    let mut screen = on(&mut world, What::Plan, "Santos");
    let refused = told(&world.press(&mut screen, "="));
    assert_eq!(refused, ["refuse: SANTOS Rui has no plan yet that could be kept."]);
}

#[test]
fn a_call_nobody_answered_is_counted_and_comes_again_on_the_next_clinic_day() {
    for (today, due) in [("2026-11-24", "2026-11-25"), ("2026-11-27", "2026-11-30")] {
        let mut world = World::day();
        world.now = World::at(&format!("{today}T10:14")).now;
        world.change(|records| records.date = today.parse().unwrap());
        let mut screen = on(&mut world, What::CheckIn, "Rossi");
        let effects = world.press(&mut screen, "r");
        let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
        let Write::PutCheckIn { check_in, change: CheckInChange::NoAnswer } = &**write else { panic!("{write:?}") };
        assert_eq!((check_in.attempts, check_in.due.to_string().as_str()), (2, due));
    }
}

#[test]
fn several_blocks_are_a_choice() {
    let mut world = World::day();
    let mut second = world.records.visits.last().unwrap().clone();
    second.visit.id = world.id();
    second.visit.start = None;
    second.visit.title = Some("Conference".to_owned());
    world.change(|records| records.visits.push(second));
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "b");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Choice(choice) = &**modal else { panic!("{modal:?}") };
    let labels: Vec<&str> = choice.options.iter().map(|option| option.label.as_str()).collect();
    assert_eq!(labels, ["16:00  Team meeting", "all day  Conference"]);
    assert_eq!(told(&answered(&mut world, effects, "2")), ["open FromBlock"]);
}

#[test]
fn a_day_never_closed_is_closed_before_today() {
    let mut world = World::day();
    let date = "2026-11-23".parse().unwrap();
    world.change(|records| records.unclosed = Some(crate::clinical::board::Unclosed { date, open: 3 }));
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "c");
    let carries = matches!(
        effects.as_slice(),
        [Effect::Open(Place::Close(day)), Effect::Run(Command::CarryAll)] if *day == date
    );
    assert!(carries, "{effects:?}");
}

#[test]
fn from_another_day_esc_comes_back_to_today_and_the_now_key_to_the_visit() {
    let mut world = World::day();
    world.change(|records| records.date = "2026-11-20".parse().unwrap());
    let mut screen = opened(&mut world);
    assert_eq!(told(&world.press(&mut screen, "Esc")), ["show 2026-11-24"]);
    assert_eq!(told(&world.press(&mut screen, ".")), ["show 2026-11-24"]);
    world.change(|records| records.date = "2026-11-24".parse().unwrap());
    screen.day_changed(&mut world.env());
    assert_eq!(name(&mut world, &screen), "NGUYEN Linh");
    assert_eq!(screen.place(), Place::Board("2026-11-24".parse().unwrap()));
}

#[test]
fn an_act_is_undone_at_once_only_where_its_patient_is_in_view() {
    let mut world = World::day();
    world.size = (80, 24);
    let screen = opened(&mut world);
    for (family, shown) in [("Nguyen", true), ("Okafor", true), ("Stolz", false), ("Ibsen", false)] {
        let patient = who(&world, family);
        assert_eq!(screen.shows(patient, &world.env()), shown, "{family}");
    }
    let mut long = World::long_day(40);
    long.size = (80, 24);
    let screen = opened(&mut long);
    let last = who(&long, "FAMILY39");
    assert!(!screen.shows(last, &long.env()), "scrolled away");
}

#[test]
fn the_why_of_a_line_gives_its_reasons() {
    let mut world = World::day();
    let mut screen = on(&mut world, What::Procedure, "Okafor");
    let effects = world.press(&mut screen, "i");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Reading(reading) = &**modal else { panic!("{modal:?}") };
    let text = reading.text.replace('\n', " ");
    for reason in
        ["○ Booked, and not here yet", "apixaban is on the list", "reviewed 24 Nov 2026", "allergy: penicillin"]
    {
        assert!(text.contains(reason), "{reason}: {text}");
    }
}

#[test]
fn every_line_of_the_board_has_a_why() {
    let mut world = World::day();
    let keys: Vec<ItemKey> = world.board.items().map(|item| item.key).collect();
    for key in keys {
        let item = world.board.items().find(|item| item.key == key).unwrap().clone();
        let env = world.env();
        let day = super::super::scene::Day::of(&env);
        let text = super::super::why::text(&item, day);
        assert!(text.lines().next().is_some_and(|line| line.ends_with('.')), "{key:?}: {text}");
    }
}
