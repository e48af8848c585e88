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

use super::chrome::LEAST;
use super::chrome::foot::message_words;
use super::effect::Effect;
use super::env::{Env, Message, View};
use super::theme::Role;
use super::widget::bar::{Footer, Hint};
use super::widget::{Canvas, row};
use crate::action::input::{Input, MouseButton, MouseKind};
use crate::action::key::{Key, KeyCode};

/// What came of an input.
#[derive(Debug)]
pub enum Done {
    /// Not answered yet.
    Stay,
    /// Not answered: why this key is no answer here.
    Unanswered(String),
    /// Answered, or left: these effects follow.
    Close(Vec<Effect>),
}

impl Done {
    /// Left without an answer.
    pub const fn left() -> Self {
        Self::Close(Vec::new())
    }

    /// This key is none of the answers.
    fn unanswered(key: Key) -> Self {
        Self::Unanswered(format!("\u{201c}{key}\u{201d} is none of the answers; Esc leaves the question"))
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

/// What a modal may lie over on the screen of these inputs.
fn screen(env: &Env<'_>) -> Rect {
    over(Rect::new(0, 0, env.size.0, env.size.1))
}

/// What a modal may lie over: all but the last row, where its keys stand in place of those below it. A terminal too low
/// for the board has no row to spare.
fn over(screen: Rect) -> Rect {
    Rect { height: screen.height - u16::from(screen.height >= LEAST.1), ..screen }
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

    /// Draws the modal over the screen, its keys in place of those of the screen: no other key does anything now.
    pub fn render(&self, canvas: &mut Canvas<'_>, screen: Rect, view: &View<'_>) {
        let area = over(screen);
        if area.height < screen.height {
            self.foot(canvas, row(screen, screen.height - 1), view);
        }
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

    /// Its keys. For screen readers also why the last one was no answer: the line for that lies below the modal.
    fn foot(&self, canvas: &mut Canvas<'_>, area: Rect, view: &View<'_>) {
        let hint = |(rank, (key, word)): (u8, &(&'static str, &'static str))| Hint { key, word, rank };
        let hints: Vec<Hint<'_>> = (0..).zip(self.keys()).map(hint).collect();
        if !view.preferences.plain {
            Footer { hints: &hints }.paint(canvas, area);
            return;
        }
        let keys: Vec<String> = hints.iter().map(|hint| format!("{} {}", hint.key, hint.word)).collect();
        let why = message_words(view).filter(|_| matches!(view.message, Message::Refused(_)));
        canvas.clear(area);
        canvas.text(area, Role::Second, &why.unwrap_or_else(|| keys.join(", ")));
    }

    /// The keys that answer or leave it, where it does not show them itself.
    const fn keys(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Choice(choice) if choice.enter => &[("Enter", "the first"), ("Esc", "leave it")],
            Self::Choice(_) | Self::QuickScore(_) => &[("Esc", "leave it")],
            // Its last line says what Enter does.
            Self::Prompt(_) => &[],
            Self::Keys(_) | Self::Reading(_) => &[("Esc", "back"), ("j", "down"), ("k", "up"), ("Space", "page on")],
            Self::Palette(_) => &[("Enter", "run"), ("Esc", "leave it"), ("Down", "next"), ("Up", "before")],
            Self::Instruments(_) => {
                &[("Enter", "open"), ("Esc", "leave it"), ("Down", "next"), ("Up", "before"), ("F2", "why")]
            }
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

    fn typed(modal: &mut Modal, world: &mut World, code: KeyCode) -> Done {
        modal.input(&Input::Key(Key::of(code)), &mut world.env())
    }

    fn question(lines: Vec<String>) -> Modal {
        Modal::Choice(Choice {
            title: "Not coming".to_owned(),
            about: "KOVAC Ana".to_owned(),
            lines,
            options: vec![Choose::new('n', "no-show", vec![Effect::Say("no-show".to_owned())])],
            enter: false,
        })
    }

    #[test]
    fn a_key_that_is_no_answer_is_said_to_be_none_and_the_question_stays() {
        let mut world = World::day();
        for code in [KeyCode::Char('k'), KeyCode::Enter, KeyCode::Down] {
            let Done::Unanswered(why) = typed(&mut question(Vec::new()), &mut world, code) else { panic!("{code:?}") };
            assert!(why.ends_with("is none of the answers; Esc leaves the question"), "{why}");
        }
        assert!(matches!(typed(&mut question(Vec::new()), &mut world, KeyCode::Esc), Done::Close(_)));
    }

    #[test]
    fn the_last_row_has_the_keys_of_what_lies_on_top_and_no_others() {
        let mut world = World::day();
        world.size = (80, 24);
        let long = Reading::new("Why", &"a line of what was said\n".repeat(60));
        let keys = Keys { context: Context::Board, top: 0 };
        for (modal, foot) in [
            (question(Vec::new()), " Esc leave it"),
            (Modal::Reading(long), " Esc back  j down  k up  Space page on"),
            (Modal::Keys(keys), " Esc back  j down  k up  Space page on"),
            (
                Modal::Palette(Palette::new(Context::Board, Vec::new())),
                " Enter run  Esc leave it  Down next  Up before",
            ),
        ] {
            assert_eq!(drawn(&modal, &world).last().unwrap().trim_end(), foot);
        }
    }

    #[test]
    fn what_must_be_known_before_choosing_is_whole_on_a_narrow_screen_and_the_click_still_meets() {
        let mut world = World::day();
        world.size = (40, 12);
        let words = "A forgotten passphrase is final and nobody can help whoever has lost it.";
        let mut modal = question(vec![words.to_owned()]);
        let shown: Vec<String> =
            drawn(&modal, &world).iter().map(|line| line.trim_matches(['│', ' ']).to_owned()).collect();
        assert!(shown.join(" ").contains(words), "{shown:#?}");
        assert!(matches!(click(&mut modal, &mut world, "no-show"), Done::Close(_)));
    }
}
