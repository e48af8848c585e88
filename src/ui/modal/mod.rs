//! Modals: what lies over a screen and takes all input until it is answered. A modal is a barrier.
//!
//! A modal answers with [`Done`]: stay, or close and these effects. It names the patient it is about. Most are data: a
//! [`Choice`] lists options with the effects each has, a [`Prompt`] asks for one line and says what it is for.

pub mod choice;
pub mod follow;
pub mod instruments;
pub mod keys;
mod medicine;
pub mod palette;
pub mod prompt;
pub mod quick_score;
pub mod reading;

use ratatui::layout::Rect;

pub use choice::{Choice, Choose};
pub use instruments::{InstrumentLine, Instruments, Standing};
pub use keys::Keys;
pub use palette::Palette;
pub use prompt::{Prompt, Purpose};
pub use quick_score::QuickScore;
pub use reading::Reading;

use super::effect::Effect;
use super::env::{Env, View};
use super::widget::Canvas;
use crate::action::input::{Input, MouseButton, MouseKind};
use crate::action::key::{Key, KeyCode};

/// What came of an input.
#[derive(Debug)]
pub enum Done {
    /// Not answered yet.
    Stay,
    /// Answered, or left: these effects follow.
    Close(Vec<Effect>),
}

impl Done {
    /// Left without an answer.
    pub const fn left() -> Self {
        Self::Close(Vec::new())
    }
}

/// Something over a screen.
#[derive(Debug)]
pub enum Modal {
    /// A few options, one key each.
    Choice(Choice),
    /// One line to type.
    Prompt(Box<Prompt>),
    /// Pain now, in one key.
    QuickScore(Box<QuickScore>),
    /// Every key that works here.
    Keys(Keys),
    /// Commands by name or key.
    Palette(Palette),
    /// Instruments to choose from.
    Instruments(Box<Instruments>),
    /// Text to read: why a figure is what it is.
    Reading(Reading),
}

/// A turn of the wheel as the arrow that does the same.
fn turned(input: &Input) -> Option<Input> {
    let Input::Mouse(mouse) = input else { return None };
    let arrow = match mouse.kind {
        MouseKind::ScrollUp => KeyCode::Up,
        MouseKind::ScrollDown => KeyCode::Down,
        MouseKind::Press(_) | MouseKind::Drag(_) | MouseKind::Release => return None,
    };
    Some(Input::Key(Key::of(arrow)))
}

/// Where the left button was pressed.
fn pressed(input: &Input) -> Option<(u16, u16)> {
    match input {
        Input::Mouse(mouse) if mouse.kind == MouseKind::Press(MouseButton::Left) => Some((mouse.x, mouse.y)),
        _ => None,
    }
}

/// The screen a modal lies over.
const fn screen(env: &Env<'_>) -> Rect {
    Rect::new(0, 0, env.size.0, env.size.1)
}

impl Modal {
    /// Takes an input.
    pub fn input(&mut self, input: &Input, env: &mut Env<'_>) -> Done {
        let turned = turned(input);
        if matches!(input, Input::Mouse(_)) && env.preferences.plain {
            return Done::Stay;
        }
        let input = match self {
            Self::Keys(_) | Self::Palette(_) | Self::Instruments(_) | Self::Reading(_) => {
                turned.as_ref().unwrap_or(input)
            }
            Self::Choice(_) | Self::Prompt(_) | Self::QuickScore(_) => input,
        };
        match self {
            Self::Choice(modal) => modal.input(input, env),
            Self::Prompt(modal) => modal.input(input, env),
            Self::QuickScore(modal) => modal.input(input, env),
            Self::Keys(modal) => modal.input(input, env),
            Self::Palette(modal) => modal.input(input, env),
            Self::Instruments(modal) => modal.input(input, env),
            Self::Reading(modal) => modal.input(input, env),
        }
    }

