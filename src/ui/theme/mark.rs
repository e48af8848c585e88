//! The states that have a sign, and the word that goes with each.
//!
//! A sign is never alone: whoever draws one has [`Mark::word`] or a number beside it, and the linear mode for screen
//! readers says the word instead.

use super::{glyph::Signs, role::Role};
use crate::clinical::board;
use crate::clinical::visit::VisitState;

/// A state that has a sign, a word and a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Done.
    Done,
    /// In the room.
    InRoom,
    /// Here, waiting.
    Here,
    /// To come.
    ToCome,
    /// Not coming.
    NotComing,
    /// Wants you.
    Wants,
    /// Can hurt.
    Danger,
    /// A score that fell.
    Better,
    /// A score that rose.
    Worse,
    /// A score that stayed.
    Same,
}

impl From<VisitState> for Mark {
    fn from(state: VisitState) -> Self {
        match state {
            VisitState::Booked => Self::ToCome,
            VisitState::Here => Self::Here,
            VisitState::InRoom => Self::InRoom,
            VisitState::Left => Self::Done,
            VisitState::NoShow | VisitState::Cancelled => Self::NotComing,
        }
    }
}

impl From<board::Mark> for Mark {
    fn from(mark: board::Mark) -> Self {
        match mark {
            board::Mark::Done => Self::Done,
            board::Mark::InRoom => Self::InRoom,
            board::Mark::Here => Self::Here,
            board::Mark::ToCome => Self::ToCome,
            board::Mark::NotComing => Self::NotComing,
            board::Mark::WantsYou => Self::Wants,
        }
    }
}

impl Mark {
    /// Every mark.
    pub const ALL: [Mark; 10] = [
        Mark::Done,
        Mark::InRoom,
        Mark::Here,
        Mark::ToCome,
        Mark::NotComing,
        Mark::Wants,
        Mark::Danger,
        Mark::Better,
        Mark::Worse,
        Mark::Same,
    ];

    /// Its sign.
    pub const fn glyph(self, signs: Signs) -> &'static str {
        let glyphs = signs.glyphs();
        match self {
            Self::Done => glyphs.done,
            Self::InRoom => glyphs.in_room,
            Self::Here => glyphs.here,
            Self::ToCome => glyphs.to_come,
            Self::NotComing => glyphs.not_coming,
            Self::Wants => glyphs.wants,
            Self::Danger => glyphs.danger,
            Self::Better => glyphs.down,
            Self::Worse => glyphs.up,
            Self::Same => glyphs.same,
        }
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::InRoom => "in room",
            Self::Here => "here",
            Self::ToCome => "to come",
            Self::NotComing => "not coming",
            Self::Wants => "wants you",
            Self::Danger => "can hurt",
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "same",
        }
    }

    /// What its colour means.
    pub const fn role(self) -> Role {
        match self {
            Self::Done | Self::Better => Role::Done,
            Self::InRoom => Role::Focus,
            Self::Here => Role::Info,
            Self::ToCome | Self::Same => Role::Second,
            Self::NotComing => Role::Faint,
            Self::Wants => Role::Wants,
            Self::Danger | Self::Worse => Role::Danger,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_states_of_a_visit_differ_in_sign_and_in_word() {
        for set in [Signs::Unicode, Signs::Ascii] {
            for (at, one) in Mark::ALL.iter().enumerate() {
                for other in &Mark::ALL[..at] {
                    assert_ne!(one.glyph(set), other.glyph(set), "{one:?} {other:?}");
                    assert_ne!(one.word(), other.word());
                }
            }
        }
    }

    #[test]
    fn a_mark_in_running_text_folds_to_its_own_ascii_sign() {
        for mark in Mark::ALL {
            assert_eq!(Signs::Ascii.fold(mark.glyph(Signs::Unicode)), mark.glyph(Signs::Ascii), "{mark:?}");
        }
    }
}
