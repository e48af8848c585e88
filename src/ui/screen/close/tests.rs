//! The close of a day as it is drawn, and what its keys ask for. Invented people only.

use super::*;
use crate::action::input::{Mouse, MouseButton, MouseKind};
use crate::clinical::board::records::VisitRecord;
use crate::clinical::board::{NotAsked, board};
use crate::clinical::draft::{ASSESSMENT_FORM, DraftKey};
use crate::clinical::id::PatientId;
use crate::clinical::task::{Owner, TaskKind};
use crate::clinical::time::instant;
use crate::clinical::visit::{VisitKind, VisitState};
use crate::ui::screen::testing::{World, ZONE};
use crate::ui::theme::{Look, Role, Signs, Surface as Ground};

/// The full day, in the evening: whoever came has left.
fn evening() -> World {
    let mut world = World::day();
    let at: chrono::NaiveDateTime = "2026-11-24T18:02:00".parse().unwrap();
    world.now = Now { instant: instant(at, ZONE), zone: ZONE };
    let live = world.records.visits.iter_mut().filter(|record| record.visit.state.is_live());
    live.for_each(|record| record.visit.state = VisitState::Left);
    world.load();
    world
}

/// The hands go to an item of this kind.
fn go_to(world: &mut World, screen: &mut CloseScreen, kind: Kind) {
    assert!(screen.sheet.open().any(|(of, _)| of == kind), "{kind:?}: {:?}", screen.sheet.groups);
    while screen.item().unwrap().0 != kind {
        world.press(screen, "Down");
    }
}

fn screen(world: &World) -> CloseScreen {
    CloseScreen::new(world.records.clone(), world.now)
}

/// The line under the title: what is open, and what one key does with it.
fn lead(world: &World, screen: &CloseScreen) -> String {
    world.show(screen).lines().nth(1).unwrap().to_owned()
}

/// Carries out what the screen asked for on the records, as the store would, and loads the screen again.
fn carry_out(world: &mut World, screen: &mut CloseScreen, effects: Vec<Effect>) {
    for effect in effects {
        let Effect::Write(write, _) = effect else { panic!("{effect:?}") };
        apply(world, *write);
    }
    world.load();
    screen.set_model(world.records.clone(), world.now);
}

fn apply(world: &mut World, write: Write) {
    match write {
        Write::Together(_, writes) => {
            for write in writes {
                apply(world, write);
            }
        }
        Write::Decide(decision) => {
            world.records.decisions.insert(decision.item, decision.clone());
            world.records.decided.push(decision);
        }
        Write::CloseDay { day, decisions } => {
            for decision in decisions {
                apply(world, Write::Decide(decision));
            }
            world.records.day = Some(day);
        }
        other => panic!("{other:?}"),
    }
}

/// Answers whatever is chosen by hand until nothing is open.
fn answer_all(world: &mut World, screen: &mut CloseScreen) {
    while let Some((_, item)) = screen.item() {
        let item = item.clone();
        let decision = Decision {
            id: world.id(),
            item: item.key,
            visit: None,
            day: screen.date(),
            kind: DecisionKind::Closed,
            to: None,
            reason: "answered by hand".to_owned(),
            at: world.now.instant,
        };
        carry_out(world, screen, vec![Effect::write(Write::Decide(decision))]);
    }
}

#[test]
fn the_close_looks_as_reviewed() {
    let mut world = evening();
    world.preferences.hide_names_below = 0;
    let mut screen = screen(&world);
    let mut all = String::new();
    for size in [(80, 24), (120, 40), (46, 14)] {
        world.size = size;
        all += &format!("── open {}×{}\n{}", size.0, size.1, world.show(&screen));
    }
    world.size = (80, 24);
    let effects = world.press(&mut screen, "a");
    carry_out(&mut world, &mut screen, effects);
    all += &format!("── the rest carried\n{}", world.show(&screen));
    answer_all(&mut world, &mut screen);
    all += &format!("── nothing open\n{}", world.show(&screen));
    let effects = world.press(&mut screen, "c");
    carry_out(&mut world, &mut screen, effects);
    all += &format!("── closed\n{}", world.show(&screen));
    world.look = Look { signs: Signs::Ascii, ..Look::default() };
    let shown = world.show(&screen);
    assert!(shown.is_ascii(), "{shown}");
    insta::assert_snapshot!("close", all);
}

