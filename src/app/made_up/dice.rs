//! Chance that is the same in every run: each thing that is made up has dice of its own, thrown from the seed and its name.

use uuid::Uuid;

use crate::clinical::id::{Ids, Seeded};
use crate::clinical::time::Instant;

/// What is made up with a set of dice; the number keeps them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The patient of this number.
    Patient(u32),
    /// The day so many days ago.
    Past(u32),
    /// The day so many days ahead, today being 0.
    Ahead(u32),
    /// The problem of the patient of this number.
    Problem(u32),
    /// What is at stake with the medicines of the patient of this number.
    Stake(u32),
}

/// Dice, and the identities of what is made up with them.
#[derive(Debug)]
pub struct Dice {
    chance: Seeded,
    ids: Ids,
}

impl Dice {
    /// The dice of one thing.
    pub fn of(seed: u64, of: Of) -> Self {
        let name = match of {
            Of::Patient(n) => u64::from(n) << 2,
            Of::Past(n) => u64::from(n) << 2 | 1,
            Of::Ahead(n) => u64::from(n) << 2 | 2,
            Of::Problem(n) => u64::from(n) << 2 | 3,
            Of::Stake(n) => 1 << 40 | u64::from(n),
        };
        let mut mixed = Seeded(seed ^ name.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (first, second) = (mixed.next_u64(), mixed.next_u64());
        Self { chance: Seeded(first), ids: Ids::seeded(second) }
    }

    /// Dice of their own for a part of this: how often they are thrown changes nothing of what follows.
    pub fn apart(&mut self) -> Self {
        Self { chance: Seeded(self.chance.next_u64()), ids: Ids::seeded(self.chance.next_u64()) }
    }

    /// A number below this one; 0 below 0 and 1.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.chance.next_u64() % end).unwrap_or(0)
    }

    /// A number from one to another, both included.
    pub fn between(&mut self, from: u8, to: u8) -> u8 {
        from.saturating_add(u8::try_from(self.below(usize::from(to.saturating_sub(from)) + 1)).unwrap_or(0))
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// A new identity, made then.
    pub fn id<T: From<Uuid>>(&mut self, at: Instant) -> T {
        self.ids.next(at)
    }
}
