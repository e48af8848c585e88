//! What each key asks for, key by key.

use crate::action::Write;
use crate::action::write::VisitChange;
use crate::clinical::visit::VisitState;
use crate::ui::effect::Effect;
use crate::ui::place::Place;
use crate::ui::screen::Surface;
use crate::ui::screen::board::BoardScreen;
use crate::ui::screen::testing::World;

fn opened(world: &mut World) -> BoardScreen {
    let mut screen = BoardScreen::new(world.records.date, [false; 7]);
    screen.day_changed(&mut world.env());
    screen
}

fn name(world: &mut World, screen: &BoardScreen) -> String {
    let env = world.env();
    screen.chosen(&env).map(crate::clinical::board::Item::name).unwrap_or_default()
}

#[test]
fn the_board_opens_on_whoever_is_in_room() {
    let mut world = World::day();
    let screen = opened(&mut world);
    assert_eq!(name(&mut world, &screen), "NGUYEN Linh");
}

#[test]
fn space_moves_the_patient_one_step_on_and_stamps_the_time() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "Space");
    let [Effect::Write(write)] = effects.as_slice() else { panic!("{effects:?}") };
    let Write::ChangeVisit { visit, change: VisitChange::Advanced } = &**write else { panic!("{write:?}") };
    assert_eq!((visit.state, visit.left_at), (VisitState::Left, Some(world.now.instant)));
}

#[test]
fn enter_opens_what_is_selected() {
    let mut world = World::day();
    let mut screen = opened(&mut world);
    let effects = world.press(&mut screen, "Enter");
    assert!(matches!(effects.as_slice(), [Effect::Open(Place::Assessment(_))]), "{effects:?}");
}