#[test]
fn red_flags_are_told_as_left_out_only_where_they_were_to_be_asked() {
    let mut world = evening();
    let flags = vec!["fever or chills".to_owned()];
    let of_patients = |kinds: &[VisitKind], world: &World| -> Vec<PatientId> {
        let visits = world.records.visits.iter().filter(|record| kinds.contains(&record.visit.kind));
        visits.filter_map(|record| record.visit.patient).collect()
    };
    let everybody = of_patients(&[VisitKind::New, VisitKind::FollowUp, VisitKind::Procedure], &world);
    let first = of_patients(&[VisitKind::New], &world);
    assert!(!first.is_empty() && first.len() < everybody.len());
    for (begun, expected) in [(false, first), (true, everybody)] {
        let visits: Vec<_> = world.records.visits.iter().map(|record| record.visit.id).collect();
        let left_out = |id| (id, NotAsked { flags: flags.clone(), begun });
        world.records.not_asked = visits.into_iter().map(left_out).collect();
        let screen = screen(&world);
        let told: Vec<PatientId> = screen
            .entries()
            .into_iter()
            .filter_map(|entry| match entry {
                Entry::NotAskedOf(patient, _) => Some(patient.id),
                _ => None,
            })
            .collect();
        assert_eq!(told, expected, "{begun}");
    }
}

#[test]
fn a_screen_reader_gets_one_line_an_item() {
    let mut world = evening();
    let mut screen = screen(&world);
    world.preferences.plain = true;
    world.size = (100, 30);
    world.press(&mut screen, "Down Down");
    insta::assert_snapshot!("plain", world.show(&screen));
}

#[test]
fn the_counts_are_those_of_the_board_and_of_what_was_decided() {
    let mut world = evening();
    let mut screen = screen(&world);
    let board = board(&world.records, world.now);
    let total = screen.sheet.total;
    assert_eq!(total.open, board.open().count());
    assert_eq!(total.done, board.items().filter(|item| item.done).count());
    let rest = screen.sheet.rest().len();
    let effects = world.press(&mut screen, "a");
    carry_out(&mut world, &mut screen, effects);
    let now = screen.sheet.total;
    assert_eq!((now.open, now.carried, now.done), (total.open - rest, rest, total.done));
}

#[test]
fn the_rest_goes_to_the_next_clinic_day_as_one_act_and_what_wants_its_own_answer_stays() {
    let mut world = evening();
    let mut screen = screen(&world);
    let rest = screen.sheet.rest().len();
    let effects = world.press(&mut screen, "a");
    let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let Write::Together(name, writes) = &**write else { panic!("{write:?}") };
    assert_eq!((name.as_str(), writes.len()), (format!("carried {rest} items to 25 Nov 2026").as_str(), rest));
    for write in writes {
        let Write::Decide(decision) = write else { panic!("{write:?}") };
        assert_eq!(decision.to, "2026-11-25".parse().ok());
        let of_visit = matches!(decision.item, ItemKey::Assessment(_) | ItemKey::Procedure(_));
        assert_eq!(decision.visit.is_some(), of_visit, "{}", decision.item);
    }
    carry_out(&mut world, &mut screen, effects);
    let left: Vec<Kind> = screen.sheet.open().map(|(kind, _)| kind).collect();
    assert_eq!(left, [Kind::RedFlag, Kind::Result, Kind::Tomorrow]);
    let why = screen.cannot(Command::CarryAll, &world.env()).unwrap();
    assert_eq!(why, "each needs a decision of its own: 1 red flag, 1 result, 1 case of tomorrow");
}

