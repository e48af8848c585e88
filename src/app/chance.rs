//! Chance from the system: for identities, keys and salts.

use crate::clinical::id::Chance;

/// The system's source of chance.
#[derive(Debug, Clone)]
pub struct SystemChance(());

/// The system gives no random bytes, so nothing secret can be made.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random bytes, and without them no record can be kept safe: {0}")]
pub struct NoChance(getrandom::Error);

impl SystemChance {
    /// The source, once it has shown that it gives something.
    pub fn new() -> Result<Self, NoChance> {
        getrandom::fill(&mut [0; 16]).map_err(NoChance)?;
        Ok(Self(()))
    }
}

impl Chance for SystemChance {
    fn fill(&mut self, bytes: &mut [u8]) {
        // A system that has once given random bytes never stops; were it to, going on without them would make keys that
        // can be guessed.
        getrandom::fill(bytes).expect("the source gave bytes when it was opened");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_draws_are_alike() {
        let mut chance = SystemChance::new().unwrap();
        let (mut a, mut b) = ([0; 32], [0; 32]);
        chance.fill(&mut a);
        chance.fill(&mut b);
        assert_ne!(a, b);
        assert_ne!(a, [0; 32]);
    }
}
