//! The sign of where a treatment stands. A word or a count always stands beside it.

use crate::clinical::plan::jigsaw::Cell;
use crate::clinical::plan::ledger::{Standing, Trial};
use crate::clinical::text::cut;
use crate::clinical::vocab::Vocab;
use crate::ui::theme::{Mark, Role};
use crate::ui::widget::{Words, mark};

/// The sign, in its colour.
pub fn sign(standing: Standing) -> Words<'static> {
    match standing {
        Standing::Running => Words::of(Role::Info, glyph(Mark::InRoom)),
        Standing::Planned => mark(Mark::ToCome),
        Standing::Sleeping => Words::of(Role::Second, "z"),
        Standing::Harmed => mark(Mark::Danger),
        Standing::Helped => mark(Mark::Done),
        Standing::NotHelped => Words::of(Role::Second, glyph(Mark::NotComing)),
        Standing::Tried => Words::of(Role::Wants, "~"),
        Standing::Given => Words::of(Role::Info, "i"),
        Standing::Declined => Words::of(Role::Second, "-"),
        Standing::Never => Words::of(Role::Faint, "·"),
        Standing::NotAsked => Words::of(Role::Wants, "?"),
    }
}

/// The Unicode sign: the canvas folds it where the terminal shows ASCII only.
const fn glyph(mark: Mark) -> &'static str {
    mark.glyph(crate::ui::theme::Signs::Unicode)
}

/// What the word of a standing is written in.
pub const fn role(standing: Standing) -> Role {
    match standing {
        Standing::Running => Role::Text,
        Standing::Harmed => Role::Danger,
        Standing::Helped => Role::Done,
        Standing::Tried | Standing::NotAsked => Role::Wants,
        Standing::Planned | Standing::Sleeping | Standing::NotHelped | Standing::Given | Standing::Declined => {
            Role::Second
        }
        Standing::Never => Role::Faint,
    }
}

/// A cell in one line of at most so many columns: its sign, its name, how many pieces stand how.
pub fn counts(cell: &Cell, trials: &[Trial], width: usize) -> Words<'static> {
    let name = cut(cell.modality.label(), 20);
    let gap = 21usize.saturating_sub(crate::clinical::text::width(&name));
    let mut words = sign(cell.standing).gap(1).say(Role::Text, name).gap(gap);
    let counts = cell.counts(trials);
    if counts.is_empty() {
        return words.say(role(cell.standing), cell.standing.label());
    }
    for (at, (standing, count)) in counts.into_iter().enumerate() {
        let text = format!("{} {count}", standing.label());
        if at > 0 && words.width() + text.len() + 3 > width {
            return words.say(Role::Faint, " …");
        }
        words = if at > 0 { words.say(Role::Faint, " · ") } else { words };
        words = words.say(role(standing), text);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standing_has_a_sign_and_a_word_of_its_own() {
        for (at, one) in Standing::ALL.iter().enumerate() {
            for other in &Standing::ALL[..at] {
                assert_ne!(sign(*one).plain(), sign(*other).plain(), "{one:?} {other:?}");
                assert_ne!(one.label(), other.label());
            }
        }
    }
}