    /// Draws the modal over the screen.
    pub fn render(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        match self {
            Self::Choice(modal) => modal.render(canvas, area, view),
            Self::Prompt(modal) => modal.render(canvas, area, view),
            Self::QuickScore(modal) => modal.render(canvas, area, view),
            Self::Keys(modal) => modal.render(canvas, area, view),
            Self::Palette(modal) => modal.render(canvas, area, view),
            Self::Instruments(modal) => modal.render(canvas, area, view),
            Self::Reading(modal) => modal.render(canvas, area, view),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::input::Mouse;
    use crate::action::{Command, Context};
    use crate::ui::screen::testing::{World, text};
    use crate::ui::theme::Look;

    fn drawn(modal: &Modal, world: &World) -> Vec<String> {
        let area = Rect::new(0, 0, world.size.0, world.size.1);
        let mut buf = ratatui::buffer::Buffer::empty(area);
        modal.render(&mut Canvas::new(&mut buf, Look::default()), area, &world.view());
        text(&buf).lines().map(str::to_owned).collect()
    }

    /// Presses the left button on the words, where they stand.
    fn click(modal: &mut Modal, world: &mut World, words: &str) -> Done {
        let lines = drawn(modal, world);
        let y = lines.iter().position(|line| line.contains(words)).unwrap();
        let x = lines[y][..lines[y].find(words).unwrap()].chars().count();
        press(modal, world, (u16::try_from(x).unwrap(), u16::try_from(y).unwrap()))
    }

    fn press(modal: &mut Modal, world: &mut World, (x, y): (u16, u16)) -> Done {
        let mouse = Mouse { kind: MouseKind::Press(MouseButton::Left), x, y };
        modal.input(&Input::Mouse(mouse), &mut world.env())
    }

    fn turn(modal: &mut Modal, world: &mut World, kind: MouseKind) {
        modal.input(&Input::Mouse(Mouse { kind, x: 0, y: 0 }), &mut world.env());
    }

    #[test]
    fn a_click_takes_the_option_it_is_on_and_nothing_beside_it() {
        let mut world = World::day();
        for (words, taken) in [("no-show", true), ("Not coming", false), ("booked", false), ("KOVAC", false)] {
            let options = ['n', 'c'].map(|key| {
                let label = if key == 'n' { "no-show" } else { "cancelled" };
                Choose::new(key, label, vec![Effect::Say(label.to_owned())])
            });
            let mut modal = Modal::Choice(Choice {
                title: "Not coming".to_owned(),
                about: "KOVAC Ana".to_owned(),
                lines: vec!["booked on Tue 24 Nov 2026".to_owned()],
                options: options.into(),
                enter: false,
            });
            let done = click(&mut modal, &mut world, words);
            let said = matches!(&done, Done::Close(effects) if matches!(&effects[..], [Effect::Say(words)] if words == "no-show"));
            assert_eq!(said, taken, "{words}: {done:?}");
            // Beside the box no row is an option.
            for y in 0..world.size.1 {
                assert!(matches!(press(&mut modal, &mut world, (0, y)), Done::Stay), "line {y}");
            }
        }
    }

    #[test]
    fn in_the_palette_a_click_chooses_and_a_second_one_runs() {
        let mut world = World::day();
        let mut modal = Modal::Palette(Palette::new(Context::Board, Vec::new()));
        assert!(matches!(click(&mut modal, &mut world, "New visit"), Done::Stay));
        let done = click(&mut modal, &mut world, "New visit");
        assert!(
            matches!(&done, Done::Close(effects) if matches!(effects[..], [Effect::Run(Command::NewVisit)])),
            "{done:?}"
        );
        turn(&mut modal, &mut world, MouseKind::ScrollDown);
        let done = modal.input(&Input::Key(Key::of(KeyCode::Enter)), &mut world.env());
        assert!(matches!(&done, Done::Close(effects) if !matches!(effects[..], [Effect::Run(Command::NewVisit)])));
    }

    #[test]
    fn long_text_is_read_to_its_end_by_wheel_and_by_key_on_a_screen_of_any_width() {
        let mut world = World::day();
        let text = "one line of what was said in many words, so that none of it is cut\n".repeat(60);
        for size in [(40, 12), (60, 15), (80, 24), (160, 50)] {
            world.size = size;
            let mut modal = Modal::Reading(Reading::new("Why", &format!("{text}the end")));
            assert!(!drawn(&modal, &world).concat().contains("the end"));
            modal.input(&Input::Key(Key::of(KeyCode::End)), &mut world.env());
            let shown = drawn(&modal, &world);
            assert!(shown.concat().contains("the end"), "{size:?}");
            assert!(!shown.concat().contains('…') && !shown.concat().contains('↓'), "{shown:?}");
            let before = drawn(&modal, &world);
            turn(&mut modal, &mut world, MouseKind::ScrollUp);
            assert_ne!(drawn(&modal, &world), before, "the wheel moves back at once");
            turn(&mut modal, &mut world, MouseKind::ScrollDown);
            turn(&mut modal, &mut world, MouseKind::ScrollDown);
            assert_eq!(drawn(&modal, &world), before);
        }
    }
}
