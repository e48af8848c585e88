//! Doses as they are kept: whole micrograms, so that sums and comparisons are exact.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::exact::Exact;

/// An amount of a medicine in whole micrograms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Micrograms(u64);

impl Micrograms {
    /// So many micrograms.
    pub const fn new(micrograms: u64) -> Self {
        Self(micrograms)
    }
    /// So many micrograms.
    pub const fn get(self) -> u64 {
        self.0
    }
    /// Milligrams, if they are not below 0, at most a million, and no finer than a microgram.
    pub fn from_mg(mg: Exact) -> Option<Self> {
        let micrograms = mg.times(Exact::whole(1_000)).ok()?.as_whole()?;
        u64::try_from(micrograms).ok().filter(|micrograms| *micrograms <= 1_000_000_000).map(Self)
    }
    /// In milligrams, exact.
    pub fn mg(self) -> Exact {
        Exact::decimal(i64::try_from(self.0).unwrap_or(i64::MAX), 3)
    }
}

impl fmt::Display for Micrograms {
    /// In milligrams, without figures that say nothing: `2.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.mg())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milligrams_become_whole_micrograms_or_nothing() {
        for (mg, micrograms) in [
            ("2.5", Some(2_500)),
            ("0", Some(0)),
            ("0.001", Some(1)),
            ("0.0005", None),
            ("-1", None),
            ("1000000", Some(1_000_000_000)),
            ("1000001", None),
        ] {
            let read = Micrograms::from_mg(mg.parse().unwrap());
            assert_eq!(read.map(Micrograms::get), micrograms, "{mg}");
            if let Some(read) = read {
                assert_eq!(read.to_string(), mg, "what is read is shown the same");
            }
        }
    }
}
