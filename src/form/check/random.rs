//! Random keys: whatever is pressed, the form stays whole.

use crate::action::form_command::FormCommand;
use crate::clinical::id::Seeded;
use crate::form::def::FormDef;
use crate::form::draft::Draft;
use crate::form::event::In;
use crate::form::{AnyForm, Form, Prev, Value};

use super::World;

const CHARS: &[char] = &[
    '0', '1', '2', '5', '9', 'a', 'd', 'n', 't', 'y', 'x', ' ', '=', '-', '.', ',', '/', '+', 'é', '日', '\u{301}',
    '👩', '\u{200d}',
];
const PASTES: &[&str] = &["two\r\nlines", "\u{1b}[31mred", "24 nov", "e\u{301}👩‍⚕️", "***", ""];

/// Presses so many random keys in a form opened on a struct, and checks after each that the focus is on a field and in view, that drawing fits its
/// place, and at the end that a draft restores to itself and that undoing everything leads back to the start.
/// Complaints in words; empty if all held.
pub fn random_keys<T: Value>(
    form: impl Fn() -> FormDef<T>,
    start: &T,
    prev: Option<Prev<T>>,
    seed: u64,
    keys: usize,
) -> Vec<String> {
    let mut chance = Seeded(seed);
    let mut world = World { size: (60, 12), ..World::default() };
    let mut made = Form::open(form(), start.clone(), prev.clone(), &world.env());
    let mut out = Vec::new();
    let mut log = Vec::new();
    for _ in 0..keys {
        let input = random_input(&mut chance, &mut world);
        let scrolled = matches!(input, In::Cmd(FormCommand::ScrollUp | FormCommand::ScrollDown));
        log.push(input.clone());
        made.handle(input, &world.env());
        let complaint = look(&made, &world, scrolled);
        if let Some(complaint) = complaint {
            let last = &log[log.len().saturating_sub(12)..];
            out.push(format!("seed {seed}, key {}: {complaint}; last keys {last:?}", log.len()));
            return out;
        }
    }
    let draft = Draft { top: 0, ..made.draft() };
    let mut again = Form::open(form(), start.clone(), prev, &world.env());
    let json = made.draft_json();
    if let Err(e) = again.restore_json(&json, &world.env()) {
        out.push(format!("seed {seed}: the draft does not restore: {e}"));
    }
    // What is visible follows from the rest, but for a scroll by hand.
    if (Draft { top: 0, ..again.draft() }) != draft {
        out.push(format!("seed {seed}: the draft restores to another: {json} is now {}", again.draft_json()));
    }
    if keys <= 150 {
        let most = keys * 4;
        for _ in 0..most {
            made.handle(In::Cmd(FormCommand::Undo), &world.env());
        }
        if made.value() != start {
            out.push(format!("seed {seed}: undoing everything does not lead back to the start; keys {log:?}"));
        }
    }
    out
}

fn below(chance: &mut Seeded, n: usize) -> usize {
    usize::try_from(chance.next_u64() % (n.max(1) as u64)).unwrap_or(0)
}

fn random_input(chance: &mut Seeded, world: &mut World) -> In {
    match below(chance, 20) {
        0..9 => In::Char(CHARS[below(chance, CHARS.len())]),
        9..18 => In::Cmd(FormCommand::ALL[below(chance, FormCommand::ALL.len())]),
        18 if below(chance, 3) == 0 => {
            let side = |chance: &mut Seeded, most| u16::try_from(below(chance, most)).unwrap_or(0);
            world.size = (side(chance, 100), side(chance, 30));
            In::Resize
        }
        18 => In::Paste(PASTES[below(chance, PASTES.len())].to_owned()),
        _ => {
            let x = u16::try_from(below(chance, 60)).unwrap_or(0);
            let y = u16::try_from(below(chance, 12)).unwrap_or(0);
            In::Click(x, y)
        }
    }
}

fn look<T: Value>(form: &Form<T>, world: &World, scrolled: bool) -> Option<String> {
    let (width, height) = world.size;
    let view = form.view(world.size);
    if view.lines.len() > usize::from(height) {
        return Some(format!("{} lines on a screen of {height}", view.lines.len()));
    }
    for line in &view.lines {
        let text = line.text();
        if crate::form::text::width_of(&text) > usize::from(width) {
            return Some(format!("a line wider than {width}: {text:?}"));
        }
        if text.chars().any(char::is_control) {
            return Some(format!("a control character in {text:?}"));
        }
    }
    if let Some((x, y)) = view.cursor
        && (x >= width || usize::from(y) >= view.lines.len())
    {
        return Some(format!("the cursor is at {x},{y} on a screen of {width}×{height}"));
    }
    if !scrolled && height >= 4 && width >= 30 && view.focus.is_none() && !form.pos().id.is_empty() {
        return Some(format!("the focus {:?} is out of view", form.pos()));
    }
    None
}