#[test]
fn a_visit_that_is_not_over_is_no_paperwork_and_wants_its_own_answer() {
    let mut world = World::day();
    world.size = (120, 40);
    let mut screen = screen(&world);
    let not_over = screen.sheet.of_kind(Kind::Visit).len();
    assert!(not_over > 3);
    assert!(lead(&world, &screen).contains(&format!("{not_over} visits not over")));
    let effects = world.press(&mut screen, "a");
    let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let Write::Together(_, writes) = &**write else { panic!("{write:?}") };
    for write in writes {
        let Write::Decide(decision) = write else { panic!("{write:?}") };
        assert!(screen.sheet.of_kind(Kind::Visit).iter().all(|item| item.key != decision.item), "{}", decision.item);
    }
    carry_out(&mut world, &mut screen, effects);
    assert_eq!(screen.sheet.of_kind(Kind::Visit).len(), not_over, "nobody who may still come is carried along");
    let why = screen.cannot(Command::ConfirmClose, &world.env()).unwrap();
    assert!(why.contains(&format!("{not_over} visits not over")), "{why}");

    go_to(&mut world, &mut screen, Kind::Visit);
    while screen.item().unwrap().1.state != Some(VisitState::Booked) {
        world.press(&mut screen, "Down");
    }
    let visit = screen.item().unwrap().1.visit.unwrap();
    let effects = world.press(&mut screen, "x");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(matches!(&**modal, Modal::Choice(choice) if choice.title == "Not coming"), "{modal:?}");
    let effects = world.press(&mut screen, "m");
    let [Effect::Show(modal)] = effects.as_slice() else { panic!("{effects:?}") };
    let Modal::Prompt(prompt) = &**modal else { panic!("{modal:?}") };
    let asked = format!("{prompt:?}");
    assert!(asked.contains("Move(") && asked.contains(&visit.to_string()), "{asked}");
    let effects = world.press(&mut screen, "Space");
    let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(matches!(&**write, Write::ChangeVisit { visit: of, .. } if of.id == visit && of.state == VisitState::Here));
    assert!(matches!(world.press(&mut screen, "A").as_slice(), [Effect::Refuse(_)]), "nor all of them at once");
}

#[test]
fn a_visit_of_which_something_is_written_is_paperwork_whoever_forgot_to_let_the_patient_go() {
    let mut world = World::day();
    let is = |record: &&mut VisitRecord| record.visit.state == VisitState::InRoom;
    let record = world.records.visits.iter_mut().find(is).unwrap();
    record.visit.recorded_at = None;
    let id = record.visit.id;
    let key = ItemKey::Assessment(id);
    world.records.drafts.clear();
    world.load();
    let kind = |world: &World| screen(world).sheet.open().find(|(_, item)| item.key == key).unwrap().0;
    assert_eq!(kind(&world), Kind::Visit);
    world.records.drafts.insert(DraftKey::of(ASSESSMENT_FORM, id));
    assert_eq!(kind(&world), Kind::Assessment);
}

#[test]
fn a_weekend_is_passed_over() {
    let mut world = World::at("2026-11-27T18:00");
    world.task("call the pharmacy", TaskKind::Call, Owner::Me, None);
    world.load();
    let mut screen = screen(&world);
    assert!(lead(&world, &screen).contains("carries it to Mon 30 Nov 2026"), "one item is not the 1");
    let effects = world.press(&mut screen, "a");
    let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(write.act(), "carried 1 item to 30 Nov 2026");
}

#[test]
fn what_one_key_carries_is_counted_only_where_there_are_several() {
    let mut world = World::at("2026-11-24T18:00");
    world.task("call the pharmacy", TaskKind::Call, Owner::Me, None);
    world.load();
    let tomorrow = |at: &str| {
        let at: chrono::NaiveDateTime = at.parse().unwrap();
        Now { instant: instant(at, ZONE), zone: ZONE }
    };
    world.now = tomorrow("2026-11-25T07:50:00");
    world.load();
    assert!(
        lead(&world, &screen(&world)).contains("carries it to today and closes it"),
        "{}",
        lead(&world, &screen(&world))
    );
    world.task("order gloves", TaskKind::Call, Owner::Me, None);
    world.load();
    assert!(lead(&world, &screen(&world)).contains("carries all 2 to today and closes it"));
    world.now = tomorrow("2026-11-24T18:00:00");
    world.load();
    assert!(lead(&world, &screen(&world)).contains("carries the 2 to Wed 25 Nov 2026"));
}

#[test]
fn one_kind_is_carried_by_one_key() {
    let mut world = evening();
    let mut screen = screen(&world);
    assert!(matches!(world.press(&mut screen, "A").as_slice(), [Effect::Refuse(_)]), "a red flag is not");
    go_to(&mut world, &mut screen, Kind::Procedure);
    let procedures = screen.sheet.of_kind(Kind::Procedure).len();
    let effects = world.press(&mut screen, "A");
    carry_out(&mut world, &mut screen, effects);
    assert!(procedures > 1);
    assert_eq!(screen.sheet.total.carried, procedures);
    assert!(screen.sheet.of_kind(Kind::Procedure).is_empty());
}

#[test]
fn the_day_is_closed_only_when_nothing_is_undecided() {
    let mut world = evening();
    let mut screen = screen(&world);
    let effects = world.press(&mut screen, "c");
    let [Effect::Refuse(why)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(why.starts_with("still open: 1 red flag, 1 result, "), "{why}");
    let effects = world.press(&mut screen, "a");
    carry_out(&mut world, &mut screen, effects);
    answer_all(&mut world, &mut screen);
    let effects = world.press(&mut screen, "c");
    let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let Write::CloseDay { day, decisions } = &**write else { panic!("{write:?}") };
    assert!(decisions.is_empty(), "each was kept when it was decided");
    let total = screen.sheet.total;
    assert_eq!((day.done as usize, day.carried as usize, day.let_go), (total.done, total.carried, 3));
    assert_eq!((day.date, day.closed_at), (screen.date(), Some(world.now.instant)));
    carry_out(&mut world, &mut screen, effects);
    assert!(screen.sheet.board.closed);
    for command in [Command::ConfirmClose, Command::CarryAll, Command::Open, Command::CarryOne] {
        assert!(screen.cannot(command, &world.env()).is_some(), "{command:?}");
    }
    let day = screen.records.day.clone().unwrap();
    world.records.day = Some(DayRecord { closed_at: None, ..day.clone() });
    world.load();
    world.press(&mut screen, "Down");
    screen.day_changed(&mut world.env());
    assert!(!screen.sheet.board.closed, "a new item opened it again");
    let effects = world.press(&mut screen, "c");
    let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(matches!(&**write, Write::CloseDay { day: again, .. } if again.id == day.id), "a day has one record");
}

#[test]
fn a_day_never_closed_is_carried_over_and_closed_by_one_key() {
    let mut world = evening();
    world.preferences.hide_names_below = 0;
    let at: chrono::NaiveDateTime = "2026-11-25T07:50:00".parse().unwrap();
    world.now = Now { instant: instant(at, ZONE), zone: ZONE };
    world.load();
    let mut screen = screen(&world);
    assert!(screen.sheet.overdue);
    let open = screen.sheet.total.open;
    assert!(screen.sheet.of_kind(Kind::Tomorrow).is_empty(), "that tomorrow is today");
    world.size = (80, 12);
    insta::assert_snapshot!("never_closed", world.show(&screen));
    let effects = world.press(&mut screen, "a");
    let [Effect::Write(write, _)] = effects.as_slice() else { panic!("{effects:?}") };
    let Write::CloseDay { day, decisions } = &**write else { panic!("{write:?}") };
    assert_eq!((decisions.len(), day.carried as usize), (open, open));
    assert!(decisions.iter().all(|decision| decision.to == "2026-11-25".parse().ok()), "today shows them again");
    carry_out(&mut world, &mut screen, effects);
    assert!(screen.sheet.board.closed);
}

#[test]
fn a_day_that_has_not_come_is_not_closed() {
    let mut world = World::at("2026-11-24T10:14");
    world.records.date = "2026-11-26".parse().unwrap();
    world.load();
    let mut screen = screen(&world);
    let effects = world.press(&mut screen, "c");
    assert!(matches!(effects.as_slice(), [Effect::Refuse(why)] if why == "this day has not come yet"), "{effects:?}");
}

#[test]
fn each_key_answers_the_chosen_item() {
    let mut world = evening();
    let mut screen = screen(&world);
    let prompt = |effects: &[Effect]| matches!(effects, [Effect::Show(modal)] if matches!(**modal, Modal::Prompt(_)));
    for keys in ["Enter", "m", "x"] {
        assert!(prompt(&world.press(&mut screen, keys)), "{keys} on a red flag");
    }
    go_to(&mut world, &mut screen, Kind::Plan);
    let (_, item) = screen.item().unwrap();
    let patient = item.patient_id().unwrap();
    let effects = world.press(&mut screen, "Enter");
    assert!(matches!(effects.as_slice(), [Effect::Open(Place::Plan(of))] if *of == patient), "{effects:?}");
    let effects = world.press(&mut screen, "p");
    assert!(matches!(effects.as_slice(), [Effect::Open(Place::Chart(of))] if *of == patient), "{effects:?}");
    let effects = world.press(&mut screen, "5");
    assert!(matches!(effects.as_slice(), [Effect::Open(Place::Reflection(_))]), "{effects:?}");
    assert_eq!(screen.patient(), Some(patient));
    assert_eq!(screen.patient_for_undo(), None, "u takes back the newest act of all");
}

#[test]
fn the_hands_stay_on_the_item_or_go_to_the_next() {
    let mut world = evening();
    let mut screen = screen(&world);
    world.press(&mut screen, "Down Down Down");
    let chosen = screen.chosen;
    screen.day_changed(&mut world.env());
    assert_eq!(screen.chosen, chosen);
    let keys: Vec<ItemKey> = screen.sheet.open().map(|(_, item)| item.key).collect();
    let at = keys.iter().position(|key| Some(*key) == chosen).unwrap();
    let decision = Decision {
        id: world.id(),
        item: keys[at],
        visit: None,
        day: screen.date(),
        kind: DecisionKind::Closed,
        to: None,
        reason: "done elsewhere".to_owned(),
        at: world.now.instant,
    };
    carry_out(&mut world, &mut screen, vec![Effect::write(Write::Decide(decision))]);
    assert_eq!(screen.chosen, Some(keys[at + 1]));
}

#[test]
fn the_mouse_selects_an_item_but_no_heading() {
    let mut world = evening();
    world.size = (80, 24);
    let mut screen = screen(&world);
    let list = draw::list_area(Rect::new(0, 0, 80, 24), &screen);
    let press = |y| Input::Mouse(Mouse { kind: MouseKind::Press(MouseButton::Left), x: 9, y });
    world.input(&mut screen, &press(list.y + 3));
    let chosen = screen.chosen;
    assert_eq!(screen.item().unwrap().0, Kind::Result);
    world.input(&mut screen, &press(list.y));
    assert_eq!(screen.chosen, chosen);
}

#[test]
fn what_wants_its_own_answer_is_amber_and_one_row_is_under_the_hands() {
    let mut world = evening();
    world.size = (120, 40);
    let screen = screen(&world);
    let buf = world.draw(&screen);
    let amber = world.look.theme.style(Ground::Ground, Role::Wants).fg;
    let lead: String =
        (0..120).filter(|x| Some(buf[(*x, 1)].fg) == amber).map(|x| buf[(x, 1)].symbol().to_owned()).collect();
    assert!(lead.contains("1 red flag, 1 result, 1 case of tomorrow need a decision each"), "{lead}");
    let band = world.look.theme.surface(Ground::Band).bg;
    assert_eq!((0..40).filter(|y| Some(buf[(5, *y)].bg) == band).count(), 1);
}

#[test]
fn while_somebody_is_in_room_a_narrow_close_names_no_other() {
    let mut world = World::day();
    world.size = (80, 40);
    let shown = world.show(&screen(&world));
    assert!(shown.contains("NGUYEN Linh") && !shown.contains("HALE"), "{shown}");
}

#[test]
fn hidden_names_are_nowhere() {
    let mut world = evening();
    let mut screen = screen(&world);
    world.names_hidden = true;
    for closed in [false, true] {
        if closed {
            let effects = world.press(&mut screen, "a");
            carry_out(&mut world, &mut screen, effects);
            answer_all(&mut world, &mut screen);
            let effects = world.press(&mut screen, "c");
            carry_out(&mut world, &mut screen, effects);
        }
        for plain in [false, true] {
            world.preferences.plain = plain;
            let shown = world.show(&screen).to_lowercase();
            for name in ["okafor", "tanaka", "rossi", "stolz"] {
                assert!(!shown.contains(name), "{name}\n{shown}");
            }
        }
    }
}

#[test]
fn every_size_and_every_text_is_drawn() {
    let mut world = evening();
    let long = "weiter und weiter ".repeat(60);
    for text in ["", "日本語のとても長い文", "שלום עולם", "e\u{301}\u{1b}[31m👩‍👩‍👧\u{202e}", long.as_str()]
    {
        for (task, _) in &mut world.records.tasks {
            text.clone_into(&mut task.what);
            task.owner = Owner::Named(text.to_owned());
        }
        world.load();
        let mut screen = screen(&world);
        for plain in [false, true] {
            world.preferences.plain = plain;
            for size in [(0, 0), (1, 1), (3, 2), (9, 5), (20, 6), (38, 9), (80, 24), (160, 50), (500, 3)] {
                world.size = size;
                let shown = world.show(&screen);
                assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{size:?}");
                world.press(&mut screen, "Down PgDn Up PgUp End Home");
            }
        }
    }
    let world = World::at("2026-11-24T10:14");
    let screen = self::screen(&world);
    assert!(world.show(&screen).contains("the day holds nothing"));
}
